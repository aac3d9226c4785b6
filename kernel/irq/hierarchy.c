/* SPDX-License-Identifier: MIT */
/* Stacked controllers: a chip's callbacks that pass the question on to its parent's. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include "internals.h"

void irq_chip_enable_parent(struct irq_data *data)
{
	data = data->parent_data;
	if (data->chip->irq_enable)
		data->chip->irq_enable(data);
	else
		data->chip->irq_unmask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_enable_parent);

void irq_chip_disable_parent(struct irq_data *data)
{
	data = data->parent_data;
	if (data->chip->irq_disable)
		data->chip->irq_disable(data);
	else
		data->chip->irq_mask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_disable_parent);

void irq_chip_ack_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_ack(data);
}
EXPORT_SYMBOL_GPL(irq_chip_ack_parent);

void irq_chip_mask_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_mask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_mask_parent);

void irq_chip_mask_ack_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_mask_ack(data);
}
EXPORT_SYMBOL_GPL(irq_chip_mask_ack_parent);

void irq_chip_unmask_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_unmask(data);
}
EXPORT_SYMBOL_GPL(irq_chip_unmask_parent);

void irq_chip_eoi_parent(struct irq_data *data)
{
	data = data->parent_data;
	data->chip->irq_eoi(data);
}
EXPORT_SYMBOL_GPL(irq_chip_eoi_parent);

/**
 * irq_chip_set_affinity_parent - irq_set_affinity() of the parent
 * Return: what it said; -ENOSYS when it has none.
 */
int irq_chip_set_affinity_parent(struct irq_data *data, const struct cpumask *dest, bool force)
{
	data = data->parent_data;
	if (!data->chip->irq_set_affinity)
		return -ENOSYS;
	return data->chip->irq_set_affinity(data, dest, force);
}
EXPORT_SYMBOL_GPL(irq_chip_set_affinity_parent);

/**
 * irq_chip_set_type_parent - irq_set_type() of the parent
 * Return: what it said; -ENOSYS when it has none.
 */
int irq_chip_set_type_parent(struct irq_data *data, unsigned int type)
{
	data = data->parent_data;
	if (!data->chip->irq_set_type)
		return -ENOSYS;
	return data->chip->irq_set_type(data, type);
}
EXPORT_SYMBOL_GPL(irq_chip_set_type_parent);

/**
 * irq_chip_retrigger_hierarchy - irq_retrigger() of the nearest parent that has one
 * Return: what it said; 0, "could not", when none has.
 */
int irq_chip_retrigger_hierarchy(struct irq_data *data)
{
	for (data = data->parent_data; data; data = data->parent_data) {
		if (data->chip && data->chip->irq_retrigger)
			return data->chip->irq_retrigger(data);
	}
	return 0;
}
EXPORT_SYMBOL_GPL(irq_chip_retrigger_hierarchy);

/**
 * irq_chip_set_vcpu_affinity_parent - irq_set_vcpu_affinity() of the parent
 * Return: what it said; -ENOSYS when it has none.
 */
int irq_chip_set_vcpu_affinity_parent(struct irq_data *data, void *vcpu_info)
{
	data = data->parent_data;
	if (!data->chip->irq_set_vcpu_affinity)
		return -ENOSYS;
	return data->chip->irq_set_vcpu_affinity(data, vcpu_info);
}
EXPORT_SYMBOL_GPL(irq_chip_set_vcpu_affinity_parent);

/**
 * irq_chip_set_wake_parent - irq_set_wake() of the parent
 * Return: what it said; 0 when it needs none; -ENOSYS when it has none.
 */
int irq_chip_set_wake_parent(struct irq_data *data, unsigned int on)
{
	data = data->parent_data;
	if (data->chip->flags & IRQCHIP_SKIP_SET_WAKE)
		return 0;
	if (!data->chip->irq_set_wake)
		return -ENOSYS;
	return data->chip->irq_set_wake(data, on);
}
EXPORT_SYMBOL_GPL(irq_chip_set_wake_parent);

/**
 * irq_chip_request_resources_parent - irq_request_resources() of the parent
 * Return: what it said; 0 when it has none.
 */
int irq_chip_request_resources_parent(struct irq_data *data)
{
	data = data->parent_data;
	if (!data->chip->irq_request_resources)
		return 0;
	return data->chip->irq_request_resources(data);
}
EXPORT_SYMBOL_GPL(irq_chip_request_resources_parent);

void irq_chip_release_resources_parent(struct irq_data *data)
{
	data = data->parent_data;
	if (data->chip->irq_release_resources)
		data->chip->irq_release_resources(data);
}
EXPORT_SYMBOL_GPL(irq_chip_release_resources_parent);

/**
 * irq_chip_set_parent_state - irq_set_irqchip_state() of the parent
 * Return: what it said; 0 when there is none.
 */
int irq_chip_set_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool val)
{
	data = data->parent_data;
	if (!data || !data->chip->irq_set_irqchip_state)
		return 0;
	return data->chip->irq_set_irqchip_state(data, which, val);
}
EXPORT_SYMBOL_GPL(irq_chip_set_parent_state);

/**
 * irq_chip_get_parent_state - irq_get_irqchip_state() of the parent
 * Return: what it said; 0 when there is none.
 */
int irq_chip_get_parent_state(struct irq_data *data, enum irqchip_irq_state which, bool *state)
{
	data = data->parent_data;
	if (!data || !data->chip->irq_get_irqchip_state)
		return 0;
	return data->chip->irq_get_irqchip_state(data, which, state);
}
EXPORT_SYMBOL_GPL(irq_chip_get_parent_state);

/**
 * irq_chip_compose_msi_msg - address and data with which a device raises the line
 * @data: any controller of the line
 * @msg: filled in
 *
 * The controller nearest to the device that can compose one does so: a remapping unit
 * stands before the vector it maps to.
 *
 * Return: 0; -ENOSYS when none can.
 */
int irq_chip_compose_msi_msg(struct irq_data *data, struct msi_msg *msg)
{
	while (data && !(data->chip && data->chip->irq_compose_msi_msg))
		data = data->parent_data;
	if (!data)
		return -ENOSYS;
	data->chip->irq_compose_msi_msg(data, msg);
	return 0;
}
EXPORT_SYMBOL_GPL(irq_chip_compose_msi_msg);
