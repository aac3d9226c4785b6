/* SPDX-License-Identifier: MIT */
/*
 * The first program: task 1 becomes it.
 *
 * rdinit= and init= name it; without them it is /init, if the initramfs has one. Without any, or
 * with `kdb` on the command line, the machine stays at the kernel's own prompt. Words of the command line that nobody knew are its arguments and
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
static bool prompt_instead;
static const char *argv[] = { NULL, NULL };
static const char *const envp[] = { "HOME=/", "TERM=linux", NULL };

static int __init init_option(char *str)
{
	wanted = str;
	return 1;
}
__setup("init=", init_option);
__setup_param("rdinit=", rdinit, init_option, 0);

static int __init kdb_option(char *str)
{
	prompt_instead = !*str;
	return prompt_instead;
}
__setup("kdb", kdb_option);

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
 * have_first_program - is there a program for task 1 to become?
 *
 * Context: process, may sleep, once the root is filled.
 */
bool have_first_program(void)
{
	struct kstat st;

	return !prompt_instead && (wanted || !init_stat("/init", &st, 0));
}

/**
 * run_first_program - make task 1 the first program: it is one when this task's function returns
 *
 * Context: task 1, at the end of boot, with have_first_program().
 */
void run_first_program(void)
{
	const char *path = wanted ?: "/init";
	int err;

	become_process();
	open_console();
	argv[0] = path;
	pr_info("Run %s as init process\n", path);
	err = kernel_execve(path, argv, envp);
	if (err)
		panic("Requested init %s failed (error %d).", path, err);
}
