/* SPDX-License-Identifier: MIT */
/*
 * The driver's side of interrupts: attach handlers to lines, open and close lines, steer
 * them to CPUs. Softirqs and tasklets come along from linux/tasklet.h.
 */
#ifndef _LINUX_INTERRUPT_H
#define _LINUX_INTERRUPT_H

#include <linux/kernel.h>
#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/irqreturn.h>
#include <linux/irqnr.h>
#include <linux/hardirq.h>
#include <linux/irqflags.h>
#include <linux/kref.h>
#include <linux/percpu.h>
#include <linux/workqueue.h>
#include <linux/tasklet.h>

/* How the device signals. In request_irq() none means: as the line is set up already. */
#define IRQF_TRIGGER_NONE	0x00000000
#define IRQF_TRIGGER_RISING	0x00000001
#define IRQF_TRIGGER_FALLING	0x00000002
#define IRQF_TRIGGER_HIGH	0x00000004
#define IRQF_TRIGGER_LOW	0x00000008
#define IRQF_TRIGGER_MASK	(IRQF_TRIGGER_HIGH | IRQF_TRIGGER_LOW | \
				 IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING)
#define IRQF_TRIGGER_PROBE	0x00000010

#define IRQF_DISABLED		0x00000020	/* of 2.6, for irqnest: interrupts stay off */
#define IRQF_SHARED		0x00000080	/* others may use the line too */
#define IRQF_PROBE_SHARED	0x00000100	/* a mismatch is expected: do not print it */
#define __IRQF_TIMER		0x00000200	/* a clock tick */
#define IRQF_PERCPU		0x00000400	/* never moves between CPUs */
#define IRQF_NOBALANCING	0x00000800	/* keep it where it is */
#define IRQF_IRQPOLL		0x00001000	/* asked first when a shared line is polled */
#define IRQF_ONESHOT		0x00002000	/* stays masked until the thread has run */
#define IRQF_NO_SUSPEND		0x00004000
#define IRQF_FORCE_RESUME	0x00008000
#define IRQF_NO_THREAD		0x00010000	/* not even with threadirqs */
#define IRQF_EARLY_RESUME	0x00020000
#define IRQF_COND_SUSPEND	0x00040000
#define IRQF_NO_AUTOEN		0x00080000	/* stays disabled until enable_irq() */
#define IRQF_NO_DEBUG		0x00100000	/* no watch for unhandled interrupts */

#define IRQF_TIMER		(__IRQF_TIMER | IRQF_NO_SUSPEND | IRQF_NO_THREAD)

/* What request_any_context_irq() chose. */
enum {
	IRQC_IS_HARDIRQ	= 0,
	IRQC_IS_NESTED,
};

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

struct device;
struct module;
struct proc_dir_entry;
struct task_struct;

/**
 * struct irqaction - one handler attached to a line
 * @handler: called in hard-interrupt context
 * @dev_id: handed to it; on a shared line also the name of this action
 * @percpu_dev_id: the same for a per-CPU line
 * @next: next action of the line; changes under the line's lock, with the line's
 *	synchronize step before memory is freed, so that a running interrupt may walk it
 * @thread_fn: called in the action's thread
 * @thread: that thread, or NULL
 * @secondary: the thread's second half when threadirqs split a threaded request
 * @irq: the line
 * @flags: IRQF_*
 * @thread_flags: IRQTF_* of kernel/irq/, atomic bit operations
 * @thread_mask: this action's bit in the line's mask of threads that keep it closed
 * @name: as in /proc/interrupts
 * @dir: its folder below /proc/irq/N
 */
struct irqaction {
	irq_handler_t		handler;
	void			*dev_id;
	void __percpu		*percpu_dev_id;
	struct irqaction	*next;
	irq_handler_t		thread_fn;
	struct task_struct	*thread;
	struct irqaction	*secondary;
	irq_handler_t		nested;		/* with irqnest: what @handler stands in for */
	unsigned int		irq;
	unsigned int		flags;
	unsigned long		thread_flags;
	unsigned long		thread_mask;
	const char		*name;
	struct proc_dir_entry	*dir;
} ____cacheline_internodealigned_in_smp;

irqreturn_t no_action(int irq, void *dev_id);

/* In a handler, which disables them again before it returns: others may interrupt it. */
#define local_irq_enable_in_hardirq() local_irq_enable()

/* No line at all, for drivers that keep "unset" in the same variable. */
#define IRQ_NOTCONNECTED	(1U << 31)

int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler,
				      irq_handler_t thread_fn, unsigned long flags,
				      const char *name, void *dev);

/**
 * request_irq - attach a handler to a line and open the line
 * @irq: line, as the bus or irq_create_mapping() gave it
 * @handler: runs in hard-interrupt context, interrupts off on this CPU
 * @flags: IRQF_*; on a shared line every user passes IRQF_SHARED
 * @name: shown in /proc/interrupts; must outlive the request
 * @dev: handed to @handler; not NULL on a shared line
 *
 * @handler may run before this returns: make the device ready first.
 *
 * Context: process, may sleep.
 * Return: as request_threaded_irq().
 */
static inline int __must_check request_irq(unsigned int irq, irq_handler_t handler,
					   unsigned long flags, const char *name, void *dev)
{
	return request_threaded_irq(irq, handler, NULL, flags, name, dev);
}

int __must_check request_any_context_irq(unsigned int irq, irq_handler_t handler,
					 unsigned long flags, const char *name, void *dev_id);
int __must_check __request_percpu_irq(unsigned int irq, irq_handler_t handler,
				      unsigned long flags, const char *devname,
				      void __percpu *percpu_dev_id);

/** request_percpu_irq - __request_percpu_irq() without flags */
static inline int __must_check request_percpu_irq(unsigned int irq, irq_handler_t handler,
						  const char *devname,
						  void __percpu *percpu_dev_id)
{
	return __request_percpu_irq(irq, handler, 0, devname, percpu_dev_id);
}

const void *free_irq(unsigned int irq, void *dev_id);
void free_percpu_irq(unsigned int irq, void __percpu *dev_id);

int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq,
					   irq_handler_t handler, irq_handler_t thread_fn,
					   unsigned long irqflags, const char *devname,
					   void *dev_id);

/** devm_request_irq - request_irq() that is undone when @dev loses its driver */
static inline int __must_check devm_request_irq(struct device *dev, unsigned int irq,
						irq_handler_t handler, unsigned long irqflags,
						const char *devname, void *dev_id)
{
	return devm_request_threaded_irq(dev, irq, handler, NULL, irqflags, devname, dev_id);
}

int __must_check devm_request_any_context_irq(struct device *dev, unsigned int irq,
					      irq_handler_t handler, unsigned long irqflags,
					      const char *devname, void *dev_id);
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);

bool irq_has_action(unsigned int irq);
void disable_irq_nosync(unsigned int irq);
bool disable_hardirq(unsigned int irq);
void disable_irq(unsigned int irq);
void disable_percpu_irq(unsigned int irq);
void enable_irq(unsigned int irq);
void enable_percpu_irq(unsigned int irq, unsigned int type);
bool irq_percpu_is_enabled(unsigned int irq);
void irq_wake_thread(unsigned int irq, void *dev_id);

void synchronize_irq(unsigned int irq);
bool synchronize_hardirq(unsigned int irq);

int irq_set_irq_wake(unsigned int irq, unsigned int on);
static inline int enable_irq_wake(unsigned int irq) { return irq_set_irq_wake(irq, 1); }
static inline int disable_irq_wake(unsigned int irq) { return irq_set_irq_wake(irq, 0); }

/* Older drivers' names for the same, and local_irq_* by line for those that nest. */
#define disable_irq_nosync_lockdep(irq)			disable_irq_nosync(irq)
#define disable_irq_nosync_lockdep_irqsave(irq, flags)	\
	do { disable_irq_nosync(irq); local_irq_save(*(flags)); } while (0)
#define enable_irq_lockdep(irq)				enable_irq(irq)
#define enable_irq_lockdep_irqrestore(irq, flags)	\
	do { local_irq_restore(*(flags)); enable_irq(irq); } while (0)

/* What a controller can tell about a line, irq_get_irqchip_state(). */
enum irqchip_irq_state {
	IRQCHIP_STATE_PENDING,
	IRQCHIP_STATE_ACTIVE,
	IRQCHIP_STATE_MASKED,
	IRQCHIP_STATE_LINE_LEVEL,
};

int irq_get_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool *state);
int irq_set_irqchip_state(unsigned int irq, enum irqchip_irq_state which, bool val);

/* -- Affinity -------------------------------------------------------------------------- */

/**
 * struct irq_affinity_notify - told, from a work item, when a line's affinity changed
 * @irq: the line; filled in by irq_set_affinity_notifier()
 * @kref: holds this structure
 * @work: runs @notify
 * @notify: called in process context with the new mask
 * @release: called when the last reference went
 */
struct irq_affinity_notify {
	unsigned int irq;
	struct kref kref;
	struct work_struct work;
	void (*notify)(struct irq_affinity_notify *notify, const cpumask_t *mask);
	void (*release)(struct kref *ref);
};

#define IRQ_AFFINITY_MAX_SETS	4

/**
 * struct irq_affinity - how a driver wants its vectors spread
 * @pre_vectors: leave so many at the start alone
 * @post_vectors: and so many at the end
 * @nr_sets: how many sets the middle is divided into
 * @set_size: vectors of each set
 * @calc_sets: divides again when fewer vectors are to be had
 * @priv: for @calc_sets
 */
struct irq_affinity {
	unsigned int	pre_vectors;
	unsigned int	post_vectors;
	unsigned int	nr_sets;
	unsigned int	set_size[IRQ_AFFINITY_MAX_SETS];
	void		(*calc_sets)(struct irq_affinity *affd, unsigned int nvecs);
	void		*priv;
};

/**
 * struct irq_affinity_desc - where one vector goes
 * @mask: the CPUs
 * @is_managed: the kernel keeps it there: user space can't move it, and it sleeps while
 *	all its CPUs are offline
 */
struct irq_affinity_desc {
	struct cpumask	mask;
	unsigned int	is_managed : 1;
};

extern cpumask_var_t irq_default_affinity;

int irq_set_affinity(unsigned int irq, const struct cpumask *cpumask);
int irq_force_affinity(unsigned int irq, const struct cpumask *cpumask);
int irq_can_set_affinity(unsigned int irq);
int __irq_apply_affinity_hint(unsigned int irq, const struct cpumask *m, bool setaffinity);
int irq_set_affinity_notifier(unsigned int irq, struct irq_affinity_notify *notify);
struct irq_affinity_desc *irq_create_affinity_masks(unsigned int nvec, struct irq_affinity *affd);
unsigned int irq_calc_affinity_vectors(unsigned int minvec, unsigned int maxvec,
				       const struct irq_affinity *affd);

/** irq_update_affinity_hint - tell user space where the driver would like the line */
static inline int irq_update_affinity_hint(unsigned int irq, const struct cpumask *m)
{
	return __irq_apply_affinity_hint(irq, m, false);
}

/** irq_set_affinity_and_hint - the same, and move it there now */
static inline int irq_set_affinity_and_hint(unsigned int irq, const struct cpumask *m)
{
	return __irq_apply_affinity_hint(irq, m, true);
}

/** irq_set_affinity_hint - the older name of irq_set_affinity_and_hint() */
static inline int irq_set_affinity_hint(unsigned int irq, const struct cpumask *m)
{
	return irq_set_affinity_and_hint(irq, m);
}

/* -- Threads, probing, boot -------------------------------------------------------------- */

extern bool force_irqthreads_enabled;	/* threadirqs; fixed after the command line was read */
#define force_irqthreads()	(force_irqthreads_enabled)

unsigned long probe_irq_on(void);
int probe_irq_off(unsigned long val);
unsigned int probe_irq_mask(unsigned long val);

int early_irq_init(void);
int arch_probe_nr_irqs(void);
void init_irq_proc(void);

struct seq_file;
int show_interrupts(struct seq_file *p, void *v);
int arch_show_interrupts(struct seq_file *p, int prec);

#endif
