/* SPDX-License-Identifier: MIT */
/* For row I1: system calls on names, attributes and open files; their results, and what they refuse. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <utime.h>
#include "show.h"

static void *volatile bad = (void *)16;
static void *volatile kernel = (void *)0xffff888000000000UL;

static int make(const char *name, const char *text)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);

	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		printf("%s: not written\n", name);
	return fd;
}

static void names(void)
{
	char buf[64];

	printf("-- names\n");
	close(make("f", "text"));
	SHOW(mkdir("d", 0755));
	SHOW(mkdir("d", 0755));
	SHOW(mkdir("d/", 0755));
	SHOW(mkdir(".", 0755));
	SHOW(mkdir("/", 0755));
	SHOW(mkdir("no/d", 0755));
	SHOW(mkdir("f/d", 0755));
	SHOW(mkdir("", 0755));
	SHOW(mkdir(bad, 0755));
	SHOW(mkdir(kernel, 0755));
	SHOW(link("f", "g"));
	SHOW(link("f", "g"));
	SHOW(link("d", "dd"));
	SHOW(link("no", "gg"));
	SHOW(symlink("f", "s"));
	SHOW(symlink("nowhere", "broken"));
	SHOW(symlink("loop", "loop"));
	SHOW(symlink("", "empty"));
	SHOW(readlink("s", buf, sizeof(buf)));
	SHOW(readlink("broken", buf, 3));
	SHOW(readlink("f", buf, sizeof(buf)));
	SHOW(readlink("s", buf, 0));
	SHOW(readlink("s", bad, 1));
	SHOW(open("loop", O_RDONLY));
	SHOW(open("broken", O_RDONLY));
	SHOW(open("s", O_RDONLY | O_NOFOLLOW));
	SHOW(open("f", O_RDONLY | O_DIRECTORY));
	SHOW(open("f/", O_RDONLY));
	SHOW(open("f/x", O_RDONLY));
	SHOW(open("d", O_WRONLY));
	SHOW(open("f", O_CREAT | O_EXCL, 0644));
	SHOW(open(bad, O_RDONLY));
	SHOW(unlink("d"));
	SHOW(unlink("f/"));
	SHOW(unlink("no"));
	SHOW(rmdir("f"));
	SHOW(rmdir("d/."));
	SHOW(rmdir("d/.."));
	close(make("d/x", ""));
	SHOW(rmdir("d"));
	SHOW(unlinkat(AT_FDCWD, "d", 1));
	SHOW(mknod("fifo", S_IFIFO | 0600, 0));
	SHOW(mknod("reg", 0600, 0));
	SHOW(mknod("dir", S_IFDIR | 0600, 0));
	SHOW(mknod("what", 0170000, 0));
}

static void renames(void)
{
	printf("-- renames\n");
	SHOW(rename("f", "h"));
	SHOW(rename("f", "h"));
	SHOW(rename("h", "f"));
	SHOW(rename("f", "g"));		/* the same file */
	SHOW(access("f", F_OK));
	SHOW(rename("f", "d"));
	SHOW(rename("d", "f"));
	SHOW(rename("f", "f2/"));
	SHOW(rename("d", "d/e"));
	SHOW(rename("d/x", "d"));
	SHOW(rename(".", "e"));
	SHOW(rename("d", ".."));
	SHOW(rename("d", "e/"));
	SHOW(mkdir("d", 0755));
	SHOW(rename("d", "e"));
	SHOW(renameat2(AT_FDCWD, "f", AT_FDCWD, "g", RENAME_NOREPLACE));
	SHOW(renameat2(AT_FDCWD, "f", AT_FDCWD, "new", RENAME_NOREPLACE));
	SHOW(renameat2(AT_FDCWD, "new", AT_FDCWD, "f", 64));
	SHOW(rename("new", "f"));
	SHOW(rename("f", bad));
	SHOW(unlink("e/x"));
	SHOW(rename("d", "e"));
	SHOW(rename("e", "d"));
}

static void show_stat(const char *name, int flags)
{
	struct stat st;
	struct statx sx;
	int fd = AT_FDCWD;

	if (fstatat(fd, name, &st, flags)) {
		printf("%s: %s\n", name, strerror(errno));
		return;
	}
	printf("%s: mode %o, links %lu, size %ld", name, st.st_mode, (unsigned long)st.st_nlink,
	       S_ISDIR(st.st_mode) ? 0 : (long)st.st_size);
	memset(&sx, 0, sizeof(sx));
	statx(fd, name, flags, STATX_BASIC_STATS, &sx);
	printf(", statx the same: %d\n", sx.stx_mode == st.st_mode && sx.stx_ino == st.st_ino &&
	       sx.stx_size == (unsigned long)st.st_size && sx.stx_nlink == st.st_nlink &&
	       sx.stx_mtime.tv_sec == st.st_mtim.tv_sec);
}

static void attributes(void)
{
	const struct timespec times[2] = { { 1000, 5 }, { 2000, 6 } }, bad_time[2] = { { 0, -1 }, { 0, 0 } };
	const struct timespec omit[2] = { { 0, UTIME_OMIT }, { 3000, 0 } };
	const struct timeval tv[2] = { { 10, 20 }, { 30, 40 } }, bad_tv[2] = { { 0, 1000000 }, { 0, 0 } };
	struct stat st, other;
	struct statfs fs;

	printf("-- attributes\n");
	show_stat("f", 0);
	show_stat("s", 0);
	show_stat("s", AT_SYMLINK_NOFOLLOW);
	show_stat("broken", 0);
	show_stat("fifo", 0);
	show_stat("d", 0);
	show_stat("f", 0x4);
	SHOW(stat("f", bad));
	SHOW(stat(bad, &st));
	SHOW(fstat(99, &st));
	SHOW(fstatat(99, "f", &st, 0));
	SHOW(statx(AT_FDCWD, "f", 0, 0x80000000, kernel));
	SHOW(chmod("f", 04751));
	show_stat("f", 0);
	SHOW(chown("f", -1, -1));
	show_stat("f", 0);
	SHOW(chmod("f", 0640));
	SHOW(chmod("no", 0644));
	SHOW(fchmod(99, 0644));
	SHOW(utimensat(AT_FDCWD, "f", times, 0));
	stat("f", &st);
	printf("times: %ld.%ld %ld.%ld\n", st.st_atim.tv_sec, st.st_atim.tv_nsec, st.st_mtim.tv_sec,
	       st.st_mtim.tv_nsec);
	SHOW(utimensat(AT_FDCWD, "f", omit, 0));
	SHOW(utimensat(AT_FDCWD, "f", bad_time, 0));
	SHOW(utimensat(AT_FDCWD, "f", times, 0x7));
	SHOW(utimes("g", tv));
	SHOW(utimes("g", bad_tv));
	stat("f", &st);
	printf("times: %ld.%ld %ld.%ld\n", st.st_atim.tv_sec, st.st_atim.tv_nsec, st.st_mtim.tv_sec,
	       st.st_mtim.tv_nsec);
	stat("g", &other);
	printf("one file: %d\n", st.st_ino == other.st_ino && st.st_dev == other.st_dev);
	SHOW(access("f", 8));
	SHOW(access("f", X_OK));
	SHOW(access("d", X_OK));
	SHOW(access("no", F_OK));
	SHOW(faccessat(AT_FDCWD, "s", R_OK, AT_SYMLINK_NOFOLLOW));
	SHOW(statfs(".", &fs));
	printf("name: %ld\n", (long)fs.f_namelen);
	SHOW(statfs("no", &fs));
	SHOW(fstatfs(99, &fs));
	SHOW(truncate("f", 2));
	SHOW(truncate("f", 10000));
	SHOW(truncate("f", -1));
	SHOW(truncate("d", 0));
	SHOW(truncate("no", 0));
	show_stat("f", 0);
}

/* To append, to read, to name only. */
static void opened_otherwise(int fd)
{
	int ro, ap, path;
	char buf[64] = "";

	ap = open("n", O_WRONLY | O_APPEND);
	SHOW(write(ap, "ABC", 3));
	SHOW(lseek(ap, 0, SEEK_CUR));
	SHOW(pread(fd, buf, sizeof(buf), 0));
	printf("now: %s\n", buf);
	ro = open("n", O_RDONLY);
	SHOW(write(ro, "x", 1));
	SHOW(ftruncate(ro, 0));
	SHOW(read(ap, buf, 1));
	SHOW(fsync(ro));
	SHOW(fdatasync(99));
	SHOW(syncfs(ro));
	SHOW(posix_fadvise(ro, 0, 0, POSIX_FADV_WILLNEED));
	SHOW(posix_fadvise(ro, 0, 0, 99));
	path = open("n", O_PATH);
	SHOW(read(path, buf, 1));
	SHOW(fcntl(path, F_GETFL) & O_PATH);
	SHOW(fchmod(path, 0600));
	SHOW(fchdir(path));
	SHOW(close(path));
	path = open("s", O_PATH | O_NOFOLLOW);
	SHOW(readlinkat(path, "", buf, sizeof(buf)));
	SHOW(close(path));
}

static void open_files(void)
{
	int fd = make("n", "0123456789");
	char buf[64] = "";
	struct flock lock = { .l_type = 77 };

	printf("-- open files\n");
	SHOW(fcntl(fd, F_GETFD));
	SHOW(fcntl(fd, F_SETFD, FD_CLOEXEC));
	SHOW(fcntl(fd, F_GETFD));
	SHOW(fcntl(fd, F_GETFL) & ~0100000);
	SHOW(fcntl(fd, F_SETFL, O_APPEND | O_NONBLOCK | O_RDONLY));
	SHOW(fcntl(fd, F_GETFL) & ~0100000);
	SHOW(fcntl(fd, F_SETFL, 0));
	SHOW(fcntl(fd, F_DUPFD, 50));
	SHOW(fcntl(50, F_GETFD));
	SHOW(fcntl(fd, F_DUPFD_CLOEXEC, 60));
	SHOW(fcntl(60, F_GETFD));
	SHOW(fcntl(fd, F_DUPFD, 1 << 30));
	SHOW(fcntl(fd, 12345));
	SHOW(fcntl(99, F_GETFD));
	SHOW(lock.l_type = fcntl(99, F_GETLK, &lock));
	SHOW(lseek(fd, -1, SEEK_SET));
	SHOW(lseek(fd, 3, SEEK_SET));
	SHOW(lseek(50, 0, SEEK_CUR));
	SHOW(lseek(fd, 0, 9));
	SHOW(pread(fd, buf, 4, 8));
	SHOW(pread(fd, buf, 4, -1));
	SHOW(read(fd, bad, 4));
	SHOW(write(fd, bad, 4));
	SHOW(write(fd, kernel, 4));
	SHOW(ftruncate(fd, 4));
	SHOW(ftruncate(fd, -1));
	opened_otherwise(fd);
	SHOW(close(99));
	SHOW(dup2(fd, 70));
	SHOW(dup3(fd, fd, 0));
	SHOW(dup2(99, 71));
}

static void locks(void)
{
	int a = open("n", O_RDONLY), b = open("n", O_RDONLY), c = dup(a), status;

	printf("-- locks\n");
	SHOW(flock(a, LOCK_SH));
	SHOW(flock(b, LOCK_SH | LOCK_NB));
	SHOW(flock(a, LOCK_EX | LOCK_NB));
	SHOW(flock(b, LOCK_UN));
	SHOW(flock(a, LOCK_EX | LOCK_NB));
	SHOW(flock(c, LOCK_EX | LOCK_NB));
	SHOW(flock(b, LOCK_SH | LOCK_NB));
	SHOW(flock(a, 0));
	SHOW(flock(99, LOCK_SH));
	if (!fork()) {
		close(a);
		close(c);
		_exit(flock(b, LOCK_EX) ? 1 : 7);	/* waits for the parent's close */
	}
	close(a);
	SHOW(close(c));
	wait(&status);
	printf("the child got it: %#x\n", status);
	SHOW(flock(b, LOCK_SH | LOCK_NB));
}

static void copies(void)
{
	int in = make("in", "copied by the kernel"), out = make("out", "");
	off_t pos = 7;
	loff_t from = 0, to = 30;
	char buf[64] = "";

	printf("-- copies\n");
	SHOW(sendfile(out, in, &pos, 100));
	printf("position: %ld\n", (long)pos);
	SHOW(lseek(in, 0, SEEK_SET));
	SHOW(sendfile(out, in, NULL, 6));
	SHOW(pread(out, buf, sizeof(buf), 0));
	printf("%s\n", buf);
	SHOW(sendfile(99, in, NULL, 6));
	SHOW(sendfile(out, in, bad, 6));
	SHOW(copy_file_range(in, &from, out, &to, 6, 0));
	printf("positions: %ld %ld\n", (long)from, (long)to);
	SHOW(copy_file_range(in, &from, in, &from, 6, 0));
	SHOW(copy_file_range(in, &from, out, &to, 6, 1));
	SHOW(lseek(out, 0, SEEK_END));
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void directories(void)
{
	struct dirent **list;
	char buf[4096];
	int n, i, fd;

	printf("-- directories\n");
	n = scandir(".", &list, NULL, by_name);
	for (i = 0; i < n; i++)
		printf("%s (%d)\n", list[i]->d_name, list[i]->d_type);
	fd = open(".", O_RDONLY);
	SHOW(syscall(SYS_getdents64, fd, buf, 1));
	SHOW(syscall(SYS_getdents64, fd, bad, 1000));
	SHOW(syscall(SYS_getdents64, 99, buf, 1000));
	SHOW(read(fd, buf, 10));
	close(fd);
	fd = open("f", O_RDONLY);
	SHOW(syscall(SYS_getdents64, fd, buf, 1000));
	SHOW(fchdir(fd));
	SHOW(chdir("f"));
	SHOW(chdir("no"));
	SHOW(chdir("d"));
	getcwd(buf, sizeof(buf));
	printf("end of cwd: %s\n", strrchr(buf, '/'));
	SHOW(syscall(SYS_getcwd, buf, 1));
	SHOW(syscall(SYS_getcwd, bad, 4096));
	SHOW(rmdir("../d"));
	SHOW(syscall(SYS_getcwd, buf, sizeof(buf)));
	SHOW(open("x", O_CREAT | O_RDWR, 0600));
	SHOW(access("..", F_OK));
	SHOW(chdir(".."));
	SHOW(access("d", F_OK));
}

/* Many, of which half go while they are listed: each of the others is seen once. */
static void many(void)
{
	int i, seen[200] = { 0 }, bad_count = 0;
	struct dirent *e;
	char name[32];
	DIR *dir;

	printf("-- many\n");
	mkdir("many", 0755);
	for (i = 0; i < 200; i++) {
		sprintf(name, "many/%d", i);
		close(make(name, ""));
	}
	dir = opendir("many");
	while ((e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		i = atoi(e->d_name);
		seen[i]++;
		sprintf(name, "many/%d", i ^ 1);
		if (!(i & 1))
			unlink(name);
	}
	closedir(dir);
	for (i = 0; i < 200; i += 2)
		bad_count += seen[i] != 1;
	for (i = 0; i < 200; i++) {
		sprintf(name, "many/%d", i);
		unlink(name);
	}
	printf("not seen once: %d\n", bad_count);
	SHOW(rmdir("many"));
}

int main(void)
{
	setbuf(stdout, NULL);
	umask(022);
	if (mkdir("scratch", 0755) || chdir("scratch"))
		return 1;
	names();
	renames();
	attributes();
	open_files();
	locks();
	copies();
	directories();
	many();
	return 0;
}
