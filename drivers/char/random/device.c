/* SPDX-License-Identifier: MIT */
/*
 * /dev/random and /dev/urandom, which differ in one thing: the first waits until the
 * generator had its first seed. And what the pool is given at boot.
 */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/ktime.h>
#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/timex.h>
#include <linux/uaccess.h>
#include <asm/archrandom.h>

#include "internals.h"

/**
 * get_random_bytes_user - fill user memory with random bytes
 *
 * Context: process. Return: how many; fewer when a signal came or a page is not there; -EFAULT
 * when that is the first.
 */
ssize_t get_random_bytes_user(char __user *buf, size_t count)
{
	u8 block[256];
	size_t done = 0;

	while (done < count) {
		size_t n = min(count - done, sizeof(block)), left;

		get_random_bytes(block, n);
		left = copy_to_user(buf + done, block, n);
		done += n - left;
		if (left)
			break;
		if (done % PAGE_SIZE == 0 && signal_pending(current))
			break;
		cond_resched();
	}
	memzero_explicit(block, sizeof(block));
	return done || !count ? (ssize_t)done : -EFAULT;
}

SYSCALL_DEFINE3(getrandom, char __user *, buf, size_t, count, unsigned int, flags)
{
	int ret;

	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE) ||
	    (flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if (!rng_is_initialized() && !(flags & GRND_INSECURE)) {
		if (flags & GRND_NONBLOCK)
			return -EAGAIN;
		ret = wait_for_random_bytes();
		if (ret)
			return ret;
	}
	return get_random_bytes_user(buf, min_t(size_t, count, INT_MAX));
}

static ssize_t random_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	int ret;

	if (!rng_is_initialized() && (file->f_flags & O_NONBLOCK))
		return -EAGAIN;
	ret = wait_for_random_bytes();
	return ret ?: get_random_bytes_user(buf, count);
}

static ssize_t urandom_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	if (!rng_is_initialized())
		pr_notice_once("random: %s: uninitialized urandom read (%zu bytes read)\n",
			       current->comm, count);
	return get_random_bytes_user(buf, count);
}

/* Return: how much was stirred in; -EFAULT when nothing could be read. */
static ssize_t write_pool(const char __user *buf, size_t count)
{
	u8 block[BLAKE2S_BLOCK_SIZE];
	size_t done = 0;

	while (done < count) {
		size_t n = min(count - done, sizeof(block));

		if (copy_from_user(block, buf + done, n))
			break;
		pool_mix(block, n);
		done += n;
		if (done % PAGE_SIZE == 0 && signal_pending(current))
			break;
		cond_resched();
	}
	memzero_explicit(block, sizeof(block));
	return done || !count ? (ssize_t)done : -EFAULT;
}

static ssize_t random_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	return write_pool(buf, count);
}

static __poll_t random_poll(struct file *file, struct poll_table_struct *wait)
{
	return EPOLLOUT | EPOLLWRNORM | (rng_is_initialized() ? EPOLLIN | EPOLLRDNORM : 0);
}

static long add_entropy(struct rand_pool_info __user *info)
{
	int head[2];
	ssize_t done;

	if (copy_from_user(head, info, sizeof(head)))
		return -EFAULT;
	if (head[0] < 0 || head[1] < 0)
		return -EINVAL;
	done = write_pool((const char __user *)info->buf, (size_t)head[1]);
	if (done != head[1])
		return done < 0 ? done : -EFAULT;
	pool_credit((size_t)head[0]);
	return 0;
}

static long random_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	int __user *p = (int __user *)arg;
	int bits;

	switch (cmd) {
	case RNDGETENTCNT:
		return put_user((int)pool_entropy(), p);
	case RNDADDTOENTCNT:
		if (get_user(bits, p))
			return -EFAULT;
		if (bits < 0)
			return -EINVAL;
		pool_credit((size_t)bits);
		return 0;
	case RNDADDENTROPY:
		return add_entropy((struct rand_pool_info __user *)arg);
	case RNDZAPENTCNT:
	case RNDCLEARPOOL:
		return 0;	/* what is known is not forgotten */
	case RNDRESEEDCRNG:
		if (!rng_is_initialized())
			return -ENODATA;
		crng_reseed();
		return 0;
	}
	return -ENOIOCTLCMD;
}

const struct file_operations random_fops = {
	.llseek		= noop_llseek,
	.read		= random_read,
	.write		= random_write,
	.splice_read	= generic_file_splice_read,
	.splice_write	= iter_file_splice_write,
	.poll		= random_poll,
	.unlocked_ioctl	= random_ioctl,
};

const struct file_operations urandom_fops = {
	.llseek		= noop_llseek,
	.read		= urandom_read,
	.write		= random_write,
	.splice_read	= generic_file_splice_read,
	.splice_write	= iter_file_splice_write,
	.unlocked_ioctl	= random_ioctl,
};

static bool trust_cpu __initdata = true;

/* random.trust_cpu=off: what the CPU's generator gives is used, and counts for nothing. */
static int __init trust_cpu_option(char *str)
{
	return kstrtobool(str, &trust_cpu);
}
early_param("random.trust_cpu", trust_cpu_option);

/* The first that the pool is told: the date, the command line, a pool's worth of the CPU's own. */
static int __init random_init(void)
{
	unsigned long word[BLAKE2S_HASH_SIZE / sizeof(long)];
	ktime_t now = ktime_get_real();
	size_t i, got = 0;

	add_device_randomness(&now, sizeof(now));
	add_device_randomness(saved_command_line, strlen(saved_command_line));
	for (i = 0; i < ARRAY_SIZE(word); i++) {
		if (arch_get_random_seed_longs(&word[i], 1) || arch_get_random_longs(&word[i], 1))
			got++;
		else
			word[i] = random_get_entropy();
	}
	pool_mix(word, sizeof(word));
	memzero_explicit(word, sizeof(word));
	if (trust_cpu)
		pool_credit(got * sizeof(long) * 8);
	return 0;
}
pure_initcall(random_init);
