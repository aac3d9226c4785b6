/* SPDX-License-Identifier: MIT */
/*
 * What the files of kernel/irq/ share: the line's descriptor, its states, its locks.
 *
 * Locks of a line, outermost first:
 *	desc->request_mutex	attach and detach; may sleep
 *	chip->irq_bus_lock	of chips behind a slow bus; may sleep
 *	desc->lock		interrupts off; handlers run without it, while
 *				IRQD_IRQ_INPROGRESS keeps a second instance out
 * sparse_irq_lock (which lines exist) and the domain mutex are outside of all three;
 * sparse_irq_lock is taken inside the domain mutex.
 */
#ifndef _KERNEL_IRQ_INTERNALS_H
#define _KERNEL_IRQ_INTERNALS_H

#include <linux/bug.h>
#include <linux/build_bug.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/wait.h>

#define IRQ_BITMAP_BITS		16384	/* how many lines there may ever be */

/* Of desc->istate, guarded by desc->lock. */
enum {
	IRQS_AUTODETECT		= 0x00000001,	/* probe_irq_on() watches the line */
	IRQS_SPURIOUS_DISABLED	= 0x00000002,	/* nobody cared: polled until somebody asks for it */
	IRQS_POLL_INPROGRESS	= 0x00000008,	/* handlers run from the poll */
	IRQS_ONESHOT		= 0x00000020,	/* masked until the threads are done */
	IRQS_REPLAY		= 0x00000040,	/* raised again; not yet arrived */
	IRQS_WAITING		= 0x00000080,	/* no interrupt since the probe began */
	IRQS_PENDING		= 0x00000200,	/* came while disabled or in progress: owed */
	IRQS_CHAINED		= 0x00000400,	/* feeds another controller; has no action of its own */
};

/* Of irqaction.thread_flags: atomic bit operations. */
enum {
	IRQTF_RUNTHREAD,	/* the handler asked for its thread */
	IRQTF_WARNED,		/* complained about once */
	IRQTF_AFFINITY,		/* the line moved: the thread follows */
	IRQTF_FORCED_THREAD,	/* made a thread by threadirqs */
	IRQTF_READY,		/* the thread has reached its loop */
};

struct irq_desc {
	/* The first cache line is all that a plain interrupt reads. (l) = under lock. */
	raw_spinlock_t		lock;		/* these three as in struct irq_desc_head */
	unsigned int		istate;		/* (l) IRQS_* */
	irq_flow_handler_t	handle_irq;	/* (l) */
	struct irqaction	*action;	/* (l) to change; see struct irqaction for readers */
	unsigned int __percpu	*kstat_irqs;	/* fixed; each CPU adds to its own */
	struct irq_data		irq_data;	/* (l); number, hwirq, domain fixed once mapped */
	struct irq_common_data	irq_common_data; /* (l) */

	unsigned int		settings;	/* (l) IRQ_*: what the line is; irq_settings_*() */
	unsigned int		depth;		/* (l) 0: enabled, else so many disables */
	unsigned int		wake_depth;	/* (l) enable_irq_wake() calls */
	const char		*name;		/* (l) of the flow, for /proc/interrupts */
	unsigned long		threads_oneshot; /* (l) actions whose threads keep it masked */
	cpumask_var_t		pending_mask;	/* (l) where it goes at its next interrupt */
	const struct cpumask	*affinity_hint;	/* (l) the driver's memory */
	struct irq_affinity_notify *affinity_notify; /* (l) */
	const struct cpumask	*percpu_affinity; /* fixed with percpu_enabled */
	struct cpumask		*percpu_enabled; /* each CPU changes its own bit */
	int			parent_irq;	/* (l) whose thread runs a nested line */
	bool			resend_queued;	/* under the lock of resend.c, as resend_link */
	struct list_head	resend_link;

	/* Watch for unhandled interrupts. Owned by whoever has IRQD_IRQ_INPROGRESS. */
	unsigned int		irqs_unhandled;
	unsigned int		window_start;	/* count of interrupts when the window began */
	unsigned long		last_unhandled;	/* jiffies */
	int			threads_handled_last;
	atomic_t		threads_handled; /* by threads, so that their answers count */

	/* While time is measured: kernel/irq/time.c. Of the CPU that handles it. */
	struct {
		unsigned int	count;
		u64		total;		/* ns */
		u64		longest;
	} time;

	struct mutex		request_mutex;
	atomic_t		threads_active;	/* threads between wake-up and end of their function */
	wait_queue_head_t	wait_for_threads;

	struct proc_dir_entry	*dir;		/* under register_lock of proc.c */
	struct module		*owner;		/* fixed */
};

static_assert(offsetof(struct irq_desc, handle_irq) == offsetof(struct irq_desc_head, handle_irq));
#ifndef CONFIG_DEBUG
static_assert(offsetof(struct irq_desc, irq_data.chip) < L1_CACHE_BYTES);
#endif

extern struct irqaction chained_action;

/* -- State and settings ------------------------------------------------------------------- */

static inline bool irqd_has_set(struct irq_data *d, unsigned int mask)
{
	return __irqd_to_state(d) & mask;
}

static inline void irqd_set(struct irq_data *d, unsigned int mask)
{
	__irqd_to_state(d) |= mask;
}

static inline void irqd_clear(struct irq_data *d, unsigned int mask)
{
	__irqd_to_state(d) &= ~mask;
}

/* desc's own word, without the way round by irq_data.common. */
static inline bool irq_state_has(const struct irq_desc *desc, unsigned int mask)
{
	return desc->irq_common_data.state_use_accessors & mask;
}

static inline bool irq_settings_has(const struct irq_desc *desc, unsigned int mask)
{
	return desc->settings & mask;
}

static inline bool irq_desc_is_chained(const struct irq_desc *desc)
{
	return desc->istate & IRQS_CHAINED;
}

static inline unsigned int desc_irq(const struct irq_desc *desc)
{
	return desc->irq_data.irq;
}

/* -- Finding and locking a line -------------------------------------------------------------- */

enum irq_desc_kind {
	IRQ_DESC_ANY,
	IRQ_DESC_NORMAL,	/* not per CPU with a dev_id */
	IRQ_DESC_PERCPU_DEVID,
};

struct irq_desc *irq_get_desc(unsigned int irq, enum irq_desc_kind kind);

static inline void chip_bus_lock(struct irq_desc *desc)
{
	if (unlikely(desc->irq_data.chip->irq_bus_lock))
		desc->irq_data.chip->irq_bus_lock(&desc->irq_data);
}

static inline void chip_bus_sync_unlock(struct irq_desc *desc)
{
	if (unlikely(desc->irq_data.chip->irq_bus_sync_unlock))
		desc->irq_data.chip->irq_bus_sync_unlock(&desc->irq_data);
}

struct irq_desc *irq_get_desc_lock(unsigned int irq, enum irq_desc_kind kind,
				   unsigned long *flags);
void irq_put_desc_unlock(struct irq_desc *desc, unsigned long flags);
struct irq_desc *irq_get_desc_buslock(unsigned int irq, enum irq_desc_kind kind,
				      unsigned long *flags);
void irq_put_desc_busunlock(struct irq_desc *desc, unsigned long flags);

/* -- chip.c: opening and closing. The caller holds the line's lock. ---------------------------- */

#define IRQ_RESEND	true
#define IRQ_NORESEND	false
#define IRQ_START_FORCE	true	/* even when a managed line has no CPU */
#define IRQ_START_COND	false

int irq_activate(struct irq_desc *desc);
int irq_activate_and_startup(struct irq_desc *desc, bool resend);
int irq_startup(struct irq_desc *desc, bool resend, bool force);
void irq_shutdown(struct irq_desc *desc);
void irq_shutdown_and_deactivate(struct irq_desc *desc);
void irq_enable(struct irq_desc *desc);
void irq_disable(struct irq_desc *desc);
void irq_percpu_enable(struct irq_desc *desc, unsigned int cpu);
void irq_percpu_disable(struct irq_desc *desc, unsigned int cpu);
void mask_irq(struct irq_desc *desc);
void mask_ack_irq(struct irq_desc *desc);
void unmask_irq(struct irq_desc *desc);
void unmask_threaded_irq(struct irq_desc *desc);

/* -- manage.c, request.c, thread.c -------------------------------------------------------------- */

void __disable_irq(struct irq_desc *desc);
void __enable_irq(struct irq_desc *desc);
int __irq_set_trigger(struct irq_desc *desc, unsigned long flags);
void synchronize_hardirq_desc(struct irq_desc *desc, bool sync_chip);
void synchronize_irq_desc(struct irq_desc *desc);
int irq_setup_action(struct irq_desc *desc, struct irqaction *new);

irqreturn_t irq_default_primary_handler(int irq, void *dev_id);
irqreturn_t irq_nested_primary_handler(int irq, void *dev_id);
int irq_setup_forced_threading(struct irqaction *new);
void irq_let_nest(struct irqaction *new);
int irq_create_threads(struct irqaction *new, unsigned int irq);
void irq_start_threads(struct irq_desc *desc, struct irqaction *new);
void irq_stop_threads(struct irqaction *action);
void irq_thread_done(struct irq_desc *desc);
void __irq_wake_thread(struct irq_desc *desc, struct irqaction *action);
void irq_set_thread_affinity(struct irq_desc *desc);

/* -- affinity.c, migration.c, resend.c, spurious.c ------------------------------------------------- */


int irq_setup_affinity(struct irq_desc *desc);
bool irq_can_set_affinity_usr(unsigned int irq);

int check_irq_resend(struct irq_desc *desc, bool inject);
void clear_irq_resend(struct irq_desc *desc);
void forget_irq_resend(struct irq_desc *desc);

void note_interrupt(struct irq_desc *desc, irqreturn_t action_ret);
bool irq_check_poll(struct irq_desc *desc);
void irq_poll_sync(void);

/* -- irqdesc.c, kstat.c, proc.c ------------------------------------------------------------------------ */

unsigned int kstat_irqs_desc(struct irq_desc *desc);
void kstat_retire(struct irq_desc *desc);

void register_irq_proc(unsigned int irq, struct irq_desc *desc);
void unregister_irq_proc(unsigned int irq, struct irq_desc *desc);
void register_handler_proc(unsigned int irq, struct irqaction *action);
void unregister_handler_proc(unsigned int irq, struct irqaction *action);

#endif
