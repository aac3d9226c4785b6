/* SPDX-License-Identifier: MIT */
/* /proc/sys/kernel/random: how full the pool is, and identifiers (RFC 4122, version 4). */
#include <linux/init.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/random.h>
#include <linux/seq_file.h>

#include "internals.h"

#define UUID_SIZE	16

static DEFINE_MUTEX(boot_id_lock);	/* guards boot_id, made when first asked for */
static u8 boot_id[UUID_SIZE];

static void make_uuid(u8 *id)
{
	get_random_bytes(id, UUID_SIZE);
	id[6] = (id[6] & 0x0f) | 0x40;
	id[8] = (id[8] & 0x3f) | 0x80;
}

static int uuid_show(struct seq_file *m, void *unused)
{
	u8 id[UUID_SIZE];

	make_uuid(id);
	seq_printf(m, "%pU\n", id);
	return 0;
}

static int boot_id_show(struct seq_file *m, void *unused)
{
	mutex_lock(&boot_id_lock);
	if (!boot_id[8])
		make_uuid(boot_id);
	mutex_unlock(&boot_id_lock);
	seq_printf(m, "%pU\n", boot_id);
	return 0;
}

static int entropy_avail_show(struct seq_file *m, void *unused)
{
	seq_printf(m, "%u\n", pool_entropy());
	return 0;
}

static int poolsize_show(struct seq_file *m, void *unused)
{
	seq_printf(m, "%u\n", POOL_BITS);
	return 0;
}

static int __init random_sysctl_init(void)
{
	struct proc_dir_entry *dir = proc_mkdir("sys/kernel/random", NULL);

	if (!dir)
		return -ENOMEM;
	proc_create_single("uuid", 0444, dir, uuid_show);
	proc_create_single("boot_id", 0444, dir, boot_id_show);
	proc_create_single("entropy_avail", 0444, dir, entropy_avail_show);
	proc_create_single("poolsize", 0444, dir, poolsize_show);
	return 0;
}
device_initcall(random_sysctl_init);
