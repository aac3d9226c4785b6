/* SPDX-License-Identifier: MIT */
/* Works without memory for workers: the rescuer. */
#include <linux/completion.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "test.h"
#include "work_count.h"

#define NR_HOGS		24	/* more than stacks that are kept for new tasks */

struct rescued {
	struct work_struct work;
	struct completion done;
};

static void rescued_fn(struct work_struct *work)
{
	if (current_is_workqueue_rescuer())
		atomic_inc(&runs);
	complete(&container_of(work, struct rescued, work)->done);
}

/* All memory there is, chained by its first words, before @chain. */
static void **take_all_memory(void **chain)
{
	void **page;

	for (int order = MAX_ORDER - 1; order >= 0; order--) {
		while ((page = (void **)__get_free_pages(GFP_KERNEL | __GFP_NOWARN, order))) {
			page[0] = chain;
			page[1] = (void *)(long)order;
			chain = page;
		}
	}
	return chain;
}

static void give_back(void **chain)
{
	while (chain) {
		void **next = chain[0];

		free_pages((unsigned long)chain, (long)chain[1]);
		chain = next;
	}
}

TEST(workqueue, rescuer, "D7", "without memory for a worker, a WQ_MEM_RECLAIM workqueue's rescuer runs its works")
{
	struct workqueue_struct *wq = alloc_workqueue("test_rescue", WQ_MEM_RECLAIM, 0);
	struct work_struct *hogs = kcalloc(NR_HOGS, sizeof(*hogs), GFP_KERNEL);
	struct rescued rescued;
	void **chain;

	require(wq && hogs);
	reset();
	INIT_WORK_ONSTACK(&rescued.work, rescued_fn);
	init_completion(&rescued.done);
	rcu_barrier();		/* what earlier tests gave back comes now */
	chain = take_all_memory(NULL);
	for (int i = 0; i < NR_HOGS; i++) {
		INIT_WORK(&hogs[i], hold_fn);
		schedule_work_on(0, &hogs[i]);
		chain = take_all_memory(chain);
	}
	queue_work_on(0, wq, &rescued.work);
	expect(wait_for_completion_timeout(&rescued.done, TEST_PATIENCE));
	expect(atomic_read(&inside) < NR_HOGS);
	expect_eq(atomic_read(&runs), 1);
	give_back(chain);
	complete_all(&hold);
	for (int i = 0; i < NR_HOGS; i++)
		flush_work(&hogs[i]);
	destroy_workqueue(wq);
	kfree(hogs);
}
