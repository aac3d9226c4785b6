/* SPDX-License-Identifier: MIT */
/* Two locks, in one order here and in the other there. */
#include <linux/mutex.h>
#include "fault.h"

static DEFINE_MUTEX(bus_lock);
static DEFINE_MUTEX(device_lock);
static int state;

static noinline void probe_device(void)
{
	mutex_lock(&bus_lock);
	mutex_lock(&device_lock);
	state++;
	mutex_unlock(&device_lock);
	mutex_unlock(&bus_lock);
}

static noinline void reset_device(void)
{
	mutex_lock(&device_lock);
	mutex_lock(&bus_lock);
	state++;
	mutex_unlock(&bus_lock);
	mutex_unlock(&device_lock);
}

static int lock_both_ways(void)
{
	probe_device();
	reset_device();
	return 0;
}

FAULT(lock_both_ways, nothing_to_undo);
