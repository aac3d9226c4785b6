/* SPDX-License-Identifier: MIT */
/*
 * /init of `tophalf bench`, on both kernels: the first user program. Notes the counter at once,
 * loads irqbench with what /irqbench.options has, NAME=VALUE each, and then starts userbench, if
 * that is there. Where one of them fails it ends, and with it the machine.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

int main(void)
{
	unsigned long long user = __rdtsc();
	char options[4096];
	FILE *given = fopen("/irqbench.options", "r");
	size_t length = (size_t)snprintf(options, sizeof(options), "user=%llu ", user);
	int status = 0;
	pid_t child;

	if (given && !fgets(options + length, (int)(sizeof(options) - length), given))
		options[length] = '\0';
	if (syscall(SYS_finit_module, open("/irqbench.ko", O_RDONLY), options, 0)) {
		perror("irqbench.ko");
		return 1;
	}
	if (!access("/userbench", X_OK)) {
		child = fork();
		if (!child) {
			execl("/userbench", "userbench", NULL);
			_exit(127);
		}
		if (waitpid(child, &status, 0) != child || status) {
			printf("userbench: status %#x\n", status);
			return 1;
		}
	}
	printf("irqbench: end\n");
	fflush(stdout);
	poll(NULL, 0, -1);
	return 1;
}
