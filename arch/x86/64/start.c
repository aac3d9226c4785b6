/* SPDX-License-Identifier: MIT */
/*
 * First C code of the boot CPU: on the boot stack, per-CPU base 0, early page tables,
 * interrupts off.
 */
#include <linux/arch.h>
#include <linux/init.h>
#include <asm/desc.h>

void x86_64_start_kernel(void);

void __init x86_64_start_kernel(void)
{
	idt_setup_early();
	start_kernel();
}
