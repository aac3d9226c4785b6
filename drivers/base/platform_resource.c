/* SPDX-License-Identifier: MIT */
/* What a platform driver asks of its device: registers and interrupts. */
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/platform_device.h>
#include <linux/string.h>

/** platform_get_resource - the @num-th resource of a type (IORESOURCE_*), or NULL */
struct resource *platform_get_resource(struct platform_device *dev, unsigned int type,
				       unsigned int num)
{
	u32 i;

	for (i = 0; i < dev->num_resources; i++)
		if (resource_type(&dev->resource[i]) == type && !num--)
			return &dev->resource[i];
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource);

struct resource *platform_get_resource_byname(struct platform_device *dev, unsigned int type,
					      const char *name)
{
	u32 i;

	for (i = 0; i < dev->num_resources; i++) {
		struct resource *r = &dev->resource[i];

		if (resource_type(r) == type && r->name && !strcmp(r->name, name))
			return r;
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_resource_byname);

struct resource *platform_get_mem_or_io(struct platform_device *dev, unsigned int num)
{
	u32 i;

	for (i = 0; i < dev->num_resources; i++)
		if ((resource_type(&dev->resource[i]) & (IORESOURCE_MEM | IORESOURCE_IO)) && !num--)
			return &dev->resource[i];
	return NULL;
}
EXPORT_SYMBOL_GPL(platform_get_mem_or_io);

/* The line of a resource, set to the trigger that the resource says. */
static int resource_irq(const struct resource *r)
{
	unsigned int type;

	if (!r)
		return -ENXIO;
	type = r->flags & IORESOURCE_BITS & IRQ_TYPE_SENSE_MASK;
	if (type && irq_get_irq_data(r->start))
		irqd_set_trigger_type(irq_get_irq_data(r->start), type);
	return WARN(!r->start, "0 is an invalid IRQ number\n") ? -EINVAL : (int)r->start;
}

/** platform_get_irq_optional - the @num-th line. Return: the line; -ENXIO: there is none; -EINVAL. */
int platform_get_irq_optional(struct platform_device *dev, unsigned int num)
{
	return resource_irq(platform_get_resource(dev, IORESOURCE_IRQ, num));
}
EXPORT_SYMBOL_GPL(platform_get_irq_optional);

/** platform_get_irq - the same, and an error is said in the log */
int platform_get_irq(struct platform_device *dev, unsigned int num)
{
	int irq = platform_get_irq_optional(dev, num);

	if (irq < 0)
		dev_err_probe(&dev->dev, irq, "IRQ index %u not found\n", num);
	return irq;
}
EXPORT_SYMBOL_GPL(platform_get_irq);

int platform_get_irq_byname_optional(struct platform_device *dev, const char *name)
{
	return resource_irq(platform_get_resource_byname(dev, IORESOURCE_IRQ, name));
}
EXPORT_SYMBOL_GPL(platform_get_irq_byname_optional);

int platform_get_irq_byname(struct platform_device *dev, const char *name)
{
	int irq = platform_get_irq_byname_optional(dev, name);

	if (irq < 0)
		dev_err_probe(&dev->dev, irq, "IRQ %s not found\n", name);
	return irq;
}
EXPORT_SYMBOL_GPL(platform_get_irq_byname);

int platform_irq_count(struct platform_device *dev)
{
	int n = 0;

	while (platform_get_resource(dev, IORESOURCE_IRQ, n))
		n++;
	return n;
}
EXPORT_SYMBOL_GPL(platform_irq_count);

/** devm_platform_get_and_ioremap_resource - map the @index-th register range. As devm_ioremap_resource(). */
void __iomem *devm_platform_get_and_ioremap_resource(struct platform_device *pdev,
						     unsigned int index, struct resource **res)
{
	struct resource *r = platform_get_resource(pdev, IORESOURCE_MEM, index);

	if (res)
		*res = r;
	return devm_ioremap_resource(&pdev->dev, r);
}
EXPORT_SYMBOL_GPL(devm_platform_get_and_ioremap_resource);

void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index)
{
	return devm_platform_get_and_ioremap_resource(pdev, index, NULL);
}
EXPORT_SYMBOL_GPL(devm_platform_ioremap_resource);
