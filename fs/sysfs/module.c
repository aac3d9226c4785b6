/* SPDX-License-Identifier: MIT */
/*
 * /sys/module/NAME: what a module is, and its parameters as far as their modes let them be
 * seen. Parts of the kernel that have parameters are there too.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internals.h"

static struct kset *module_kset;

struct param_attr {
	struct module_attribute	mattr;
	const struct kernel_param *param;
};

/* The files of one module's parameters. */
struct module_param_attrs {
	unsigned int		num;
	struct attribute_group	grp;		/* attrs: num, then NULL */
	struct param_attr	attrs[];
};

static ssize_t mod_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct module_attribute *mattr = container_of(attr, struct module_attribute, attr);

	return mattr->show ? mattr->show(mattr, container_of(kobj, struct module_kobject, kobj), buf)
			   : -EIO;
}

static ssize_t mod_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			      size_t count)
{
	struct module_attribute *mattr = container_of(attr, struct module_attribute, attr);

	return mattr->store ? mattr->store(mattr, container_of(kobj, struct module_kobject, kobj),
					   buf, count) : -EIO;
}

static const struct sysfs_ops module_sysfs_ops = {
	.show	= mod_attr_show,
	.store	= mod_attr_store,
};

static void mod_kobj_release(struct kobject *kobj)
{
	complete(container_of(kobj, struct module_kobject, kobj)->kobj_completion);
}

static const struct kobj_type module_ktype = {
	.release	= mod_kobj_release,
	.sysfs_ops	= &module_sysfs_ops,
};

/* -- Parameters ----------------------------------------------------------------------------- */

static ssize_t param_show(struct module_attribute *mattr, struct module_kobject *mk, char *buf)
{
	const struct kernel_param *kp = container_of(mattr, struct param_attr, mattr)->param;
	int n;

	if (!kp->ops->get)
		return -EPERM;
	kernel_param_lock(mk->mod);
	n = kp->ops->get(buf, kp);
	kernel_param_unlock(mk->mod);
	return n;
}

static ssize_t param_store(struct module_attribute *mattr, struct module_kobject *mk,
			   const char *buf, size_t count)
{
	const struct kernel_param *kp = container_of(mattr, struct param_attr, mattr)->param;
	int err;

	if (!kp->ops->set)
		return -EPERM;
	kernel_param_lock(mk->mod);
	err = kp->ops->set(buf, kp);
	kernel_param_unlock(mk->mod);
	return err ?: (ssize_t)count;
}

/* "mod.name" of what is built in stands as "name" in the directory "mod". */
static const char *bare_name(const struct kernel_param *kp)
{
	const char *dot = strchr(kp->name, '.');

	return dot ? dot + 1 : kp->name;
}

static void free_params(struct module_kobject *mk)
{
	if (mk->mp) {
		kfree(mk->mp->grp.attrs);
		kfree(mk->mp);
	}
	mk->mp = NULL;
}

/* Files for those of @kp that have a mode; none of them: no directory either. */
static int add_params(struct module_kobject *mk, const struct kernel_param *kp, unsigned int num)
{
	struct module_param_attrs *mp;
	unsigned int i, n = 0;
	int err;

	for (i = 0; i < num; i++)
		n += kp[i].perm != 0;
	if (!n)
		return 0;
	mp = kzalloc(struct_size(mp, attrs, n), GFP_KERNEL);
	if (!mp)
		return -ENOMEM;
	mk->mp = mp;
	mp->grp.name = "parameters";
	mp->grp.attrs = kcalloc(n + 1, sizeof(*mp->grp.attrs), GFP_KERNEL);
	if (!mp->grp.attrs) {
		free_params(mk);
		return -ENOMEM;
	}
	for (i = 0; i < num; i++) {
		struct param_attr *a = &mp->attrs[mp->num];

		if (!kp[i].perm)
			continue;
		a->param = &kp[i];
		a->mattr.attr.name = bare_name(&kp[i]);
		a->mattr.attr.mode = kp[i].perm;
		a->mattr.show = param_show;
		a->mattr.store = kp[i].perm & 0222 ? param_store : NULL;
		mp->grp.attrs[mp->num++] = &a->mattr.attr;
	}
	err = sysfs_create_group(&mk->kobj, &mp->grp);
	if (err)
		free_params(mk);
	return err;
}

/* -- What a module is --------------------------------------------------------------------------- */

static ssize_t coresize_show(struct module_attribute *attr, struct module_kobject *mk, char *buf)
{
	return sysfs_emit(buf, "%u\n", mk->mod->core_layout.size);
}

static ssize_t initstate_show(struct module_attribute *attr, struct module_kobject *mk, char *buf)
{
	switch (READ_ONCE(mk->mod->state)) {
	case MODULE_STATE_LIVE:
		return sysfs_emit(buf, "live\n");
	case MODULE_STATE_COMING:
		return sysfs_emit(buf, "coming\n");
	default:
		return sysfs_emit(buf, "going\n");
	}
}

static ssize_t refcnt_show(struct module_attribute *attr, struct module_kobject *mk, char *buf)
{
	return sysfs_emit(buf, "%i\n", module_refcount(mk->mod));
}

static ssize_t version_show(struct module_attribute *attr, struct module_kobject *mk, char *buf)
{
	return sysfs_emit(buf, "%s\n", mk->mod->version);
}

static struct module_attribute coresize_attr = __ATTR_RO(coresize);
static struct module_attribute initstate_attr = __ATTR_RO(initstate);
static struct module_attribute refcnt_attr = __ATTR_RO(refcnt);
static struct module_attribute version_attr = __ATTR_RO(version);

static struct attribute *module_attrs[] = {
	&coresize_attr.attr,
	&initstate_attr.attr,
	&refcnt_attr.attr,
	&version_attr.attr,
	NULL
};

static umode_t module_attr_visible(struct kobject *kobj, struct attribute *attr, int n)
{
	struct module_kobject *mk = container_of(kobj, struct module_kobject, kobj);

	return attr == &version_attr.attr && !mk->mod->version ? 0 : attr->mode;
}

static const struct attribute_group module_group = {
	.attrs		= module_attrs,
	.is_visible	= module_attr_visible,
};

/* -- Modules that come and go ------------------------------------------------------------------- */

/* Nothing of the module's is in use when this returns. */
static void remove_module(struct module_kobject *mk)
{
	DECLARE_COMPLETION_ONSTACK(released);

	if (!mk->kobj.state_initialized)
		return;
	mk->kobj_completion = &released;
	kobject_del(&mk->kobj);
	kobject_put(&mk->kobj);
	wait_for_completion(&released);
	free_params(mk);
}

static void add_module(struct module *mod)
{
	struct module_kobject *mk = &mod->mkobj;
	int err;

	memset(mk, 0, sizeof(*mk));
	mk->mod = mod;
	mk->kobj.kset = module_kset;
	err = kobject_init_and_add(&mk->kobj, &module_ktype, NULL, "%s", mod->name);
	if (!err)
		err = sysfs_create_group(&mk->kobj, &module_group);
	if (!err)
		err = add_params(mk, mod->kp, mod->num_kp);
	if (err)
		pr_warn("%s: no directory in /sys/module: %d\n", mod->name, err);
}

static int module_event(struct notifier_block *nb, unsigned long state, void *data)
{
	struct module *mod = data;

	if (state == MODULE_STATE_COMING)
		add_module(mod);
	else if (state == MODULE_STATE_GOING)
		remove_module(&mod->mkobj);
	return NOTIFY_OK;
}

static struct notifier_block module_nb = {
	.notifier_call	= module_event,
};

/* -- What is built in --------------------------------------------------------------------------- */

static int __init add_builtin(const char *name, size_t len, const struct kernel_param *kp,
			      unsigned int num)
{
	struct module_kobject *mk = kzalloc(sizeof(*mk), GFP_KERNEL);
	int err;

	if (!mk)
		return -ENOMEM;
	mk->kobj.kset = module_kset;
	err = kobject_init_and_add(&mk->kobj, &module_ktype, NULL, "%.*s", (int)len, name);
	return err ?: add_params(mk, kp, num);
}

/* Parameters of one part lie side by side in their table, under its name. */
static int __init modules_init(void)
{
	const struct kernel_param *kp = __start___param, *first;

	module_kset = kset_create_and_add("module", NULL, NULL);
	if (!module_kset)
		return -ENOMEM;
	while (kp < __stop___param) {
		const char *dot = strchr(kp->name, '.');
		size_t len = dot ? dot - kp->name : 0;
		bool visible = false;

		for (first = kp; kp < __stop___param; kp++) {
			if (dot ? strncmp(kp->name, first->name, len + 1) : !!strchr(kp->name, '.'))
				break;
			visible |= kp->perm != 0;
		}
		if (visible)
			add_builtin(dot ? first->name : "kernel", dot ? len : 6, first, kp - first);
	}
	return register_module_notifier(&module_nb);
}
subsys_initcall(modules_init);
