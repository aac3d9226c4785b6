/* SPDX-License-Identifier: MIT */
/* Program files with mistakes in them, and execve() of each. */
#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "fuzz.h"

#define MAX_IMAGE	(32 << 10)
#define PATIENCE	20	/* ms that one may run: then it is ended */

static unsigned char original[MAX_IMAGE], image[2 * MAX_IMAGE];

static uint64_t odd_value(struct random *r)
{
	static const uint64_t values[] = {
		0, 1, 2, 3, 7, 8, 55, 56, 57, 63, 64, 65, 0xfff, 0x1000, 0x1001, 0x400000, 0x7fffffff, 0x80000000,
		0xffffffff, 0x7ffffffff000, 0x7fffffffefff, 0x800000000000, 0xffff800000000000,
		0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffff000, -1ULL, -2ULL, -0x1000ULL,
	};

	return below(r, 3) ? PICK(r, values) : next(r) >> below(r, 64);
}

/* A field of a header gets another value. */
static void change_header(struct random *r)
{
	const Elf64_Ehdr *ehdr = (const void *)original;
	size_t headers = ehdr->e_phoff + ehdr->e_phnum * sizeof(Elf64_Phdr);
	static const unsigned char sizes[] = { 1, 2, 4, 8, 8 };
	size_t size = PICK(r, sizes), at = below(r, headers / size) * size;
	uint64_t value = odd_value(r);

	memcpy(image + at, &value, size);
}

static void flip_bits(struct random *r, size_t len)
{
	unsigned int n = 1 + below(r, 8);

	while (n--)
		image[below(r, len)] ^= 1 << below(r, 8);
}

/* Return: its length. */
static size_t mutate(struct random *r, size_t len)
{
	unsigned int n = 1 + below(r, 3);

	memcpy(image, original, len);
	while (n--)
		change_header(r);
	if (!below(r, 3))
		flip_bits(r, len);
	if (!below(r, 16))
		memcpy(image, "#!image \n", 2 + below(r, 8));
	if (!below(r, 8))
		len = below(r, len);
	return len;
}

/* Return: whether it ran, for better or worse. */
static int run(const char *name)
{
	char *argv[] = { "image", "argument", NULL }, *envp[] = { "A=b", NULL };
	struct timespec patience = { 0, PATIENCE * 1000000 };
	int status = 0;
	sigset_t ends;
	pid_t pid;

	sigemptyset(&ends);
	sigaddset(&ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	pid = vfork();
	if (!pid) {
		execve(name, argv, envp);
		_exit(127);
	}
	while (pid > 0 && !waitpid(pid, &status, WNOHANG))
		if (sigtimedwait(&ends, NULL, &patience) < 0)
			kill(pid, SIGKILL);
	return status != 127 << 8;
}

/**
 * fuzz_images - run mutated images of a program
 * @program: the original
 * @seed: decides about the mistakes
 * @images: how many
 */
void fuzz_images(const char *program, uint64_t seed, unsigned int images)
{
	int fd = open(program, O_RDONLY);
	ssize_t len = read(fd, original, sizeof(original));
	struct random r;
	size_t n;

	close(fd);
	seed_random(&r, seed);
	while (len > 0 && images--) {
		n = mutate(&r, len);
		fd = open("image", O_WRONLY | O_CREAT | O_TRUNC, 0700);
		if (write(fd, image, n) != (ssize_t)n)
			break;
		close(fd);
		shared->ran += run("image");
		shared->execs++;
	}
	unlink("image");
}
