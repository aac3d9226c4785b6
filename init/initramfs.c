/* SPDX-License-Identifier: MIT */
/*
 * The initramfs: cpio archives in memory, unpacked into the root file system.
 *
 * Format "newc" (cpio(5), "New ASCII Format"): a header of 6 magic digits and 13 fields of
 * 8 hexadecimal digits, the name with its NUL, padding to 4, the data, padding to 4. An
 * entry called TRAILER!!! ends an archive; zeroes up to the next one, or to the end,
 * follow. Names of one file with several links share ino and device; the data comes with
 * one of them, usually the last.
 *
 * Nothing in the archive is trusted. At the first thing that can't be right unpacking stops,
 * saying at which offset and in which entry; what is unpacked by then stays.
 */
#include <linux/arch.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/initrd.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/string.h>

#define HEADER_SIZE	110
#define MAGIC_SIZE	6
#define TRAILER		"TRAILER!!!"

enum field {
	F_INO, F_MODE, F_UID, F_GID, F_NLINK, F_MTIME, F_FILESIZE, F_MAJOR, F_MINOR, F_RMAJOR,
	F_RMINOR, F_NAMESIZE, F_CHECK, NR_FIELDS
};

/* One entry, as far as it has been read. */
struct entry {
	u32		f[NR_FIELDS];
	const char	*name;		/* in the archive */
	const char	*data;
};

/* First name of a file that has more than one. */
struct link {
	struct list_head list;
	u32		ino, major, minor;
	umode_t		type;
	char		name[];
};

struct unpack {
	const char	*buf;
	size_t		len;
	size_t		pos;		/* of the entry at hand */
	struct list_head links;		/* of the archive at hand */
	unsigned int	files;
};

static int broken(const struct unpack *u, const struct entry *e, const char *why)
{
	pr_err("initramfs: offset %zu%s%s: %s; unpacked %u files, the rest is left out\n", u->pos,
	       e ? ", " : "", e ? e->name : "", why, u->files);
	return -EINVAL;
}

/* -- Reading an entry ---------------------------------------------------------------------------- */

static bool parse_hex(const char *s, u32 *value)
{
	unsigned int i;

	for (*value = 0, i = 0; i < 8; i++) {
		int digit = hex_to_bin(s[i]);

		if (digit < 0)
			return false;
		*value = *value << 4 | digit;
	}
	return true;
}

static const char *compression(const char *p, size_t len)
{
	static const struct {
		const char *magic;
		u8 len;
		const char *name;
	} kinds[] = {
		{ "\x1f\x8b", 2, "gzip" },
		{ "\xfd" "7zXZ", 5, "xz" },
		{ "\x28\xb5\x2f\xfd", 4, "zstd" },
		{ "BZh", 3, "bzip2" },
		{ "\x5d\x00\x00", 3, "lzma" },
		{ "\x02\x21\x4c\x18", 4, "lz4" },
		{ "\x89LZO", 4, "lzo" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (len >= kinds[i].len && !memcmp(p, kinds[i].magic, kinds[i].len))
			return kinds[i].name;
	return NULL;
}

static int no_archive(const struct unpack *u, const char *p, size_t left)
{
	const char *kind = compression(p, left);

	if (!kind)
		return broken(u, NULL, "no cpio archive (newc) begins here");
	pr_err("initramfs: offset %zu: compressed with %s; only plain cpio is understood\n", u->pos,
	       kind);
	return -EINVAL;
}

/* Check and take apart the entry at u->pos. Sizes are 32-bit, so that no sum overflows. */
static int read_entry(const struct unpack *u, struct entry *e, size_t *next)
{
	const char *p = u->buf + u->pos;
	size_t left = u->len - u->pos, data;
	unsigned int i;

	if (left < MAGIC_SIZE || (memcmp(p, "070701", MAGIC_SIZE) && memcmp(p, "070702", MAGIC_SIZE)))
		return no_archive(u, p, left);
	if (left < HEADER_SIZE)
		return broken(u, NULL, "the header is cut off");
	for (i = 0; i < NR_FIELDS; i++)
		if (!parse_hex(p + MAGIC_SIZE + i * 8, &e->f[i]))
			return broken(u, NULL, "the header has something that is no hexadecimal digit");

	if (!e->f[F_NAMESIZE] || e->f[F_NAMESIZE] > PATH_MAX)
		return broken(u, NULL, "the name is empty or too long");
	data = ALIGN(HEADER_SIZE + (size_t)e->f[F_NAMESIZE], 4);
	if (HEADER_SIZE + (size_t)e->f[F_NAMESIZE] > left)
		return broken(u, NULL, "the name is cut off");
	e->name = p + HEADER_SIZE;
	if (e->name[e->f[F_NAMESIZE] - 1] || !*e->name)
		return broken(u, NULL, "the name does not end in a NUL");
	if (data > left || e->f[F_FILESIZE] > left - data)
		return broken(u, e, "the data is cut off");
	e->data = p + data;
	/* The padding of the very last entry may be missing. */
	*next = min(u->len, u->pos + data + ALIGN((size_t)e->f[F_FILESIZE], 4));
	return 0;
}

/* -- Making the files ---------------------------------------------------------------------------- */

static void forget_links(struct unpack *u)
{
	struct link *l, *next;

	list_for_each_entry_safe(l, next, &u->links, list) {
		list_del(&l->list);
		kfree(l);
	}
}

/* Another name of a file that is there already: 1. The first of several is noted: 0. */
static int maybe_link(struct unpack *u, const struct entry *e)
{
	struct link *l;

	if (e->f[F_NLINK] < 2 || S_ISDIR(e->f[F_MODE]))
		return 0;
	list_for_each_entry(l, &u->links, list) {
		int err;

		if (l->ino != e->f[F_INO] || l->major != e->f[F_MAJOR] ||
		    l->minor != e->f[F_MINOR] || l->type != (e->f[F_MODE] & S_IFMT))
			continue;
		init_unlink(e->name);
		err = init_link(l->name, e->name);
		return err ?: 1;
	}
	l = kmalloc(sizeof(*l) + e->f[F_NAMESIZE], GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->ino = e->f[F_INO];
	l->major = e->f[F_MAJOR];
	l->minor = e->f[F_MINOR];
	l->type = e->f[F_MODE] & S_IFMT;
	memcpy(l->name, e->name, e->f[F_NAMESIZE]);
	list_add(&l->list, &u->links);
	return 0;
}

/* What stands in the way under that name, unless it is a directory that becomes one. */
static void make_way(const char *name, umode_t mode)
{
	struct kstat st;

	if (init_stat(name, &st, AT_SYMLINK_NOFOLLOW) || (S_ISDIR(st.mode) && S_ISDIR(mode)))
		return;
	if (S_ISDIR(st.mode))
		init_rmdir(name);
	else
		init_unlink(name);
}

static int write_data(const struct entry *e, int flags)
{
	struct file *f = filp_open(e->name, O_WRONLY | O_LARGEFILE | flags, e->f[F_MODE] & S_IALLUGO);
	size_t size = e->f[F_FILESIZE];
	loff_t pos = 0;
	ssize_t n = 0;

	if (IS_ERR(f))
		return PTR_ERR(f);
	while (pos < (loff_t)size) {
		n = kernel_write(f, e->data + pos, size - pos, &pos);
		if (n <= 0)
			break;
	}
	filp_close(f, NULL);
	return n < 0 ? n : pos < (loff_t)size ? -ENOSPC : 0;
}

static int make_symlink(const struct entry *e)
{
	char *target = kmemdup_nul(e->data, e->f[F_FILESIZE], GFP_KERNEL);
	int err = -ENOMEM;

	if (target) {
		err = *target ? init_symlink(target, e->name) : -ENOENT;
		kfree(target);
	}
	return err;
}

static int make_file(struct unpack *u, const struct entry *e)
{
	umode_t mode = e->f[F_MODE];
	int err;

	if (mode != e->f[F_MODE])
		return -EINVAL;
	err = maybe_link(u, e);
	if (err < 0)
		return err;
	if (err)	/* data that comes with a later link */
		return S_ISREG(mode) && e->f[F_FILESIZE] ? write_data(e, O_TRUNC) : 0;

	make_way(e->name, mode);
	switch (mode & S_IFMT) {
	case S_IFREG:
		err = write_data(e, O_CREAT | O_TRUNC);
		break;
	case S_IFDIR:
		err = init_mkdir(e->name, mode & S_IALLUGO);
		if (err == -EEXIST)
			err = 0;
		break;
	case S_IFLNK:
		err = e->f[F_FILESIZE] < PATH_MAX ? make_symlink(e) : -ENAMETOOLONG;
		break;
	default:
		err = init_mknod(e->name, mode, new_encode_dev(MKDEV(e->f[F_RMAJOR], e->f[F_RMINOR])));
	}
	if (err)
		return err;
	init_chown(e->name, e->f[F_UID], e->f[F_GID], AT_SYMLINK_NOFOLLOW);
	if (!S_ISLNK(mode))
		init_chmod(e->name, mode);
	init_utimes(e->name, e->f[F_MTIME]);
	return 0;
}

/**
 * unpack_to_rootfs - make the files of one or more archives, one after the other
 * @buf: the archives
 * @len: bytes
 *
 * A file that can't be made (no directory for it, a mode that is none) is reported and left
 * out; the rest is still made.
 *
 * Context: process, may sleep. Return: 0; -EINVAL: something was broken; -ENOSPC,
 * -ENOMEM: no memory for it all. Said in the log.
 */
int unpack_to_rootfs(const char *buf, size_t len)
{
	struct unpack u = { .buf = buf, .len = len, .links = LIST_HEAD_INIT(u.links) };
	bool inside = false;	/* an archive has begun and has no trailer yet */
	int err = 0;

	while (!err && u.pos < len) {
		struct entry e;
		size_t next = len;

		if (!inside && !buf[u.pos]) {
			u.pos++;
			continue;
		}
		err = read_entry(&u, &e, &next);
		if (err)
			break;
		inside = true;
		if (!strcmp(e.name, TRAILER)) {
			forget_links(&u);
			inside = false;
		} else {
			err = make_file(&u, &e);
			if (err == -ENOSPC || err == -ENOMEM) {
				broken(&u, &e, "no memory left");
				break;
			}
			if (err)
				pr_warn("initramfs: offset %zu, %s: not made: %pe\n", u.pos, e.name,
					ERR_PTR(err));
			else
				u.files++;
			err = 0;
		}
		u.pos = next;
		cond_resched();
	}
	if (!err && inside)
		err = broken(&u, NULL, "the archive ends without its trailer");
	forget_links(&u);
	return err;
}

/**
 * populate_rootfs - unpack what the boot loader handed over, and free its memory
 *
 * Context: process, may sleep, at boot.
 */
void __init populate_rootfs(void)
{
	phys_addr_t start = initrd_start, end = initrd_end;

	if (start >= end)
		return;
	if (!memblock_is_region_memory(start, end - start)) {
		pr_err("initramfs: [%#llx-%#llx] is not all RAM; ignored\n", start, end - 1);
		return;
	}
	pr_info("Unpacking initramfs, %llu KiB\n", (end - start) >> 10);
	unpack_to_rootfs(__va(start), end - start);
	free_reserved_area(__va(start), __va(end), POISON_FREE_INITMEM, "initramfs");
	initrd_start = initrd_end = 0;
}
