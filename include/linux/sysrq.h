/* SPDX-License-Identifier: MIT */
/* Requests to the kernel itself: a break on the serial console, then a key. */
#ifndef _LINUX_SYSRQ_H
#define _LINUX_SYSRQ_H

struct sysrq_key_op {
	void (*handler)(int key);
	const char *help_msg;
	const char *action_msg;
	int enable_mask;
};

void handle_sysrq(int key);
int register_sysrq_key(int key, const struct sysrq_key_op *op);
int unregister_sysrq_key(int key, const struct sysrq_key_op *op);

#endif
