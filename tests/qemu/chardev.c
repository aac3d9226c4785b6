/* SPDX-License-Identifier: MIT */
/* Character and misc devices, classes and their files in /dev, the platform bus. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/poll.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include "test.h"
#include "text.h"

static char text[256];

#define TEST_IOC_DOUBLE	_IOWR('t', 1, int)

static int opened;

static int dev_open(struct inode *inode, struct file *file)
{
	opened++;
	file->private_data = (void *)(long)iminor(inode);
	return 0;
}

static int dev_release(struct inode *inode, struct file *file)
{
	opened--;
	return 0;
}

static ssize_t dev_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	char answer[16];
	int n = snprintf(answer, sizeof(answer), "minor %ld\n", (long)file->private_data);

	return simple_read_from_buffer(buf, count, ppos, answer, n);
}

static long dev_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	int v;

	if (cmd != TEST_IOC_DOUBLE)
		return -ENOTTY;
	if (copy_from_user(&v, (void __user *)arg, sizeof(v)))
		return -EFAULT;
	v *= 2;
	return copy_to_user((void __user *)arg, &v, sizeof(v)) ? -EFAULT : 0;
}

static const struct file_operations dev_fops = {
	.owner		= THIS_MODULE,
	.open		= dev_open,
	.release	= dev_release,
	.read		= dev_read,
	.unlocked_ioctl	= dev_ioctl,
	.llseek		= default_llseek,
};

TEST(chardev, class, "H3", "cdev, class and device_create() give files in /dev that open by their minors; all is gone afterwards")
{
	struct class *class = class_create(THIS_MODULE, "tophalf_test");
	struct device *dev;
	unsigned int old;
	struct file *f;
	struct cdev cdev;
	dev_t first;
	int v = 21;

	require(!IS_ERR(class));
	expect_eq(alloc_chrdev_region(&first, 0, 2, "tophalf_test"), 0);
	cdev_init(&cdev, &dev_fops);
	expect_eq(cdev_add(&cdev, first, 2), 0);
	dev = device_create(class, NULL, first, NULL, "tt%d", 0);
	expect(!IS_ERR(dev));
	expect(!IS_ERR(device_create(class, dev, first + 1, NULL, "ttdir!tt%d", 1)));
	expect_eq(text_of("/dev/tt0", text, sizeof(text)), 8);
	expect_str(text, "minor 0\n");
	expect_eq(text_of("/dev/ttdir/tt1", text, sizeof(text)), 8);
	expect_str(text, "minor 1\n");
	expect(is_there("/sys/class/tophalf_test/tt0/dev"));
	expect(is_there("/sys/devices/virtual/tophalf_test/tt0/uevent"));
	test_note("the complaint that follows is expected");
	expect_eq(PTR_ERR(device_create(class, NULL, first, NULL, "tt%d", 0)), -EEXIST);

	f = filp_open("/dev/tt0", O_RDWR, 0);
	require(!IS_ERR(f));
	old = kernel_uaccess_begin();
	expect_eq(vfs_ioctl(f, TEST_IOC_DOUBLE, (unsigned long)&v), 0);
	expect_eq(vfs_ioctl(f, _IO('t', 2), 0), -ENOTTY);
	kernel_uaccess_end(old);
	expect_eq(v, 42);
	device_destroy(class, first + 1);
	device_destroy(class, first);
	cdev_del(&cdev);
	expect_eq(PTR_ERR(filp_open("/dev/tt0", O_RDONLY, 0)), -ENOENT);
	expect(!is_there("/dev/ttdir"));
	expect_eq(opened, 1);		/* what is open goes on */
	filp_close(f, NULL);
	expect_eq(opened, 0);
	unregister_chrdev_region(first, 2);
	class_destroy(class);
	expect(!is_there("/sys/class/tophalf_test"));
	expect(!is_there("/sys/devices/virtual/tophalf_test"));
}

struct owned {
	struct cdev	cdev;
	struct device	dev;
};

static int owned_released;

static void owned_release(struct device *dev)
{
	owned_released++;
}

TEST(chardev, owned, "H3", "a device that was removed is released when the last file of it is closed, not before")
{
	static struct owned o;
	struct file *f;
	dev_t devt;

	memset(&o, 0, sizeof(o));
	owned_released = 0;
	require(!alloc_chrdev_region(&devt, 0, 1, "tophalf_test"));
	device_initialize(&o.dev);
	o.dev.release = owned_release;
	o.dev.devt = devt;
	dev_set_name(&o.dev, "tt_owned");
	cdev_init(&o.cdev, &dev_fops);
	expect_eq(cdev_device_add(&o.cdev, &o.dev), 0);
	f = filp_open("/dev/tt_owned", O_RDWR, 0);
	require(!IS_ERR(f));
	cdev_device_del(&o.cdev, &o.dev);
	put_device(&o.dev);
	expect_eq(owned_released, 0);
	filp_close(f, NULL);
	expect_eq(owned_released, 1);
	unregister_chrdev_region(devt, 1);
}

static DECLARE_WAIT_QUEUE_HEAD(queue);
static bool readable;
static wait_queue_head_t *queued;

static __poll_t misc_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &queue, table);
	return READ_ONCE(readable) ? EPOLLIN | EPOLLRDNORM : 0;
}

static const struct file_operations misc_fops = {
	.owner	= THIS_MODULE,
	.poll	= misc_poll,
};

static void note_queue(struct file *file, wait_queue_head_t *head, poll_table *table)
{
	queued = head;
}

TEST(chardev, misc, "H3", "a misc device gets a minor and a file; a minor in use is -EBUSY; poll asks the driver and queues on it")
{
	struct miscdevice a = { .minor = MISC_DYNAMIC_MINOR, .name = "tophalf_a", .fops = &misc_fops };
	struct miscdevice b = { .name = "tophalf_b", .fops = &misc_fops };
	poll_table table;
	struct file *f;

	require(!misc_register(&a));
	expect(a.minor != MISC_DYNAMIC_MINOR && a.this_device);
	b.minor = a.minor;
	expect_eq(misc_register(&b), -EBUSY);
	text_of("/proc/misc", text, sizeof(text));
	expect(strstr(text, "tophalf_a"));
	f = filp_open("/dev/tophalf_a", O_RDWR, 0);
	require(!IS_ERR(f));
	expect(f->private_data == &a);
	init_poll_funcptr(&table, note_queue);
	readable = false;
	expect_eq(vfs_poll(f, &table), 0);
	expect(queued == &queue);
	readable = true;
	expect_eq(vfs_poll(f, NULL), EPOLLIN | EPOLLRDNORM);
	filp_close(f, NULL);
	misc_deregister(&a);
	expect(!is_there("/dev/tophalf_a"));
	expect(!is_there("/sys/class/misc/tophalf_a"));
}

TEST(chardev, mem, "H3", "null, zero, full and urandom do what they are named for")
{
	struct file *f = filp_open("/dev/full", O_RDWR, 0);
	loff_t pos = 0;

	require(!IS_ERR(f));
	expect_eq(kernel_write(f, "x", 1, &pos), -ENOSPC);
	filp_close(f, NULL);
	expect_eq(text_of("/dev/null", text, sizeof(text)), 0);
	expect_eq(text_to("/dev/null", "gone"), 4);
	memset(text, 1, sizeof(text));
	expect_eq(text_of("/dev/zero", text, sizeof(text)), sizeof(text) - 1);
	expect(!memchr_inv(text, 0, sizeof(text)));
	expect_eq(text_of("/dev/urandom", text, sizeof(text)), sizeof(text) - 1);
	expect(memchr_inv(text, 0, sizeof(text) - 1));
}

static int probes, removes;

static int tp_probe(struct platform_device *pdev)
{
	probes++;
	expect_eq(platform_get_irq(pdev, 0), 5);
	expect_eq(platform_get_irq_optional(pdev, 1), -ENXIO);
	platform_set_drvdata(pdev, &probes);
	return pdev->id == 3 ? -ENODEV : 0;
}

static int tp_remove(struct platform_device *pdev)
{
	expect(platform_get_drvdata(pdev) == &probes);
	removes++;
	return 0;
}

static struct platform_driver tp_driver = {
	.probe	= tp_probe,
	.remove	= tp_remove,
	.driver	= { .name = "tophalf_tp" },
};

TEST(chardev, platform, "H3", "platform devices and drivers meet by name, whichever comes first, and part by sysfs or for good")
{
	struct resource irq = DEFINE_RES_IRQ(5);
	struct platform_device *a, *b, *c;

	probes = removes = 0;
	a = platform_device_register_simple("tophalf_tp", 1, &irq, 1);
	require(!IS_ERR(a));
	expect_eq(platform_driver_register(&tp_driver), 0);
	expect_eq(probes, 1);
	test_note("the complaints that follow are expected");
	expect_eq(platform_driver_register(&tp_driver), -EBUSY);
	b = platform_device_register_simple("tophalf_tp", 2, &irq, 1);
	c = platform_device_register_simple("tophalf_tp", 3, &irq, 1);
	require(!IS_ERR(b) && !IS_ERR(c));
	expect_eq(probes, 3);
	expect(b->dev.driver == &tp_driver.driver);
	expect(!c->dev.driver);
	expect_eq(PTR_ERR(platform_device_register_simple("tophalf_tp", 2, &irq, 1)), -EEXIST);
	expect(is_there("/sys/bus/platform/drivers/tophalf_tp/tophalf_tp.2"));
	expect_eq(text_to("/sys/bus/platform/drivers/tophalf_tp/unbind", "tophalf_tp.2\n"), 13);
	expect_eq(removes, 1);
	expect(!b->dev.driver);
	expect_eq(text_to("/sys/bus/platform/drivers/tophalf_tp/bind", "tophalf_tp.2\n"), 13);
	expect(b->dev.driver == &tp_driver.driver);
	platform_device_unregister(b);
	expect_eq(removes, 2);
	platform_driver_unregister(&tp_driver);
	expect_eq(removes, 3);
	expect(!is_there("/sys/bus/platform/drivers/tophalf_tp"));
	platform_device_unregister(c);
	platform_device_unregister(a);
	expect(!is_there("/sys/devices/platform/tophalf_tp.1"));
}
