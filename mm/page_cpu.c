/* SPDX-License-Identifier: MIT */
/*
 * Single pages close at hand: each CPU keeps a few free ones for itself, so that most
 * requests take no lock. Only the CPU itself touches its list, with interrupts off.
 *
 * Pages for 16-bit bus masters are too rare to lie about here.
 */
#include <linux/cpuhotplug.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include "internals.h"

#define BATCH		16	/* moved from or to the zones at a time */
#define CPU_PAGES_MAX	64

struct cpu_pages {
	struct list_head	list;
	unsigned int		nr;
};

static DEFINE_PER_CPU(struct cpu_pages, cpu_pages);

void __init cpu_pages_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		INIT_LIST_HEAD(&per_cpu(cpu_pages, cpu).list);
}

/* A page for an ordinary request, not prepared; NULL when the zones have none either. */
struct page *cpu_pages_take(gfp_t gfp)
{
	struct page *page = NULL;
	struct cpu_pages *c;
	unsigned long flags;

	raw_local_irq_save(flags);
	c = this_cpu_ptr(&cpu_pages);
	if (unlikely(!c->nr))
		c->nr = zones_take_pages(gfp, BATCH, &c->list);
	if (likely(c->nr)) {
		page = list_first_entry(&c->list, struct page, lru);
		__list_del_entry(&page->lru);
		c->nr--;
	}
	raw_local_irq_restore(flags);
	return page;
}

/* A page that nobody has any more. */
void cpu_pages_put(struct page *page)
{
	struct cpu_pages *c;
	unsigned long flags;
	LIST_HEAD(back);

	raw_local_irq_save(flags);
	c = this_cpu_ptr(&cpu_pages);
	list_add(&page->lru, &c->list);		/* the next to go out: it may be in the cache */
	if (++c->nr > CPU_PAGES_MAX) {
		unsigned int n;

		for (n = 0; n < BATCH; n++)
			list_move(c->list.prev, &back);
		c->nr -= BATCH;
		zones_put_pages(&back);
	}
	raw_local_irq_restore(flags);
}

/* A CPU is dead: nobody else touches its list. */
static int cpu_pages_dead(unsigned int cpu)
{
	struct cpu_pages *c = &per_cpu(cpu_pages, cpu);
	unsigned long flags;

	local_irq_save(flags);
	zones_put_pages(&c->list);
	INIT_LIST_HEAD(&c->list);
	c->nr = 0;
	local_irq_restore(flags);
	return 0;
}

static int __init cpu_pages_step(void)
{
	return cpuhp_setup_state_nocalls(CPUHP_PAGE_ALLOC, "mm/page_alloc:dead", NULL,
					 cpu_pages_dead);
}
early_initcall(cpu_pages_step);

unsigned long cpu_pages_count(void)
{
	unsigned long n = 0;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		n += READ_ONCE(per_cpu(cpu_pages, cpu).nr);
	return n;
}
