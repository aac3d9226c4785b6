/* SPDX-License-Identifier: MIT */
/*
 * insmod of the machines of `tophalf compare`. Busybox's tries a module that was refused a
 * second time, by another system call, so that its init runs twice.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char options[4096] = "";
	int fd = open(argc > 1 ? argv[1] : "", O_RDONLY), i;

	for (i = 2; i < argc; i++) {
		strncat(options, argv[i], sizeof(options) - strlen(options) - 2);
		strcat(options, " ");
	}
	if (fd >= 0 && syscall(SYS_finit_module, fd, options, 0) == 0)
		return 0;
	fprintf(stderr, "insmod: can't insert: %s\n", strerror(errno));
	return 1;
}
