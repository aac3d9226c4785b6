/* SPDX-License-Identifier: MIT */
/*
 * What the CPU is and can do, and what is switched on in each of them.
 *
 * Intel SDM Vol. 2, "CPUID"; Vol. 3, "Control Registers", "Supervisor-Mode Access Prevention".
 */
#include <linux/arch.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/current.h>
#include <asm/desc.h>
#include <asm/fpu.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <asm/proto.h>

struct cpuinfo_x86 boot_cpu_data __ro_after_init;
EXPORT_SYMBOL(boot_cpu_data);

/*
 * CR4 bits that every CPU has set, each where CPUID says that it exists. FSGSBASE is none of
 * them and is cleared: 64/entry.S relies on user mode having no negative GS.base.
 */
static const struct {
	unsigned int	feature;
	unsigned long	cr4;
	const char	*name;
} protections[] = {
	{ X86_FEATURE_PGE,	X86_CR4_PGE,	"PGE" },
	{ X86_FEATURE_DE,	X86_CR4_DE,	"DE" },
	{ X86_FEATURE_MCE,	X86_CR4_MCE,	"MCE" },
	{ X86_FEATURE_SMEP,	X86_CR4_SMEP,	"SMEP" },
	{ X86_FEATURE_SMAP,	X86_CR4_SMAP,	"SMAP" },
	{ X86_FEATURE_UMIP,	X86_CR4_UMIP,	"UMIP" },
};
#define NR_PROTECTIONS	(int)(sizeof(protections) / sizeof(protections[0]))

/* Which leaf and register each capability word is. */
enum cpuid_reg { EAX, EBX, ECX, EDX };
static const struct {
	u32		leaf;
	enum cpuid_reg	reg;
} capability_words[NCAPINTS] __initconst = {
	[CPUID_1_EDX]		= { 0x00000001, EDX },
	[CPUID_1_ECX]		= { 0x00000001, ECX },
	[CPUID_7_0_EBX]		= { 0x00000007, EBX },
	[CPUID_7_0_ECX]		= { 0x00000007, ECX },
	[CPUID_6_EAX]		= { 0x00000006, EAX },
	[CPUID_8000_0001_EDX]	= { 0x80000001, EDX },
	[CPUID_8000_0001_ECX]	= { 0x80000001, ECX },
	[CPUID_8000_0007_EDX]	= { 0x80000007, EDX },
};

static void __init read_vendor(struct cpuinfo_x86 *c)
{
	u32 *id = (u32 *)c->x86_vendor_id;

	cpuid(0, &c->cpuid_level, &id[0], &id[2], &id[1]);
	c->x86_vendor = !strcmp(c->x86_vendor_id, "GenuineIntel") ? X86_VENDOR_INTEL :
			!strcmp(c->x86_vendor_id, "AuthenticAMD") ? X86_VENDOR_AMD :
								    X86_VENDOR_UNKNOWN;
	c->extended_cpuid_level = cpuid_eax(0x80000000);
}

/*
 * Family and model are spread over two fields each: SDM Vol. 2, "CPUID", figure on version
 * information.
 */
static void __init read_model(struct cpuinfo_x86 *c)
{
	u32 *name = (u32 *)c->x86_model_id, leaf, sig = cpuid_eax(1);

	c->x86 = (sig >> 8) & 0xf;
	c->x86_model = (sig >> 4) & 0xf;
	c->x86_stepping = sig & 0xf;
	if (c->x86 == 0xf || c->x86 == 6)
		c->x86_model |= ((sig >> 16) & 0xf) << 4;
	if (c->x86 == 0xf)
		c->x86 += (sig >> 20) & 0xff;

	if (c->extended_cpuid_level < 0x80000004)
		return;
	for (leaf = 0x80000002; leaf <= 0x80000004; leaf++, name += 4)
		cpuid(leaf, &name[0], &name[1], &name[2], &name[3]);
}

static void __init read_capabilities(struct cpuinfo_x86 *c)
{
	u32 reg[4], leaf, max;
	int i;

	for (i = 0; i < NCAPINTS; i++) {
		leaf = capability_words[i].leaf;
		max = leaf & 0x80000000 ? c->extended_cpuid_level : c->cpuid_level;
		if (leaf > max)
			continue;
		cpuid(leaf, &reg[EAX], &reg[EBX], &reg[ECX], &reg[EDX]);
		c->x86_capability[i] = reg[capability_words[i].reg];
	}
}

/* Which of the protections this machine has, in the log. */
static void __init report_protections(void)
{
	char text[64] = "";
	int i;

	for (i = 0; i < NR_PROTECTIONS; i++)
		if (boot_cpu_has(protections[i].feature))
			scnprintf(text + strlen(text), sizeof(text) - strlen(text), " %s",
				  protections[i].name);
	pr_info("CPU: using%s%s\n", text, boot_cpu_has(X86_FEATURE_NX) ? " NX" : "");
}

/** cpu_features_init - fill boot_cpu_data; from setup_arch(), before anybody asks */
void __init cpu_features_init(void)
{
	struct cpuinfo_x86 *c = &boot_cpu_data;

	read_vendor(c);
	read_model(c);
	read_capabilities(c);
	pr_info("CPU: %s %s, family %#x, model %#x, stepping %#x\n", c->x86_vendor_id,
		c->x86_model_id, c->x86, c->x86_model, c->x86_stepping);
	report_protections();
}

/**
 * setup_clear_cpu_cap - take a feature away, as the command line asked
 * @feature: X86_FEATURE_*
 *
 * Context: boot, before anybody asked for the feature.
 */
void __init setup_clear_cpu_cap(unsigned int feature)
{
	boot_cpu_data.x86_capability[feature / 32] &= ~(1U << (feature % 32));
}

static void enable_protections(void)
{
	unsigned long cr4 = read_cr4() & ~X86_CR4_FSGSBASE;
	int i;

	for (i = 0; i < NR_PROTECTIONS; i++)
		if (boot_cpu_has(protections[i].feature))
			cr4 |= protections[i].cr4;
	write_cr4(cr4);
	write_cr0((read_cr0() | X86_CR0_WP | X86_CR0_NE | X86_CR0_MP) & ~X86_CR0_EM);
}

/* See <linux/arch.h>. Context: boot of that CPU, interrupts off, its per-CPU base set. */
void arch_cpu_init(void)
{
	cpu_desc_init();
	enable_protections();
	tlb_cpu_init();
	fpu_cpu_init();
	syscall_cpu_init();
	if (raw_smp_processor_id())
		setup_local_APIC();
}

/* See <linux/arch.h>. */
void arch_cpu_idle(void)
{
	native_safe_halt();
}

/* See <linux/arch.h>. An NMI or a machine check still wakes it, so it goes back to sleep. */
void arch_cpu_halt_forever(void)
{
	arch_local_irq_disable();
	for (;;)
		native_halt();
}
