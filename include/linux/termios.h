/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TERMIOS_H
#define _LINUX_TERMIOS_H

#include <uapi/linux/termios.h>

/* What the kernel keeps; in the layout of struct termios2. */
struct ktermios {
	tcflag_t	c_iflag;
	tcflag_t	c_oflag;
	tcflag_t	c_cflag;
	tcflag_t	c_lflag;
	cc_t		c_line;
	cc_t		c_cc[NCCS];
	speed_t		c_ispeed;
	speed_t		c_ospeed;
};

/* In c_cc: no character has this meaning. */
#define __DISABLED_CHAR	'\0'

#endif
