/* SPDX-License-Identifier: MIT */
/*
 * Non-maskable interrupts: find out whose it is, by asking every handler.
 *
 * NMIs have no vector of their own and are not counted by the hardware: two that come close
 * together are one. So each handler of a kind is asked every time. That they do not
 * nest is the entry code's doing (64/entry.S).
 *
 * Intel SDM Vol. 3, "Nonmaskable Interrupt (NMI)"; port 0x61: the I/O controller hub's
 * "NMI Status and Control Register".
 */
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/kdebug.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/percpu-defs.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <asm/debugreg.h>
#include <asm/hw_irq.h>
#include <asm/idtentry.h>
#include <asm/io.h>
#include <asm/msr.h>
#include <asm/nmi.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

#define NMI_SC_PORT	0x61	/* NMI status and control */
#define   NMI_SC_CLEAR_SERR	(1 << 2)	/* RW: 1 clears and disables */
#define   NMI_SC_CLEAR_IOCHK	(1 << 3)	/* RW: 1 clears and disables */
#define   NMI_SC_IOCHK		(1 << 6)	/* R */
#define   NMI_SC_SERR		(1 << 7)	/* R */
#define   NMI_SC_CONTROL	0x0f		/* the bits that are written */

/* Handlers of each type. Written under the lock; walked by NMIs, which take none. */
static struct list_head nmi_handlers[NMI_MAX] = {
	LIST_HEAD_INIT(nmi_handlers[NMI_LOCAL]),
	LIST_HEAD_INIT(nmi_handlers[NMI_UNKNOWN]),
	LIST_HEAD_INIT(nmi_handlers[NMI_SERR]),
	LIST_HEAD_INIT(nmi_handlers[NMI_IO_CHECK]),
};
static DEFINE_RAW_SPINLOCK(nmi_lock);

static int unknown_nmi_panic;		/* set at boot */

/* See register_nmi_handler(). Context: any but NMI. */
int __register_nmi_handler(unsigned int type, struct nmiaction *action)
{
	struct list_head *head, *after;
	unsigned long flags;

	if (type >= NMI_MAX || !action->handler)
		return -EINVAL;
	head = &nmi_handlers[type];
	raw_spin_lock_irqsave(&nmi_lock, flags);
	after = action->flags & NMI_FLAG_FIRST ? head : head->prev;
	action->list.prev = after;
	action->list.next = after->next;
	after->next->prev = &action->list;
	smp_store_release(&after->next, &action->list);	/* the walk sees it whole or not at all */
	raw_spin_unlock_irqrestore(&nmi_lock, flags);
	return 0;
}
EXPORT_SYMBOL(__register_nmi_handler);

static struct nmiaction *unlink_handler(unsigned int type, const char *name)
{
	struct nmiaction *action, *found = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&nmi_lock, flags);
	list_for_each_entry(action, &nmi_handlers[type], list) {
		if (strcmp(action->name, name))
			continue;
		found = action;
		action->list.next->prev = action->list.prev;
		WRITE_ONCE(action->list.prev->next, action->list.next);
		break;
	}
	raw_spin_unlock_irqrestore(&nmi_lock, flags);
	return found;
}

/**
 * unregister_nmi_handler - ask a handler no more; it is not running any more after
 * @type: NMI_*
 * @name: what it was registered as
 *
 * Context: process, interrupts on.
 */
void unregister_nmi_handler(unsigned int type, const char *name)
{
	if (type < NMI_MAX && unlink_handler(type, name))
		kick_all_cpus_sync();	/* no CPU takes the IPI before its NMI is over */
}
EXPORT_SYMBOL_GPL(unregister_nmi_handler);

/* How many events the handlers of @type have dealt with. */
static int ask_handlers(unsigned int type, struct pt_regs *regs)
{
	struct list_head *head = &nmi_handlers[type], *pos;
	int handled = 0;

	for (pos = smp_load_acquire(&head->next); pos != head; pos = smp_load_acquire(&pos->next))
		handled += list_entry(pos, struct nmiaction, list)->handler(type, regs);
	return handled;
}

static void system_error(u8 reason, struct pt_regs *regs)
{
	if (ask_handlers(NMI_SERR, regs))
		return;
	pr_emerg("NMI: PCI system error (SERR) for reason %02x on CPU %d.\n", reason,
		 raw_smp_processor_id());
	/* It stays asserted: cleared and off from here on, or it would come for ever. */
	outb((reason & NMI_SC_CONTROL) | NMI_SC_CLEAR_SERR, NMI_SC_PORT);
}

static void io_check(u8 reason, struct pt_regs *regs)
{
	if (ask_handlers(NMI_IO_CHECK, regs))
		return;
	pr_emerg("NMI: IOCK error (debug interrupt?) for reason %02x on CPU %d.\n", reason,
		 raw_smp_processor_id());
	show_regs(regs);
	outb((reason & NMI_SC_CONTROL) | NMI_SC_CLEAR_IOCHK, NMI_SC_PORT);
	outb(reason & NMI_SC_CONTROL & ~NMI_SC_CLEAR_IOCHK, NMI_SC_PORT);
}

static void unknown_nmi(u8 reason, struct pt_regs *regs)
{
	if (ask_handlers(NMI_UNKNOWN, regs) ||
	    notify_die(DIE_NMIUNKNOWN, "NMI", regs, reason, X86_TRAP_NMI, 0) == NOTIFY_STOP)
		return;
	pr_emerg("Uhhuh. NMI received for unknown reason %02x on CPU %d.\n", reason,
		 raw_smp_processor_id());
	if (unknown_nmi_panic)
		nmi_panic(regs, "NMI: Not continuing");
	pr_emerg("Dazed and confused, but trying to continue\n");
}

/**
 * do_nmi - an NMI
 * @regs: what it interrupted: anything, with interrupts on or off
 * @error_code: none
 *
 * Context: NMI, its own stack.
 */
void do_nmi(struct pt_regs *regs, long error_code)
{
	/* Breakpoints are off: the return from #DB to an NMI can't step over one (64/entry.S). */
	unsigned long dr7 = local_db_save(), cr2 = read_cr2();
	u8 reason;

	nmi_enter();
	inc_irq_stat(__nmi_count);
	if (!ask_handlers(NMI_LOCAL, regs)) {
		reason = inb(NMI_SC_PORT);
		if (reason & NMI_SC_SERR)
			system_error(reason, regs);
		else if (reason & NMI_SC_IOCHK)
			io_check(reason, regs);
		else
			unknown_nmi(reason, regs);
	}
	/* A page fault in a handler must not be seen by the page fault that was interrupted. */
	if (read_cr2() != cr2)
		write_cr2(cr2);
	nmi_exit();
	local_db_restore(dr7);
}

static int backtrace_handler(unsigned int type, struct pt_regs *regs)
{
	return nmi_cpu_backtrace(regs) ? NMI_HANDLED : NMI_DONE;
}

static int __init nmi_init(void)
{
	return register_nmi_handler(NMI_LOCAL, backtrace_handler, 0, "arch_bt");
}
early_initcall(nmi_init);

static int __init set_unknown_nmi_panic(char *str)
{
	unknown_nmi_panic = 1;
	return 1;
}
__setup("unknown_nmi_panic", set_unknown_nmi_panic);
