/* SPDX-License-Identifier: MIT */
/* The ACPI power management timer. drivers/clock/acpi_pm.c */
#ifndef _LINUX_ACPI_PMTMR_H
#define _LINUX_ACPI_PMTMR_H

#include <linux/types.h>

#define PMTMR_TICKS_PER_SEC	3579545
#define ACPI_PM_MASK		0xffffffu	/* 24 bits for certain; the upper 8 where the FADT says so */

bool acpi_pm_present(void);
u32 acpi_pm_read(void);
void acpi_pm_init(void);

#endif
