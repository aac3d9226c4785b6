/* SPDX-License-Identifier: MIT */
/* Files, directories, mounts, descriptors, and what is behind those that are no files. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include "hostile.h"

#define MANY	(1 << 20)

static char block[64 << 10];

static void no_limit(void)
{
	struct rlimit files = { MANY, MANY };

	setrlimit(RLIMIT_NOFILE, &files);
}

static void descriptors(void)
{
	int fd = open("f", O_RDWR | O_CREAT, 0600);

	no_limit();
	while (dup(fd) >= 0)
		;
}

static void open_files(void)
{
	no_limit();
	while (open("f", O_RDWR | O_CREAT, 0600) >= 0)
		;
}

/* Full ones. */
static void pipes(void)
{
	int ends[2];

	no_limit();
	while (!pipe2(ends, O_NONBLOCK))
		while (write(ends[1], block, sizeof(block)) > 0)
			;
}

static void eventfds(void)
{
	no_limit();
	while (eventfd(1, 0) >= 0)
		;
}

/* Thousands that expire all the time. */
static void timerfds(void)
{
	struct itimerspec often = { { 0, 1 }, { 0, 1 } };
	int fd, n = 0;

	no_limit();
	while (n++ < 5000 && (fd = timerfd_create(CLOCK_MONOTONIC, 0)) >= 0)
		timerfd_settime(fd, 0, &often, NULL);
}

/* Each looks at all before it, as deep as may be; one file that all look at. */
static void epolls(void)
{
	struct epoll_event event = { .events = EPOLLIN };
	int first = eventfd(1, 0), fd, i;

	no_limit();
	while ((fd = epoll_create1(0)) >= 0) {
		if (epoll_ctl(fd, EPOLL_CTL_ADD, first, &event))
			return;
		for (i = fd - 1; i > first && i > fd - 8; i--)
			epoll_ctl(fd, EPOLL_CTL_ADD, i, &event);
	}
}

static void fill_file(void)
{
	int fd = open("f", O_RDWR | O_CREAT, 0600);

	while (write(fd, block, sizeof(block)) > 0)
		;
}

/* With nothing in them: long, but for a hole. */
static void sparse_files(void)
{
	char name[32];
	unsigned int i;
	int fd;

	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "s%u", i);
		fd = open(name, O_RDWR | O_CREAT, 0600);
		if (fd < 0 || ftruncate(fd, 1L << 35))
			return;
		if (pwrite(fd, block, 1, (1L << 35) - 1) != 1)
			return;
	}
}

static void small_files(void)
{
	char name[32];
	unsigned int i;

	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "%u", i);
		if (mknod(name, S_IFREG | 0600, 0))
			return;
	}
}

static void symlinks(void)
{
	char name[32], target[4000];
	unsigned int i;

	memset(target, 'x', sizeof(target) - 1);
	target[sizeof(target) - 1] = 0;
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "%u", i);
		if (symlink(target, name))
			return;
	}
}

/* Deeper than any path is long. */
static void deep_directories(void)
{
	char name[256];
	unsigned int i;

	memset(name, 'd', 255);
	name[255] = 0;
	for (i = 0; i < 20000; i++)
		if (mkdir(name, 0700) || chdir(name))
			return;
	if (getcwd(block, sizeof(block)))
		_exit(1);
}

static void mounts(void)
{
	unsigned int i;

	mkdir("m", 0700);
	for (i = 0; i < 2000; i++)
		if (mount("m", "m", "tmpfs", 0, NULL) || (i % 2 && (chdir("m") || mkdir("m", 0700))))
			return;
}

/* Of every other byte of a file. */
static void record_locks(void)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
	int fd = open("f", O_RDWR | O_CREAT, 0600);

	for (lock.l_start = 0; lock.l_start < 10000; lock.l_start += 2)
		if (fcntl(fd, F_SETLK, &lock))
			return;
}

const struct attack attacks_on_files[] = {
	{ "descriptors", descriptors }, { "open files", open_files }, { "pipes", pipes },
	{ "eventfds", eventfds }, { "timerfds", timerfds }, { "epolls", epolls },
	{ "a long file", fill_file }, { "sparse files", sparse_files }, { "small files", small_files },
	{ "symlinks", symlinks }, { "directories", deep_directories }, { "mounts", mounts },
	{ "record locks", record_locks }, { }
};
