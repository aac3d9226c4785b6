/* SPDX-License-Identifier: MIT */
/* A structure freed while its timer is still armed. */
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include "fault.h"

struct port {
	struct timer_list timeout;
	int errors;
};

static void port_timed_out(struct timer_list *t)
{
	struct port *port = from_timer(port, t, timeout);

	port->errors++;
}

static int close_port(void)
{
	struct port *port = kmalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;
	timer_setup(&port->timeout, port_timed_out, 0);
	mod_timer(&port->timeout, jiffies + 1000 * HZ);
	kfree(port);
	return 0;
}

FAULT(close_port, nothing_to_undo);
