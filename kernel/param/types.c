/* SPDX-License-Identifier: MIT */
/* The types that parameters have: how each reads its value and prints it. */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

#define PARAM_TYPE(name, type, format, parse)				\
int param_set_##name(const char *val, const struct kernel_param *kp)	\
{									\
	return parse(val, 0, (type *)kp->arg);				\
}									\
EXPORT_SYMBOL(param_set_##name);					\
int param_get_##name(char *buffer, const struct kernel_param *kp)	\
{									\
	return scnprintf(buffer, PAGE_SIZE, format "\n", *(type *)kp->arg); \
}									\
EXPORT_SYMBOL(param_get_##name);					\
const struct kernel_param_ops param_ops_##name = {			\
	.set = param_set_##name,					\
	.get = param_get_##name,					\
};									\
EXPORT_SYMBOL(param_ops_##name)

PARAM_TYPE(byte, u8, "%hhu", kstrtou8);
PARAM_TYPE(short, short, "%hi", kstrtos16);
PARAM_TYPE(ushort, unsigned short, "%hu", kstrtou16);
PARAM_TYPE(int, int, "%i", kstrtoint);
PARAM_TYPE(uint, unsigned int, "%u", kstrtouint);
PARAM_TYPE(long, long, "%li", kstrtol);
PARAM_TYPE(ulong, unsigned long, "%lu", kstrtoul);
PARAM_TYPE(ullong, unsigned long long, "%llu", kstrtoull);
PARAM_TYPE(hexint, unsigned int, "%#08x", kstrtouint);

/* -- charp: a copy, so that the line it came from may go. */

/* Copies that param_set_charp() made; what a variable held at first is not among them. */
struct charp_copy {
	struct list_head list;
	char		 text[];
};
static LIST_HEAD(charp_copies);		/* guarded by kernel_param_lock() */

static void free_copy(const char *text)
{
	struct charp_copy *copy;

	list_for_each_entry(copy, &charp_copies, list) {
		if (copy->text == text) {
			list_del(&copy->list);
			kfree(copy);
			return;
		}
	}
}

int param_set_charp(const char *val, const struct kernel_param *kp)
{
	size_t len = strlen(val);
	struct charp_copy *copy;

	if (len > 1024) {
		pr_err("%s: string parameter too long\n", kp->name);
		return -ENOSPC;
	}
	copy = kmalloc(sizeof(*copy) + len + 1, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memcpy(copy->text, val, len + 1);
	free_copy(*(char **)kp->arg);
	list_add(&copy->list, &charp_copies);
	*(char **)kp->arg = copy->text;
	return 0;
}
EXPORT_SYMBOL(param_set_charp);

int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", *(char **)kp->arg);
}
EXPORT_SYMBOL(param_get_charp);

void param_free_charp(void *arg)
{
	kernel_param_lock(NULL);
	free_copy(*(char **)arg);
	kernel_param_unlock(NULL);
}
EXPORT_SYMBOL(param_free_charp);

const struct kernel_param_ops param_ops_charp = {
	.set = param_set_charp,
	.get = param_get_charp,
	.free = param_free_charp,
};
EXPORT_SYMBOL(param_ops_charp);

/* -- bool: the name alone means yes. */

int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ?: "1", kp->arg);
}
EXPORT_SYMBOL(param_set_bool);

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}
EXPORT_SYMBOL(param_get_bool);

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool,
	.get = param_get_bool,
};
EXPORT_SYMBOL(param_ops_bool);

/* Can be switched on and never off. */
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val ?: "1", &value);

	if (err)
		return err;
	if (!value && *(bool *)kp->arg)
		return -EROFS;
	*(bool *)kp->arg = value;
	return 0;
}
EXPORT_SYMBOL(param_set_bool_enable_only);

const struct kernel_param_ops param_ops_bool_enable_only = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bool_enable_only,
	.get = param_get_bool,
};
EXPORT_SYMBOL(param_ops_bool_enable_only);

int param_set_invbool(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val, &value);

	if (!err)
		*(bool *)kp->arg = !value;
	return err;
}
EXPORT_SYMBOL(param_set_invbool);

int param_get_invbool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'N' : 'Y');
}
EXPORT_SYMBOL(param_get_invbool);

const struct kernel_param_ops param_ops_invbool = {
	.set = param_set_invbool,
	.get = param_get_invbool,
};
EXPORT_SYMBOL(param_ops_invbool);

/* An int that takes a bool's words. */
int param_set_bint(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val ?: "1", &value);

	if (!err)
		*(int *)kp->arg = value;
	return err;
}
EXPORT_SYMBOL(param_set_bint);

const struct kernel_param_ops param_ops_bint = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = param_set_bint,
	.get = param_get_int,
};
EXPORT_SYMBOL(param_ops_bint);

int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max)
{
	unsigned int value;
	int err = kstrtouint(val, 0, &value);

	if (err)
		return err;
	if (value < min || value > max)
		return -EINVAL;
	*(unsigned int *)kp->arg = value;
	return 0;
}
EXPORT_SYMBOL(param_set_uint_minmax);

/* -- Arrays: elements between commas. */

/* The parameter of one element, made up for the element type's own functions. */
static struct kernel_param element(const struct kernel_param *kp, const struct kparam_array *arr,
				   unsigned int i)
{
	return (struct kernel_param){
		.name = kp->name,
		.mod = kp->mod,
		.ops = arr->ops,
		.perm = kp->perm,
		.level = kp->level,
		.arg = (char *)arr->elem + i * arr->elemsize,
	};
}

static int param_array_set(const char *val, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	char *copy = kstrdup(val, GFP_KERNEL), *rest = copy, *item;
	unsigned int n = 0;
	int err = 0;

	if (!copy)
		return -ENOMEM;
	while (!err && (item = strsep(&rest, ","))) {
		const struct kernel_param kp_elem = element(kp, arr, n);

		if (n == arr->max) {
			pr_err("%s: can only take %u arguments\n", kp->name, arr->max);
			err = -EINVAL;
			break;
		}
		err = arr->ops->set(item, &kp_elem);
		n += !err;
	}
	kfree(copy);
	if (arr->num)
		*arr->num = n;
	return err;
}

static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	unsigned int n = arr->num ? *arr->num : arr->max;
	int len = 0;

	for (unsigned int i = 0; i < n; i++) {
		const struct kernel_param kp_elem = element(kp, arr, i);
		int ret;

		if (len)
			buffer[len - 1] = ',';	/* for the newline before */
		ret = arr->ops->get(buffer + len, &kp_elem);
		if (ret < 0)
			return ret;
		len += ret;
	}
	buffer[len] = '\0';
	return len;
}

static void param_array_free(void *arg)
{
	const struct kparam_array *arr = arg;

	for (unsigned int i = 0; arr->ops->free && i < (arr->num ? *arr->num : arr->max); i++)
		arr->ops->free((char *)arr->elem + i * arr->elemsize);
}

const struct kernel_param_ops param_array_ops = {
	.set = param_array_set,
	.get = param_array_get,
	.free = param_array_free,
};
EXPORT_SYMBOL(param_array_ops);

/* -- Strings copied into a buffer. */

int param_set_copystring(const char *val, const struct kernel_param *kp)
{
	const struct kparam_string *str = kp->str;

	if (strlen(val) + 1 > str->maxlen) {
		pr_err("%s: string doesn't fit in %u chars.\n", kp->name, str->maxlen - 1);
		return -ENOSPC;
	}
	strcpy(str->string, val);
	return 0;
}
EXPORT_SYMBOL(param_set_copystring);

int param_get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}
EXPORT_SYMBOL(param_get_string);

const struct kernel_param_ops param_ops_string = {
	.set = param_set_copystring,
	.get = param_get_string,
};
EXPORT_SYMBOL(param_ops_string);
