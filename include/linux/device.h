/* SPDX-License-Identifier: MIT */
/*
 * Devices, drivers, and the buses that bring them together.
 *
 * A bus has a list of devices and one of drivers; whenever either grows, what matches is
 * probed. What a driver allocates by devm_*() goes with the device's driver (devres).
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/types.h>
#include <linux/dev_printk.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct device;
struct device_driver;
struct fwnode_handle;
struct module;

/**
 * struct bus_type - a kind of bus
 * @name: in messages
 * @match: can @drv drive @dev? Non-zero: yes
 * @probe: attach; NULL: the driver's own
 * @remove: detach; NULL: the driver's own
 * @shutdown: make the device quiet before power goes
 * @lock: guards both lists, and held while devices are attached and detached
 * @devices: by device.bus_node
 * @drivers: by device_driver.bus_node
 */
struct bus_type {
	const char		*name;
	int			(*match)(struct device *dev, struct device_driver *drv);
	int			(*probe)(struct device *dev);
	void			(*remove)(struct device *dev);
	void			(*shutdown)(struct device *dev);

	struct mutex		lock;
	struct list_head	devices;
	struct list_head	drivers;
};

int bus_register(struct bus_type *bus);
void bus_unregister(struct bus_type *bus);
int bus_for_each_dev(struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data));

/**
 * struct device_driver - what drives devices of a bus
 * @name: in messages and /proc/interrupts, by custom
 * @bus: whose devices
 * @owner: module, held while devices are attached
 * @mod_name: of a built-in driver
 * @probe: attach; negative errno: no, thanks
 * @remove: detach
 * @shutdown: make the device quiet
 * @bus_node: in bus_type.drivers
 */
struct device_driver {
	const char		*name;
	struct bus_type		*bus;
	struct module		*owner;
	const char		*mod_name;
	int			(*probe)(struct device *dev);
	int			(*remove)(struct device *dev);
	void			(*shutdown)(struct device *dev);
	struct list_head	bus_node;
};

int driver_register(struct device_driver *drv);
void driver_unregister(struct device_driver *drv);

/**
 * struct device - what all devices have in common
 * @parent: the device it hangs off, or NULL
 * @init_name: its name, until device_add() has copied it
 * @bus: it is on, or NULL
 * @driver: attached; guarded by the bus's lock
 * @platform_data: for its driver
 * @driver_data: the driver's; dev_get_drvdata()
 * @mutex: device_lock()
 * @fwnode: its firmware's name for it
 * @devt: number of its special file
 * @dma_mask: addresses the device can reach with streaming DMA
 * @coherent_dma_mask: the same for dma_alloc_coherent()
 * @numa_node: always NUMA_NO_NODE
 * @release: frees it when the last reference went
 * @kref: references
 * @bus_node: in bus_type.devices
 * @devres_lock: guards @devres_head
 * @devres_head: what goes with the driver, newest last
 * @kname: dev_name(), allocated
 */
struct device {
	struct device		*parent;
	const char		*init_name;
	struct bus_type		*bus;
	struct device_driver	*driver;
	void			*platform_data;
	void			*driver_data;
	struct mutex		mutex;
	struct fwnode_handle	*fwnode;
	dev_t			devt;
	u64			*dma_mask;
	u64			coherent_dma_mask;
	int			numa_node;
	void			(*release)(struct device *dev);
	struct kref		kref;
	struct list_head	bus_node;
	spinlock_t		devres_lock;
	struct list_head	devres_head;
	char			*kname;
};

void device_initialize(struct device *dev);
int __must_check device_add(struct device *dev);
int __must_check device_register(struct device *dev);
void device_del(struct device *dev);
void device_unregister(struct device *dev);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
int __must_check device_attach(struct device *dev);
void device_release_driver(struct device *dev);
__printf(2, 3) int dev_set_name(struct device *dev, const char *fmt, ...);
const char *dev_driver_string(const struct device *dev);

static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name ? dev->init_name : dev->kname ? dev->kname : "(no name)";
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}

static inline int dev_to_node(struct device *dev)
{
	return dev->numa_node;
}

static inline void set_dev_node(struct device *dev, int node)
{
	dev->numa_node = node;
}

static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}

static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

/* -- Resources that go with the driver ------------------------------------------------------ */

typedef void (*dr_release_t)(struct device *dev, void *res);
typedef int (*dr_match_t)(struct device *dev, void *res, void *match_data);

void *devres_alloc(dr_release_t release, size_t size, gfp_t gfp);
void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name);
#define devres_alloc_node(release, size, gfp, nid) devres_alloc(release, size, gfp)
void devres_free(void *res);
void devres_add(struct device *dev, void *res);
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data);
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data);
int devres_release_all(struct device *dev);

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp);
void devm_kfree(struct device *dev, const void *p);
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp);
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp);
__printf(3, 4) char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...);

static inline void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return devm_kmalloc(dev, size, gfp | __GFP_ZERO);
}

static inline void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return devm_kmalloc(dev, bytes, flags);
}

static inline void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	return devm_kmalloc_array(dev, n, size, flags | __GFP_ZERO);
}

int devm_add_action(struct device *dev, void (*action)(void *), void *data);
void devm_remove_action(struct device *dev, void (*action)(void *), void *data);
void devm_release_action(struct device *dev, void (*action)(void *), void *data);

static inline int devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data)
{
	int ret = devm_add_action(dev, action, data);

	if (ret)
		action(data);
	return ret;
}

void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size);
void devm_iounmap(struct device *dev, void __iomem *addr);
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res);
struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name);
#define devm_request_region(dev, start, n, name) \
	__devm_request_region(dev, &ioport_resource, (start), (n), (name))
#define devm_request_mem_region(dev, start, n, name) \
	__devm_request_region(dev, &iomem_resource, (start), (n), (name))

/* A driver module that does nothing but register: its init and exit. */
#define module_driver(__driver, __register, __unregister, ...)		\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
module_init(__driver##_init);						\
static void __exit __driver##_exit(void)				\
{									\
	__unregister(&(__driver), ##__VA_ARGS__);			\
}									\
module_exit(__driver##_exit)

#define builtin_driver(__driver, __register, ...)			\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
device_initcall(__driver##_init)

#endif
