/* SPDX-License-Identifier: MIT */
/*
 * execve(): another program in the same process.
 *
 * The new address space is made beside the old one, arguments are copied into its stack, and
 * the program's form is looked at; until then every error goes back to the caller. Then the old
 * program goes for good (begin_new_exec()), and an error ends the process.
 */
#include <linux/arch.h>
#include <linux/err.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/rseq.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "internals.h"

#define STACK_AT_FIRST	(33 * PAGE_SIZE)
#define MAX_SCRIPTS	5	/* each the interpreter of the one before */

/* The forms of programs, in the order in which they are tried; -ENOEXEC: another one. */
static int (*const forms[])(struct linux_binprm *bprm) = { load_elf, load_script };

/* -- Arguments ------------------------------------------------------------------------------------ */

/* bprm_copy - write into an address space. Return: 0; -EFAULT. */
int bprm_copy(struct mm_struct *mm, unsigned long addr, const void *from, size_t len)
{
	return access_remote_vm(mm, addr, (void *)from, len, FOLL_WRITE) == (int)len ? 0 : -EFAULT;
}

/* Room for @len bytes at the top of what is free of the new stack. */
static int make_room(struct linux_binprm *bprm, size_t len)
{
	unsigned long limit = min(rlimit(RLIMIT_STACK) / 4, 6UL << 20);

	if (len > MAX_ARG_STRLEN || STACK_TOP - (bprm->p - len) > max(limit, STACK_AT_FIRST - PAGE_SIZE))
		return -E2BIG;
	bprm->p -= len;
	return 0;
}

/* bprm_push_string - put a kernel string on the new stack. Return: 0; -E2BIG; -EFAULT. */
int bprm_push_string(struct linux_binprm *bprm, const char *s)
{
	size_t len = strlen(s) + 1;

	return make_room(bprm, len) ?: bprm_copy(bprm->mm, bprm->p, s, len);
}

/* The same of a user string, by way of @page. */
static int push_user_string(struct linux_binprm *bprm, const char __user *s, char *page)
{
	long len = strnlen_user(s, MAX_ARG_STRLEN);
	size_t done, n;
	int err;

	if (!len)
		return -EFAULT;
	err = make_room(bprm, len);
	for (done = 0; !err && done < (size_t)len; done += n) {
		n = min_t(size_t, len - done, PAGE_SIZE);
		if (copy_from_user(page, s + done, n))
			return -EFAULT;
		err = bprm_copy(bprm->mm, bprm->p + done, page, n);
	}
	return err;
}

/* How many there are. */
static int count_strings(const char __user *const __user *strings)
{
	const char __user *s;
	int n = 0;

	if (!strings)
		return 0;
	for (;; n++) {
		if (get_user(s, strings + n))
			return -EFAULT;
		if (!s)
			return n;
		if (n == INT_MAX / 16)
			return -E2BIG;
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
	}
}

/* The last one first, so that they lie in order. */
static int push_strings(struct linux_binprm *bprm, int n, const char __user *const __user *strings)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	const char __user *s;
	int err = page ? 0 : -ENOMEM;

	while (!err && n-- > 0)
		err = get_user(s, strings + n) ? -EFAULT : push_user_string(bprm, s, page);
	free_page((unsigned long)page);
	return err;
}

/* bprm_drop_arg0 - a script's interpreter gets another first argument. Return: 0; -EFAULT. */
int bprm_drop_arg0(struct linux_binprm *bprm)
{
	char c;

	if (!bprm->argc)
		return 0;
	do {
		if (access_remote_vm(bprm->mm, bprm->p++, &c, 1, 0) != 1)
			return -EFAULT;
	} while (c);
	bprm->argc--;
	return 0;
}

/* -- The file ---------------------------------------------------------------------------------------- */

/**
 * bprm_open - take a file as the program to run
 * @bprm: what was there is closed
 * @name: its path
 *
 * Return: 0; as open_exec().
 */
int bprm_open(struct linux_binprm *bprm, const char *name)
{
	struct file *file = open_exec(name);
	loff_t pos = 0;
	ssize_t n;

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (bprm->file)
		close_exec(bprm->file);
	bprm->file = file;
	memset(bprm->buf, 0, sizeof(bprm->buf));
	n = kernel_read(file, bprm->buf, sizeof(bprm->buf), &pos);
	return n < 0 ? n : 0;
}

static int run_form(struct linux_binprm *bprm)
{
	unsigned int i;
	int err;

again:
	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		err = forms[i](bprm);
		if (err == -EAGAIN) {	/* a script: now its interpreter */
			if (++bprm->depth > MAX_SCRIPTS)
				return -ELOOP;
			goto again;
		}
		if (err != -ENOEXEC || bprm->point_of_no_return)
			break;
	}
	return err;
}

/* -- The change -------------------------------------------------------------------------------------- */

static void set_name(const struct linux_binprm *bprm)
{
	const char *slash = strrchr(bprm->filename, '/');

	__set_task_comm(current, slash ? slash + 1 : bprm->filename, true);
}

/**
 * begin_new_exec - the old program goes, the new address space is entered
 * @bprm: known to be a program; its mm is current's afterwards
 *
 * Context: process, may sleep. Return: 0; an error is the end: the other threads are gone already.
 */
int begin_new_exec(struct linux_binprm *bprm)
{
	struct task_struct *p = current;
	int err;

	bprm->point_of_no_return = true;
	/* Files that threads shared are its own now, with their locks; those of other processes are copied. */
	err = be_only_thread() ?: unshare_files();
	if (err)
		return err;
	if (p->mm)
		mm_release(p);
	set_exe_file(bprm->mm, bprm->file);
	bprm->mm->mmap_base = PAGE_ALIGN_DOWN(STACK_TOP -
			clamp(rlimit(RLIMIT_STACK), 128UL << 20, STACK_TOP / 6 * 5) - (1UL << 20));
	exec_mmap(bprm->mm);
	bprm->mm = NULL;
	err = arch_thread_exec();
	if (err)
		return err;
	exit_itimers(p);
	flush_itimer_signals();
	rseq_execve(p);
	p->flags &= ~PF_FORKNOEXEC;
	p->sas_ss_sp = p->sas_ss_size = 0;
	spin_lock_irq(&p->sighand->siglock);
	flush_signal_handlers(p);
	spin_unlock_irq(&p->sighand->siglock);
	do_close_on_exec(p->files);
	set_name(bprm);
	return 0;
}

static int prepare(struct linux_binprm *bprm, const char __user *const __user *argv,
		   const char __user *const __user *envp)
{
	int err;

	bprm->argc = count_strings(argv);
	bprm->envc = count_strings(envp);
	if (bprm->argc < 0 || bprm->envc < 0)
		return bprm->argc < 0 ? bprm->argc : bprm->envc;
	err = bprm_open(bprm, bprm->filename);
	if (err)
		return err;
	bprm->mm = mm_alloc();
	if (!bprm->mm)
		return -ENOMEM;
	err = setup_stack(bprm->mm, STACK_AT_FIRST);
	if (err)
		return err;
	bprm->p = STACK_TOP - sizeof(void *);	/* a zero word on top */
	err = bprm_push_string(bprm, bprm->filename) ?: push_strings(bprm, bprm->envc, envp) ?:
	      push_strings(bprm, bprm->argc, argv);
	if (!err && !bprm->argc) {
		/* Programs take it for granted that they have a name. */
		err = bprm_push_string(bprm, "");
		bprm->argc = 1;
	}
	return err;
}

/* @filename is a kernel string; the others are in user memory, or the kernel's for kernel_execve(). */
static int do_execve(const char *filename, const char __user *const __user *argv,
		     const char __user *const __user *envp)
{
	struct linux_binprm *bprm = kzalloc(sizeof(*bprm), GFP_KERNEL);
	int err;

	if (!bprm)
		return -ENOMEM;
	bprm->filename = filename;
	err = prepare(bprm, argv, envp) ?: run_form(bprm);
	if (err && bprm->point_of_no_return && !fatal_signal_pending(current))
		force_fatal_sig(SIGSEGV);
	if (bprm->mm)
		mmput(bprm->mm);
	if (bprm->file)
		close_exec(bprm->file);
	kfree(bprm);
	return err;
}

SYSCALL_DEFINE3(execve, const char __user *, filename, const char __user *const __user *, argv,
		const char __user *const __user *, envp)
{
	struct filename *name = getname(filename);
	int err;

	if (IS_ERR(name))
		return PTR_ERR(name);
	err = do_execve(name->name, argv, envp);
	putname(name);
	return err;
}

/**
 * kernel_execve - make the calling kernel thread run a program
 * @filename: its path
 * @argv: arguments; the last one is followed by NULL
 * @envp: environment, likewise
 *
 * Context: a kernel thread's function, which is to return when this has succeeded.
 * Return: 0; as execve(): it is a kernel thread's function still, but has what processes have.
 */
int kernel_execve(const char *filename, const char *const *argv, const char *const *envp)
{
	unsigned int old;
	int err;

	if (current->flags & PF_KTHREAD)
		become_process();
	old = kernel_uaccess_begin();
	err = do_execve(filename, argv, envp);
	kernel_uaccess_end(old);
	return err;
}
