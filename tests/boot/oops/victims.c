/* SPDX-License-Identifier: MIT */
/*
 * /init of a small machine: processes that die by the kernel's fault (/proc/crash, of tests/boot/crash), and of too much
 * memory. This one and the machine go on.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#define MB	(1UL << 20)

static void run_into(const char *how)
{
	int fd = open("/proc/crash", O_WRONLY);

	if (write(fd, how, strlen(how)) < 0)
		printf("it did not\n");
}

static int end_of(pid_t pid)
{
	int status = -1;

	waitpid(pid, &status, 0);
	return status;
}

static void victim(const char *how)
{
	pid_t pid = fork();

	if (!pid) {
		run_into(how);
		_exit(1);
	}
	printf("%s: status %#x\n", how, end_of(pid));
}

static void *of_a_thread(void *how)
{
	run_into(how);
	return NULL;
}

/* The thread dies alone, and who waits for it is told. */
static void thread_victim(void)
{
	pthread_t thread;
	pid_t pid = fork();

	if (!pid) {
		pthread_create(&thread, NULL, of_a_thread, "null-write");
		pthread_join(thread, NULL);
		printf("a thread is gone\n");
		_exit(3);
	}
	printf("its process: status %#x\n", end_of(pid));
}

static void eat(void)
{
	char *more;

	for (;;) {
		more = mmap(NULL, MB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (more == MAP_FAILED)
			_exit(2);
		memset(more, 1, MB);
	}
}

static unsigned long free_memory(void)
{
	struct sysinfo info;

	sysinfo(&info);
	return info.freeram * info.mem_unit;
}

static void too_much_memory(void)
{
	unsigned long before = free_memory();
	pid_t pids[4];
	int i, killed = 0, stopped;
	pid_t small = fork();

	if (!small)			/* has little, and lives */
		for (;;)
			usleep(1000);
	pids[0] = fork();
	if (!pids[0])
		eat();
	printf("one that eats all: status %#x\n", end_of(pids[0]));
	for (i = 0; i < 4; i++) {
		pids[i] = fork();
		if (!pids[i])
			eat();
	}
	for (i = 0; i < 4; i++)
		killed += end_of(pids[i]) == 9;
	printf("of four at once %d\n", killed);
	stopped = waitpid(small, NULL, WNOHANG);
	printf("a small one has ended: %d\n", stopped != 0);
	kill(small, SIGKILL);
	end_of(small);
	printf("the memory is back: %d\n", free_memory() + 4 * MB > before);
}

/* The same for memory that is a file's: writing ends with an error. */
static void too_large_file(void)
{
	static char block[65536];
	int fd = open("/large", O_WRONLY | O_CREAT, 0600);
	ssize_t n;

	do
		n = write(fd, block, sizeof(block));
	while (n == sizeof(block));
	printf("a file as large as the memory: %s\n", n < 0 ? "error" : "a part of it");
	close(fd);
	unlink("/large");
}

int main(void)
{
	static const char *const ways[] = {
		"null-write", "bug", "divide", "overflow", "user", "irqs-off", "locked", "mutex",
	};
	unsigned int i;
	int fd;

	setbuf(stdout, NULL);
	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	fd = open("/crash.ko", O_RDONLY);
	if (syscall(SYS_finit_module, fd, "", 0))
		perror("crash.ko");
	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		victim(ways[i]);
	thread_victim();
	too_much_memory();
	too_large_file();
	printf("== all done\n");
	reboot(RB_POWER_OFF);
	return 1;
}
