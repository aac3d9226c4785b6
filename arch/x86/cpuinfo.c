/* SPDX-License-Identifier: MIT */
/* /proc/cpuinfo, with those of Linux's lines that mean something here. */
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <asm/cpufeature.h>
#include <asm/processor.h>
#include <asm/smp.h>
#include <asm/tsc.h>

/* Features that the kernel looks at, by the names that Linux prints. */
static const struct {
	unsigned int	feature;
	const char	*name;
} flags[] = {
	{ X86_FEATURE_FPU, "fpu" }, { X86_FEATURE_DE, "de" }, { X86_FEATURE_PSE, "pse" },
	{ X86_FEATURE_TSC, "tsc" }, { X86_FEATURE_MSR, "msr" }, { X86_FEATURE_PAE, "pae" },
	{ X86_FEATURE_MCE, "mce" },
	{ X86_FEATURE_CX8, "cx8" }, { X86_FEATURE_APIC, "apic" }, { X86_FEATURE_PGE, "pge" },
	{ X86_FEATURE_PAT, "pat" }, { X86_FEATURE_FXSR, "fxsr" }, { X86_FEATURE_XMM, "sse" },
	{ X86_FEATURE_XMM2, "sse2" }, { X86_FEATURE_SYSCALL, "syscall" }, { X86_FEATURE_NX, "nx" },
	{ X86_FEATURE_GBPAGES, "pdpe1gb" }, { X86_FEATURE_RDTSCP, "rdtscp" },
	{ X86_FEATURE_LM, "lm" }, { X86_FEATURE_CONSTANT_TSC, "constant_tsc" },
	{ X86_FEATURE_MWAIT, "monitor" }, { X86_FEATURE_X2APIC, "x2apic" },
	{ X86_FEATURE_TSC_DEADLINE_TIMER, "tsc_deadline_timer" }, { X86_FEATURE_XSAVE, "xsave" },
	{ X86_FEATURE_RDRAND, "rdrand" }, { X86_FEATURE_HYPERVISOR, "hypervisor" },
	{ X86_FEATURE_FSGSBASE, "fsgsbase" }, { X86_FEATURE_TSC_ADJUST, "tsc_adjust" },
	{ X86_FEATURE_SMEP, "smep" }, { X86_FEATURE_ERMS, "erms" }, { X86_FEATURE_SMAP, "smap" },
	{ X86_FEATURE_UMIP, "umip" }, { X86_FEATURE_ARAT, "arat" },
};

/* Bytes of a cache line; bits of physical and of linear addresses. */
static void show_sizes(struct seq_file *m, const struct cpuinfo_x86 *c)
{
	u32 eax, ebx, ecx, edx, line, physical = 36, linear = 48;

	cpuid(1, &eax, &ebx, &ecx, &edx);
	line = (ebx >> 8 & 0xff) * 8;
	if (c->extended_cpuid_level >= 0x80000008) {
		eax = cpuid_eax(0x80000008);
		physical = eax & 0xff;
		linear = eax >> 8 & 0xff;
	}
	seq_printf(m, "clflush size\t: %u\ncache_alignment\t: %u\n", line, line);
	seq_printf(m, "address sizes\t: %u bits physical, %u bits virtual\n", physical, linear);
}

static void show_cpu(struct seq_file *m, unsigned int cpu)
{
	const struct cpuinfo_x86 *c = &boot_cpu_data;
	unsigned int khz = tsc_khz * 2;		/* as many loops as Linux's delays would make */
	size_t i;

	seq_printf(m, "processor\t: %u\nvendor_id\t: %s\ncpu family\t: %u\nmodel\t\t: %u\n", cpu,
		   c->x86_vendor_id, c->x86, c->x86_model);
	seq_printf(m, "model name\t: %s\nstepping\t: %u\n",
		   c->x86_model_id[0] ? c->x86_model_id : "unknown", c->x86_stepping);
	if (tsc_khz)
		seq_printf(m, "cpu MHz\t\t: %u.%03u\n", tsc_khz / 1000, tsc_khz % 1000);
	seq_printf(m, "apicid\t\t: %u\nfpu\t\t: yes\nfpu_exception\t: yes\ncpuid level\t: %u\n",
		   cpu_physical_id(cpu), c->cpuid_level);
	seq_puts(m, "wp\t\t: yes\nflags\t\t:");
	for (i = 0; i < ARRAY_SIZE(flags); i++)
		if (boot_cpu_has(flags[i].feature))
			seq_printf(m, " %s", flags[i].name);
	seq_printf(m, "\nbogomips\t: %u.%02u\n", khz / 1000, khz % 1000 / 10);
	show_sizes(m, c);
	seq_puts(m, "power management:\n\n");
}

static int cpuinfo_show(struct seq_file *m, void *v)
{
	unsigned int cpu;

	for_each_online_cpu(cpu)
		show_cpu(m, cpu);
	return 0;
}

static int __init cpuinfo_init(void)
{
	proc_create_single("cpuinfo", 0, NULL, cpuinfo_show);
	return 0;
}
fs_initcall(cpuinfo_init);
