/* SPDX-License-Identifier: MIT */
/* Objects with a name, a parent, a count of references, and a directory in /sys. */
#ifndef _LINUX_KOBJECT_H
#define _LINUX_KOBJECT_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/sysfs.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/spinlock.h>
#include <linux/kref.h>
#include <linux/kobject_ns.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define UEVENT_NUM_ENVP		64
#define UEVENT_BUFFER_SIZE	2048

struct kset;
struct kobj_type;

enum kobject_action {
	KOBJ_ADD,
	KOBJ_REMOVE,
	KOBJ_CHANGE,
	KOBJ_MOVE,
	KOBJ_ONLINE,
	KOBJ_OFFLINE,
	KOBJ_BIND,
	KOBJ_UNBIND,
};

struct kobject {
	const char		*name;		/* fixed while it is in sysfs */
	struct list_head	entry;		/* kset->list_lock */
	struct kobject		*parent;	/* counted while it is in sysfs */
	struct kset		*kset;		/* the same */
	const struct kobj_type	*ktype;
	struct kernfs_node	*sd;		/* its directory; NULL when it has none */
	struct kref		kref;
	unsigned int		state_initialized:1;	/* written by who adds and removes it */
	unsigned int		state_in_sysfs:1;
	unsigned int		state_add_uevent_sent:1;
	unsigned int		state_remove_uevent_sent:1;
	unsigned int		uevent_suppress:1;
};

struct kobj_type {
	void (*release)(struct kobject *kobj);	/* the last reference is gone: free it */
	const struct sysfs_ops *sysfs_ops;
	const struct attribute_group **default_groups;
	const struct kobj_ns_type_operations *(*child_ns_type)(struct kobject *kobj);
	const void *(*namespace)(struct kobject *kobj);
	void (*get_ownership)(struct kobject *kobj, kuid_t *uid, kgid_t *gid);
};

struct kobj_uevent_env {
	char	*argv[3];
	char	*envp[UEVENT_NUM_ENVP];
	int	envp_idx;
	char	buf[UEVENT_BUFFER_SIZE];
	int	buflen;
};

struct kset_uevent_ops {
	int (* const filter)(struct kobject *kobj);	/* 0: no event of this object */
	const char *(* const name)(struct kobject *kobj);
	int (* const uevent)(struct kobject *kobj, struct kobj_uevent_env *env);
};

/* Objects of a kind; itself an object, whose directory holds theirs. */
struct kset {
	struct list_head	list;		/* list_lock */
	spinlock_t		list_lock;
	struct kobject		kobj;
	const struct kset_uevent_ops *uevent_ops;
};

/* An attribute with functions of its own, for objects of kobj_sysfs_ops. */
struct kobj_attribute {
	struct attribute attr;
	ssize_t (*show)(struct kobject *kobj, struct kobj_attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			 size_t count);
};

extern const struct sysfs_ops kobj_sysfs_ops;

__printf(2, 3) int kobject_set_name(struct kobject *kobj, const char *name, ...);
__printf(2, 0) int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs);
void kobject_init(struct kobject *kobj, const struct kobj_type *ktype);
__printf(3, 4) __must_check int kobject_add(struct kobject *kobj, struct kobject *parent,
					    const char *fmt, ...);
__printf(4, 5) __must_check int kobject_init_and_add(struct kobject *kobj,
						     const struct kobj_type *ktype,
						     struct kobject *parent, const char *fmt, ...);
void kobject_del(struct kobject *kobj);
struct kobject * __must_check kobject_create_and_add(const char *name, struct kobject *parent);
int __must_check kobject_rename(struct kobject *kobj, const char *new_name);
struct kobject *kobject_get(struct kobject *kobj);
struct kobject * __must_check kobject_get_unless_zero(struct kobject *kobj);
void kobject_put(struct kobject *kobj);
char *kobject_get_path(struct kobject *kobj, gfp_t flag);

static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

void kset_init(struct kset *kset);
int __must_check kset_register(struct kset *kset);
void kset_unregister(struct kset *kset);
struct kset * __must_check kset_create_and_add(const char *name, const struct kset_uevent_ops *u,
					       struct kobject *parent_kobj);
struct kobject *kset_find_obj(struct kset *kset, const char *name);

static inline struct kset *to_kset(struct kobject *kobj)
{
	return kobj ? container_of(kobj, struct kset, kobj) : NULL;
}

static inline struct kset *kset_get(struct kset *k)
{
	return k ? to_kset(kobject_get(&k->kobj)) : NULL;
}

static inline void kset_put(struct kset *k)
{
	kobject_put(&k->kobj);
}

static inline const struct kobj_type *get_ktype(struct kobject *kobj)
{
	return kobj->ktype;
}

extern struct kobject *kernel_kobj;		/* /sys/kernel */
extern struct kobject *mm_kobj;			/* /sys/kernel/mm */
extern struct kobject *hypervisor_kobj;		/* /sys/hypervisor: there is none, NULL */
extern struct kobject *power_kobj;		/* /sys/power */
extern struct kobject *firmware_kobj;		/* /sys/firmware */

int kobject_uevent(struct kobject *kobj, enum kobject_action action);
int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[]);
__printf(2, 3) int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...);

#endif
