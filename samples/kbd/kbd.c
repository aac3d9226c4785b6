/* SPDX-License-Identifier: MIT */
/*
 * Listens on the keyboard's interrupt line and keeps the last scancodes in a ring that
 * /proc/kbd shows.
 *
 * The line belongs to the keyboard controller's driver, so it is requested shared. That
 * driver runs first and takes the byte out of the controller; reading port 0x60 again
 * gives the same byte, which is all that a listener needs.
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

#define KBD_IRQ		1
#define KBD_DATA_PORT	0x60
#define RING_SIZE	64	/* a power of two */

static DEFINE_SPINLOCK(ring_lock);	/* guards the two below; taken in the handler */
static u8 ring[RING_SIZE];
static unsigned int total;		/* scancodes ever seen; the next goes to total % RING_SIZE */

static irqreturn_t kbd_interrupt(int irq, void *dev)
{
	u8 code = inb(KBD_DATA_PORT);

	spin_lock(&ring_lock);
	ring[total++ % RING_SIZE] = code;
	spin_unlock(&ring_lock);
	return IRQ_HANDLED;
}

static int kbd_show(struct seq_file *m, void *unused)
{
	unsigned int first, i;
	u8 copy[RING_SIZE];

	spin_lock_irq(&ring_lock);
	memcpy(copy, ring, sizeof(copy));
	i = total;
	spin_unlock_irq(&ring_lock);

	first = i > RING_SIZE ? i - RING_SIZE : 0;
	seq_printf(m, "scancodes: %u\n", i);
	for (; first < i; first++) {
		u8 code = copy[first % RING_SIZE];

		seq_printf(m, "%02x %s\n", code, code & 0x80 ? "released" : "pressed");
	}
	return 0;
}

static int __init kbd_init(void)
{
	int err;

	if (!proc_create_single("kbd", 0444, NULL, kbd_show))
		return -ENOMEM;
	err = request_irq(KBD_IRQ, kbd_interrupt, IRQF_SHARED, "kbd-sample", ring);
	if (err) {
		remove_proc_entry("kbd", NULL);
		pr_err("kbd: no interrupt %d: %d\n", KBD_IRQ, err);
		return err;
	}
	pr_info("kbd: listening on interrupt %d\n", KBD_IRQ);
	return 0;
}

static void __exit kbd_exit(void)
{
	free_irq(KBD_IRQ, ring);
	remove_proc_entry("kbd", NULL);
	pr_info("kbd: saw %u scancodes\n", total);
}

module_init(kbd_init);
module_exit(kbd_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Scancodes from the keyboard's interrupt");
