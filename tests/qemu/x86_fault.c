/* SPDX-License-Identifier: MIT */
/* See x86_fault.h. */
#include <linux/irqflags.h>
#include <asm/processor-flags.h>
#include "x86_fault.h"

struct caught caught;			/* the catching task's, in its exceptions */
unsigned long resume_ip, fault_ip, after_ip, sp_before;

void (*catch_mend)(struct pt_regs *regs);

static struct task_struct *catcher;

static int catch_exception(struct notifier_block *nb, unsigned long event, void *data)
{
	struct die_args *args = data;

	if (current != catcher || event == DIE_OOPS)
		return NOTIFY_DONE;
	caught.count++;
	caught.vector = args->trapnr;
	caught.error_code = event == DIE_DEBUG ? 0 : args->err;
	caught.dr6 = event == DIE_DEBUG ? args->err : 0;
	caught.regs = *args->regs;
	caught.frame = args->regs;
	caught.cr2 = read_cr2();
	caught.irqs_on = !irqs_disabled();
	args->regs->flags &= ~X86_EFLAGS_TF;
	if (catch_mend)
		catch_mend(args->regs);
	else
		args->regs->ip = resume_ip;
	return NOTIFY_STOP;
}

static struct notifier_block catcher_nb = {
	.notifier_call	= catch_exception,
	.priority	= 100,
};

void catch_begin(void)
{
	catcher = current;
	register_die_notifier(&catcher_nb);
}

void catch_end(void)
{
	unregister_die_notifier(&catcher_nb);
	catcher = NULL;
}
