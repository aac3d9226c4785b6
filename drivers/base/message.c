/* SPDX-License-Identifier: MIT */
/* Messages about devices, by the names of the driver and the device. */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/printk.h>

/**
 * dev_driver_string - name of the device's driver, else of its bus, else of its class
 */
const char *dev_driver_string(const struct device *dev)
{
	struct device_driver *drv = READ_ONCE(dev->driver);

	if (drv)
		return drv->name;
	return dev->bus ? dev->bus->name : dev->class ? dev->class->name : "";
}
EXPORT_SYMBOL(dev_driver_string);

void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (dev)
		printk("%s%s %s: %pV", level, dev_driver_string(dev), dev_name(dev), &vaf);
	else
		printk("%s(NULL device *): %pV", level, &vaf);
	va_end(args);
}
EXPORT_SYMBOL(_dev_printk);

/**
 * dev_err_probe - say why a probe fails, and hand the error on
 * @err: negative errno; -EPROBE_DEFER is no reason to worry and is not shown
 * Return: @err.
 */
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	if (err != -EPROBE_DEFER)
		_dev_printk(KERN_ERR, dev, "error %pe: %pV", ERR_PTR(err), &vaf);
	va_end(args);
	return err;
}
EXPORT_SYMBOL(dev_err_probe);
