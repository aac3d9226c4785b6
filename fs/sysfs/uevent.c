/* SPDX-License-Identifier: MIT */
/*
 * Events of objects: what changed, in words for a user program.
 *
 * The words are collected as they would be for a listener, with the set's functions asked
 * on the way. Nobody listens: there is no socket to send them to.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kobject.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

static const char *const action_names[] = {
	[KOBJ_ADD]	= "add",
	[KOBJ_REMOVE]	= "remove",
	[KOBJ_CHANGE]	= "change",
	[KOBJ_MOVE]	= "move",
	[KOBJ_ONLINE]	= "online",
	[KOBJ_OFFLINE]	= "offline",
	[KOBJ_BIND]	= "bind",
	[KOBJ_UNBIND]	= "unbind",
};

/* add_uevent_var - one more "NAME=value". Return: 0; -ENOMEM: it is full. */
int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...)
{
	int room = sizeof(env->buf) - env->buflen, len;
	va_list args;

	if (WARN(env->envp_idx >= (int)ARRAY_SIZE(env->envp), "add_uevent_var: too many keys\n"))
		return -ENOMEM;
	va_start(args, format);
	len = vsnprintf(&env->buf[env->buflen], room, format, args);
	va_end(args);
	if (WARN(len >= room, "add_uevent_var: buffer size too small\n"))
		return -ENOMEM;
	env->envp[env->envp_idx++] = &env->buf[env->buflen];
	env->buflen += len + 1;
	return 0;
}
EXPORT_SYMBOL_GPL(add_uevent_var);

/* The set that speaks for the object: its own, or that of the nearest one above it. */
static struct kset *event_kset(struct kobject *kobj)
{
	while (kobj && !kobj->kset)
		kobj = kobj->parent;
	return kobj ? kobj->kset : NULL;
}

static int collect(struct kobj_uevent_env *env, struct kobject *kobj, enum kobject_action action,
		   const char *subsystem, const char *path, char *const extra[])
{
	int err = add_uevent_var(env, "ACTION=%s", action_names[action]);

	if (!err)
		err = add_uevent_var(env, "DEVPATH=%s", path);
	if (!err)
		err = add_uevent_var(env, "SUBSYSTEM=%s", subsystem);
	for (; !err && extra && *extra; extra++)
		err = add_uevent_var(env, "%s", *extra);
	return err;
}

/**
 * kobject_uevent_env - say that something happened to an object
 * @kobj: the object
 * @action: what
 * @envp: more "NAME=value", ends with NULL; or NULL
 *
 * Context: process, may sleep. Return: 0, also when a filter does not let it out; -EINVAL:
 * no set speaks for the object; -ENOENT: it has no path; -ENOMEM; what the set says.
 */
int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[])
{
	struct kset *kset = event_kset(kobj);
	const struct kset_uevent_ops *ops = kset ? kset->uevent_ops : NULL;
	struct kobj_uevent_env *env;
	const char *subsystem;
	char *path;
	int err;

	if (action == KOBJ_REMOVE)
		kobj->state_remove_uevent_sent = 1;
	if (!kset)
		return -EINVAL;
	if (kobj->uevent_suppress || (ops && ops->filter && !ops->filter(kobj)))
		return 0;
	subsystem = ops && ops->name ? ops->name(kobj) : kobject_name(&kset->kobj);
	if (!subsystem)
		return 0;
	env = kzalloc(sizeof(*env), GFP_KERNEL);
	path = kobject_get_path(kobj, GFP_KERNEL);
	err = !env ? -ENOMEM : !path ? -ENOENT :
	      collect(env, kobj, action, subsystem, path, envp);
	if (!err && ops && ops->uevent)
		err = ops->uevent(kobj, env);
	if (!err && action == KOBJ_ADD)
		kobj->state_add_uevent_sent = 1;
	kfree(path);
	kfree(env);
	return err;
}
EXPORT_SYMBOL_GPL(kobject_uevent_env);

int kobject_uevent(struct kobject *kobj, enum kobject_action action)
{
	return kobject_uevent_env(kobj, action, NULL);
}
EXPORT_SYMBOL_GPL(kobject_uevent);
