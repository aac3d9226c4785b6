/* SPDX-License-Identifier: MIT */
/* For row I1: calls of recent years, which C libraries try first: clone3(), close_range(), membarrier(). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/membarrier.h>
#include <linux/sched.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "show.h"

static long clone3(struct clone_args *args, size_t size)
{
	return syscall(SYS_clone3, args, size);
}

static void cloning(void)
{
	struct clone_args args = { .exit_signal = SIGCHLD };
	char larger[sizeof(args) + 16] = "";
	int status = 0, tid = 0;
	long pid;

	SHOW(clone3(&args, 63));
	SHOW(clone3(&args, 5000));
	SHOW(clone3(NULL, sizeof(args)));
	args.exit_signal = 300;
	SHOW(clone3(&args, sizeof(args)));
	args.exit_signal = SIGCHLD;
	args.stack = 4096;
	SHOW(clone3(&args, sizeof(args)));
	args.stack = 0;
	args.stack_size = 4096;
	SHOW(clone3(&args, sizeof(args)));
	args.stack_size = 0;
	args.flags = CLONE_THREAD;
	SHOW(clone3(&args, sizeof(args)));
	args.flags = CLONE_SIGHAND;
	SHOW(clone3(&args, sizeof(args)));
	args.flags = SIGCHLD;
	SHOW(clone3(&args, sizeof(args)));
	memcpy(larger, &args, sizeof(args));
	larger[sizeof(args) + 3] = 1;
	SHOW(clone3((void *)larger, sizeof(larger)));

	args.flags = CLONE_PARENT_SETTID | CLONE_CHILD_SETTID;
	args.parent_tid = args.child_tid = (uintptr_t)&tid;
	memcpy(larger, &args, sizeof(args));
	larger[sizeof(args) + 3] = 0;
	pid = clone3((void *)larger, sizeof(larger));
	if (!pid)
		_exit(tid == getpid() ? 21 : 22);
	printf("its number: %d\n", tid == pid);
	waitpid(pid, &status, 0);
	printf("child: %#x\n", status);
	args.flags = CLONE_VFORK;
	args.exit_signal = 0;
	pid = clone3(&args, 64);
	if (!pid)
		_exit(23);
	SHOW(waitpid(pid, &status, 0));
	printf("child that tells nobody: %d", waitpid(pid, &status, __WALL) == pid);
	printf(" %#x\n", status);
}

static int is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static void closing(void)
{
	int fds[4], i, status;

	for (i = 0; i < 4; i++)
		fds[i] = dup2(1, 100 + 10 * i);
	SHOW(syscall(SYS_close_range, 5, 4, 0));
	SHOW(syscall(SYS_close_range, 3, 4, 64));
	SHOW(syscall(SYS_close_range, 105, 115, 0));
	printf("open: %d %d %d %d\n", is_open(fds[0]), is_open(fds[1]), is_open(fds[2]), is_open(fds[3]));
	SHOW(syscall(SYS_close_range, 120, 125, CLOSE_RANGE_CLOEXEC));
	printf("flags: %d %d\n", fcntl(fds[2], F_GETFD), fcntl(fds[3], F_GETFD));
	if (!vfork())
		_exit(syscall(SYS_close_range, 0, 99, CLOSE_RANGE_UNSHARE) || is_open(0));
	wait(&status);
	printf("in a table of its own: %#x %d\n", status, is_open(1));
	SHOW(syscall(SYS_close_range, 3, ~0U, 0));
	printf("open: %d %d\n", is_open(1), is_open(fds[3]));
}

/* One side has no barrier of its own but the compiler's: the other makes one for both. */
static volatile int x, y, seen_x, seen_y, round_nr, ready;

static void *quick(void *arg)
{
	int i;

	for (i = 1; i <= 200; i++) {
		while (round_nr < i)
			;
		x = i;
		__asm__ __volatile__("" : : : "memory");
		seen_y = y;
		ready = i;
	}
	return arg;
}

static void barriers(void)
{
	pthread_t thread;
	int i, neither = 0;

	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_QUERY, 0, 0) & 0x1f);
	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0));
	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0));
	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0));
	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED, 0, 0));
	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL_EXPEDITED, 0, 0));
	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0));
	SHOW(syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 1, 0));
	SHOW(syscall(SYS_membarrier, 1 << 30, 0, 0));
	pthread_create(&thread, NULL, quick, NULL);
	for (i = 1; i <= 200; i++) {
		round_nr = i;
		y = i;
		syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
		seen_x = x;
		while (ready < i)
			sched_yield();
		neither += seen_x < i && seen_y < i;
	}
	pthread_join(thread, NULL);
	printf("times that neither saw the other: %d\n", neither);
}

int main(void)
{
	setbuf(stdout, NULL);
	cloning();
	closing();
	barriers();
	return 0;
}
