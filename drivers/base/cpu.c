/* SPDX-License-Identifier: MIT */
/*
 * CPUs as devices: /sys/devices/system/cpu. Writing 0 or 1 to cpuN/online takes a CPU off line or
 * brings it back; a CPU that the machine can't do without has no such file.
 */
#include <linux/arch.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/kstrtox.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include "internals.h"

static struct kset *system_kset;
static struct device cpu_root;				/* fixed once registered, as these */
static DEFINE_PER_CPU(struct device *, cpu_device);

static struct bus_type cpu_subsys = {
	.name		= "cpu",
	.dev_name	= "cpu",
};

/* ---- The sets ------------------------------------------------------------------------------- */

#define SET_ATTR(name, set)							\
static ssize_t name##_show(struct device *dev, struct device_attribute *attr, char *buf) \
{										\
	return cpumap_print_to_pagebuf(true, buf, set);				\
}										\
static DEVICE_ATTR_RO(name)

SET_ATTR(online, cpu_online_mask);
SET_ATTR(possible, cpu_possible_mask);
SET_ATTR(present, cpu_present_mask);

static ssize_t offline_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct cpumask offline;

	cpumask_andnot(&offline, cpu_possible_mask, cpu_online_mask);
	return cpumap_print_to_pagebuf(true, buf, &offline);
}
static DEVICE_ATTR_RO(offline);

static ssize_t kernel_max_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", NR_CPUS - 1);
}
static DEVICE_ATTR_RO(kernel_max);

static struct attribute *root_attrs[] = {
	&dev_attr_online.attr,
	&dev_attr_possible.attr,
	&dev_attr_present.attr,
	&dev_attr_offline.attr,
	&dev_attr_kernel_max.attr,
	NULL
};
ATTRIBUTE_GROUPS(root);

/* ---- A CPU ------------------------------------------------------------------------------------ */

static ssize_t cpu_online_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", cpu_online(dev->id));
}

static ssize_t cpu_online_store(struct device *dev, struct device_attribute *attr,
				const char *buf, size_t count)
{
	bool on;
	int err = kstrtobool(buf, &on);

	if (!err)
		err = on ? add_cpu(dev->id) : remove_cpu(dev->id);
	return err < 0 ? err : (ssize_t)count;
}

static struct device_attribute cpu_online_attr =
	__ATTR(online, 0644, cpu_online_show, cpu_online_store);

static struct attribute *cpu_attrs[] = { &cpu_online_attr.attr, NULL };

static umode_t cpu_attr_mode(struct kobject *kobj, struct attribute *attr, int n)
{
	return arch_cpu_can_stop(kobj_to_dev(kobj)->id) ? attr->mode : 0;
}

static const struct attribute_group cpu_group = {
	.attrs		= cpu_attrs,
	.is_visible	= cpu_attr_mode,
};
static const struct attribute_group *cpu_groups[] = { &cpu_group, NULL };

static void cpu_release(struct device *dev)
{
	kfree(dev);
}

/**
 * get_cpu_device - the device of a CPU, not counted: it stays
 * @cpu: a possible one
 *
 * Return: the device; NULL when there is none.
 */
struct device *get_cpu_device(unsigned int cpu)
{
	return cpu < nr_cpu_ids && cpu_possible(cpu) ? per_cpu(cpu_device, cpu) : NULL;
}
EXPORT_SYMBOL_GPL(get_cpu_device);

static int __init register_cpu(unsigned int cpu)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	int err;

	if (!dev)
		return -ENOMEM;
	device_initialize(dev);
	dev->parent = &cpu_root;
	dev->bus = &cpu_subsys;
	dev->id = cpu;
	dev->groups = cpu_groups;
	dev->release = cpu_release;
	err = dev_set_name(dev, "cpu%u", cpu);
	if (!err)
		err = device_add(dev);
	if (err)
		put_device(dev);
	else
		per_cpu(cpu_device, cpu) = dev;
	return err;
}

static void root_release(struct device *dev)
{
}

static int __init register_root(void)
{
	system_kset = kset_create_and_add("system", NULL, &devices_kset->kobj);
	if (!system_kset)
		return -ENOMEM;
	device_initialize(&cpu_root);
	cpu_root.kobj.kset = system_kset;
	cpu_root.groups = root_groups;
	cpu_root.release = root_release;
	return dev_set_name(&cpu_root, "cpu") ?: device_add(&cpu_root);
}

static int __init cpu_devices_init(void)
{
	unsigned int cpu;
	int err = register_root();

	if (!err)
		err = bus_register(&cpu_subsys);
	for_each_present_cpu(cpu)
		if (!err)
			err = register_cpu(cpu);
	return err;
}
subsys_initcall(cpu_devices_init);
