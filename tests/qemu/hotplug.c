/* SPDX-License-Identifier: MIT */
/* CPUs taken off line and back: what they had pending goes elsewhere, once, and nothing is lost. */
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include "test.h"
#include "text.h"

/* The CPU that goes and comes: the last. */
static unsigned int victim(void)
{
	return nr_cpu_ids - 1;
}

#define need_two()	need(num_online_cpus() > 1, "one CPU only")

static bool cycle(unsigned int cpu)
{
	return expect_eq(remove_cpu(cpu), 0) && expect_eq(add_cpu(cpu), 0);
}

TEST(hotplug, cycle, "A11", "every CPU but the boot CPU goes off line and comes back")
{
	unsigned int cpu, all = num_online_cpus();

	need_two();
	for_each_possible_cpu(cpu) {
		if (!cpu)
			continue;
		require(remove_cpu(cpu) == 0);
		expect(!cpu_online(cpu));
		expect(!cpu_active(cpu));
		expect_eq(num_online_cpus(), all - 1);
		if (all > 4 && cpu + 1 < nr_cpu_ids)	/* many away at once are quicker, too */
			all--;
		else
			require(add_cpu(cpu) == 0);
	}
	for_each_possible_cpu(cpu) {
		expect(add_cpu(cpu) >= 0);
		expect(cpu_online(cpu));
		expect(cpu_active(cpu));
	}
	expect_eq(num_online_cpus(), num_possible_cpus());
}

TEST(hotplug, refused, "A11", "the boot CPU stays: -EPERM; no such CPU: -EINVAL; there already: 1; disabled: -EBUSY")
{
	expect_eq(remove_cpu(0), -EPERM);
	expect_eq(remove_cpu(NR_CPUS), -EINVAL);
	expect_eq(add_cpu(NR_CPUS), -EINVAL);
	expect_eq(add_cpu(0), 1);
	need_two();
	cpu_hotplug_disable();
	expect_eq(remove_cpu(victim()), -EBUSY);
	cpu_hotplug_enable();
	require(remove_cpu(victim()) == 0);
	expect_eq(remove_cpu(victim()), 1);
	expect_eq(cpu_down(victim()), -EINVAL);
	require(add_cpu(victim()) == 0);
}

static bool says(const char *file, const char *want)
{
	char path[64], text[64];

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/%s", file);
	text_of(path, text, sizeof(text));
	return expect_str(strim(text), want);
}

TEST(hotplug, sysfs, "A11 H3", "/sys/devices/system/cpu tells which CPUs are there, and cpuN/online switches one")
{
	char all[16], rest[16], last[16], path[64], bus[32];

	need_two();
	snprintf(all, sizeof(all), "0-%u", nr_cpu_ids - 1);
	snprintf(rest, sizeof(rest), nr_cpu_ids > 2 ? "0-%u" : "%u", nr_cpu_ids - 2);
	snprintf(last, sizeof(last), "%u", victim());
	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", victim());
	snprintf(bus, sizeof(bus), "cpu%u/online", victim());
	says("possible", all);
	says("present", all);
	says("online", all);
	says("offline", "");
	says(bus, "1");
	expect(!is_there("/sys/devices/system/cpu/cpu0/online"));
	expect_eq(text_to(path, "0"), 1);
	says("online", rest);
	says("offline", last);
	says(bus, "0");
	expect_eq(text_to(path, "0"), 1);
	expect_eq(text_to(path, "x"), -EINVAL);
	expect_eq(text_to(path, "1\n"), 2);
	says("online", all);
	expect(is_there("/sys/bus/cpu/devices/cpu0"));
}

/* ---- Tasks --------------------------------------------------------------------------------------- */

static atomic_t turns;

static int busy_task(void *unused)
{
	while (!kthread_should_stop()) {
		atomic_inc(&turns);
		cond_resched();
	}
	return 0;
}

TEST(hotplug, tasks, "A11", "tasks of a CPU that goes run on others, one that was bound to it as well")
{
	struct task_struct *t[3];
	unsigned int cpu = victim(), i;

	need_two();
	for (i = 0; i < 3; i++) {
		t[i] = kthread_create(busy_task, NULL, "hotplug_busy");
		require(!IS_ERR(t[i]));
		if (i)
			kthread_bind(t[i], cpu);
		else
			set_cpus_allowed_ptr(t[i], cpumask_of(cpu));
		wake_up_process(t[i]);
	}
	require(remove_cpu(cpu) == 0);
	atomic_set(&turns, 0);
	wait_until(atomic_read(&turns) > 10);
	for (i = 0; i < 3; i++)
		expect(task_cpu(t[i]) != cpu);
	require(add_cpu(cpu) == 0);
	for (i = 0; i < 3; i++)
		kthread_stop(t[i]);
}

static bool pinned_now, let_go;

static int pinned_task(void *arg)
{
	int *was_on = arg;

	migrate_disable();
	WRITE_ONCE(pinned_now, true);
	while (!READ_ONCE(let_go))
		msleep(1);
	*was_on = raw_smp_processor_id();
	migrate_enable();
	return 0;
}

static int remove_task(void *arg)
{
	return remove_cpu(*(unsigned int *)arg);
}

TEST(hotplug, migrate_disabled, "A11", "a CPU stays until the tasks that may not move from it may")
{
	struct task_struct *pinned, *remover;
	unsigned int cpu = victim();
	int was_on = -1;

	need_two();
	pinned_now = let_go = false;
	pinned = kthread_create(pinned_task, &was_on, "hotplug_pinned");
	require(!IS_ERR(pinned));
	get_task_struct(pinned);
	set_cpus_allowed_ptr(pinned, cpumask_of(cpu));
	wake_up_process(pinned);
	wait_until(READ_ONCE(pinned_now));
	remover = kthread_run(remove_task, &cpu, "hotplug_remover");
	require(!IS_ERR(remover));
	get_task_struct(remover);
	wait_until(!cpu_active(cpu));
	expect(cpu_online(cpu));
	WRITE_ONCE(let_go, true);
	expect_eq(kthread_stop(remover), 0);
	put_task_struct(remover);
	expect_eq(kthread_stop(pinned), 0);
	put_task_struct(pinned);
	expect_eq(was_on, cpu);
	expect(!cpu_online(cpu));
	require(add_cpu(cpu) == 0);
}

/* ---- Timers --------------------------------------------------------------------------------------- */

static atomic_t fired;
static unsigned long fired_on;		/* CPUs */

static void note_fired(void)
{
	set_bit(raw_smp_processor_id(), &fired_on);
	atomic_inc(&fired);
}

static void timer_fn(struct timer_list *t)
{
	note_fired();
}

#define NR_TIMERS	64

TEST(hotplug, timers, "A11 D8", "timers of a CPU that is gone expire on another, each once and none early")
{
	static struct timer_list timers[NR_TIMERS];
	struct timer_list far;
	unsigned long begin;
	int i;

	need_two();
	atomic_set(&fired, 0);
	fired_on = 0;
	timer_setup_on_stack(&far, timer_fn, 0);
	far.expires = jiffies + 1000 * HZ;
	add_timer_on(&far, victim());
	begin = jiffies;
	for (i = 0; i < NR_TIMERS; i++) {
		timer_setup(&timers[i], timer_fn, i & 1 ? TIMER_PINNED : 0);
		timers[i].expires = begin + 20 + i;
		add_timer_on(&timers[i], victim());
	}
	require(remove_cpu(victim()) == 0);
	wait_until(atomic_read(&fired) == NR_TIMERS);
	expect(time_after_eq(jiffies, begin + 20 + NR_TIMERS - 1));
	for (i = 0; i < NR_TIMERS; i++)
		expect(!timer_pending(&timers[i]));
	expect(timer_pending(&far));
	expect(del_timer_sync(&far));
	destroy_timer_on_stack(&far);
	require(add_cpu(victim()) == 0);
	expect_eq(atomic_read(&fired), NR_TIMERS);
}

static enum hrtimer_restart hrtimer_fn(struct hrtimer *t)
{
	note_fired();
	return HRTIMER_NORESTART;
}

static struct hrtimer hrtimers[NR_TIMERS];

static void start_hrtimers(void *unused)
{
	int i;

	for (i = 0; i < NR_TIMERS; i++)
		hrtimer_start(&hrtimers[i], ms_to_ktime(20 + i),
			      i & 1 ? HRTIMER_MODE_REL_SOFT : HRTIMER_MODE_REL);
}

TEST(hotplug, hrtimers, "A11 D8", "so do high-resolution timers, hard and soft ones")
{
	int i;

	need_two();
	atomic_set(&fired, 0);
	for (i = 0; i < NR_TIMERS; i++) {
		hrtimer_init(&hrtimers[i], CLOCK_MONOTONIC,
			     i & 1 ? HRTIMER_MODE_REL_SOFT : HRTIMER_MODE_REL);
		hrtimers[i].function = hrtimer_fn;
	}
	smp_call_function_single(victim(), start_hrtimers, NULL, 1);
	require(remove_cpu(victim()) == 0);
	wait_until(atomic_read(&fired) == NR_TIMERS);
	require(add_cpu(victim()) == 0);
	expect_eq(atomic_read(&fired), NR_TIMERS);
}

/* ---- Softirqs and works ---------------------------------------------------------------------------- */

static void tasklet_fn(struct tasklet_struct *t)
{
	note_fired();
}

static void schedule_tasklet(void *t)
{
	tasklet_schedule(t);
}

static void schedule_tasklet_hi(void *t)
{
	tasklet_hi_schedule(t);
}

TEST(hotplug, tasklets, "A11 D4", "a tasklet that waits on a CPU that goes runs on another")
{
	struct tasklet_struct normal, high;

	need_two();
	atomic_set(&fired, 0);
	tasklet_setup(&normal, tasklet_fn);
	tasklet_setup(&high, tasklet_fn);
	tasklet_disable(&normal);	/* scheduled, it stays on its CPU's list */
	tasklet_disable(&high);
	smp_call_function_single(victim(), schedule_tasklet, &normal, 1);
	smp_call_function_single(victim(), schedule_tasklet_hi, &high, 1);
	require(remove_cpu(victim()) == 0);
	expect_eq(atomic_read(&fired), 0);
	tasklet_enable(&normal);
	tasklet_enable(&high);
	wait_until(atomic_read(&fired) == 2);
	tasklet_kill(&normal);
	tasklet_kill(&high);
	require(add_cpu(victim()) == 0);
}

static struct completion go_on;
static atomic_t begun, ended;
static int ended_on;

static void long_work(struct work_struct *work)
{
	atomic_inc(&begun);
	wait_for_completion(&go_on);
	ended_on = raw_smp_processor_id();
	atomic_inc(&ended);
}

static void short_work(struct work_struct *work)
{
	ended_on = raw_smp_processor_id();
	atomic_inc(&ended);
}

static long which_cpu(void *unused)
{
	return raw_smp_processor_id();
}

TEST(hotplug, works, "A11 D7", "works that run or wait when their CPU goes end elsewhere; after its return they run there")
{
	struct work_struct running, waiting, later;
	struct delayed_work delayed;

	need_two();
	init_completion(&go_on);
	atomic_set(&begun, 0);
	atomic_set(&ended, 0);
	INIT_WORK_ONSTACK(&running, long_work);
	INIT_WORK_ONSTACK(&waiting, short_work);
	INIT_WORK_ONSTACK(&later, short_work);
	INIT_DELAYED_WORK_ONSTACK(&delayed, short_work);
	queue_work_on(victim(), system_wq, &running);
	queue_delayed_work_on(victim(), system_wq, &delayed, HZ / 10);
	wait_until(atomic_read(&begun) == 1);
	queue_work_on(victim(), system_wq, &waiting);
	require(remove_cpu(victim()) == 0);
	queue_work_on(victim(), system_wq, &later);
	wait_until(atomic_read(&ended) == 3);	/* but the one that sleeps */
	expect(ended_on != (int)victim());
	complete(&go_on);
	wait_until(atomic_read(&ended) == 4);
	expect(ended_on != (int)victim());
	flush_work(&running);
	flush_work(&waiting);
	flush_work(&later);
	flush_delayed_work(&delayed);
	require(add_cpu(victim()) == 0);
	expect_eq(work_on_cpu(victim(), which_cpu, NULL), victim());
	expect_eq(atomic_read(&ended), 4);
	destroy_work_on_stack(&running);
	destroy_work_on_stack(&waiting);
	destroy_work_on_stack(&later);
	destroy_delayed_work_on_stack(&delayed);
}

/* ---- Steps ------------------------------------------------------------------------------------------ */

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

/* ---- Everything at once ------------------------------------------------------------------------------ */

/*
 * A task on each CPU hands out timers, tasklets, works and cross-calls as fast as they are done,
 * to its own CPU and others, while CPUs go and come. All that was handed out has to happen.
 */
struct load {
	struct timer_list	timer;
	struct hrtimer		hrtimer;
	struct tasklet_struct	tasklet;
	struct work_struct	work;
	struct irq_work		irq_work;
	struct task_struct	*task;
	int			given[5];	/* by the task */
	atomic_t		done[5];
	atomic_t		calls;
	int			called;
};

static struct load loads[8];

static void load_timer(struct timer_list *t)
{
	struct load *l = from_timer(l, t, timer);

	atomic_inc(&l->done[0]);
}

static enum hrtimer_restart load_hrtimer(struct hrtimer *t)
{
	atomic_inc(&container_of(t, struct load, hrtimer)->done[1]);
	return HRTIMER_NORESTART;
}

static void load_tasklet(struct tasklet_struct *t)
{
	struct load *l = from_tasklet(l, t, tasklet);

	atomic_inc(&l->done[2]);
}

static void load_work(struct work_struct *w)
{
	atomic_inc(&container_of(w, struct load, work)->done[3]);
}

static void load_irq_work(struct irq_work *w)
{
	atomic_inc(&container_of(w, struct load, irq_work)->done[4]);
}

static void load_call(void *l)
{
	atomic_inc(&((struct load *)l)->calls);
}

static bool is_done(struct load *l, int what)
{
	return atomic_read(&l->done[what]) == l->given[what];
}

static void give(struct load *l, int cpu)
{
	if (is_done(l, 0) && ++l->given[0])
		mod_timer(&l->timer, jiffies + 1);
	if (is_done(l, 1) && ++l->given[1])
		hrtimer_start(&l->hrtimer, us_to_ktime(300), HRTIMER_MODE_REL);
	if (is_done(l, 2) && ++l->given[2])
		tasklet_schedule(&l->tasklet);
	if (is_done(l, 3) && ++l->given[3])
		queue_work_on(cpu, system_wq, &l->work);
	preempt_disable();
	if (is_done(l, 4) && cpu_online(cpu) && ++l->given[4])
		irq_work_queue_on(&l->irq_work, cpu);
	preempt_enable();
	if (!smp_call_function_single(cpu, load_call, l, 1))
		l->called++;
}

static int load_task(void *data)
{
	struct load *l = data;
	int cpu = 0;

	while (!kthread_should_stop()) {
		give(l, cpu);
		cpu = (cpu + 1) % nr_cpu_ids;
		cond_resched();
	}
	return 0;
}

static void start_load(struct load *l, unsigned int cpu)
{
	memset(l, 0, sizeof(*l));
	timer_setup(&l->timer, load_timer, 0);
	hrtimer_init(&l->hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	l->hrtimer.function = load_hrtimer;
	tasklet_setup(&l->tasklet, load_tasklet);
	INIT_WORK(&l->work, load_work);
	init_irq_work(&l->irq_work, load_irq_work);
	l->task = kthread_create(load_task, l, "hotplug_load/%u", cpu);
	if (!expect(!IS_ERR(l->task)))
		return;
	set_cpus_allowed_ptr(l->task, cpumask_of(cpu));
	wake_up_process(l->task);
}

static void stop_load(struct load *l)
{
	int i;

	kthread_stop(l->task);
	for (i = 0; i < 5; i++) {
		wait_until(is_done(l, i));
		expect(l->given[i] > 0);
	}
	expect_eq(atomic_read(&l->calls), l->called);
	tasklet_kill(&l->tasklet);
	timer_delete_sync(&l->timer);
	hrtimer_cancel(&l->hrtimer);
	flush_work(&l->work);
	irq_work_sync(&l->irq_work);
}

/* Few on many CPUs: an emulated machine has to have all of them stand still each time. */
#define STORM_ROUNDS	(nr_cpu_ids > 4 ? 2 : 5)

TEST(hotplug, storm, "A11 D10", "timers, tasklets, works and cross-calls in flight while CPUs go and come: each happens once")
{
	unsigned int cpu, nr = min_t(unsigned int, num_online_cpus(), ARRAY_SIZE(loads)), round;

	need_two();
	for (cpu = 0; cpu < nr; cpu++)
		start_load(&loads[cpu], cpu);
	for (round = 0; round < STORM_ROUNDS; round++)
		if (!cycle(1 + round % (nr_cpu_ids - 1)))
			break;
	for (cpu = 0; cpu < nr; cpu++)
		stop_load(&loads[cpu]);
	expect_eq(num_online_cpus(), num_possible_cpus());
}
