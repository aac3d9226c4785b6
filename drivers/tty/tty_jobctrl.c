/* SPDX-License-Identifier: MIT */
/*
 * Job control: whose terminal it is, and who may use it now.
 * POSIX.1-2017, 11.1.3 "The Controlling Terminal", 11.1.4 "Terminal Access Control".
 *
 * A session has at most one controlling terminal and a terminal at most one session. Of the
 * session's process groups one is in the foreground: it reads, and gets the signals that
 * are typed.
 *
 * tasklist_lock is held to write where a session gets or loses a terminal: so two that want the
 * same one don't both find it free. Lock order: tasklist_lock, siglock, the terminal's ctrl_lock.
 */
#include <linux/file.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

static struct pid *foreground(struct tty_struct *tty)
{
	struct pid *pgrp;
	unsigned long flags;

	spin_lock_irqsave(&tty->ctrl_lock, flags);
	pgrp = get_pid(tty->pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, flags);
	return pgrp;
}

/* tty_signal_foreground - @sig to the process group in the foreground, if there is one */
void tty_signal_foreground(struct tty_struct *tty, int sig)
{
	struct pid *pgrp = foreground(tty);

	if (pgrp)
		kill_pgrp(pgrp, sig, 1);
	put_pid(pgrp);
}

static bool is_ignored(int sig)
{
	return sigismember(&current->blocked, sig) ||
	       current->sighand->action[sig - 1].sa.sa_handler == SIG_IGN;
}

/* Whether the terminal is current's own and another group is in the foreground. */
static bool in_background(struct tty_struct *tty)
{
	struct pid *pgrp;
	bool background;

	if (READ_ONCE(current->signal->tty) != tty)
		return false;
	pgrp = foreground(tty);
	/* Compared only: a parent may put current into another group at any time. */
	background = pgrp && pgrp != READ_ONCE(current->signal->pids[PIDTYPE_PGID]);
	put_pid(pgrp);
	return background;
}

/* The whole group stops, and tries again when it is in the foreground. */
static int stop_our_group(int sig)
{
	struct pid *pgrp = get_task_pid(current, PIDTYPE_PGID);

	kill_pgrp(pgrp, sig, 1);
	put_pid(pgrp);
	set_thread_flag(TIF_SIGPENDING);
	return -ERESTARTSYS;
}

/**
 * tty_check_change - may current change something of its terminal?
 * @tty: the terminal
 *
 * Context: a process.
 * Return: 0; -ERESTARTSYS when its group, in the background, was sent SIGTTOU; -EIO when
 * nobody would ever continue it.
 */
int tty_check_change(struct tty_struct *tty)
{
	if (!in_background(tty) || is_ignored(SIGTTOU))
		return 0;
	return is_current_pgrp_orphaned() ? -EIO : stop_our_group(SIGTTOU);
}

/* The same for writing where TOSTOP is set. */
int tty_job_control_write(struct tty_struct *tty)
{
	return tty_check_change(tty);
}

/* And for reading: SIGTTIN, and -EIO for who ignores it. */
int tty_job_control_read(struct tty_struct *tty)
{
	if (!in_background(tty))
		return 0;
	return is_ignored(SIGTTIN) || is_current_pgrp_orphaned() ? -EIO : stop_our_group(SIGTTIN);
}

struct tty_struct *get_current_tty(void)
{
	return current->signal ? READ_ONCE(current->signal->tty) : NULL;
}

static void set_session_tty(struct task_struct *p, struct tty_struct *tty)
{
	unsigned long flags;

	spin_lock_irqsave(&p->sighand->siglock, flags);
	p->signal->tty = tty;
	spin_unlock_irqrestore(&p->sighand->siglock, flags);
}

/* Nobody of @session has a controlling terminal any more. tasklist_lock held. */
static void forget_tty(struct pid *session)
{
	struct task_struct *p;

	do_each_pid_task(session, PIDTYPE_SID, p) {
		if (p->sighand)
			set_session_tty(p, NULL);
	} while_each_pid_task(session, PIDTYPE_SID, p);
}

static void set_owner(struct tty_struct *tty, struct pid *session, struct pid *pgrp)
{
	struct pid *old_session, *old_pgrp;
	unsigned long flags;

	spin_lock_irqsave(&tty->ctrl_lock, flags);
	old_session = tty->session;
	old_pgrp = tty->pgrp;
	tty->session = get_pid(session);
	tty->pgrp = get_pid(pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, flags);
	put_pid(old_session);
	put_pid(old_pgrp);
}

static void set_pgrp(struct tty_struct *tty, struct pid *pgrp)
{
	struct pid *old;
	unsigned long flags;

	spin_lock_irqsave(&tty->ctrl_lock, flags);
	old = tty->pgrp;
	tty->pgrp = get_pid(pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, flags);
	put_pid(old);
}

/* A session's leader that has none opened it: it becomes the controlling terminal. */
void tty_open_proc_set_tty(struct file *file, struct tty_struct *tty)
{
	if (!current->signal || !(file->f_mode & FMODE_READ))
		return;
	write_lock_irq(&tasklist_lock);
	if (current->signal->leader && !current->signal->tty && !tty->session) {
		set_owner(tty, task_session(current), task_pgrp(current));
		set_session_tty(current, tty);
	}
	write_unlock_irq(&tasklist_lock);
}

/* TIOCSCTTY. @steal: from the session that has it, which root may. */
static int take_tty(struct tty_struct *tty, unsigned long steal)
{
	int err = 0;

	write_lock_irq(&tasklist_lock);
	if (current->signal->leader && task_session(current) == tty->session)
		goto unlock;
	if (!current->signal->leader || current->signal->tty) {
		err = -EPERM;
		goto unlock;
	}
	if (tty->session) {
		if (steal != 1) {
			err = -EPERM;
			goto unlock;
		}
		forget_tty(tty->session);
	}
	set_owner(tty, task_session(current), task_pgrp(current));
	set_session_tty(current, tty);
unlock:
	write_unlock_irq(&tasklist_lock);
	return err;
}

/**
 * disassociate_ctty - current gives its controlling terminal up
 * @on_exit: because it ends
 *
 * If it leads the session, nobody of the session has it any more; the foreground is told by
 * SIGHUP and SIGCONT, and at its end files of the terminal are dead.
 *
 * Context: a process, may sleep.
 */
void disassociate_ctty(int on_exit)
{
	struct tty_struct *tty = get_current_tty();
	struct pid *pgrp;

	if (!current->signal->leader || !tty)
		return;
	pgrp = foreground(tty);
	if (on_exit)
		tty_vhangup(tty);
	if (pgrp) {
		kill_pgrp(pgrp, SIGHUP, on_exit);
		if (!on_exit)
			kill_pgrp(pgrp, SIGCONT, 0);
		put_pid(pgrp);
	}
	write_lock_irq(&tasklist_lock);
	if (tty->session == task_session(current))
		set_owner(tty, NULL, NULL);
	forget_tty(task_session(current));
	write_unlock_irq(&tasklist_lock);
}

/* TIOCNOTTY */
static void no_tty(void)
{
	disassociate_ctty(0);
	read_lock_irq(&tasklist_lock);
	set_session_tty(current, NULL);
	read_unlock_irq(&tasklist_lock);
}

/* tty_vhangup - files that have it open are dead from here on. May sleep. */
void tty_vhangup(struct tty_struct *tty)
{
	mutex_lock(&tty->lock);
	WRITE_ONCE(tty->hangups, tty->hangups + 1);
	n_tty_flush_input(tty);
	tty->termios = tty->driver->init_termios;
	n_tty_set_termios(tty, NULL);
	mutex_unlock(&tty->lock);
}

/* The number of our session, if the terminal is its. Return: -ENOTTY. */
static int our_session(struct tty_struct *tty)
{
	int nr = -ENOTTY;

	read_lock_irq(&tasklist_lock);
	if (get_current_tty() == tty && tty->session && tty->session == task_session(current))
		nr = pid_nr(tty->session);
	read_unlock_irq(&tasklist_lock);
	return nr;
}

static int get_session(struct tty_struct *tty, int __user *p)
{
	int nr = our_session(tty);

	return nr < 0 ? nr : put_user(nr, p);
}

static int get_foreground(struct tty_struct *tty, int __user *p)
{
	struct pid *pgrp;
	int err;

	if (get_current_tty() != tty)
		return -ENOTTY;
	pgrp = foreground(tty);
	err = put_user(pid_nr(pgrp), p);
	put_pid(pgrp);
	return err;
}

/* The group has to be one of our session. */
static int set_foreground(struct tty_struct *tty, const int __user *p)
{
	int err = tty_check_change(tty), nr;
	struct task_struct *member;
	struct pid *pgrp;

	if (err)
		return err == -EIO ? -ENOTTY : err;
	if (our_session(tty) < 0)
		return -ENOTTY;
	if (get_user(nr, p))
		return -EFAULT;
	if (nr < 0)
		return -EINVAL;
	read_lock_irq(&tasklist_lock);
	pgrp = find_vpid(nr);
	member = pgrp ? pid_task(pgrp, PIDTYPE_PGID) : NULL;
	err = !pgrp ? -ESRCH : !member || task_session(member) != task_session(current) ? -EPERM : 0;
	if (!err)
		set_pgrp(tty, pgrp);
	read_unlock_irq(&tasklist_lock);
	return err;
}

/**
 * tty_jobctrl_ioctl - what a program may ask about whose terminal it is
 * @tty: the terminal
 * @cmd: TIOC*
 * @arg: its argument
 *
 * Context: a process, may sleep.
 * Return: 0 or -errno; -ENOIOCTLCMD for a command that is none of these.
 */
long tty_jobctrl_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case TIOCNOTTY:
		if (get_current_tty() != tty)
			return -ENOTTY;
		no_tty();
		return 0;
	case TIOCSCTTY:
		return take_tty(tty, arg);
	case TIOCGPGRP:
		return get_foreground(tty, (int __user *)arg);
	case TIOCSPGRP:
		return set_foreground(tty, (const int __user *)arg);
	case TIOCGSID:
		return get_session(tty, (int __user *)arg);
	default:
		return -ENOIOCTLCMD;
	}
}
