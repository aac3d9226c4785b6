/* SPDX-License-Identifier: MIT */
/* The platform bus: devices and drivers meet by name. */
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/panic.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static DEFINE_IDA(auto_ids);

struct device platform_bus = {
	.init_name	= "platform",
};
EXPORT_SYMBOL_GPL(platform_bus);

/* A device from platform_device_alloc(): it, and its name. */
struct platform_object {
	struct platform_device	pdev;
	char			name[];
};

/* -- The bus ----------------------------------------------------------------------------------- */

static int platform_match(struct device *dev, struct device_driver *drv)
{
	struct platform_device *pdev = to_platform_device(dev);
	const struct platform_device_id *id = to_platform_driver(drv)->id_table;

	if (pdev->driver_override)
		return !strcmp(pdev->driver_override, drv->name);
	if (!id)
		return !strcmp(pdev->name, drv->name);
	for (; id->name[0]; id++) {
		if (!strcmp(pdev->name, id->name)) {
			pdev->id_entry = id;
			return 1;
		}
	}
	return 0;
}

static int platform_probe(struct device *dev)
{
	struct platform_driver *drv = to_platform_driver(dev->driver);

	return drv->probe ? drv->probe(to_platform_device(dev)) : 0;
}

static void platform_remove(struct device *dev)
{
	struct platform_driver *drv = to_platform_driver(dev->driver);
	int err = drv->remove ? drv->remove(to_platform_device(dev)) : 0;

	if (err)
		dev_warn(dev, "remove callback returned a non-zero value. This will be ignored.\n");
}

static void platform_shutdown(struct device *dev)
{
	if (dev->driver && to_platform_driver(dev->driver)->shutdown)
		to_platform_driver(dev->driver)->shutdown(to_platform_device(dev));
}

static int platform_uevent(struct device *dev, struct kobj_uevent_env *env)
{
	add_uevent_var(env, "MODALIAS=platform:%s", to_platform_device(dev)->name);
	return 0;
}

static ssize_t modalias_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "platform:%s\n", to_platform_device(dev)->name);
}
static DEVICE_ATTR_RO(modalias);

static struct attribute *platform_dev_attrs[] = {
	&dev_attr_modalias.attr,
	NULL
};
ATTRIBUTE_GROUPS(platform_dev);

struct bus_type platform_bus_type = {
	.name		= "platform",
	.dev_groups	= platform_dev_groups,
	.match		= platform_match,
	.uevent		= platform_uevent,
	.probe		= platform_probe,
	.remove		= platform_remove,
	.shutdown	= platform_shutdown,
};
EXPORT_SYMBOL_GPL(platform_bus_type);

/* -- Drivers -------------------------------------------------------------------------------------- */

/**
 * __platform_driver_register - platform_driver_register(): offer a driver the devices of its name
 * Context: process. Return: as driver_register().
 */
int __platform_driver_register(struct platform_driver *drv, struct module *owner)
{
	drv->driver.owner = owner;
	drv->driver.bus = &platform_bus_type;
	return driver_register(&drv->driver);
}
EXPORT_SYMBOL_GPL(__platform_driver_register);

void platform_driver_unregister(struct platform_driver *drv)
{
	driver_unregister(&drv->driver);
}
EXPORT_SYMBOL_GPL(platform_driver_unregister);

static int count_device(struct device *dev, void *data)
{
	++*(int *)data;
	return 0;
}

static int no_probe(struct platform_device *pdev)
{
	return -ENXIO;
}

/**
 * __platform_driver_probe - platform_driver_probe(): for devices that are there now, and no others
 * Return: 0; -ENODEV: it found none; as driver_register().
 */
int __platform_driver_probe(struct platform_driver *drv, int (*probe)(struct platform_device *),
			    struct module *module)
{
	int err, n = 0;

	drv->driver.suppress_bind_attrs = true;
	drv->probe = probe;
	err = __platform_driver_register(drv, module);
	if (err)
		return err;
	drv->probe = no_probe;
	err = driver_for_each_device(&drv->driver, NULL, &n, count_device);
	if (err || !n) {
		platform_driver_unregister(drv);
		return err ?: -ENODEV;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(__platform_driver_probe);

/* -- Devices ------------------------------------------------------------------------------------- */

static void platform_object_release(struct device *dev)
{
	struct platform_device *pdev = to_platform_device(dev);

	kfree(pdev->dev.platform_data);
	kfree(pdev->resource);
	kfree(pdev->driver_override);
	kfree(container_of(pdev, struct platform_object, pdev));
}

static void default_masks(struct platform_device *pdev)
{
	if (!pdev->dev.coherent_dma_mask)
		pdev->dev.coherent_dma_mask = DMA_BIT_MASK(32);
	if (!pdev->dev.dma_mask) {
		pdev->platform_dma_mask = DMA_BIT_MASK(32);
		pdev->dev.dma_mask = &pdev->platform_dma_mask;
	}
}

/** platform_device_alloc - a device to be filled in and added; platform_device_put() frees it */
struct platform_device *platform_device_alloc(const char *name, int id)
{
	struct platform_object *pa = kzalloc(sizeof(*pa) + strlen(name) + 1, GFP_KERNEL);

	if (!pa)
		return NULL;
	strcpy(pa->name, name);
	pa->pdev.name = pa->name;
	pa->pdev.id = id;
	device_initialize(&pa->pdev.dev);
	pa->pdev.dev.release = platform_object_release;
	default_masks(&pa->pdev);
	return &pa->pdev;
}
EXPORT_SYMBOL_GPL(platform_device_alloc);

/** platform_device_add_resources - give it copies of @res. Return: 0; -ENOMEM. */
int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num)
{
	struct resource *copy = NULL;

	if (res) {
		copy = kmemdup(res, sizeof(*res) * num, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	}
	kfree(pdev->resource);
	pdev->resource = copy;
	pdev->num_resources = num;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_resources);

/** platform_device_add_data - give it a copy of @data as platform data. Return: 0; -ENOMEM. */
int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size)
{
	void *copy = NULL;

	if (data) {
		copy = kmemdup(data, size, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	}
	kfree(pdev->dev.platform_data);
	pdev->dev.platform_data = copy;
	return 0;
}
EXPORT_SYMBOL_GPL(platform_device_add_data);

static int name_device(struct platform_device *pdev)
{
	int id;

	if (pdev->id == PLATFORM_DEVID_NONE)
		return dev_set_name(&pdev->dev, "%s", pdev->name);
	if (pdev->id != PLATFORM_DEVID_AUTO)
		return dev_set_name(&pdev->dev, "%s.%d", pdev->name, pdev->id);
	id = ida_alloc(&auto_ids, GFP_KERNEL);
	if (id < 0)
		return id;
	pdev->id = id;
	pdev->id_auto = true;
	return dev_set_name(&pdev->dev, "%s.%d.auto", pdev->name, id);
}

static struct resource *above(const struct resource *r)
{
	switch (resource_type(r)) {
	case IORESOURCE_MEM:
		return &iomem_resource;
	case IORESOURCE_IO:
		return &ioport_resource;
	default:
		return NULL;
	}
}

static void drop_resources(struct platform_device *pdev, unsigned int n)
{
	while (n--)
		if (pdev->resource[n].parent)
			release_resource(&pdev->resource[n]);
}

static int claim_resources(struct platform_device *pdev)
{
	struct resource *r, *parent;
	unsigned int i;

	for (i = 0; i < pdev->num_resources; i++) {
		r = &pdev->resource[i];
		if (!r->name)
			r->name = dev_name(&pdev->dev);
		parent = r->parent ?: above(r);
		if (parent && insert_resource(parent, r)) {
			dev_err(&pdev->dev, "failed to claim resource %d: %pR\n", i, r);
			drop_resources(pdev, i);
			return -EBUSY;
		}
	}
	return 0;
}

static void free_id(struct platform_device *pdev)
{
	if (pdev->id_auto) {
		ida_free(&auto_ids, pdev->id);
		pdev->id = PLATFORM_DEVID_AUTO;
		pdev->id_auto = false;
	}
}

/**
 * platform_device_add - put a device on the bus
 * @pdev: from platform_device_alloc(), or initialised
 *
 * Context: process.
 * Return: 0; -EBUSY: a resource is taken; -EEXIST: the name is; -EINVAL: no device; -ENOMEM.
 */
int platform_device_add(struct platform_device *pdev)
{
	int err;

	if (!pdev)
		return -EINVAL;
	if (!pdev->dev.parent)
		pdev->dev.parent = &platform_bus;
	pdev->dev.bus = &platform_bus_type;
	err = name_device(pdev);
	if (!err)
		err = claim_resources(pdev);
	if (err) {
		free_id(pdev);
		return err;
	}
	err = device_add(&pdev->dev);
	if (err) {
		drop_resources(pdev, pdev->num_resources);
		free_id(pdev);
	}
	return err;
}
EXPORT_SYMBOL_GPL(platform_device_add);

/** platform_device_del - take it off the bus; it stays the caller's. NULL and errors pass. */
void platform_device_del(struct platform_device *pdev)
{
	if (IS_ERR_OR_NULL(pdev))
		return;
	device_del(&pdev->dev);
	free_id(pdev);
	drop_resources(pdev, pdev->num_resources);
}
EXPORT_SYMBOL_GPL(platform_device_del);

void platform_device_put(struct platform_device *pdev)
{
	if (!IS_ERR_OR_NULL(pdev))
		put_device(&pdev->dev);
}
EXPORT_SYMBOL_GPL(platform_device_put);

/** platform_device_register - add a static device; its dev.release is the caller's. As _add(). */
int platform_device_register(struct platform_device *pdev)
{
	device_initialize(&pdev->dev);
	default_masks(pdev);
	return platform_device_add(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_register);

void platform_device_unregister(struct platform_device *pdev)
{
	platform_device_del(pdev);
	platform_device_put(pdev);
}
EXPORT_SYMBOL_GPL(platform_device_unregister);

int platform_add_devices(struct platform_device **devs, int num)
{
	int i, err = 0;

	for (i = 0; i < num; i++) {
		err = platform_device_register(devs[i]);
		if (err) {
			while (--i >= 0)
				platform_device_unregister(devs[i]);
			break;
		}
	}
	return err;
}
EXPORT_SYMBOL_GPL(platform_add_devices);

/** platform_device_register_full - allocate, fill in and add. Return: the device, or ERR_PTR. */
struct platform_device *platform_device_register_full(const struct platform_device_info *info)
{
	struct platform_device *pdev = platform_device_alloc(info->name, info->id);
	int err;

	if (!pdev)
		return ERR_PTR(-ENOMEM);
	pdev->dev.parent = info->parent;
	pdev->dev.fwnode = info->fwnode;
	if (info->dma_mask) {
		pdev->platform_dma_mask = info->dma_mask;
		pdev->dev.coherent_dma_mask = info->dma_mask;
	}
	err = platform_device_add_resources(pdev, info->res, info->num_res);
	if (!err)
		err = platform_device_add_data(pdev, info->data, info->size_data);
	if (!err)
		err = platform_device_add(pdev);
	if (err) {
		platform_device_put(pdev);
		return ERR_PTR(err);
	}
	return pdev;
}
EXPORT_SYMBOL_GPL(platform_device_register_full);

static int __init platform_init(void)
{
	if (device_register(&platform_bus) || bus_register(&platform_bus_type))
		panic("the platform bus can't be set up");
	return 0;
}
postcore_initcall(platform_init);
