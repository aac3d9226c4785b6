/* SPDX-License-Identifier: MIT */
/* Programs that begin with "#!": the line names the one that reads them. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/string.h>
#include "internals.h"

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The interpreter and its one argument, cut out of the first line. */
static int parse_line(char *line, char **interpreter, char **arg)
{
	char *end = strchr(line, '\n');

	/* A line that is cut off would name another program than was meant. */
	if (!end)
		return -ENOEXEC;
	while (end > line && (blank(end[-1]) || end[-1] == '\r'))
		end--;
	*end = '\0';
	while (blank(*line))
		line++;
	if (!*line)
		return -ENOEXEC;
	*interpreter = line;
	*arg = NULL;
	while (*line && !blank(*line))
		line++;
	if (*line) {
		*line++ = '\0';
		while (blank(*line))
			line++;
		*arg = line;
	}
	return 0;
}

/**
 * load_script - if it is a script, run its interpreter with it as argument
 * @bprm: the file; has the interpreter in its place afterwards
 *
 * The arguments become: interpreter, its argument if the line has one, the script's path, and
 * all but the first of the old ones.
 * Return: -EAGAIN: look at what the file is now; -ENOEXEC no script; other errors.
 */
int load_script(struct linux_binprm *bprm)
{
	char line[BINPRM_BUF_SIZE], *interpreter, *arg;
	int err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	memcpy(line, bprm->buf + 2, sizeof(line) - 2);
	line[sizeof(line) - 2] = '\0';
	err = parse_line(line, &interpreter, &arg) ?: bprm_drop_arg0(bprm) ?:
	      bprm_push_string(bprm, bprm->depth ? bprm->interp : bprm->filename);
	if (err)
		return err;
	bprm->argc++;
	if (arg) {
		err = bprm_push_string(bprm, arg);
		bprm->argc++;
	}
	err = err ?: bprm_push_string(bprm, interpreter);
	bprm->argc++;
	strscpy(bprm->interp, interpreter, sizeof(bprm->interp));
	return err ?: bprm_open(bprm, bprm->interp) ?: -EAGAIN;
}
