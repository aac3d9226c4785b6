/* SPDX-License-Identifier: MIT */
/* What stands in the first I/O APIC's redirection entries, read from the chip. */
#ifndef _TESTS_X86_IOAPIC_H
#define _TESTS_X86_IOAPIC_H

#include <asm/io_apic.h>

union ioapic_rte read_entry(unsigned int pin);

#endif
