/* SPDX-License-Identifier: MIT */
/* A function to be run in hard-IRQ context, queued from any context, an NMI's as well. */
#ifndef _LINUX_IRQ_WORK_H
#define _LINUX_IRQ_WORK_H

#include <linux/types.h>
#include <linux/llist.h>

#define IRQ_WORK_PENDING_BIT	0
#define IRQ_WORK_BUSY_BIT	1
#define IRQ_WORK_PENDING	0x01	/* on a list */
#define IRQ_WORK_BUSY		0x02	/* running */
#define IRQ_WORK_LAZY		0x04	/* no IPI: the next tick will do */
#define IRQ_WORK_HARD_IRQ	0x08	/* accepted; all of them run so here */
#define IRQ_WORK_CLAIMED	(IRQ_WORK_PENDING | IRQ_WORK_BUSY) /* memory must stay */

struct irq_work {
	struct llist_node	llnode;
	unsigned long		flags;		/* atomic; LAZY and HARD_IRQ are fixed */
	void			(*func)(struct irq_work *work);
};

#define __IRQ_WORK_INIT(_func, _flags) { .flags = (_flags), .func = (_func) }
#define IRQ_WORK_INIT(_func)		(struct irq_work)__IRQ_WORK_INIT(_func, 0)
#define IRQ_WORK_INIT_LAZY(_func)	(struct irq_work)__IRQ_WORK_INIT(_func, IRQ_WORK_LAZY)
#define IRQ_WORK_INIT_HARD(_func)	(struct irq_work)__IRQ_WORK_INIT(_func, IRQ_WORK_HARD_IRQ)
#define DEFINE_IRQ_WORK(name, _func)	struct irq_work name = __IRQ_WORK_INIT(_func, 0)

static inline void init_irq_work(struct irq_work *work, void (*func)(struct irq_work *))
{
	*work = IRQ_WORK_INIT(func);
}

static inline bool irq_work_is_pending(struct irq_work *work)
{
	return READ_ONCE(work->flags) & IRQ_WORK_PENDING;
}

static inline bool irq_work_is_busy(struct irq_work *work)
{
	return READ_ONCE(work->flags) & IRQ_WORK_CLAIMED;
}

bool irq_work_queue(struct irq_work *work);
bool irq_work_queue_on(struct irq_work *work, int cpu);
void irq_work_sync(struct irq_work *work);
void irq_work_run(void);	/* from the IPI_IRQ_WORK interrupt, irqs off */
void irq_work_tick(void);	/* from the tick: the lazy ones */
bool irq_work_needs_cpu(void);	/* does one wait for this CPU's tick? IRQs off */

#endif
