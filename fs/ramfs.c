/* SPDX-License-Identifier: MIT */
/*
 * A file system that lives in memory: its directories are pinned entries, a file's data
 * an array of pages, where none stands for a hole. Mounted as the root, on /dev, and by
 * anyone as ramfs or tmpfs.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/shmem_fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "internals.h"

#define RAMFS_MAGIC	0x858458f6
#define TMPFS_MAGIC	0x01021994
/* So that the array of pages stays an amount of memory that can be had. */
#define RAMFS_MAX_PAGES	(1UL << 24)
#define INODE_COST	2048	/* bytes that an inode with its name takes */
#define DIRENT_SIZE	20	/* what an entry adds to its directory's size, as on tmpfs */
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

static const struct inode_operations dir_iops, file_iops;
static const struct file_operations file_fops;

static atomic_long_t bytes_used;	/* by all files together, their inodes and names too */

/* Files don't go away by themselves: a part of the memory is not for them. */
static bool charge(unsigned long bytes)
{
	if (atomic_long_add_return(bytes, &bytes_used) <= (long)(totalram_pages() / 4 * 3 * PAGE_SIZE))
		return true;
	atomic_long_sub(bytes, &bytes_used);
	return false;
}

static void uncharge(unsigned long bytes)
{
	atomic_long_sub(bytes, &bytes_used);
}

/* What there is of a file without data; a link's target may be as long as a path. */
static unsigned long inode_cost(umode_t mode)
{
	return S_ISLNK(mode) ? INODE_COST + PATH_MAX : INODE_COST;
}

static struct inode *ramfs_new_inode(struct super_block *sb, const struct inode *dir, umode_t mode,
				     dev_t dev)
{
	struct inode *inode = NULL;
	struct ramfs_data *data;

	if (charge(inode_cost(mode))) {
		inode = new_inode(sb);
		if (!inode)
			uncharge(inode_cost(mode));
	}
	if (!inode)
		return NULL;
	inode_init_owner(inode, dir, mode);
	switch (mode & S_IFMT) {
	case S_IFREG:
		inode->i_op = &file_iops;
		inode->i_fop = &file_fops;
		data = kzalloc(sizeof(*data), GFP_KERNEL);
		if (!data) {
			iput(inode);
			return NULL;
		}
		spin_lock_init(&data->lock);
		data->seals = F_SEAL_SEAL;
		inode->i_private = data;
		break;
	case S_IFDIR:
		inode->i_op = &dir_iops;
		inode->i_fop = &simple_dir_operations;
		inode->i_size = 2 * DIRENT_SIZE;
		inc_nlink(inode);	/* "." */
		break;
	case S_IFLNK:
		inode->i_op = &simple_symlink_inode_operations;
		break;
	default:
		init_special_inode(inode, mode, dev);
	}
	return inode;
}

/* -- Data -------------------------------------------------------------------------------------- */

/* NULL without memory. */
static struct page *alloc_file_page(void)
{
	struct page *page = NULL;

	if (charge(PAGE_SIZE)) {
		page = alloc_page(GFP_USER | __GFP_NOWARN | __GFP_ZERO);
		if (!page)
			uncharge(PAGE_SIZE);
	}
	return page;
}

/* The page is no file's any more. It may be mapped still. */
static void put_file_page(struct page *page)
{
	uncharge(PAGE_SIZE);
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
	if (!charge(nr * sizeof(*pages)))
		return -ENOSPC;
	pages = kvcalloc(nr, sizeof(*pages), GFP_KERNEL | __GFP_NOWARN);
	if (!pages) {
		uncharge(nr * sizeof(*pages));
		return -ENOSPC;
	}
	uncharge(data->nr * sizeof(*pages));
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
 * How much of @count may be written. Of what a seal keeps from growing, the pages that lie in it as a whole and the
 * rest of the last one, but not together with what is behind the end.
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

static const struct file_operations file_fops = {
	.llseek		= generic_file_llseek,
	.read		= ramfs_read,
	.write		= ramfs_write,
	.splice_read	= generic_file_splice_read,
	.splice_write	= iter_file_splice_write,
	.mmap		= ramfs_mmap,
	.fsync		= ramfs_fsync,
};

static const struct inode_operations file_iops = {
	.truncate	= ramfs_truncate,
};

/* -- Names ------------------------------------------------------------------------------------- */

static int add_name(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	if (!inode)
		return -ENOSPC;
	d_instantiate(dentry, inode);
	d_pin(dentry);
	dir->i_size += DIRENT_SIZE;
	dir->i_mtime = dir->i_ctime = inode->i_ctime;
	return 0;
}

static int ramfs_mknod(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		       umode_t mode, dev_t dev)
{
	return add_name(dir, dentry, ramfs_new_inode(dir->i_sb, dir, mode, dev));
}

static int ramfs_create(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
			umode_t mode, bool excl)
{
	return ramfs_mknod(ns, dir, dentry, mode, 0);
}

static int ramfs_mkdir(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
		       umode_t mode)
{
	int err = ramfs_mknod(ns, dir, dentry, mode | S_IFDIR, 0);

	if (!err)
		inc_nlink(dir);		/* its ".." */
	return err;
}

static int ramfs_symlink(struct user_namespace *ns, struct inode *dir, struct dentry *dentry,
			 const char *target)
{
	struct inode *inode = ramfs_new_inode(dir->i_sb, dir, S_IFLNK | S_IRWXUGO, 0);

	if (!inode)
		return -ENOSPC;
	inode->i_link = kstrdup(target, GFP_KERNEL);
	if (!inode->i_link) {
		iput(inode);
		return -ENOMEM;
	}
	inode->i_size = strlen(target);
	return add_name(dir, dentry, inode);
}

static int ramfs_link(struct dentry *old, struct inode *dir, struct dentry *dentry)
{
	int err = simple_link(old, dir, dentry);

	if (!err)
		dir->i_size += DIRENT_SIZE;
	return err;
}

static int ramfs_unlink(struct inode *dir, struct dentry *dentry)
{
	int err = simple_unlink(dir, dentry);

	if (!err)
		dir->i_size -= DIRENT_SIZE;
	return err;
}

static int ramfs_rmdir(struct inode *dir, struct dentry *dentry)
{
	int err = simple_rmdir(dir, dentry);

	if (!err)
		dir->i_size -= DIRENT_SIZE;
	return err;
}

static int ramfs_rename(struct user_namespace *ns, struct inode *old_dir, struct dentry *old_dentry,
			struct inode *new_dir, struct dentry *new_dentry, unsigned int flags)
{
	bool replaces = new_dentry->d_inode;
	int err = simple_rename(ns, old_dir, old_dentry, new_dir, new_dentry, flags);

	if (!err) {
		old_dir->i_size -= DIRENT_SIZE;
		new_dir->i_size += replaces ? 0 : DIRENT_SIZE;
	}
	return err;
}

static const struct inode_operations dir_iops = {
	.lookup		= simple_lookup,
	.create		= ramfs_create,
	.link		= ramfs_link,
	.unlink		= ramfs_unlink,
	.symlink	= ramfs_symlink,
	.mkdir		= ramfs_mkdir,
	.rmdir		= ramfs_rmdir,
	.mknod		= ramfs_mknod,
	.rename		= ramfs_rename,
};

/* -- The file system ---------------------------------------------------------------------------- */

static void ramfs_evict_inode(struct inode *inode)
{
	struct ramfs_data *data = inode->i_private;

	if (S_ISLNK(inode->i_mode)) {
		kfree(inode->i_link);
	} else if (S_ISREG(inode->i_mode) && data) {
		drop_pages(inode, 0);
		uncharge(data->nr * sizeof(*data->pages));
		kvfree(data->pages);
		kfree(data);
	}
	uncharge(inode_cost(inode->i_mode));
}

static const struct super_operations ramfs_super_ops = {
	.evict_inode	= ramfs_evict_inode,
};

static int ramfs_fill_super(struct super_block *sb, void *data)
{
	sb->s_magic = strstr(sb->s_type->name, "tmpfs") ? TMPFS_MAGIC : RAMFS_MAGIC;
	sb->s_op = &ramfs_super_ops;
	sb->s_root = d_make_root(ramfs_new_inode(sb, NULL, S_IFDIR | 0755, 0));
	return sb->s_root ? 0 : -ENOMEM;
}

/* The same under the names that fstab and scripts use. */
enum { ROOTFS, DEVTMPFS, TMPFS, RAMFS };
static struct file_system_type ramfs_types[] = {
	[ROOTFS] = { .name = "rootfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super },
	[DEVTMPFS] = { .name = "devtmpfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super,
	  .fs_flags = FS_SINGLE },
	[TMPFS] = { .name = "tmpfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super },
	[RAMFS] = { .name = "ramfs", .fill_super = ramfs_fill_super, .kill_sb = kill_litter_super },
};

/* -- Files that no directory has ----------------------------------------------------------------- */

static struct vfsmount *shm_mnt;	/* set at boot */

/**
 * shmem_file_setup - a file in memory without a name
 * @name: shown in its place; copied
 * @size: its length
 * @flags: VM_*, of which none makes a difference
 *
 * It can't be sealed, unless the caller clears F_SEAL_SEAL of shmem_seals(). Context: process, may sleep.
 * Return: the file, open to read and write; or ERR_PTR: -EINVAL, -ENOMEM, -ENOSPC, -EFBIG.
 */
struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags)
{
	struct inode *inode;
	struct file *file;
	int err;

	if (size < 0)
		return ERR_PTR(-EINVAL);
	inode = ramfs_new_inode(shm_mnt->mnt_sb, NULL, S_IFREG | S_IRWXUGO, 0);
	if (!inode)
		return ERR_PTR(-ENOSPC);
	clear_nlink(inode);
	err = size ? ramfs_truncate(inode, size) : 0;
	file = err ? ERR_PTR(err) : alloc_file_pseudo(inode, shm_mnt, name, O_RDWR, &file_fops);
	if (IS_ERR(file))
		iput(inode);
	return file;
}
EXPORT_SYMBOL_GPL(shmem_file_setup);

/* shmem_seals - the seals of a file, i_rwsem to change them; NULL: it is none that has some */
unsigned int *shmem_seals(struct file *file)
{
	struct inode *inode = file_inode(file);

	if (inode->i_op != &file_iops || inode->i_sb->s_type == &ramfs_types[RAMFS])
		return NULL;
	return &((struct ramfs_data *)inode->i_private)->seals;
}

static int __init shmem_init(void)
{
	shm_mnt = kern_mount(&ramfs_types[TMPFS]);
	return PTR_ERR_OR_ZERO(shm_mnt);
}
fs_initcall(shmem_init);

void __init ramfs_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ramfs_types); i++)
		register_filesystem(&ramfs_types[i]);
}
