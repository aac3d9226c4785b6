/* SPDX-License-Identifier: MIT */
/*
 * PCI: devices found by a scan at boot, drivers that match them by numbers, and access to
 * configuration space, BARs and interrupts.
 */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/mod_devicetable.h>
#include <linux/types.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/list.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/device.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/dma-mapping.h>
#include <linux/pci_ids.h>
#include <linux/pci_regs.h>

struct pci_bus;
struct pci_dev;
struct pci_driver;
struct module;

#define PCI_DEVFN(slot, func)	((((slot) & 0x1f) << 3) | ((func) & 0x07))
#define PCI_SLOT(devfn)		(((devfn) >> 3) & 0x1f)
#define PCI_FUNC(devfn)		((devfn) & 0x07)
#define PCI_DEVID(bus, devfn)	((((u16)(bus)) << 8) | (devfn))
#define PCI_BUS_NUM(x)		(((x) >> 8) & 0xff)

/* resource[]: the BARs, the ROM, the windows of a bridge */
enum {
	PCI_STD_RESOURCES,
	PCI_STD_RESOURCE_END = PCI_STD_RESOURCES + PCI_STD_NUM_BARS - 1,
	PCI_ROM_RESOURCE,
	PCI_BRIDGE_RESOURCES,
	PCI_BRIDGE_RESOURCE_END = PCI_BRIDGE_RESOURCES + 2,
	PCI_NUM_RESOURCES,
	DEVICE_COUNT_RESOURCE = PCI_NUM_RESOURCES,
};

typedef int pci_power_t;
#define PCI_D0		((pci_power_t)0)
#define PCI_D1		((pci_power_t)1)
#define PCI_D2		((pci_power_t)2)
#define PCI_D3hot	((pci_power_t)3)
#define PCI_D3cold	((pci_power_t)4)

#define PCIBIOS_SUCCESSFUL		0x00
#define PCIBIOS_FUNC_NOT_SUPPORTED	0x81
#define PCIBIOS_BAD_VENDOR_ID		0x83
#define PCIBIOS_DEVICE_NOT_FOUND	0x86
#define PCIBIOS_BAD_REGISTER_NUMBER	0x87
#define PCIBIOS_SET_FAILED		0x88

/**
 * struct pci_ops - how configuration space is reached
 * @read: @size 1, 2 or 4 bytes, aligned; all ones when nothing answers
 * @write: the same
 *
 * Called with interrupts off, one at a time. Return: PCIBIOS_*.
 */
struct pci_ops {
	int (*read)(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *val);
	int (*write)(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 val);
};

/**
 * struct pci_bus - one bus
 * @node: in pci_root_buses or the parent's @children
 * @parent: bus on the other side of the bridge, NULL for a root bus
 * @children: buses behind bridges of this one
 * @devices: by pci_dev.bus_list
 * @self: the bridge to it, NULL for a root bus
 * @ops: configuration access
 * @number: of the bus
 * @primary: number of @parent
 * @domain_nr: segment
 * @busn_last: highest number behind it
 *
 * All fixed after the scan.
 */
struct pci_bus {
	struct list_head	node;
	struct pci_bus		*parent;
	struct list_head	children;
	struct list_head	devices;
	struct pci_dev		*self;
	const struct pci_ops	*ops;
	unsigned char		number;
	unsigned char		primary;
	int			domain_nr;
	unsigned char		busn_last;
};

/**
 * struct pci_dev - one function
 * @bus_list: in bus->devices
 * @bus: it is on
 * @subordinate: bus behind it, if it is a bridge
 * @devfn: PCI_DEVFN()
 * @vendor: numbers from its header, up to @hdr_type; fixed
 * @pin: its interrupt pin, 1 is A; 0 none
 * @pcie_cap: where its capabilities are in configuration space; 0 none
 * @driver: attached; the bus lock guards it
 * @dma_mask: default of device.dma_mask
 * @irq: its line: INTx, or the first MSI; 0 none
 * @cfg_size: bytes of configuration space
 * @resource: BARs, ROM, windows
 * @enable_cnt: pci_enable_device() calls not undone
 * @dev: the device in general; its driver_data is pci_get_drvdata()'s
 *
 * The bits and @msi_list are the driver's own to change, by the calls below, one at a time.
 */
struct pci_dev {
	struct list_head	bus_list;
	struct pci_bus		*bus;
	struct pci_bus		*subordinate;
	unsigned int		devfn;
	unsigned short		vendor;
	unsigned short		device;
	unsigned short		subsystem_vendor;
	unsigned short		subsystem_device;
	unsigned int		class;		/* base class, class, interface */
	u8			revision;
	u8			hdr_type;
	u8			pin;
	u8			pcie_cap;
	u8			msi_cap;
	u8			msix_cap;
	u8			pm_cap;
	pci_power_t		current_state;
	struct pci_driver	*driver;
	u64			dma_mask;
	unsigned int		irq;
	int			cfg_size;
	struct resource		resource[DEVICE_COUNT_RESOURCE];
	atomic_t		enable_cnt;

	unsigned int		multifunction:1;
	unsigned int		is_busmaster:1;
	unsigned int		is_managed:1;
	unsigned int		no_msi:1;
	unsigned int		msi_enabled:1;
	unsigned int		msix_enabled:1;
	unsigned int		irq_mapped:1;	/* @irq is where INTx arrives */
	unsigned int		intx_line;	/* that line, while @irq is an MSI */
	struct list_head	msi_list;	/* of struct msi_desc, by index */
	void __iomem		*msix_base;	/* MSI-X table while enabled */

	struct device		dev;
};

#define to_pci_dev(n)		container_of(n, struct pci_dev, dev)
#define dev_is_pci(d)		((d)->bus == &pci_bus_type)
#define pci_name(pdev)		dev_name(&(pdev)->dev)
#define pci_is_pcie(pdev)	((pdev)->pcie_cap != 0)
#define pci_is_root_bus(pbus)	(!(pbus)->parent)
#define pci_domain_nr(pbus)	((pbus)->domain_nr)
#define pci_dev_id(pdev)	PCI_DEVID((pdev)->bus->number, (pdev)->devfn)
#define pci_channel_offline(pdev) false

extern struct bus_type pci_bus_type;
extern struct list_head pci_root_buses;		/* fixed after the scan */

/* -- Drivers --------------------------------------------------------------------------------- */

/**
 * struct pci_driver - a driver of PCI devices
 * @name: of the driver
 * @id_table: what it drives, up to a zeroed entry
 * @probe: take a device; 0 or negative errno
 * @remove: give it back
 * @shutdown: make it quiet
 * @driver: filled in by the registration
 */
struct pci_driver {
	const char			*name;
	const struct pci_device_id	*id_table;
	int				(*probe)(struct pci_dev *dev, const struct pci_device_id *id);
	void				(*remove)(struct pci_dev *dev);
	int				(*suspend)(struct pci_dev *dev, int state);
	int				(*resume)(struct pci_dev *dev);
	void				(*shutdown)(struct pci_dev *dev);
	struct device_driver		driver;
};

#define to_pci_driver(drv)	container_of(drv, struct pci_driver, driver)
#define pci_dev_driver(pdev)	((pdev)->driver)

int __must_check __pci_register_driver(struct pci_driver *drv, struct module *owner,
				       const char *mod_name);
#define pci_register_driver(driver) __pci_register_driver(driver, THIS_MODULE, KBUILD_MODNAME)
void pci_unregister_driver(struct pci_driver *drv);
const struct pci_device_id *pci_match_id(const struct pci_device_id *ids, struct pci_dev *dev);

#define module_pci_driver(__pci_driver) \
	module_driver(__pci_driver, pci_register_driver, pci_unregister_driver)
#define builtin_pci_driver(__pci_driver) \
	builtin_driver(__pci_driver, pci_register_driver)

#define PCI_DEVICE(vend, dev) \
	.vendor = (vend), .device = (dev), .subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
#define PCI_DEVICE_SUB(vend, dev, subvend, subdev) \
	.vendor = (vend), .device = (dev), .subvendor = (subvend), .subdevice = (subdev)
#define PCI_DEVICE_CLASS(dev_class, dev_class_mask)			\
	.class = (dev_class), .class_mask = (dev_class_mask),		\
	.vendor = PCI_ANY_ID, .device = PCI_ANY_ID,			\
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID
#define PCI_VDEVICE(vend, dev)						\
	.vendor = PCI_VENDOR_ID_##vend, .device = (dev),		\
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID, 0, 0
#define PCI_DEVICE_DATA(vend, dev, data)				\
	.vendor = PCI_VENDOR_ID_##vend, .device = PCI_DEVICE_ID_##vend##_##dev, \
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID, 0, 0,		\
	.driver_data = (kernel_ulong_t)(data)
#define DEFINE_PCI_DEVICE_TABLE(_table) const struct pci_device_id _table[]

static inline void *pci_get_drvdata(struct pci_dev *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void pci_set_drvdata(struct pci_dev *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

/* -- Configuration space --------------------------------------------------------------------- */

int pci_bus_read_config_byte(struct pci_bus *bus, unsigned int devfn, int where, u8 *val);
int pci_bus_read_config_word(struct pci_bus *bus, unsigned int devfn, int where, u16 *val);
int pci_bus_read_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 *val);
int pci_bus_write_config_byte(struct pci_bus *bus, unsigned int devfn, int where, u8 val);
int pci_bus_write_config_word(struct pci_bus *bus, unsigned int devfn, int where, u16 val);
int pci_bus_write_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 val);
int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val);
int pci_read_config_word(const struct pci_dev *dev, int where, u16 *val);
int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val);
int pci_write_config_byte(const struct pci_dev *dev, int where, u8 val);
int pci_write_config_word(const struct pci_dev *dev, int where, u16 val);
int pci_write_config_dword(const struct pci_dev *dev, int where, u32 val);

u8 pci_find_capability(struct pci_dev *dev, int cap);
u8 pci_find_next_capability(struct pci_dev *dev, u8 pos, int cap);
u16 pci_find_ext_capability(struct pci_dev *dev, int cap);

/* -- Finding devices --------------------------------------------------------------------------- */

struct pci_dev *pci_get_device(unsigned int vendor, unsigned int device, struct pci_dev *from);
struct pci_dev *pci_get_subsys(unsigned int vendor, unsigned int device, unsigned int ss_vendor,
			       unsigned int ss_device, struct pci_dev *from);
struct pci_dev *pci_get_class(unsigned int class, struct pci_dev *from);
struct pci_dev *pci_get_slot(struct pci_bus *bus, unsigned int devfn);
struct pci_dev *pci_get_domain_bus_and_slot(int domain, unsigned int bus, unsigned int devfn);
struct pci_bus *pci_find_bus(int domain, int busnr);
int pci_dev_present(const struct pci_device_id *ids);

static inline struct pci_dev *pci_dev_get(struct pci_dev *dev)
{
	if (dev)
		get_device(&dev->dev);
	return dev;
}

static inline void pci_dev_put(struct pci_dev *dev)
{
	if (dev)
		put_device(&dev->dev);
}

#define for_each_pci_dev(d) while ((d = pci_get_device(PCI_ANY_ID, PCI_ANY_ID, d)) != NULL)

/* -- Switching on and off ------------------------------------------------------------------------ */

int __must_check pci_enable_device(struct pci_dev *dev);
int __must_check pci_enable_device_mem(struct pci_dev *dev);
int __must_check pci_enable_device_io(struct pci_dev *dev);
int __must_check pcim_enable_device(struct pci_dev *pdev);
void pci_disable_device(struct pci_dev *dev);
void pci_set_master(struct pci_dev *dev);
void pci_clear_master(struct pci_dev *dev);
int pci_try_set_mwi(struct pci_dev *dev);
void pci_clear_mwi(struct pci_dev *dev);
void pci_intx(struct pci_dev *dev, int enable);
bool pci_check_and_mask_intx(struct pci_dev *dev);
bool pci_check_and_unmask_intx(struct pci_dev *dev);
int pci_set_power_state(struct pci_dev *dev, pci_power_t state);
int pci_save_state(struct pci_dev *dev);
void pci_restore_state(struct pci_dev *dev);

static inline bool pci_is_enabled(struct pci_dev *pdev)
{
	return atomic_read(&pdev->enable_cnt) > 0;
}

static inline int pci_set_dma_mask(struct pci_dev *dev, u64 mask)
{
	return dma_set_mask(&dev->dev, mask);
}

static inline int pci_set_consistent_dma_mask(struct pci_dev *dev, u64 mask)
{
	return dma_set_coherent_mask(&dev->dev, mask);
}

/* -- Address ranges --------------------------------------------------------------------------------- */

#define pci_resource_start(dev, bar)	((dev)->resource[(bar)].start)
#define pci_resource_end(dev, bar)	((dev)->resource[(bar)].end)
#define pci_resource_flags(dev, bar)	((dev)->resource[(bar)].flags)
#define pci_resource_len(dev, bar)					\
	((pci_resource_end((dev), (bar)) == 0) ? 0 :			\
	 (pci_resource_end((dev), (bar)) - pci_resource_start((dev), (bar)) + 1))

int __must_check pci_request_region(struct pci_dev *pdev, int bar, const char *res_name);
void pci_release_region(struct pci_dev *pdev, int bar);
int __must_check pci_request_regions(struct pci_dev *pdev, const char *res_name);
int __must_check pci_request_regions_exclusive(struct pci_dev *pdev, const char *res_name);
void pci_release_regions(struct pci_dev *pdev);
int pci_request_selected_regions(struct pci_dev *pdev, int bars, const char *res_name);
void pci_release_selected_regions(struct pci_dev *pdev, int bars);
int pci_select_bars(struct pci_dev *dev, unsigned long flags);

void __iomem *pci_ioremap_bar(struct pci_dev *pdev, int bar);
void __iomem *pci_iomap(struct pci_dev *dev, int bar, unsigned long maxlen);
void __iomem *pci_iomap_range(struct pci_dev *dev, int bar, unsigned long offset,
			      unsigned long maxlen);
void pci_iounmap(struct pci_dev *dev, void __iomem *addr);
void __iomem *pcim_iomap(struct pci_dev *pdev, int bar, unsigned long maxlen);
void pcim_iounmap(struct pci_dev *pdev, void __iomem *addr);
void __iomem * const *pcim_iomap_table(struct pci_dev *pdev);
int pcim_iomap_regions(struct pci_dev *pdev, int mask, const char *name);

/* -- Interrupts ------------------------------------------------------------------------------------- */

/* What pci_alloc_irq_vectors() may use. */
#define PCI_IRQ_LEGACY		(1 << 0)
#define PCI_IRQ_INTX		PCI_IRQ_LEGACY
#define PCI_IRQ_MSI		(1 << 1)
#define PCI_IRQ_MSIX		(1 << 2)
#define PCI_IRQ_AFFINITY	(1 << 3)	/* spread them over the CPUs */
#define PCI_IRQ_VIRTUAL		(1 << 4)
#define PCI_IRQ_ALL_TYPES	(PCI_IRQ_LEGACY | PCI_IRQ_MSI | PCI_IRQ_MSIX)

struct msix_entry {
	u32	vector;		/* out: the line */
	u16	entry;		/* in: of the table */
};

int pci_msi_vec_count(struct pci_dev *dev);
int pci_msix_vec_count(struct pci_dev *dev);
int pci_enable_msi(struct pci_dev *dev);
void pci_disable_msi(struct pci_dev *dev);
int pci_enable_msix_range(struct pci_dev *dev, struct msix_entry *entries, int minvec, int maxvec);
void pci_disable_msix(struct pci_dev *dev);
int pci_alloc_irq_vectors_affinity(struct pci_dev *dev, unsigned int min_vecs,
				   unsigned int max_vecs, unsigned int flags,
				   struct irq_affinity *affd);
void pci_free_irq_vectors(struct pci_dev *dev);
int pci_irq_vector(struct pci_dev *dev, unsigned int nr);
const struct cpumask *pci_irq_get_affinity(struct pci_dev *pdev, int vec);

int pci_request_irq(struct pci_dev *dev, unsigned int nr, irq_handler_t handler,
		    irq_handler_t thread_fn, void *dev_id, const char *fmt, ...)
	__printf(6, 7);
void pci_free_irq(struct pci_dev *dev, unsigned int nr, void *dev_id);

static inline int pci_enable_msix_exact(struct pci_dev *dev, struct msix_entry *entries, int nvec)
{
	int rc = pci_enable_msix_range(dev, entries, nvec, nvec);

	return rc < 0 ? rc : 0;
}

static inline int pci_alloc_irq_vectors(struct pci_dev *dev, unsigned int min_vecs,
					unsigned int max_vecs, unsigned int flags)
{
	return pci_alloc_irq_vectors_affinity(dev, min_vecs, max_vecs, flags, NULL);
}

static inline bool pci_dev_msi_enabled(struct pci_dev *dev)
{
	return dev->msi_enabled || dev->msix_enabled;
}

u8 pci_swizzle_interrupt_pin(const struct pci_dev *dev, u8 pin);
u8 pci_common_swizzle(struct pci_dev *dev, u8 *pinp);

/* -- For the machine: arch/ calls and provides these ---------------------------------------------------- */

struct pci_bus *pci_scan_root_bus(int domain, unsigned char number, const struct pci_ops *ops);
/** pcibios_map_irq - line where INTx @pin (1 is A) of @dev arrives, made ready; negative errno */
int pcibios_map_irq(struct pci_dev *dev, u8 pin);
/** pcibios_add_bus - a bus was found: make its configuration space reachable. May sleep */
void pcibios_add_bus(struct pci_bus *bus);

/* Messages. */
#define pci_printk(level, pdev, fmt, arg...)	dev_printk(level, &(pdev)->dev, fmt, ##arg)
#define pci_emerg(pdev, fmt, arg...)	dev_emerg(&(pdev)->dev, fmt, ##arg)
#define pci_alert(pdev, fmt, arg...)	dev_alert(&(pdev)->dev, fmt, ##arg)
#define pci_crit(pdev, fmt, arg...)	dev_crit(&(pdev)->dev, fmt, ##arg)
#define pci_err(pdev, fmt, arg...)	dev_err(&(pdev)->dev, fmt, ##arg)
#define pci_warn(pdev, fmt, arg...)	dev_warn(&(pdev)->dev, fmt, ##arg)
#define pci_notice(pdev, fmt, arg...)	dev_notice(&(pdev)->dev, fmt, ##arg)
#define pci_info(pdev, fmt, arg...)	dev_info(&(pdev)->dev, fmt, ##arg)
#define pci_dbg(pdev, fmt, arg...)	dev_dbg(&(pdev)->dev, fmt, ##arg)

#endif
