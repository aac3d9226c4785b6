/* SPDX-License-Identifier: MIT */
/*
 * The first program: task 1 becomes it.
 *
 * rdinit= and init= name it; without them it is /init, if the initramfs has one. Without any, the
 * machine stays at the prompt. Words of the command line that nobody knew are its arguments and
 * environment.
 */
#include <linux/boot.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched/task.h>

static const char *wanted;
static const char *argv[] = { NULL, NULL };
static const char *const envp[] = { "HOME=/", "TERM=linux", NULL };

static int __init init_option(char *str)
{
	wanted = str;
	return 1;
}
__setup("init=", init_option);
__setup_param("rdinit=", rdinit, init_option, 0);

/* Input, output and errors of the first program, which all others inherit. */
static void open_console(void)
{
	struct file *file = filp_open("/dev/console", O_RDWR, 0);
	int fd;

	if (IS_ERR(file)) {
		pr_err("Warning: unable to open an initial console.\n");
		return;
	}
	for (fd = 0; fd < 3; fd++)
		get_dupfd(get_file(file), 0, 0);
	fput(file);
}

/**
 * run_first_program - make task 1 the first program
 *
 * Context: task 1, at the end of boot.
 * Return: true: it is one as soon as this task's function returns; false: there is none.
 */
bool run_first_program(void)
{
	const char *path = wanted ?: "/init";
	struct kstat st;
	int err;

	if (!wanted && init_stat(path, &st, 0))
		return false;
	become_process();
	open_console();
	argv[0] = path;
	pr_info("Run %s as init process\n", path);
	err = kernel_execve(path, argv, envp);
	if (err)
		panic("Requested init %s failed (error %d).", path, err);
	return true;
}
