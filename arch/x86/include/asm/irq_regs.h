/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_IRQ_REGS_H
#define _ASM_X86_IRQ_REGS_H

#include <asm-generic/irq_regs.h>

#endif
