/* SPDX-License-Identifier: MIT */
/*
 * /init of the machine that is fuzzed: keeps workers making system calls and running spoilt images
 * while the real-time clock interrupts, and looks what became of the memory. seed=, calls=, images=,
 * workers= come from the kernel's command line.
 */
#define _GNU_SOURCE
#include <dirent.h>
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
#include "fuzz.h"

#define LOOK_MS		5	/* how often workers are looked at, */
#define PATIENCE	5	/* and how often in vain, until one is ended */
#define DEATH_LOOKS	2000	/* to be gone after that */

struct shared *shared;
static pid_t workers[MAX_WORKERS];
static uint64_t seen[MAX_WORKERS];
static unsigned int standing[MAX_WORKERS];
static unsigned int lives, stuck;

static char command_line[4096];

/* name=NUMBER of the kernel's command line. */
static uint64_t option(const char *name, uint64_t otherwise)
{
	char key[32];
	const char *at;
	int fd = open("/proc/cmdline", O_RDONLY);

	if (fd >= 0 && read(fd, command_line, sizeof(command_line) - 1) < 0)
		perror("/proc/cmdline");
	close(fd);
	snprintf(key, sizeof(key), " %s=", name);
	at = strstr(command_line, key);
	return at ? strtoull(at + strlen(key), NULL, 0) : otherwise;
}

static void umount_all(const char *path)
{
	while (umount2(path, MNT_DETACH) == 0)
		;
}

/* Everything a worker has left in a directory, and what it has mounted there. */
static void clean(const char *path)
{
	char name[512];
	struct dirent *entry;
	DIR *dir;

	umount_all(path);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(name, sizeof(name), "%.200s/%.250s", path, entry->d_name);
		if (unlink(name))
			clean(name);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

/* What was mounted over them, too, and they themselves, to be mounted anew. */
static void mount_again(void)
{
	static const char *const places[] = {
		"/proc/sys/kernel/hostname", "/proc/meminfo", "/sys/kernel", "/sys/module", "/proc", "/sys",
	};
	unsigned int i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		umount_all(places[i]);
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	if (mount("proc", "/proc", "proc", 0, NULL) || mount("sysfs", "/sys", "sysfs", 0, NULL))
		perror("mount");
}

static void start(unsigned int place, uint64_t seed, uint64_t upto)
{
	char name[16];

	snprintf(name, sizeof(name), "/work%u", place);
	clean(name);
	mkdir(name, 0700);
	lives++;
	standing[place] = 0;
	workers[place] = fork();
	if (!workers[place]) {
		if (chdir(name))
			_exit(1);
		fuzz_calls(place, seed + lives * 1000003ULL, upto);
	}
}

/* All who have ended; orphans too. Those of the workers are marked by 0. */
static void reap(unsigned int nr)
{
	unsigned int i;
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		for (i = 0; i < nr; i++)
			if (workers[i] == pid)
				workers[i] = 0;
}

static void print_file(pid_t pid, const char *name)
{
	char path[64], text[4096] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	fd = open(path, O_RDONLY);
	if (fd >= 0 && read(fd, text, sizeof(text) - 1) > 0)
		puts(text);
	close(fd);
}

/* With what there is to know about it. */
static void give_up(unsigned int i)
{
	printf("== a worker does not die, in call %#x\n", shared->last_call[i]);
	print_file(workers[i], "status");
	print_file(workers[i], "wchan");
	print_file(workers[i], "maps");
	reboot(RB_POWER_OFF);
}

static void look_at(unsigned int i)
{
	if (shared->calls[i] != seen[i]) {
		seen[i] = shared->calls[i];
		standing[i] = 0;
		return;
	}
	if (++standing[i] == PATIENCE) {
		stuck++;
		kill(workers[i], SIGKILL);
	}
	if (standing[i] == PATIENCE + DEATH_LOOKS) {
		give_up(i);
	}
}

/* @nr workers make @calls calls in all. */
static void run_calls(uint64_t seed, unsigned int nr, uint64_t calls)
{
	unsigned int i, left = nr;
	uint64_t upto[MAX_WORKERS];

	for (i = 0; i < nr; i++)
		upto[i] = shared->calls[i] + calls / nr;
	while (left) {
		left = nr;
		reap(nr);
		for (i = 0; i < nr; i++) {
			if (workers[i])
				look_at(i);
			else if (shared->calls[i] < upto[i])
				start(i, seed, upto[i]);
			else
				left--;
		}
		usleep(LOOK_MS * 1000);
	}
	kill(-1, SIGKILL);		/* children that they have left */
	while (waitpid(-1, NULL, 0) > 0)
		;
	for (i = 0; i < nr; i++) {
		char name[16];

		snprintf(name, sizeof(name), "/work%u", i);
		clean(name);
	}
	mount_again();
}

static void run_images(uint64_t seed, unsigned int images)
{
	pid_t pid;

	mkdir("/images", 0700);
	if (!(pid = fork())) {
		if (chdir("/images"))
			_exit(1);
		fuzz_images("/tiny", seed, images / 2);
		fuzz_images("/tiny-pie", seed + 1, images - images / 2);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	clean("/images");
}

static long free_kb(void)
{
	struct sysinfo info;

	sysinfo(&info);
	return info.freeram / 1024 * info.mem_unit;
}

/* It waits for so many interrupts that it won't end: so a thread, which no kill() of ours reaches. */
static void *load_rtc(void *unused)
{
	int fd = open("/rtc.ko", O_RDONLY);

	if (fd < 0 || syscall(SYS_finit_module, fd, "rate=1024 count=2000000000", 0))
		printf("== no rtc.ko\n");
	return unused;
}

int main(void)
{
	uint64_t seed, calls;
	unsigned int images, nr;
	pthread_t thread;
	long before;

	setbuf(stdout, NULL);
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	seed = option("seed", 1);
	calls = option("calls", 20000);
	images = option("images", 1000);
	nr = option("workers", 2);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	printf("== seed %llu, %llu calls, %u images, %u workers\n", (unsigned long long)seed,
	       (unsigned long long)calls, images, nr);
	pthread_create(&thread, NULL, load_rtc, NULL);
	run_calls(seed, nr, calls / 4);
	run_images(seed, images / 4);
	before = free_kb();
	run_images(seed + 2, images - images / 4);
	run_calls(seed + 3, nr, calls - calls / 4);
	printf("== images %llu, of which ran %llu\n", (unsigned long long)shared->execs,
	       (unsigned long long)shared->ran);
	printf("== calls %llu, by %u processes, of which stood still %u\n",
	       (unsigned long long)(shared->calls[0] + shared->calls[1] + shared->calls[2] + shared->calls[3] +
				    shared->calls[4] + shared->calls[5] + shared->calls[6] + shared->calls[7]),
	       lives, stuck);
	printf("== missing %ld kB\n", before - free_kb());
	printf("== all done\n");
	reboot(RB_POWER_OFF);
	return 1;
}
