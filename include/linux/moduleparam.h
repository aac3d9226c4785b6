/* SPDX-License-Identifier: MIT */
/*
 * Parameters: variables that the command line (MODULE.name=value) or insmod (name=value)
 * sets. Built-in ones lie in the __param section; kernel/params.c parses them.
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/init.h>
#include <linux/stringify.h>
#include <linux/kernel.h>
#include <linux/stat.h>

struct module;
struct kernel_param;

#ifdef MODULE
#define MODULE_PARAM_PREFIX	/* insmod gives the bare name */
#define __MODULE_INFO_PREFIX
#else
#define MODULE_PARAM_PREFIX	KBUILD_MODNAME "."
#define __MODULE_INFO_PREFIX	KBUILD_MODNAME "."
#endif

/* One "tag=value" string of the module's description. */
#define __MODULE_INFO(tag, name, info)					\
	static const char __UNIQUE_ID(name)[] __used			\
		__section(".modinfo") __aligned(1) = __MODULE_INFO_PREFIX __stringify(tag) "=" info
#define MODULE_INFO(tag, info)	__MODULE_INFO(tag, tag, info)
#define __MODULE_PARM_TYPE(name, _type) __MODULE_INFO(parmtype, name##type, #name ":" _type)
#define MODULE_PARM_DESC(_parm, desc) __MODULE_INFO(parm, _parm, #_parm ":" desc)

enum {
	KERNEL_PARAM_OPS_FL_NOARG = (1 << 0)	/* "name" alone is fine: val may be NULL */
};

struct kernel_param_ops {
	unsigned int flags;
	int (*set)(const char *val, const struct kernel_param *kp);	/* 0 or -errno */
	int (*get)(char *buffer, const struct kernel_param *kp);	/* length; one page of room */
	void (*free)(void *arg);
};

enum {
	KERNEL_PARAM_FL_UNSAFE	= (1 << 0),	/* setting it taints */
	KERNEL_PARAM_FL_HWPARAM	= (1 << 1),
};

struct kparam_string;
struct kparam_array;

struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	const u16 perm;		/* mode of the file under /sys; 0 for none */
	s8 level;		/* initcall level before which a built-in one is set; -1 normally */
	u8 flags;		/* KERNEL_PARAM_FL_* */
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num;	/* how many were given; NULL if nobody asks */
	const struct kernel_param_ops *ops;
	void *elem;
};

extern const struct kernel_param __start___param[], __stop___param[];

/* The mode may not be writable by others, nor have bits that a file's mode has not. */
#define __param_perm_ok(perm)						\
	BUILD_BUG_ON_ZERO((perm) < 0 || (perm) > 0777 || ((perm) & 2))

#define __module_param_call(prefix, name, ops, arg, perm, level, flags)	\
	static const char __param_str_##name[] = prefix #name;		\
	static struct kernel_param const __param_##name __used		\
		__section("__param") __aligned(sizeof(void *)) =	\
		{ __param_str_##name, THIS_MODULE, ops,			\
		  (perm) + __param_perm_ok(perm), level, flags, { arg } }

#define module_param(name, type, perm)	module_param_named(name, name, type, perm)
#define module_param_unsafe(name, type, perm) module_param_named_unsafe(name, name, type, perm)
#define module_param_named(name, value, type, perm)			\
	param_check_##type(name, &(value));				\
	module_param_cb(name, &param_ops_##type, &value, perm);		\
	__MODULE_PARM_TYPE(name, #type)
#define module_param_named_unsafe(name, value, type, perm)		\
	param_check_##type(name, &(value));				\
	module_param_cb_unsafe(name, &param_ops_##type, &value, perm);	\
	__MODULE_PARM_TYPE(name, #type)
#define module_param_hw(name, type, hwtype, perm) module_param_hw_named(name, name, type, hwtype, perm)
#define module_param_hw_named(name, value, type, hwtype, perm)		\
	param_check_##type(name, &(value));				\
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_##type, &value, perm, -1, \
			    KERNEL_PARAM_FL_HWPARAM);			\
	__MODULE_PARM_TYPE(name, #type)
#define module_param_cb(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, 0)
#define module_param_cb_unsafe(name, ops, arg, perm) \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, KERNEL_PARAM_FL_UNSAFE)
#define module_param_call(name, _set, _get, arg, perm)			\
	static const struct kernel_param_ops __param_ops_##name = { .flags = 0, .set = _set, .get = _get }; \
	__module_param_call(MODULE_PARAM_PREFIX, name, &__param_ops_##name, arg, perm, -1, 0)

/* Without a prefix: "name=value" on the kernel's command line. */
#ifdef MODULE
#define core_param(name, var, type, perm)
#else
#define core_param(name, var, type, perm)				\
	param_check_##type(name, &(var));				\
	__module_param_call("", name, &param_ops_##type, &var, perm, -1, 0)
#endif

/* For parameters whose argument is not a plain variable: @_init names the union's member. */
#define __module_param_obj(name, ops, perm, _init)			\
	static const char __param_str_##name[] = MODULE_PARAM_PREFIX #name; \
	static struct kernel_param const __param_##name __used		\
		__section("__param") __aligned(sizeof(void *)) =	\
		{ __param_str_##name, THIS_MODULE, ops,			\
		  (perm) + __param_perm_ok(perm), -1, 0, { _init } }

#define module_param_string(name, string, len, perm)			\
	static const struct kparam_string __param_string_##name = { len, string }; \
	__module_param_obj(name, &param_ops_string, perm, .str = &__param_string_##name); \
	__MODULE_PARM_TYPE(name, "string")

#define module_param_array(name, type, nump, perm) module_param_array_named(name, name, type, nump, perm)
#define module_param_array_named(name, array, type, nump, perm)		\
	param_check_##type(name, &(array)[0]);				\
	static const struct kparam_array __param_arr_##name = {		\
		.max = sizeof(array) / sizeof((array)[0]), .num = nump,	\
		.ops = &param_ops_##type, .elemsize = sizeof((array)[0]), .elem = array }; \
	__module_param_obj(name, &param_array_ops, perm, .arr = &__param_arr_##name); \
	__MODULE_PARM_TYPE(name, "array of " #type)
#define module_param_hw_array(name, type, hwtype, nump, perm) \
	module_param_array(name, type, nump, perm)

/* A variable of another type than the parameter says is an error here, not at run time. */
#define __param_check(name, p, type) \
	static inline type __maybe_unused *__check_##name(void) { return (p); }

#define __DECLARE_PARAM_TYPE(name)					\
	extern const struct kernel_param_ops param_ops_##name;		\
	int param_set_##name(const char *val, const struct kernel_param *kp); \
	int param_get_##name(char *buffer, const struct kernel_param *kp);
__DECLARE_PARAM_TYPE(byte)
__DECLARE_PARAM_TYPE(short)
__DECLARE_PARAM_TYPE(ushort)
__DECLARE_PARAM_TYPE(int)
__DECLARE_PARAM_TYPE(uint)
__DECLARE_PARAM_TYPE(long)
__DECLARE_PARAM_TYPE(ulong)
__DECLARE_PARAM_TYPE(ullong)
__DECLARE_PARAM_TYPE(hexint)
__DECLARE_PARAM_TYPE(charp)
__DECLARE_PARAM_TYPE(bool)
__DECLARE_PARAM_TYPE(invbool)
#define param_check_byte(name, p)	__param_check(name, p, unsigned char)
#define param_check_short(name, p)	__param_check(name, p, short)
#define param_check_ushort(name, p)	__param_check(name, p, unsigned short)
#define param_check_int(name, p)	__param_check(name, p, int)
#define param_check_uint(name, p)	__param_check(name, p, unsigned int)
#define param_check_long(name, p)	__param_check(name, p, long)
#define param_check_ulong(name, p)	__param_check(name, p, unsigned long)
#define param_check_ullong(name, p)	__param_check(name, p, unsigned long long)
#define param_check_hexint(name, p)	param_check_uint(name, p)
#define param_check_charp(name, p)	__param_check(name, p, char *)
#define param_check_bool(name, p)	__param_check(name, p, bool)
#define param_check_invbool(name, p)	__param_check(name, p, bool)
void param_free_charp(void *arg);

extern const struct kernel_param_ops param_ops_bool_enable_only;
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp);
#define param_check_bool_enable_only	param_check_bool
extern const struct kernel_param_ops param_ops_bint;
int param_set_bint(const char *val, const struct kernel_param *kp);
#define param_get_bint			param_get_int
#define param_check_bint		param_check_int

extern const struct kernel_param_ops param_array_ops;
extern const struct kernel_param_ops param_ops_string;
int param_set_copystring(const char *val, const struct kernel_param *kp);
int param_get_string(char *buffer, const struct kernel_param *kp);
int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max);

bool parameq(const char *name1, const char *name2);
bool parameqn(const char *name1, const char *name2, size_t n);

/*
 * Cut @args into options and set each; what is in no table goes to @unknown. NULL, or where
 * the arguments after "--" begin, or an error that has been reported.
 */
char *parse_args(const char *name, char *args, const struct kernel_param *params, unsigned int num,
		 s16 level_min, s16 level_max, void *arg,
		 int (*unknown)(char *param, char *val, const char *doing, void *arg));
void destroy_params(const struct kernel_param *params, unsigned int num);

void kernel_param_lock(struct module *mod);
void kernel_param_unlock(struct module *mod);

#endif
