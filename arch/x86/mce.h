/* SPDX-License-Identifier: MIT */
/*
 * Machine checks: the registers, and what mce.c and mce_poll.c share. Intel SDM Vol. 3,
 * "Machine-Check Architecture".
 */
#ifndef _ARCH_X86_MCE_H
#define _ARCH_X86_MCE_H

#include <linux/types.h>

#define MSR_MCG_CAP	0x179
#define   MCG_CAP_BANKS		0xff
#define   MCG_CAP_CTL_P		(1ULL << 8)	/* MCG_CTL is there */
#define   MCG_CAP_SER_P		(1ULL << 24)	/* software error recovery: S and AR mean something */
#define MSR_MCG_STATUS	0x17a
#define   MCG_STATUS_RIPV	(1ULL << 0)	/* the saved IP can be returned to */
#define   MCG_STATUS_EIPV	(1ULL << 1)	/* the error is that instruction's */
#define   MCG_STATUS_MCIP	(1ULL << 2)	/* in progress; a second one shuts the CPU down */
#define MSR_MCG_CTL	0x17b
#define MSR_MC_CTL(n)	(0x400 + 4 * (n))
#define MSR_MC_STATUS(n) (0x401 + 4 * (n))
#define   MC_STATUS_VAL		(1ULL << 63)
#define   MC_STATUS_OVER	(1ULL << 62)	/* an earlier error was lost */
#define   MC_STATUS_UC		(1ULL << 61)	/* the hardware could not correct it */
#define   MC_STATUS_MISCV	(1ULL << 59)
#define   MC_STATUS_ADDRV	(1ULL << 58)
#define   MC_STATUS_PCC		(1ULL << 57)	/* the state of the processor is corrupt */
#define   MC_STATUS_S		(1ULL << 56)	/* it was signalled by #MC */
#define   MC_STATUS_AR		(1ULL << 55)	/* the program can't go on before software has acted */
#define MSR_MC_ADDR(n)	(0x402 + 4 * (n))
#define MSR_MC_MISC(n)	(0x403 + 4 * (n))

struct pt_regs;

/* One error, as read from its bank. */
struct mce_record {
	unsigned int	bank;
	u64		mcgstatus;	/* 0 when it was polled */
	u64		status;
	u64		addr, misc;	/* 0 when not valid */
	u64		tsc;
	struct pt_regs	*regs;		/* interrupted by #MC; else NULL */
};

unsigned int mce_banks(void);
bool mce_read_bank(unsigned int bank, struct mce_record *m);
void mce_clear_bank(unsigned int bank);
void mce_print(const struct mce_record *m);

#endif
