/* SPDX-License-Identifier: MIT */
/*
 * Who uses which I/O ports and bus addresses.
 *
 * Two trees of ranges, kept sorted among siblings; a range lies inside its parent. A
 * driver claims a leaf, which is marked busy; nobody else can claim it then. Shown in
 * /proc/ioports and /proc/iomem.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/memblock.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm/sections.h>
#include <asm/page.h>

struct resource ioport_resource = {
	.name	= "PCI IO",
	.end	= 0xffff,
	.flags	= IORESOURCE_IO,
};
EXPORT_SYMBOL(ioport_resource);

struct resource iomem_resource = {
	.name	= "PCI mem",
	.end	= ~(resource_size_t)0,
	.flags	= IORESOURCE_MEM,
};
EXPORT_SYMBOL(iomem_resource);

static DEFINE_RWLOCK(resource_lock);	/* guards the links of both trees */

/* Link @res under @root, or return what is in the way. Lock held for writing. */
static struct resource *link_resource(struct resource *root, struct resource *res)
{
	struct resource **p = &root->child, *next;

	if (res->end < res->start || res->start < root->start || res->end > root->end)
		return root;
	for (;; p = &next->sibling) {
		next = *p;
		if (!next || next->start > res->end) {
			res->sibling = next;
			res->parent = root;
			*p = res;
			return NULL;
		}
		if (next->end >= res->start)
			return next;
	}
}

/**
 * request_resource_conflict - claim a range
 * @root: where
 * @res: the range; linked into the tree
 *
 * Context: any but hard interrupts. Return: NULL when it is ours; else who has it, or
 * @root when the range does not lie in it.
 */
struct resource *request_resource_conflict(struct resource *root, struct resource *res)
{
	struct resource *conflict;

	write_lock(&resource_lock);
	conflict = link_resource(root, res);
	write_unlock(&resource_lock);
	return conflict;
}
EXPORT_SYMBOL(request_resource_conflict);

/* request_resource - request_resource_conflict() with -EBUSY for a conflict */
int request_resource(struct resource *root, struct resource *res)
{
	return request_resource_conflict(root, res) ? -EBUSY : 0;
}
EXPORT_SYMBOL(request_resource);

/**
 * insert_resource - put a range into the tree, over the smaller ones that it covers
 * @parent: the tree
 * @res: the range
 *
 * Return: 0; -EBUSY when it overlaps another only in part.
 */
int insert_resource(struct resource *parent, struct resource *res)
{
	struct resource *conflict, *last;

	write_lock(&resource_lock);
	for (;; parent = conflict) {
		conflict = link_resource(parent, res);
		if (!conflict) {
			write_unlock(&resource_lock);
			return 0;
		}
		if (conflict == parent || conflict == res)
			goto busy;
		if (conflict->start > res->start || conflict->end < res->end)
			break;
	}
	/* All in the way must be inside; they become our children. */
	for (last = conflict; ; last = last->sibling) {
		if (last->start < res->start || last->end > res->end)
			goto busy;
		if (!last->sibling || last->sibling->start > res->end)
			break;
	}
	res->parent = parent;
	res->sibling = last->sibling;
	res->child = conflict;
	last->sibling = NULL;
	if (parent->child == conflict) {
		parent->child = res;
	} else {
		struct resource *prev = parent->child;

		while (prev->sibling != conflict)
			prev = prev->sibling;
		prev->sibling = res;
	}
	for (; conflict; conflict = conflict->sibling)
		conflict->parent = res;
	write_unlock(&resource_lock);
	return 0;

busy:
	write_unlock(&resource_lock);
	return -EBUSY;
}
EXPORT_SYMBOL(insert_resource);

static int unlink_resource(struct resource *old)
{
	struct resource **p;

	if (!old->parent)
		return -EINVAL;
	for (p = &old->parent->child; *p; p = &(*p)->sibling) {
		if (*p == old) {
			*p = old->sibling;
			old->parent = NULL;
			return 0;
		}
	}
	return -EINVAL;
}

/* release_resource - undo request_resource(). Return: 0; -EINVAL when it is not in a tree. */
int release_resource(struct resource *old)
{
	int err;

	write_lock(&resource_lock);
	err = unlink_resource(old);
	write_unlock(&resource_lock);
	return err;
}
EXPORT_SYMBOL(release_resource);

/**
 * __request_region - claim a range for a driver
 * @parent: ioport_resource or iomem_resource
 * @start: first
 * @n: how many
 * @name: shown in /proc; must outlive the claim
 * @flags: added to the range's
 *
 * Goes down through ranges that are there but nobody's own, as a bridge's window or a
 * device's BAR.
 *
 * Context: process, may sleep. Return: the claim; NULL when somebody has it, or no memory.
 */
struct resource *__request_region(struct resource *parent, resource_size_t start,
				  resource_size_t n, const char *name, int flags)
{
	struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL), *conflict;

	if (!res)
		return NULL;
	res->name = name;
	res->start = start;
	res->end = start + n - 1;
	res->flags = resource_type(parent) | IORESOURCE_BUSY | (unsigned int)flags;

	write_lock(&resource_lock);
	while ((conflict = link_resource(parent, res)) != NULL) {
		if (conflict == parent || (conflict->flags & IORESOURCE_BUSY)) {
			write_unlock(&resource_lock);
			kfree(res);
			return NULL;
		}
		parent = conflict;
	}
	write_unlock(&resource_lock);
	return res;
}
EXPORT_SYMBOL(__request_region);

/* __release_region - undo __request_region(); same range, else it is reported */
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	resource_size_t end = start + n - 1;
	struct resource *res;

	write_lock(&resource_lock);
	for (res = parent->child; res; ) {
		if (res->start > start || res->end < end) {
			res = res->sibling;
		} else if (!(res->flags & IORESOURCE_BUSY)) {
			res = res->child;
		} else {
			break;
		}
	}
	if (res && res->start == start && res->end == end)
		unlink_resource(res);
	else
		res = NULL;
	write_unlock(&resource_lock);
	WARN(!res, "release of [%#llx-%#llx], which nobody has\n", start, end);
	kfree(res);
}
EXPORT_SYMBOL(__release_region);

/* -- /proc/ioports, /proc/iomem ---------------------------------------------------------------- */

static struct resource *next_resource(struct resource *p, struct resource *root)
{
	if (p->child)
		return p->child;
	while (!p->sibling && p != root)
		p = p->parent;
	return p == root ? NULL : p->sibling;
}

static void *r_start(struct seq_file *m, loff_t *pos)
{
	struct resource *root = m->private, *p;
	loff_t l = 0;

	read_lock(&resource_lock);
	for (p = root->child; p && l < *pos; p = next_resource(p, root))
		l++;
	return p;
}

static void *r_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return next_resource(v, m->private);
}

static void r_stop(struct seq_file *m, void *v)
{
	read_unlock(&resource_lock);
}

static int r_show(struct seq_file *m, void *v)
{
	struct resource *root = m->private, *r = v, *p;
	int width = root->end < 0x10000 ? 4 : 8, depth = 0;

	for (p = r->parent; p && p != root && depth < 5; p = p->parent)
		depth++;
	seq_printf(m, "%*s%0*llx-%0*llx : %s\n", depth * 2, "", width, r->start, width, r->end,
		   r->name ? r->name : "<BAD>");
	return 0;
}

static const struct seq_operations resource_ops = {
	.start	= r_start,
	.next	= r_next,
	.stop	= r_stop,
	.show	= r_show,
};

static int resource_open(struct inode *inode, struct file *file)
{
	int err = seq_open(file, &resource_ops);

	if (!err)
		((struct seq_file *)file->private_data)->private = pde_data(inode);
	return err;
}

static const struct proc_ops resource_proc_ops = {
	.proc_open	= resource_open,
	.proc_read	= seq_read,
	.proc_lseek	= seq_lseek,
	.proc_release	= seq_release,
};

static int __init resource_proc_init(void)
{
	proc_create_data("ioports", 0, NULL, &resource_proc_ops, &ioport_resource);
	proc_create_data("iomem", 0, NULL, &resource_proc_ops, &iomem_resource);
	return 0;
}
fs_initcall(resource_proc_init);

/* RAM, and the image in it. Before any driver looks for a hole between them. */
static int __init ram_resources(void)
{
	static struct resource image[] = {
		{ .name = "Kernel code" }, { .name = "Kernel data" },
	};
	struct memblock_region *r;
	unsigned int i;

	for_each_mem_region(r) {
		struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL);

		if (!res)
			return -ENOMEM;
		res->name = "System RAM";
		res->start = r->base;
		res->end = r->base + r->size - 1;
		res->flags = IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
		if (insert_resource(&iomem_resource, res))
			kfree(res);
	}
	image[0].start = __pa(_stext);
	image[0].end = __pa(_etext) - 1;
	image[1].start = __pa(_sdata);
	image[1].end = __pa(_end) - 1;
	for (i = 0; i < 2; i++) {
		image[i].flags = IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
		insert_resource(&iomem_resource, &image[i]);
	}
	return 0;
}
core_initcall(ram_resources);
