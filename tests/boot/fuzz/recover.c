/* SPDX-License-Identifier: MIT */
/*
 * Faults that the fuzzer brings on itself: its thread goes on where it was safe. Nothing here needs the C
 * library's thread data, as FS may point anywhere.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "fuzz.h"

#define STACK	(32 << 10)

/* Where each thread goes on: for __builtin_setjmp(). */
void *places_to_return[MAX_THREADS][5];
static char stacks[MAX_THREADS][STACK] __attribute__((aligned(4096)));

static void fault(int sig)
{
	char *here = (char *)&here;
	unsigned int thread = here >= stacks[1] && here < stacks[1] + STACK;

	if (here < stacks[0] || here >= stacks[MAX_THREADS - 1] + STACK)
		_exit(1);		/* whose stack is that? */
	__builtin_longjmp(places_to_return[thread], 1);
}

static void interrupted(int sig)
{
}

/* restore_signals - none is blocked, and the alternate stack is where it was */
void restore_signals(unsigned int thread)
{
	stack_t stack = { .ss_sp = stacks[thread], .ss_size = STACK };
	sigset_t none;

	sigaltstack(&stack, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/**
 * catch_faults - signals as they are to be, whatever they were made
 * @thread: 0 or 1
 *
 * Faults go on at places_to_return; all others interrupt what waits. None is blocked.
 */
void catch_faults(unsigned int thread)
{
	struct sigaction sa;
	int sig;

	memset(&sa, 0, sizeof(sa));
	for (sig = 1; sig < 65; sig++) {
		int bad = sig == SIGSEGV || sig == SIGBUS || sig == SIGILL || sig == SIGFPE || sig == SIGTRAP;

		sa.sa_handler = bad ? fault : interrupted;
		sa.sa_flags = bad ? SA_ONSTACK | SA_NODEFER : 0;
		sigaction(sig, &sa, NULL);
	}
	restore_signals(thread);
}
