/* SPDX-License-Identifier: MIT */
/* Per-CPU memory at run time. Static variables: linux/percpu-defs.h. */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/percpu-defs.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/cpumask.h>

/* What one CPU's unit has room for beyond the template: modules' and dynamic variables. */
#define PERCPU_DYNAMIC_SIZE	(256 << 10)

void setup_per_cpu_areas(void);

void __percpu *__alloc_percpu(size_t size, size_t align);
void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp);
void free_percpu(void __percpu *ptr);
bool is_kernel_percpu_address(unsigned long addr);
phys_addr_t per_cpu_ptr_to_phys(void *addr);
unsigned long pcpu_bytes_taken(void);	/* of each unit, by __alloc_percpu() */

#define alloc_percpu(type) \
	((typeof(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))
#define alloc_percpu_gfp(type, gfp) \
	((typeof(type) __percpu *)__alloc_percpu_gfp(sizeof(type), __alignof__(type), gfp))

#endif
