/* SPDX-License-Identifier: MIT */
/*
 * Address spaces come and go: for exec, fork, exit.
 *
 * A task's mm changes only in the task itself, with its alloc_lock held (task_lock()), which others
 * take to look at it. Kernel threads have none and borrow that of the task before them (active_mm),
 * whose kernel half is the same; context_switch() of kernel/sched counts that.
 */
#include <linux/arch.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "internals.h"

/* The kernel's own: no user side. Its page table is the one that the machine boots with. */
struct mm_struct init_mm = {
	.mm_users	= ATOMIC_INIT(2),
	.mm_count	= ATOMIC_INIT(2),	/* for good, and as the boot CPU's idle task's */
	.mm_rb		= RB_ROOT,
	.mmap_lock	= __RWSEM_INITIALIZER(init_mm.mmap_lock),
	.page_table_lock = __SPIN_LOCK_UNLOCKED(init_mm.page_table_lock),
};

static struct kmem_cache *mm_cache __ro_after_init;

static int __init mm_cache_init(void)
{
	mm_cache = KMEM_CACHE(mm_struct, SLAB_PANIC | SLAB_HWCACHE_ALIGN);
	return 0;
}
core_initcall(mm_cache_init);

/* What a new one has in any case; the rest is zero or a copy. */
static struct mm_struct *mm_init_common(struct mm_struct *mm)
{
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	cpumask_clear(mm_cpumask(mm));
	init_rwsem(&mm->mmap_lock);
	spin_lock_init(&mm->page_table_lock);
	mm->mm_rb = RB_ROOT;
	mm->map_count = 0;
	mm->free_below = mm->small_hole = 0;
	mm->total_vm = mm->data_vm = mm->stack_vm = mm->locked_vm = 0;
	mm->pgtables = 0;
	atomic_long_set(&mm->rss_stat[MM_FILEPAGES], 0);
	atomic_long_set(&mm->rss_stat[MM_ANONPAGES], 0);
	mm->def_flags = 0;
	mm->pgd = arch_pgd_alloc();
	if (!mm->pgd) {
		kmem_cache_free(mm_cache, mm);
		return NULL;
	}
	return mm;
}

/**
 * mm_alloc - an empty address space
 *
 * Context: process, may sleep. Return: it, with one user; NULL.
 */
struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kmem_cache_zalloc(mm_cache, GFP_KERNEL);

	return mm ? mm_init_common(mm) : NULL;
}

/* __mmdrop - nobody runs in it or borrows it. Any context but NMI. */
void __mmdrop(struct mm_struct *mm)
{
	arch_pgd_free(mm->pgd);
	kmem_cache_free(mm_cache, mm);
}

static void unmap_all(struct mm_struct *mm)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	while ((vma = first_vma(mm)))
		unmap_area(vma);
	WARN_ON(mm->pgtables);
	mmap_write_unlock(mm);
}

/**
 * mmput - one user less; with the last all mappings go
 * @mm: the address space
 *
 * Context: process, may sleep.
 */
void mmput(struct mm_struct *mm)
{
	might_sleep();
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	unmap_all(mm);
	if (mm->exe_file)
		close_exec(mm->exe_file);
	mmdrop(mm);
}
EXPORT_SYMBOL(mmput);

/*
 * set_exe_file - the program of an address space that has none: nobody writes to its file meanwhile
 */
void set_exe_file(struct mm_struct *mm, struct file *file)
{
	/*
	 * The caller has it open to execute, or for another address space, so that nobody writes to
	 * it now.
	 */
	WARN_ON(deny_write_access(file));
	mm->exe_file = get_file(file);
}

/* get_task_mm - a task's address space, counted as a user; NULL when it has none */
struct mm_struct *get_task_mm(struct task_struct *task)
{
	struct mm_struct *mm;

	task_lock(task);
	mm = task->mm;
	if (mm)
		mmget(mm);
	task_unlock(task);
	return mm;
}

static int copy_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *copy;

	if (vma->vm_flags & VM_DONTCOPY)
		return 0;
	copy = vma_copy(vma);
	if (!copy)
		return -ENOMEM;
	copy->vm_mm = mm;
	copy->vm_flags &= ~(VM_LOCKED | VM_LOCKONFAULT);
	vma_insert(mm, copy);
	count_vm(mm, copy->vm_flags, vma_pages(copy));
	return vma->vm_flags & VM_WIPEONFORK ? 0 : copy_range(mm, vma);
}

/**
 * mm_dup - a child's address space: the same, its private pages shared until one writes
 * @old: the parent's
 *
 * Context: process, may sleep. Return: it, with one user; NULL without memory.
 */
struct mm_struct *mm_dup(struct mm_struct *old)
{
	struct mm_struct *mm = kmem_cache_alloc(mm_cache, GFP_KERNEL);
	struct vm_area_struct *vma;
	int err = 0;

	if (!mm)
		return NULL;
	mmap_write_lock(old);
	*mm = *old;
	mm = mm_init_common(mm);
	if (!mm) {
		mmap_write_unlock(old);
		return NULL;
	}
	if (mm->exe_file)
		set_exe_file(mm, mm->exe_file);
	mmap_write_lock_nested(mm, 1);
	for_each_vma_of(old, vma) {
		err = copy_vma(mm, vma);
		if (err)
			break;
	}
	arch_flush_user_range(old, 0, TASK_SIZE_MAX);
	mmap_write_unlock(mm);
	mmap_write_unlock(old);
	if (err) {
		mmput(mm);
		return NULL;
	}
	return mm;
}

/* From one address space to another, or to none: @mm NULL. The old one is put. */
static void change_mm(struct mm_struct *mm)
{
	struct task_struct *task = current;
	struct mm_struct *old = task->mm, *borrowed;

	/* Without a program the task goes on in the old one, on loan as a kernel thread's. */
	if (!mm)
		mmgrab(old);
	task_lock(task);
	local_irq_disable();
	borrowed = old ? NULL : task->active_mm;
	task->mm = mm;
	if (mm) {
		arch_switch_mm(mm);
		task->active_mm = mm;
	}
	local_irq_enable();
	task_unlock(task);
	if (borrowed)
		mmdrop(borrowed);
	if (old)
		mmput(old);
}

/* exec_mmap - current runs in @mm from here on; the reference is its */
void exec_mmap(struct mm_struct *mm)
{
	change_mm(mm);
}

/* exit_mm - current needs no address space any more */
void exit_mm(void)
{
	if (current->mm)
		change_mm(NULL);
}
