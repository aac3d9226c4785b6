/* SPDX-License-Identifier: MIT */
/* The softirq pending word: one bit a softirq, in the CPU's hot line, changed by one instruction. */
#ifndef _ASM_X86_HARDIRQ_H
#define _ASM_X86_HARDIRQ_H

#include <linux/percpu-defs.h>
#include <asm/current.h>

#define local_softirq_pending()		raw_cpu_read_4(pcpu_hot.softirq_pending)
#define any_softirq_pending()		raw_cpu_nonzero_4(pcpu_hot.softirq_pending)
#define set_softirq_pending(x)		raw_cpu_write_4(pcpu_hot.softirq_pending, (x))
/* Of a CPU that is off line. */
#define per_cpu_softirq_pending(cpu)	per_cpu(pcpu_hot, cpu).softirq_pending

#define or_softirq_pending(x)		raw_cpu_or_4(pcpu_hot.softirq_pending, (x))

#endif
