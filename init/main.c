/* SPDX-License-Identifier: MIT */
/*
 * The boot order, as a table of contents.
 *
 * The architecture enters start_kernel() on the boot CPU with interrupts off, its early
 * console working and exceptions reported. Each line below may rely on those above it.
 * Everything that may sleep, and every driver, waits for kernel_init(), which is task 1.
 */
#include <linux/arch.h>
#include <linux/boot.h>
#include <linux/bug.h>
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kdb.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

enum system_states system_state = SYSTEM_BOOTING;
EXPORT_SYMBOL(system_state);

/* What follows the devices: the test runner when one is linked in, else a program or the prompt. */
static int (*boot_payload)(void);

/**
 * set_boot_payload - run @fn in task 1 once the machine is up, before the prompt
 * @fn: its result is printed should it come back
 *
 * Context: an initcall.
 */
void __init set_boot_payload(int (*fn)(void))
{
	boot_payload = fn;
}

static int kernel_init(void *unused)
{
	smp_init();
	workqueue_init();
	do_initcalls();
	populate_rootfs();
	system_state = SYSTEM_RUNNING;

	load_boot_modules();
	if (boot_payload || !have_first_program())
		load_listed_modules();
	free_initmem();
	mark_rodata_ro();
	if (boot_payload)
		pr_info("boot payload ended: %d\n", boot_payload());
	if (!boot_payload && have_first_program())
		run_first_program();
	else
		kdb_prompt();
	return 0;
}

/**
 * start_kernel - bring the machine up on the boot CPU; never returns
 *
 * Context: boot, interrupts off, no task but init_task.
 */
void __init start_kernel(void)
{
	pr_notice("%s", linux_banner);
	setup_arch();
	setup_per_cpu_areas();
	arch_cpu_init();
	mm_init();
	parse_command_line();

	sched_init();
	rcu_init();
	workqueue_init_early();
	early_irq_init();
	softirq_init();
	init_timers();
	arch_irq_init();
	timekeeping_init();
	arch_time_init();
	WARN(!irqs_disabled(), "interrupts were enabled too early\n");
	local_irq_enable();

	console_init();
	vfs_init();
	proc_root_init();
	rest_init(kernel_init);
}
