/* SPDX-License-Identifier: MIT */
/* Registers and code bytes in print, in the form that the tools for Linux's oopses read. */
#include <linux/arch.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <asm/msr.h>
#include <asm/ptrace.h>

#define CODE_BEFORE	42	/* bytes shown in front of the instruction */
#define CODE_BYTES	64

static void show_code(struct pt_regs *regs, const char *log_lvl)
{
	unsigned long start = regs->ip - CODE_BEFORE;
	char line[CODE_BYTES * 3 + 3];
	unsigned int i;
	u8 byte;
	int len = 0;

	for (i = 0; i < CODE_BYTES; i++) {
		if (arch_copy_nofault(&byte, (void *)(start + i), 1)) {
			/* A page may begin or end on the way: what can't be read is left out. */
			if (start + i >= regs->ip)
				break;
			continue;
		}
		len += sprintf(line + len, start + i == regs->ip ? "<%02x> " : "%02x ", byte);
	}
	if (i <= CODE_BEFORE) {
		printk("%sCode: Unable to access opcode bytes at %#lx.\n", log_lvl, start);
		return;
	}
	line[len - 1] = '\0';
	printk("%sCode: %s\n", log_lvl, line);
}

/* See <linux/arch.h>. */
void arch_show_ip(struct pt_regs *regs, const char *log_lvl)
{
	if (user_mode(regs))
		printk("%sRIP: %04lx:0x%lx\n", log_lvl, regs->cs & 0xffff, regs->ip);
	else
		printk("%sRIP: %04lx:%pS\n", log_lvl, regs->cs & 0xffff, (void *)regs->ip);
	show_code(regs, log_lvl);
	printk("%sRSP: %04lx:%016lx EFLAGS: %08lx\n", log_lvl, regs->ss & 0xffff, regs->sp,
	       regs->flags);
}

/* See <linux/arch.h>. Context: any. */
void arch_show_regs(struct pt_regs *regs, const char *log_lvl)
{
	unsigned long cr2 = read_cr2();		/* reading code bytes may fault */
	unsigned int ds, es, fs, gs;

	arch_show_ip(regs, log_lvl);
	printk("%sRAX: %016lx RBX: %016lx RCX: %016lx\n", log_lvl, regs->ax, regs->bx, regs->cx);
	printk("%sRDX: %016lx RSI: %016lx RDI: %016lx\n", log_lvl, regs->dx, regs->si, regs->di);
	printk("%sRBP: %016lx R08: %016lx R09: %016lx\n", log_lvl, regs->bp, regs->r8, regs->r9);
	printk("%sR10: %016lx R11: %016lx R12: %016lx\n", log_lvl, regs->r10, regs->r11,
	       regs->r12);
	printk("%sR13: %016lx R14: %016lx R15: %016lx\n", log_lvl, regs->r13, regs->r14,
	       regs->r15);

	__asm__("movl %%ds, %0" : "=r" (ds));
	__asm__("movl %%es, %0" : "=r" (es));
	__asm__("movl %%fs, %0" : "=r" (fs));
	__asm__("movl %%gs, %0" : "=r" (gs));
	printk("%sFS:  %016llx(%04x) GS:%016llx(%04x) knlGS:%016llx\n", log_lvl,
	       __rdmsr(MSR_FS_BASE), fs, __rdmsr(MSR_GS_BASE), gs, __rdmsr(MSR_KERNEL_GS_BASE));
	printk("%sCS:  %04lx DS: %04x ES: %04x CR0: %016lx\n", log_lvl, regs->cs & 0xffff, ds, es,
	       read_cr0());
	printk("%sCR2: %016lx CR3: %016lx CR4: %016lx\n", log_lvl, cr2, read_cr3(), read_cr4());
}
