/* SPDX-License-Identifier: MIT */
/*
 * /init of the Linux side of `tophalf bench`: the first user program. Notes the counter at once,
 * then loads irqbench with what the kernel passed on from the command line, NAME=VALUE each.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <x86intrin.h>

int main(void)
{
	unsigned long long user = __rdtsc();
	char options[4096];
	FILE *given = fopen("/irqbench.options", "r");
	size_t length = (size_t)snprintf(options, sizeof(options), "user=%llu ", user);

	if (given && !fgets(options + length, (int)(sizeof(options) - length), given))
		options[length] = '\0';
	syscall(SYS_finit_module, open("/irqbench.ko", O_RDONLY), options, 0);
	for (;;)
		pause();
}
