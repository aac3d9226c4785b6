/* SPDX-License-Identifier: MIT */
/* Random numbers, and what makes them so. drivers/char/random/ */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/types.h>
#include <linux/errno.h>
#include <uapi/linux/random.h>

/* What nobody can tell from outside: it is stirred in, and some of it counted as entropy. */
void add_device_randomness(const void *buf, size_t len);
void add_bootloader_randomness(const void *buf, size_t len);
void add_input_randomness(unsigned int type, unsigned int code, unsigned int value);
void add_interrupt_randomness(int irq);
void add_hwgenerator_randomness(const void *buf, size_t len, size_t entropy);

/* The interrupt layer samples the arrival of one in so many of a line's interrupts. */
#define INTERRUPTS_PER_SAMPLE	64

/* Until there has been enough entropy these give what could be guessed, and do not wait. */
void get_random_bytes(void *buf, size_t len);
u8 get_random_u8(void);
u16 get_random_u16(void);
u32 get_random_u32(void);
u64 get_random_u64(void);

#define get_random_int()	get_random_u32()

static inline unsigned long get_random_long(void)
{
	return sizeof(long) == 8 ? get_random_u64() : get_random_u32();
}

/* For stack guards: the byte that comes first in memory is zero, and ends a string. */
static inline unsigned long get_random_canary(void)
{
	return get_random_long() & ~0xffUL;
}

bool rng_is_initialized(void);
int wait_for_random_bytes(void);

/* Wait, then call. Return: 0, or -ERESTARTSYS when a signal came. */
static inline int get_random_bytes_wait(void *buf, size_t nbytes)
{
	int ret = wait_for_random_bytes();

	get_random_bytes(buf, nbytes);
	return ret;
}

#define declare_get_random_var_wait(name, ret_type)			\
static inline int get_random_##name##_wait(ret_type *out)		\
{									\
	int ret = wait_for_random_bytes();				\
									\
	if (ret)							\
		return ret;						\
	*out = get_random_##name();					\
	return 0;							\
}
declare_get_random_var_wait(u8, u8)
declare_get_random_var_wait(u16, u16)
declare_get_random_var_wait(u32, u32)
declare_get_random_var_wait(u64, u64)
declare_get_random_var_wait(int, unsigned int)
declare_get_random_var_wait(long, unsigned long)
#undef declare_get_random_var_wait

/* Fill user memory: for getrandom() and /dev/random. */
ssize_t get_random_bytes_user(char __user *buf, size_t count);

struct file_operations;
extern const struct file_operations random_fops, urandom_fops;

#include <linux/prandom.h>

#endif
