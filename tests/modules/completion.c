/* SPDX-License-Identifier: MIT */
/* Completions: before the wait, all, reused, timed. rows D9 */
#include <linux/completion.h>
#include "test.h"

static void test(void)
{
	DECLARE_COMPLETION_ONSTACK(c);

	note("done %d try %d", completion_done(&c), try_wait_for_completion(&c));
	note("timeout %lu", wait_for_completion_timeout(&c, 1));
	note("interruptible %ld", wait_for_completion_interruptible_timeout(&c, 1));
	note("killable %ld", wait_for_completion_killable_timeout(&c, 1));
	show("never completed");
	complete(&c);
	complete(&c);
	note("done %d", completion_done(&c));
	wait_for_completion(&c);
	note("left %lu", wait_for_completion_timeout(&c, 100));
	note("done %d try %d", completion_done(&c), try_wait_for_completion(&c));
	show("completed twice before the wait");
	complete_all(&c);
	note("done %d try %d %d", completion_done(&c), try_wait_for_completion(&c), try_wait_for_completion(&c));
	note("timeout %lu", wait_for_completion_timeout(&c, 0));
	note("max %d", c.done == UINT_MAX);
	complete(&c);
	note("max %d", c.done == UINT_MAX);
	reinit_completion(&c);
	note("done %d timeout %lu", completion_done(&c), wait_for_completion_timeout(&c, 0));
	show("completed for all");
	complete(&c);
	note("interruptible %d killable", wait_for_completion_interruptible(&c));
	complete(&c);
	note("%d", wait_for_completion_killable(&c));
	show("waits that can be broken");
}
MODULE_TEST(test);
