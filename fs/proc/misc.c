/* SPDX-License-Identifier: MIT */
/* /proc/version, /proc/cmdline, /proc/meminfo: facts that no subsystem of their own has. */
#include <linux/boot.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sysinfo.h>
#include <linux/vmalloc.h>
#include <asm/page.h>

static int version_show(struct seq_file *m, void *v)
{
	seq_puts(m, linux_banner);
	return 0;
}

static int cmdline_show(struct seq_file *m, void *v)
{
	seq_puts(m, saved_command_line);
	seq_putc(m, '\n');
	return 0;
}

static void show_kb(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_put_decimal_ull_width(m, name, pages << (PAGE_SHIFT - 10), 8);
	seq_puts(m, " kB\n");
}

/* Linux's names, in its order, for what exists here: nothing is cached, shared or swapped. */
static int meminfo_show(struct seq_file *m, void *v)
{
	struct sysinfo si;

	si_meminfo(&si);
	show_kb(m, "MemTotal:       ", si.totalram);
	show_kb(m, "MemFree:        ", si.freeram);
	show_kb(m, "MemAvailable:   ", si.freeram);
	show_kb(m, "Buffers:        ", 0);
	show_kb(m, "Cached:         ", 0);
	show_kb(m, "SwapTotal:      ", 0);
	show_kb(m, "SwapFree:       ", 0);
	show_kb(m, "Slab:           ", slab_pages());
	show_kb(m, "SReclaimable:   ", 0);
	show_kb(m, "SUnreclaim:     ", slab_pages());
	show_kb(m, "VmallocTotal:   ", (VMALLOC_END - VMALLOC_START) >> PAGE_SHIFT);
	show_kb(m, "VmallocUsed:    ", vmalloc_nr_pages());
	show_kb(m, "Percpu:         ", PFN_UP(pcpu_bytes_taken() * num_possible_cpus()));
	return 0;
}

static int __init proc_misc_init(void)
{
	proc_create_single("version", 0, NULL, version_show);
	proc_create_single("cmdline", 0, NULL, cmdline_show);
	proc_create_single("meminfo", 0, NULL, meminfo_show);
	return 0;
}
fs_initcall(proc_misc_init);
