/* SPDX-License-Identifier: MIT */
/*
 * The system calls: what the arguments of each are to be like, and how often it did what it is for.
 *
 * A letter stands for an argument (argument_like()); in front of them
 *	!	it may wait, and is made less often
 *	-	never made: it ends somebody, or the machine, or only frames.c knows how
 *	~	it does not return 0 or more when all is well: EINTR is what is to be seen
 *	?	no file system here does it
 * Calls that the kernel has not are here too, as far as they may come.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "fuzz.h"

/* From ERESTARTSYS on: what the kernel tells itself. */
#define FIRST_OWN_ERROR	512
#define LAST_OWN_ERROR	531

const struct call calls[] = {
	{ "unknown", "" },
	{ "access", "sk" }, { "alarm", "k" }, { "arch_prctl", "Bb" }, { "brk", "b" }, { "capget", "hb" },
	{ "capset", "h+" }, { "chdir", "s" }, { "chmod", "sM" }, { "chown", "suu" }, { "chroot", "!s" },
	{ "clock_getres", "cb" }, { "clock_gettime", "cb" }, { "clock_nanosleep", "!cztb" },
	{ "clock_settime", "c$" }, { "clone", "!lbbbb" }, { "clone3", "!CZ" }, { "close", "f" },
	{ "close_range", "ffk" }, { "copy_file_range", "|W|Wnz" }, { "creat", "wM" },
	{ "delete_module", "(z" }, { "dup", "f" }, { "dup2", "ff" }, { "dup3", "ffO" },
	{ "epoll_create", "k" }, { "epoll_create1", "O" }, { "epoll_ctl", "e6fE" },
	{ "epoll_pwait", "!eEk1gG" }, { "epoll_pwait2", "!eEktgG" }, { "epoll_wait", "!eEk1" },
	{ "eventfd", "k" }, { "eventfd2", "kO" }, { "execve", "!=HH" }, { "execveat", "-" },
	{ "exit", "-" }, { "exit_group", "-" }, { "faccessat", "dsk" }, { "faccessat2", "dskx" },
	{ "fadvise64", "fook" }, { "fallocate", "?fzoo" }, { "fchdir", "d" }, { "fchmod", "fM" },
	{ "fchmodat", "dsM" }, { "fchown", "fuu" }, { "fchownat", "dsuux" }, { "fcntl", "fJj" },
	{ "fdatasync", "f" }, { "finit_module", "!8-z" }, { "flock", "!fk" }, { "fork", "!" },
	{ "fstat", "fb" }, { "fstatfs", "fb" }, { "fsync", "f" }, { "ftruncate", "fo" },
	{ "futex", "!UFktUk" }, { "futimesat", "dsv" }, { "get_robust_list", "ibb" }, { "getcpu", "bbz" },
	{ "getcwd", "bn" }, { "getdents", "dbn" }, { "getdents64", "dbn" }, { "getegid", "" },
	{ "geteuid", "" }, { "getgid", "" }, { "getgroups", "kb" }, { "getitimer", "kb" },
	{ "getpgid", "i" }, { "getpgrp", "" }, { "getpid", "" }, { "getppid", "" },
	{ "getpriority", "ki" }, { "getrandom", "bnk" }, { "getresgid", "bbb" }, { "getresuid", "bbb" },
	{ "getrlimit", "rb" }, { "getrusage", "kb" }, { "getsid", "i" }, { "gettid", "" },
	{ "gettimeofday", "bb" }, { "getuid", "" }, { "init_module", "!@#-" }, { "inotify_add_watch", "^s:" },
	{ "inotify_init", "" }, { "inotify_init1", "O" }, { "inotify_rm_watch", "^<" }, { "ioctl", "*Kj" },
	{ "kexec_file_load", "-" }, { "kexec_load", "-" }, { "kill", "iS" }, { "lchown", "suu" },
	{ "link", "sw" }, { "linkat", "dsdwx" }, { "lseek", "fok" }, { "lstat", "sb" }, { "madvise", "ALk" },
	{ "membarrier", "xzk" }, { "memfd_create", "sk" }, { "mincore", "ALb" }, { "mkdir", "wM" },
	{ "mkdirat", "dwM" }, { "mknod", "wQX" }, { "mknodat", "dwQX" }, { "mlock", "AL" },
	{ "mlock2", "ALk" }, { "mlockall", "k" }, { "mmap", "ALpmfT" }, { "mount", "s7yxb" },
	{ "mprotect", "ALp" }, { "mremap", "ALLkA" }, { "msync", "ALk" }, { "munlock", "AL" },
	{ "munlockall", "" }, { "munmap", "AL" }, { "nanosleep", "!tb" }, { "newfstatat", "dsbx" },
	{ "open", "sOM" }, { "openat", "dsOM" }, { "pause", "~" }, { "personality", "z" }, { "pipe", "b" },
	{ "pipe2", "bO" }, { "poll", "!Pk1" }, { "ppoll", "!PktgG" }, { "prctl", "%kkzz" },
	{ "pread64", "fbno" }, { "preadv", "fVNoz" }, { "prlimit64", "zrRb" }, { "pselect6", "!kDDDt&" },
	{ "pwrite64", "fbno" }, { "pwritev", "fVNoz" }, { "read", "!fbn" }, { "readlink", "sbn" },
	{ "readlinkat", "dsbn" }, { "readv", "!fVN" }, { "reboot", "kkkz" }, { "rename", "sw" },
	{ "renameat", "dsdw" }, { "renameat2", "dsdwk" }, { "restart_syscall", "~" }, { "rmdir", "s" },
	{ "rseq", "][<{" }, { "rt_sigaction", "SabG" }, { "rt_sigpending", "gG" },
	{ "rt_sigprocmask", "<gbG" }, { "rt_sigqueueinfo", "iSq" }, { "rt_sigreturn", "-" },
	{ "rt_sigsuspend", "~gG" }, { "rt_sigtimedwait", "gbtG" }, { "rt_tgsigqueueinfo", "iiSq" },
	{ "sched_get_priority_max", "k" }, { "sched_get_priority_min", "k" }, { "sched_getaffinity", "inb" },
	{ "sched_getparam", "ib" }, { "sched_getscheduler", "i" }, { "sched_rr_get_interval", "ib" },
	{ "sched_setaffinity", "iGg" }, { "sched_setattr", "-" }, { "sched_setparam", "i0" },
	{ "sched_setscheduler", "ik0" }, { "sched_yield", "" }, { "select", "!kDDDv" },
	{ "sendfile", "ffWn" }, { "set_robust_list", "b2" }, { "set_tid_address", "b" },
	{ "setdomainname", "bk" }, { "setfsgid", "u" }, { "setfsuid", "u" }, { "setgid", "u" },
	{ "setgroups", "k0" }, { "sethostname", "bk" }, { "setitimer", "zvb" }, { "setpgid", "ii" },
	{ "setpriority", "kik" }, { "setregid", "uu" }, { "setresgid", "uuu" }, { "setresuid", "uuu" },
	{ "setreuid", "uu" }, { "setrlimit", "rR" }, { "setsid", "!" }, { "settimeofday", "$z" },
	{ "setuid", "u" }, { "sigaltstack", "3b" }, { "signalfd", "9gG" }, { "signalfd4", "9gGO" },
	{ "splice", "fWfWnk" }, { "stat", "sb" }, { "statfs", "sb" }, { "statx", "dsxxb" },
	{ "swapon", "-" }, { "symlink", "sw" }, { "symlinkat", "sdw" }, { "sync", "" }, { "syncfs", "f" },
	{ "sysinfo", "b" }, { "syslog", "kbn" }, { "tee", "ffnk" }, { "tgkill", "iiS" }, { "time", "b" },
	{ "timer_create", "c4b" }, { "timer_delete", "!I" }, { "timer_getoverrun", "I" },
	{ "timer_gettime", "Ib" }, { "timer_settime", "Izvb" }, { "timerfd_create", "cO" },
	{ "timerfd_gettime", ")b" }, { "timerfd_settime", ")zvb" }, { "times", "b" }, { "tkill", "iS" },
	{ "truncate", "so" }, { "umask", "M" }, { "umount2", "7k" }, { "uname", "b" }, { "unlink", "s" },
	{ "unlinkat", "dsx" }, { "utime", "sv" }, { "utimensat", "dsvx" }, { "utimes", "sv" },
	{ "vfork", "!" }, { "vhangup", "-" }, { "vmsplice", "fVNk" }, { "wait4", "!>bzb" },
	{ "waitid", "!<>b/b" }, { "write", "!fbn" }, { "writev", "!fVN" },
	{ "compat_get_thread_area", "5" }, { "compat_set_thread_area", "5" },
};
const unsigned int nr_calls = sizeof(calls) / sizeof(calls[0]);

uint16_t calls_64[NR_NUMBERS], calls_32[NR_NUMBERS];
static uint16_t numbers_64[sizeof(calls) / sizeof(calls[0])], numbers_32[sizeof(calls) / sizeof(calls[0])];

static const char *const names_64[NR_NUMBERS] = {
#define SYSCALL(nr, name)	[nr] = #name,
#include "syscalls_64.h"
#undef SYSCALL
};
static const char *const functions_32[NR_NUMBERS] = {
#define SYSCALL(nr, name, function)	[nr] = #function,
#include "syscalls_32.h"
#undef SYSCALL
};

static void find(const char *const *names, uint16_t *of_number, uint16_t *of_call)
{
	unsigned int nr, i;

	for (nr = 0; nr < NR_NUMBERS; nr++) {
		for (i = 1; names[nr] && i < nr_calls; i++) {
			if (strcmp(names[nr], calls[i].name))
				continue;
			of_number[nr] = i;
			of_call[i] = nr;
		}
	}
}

/* prepare_table - numbers to calls and back: by the kernel's own lists */
void prepare_table(void)
{
	find(names_64, calls_64, numbers_64);
	find(functions_32, calls_32, numbers_32);
}

/**
 * number_of - the number of a call
 * @call: its place in the table
 * @compat: for INT 0x80; otherwise, and where that has none, for SYSCALL
 *
 * Return: the number, -1 if it has none there.
 */
int number_of(unsigned int call, int compat)
{
	const uint16_t *of = compat ? calls_32 : calls_64;
	unsigned int nr = (compat ? numbers_32 : numbers_64)[call];

	return of[nr] == call ? (int)nr : -1;
}

/* note_result - a call has returned */
void note_result(unsigned int call, long result)
{
	struct record *record = &shared->records[call];

	__atomic_fetch_add(&record->made, 1, __ATOMIC_RELAXED);
	if (result >= 0 || result < -4095)
		__atomic_fetch_add(&record->well, 1, __ATOMIC_RELAXED);
	else if (-result < NR_ERRNOS)
		record->errnos[-result] = 1;
	else if (-result >= FIRST_OWN_ERROR && -result <= LAST_OWN_ERROR)
		shared->strange = (uint64_t)call << 32 | -result;
}

/* Return: the kernel has it. What it has not is ENOSYS always, and nothing else. */
static int is_implemented(const struct record *record)
{
	unsigned int err;

	for (err = 1; err < NR_ERRNOS; err++)
		if (record->errnos[err] && err != ENOSYS)
			return 1;
	return record->well != 0;
}

static int ever_went_well(unsigned int call)
{
	const struct record *record = &shared->records[call];

	return record->well || (calls[call].like[0] == '~' && record->errnos[EINTR]) ||
	       calls[call].like[0] == '?';
}

static unsigned int print_errnos(const struct record *record, int print)
{
	unsigned int err, n = 0;

	for (err = 1; err < NR_ERRNOS; err++) {
		if (!record->errnos[err])
			continue;
		n++;
		if (print)
			printf(" %s", strerrorname_np(err));
	}
	return n;
}

/**
 * report_coverage - what came of the calls
 * @all: a line for each
 */
void report_coverage(int all)
{
	unsigned int call, implemented = 0, errnos = 0;

	for (call = 1; call < nr_calls; call++) {
		const struct record *record = &shared->records[call];

		if (!is_implemented(record))
			continue;
		implemented++;
		errnos += print_errnos(record, 0);
		if (!all && ever_went_well(call))
			continue;
		printf("== %s %s: made %u, well %u,", ever_went_well(call) ? "call" : "never well:",
		       calls[call].name, record->made, record->well);
		print_errnos(record, 1);
		printf("\n");
	}
	printf("== covered %u calls, %u ways for them to fail\n", implemented, errnos);
	if (shared->strange)
		printf("== strange: %s returned %d\n", calls[shared->strange >> 32].name,
		       -(int)shared->strange);
}
