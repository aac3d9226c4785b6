/* SPDX-License-Identifier: MIT */
/*
 * What a thread leaves behind: locks that it held, by a list in its own memory that it told of once
 * (the kernel looks at it only now), and its number, which pthread_join() waits to see gone.
 *
 * The list may be anything: wrong pointers end the walk, and so does its length.
 */
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

#define LINK_PI		1UL	/* in a link: the lock inherits priority */

SYSCALL_DEFINE2(set_robust_list, struct robust_list_head __user *, head, size_t, len)
{
	if (len != sizeof(*head))
		return -EINVAL;
	current->robust_list = head;
	return 0;
}

SYSCALL_DEFINE3(get_robust_list, int, pid, struct robust_list_head __user *__user *, head,
		size_t __user *, len)
{
	struct task_struct *task = pid ? find_get_task_by_pid(pid) : get_task_struct(current);
	struct robust_list_head __user *list;

	if (!task)
		return -ESRCH;
	list = READ_ONCE(task->robust_list);
	put_task_struct(task);
	if (put_user(sizeof(*list), len))
		return -EFAULT;
	return put_user(list, head);
}

/*
 * A lock of @task's that nobody will release: mark it, and let the next one in. With @pending the
 * task was just taking or releasing it: released, but with nobody told, there may be a waiter.
 * Return: 0; -EFAULT and such: the list leads nowhere.
 */
static int owner_died(u32 __user *uaddr, struct task_struct *task, bool pi, bool pending)
{
	u32 val, seen;
	int err;

	if ((unsigned long)uaddr % sizeof(*uaddr))
		return -EINVAL;
	err = get_user(val, uaddr);
	if (err)
		return err;
	if (pending && !pi && !(val & FUTEX_TID_MASK)) {
		futex_wake(uaddr, FLAGS_SHARED, 1, FUTEX_BITSET_MATCH_ANY);
		return 0;
	}
	for (;;) {
		if ((val & FUTEX_TID_MASK) != (u32)task->pid)
			return 0;
		seen = val;
		err = cmpxchg_user(uaddr, &seen, (val & FUTEX_WAITERS) | FUTEX_OWNER_DIED);
		if (err)
			return err;
		if (seen == val)
			break;
		val = seen;
	}
	if (!pi && (val & FUTEX_WAITERS))
		futex_wake(uaddr, FLAGS_SHARED, 1, FUTEX_BITSET_MATCH_ANY);
	return 0;
}

/*
 * A link of the list, without its bit; @from is a struct robust_list *, or such. Return: 0;
 * -EFAULT.
 */
static int read_link(unsigned long *entry, bool *pi, unsigned long from)
{
	unsigned long word;

	if (get_user(word, (unsigned long __user *)from))
		return -EFAULT;
	*pi = word & LINK_PI;
	*entry = word & ~LINK_PI;
	return 0;
}

static void release_robust_locks(struct task_struct *task)
{
	unsigned long head = (unsigned long)task->robust_list;
	unsigned long entry, next, pending;
	bool pi, next_pi, pending_pi;
	unsigned int limit = ROBUST_LIST_LIMIT;
	long offset;

	static_assert(offsetof(struct robust_list_head, list.next) == 0);
	if (read_link(&entry, &pi, head) ||
	    get_user(offset, (long __user *)(head + offsetof(struct robust_list_head, futex_offset))) ||
	    read_link(&pending, &pending_pi,
		      head + offsetof(struct robust_list_head, list_op_pending)))
		return;
	while (entry != head && limit--) {
		/* First the next one: whoever gets the lock may free it. */
		int err = read_link(&next, &next_pi, entry);

		if (entry != pending && owner_died((u32 __user *)(entry + offset), task, pi, false))
			return;
		if (err)
			return;
		entry = next;
		pi = next_pi;
		cond_resched();
	}
	if (pending)
		owner_died((u32 __user *)(pending + offset), task, pending_pi, true);
}

/**
 * futex_exit_release - a thread leaves its memory, by exit or by exec
 * @task: current
 *
 * Context: process, may sleep; its mm is still its own.
 */
void futex_exit_release(struct task_struct *task)
{
	if (task->robust_list) {
		release_robust_locks(task);
		task->robust_list = NULL;
	}
	if (task->clear_child_tid) {
		/* Nobody looks when nobody else is in there. */
		if (atomic_read(&task->mm->mm_users) > 1 && !put_user(0, task->clear_child_tid))
			futex_wake((u32 __user *)task->clear_child_tid, FLAGS_SHARED, 1,
				   FUTEX_BITSET_MATCH_ANY);
		task->clear_child_tid = NULL;
	}
}
