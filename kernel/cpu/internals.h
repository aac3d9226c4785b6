/* SPDX-License-Identifier: MIT */
#ifndef _CPU_INTERNALS_H
#define _CPU_INTERNALS_H

int smpboot_create_threads(unsigned int cpu);	/* smpboot.c: on that CPU, in a task */

#endif
