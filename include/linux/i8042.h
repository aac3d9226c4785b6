/* SPDX-License-Identifier: MIT */
/* The keyboard and mouse controller, for those who want its bytes. */
#ifndef _LINUX_I8042_H
#define _LINUX_I8042_H

#include <linux/types.h>

struct notifier_block;

enum { I8042_FROM_KBD, I8042_FROM_AUX };

#define PS2_ACK			0xfa
#define AUX_CMD_ENABLE_REPORTING 0xf4

int i8042_register_listener(struct notifier_block *nb);
int i8042_unregister_listener(struct notifier_block *nb);

#endif
