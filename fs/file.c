/* SPDX-License-Identifier: MIT */
/*
 * The table of a process's open files: numbers given out, looked up, copied, closed.
 *
 * A number is taken first and gets its file when there is one (get_unused_fd_flags(),
 * fd_install()): what fails in between leaves no trace. file_lock guards the table; a file that was
 * looked up is counted, so that another thread may close its number meanwhile.
 */
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include "internals.h"

#define FDS_AT_FIRST	64

/* -- The table itself ------------------------------------------------------------------------ */

/* Room for @nr numbers: the three arrays in one piece of memory, the pointers first. */
static struct file **alloc_arrays(unsigned int nr)
{
	return kvzalloc(nr * sizeof(struct file *) + 2 * BITS_TO_LONGS(nr) * sizeof(long), GFP_KERNEL);
}

static void use_arrays(struct files_struct *files, struct file **fd, unsigned int nr)
{
	files->fd = fd;
	files->open_fds = (unsigned long *)(fd + nr);
	files->close_on_exec = files->open_fds + BITS_TO_LONGS(nr);
	files->max_fds = nr;
}

static struct files_struct *alloc_table(unsigned int nr)
{
	struct files_struct *files = kzalloc(sizeof(*files), GFP_KERNEL);
	struct file **fd = files ? alloc_arrays(nr) : NULL;

	if (!fd) {
		kfree(files);
		return NULL;
	}
	refcount_set(&files->count, 1);
	spin_lock_init(&files->file_lock);
	use_arrays(files, fd, nr);
	return files;
}

/* files_struct_alloc - an empty table. Return: it, or NULL. */
struct files_struct *files_struct_alloc(void)
{
	return alloc_table(FDS_AT_FIRST);
}

/*
 * A larger table with room for @fd. file_lock is held, and dropped meanwhile. Return: 0; -ENOMEM.
 */
static int grow(struct files_struct *files, unsigned int fd)
{
	unsigned int nr = roundup_pow_of_two(max_t(unsigned int, fd + 1, FDS_AT_FIRST));
	struct file **new, **old;

	spin_unlock(&files->file_lock);
	new = alloc_arrays(nr);
	spin_lock(&files->file_lock);
	if (!new)
		return -ENOMEM;
	old = new;
	if (files->max_fds < nr) {
		unsigned int had = files->max_fds;
		unsigned long *open = files->open_fds, *cloexec = files->close_on_exec;

		old = files->fd;
		use_arrays(files, new, nr);
		memcpy(new, old, had * sizeof(*old));
		bitmap_copy(files->open_fds, open, had);
		bitmap_copy(files->close_on_exec, cloexec, had);
	}
	kvfree(old);
	return 0;
}

/* The lowest free number from @from on, below @end. */
static int alloc_fd(struct files_struct *files, unsigned int from, unsigned int end,
		    unsigned int flags)
{
	unsigned int fd;
	int err = 0;

	spin_lock(&files->file_lock);
	for (;;) {
		fd = find_next_zero_bit(files->open_fds, files->max_fds, max(from, files->next_fd));
		if (fd < files->max_fds && fd < end)
			break;
		err = fd >= end ? -EMFILE : grow(files, fd);	/* and look again */
		if (err)
			break;
	}
	if (!err) {
		__set_bit(fd, files->open_fds);
		__assign_bit(fd, files->close_on_exec, flags & O_CLOEXEC);
		if (from <= files->next_fd)
			files->next_fd = fd + 1;
	}
	spin_unlock(&files->file_lock);
	return err ?: (int)fd;
}

/* file_lock held. */
static void free_fd(struct files_struct *files, unsigned int fd)
{
	__clear_bit(fd, files->open_fds);
	__clear_bit(fd, files->close_on_exec);
	if (fd < files->next_fd)
		files->next_fd = fd;
}

/**
 * get_unused_fd_flags - take the lowest free number
 * @flags: O_CLOEXEC or 0
 *
 * Context: process, may sleep. Return: the number, for fd_install() or put_unused_fd(); -EMFILE;
 * -ENOMEM.
 */
int get_unused_fd_flags(unsigned int flags)
{
	return alloc_fd(current->files, 0, rlimit(RLIMIT_NOFILE), flags);
}
EXPORT_SYMBOL(get_unused_fd_flags);

void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	free_fd(files, fd);
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(put_unused_fd);

/* fd_install - a number gets its file, whose reference is the table's from here on */
void fd_install(unsigned int fd, struct file *file)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	files->fd[fd] = file;
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(fd_install);

/* The file of a number, counted, unless its mode has a bit of @not. */
static struct file *get_file_of(unsigned int fd, fmode_t not)
{
	struct files_struct *files = current->files;
	struct file *file = NULL;

	spin_lock(&files->file_lock);
	if (fd < files->max_fds)
		file = files->fd[fd];
	if (file && (file->f_mode & not))
		file = NULL;
	if (file)
		get_file(file);
	spin_unlock(&files->file_lock);
	return file;
}

/* fget - the file of a number, counted; NULL when there is none to read, write or ask */
struct file *fget(unsigned int fd)
{
	return get_file_of(fd, FMODE_PATH);
}
EXPORT_SYMBOL(fget);

/* fget_raw - as fget(), also what was opened with O_PATH: good for its path alone */
struct file *fget_raw(unsigned int fd)
{
	return get_file_of(fd, 0);
}
EXPORT_SYMBOL(fget_raw);

/* Take the file out of the table. Return: it, or NULL. */
static struct file *take_file(struct files_struct *files, unsigned int fd)
{
	struct file *file = NULL;

	spin_lock(&files->file_lock);
	if (fd < files->max_fds && files->fd[fd]) {
		file = files->fd[fd];
		files->fd[fd] = NULL;
		free_fd(files, fd);
	}
	spin_unlock(&files->file_lock);
	return file;
}

/**
 * close_fd - what close() does
 * @fd: the number
 *
 * Context: process, may sleep. Return: 0; -EBADF; what the file's flush says, and it is closed.
 */
int close_fd(unsigned int fd)
{
	struct file *file = take_file(current->files, fd);

	return file ? filp_close(file, current->files) : -EBADF;
}

SYSCALL_DEFINE1(close, unsigned int, fd)
{
	int err = close_fd(fd);

	/* It is closed: a call that is made again would close another's. */
	return err == -ERESTARTSYS ? -EINTR : err;
}

/* fdget_pos - as fdget(), for calls that use and move the position */
struct fd fdget_pos(unsigned int fd)
{
	struct fd f = fdget(fd);

	if (f.file && (f.file->f_mode & FMODE_ATOMIC_POS))
		mutex_lock(&f.file->f_pos_lock);
	return f;
}

void fdput_pos(struct fd f)
{
	if (f.file && (f.file->f_mode & FMODE_ATOMIC_POS))
		mutex_unlock(&f.file->f_pos_lock);
	fdput(f);
}

/* -- Tables come and go ------------------------------------------------------------------------ */

/* put_files_struct - drop a reference; the last one closes all */
void put_files_struct(struct files_struct *files)
{
	unsigned int fd;

	if (!refcount_dec_and_test(&files->count))
		return;
	for_each_set_bit(fd, files->open_fds, files->max_fds)
		if (files->fd[fd])
			filp_close(files->fd[fd], files);
	kvfree(files->fd);
	kfree(files);
}

static struct files_struct *copy_table(struct files_struct *from)
{
	struct files_struct *files;
	unsigned int nr, fd;

	spin_lock(&from->file_lock);
	nr = from->max_fds;
	spin_unlock(&from->file_lock);
	files = alloc_table(nr);
	if (!files)
		return NULL;
	spin_lock(&from->file_lock);
	while (from->max_fds > files->max_fds) {	/* another thread was at it */
		nr = from->max_fds;
		spin_unlock(&from->file_lock);
		put_files_struct(files);
		files = alloc_table(nr);
		if (!files)
			return NULL;
		spin_lock(&from->file_lock);
	}
	for_each_set_bit(fd, from->open_fds, from->max_fds) {
		if (!from->fd[fd])
			continue;	/* to be opened by another thread */
		files->fd[fd] = get_file(from->fd[fd]);
		__set_bit(fd, files->open_fds);
		__assign_bit(fd, files->close_on_exec, test_bit(fd, from->close_on_exec));
	}
	spin_unlock(&from->file_lock);
	return files;
}

/* copy_files - @task shares current's table, or gets a copy. Return: 0; -ENOMEM. */
int copy_files(struct task_struct *task, u64 clone_flags)
{
	if (clone_flags & CLONE_FILES) {
		refcount_inc(&current->files->count);
		task->files = current->files;
		return 0;
	}
	task->files = copy_table(current->files);
	return task->files ? 0 : -ENOMEM;
}

static void replace_files(struct task_struct *task, struct files_struct *files)
{
	struct files_struct *old = task->files;

	task_lock(task);
	task->files = files;
	task_unlock(task);
	if (old)
		put_files_struct(old);
}

/* exit_files - current needs none any more; a kernel thread has none */
void exit_files(struct task_struct *task)
{
	replace_files(task, NULL);
}

/* unshare_files - current's table is its own from here on: exec closes some. Return: 0; -ENOMEM. */
int unshare_files(void)
{
	struct files_struct *files;

	if (refcount_read(&current->files->count) == 1)
		return 0;
	files = copy_table(current->files);
	if (!files)
		return -ENOMEM;
	replace_files(current, files);
	return 0;
}

/* do_close_on_exec - close what is marked for it */
void do_close_on_exec(struct files_struct *files)
{
	unsigned int fd;
	struct file *file;

	for_each_set_bit(fd, files->close_on_exec, files->max_fds) {
		file = take_file(files, fd);
		if (file)
			filp_close(file, files);
	}
}

/* -- Other numbers for the same file ----------------------------------------------------------- */

/**
 * get_dupfd - another number for a file
 * @file: its reference becomes the table's, or is dropped
 * @from: the lowest number that will do
 * @flags: O_CLOEXEC or 0
 *
 * Return: the number; -EINVAL, -EMFILE, -ENOMEM.
 */
int get_dupfd(struct file *file, unsigned int from, unsigned int flags)
{
	unsigned long end = rlimit(RLIMIT_NOFILE);
	int fd = from >= end ? -EINVAL : alloc_fd(current->files, from, end, flags);

	if (fd < 0)
		fput(file);
	else
		fd_install(fd, file);
	return fd;
}

SYSCALL_DEFINE1(dup, unsigned int, fd)
{
	struct file *file = fget_raw(fd);

	return file ? get_dupfd(file, 0, 0) : -EBADF;
}

/* @file, counted, as number @fd, whatever that was. */
static int install_at(unsigned int fd, struct file *file, unsigned int flags)
{
	struct files_struct *files = current->files;
	struct file *old = NULL;
	int err = 0;

	if (fd >= rlimit(RLIMIT_NOFILE))
		return -EBADF;
	spin_lock(&files->file_lock);
	while (!err && fd >= files->max_fds)
		err = grow(files, fd);
	if (!err) {
		old = files->fd[fd];
		/* A number that another thread is just opening a file for. */
		if (!old && test_bit(fd, files->open_fds))
			err = -EBUSY;
	}
	if (!err) {
		files->fd[fd] = get_file(file);
		__set_bit(fd, files->open_fds);
		__assign_bit(fd, files->close_on_exec, flags & O_CLOEXEC);
	}
	spin_unlock(&files->file_lock);
	if (!err && old)
		filp_close(old, files);
	return err ?: (int)fd;
}

static int dup_to(unsigned int oldfd, unsigned int newfd, unsigned int flags)
{
	struct file *file = fget_raw(oldfd);
	int ret;

	if (!file)
		return -EBADF;
	ret = install_at(newfd, file, flags);
	fput(file);
	return ret;
}

SYSCALL_DEFINE2(dup2, unsigned int, oldfd, unsigned int, newfd)
{
	struct file *file;

	if (oldfd != newfd)
		return dup_to(oldfd, newfd, 0);
	file = fget_raw(oldfd);
	if (!file)
		return -EBADF;
	fput(file);
	return newfd;
}

SYSCALL_DEFINE3(dup3, unsigned int, oldfd, unsigned int, newfd, int, flags)
{
	if ((flags & ~O_CLOEXEC) || oldfd == newfd)
		return -EINVAL;
	return dup_to(oldfd, newfd, flags);
}
