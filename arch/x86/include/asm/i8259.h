/* SPDX-License-Identifier: MIT */
/* The 8259A pair: lines 0-15 without I/O APICs, silent with them. */
#ifndef _ASM_X86_I8259_H
#define _ASM_X86_I8259_H

#include <linux/types.h>

void i8259_init(void);
void i8259_take_lines(void);
bool i8259_line_is_level(unsigned int irq);
void i8259_set_level(unsigned int irq);

#endif
