/* SPDX-License-Identifier: MIT */
/* A chip with startup, shutdown, enable, disable, resources and the bus lock. rows C1 C4 */
#include "line.h"

CHIP_NOTES(shutdown)
CHIP_NOTES(enable)
CHIP_NOTES(disable)
CHIP_NOTES(bus_lock)
CHIP_NOTES(bus_unlock)
CHIP_NOTES(release)
CHIP_NOTES(mask_ack)
static int refuse;

static unsigned int line_startup(struct irq_data *d)
{
	note("startup");
	return 0;
}

static int line_request(struct irq_data *d)
{
	note("resources");
	return refuse;
}

static int retrigger(struct irq_data *d)
{
	note("retrigger");
	return 1;
}

static void cycle(irq_flow_handler_t flow, const char *what)
{
	int irq = line_new(&line_chip, flow), err;

	err = request_irq(irq, line_handler, 0, "line", NULL);
	note("request %d", err);
	if (!err) {
		line_fire(irq);
		disable_irq(irq);
		line_fire(irq);
		enable_irq(irq);
		free_irq(irq, NULL);
	}
	line_free(irq);
	show(what);
}

static void test(void)
{
	line_chip.irq_startup = line_startup;
	line_chip.irq_shutdown = line_shutdown;
	cycle(handle_level_irq, "startup, level");
	line_chip.irq_enable = line_enable;
	line_chip.irq_disable = line_disable;
	cycle(handle_level_irq, "enable, level");
	cycle(handle_edge_irq, "enable, edge");
	line_chip.irq_retrigger = retrigger;
	cycle(handle_edge_irq, "retrigger, edge");
	line_chip.irq_mask_ack = line_mask_ack;
	cycle(handle_level_irq, "mask_ack, level");
	line_chip.irq_request_resources = line_request;
	line_chip.irq_release_resources = line_release;
	line_chip.irq_bus_lock = line_bus_lock;
	line_chip.irq_bus_sync_unlock = line_bus_unlock;
	cycle(handle_fasteoi_irq, "resources and bus, fasteoi");
	line_chip.irq_startup = NULL;
	line_chip.irq_shutdown = NULL;
	cycle(handle_simple_irq, "enable only, simple");
	refuse = -ENODEV;
	cycle(handle_simple_irq, "resources refused");
}
MODULE_TEST(test);
