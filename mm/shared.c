/* SPDX-License-Identifier: MIT */
/* Memory that processes share after fork() without a file: MAP_SHARED | MAP_ANONYMOUS. */
#include <linux/mm.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "internals.h"

/* One per mmap() call; the areas that show it count it. */
struct shared_anon {
	refcount_t	users;
	unsigned long	first;		/* vm_pgoff of its first page; fixed */
	unsigned long	nr;		/* fixed */

	spinlock_t	lock;		/* guards the array */
	struct page	*pages[];
};

static void shared_open(struct vm_area_struct *vma)
{
	struct shared_anon *shared = vma->vm_private_data;

	refcount_inc(&shared->users);
}

static void shared_close(struct vm_area_struct *vma)
{
	struct shared_anon *shared = vma->vm_private_data;
	unsigned long i;

	if (!refcount_dec_and_test(&shared->users))
		return;
	for (i = 0; i < shared->nr; i++)
		if (shared->pages[i])
			put_page(shared->pages[i]);
	kvfree(shared);
}

static vm_fault_t shared_fault(struct vm_fault *vmf)
{
	struct shared_anon *shared = vmf->vma->vm_private_data;
	unsigned long i = vmf->pgoff - shared->first;
	struct page *page, *fresh = NULL;

	if (i >= shared->nr)		/* mremap() made the area larger than what it shows */
		return VM_FAULT_SIGBUS;
	if (!READ_ONCE(shared->pages[i])) {
		fresh = alloc_user_page(true);
		if (!fresh)
			return VM_FAULT_OOM;
	}
	spin_lock(&shared->lock);
	if (!shared->pages[i]) {
		WRITE_ONCE(shared->pages[i], fresh);
		fresh = NULL;
	}
	page = shared->pages[i];
	get_page(page);
	spin_unlock(&shared->lock);
	if (fresh)
		put_page(fresh);
	vmf->page = page;
	return 0;
}

static const struct vm_operations_struct shared_vm_ops = {
	.open	= shared_open,
	.close	= shared_close,
	.fault	= shared_fault,
};

/*
 * shared_anon_setup - give a new area its memory. Return: 0; -ENOMEM: more than there could ever
 * be, too.
 */
int shared_anon_setup(struct vm_area_struct *vma)
{
	unsigned long nr = vma_pages(vma);
	struct shared_anon *shared;

	if (nr > totalram_pages())
		return -ENOMEM;
	shared = kvzalloc(struct_size(shared, pages, nr), GFP_KERNEL);
	if (!shared)
		return -ENOMEM;
	refcount_set(&shared->users, 1);
	spin_lock_init(&shared->lock);
	shared->first = vma->vm_pgoff;
	shared->nr = nr;
	vma->vm_private_data = shared;
	vma->vm_ops = &shared_vm_ops;
	return 0;
}
