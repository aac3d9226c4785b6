/* SPDX-License-Identifier: MIT */
/*
 * The kernel's command line.
 *
 * setup_arch() puts it into boot_command_line and asks for the early options, before there
 * is memory to allocate; parse_command_line() sees to the rest. An option is looked for
 * among the built-in parameters (MODULE.name, core_param) and the __setup() functions;
 * what nobody knows is said once, all together.
 */
#include <linux/boot.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <asm/setup.h>	/* COMMAND_LINE_SIZE */

char boot_command_line[COMMAND_LINE_SIZE];
static char command_line[COMMAND_LINE_SIZE];	/* cut up; options keep pointers into it */
char *saved_command_line = boot_command_line;

/* Unknown options, for the message. */
static char unknown_options[COMMAND_LINE_SIZE] __initdata;

extern const struct obs_kernel_param __setup_start[], __setup_end[];

static void __init do_early_param(const char *param, char *val)
{
	for (const struct obs_kernel_param *p = __setup_start; p < __setup_end; p++) {
		if (p->early && parameq(param, p->str) && p->setup_func(val))
			pr_warn("Malformed early option '%s'\n", param);
	}
}

/* The line filled its buffer: it was cut, and the last option with it. */
static void __init check_length(void)
{
	const char *last;

	if (strlen(boot_command_line) < COMMAND_LINE_SIZE - 1)
		return;
	last = strrchr(boot_command_line, ' ');
	pr_err("command line is longer than %d bytes: cut within '%s'\n", COMMAND_LINE_SIZE - 1,
	       last ? last + 1 : boot_command_line);
}

/**
 * parse_early_param - act on early_param() options; the first call does it
 *
 * Context: boot, before memory can be allocated.
 */
void __init parse_early_param(void)
{
	static char early_line[COMMAND_LINE_SIZE] __initdata;
	static bool done __initdata;
	char *args = early_line, *param, *val;

	if (done)
		return;
	done = true;
	check_length();
	strscpy(early_line, boot_command_line, sizeof(early_line));
	for (args = skip_spaces(args); *args;) {
		args = next_arg(args, &param, &val);
		if (!val && !strcmp(param, "--"))
			break;
		do_early_param(param, val);
	}
}

/* Ask the __setup() functions for "param=val", a text of its own. True when one knew it. */
static bool __init do_setup(char *option)
{
	bool known = false;

	for (const struct obs_kernel_param *p = __setup_start; p < __setup_end; p++) {
		size_t n = strlen(p->str);

		if (!parameqn(option, p->str, n))
			continue;
		if (p->early)
			known |= option[n] == '\0' || option[n] == '=';
		else if (p->setup_func(option + n))
			return true;
	}
	return known;
}

static int __init unknown_option(char *param, char *val, const char *doing, void *arg)
{
	/*
	 * next_arg() cut at the '=': put it back where it was. A quote that stood behind it is
	 * stepped over, so that the value follows directly.
	 */
	if (val) {
		if (val != param + strlen(param) + 1)
			memmove(param + strlen(param) + 1, val, strlen(val) + 1);
		param[strlen(param)] = '=';
	}
	/* module.name=value of a module that is loaded later is for that module to see. */
	if (do_setup(param) || strnchr(param, strcspn(param, "="), '.'))
		return 0;
	strlcat(unknown_options, " ", sizeof(unknown_options));
	strlcat(unknown_options, param, sizeof(unknown_options));
	return 0;
}

/**
 * parse_command_line - act on every option that is not early
 *
 * A parameter that refuses its value is said, and the rest still counts.
 *
 * Context: boot, memory is there.
 */
void __init parse_command_line(void)
{
	char *at, *end;

	pr_notice("Kernel command line: %s\n", boot_command_line);
	parse_early_param();
	strscpy(command_line, boot_command_line, sizeof(command_line));

	/* Option by option, as parse_args() stops at one that is refused. */
	for (at = skip_spaces(command_line); *at; at = end) {
		bool in_quote = false;
		char *rest;

		for (end = at; *end && (in_quote || !isspace((unsigned char)*end)); end++) {
			if (*end == '"')
				in_quote = !in_quote;
		}
		if (*end)
			*end++ = '\0';
		end = skip_spaces(end);
		rest = parse_args("Booting kernel", at, __start___param,
				  __stop___param - __start___param, -32768, 32767, NULL,
				  unknown_option);
		if (rest && !IS_ERR(rest))
			break;		/* "--": the rest is for init */
	}
	if (unknown_options[0])
		pr_notice("Unknown kernel command line parameters \"%s\"\n", unknown_options + 1);
}
