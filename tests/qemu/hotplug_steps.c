/* SPDX-License-Identifier: MIT */
/* As CPUs go and come: steps are taken in order, and managed lines follow their CPUs. */
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "hotplug.h"
#include "test.h"

static char order[32];

static int step(char c, unsigned int cpu, bool here)
{
	char s[2] = { c, 0 };

	expect_eq(cpu, victim());
	expect_eq(raw_smp_processor_id() == (int)cpu, here);
	strlcat(order, s, sizeof(order));
	return 0;
}

static int prepare_up(unsigned int cpu) { return step('p', cpu, false); }
static int dead(unsigned int cpu) { return step('P', cpu, false); }
static int online_up(unsigned int cpu) { return step('o', cpu, true); }
static int online_down(unsigned int cpu) { return step('O', cpu, true); }

static int refuse_up(unsigned int cpu) { step('r', cpu, true); return -EIO; }
static int refuse_down(unsigned int cpu) { step('R', cpu, true); return -EAGAIN; }

TEST(hotplug, steps, "A11", "steps run in order on their CPUs; one that refuses has the others undone")
{
	int prep, on, last;

	need_two();
	prep = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "test:prepare", prepare_up, dead);
	on = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:online", online_up, online_down);
	require(prep > 0 && on > 0);
	order[0] = 0;
	require(cycle(victim()));
	expect_str(order, "OPpo");

	last = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:no", NULL, refuse_down);
	order[0] = 0;
	expect_eq(remove_cpu(victim()), -EAGAIN);
	expect_str(order, "R");
	expect(cpu_online(victim()) && cpu_active(victim()));
	cpuhp_remove_state_nocalls(last);

	last = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:no", refuse_up, NULL);
	order[0] = 0;
	require(remove_cpu(victim()) == 0);
	expect_eq(add_cpu(victim()), -EIO);
	expect_str(order, "OPporOP");
	expect(!cpu_online(victim()));
	cpuhp_remove_state_nocalls(last);
	require(add_cpu(victim()) == 0);
	cpuhp_remove_state_nocalls(on);
	cpuhp_remove_state_nocalls(prep);
}

struct instance {
	struct hlist_node	node;
	atomic_t		up;
	int			fails_on;
};

static int instance_up(unsigned int cpu, struct hlist_node *node)
{
	struct instance *inst = hlist_entry(node, struct instance, node);

	if (inst->fails_on == (int)cpu)
		return -ENODEV;
	atomic_inc(&inst->up);
	return 0;
}

static int instance_down(unsigned int cpu, struct hlist_node *node)
{
	atomic_dec(&hlist_entry(node, struct instance, node)->up);
	return 0;
}

TEST(hotplug, instances, "A11", "a step with instances is taken for each, and undone for all CPUs when one fails")
{
	struct instance a = { .fails_on = -1 }, b = { .fails_on = -1 }, c = { .fails_on = victim() };
	int all = num_online_cpus(), state;

	state = cpuhp_setup_state_multi(CPUHP_AP_ONLINE_DYN, "test:multi", instance_up,
					instance_down);
	require(state > 0);
	expect_eq(cpuhp_state_add_instance(state, &a.node), 0);
	expect_eq(atomic_read(&a.up), all);
	expect_eq(cpuhp_state_add_instance_nocalls(state, &b.node), 0);
	expect_eq(atomic_read(&b.up), 0);
	expect_eq(cpuhp_state_add_instance(state, &c.node), -ENODEV);
	expect_eq(atomic_read(&c.up), 0);
	if (all > 1) {
		expect_eq(remove_cpu(victim()), 0);
		expect_eq(atomic_read(&a.up), all - 1);
		expect_eq(atomic_read(&b.up), -1);
		expect_eq(add_cpu(victim()), 0);
		expect_eq(atomic_read(&a.up), all);
	}
	cpuhp_state_remove_instance(state, &a.node);
	expect_eq(atomic_read(&a.up), 0);
	cpuhp_state_remove_instance_nocalls(state, &b.node);
	cpuhp_remove_multi_state(state);
}

/* ---- Managed lines --------------------------------------------------------------------------------- */

static char managed_log[16];

static void managed_note(char c)
{
	char s[2] = { c, 0 };

	strlcat(managed_log, s, sizeof(managed_log));
}

static unsigned int managed_startup(struct irq_data *d) { managed_note('S'); return 0; }
static void managed_shutdown(struct irq_data *d) { managed_note('D'); }
static void managed_nothing(struct irq_data *d) { }

static int managed_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	irq_data_update_effective_affinity(d, mask);
	return IRQ_SET_MASK_OK;
}

static struct irq_chip managed_chip = {
	.name			= "managed",
	.irq_startup		= managed_startup,
	.irq_shutdown		= managed_shutdown,
	.irq_mask		= managed_nothing,
	.irq_unmask		= managed_nothing,
	.irq_set_affinity	= managed_set_affinity,
};

static irqreturn_t no_handler(int irq, void *data)
{
	return IRQ_NONE;
}

TEST(hotplug, managed, "A11 C6", "a managed line closes with the last of its CPUs, and opens when one is back")
{
	struct irq_affinity_desc affinity = { .is_managed = 1 };
	int irq;

	need_two();
	cpumask_set_cpu(victim(), &affinity.mask);
	irq = __irq_alloc_descs(-1, 0, 1, NUMA_NO_NODE, THIS_MODULE, &affinity);
	require(irq > 0);
	irq_set_chip_and_handler(irq, &managed_chip, handle_simple_irq);
	managed_log[0] = 0;
	expect_eq(request_irq(irq, no_handler, 0, "hotplug-managed", &affinity), 0);
	expect_str(managed_log, "S");
	expect_eq(remove_cpu(victim()), 0);
	expect_str(managed_log, "SD");
	expect_eq(add_cpu(victim()), 0);
	expect_str(managed_log, "SDS");
	free_irq(irq, &affinity);
	irq_free_descs(irq, 1);
}
