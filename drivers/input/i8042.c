/* SPDX-License-Identifier: MIT */
/*
 * The i8042 controller of a PC: keyboard on IRQ 1, mouse on IRQ 12.
 *
 * IBM PS/2 Hardware Interface Technical Reference, "Keyboard and Auxiliary Device
 * Controller". Both lines are requested shared, as on Linux, and this driver is the one
 * that takes the byte out of port 0x60, so that a module which attaches to the line sees
 * one interrupt a byte and may read the same byte again.
 */
#include <linux/delay.h>
#include <linux/i8042.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/notifier.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/spinlock.h>

#define I8042_DATA	0x60	/* RW: byte from a device; byte for the keyboard or a parameter */
#define I8042_STATUS	0x64	/* R */
#define   STATUS_OBF	0x01	/*   a byte waits in I8042_DATA */
#define   STATUS_IBF	0x02	/*   the controller has not taken the last write */
#define   STATUS_AUX	0x20	/*   the byte is the mouse's */
#define   STATUS_NONE	0xff	/*   what an absent controller reads as */
#define I8042_COMMAND	0x64	/* W */
#define   CMD_READ_CTR	0x20
#define   CMD_WRITE_CTR	0x60
#define   CMD_AUX_DISABLE 0xa7
#define   CMD_AUX_ENABLE 0xa8
#define   CMD_SELF_TEST	0xaa
#define     SELF_TEST_OK 0x55
#define   CMD_KBD_DISABLE 0xad
#define   CMD_KBD_ENABLE 0xae
#define   CMD_TO_AUX	0xd4
#define CTR_KBD_INT	0x01
#define CTR_AUX_INT	0x02
#define CTR_KBD_DISABLED 0x10
#define CTR_AUX_DISABLED 0x20

#define KBD_IRQ		1
#define AUX_IRQ		12
#define TIMEOUT_US	10000
#define SELF_TEST_TIMEOUT_US 500000

static DEFINE_SPINLOCK(i8042_lock);	/* guards the two ports; taken with irqs off */
static ATOMIC_NOTIFIER_HEAD(i8042_listeners);

static bool wait_status(u8 mask, u8 want, unsigned int timeout_us)
{
	while ((inb(I8042_STATUS) & mask) != want) {
		if (!timeout_us--)
			return false;
		udelay(1);
	}
	return true;
}

static bool put(unsigned int port, u8 val)
{
	if (!wait_status(STATUS_IBF, 0, TIMEOUT_US))
		return false;
	outb(val, port);
	return true;
}

static int get(unsigned int timeout_us)
{
	return wait_status(STATUS_OBF, STATUS_OBF, timeout_us) ? inb(I8042_DATA) : -1;
}

/* A byte for the mouse goes through the controller. */
static bool put_aux(u8 val)
{
	return put(I8042_COMMAND, CMD_TO_AUX) && put(I8042_DATA, val);
}

/**
 * i8042_register_listener - hear every byte the controller delivers
 * @nb: called in hard-IRQ context with the byte; @action is I8042_FROM_KBD or I8042_FROM_AUX
 *
 * Context: any that may take a spin lock. Return: 0; -EEXIST.
 */
int i8042_register_listener(struct notifier_block *nb)
{
	return atomic_notifier_chain_register(&i8042_listeners, nb);
}
EXPORT_SYMBOL_GPL(i8042_register_listener);

/** i8042_unregister_listener - Return: 0; -ENOENT */
int i8042_unregister_listener(struct notifier_block *nb)
{
	return atomic_notifier_chain_unregister(&i8042_listeners, nb);
}
EXPORT_SYMBOL_GPL(i8042_unregister_listener);

static irqreturn_t i8042_interrupt(int irq, void *dev)
{
	unsigned long flags;
	u8 status, byte;

	spin_lock_irqsave(&i8042_lock, flags);
	status = inb(I8042_STATUS);
	if (!(status & STATUS_OBF)) {
		spin_unlock_irqrestore(&i8042_lock, flags);
		return IRQ_NONE;
	}
	byte = inb(I8042_DATA);
	spin_unlock_irqrestore(&i8042_lock, flags);
	add_input_randomness(0, (unsigned int)irq, byte);
	atomic_notifier_call_chain(&i8042_listeners,
				   status & STATUS_AUX ? I8042_FROM_AUX : I8042_FROM_KBD,
				   (void *)(unsigned long)byte);
	return IRQ_HANDLED;
}

static void flush(void)
{
	unsigned int n = 32;

	while (n-- && (inb(I8042_STATUS) & STATUS_OBF))
		inb(I8042_DATA);
}

/* Returns the controller's command byte, or -1 when there is no working controller. */
static int __init probe(void)
{
	int answer;

	if (inb(I8042_STATUS) == STATUS_NONE)
		return -1;
	put(I8042_COMMAND, CMD_KBD_DISABLE);
	put(I8042_COMMAND, CMD_AUX_DISABLE);
	flush();
	if (!put(I8042_COMMAND, CMD_SELF_TEST))
		return -1;
	answer = get(SELF_TEST_TIMEOUT_US);
	if (answer != SELF_TEST_OK) {
		pr_warn("i8042: self-test answered %#x, expected %#x\n", answer, SELF_TEST_OK);
		return -1;
	}
	return put(I8042_COMMAND, CMD_READ_CTR) ? get(TIMEOUT_US) : -1;
}

/* Ask the mouse to report movements; its acknowledge shows that there is one. */
static bool __init start_mouse(void)
{
	put(I8042_COMMAND, CMD_AUX_ENABLE);
	return put_aux(AUX_CMD_ENABLE_REPORTING) && get(TIMEOUT_US) == PS2_ACK;
}

static char i8042_dev;	/* its address is the shared lines' dev_id */

static int __init i8042_init(void)
{
	int ctr = probe(), err;
	bool mouse;

	if (ctr < 0) {
		pr_info("i8042: no controller\n");
		return 0;
	}
	mouse = start_mouse();
	flush();
	err = request_irq(KBD_IRQ, i8042_interrupt, IRQF_SHARED, "i8042", &i8042_dev);
	if (!err && mouse)
		err = request_irq(AUX_IRQ, i8042_interrupt, IRQF_SHARED, "i8042", &i8042_dev);
	if (err) {
		pr_err("i8042: no interrupt: %d\n", err);
		return err;
	}
	ctr |= CTR_KBD_INT | (mouse ? CTR_AUX_INT : 0);
	ctr &= ~(CTR_KBD_DISABLED | (mouse ? CTR_AUX_DISABLED : 0));
	put(I8042_COMMAND, CMD_KBD_ENABLE);
	put(I8042_COMMAND, CMD_WRITE_CTR);
	put(I8042_DATA, ctr);
	pr_info("i8042: keyboard on irq %u%s\n", KBD_IRQ, mouse ? ", mouse on irq 12" : "");
	return 0;
}
device_initcall(i8042_init);
