/* SPDX-License-Identifier: MIT */
/* What this kernel calls itself. Programs look for "Linux version" and the release. */
#include <linux/boot.h>
#include <linux/utsrelease.h>

#ifdef CONFIG_DEBUG
#define BUILD "debug"
#else
#define BUILD "release"
#endif

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

const char linux_banner[] =
	"Linux version " UTS_RELEASE " (Tophalf, " BUILD " build, " COMPILER ") #1 SMP PREEMPT\n";
