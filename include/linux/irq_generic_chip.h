/* SPDX-License-Identifier: MIT */
/*
 * Generic chip: a controller of masks and registers, described instead of programmed. Comes
 * with linux/irq.h; the functions are in kernel/irq/generic_chip.c.
 */
#ifndef _LINUX_IRQ_GENERIC_CHIP_H
#define _LINUX_IRQ_GENERIC_CHIP_H

#include <linux/io.h>
#include <linux/irq.h>
#include <linux/spinlock.h>

/**
 * struct irq_chip_regs - offsets of a generic chip's registers
 * @enable: write ones to unmask
 * @disable: write ones to mask
 * @mask: mask register
 * @ack: write ones to acknowledge
 * @eoi: end of interrupt
 * @type: trigger
 * @polarity: polarity
 */
struct irq_chip_regs {
	unsigned long enable;
	unsigned long disable;
	unsigned long mask;
	unsigned long ack;
	unsigned long eoi;
	unsigned long type;
	unsigned long polarity;
};

/**
 * struct irq_chip_type - one flavour (level, edge) of a generic chip
 * @chip: its irq_chip
 * @regs: its registers
 * @handler: its flow handler
 * @type: IRQ_TYPE_* that it serves
 * @mask_cache_priv: mask cache of its own
 * @mask_cache: the cache that it uses
 */
struct irq_chip_type {
	struct irq_chip		chip;
	struct irq_chip_regs	regs;
	irq_flow_handler_t	handler;
	u32			type;
	u32			mask_cache_priv;
	u32			*mask_cache;
};

/**
 * struct irq_chip_generic - up to 32 lines behind one set of registers
 * @lock: guards the registers and caches
 * @reg_base: where the registers are
 * @reg_readl: reads one, instead of readl()
 * @reg_writel: writes one, instead of writel()
 * @suspend: called at suspend
 * @resume: called at resume
 * @irq_base: number of the first line
 * @irq_cnt: how many
 * @mask_cache: what the mask register holds
 * @type_cache: what the type register holds
 * @polarity_cache: what the polarity register holds
 * @wake_enabled: lines that wake
 * @wake_active: lines that may
 * @num_ct: flavours in @chip_types
 * @private: the driver's
 * @installed: lines set up by a domain
 * @unused: lines that must not be
 * @domain: of the chip
 * @chip_types: the flavours
 */
struct irq_chip_generic {
	raw_spinlock_t		lock;
	void __iomem		*reg_base;
	u32			(*reg_readl)(void __iomem *addr);
	void			(*reg_writel)(u32 val, void __iomem *addr);
	void			(*suspend)(struct irq_chip_generic *gc);
	void			(*resume)(struct irq_chip_generic *gc);
	unsigned int		irq_base;
	unsigned int		irq_cnt;
	u32			mask_cache;
	u32			type_cache;
	u32			polarity_cache;
	u32			wake_enabled;
	u32			wake_active;
	unsigned int		num_ct;
	void			*private;
	unsigned long		installed;
	unsigned long		unused;
	struct irq_domain	*domain;
	struct irq_chip_type	chip_types[];
};

enum irq_gc_flags {
	IRQ_GC_INIT_MASK_CACHE		= 1 << 0,
	IRQ_GC_INIT_NESTED_LOCK		= 1 << 1,
	IRQ_GC_MASK_CACHE_PER_TYPE	= 1 << 2,
	IRQ_GC_NO_MASK			= 1 << 3,
	IRQ_GC_BE_IO			= 1 << 4,
};

#define IRQ_MSK(n)	(u32)((n) < 32 ? ((1 << (n)) - 1) : UINT_MAX)

void irq_gc_noop(struct irq_data *d);
void irq_gc_mask_disable_reg(struct irq_data *d);
void irq_gc_mask_set_bit(struct irq_data *d);
void irq_gc_mask_clr_bit(struct irq_data *d);
void irq_gc_unmask_enable_reg(struct irq_data *d);
void irq_gc_ack_set_bit(struct irq_data *d);
void irq_gc_ack_clr_bit(struct irq_data *d);
void irq_gc_mask_disable_and_ack_set(struct irq_data *d);
void irq_gc_eoi(struct irq_data *d);
int irq_gc_set_wake(struct irq_data *d, unsigned int on);
struct irq_chip_generic *irq_alloc_generic_chip(const char *name, int nr_ct, unsigned int irq_base,
						void __iomem *reg_base, irq_flow_handler_t handler);
void irq_setup_generic_chip(struct irq_chip_generic *gc, u32 msk, enum irq_gc_flags flags,
			    unsigned int clr, unsigned int set);
int irq_setup_alt_chip(struct irq_data *d, unsigned int type);
void irq_remove_generic_chip(struct irq_chip_generic *gc, u32 msk, unsigned int clr,
			     unsigned int set);

static inline struct irq_chip_type *irq_data_get_chip_type(struct irq_data *d)
{
	return container_of(d->chip, struct irq_chip_type, chip);
}

static inline u32 irq_reg_readl(struct irq_chip_generic *gc, int reg_offset)
{
	if (gc->reg_readl)
		return gc->reg_readl(gc->reg_base + reg_offset);
	return readl(gc->reg_base + reg_offset);
}

static inline void irq_reg_writel(struct irq_chip_generic *gc, u32 val, int reg_offset)
{
	if (gc->reg_writel)
		gc->reg_writel(val, gc->reg_base + reg_offset);
	else
		writel(val, gc->reg_base + reg_offset);
}

static inline void irq_gc_lock(struct irq_chip_generic *gc)
{
	raw_spin_lock(&gc->lock);
}

static inline void irq_gc_unlock(struct irq_chip_generic *gc)
{
	raw_spin_unlock(&gc->lock);
}

#endif
