/* SPDX-License-Identifier: MIT */
/* For row I1: programs that begin with "#!", with this one as their interpreter. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char self[PATH_MAX];

static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void make(const char *name, mode_t mode, const char *text, size_t len)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0700);

	if (fd < 0 || write(fd, text, len) != (ssize_t)len || fchmod(fd, mode))
		printf("no script\n");
	close(fd);
}

/* Run a script with two arguments of its own. */
static void run(const char *name)
{
	char *argv[] = { "zero", "one", "two", NULL }, *envp[] = { "SCRIPT=yes", NULL };
	int status;

	printf("%s:", name);
	fflush(stdout);
	if (!fork()) {
		execve(name, argv, envp);
		printf(" %s\n", strerror(errno));
		_exit(1);
	}
	wait(&status);
	printf("status %#x\n", status);
}

static void script(const char *name, const char *format, const char *interpreter)
{
	char text[8192];
	int len = snprintf(text, sizeof(text), format, interpreter);

	make(name, 0700, text, len);
	run(name);
	unlink(name);
}

static void chains(void)
{
	char name[32], text[PATH_MAX + 32];
	int i;

	snprintf(text, sizeof(text), "#!%s\n", self);
	make("script.0", 0700, text, strlen(text));
	for (i = 1; i < 8; i++) {
		snprintf(name, sizeof(name), "script.%d", i);
		snprintf(text, sizeof(text), "#!script.%d %d\n", i - 1, i);
		make(name, 0700, text, strlen(text));
		run(name);
	}
	for (i = 0; i < 8; i++) {
		snprintf(name, sizeof(name), "script.%d", i);
		unlink(name);
	}
}

static void interpret(int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++)
		printf(" [%s]", base(argv[i]));
	printf(" %s\n", getenv("SCRIPT") ?: "no environment");
}

int main(int argc, char **argv)
{
	static char spaces[300];

	setbuf(stdout, NULL);
	if (getenv("SCRIPT")) {
		interpret(argc, argv);
		return 7;
	}
	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0 && !realpath(argv[0], self))
		return 1;

	script("plain", "#!%s\n", self);
	script("argument", "#!%s an argument  with spaces \t\n", self);
	script("blanks", "#! \t %s\t arg\nmore\n", self);
	script("no newline", "#!%s", self);
	script("no newline but blanks", "#!%s arg  ", self);
	script("a NUL", "#!%s arg", self);
	script("carriage return", "#!%s\r\n", self);
	script("nothing", "#!\n", "");
	script("blanks alone", "#!   \n", "");
	script("two bytes", "#!", "");
	script("empty", "", "");
	script("one byte", "#", "");
	script("text", "hello %s\n", self);
	script("missing", "#!/no/such/%s\n", "program");
	script("directory", "#!%s\n", "/");
	memset(spaces, 'x', sizeof(spaces) - 1);
	script("too long a name", "#!/%s\n", spaces);
	memset(spaces, ' ', sizeof(spaces) - 1);
	spaces[298] = 'e';
	script("a long way to the name", "#!%s\n", spaces);
	script("itself", "#!itself\n", "");
	make("may not", 0600, "#!/bin/sh\n", 10);
	run("may not");
	unlink("may not");
	run("not there");
	chains();
	return 0;
}
