/* SPDX-License-Identifier: MIT */
/* What shell.exp gives to `tophalf run`: a program, which reads a line from the console. */
#include <stdio.h>

int main(void)
{
	char line[64];

	printf("what to say? ");
	fflush(stdout);
	if (fgets(line, sizeof(line), stdin))
		printf("it said %s", line);
	return 3;
}
