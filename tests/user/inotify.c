/* SPDX-License-Identifier: MIT */
/* For row I1: inotify: what is told of files and directories, in which order, and when there is too much of it. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include "show.h"

#define DIR	"/watched"

static void *volatile bad = (void *)8;

static const struct {
	unsigned int bit;
	const char *name;
} bits[] = {
	{ IN_ACCESS, "access" }, { IN_MODIFY, "modify" }, { IN_ATTRIB, "attrib" }, { IN_CLOSE_WRITE, "close_write" },
	{ IN_CLOSE_NOWRITE, "close" }, { IN_OPEN, "open" }, { IN_MOVED_FROM, "from" }, { IN_MOVED_TO, "to" },
	{ IN_CREATE, "create" }, { IN_DELETE, "delete" }, { IN_DELETE_SELF, "delete_self" },
	{ IN_MOVE_SELF, "move_self" }, { IN_UNMOUNT, "unmount" }, { IN_Q_OVERFLOW, "overflow" },
	{ IN_IGNORED, "ignored" }, { IN_ISDIR, "dir" },
};

static unsigned int last_cookie;

static void show_event(const struct inotify_event *e)
{
	unsigned int i, rest = e->mask;

	printf("  %d", e->wd);
	for (i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (e->mask & bits[i].bit) {
			printf(" %s", bits[i].name);
			rest &= ~bits[i].bit;
		}
	if (rest)
		printf(" %#x", rest);
	if (e->cookie)
		printf(" (%s)", e->cookie == last_cookie ? "the same" : "another");
	last_cookie = e->cookie;
	if (e->len)
		printf(" %u \"%s\"", e->len, e->name);
	printf("\n");
}

/* All that is told now. */
static void show(const char *what, int fd)
{
	static char buf[65536] __attribute__((aligned(8)));
	int n, at, told = 0;

	printf("%s:\n", what);
	ioctl(fd, FIONREAD, &told);
	if (!told)
		return;
	n = read(fd, buf, sizeof(buf));
	if (n != told)
		printf("%d instead of %d\n", n, told);
	for (at = 0; at < n; at += sizeof(struct inotify_event) + ((struct inotify_event *)(buf + at))->len)
		show_event((struct inotify_event *)(buf + at));
}

static void make(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (write(fd, text, strlen(text)) < 0)
		printf("not written\n");
	close(fd);
}

static void mistakes(void)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), null = open("/dev/null", O_RDONLY), wd;
	char name[64] = "", link[64], small[20];

	printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, name, sizeof(name) - 1) > 0)
		printf("%s\n", name);
	SHOW(inotify_init1(1));
	SHOW(inotify_add_watch(99, DIR, IN_ALL_EVENTS));
	SHOW(inotify_add_watch(null, DIR, IN_ALL_EVENTS));
	SHOW(inotify_add_watch(fd, DIR, 0));
	SHOW(inotify_add_watch(99, DIR, 0));
	SHOW(inotify_add_watch(fd, DIR, 0x1000));
	SHOW(inotify_add_watch(fd, bad, IN_ALL_EVENTS));
	SHOW(inotify_add_watch(fd, "/no/such", IN_ALL_EVENTS));
	SHOW(inotify_add_watch(fd, "", IN_ALL_EVENTS));
	SHOW(inotify_add_watch(fd, "/dev/null", IN_ALL_EVENTS | IN_ONLYDIR));
	SHOW(inotify_add_watch(fd, DIR, IN_ALL_EVENTS | IN_MASK_ADD | IN_MASK_CREATE));
	SHOW(wd = inotify_add_watch(fd, DIR, IN_OPEN | IN_MASK_CREATE));
	SHOW(inotify_add_watch(fd, DIR, IN_OPEN | IN_MASK_CREATE));
	SHOW(inotify_add_watch(fd, DIR "/", IN_OPEN) == wd);
	SHOW(inotify_rm_watch(fd, wd + 1));
	SHOW(inotify_rm_watch(fd, 0));
	SHOW(inotify_rm_watch(fd, -1));
	SHOW(inotify_rm_watch(99, wd));
	SHOW(inotify_rm_watch(null, wd));
	SHOW(read(fd, small, sizeof(small)));
	SHOW(read(fd, small, 0));
	SHOW(inotify_rm_watch(fd, wd));
	SHOW(inotify_rm_watch(fd, wd));
	SHOW(read(fd, small, 15));
	SHOW(read(fd, small, 0));
	SHOW(read(fd, bad, 64));
	show("it is lost", fd);
	SHOW(inotify_add_watch(fd, DIR, IN_CREATE) > wd);
	make(DIR "/f", "");
	make(DIR "/a-longer-name", "");
	SHOW(read(fd, small, sizeof(small)));
	SHOW(write(fd, small, 16));
	SHOW(lseek(fd, 0, SEEK_SET));
	show("names", fd);
	unlink(DIR "/f");
	unlink(DIR "/a-longer-name");
	close(fd);
	close(null);
}

/* What happens to files in a directory. */
static void in_directory(void)
{
	int fd = inotify_init1(IN_NONBLOCK), file, p[2];
	struct timespec times[2] = { { 1, 0 }, { 2, 0 } };
	struct stat st;
	char buf[16];

	if (inotify_add_watch(fd, DIR, IN_ALL_EVENTS) < 0 || pipe(p))
		return;
	make(DIR "/file", "hello");
	show("made", fd);
	make(DIR "/file", "hello again");
	show("made again", fd);
	file = open(DIR "/file", O_RDWR);
	SHOW(read(file, buf, 5));
	SHOW(read(file, buf, 5));
	SHOW(write(file, buf, 5));
	SHOW(pread(file, buf, 1, 1000));
	show("read, written", fd);
	SHOW(ftruncate(file, 3));
	SHOW(fchmod(file, 0600));
	show("changed", fd);
	SHOW(fchown(file, -1, 0));
	SHOW(futimens(file, times));
	show("changed", fd);
	times[0].tv_nsec = UTIME_OMIT;
	SHOW(futimens(file, times));
	times[0].tv_nsec = 0;
	times[1].tv_nsec = UTIME_OMIT;
	SHOW(futimens(file, times));
	times[0].tv_nsec = UTIME_OMIT;
	SHOW(futimens(file, times));
	show("times", fd);
	lseek(file, 0, SEEK_SET);
	SHOW(sendfile(p[1], file, NULL, 3));
	SHOW(fsync(file));
	SHOW(fstat(file, &st));
	SHOW(access(DIR "/file", R_OK));
	show("asked", fd);
	close(dup(file));
	show("another number", fd);
	close(file);
	show("closed", fd);
	SHOW(mkdir(DIR "/dir", 0755));
	SHOW(symlink("file", DIR "/link"));
	SHOW(link(DIR "/file", DIR "/second"));
	SHOW(mkfifo(DIR "/fifo", 0600));
	SHOW(mkdir(DIR "/dir", 0755));
	show("more names", fd);
	SHOW(truncate(DIR "/link", 1));
	SHOW(chmod(DIR "/second", 0644));
	SHOW(lchown(DIR "/link", 0, 0));
	show("by other names", fd);
	make(DIR "/dir/inner", "");
	show("in a directory in it", fd);
	close(open(DIR "/dir", O_RDONLY));
	close(open(DIR, O_RDONLY));
	close(open(DIR "/file", O_PATH));
	close(open(DIR "/file", O_RDONLY | O_CREAT | O_EXCL, 0600));
	show("opened", fd);
	SHOW(rename(DIR "/file", DIR "/moved"));
	SHOW(rename(DIR "/dir", "/moved-out"));
	SHOW(rename("/moved-out", DIR "/back"));
	SHOW(rename(DIR "/fifo", DIR "/link"));
	SHOW(rename(DIR "/moved", DIR "/second"));
	show("moved", fd);
	unlink(DIR "/back/inner");
	SHOW(rmdir(DIR "/back"));
	SHOW(unlink(DIR "/moved"));
	SHOW(unlink(DIR "/second"));
	SHOW(unlink(DIR "/link"));
	SHOW(unlink(DIR "/link"));
	show("removed", fd);
	close(p[0]);
	close(p[1]);
	close(fd);
}

/* What happens to what is watched itself. */
static void itself(void)
{
	int fd = inotify_init1(IN_NONBLOCK), file, dir, sub, held;

	make(DIR "/file", "1");
	mkdir(DIR "/sub", 0755);
	SHOW(file = inotify_add_watch(fd, DIR "/file", IN_ALL_EVENTS));
	SHOW(dir = inotify_add_watch(fd, DIR, IN_ALL_EVENTS));
	SHOW(sub = inotify_add_watch(fd, DIR "/sub", IN_ALL_EVENTS));
	make(DIR "/file", "12");
	show("written", fd);
	SHOW(link(DIR "/file", DIR "/other"));
	SHOW(rename(DIR "/file", DIR "/name"));
	SHOW(unlink(DIR "/name"));
	show("renamed, a name less", fd);
	make(DIR "/over", "");
	show("another", fd);
	SHOW(rename(DIR "/over", DIR "/other"));
	show("replaced", fd);
	SHOW(inotify_rm_watch(fd, file));
	make(DIR "/sub/x", "");
	show("below", fd);
	SHOW(rename(DIR "/sub", DIR "/bus"));
	unlink(DIR "/bus/x");
	show("a directory moves", fd);
	SHOW(rmdir(DIR "/bus"));
	show("and goes", fd);
	SHOW(inotify_rm_watch(fd, sub));
	SHOW(file = inotify_add_watch(fd, DIR "/other", IN_ALL_EVENTS));
	held = open(DIR "/other", O_RDWR);
	SHOW(unlink(DIR "/other"));
	show("removed while open", fd);
	SHOW(write(held, "x", 1));
	close(held);
	show("written and closed", fd);
	SHOW(file = inotify_add_watch(fd, DIR, IN_DELETE_SELF));
	make(DIR "/quiet", "");
	unlink(DIR "/quiet");
	show("little is asked", fd);
	close(fd);
}

static void flags(void)
{
	int fd = inotify_init1(IN_NONBLOCK), held, wd;

	make(DIR "/file", "1");
	symlink("file", DIR "/link");
	SHOW(wd = inotify_add_watch(fd, DIR, IN_CREATE | IN_ONESHOT));
	make(DIR "/a", "");
	make(DIR "/b", "");
	show("once", fd);
	SHOW(inotify_rm_watch(fd, wd));
	SHOW(wd = inotify_add_watch(fd, DIR, IN_CREATE));
	SHOW(inotify_add_watch(fd, DIR, IN_DELETE | IN_MASK_ADD) == wd);
	unlink(DIR "/a");
	make(DIR "/a", "");
	show("both", fd);
	SHOW(inotify_add_watch(fd, DIR, IN_DELETE) == wd);
	make(DIR "/c", "");
	unlink(DIR "/c");
	show("one", fd);
	SHOW(inotify_add_watch(fd, DIR, IN_ALL_EVENTS | IN_EXCL_UNLINK) == wd);
	held = open(DIR "/a", O_RDWR);
	unlink(DIR "/a");
	SHOW(write(held, "x", 1));
	close(held);
	show("not what is gone", fd);
	inotify_rm_watch(fd, wd);
	show("gone", fd);
	SHOW(wd = inotify_add_watch(fd, DIR "/link", IN_ALL_EVENTS | IN_DONT_FOLLOW));
	make(DIR "/file", "2");
	unlink(DIR "/link");
	show("a link", fd);
	symlink("file", DIR "/link");
	SHOW(wd = inotify_add_watch(fd, DIR "/link", IN_ALL_EVENTS));
	make(DIR "/file", "2");
	unlink(DIR "/link");
	unlink(DIR "/file");
	unlink(DIR "/b");
	show("where it leads to", fd);
	close(fd);
}

/* One after the other, the same in a row once. */
static void queue(void)
{
	int fd = inotify_init1(IN_NONBLOCK), few, i, limit = open("/proc/sys/fs/inotify/max_queued_events", O_RDWR);
	char name[64];

	inotify_add_watch(fd, DIR, IN_CREATE | IN_DELETE | IN_MODIFY);
	make(DIR "/file", "1");
	i = open(DIR "/file", O_WRONLY);
	SHOW(write(i, "1", 1));
	SHOW(write(i, "1", 1));
	close(i);
	show("one of three", fd);
	SHOW(write(limit, "5\n", 2));
	few = inotify_init1(IN_NONBLOCK);
	SHOW(pwrite(limit, "16384\n", 6, 0));
	SHOW(pread(limit, name, sizeof(name), 0));
	printf("%.5s\n", name);
	close(limit);
	SHOW(inotify_add_watch(few, DIR, IN_CREATE | IN_DELETE));
	for (i = 0; i < 10; i++) {
		snprintf(name, sizeof(name), DIR "/file-%d", i);
		make(name, "");
	}
	show("five and the rest", few);
	unlink(DIR "/file-0");
	show("and on", few);
	for (i = 1; i < 10; i++) {
		snprintf(name, sizeof(name), DIR "/file-%d", i);
		unlink(name);
	}
	show("again", few);
	unlink(DIR "/file");
	close(few);
	close(fd);
}

static void unmounts(void)
{
	int fd = inotify_init1(IN_NONBLOCK);

	mkdir("/mnt-inotify", 0755);
	SHOW(mount("none", "/mnt-inotify", "tmpfs", 0, NULL));
	make("/mnt-inotify/file", "");
	SHOW(inotify_add_watch(fd, "/mnt-inotify/file", IN_ALL_EVENTS));
	SHOW(inotify_add_watch(fd, "/mnt-inotify", IN_OPEN));
	SHOW(umount("/mnt-inotify"));
	show("unmounted", fd);
	SHOW(inotify_rm_watch(fd, 1));
	rmdir("/mnt-inotify");
	SHOW(inotify_add_watch(fd, "/proc/version", IN_OPEN | IN_CLOSE) > 0);
	close(open("/proc/version", O_RDONLY));
	SHOW(inotify_add_watch(fd, "/dev", IN_OPEN) > 0);
	close(open("/dev/null", O_RDONLY));
	show("of other file systems", fd);
	close(fd);
}

/* -- Waiting ------------------------------------------------------------------------------------------- */

static void nothing(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
}

static void later(void)
{
	if (!fork()) {
		usleep(20000);
		mkdir(DIR "/later", 0755);
		rmdir(DIR "/later");
		_exit(0);
	}
}

static void waits(void)
{
	struct itimerval it = { { 0, 5000 }, { 0, 5000 } };
	int fd = inotify_init1(0), ep = epoll_create1(0);
	struct epoll_event event = { .events = EPOLLIN };
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT };
	char buf[256];

	SHOW(inotify_add_watch(fd, DIR, IN_CREATE));
	SHOW(poll(&p, 1, 0));
	later();
	SHOW(read(fd, buf, sizeof(buf)));
	wait(NULL);
	later();
	SHOW(poll(&p, 1, -1));
	printf("%#x\n", p.revents);
	wait(NULL);
	show("woken", fd);
	epoll_ctl(ep, EPOLL_CTL_ADD, fd, &event);
	later();
	SHOW(epoll_wait(ep, &event, 1, -1));
	wait(NULL);
	show("woken", fd);
	handle(SIGALRM, nothing, 0);
	setitimer(ITIMER_REAL, &it, NULL);
	SHOW(read(fd, buf, sizeof(buf)));
	it.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &it, NULL);
	close(ep);
	close(fd);
}

/* -- Threads: some make and remove files, one comes and goes as a watcher, one counts what it is told. ----- */

#define ROUNDS	200

static int counted_fd, created, deleted;
static volatile int stop;

static void *makes(void *arg)
{
	char name[64], other[64];
	int i;

	for (i = 0; i < ROUNDS; i++) {
		snprintf(name, sizeof(name), DIR "/%ld-%d", (long)arg, i);
		snprintf(other, sizeof(other), DIR "/moved-%ld", (long)arg);
		make(name, "x");
		if (i % 2)
			rename(name, other);
		unlink(i % 2 ? other : name);
	}
	return arg;
}

static void *comes_and_goes(void *arg)
{
	char buf[4096];
	int fd, wd;

	while (!stop) {
		fd = inotify_init1(IN_NONBLOCK);
		wd = inotify_add_watch(fd, DIR, IN_ALL_EVENTS);
		inotify_add_watch(fd, DIR "/moved-1", IN_ALL_EVENTS);
		inotify_add_watch(fd, DIR "/moved-2", IN_ALL_EVENTS | IN_ONESHOT);
		if (read(fd, buf, sizeof(buf)) < 0 && errno != EAGAIN)
			printf("not read: %s\n", strerror(errno));
		inotify_rm_watch(fd, wd);
		close(fd);
	}
	return arg;
}

static void *counts(void *arg)
{
	static char buf[65536] __attribute__((aligned(8)));
	int n, at;

	while (deleted < 2 * ROUNDS) {
		n = read(counted_fd, buf, sizeof(buf));
		for (at = 0; at < n; at += sizeof(struct inotify_event) + ((struct inotify_event *)(buf + at))->len) {
			created += !!(((struct inotify_event *)(buf + at))->mask & IN_CREATE);
			deleted += !!(((struct inotify_event *)(buf + at))->mask & IN_DELETE);
		}
	}
	return arg;
}

static void together(void)
{
	pthread_t t[4];

	counted_fd = inotify_init1(0);
	inotify_add_watch(counted_fd, DIR, IN_CREATE | IN_DELETE);
	pthread_create(&t[0], NULL, makes, (void *)1);
	pthread_create(&t[1], NULL, makes, (void *)2);
	pthread_create(&t[2], NULL, counts, NULL);
	pthread_create(&t[3], NULL, comes_and_goes, NULL);
	pthread_join(t[0], NULL);
	pthread_join(t[1], NULL);
	pthread_join(t[2], NULL);
	stop = 1;
	pthread_join(t[3], NULL);
	printf("created %d, deleted %d\n", created, deleted);
	close(counted_fd);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	umask(022);
	mkdir(DIR, 0755);
	mistakes();
	in_directory();
	itself();
	flags();
	queue();
	unmounts();
	waits();
	together();
	rmdir(DIR);
	return 0;
}
