/* SPDX-License-Identifier: MIT */
/* For row I1: locks of parts of files, by processes and by open files; /proc/locks. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include "show.h"

#define NAME	"/reclocks"

static void *volatile bad = (void *)8;

/* A command about a part of the file. */
static int lk(int fd, int cmd, int type, long start, long len)
{
	struct flock l = { .l_type = type, .l_start = start, .l_len = len };

	return fcntl(fd, cmd, &l);
}

static int lk2(int fd, int cmd, int type, int whence, long start, long len)
{
	struct flock l = { .l_type = type, .l_whence = whence, .l_start = start, .l_len = len };

	return fcntl(fd, cmd, &l);
}

static const char *who(int pid)
{
	return pid == -1 ? "a file" : pid == getpid() ? "me" : pid == getppid() ? "parent" : "other";
}

static void test(const char *what, int fd, int cmd, int type, long start, long len)
{
	struct flock l = { .l_type = type, .l_start = start, .l_len = len };

	if (fcntl(fd, cmd, &l))
		printf("%s: %s\n", what, strerror(errno));
	else if (l.l_type == F_UNLCK)
		printf("%s: free\n", what);
	else
		printf("%s: %s by %s from %ld, %ld, whence %d\n", what, l.l_type == F_RDLCK ? "read" : "write",
		       who(l.l_pid), l.l_start, l.l_len, l.l_whence);
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* What /proc/locks has of the file, sorted. */
static void list(const char *what)
{
	static char lines[64][128];
	unsigned long ino;
	char line[256], kind[16], type[16], end[32], *s;
	struct stat st;
	int n = 0, pid, i;
	long start;
	FILE *f = fopen("/proc/locks", "r");

	stat(NAME, &st);
	printf("%s:\n", what);
	while (f && fgets(line, sizeof(line), f)) {
		s = strchr(line, ':') + 1;
		if (sscanf(strstr(s, "->") ? strstr(s, "->") + 2 : s, "%15s ADVISORY %15s %d %*x:%*x:%lu %ld %31s", kind,
			   type, &pid, &ino, &start, end) != 6 || ino != st.st_ino)
			continue;
		snprintf(lines[n++], sizeof(lines[0]), "  %s%s %s %s %ld %s", strstr(s, "->") ? "waits " : "", kind,
			 type, who(pid), start, end);
	}
	if (f)
		fclose(f);
	qsort(lines, n, sizeof(lines[0]), compare);
	for (i = 0; i < n; i++)
		printf("%s\n", lines[i]);
}

/* How often /proc/locks tells of somebody who waits for the file. */
static int waiting(void)
{
	char line[256], number[32];
	struct stat st;
	int n = 0;
	FILE *f = fopen("/proc/locks", "r");

	stat(NAME, &st);
	snprintf(number, sizeof(number), ":%lu ", (unsigned long)st.st_ino);
	while (f && fgets(line, sizeof(line), f))
		n += strstr(line, "->") && strstr(line, number);
	if (f)
		fclose(f);
	return n;
}

static void wait_for_waiters(int n)
{
	while (waiting() < n)
		usleep(1000);
}

/* -- What is refused --------------------------------------------------------------------------------------- */

static void mistakes(int fd)
{
	int ro = open(NAME, O_RDONLY), wo = open(NAME, O_WRONLY), path = open(NAME, O_PATH);
	struct flock l = { .l_type = F_RDLCK, .l_pid = 5 };

	SHOW(lk(99, F_SETLK, F_RDLCK, 0, 1));
	SHOW(lk(path, F_SETLK, F_RDLCK, 0, 1));
	SHOW(lk(path, F_GETLK, F_RDLCK, 0, 1));
	SHOW(fcntl(fd, F_SETLK, bad));
	SHOW(fcntl(fd, F_GETLK, bad));
	SHOW(fcntl(fd, F_OFD_SETLKW, bad));
	SHOW(lk(ro, F_SETLK, F_WRLCK, 0, 1));
	SHOW(lk(wo, F_SETLK, F_RDLCK, 0, 1));
	SHOW(lk(ro, F_SETLK, F_RDLCK, 0, 1));
	SHOW(lk(wo, F_SETLK, F_WRLCK, 0, 1));
	SHOW(lk(ro, F_SETLK, F_UNLCK, 0, 1));
	SHOW(lk(fd, F_SETLK, 3, 0, 1));
	SHOW(lk(fd, F_SETLK, -1, 0, 1));
	SHOW(lk(fd, F_GETLK, F_UNLCK, 0, 1));
	SHOW(lk(fd, F_GETLK, 7, 0, 1));
	SHOW(lk2(fd, F_SETLK, F_WRLCK, 3, 0, 1));
	SHOW(lk(fd, F_SETLK, F_WRLCK, -1, 1));
	SHOW(lk(fd, F_SETLK, F_WRLCK, 4, -5));
	SHOW(lk(fd, F_SETLK, F_WRLCK, 5, -5));
	SHOW(lk(fd, F_SETLK, F_WRLCK, LONG_MAX, 1));
	SHOW(lk(fd, F_SETLK, F_WRLCK, LONG_MAX, 2));
	SHOW(lk(fd, F_SETLK, F_WRLCK, 1, LONG_MAX));
	SHOW(lk(fd, F_SETLK, F_WRLCK, 2, LONG_MAX));
	lseek(fd, 5, SEEK_SET);
	SHOW(lk2(fd, F_SETLK, F_WRLCK, SEEK_CUR, LONG_MAX - 4, 1));
	SHOW(lk2(fd, F_SETLK, F_WRLCK, SEEK_CUR, -6, 1));
	SHOW(lk(fd, F_SETLK, F_UNLCK, 0, 0));
	list("nothing is left");
	SHOW(fcntl(fd, F_OFD_SETLK, &l));
	SHOW(fcntl(fd, F_OFD_GETLK, &l));
	SHOW(fcntl(fd, F_SETLK, &l));
	SHOW(fcntl(fd, 35, &l));
	SHOW(fcntl(fd, 39, &l));
	close(ro);
	close(wo);
	close(path);
}

/* -- Parts that meet and part ------------------------------------------------------------------------------ */

static void parts(int fd)
{
	lk(fd, F_SETLK, F_WRLCK, 10, 10);
	lk(fd, F_SETLK, F_WRLCK, 30, 10);
	list("two");
	lk(fd, F_SETLK, F_WRLCK, 20, 10);
	list("they are one");
	lk(fd, F_SETLK, F_RDLCK, 15, 5);
	list("to read in the middle");
	lk(fd, F_SETLK, F_UNLCK, 35, 100);
	list("the end is gone");
	lk(fd, F_SETLK, F_UNLCK, 12, 1);
	list("a hole");
	lk(fd, F_SETLK, F_RDLCK, 5, 8);
	list("to read over the beginning");
	lk(fd, F_SETLK, F_WRLCK, 0, 0);
	list("all");
	lk(fd, F_SETLK, F_UNLCK, 0, 1);
	lk(fd, F_SETLK, F_UNLCK, LONG_MAX, 0);
	list("all but both ends");
	lk(fd, F_SETLK, F_RDLCK, 100, 1);
	lk(fd, F_SETLK, F_RDLCK, 102, 1);
	lk(fd, F_SETLK, F_RDLCK, 101, 1);
	list("three bytes");
	lseek(fd, 7, SEEK_SET);
	lk2(fd, F_SETLK, F_UNLCK, SEEK_CUR, 2, -4);
	lk2(fd, F_SETLK, F_UNLCK, SEEK_END, -2, 4);
	list("by position and end");
	lk(fd, F_SETLK, F_UNLCK, 0, 0);
	list("none");
}

/* -- Other processes --------------------------------------------------------------------------------------- */

static int other_fd, other_fd2;

static void as_other(void)
{
	test("write 0 5", other_fd, F_GETLK, F_WRLCK, 0, 5);
	test("write 0 0", other_fd, F_GETLK, F_WRLCK, 0, 0);
	test("read 0 0", other_fd, F_GETLK, F_RDLCK, 0, 0);
	test("read 15 1", other_fd, F_GETLK, F_RDLCK, 15, 1);
	test("write 40 0", other_fd, F_GETLK, F_WRLCK, 40, 0);
	test("read 1000 10", other_fd, F_GETLK, F_RDLCK, 1000, 10);
	SHOW(lk(other_fd, F_SETLK, F_WRLCK, 10, 1));
	SHOW(lk(other_fd, F_SETLK, F_RDLCK, 10, 1));
	SHOW(lk(other_fd, F_SETLK, F_RDLCK, 9, 11));
	SHOW(lk(other_fd, F_SETLK, F_UNLCK, 0, 0));
	SHOW(lk(other_fd, F_SETLK, F_WRLCK, 0, 10));
	SHOW(lk(other_fd, F_SETLK, F_RDLCK, 10, 3));
	list("ours and the parent's");
}

static void processes(int fd)
{
	other_fd = open(NAME, O_RDWR);
	lk(fd, F_SETLK, F_RDLCK, 10, 10);
	lk(fd, F_SETLK, F_WRLCK, 30, 5);
	lk(fd, F_SETLK, F_WRLCK, 1000, 0);
	fflush(stdout);
	in_child(as_other);
	list("the child's went with it");
	test("own ones", fd, F_GETLK, F_WRLCK, 0, 0);
	test("by another number", other_fd, F_GETLK, F_WRLCK, 0, 0);
	close(other_fd);
	list("one number is closed");
	other_fd = dup(fd);
	lk(fd, F_SETLK, F_WRLCK, 0, 1);
	dup2(other_fd, other_fd);
	list("nothing is closed");
	dup2(0, other_fd);
	list("it is another file now");
	close(other_fd);
}

/* Waits for it, then says so. */
static void wait_for_all(void)
{
	int fd = open(NAME, O_RDWR), err = lk(fd, F_SETLKW, F_WRLCK, 0, 0);

	printf("child: %s\n", err ? strerror(errno) : "got it");
}

static void nothing(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
}

static void is_interrupted(void)
{
	struct itimerval it = { { 0, 5000 }, { 0, 5000 } };

	handle(SIGALRM, nothing, 0);
	setitimer(ITIMER_REAL, &it, NULL);
	wait_for_all();
	it.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &it, NULL);
}

static void goes_on(void)
{
	struct itimerval it = { { 0, 5000 }, { 0, 5000 } };

	handle(SIGALRM, nothing, SA_RESTART);
	setitimer(ITIMER_REAL, &it, NULL);
	wait_for_all();
}

static pid_t start(void (*fn)(void))
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		fn();
		_exit(3);
	}
	return pid;
}

static void waits(int fd)
{
	pid_t pid;

	lk(fd, F_SETLK, F_WRLCK, 5, 5);
	start(wait_for_all);
	wait_for_waiters(1);
	list("one waits");
	lk(fd, F_SETLK, F_UNLCK, 5, 4);
	lk(fd, F_SETLK, F_RDLCK, 5, 5);
	wait_for_waiters(1);
	list("it waits still");
	lk(fd, F_SETLK, F_UNLCK, 0, 0);
	wait(NULL);
	lk(fd, F_SETLK, F_WRLCK, 0, 1);
	start(is_interrupted);
	wait(NULL);
	start(goes_on);
	wait_for_waiters(1);
	usleep(20000);
	close(open(NAME, O_RDONLY));
	wait(NULL);
	lk(fd, F_SETLK, F_RDLCK, 0, 1);
	pid = start(wait_for_all);
	wait_for_waiters(1);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	list("who waited is gone");
	lk(fd, F_SETLK, F_UNLCK, 0, 0);
}

/* -- Each waits for the next -------------------------------------------------------------------------------- */

static int ring[2];

static void in_ring(int i, int n)
{
	int fd = open(NAME, O_RDWR);
	char c;

	lk(fd, F_SETLK, F_WRLCK, i, 1);
	if (write(ring[1], "x", 1) != 1)
		_exit(1);
	while (pread(fd, &c, 1, 50) == 1 && c != 'g')
		usleep(1000);
	wait_for_waiters(n - 1 - i);
	if (lk(fd, F_SETLKW, F_WRLCK, (i + 1) % n, 1))
		printf("%d of %d: %s\n", i, n, strerror(errno));
	_exit(0);
}

/* The last one to wait closes the circle. */
static void deadlocks(int fd, int n)
{
	char c[16];
	int i, k;

	if (pipe(ring) || pwrite(fd, "-", 1, 50) != 1)
		return;
	for (i = 0; i < n; i++) {
		fflush(stdout);
		if (!fork())
			in_ring(i, n);
	}
	for (i = 0; i < n; i += k > 0 ? k : 0)
		k = read(ring[0], c, n - i);
	if (pwrite(fd, "g", 1, 50) != 1)
		return;
	while (wait(NULL) > 0)
		;
	close(ring[0]);
	close(ring[1]);
	list("all are gone");
}

/* -- Of open files ----------------------------------------------------------------------------------------- */

static void closes_it(void)
{
	SHOW(lk(other_fd, F_OFD_SETLK, F_WRLCK, 0, 10));
	list("shared with the parent");
	close(other_fd);
}

static void waits_as_file(void)
{
	int fd = open(NAME, O_RDWR);

	close(other_fd);	/* the parent's alone */
	close(other_fd2);
	printf("child: %s\n", lk(fd, F_OFD_SETLKW, F_WRLCK, 0, 0) ? strerror(errno) : "got it");
}

static void open_files(int fd)
{
	int a = open(NAME, O_RDWR), b = open(NAME, O_RDWR);

	SHOW(lk(a, F_OFD_SETLK, F_WRLCK, 0, 10));
	SHOW(lk(b, F_OFD_SETLK, F_WRLCK, 5, 10));
	SHOW(lk(b, F_OFD_SETLK, F_WRLCK, 10, 10));
	SHOW(lk(fd, F_SETLK, F_RDLCK, 0, 1));
	SHOW(lk(fd, F_SETLK, F_RDLCK, 30, 1));
	SHOW(lk(a, F_OFD_SETLK, F_WRLCK, 30, 1));
	SHOW(lk(a, F_OFD_SETLK, F_RDLCK, 30, 1));
	list("of files and us");
	test("as a process", fd, F_GETLK, F_WRLCK, 0, 0);
	test("as a file", a, F_OFD_GETLK, F_WRLCK, 10, 0);
	test("as a file, us", b, F_OFD_GETLK, F_WRLCK, 30, 0);
	other_fd = a;
	other_fd2 = b;
	fflush(stdout);
	in_child(closes_it);
	list("the child is gone");
	close(open(NAME, O_RDONLY));
	list("another file was closed");
	start(waits_as_file);
	wait_for_waiters(1);
	close(b);
	lk(a, F_OFD_SETLK, F_UNLCK, 0, 1);
	wait_for_waiters(1);
	list("one waits");
	close(a);
	wait(NULL);
	list("all files were closed");
	a = open(NAME, O_RDWR);
	SHOW(flock(a, LOCK_EX));
	SHOW(lk(fd, F_SETLK, F_WRLCK, 0, 0));
	SHOW(lk(a, F_OFD_SETLK, F_RDLCK, 0, 1));
	list("of two kinds");
	b = open(NAME, O_RDWR);
	SHOW(flock(b, LOCK_SH | LOCK_NB));
	SHOW(flock(a, LOCK_SH));
	SHOW(flock(b, LOCK_SH | LOCK_NB));
	SHOW(flock(b, LOCK_EX | LOCK_NB));
	list("the second has none");
	close(a);
	close(b);
	lk(fd, F_SETLK, F_UNLCK, 0, 0);
}

/* -- After exec -------------------------------------------------------------------------------------------- */

static void *sleeps(void *arg)
{
	pause();
	return arg;
}

static char *program;

static void execs(void)
{
	int fd = open(NAME, O_RDWR);
	pthread_t t;

	lk(fd, F_SETLK, F_WRLCK, 3, 4);
	pthread_create(&t, NULL, sleeps, NULL);	/* it shares the table of files */
	execl(program, program, "exec", NULL);
}

static void execs_and_closes(void)
{
	int fd = open(NAME, O_RDWR | O_CLOEXEC);

	lk(fd, F_SETLK, F_WRLCK, 3, 4);
	execl(program, program, "exec", NULL);
}

/* -- Many at once ------------------------------------------------------------------------------------------ */

static volatile long *counter;

static void count_up(int cmd)
{
	int fd = open(NAME, O_RDWR), i;

	for (i = 0; i < 200; i++) {
		if (lk(fd, cmd, F_WRLCK, 64, 8))
			printf("not locked: %s\n", strerror(errno));
		*counter = *counter + 1;
		lk(fd, F_OFD_SETLKW == cmd ? F_OFD_SETLK : F_SETLK, F_UNLCK, i % 2 ? 0 : 64, i % 2 ? 0 : 8);
	}
	if (cmd == F_OFD_SETLKW)
		close(fd);
}

static void as_process(void)
{
	count_up(F_SETLKW);
}

static void *as_thread(void *arg)
{
	count_up(F_OFD_SETLKW);
	return arg;
}

/* A thread closes the file while others lock it. */
static void *opens_and_closes(void *arg)
{
	int i, fd;

	for (i = 0; i < 300; i++) {
		fd = open(NAME, O_RDWR);
		lk(fd, F_SETLK, F_RDLCK, 200 + i % 7, 3);
		close(fd);
	}
	return arg;
}

static void together(void)
{
	pthread_t t[3];
	int i;

	counter = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (i = 0; i < 2; i++)
		start(as_process);
	for (i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, i < 2 ? as_thread : opens_and_closes, NULL);
	for (i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
	while (wait(NULL) > 0)
		;
	printf("counted: %ld\n", *counter);
	list("nothing is left");
}

int main(int argc, char **argv)
{
	int fd;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1) {
		list("after exec");
		return 0;
	}
	program = argv[0];
	fd = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (write(fd, "0123456789", 10) != 10)
		return 1;
	mistakes(fd);
	parts(fd);
	processes(fd);
	waits(fd);
	deadlocks(fd, 2);
	deadlocks(fd, 3);
	deadlocks(fd, 5);
	open_files(fd);
	in_child(execs);
	in_child(execs_and_closes);
	together();
	unlink(NAME);
	return 0;
}
