/* SPDX-License-Identifier: MIT */
/* The basic types, and the link fields of the list families. */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <uapi/linux/types.h>

#ifndef __ASSEMBLER__
#include <linux/compiler_types.h>

typedef __s8  s8;
typedef __u8  u8;
typedef __s16 s16;
typedef __u16 u16;
typedef __s32 s32;
typedef __u32 u32;
typedef __s64 s64;
typedef __u64 u64;

typedef u8  uint8_t,  u_int8_t;
typedef u16 uint16_t, u_int16_t;
typedef u32 uint32_t, u_int32_t;
typedef u64 uint64_t, u_int64_t;
typedef s8  int8_t;
typedef s16 int16_t;
typedef s32 int32_t;
typedef s64 int64_t;

typedef unsigned char  unchar, u_char;
typedef unsigned short ushort, u_short;
typedef unsigned int   uint, u_int;
typedef unsigned long  ulong, u_long;

typedef __kernel_size_t  size_t;
typedef __kernel_ssize_t ssize_t;
typedef __kernel_ptrdiff_t ptrdiff_t;
typedef unsigned long uintptr_t;
typedef long intptr_t;

typedef _Bool bool;
enum { false = 0, true = 1 };

typedef u32 __kernel_dev_t;
typedef __kernel_dev_t dev_t;
typedef unsigned short umode_t;
typedef u32 nlink_t;
typedef __kernel_loff_t loff_t;
typedef __kernel_pid_t pid_t;
typedef __kernel_time_t time_t;
typedef s64 time64_t;
typedef __kernel_clockid_t clockid_t;
typedef __kernel_uid32_t uid_t;
typedef __kernel_gid32_t gid_t;
typedef __kernel_mode_t mode_t;
typedef __kernel_off_t off_t;
typedef unsigned long ino_t;
typedef u64 sector_t;
typedef u64 blkcnt_t;

typedef u64 phys_addr_t;
typedef phys_addr_t resource_size_t;
typedef u64 dma_addr_t;
typedef unsigned int gfp_t;
typedef unsigned int slab_flags_t;
typedef unsigned int fmode_t;
typedef unsigned long irq_hw_number_t;
typedef unsigned long pgoff_t;

typedef struct { int counter; } atomic_t;
typedef struct { s64 counter; } atomic64_t;
typedef struct { uid_t val; } kuid_t;
typedef struct { gid_t val; } kgid_t;

#define ATOMIC_INIT(i)		{ (i) }

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_head {
	struct hlist_node *first;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

/**
 * struct callback_head - link and function of a deferred call (RCU, task work)
 * @next: next in its queue
 * @func: called with this structure when its time has come
 */
struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
} __aligned(sizeof(void *));
#define rcu_head callback_head

typedef void (*rcu_callback_t)(struct rcu_head *head);
typedef void (*call_rcu_func_t)(struct rcu_head *head, rcu_callback_t func);

#define DECLARE_BITMAP(name, bits) unsigned long name[((bits) + (8 * sizeof(long)) - 1) / (8 * sizeof(long))]

#endif /* !__ASSEMBLER__ */
#endif
