/* SPDX-License-Identifier: MIT */
/*
 * The 8259A pair, where it serves the lines (noapic, nolapic). The keyboard controller
 * raises IRQ 1 on demand: its command 0xd2 makes a byte appear as if typed.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/io_apic.h>
#include "test.h"

/* 8259A, Intel 231468, "Operation Command Words" */
#define MASTER_CMD	0x20
#define MASTER_MASK	0x21
#define SLAVE_CMD	0xa0
#define SLAVE_MASK	0xa1
#define OCW3_READ_IRR	0x0a
#define OCW3_READ_ISR	0x0b

/* 8042, IBM PS/2 Hardware Interface Technical Reference, "Keyboard Controller Commands" */
#define KBC_DATA		0x60
#define KBC_STATUS		0x64
#define   KBC_INPUT_FULL		0x02
#define KBC_COMMAND		0x64
#define   KBC_WRITE_KEYBOARD_OUTPUT	0xd2

static atomic_t keys;

static irqreturn_t key_handler(int irq, void *data)
{
	atomic_inc(&keys);
	return IRQ_NONE;		/* the keyboard's driver takes the byte */
}

static void type_byte(u8 byte)
{
	wait_until(!(inb(KBC_STATUS) & KBC_INPUT_FULL));
	outb(KBC_WRITE_KEYBOARD_OUTPUT, KBC_COMMAND);
	wait_until(!(inb(KBC_STATUS) & KBC_INPUT_FULL));
	outb(byte, KBC_DATA);
}

static u16 pair_register(u8 ocw3)
{
	unsigned long flags;
	u16 val;

	local_irq_save(flags);
	outb(ocw3, MASTER_CMD);
	outb(ocw3, SLAVE_CMD);
	val = inb(MASTER_CMD) | inb(SLAVE_CMD) << 8;
	outb(OCW3_READ_IRR, MASTER_CMD);
	outb(OCW3_READ_IRR, SLAVE_CMD);
	local_irq_restore(flags);
	return val;
}

static u16 pair_mask(void)
{
	return inb(MASTER_MASK) | inb(SLAVE_MASK) << 8;
}

TEST(i8259, silent, "A1 A3", "with I/O APICs in use every line of the 8259A is masked")
{
	need(ioapic_in_use(), "the 8259A serves the lines");
	expect_eq(pair_mask(), 0xffff);
}

TEST(i8259, masks, "A1", "the mask has a hole for the cascade and each line in use, and no other")
{
	unsigned int irq;
	u16 mask;

	need(!ioapic_in_use(), "the I/O APIC serves the lines");
	mask = pair_mask();
	expect_eq(mask & (1 << 2), 0);
	for (irq = 0; irq < NR_IRQS_LEGACY; irq++)
		if (irq != 2)
			expect_eq(!!(mask & (1 << irq)), !irq_has_action(irq) ||
				  irqd_irq_masked(irq_get_irq_data(irq)));
}

TEST(i8259, vectors, "A1", "line n comes in at vector 0x20 + n")
{
	unsigned int irq;

	need(!ioapic_in_use(), "the I/O APIC serves the lines");
	for (irq = 0; irq < NR_IRQS_LEGACY; irq++)
		expect(per_cpu(vector_irq, 0)[0x20 + irq] == irq_to_desc(irq));
}

static int raise_spurious_7(void *unused)
{
	__asm__ __volatile__("int $0x27" : : : "memory");
	return 0;
}

static int raise_spurious_15(void *unused)
{
	__asm__ __volatile__("int $0x2f" : : : "memory");
	return 0;
}

TEST(i8259, spurious, "A1", "IRQ 7 and 15 without a bit in the ISR are counted as errors and leave no trace")
{
	int before = atomic_read(&irq_err_count);

	need(!ioapic_in_use(), "the I/O APIC serves the lines");
	test_on_cpu(0, raise_spurious_7, NULL);
	expect_eq(atomic_read(&irq_err_count), before + 1);
	test_on_cpu(0, raise_spurious_15, NULL);
	expect_eq(atomic_read(&irq_err_count), before + 2);
	expect_eq(pair_register(OCW3_READ_ISR), 0);
}

TEST(i8259, masked_edge, "A1 A6", "an edge that comes while its line is masked waits in the IRR for the unmask")
{
	bool pending = false, masked = false;

	need(!ioapic_in_use(), "the I/O APIC serves the lines");
	atomic_set(&keys, 0);
	require(request_irq(1, key_handler, IRQF_SHARED, "i8259-test", &keys) == 0);
	type_byte(0x9e);
	wait_until(atomic_read(&keys) == 1);

	disable_irq(1);
	expect(pair_mask() & (1 << 1));
	type_byte(0x9e);
	wait_until(pair_register(OCW3_READ_IRR) & (1 << 1));
	irq_get_irqchip_state(1, IRQCHIP_STATE_PENDING, &pending);
	irq_get_irqchip_state(1, IRQCHIP_STATE_MASKED, &masked);
	expect(pending && masked);
	expect_eq(atomic_read(&keys), 1);
	enable_irq(1);
	wait_until(atomic_read(&keys) == 2);
	expect_eq(pair_register(OCW3_READ_IRR) & (1 << 1), 0);
	expect_eq(pair_register(OCW3_READ_ISR) & (1 << 1), 0);
	free_irq(1, &keys);
}
