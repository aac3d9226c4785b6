/* SPDX-License-Identifier: MIT */
/* One at a time, in order: ordered and single-threaded queues, on 2 CPUs. rows D7 */
#include <linux/workqueue.h>
#include "test.h"

static atomic_t inside;

struct item {
	struct work_struct work;
	int n;
};

static void run(struct work_struct *w)
{
	struct item *it = container_of(w, struct item, work);

	if (atomic_inc_return(&inside) > 1)
		note("TOGETHER");
	if (it->n % 3 == 0)
		msleep(10);
	note("%d", it->n);
	atomic_dec(&inside);
}

static void use(struct workqueue_struct *wq, const char *what)
{
	static struct item items[10];
	int i;

	for (i = 0; i < 10; i++) {
		items[i].n = i;
		INIT_WORK(&items[i].work, run);
		queue_work_on(i % 2, wq, &items[i].work);
	}
	flush_workqueue(wq);
	show(what);
	destroy_workqueue(wq);
}

static void test(void)
{
	use(alloc_ordered_workqueue("ordered", 0), "ordered");
	use(create_singlethread_workqueue("single"), "single");
	use(alloc_workqueue("one", WQ_UNBOUND, 1), "unbound, one active");
	use(alloc_ordered_workqueue("reclaim", WQ_MEM_RECLAIM | WQ_HIGHPRI), "ordered, reclaim, high");
}
MODULE_TEST(test);
