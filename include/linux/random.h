/* SPDX-License-Identifier: MIT */
/* Random numbers. */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/types.h>
#include <linux/errno.h>

void get_random_bytes(void *buf, size_t len);
u8 get_random_u8(void);
u16 get_random_u16(void);
u32 get_random_u32(void);
u64 get_random_u64(void);
/* Anything that differs from run to run, or comes when nobody could tell. */
void add_device_randomness(const void *buf, size_t len);

#define get_random_int()	get_random_u32()
#define get_random_bytes_wait(buf, len) ({ get_random_bytes(buf, len); 0; })

static inline unsigned long get_random_long(void)
{
	return sizeof(long) == 8 ? get_random_u64() : get_random_u32();
}

#include <linux/prandom.h>

#endif
