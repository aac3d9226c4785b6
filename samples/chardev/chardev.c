/* SPDX-License-Identifier: MIT */
/*
 * A character device in front of an interrupt: numbers are written to /dev/factorial,
 * QEMU's educational device computes, its interrupt puts each result into a ring, and
 * readers take them from there.
 *
 * read() sleeps until there is a result, poll() says whether there is one, ioctl() counts
 * interrupts and results that the ring had no room for.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kfifo.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include "chardev.h"

#define EDU_FACTORIAL	0x08	/* RW: n, later n! */
#define EDU_STATUS	0x20	/* RW */
#define   STATUS_IRQ_WHEN_DONE	0x80
#define EDU_IRQ_STATUS	0x24	/* R */
#define EDU_IRQ_ACK	0x64	/* W: the bits of EDU_IRQ_STATUS to clear */

#define RING_SIZE	16	/* results; a power of two */

struct result {
	u32 number;
	u32 factorial;
};

static struct factorial {
	void __iomem		*regs;
	int			irq;
	struct cdev		cdev;
	wait_queue_head_t	wait;		/* for a result, or for the device to be free */

	struct mutex		reading;	/* one reader at a time takes from the ring */

	spinlock_t		lock;		/* the interrupt against the rest; guards what follows */
	DECLARE_KFIFO(ring, struct result, RING_SIZE);
	bool			busy;
	u32			number;		/* that is being computed */
	struct chardev_stats	stats;
} fact;

static dev_t number_of_device;
static struct class *class;

static irqreturn_t fact_interrupt(int irq, void *unused)
{
	u32 status = readl(fact.regs + EDU_IRQ_STATUS);
	struct result r;

	if (!status)
		return IRQ_NONE;
	writel(status, fact.regs + EDU_IRQ_ACK);

	spin_lock(&fact.lock);
	r.number = fact.number;
	r.factorial = readl(fact.regs + EDU_FACTORIAL);
	fact.stats.interrupts++;
	if (!kfifo_put(&fact.ring, r))
		fact.stats.lost++;
	fact.busy = false;
	spin_unlock(&fact.lock);
	wake_up_interruptible(&fact.wait);
	return IRQ_HANDLED;
}

/* Take the device for one computation, if it is free. */
static bool start(u32 number)
{
	bool free;

	spin_lock_irq(&fact.lock);
	free = !fact.busy;
	if (free) {
		fact.busy = true;
		fact.number = number;
		writel(number, fact.regs + EDU_FACTORIAL);
	}
	spin_unlock_irq(&fact.lock);
	return free;
}

static ssize_t fact_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	unsigned int number;
	int err = kstrtouint_from_user(buf, count, 0, &number);

	if (err)
		return err;
	if (number > 12)
		return -ERANGE;		/* 13! does not fit the register */
	if (file->f_flags & O_NONBLOCK) {
		if (!start(number))
			return -EAGAIN;
	} else if (wait_event_interruptible(fact.wait, start(number))) {
		return -ERESTARTSYS;
	}
	return count;
}

/* One line a read. With nothing computed and nothing on the way, the file is at its end. */
static ssize_t fact_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct result r;
	char line[32];
	int len;

	if (mutex_lock_interruptible(&fact.reading))
		return -ERESTARTSYS;
	if (kfifo_is_empty(&fact.ring) && (file->f_flags & O_NONBLOCK)) {
		mutex_unlock(&fact.reading);
		return -EAGAIN;
	}
	if (wait_event_interruptible(fact.wait,
				     !kfifo_is_empty(&fact.ring) || !READ_ONCE(fact.busy))) {
		mutex_unlock(&fact.reading);
		return -ERESTARTSYS;
	}
	len = kfifo_get(&fact.ring, &r) ? 1 : 0;
	mutex_unlock(&fact.reading);
	if (!len)
		return 0;
	len = scnprintf(line, sizeof(line), "%u! = %u\n", r.number, r.factorial);
	if (count < len)
		return -EINVAL;
	return copy_to_user(buf, line, len) ? -EFAULT : len;
}

static __poll_t fact_poll(struct file *file, poll_table *table)
{
	__poll_t mask = 0;

	poll_wait(file, &fact.wait, table);
	if (!kfifo_is_empty(&fact.ring))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (!READ_ONCE(fact.busy))
		mask |= EPOLLOUT | EPOLLWRNORM;
	return mask;
}

static long fact_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct chardev_stats stats;

	switch (cmd) {
	case CHARDEV_GET_STATS:
		spin_lock_irq(&fact.lock);
		stats = fact.stats;
		spin_unlock_irq(&fact.lock);
		return copy_to_user((void __user *)arg, &stats, sizeof(stats)) ? -EFAULT : 0;
	case CHARDEV_RESET_STATS:
		spin_lock_irq(&fact.lock);
		memset(&fact.stats, 0, sizeof(fact.stats));
		spin_unlock_irq(&fact.lock);
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations fact_fops = {
	.owner		= THIS_MODULE,
	.read		= fact_read,
	.write		= fact_write,
	.poll		= fact_poll,
	.unlocked_ioctl	= fact_ioctl,
	.llseek		= no_llseek,
};

static ssize_t interrupts_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", READ_ONCE(fact.stats.interrupts));
}
static DEVICE_ATTR_RO(interrupts);

static struct attribute *fact_attrs[] = {
	&dev_attr_interrupts.attr,
	NULL
};
ATTRIBUTE_GROUPS(fact);

static int fact_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct device *dev;
	int err = pcim_enable_device(pdev);

	if (err)
		return err;
	fact.regs = pcim_iomap(pdev, 0, 0);
	if (!fact.regs)
		return -ENOMEM;
	err = pci_alloc_irq_vectors(pdev, 1, 1, PCI_IRQ_ALL_TYPES);
	if (err < 0)
		return err;
	fact.irq = pci_irq_vector(pdev, 0);
	err = request_irq(fact.irq, fact_interrupt, IRQF_SHARED, "factorial", &fact);
	if (err)
		goto vectors;
	pci_set_master(pdev);
	writel(STATUS_IRQ_WHEN_DONE, fact.regs + EDU_STATUS);

	cdev_init(&fact.cdev, &fact_fops);
	fact.cdev.owner = THIS_MODULE;
	err = cdev_add(&fact.cdev, number_of_device, 1);
	if (err)
		goto irq;
	dev = device_create_with_groups(class, &pdev->dev, number_of_device, NULL, fact_groups,
					"factorial");
	err = PTR_ERR_OR_ZERO(dev);
	if (err)
		goto cdev;
	dev_info(dev, "computes for whoever writes to it\n");
	return 0;
cdev:
	cdev_del(&fact.cdev);
irq:
	free_irq(fact.irq, &fact);
vectors:
	pci_free_irq_vectors(pdev);
	return err;
}

static void fact_remove(struct pci_dev *pdev)
{
	device_destroy(class, number_of_device);
	cdev_del(&fact.cdev);
	writel(0, fact.regs + EDU_STATUS);
	free_irq(fact.irq, &fact);
	pci_free_irq_vectors(pdev);
}

static const struct pci_device_id fact_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};
MODULE_DEVICE_TABLE(pci, fact_ids);

static struct pci_driver fact_driver = {
	.name		= "chardev",
	.id_table	= fact_ids,
	.probe		= fact_probe,
	.remove		= fact_remove,
};

static int __init chardev_init(void)
{
	int err;

	init_waitqueue_head(&fact.wait);
	mutex_init(&fact.reading);
	spin_lock_init(&fact.lock);
	INIT_KFIFO(fact.ring);
	err = alloc_chrdev_region(&number_of_device, 0, 1, "factorial");
	if (err)
		return err;
	class = class_create(THIS_MODULE, "factorial");
	err = PTR_ERR_OR_ZERO(class);
	if (err)
		goto region;
	err = pci_register_driver(&fact_driver);
	if (!err)
		return 0;
	class_destroy(class);
region:
	unregister_chrdev_region(number_of_device, 1);
	return err;
}

static void __exit chardev_exit(void)
{
	pci_unregister_driver(&fact_driver);
	class_destroy(class);
	unregister_chrdev_region(number_of_device, 1);
}

module_init(chardev_init);
module_exit(chardev_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("a character device with an interrupt-driven ring");
