/* SPDX-License-Identifier: MIT */
/* The ends of a running machine. */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <linux/notifier.h>

#define SYS_RESTART	0x0001
#define SYS_HALT	0x0002
#define SYS_POWER_OFF	0x0003

int register_reboot_notifier(struct notifier_block *nb);
int unregister_reboot_notifier(struct notifier_block *nb);

void machine_restart(char *cmd);
void machine_power_off(void);
void machine_halt(void);
void emergency_restart(void);

#endif
