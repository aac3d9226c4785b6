/* SPDX-License-Identifier: MIT */
/* For row I1: the kernel's log as a stream that is consumed: /proc/kmsg, syslog(). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/klog.h>
#include <sys/stat.h>
#include <sys/time.h>
#include "show.h"

static char buf[1 << 17];

/* A line of the log, as a program writes one. At this level it is on no console, amid what we print. */
static void say(const char *text)
{
	char line[64];
	int fd = open("/dev/kmsg", O_WRONLY), len = snprintf(line, sizeof(line), "<7>%s\n", text);

	if (write(fd, line, len) != len)
		printf("not said: %s\n", strerror(errno));
	close(fd);
}

/* Is @text a line's end in what has been read? With "<level>[ time] " in front. */
static int found(const char *text)
{
	char end[64], *at;

	snprintf(end, sizeof(end), "] %s\n", text);
	at = strstr(buf, end);
	if (!at)
		return 0;
	while (at > buf && at[-1] != '\n')
		at--;
	return at[0] == '<' && strchr(at, '>') && strchr(at, '>')[1] == '[';
}

/* Reads @size bytes at a time until @text is there; other lines may come before it. */
static void read_until(int fd, const char *text, size_t size)
{
	size_t used = 0;
	ssize_t n;

	do {
		n = read(fd, buf + used, used + size < sizeof(buf) ? size : 0);
		if (n > 0)
			used += n;
		buf[used] = '\0';
	} while (n > 0 && !found(text));
	printf("%s: %s\n", text, n > 0 ? "read" : strerror(errno));
}

/* Until there is nothing; what the kernel itself says meanwhile is passed over. */
static void drain(int fd)
{
	size_t used = 0;
	ssize_t n;

	while ((n = read(fd, buf + used, sizeof(buf) - 1 - used)) > 0)
		used += n;
	buf[used] = '\0';
	printf("then: %s\n", strerror(errno));
}

static void nothing(int sig)
{
	(void)sig;
}

static void interrupted(int fd)
{
	struct itimerval it = { { 0, 10000 }, { 0, 10000 } };
	struct sigaction sa = { .sa_handler = nothing };
	ssize_t n;

	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &it, NULL);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		;
	printf("waiting: %zd %s\n", n, strerror(errno));
	it.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &it, NULL);
}

static void waiting(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT };

	if (!fork()) {
		usleep(20000);
		say("from a child");
		_exit(0);
	}
	read_until(fd, "from a child", 4096);
	wait(NULL);
	if (!fork()) {
		usleep(20000);
		say("for poll");
		_exit(0);
	}
	printf("poll: %d", poll(&p, 1, -1));
	printf(" %#x\n", p.revents);
	read_until(fd, "for poll", 4096);
	wait(NULL);
}

static void calls(int fd)
{
	int n;

	SHOW(klogctl(2, NULL, 10));
	SHOW(klogctl(2, buf, -1));
	SHOW(klogctl(2, buf, 0));
	say("for nobody");
	SHOW(klogctl(2, (char *)8, 100));
	drain(fd);
	say("for syslog");
	n = klogctl(9, NULL, 0);
	printf("unread: %d\n", n >= (int)strlen("<7>[    0.000000] for syslog\n"));
	do {
		n = klogctl(2, buf, sizeof(buf) - 1);
		buf[n > 0 ? n : 0] = '\0';
	} while (n > 0 && !found("for syslog"));
	printf("syslog: %d\n", n > 0);
	drain(fd);
	printf("consumed: %d\n", !found("for syslog"));
	n = klogctl(3, buf, sizeof(buf) - 1);
	buf[n > 0 ? n : 0] = '\0';
	printf("but dmesg has it: %d, with what was read before: %d\n", found("for syslog"), found("from a child"));
	klogctl(5, NULL, 0);
	say("after clearing");
	read_until(fd, "after clearing", 4096);
}

int main(void)
{
	int fd = open("/proc/kmsg", O_RDONLY), later = open("/proc/kmsg", O_RDONLY | O_NONBLOCK);
	struct stat st;

	setvbuf(stdout, NULL, _IOLBF, 0);
	fstat(fd, &st);
	printf("mode %o, size %ld\n", st.st_mode, (long)st.st_size);
	SHOW(open("/proc/kmsg", O_WRONLY) < 0);
	say("first");
	read_until(fd, "first", 4096);
	drain(later);
	printf("once only: %d\n", !found("first"));
	say("in parts");
	read_until(fd, "in parts", 7);
	say("one");
	say("two");
	read_until(later, "two", 4096);
	printf("before it: %d\n", found("one"));
	waiting(fd);
	interrupted(fd);
	calls(later);
	return 0;
}
