/* SPDX-License-Identifier: MIT */
/* Setting parameters from a line of options: the kernel's command line, a module's arguments. */
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/string.h>

/* Held while a parameter is set or read; one for all, since both are rare and short. */
static DEFINE_MUTEX(param_lock);

void kernel_param_lock(struct module *mod)
{
	mutex_lock(&param_lock);
}
EXPORT_SYMBOL(kernel_param_lock);

void kernel_param_unlock(struct module *mod)
{
	mutex_unlock(&param_lock);
}
EXPORT_SYMBOL(kernel_param_unlock);

/* In names '-' and '_' are the same. */
bool parameqn(const char *a, const char *b, size_t n)
{
	for (; n; a++, b++, n--) {
		if ((*a == '-' ? '_' : *a) != (*b == '-' ? '_' : *b))
			return false;
	}
	return true;
}

bool parameq(const char *a, const char *b)
{
	return parameqn(a, b, strlen(a) + 1);
}

static int set_param(const struct kernel_param *kp, const char *val)
{
	int err;

	if (!val && !(kp->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
		return -EINVAL;
	if (kp->flags & KERNEL_PARAM_FL_UNSAFE) {
		pr_notice("Setting dangerous option %s - tainting kernel\n", kp->name);
		add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	}
	kernel_param_lock(kp->mod);
	err = kp->ops->set ? kp->ops->set(val, kp) : -EPERM;
	kernel_param_unlock(kp->mod);
	return err;
}

static int parse_one(char *param, char *val, const char *doing, const struct kernel_param *params,
		     unsigned int num, s16 level_min, s16 level_max, void *arg,
		     int (*unknown)(char *param, char *val, const char *doing, void *arg))
{
	for (unsigned int i = 0; i < num; i++) {
		if (!parameq(param, params[i].name))
			continue;
		if (params[i].level < level_min || params[i].level > level_max)
			return 0;
		return set_param(&params[i], val);
	}
	return unknown ? unknown(param, val, doing, arg) : -ENOENT;
}

/* The option at @args has a quote that nothing closes. */
static bool unterminated_quote(const char *args)
{
	bool in_quote = false;

	for (; *args && (in_quote || !isspace((unsigned char)*args)); args++) {
		if (*args == '"')
			in_quote = !in_quote;
	}
	return in_quote;
}

/**
 * parse_args - set every parameter that a line names
 * @doing: whose line it is, for messages
 * @args: the line; cut into pieces
 * @params: the parameters there are
 * @num: how many
 * @level_min: parameters of other levels
 * @level_max: are passed over
 * @arg: for @unknown
 * @unknown: called for options that are in no table; NULL: they are an error
 *
 * Context: process or boot.
 * Return: NULL; the rest after "--"; an ERR_PTR from the first parameter that did not take
 * its value, after a message that names it.
 */
char *parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned int num,
		 s16 level_min, s16 level_max, void *arg,
		 int (*unknown)(char *param, char *val, const char *doing, void *arg))
{
	args = skip_spaces(args);
	while (*args) {
		bool open = unterminated_quote(args);
		char *param, *val;
		int err;

		args = next_arg(args, &param, &val);
		if (!val && !strcmp(param, "--"))
			return args;
		if (open)
			pr_err("%s: the quote in `%s' is never closed: it swallows the rest of the line\n",
			       doing, param);
		err = parse_one(param, val, doing, params, num, level_min, level_max, arg, unknown);
		switch (err) {
		case 0:
			continue;
		case -ENOENT:
			pr_err("%s: Unknown parameter `%s'\n", doing, param);
			break;
		case -ENOSPC:
			pr_err("%s: `%s' too large for parameter `%s'\n", doing, val ?: "", param);
			break;
		default:
			pr_err("%s: `%s' invalid for parameter `%s'\n", doing, val ?: "", param);
			break;
		}
		return ERR_PTR(err);
	}
	return NULL;
}

/* A module goes: give back what its parameters hold. */
void destroy_params(const struct kernel_param *params, unsigned int num)
{
	for (unsigned int i = 0; i < num; i++) {
		if (params[i].ops->free)
			params[i].ops->free(params[i].arg);
	}
}
