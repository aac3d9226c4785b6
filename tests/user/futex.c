/* SPDX-License-Identifier: MIT */
/* For row I1: futex() itself, between processes and between threads, and what it refuses. */
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include "show.h"

static uint32_t *word;		/* of a page that children share */
static uint32_t mine, other;

static long futex(void *addr, int op, uint32_t val, const void *time, void *addr2, uint32_t val3)
{
	return syscall(SYS_futex, addr, op, val, time, addr2, val3);
}

#define COUNT(n)	((void *)(long)(n))

static void refuse(void)
{
	struct timespec bad = { .tv_nsec = 1000000000 }, past = { 0, 0 };

	SHOW(futex(&mine, FUTEX_WAIT, 1, NULL, NULL, 0));
	SHOW(futex((char *)&mine + 1, FUTEX_WAIT, 0, NULL, NULL, 0));
	SHOW(futex(NULL, FUTEX_WAIT, 0, NULL, NULL, 0));
	SHOW(futex(NULL, FUTEX_WAKE, 1, NULL, NULL, 0));
	SHOW(futex(NULL, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0));
	SHOW(futex((void *)-4096L, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0));
	SHOW(futex(&mine, FUTEX_WAKE, 1, NULL, NULL, 0));
	SHOW(futex(&mine, FUTEX_WAIT_BITSET, 0, NULL, NULL, 0));
	SHOW(futex(&mine, FUTEX_WAKE_BITSET, 1, NULL, NULL, 0));
	SHOW(futex(&mine, FUTEX_WAIT, 0, &bad, NULL, 0));
	SHOW(futex(&mine, FUTEX_WAIT, 0, (void *)1, NULL, 0));
	SHOW(futex(&mine, FUTEX_WAIT, 0, &past, NULL, 0));
	SHOW(futex(&mine, FUTEX_WAIT_BITSET, 0, &past, NULL, 1));
	SHOW(futex(&mine, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &past, NULL, 1));
	SHOW(futex(&mine, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 1, NULL, NULL, 0));
	SHOW(futex(&mine, FUTEX_REQUEUE, -1, NULL, &other, 0));
	SHOW(futex(&mine, FUTEX_REQUEUE, 1, COUNT(-1), &other, 0));
	SHOW(futex(&mine, FUTEX_CMP_REQUEUE, 1, COUNT(1), &other, 7));
	SHOW(futex(&mine, FUTEX_CMP_REQUEUE, 1, COUNT(1), NULL, 0));
	SHOW(futex(&mine, 100, 0, NULL, NULL, 0));
	SHOW(futex(&mine, FUTEX_FD, 0, NULL, NULL, 0));
	SHOW(syscall(SYS_set_robust_list, NULL, 1));
}

static void wake_op(void)
{
	static const struct { const char *name; uint32_t op; } ops[] = {
		{ "set", FUTEX_OP(FUTEX_OP_SET, 5, FUTEX_OP_CMP_EQ, 0) },
		{ "add", FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_NE, 0) },
		{ "add -1", FUTEX_OP(FUTEX_OP_ADD, -1, FUTEX_OP_CMP_LT, 0) },
		{ "or", FUTEX_OP(FUTEX_OP_OR, 0x18, FUTEX_OP_CMP_LE, 0) },
		{ "andn", FUTEX_OP(FUTEX_OP_ANDN, 1, FUTEX_OP_CMP_GT, 0) },
		{ "xor", FUTEX_OP(FUTEX_OP_XOR, -1, FUTEX_OP_CMP_GE, 0) },
		{ "or 1 << 31", FUTEX_OP((FUTEX_OP_OR | FUTEX_OP_OPARG_SHIFT), 31, FUTEX_OP_CMP_EQ, 0) },
		{ "no such operation", FUTEX_OP(5, 1, 0, 0) },
		{ "no such comparison", FUTEX_OP(FUTEX_OP_ADD, 1, 6, 0) },
	};
	unsigned int i;

	other = 0;
	for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		errno = 0;
		printf("%s: ", ops[i].name);
		printf("%ld %s, ", futex(&mine, FUTEX_WAKE_OP, 1, COUNT(1), &other, ops[i].op),
		       strerror(errno));
		printf("%#x\n", other);
	}
	SHOW(futex(&mine, FUTEX_WAKE_OP, 1, COUNT(1), NULL, ops[0].op));
	SHOW(futex(&mine, FUTEX_WAKE_OP, 1, COUNT(1), (void *)ops, ops[0].op));
}

/* A child that waits for @word[@i], with one bit of the set. */
static pid_t waiter(int i, uint32_t bits)
{
	pid_t pid = fork();

	if (!pid) {
		long ret = futex(&word[i], FUTEX_WAIT_BITSET, 0, NULL, NULL, bits);

		_exit(ret ? errno : 40);
	}
	return pid;
}

/* When it sleeps nobody tells: so wake until somebody was there. */
static void wake_one(int i, uint32_t bits)
{
	while (futex(&word[i], FUTEX_WAKE_BITSET, 1, NULL, NULL, bits) != 1)
		usleep(1000);
}

static int end_of(pid_t pid)
{
	int status = -1;

	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void processes(void)
{
	pid_t pids[3];
	int i, moved;

	pids[0] = waiter(0, 1);
	pids[1] = waiter(0, 2);
	wake_one(0, 2);
	printf("the one with bit 1: %d\n", end_of(pids[1]));
	wake_one(0, 1);
	printf("the one with bit 0: %d\n", end_of(pids[0]));

	for (i = 0; i < 3; i++)
		pids[i] = waiter(0, FUTEX_BITSET_MATCH_ANY);
	for (moved = 0; moved < 3; usleep(1000))
		moved += futex(&word[0], FUTEX_CMP_REQUEUE, 0, COUNT(3), &word[1], 0);
	printf("moved: %d\n", moved);
	SHOW(futex(&word[0], FUTEX_WAKE, 100, NULL, NULL, 0));
	SHOW(futex(&word[1], FUTEX_WAKE_PRIVATE, 100, NULL, NULL, 0));
	SHOW(futex(&word[1], FUTEX_REQUEUE, 1, COUNT(1), &word[0], 0));
	SHOW(futex(&word[0], FUTEX_WAKE_OP, 1, COUNT(1), &word[1],
		   FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_EQ, 0)));
	for (i = 0; i < 3; i++)
		printf("waiter: %d\n", end_of(pids[i]));
	printf("changed to %d\n", word[1]);
}

/* The same page at two addresses, and at one address two pages. */
static void addresses(void)
{
	uint32_t *twice;
	pid_t pid;
	int fd = open("futex.tmp", O_RDWR | O_CREAT, 0600);

	unlink("futex.tmp");
	if (ftruncate(fd, 4096))
		printf("no file\n");
	word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	twice = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	printf("at two addresses: %d\n", twice != word);
	pid = waiter(2, 1);

	while (futex(&twice[2], FUTEX_WAKE, 1, NULL, NULL, 0) != 1)
		usleep(1000);
	printf("by another address: %d\n", end_of(pid));
	pid = fork();
	if (!pid) {
		struct timespec some = { 0, 30000000 };

		futex(&mine, FUTEX_WAIT, 0, &some, NULL, 0);
		_exit(errno == ETIMEDOUT ? 41 : 42);
	}
	usleep(10000);
	SHOW(futex(&mine, FUTEX_WAKE, 1, NULL, NULL, 0));
	printf("alone in its memory: %d\n", end_of(pid));
}

static void *wait_here(void *arg)
{
	while (!__atomic_load_n(&mine, __ATOMIC_SEQ_CST))
		futex(&mine, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	return arg;
}

/* exec and exit_group take threads out of their sleep; a killed process too. */
static void ends(void)
{
	pthread_t thread;
	pid_t pid = fork();

	if (!pid) {
		pthread_create(&thread, NULL, wait_here, NULL);
		usleep(2000);
		_exit(43);
	}
	printf("exit with a thread asleep: %d\n", end_of(pid));
	pid = waiter(3, 1);
	usleep(2000);
	kill(pid, SIGKILL);
	printf("killed asleep: %d\n", end_of(pid));
	pthread_create(&thread, NULL, wait_here, NULL);
	__atomic_store_n(&mine, 1, __ATOMIC_SEQ_CST);
	futex(&mine, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	pthread_join(thread, NULL);
	printf("woken\n");
}

static void nothing(int sig)
{
	(void)sig;
}

/* A child that waits, with a handler for SIGUSR1. */
static pid_t disturbed(int flags, const struct timespec *time)
{
	struct sigaction sa = { .sa_handler = nothing, .sa_flags = flags };
	pid_t pid;

	sigaction(SIGUSR1, &sa, NULL);
	pid = fork();
	if (!pid) {
		long ret = futex(&word[4], FUTEX_WAIT, 0, time, NULL, 0);

		_exit(ret ? errno : 40);
	}
	return pid;
}

/* Whether it waits already nobody tells: so signals come until it has ended. */
static int disturb(pid_t pid)
{
	int status = -1;

	while (!waitpid(pid, &status, WNOHANG)) {
		kill(pid, SIGUSR1);
		usleep(500);
	}
	return WEXITSTATUS(status);
}

static void signals(void)
{
	struct timespec far = { 1000, 0 }, soon = { 0, 30000000 };
	pid_t pid;
	int i, status;

	printf("a signal: %d\n", disturb(disturbed(0, NULL)) == EINTR);
	printf("with a time: %d\n", disturb(disturbed(0, &far)) == EINTR);
	printf("with a time, and SA_RESTART: %d\n", disturb(disturbed(SA_RESTART, &far)) == EINTR);
	pid = disturbed(SA_RESTART, NULL);
	for (i = 0; i < 20; i++) {
		kill(pid, SIGUSR1);
		usleep(500);
	}
	wake_one(4, FUTEX_BITSET_MATCH_ANY);
	printf("SA_RESTART: %d\n", end_of(pid));
	do {				/* its time may be over before */
		pid = disturbed(0, &soon);
		usleep(2000);
		kill(pid, SIGSTOP);
		waitpid(pid, &status, WUNTRACED);
	} while (!WIFSTOPPED(status));
	kill(pid, SIGCONT);
	printf("stopped, and then at the end of its time: %d\n", end_of(pid) == ETIMEDOUT);
}

int main(void)
{
	setbuf(stdout, NULL);
	word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	refuse();
	wake_op();
	processes();
	addresses();
	ends();
	signals();
	return 0;
}
