/* SPDX-License-Identifier: MIT */
/* Between the files of kernel/softirq/. */
#ifndef _SOFTIRQ_INTERNALS_H
#define _SOFTIRQ_INTERNALS_H

void ksoftirqd_serve(void);
void tasklet_boot(void);

#endif
