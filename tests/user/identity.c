/* SPDX-License-Identifier: MIT */
/* For row I1: time, limits, scheduling, names and numbers of a process; and /proc of itself. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "show.h"

static void *volatile bad = (void *)16;

static void clocks(void)
{
	static const int all[] = { 0, 1, 2, 3, 4, 5, 6, 7, 11 };
	struct timespec a, b, len = { 0, 1000000 }, neg = { -1, 0 }, big = { 0, 1000000000 };
	struct timeval tv;
	unsigned int i;

	printf("-- clocks\n");
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		SHOW(syscall(SYS_clock_gettime, all[i], &a));
		syscall(SYS_clock_gettime, all[i], &b);
		printf("goes on: %d\n", b.tv_sec > a.tv_sec || (b.tv_sec == a.tv_sec && b.tv_nsec >= a.tv_nsec));
		SHOW(syscall(SYS_clock_getres, all[i], &a));
		printf("resolution: %ld.%09ld\n", (long)a.tv_sec, a.tv_nsec);
	}
	SHOW(syscall(SYS_clock_gettime, 99, &a));
	SHOW(syscall(SYS_clock_gettime, 0, bad));
	SHOW(syscall(SYS_clock_settime, 1, &a));
	SHOW(syscall(SYS_clock_settime, 0, bad));
	SHOW(syscall(SYS_gettimeofday, &tv, NULL));
	SHOW(syscall(SYS_gettimeofday, bad, NULL));
	SHOW(time(NULL) >= tv.tv_sec);
	SHOW(syscall(SYS_nanosleep, &len, NULL));
	SHOW(syscall(SYS_nanosleep, &neg, NULL));
	SHOW(syscall(SYS_nanosleep, &big, NULL));
	SHOW(syscall(SYS_nanosleep, bad, NULL));
	clock_gettime(CLOCK_MONOTONIC, &a);
	SHOW(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &len, NULL));
	clock_gettime(CLOCK_MONOTONIC, &b);
	printf("not too early: %d\n",
	       (b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec - a.tv_nsec >= len.tv_nsec);
	SHOW(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &a, NULL));
	SHOW(syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &len, NULL));
	SHOW(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC_RAW, 0, &len, NULL));
	SHOW(syscall(SYS_clock_nanosleep, 99, 0, &len, NULL));
}

static void limits(void)
{
	struct rlimit r, wrong = { 10, 5 };
	struct rusage ru;
	int status;

	printf("-- limits\n");
	getrlimit(RLIMIT_NOFILE, &r);
	r.rlim_cur = 16;
	SHOW(setrlimit(RLIMIT_NOFILE, &r));
	SHOW(dup2(1, 16));
	SHOW(fcntl(1, F_DUPFD, 16));
	SHOW(prlimit(0, RLIMIT_NOFILE, NULL, &r));
	printf("files: %ld\n", (long)r.rlim_cur);
	SHOW(setrlimit(RLIMIT_NOFILE, &wrong));
	SHOW(getrlimit(77, &r));
	SHOW(syscall(SYS_prlimit64, 0, RLIMIT_CORE, bad, NULL));
	SHOW(syscall(SYS_prlimit64, 999999, RLIMIT_CORE, NULL, NULL));
	SHOW(getrusage(RUSAGE_SELF, &ru));
	printf("has memory: %d\n", ru.ru_maxrss > 0);
	SHOW(getrusage(RUSAGE_CHILDREN, &ru));
	SHOW(getrusage(5, &ru));
	SHOW(times(NULL) != -1);
	if (!fork())
		_exit(0);
	wait4(-1, &status, 0, &ru);
	printf("child: %#x\n", status);
}

static void scheduling(void)
{
	struct sched_param param = { 0 };
	unsigned long mask[128] = { 0 };
	long len;

	printf("-- scheduling\n");
	SHOW(sched_yield());
	SHOW(sched_getscheduler(0));
	SHOW(sched_getscheduler(-1));
	SHOW(sched_getscheduler(999999));
	SHOW(sched_getparam(0, &param));
	SHOW(sched_getparam(0, NULL));
	SHOW(sched_setscheduler(0, SCHED_BATCH, &param));
	SHOW(sched_getscheduler(0));
	SHOW(sched_setscheduler(0, SCHED_OTHER, &param));
	SHOW(sched_setscheduler(0, 77, &param));
	SHOW(sched_get_priority_max(SCHED_FIFO));
	SHOW(sched_get_priority_min(SCHED_RR));
	SHOW(sched_get_priority_max(SCHED_OTHER));
	SHOW(sched_get_priority_max(77));
	SHOW(getpriority(PRIO_PROCESS, 0));
	SHOW(setpriority(PRIO_PROCESS, 0, 5));
	SHOW(getpriority(PRIO_PROCESS, 0));
	SHOW(setpriority(PRIO_PROCESS, 0, 100));
	SHOW(getpriority(PRIO_PROCESS, 0));
	SHOW(setpgid(0, 0));	/* that of init is the kernel's own tasks' on Linux */
	SHOW(getpriority(PRIO_PGRP, 0));
	SHOW(getpriority(7, 0));
	SHOW(getpriority(PRIO_PROCESS, 999999));
	len = syscall(SYS_sched_getaffinity, 0, sizeof(mask), mask);
	printf("CPUs: %d\n", len > 0 && mask[0] != 0);
	SHOW(syscall(SYS_sched_getaffinity, 0, 1, mask));
	mask[0] &= -mask[0];
	SHOW(syscall(SYS_sched_setaffinity, 0, 8, mask));
	printf("there: %d\n", 1UL << sched_getcpu() == mask[0]);
	mask[0] = 0;
	SHOW(syscall(SYS_sched_setaffinity, 0, 8, mask));
	SHOW(syscall(SYS_sched_setaffinity, 999999, 8, mask));
}

static void identity(void)
{
	char name[32] = "", buf[16];
	struct utsname u;
	struct sysinfo si;
	int sig = 1;

	printf("-- identity\n");
	SHOW(prctl(PR_SET_NAME, "a name that is too long"));
	SHOW(prctl(PR_GET_NAME, name));
	printf("name: %s\n", name);
	SHOW(prctl(PR_SET_NAME, bad));
	SHOW(prctl(PR_GET_PDEATHSIG, &sig));
	SHOW(prctl(PR_SET_PDEATHSIG, 9));
	SHOW(prctl(PR_GET_PDEATHSIG, &sig));
	printf("signal: %d\n", sig);
	SHOW(prctl(PR_SET_PDEATHSIG, 100));
	SHOW(prctl(PR_GET_DUMPABLE));
	SHOW(prctl(PR_SET_DUMPABLE, 7));
	SHOW(prctl(12345, 0, 0, 0, 0));
	SHOW(uname(&u));
	printf("%s on %s\n", u.sysname, u.machine);
	SHOW(syscall(SYS_uname, bad));
	SHOW(syscall(SYS_sethostname, "x", -1));
	SHOW(syscall(SYS_sysinfo, &si));
	printf("memory: %d, processes: %d\n", si.totalram * si.mem_unit > 1000000, si.procs > 0);
	SHOW(syscall(SYS_sysinfo, bad));
	SHOW(getrandom(buf, sizeof(buf), 0));
	SHOW(getrandom(buf, sizeof(buf), 0x80));
	SHOW(syscall(SYS_getrandom, bad, 16, 0));
	SHOW(syscall(SYS_getgroups, -1, NULL));
	SHOW(syscall(SYS_capget, bad, NULL));
	SHOW(syscall(SYS_getcpu, bad, NULL, NULL));
	SHOW(syscall(SYS_syslog, 99, NULL, 0));
	printf("ids: %d\n", getuid() == geteuid() && getgid() == getegid());
}

/* A file from its last slash on, NULs shown as '|'. */
static void show_file(const char *name)
{
	char buf[4096];
	int fd = open(name, O_RDONLY), n, i;

	n = read(fd, buf, sizeof(buf) - 1);
	close(fd);
	printf("%s: ", name);
	for (i = n; i > 0 && buf[i - 1] != '/'; i--)
		;
	for (; i < n; i++)
		putchar(buf[i] ? buf[i] : '|');
	printf("\n");
}

static void proc(const char *self)
{
	char path[64], link[256], target[256] = "", line[4096];
	struct stat a, b;
	FILE *f;
	int pid = 0, ppid = 0, fields = 0, n;
	char comm[64] = "", state = 0, *p;

	printf("-- proc\n");
	n = readlink("/proc/self", link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = 0;
	printf("self: %d\n", atoi(link) == getpid());
	prctl(PR_SET_NAME, "a (b) c");
	show_file("/proc/self/comm");
	show_file("/proc/self/cmdline");
	f = fopen("/proc/self/stat", "r");
	fgets(line, sizeof(line), f);
	fclose(f);
	sscanf(line, "%d (%63[^\n]", &pid, comm);
	p = strrchr(line, ')');
	sscanf(p + 2, "%c %d", &state, &ppid);
	for (; *p; p++)
		fields += *p == ' ';
	printf("stat: %d %d %c, fields after the name: %d\n", pid == getpid(), ppid == getppid(), state, fields);
	sprintf(path, "/proc/%d/exe", getpid());
	printf("exe: %d\n", !stat(path, &a) && !stat(self, &b) && a.st_ino == b.st_ino);
	printf("cwd: %d\n", !stat("/proc/self/cwd", &a) && !stat(".", &b) && a.st_ino == b.st_ino);
	n = open(self, O_RDONLY);
	sprintf(path, "/proc/self/fd/%d", n);
	printf("fd: %d\n", !stat(path, &a) && !stat(self, &b) && a.st_ino == b.st_ino);
	SHOW(readlink(path, target, sizeof(target) - 1) > 0);
	printf("ends alike: %d\n", !strcmp(strrchr(target, '/'), strrchr(self, '/')));
	close(n);
	SHOW(access(path, F_OK));
	SHOW(access("/proc/self/nothing", F_OK));
	SHOW(access("/proc/999999", F_OK));
	SHOW(access("/proc/01", F_OK));
	sprintf(path, "/proc/self/task/%d/stat", getpid());
	SHOW(access(path, R_OK));
	SHOW(open("/proc/self/stat", O_WRONLY | O_CREAT | O_EXCL, 0600));
	SHOW(mkdir("/proc/self/x", 0755));
	f = fopen("/proc/self/status", "r");
	while (fgets(line, sizeof(line), f))
		if (!strncmp(line, "Name:", 5) || !strncmp(line, "Threads:", 8) || !strncmp(line, "State:", 6))
			printf("%s", line);
	fclose(f);
	f = fopen("/proc/self/maps", "r");
	for (n = 0; fgets(line, sizeof(line), f); )
		n += strstr(line, "[stack]") || strstr(line, "[heap]");
	fclose(f);
	printf("heap and stack: %d\n", n);
}

int main(int argc, char **argv)
{
	setbuf(stdout, NULL);
	free(malloc(1));
	clocks();
	limits();
	scheduling();
	identity();
	proc(argv[0]);
	return 0;
}
