/* SPDX-License-Identifier: MIT */
/*
 * What time it is.
 *
 * The monotonic clock is a base in nanoseconds and the count of the clocksource at that base;
 * now is the base plus what the counter went on since. The tick moves the base on, keeping
 * the fraction of a nanosecond, long before the counter wraps. The other clocks are the
 * monotonic one plus an offset.
 *
 *	ktime_get() and most	under the sequence count: read again after an update
 *	ktime_get_*_fast_ns()	from one of two copies, one of which is always whole: NMI
 *	ktime_get_coarse_*()	the base itself
 *	programs		from a page of their own: vsyscall.c
 */
#include <linux/bug.h>
#include <linux/clocksource.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "internals.h"

/* Before anything is set up time is kept by the tick: there is always an answer. */
#define TK_BASE_BY_JIFFIES {						\
	.clock		= &clocksource_jiffies,				\
	.mask		= CLOCKSOURCE_MASK(32),				\
	.cycle_last	= INITIAL_JIFFIES,				\
	.mult		= JIFFIES_MULT,					\
	.shift		= JIFFIES_SHIFT,				\
}

/* Written under tk_lock with tk_seq odd. Read under tk_seq. */
static struct {
	struct tk_base		mono;
	ktime_t			offs[TK_OFFS_MAX];	/* what to add to the monotonic clock */
} tk ____cacheline_aligned = { .mono = TK_BASE_BY_JIFFIES };

static seqcount_t tk_seq ____cacheline_aligned = SEQCNT_ZERO(tk_seq);
static DEFINE_RAW_SPINLOCK(tk_lock);		/* IRQs off */

/* The copies for readers that may interrupt the writer. Written under tk_lock. */
static struct {
	seqcount_latch_t	seq;
	struct {
		struct tk_base	mono;
		ktime_t		offs[TK_OFFS_MAX];
	} copy[2];
} tk_fast ____cacheline_aligned = {
	.copy = { { .mono = TK_BASE_BY_JIFFIES }, { .mono = TK_BASE_BY_JIFFIES } },
};

static __always_inline u64 cycles_since(const struct tk_base *b)
{
	return (b->clock->read(b->clock) - b->cycle_last) & b->mask;
}

/* A count a little behind the base, as another CPU's may be, is at the base: time does not go back. */
static __always_inline bool is_behind(const struct tk_base *b, u64 delta)
{
	return unlikely(delta > b->mask >> 1);
}

static __always_inline ktime_t base_now(const struct tk_base *b)
{
	u64 delta = cycles_since(b);

	if (is_behind(b, delta))
		return b->base;
	return b->base + (s64)((delta * b->mult + b->frac) >> b->shift);
}

/**
 * ktime_get - the monotonic clock: nanoseconds from boot
 *
 * Context: any but NMI (see ktime_get_mono_fast_ns()).
 */
ktime_t ktime_get(void)
{
	unsigned int seq;
	ktime_t now;

	do {
		seq = read_seqcount_begin(&tk_seq);
		now = base_now(&tk.mono);
	} while (read_seqcount_retry(&tk_seq, seq));
	return now;
}
EXPORT_SYMBOL(ktime_get);

/** ktime_get_with_offset - one of the clocks that keep a distance from the monotonic one */
ktime_t ktime_get_with_offset(enum tk_offsets offs)
{
	unsigned int seq;
	ktime_t now;

	do {
		seq = read_seqcount_begin(&tk_seq);
		now = base_now(&tk.mono) + tk.offs[offs];
	} while (read_seqcount_retry(&tk_seq, seq));
	return now;
}
EXPORT_SYMBOL(ktime_get_with_offset);

/** ktime_get_raw - the counter's own time: nothing corrects its rate here, so the monotonic clock */
ktime_t ktime_get_raw(void)
{
	return ktime_get();
}
EXPORT_SYMBOL(ktime_get_raw);

ktime_t ktime_get_coarse(void)
{
	unsigned int seq;
	ktime_t now;

	do {
		seq = read_seqcount_begin(&tk_seq);
		now = tk.mono.base;
	} while (read_seqcount_retry(&tk_seq, seq));
	return now;
}
EXPORT_SYMBOL(ktime_get_coarse);

ktime_t ktime_get_coarse_with_offset(enum tk_offsets offs)
{
	unsigned int seq;
	ktime_t now;

	do {
		seq = read_seqcount_begin(&tk_seq);
		now = tk.mono.base + tk.offs[offs];
	} while (read_seqcount_retry(&tk_seq, seq));
	return now;
}
EXPORT_SYMBOL(ktime_get_coarse_with_offset);

/* How far a clock is from the monotonic one now. */
ktime_t ktime_get_offset(enum tk_offsets offs)
{
	unsigned int seq;
	ktime_t off;

	do {
		seq = read_seqcount_begin(&tk_seq);
		off = tk.offs[offs];
	} while (read_seqcount_retry(&tk_seq, seq));
	return off;
}

/** ktime_mono_to_any - what another clock showed when the monotonic one showed @tmono */
ktime_t ktime_mono_to_any(ktime_t tmono, enum tk_offsets offs)
{
	return ktime_add(tmono, ktime_get_offset(offs));
}
EXPORT_SYMBOL(ktime_mono_to_any);

static __always_inline u64 fast_ns(int offs)
{
	unsigned int seq, i;
	ktime_t now;

	do {
		seq = raw_read_seqcount_latch(&tk_fast.seq);
		i = seq & 1;
		now = base_now(&tk_fast.copy[i].mono);
		if (offs >= 0)
			now += tk_fast.copy[i].offs[offs];
	} while (read_seqcount_latch_retry(&tk_fast.seq, seq));
	return (u64)now;
}

u64 notrace ktime_get_mono_fast_ns(void)
{
	return fast_ns(-1);
}
EXPORT_SYMBOL(ktime_get_mono_fast_ns);

u64 notrace ktime_get_raw_fast_ns(void)
{
	return fast_ns(-1);
}
EXPORT_SYMBOL(ktime_get_raw_fast_ns);

u64 notrace ktime_get_boot_fast_ns(void)
{
	return fast_ns(TK_OFFS_BOOT);
}
EXPORT_SYMBOL(ktime_get_boot_fast_ns);

u64 notrace ktime_get_real_fast_ns(void)
{
	return fast_ns(TK_OFFS_REAL);
}
EXPORT_SYMBOL(ktime_get_real_fast_ns);

void ktime_get_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get());
}
EXPORT_SYMBOL(ktime_get_ts64);

void ktime_get_raw_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_raw());
}
EXPORT_SYMBOL(ktime_get_raw_ts64);

void ktime_get_real_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_real());
}
EXPORT_SYMBOL(ktime_get_real_ts64);

void ktime_get_coarse_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_coarse());
}
EXPORT_SYMBOL(ktime_get_coarse_ts64);

void ktime_get_coarse_real_ts64(struct timespec64 *ts)
{
	*ts = ktime_to_timespec64(ktime_get_coarse_real());
}
EXPORT_SYMBOL(ktime_get_coarse_real_ts64);

time64_t ktime_get_seconds(void)
{
	return ktime_divns(ktime_get_coarse(), NSEC_PER_SEC);
}
EXPORT_SYMBOL(ktime_get_seconds);

time64_t ktime_get_real_seconds(void)
{
	return ktime_divns(ktime_get_coarse_real(), NSEC_PER_SEC);
}
EXPORT_SYMBOL(ktime_get_real_seconds);

/** ktime_get_resolution_ns - one step of the clocksource */
u32 ktime_get_resolution_ns(void)
{
	unsigned int seq;
	u32 ns;

	do {
		seq = read_seqcount_begin(&tk_seq);
		ns = tk.mono.mult >> tk.mono.shift;
	} while (read_seqcount_retry(&tk_seq, seq));
	return ns;
}
EXPORT_SYMBOL(ktime_get_resolution_ns);

/* May timers be finer than the tick? Not when the clock itself only moves with it. */
bool timekeeping_valid_for_hres(void)
{
	return READ_ONCE(tk.mono.clock)->flags & CLOCK_SOURCE_VALID_FOR_HRES;
}

/* How long the base may stay where it is, with much to spare: see is_behind(). */
u64 timekeeping_max_deferment(void)
{
	return READ_ONCE(tk.mono.clock)->max_idle_ns / 4;
}

/* Copy 0 while readers are sent to 1, then the other way round. tk_lock held. */
static void publish_fast(void)
{
	int i;

	for (i = 0; i < 2; i++) {
		raw_write_seqcount_latch(&tk_fast.seq);
		tk_fast.copy[i].mono = tk.mono;
		memcpy(tk_fast.copy[i].offs, tk.offs, sizeof(tk.offs));
	}
}

/* Move the base to now. tk_lock held, tk_seq odd. */
static __always_inline void forward_base(struct tk_base *b)
{
	u64 delta = cycles_since(b), sum;

	if (is_behind(b, delta))
		return;
	sum = delta * b->mult + b->frac;
	b->cycle_last = (b->cycle_last + delta) & b->mask;
	b->base += (s64)(sum >> b->shift);
	b->frac = sum & ((1ULL << b->shift) - 1);
}

static void use_clock(struct tk_base *b, struct clocksource *clock)
{
	b->clock = clock;
	b->mask = clock->mask;
	b->mult = clock->mult;
	b->shift = clock->shift;
	b->frac = 0;
	b->cycle_last = clock->read(clock) & clock->mask;
}

/* The tick's part, on the CPU that keeps time. IRQs off. */
void update_wall_time(void)
{
	raw_spin_lock(&tk_lock);
	write_seqcount_begin(&tk_seq);
	forward_base(&tk.mono);
	publish_fast();
	update_vsyscall_base(&tk.mono);
	write_seqcount_end(&tk_seq);
	raw_spin_unlock(&tk_lock);
}

/* The clocksource has changed: time goes on from where the old one has got to. */
void timekeeping_notify(struct clocksource *clock)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tk_lock, flags);
	write_seqcount_begin(&tk_seq);
	forward_base(&tk.mono);
	use_clock(&tk.mono, clock);
	publish_fast();
	update_vsyscall(&tk.mono, tk.offs);
	write_seqcount_end(&tk_seq);
	raw_spin_unlock_irqrestore(&tk_lock, flags);
}

/* timekeeping_set_vdso - keep a page, zero so far, for programs to read; once, at boot */
void __init timekeeping_set_vdso(struct vdso_data *data)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&tk_lock, flags);
	write_seqcount_begin(&tk_seq);
	vsyscall_use(data);
	update_vsyscall(&tk.mono, tk.offs);
	write_seqcount_end(&tk_seq);
	raw_spin_unlock_irqrestore(&tk_lock, flags);
}

static void (*clock_set_fn)(void);	/* set once, at boot */

/**
 * do_settimeofday64 - set the wall clock
 *
 * Context: any but NMI. Return: 0; -EINVAL for what is no time, or one before the system's boot.
 */
int do_settimeofday64(const struct timespec64 *ts)
{
	unsigned long flags;
	ktime_t offset;
	int ret = 0;

	if (!timespec64_valid_strict(ts))
		return -EINVAL;

	raw_spin_lock_irqsave(&tk_lock, flags);
	write_seqcount_begin(&tk_seq);
	forward_base(&tk.mono);
	offset = timespec64_to_ktime(*ts) - tk.mono.base;
	if (offset < 0) {
		ret = -EINVAL;
	} else {
		tk.offs[TK_OFFS_REAL] = offset;
		tk.offs[TK_OFFS_TAI] = offset;
	}
	publish_fast();
	update_vsyscall(&tk.mono, tk.offs);
	write_seqcount_end(&tk_seq);
	raw_spin_unlock_irqrestore(&tk_lock, flags);

	if (!ret) {
		clock_was_set();
		if (clock_set_fn)
			clock_set_fn();
	}
	return ret;
}
EXPORT_SYMBOL(do_settimeofday64);

/* on_clock_set - whom to tell when the wall clock was set; process context */
void __init on_clock_set(void (*fn)(void))
{
	clock_set_fn = fn;
}

/** timekeeping_init - set the wall clock by the one that a battery keeps; boot CPU, IRQs off */
void __init timekeeping_init(void)
{
	struct timespec64 wall;
	unsigned long flags;

	read_persistent_clock64(&wall);
	if (!timespec64_valid_strict(&wall)) {
		pr_warn("timekeeping: the machine's clock shows no date, it is 1970\n");
		wall = (struct timespec64) { 0 };
	}

	raw_spin_lock_irqsave(&tk_lock, flags);
	write_seqcount_begin(&tk_seq);
	tk.offs[TK_OFFS_REAL] = timespec64_to_ktime(wall) - tk.mono.base;
	tk.offs[TK_OFFS_TAI] = tk.offs[TK_OFFS_REAL];
	publish_fast();
	write_seqcount_end(&tk_seq);
	raw_spin_unlock_irqrestore(&tk_lock, flags);
}
