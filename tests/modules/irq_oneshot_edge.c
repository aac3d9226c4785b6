/* SPDX-License-Identifier: MIT */
/* A threaded handler behind handle_edge_irq: when the line is masked. rows C5 C3 */
#include "line_oneshot.h"

static void test(void)
{
	oneshot(handle_edge_irq);
}
MODULE_TEST(test);
