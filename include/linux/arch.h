/* SPDX-License-Identifier: MIT */
/*
 * The architecture contract: all that the core asks of a machine, in one place.
 *
 * A port provides <asm/...> with the inlines named here and defines the functions
 * declared here; one that misses a piece fails to compile or link with its name.
 * Nothing else in <asm/...> may be used outside arch/ and drivers/: tools/check-includes
 * reads this list.
 *
 * Interrupt flag	<asm/irqflags.h>
 *	arch_local_save_flags() arch_local_irq_save() arch_local_irq_restore(flags)
 *	arch_local_irq_enable() arch_local_irq_disable() arch_irqs_disabled_flags(flags)
 * This CPU		<asm/percpu.h>, <asm/preempt.h>, <asm/current.h>, <asm/hardirq.h>,
 *			<asm/irq_regs.h>
 *	__my_cpu_offset raw_smp_processor_id() raw_cpu_{read,write,add,...}_N
 *	preempt_count() and its helpers, preempt_count_of(cpu) for a glance at another CPU's;
 *	current; local_softirq_pending() and its setters;
 *	get_irq_regs(): the frame that the running handler interrupted
 *			<asm/irq_stack.h>: arch_call_on_irq_stack(fn), for softirqs from a task
 * Spinning, tasks	<asm/processor.h>: cpu_relax(), struct thread_struct,
 *	arch_set_task_priority(prio): this CPU goes on with a task of this priority (MAX_PRIO:
 *	idle), for machines that choose interrupts' CPUs by it; each time the scheduler has chosen
 *			<asm/ptrace.h>: struct pt_regs, user_mode(), instruction_pointer{,_set}(),
 *	task_pt_regs(task), current_pt_regs(): the program's frame
 * Atomics, barriers	<asm/atomic.h>, <asm/barrier.h>, <asm/bitops.h>, <asm/cmpxchg.h>,
 *			<asm/spinlock.h>
 *	the asm-generic versions, built from compiler builtins, unless a measured reason
 *	says otherwise
 * Numbers		<asm/byteorder.h>, <asm/div64.h> (the same), <asm/param.h>: HZ,
 *			<asm/cache.h>: L1_CACHE_SHIFT, <asm/kconfig.h>: the CONFIG_ names that
 *			module sources ask for
 * Pages and addresses	<asm/page.h>
 *	PAGE_SHIFT PAGE_OFFSET VMALLOC_{START,END} MODULES_{VADDR,END} VMEMMAP_START __pa() __va()
 *	clear_page() copy_page()
 * Bounds of the image	<asm/sections.h>
 * Programs		<asm/processor.h>: TASK_SIZE_MAX, STACK_TOP
 *			<asm/elf.h>: ELF_ARCH, ELF_PLATFORM, ELF_HWCAP{,2}, ELF_ET_DYN_BASE
 *			<asm/pgtable.h>: entries of page tables, see below
 *			<asm/syscall.h>: syscall_in_progress(regs), syscall_get_error(regs),
 *	syscall_set_return_value(regs, value), syscall_restart(regs), syscall_continue(regs)
 *			<asm/stat.h>: struct stat, as stat() fills it in
 *			<asm/uaccess.h>: arch_user_range(addr, size), arch_copy_user(),
 *	arch_clear_user(), arch_get_user(), arch_put_user(), arch_cmpxchg_user(),
 *	arch_user_access_begin(), arch_unsafe_{put,get}_user(), arch_user_access_end()
 * I/O access		<asm/io.h>: readb() ... writeq(), inb() ... outl()
 * Faults		<asm/extable.h>: struct exception_table_entry, ex_insn_addr(), ex_fixup_addr()
 *			<asm/kdebug.h>: the events of the die chain
 * Busy waits, cycles	<asm/delay.h>: __delay() __ndelay() __udelay()
 *			<asm/timex.h>: cycles_t, get_cycles()
 * Randomness		<asm/archrandom.h>: arch_get_random_longs() arch_get_random_seed_longs();
 *	0 where the machine has none
 * Boot			<asm/setup.h>: COMMAND_LINE_SIZE
 * Modules		<asm/module.h>: module_machine_ok()
 * Parts that a machine may have, for their drivers alone: <asm/acpi.h>, <asm/mc146818rtc.h>
 *
 * The functions below complete it.
 */
#ifndef _LINUX_ARCH_H
#define _LINUX_ARCH_H

#include <linux/signal_types.h>
#include <linux/types.h>

struct task_struct;
struct pt_regs;
struct cpumask;
struct module;

/* -- Idle ----------------------------------------------------------------------------- */

/**
 * arch_cpu_idle - enable interrupts and wait for one, in one step
 *
 * Context: idle task, interrupts off on entry, so that a wake-up between the last look at
 * need_resched and the wait is not lost. Interrupts are on when it returns.
 */
void arch_cpu_idle(void);

/**
 * arch_tell_irq_entry - let interrupts of this CPU call tick_irq_enter() first, or no longer
 *
 * While it is on, each interrupt that did not interrupt another one calls tick_irq_enter() before
 * its handler. Only the idle task turns it on, so that it need not cost other interrupts anything.
 *
 * Context: idle task, interrupts off.
 */
void arch_tell_irq_entry(bool on);

/**
 * arch_time_interrupts - let interrupts measure their time, or no longer
 *
 * While it is on, every interrupt calls irq_time_switch(IRQ_TIME_HARD) before all else and goes
 * back to what that returned at its end, and lines get theirs by irq_time_flow(). Off, it costs
 * nothing. Context: process.
 */
void arch_time_interrupts(bool on);

/* -- Per-CPU base ---------------------------------------------------------------------- */

/**
 * arch_set_percpu_base - make the running CPU use the per-CPU copy of @cpu
 * @cpu: its number; __per_cpu_offset[@cpu] is set and the copy holds the template
 *
 * Also writes the CPU number and the offset into the copy.
 */
void arch_set_percpu_base(unsigned int cpu);

/* -- CPUs ------------------------------------------------------------------------------ */

enum ipi_kind {
	IPI_RESCHEDULE,			/* look at need_resched on the way out */
	IPI_CALL_FUNCTION,		/* run the queued cross-calls */
	IPI_CALL_FUNCTION_SINGLE,
	IPI_IRQ_WORK,			/* run this CPU's irq_work list */
	IPI_STOP,			/* stop for good: panic, power-off */
	IPI_NMI_BACKTRACE,		/* print a back-trace, even with interrupts off */
	NR_IPI_KINDS,
};

/**
 * arch_smp_prepare_cpus - find the CPUs there are and set cpu_possible/present masks
 * @max_cpus: start no more than this many in all
 */
void arch_smp_prepare_cpus(unsigned int max_cpus);

/**
 * arch_cpu_start - start @cpu; it comes up in secondary_start_kernel() on @idle
 * Context: process, may sleep or spin. Return: 0; -EIO when the CPU does not answer.
 */
int arch_cpu_start(unsigned int cpu, struct task_struct *idle);

/**
 * arch_cpu_can_stop - may a CPU be taken off line, as far as the machine is concerned?
 * @cpu: a present one
 */
bool arch_cpu_can_stop(unsigned int cpu);

/**
 * arch_cpu_disable - this CPU goes: it is not online any more, and gets no more interrupts
 *
 * What its controllers hold for it is raised elsewhere.
 * Context: interrupts off, all other CPUs stopped. Return: 0; -errno, and then nothing has changed.
 */
int arch_cpu_disable(void);

/** arch_cpu_init - per-CPU set-up of the running CPU: descriptor tables, features, its APIC */
void arch_cpu_init(void);

/** arch_send_ipi - send one kind of IPI to every CPU in @mask (may contain this one) */
void arch_send_ipi(const struct cpumask *mask, enum ipi_kind kind);
/** arch_send_ipi_cpu - the same to one CPU */
void arch_send_ipi_cpu(unsigned int cpu, enum ipi_kind kind);
/** arch_irq_work_raise - IPI_IRQ_WORK to the running CPU itself, interrupts off */
void arch_irq_work_raise(void);

/** arch_cpu_halt_forever - interrupts off, never come back (the end of a stopped CPU) */
void arch_cpu_halt_forever(void) __attribute__((__noreturn__));

/* -- Context --------------------------------------------------------------------------- */

/**
 * arch_task_init - lay the first frame so that the first switch to @task calls @fn(@arg)
 *
 * The first instructions run task_entry(prev) of kernel/sched first, so that the run-queue
 * lock taken by the switching CPU is released. Should @fn return, the task goes to user mode with
 * the frame at task_pt_regs(@task).
 */
void arch_task_init(struct task_struct *task, void (*fn)(void *arg), void *arg);

/**
 * arch_switch_to - save @prev's registers, continue @next where it stopped
 * Context: interrupts off, run-queue lock held.
 * Return: the task that this CPU ran before it came back to the caller.
 */
struct task_struct *arch_switch_to(struct task_struct *prev, struct task_struct *next);

/* -- User mode ------------------------------------------------------------------------- */

struct mm_struct;
struct kernel_clone_args;
struct ksignal;

/**
 * arch_thread_fork - the machine's part of a new task with a program
 * @child: runs nowhere yet; gets current's registers, and 0 as result of the call
 * @args: its stack, and with CLONE_SETTLS its thread pointer
 *
 * Context: process, may sleep. Return: 0; -ENOMEM; -EPERM a thread pointer that can't be.
 */
int arch_thread_fork(struct task_struct *child, const struct kernel_clone_args *args);
/** arch_thread_exec - all of current's registers but its frame as a fresh program finds them; 0 or -ENOMEM */
int arch_thread_exec(void);
/**
 * arch_setup_additional_pages - map what the machine puts beside a program: its vDSO
 *
 * Sets mm->vdso to its ELF header's address, if there is one. Context: exec, the program is mapped; may sleep.
 * Return: 0; -ENOMEM.
 */
int arch_setup_additional_pages(void);
/** arch_thread_free - @task never runs again: give back what is the machine's of it */
void arch_thread_free(struct task_struct *task);
/** start_thread - make the frame @regs that of a program that begins at @ip with stack @sp */
void start_thread(struct pt_regs *regs, unsigned long ip, unsigned long sp);
/**
 * arch_signal_frame - the program goes on in a signal handler
 * @ksig: which, and why
 * @mask: what is blocked when it returns
 * @regs: the program's frame, saved where rt_sigreturn() finds it, and then the handler's
 *
 * Context: process, may sleep. Return: 0; -EFAULT: there is no room on the stack for it.
 */
int arch_signal_frame(struct ksignal *ksig, const sigset_t *mask, struct pt_regs *regs);
/** arch_exit_to_user_mode - the last before current's program goes on; interrupts off */
void arch_exit_to_user_mode(void);

/* One step of a back-trace. */
struct stack_frame {
	unsigned long	addr;		/* return address, or where @regs was interrupted */
	bool		reliable;	/* false for an address found by a guess */
	const char	*stack;		/* whose stack it was found on: "TASK", "IRQ", ... */
	struct pt_regs	*regs;		/* the interrupted registers, else NULL */
};

/**
 * arch_stack_walk - call @fn with every return address, innermost first
 * @task: whose stack; NULL or current for the caller's. One that runs elsewhere has no trace.
 * @regs: start at this frame instead, or NULL
 * @fn: returns false to stop
 * @cookie: handed to @fn
 *
 * Crosses from the interrupt and exception stacks to what they interrupted. Never faults.
 */
void arch_stack_walk(struct task_struct *task, struct pt_regs *regs,
		     bool (*fn)(void *cookie, const struct stack_frame *frame), void *cookie);

/** arch_show_regs - print a register frame and the code bytes round its IP */
void arch_show_regs(struct pt_regs *regs, const char *log_lvl);
/** arch_show_ip - the one or two lines about a frame that a back-trace passes */
void arch_show_ip(struct pt_regs *regs, const char *log_lvl);

/**
 * rewind_stack_and_make_dead - end the current task with @code, whatever stack this is
 * @irqs_on: the task had interrupts on: enable them once its own stack is back
 *
 * For an oops: nothing on the stacks in use is returned to. Calls make_task_dead() from
 * the top of the task's own stack.
 * Context: a task's exception; not in an interrupt, and not the idle task.
 */
void rewind_stack_and_make_dead(int code, int irqs_on) __attribute__((__noreturn__));

/* -- Memory ---------------------------------------------------------------------------- */

#define ARCH_MAP_READ	0x01
#define ARCH_MAP_WRITE	0x02
#define ARCH_MAP_EXEC	0x04
#define ARCH_MAP_UNCACHED 0x08	/* device memory */

/**
 * arch_map_kernel - map @size bytes at @va to @pa; both page aligned
 * Context: process or boot. Return: 0; -ENOMEM when no page-table page is to be had.
 */
int arch_map_kernel(unsigned long va, phys_addr_t pa, unsigned long size, unsigned int prot);
/** arch_unmap_kernel - remove mappings; the caller flushes with arch_flush_kernel_range() */
void arch_unmap_kernel(unsigned long va, unsigned long size);
/** arch_protect_kernel - change the protection of mapped pages and flush them everywhere */
int arch_protect_kernel(unsigned long va, unsigned long size, unsigned int prot);
/** arch_flush_kernel_range - drop stale translations on every CPU */
void arch_flush_kernel_range(unsigned long start, unsigned long end);
/** arch_kernel_pa - physical address that @va maps to, or (phys_addr_t)-1 */
phys_addr_t arch_kernel_pa(unsigned long va);

/*
 * User address spaces. <asm/pgtable.h> has the entries of their tables: pte_t, pte_none(),
 * pte_present(), pte_write(), pte_young(), pte_dirty(), pte_mk...(), pte_wrprotect(), pte_modify(),
 * pfn_pte(), pte_pfn(); of the tables above pt_table(), pt_table_entry(); and how a walk goes down
 * them: PT_TOP_SHIFT, PT_LEVEL_BITS, pt_index().
 */

/** arch_pgd_alloc - a top table with the kernel's part filled in, or NULL; may sleep */
u64 *arch_pgd_alloc(void);
void arch_pgd_free(u64 *pgd);
/** arch_switch_mm - this CPU goes on in @mm; interrupts off */
void arch_switch_mm(struct mm_struct *mm);
/**
 * arch_flush_user_range - no CPU has stale translations of [start, end) of @mm when this returns
 * Context: interrupts on; spin locks may be held. The entries were changed before.
 */
void arch_flush_user_range(struct mm_struct *mm, unsigned long start, unsigned long end);

/**
 * arch_copy_nofault - copy memory that may not be mapped
 * Whole aligned words are read and written in one access.
 * Context: any, NMI too. Return: the number of bytes at the end that were not copied.
 */
size_t arch_copy_nofault(void *to, const void *from, size_t n);

/** mark_rodata_ro - make what is written during boot only read-only, at the end of boot */
void mark_rodata_ro(void);
/** free_initmem - give the memory of __init code and data back: nothing calls it any more */
void free_initmem(void);

/* -- Modules ---------------------------------------------------------------------------- */

struct elf64_shdr;

/**
 * arch_module_relocate - apply one SHT_RELA section of @mod
 * @shdrs: section headers, sh_addr being where each section was loaded
 * @strtab: names, for messages
 * @symsec: index of the symbol table, st_value already resolved
 * @relsec: index of the relocation section
 * Return: 0; -ENOEXEC for a relocation that is unknown, does not fit, or lies outside its
 * section (said with the module's name in the log).
 */
int arch_module_relocate(struct elf64_shdr *shdrs, const char *strtab, unsigned int symsec,
			 unsigned int relsec, struct module *mod);

/* -- Console, power ---------------------------------------------------------------------- */

/** arch_early_putc - one byte to whatever works before drivers do; polled */
void arch_early_putc(char c);
/** arch_power_off - does not return if the machine can switch itself off */
void arch_power_off(void);
/** arch_restart - reset the machine */
void arch_restart(void) __attribute__((__noreturn__));

/* -- What the machine tells the core at boot ---------------------------------------------- */

/** setup_arch - memory map to memblock, command line to boot_command_line, ACPI, page tables */
void setup_arch(void);
/** arch_irq_init - interrupt controllers, gates and vectors of the boot CPU; IRQs still off */
void arch_irq_init(void);
/** arch_time_init - register clocksources and this CPU's clock event device */
void arch_time_init(void);

/*
 * Declared in their own headers, under Linux's names:
 *	vm_get_page_prot()			linux/mm.h; rights of an area as bits of its entries
 *	sched_clock() local_clock()		linux/sched/clock.h; cheap, any context, NMI too
 *	read_persistent_clock64()		linux/timekeeping.h; the date at boot, from arch/ or
 *						the driver of the machine's RTC
 * and those that may be left out, as the core has a default:
 *	arch_probe_nr_irqs()			linux/interrupt.h; lines before any controller registers
 *	arch_dynirq_lower_bound()		linux/irq.h; the first line free for allocation
 *	arch_show_interrupts()			linux/interrupt.h; rows of /proc/interrupts
 *	arch_irq_stat_cpu() arch_irq_stat()	linux/kernel_stat.h; what is no line's
 */

extern phys_addr_t initrd_start, initrd_end;	/* physical; 0,0 when there is none */

/* -- What the core offers the machine (all the entry points that arch/ may call upward) ---- */

void start_kernel(void);
void secondary_start_kernel(void);
void task_entry(struct task_struct *prev);	/* first C code of a new task: finishes the switch */
void smp_handle_ipi(enum ipi_kind kind);	/* irqs off, inside irq_enter/exit (NMI for backtrace) */
void preempt_schedule_irq(void);
void tick_irq_enter(void);			/* irqs off, before irq_enter(): arch_tell_irq_entry() */
void make_task_dead(int code) __attribute__((__noreturn__));	/* kernel/sched: end of an oops */
void exit_to_user_mode_loop(struct pt_regs *regs);	/* kernel/process: work before user mode */
int user_page_fault(unsigned long addr, unsigned int flags, int *si_code);	/* mm: linux/mm.h */
/* and of linux/init.h: boot_command_line, parse_early_param() */

#endif
