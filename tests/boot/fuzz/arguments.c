/* SPDX-License-Identifier: MIT */
/*
 * What system calls are given: files of every kind, memory, and arguments, from those that a program would
 * give to those that none does. What pointers point to is in the area, which all threads change
 * all the time.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/rseq.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>
#include "fuzz.h"

static const char *const names[] = {
	".", "..", "/", "", "f0", "f1", "f2", "f3", "d0", "d0/f", "d1/../f1", "l0", "p0", "n0", "n1", "n2",
	"n3", "d0/n0", "n0/n1", "f0", "f1", "d0", "d0/..", "/proc",
	"/proc/self", "/proc/self/maps", "/proc/self/fd/3", "/proc/self/mem", "/proc/meminfo", "/proc/1/stat",
	"/proc/interrupts", "/proc/sys/kernel/hostname", "null", "zero", "random", "tty",
	"/sys/kernel", "/sys/module", "no/such", "tmpfs", "proc", "f0/f", "tiny",
};
static const char *const new_names[] = {
	"n0", "n1", "n2", "n3", "d0/n0", "d0/n1", "n0/n1", "./n4", "d0/../n5", "n6/",
};

unsigned char *area;		/* writable; the page behind it is not there */
unsigned char *constant;	/* a page that can only be read */

#define MAX_FILES	48
static int nr_files, epolls[2], timers[2], terminal, notifier, module;

static char module_image[64 << 10];
static size_t module_size;

/* -- Files --------------------------------------------------------------------------------------- */

static void keep(int fd)
{
	if (fd >= nr_files)
		nr_files = fd + 1;
}

/* Of two pipes, one that never makes wait; and a FIFO. */
static void open_pipes(void)
{
	int ends[2];

	if (!pipe2(ends, O_NONBLOCK) && write(ends[1], names, 64) == 64)
		keep(ends[1]);
	if (!pipe(ends))
		keep(ends[1]);
	keep(open("p0", O_RDWR | O_NONBLOCK));
}

/* What is no file but has a descriptor. */
static void open_others(void)
{
	struct itimerspec soon = { .it_value.tv_nsec = 1000000, .it_interval.tv_nsec = 1000000 };
	struct epoll_event event = { .events = EPOLLIN };
	sigset_t set;
	int fd, i;

	keep(fd = eventfd(3, EFD_NONBLOCK));
	keep(eventfd(1, EFD_SEMAPHORE));
	for (i = 0; i < 2; i++) {
		keep(timers[i] = timerfd_create(CLOCK_MONOTONIC, i ? TFD_NONBLOCK : 0));
		timerfd_settime(timers[i], 0, &soon, NULL);
		keep(epolls[i] = epoll_create1(0));
		epoll_ctl(epolls[i], EPOLL_CTL_ADD, i ? timers[0] : fd, &event);
	}
	epoll_ctl(epolls[0], EPOLL_CTL_ADD, epolls[1], &event);
	sigfillset(&set);
	keep(signalfd(-1, &set, SFD_NONBLOCK));
	keep(notifier = inotify_init1(IN_NONBLOCK));
	inotify_add_watch(notifier, ".", IN_ALL_EVENTS);
	keep(syscall(SYS_memfd_create, "m", 3));
}

/**
 * open_files - descriptors of all kinds, from 3 up, and no others
 * @r: numbers
 *
 * Names in the working directory are made again where they went. May be done again and again.
 */
void open_files(struct random *r)
{
	static const char *const paths[] = {
		"d0", ".", "/proc", "/proc/self/maps", "/proc/interrupts", "/sys/kernel", "zero", "random", "full",
	};
	unsigned int i;

	syscall(SYS_close_range, 3, ~0U, 0);
	nr_files = 3;
	mkdir("d0", 0700);
	for (i = 0; i < 4; i++) {
		char name[] = { 'f', '0' + i, 0 };
		static const int flags[] = { O_RDWR, O_RDWR, O_RDONLY, O_WRONLY | O_APPEND };
		int fd = open(name, flags[i] | O_CREAT, 0600);

		keep(fd);
		if (i != 2 && write(fd, names, sizeof(names)) < 0)
			continue;
	}
	if (symlink("f0", "l0") || mknod("p0", S_IFIFO | 0600, 0))
		i = 0;			/* they are there already */
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		keep(open(paths[i], O_RDONLY));
	keep(terminal = open("tty", O_RDWR | O_NOCTTY | O_NONBLOCK));
	keep(open(PICK(r, names), O_PATH));
	keep(module = open("/nothing.ko", O_RDONLY));
	if (!module_size && module >= 0)
		module_size = read(module, module_image, sizeof(module_image));
	open_pipes();
	open_others();
}

/* -- Memory -------------------------------------------------------------------------------------- */

/* make_area - or make it anew. Below 4 GiB: INT 0x80 gets there too. */
void make_area(void)
{
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;

	area = mmap((void *)AREA_AT, AREA + 4096, PROT_READ | PROT_WRITE, flags, -1, 0);
	constant = mmap((void *)CONSTANT_AT, 4096, PROT_READ, flags, -1, 0);
	if (area == MAP_FAILED || constant == MAP_FAILED || mprotect(area + AREA, 4096, PROT_NONE))
		_exit(0);
}

uint64_t odd_number(struct random *r)
{
	static const uint64_t values[] = {
		0, 1, 2, 3, 4, 7, 8, 16, 64, 100, 255, 256, 4095, 4096, 4097, 65535, 65536, 0x7fffffff,
		0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000, -1, -2, -22,
		-4095, -4096, -100, 0x7ffffffff000, 0x7fffffffe000, 0x800000000000, 0xffff800000000000,
		0xffff888000000000, 0xffffffff80200000, 0xffffc90000000000, 0xfffffe0000000000,
	};

	switch (below(r, 4)) {
	case 0:
		return PICK(r, values);
	case 1:
		return 1ULL << below(r, 64);
	case 2:
		return (1ULL << below(r, 64)) - 1 - below(r, 3);
	default:
		return next(r) >> below(r, 64);
	}
}

static uint64_t address(struct random *r)
{
	switch (below(r, 14)) {
	case 12:
		return (uint64_t)area + below(r, AREA / 4096 + 2) * 4096;
	case 13:
		return PLAY + below(r, PLAY_PAGES) * 4096;
	case 0:
		return (uint64_t)area + AREA - below(r, 32);	/* across the end */
	case 1:
		return (uint64_t)constant + below(r, 64) * 8;
	case 2:
		return 0;
	case 3:
		return odd_number(r);
	case 4:
		return (uint64_t)area + below(r, AREA);
	default:
		return (uint64_t)area + below(r, AREA / 64) * 64;
	}
}

/* Somewhere in the area, with room for what calls read. */
static void *place(struct random *r)
{
	return area + below(r, AREA / 256) * 256;
}

/* fill - what calls read from memory: names, small numbers, addresses, noise */
void fill(struct random *r)
{
	uint64_t *at = place(r);
	unsigned int i, n = 8;

	for (i = 0; i < n; i++) {
		switch (below(r, 6)) {
		case 0:
			at[i] = odd_number(r);
			break;
		case 1:
			at[i] = address(r);
			break;
		case 2:
			at[i] = below(r, 16) | (uint64_t)below(r, 16) << 32;
			break;
		case 3:
			at[i] = 0;
			break;
		default:
			at[i] = below(r, 1000000);
		}
	}
	if (below(r, 2))
		strcpy((char *)at, PICK(r, names));
}

/* argument - one that fits nothing */
uint64_t argument(struct random *r)
{
	switch (below(r, 11)) {
	case 0:
	case 1:
	case 2:
		return below(r, 24);			/* a file, a command, a flag */
	case 10:
		return below(r, 20) * 4096;
	case 3:
		return odd_number(r);
	case 4:
		return below(r, 5000);
	case 5:
		return getpid();
	default:
		return address(r);
	}
}

/* -- Arguments that fit -------------------------------------------------------------------------- */

/* Words into the area; and where they are. */
static uint64_t words(struct random *r, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	uint64_t *at = place(r);

	at[0] = a;
	at[1] = b;
	at[2] = c;
	at[3] = d;
	return (uint64_t)at;
}

static uint64_t text(struct random *r, const char *text)
{
	return (uint64_t)strcpy(place(r), text);
}

static uint32_t some_bits(struct random *r, unsigned int width)
{
	uint32_t bits = 0;
	unsigned int n = below(r, 4);

	while (n--)
		bits |= 1U << below(r, width);
	return bits;
}

static uint64_t process(struct random *r)
{
	switch (below(r, 16)) {
	case 0:
		return 1;
	case 1:
		return below(r, 4) ? 2 : -1;
	case 2:
	case 3:
	case 4:
		return 0;
	case 5:
		return getpid() + below(r, 4);
	case 6:
		return -getpid();
	default:
		return getpid();
	}
}

/* Of those that end or stop whatever is done about it, few. */
static uint64_t a_signal(struct random *r)
{
	unsigned int sig = below(r, 66);

	return (sig == SIGKILL || sig == SIGSTOP) && below(r, 8) ? 0 : sig;
}

static uint64_t signal_set(struct random *r)
{
	uint64_t set = below(r, 3) ? 1ULL << below(r, 64) : next(r);

	return words(r, below(r, 4) ? set : 0, 0, 0, 0);
}

static void ignore(int sig)
{
}

static uint64_t an_action(struct random *r)
{
	/* The kernel's form: handler, flags, restorer, mask. The C library's own restorer will do. */
	uint64_t old[4] = { 0 }, *at;

	syscall(SYS_rt_sigaction, SIGUSR1, NULL, old, 8);
	at = place(r);
	at[0] = below(r, 4) ? (uint64_t)ignore : below(r, 3);
	at[1] = 0x04000000 | (below(r, 2) ? 0 : some_bits(r, 32));
	at[2] = old[2];
	at[3] = below(r, 4) ? 0 : next(r);
	return (uint64_t)at;
}

/* Short, so that what waits does not wait long; some have nanoseconds that are none. */
static uint64_t a_time(struct random *r)
{
	return words(r, below(r, 32) ? 0 : odd_number(r), below(r, 32) ? below(r, 1000000) : odd_number(r), 0, 0);
}

/* For timers: interval and value, or two times. */
static uint64_t two_times(struct random *r)
{
	return words(r, 0, below(r, 2) ? 0 : 10000 + below(r, 900000), below(r, 16) ? 0 : odd_number(r),
		     below(r, 900000));
}

static uint64_t vectors(struct random *r)
{
	struct iovec *iov = place(r);
	unsigned int i;

	for (i = 0; i < 8; i++) {
		iov[i].iov_base = below(r, 16) ? place(r) : (void *)address(r);
		iov[i].iov_len = below(r, 16) ? below(r, 600) : odd_number(r);
	}
	return (uint64_t)iov;
}

static uint64_t poll_list(struct random *r)
{
	struct pollfd *list = place(r);
	unsigned int i;

	for (i = 0; i < 16; i++) {
		list[i].fd = below(r, nr_files + 2) - 1;
		list[i].events = some_bits(r, 16);
	}
	return (uint64_t)list;
}

static uint64_t clone_args(struct random *r)
{
	struct clone_args *args = memset(place(r), 0, 88);

	args->flags = below(r, 2) ? 0 : some_bits(r, 32) & ~0xffU;
	args->exit_signal = below(r, 8) ? SIGCHLD : a_signal(r);
	if (!below(r, 4)) {
		args->stack = (uint64_t)place(r);
		args->stack_size = 256;
	}
	args->parent_tid = args->child_tid = args->pidfd = (uint64_t)place(r);
	return (uint64_t)args;
}

static uint64_t clone_flags(struct random *r)
{
	static const uint32_t usual[] = {
		SIGCHLD, CLONE_VM | CLONE_VFORK | SIGCHLD, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD,
		CLONE_FS | CLONE_FILES | SIGCHLD, CLONE_PARENT | SIGCHLD,
		CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | CLONE_PARENT_SETTID | SIGCHLD,
	};

	return PICK(r, usual) | (below(r, 4) ? 0 : some_bits(r, 32));
}

static uint64_t arguments(struct random *r)
{
	return words(r, text(r, "image"), text(r, PICK(r, names)), 0, below(r, 8) ? 0 : address(r));
}

static uint64_t sigevent(struct random *r)
{
	/* sigev_value, signo and notify, thread. */
	return words(r, next(r), a_signal(r) | (uint64_t)below(r, 5) << 32, getpid(), 0);
}

static uint64_t record_lock(struct random *r)
{
	struct flock lock = { below(r, 3), below(r, 3), below(r, 100), below(r, 100), below(r, 8) ? 0 : 1 };

	return (uint64_t)memcpy(place(r), &lock, sizeof(lock));
}

static uint64_t descriptor(struct random *r)
{
	return below(r, 24) ? below(r, nr_files) : odd_number(r);
}

static uint64_t size(struct random *r)
{
	static const uint32_t near[] = { 0, 1, 4095, 4096, 4097, 8192, 65535, 65536, AREA + 1, 0x7ffff000, 0x80000000 };

	return below(r, 4) ? below(r, 2000) : PICK(r, near);
}

static uint64_t offset(struct random *r)
{
	return below(r, 8) ? below(r, 20000) : odd_number(r);
}

static uint64_t io_command(struct random *r)
{
	/* Of terminals; those of the structure with two speeds have sizes in them. */
	return below(r, 4) ? 0x5400 + below(r, 0x70) : below(r, 2) ? 0x802c542a + below(r, 4) : odd_number(r);
}

/* As modify_ldt() has it: number, base, limit, bits. */
static uint64_t user_desc(struct random *r)
{
	uint32_t nr = below(r, 2) ? 12 + below(r, 3) : below(r, 2) ? -1 : below(r, 20);

	return words(r, nr | (uint64_t)address(r) << 32, below(r, 1 << 20) | (uint64_t)below(r, 128) << 32, 0, 0);
}

/* The C library has registered its own, which has to go before another one comes. */
static uint64_t rseq_area(struct random *r)
{
	return (uint64_t)(below(r, 2) ? (char *)__builtin_thread_pointer() + __rseq_offset : place(r));
}

static uint64_t device(struct random *r)
{
	static const unsigned char minors[] = { 3, 5, 7, 8, 9 };

	return makedev(1, PICK(r, minors));
}

static uint64_t type_and_mode(struct random *r)
{
	static const uint32_t types[] = { S_IFREG, S_IFCHR, S_IFIFO, S_IFSOCK, S_IFDIR, S_IFBLK, 0 };

	return PICK(r, types) | 0600;
}

static uint64_t type_of_filesystem(struct random *r)
{
	static const char *const types[] = { "tmpfs", "ramfs", "proc", "sysfs", "debugfs", "devtmpfs", "ext4" };

	return text(r, PICK(r, types));
}

static uint64_t page_address(struct random *r)
{
	return below(r, 4) ? PLAY + below(r, PLAY_PAGES) * 4096 : address(r);
}

static uint64_t open_flags(struct random *r)
{
	return below(r, 3) | (below(r, 2) ? 0 : some_bits(r, 23) & ~3U);
}

static uint64_t map_flags(struct random *r)
{
	static const uint32_t usual[] = {
		MAP_PRIVATE | MAP_ANONYMOUS, MAP_SHARED | MAP_ANONYMOUS, MAP_PRIVATE, MAP_SHARED,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, MAP_SHARED | MAP_FIXED,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN,
	};

	return PICK(r, usual) | (below(r, 4) ? 0 : some_bits(r, 24));
}

static uint64_t a_clock(struct random *r)
{
	return below(r, 8) ? below(r, 12) : ~(uint64_t)getpid() << 3 | below(r, 8);
}

static uint64_t alternate_stack(struct random *r)
{
	/* In the area it is not: handlers would run there while calls overwrite it. */
	return words(r, PLAY, some_bits(r, 32) & (below(r, 2) ? 0 : ~0U), 4096 * below(r, 4), 0);
}

/**
 * argument_like - an argument
 * @r: numbers
 * @letter: what it is to be: table.c
 *
 * Return: it. Now and then one of another kind.
 */
uint64_t argument_like(struct random *r, char letter)
{
	static const uint32_t caps[] = { 0x20080522, 0x20071026, 0x19980330 };
	static const uint16_t codes[] = { 0x1001, 0x1002, 0x1003, 0x1004, 0x1011, 0x1012 };

	if (!below(r, 16))
		return argument(r);
	switch (letter) {
	case 'f': return descriptor(r);
	case 'd': return below(r, 3) ? -100 : 7 + below(r, 3);
	case 'e': return epolls[below(r, 2)];
	case '8': return module;
	case 'b': return address(r);
	case 'n': return size(r);
	case 'o': return offset(r);
	case 'W': return below(r, 2) ? 0 : words(r, offset(r), 0, 0, 0);
	case 's': return text(r, PICK(r, names));
	case 'w': return text(r, PICK(r, new_names));
	case 'y': return type_of_filesystem(r);
	case '(': return text(r, below(r, 8) ? "nothing" : "");
	case 'O': return open_flags(r);
	case 'M': return below(r, 8) ? 0700 : some_bits(r, 16);
	case 'Q': return type_and_mode(r);
	case 'X': return device(r);
	case 'x': return below(r, 3) ? 0 : some_bits(r, 14);
	case 'k': return below(r, 16);
	case 'z': return below(r, 4) ? 0 : below(r, 16);
	case '1': return below(r, 64) ? below(r, 4) : -1;
	case 'p': return below(r, 8);
	case 'm': return map_flags(r);
	case 'A': return page_address(r);
	case 'L': return 4096 * (1 + below(r, 16));
	case 't': return a_time(r);
	case 'v': return two_times(r);
	case 'c': return a_clock(r);
	case 'g': return signal_set(r);
	case 'G': return 8;
	case 'a': return an_action(r);
	case 'S': return a_signal(r);
	case 'i': return process(r);
	case 'q': return words(r, (uint64_t)below(r, 64), (uint32_t)-1 - below(r, 8), 0, 0);
	case 'V': return vectors(r);
	case 'N': return below(r, 16) ? below(r, 9) : 1023 + below(r, 3);
	case 'P': return poll_list(r);
	case 'E': return words(r, some_bits(r, 32) | (uint64_t)next(r) << 32, next(r), 0, 0);
	case 'D': return below(r, 2) ? 0 : words(r, 1ULL << below(r, 32), 0, 0, 0);
	case 'C': return clone_args(r);
	case 'Z': return 64 + 8 * below(r, 4);
	case 'H': return arguments(r);
	case 'u': return below(r, 3) ? 0 : below(r, 2) ? -1 : 1000;
	case 'r': return below(r, 17);
	case 'R': return words(r, 1 << 20 << below(r, 10), 1 << 30, 0, 0);
	case 'U': return (uint64_t)area + 4 * below(r, 64);
	case 'F': return below(r, 16) | (below(r, 2) ? 128 : 0);
	case 'K': return io_command(r);
	case 'J': return below(r, 8) ? below(r, 17) : 1024 + below(r, 16);
	case 'j': return below(r, 3) ? address(r) : below(r, 2) ? record_lock(r) : below(r, 64);
	case 'h': return words(r, PICK(r, caps), 0, 0, 0);
	case 'l': return clone_flags(r);
	case 'B': return PICK(r, codes);
	case '*': return below(r, 2) ? terminal : descriptor(r);
	case ')': return timers[below(r, 2)];
	case '9': return below(r, 4) ? -1 : descriptor(r);
	case '7': return text(r, below(r, 4) ? "d0" : PICK(r, names));
	case '6': return 1 + below(r, 3);
	case '5': return user_desc(r);
	case '=': return text(r, below(r, 2) ? "/w/tiny" : PICK(r, names));
	case '+': return words(r, ~0ULL, 0x1ffffffffff & -(uint64_t)below(r, 2), 0, 0);
	case '$': return words(r, 1700000000 + below(r, 1000000), below(r, 1000000), 0, 0);
	case '-': return text(r, "");
	case '/': return below(r, 16) | 4;
	case ']': return rseq_area(r);
	case '[': return 32;
	case '{': return RSEQ_SIG;
	case '^': return notifier;
	case ':': return below(r, 4) ? IN_CREATE | IN_DELETE : some_bits(r, 32);
	case '|': return 3 + below(r, 2);
	case '<': return below(r, 4);
	case '>': return below(r, 2) ? -1 : getpid() + below(r, 4);
	case 'T': return 4096 * below(r, 8);
	case 'I': return below(r, 4);
	case '%': return below(r, 66);
	case '&': return words(r, below(r, 2) ? 0 : signal_set(r), 8, 0, 0);
	case '0': return words(r, 0, 0, 0, 0);
	case '2': return 24;
	case '3': return alternate_stack(r);
	case '4': return below(r, 2) ? 0 : sigevent(r);
	case '@': return (uint64_t)module_image;
	case '#': return below(r, 4) ? module_size : below(r, module_size + 1);
	default: return argument(r);
	}
}
