/* SPDX-License-Identifier: MIT */
#ifndef SHARED_H
#define SHARED_H

#define SHARED_LINE 1	/* the keyboard's */

int shared_one_seen(void);

#endif
