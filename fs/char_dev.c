/* SPDX-License-Identifier: MIT */
/*
 * Character devices: who has which numbers, and which operations stand behind them.
 *
 * A range of numbers is reserved first (a name, shown in /proc/devices), then a cdev gives
 * it operations. Opening a device node looks the cdev up, holds its module, and replaces
 * the file's operations by the driver's.
 */
#include <linux/bug.h>
#include <linux/cdev.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

/* Majors that are handed out on demand, from the top down: one window, then the other. */
#define DYNAMIC_TOP	254
#define DYNAMIC_END	234
#define DYNAMIC2_TOP	511
#define DYNAMIC2_END	384

struct region {
	struct list_head list;
	unsigned int	major;
	unsigned int	minor;
	unsigned int	count;
	struct cdev	*cdev;		/* of register_chrdev() */
	char		name[64];
};

static DEFINE_MUTEX(chrdevs_lock);	/* guards both lists */
static LIST_HEAD(regions);		/* by major, then minor */
static LIST_HEAD(cdevs);

static bool major_taken(unsigned int major)
{
	struct region *r;

	list_for_each_entry(r, &regions, list)
		if (r->major == major)
			return true;
	return false;
}

static int free_major(void)
{
	int major;

	for (major = DYNAMIC_TOP; major >= DYNAMIC_END; major--)
		if (!major_taken(major))
			return major;
	for (major = DYNAMIC2_TOP; major >= DYNAMIC2_END; major--)
		if (!major_taken(major))
			return major;
	return -EBUSY;
}

/* Reserve; @major 0 chooses one. The lock is held. */
static struct region *add_region(unsigned int major, unsigned int minor, unsigned int count,
				 const char *name)
{
	struct list_head *before;
	struct region *r, *new;

	if (major >= CHRDEV_MAJOR_MAX || !count || minor > MINORMASK || count > MINORMASK + 1 - minor)
		return ERR_PTR(-EINVAL);
	if (!major) {
		int chosen = free_major();

		if (chosen < 0)
			return ERR_PTR(chosen);
		major = chosen;
	}
	before = &regions;
	list_for_each_entry(r, &regions, list) {
		if (r->major == major && r->minor < minor + count && minor < r->minor + r->count)
			return ERR_PTR(-EBUSY);
		if (before == &regions && (r->major > major || (r->major == major && r->minor > minor)))
			before = &r->list;
	}
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return ERR_PTR(-ENOMEM);
	new->major = major;
	new->minor = minor;
	new->count = count;
	strscpy(new->name, name, sizeof(new->name));
	list_add_tail(&new->list, before);
	return new;
}

static struct region *take_region(unsigned int major, unsigned int minor, unsigned int count)
{
	struct region *r;

	list_for_each_entry(r, &regions, list) {
		if (r->major == major && r->minor == minor && r->count == count) {
			list_del(&r->list);
			return r;
		}
	}
	return NULL;
}

/**
 * register_chrdev_region - reserve device numbers
 * @from: the first
 * @count: how many; may go on into the next major
 * @name: shown in /proc/devices; copied
 *
 * Context: process, may sleep. Return: 0; -EBUSY; -EINVAL; -ENOMEM.
 */
int register_chrdev_region(dev_t from, unsigned int count, const char *name)
{
	dev_t to = from + count, n, next;
	struct region *r;

	for (n = from; n < to; n = next) {
		next = min_t(dev_t, MKDEV(MAJOR(n) + 1, 0), to);
		mutex_lock(&chrdevs_lock);
		r = MAJOR(n) ? add_region(MAJOR(n), MINOR(n), next - n, name) : ERR_PTR(-EINVAL);
		mutex_unlock(&chrdevs_lock);
		if (IS_ERR(r)) {
			unregister_chrdev_region(from, n - from);
			return PTR_ERR(r);
		}
	}
	return 0;
}
EXPORT_SYMBOL(register_chrdev_region);

/**
 * alloc_chrdev_region - reserve device numbers of a major that nobody has
 * @dev: the first
 * @baseminor: its minor
 * @count: how many
 * @name: shown in /proc/devices; copied
 *
 * Context: process, may sleep. Return: 0; -EBUSY: no major is left; -EINVAL; -ENOMEM.
 */
int alloc_chrdev_region(dev_t *dev, unsigned int baseminor, unsigned int count, const char *name)
{
	struct region *r;

	mutex_lock(&chrdevs_lock);
	r = add_region(0, baseminor, count, name);
	if (!IS_ERR(r))
		*dev = MKDEV(r->major, r->minor);
	mutex_unlock(&chrdevs_lock);
	return PTR_ERR_OR_ZERO(r);
}
EXPORT_SYMBOL(alloc_chrdev_region);

/* unregister_chrdev_region - give the numbers back; same range */
void unregister_chrdev_region(dev_t from, unsigned int count)
{
	dev_t to = from + count, n, next;

	for (n = from; n < to; n = next) {
		next = min_t(dev_t, MKDEV(MAJOR(n) + 1, 0), to);
		mutex_lock(&chrdevs_lock);
		kfree(take_region(MAJOR(n), MINOR(n), next - n));
		mutex_unlock(&chrdevs_lock);
	}
}
EXPORT_SYMBOL(unregister_chrdev_region);

/* -- Operations behind the numbers ------------------------------------------------------------ */

void cdev_init(struct cdev *cdev, const struct file_operations *fops)
{
	memset(cdev, 0, sizeof(*cdev));
	INIT_LIST_HEAD(&cdev->list);
	cdev->ops = fops;
}
EXPORT_SYMBOL(cdev_init);

/* cdev_alloc - a cdev in memory of its own, which cdev_del() frees; set its ops and owner */
struct cdev *cdev_alloc(void)
{
	struct cdev *cdev = kzalloc(sizeof(*cdev), GFP_KERNEL);

	if (cdev) {
		INIT_LIST_HEAD(&cdev->list);
		cdev->allocated = true;
	}
	return cdev;
}
EXPORT_SYMBOL(cdev_alloc);

/**
 * cdev_add - make the device live: it may be opened from now on
 * @cdev: from cdev_init() or cdev_alloc()
 * @dev: first of its numbers
 * @count: how many
 *
 * Context: process, may sleep. Return: 0; -EBUSY: @dev is 0.
 */
int cdev_add(struct cdev *cdev, dev_t dev, unsigned int count)
{
	if (WARN_ON(!dev || !cdev->ops))
		return -EBUSY;
	cdev->dev = dev;
	cdev->count = count;
	kobject_get(cdev->parent);
	mutex_lock(&chrdevs_lock);
	list_add(&cdev->list, &cdevs);
	mutex_unlock(&chrdevs_lock);
	return 0;
}
EXPORT_SYMBOL(cdev_add);

/* cdev_del - it can't be opened any more; files that are open go on, and hold the module */
void cdev_del(struct cdev *cdev)
{
	struct kobject *parent;

	mutex_lock(&chrdevs_lock);
	list_del_init(&cdev->list);
	mutex_unlock(&chrdevs_lock);
	parent = cdev->parent;
	if (cdev->allocated)
		kfree(cdev);
	kobject_put(parent);		/* whose release may free the cdev */
}
EXPORT_SYMBOL(cdev_del);

/*
 * cdev_set_parent - before cdev_add(): what is to be held as long as the cdev, or a file of it, is
 * in use
 */
void cdev_set_parent(struct cdev *p, struct kobject *kobj)
{
	WARN_ON(!kobj->state_initialized);
	p->parent = kobj;
}
EXPORT_SYMBOL(cdev_set_parent);

/*
 * The driver's operations for a device node, with its module held, and the cdev's parent in *hold.
 */
static const struct file_operations *find_fops(struct inode *inode, struct kobject **hold)
{
	const struct file_operations *fops = ERR_PTR(-ENXIO);
	struct cdev *cdev;

	mutex_lock(&chrdevs_lock);
	list_for_each_entry(cdev, &cdevs, list) {
		if (inode->i_rdev < cdev->dev || inode->i_rdev - cdev->dev >= cdev->count)
			continue;
		fops = fops_get(cdev->ops);
		if (fops) {
			inode->i_cdev = cdev;
			*hold = kobject_get(cdev->parent);
		} else {
			fops = ERR_PTR(-ENXIO);
		}
		break;
	}
	mutex_unlock(&chrdevs_lock);
	return fops;
}

static int chrdev_open(struct inode *inode, struct file *filp)
{
	const struct file_operations *fops = find_fops(inode, &filp->f_hold);

	if (IS_ERR(fops))
		return PTR_ERR(fops);
	replace_fops(filp, fops);
	return fops->open ? fops->open(inode, filp) : 0;
}

/* What a character device node has until it is opened. */
const struct file_operations def_chr_fops = {
	.open	= chrdev_open,
	.llseek	= noop_llseek,
};

/* -- Both steps in one ------------------------------------------------------------------------- */

/**
 * __register_chrdev - register_chrdev_region() and cdev_add() in one
 * @major: 0 chooses one
 * @baseminor: first minor
 * @count: how many
 * @name: shown in /proc/devices
 * @fops: operations
 *
 * Context: process, may sleep.
 * Return: 0, or the major when it was chosen; -EBUSY, -EINVAL, -ENOMEM.
 */
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops)
{
	struct cdev *cdev = cdev_alloc();
	struct region *r;
	int chosen;

	if (!cdev)
		return -ENOMEM;
	cdev->owner = fops->owner;
	cdev->ops = fops;
	mutex_lock(&chrdevs_lock);
	r = add_region(major, baseminor, count, name);
	if (IS_ERR(r)) {
		mutex_unlock(&chrdevs_lock);
		kfree(cdev);
		return PTR_ERR(r);
	}
	r->cdev = cdev;
	chosen = major ? 0 : (int)r->major;
	cdev->dev = MKDEV(r->major, r->minor);
	cdev->count = count;
	list_add(&cdev->list, &cdevs);
	mutex_unlock(&chrdevs_lock);
	return chosen;
}
EXPORT_SYMBOL(__register_chrdev);

void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name)
{
	struct region *r;

	mutex_lock(&chrdevs_lock);
	r = take_region(major, baseminor, count);
	mutex_unlock(&chrdevs_lock);
	if (WARN(!r, "unregister_chrdev: %s does not have major %u\n", name, major))
		return;
	if (r->cdev)
		cdev_del(r->cdev);
	kfree(r);
}
EXPORT_SYMBOL(__unregister_chrdev);

/* -- /proc/devices ----------------------------------------------------------------------------- */

static int devices_show(struct seq_file *m, void *v)
{
	struct region *r;

	seq_puts(m, "Character devices:\n");
	mutex_lock(&chrdevs_lock);
	list_for_each_entry(r, &regions, list)
		seq_printf(m, "%3u %s\n", r->major, r->name);
	mutex_unlock(&chrdevs_lock);
	seq_puts(m, "\nBlock devices:\n");
	return 0;
}

static int __init devices_proc_init(void)
{
	proc_create_single("devices", 0, NULL, devices_show);
	return 0;
}
fs_initcall(devices_proc_init);
