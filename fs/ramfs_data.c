/* SPDX-License-Identifier: MIT */
/* What is in files of ramfs.c: an array of pages, where none stands for a hole. */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internals.h"
#include "ramfs.h"

/* So that the array of pages stays an amount of memory that can be had. */
#define RAMFS_MAX_PAGES	(1UL << 24)
#define BLOCKS_PER_PAGE	(PAGE_SIZE / 512)

/*
 * Data of a regular file; i_private. Changed with the inode's i_rwsem held and, as a page fault
 * looks without it (a copy to or from user memory may fault with it held), under lock;
 * which guards the inode's i_blocks too.
 */
struct ramfs_data {
	spinlock_t	lock;
	unsigned long	nr;		/* entries of pages */
	struct page	**pages;
	unsigned int	seals;		/* F_SEAL_*; i_rwsem to write: memfd.c */
};

static atomic_long_t bytes_used;	/* by all files together, their inodes and names too */

/*
 * ramfs_charge - may files take so much more memory? They don't go away by themselves: a part of it
 * is not for them. Given back by ramfs_uncharge(). Any context.
 */
bool ramfs_charge(unsigned long bytes)
{
	if (atomic_long_add_return(bytes, &bytes_used) <= (long)(totalram_pages() / 4 * 3 * PAGE_SIZE))
		return true;
	atomic_long_sub(bytes, &bytes_used);
	return false;
}

void ramfs_uncharge(unsigned long bytes)
{
	atomic_long_sub(bytes, &bytes_used);
}

/* NULL without memory. */
static struct page *alloc_file_page(void)
{
	struct page *page = NULL;

	if (ramfs_charge(PAGE_SIZE)) {
		page = alloc_page(GFP_USER | __GFP_NOWARN | __GFP_ZERO);
		if (!page)
			ramfs_uncharge(PAGE_SIZE);
	}
	return page;
}

/* The page is no file's any more. It may be mapped still. */
static void put_file_page(struct page *page)
{
	ramfs_uncharge(PAGE_SIZE);
	put_page(page);
}

static int grow_array(struct ramfs_data *data, unsigned long want)
{
	unsigned long nr = max(want, data->nr * 2);
	struct page **pages, **old;

	if (want <= data->nr)
		return 0;
	if (want > RAMFS_MAX_PAGES)
		return -EFBIG;
	if (!ramfs_charge(nr * sizeof(*pages)))
		return -ENOSPC;
	pages = kvcalloc(nr, sizeof(*pages), GFP_KERNEL | __GFP_NOWARN);
	if (!pages) {
		ramfs_uncharge(nr * sizeof(*pages));
		return -ENOSPC;
	}
	ramfs_uncharge(data->nr * sizeof(*pages));
	spin_lock(&data->lock);
	old = data->pages;
	if (data->nr)
		memcpy(pages, old, data->nr * sizeof(*pages));
	data->pages = pages;
	data->nr = nr;
	spin_unlock(&data->lock);
	kvfree(old);
	return 0;
}

static void drop_pages(struct inode *inode, unsigned long from)
{
	struct ramfs_data *data = inode->i_private;
	struct page *page;

	for (; from < data->nr; from++) {
		/* Most of a large file may be holes. Who fills one behind us has seen the old size. */
		if (!READ_ONCE(data->pages[from]))
			continue;
		spin_lock(&data->lock);
		page = data->pages[from];
		data->pages[from] = NULL;
		if (page)
			inode->i_blocks -= BLOCKS_PER_PAGE;
		spin_unlock(&data->lock);
		if (page)
			put_file_page(page);
	}
}

/* The page of an index, counted; @fresh takes the place of a hole, and is kept then. lock held. */
static struct page *page_at(struct ramfs_data *data, unsigned long i, struct page **fresh)
{
	if (i >= data->nr)
		return NULL;
	if (!data->pages[i] && fresh)
		swap(data->pages[i], *fresh);
	if (data->pages[i])
		get_page(data->pages[i]);
	return data->pages[i];
}

/* The page of an index below nr, counted; made if there is a hole. NULL without memory. */
static struct page *find_or_make_page(struct inode *inode, unsigned long i)
{
	struct ramfs_data *data = inode->i_private;
	struct page *page, *fresh;

	spin_lock(&data->lock);
	page = page_at(data, i, NULL);
	spin_unlock(&data->lock);
	if (page)
		return page;
	fresh = alloc_file_page();
	if (!fresh)
		return NULL;
	fresh->mapping = inode->i_mapping;
	fresh->index = i;
	spin_lock(&data->lock);
	page = page_at(data, i, &fresh);
	if (!fresh)
		inode->i_blocks += BLOCKS_PER_PAGE;
	spin_unlock(&data->lock);
	if (fresh)
		put_file_page(fresh);
	return page;
}

static int ramfs_truncate(struct inode *inode, loff_t size)
{
	struct ramfs_data *data = inode->i_private;
	unsigned long last = size >> PAGE_SHIFT;
	int err = inode_newsize_ok(inode, size);

	if (err)
		return err;
	if ((size < inode->i_size && (data->seals & F_SEAL_SHRINK)) ||
	    (size > inode->i_size && (data->seals & F_SEAL_GROW)))
		return -EPERM;
	err = grow_array(data, PFN_UP(size));
	if (err)
		return err;
	i_size_write(inode, size);
	drop_pages(inode, PFN_UP(size));
	unmap_mapping_range(inode->i_mapping, ALIGN(size, PAGE_SIZE), 0, 1);
	/* What a later, longer file shows behind the end are zeroes. */
	if (offset_in_page(size) && data->pages[last])
		memset(page_address(data->pages[last]) + offset_in_page(size), 0,
		       PAGE_SIZE - offset_in_page(size));
	inode->i_mtime = inode->i_ctime = current_time(inode);
	return 0;
}

static ssize_t ramfs_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = file_inode(file);
	struct ramfs_data *data = inode->i_private;
	size_t done = 0;

	inode_lock_shared(inode);
	if (*ppos >= inode->i_size)
		count = 0;
	else
		count = min_t(loff_t, count, inode->i_size - *ppos);
	while (done < count) {
		loff_t pos = *ppos + done;
		size_t off = offset_in_page(pos), n = min(PAGE_SIZE - off, count - done);
		struct page *page = data->pages[pos >> PAGE_SHIFT];
		size_t left = page ? copy_to_user(buf + done, page_address(page) + off, n)
				   : clear_user(buf + done, n);

		done += n - left;
		if (left)
			break;
	}
	inode_unlock_shared(inode);
	*ppos += done;
	return done || !count ? (ssize_t)done : -EFAULT;
}

static ssize_t write_pages(struct inode *inode, const char __user *buf, size_t count, loff_t at)
{
	size_t done = 0;

	while (done < count) {
		loff_t pos = at + done;
		size_t off = offset_in_page(pos), n = min(PAGE_SIZE - off, count - done), left;
		struct page *page = find_or_make_page(inode, pos >> PAGE_SHIFT);

		if (!page)
			return done ? (ssize_t)done : -ENOSPC;
		left = raw_copy_from_user(page_address(page) + off, buf + done, n);
		put_page(page);
		done += n - left;
		if (left)
			return done ? (ssize_t)done : -EFAULT;
	}
	return done;
}

/*
 * How much of @count may be written. Of what a seal keeps from growing, the pages that lie in it as
 * a whole and the rest of the last one, but not together with what is behind the end.
 */
static ssize_t may_write(struct inode *inode, loff_t pos, size_t count)
{
	struct ramfs_data *data = inode->i_private;
	loff_t end = inode->i_size;

	if (!count || !(data->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE | F_SEAL_GROW)))
		return count;
	if (data->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE))
		return -EPERM;
	if (pos + (loff_t)count <= end)
		return count;
	end = round_down(end, PAGE_SIZE);
	return pos < end ? end - pos : -EPERM;
}

static ssize_t ramfs_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct inode *inode = file_inode(file);
	ssize_t n;

	inode_lock(inode);
	if (file->f_flags & O_APPEND)
		*ppos = inode->i_size;
	n = generic_write_check_limits(*ppos, &count) ?: may_write(inode, *ppos, count);
	if (n > 0) {
		count = n;
		n = grow_array(inode->i_private, PFN_UP(*ppos + count));
	}
	if (!n)
		n = write_pages(inode, buf, count, *ppos);
	if (n > 0) {
		*ppos += n;
		if (*ppos > inode->i_size)
			i_size_write(inode, *ppos);
		inode->i_mtime = inode->i_ctime = current_time(inode);
	}
	inode_unlock(inode);
	return n;
}

static int ramfs_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	return 0;
}

/* A page of a mapping: the file's own. The last one may reach beyond the end; others don't. */
static vm_fault_t ramfs_fault(struct vm_fault *vmf)
{
	struct inode *inode = file_inode(vmf->vma->vm_file);

	if (vmf->pgoff >= PFN_UP(i_size_read(inode)))
		return VM_FAULT_SIGBUS;
	vmf->page = find_or_make_page(inode, vmf->pgoff);
	return vmf->page ? 0 : VM_FAULT_SIGBUS;
}

static const struct vm_operations_struct ramfs_vm_ops = {
	.fault		= ramfs_fault,
};

static int ramfs_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct ramfs_data *data = file_inode(file)->i_private;

	if ((READ_ONCE(data->seals) & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) && (vma->vm_flags & VM_SHARED)) {
		if (vma->vm_flags & VM_WRITE)
			return -EPERM;
		vma->vm_flags &= ~VM_MAYWRITE;
	}
	vma->vm_ops = &ramfs_vm_ops;
	return 0;
}

const struct file_operations ramfs_file_fops = {
	.llseek		= generic_file_llseek,
	.read		= ramfs_read,
	.write		= ramfs_write,
	.splice_read	= generic_file_splice_read,
	.splice_write	= iter_file_splice_write,
	.mmap		= ramfs_mmap,
	.fsync		= ramfs_fsync,
};

const struct inode_operations ramfs_file_iops = {
	.truncate	= ramfs_truncate,
};

/* -- They come and go -------------------------------------------------------------------------- */

/*
 * ramfs_alloc_data - a regular file begins empty, and can't be sealed. Return: false without
 * memory.
 */
bool ramfs_alloc_data(struct inode *inode)
{
	struct ramfs_data *data = kzalloc(sizeof(*data), GFP_KERNEL);

	if (!data)
		return false;
	spin_lock_init(&data->lock);
	data->seals = F_SEAL_SEAL;
	inode->i_private = data;
	return true;
}

/* ramfs_free_data - it goes; nobody uses it any more */
void ramfs_free_data(struct inode *inode)
{
	struct ramfs_data *data = inode->i_private;

	drop_pages(inode, 0);
	ramfs_uncharge(data->nr * sizeof(*data->pages));
	kvfree(data->pages);
	kfree(data);
}

/* ramfs_seals - F_SEAL_* of a regular file; i_rwsem to change them */
unsigned int *ramfs_seals(struct inode *inode)
{
	struct ramfs_data *data = inode->i_private;

	return &data->seals;
}
