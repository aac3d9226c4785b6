/* SPDX-License-Identifier: MIT */
/*
 * For rows B9 B10: a signal frame in memory that is not there yet, or not any more. The floating-point
 * registers are saved and loaded right there, and may lie across two pages.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define PAGE		4096
#define PAGES		16
#define SIZE		(PAGES * PAGE)
#define MAGIC1		0x46505853
#define SW_BYTES	464
#define XMM5		240		/* of what FXSAVE saves */

static void *elsewhere;			/* where the handler says the registers are, if anywhere */
static void (*move)(const void *fp, size_t size);

static size_t size_of(const char *fp)
{
	const uint32_t *sw = (const uint32_t *)(fp + SW_BYTES);

	return sw[0] == MAGIC1 ? sw[1] : 512;
}

static void handler(int sig, siginfo_t *info, void *ctx)
{
	ucontext_t *uc = ctx;
	void *fp = uc->uc_mcontext.fpregs;
	uint64_t junk = 0xdead;

	asm volatile("movq %0, %%xmm5" : : "r" (junk) : "xmm5");
	if (move) {
		move(fp, size_of(fp));
		uc->uc_mcontext.fpregs = elsewhere;
	}
}

/* Is the register what it was after a signal? 1: it is; 2: it is fresh; 0: something else. */
static int kept(void)
{
	uint64_t before = 0x1234, after;

	asm volatile("movq %1, %%xmm5; syscall; movq %%xmm5, %0"
		     : "=r" (after)
		     : "r" (before), "a" (SYS_kill), "D" ((long)getpid()), "S" ((long)SIGUSR1)
		     : "rcx", "r11", "xmm5", "memory");
	return after == before ? 1 : after ? 0 : 2;
}

static char *fresh(void)
{
	return mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void use(char *stack, size_t size)
{
	stack_t ss = { .ss_sp = stack, .ss_size = size };

	sigaltstack(&ss, NULL);
}

/* Each place on a page, on pages that nobody has touched, or that a child shares with its parent. */
static void missing(void)
{
	unsigned int offset, good = 0, in_child = 0;
	int status;

	for (offset = 0; offset < PAGE; offset += 64) {
		char *stack = fresh();

		use(stack, SIZE - offset);
		good += kept() == 1;
		if (!fork())
			_exit(kept());
		wait(&status);
		in_child += status == 0x100;
		munmap(stack, SIZE);
	}
	printf("of 64 frames on new pages %u were good, on shared ones %u\n", good, in_child);
}

static void show_end(const char *what)
{
	int status;

	if (!fork())
		_exit(kept());
	wait(&status);
	printf("%s: status %#x\n", what, status & 0x7f ? status & 0x7f : status);
}

static void no_memory(void)
{
	char *stack = fresh();

	use(stack, SIZE);
	mprotect(stack, SIZE, PROT_READ);
	show_end("a stack that may not be written");
	mprotect(stack, SIZE, PROT_READ | PROT_WRITE);
	mprotect(stack + SIZE - PAGE, PAGE, PROT_NONE);
	show_end("the frame's last page is not there");
	munmap(stack, SIZE);
	show_end("no stack");
	use(fresh(), SIZE);
}

/* A file's pages, none of which this program has seen yet. */
static void into_file(const void *fp, size_t size)
{
	int fd = open("registers", O_CREAT | O_RDWR, 0600);

	if (pwrite(fd, fp, size, PAGE - 64) != (ssize_t)size)
		_exit(99);
	elsewhere = (char *)mmap(NULL, 2 * PAGE, PROT_READ, MAP_PRIVATE, fd, 0) + PAGE - 64;
	close(fd);
	unlink("registers");
}

static void into_file_cut(const void *fp, size_t size)
{
	into_file(fp, size);
	mprotect((char *)elsewhere + 64, PAGE, PROT_NONE);
}

static void into_file_odd(const void *fp, size_t size)
{
	into_file(fp, size);
	elsewhere = (char *)elsewhere + 8;
}

static void changed(const void *fp, size_t size)
{
	into_file(fp, size);
	mprotect((char *)elsewhere + 64 - PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
	*(uint64_t *)((char *)elsewhere + XMM5) = 0x77;
}

/* It says that XSAVE saved nothing: all is as it is initially. */
static void nothing(const void *fp, size_t size)
{
	into_file(fp, size);
	mprotect((char *)elsewhere + 64 - PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
	*(uint64_t *)((char *)elsewhere + SW_BYTES + 8) = 0;
}

static void moved(void)
{
	move = into_file;
	show_end("registers in a file");
	move = changed;
	show_end("others there");
	move = nothing;
	show_end("none of them");
	move = into_file_cut;
	show_end("half of them");
	move = into_file_odd;
	show_end("not aligned");
	move = NULL;
}

int main(void)
{
	struct sigaction sa = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK };

	setbuf(stdout, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	missing();
	no_memory();
	moved();
	return 0;
}
