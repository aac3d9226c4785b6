/* SPDX-License-Identifier: MIT */
/*
 * Domains: a controller's own numbers (hwirq) mapped to line numbers, and the stacking of
 * controllers (MSI on a vector domain, I/O APIC on the same).
 */
#ifndef _LINUX_IRQDOMAIN_H
#define _LINUX_IRQDOMAIN_H

#include <linux/types.h>
#include <linux/irqhandler.h>
#include <linux/spinlock_types.h>
#include <linux/fwnode.h>
#include <linux/irq.h>

struct device;
struct device_node;
struct irq_desc;
struct irq_chip;
struct irq_data;
struct irq_affinity_desc;
struct seq_file;
struct of_device_id;

#define IRQ_DOMAIN_IRQ_SPEC_PARAMS	16

/**
 * struct irq_fwspec - how firmware names a line
 * @fwnode: the controller
 * @param_count: used words of @param
 * @param: number, trigger, ... as the controller's domain reads them
 */
struct irq_fwspec {
	struct fwnode_handle	*fwnode;
	int			param_count;
	u32			param[IRQ_DOMAIN_IRQ_SPEC_PARAMS];
};

/* Tells domains of one fwnode apart. */
enum irq_domain_bus_token {
	DOMAIN_BUS_ANY		= 0,
	DOMAIN_BUS_WIRED,
	DOMAIN_BUS_GENERIC_MSI,
	DOMAIN_BUS_PCI_MSI,
	DOMAIN_BUS_PLATFORM_MSI,
	DOMAIN_BUS_NEXUS,
	DOMAIN_BUS_IPI,
	DOMAIN_BUS_FSL_MC_MSI,
	DOMAIN_BUS_TI_SCI_INTA_MSI,
	DOMAIN_BUS_WAKEUP,
	DOMAIN_BUS_VMD_MSI,
};

/**
 * struct irq_domain_ops - what a domain's owner does
 * @match: is this domain @node's?
 * @select: is it the one that @fwspec means?
 * @map: a line was mapped: set its chip and flow handler
 * @unmap: undo that
 * @xlate: read a device-tree specifier
 * @alloc: hierarchy: give @nr_irqs lines from @virq their hwirq, chip and flow handler
 * @free: undo that
 * @activate: hierarchy: program the hardware, just before a line opens. With @reserve a
 *	place-holder will do
 * @deactivate: undo that
 * @translate: read a firmware specifier
 */
struct irq_domain_ops {
	int (*match)(struct irq_domain *d, struct device_node *node,
		     enum irq_domain_bus_token bus_token);
	int (*select)(struct irq_domain *d, struct irq_fwspec *fwspec,
		      enum irq_domain_bus_token bus_token);
	int (*map)(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw);
	void (*unmap)(struct irq_domain *d, unsigned int virq);
	int (*xlate)(struct irq_domain *d, struct device_node *node, const u32 *intspec,
		     unsigned int intsize, unsigned long *out_hwirq, unsigned int *out_type);
	int (*alloc)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs, void *arg);
	void (*free)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs);
	int (*activate)(struct irq_domain *d, struct irq_data *irqd, bool reserve);
	void (*deactivate)(struct irq_domain *d, struct irq_data *irq_data);
	int (*translate)(struct irq_domain *d, struct irq_fwspec *fwspec,
			 unsigned long *out_hwirq, unsigned int *out_type);
	void (*debug_show)(struct seq_file *m, struct irq_domain *d, struct irq_data *irqd,
			   int ind);
};

#define IRQ_DOMAIN_TREE_BUCKETS	32

/**
 * struct irq_domain - one controller's numbers
 * @link: all domains
 * @name: for messages
 * @ops: fixed
 * @host_data: the owner's
 * @flags: IRQ_DOMAIN_*
 * @mapcount: lines mapped, under the domain mutex
 * @fwnode: whose it is
 * @bus_token: which of several
 * @dev: the device, or NULL
 * @parent: next domain towards the CPU, or NULL
 * @hwirq_max: numbers end below this
 * @revmap_size: numbers below this are looked up in @revmap, others in @revmap_tree
 * @revmap_lock: guards @revmap_tree, and writes to @revmap, which is read without
 * @revmap_tree: hash of the mapped numbers from @revmap_size on
 * @revmap: hwirq to irq_data
 */
struct irq_domain {
	struct list_head		link;
	const char			*name;
	const struct irq_domain_ops	*ops;
	void				*host_data;
	unsigned int			flags;
	unsigned int			mapcount;
	struct fwnode_handle		*fwnode;
	enum irq_domain_bus_token	bus_token;
	struct device			*dev;
	struct irq_domain		*parent;
	irq_hw_number_t			hwirq_max;
	unsigned int			revmap_size;
	raw_spinlock_t			revmap_lock;
	struct hlist_head		revmap_tree[IRQ_DOMAIN_TREE_BUCKETS];
	struct irq_data			*revmap[];
};

enum {
	IRQ_DOMAIN_FLAG_HIERARCHY	= (1 << 0),	/* set by the core: has a parent or alloc */
	IRQ_DOMAIN_NAME_ALLOCATED	= (1 << 1),	/* @name is freed with the domain */
	IRQ_DOMAIN_FLAG_IPI_PER_CPU	= (1 << 2),
	IRQ_DOMAIN_FLAG_IPI_SINGLE	= (1 << 3),
	IRQ_DOMAIN_FLAG_MSI		= (1 << 4),
	IRQ_DOMAIN_FLAG_MSI_REMAP	= (1 << 5),
	IRQ_DOMAIN_MSI_NOMASK_QUIRK	= (1 << 6),
	IRQ_DOMAIN_FLAG_NO_MAP		= (1 << 7),
	IRQ_DOMAIN_FLAG_NONCORE		= (1 << 16),
};

/* -- Naming ------------------------------------------------------------------------------- */

struct fwnode_handle *__irq_domain_alloc_fwnode(unsigned int type, int id, const char *name,
						phys_addr_t *pa);
void irq_domain_free_fwnode(struct fwnode_handle *fwnode);
bool is_fwnode_irqchip(struct fwnode_handle *fwnode);

enum {
	IRQCHIP_FWNODE_REAL,
	IRQCHIP_FWNODE_NAMED,
	IRQCHIP_FWNODE_NAMED_ID,
};

static inline struct fwnode_handle *irq_domain_alloc_named_fwnode(const char *name)
{
	return __irq_domain_alloc_fwnode(IRQCHIP_FWNODE_NAMED, 0, name, NULL);
}

static inline struct fwnode_handle *irq_domain_alloc_named_id_fwnode(const char *name, int id)
{
	return __irq_domain_alloc_fwnode(IRQCHIP_FWNODE_NAMED_ID, id, name, NULL);
}

static inline struct fwnode_handle *irq_domain_alloc_fwnode(phys_addr_t *pa)
{
	return __irq_domain_alloc_fwnode(IRQCHIP_FWNODE_REAL, 0, NULL, pa);
}

/* -- Making domains ------------------------------------------------------------------------- */

struct irq_domain *__irq_domain_add(struct fwnode_handle *fwnode, unsigned int size,
				    irq_hw_number_t hwirq_max, int direct_max,
				    const struct irq_domain_ops *ops, void *host_data);
struct irq_domain *irq_domain_create_simple(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq,
					    const struct irq_domain_ops *ops, void *host_data);
struct irq_domain *irq_domain_create_legacy(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq, irq_hw_number_t first_hwirq,
					    const struct irq_domain_ops *ops, void *host_data);
struct irq_domain *irq_domain_create_hierarchy(struct irq_domain *parent, unsigned int flags,
					       unsigned int size, struct fwnode_handle *fwnode,
					       const struct irq_domain_ops *ops, void *host_data);
void irq_domain_remove(struct irq_domain *domain);
void irq_domain_update_bus_token(struct irq_domain *domain, enum irq_domain_bus_token bus_token);
struct irq_domain *irq_find_matching_fwspec(struct irq_fwspec *fwspec,
					    enum irq_domain_bus_token bus_token);
void irq_set_default_host(struct irq_domain *domain);
struct irq_domain *irq_get_default_host(void);
extern const struct irq_domain_ops irq_domain_simple_ops;

static inline struct irq_domain *irq_domain_create_linear(struct fwnode_handle *fwnode,
							  unsigned int size,
							  const struct irq_domain_ops *ops,
							  void *host_data)
{
	return __irq_domain_add(fwnode, size, size, 0, ops, host_data);
}

static inline struct irq_domain *irq_domain_create_tree(struct fwnode_handle *fwnode,
							const struct irq_domain_ops *ops,
							void *host_data)
{
	return __irq_domain_add(fwnode, 0, ~0UL, 0, ops, host_data);
}

/* There is no device tree here: a device_node is never anything but NULL. */
static inline struct fwnode_handle *of_node_to_fwnode(struct device_node *node)
{
	return NULL;
}

static inline struct irq_domain *irq_domain_add_linear(struct device_node *of_node,
						       unsigned int size,
						       const struct irq_domain_ops *ops,
						       void *host_data)
{
	return irq_domain_create_linear(of_node_to_fwnode(of_node), size, ops, host_data);
}

static inline struct irq_domain *irq_domain_add_tree(struct device_node *of_node,
						     const struct irq_domain_ops *ops,
						     void *host_data)
{
	return irq_domain_create_tree(of_node_to_fwnode(of_node), ops, host_data);
}

static inline struct irq_domain *irq_domain_add_simple(struct device_node *of_node,
						       unsigned int size, unsigned int first_irq,
						       const struct irq_domain_ops *ops,
						       void *host_data)
{
	return irq_domain_create_simple(of_node_to_fwnode(of_node), size, first_irq, ops,
					host_data);
}

static inline struct irq_domain *irq_domain_add_legacy(struct device_node *of_node,
						       unsigned int size, unsigned int first_irq,
						       irq_hw_number_t first_hwirq,
						       const struct irq_domain_ops *ops,
						       void *host_data)
{
	return irq_domain_create_legacy(of_node_to_fwnode(of_node), size, first_irq, first_hwirq,
					ops, host_data);
}

static inline struct irq_domain *irq_domain_add_hierarchy(struct irq_domain *parent,
							  unsigned int flags, unsigned int size,
							  struct device_node *node,
							  const struct irq_domain_ops *ops,
							  void *host_data)
{
	return irq_domain_create_hierarchy(parent, flags, size, of_node_to_fwnode(node), ops,
					   host_data);
}

static inline struct irq_domain *irq_find_matching_fwnode(struct fwnode_handle *fwnode,
							  enum irq_domain_bus_token bus_token)
{
	struct irq_fwspec fwspec = { .fwnode = fwnode };

	return irq_find_matching_fwspec(&fwspec, bus_token);
}

/* -- Mapping ------------------------------------------------------------------------------- */

unsigned int irq_create_mapping_affinity(struct irq_domain *host, irq_hw_number_t hwirq,
					 const struct irq_affinity_desc *affinity);
unsigned int irq_create_fwspec_mapping(struct irq_fwspec *fwspec);
void irq_dispose_mapping(unsigned int virq);
int irq_domain_associate(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq);
void irq_domain_associate_many(struct irq_domain *domain, unsigned int irq_base,
			       irq_hw_number_t hwirq_base, int count);
struct irq_desc *__irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
				       unsigned int *irq);
int irq_domain_xlate_onecell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, unsigned long *out_hwirq,
			     unsigned int *out_type);
int irq_domain_xlate_twocell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, unsigned long *out_hwirq,
			     unsigned int *out_type);
int irq_domain_translate_onecell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type);
int irq_domain_translate_twocell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type);

/** irq_create_mapping - the line of @hwirq, made if there is none; 0 when that failed */
static inline unsigned int irq_create_mapping(struct irq_domain *host, irq_hw_number_t hwirq)
{
	return irq_create_mapping_affinity(host, hwirq, NULL);
}

static inline struct irq_desc *irq_resolve_mapping(struct irq_domain *domain,
						   irq_hw_number_t hwirq)
{
	return __irq_resolve_mapping(domain, hwirq, NULL);
}

/** irq_find_mapping - the line of @hwirq, or 0 */
static inline unsigned int irq_find_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	unsigned int irq;

	return __irq_resolve_mapping(domain, hwirq, &irq) ? irq : 0;
}

static inline unsigned int irq_linear_revmap(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return irq_find_mapping(domain, hwirq);
}

/* -- Hierarchy ------------------------------------------------------------------------------ */

struct irq_data *irq_domain_get_irq_data(struct irq_domain *domain, unsigned int virq);
void irq_domain_set_info(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
			 const struct irq_chip *chip, void *chip_data, irq_flow_handler_t handler,
			 void *handler_data, const char *handler_name);
void irq_domain_reset_irq_data(struct irq_data *irq_data);
int irq_domain_set_hwirq_and_chip(struct irq_domain *domain, unsigned int virq,
				  irq_hw_number_t hwirq, const struct irq_chip *chip,
				  void *chip_data);
int __irq_domain_alloc_irqs(struct irq_domain *domain, int irq_base, unsigned int nr_irqs,
			    int node, void *arg, bool realloc,
			    const struct irq_affinity_desc *affinity);
void irq_domain_free_irqs(unsigned int virq, unsigned int nr_irqs);
int irq_domain_activate_irq(struct irq_data *irq_data, bool early);
void irq_domain_deactivate_irq(struct irq_data *irq_data);
void irq_domain_free_irqs_common(struct irq_domain *domain, unsigned int virq,
				 unsigned int nr_irqs);
void irq_domain_free_irqs_top(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs);
int irq_domain_alloc_irqs_hierarchy(struct irq_domain *domain, unsigned int irq_base,
				    unsigned int nr_irqs, void *arg);
int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs, void *arg);
void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs);

static inline int irq_domain_alloc_irqs(struct irq_domain *domain, unsigned int nr_irqs, int node,
					void *arg)
{
	return __irq_domain_alloc_irqs(domain, -1, nr_irqs, node, arg, false, NULL);
}

static inline bool irq_domain_is_hierarchy(struct irq_domain *domain)
{
	return domain->flags & IRQ_DOMAIN_FLAG_HIERARCHY;
}

static inline bool irq_domain_is_msi(struct irq_domain *domain)
{
	return domain->flags & IRQ_DOMAIN_FLAG_MSI;
}

static inline const char *irq_domain_name(struct irq_domain *domain)
{
	return domain->name;
}

#endif
