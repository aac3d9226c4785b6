/* SPDX-License-Identifier: MIT */
/* What handle_simple_irq asks of the chip: opening, an interrupt, disabled, closing. rows C1 C3 A6 */
#include "line_flow.h"

static void test(void)
{
	flow(handle_simple_irq, false, false);
}
MODULE_TEST(test);
