// SPDX-License-Identifier: MIT
/* The two smallest steps: interrupts off and on, and a spinlock between them. */
#include <linux/irqflags.h>
#include <linux/spinlock.h>
#include "irqbench.h"

static DEFINE_SPINLOCK(lock);

void bench_lock(void)
{
	unsigned long flags;

	COUNT("lock.irq_save", , ({ local_irq_save(flags); local_irq_restore(flags); }));
	COUNT("lock.spin_irqsave", , ({ spin_lock_irqsave(&lock, flags); spin_unlock_irqrestore(&lock, flags); }));
}
