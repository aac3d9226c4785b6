/* SPDX-License-Identifier: MIT */
/*
 * devres: what a driver acquired for a device and loses with it, newest first.
 *
 * A resource is a piece of memory with a release function in front of it; the list of a
 * device is guarded by its devres_lock, and releases run without it.
 */
#include <linux/align.h>
#include <linux/cache.h>
#include <linux/device.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sprintf.h>
#include <linux/string.h>

struct devres {
	struct list_head	node;
	dr_release_t		release;
	unsigned long long	data[] __aligned(16);	/* as aligned as kmalloc()'s */
};

static struct devres *to_devres(const void *res)
{
	return container_of((unsigned long long *)res, struct devres, data[0]);
}

/**
 * devres_alloc - memory of a resource
 * @release: called with it, in process context, when the device loses its driver
 * Return: zeroed memory, or NULL. It is no device's before devres_add().
 */
void *devres_alloc(dr_release_t release, size_t size, gfp_t gfp)
{
	struct devres *dr;

	if (size > SIZE_MAX - sizeof(*dr))
		return NULL;
	dr = kzalloc(sizeof(*dr) + size, gfp);
	if (!dr)
		return NULL;
	INIT_LIST_HEAD(&dr->node);
	dr->release = release;
	return dr->data;
}
EXPORT_SYMBOL(devres_alloc);

/** __devres_alloc_node - devres_alloc(); there is one memory node */
void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name)
{
	return devres_alloc(release, size, gfp);
}
EXPORT_SYMBOL(__devres_alloc_node);

/** devres_free - free a resource that is no device's, without its release */
void devres_free(void *res)
{
	if (res) {
		struct devres *dr = to_devres(res);

		WARN_ON(!list_empty(&dr->node));
		kfree(dr);
	}
}
EXPORT_SYMBOL(devres_free);

/** devres_add - give a resource to a device. Context: any but NMI. */
void devres_add(struct device *dev, void *res)
{
	struct devres *dr = to_devres(res);
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	WARN_ON(!list_empty(&dr->node));
	list_add_tail(&dr->node, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
}
EXPORT_SYMBOL(devres_add);

static struct devres *__find(struct device *dev, dr_release_t release, dr_match_t match,
			     void *match_data)
{
	struct devres *dr;

	lockdep_assert_held(&dev->devres_lock);
	list_for_each_entry_reverse(dr, &dev->devres_head, node)
		if (dr->release == release && (!match || match(dev, dr->data, match_data)))
			return dr;
	return NULL;
}

/** devres_find - the newest resource of this release that @match accepts, or NULL */
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = __find(dev, release, match, match_data);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr ? dr->data : NULL;
}
EXPORT_SYMBOL(devres_find);

/** devres_get - the one like @new_res that the device has, and @new_res is freed; else add it */
void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data)
{
	struct devres *new_dr = to_devres(new_res), *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = __find(dev, new_dr->release, match, match_data);
	if (!dr)
		list_add_tail(&new_dr->node, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	if (!dr)
		return new_res;
	devres_free(new_res);
	return dr->data;
}
EXPORT_SYMBOL(devres_get);

/** devres_remove - devres_find() and take it from the device; the caller's from now on */
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *dr;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	dr = __find(dev, release, match, match_data);
	if (dr)
		list_del_init(&dr->node);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return dr ? dr->data : NULL;
}
EXPORT_SYMBOL(devres_remove);

/** devres_destroy - remove and free without release. Return: 0; -ENOENT none found. */
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	if (!res)
		return -ENOENT;
	devres_free(res);
	return 0;
}
EXPORT_SYMBOL(devres_destroy);

/** devres_release - remove, release and free. Return: 0; -ENOENT none found. */
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	void *res = devres_remove(dev, release, match, match_data);

	if (!res)
		return -ENOENT;
	release(dev, res);
	devres_free(res);
	return 0;
}
EXPORT_SYMBOL(devres_release);

/** devres_release_all - release everything, newest first. Return: how many there were. */
int devres_release_all(struct device *dev)
{
	struct devres *dr;
	unsigned long flags;
	int count;

	for (count = 0; ; count++) {
		spin_lock_irqsave(&dev->devres_lock, flags);
		dr = list_empty(&dev->devres_head) ? NULL :
			list_last_entry(&dev->devres_head, struct devres, node);
		if (dr)
			list_del_init(&dr->node);
		spin_unlock_irqrestore(&dev->devres_lock, flags);
		if (!dr)
			return count;
		if (dr->release)
			dr->release(dev, dr->data);
		kfree(dr);
	}
}
EXPORT_SYMBOL(devres_release_all);

/* -- Memory --------------------------------------------------------------------------------- */

static void devm_memory_release(struct device *dev, void *res)
{
	/* The memory is the resource itself. */
}

static int match_self(struct device *dev, void *res, void *p)
{
	return res == p;
}

/** devm_kmalloc - kmalloc() that is freed with the driver */
void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	void *p;

	if (!size)
		return ZERO_SIZE_PTR;
	p = devres_alloc(devm_memory_release, size, gfp);
	if (p)
		devres_add(dev, p);
	return p;
}
EXPORT_SYMBOL(devm_kmalloc);

/** devm_kfree - free devm_kmalloc() memory now */
void devm_kfree(struct device *dev, const void *p)
{
	if (ZERO_OR_NULL_PTR(p))
		return;
	WARN_ON(devres_destroy(dev, devm_memory_release, match_self, (void *)p));
}
EXPORT_SYMBOL(devm_kfree);

/** devm_kmemdup - kmemdup() that is freed with the driver */
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
{
	void *p = devm_kmalloc(dev, len, gfp);

	return p ? memcpy(p, src, len) : NULL;
}
EXPORT_SYMBOL(devm_kmemdup);

/** devm_kstrdup - kstrdup() that is freed with the driver */
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)
{
	return s ? devm_kmemdup(dev, s, strlen(s) + 1, gfp) : NULL;
}
EXPORT_SYMBOL(devm_kstrdup);

/** devm_kasprintf - kasprintf() that is freed with the driver */
char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	size_t len;
	char *p;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	p = devm_kmalloc(dev, len + 1, gfp);
	if (!p)
		return NULL;
	va_start(args, fmt);
	vsnprintf(p, len + 1, fmt, args);
	va_end(args);
	return p;
}
EXPORT_SYMBOL(devm_kasprintf);

/* -- Actions -------------------------------------------------------------------------------- */

struct action {
	void (*fn)(void *data);
	void *data;
};

static void action_release(struct device *dev, void *res)
{
	struct action *a = res;

	a->fn(a->data);
}

static int match_action(struct device *dev, void *res, void *p)
{
	struct action *a = res, *b = p;

	return a->fn == b->fn && a->data == b->data;
}

/** devm_add_action - call @action(@data) when the driver goes. Return: 0; -ENOMEM. */
int devm_add_action(struct device *dev, void (*action)(void *), void *data)
{
	struct action *a = devres_alloc(action_release, sizeof(*a), GFP_KERNEL);

	if (!a)
		return -ENOMEM;
	a->fn = action;
	a->data = data;
	devres_add(dev, a);
	return 0;
}
EXPORT_SYMBOL(devm_add_action);

/** devm_remove_action - take back a devm_add_action() */
void devm_remove_action(struct device *dev, void (*action)(void *), void *data)
{
	struct action a = { .fn = action, .data = data };

	WARN_ON(devres_destroy(dev, action_release, match_action, &a));
}
EXPORT_SYMBOL(devm_remove_action);

/** devm_release_action - carry it out now */
void devm_release_action(struct device *dev, void (*action)(void *), void *data)
{
	struct action a = { .fn = action, .data = data };

	WARN_ON(devres_release(dev, action_release, match_action, &a));
}
EXPORT_SYMBOL(devm_release_action);

/* -- Registers and regions --------------------------------------------------------------------- */

static void ioremap_release(struct device *dev, void *res)
{
	iounmap(*(void __iomem **)res);
}

static int match_ioremap(struct device *dev, void *res, void *p)
{
	return *(void **)res == p;
}

/** devm_ioremap - ioremap() that is undone with the driver. Return: NULL when it failed. */
void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size)
{
	void __iomem **p = devres_alloc(ioremap_release, sizeof(*p), GFP_KERNEL);
	void __iomem *addr;

	if (!p)
		return NULL;
	addr = ioremap(offset, size);
	if (!addr) {
		devres_free(p);
		return NULL;
	}
	*p = addr;
	devres_add(dev, p);
	return addr;
}
EXPORT_SYMBOL(devm_ioremap);

/** devm_iounmap - undo a devm_ioremap() now */
void devm_iounmap(struct device *dev, void __iomem *addr)
{
	WARN_ON(devres_release(dev, ioremap_release, match_ioremap, (void *)addr));
}
EXPORT_SYMBOL(devm_iounmap);

struct region {
	struct resource *parent;
	resource_size_t start, n;
};

static void region_release(struct device *dev, void *res)
{
	struct region *r = res;

	__release_region(r->parent, r->start, r->n);
}

/** __devm_request_region - request a region until the driver goes. Return: NULL if taken. */
struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name)
{
	struct region *r = devres_alloc(region_release, sizeof(*r), GFP_KERNEL);
	struct resource *res;

	if (!r)
		return NULL;
	res = __request_region(parent, start, n, name, 0);
	if (!res) {
		devres_free(r);
		return NULL;
	}
	r->parent = parent;
	r->start = start;
	r->n = n;
	devres_add(dev, r);
	return res;
}
EXPORT_SYMBOL(__devm_request_region);

/**
 * devm_ioremap_resource - request and map a register range
 * Return: the address, or ERR_PTR: -EINVAL not memory; -EBUSY taken; -ENOMEM.
 */
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res)
{
	void __iomem *addr;

	if (!res || resource_type(res) != IORESOURCE_MEM) {
		dev_err(dev, "not a register range\n");
		return (void __iomem *)ERR_PTR(-EINVAL);
	}
	if (!devm_request_mem_region(dev, res->start, resource_size(res), dev_name(dev))) {
		dev_err(dev, "can't request 0x%llx-0x%llx\n", res->start, res->end);
		return (void __iomem *)ERR_PTR(-EBUSY);
	}
	addr = devm_ioremap(dev, res->start, resource_size(res));
	return addr ? addr : (void __iomem *)ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(devm_ioremap_resource);
