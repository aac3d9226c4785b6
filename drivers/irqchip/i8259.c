/* SPDX-License-Identifier: MIT */
/*
 * The pair of 8259A interrupt controllers of every PC.
 *
 * Intel 231468, "8259A Programmable Interrupt Controller"; the trigger mode registers are
 * the chipset's: Intel 290562 (PIIX4), "ELCR1, ELCR2". The slave's output is the master's
 * line 2. Fixed priority, 0 the highest; the slave's eight count as the master's 2.
 *
 * The mask gates the output and not the latch: an edge that comes while its line is masked
 * stays in the IRR and is delivered on unmask. That is why one flow, handle_level_irq(),
 * serves both triggers: mask, end, handle, unmask.
 *
 * A line that goes quiet before the CPU asks for its vector makes the 8259A answer with
 * line 7, without a bit in the ISR: a spurious interrupt, which must get no EOI.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <asm/hw_irq.h>
#include <asm/i8259.h>

#define MASTER		0x20
#define SLAVE		0xa0
#define CASCADE_LINE	2
#define NR_LINES	16

/* "Initialization Command Words", "Operation Command Words" */
#define PIC_CMD			0	/* W: ICW1, OCW2, OCW3. R: IRR or ISR, as OCW3 chose */
#define   ICW1_INIT			0x10
#define   ICW1_ICW4			0x01	/* ICW4 follows */
#define   OCW2_EOI_SPECIFIC(n)		(0x60 | (n))
#define   OCW3_READ_IRR			0x0a
#define   OCW3_READ_ISR			0x0b
#define PIC_DATA		1	/* W: ICW2-4, then RW: OCW1, the mask */
#define   ICW4_8086			0x01
#define   MASK_ALL			0xff

/* "Edge/Level Control Registers": a bit a line, 1 is level. Lines 0, 1, 2, 8, 13 are edge. */
#define ELCR1			0x4d0
#define ELCR2			0x4d1
#define ELCR_FIXED_EDGE		0x2107

static DEFINE_RAW_SPINLOCK(i8259_lock);	/* guards the registers and: */
static u16 mask_cache = 0xffff;		/* what both OCW1 hold; the slave in the upper byte */

static struct resource pic_ports[] = {
	{ .name = "pic1", .start = MASTER, .end = MASTER + 1, .flags = IORESOURCE_IO | IORESOURCE_BUSY },
	{ .name = "pic2", .start = SLAVE, .end = SLAVE + 1, .flags = IORESOURCE_IO | IORESOURCE_BUSY },
};

static unsigned int chip_of(unsigned int irq)
{
	return irq < 8 ? MASTER : SLAVE;
}

static void write_mask(unsigned int irq)
{
	if (irq < 8)
		outb(mask_cache & 0xff, MASTER + PIC_DATA);
	else
		outb(mask_cache >> 8, SLAVE + PIC_DATA);
}

static void i8259_mask(struct irq_data *d)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&i8259_lock, flags);
	mask_cache |= 1 << d->irq;
	write_mask(d->irq);
	raw_spin_unlock_irqrestore(&i8259_lock, flags);
}

static void i8259_unmask(struct irq_data *d)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&i8259_lock, flags);
	mask_cache &= ~(1 << d->irq);
	write_mask(d->irq);
	raw_spin_unlock_irqrestore(&i8259_lock, flags);
}

/* Reading the other register leaves it selected: IRR is what everybody else expects. */
static bool register_bit(unsigned int irq, u8 ocw3)
{
	unsigned int chip = chip_of(irq);
	u8 val;

	outb(ocw3, chip + PIC_CMD);
	val = inb(chip + PIC_CMD);
	outb(OCW3_READ_IRR, chip + PIC_CMD);
	return val & (1 << (irq & 7));
}

static void send_eoi(unsigned int irq)
{
	if (irq >= 8)
		outb(OCW2_EOI_SPECIFIC(irq & 7), SLAVE + PIC_CMD);
	outb(OCW2_EOI_SPECIFIC(irq >= 8 ? CASCADE_LINE : irq), MASTER + PIC_CMD);
}

/*
 * A spurious line 15 was a real line 2 for the master, which is owed an EOI. One of line 7 or
 * 15 that arrives while the line is masked can be nothing else, but one that arrives
 * while it is open shows only in the ISR, and the question is slow: ask only for these two.
 */
static bool is_spurious(unsigned int irq)
{
	if ((irq & 7) != 7 || register_bit(irq, OCW3_READ_ISR))
		return false;
	if (irq >= 8)
		outb(OCW2_EOI_SPECIFIC(CASCADE_LINE), MASTER + PIC_CMD);
	atomic_inc(&irq_err_count);
	pr_debug("8259A: spurious interrupt, IRQ%u\n", irq);
	return true;
}

static void i8259_mask_ack(struct irq_data *d)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&i8259_lock, flags);
	if (!is_spurious(d->irq)) {
		mask_cache |= 1 << d->irq;
		write_mask(d->irq);
		send_eoi(d->irq);
	}
	raw_spin_unlock_irqrestore(&i8259_lock, flags);
}

static int i8259_set_type(struct irq_data *d, unsigned int type)
{
	bool level = i8259_line_is_level(d->irq);

	/* The inputs are active high and the trigger is the chipset's: agree or refuse. */
	if (type & (IRQ_TYPE_EDGE_FALLING | IRQ_TYPE_EDGE_RISING))
		return level ? -EINVAL : IRQ_SET_MASK_OK;
	if (level)
		return IRQ_SET_MASK_OK;
	if ((1 << d->irq) & ELCR_FIXED_EDGE)
		return -EINVAL;
	i8259_set_level(d->irq);
	return IRQ_SET_MASK_OK;
}

static int i8259_get_state(struct irq_data *d, enum irqchip_irq_state which, bool *state)
{
	unsigned long flags;
	int err = 0;

	raw_spin_lock_irqsave(&i8259_lock, flags);
	switch (which) {
	case IRQCHIP_STATE_PENDING:
		*state = register_bit(d->irq, OCW3_READ_IRR);
		break;
	case IRQCHIP_STATE_ACTIVE:
		*state = register_bit(d->irq, OCW3_READ_ISR);
		break;
	case IRQCHIP_STATE_MASKED:
		*state = mask_cache & (1 << d->irq);
		break;
	default:
		err = -EINVAL;
	}
	raw_spin_unlock_irqrestore(&i8259_lock, flags);
	return err;
}

static struct irq_chip i8259_chip = {
	.name			= "XT-PIC",
	.irq_mask		= i8259_mask,
	.irq_disable		= i8259_mask,
	.irq_unmask		= i8259_unmask,
	.irq_mask_ack		= i8259_mask_ack,
	.irq_set_type		= i8259_set_type,
	.irq_get_irqchip_state	= i8259_get_state,
};

static u16 read_elcr(void)
{
	return inb(ELCR1) | inb(ELCR2) << 8;
}

/* Without the registers the ports read as ones, and lines that must be edge say level. */
static bool elcr_present(u16 elcr)
{
	return !(elcr & ELCR_FIXED_EDGE);
}

/** i8259_line_is_level - how the chipset has @irq triggered */
bool i8259_line_is_level(unsigned int irq)
{
	u16 elcr = read_elcr();

	return elcr_present(elcr) && (elcr & (1 << irq));
}

/**
 * i8259_set_level - make @irq level triggered
 * @irq: one that a PCI device is routed to; not a fixed edge line
 */
void i8259_set_level(unsigned int irq)
{
	unsigned long flags;
	u16 elcr;

	raw_spin_lock_irqsave(&i8259_lock, flags);
	elcr = read_elcr();
	if (elcr_present(elcr)) {
		elcr |= 1 << irq;
		outb(elcr & 0xff, ELCR1);
		outb(elcr >> 8, ELCR2);
	}
	raw_spin_unlock_irqrestore(&i8259_lock, flags);
}

static void __init init_chip(unsigned int chip, u8 first_vector, u8 icw3)
{
	outb(MASK_ALL, chip + PIC_DATA);
	outb(ICW1_INIT | ICW1_ICW4, chip + PIC_CMD);
	outb(first_vector, chip + PIC_DATA);		/* ICW2 */
	outb(icw3, chip + PIC_DATA);			/* ICW3 */
	outb(ICW4_8086, chip + PIC_DATA);		/* ICW4: no automatic EOI */
}

/**
 * i8259_init - vectors from FIRST_EXTERNAL_VECTOR on, all lines masked
 *
 * Context: boot, interrupts off.
 */
void __init i8259_init(void)
{
	init_chip(MASTER, ISA_IRQ_VECTOR(0), 1 << CASCADE_LINE);	/* which line has a slave */
	init_chip(SLAVE, ISA_IRQ_VECTOR(8), CASCADE_LINE);		/* whose slave it is */
	outb(MASK_ALL, MASTER + PIC_DATA);
	outb(MASK_ALL, SLAVE + PIC_DATA);
}

/**
 * i8259_take_lines - the pair serves lines 0-15, on the boot CPU
 *
 * Context: boot CPU, interrupts off, after i8259_init().
 */
void __init i8259_take_lines(void)
{
	unsigned int irq;

	mask_cache &= ~(1 << CASCADE_LINE);
	write_mask(CASCADE_LINE);
	for (irq = 0; irq < NR_LINES; irq++) {
		irq_set_chip_and_handler(irq, &i8259_chip, handle_level_irq);
		if (i8259_line_is_level(irq))
			irq_set_status_flags(irq, IRQ_LEVEL);
		this_cpu_write(vector_irq[ISA_IRQ_VECTOR(irq)], irq_to_desc(irq));
	}
	irq_set_status_flags(CASCADE_LINE, IRQ_NOREQUEST | IRQ_NOPROBE);
	request_resource(&ioport_resource, &pic_ports[0]);
	request_resource(&ioport_resource, &pic_ports[1]);
	pr_info("8259A: serves IRQ 0-15, level mask 0x%04x\n", read_elcr());
}
