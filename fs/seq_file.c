/* SPDX-License-Identifier: MIT */
/*
 * Files whose text is made while they are read: see linux/seq_file.h.
 *
 * One read runs start(), then show() and next() until the buffer holds enough for the
 * reader, then stop(). Between two reads only a record's number is remembered (m->index)
 * and the rest of the buffer that the reader had no room for (m->from, m->count). A record
 * that does not fit is shown again from its beginning into a buffer of twice the size, so
 * that show() must be able to be run twice.
 *
 * m->lock is held for a whole read or seek: the iterator never runs twice at a time for one
 * open file.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

/* A single record of more than this is taken for a mistake of show(). */
#define SEQ_BUF_MAX	(64UL << 20)

static void *alloc_buf(size_t size)
{
	return size > SEQ_BUF_MAX ? NULL : kvmalloc(size, GFP_KERNEL);
}

static bool double_buf(struct seq_file *m)
{
	kvfree(m->buf);
	m->count = 0;
	m->size <<= 1;
	m->buf = alloc_buf(m->size);
	if (!m->buf)
		m->size = 0;
	return m->buf;
}

/**
 * seq_open - for ->open(): make the file a seq_file
 * @file: the file; private_data becomes the struct seq_file, which must not be there yet
 * @op: the iterator
 *
 * Context: process, may sleep. Return: 0; -ENOMEM. seq_release() undoes it.
 */
int seq_open(struct file *file, const struct seq_operations *op)
{
	struct seq_file *m;

	WARN_ON(file->private_data);
	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m)
		return -ENOMEM;
	mutex_init(&m->lock);
	m->op = op;
	m->file = file;
	file->private_data = m;
	/* Positions are those of text that was made: a write at one would make no sense. */
	file->f_mode &= ~FMODE_PWRITE;
	return 0;
}
EXPORT_SYMBOL(seq_open);

/* seq_release - undo seq_open(). Return: 0. */
int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kvfree(m->buf);
	kfree(m);
	return 0;
}
EXPORT_SYMBOL(seq_release);

/* The first read or seek makes the buffer. */
static int ready_buf(struct seq_file *m)
{
	if (!m->buf) {
		m->size = PAGE_SIZE;
		m->buf = alloc_buf(m->size);
	}
	return m->buf ? 0 : -ENOMEM;
}

/* -- Reading --------------------------------------------------------------------------------- */

/* Step on, whatever the iterator does with its position: a stuck one would never end. */
static void *next_record(struct seq_file *m, void *p)
{
	loff_t was = m->index;

	p = m->op->next(m, p, &m->index);
	if (was == m->index) {
		pr_info_ratelimited("seq_file: %ps does not move its position\n", m->op->next);
		m->index++;
	}
	return p;
}

/*
 * Put the first record at or after m->index that has text into the empty buffer, making
 * that larger as need be. Return: the record, shown; NULL at the end; ERR_PTR.
 */
static void *first_record(struct seq_file *m)
{
	void *p = m->op->start(m, &m->index);

	for (;;) {
		int err;

		if (IS_ERR_OR_NULL(p))
			break;
		err = m->op->show(m, p);
		if (err < 0) {
			p = ERR_PTR(err);
			break;
		}
		if (err)
			m->count = 0;	/* SEQ_SKIP */
		if (!m->count) {
			p = next_record(m, p);
		} else if (seq_has_overflowed(m)) {
			m->op->stop(m, p);
			if (!double_buf(m))
				return ERR_PTR(-ENOMEM);
			p = m->op->start(m, &m->index);
		} else {
			return p;
		}
	}
	m->op->stop(m, p);
	m->count = 0;
	return p;
}

/* More records while there is room and the reader wants more than the buffer holds. */
static void more_records(struct seq_file *m, void *p, size_t want)
{
	for (;;) {
		size_t had = m->count;
		int err;

		p = next_record(m, p);
		if (IS_ERR_OR_NULL(p) || m->count >= want)
			break;
		err = m->op->show(m, p);
		if (err > 0) {
			m->count = had;
		} else if (err < 0 || seq_has_overflowed(m)) {
			m->count = had;		/* the next read begins with this one */
			break;
		}
	}
	m->op->stop(m, p);
}

static ssize_t copy_out(struct seq_file *m, char __user *buf, size_t size)
{
	size_t n = min(m->count, size);

	if (copy_to_user(buf, m->buf + m->from, n))
		return -EFAULT;
	m->count -= n;
	m->from += n;
	return n;
}

static ssize_t read_on(struct seq_file *m, char __user *buf, size_t size)
{
	ssize_t copied = 0, n;
	void *p;

	if (m->count) {		/* the rest of last time */
		copied = copy_out(m, buf, size);
		if (copied < 0 || m->count || (size_t)copied == size)
			return copied;
	}
	m->from = 0;
	p = first_record(m);
	if (IS_ERR_OR_NULL(p))
		return copied ?: PTR_ERR(p);
	more_records(m, p, size - copied);
	n = copy_out(m, buf + copied, size - copied);
	return n < 0 ? (copied ?: n) : copied + n;
}

/* Make text from the beginning up to @offset and drop it: what a seek does. */
static int traverse(struct seq_file *m, loff_t offset)
{
	loff_t pos = 0;
	int err = 0;
	void *p;

	m->index = 0;
	m->count = m->from = 0;
	if (!offset)
		return 0;
	p = m->op->start(m, &m->index);
	while (!IS_ERR_OR_NULL(p)) {
		err = m->op->show(m, p);
		if (err < 0)
			break;
		if (err)
			m->count = 0;
		err = 0;
		if (seq_has_overflowed(m)) {
			m->op->stop(m, p);
			return double_buf(m) ? -EAGAIN : -ENOMEM;
		}
		p = next_record(m, p);
		if (pos + (loff_t)m->count > offset) {
			m->from = offset - pos;
			m->count -= m->from;
			break;
		}
		pos += m->count;
		m->count = 0;
		if (pos == offset)
			break;
	}
	m->op->stop(m, p);
	return err < 0 ? err : IS_ERR(p) ? (int)PTR_ERR(p) : 0;
}

static int seek_to(struct seq_file *m, loff_t offset)
{
	int err;

	do
		err = traverse(m, offset);
	while (err == -EAGAIN);
	if (err) {
		m->read_pos = 0;
		m->index = 0;
		m->count = m->from = 0;
	} else {
		m->read_pos = offset;
	}
	return err;
}

/**
 * seq_read - ->read() of a seq_file
 * @file: the file
 * @buf: the reader's memory
 * @size: how much it wants
 * @ppos: position; any that was reached by reading, or another, for which text is made anew
 *
 * Context: process, may sleep. Return: bytes; 0 at the end; -ENOMEM; -EFAULT; what start()
 * or show() returned.
 */
ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *ppos)
{
	struct seq_file *m = file->private_data;
	ssize_t ret;

	if (!size)
		return 0;
	mutex_lock(&m->lock);
	ret = ready_buf(m);
	if (!ret && *ppos == 0)
		m->index = m->count = m->from = m->read_pos = 0;	/* from the start: afresh */
	else if (!ret && *ppos != m->read_pos)
		ret = seek_to(m, *ppos);
	if (!ret)
		ret = read_on(m, buf, size);
	if (ret > 0) {
		*ppos += ret;
		m->read_pos = *ppos;
	}
	mutex_unlock(&m->lock);
	return ret;
}
EXPORT_SYMBOL(seq_read);

/**
 * seq_lseek - ->llseek() of a seq_file
 * @file: the file
 * @offset: where to
 * @whence: SEEK_SET or SEEK_CUR: there is no end to seek from
 *
 * Context: process, may sleep. Return: the position; -EINVAL; what making the text gave.
 */
loff_t seq_lseek(struct file *file, loff_t offset, int whence)
{
	struct seq_file *m = file->private_data;
	loff_t ret = -EINVAL;

	mutex_lock(&m->lock);
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	if ((whence == SEEK_SET || whence == SEEK_CUR) && offset >= 0) {
		ret = ready_buf(m);
		if (!ret && offset != m->read_pos)
			ret = seek_to(m, offset);
		file->f_pos = ret ? 0 : offset;
		ret = ret ?: offset;
	}
	mutex_unlock(&m->lock);
	return ret;
}
EXPORT_SYMBOL(seq_lseek);

/* -- Memory of the iterator's own ---------------------------------------------------------------- */

/**
 * __seq_open_private - seq_open() with zeroed memory of the iterator's own
 * @file: the file
 * @op: the iterator
 * @psize: bytes of that memory, m->private
 *
 * Context: process, may sleep. Return: the memory, or NULL. seq_release_private() undoes it.
 */
void *__seq_open_private(struct file *file, const struct seq_operations *op, int psize)
{
	void *private = kzalloc(psize, GFP_KERNEL_ACCOUNT);

	if (!private)
		return NULL;
	if (seq_open(file, op)) {
		kfree(private);
		return NULL;
	}
	((struct seq_file *)file->private_data)->private = private;
	return private;
}
EXPORT_SYMBOL(__seq_open_private);

int seq_open_private(struct file *file, const struct seq_operations *op, int psize)
{
	return __seq_open_private(file, op, psize) ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(seq_open_private);

int seq_release_private(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kfree(m->private);
	m->private = NULL;
	return seq_release(inode, file);
}
EXPORT_SYMBOL(seq_release_private);
