/* SPDX-License-Identifier: MIT */
/* For row I1: /dev/kmsg: lines of programs with their priority, and the log read record by record. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/klog.h>
#include "show.h"

#define MARK	"devkmsg-test"

static char buf[1 << 17];

static void say(const char *line)
{
	int fd = open("/dev/kmsg", O_WRONLY);

	if (write(fd, line, strlen(line)) != (ssize_t)strlen(line))
		printf("not said: %s\n", strerror(errno));
	close(fd);
}

/* The records with our mark, from here on: all but number and time. Return: how the reading ended. */
static int show_ours(int fd)
{
	unsigned long long seq, last = 0;
	unsigned int priority;
	int in_order = 1;
	ssize_t n;
	char flag;

	while ((n = read(fd, buf, sizeof(buf) - 1)) > 0) {
		buf[n] = '\0';
		if (sscanf(buf, "%u,%llu,%*u,%c;", &priority, &seq, &flag) != 3) {
			printf("no record: %s\n", buf);
			continue;
		}
		in_order &= !last || seq > last;
		last = seq;
		if (strstr(buf, MARK))
			printf("%u,%c%s", priority, flag, strchr(buf, ';'));
	}
	printf("in order: %d\n", in_order);
	return errno;
}

/* The same as syslog() has it. */
static void show_prefixes(void)
{
	int n = klogctl(3, buf, sizeof(buf) - 1);
	char *line;

	buf[n > 0 ? n : 0] = '\0';
	for (line = strtok(buf, "\n"); line; line = strtok(NULL, "\n"))
		if (strstr(line, MARK))
			printf("%.*s%s\n", (int)(strchr(line, '>') - line + 1), line, strchr(line, ']') + 1);
}

int main(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK), wo;
	struct pollfd p = { .fd = fd, .events = POLLIN };

	SHOW(lseek(fd, 0, SEEK_END));
	say("<7>" MARK " debug\n");
	say("<15>" MARK " of a program\n");
	say("<31>" MARK " of a daemon\n");
	say("<7>" MARK " tab\there, a backslash \\, a letter \xc3\xa4\n");
	say("<7x>" MARK " no priority\n");
	SHOW(poll(&p, 1, 0));
	printf("%s\n", strerror(show_ours(fd)));
	show_prefixes();

	SHOW(lseek(fd, 0, SEEK_END));
	say("<7>" MARK " again\n");
	SHOW(read(fd, buf, 5));
	SHOW(pread(fd, buf, sizeof(buf), 0));
	SHOW(read(fd, (void *)8, sizeof(buf)));		/* and it is gone */
	printf("%s\n", strerror(show_ours(fd)));
	SHOW(lseek(fd, 1, SEEK_SET));
	SHOW(lseek(fd, 0, SEEK_CUR));
	SHOW(lseek(fd, 0, SEEK_SET));
	SHOW(read(fd, buf, sizeof(buf)) > 0);
	SHOW(lseek(fd, 0, SEEK_DATA));

	wo = open("/dev/kmsg", O_WRONLY);
	memset(buf, 'x', sizeof(buf));
	SHOW(write(wo, buf, 993));
	SHOW(write(wo, buf, sizeof(buf)));
	SHOW(write(wo, (void *)8, 1));
	SHOW(read(wo, buf, 1));
	return 0;
}
