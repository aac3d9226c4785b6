/* SPDX-License-Identifier: MIT */
/* An entry taken from its list twice. */
#include <linux/list.h>
#include "fault.h"

static LIST_HEAD(requests);
static LIST_HEAD(request);

static noinline void finish_request(void)
{
	list_del(&request);
}

static int finish_twice(void)
{
	list_add(&request, &requests);
	finish_request();
	finish_request();
	return 0;
}

FAULT(finish_twice, nothing_to_undo);
