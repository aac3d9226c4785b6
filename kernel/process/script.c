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

static char *skip_blanks(char *s)
{
	while (blank(*s))
		s++;
	return s;
}

static char *skip_word(char *s)
{
	while (*s && !blank(*s))
		s++;
	return s;
}

/*
 * The interpreter and its one argument, cut out of the first line. @line ends at @end, with a NUL
 * there; before it are zeroes, if the file is shorter. A line that goes on behind it will do if the
 * interpreter's name does not: cut off, that would be another program's.
 */
static int parse_line(char *line, char *end, char **interpreter, char **arg)
{
	char *newline = strchr(line, '\n');

	if (!newline && skip_word(skip_blanks(line)) == end)
		return -ENOEXEC;
	end = newline ?: end;
	while (end > line && blank(end[-1]))
		end--;
	*end = '\0';
	line = skip_blanks(line);
	if (line == end)
		return -ENOEXEC;
	if (!*line)
		return -EACCES;		/* no name at all is the current directory's */
	*interpreter = line;
	*arg = NULL;
	line = skip_word(line);
	if (*line) {
		*line++ = '\0';
		*arg = skip_blanks(line);
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
	const size_t len = BINPRM_BUF_SIZE - 2;
	char line[BINPRM_BUF_SIZE], *interpreter, *arg;
	int err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	memcpy(line, bprm->buf + 2, len);
	line[len] = '\0';
	err = parse_line(line, line + len, &interpreter, &arg) ?: bprm_drop_arg0(bprm) ?:
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
