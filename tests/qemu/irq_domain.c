/* SPDX-License-Identifier: MIT */
/* Domains: numbers to lines by array and by hash, stacked controllers, chained handlers, the generic chip. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/irqchip/chained_irq.h>
#include <linux/irqdomain.h>
#include <linux/string.h>
#include "irq_fake.h"
#include "test.h"

static char order[32];
static int runs;

static void note(const char *what)
{
	strlcat(order, what, sizeof(order));
}

static irqreturn_t count(int irq, void *dev)
{
	runs++;
	return IRQ_HANDLED;
}

/* -- One controller --------------------------------------------------------------------------------- */

static int map(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw)
{
	if (hw == 13)
		return -EINVAL;
	irq_set_chip_and_handler(virq, &dummy_irq_chip, handle_simple_irq);
	return 0;
}

static void unmap(struct irq_domain *d, unsigned int virq)
{
	note("unmap ");
}

static const struct irq_domain_ops flat_ops = {
	.map	= map,
	.unmap	= unmap,
	.xlate	= irq_domain_xlate_twocell,
};

static void check_mapping(struct irq_domain *d, irq_hw_number_t hwirq)
{
	unsigned int irq;

	order[0] = '\0';
	expect_eq(irq_find_mapping(d, hwirq), 0);
	irq = irq_create_mapping(d, hwirq);
	require(irq);
	expect_eq(irq_create_mapping(d, hwirq), irq);
	expect_eq(irq_find_mapping(d, hwirq), irq);
	expect_eq(irqd_to_hwirq(irq_get_irq_data(irq)), hwirq);
	expect_eq(d->mapcount, 1);

	runs = 0;
	expect_eq(request_irq(irq, count, 0, "t", NULL), 0);
	expect_eq(generic_handle_domain_irq_safe(d, hwirq), 0);
	expect_eq(generic_handle_domain_irq_safe(d, hwirq + 1), -EINVAL);
	expect_eq(runs, 1);
	free_irq(irq, NULL);

	irq_dispose_mapping(irq);
	expect_str(order, "unmap ");
	expect_eq(irq_find_mapping(d, hwirq), 0);
	expect_eq(d->mapcount, 0);
	expect(!irq_get_irq_data(irq));
}

TEST(domain, flat, "C4", "a number is mapped once, found by array or hash, and gone when disposed of")
{
	struct irq_domain *linear = irq_domain_add_linear(NULL, 32, &flat_ops, NULL);
	struct irq_domain *tree = irq_domain_add_tree(NULL, &flat_ops, NULL);

	require(linear && tree);
	check_mapping(linear, 7);
	check_mapping(tree, 7);
	check_mapping(tree, 0x12345678);
	/* What the owner refuses leaves nothing behind. */
	expect_eq(irq_create_mapping(linear, 13), 0);
	expect_eq(linear->mapcount, 0);
	irq_domain_remove(linear);
	irq_domain_remove(tree);
}

TEST(domain, fwspec, "C4", "a firmware specifier finds its controller and sets the trigger; another trigger is refused")
{
	struct fwnode_handle *fwnode = irq_domain_alloc_named_fwnode("test");
	struct irq_fwspec spec = { .fwnode = fwnode, .param_count = 2, .param = { 3, IRQ_TYPE_LEVEL_LOW } };
	struct irq_domain *d = irq_domain_create_linear(fwnode, 8, &flat_ops, NULL);
	unsigned int irq;

	require(d);
	expect_str(irq_domain_name(d), "test");
	irq = irq_create_fwspec_mapping(&spec);
	require(irq);
	expect_eq(irq_find_mapping(d, 3), irq);
	expect_eq(irq_get_trigger_type(irq), IRQ_TYPE_LEVEL_LOW);
	expect_eq(irq_create_fwspec_mapping(&spec), irq);
	spec.param[1] = IRQ_TYPE_EDGE_RISING;
	expect_eq(irq_create_fwspec_mapping(&spec), 0);
	irq_dispose_mapping(irq);
	irq_domain_remove(d);
	irq_domain_free_fwnode(fwnode);
}

/* -- Two, one on the other ------------------------------------------------------------------------------ */

static void inner_ack(struct irq_data *d)
{
	note("ack ");
}

static struct irq_chip inner_chip = { .name = "inner", .irq_ack = inner_ack };
static struct irq_chip outer_chip = { .name = "outer", .irq_ack = irq_chip_ack_parent };

static int inner_alloc(struct irq_domain *d, unsigned int virq, unsigned int nr, void *arg)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		irq_domain_set_hwirq_and_chip(d, virq + i, 100 + i, &inner_chip, NULL);
	return 0;
}

static int outer_alloc(struct irq_domain *d, unsigned int virq, unsigned int nr, void *arg)
{
	unsigned long first = *(unsigned long *)arg;
	int ret = irq_domain_alloc_irqs_parent(d, virq, nr, arg);
	unsigned int i;

	for (i = 0; !ret && i < nr; i++)
		irq_domain_set_info(d, virq + i, first + i, &outer_chip, NULL, handle_edge_irq, NULL, "edge");
	return ret;
}

static int inner_activate(struct irq_domain *d, struct irq_data *data, bool reserve)
{
	note("inner ");
	return 0;
}

static int outer_activate(struct irq_domain *d, struct irq_data *data, bool reserve)
{
	note("outer ");
	return 0;
}

static void inner_deactivate(struct irq_domain *d, struct irq_data *data)
{
	note("-inner ");
}

static void outer_deactivate(struct irq_domain *d, struct irq_data *data)
{
	note("-outer ");
}

static const struct irq_domain_ops inner_ops = {
	.alloc		= inner_alloc,
	.free		= irq_domain_free_irqs_common,
	.activate	= inner_activate,
	.deactivate	= inner_deactivate,
};

static const struct irq_domain_ops outer_ops = {
	.alloc		= outer_alloc,
	.free		= irq_domain_free_irqs_top,
	.activate	= outer_activate,
	.deactivate	= outer_deactivate,
};

TEST(domain, stacked, "C4", "a line of stacked controllers is allocated in all, activated from the CPU outwards, acknowledged through")
{
	struct irq_domain *inner = irq_domain_create_tree(NULL, &inner_ops, NULL);
	struct irq_domain *outer = irq_domain_create_hierarchy(inner, 0, 16, NULL, &outer_ops, NULL);
	unsigned long first = 4;
	int irq;

	require(inner && outer);
	expect(irq_domain_is_hierarchy(outer));
	irq = irq_domain_alloc_irqs(outer, 2, NUMA_NO_NODE, &first);
	require(irq > 0);
	expect_eq(irq_find_mapping(outer, 5), irq + 1);
	expect_eq(irq_find_mapping(inner, 101), irq + 1);
	expect_eq(irq_domain_get_irq_data(inner, irq)->hwirq, 100);
	expect(irq_domain_get_irq_data(inner, irq)->chip == &inner_chip);

	order[0] = '\0';
	runs = 0;
	expect_eq(request_irq(irq, count, 0, "t", NULL), 0);
	expect_str(order, "inner outer ");
	expect_eq(generic_handle_domain_irq_safe(outer, 4), 0);
	expect_str(order, "inner outer ack ");
	expect_eq(runs, 1);
	order[0] = '\0';
	free_irq(irq, NULL);
	expect_str(order, "-outer -inner ");

	irq_domain_free_irqs(irq, 2);
	expect_eq(irq_find_mapping(inner, 100), 0);
	expect_eq(outer->mapcount + inner->mapcount, 0);
	expect(!irq_get_irq_data(irq));
	irq_domain_remove(outer);
	irq_domain_remove(inner);
}

/* -- A controller behind a line -------------------------------------------------------------------------- */

static void demux(struct irq_desc *desc)
{
	struct irq_chip *chip = irq_desc_get_chip(desc);

	chained_irq_enter(chip, desc);
	fake_quiet(irq_desc_get_chip_data(desc));
	generic_handle_domain_irq(irq_desc_get_handler_data(desc), 2);
	chained_irq_exit(chip, desc);
}

TEST(domain, chained, "C4", "a chained line opens by itself, can't be requested, and feeds its controller's lines")
{
	struct irq_domain *d = irq_domain_add_linear(NULL, 4, &flat_ops, NULL);
	struct fake_line *line = fake_line_new(&fake_chip, handle_level_irq, "level");
	unsigned int child;

	require(d && line);
	child = irq_create_mapping(d, 2);
	require(child);
	expect_eq(request_irq(child, count, 0, "t", NULL), 0);
	irq_set_chained_handler_and_data(line->irq, demux, d);
	expect_eq(request_irq(line->irq, count, IRQF_SHARED, "t", line), -EINVAL);
	runs = 0;
	fake_raise(line, 0);
	expect_eq(runs, 1);
	irq_set_chained_handler_and_data(line->irq, NULL, NULL);
	free_irq(child, NULL);
	irq_dispose_mapping(child);
	irq_domain_remove(d);
	fake_line_free(line);
}

/* -- The generic chip ---------------------------------------------------------------------------------------- */

static u32 regs[2];	/* mask, ack */

static u32 reg_read(void __iomem *addr)
{
	return *(u32 *)addr;
}

static void reg_write(u32 val, void __iomem *addr)
{
	*(u32 *)addr = val;
}

TEST(domain, generic_chip, "C4", "the generic chip masks and acknowledges by the line's bit")
{
	int base = irq_alloc_descs(-1, 1, 2, NUMA_NO_NODE);
	struct irq_chip_generic *gc;
	struct irq_chip_type *ct;

	require(base > 0);
	gc = irq_alloc_generic_chip("gc", 1, base, regs, handle_level_irq);
	require(gc);
	gc->reg_readl = reg_read;
	gc->reg_writel = reg_write;
	ct = gc->chip_types;
	ct->regs.mask = 0;
	ct->regs.ack = 4;
	ct->chip.irq_mask = irq_gc_mask_set_bit;
	ct->chip.irq_unmask = irq_gc_mask_clr_bit;
	ct->chip.irq_ack = irq_gc_ack_set_bit;
	regs[0] = 0x3;
	irq_setup_generic_chip(gc, 0x3, IRQ_GC_INIT_MASK_CACHE, 0, 0);

	runs = 0;
	expect_eq(request_irq(base + 1, count, 0, "t", NULL), 0);
	expect_eq(regs[0], 0x1);
	expect_eq(generic_handle_irq_safe(base + 1), 0);
	expect_eq(runs, 1);
	expect_eq(regs[0], 0x1);
	expect_eq(regs[1], 0x2);
	free_irq(base + 1, NULL);
	expect_eq(regs[0], 0x3);
	irq_remove_generic_chip(gc, 0x3, 0, 0);
	kfree(gc);
	irq_free_descs(base, 2);
}
