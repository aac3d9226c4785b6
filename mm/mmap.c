/* SPDX-License-Identifier: MIT */
/*
 * Making and removing mappings: mmap(), munmap(), brk().
 *
 * The calls check everything first; what is in the way of MAP_FIXED goes when nothing but memory
 * can be missing any more.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

#define MAX_MAP_COUNT	65530	/* areas of one address space */

/* -- Rights --------------------------------------------------------------------------------- */

unsigned long prot_to_vm(unsigned long prot)
{
	return (prot & PROT_READ ? VM_READ : 0) | (prot & PROT_WRITE ? VM_WRITE : 0) |
	       (prot & PROT_EXEC ? VM_EXEC : 0);
}

/*
 * vma_page_prot - rights of a page: a private one may be shared with others, so not to write. What
 * may be written may be read, too: no machine has it otherwise.
 */
pgprot_t vma_page_prot(const struct vm_area_struct *vma)
{
	unsigned long flags = vma->vm_flags;

	if (flags & VM_WRITE)
		flags |= VM_READ;
	if (!(flags & VM_SHARED))
		flags &= ~VM_WRITE;
	return vm_get_page_prot(flags);
}

/* may_map - whether limits allow so many pages more. Return: 0; -ENOMEM; -EAGAIN. */
int may_map(struct mm_struct *mm, unsigned long pages, unsigned long vm_flags)
{
	if (mm->total_vm + pages > rlimit(RLIMIT_AS) >> PAGE_SHIFT)
		return -ENOMEM;
	if ((vm_flags & (VM_WRITE | VM_SHARED | VM_GROWSDOWN)) == VM_WRITE &&
	    mm->data_vm + pages > rlimit(RLIMIT_DATA) >> PAGE_SHIFT)
		return -ENOMEM;
	return 0;
}

void count_vm(struct mm_struct *mm, unsigned long vm_flags, long pages)
{
	mm->total_vm += pages;
	if (vm_flags & VM_LOCKED)
		mm->locked_vm += pages;
	if (vm_flags & VM_GROWSDOWN)
		mm->stack_vm += pages;
	else if ((vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
		mm->data_vm += pages;
}

/* -- Removing ------------------------------------------------------------------------------- */

/* cut_out - split so that areas begin and end at the ends of the range. Return: 0; -ENOMEM. */
int cut_out(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = find_vma(mm, start);
	int err = 0;

	if (vma && vma->vm_start < start) {
		if (end < vma->vm_end && mm->map_count >= MAX_MAP_COUNT)
			return -ENOMEM;
		err = vma_split(vma, start);
	}
	if (err)
		return err;
	vma = find_vma(mm, end);
	if (vma && vma->vm_start < end)
		err = vma_split(vma, end);
	return err;
}

/* unmap_area - an area goes, with its pages and its tables. mmap_lock held to write */
void unmap_area(struct vm_area_struct *vma)
{
	struct mm_struct *mm = vma->vm_mm;
	struct vm_area_struct *prev = vma_prev(vma), *next = vma_next(vma);
	unsigned long start = vma->vm_start, end = vma->vm_end;

	note_hole(mm, next);
	zap_range(vma, start, end);
	count_vm(mm, vma->vm_flags, -(long)vma_pages(vma));
	vma_remove(mm, vma);
	vma_free(vma);
	free_tables(mm, start, end, prev ? prev->vm_end : 0, next ? next->vm_start : TASK_SIZE_MAX);
}

/**
 * unmap_range - remove what is mapped in a range
 * @mm: mmap_lock held to write
 * @start: on a page
 * @len: whole pages, not 0
 *
 * Return: 0, also when nothing was; -ENOMEM to split an area.
 */
int unmap_range(struct mm_struct *mm, unsigned long start, unsigned long len)
{
	unsigned long end = start + len;
	struct vm_area_struct *vma, *next;
	int err = cut_out(mm, start, end);

	if (err)
		return err;
	for (vma = find_vma(mm, start); vma && vma->vm_start < end; vma = next) {
		next = vma_next(vma);
		unmap_area(vma);
	}
	return 0;
}

/**
 * vm_munmap - unmap a range of current's address space
 * @addr: on a page
 * @len: bytes; rounded up
 *
 * Context: process, may sleep. Return: 0; -EINVAL; -ENOMEM.
 */
int vm_munmap(unsigned long addr, unsigned long len)
{
	struct mm_struct *mm = current->mm;
	int err;

	if (offset_in_page(addr) || !len || len > TASK_SIZE_MAX ||
	    !arch_user_range(addr, PAGE_ALIGN(len)))
		return -EINVAL;
	mmap_write_lock(mm);
	err = unmap_range(mm, addr, PAGE_ALIGN(len));
	mmap_write_unlock(mm);
	return err;
}

SYSCALL_DEFINE2(munmap, unsigned long, addr, size_t, len)
{
	return vm_munmap(addr, len);
}

/* -- Making --------------------------------------------------------------------------------- */

/*
 * What may be done with a file, as far as it was opened for. Return: VM_*; -EACCES; -EPERM;
 * -ENODEV.
 */
static long file_vm_flags(struct file *file, unsigned long prot, bool shared)
{
	unsigned long flags = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

	if (!file->f_op->mmap)
		return -ENODEV;
	if (!(file->f_mode & FMODE_READ))
		return -EACCES;
	if (path_noexec(&file->f_path)) {
		if (prot & PROT_EXEC)
			return -EPERM;
		flags &= ~VM_MAYEXEC;
	}
	if (shared) {
		if ((prot & PROT_WRITE) && !(file->f_mode & FMODE_WRITE))
			return -EACCES;
		flags |= VM_SHARED | VM_MAYSHARE;
		/* What can never be written needs no care about who shares it. */
		if (!(file->f_mode & FMODE_WRITE))
			flags &= ~(VM_MAYWRITE | VM_SHARED);
	}
	return flags;
}

static long map_vm_flags(struct file *file, unsigned long prot, unsigned long flags)
{
	unsigned long type = flags & MAP_TYPE;
	long vm_flags = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

	if (type != MAP_PRIVATE && type != MAP_SHARED && (type != MAP_SHARED_VALIDATE || !file))
		return -EINVAL;
	/* No file is such that what is written to memory is safe at once. */
	if (type == MAP_SHARED_VALIDATE && (flags & MAP_SYNC))
		return -EOPNOTSUPP;
	if (file)
		vm_flags = file_vm_flags(file, prot, type != MAP_PRIVATE);
	else if (type != MAP_PRIVATE)
		vm_flags |= VM_SHARED | VM_MAYSHARE;
	if (vm_flags < 0)
		return vm_flags;
	if (flags & MAP_GROWSDOWN) {
		if (file || type != MAP_PRIVATE)
			return -EINVAL;
		vm_flags |= VM_GROWSDOWN;
	}
	if (flags & MAP_LOCKED)
		vm_flags |= VM_LOCKED;
	return vm_flags | prot_to_vm(prot) | current->mm->def_flags;
}

/*
 * Connect a new area, linked nowhere yet, with what it shows. If that is a file that it could
 * change, it counts among its writable ones until attached().
 */
static int attach(struct vm_area_struct *vma, struct file *file)
{
	int err;

	if (!file)
		return vma->vm_flags & VM_SHARED ? shared_anon_setup(vma) : 0;
	vma->vm_file = get_file(file);
	err = file->f_op->mmap(file, vma);
	/*
	 * It may have chosen VM_PFNMAP and rights of its own. Those that can be sealed have nothing
	 * to be undone.
	 */
	if (!err && vma_is_shared_maywrite(vma) && !mapping_map_writable(mapping_of(vma)))
		err = -EPERM;
	if (err) {
		vma->vm_file = NULL;
		fput(file);
	}
	return err;
}

/* The area is linked: it counts by itself. */
static void attached(const struct vm_area_struct *vma)
{
	if (vma->vm_file && vma_is_shared_maywrite(vma))
		mapping_unmap_writable(mapping_of(vma));
}

/* Everything was checked: [addr, addr + len) becomes an area of @vm_flags. */
static unsigned long map_area(struct file *file, unsigned long addr, unsigned long len,
			      unsigned long vm_flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int err = may_map(mm, len >> PAGE_SHIFT, vm_flags);

	if (!err)
		err = unmap_range(mm, addr, len);
	if (err)
		return err;
	vma = vma_alloc(mm, addr, addr + len, vm_flags);
	if (!vma)
		return -ENOMEM;
	vma->vm_pgoff = pgoff;
	err = attach(vma, file);
	if (err) {
		/* A driver may have mapped a part before it failed. */
		zap_range(vma, addr, addr + len);
		vma->vm_ops = NULL;
		vma_free(vma);
		return err;
	}
	vma->vm_truncations = vma_truncations(vma);
	vma_insert(mm, vma);
	attached(vma);
	count_vm(mm, vma->vm_flags, len >> PAGE_SHIFT);
	vma_merge(vma);
	return addr;
}

/**
 * do_mmap - map a file or fresh memory into current's address space
 * @file: the file; NULL for memory
 * @addr: where, with MAP_FIXED; else a wish
 * @len: bytes; rounded up
 * @prot: PROT_*
 * @flags: MAP_*
 * @pgoff: where in the file, in pages
 *
 * Context: mmap_lock held to write. Return: the address; -EINVAL, -ENOMEM, -EACCES, -EPERM,
 * -ENODEV,
 * -EEXIST (MAP_FIXED_NOREPLACE), -EOVERFLOW, -EOPNOTSUPP.
 */
unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long pgoff)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	long vm_flags;

	if (!len)
		return -EINVAL;
	len = PAGE_ALIGN(len);
	if (!len || len > TASK_SIZE_MAX)
		return -ENOMEM;
	if (pgoff + (len >> PAGE_SHIFT) > (file ? LLONG_MAX >> PAGE_SHIFT : ULONG_MAX) ||
	    pgoff + (len >> PAGE_SHIFT) < pgoff)
		return -EOVERFLOW;
	if (mm->map_count > MAX_MAP_COUNT)
		return -ENOMEM;
	vm_flags = map_vm_flags(file, prot, flags);
	if (vm_flags < 0)
		return vm_flags;

	if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
		if (offset_in_page(addr))
			return -EINVAL;
		if (!arch_user_range(addr, len))
			return -ENOMEM;
		if (addr < MMAP_MIN_ADDR)
			return -EPERM;
		vma = find_vma(mm, addr);
		if ((flags & MAP_FIXED_NOREPLACE) && vma && vma->vm_start < addr + len)
			return -EEXIST;
	} else {
		addr = flags & MAP_32BIT ? find_low_range(mm, len) :
					   find_free_range(mm, PAGE_ALIGN(addr), len);
		if (IS_ERR_VALUE(addr))
			return addr;
	}
	return map_area(file, addr, len, vm_flags, file ? pgoff : addr >> PAGE_SHIFT);
}

/*
 * Bring the pages of a range in, as far as that can be had: MAP_POPULATE, mlock(). Return: 0;
 * -ENOMEM where it can't; -EINTR: current is to end. A range may be as long as the address space
 * is.
 */
int populate_range(unsigned long start, unsigned long len)
{
	unsigned long addr;
	struct vm_area_struct *vma;
	int code;

	for (addr = start; addr < start + len; addr += PAGE_SIZE) {
		unsigned int flags = 0;

		if (fatal_signal_pending(current))
			return -EINTR;
		mmap_read_lock(current->mm);
		vma = vma_lookup(current->mm, addr);
		if (vma && (vma->vm_flags & (VM_WRITE | VM_SHARED)) == VM_WRITE)
			flags = FAULT_FLAG_WRITE;
		mmap_read_unlock(current->mm);
		if (!vma || user_page_fault(addr, flags, &code))
			return -ENOMEM;
	}
	return 0;
}

/* Whether a fresh area's pages are to be there at once: because it says so, or all are to. */
static bool wants_pages(unsigned long flags)
{
	unsigned long locked = READ_ONCE(current->mm->def_flags);

	if ((flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE)
		return true;
	return ((flags & MAP_LOCKED) || locked) && !(locked & VM_LOCKONFAULT);
}

/* vm_mmap - do_mmap() with the offset in bytes, taking mmap_lock */
unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len, unsigned long prot,
		      unsigned long flags, unsigned long offset)
{
	unsigned long ret;

	if (offset_in_page(offset))
		return -EINVAL;
	mmap_write_lock(current->mm);
	ret = do_mmap(file, addr, len, prot, flags, offset >> PAGE_SHIFT);
	mmap_write_unlock(current->mm);
	if (!IS_ERR_VALUE(ret) && wants_pages(flags))
		populate_range(ret, PAGE_ALIGN(len));
	return ret;
}
EXPORT_SYMBOL(vm_mmap);

SYSCALL_DEFINE6(mmap, unsigned long, addr, unsigned long, len, unsigned long, prot,
		unsigned long, flags, unsigned long, fd, unsigned long, offset)
{
	struct file *file = NULL;
	unsigned long ret;

	if (offset_in_page(offset))
		return -EINVAL;
	if (!(flags & MAP_ANONYMOUS)) {
		file = fget(fd);
		if (!file)
			return -EBADF;
	}
	ret = vm_mmap(file, addr, len, prot, flags, offset);
	if (file)
		fput(file);
	return ret;
}

/* -- The heap --------------------------------------------------------------------------------- */

/**
 * vm_brk_flags - fresh private memory at a fixed place
 * @addr: on a page
 * @len: bytes; rounded up
 * @flags: VM_EXEC or 0
 *
 * Context: process, may sleep. Return: 0; -errno as mmap().
 */
int vm_brk_flags(unsigned long addr, unsigned long len, unsigned long flags)
{
	unsigned long ret = vm_mmap(NULL, addr, len,
				    PROT_READ | PROT_WRITE | (flags & VM_EXEC ? PROT_EXEC : 0),
				    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, 0);

	return IS_ERR_VALUE(ret) ? (long)ret : 0;
}

static int move_brk(struct mm_struct *mm, unsigned long old, unsigned long new)
{
	struct vm_area_struct *vma;
	unsigned long ret;

	if (new < old)
		return unmap_range(mm, new, old - new);
	vma = find_vma(mm, old);
	if (vma && vma->vm_start < new + PAGE_SIZE)
		return -ENOMEM;
	ret = do_mmap(NULL, old, new - old, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, 0);
	return IS_ERR_VALUE(ret) ? (long)ret : 0;
}

SYSCALL_DEFINE1(brk, unsigned long, brk)
{
	struct mm_struct *mm = current->mm;
	unsigned long old, new;

	mmap_write_lock(mm);
	old = PAGE_ALIGN(mm->brk);
	new = PAGE_ALIGN(brk);
	if (brk >= mm->start_brk && arch_user_range(brk, PAGE_SIZE) &&
	    brk - mm->start_brk <= rlimit(RLIMIT_DATA) &&
	    (new == old || !move_brk(mm, old, new)))
		mm->brk = brk;
	brk = mm->brk;
	mmap_write_unlock(mm);
	if (PAGE_ALIGN(brk) > old && wants_pages(0))
		populate_range(old, PAGE_ALIGN(brk) - old);
	return brk;
}
