/* SPDX-License-Identifier: MIT */
/*
 * /init of the machine that runs the programs of tests/user: each by the name that a line of
 * /tests/list gives, with a line before and after it. Then the machine is switched off.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

static char list[65536];

static void run(const char *name)
{
	char path[256], *argv[] = { path, NULL };
	int status = 0;
	pid_t pid;

	snprintf(path, sizeof(path), "/tests/%s", name);
	printf("== begin %s\n", name);
	fflush(stdout);
	pid = fork();
	if (!pid) {
		execv(path, argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		printf("no child\n");
	printf("== end %s, status %#x\n", name, status);
	fflush(stdout);
}

int main(void)
{
	int fd = open("/tests/list", O_RDONLY);
	char *name;

	/* Tophalf has done this; Linux has not. */
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	if (fd < 0 || read(fd, list, sizeof(list) - 1) < 0)
		printf("no /tests/list\n");
	for (name = strtok(list, "\n"); name; name = strtok(NULL, "\n"))
		run(name);
	printf("== all done\n");
	fflush(stdout);
	reboot(RB_POWER_OFF);
	return 1;
}
