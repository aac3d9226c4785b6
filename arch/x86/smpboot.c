/* SPDX-License-Identifier: MIT */
/*
 * The CPUs there are, and how the others are started: INIT-SIPI-SIPI, one at a time.
 *
 * Intel SDM Vol. 3, "Multiple-Processor (MP) Initialization". CPU 0 is the one that booted;
 * the others are numbered as the MADT lists them, those that firmware enabled.
 */
#include <linux/arch.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <asm/apic.h>
#include <asm/bootproto.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/msr.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/smp.h>

#define LOW_MEMORY_END		0xa0000UL	/* video memory begins */
#define EARLY_MAP_END		(4UL << 30)

/* In ms. A CPU answers in microseconds; an emulated one may have to wait for the host's. */
#define SIPI_AGAIN		1
#define SIPI_GIVE_UP		5000

/* xAPIC mode has 8 bits for a destination, and this one of them means all CPUs. */
#define XAPIC_BROADCAST		0xff

u32 cpu_to_apicid[NR_CPUS] __ro_after_init = { [0 ... NR_CPUS - 1] = BAD_APICID };
EXPORT_SYMBOL(cpu_to_apicid);

/*
 * What the CPU being started needs to know. Written by the one CPU that runs arch_cpu_start();
 * head.S says how the word with the id passes between the two.
 */
u32 ap_start_apicid = BAD_APICID;
u32 ap_start_cpu;
unsigned long ap_start_stack;

/*
 * The CPU whose starter has sent its last message: it may go on. Written by the starter; 0: none.
 */
static u32 ap_start_done;

extern char ap_trampoline[], ap_trampoline_end[], ap_trampoline_64[];
extern u32 ap_trampoline_gdt_base, ap_trampoline_cr3, ap_trampoline_efer, ap_trampoline_jump;

/* Physical address of the trampoline's page; 0: there is no room below 1 MiB. */
static phys_addr_t trampoline_page __ro_after_init;
static unsigned int nr_cpus_found __initdata = 1;
static unsigned int nr_cpus_ignored __initdata;
static unsigned int nr_cpus_limit __initdata = NR_CPUS;

/* nr_cpus=N: room for no more than N CPUs, ever. */
static int __init parse_nr_cpus(char *arg)
{
	unsigned int n;

	if (kstrtouint(arg, 0, &n) || !n)
		return -EINVAL;
	nr_cpus_limit = min_t(unsigned int, n, NR_CPUS);
	return 0;
}
early_param("nr_cpus", parse_nr_cpus);

/* APIC id of the running CPU, whichever mode its APIC is in; head.S does the same. */
static u32 __init own_apicid(void)
{
	u32 eax, ebx, ecx, edx;

	if (boot_cpu_data.cpuid_level >= 0xb) {
		cpuid_count(0xb, 0, &eax, &ebx, &ecx, &edx);
		if (ebx)
			return edx;
	}
	return cpuid_ebx(1) >> 24;
}

/**
 * cpu_add - give a CPU its number
 * @apicid: its APIC id
 *
 * Context: boot. Return: its number; -ENOSPC when there are too many.
 */
int __init cpu_add(u32 apicid)
{
	if (apicid == own_apicid())
		return 0;
	if (apicid_to_cpu(apicid) >= 0)
		return apicid_to_cpu(apicid);	/* listed twice: as xAPIC and as x2APIC */
	if (nr_cpus_found >= nr_cpus_limit) {
		nr_cpus_ignored++;
		return -ENOSPC;
	}
	cpu_to_apicid[nr_cpus_found] = apicid;
	return nr_cpus_found++;
}

/**
 * apicid_to_cpu - the number of the CPU with an APIC id
 * @apicid: the id
 *
 * Context: any. Return: the number, or -1.
 */
int apicid_to_cpu(u32 apicid)
{
	int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		if (cpu_to_apicid[cpu] == apicid && apicid != BAD_APICID)
			return cpu;
	return -1;
}

/** smp_find_cpus - tell the core how many CPUs there may be; from setup_arch() */
void __init smp_find_cpus(void)
{
	unsigned int cpu;

	cpu_to_apicid[0] = own_apicid();
	for (cpu = 0; cpu < nr_cpus_found; cpu++)
		set_cpu_possible(cpu, true);
	nr_cpu_ids = nr_cpus_found;
	if (nr_cpus_ignored)
		pr_warn("smp: %u more CPUs than the limit of %u; not used\n", nr_cpus_ignored,
			nr_cpus_limit);
	pr_info("smp: %u CPU%s, boot CPU has APIC id %#x\n", nr_cpus_found,
		nr_cpus_found == 1 ? "" : "s", cpu_to_apicid[0]);
}

/*
 * The highest page of RAM below video memory that the initramfs does not lie in (GRUB puts it
 * that low). 0 for none: page 0 would do for SIPI, but the BIOS data are there.
 */
static phys_addr_t __init find_low_page(void)
{
	phys_addr_t page;

	for (page = LOW_MEMORY_END - PAGE_SIZE; page; page -= PAGE_SIZE)
		if (memmap_covers(page, page + PAGE_SIZE, E820_RAM) &&
		    (page + PAGE_SIZE <= initrd_start || page >= initrd_end))
			return page;
	return 0;
}

/* Page tables with the trampoline's page where it is, and the kernel where it belongs. */
static u32 __init make_trampoline_tables(void)
{
	phys_addr_t pa = memblock_phys_alloc_range(3 * PAGE_SIZE, PAGE_SIZE, LOW_MEMORY_END,
						   EARLY_MAP_END);
	pte_t *pgd = __va(pa), *pud = __va(pa + PAGE_SIZE), *pmd = __va(pa + 2 * PAGE_SIZE);

	if (!pa)
		return 0;
	memset(pgd, 0, 3 * PAGE_SIZE);
	memcpy(pgd + PTRS_PER_TABLE / 2, kernel_pgd + PTRS_PER_TABLE / 2, PAGE_SIZE / 2);
	pgd[0] = __pa(pud) | _KERNPG_TABLE;
	pud[0] = __pa(pmd) | _KERNPG_TABLE;
	pmd[0] = _PAGE_PRESENT | _PAGE_ACCESSED | _PAGE_PSE;	/* read, execute */
	return pa;
}

/* The copy of one of the trampoline's words in its page. */
static u32 * __init in_page(u32 *word)
{
	return __va(trampoline_page) + ((char *)word - ap_trampoline);
}

/**
 * smp_reserve_trampoline - put the other CPUs' first code below 1 MiB
 *
 * Context: setup_arch(), final page tables; low memory is out of the allocators' reach.
 */
void __init smp_reserve_trampoline(void)
{
	phys_addr_t page = find_low_page();
	u32 cr3;

	if (nr_cpus_found == 1)
		return;
	cr3 = make_trampoline_tables();
	if (!page || !cr3) {
		pr_warn("smp: no memory below %s for the trampoline; one CPU only\n",
			page ? "4 GiB" : "1 MiB");
		return;
	}
	trampoline_page = page;
	memcpy(__va(page), ap_trampoline, ap_trampoline_end - ap_trampoline);
	*in_page(&ap_trampoline_gdt_base) += page;
	*in_page(&ap_trampoline_jump) += page;
	*in_page(&ap_trampoline_cr3) = cr3;
	*in_page(&ap_trampoline_efer) = __rdmsr(MSR_EFER) & (EFER_LME | EFER_NX);
	/* It is executed from now on, so it is not written any more. */
	if (arch_protect_kernel((unsigned long)__va(page), PAGE_SIZE, ARCH_MAP_READ))
		pr_warn("smp: the trampoline stays writable\n");
}

/* See <linux/arch.h>. */
void __init arch_smp_prepare_cpus(unsigned int max_cpus)
{
	bool usable = apic && trampoline_page;
	unsigned int cpu;

	if (!usable && num_possible_cpus() > 1)
		pr_warn("smp: %u CPUs can't be started: %s\n", num_possible_cpus() - 1,
			apic ? "no trampoline" : "no local APIC in use");
	for_each_possible_cpu(cpu)
		set_cpu_present(cpu, cpu == 0 || (usable && max_cpus > 1));
	if (boot_cpu_has(X86_FEATURE_HYPERVISOR))
		spin_lock_init_virtual();
}

/* Wait until the CPU has taken what was left for it. */
static bool wait_for_claim(unsigned int ms)
{
	ktime_t end = ktime_add_ms(ktime_get(), ms);

	do {
		if (READ_ONCE(ap_start_apicid) == BAD_APICID)
			return true;
		udelay(10);
	} while (ktime_before(ktime_get(), end));
	return false;
}

/* The CPU that was sent for did not come. False when it comes just now after all. */
static bool give_up(u32 apicid)
{
	if (cmpxchg(&ap_start_apicid, apicid, BAD_APICID) == apicid)
		return true;
	smp_cond_load_acquire(&ap_start_apicid, VAL == BAD_APICID);
	return false;
}

static int wake_cpu(unsigned int cpu, u32 apicid)
{
	u8 page = trampoline_page >> PAGE_SHIFT;

	if (apicid >= XAPIC_BROADCAST && !x2apic_mode) {
		pr_err("smp: CPU %u has APIC id %#x, which needs the x2APIC\n", cpu, apicid);
		return -EINVAL;
	}
	WRITE_ONCE(ap_start_done, 0);
	/* The CPU reads the rest once it has found its id. */
	smp_store_release(&ap_start_apicid, apicid);
	apic_send_init(apicid);
	apic_send_startup(apicid, page);
	if (!wait_for_claim(SIPI_AGAIN)) {
		apic_send_startup(apicid, page);
		if (!wait_for_claim(SIPI_GIVE_UP) && give_up(apicid)) {
			pr_err("smp: CPU %u (APIC id %#x) does not answer\n", cpu, apicid);
			return -EIO;
		}
	}
	smp_store_release(&ap_start_done, cpu);
	return 0;
}

/**
 * arch_cpu_start - start a CPU; it comes up in secondary_start_kernel()
 * @cpu: a present CPU that is not online
 * @idle: the task that it begins as
 *
 * Context: process; one caller at a time.
 * Return: 0; -EINVAL no such CPU, or out of the APIC's reach; -ENOMEM; -EIO the CPU does not
 * answer, which is said.
 */
int arch_cpu_start(unsigned int cpu, struct task_struct *idle)
{
	struct pcpu_hot *hot = per_cpu_ptr(&pcpu_hot, cpu);
	unsigned long top = (unsigned long)idle->stack + THREAD_SIZE;
	int ret;

	if (!cpu || cpu >= nr_cpu_ids || !trampoline_page || cpu_to_apicid[cpu] == BAD_APICID)
		return -EINVAL;
	ret = cpu_stacks_alloc(cpu);
	if (ret)
		return ret;

	hot->current_task = idle;
	hot->preempt_count = INIT_PREEMPT_COUNT | PREEMPT_NEED_RESCHED;
	hot->top_of_stack = top;
	if (system_state >= SYSTEM_RUNNING) {
		pr_info("x86: Booting SMP configuration:\n");
		pr_info("smpboot: Booting Node 0 Processor %u APIC 0x%x\n", cpu, cpu_to_apicid[cpu]);
	}
	ap_start_cpu = cpu;
	ap_start_stack = top;
	return wake_cpu(cpu, cpu_to_apicid[cpu]);
}

void start_secondary(unsigned int cpu);

/*
 * First C code of the other CPUs, on the idle task's stack; nothing per-CPU works yet.
 *
 * It waits until no second start-up message can come any more. A CPU that runs is to ignore one,
 * but one that QEMU emulates (7.2 to 10) may then forget an interrupt that came at the same time,
 * until the next.
 */
void start_secondary(unsigned int cpu)
{
	smp_cond_load_acquire(&ap_start_done, VAL == cpu);
	write_cr3(__pa(kernel_pgd));
	arch_set_percpu_base(cpu);
	secondary_start_kernel();
}
