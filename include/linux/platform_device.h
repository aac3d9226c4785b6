/* SPDX-License-Identifier: MIT */
/* Devices that no bus finds: somebody says that they are there, with their resources. */
#ifndef _LINUX_PLATFORM_DEVICE_H
#define _LINUX_PLATFORM_DEVICE_H

#include <linux/device.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/mod_devicetable.h>

#define PLATFORM_DEVID_NONE	(-1)	/* the bare name */
#define PLATFORM_DEVID_AUTO	(-2)	/* name.N.auto, N chosen */

struct platform_device {
	const char		*name;
	int			id;
	bool			id_auto;
	struct device		dev;
	u64			platform_dma_mask;
	u32			num_resources;
	struct resource		*resource;
	const struct platform_device_id *id_entry;	/* the one that matched */
	const char		*driver_override;
};

#define platform_get_device_id(pdev)	((pdev)->id_entry)
#define dev_is_platform(dev)		((dev)->bus == &platform_bus_type)
#define to_platform_device(x)		container_of((x), struct platform_device, dev)

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	int (*remove)(struct platform_device *pdev);
	void (*shutdown)(struct platform_device *pdev);
	int (*suspend)(struct platform_device *pdev, pm_message_t state);
	int (*resume)(struct platform_device *pdev);
	struct device_driver	driver;
	const struct platform_device_id *id_table;
	bool			prevent_deferred_probe;
};

#define to_platform_driver(drv)	container_of((drv), struct platform_driver, driver)

struct platform_device_info {
	struct device		*parent;
	struct fwnode_handle	*fwnode;
	bool			of_node_reused;
	const char		*name;
	int			id;
	const struct resource	*res;
	unsigned int		num_res;
	const void		*data;
	size_t			size_data;
	u64			dma_mask;
};

extern struct bus_type platform_bus_type;
extern struct device platform_bus;

int platform_device_register(struct platform_device *pdev);
void platform_device_unregister(struct platform_device *pdev);
struct platform_device *platform_device_alloc(const char *name, int id);
int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num);
int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size);
int platform_device_add(struct platform_device *pdev);
void platform_device_del(struct platform_device *pdev);
void platform_device_put(struct platform_device *pdev);
struct platform_device *platform_device_register_full(const struct platform_device_info *info);
int platform_add_devices(struct platform_device **devs, int num);

struct resource *platform_get_resource(struct platform_device *dev, unsigned int type,
				       unsigned int num);
struct resource *platform_get_resource_byname(struct platform_device *dev, unsigned int type,
					      const char *name);
struct resource *platform_get_mem_or_io(struct platform_device *dev, unsigned int num);
int platform_get_irq(struct platform_device *dev, unsigned int num);
int platform_get_irq_optional(struct platform_device *dev, unsigned int num);
int platform_get_irq_byname(struct platform_device *dev, const char *name);
int platform_get_irq_byname_optional(struct platform_device *dev, const char *name);
int platform_irq_count(struct platform_device *dev);
void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index);
void __iomem *devm_platform_get_and_ioremap_resource(struct platform_device *pdev,
						     unsigned int index, struct resource **res);

int __platform_driver_register(struct platform_driver *drv, struct module *owner);
void platform_driver_unregister(struct platform_driver *drv);
#define platform_driver_register(drv) __platform_driver_register(drv, THIS_MODULE)
int __platform_driver_probe(struct platform_driver *driver,
			    int (*probe)(struct platform_device *), struct module *module);
#define platform_driver_probe(drv, probe) __platform_driver_probe(drv, probe, THIS_MODULE)

static inline struct platform_device *
platform_device_register_resndata(struct device *parent, const char *name, int id,
				  const struct resource *res, unsigned int num, const void *data,
				  size_t size)
{
	struct platform_device_info info = {
		.parent = parent, .name = name, .id = id, .res = res, .num_res = num,
		.data = data, .size_data = size,
	};

	return platform_device_register_full(&info);
}

static inline struct platform_device *
platform_device_register_simple(const char *name, int id, const struct resource *res,
				unsigned int num)
{
	return platform_device_register_resndata(NULL, name, id, res, num, NULL, 0);
}

static inline struct platform_device *
platform_device_register_data(struct device *parent, const char *name, int id, const void *data,
			      size_t size)
{
	return platform_device_register_resndata(parent, name, id, NULL, 0, data, size);
}

static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void platform_set_drvdata(struct platform_device *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

#define module_platform_driver(__platform_driver) \
	module_driver(__platform_driver, platform_driver_register, platform_driver_unregister)
#define builtin_platform_driver(__platform_driver) \
	builtin_driver(__platform_driver, platform_driver_register)
#define module_platform_driver_probe(__platform_driver, __platform_probe) \
static int __init __platform_driver##_init(void)			\
{									\
	return platform_driver_probe(&(__platform_driver), __platform_probe); \
}									\
module_init(__platform_driver##_init);					\
static void __exit __platform_driver##_exit(void)			\
{									\
	platform_driver_unregister(&(__platform_driver));		\
}									\
module_exit(__platform_driver##_exit)

#endif
