/* SPDX-License-Identifier: MIT */
/* What handle_edge_irq asks of a chip that is to be masked at once. rows C1 C3 A6 */
#include "line_flow.h"

static void test(void)
{
	flow(handle_edge_irq, false, true);
}
MODULE_TEST(test);
