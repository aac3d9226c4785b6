/* SPDX-License-Identifier: MIT */
/*
 * Thread-local storage of 32-bit code: three entries of the GDT that are the running task's, and
 * i386's set_thread_area(), get_thread_area(). They describe data, with any base below 4 GiB.
 *
 * Intel SDM Vol. 3, "Segment Descriptors".
 */
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/desc.h>
#include <asm/ldt.h>
#include <asm/segment.h>
#include <asm/user.h>

static_assert(GDT_TLS_ENTRIES == ARRAY_SIZE(((struct thread_struct *)0)->tls));

/* The bits of a data segment that user mode may use, by name. */
#define DESC_WRITABLE		(1ULL << 41)
#define DESC_GROWS_DOWN		(1ULL << 42)
#define DESC_USER_DATA		(0x0000f10000000000ULL)	/* accessed, data, DPL 3, present */
#define DESC_AVAILABLE		(1ULL << 52)
#define DESC_32BIT		(1ULL << 54)
#define DESC_PAGES		(1ULL << 55)

/* Nothing but zeroes, or what one writes to say "none". */
static bool is_empty(const struct user_desc *d)
{
	return !d->base_addr && !d->limit && !d->contents && !d->seg_32bit && !d->limit_in_pages &&
	       !d->useable && d->read_exec_only == d->seg_not_present;
}

static bool is_acceptable(const struct user_desc *d)
{
	return d->seg_32bit && d->contents <= 1 && !d->seg_not_present;
}

static u64 to_descriptor(const struct user_desc *d)
{
	return DESC_USER_DATA | (d->read_exec_only ? 0 : DESC_WRITABLE) |
	       (d->contents ? DESC_GROWS_DOWN : 0) | (d->useable ? DESC_AVAILABLE : 0) | DESC_32BIT |
	       (d->limit_in_pages ? DESC_PAGES : 0) | (d->limit & 0xffff) |
	       (u64)(d->limit >> 16 & 0xf) << 48 | (u64)(d->base_addr & 0xffffff) << 16 |
	       (u64)(d->base_addr >> 24) << 56;
}

static void from_descriptor(struct user_desc *d, u64 desc)
{
	d->base_addr = (desc >> 16 & 0xffffff) | (u32)(desc >> 56) << 24;
	d->limit = (desc & 0xffff) | (u32)(desc >> 48 & 0xf) << 16;
	d->seg_32bit = !!(desc & DESC_32BIT);
	d->contents = !!(desc & DESC_GROWS_DOWN);
	d->read_exec_only = !(desc & DESC_WRITABLE);
	d->limit_in_pages = !!(desc & DESC_PAGES);
	d->seg_not_present = !desc;
	d->useable = !!(desc & DESC_AVAILABLE);
	d->lm = 0;
}

/* tls_selector_loads - whether a selector that user mode once had can be loaded for @t */
bool tls_selector_loads(const struct thread_struct *t, unsigned short sel)
{
	unsigned int entry = (sel >> 3) - GDT_ENTRY_TLS_MIN;

	return entry >= GDT_TLS_ENTRIES || t->tls[entry];
}

/* Which of the three @d means; -1 is any that is free. Return: it; -ESRCH; -EINVAL. */
static int choose_entry(const struct thread_struct *t, const struct user_desc *d)
{
	unsigned int i;

	if (d->entry_number != -1U) {
		i = d->entry_number - GDT_ENTRY_TLS_MIN;
		return i < GDT_TLS_ENTRIES ? (int)i : -EINVAL;
	}
	for (i = 0; i < GDT_TLS_ENTRIES; i++)
		if (!t->tls[i])
			return i;
	return -ESRCH;
}

/* Segment registers that hold the entry take what it says now. */
static void set_entry(unsigned int entry, u64 desc)
{
	struct thread_struct *t = &current->thread;

	preempt_disable();
	save_user_state(current);
	t->tls[entry] = desc;
	t->has_tls = t->tls[0] || t->tls[1] || t->tls[2];
	local_irq_disable();
	load_tls(t);
	reload_user_segments(current, ((GDT_ENTRY_TLS_MIN + entry) << 3) | 3);
	local_irq_enable();
	preempt_enable();
}

SYSCALL_DEFINE1(compat_set_thread_area, struct user_desc __user *, u_info)
{
	struct user_desc info;
	bool choose;
	int entry;

	if (copy_from_user(&info, u_info, sizeof(info)))
		return -EFAULT;
	if (!is_empty(&info) && !is_acceptable(&info))
		return -EINVAL;
	choose = info.entry_number == -1U;
	entry = choose_entry(&current->thread, &info);
	if (entry < 0)
		return entry;
	if (choose && put_user(GDT_ENTRY_TLS_MIN + entry, &u_info->entry_number))
		return -EFAULT;
	set_entry(entry, is_empty(&info) ? 0 : to_descriptor(&info));
	return 0;
}

SYSCALL_DEFINE1(compat_get_thread_area, struct user_desc __user *, u_info)
{
	struct user_desc info;
	unsigned int number;

	static_assert(offsetof(struct user_desc, base_addr) == sizeof(number));
	if (get_user(number, (unsigned int __user *)u_info))
		return -EFAULT;
	if (number - GDT_ENTRY_TLS_MIN >= GDT_TLS_ENTRIES)
		return -EINVAL;
	memset(&info, 0, sizeof(info));
	info.entry_number = number;
	from_descriptor(&info, current->thread.tls[number - GDT_ENTRY_TLS_MIN]);
	return copy_to_user(u_info, &info, sizeof(info)) ? -EFAULT : 0;
}
