/* SPDX-License-Identifier: MIT */
/*
 * The interrupt message of x86. Intel SDM Vol. 3, "Message Address Register Format" and
 * "Message Data Register Format".
 */
#ifndef _ASM_X86_MSI_H
#define _ASM_X86_MSI_H

#define X86_MSI_ADDR_BASE		0xfee00000u
#define X86_MSI_ADDR_DEST_LOGICAL	(1u << 2)
#define X86_MSI_ADDR_REDIRECT		(1u << 3)	/* "RH": the lowest priority of the set */
#define X86_MSI_ADDR_DEST(id)		((u32)(id) << 12)

#define X86_MSI_DATA_FIXED		(0u << 8)
#define X86_MSI_DATA_LOWEST		(1u << 8)

#endif
