/* SPDX-License-Identifier: MIT */
/*
 * The generic chip: up to 32 lines behind a set of registers with a bit a line. Most simple
 * controllers differ only in where their mask, enable and acknowledge registers are.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>
#include "internals.h"

/** irq_gc_noop - nothing to be done */
void irq_gc_noop(struct irq_data *d)
{
}
EXPORT_SYMBOL_GPL(irq_gc_noop);

/* Write the line's bit to a register under the chip's lock. */
static void gc_write_bit(struct irq_data *d, unsigned long reg)
{
	struct irq_chip_generic *gc = irq_data_get_irq_chip_data(d);

	irq_gc_lock(gc);
	irq_reg_writel(gc, d->mask, reg);
	irq_gc_unlock(gc);
}

/* Change the line's bit in the mask cache, and write the cache to the mask register. */
static void gc_update_mask(struct irq_data *d, bool set)
{
	struct irq_chip_generic *gc = irq_data_get_irq_chip_data(d);
	struct irq_chip_type *ct = irq_data_get_chip_type(d);

	irq_gc_lock(gc);
	if (set)
		*ct->mask_cache |= d->mask;
	else
		*ct->mask_cache &= ~d->mask;
	irq_reg_writel(gc, *ct->mask_cache, ct->regs.mask);
	irq_gc_unlock(gc);
}

/** irq_gc_mask_disable_reg - mask by the disable register */
void irq_gc_mask_disable_reg(struct irq_data *d)
{
	struct irq_chip_generic *gc = irq_data_get_irq_chip_data(d);
	struct irq_chip_type *ct = irq_data_get_chip_type(d);

	irq_gc_lock(gc);
	irq_reg_writel(gc, d->mask, ct->regs.disable);
	*ct->mask_cache &= ~d->mask;
	irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_disable_reg);

/** irq_gc_unmask_enable_reg - unmask by the enable register */
void irq_gc_unmask_enable_reg(struct irq_data *d)
{
	struct irq_chip_generic *gc = irq_data_get_irq_chip_data(d);
	struct irq_chip_type *ct = irq_data_get_chip_type(d);

	irq_gc_lock(gc);
	irq_reg_writel(gc, d->mask, ct->regs.enable);
	*ct->mask_cache |= d->mask;
	irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_unmask_enable_reg);

/** irq_gc_mask_set_bit - set the bit in the mask register: masks, or unmasks, as the chip has it */
void irq_gc_mask_set_bit(struct irq_data *d)
{
	gc_update_mask(d, true);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_set_bit);

/** irq_gc_mask_clr_bit - clear the bit in the mask register */
void irq_gc_mask_clr_bit(struct irq_data *d)
{
	gc_update_mask(d, false);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_clr_bit);

/** irq_gc_ack_set_bit - acknowledge by writing a one */
void irq_gc_ack_set_bit(struct irq_data *d)
{
	gc_write_bit(d, irq_data_get_chip_type(d)->regs.ack);
}
EXPORT_SYMBOL_GPL(irq_gc_ack_set_bit);

/** irq_gc_ack_clr_bit - acknowledge by writing a zero */
void irq_gc_ack_clr_bit(struct irq_data *d)
{
	struct irq_chip_generic *gc = irq_data_get_irq_chip_data(d);

	irq_gc_lock(gc);
	irq_reg_writel(gc, ~d->mask, irq_data_get_chip_type(d)->regs.ack);
	irq_gc_unlock(gc);
}
EXPORT_SYMBOL_GPL(irq_gc_ack_clr_bit);

/** irq_gc_mask_disable_and_ack_set - mask and acknowledge */
void irq_gc_mask_disable_and_ack_set(struct irq_data *d)
{
	irq_gc_mask_disable_reg(d);
	irq_gc_ack_set_bit(d);
}
EXPORT_SYMBOL_GPL(irq_gc_mask_disable_and_ack_set);

/** irq_gc_eoi - end of interrupt by writing a one */
void irq_gc_eoi(struct irq_data *d)
{
	gc_write_bit(d, irq_data_get_chip_type(d)->regs.eoi);
}
EXPORT_SYMBOL_GPL(irq_gc_eoi);

/**
 * irq_gc_set_wake - note which lines may wake the machine
 * Return: 0; -EINVAL the line can't.
 */
int irq_gc_set_wake(struct irq_data *d, unsigned int on)
{
	struct irq_chip_generic *gc = irq_data_get_irq_chip_data(d);

	if (!(d->mask & gc->wake_enabled))
		return -EINVAL;
	irq_gc_lock(gc);
	if (on)
		gc->wake_active |= d->mask;
	else
		gc->wake_active &= ~d->mask;
	irq_gc_unlock(gc);
	return 0;
}
EXPORT_SYMBOL_GPL(irq_gc_set_wake);

/**
 * irq_alloc_generic_chip - make a generic chip
 * @name: in /proc/interrupts
 * @num_ct: flavours
 * @irq_base: first line
 * @reg_base: where the registers are
 * @handler: flow of the first flavour
 *
 * Context: process, may sleep. Return: NULL when there is no memory.
 */
struct irq_chip_generic *irq_alloc_generic_chip(const char *name, int num_ct,
						unsigned int irq_base, void __iomem *reg_base,
						irq_flow_handler_t handler)
{
	struct irq_chip_generic *gc = kzalloc(struct_size(gc, chip_types, num_ct), GFP_KERNEL);
	int i;

	if (!gc)
		return NULL;
	raw_spin_lock_init(&gc->lock);
	gc->num_ct = num_ct;
	gc->irq_base = irq_base;
	gc->reg_base = reg_base;
	for (i = 0; i < num_ct; i++)
		gc->chip_types[i].chip.name = name;
	gc->chip_types[0].handler = handler;
	return gc;
}
EXPORT_SYMBOL_GPL(irq_alloc_generic_chip);

/* Each flavour points to the cache that it uses, which holds what the register does. */
static void gc_init_mask_cache(struct irq_chip_generic *gc, enum irq_gc_flags flags)
{
	struct irq_chip_type *ct = gc->chip_types;
	u32 *shared = &gc->mask_cache;
	unsigned int i;

	for (i = 0; i < gc->num_ct; i++) {
		bool own = flags & IRQ_GC_MASK_CACHE_PER_TYPE;

		ct[i].mask_cache = own ? &ct[i].mask_cache_priv : shared;
		if ((flags & IRQ_GC_INIT_MASK_CACHE) && (own || i == 0))
			*ct[i].mask_cache = irq_reg_readl(gc, ct[i].regs.mask);
	}
}

/**
 * irq_setup_generic_chip - give a generic chip its lines
 * @gc: the chip, its flavours filled in
 * @msk: which of the 32 lines from irq_base on
 * @flags: IRQ_GC_*
 * @clr: IRQ_* to clear of each line
 * @set: IRQ_* to set
 *
 * Context: process, may sleep.
 */
void irq_setup_generic_chip(struct irq_chip_generic *gc, u32 msk, enum irq_gc_flags flags,
			    unsigned int clr, unsigned int set)
{
	struct irq_chip_type *ct = gc->chip_types;
	struct irq_chip *chip = &ct->chip;
	unsigned int i;

	gc_init_mask_cache(gc, flags);

	for (i = gc->irq_base; msk; msk >>= 1, i++) {
		if (!(msk & 1))
			continue;
		if (!(flags & IRQ_GC_NO_MASK)) {
			struct irq_data *d = irq_get_irq_data(i);

			if (chip->irq_calc_mask)
				chip->irq_calc_mask(d);
			else
				d->mask = 1U << (i - gc->irq_base);
		}
		irq_set_chip_and_handler(i, chip, ct->handler);
		irq_set_chip_data(i, gc);
		irq_modify_status(i, clr, set);
	}
	gc->irq_cnt = i - gc->irq_base;
}
EXPORT_SYMBOL_GPL(irq_setup_generic_chip);

/**
 * irq_setup_alt_chip - change a line to the flavour that serves a trigger type
 * @d: the line's, its lock held
 * @type: IRQ_TYPE_*
 *
 * Return: 0; -EINVAL no flavour does.
 */
int irq_setup_alt_chip(struct irq_data *d, unsigned int type)
{
	struct irq_chip_generic *gc = irq_data_get_irq_chip_data(d);
	struct irq_chip_type *ct = gc->chip_types;
	unsigned int i;

	for (i = 0; i < gc->num_ct; i++, ct++) {
		if (ct->type & type) {
			d->chip = &ct->chip;
			irq_set_handler_locked(d, ct->handler);
			return 0;
		}
	}
	return -EINVAL;
}
EXPORT_SYMBOL_GPL(irq_setup_alt_chip);

/**
 * irq_remove_generic_chip - take a generic chip's lines from it
 * @gc: the chip; the caller frees it
 * @msk: as in irq_setup_generic_chip()
 * @clr: the same
 * @set: the same
 *
 * Context: process, may sleep.
 */
void irq_remove_generic_chip(struct irq_chip_generic *gc, u32 msk, unsigned int clr,
			     unsigned int set)
{
	unsigned int i;

	for (i = gc->irq_base; msk; msk >>= 1, i++) {
		if (!(msk & 1))
			continue;
		irq_set_handler(i, NULL);
		irq_set_chip(i, &no_irq_chip);
		irq_set_chip_data(i, NULL);
		irq_modify_status(i, clr, set);
	}
}
EXPORT_SYMBOL_GPL(irq_remove_generic_chip);
