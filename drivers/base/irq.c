/* SPDX-License-Identifier: MIT */
/* Interrupt requests, lines and domains that are undone when the device loses its driver. */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_sim.h>

struct irq_devres {
	unsigned int	irq;
	void		*dev_id;
};

static void devm_irq_release(struct device *dev, void *res)
{
	struct irq_devres *this = res;

	free_irq(this->irq, this->dev_id);
}

static int devm_irq_match(struct device *dev, void *res, void *data)
{
	struct irq_devres *this = res, *match = data;

	return this->irq == match->irq && this->dev_id == match->dev_id;
}

static void devm_irq_add(struct device *dev, struct irq_devres *dr, unsigned int irq, void *dev_id)
{
	dr->irq = irq;
	dr->dev_id = dev_id;
	devres_add(dev, dr);
}

/**
 * devm_request_threaded_irq - request_threaded_irq() that goes with the device's driver
 * @dev: the device
 * @irq: the line
 * @handler: as in request_threaded_irq()
 * @thread_fn: the same
 * @irqflags: the same
 * @devname: the same; NULL for the device's own name
 * @dev_id: the same
 *
 * Context: process, may sleep.
 * Return: as request_threaded_irq().
 */
int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread_fn, unsigned long irqflags,
			      const char *devname, void *dev_id)
{
	struct irq_devres *dr = devres_alloc(devm_irq_release, sizeof(*dr), GFP_KERNEL);
	int ret;

	if (!dr)
		return -ENOMEM;
	ret = request_threaded_irq(irq, handler, thread_fn, irqflags,
				   devname ? devname : dev_name(dev), dev_id);
	if (ret) {
		devres_free(dr);
		return ret;
	}
	devm_irq_add(dev, dr, irq, dev_id);
	return 0;
}
EXPORT_SYMBOL(devm_request_threaded_irq);

/**
 * devm_request_any_context_irq - request_any_context_irq() that goes with the device's driver
 * @dev: the device
 * @irq: the line
 * @handler: as in request_any_context_irq()
 * @irqflags: the same
 * @devname: the same; NULL for the device's own name
 * @dev_id: the same
 *
 * Context: process, may sleep.
 * Return: as request_any_context_irq().
 */
int devm_request_any_context_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
				 unsigned long irqflags, const char *devname, void *dev_id)
{
	struct irq_devres *dr = devres_alloc(devm_irq_release, sizeof(*dr), GFP_KERNEL);
	int ret;

	if (!dr)
		return -ENOMEM;
	ret = request_any_context_irq(irq, handler, irqflags, devname ? devname : dev_name(dev),
				      dev_id);
	if (ret < 0) {
		devres_free(dr);
		return ret;
	}
	devm_irq_add(dev, dr, irq, dev_id);
	return ret;
}
EXPORT_SYMBOL(devm_request_any_context_irq);

/**
 * devm_free_irq - free_irq() now what devm_request_irq() would have freed later
 * @dev: the device
 * @irq: the line
 * @dev_id: the same as in the request
 *
 * Context: process, may sleep.
 */
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id)
{
	struct irq_devres match = { irq, dev_id };

	WARN_ON(devres_destroy(dev, devm_irq_release, devm_irq_match, &match));
	free_irq(irq, dev_id);
}
EXPORT_SYMBOL(devm_free_irq);

struct irq_desc_devres {
	unsigned int	from;
	unsigned int	cnt;
};

static void devm_irq_desc_release(struct device *dev, void *res)
{
	struct irq_desc_devres *this = res;

	irq_free_descs(this->from, this->cnt);
}

/**
 * __devm_irq_alloc_descs - __irq_alloc_descs() that goes with the device's driver
 * @dev: the device
 *
 * Context: process, may sleep.
 * Return: as __irq_alloc_descs().
 */
int __devm_irq_alloc_descs(struct device *dev, int irq, unsigned int from, unsigned int cnt,
			   int node, struct module *owner,
			   const struct irq_affinity_desc *affinity)
{
	struct irq_desc_devres *dr = devres_alloc(devm_irq_desc_release, sizeof(*dr), GFP_KERNEL);
	int base;

	if (!dr)
		return -ENOMEM;
	base = __irq_alloc_descs(irq, from, cnt, node, owner, affinity);
	if (base < 0) {
		devres_free(dr);
		return base;
	}
	dr->from = base;
	dr->cnt = cnt;
	devres_add(dev, dr);
	return base;
}
EXPORT_SYMBOL_GPL(__devm_irq_alloc_descs);

static void devm_irq_sim_release(struct device *dev, void *res)
{
	irq_domain_remove_sim(*(struct irq_domain **)res);
}

/**
 * devm_irq_domain_create_sim - irq_domain_create_sim() that goes with the device's driver
 * Return: as irq_domain_create_sim().
 */
struct irq_domain *devm_irq_domain_create_sim(struct device *dev, struct fwnode_handle *fwnode,
					      unsigned int num_irqs)
{
	struct irq_domain **res = devres_alloc(devm_irq_sim_release, sizeof(*res), GFP_KERNEL);
	struct irq_domain *domain;

	if (!res)
		return ERR_PTR(-ENOMEM);
	domain = irq_domain_create_sim(fwnode, num_irqs);
	if (IS_ERR(domain)) {
		devres_free(res);
		return domain;
	}
	*res = domain;
	devres_add(dev, res);
	return domain;
}
EXPORT_SYMBOL_GPL(devm_irq_domain_create_sim);
