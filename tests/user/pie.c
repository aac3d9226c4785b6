/* SPDX-License-Identifier: MIT */
/* gcc: -static-pie -fPIE */
/*
 * For row I1: a program that may lie anywhere and moves itself there: what the kernel tells it, and
 * what it has made of that.
 */
#include <elf.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern const char __ehdr_start[], _end[];

static int value = 17;
static int *pointers[] = { &value, &value + 1, NULL };
static int (*functions[])(const char *) = { puts };
static __thread int counter = 5;
static __thread int zeroes[1000];
static int constructed;

static void __attribute__((constructor)) construct(void)
{
	constructed = 1;
}

static int in_image(unsigned long addr)
{
	return addr >= (unsigned long)__ehdr_start && addr < (unsigned long)_end;
}

static void auxiliary(int argc, char **argv, char **envp)
{
	const Elf64_Ehdr *ehdr = (const void *)__ehdr_start;
	const Elf64_Phdr *phdr = (const void *)getauxval(AT_PHDR);
	const char *execfn = (const char *)getauxval(AT_EXECFN);
	const unsigned char *random = (const void *)getauxval(AT_RANDOM);
	unsigned int i, sum = 0;

	printf("argc %d, the last is NULL: %d\n", argc, !argv[argc]);
	printf("arguments lie below the environment: %d\n", envp == argv + argc + 1);
	printf("AT_PHDR: %d\n", (const char *)phdr == __ehdr_start + ehdr->e_phoff);
	printf("AT_PHNUM: %d, AT_PHENT: %d\n", getauxval(AT_PHNUM) == ehdr->e_phnum,
	       getauxval(AT_PHENT) == sizeof(Elf64_Phdr));
	printf("AT_ENTRY: %d\n", getauxval(AT_ENTRY) == (unsigned long)__ehdr_start + ehdr->e_entry);
	printf("AT_BASE: %lu\n", getauxval(AT_BASE));
	printf("AT_PAGESZ: %lu\n", getauxval(AT_PAGESZ));
	printf("AT_CLKTCK: %lu\n", getauxval(AT_CLKTCK));
	printf("AT_SECURE: %lu\n", getauxval(AT_SECURE));
	printf("AT_UID: %d\n", getauxval(AT_UID) == getuid() && getauxval(AT_EGID) == getegid());
	printf("AT_EXECFN: %d\n", execfn && !strcmp(execfn, argv[0]));
	printf("AT_PLATFORM: %s\n", (const char *)getauxval(AT_PLATFORM));
	for (i = 0; i < 16; i++)
		sum += random[i];
	printf("AT_RANDOM: %d\n", sum != 0);
	errno = 0;
	printf("AT_SYSINFO: %lu %d\n", getauxval(AT_SYSINFO), errno == ENOENT);
}

static void relocated(void)
{
	printf("type %d\n", ((const Elf64_Ehdr *)__ehdr_start)->e_type);
	printf("on a page: %d\n", (unsigned long)__ehdr_start % 4096 == 0);
	printf("data: %d %d %d\n", *pointers[0], pointers[1] == &value + 1, pointers[2] == NULL);
	printf("code: %d\n", in_image((unsigned long)functions[0]));
	printf("constructed: %d\n", constructed);
	printf("stack and heap are elsewhere: %d\n",
	       !in_image((unsigned long)&(int){ 0 }) && !in_image((unsigned long)sbrk(0)));
}

static void *of_a_thread(void *arg)
{
	int i, sum = 0;

	for (i = 0; i < 1000; i++)
		sum += zeroes[i]++;
	printf("thread's own: %d %d\n", counter++, sum);
	return arg;
}

/* What was relocated is read-only now (RELRO), as is the code. */
static void written(const char *what, void *at)
{
	int status = -1;

	if (!fork()) {
		*(volatile char *)at = 1;
		_exit(0);
	}
	wait(&status);
	printf("%s is written: %#x\n", what, status);
}

int main(int argc, char **argv, char **envp)
{
	static int *const relro[] = { &value };
	pthread_t thread;
	int i;

	setbuf(stdout, NULL);
	auxiliary(argc, argv, envp);
	relocated();
	for (i = 0; i < 2; i++) {
		pthread_create(&thread, NULL, of_a_thread, NULL);
		pthread_join(thread, NULL);
	}
	printf("the first one's: %d\n", counter);
	written("data", &value);
	written("relocated constant", (void *)relro);
	written("code", (void *)(unsigned long)written);
	return 0;
}
