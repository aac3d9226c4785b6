/* SPDX-License-Identifier: MIT */
/* Two decimal digits in a byte. */
#ifndef _LINUX_BCD_H
#define _LINUX_BCD_H

#include <linux/compiler.h>

static inline unsigned int bcd2bin(unsigned char val)
{
	return (val & 0x0fu) + (val >> 4) * 10u;
}

static inline unsigned char bin2bcd(unsigned int val)
{
	return (unsigned char)(val / 10 << 4 | val % 10);
}

#endif
