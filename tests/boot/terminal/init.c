/* SPDX-License-Identifier: MIT */
/*
 * The program at the other end of the line in terminal.exp: it says what it is ready for, and
 * what it got. Static, task 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static struct termios cooked;

static void show(const char *what, const char *buf, ssize_t n)
{
	printf("%s: %zd", what, n);
	if (n < 0)
		printf(" %s", strerrorname_np(errno));
	for (ssize_t i = 0; i < n; i++)
		printf(" %02x", (unsigned char)buf[i]);
	printf("\n");
}

static void read_once(const char *what, size_t room)
{
	char buf[256];

	printf("ready for %s\n", what);
	show(what, buf, read(0, buf, room));
}

static void lines(void)
{
	read_once("a line", 256);
	read_once("erase", 256);
	read_once("kill", 256);
	read_once("word", 256);
	read_once("next", 256);
	read_once("parts", 3);
	read_once("rest", 256);
	read_once("end", 256);
	read_once("half", 256);
}

static void bytes(void)
{
	struct termios raw = cooked;
	struct pollfd p = { .fd = 0, .events = POLLIN };
	char buf[16];
	int queued = -1, found;

	cfmakeraw(&raw);
	raw.c_oflag |= OPOST | ONLCR;
	raw.c_cc[VMIN] = 3;
	tcsetattr(0, TCSANOW, &raw);
	read_once("three", 256);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 1;
	tcsetattr(0, TCSANOW, &raw);
	show("nothing in time", buf, read(0, buf, sizeof(buf)));
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(0, TCSANOW, &raw);
	found = poll(&p, 1, 0);
	printf("poll: %d\nready for poll\n", found);
	found = poll(&p, 1, -1);
	ioctl(0, FIONREAD, &queued);
	printf("poll: %d %x, queued %d\n", found, p.revents, queued);
	show("polled", buf, read(0, buf, sizeof(buf)));
	show("empty", buf, read(open("/dev/console", O_RDWR | O_NONBLOCK), buf, sizeof(buf)));
	tcsetattr(0, TCSAFLUSH, &cooked);
}

static void settings(void)
{
	struct winsize size = { .ws_row = 25, .ws_col = 80 };

	ioctl(0, TIOCSWINSZ, &size);
	memset(&size, 0, sizeof(size));
	ioctl(0, TIOCGWINSZ, &size);
	printf("window: %d x %d\n", size.ws_row, size.ws_col);
	printf("settings: %o %o %o %o\n", cooked.c_iflag, cooked.c_oflag, cooked.c_cflag, cooked.c_lflag);
	printf("baud: %d\n", cfgetospeed(&cooked) == B115200);
}

/* A session of its own, with the line as its controlling terminal. */
static void job(const char *what)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		char buf[16];
		int fd;

		setsid();
		fd = open("/dev/tty", O_RDWR);
		printf("no terminal yet: %s\n", fd < 0 ? strerrorname_np(errno) : "one");
		fd = open("/dev/ttyS0", O_RDWR);
		printf("session's: %d %d\n", tcgetsid(fd) == getpid(), tcgetpgrp(fd) == getpgrp());
		printf("/dev/tty: %d\nready for %s\n", open("/dev/tty", O_RDWR) >= 0, what);
		fflush(stdout);
		show(what, buf, read(fd, buf, sizeof(buf)));
		fflush(stdout);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	printf("its end: %#x\n", status);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (tcgetattr(0, &cooked))
		printf("no terminal: %s\n", strerrorname_np(errno));
	settings();
	lines();
	bytes();
	job("an interrupt");
	job("a quit");
	read_once("again", 256);
	printf("all done\n");
	reboot(RB_POWER_OFF);
	return 1;
}
