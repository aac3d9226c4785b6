/* SPDX-License-Identifier: MIT */
/*
 * Ending the machine in good order: tell those who asked, stop the other CPUs, then let the
 * architecture do it. emergency_restart() leaves the order out.
 */
#include <linux/arch.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/smp.h>
#include <linux/syscalls.h>
#include <uapi/linux/reboot.h>

static BLOCKING_NOTIFIER_HEAD(reboot_notifiers);

/** register_reboot_notifier - be called with SYS_* before the end. Context: process. Return: 0; -EEXIST */
int register_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&reboot_notifiers, nb);
}
EXPORT_SYMBOL(register_reboot_notifier);

/** unregister_reboot_notifier - Context: process. Return: 0; -ENOENT */
int unregister_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&reboot_notifiers, nb);
}
EXPORT_SYMBOL(unregister_reboot_notifier);

/* From here on there is no way back. A caller that can't sleep skips the notifiers. */
static void shut_down(unsigned long how, const char *what, void *cmd)
{
	if (preemptible()) {
		system_state = how == SYS_RESTART ? SYSTEM_RESTART :
			       how == SYS_HALT ? SYSTEM_HALT : SYSTEM_POWER_OFF;
		blocking_notifier_call_chain(&reboot_notifiers, how, cmd);
	}
	pr_emerg("reboot: %s\n", what);
	local_irq_disable();
	smp_send_stop();
}

/** machine_restart - reset the machine; @cmd goes to the notifiers. Context: any */
void machine_restart(char *cmd)
{
	shut_down(SYS_RESTART, "Restarting system", cmd);
	arch_restart();
}
EXPORT_SYMBOL_GPL(machine_restart);

/** machine_halt - stop every CPU for good. Context: any */
void machine_halt(void)
{
	shut_down(SYS_HALT, "System halted", NULL);
	arch_cpu_halt_forever();
}
EXPORT_SYMBOL_GPL(machine_halt);

/** machine_power_off - switch the machine off, or halt when it can't be. Context: any */
void machine_power_off(void)
{
	shut_down(SYS_POWER_OFF, "Power down", NULL);
	arch_power_off();
	pr_emerg("reboot: this machine does not switch itself off; halted\n");
	arch_cpu_halt_forever();
}
EXPORT_SYMBOL_GPL(machine_power_off);

/** emergency_restart - reset at once. Context: any, including NMI */
void emergency_restart(void)
{
	arch_restart();
}
EXPORT_SYMBOL_GPL(emergency_restart);

SYSCALL_DEFINE4(reboot, unsigned int, magic1, unsigned int, magic2, unsigned int, cmd,
		void __user *, arg)
{
	if (magic1 != LINUX_REBOOT_MAGIC1 ||
	    (magic2 != LINUX_REBOOT_MAGIC2 && magic2 != LINUX_REBOOT_MAGIC2A &&
	     magic2 != LINUX_REBOOT_MAGIC2B && magic2 != LINUX_REBOOT_MAGIC2C))
		return -EINVAL;
	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
	case LINUX_REBOOT_CMD_RESTART2:
		machine_restart(NULL);
		break;
	case LINUX_REBOOT_CMD_HALT:
		machine_halt();
		break;
	case LINUX_REBOOT_CMD_POWER_OFF:
		machine_power_off();
		break;
	case LINUX_REBOOT_CMD_CAD_ON:	/* there is no key that restarts the machine */
	case LINUX_REBOOT_CMD_CAD_OFF:
		break;
	default:
		return -EINVAL;
	}
	return 0;
}
