/* SPDX-License-Identifier: MIT */
/* Asking the kernel after all. */
#ifndef _X86_VDSO_SYSCALL_H
#define _X86_VDSO_SYSCALL_H

#define __NR_gettimeofday	96
#define __NR_clock_gettime	228
#define __NR_clock_getres	229

static inline long system_call(long nr, long a, long b)
{
	long ret;

	__asm__ __volatile__("syscall" : "=a" (ret) : "0" (nr), "D" (a), "S" (b)
			     : "rcx", "r11", "memory");
	return ret;
}

/* Nobody includes these: they are called by programs. */
struct __kernel_timespec;
struct __kernel_old_timeval;
struct timezone;
int __vdso_clock_gettime(clockid_t clock, struct __kernel_timespec *ts);
int __vdso_clock_getres(clockid_t clock, struct __kernel_timespec *res);
int __vdso_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz);
long __vdso_time(long *to);
long __vdso_getcpu(unsigned int *cpu, unsigned int *node, void *unused);

#endif
