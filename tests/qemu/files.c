/* SPDX-License-Identifier: MIT */
/* Names and files in memory, and the archive that boot unpacks into them. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/initrd.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "leak.h"
#include "test.h"

static ssize_t put(const char *path, const char *text, int flags)
{
	struct file *f = filp_open(path, O_WRONLY | O_CREAT | flags, 0644);
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(f))
		return PTR_ERR(f);
	n = kernel_write(f, text, strlen(text), &pos);
	filp_close(f, NULL);
	return n;
}

static char text[8192];

static ssize_t get(const char *path)
{
	struct file *f = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(f))
		return PTR_ERR(f);
	n = kernel_read(f, text, sizeof(text) - 1, &pos);
	text[n > 0 ? n : 0] = '\0';
	filp_close(f, NULL);
	return n;
}

TEST(files, data, "", "what is written is read back; append, truncate and holes work; no page is left after unlink")
{
	unsigned long before, i;
	struct file *f;
	loff_t pos;

	init_mkdir("/t", 0755);
	put("/t/warm", "x", 0);
	init_unlink("/t/warm");
	before = nr_free_pages();
	expect_eq(put("/t/a", "hello", 0), 5);
	expect_eq(put("/t/a", " world", O_APPEND), 6);
	expect_eq(get("/t/a"), 11);
	expect_str(text, "hello world");
	expect_eq(put("/t/a", "bye", O_TRUNC), 3);
	expect_eq(get("/t/a"), 3);

	f = filp_open("/t/a", O_RDWR, 0);
	require(!IS_ERR(f));
	pos = 200000;
	expect_eq(kernel_write(f, "end", 3, &pos), 3);
	expect_eq(i_size_read(file_inode(f)), 200003);
	pos = 100000;
	expect_eq(kernel_read(f, text, 4096, &pos), 4096);
	expect(!memchr_inv(text, 0, 4096));
	expect_eq(vfs_truncate(&f->f_path, 2), 0);
	expect_eq(vfs_truncate(&f->f_path, 5), 0);
	pos = 0;
	expect_eq(kernel_read(f, text, 100, &pos), 5);
	expect(!memcmp(text, "by\0\0\0", 5));
	expect_eq(vfs_llseek(f, -2, SEEK_END), 3);
	expect_eq(vfs_llseek(f, 1, SEEK_CUR), 4);
	expect_eq(vfs_llseek(f, -9, SEEK_CUR), -EINVAL);
	/* An unlinked file lives as long as it is open. */
	expect_eq(init_unlink("/t/a"), 0);
	pos = 0;
	for (i = 0; i < 100; i++)
		kernel_write(f, text, 4096, &pos);
	expect_eq(i_size_read(file_inode(f)), 409600);
	filp_close(f, NULL);
	wait_until(nr_free_pages() + 20 > before);
	expect_eq(get("/t/a"), -ENOENT);
	expect_eq(init_rmdir("/t"), 0);
}

TEST(files, names, "", "paths, symlinks, links, renames and their errors are as open() and the others have them")
{
	char name[NAME_MAX + 2];
	struct path path;
	char buf[64];

	require(!init_mkdir("/n", 0755));
	expect_eq(init_mkdir("/n", 0755), -EEXIST);
	expect_eq(init_mkdir("/n/x/y", 0755), -ENOENT);
	expect_eq(init_mkdir("/n/d/", 0755), 0);
	expect_eq(put("/n/f", "data", 0), 4);
	expect_eq(get("/n/f/"), -ENOTDIR);
	expect_eq(get("/n/f/.."), -ENOTDIR);
	expect_eq(put("/n/d", "x", 0), -EISDIR);
	expect_eq(put("/n/new/", "x", 0), -EISDIR);
	expect_eq(get("/../../n/./d/../f"), 4);
	expect_eq(get(""), -ENOENT);

	expect_eq(init_symlink("../n/f", "/n/s"), 0);
	expect_eq(get("/n/s"), 4);
	expect_eq(init_symlink("/n/d", "/n/sd"), 0);
	expect_eq(put("/n/sd/g", "123", 0), 3);
	expect_eq(get("/n/d/g"), 3);
	expect_eq(init_symlink("loop2", "/n/loop1"), 0);
	expect_eq(init_symlink("loop1", "/n/loop2"), 0);
	expect_eq(get("/n/loop1"), -ELOOP);
	expect_eq(PTR_ERR(filp_open("/n/s", O_RDONLY | O_NOFOLLOW, 0)), -ELOOP);
	expect_eq(PTR_ERR(filp_open("/n/f", O_RDONLY | O_DIRECTORY, 0)), -ENOTDIR);
	expect_eq(PTR_ERR(filp_open("/n/f", O_WRONLY | O_CREAT | O_EXCL, 0)), -EEXIST);

	expect_eq(init_link("/n/f", "/n/h"), 0);
	expect_eq(init_unlink("/n/f"), 0);
	expect_eq(get("/n/h"), 4);
	expect_eq(init_unlink("/n/d"), -EISDIR);
	expect_eq(init_rmdir("/n/h"), -ENOTDIR);
	expect_eq(init_rmdir("/n/d"), -ENOTEMPTY);

	expect_eq(init_rename("/n/d", "/n/d/sub"), -EINVAL);
	expect_eq(init_rename("/n/d", "/n/e"), 0);
	expect_eq(get("/n/e/g"), 3);
	expect_eq(init_rename("/n/e/g", "/n/h"), 0);
	expect_eq(get("/n/h"), 3);
	expect_eq(kern_path("/n/h", 0, &path), 0);
	expect_str(d_path(&path, buf, sizeof(buf)), "/n/h");
	init_unlink("/n/h");
	expect_str(d_path(&path, buf, sizeof(buf)), "/n/h (deleted)");
	path_put(&path);

	memset(name, 'n', sizeof(name) - 1);
	name[0] = '/';
	name[sizeof(name) - 1] = '\0';
	expect_eq(put(name, "", 0), 0);
	expect_eq(init_unlink(name), 0);
	memset(name, 'n', sizeof(name) - 1);
	expect_eq(put(name, "", 0), -ENAMETOOLONG);
	init_unlink("/n/s");
	init_unlink("/n/sd");
	init_unlink("/n/loop1");
	init_unlink("/n/loop2");
	expect_eq(init_rmdir("/n/e"), 0);
	expect_eq(init_rmdir("/n"), 0);
}

struct listing {
	struct dir_context ctx;
	unsigned int seen[100], all;
};

static bool list_name(struct dir_context *ctx, const char *name, int len, loff_t offset, u64 ino,
		      unsigned int type)
{
	struct listing *l = container_of(ctx, struct listing, ctx);
	unsigned int n = 0;

	if (l->all % 7 == 6 && l->all++)
		return false;		/* full: the rest in the next call */
	l->all++;
	if (name[0] != '.' && sscanf(name, "%u", &n) == 1 && n < 100)
		l->seen[n]++;
	return true;
}

TEST(files, listing, "", "a directory is listed once whole, though names go while it is read in pieces")
{
	struct listing *l = kzalloc(sizeof(*l), GFP_KERNEL);
	char name[16];
	unsigned int i, last;
	struct file *f;

	require(l);
	require(!init_mkdir("/l", 0755));
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "/l/%u", i);
		put(name, "", 0);
	}
	f = filp_open("/l", O_RDONLY | O_DIRECTORY, 0);
	require(!IS_ERR(f));
	l->ctx.actor = list_name;
	do {
		last = l->all;
		expect_eq(iterate_dir(f, &l->ctx), 0);
		snprintf(name, sizeof(name), "/l/%u", last % 50);
		init_unlink(name);
	} while (l->all != last && l->all < 1000);
	filp_close(f, NULL);
	for (i = 50; i < 100; i++)
		if (!expect_eq(l->seen[i], 1))
			break;
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "/l/%u", i);
		init_unlink(name);
	}
	expect_eq(init_rmdir("/l"), 0);
	kfree(l);
}

TEST(files, mounts, "", "a file system is mounted, hides what is under it, and can be unmounted when not in use")
{
	struct path path;
	struct file *f;

	NO_LEAK_BEGIN;
	require(!init_mkdir("/m", 0755));
	put("/m/under", "u", 0);
	expect_eq(do_mount("t", "/m", "nonsense", 0, NULL), -ENODEV);
	expect_eq(do_mount("t", "/m", "tmpfs", 0, NULL), 0);
	expect_eq(get("/m/under"), -ENOENT);
	expect_eq(put("/m/over", "o", 0), 1);
	expect_eq(get("/m/../m/over"), 1);
	expect_eq(init_rmdir("/m"), -EBUSY);
	f = filp_open("/m/over", O_RDONLY, 0);
	expect_eq(kern_path("/m", 0, &path), 0);
	expect_eq(path_umount(&path, 0), -EBUSY);
	filp_close(f, NULL);
	expect_eq(kern_path("/m", 0, &path), 0);
	expect_eq(path_umount(&path, 0), 0);
	expect_eq(get("/m/under"), 1);
	init_unlink("/m/under");
	expect_eq(init_rmdir("/m"), 0);
	NO_LEAK_END;
}

/* -- Character devices ------------------------------------------------------------------------------ */

static char device_text[] = "from the device";

static ssize_t device_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return simple_read_from_buffer(buf, count, pos, device_text, strlen(device_text));
}

static int device_open(struct inode *inode, struct file *file)
{
	return iminor(inode) == 7 ? -EACCES : 0;
}

static const struct file_operations device_fops = {
	.owner	= THIS_MODULE,
	.open	= device_open,
	.read	= device_read,
};

TEST(files, devices, "H3", "a character device is opened through its node, by number, as long as it is registered")
{
	dev_t dev;
	int major;

	NO_LEAK_BEGIN;
	major = register_chrdev(0, "test_dev", &device_fops);
	require(major > 0);
	expect_eq(register_chrdev(major, "other", &device_fops), -EBUSY);
	expect_eq(register_chrdev_region(MKDEV(major, 255), 2, "other"), -EBUSY);
	expect_eq(register_chrdev(CHRDEV_MAJOR_MAX, "other", &device_fops), -EINVAL);
	expect_eq(alloc_chrdev_region(&dev, 3, 10, "other"), 0);
	expect(MAJOR(dev) != (unsigned int)major && MINOR(dev) == 3);
	unregister_chrdev_region(dev, 10);

	expect_eq(init_mknod("/dev/test", S_IFCHR | 0600, new_encode_dev(MKDEV(major, 5))), 0);
	expect_eq(init_mknod("/dev/test7", S_IFCHR | 0600, new_encode_dev(MKDEV(major, 7))), 0);
	expect_eq(get("/dev/test"), 15);
	expect_str(text, "from the device");
	expect_eq(get("/dev/test7"), -EACCES);
	expect_eq(put("/dev/test", "x", 0), -EINVAL);
	expect(get("/proc/devices") > 0 && strstr(text, " test_dev\n"));
	unregister_chrdev(major, "test_dev");
	expect_eq(get("/dev/test"), -ENXIO);
	init_unlink("/dev/test");
	init_unlink("/dev/test7");
	NO_LEAK_END;
}

/* -- Initramfs ------------------------------------------------------------------------------------ */

static char *archive;
static size_t fill;

static void add(const char *name, umode_t mode, unsigned int nlink, unsigned int ino,
		const char *data)
{
	size_t size = data ? strlen(data) : 0;

	fill += sprintf(archive + fill, "070701%08X%08X%08X%08X%08X%08X%08zX%08X%08X%08X%08X%08zX%08X",
			ino, mode, 0, 0, nlink, 1000, size, 3, 1, 1, 3, strlen(name) + 1, 0);
	strcpy(archive + fill, name);
	fill = ALIGN(fill + strlen(name) + 1, 4);
	if (size)
		memcpy(archive + fill, data, size);
	fill = ALIGN(fill + size, 4);
}

static void new_archive(void)
{
	memset(archive, 0, 16384);
	fill = 0;
}

static void remove_unpacked(void)
{
	static const char *const files[] = { "/i/f", "/i/l1", "/i/l2", "/i/s", "/i/null", "/i/g" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		init_unlink(files[i]);
	init_rmdir("/i");
}

TEST(initramfs, unpack, "", "directories, files, links, device nodes and concatenated archives are unpacked with their modes")
{
	struct kstat st;

	archive = kmalloc(16384, GFP_KERNEL);
	require(archive);
	new_archive();
	add("i", S_IFDIR | 0750, 2, 1, NULL);
	add("i/f", S_IFREG | 0755, 1, 2, "content");
	add("./i/l1", S_IFREG | 0644, 2, 3, NULL);
	add("i/l2", S_IFREG | 0644, 2, 3, "linked");
	add("i/s", S_IFLNK | 0777, 1, 4, "f");
	add("i/null", S_IFCHR | 0666, 1, 5, NULL);
	add("TRAILER!!!", 0, 1, 0, NULL);
	fill += 300;		/* zeroes between archives */
	add("i/g", S_IFREG | 0600, 1, 2, "second");
	add("TRAILER!!!", 0, 1, 0, NULL);
	expect_eq(unpack_to_rootfs(archive, fill + 512), 0);

	expect_eq(get("/i/f"), 7);
	expect_eq(get("/i/s"), 7);
	expect_eq(get("/i/l1"), 6);
	expect_str(text, "linked");
	expect_eq(get("/i/g"), 6);
	expect_eq(init_stat("/i/f", &st, 0), 0);
	expect_eq(st.mode, S_IFREG | 0755);
	expect_eq(st.mtime.tv_sec, 1000);
	expect_eq(init_stat("/i/l2", &st, 0), 0);
	expect_eq(st.nlink, 2);
	expect_eq(init_stat("/i", &st, 0), 0);
	expect_eq(st.mode, S_IFDIR | 0750);
	expect_eq(init_stat("/i/null", &st, 0), 0);
	expect(S_ISCHR(st.mode) && st.rdev == MKDEV(1, 3));
	remove_unpacked();
	kfree(archive);
}

TEST(initramfs, broken, "", "a broken archive is refused with a reason, what came before the fault stays, and no mutation hurts")
{
	unsigned int good, i, seed = 12345;
	char keep;

	archive = kmalloc(16384, GFP_KERNEL);
	require(archive);
	test_note("complaints about broken archives follow");
	new_archive();
	add("i", S_IFDIR | 0755, 2, 1, NULL);
	add("i/f", S_IFREG | 0755, 1, 2, "content");
	good = fill;
	add("i/g", S_IFREG | 0755, 1, 3, "more");
	add("TRAILER!!!", 0, 1, 0, NULL);

	expect_eq(unpack_to_rootfs(archive, good + 50), -EINVAL);	/* in a header */
	expect_eq(get("/i/f"), 7);
	expect_eq(get("/i/g"), -ENOENT);
	expect_eq(unpack_to_rootfs(archive, good + 112), -EINVAL);	/* in a name */
	expect_eq(unpack_to_rootfs(archive, good + 117), -EINVAL);	/* in data */
	expect_eq(unpack_to_rootfs(archive, good), -EINVAL);		/* no trailer */
	keep = archive[good];
	archive[good] = 'x';						/* magic */
	expect_eq(unpack_to_rootfs(archive, fill), -EINVAL);
	archive[good] = keep;
	archive[good + 20] = 'z';					/* not hexadecimal */
	expect_eq(unpack_to_rootfs(archive, fill), -EINVAL);
	archive[good + 20] = '0';
	memcpy(archive + good + 54, "FFFFFFFF", 8);			/* file size */
	expect_eq(unpack_to_rootfs(archive, fill), -EINVAL);
	memcpy(archive + good + 54, "00000004", 8);
	archive[good + 113] = '!';					/* the name's NUL */
	expect_eq(unpack_to_rootfs(archive, fill), -EINVAL);
	archive[good + 113] = '\0';
	expect_eq(unpack_to_rootfs("\x1f\x8b\x08", 3), -EINVAL);
	expect_eq(unpack_to_rootfs(archive, fill), 0);
	expect_eq(get("/i/g"), 4);

	for (i = 0; i < 400; i++) {
		unsigned int at;
		char was;

		seed = seed * 1103515245 + 12345;
		at = 6 + (seed >> 8) % 96;	/* a digit of the second header, but its rest is kept */
		if (at >= 14 && at < 22)
			continue;		/* a mode that makes a device or pipe of it */
		at += good;
		was = archive[at];
		archive[at] = "0123456789abcdefGx"[(seed >> 20) % 18];
		unpack_to_rootfs(archive, fill);
		archive[at] = was;
	}
	remove_unpacked();
	kfree(archive);
}
