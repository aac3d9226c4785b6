/* SPDX-License-Identifier: MIT */
/* An interrupt handler that takes a mutex. */
#include <linux/mutex.h>
#include "fault.h"
#include "fault_line.h"

static DEFINE_MUTEX(settings);
static int handled;

static irqreturn_t sleepy_handler(int irq, void *dev)
{
	mutex_lock(&settings);
	handled++;
	mutex_unlock(&settings);
	return IRQ_HANDLED;
}

static int take_mutex(void)
{
	int err = line_open(sleepy_handler);

	if (!err)
		line_interrupts();
	return err;
}

FAULT(take_mutex, line_close);
