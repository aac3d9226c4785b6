/* SPDX-License-Identifier: MIT */
/*
 * What the modules of this folder show of themselves, for tests/qemu/module*.c: each
 * exports one of these structures.
 */
#ifndef _TESTS_KO_H
#define _TESTS_KO_H

#include <linux/percpu.h>
#include <linux/types.h>

#define KO_NUMBER	0x1234567812345678UL
#define KO_RODATA	77
#define KO_DATA		-5
#define KO_ALIGN	64	/* of the per-CPU variables */

struct ko_percpu {
	unsigned long	number;		/* KO_NUMBER */
	const int	*pointer;	/* to rodata */
	int		zero;
} __aligned(KO_ALIGN);

struct ko_all {
	int		(*text)(int);		/* adds one */
	const int	*rodata;
	int		*data, *bss;
	struct ko_percpu __percpu *percpu;
	unsigned long	(*this_cpu_number)(void);
	int		(*read)(const void *addr, unsigned long *val);	/* 0 or -EFAULT */
	int		(*fault)(void *unused);	/* writes through NULL */
	const void	*init_text, *init_data;
	void		(*on_exit)(void);	/* called by exit when it is set */
	const char	**label;
	int		loads;			/* what init found in an __initdata variable */
};

struct ko_params {
	unsigned char	a_byte;
	short		a_short;
	unsigned short	a_ushort;
	int		an_int;
	unsigned int	a_uint;
	long		a_long;
	unsigned long	a_ulong;
	unsigned long long a_ullong;
	unsigned int	a_hexint;
	char		*a_charp;
	bool		a_bool, an_invbool;
	int		a_bint;
	char		a_string[8];
	int		ints[4];
	unsigned int	num_ints;
	char		*words[3];
	unsigned int	num_words;
	bool		switches[2];
	int		even;		/* its own function takes even numbers only */
};

#endif
