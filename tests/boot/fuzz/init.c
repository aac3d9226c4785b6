/* SPDX-License-Identifier: MIT */
/*
 * /init of the machine that is fuzzed: keeps workers making system calls, returning by spoilt signal
 * frames, and running spoilt images, while the real-time clock interrupts; and looks what became of the
 * memory. seed=, calls=, images=, frames=, workers= come from the kernel's command line, and coverage=1 to have a line
 * for each call.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
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
#define NUDGE		2	/* how often in vain, until one is interrupted, */
#define PATIENCE	6	/* and ended, */
#define DEATH_LOOKS	12000	/* to be gone after that: a host may be busy */
#define PROGRESS	100000
#define ENOUGH_KB	2048	/* that may be missing: caches */

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

static void copy(const char *from, const char *to)
{
	static char data[64 << 10];
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT, 0700);
	ssize_t n = read(in, data, sizeof(data));

	if (n <= 0 || write(out, data, n) != n)
		_exit(1);
	close(in);
	close(out);
}

static void umount_all(const char *path)
{
	while (umount2(path, MNT_DETACH) == 0)
		;
}

static int is_ours(const char *name)
{
	static const char *const names[] = {
		".", "..", "dev", "proc", "sys", "root", "init", "tiny", "tiny-pie", "rtc.ko", "nothing.ko",
	};
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return 1;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	umount_all(path);
	if (remove(path) && errno != ENOENT)
		perror(path);
	return 0;
}

/* Workers come out of their directory now and then. What they left in ours is not missing memory. */
static void clean_root(void)
{
	struct dirent *entry;
	DIR *dir = opendir("/");

	while (dir && (entry = readdir(dir))) {
		char path[300];

		snprintf(path, sizeof(path), "/%s", entry->d_name);
		if (is_ours(entry->d_name))
			continue;
		umount_all(path);
		nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	}
	if (dir)
		closedir(dir);
}

/* A file system in memory, with the machine's own in it, and with what workers are to find. */
static void enter(const char *path)
{
	if (mkdir(path, 0700) && errno != EEXIST)
		_exit(1);
	if (mount("worker", path, "tmpfs", 0, NULL) || chdir(path) || mkdir("proc", 0755) || mkdir("sys", 0755) ||
	    mount("proc", "proc", "proc", 0, NULL) || mount("sysfs", "sys", "sysfs", 0, NULL) || mkdir("w", 0700))
		_exit(1);
	copy("/nothing.ko", "nothing.ko");
	copy("/tiny", "w/tiny");
	copy("/tiny-pie", "w/tiny-pie");
	if (chroot(".") || chdir("w"))
		_exit(1);
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
	if (mount("proc", "/proc", "proc", 0, NULL) || mount("sysfs", "/sys", "sysfs", 0, NULL))
		perror("mount");
}

typedef void (*work_fn)(unsigned int place, uint64_t seed, uint64_t upto);

static void start(work_fn work, unsigned int place, uint64_t seed, uint64_t upto)
{
	char name[16];

	snprintf(name, sizeof(name), "/work%u", place);
	umount_all(name);
	standing[place] = 0;
	workers[place] = fork();
	if (workers[place] < 0) {
		workers[place] = 0;	/* there will be memory, as others end */
		return;
	}
	lives++;
	if (!workers[place]) {
		signal(SIGUSR1, SIG_IGN);
		enter(name);
		work(place, seed + lives * 1000003ULL, upto);
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

static void print_file(const char *path)
{
	static char text[16384];
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, text, sizeof(text) - 1);

	if (n > 0)
		printf("%s:\n%.*s\n", path, (int)n, text);
	close(fd);
}

static void print_of_process(pid_t pid, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/all/%d/%s", pid, name);
	print_file(path);
}

/* Names that are there, with the sizes of files. */
static void list(const char *path)
{
	struct dirent *entry;
	struct stat st;
	DIR *dir = opendir(path);

	while (dir && (entry = readdir(dir)))
		if (!fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
			printf("%s %ld\n", entry->d_name, (long)st.st_size);
	if (dir)
		closedir(dir);
}

/* With what there is to know about it. */
static void give_up(unsigned int i)
{
	int fd;

	printf("== a worker does not die: %d, in call %#x\n", workers[i], shared->last_call[i]);
	/* What /proc is now nobody knows. */
	mkdir("/all", 0700);
	mount("proc", "/all", "proc", 0, NULL);
	print_of_process(workers[i], "status");
	print_of_process(workers[i], "wchan");
	print_of_process(workers[i], "maps");
	/* All tasks and all locks. */
	fd = open("/all/sysrq-trigger", O_WRONLY);
	if (write(fd, "t", 1) != 1 || write(fd, "d", 1) != 1)
		perror("sysrq-trigger");
	close(fd);
	reboot(RB_POWER_OFF);
}

static void look_at(unsigned int i)
{
	if (shared->calls[i] != seen[i]) {
		seen[i] = shared->calls[i];
		standing[i] = 0;
		return;
	}
	if (++standing[i] == NUDGE)
		kill(workers[i], SIGUSR1);
	if (standing[i] == PATIENCE) {
		stuck++;
		kill(workers[i], SIGKILL);
	}
	if (standing[i] == PATIENCE + DEATH_LOOKS)
		give_up(i);
}

static uint64_t done(void)
{
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < MAX_WORKERS; i++)
		sum += shared->calls[i];
	return sum;
}

/* For who waits: a line for each so many. */
static void show_progress(void)
{
	static uint64_t shown;

	if (done() - shown < PROGRESS)
		return;
	shown = done();
	printf("== %llu calls and frames made\n", (unsigned long long)shown);
}

/* @nr workers do @calls pieces of work in all. */
static void run_workers(work_fn work, uint64_t seed, unsigned int nr, uint64_t calls)
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
				start(work, i, seed, upto[i]);
			else
				left--;
		}
		show_progress();
		usleep(LOOK_MS * 1000);
	}
	kill(-1, SIGKILL);		/* children that they have left */
	while (waitpid(-1, NULL, 0) > 0)
		;
	for (i = 0; i < nr; i++) {
		char name[16];

		snprintf(name, sizeof(name), "/work%u", i);
		umount_all(name);
		rmdir(name);
	}
	clean_root();
	mount_again();
}

static void run_images(uint64_t seed, unsigned int images)
{
	pid_t pid;

	if (!(pid = fork())) {
		enter("/images");
		fuzz_images("tiny", seed, images / 2);
		fuzz_images("tiny-pie", seed + 1, images - images / 2);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	umount_all("/images");
	rmdir("/images");
}

static long free_kb(void)
{
	struct sysinfo info;

	sysinfo(&info);
	return info.freeram / 1024 * info.mem_unit;
}

static void report_memory(long missing)
{
	printf("== missing %ld kB\n", missing);
	if (missing < ENOUGH_KB)
		return;
	/* Where it may be. */
	print_file("/proc/meminfo");
	print_file("/proc/slabinfo");
	print_file("/proc/mounts");
	print_file("/proc/modules");
	list("/");
	list("/dev");
}

/* It waits for so many interrupts that it won't end: so a thread, which no kill() of ours reaches. */
static void *load_rtc(void *unused)
{
	int fd = open("/rtc.ko", O_RDONLY);
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	if (fd < 0 || syscall(SYS_finit_module, fd, "rate=1024 count=2000000000", 0))
		perror("== no rtc.ko");
	return unused;
}

static void set_up(void)
{
	setbuf(stdout, NULL);
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	prepare_table();
}

int main(void)
{
	uint64_t seed, calls, frames;
	unsigned int images, nr;
	pthread_t thread;
	long before;

	set_up();
	seed = option("seed", 1);
	calls = option("calls", 20000);
	frames = option("frames", calls / 20);
	images = option("images", 1000);
	nr = option("workers", 2);
	printf("== seed %llu, %llu calls, %llu frames, %u images, %u workers\n", (unsigned long long)seed,
	       (unsigned long long)calls, (unsigned long long)frames, images, nr);
	pthread_create(&thread, NULL, load_rtc, NULL);
	run_workers(fuzz_calls, seed, nr, calls / 4);
	run_workers(fuzz_frames, seed, nr, frames / 4);
	run_images(seed, images / 4);
	before = free_kb();
	run_images(seed + 2, images - images / 4);
	printf("== images %llu, of which ran %llu\n", (unsigned long long)shared->execs,
	       (unsigned long long)shared->ran);
	run_workers(fuzz_frames, seed + 3, nr, frames - frames / 4);
	printf("== frames %llu, of which let go on %llu\n", (unsigned long long)frames,
	       (unsigned long long)shared->frames_back);
	run_workers(fuzz_calls, seed + 4, nr, calls - calls / 4);
	printf("== calls and frames %llu, by %u processes, of which stood still %u\n",
	       (unsigned long long)done(), lives, stuck);
	report_coverage(option("coverage", 0));
	report_memory(before - free_kb());
	printf("== all done\n");
	reboot(RB_POWER_OFF);
	return 1;
}
