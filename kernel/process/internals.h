/* SPDX-License-Identifier: MIT */
/* What the files of kernel/process say to each other. */
#ifndef _PROCESS_INTERNALS_H
#define _PROCESS_INTERNALS_H

#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

/* -- Running a program: exec.c; its forms: elf.c, script.c -- */

#define BINPRM_BUF_SIZE		256
#define MAX_ARG_STRLEN		(32 * PAGE_SIZE)	/* of one argument */

/* What execve() is about to run. */
struct linux_binprm {
	struct file		*file;		/* the program, or a script's interpreter */
	const char		*filename;	/* as it was called */
	char			buf[BINPRM_BUF_SIZE]; /* how the file begins; zeroes behind its end */
	struct mm_struct	*mm;		/* the new address space, until it is entered */
	unsigned long		p;		/* lowest byte used on the new stack */
	int			argc, envc;
	unsigned int		depth;		/* scripts that have led here */
	char			interp[BINPRM_BUF_SIZE]; /* the last one's interpreter */
	bool			point_of_no_return; /* the old program is gone */
};

int load_elf(struct linux_binprm *bprm);
int load_script(struct linux_binprm *bprm);	/* replaces file and the first arguments */

int begin_new_exec(struct linux_binprm *bprm);
int bprm_open(struct linux_binprm *bprm, const char *name);
int bprm_push_string(struct linux_binprm *bprm, const char *s);
int bprm_drop_arg0(struct linux_binprm *bprm);
int bprm_copy(struct mm_struct *mm, unsigned long addr, const void *from, size_t len);

/* -- exit.c -- */
void release_task(struct task_struct *p);

/* -- ids.c -- */
void parent_leaves(struct task_struct *parent, struct task_struct *p, struct task_struct *leaving);

/* -- usage.c -- */
void process_usage(struct task_struct *p, struct rusage *ru);

/* -- thread_group.c -- */
int be_only_thread(void);

/* -- fork.c -- */
struct signal_struct *signal_struct_alloc(void);
struct sighand_struct *sighand_alloc(struct sighand_struct *from);
void put_sighand(struct sighand_struct *sighand);
void complete_vfork_done(struct task_struct *p);
void mm_release(struct task_struct *p);

#endif
