/* SPDX-License-Identifier: MIT */
/*
 * Memory for devices. A bus address is a physical address, caches are coherent, so that
 * what remains is to keep below the device's mask: see linux/dma-mapping.h.
 */
#include <linux/bug.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/mm.h>

static u64 stream_mask(const struct device *dev)
{
	return dev && dev->dma_mask && *dev->dma_mask ? *dev->dma_mask : DMA_BIT_MASK(32);
}

static u64 coherent_mask(const struct device *dev)
{
	return dev && dev->coherent_dma_mask ? dev->coherent_dma_mask : DMA_BIT_MASK(32);
}

/* dma_supported - some memory is below @mask: a mask of less than 24 bits has no zone */
int dma_supported(struct device *dev, u64 mask)
{
	return mask >= DMA_BIT_MASK(24);
}
EXPORT_SYMBOL(dma_supported);

/**
 * dma_set_mask - say which bus addresses the device can reach with mapped memory
 * @dev: the device
 * @mask: DMA_BIT_MASK(n)
 *
 * Return: 0; -EIO when there is no memory so low, or the device can't do DMA at all.
 * dma_set_coherent_mask() the same for dma_alloc_coherent().
 */
int dma_set_mask(struct device *dev, u64 mask)
{
	if (!dev->dma_mask || !dma_supported(dev, mask))
		return -EIO;
	*dev->dma_mask = mask;
	return 0;
}
EXPORT_SYMBOL(dma_set_mask);

int dma_set_coherent_mask(struct device *dev, u64 mask)
{
	if (!dma_supported(dev, mask))
		return -EIO;
	dev->coherent_dma_mask = mask;
	return 0;
}
EXPORT_SYMBOL(dma_set_coherent_mask);

u64 dma_get_mask(struct device *dev)
{
	return stream_mask(dev);
}
EXPORT_SYMBOL(dma_get_mask);

/* dma_get_required_mask - the mask that reaches all RAM */
u64 dma_get_required_mask(struct device *dev)
{
	u64 last = ((u64)max_pfn << PAGE_SHIFT) - 1;

	return last ? DMA_BIT_MASK(64 - __builtin_clzll(last)) : 0;
}
EXPORT_SYMBOL(dma_get_required_mask);

static gfp_t zone_for(u64 mask)
{
	if (mask >= ((u64)max_pfn << PAGE_SHIFT) - 1)
		return 0;
	return mask >= DMA_BIT_MASK(32) ? GFP_DMA32 : GFP_DMA;
}

/**
 * dma_alloc_attrs - memory that the CPU and a device share
 * @dev: the device; its coherent mask is kept to
 * @size: bytes, rounded up to pages
 * @handle: the bus address
 * @gfp: as for alloc_pages()
 * @attrs: DMA_ATTR_NO_WARN
 *
 * Context: as @gfp says. Return: zeroed memory, aligned to its size rounded up to a power
 * of two; NULL when there is none below the mask.
 */
void *dma_alloc_attrs(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp,
		      unsigned long attrs)
{
	u64 mask = coherent_mask(dev);
	void *p;

	gfp &= ~(__GFP_DMA | __GFP_DMA32 | __GFP_HIGHMEM | __GFP_COMP);
	gfp |= __GFP_ZERO | zone_for(mask);
	if (attrs & DMA_ATTR_NO_WARN)
		gfp |= __GFP_NOWARN;
	if (WARN_ON_ONCE(!size))
		return NULL;
	p = alloc_pages_exact(size, gfp);
	if (!p)
		return NULL;
	if (__pa(p) + size - 1 > mask) {	/* between two zones */
		free_pages_exact(p, size);
		return NULL;
	}
	*handle = __pa(p);
	return p;
}
EXPORT_SYMBOL(dma_alloc_attrs);

/* dma_free_attrs - undo dma_alloc_attrs(); same @size. Any context. */
void dma_free_attrs(struct device *dev, size_t size, void *vaddr, dma_addr_t handle,
		    unsigned long attrs)
{
	if (!vaddr || WARN_ON(handle != __pa(vaddr)))
		return;
	free_pages_exact(vaddr, size);
}
EXPORT_SYMBOL(dma_free_attrs);

static dma_addr_t map_physical(struct device *dev, phys_addr_t pa, size_t size, unsigned long attrs)
{
	if (pa + size - 1 <= stream_mask(dev))
		return pa;
	WARN_ONCE(!(attrs & DMA_ATTR_NO_WARN), "DMA: %#llx is above what the device reaches\n", pa);
	return DMA_MAPPING_ERROR;
}

/**
 * dma_map_page_attrs - let a device at part of a page
 * @dev: the device; its mask is checked
 * @page: first page
 * @offset: first byte in it
 * @size: bytes
 * @dir: DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL
 * @attrs: DMA_ATTR_NO_WARN
 *
 * Context: any. Return: the bus address; test it with dma_mapping_error().
 */
dma_addr_t dma_map_page_attrs(struct device *dev, struct page *page, size_t offset, size_t size,
			      enum dma_data_direction dir, unsigned long attrs)
{
	return map_physical(dev, page_to_phys(page) + offset, size, attrs);
}
EXPORT_SYMBOL(dma_map_page_attrs);

/* dma_map_single_attrs - the same for an address of the direct map, such as kmalloc() gives */
dma_addr_t dma_map_single_attrs(struct device *dev, void *ptr, size_t size,
				enum dma_data_direction dir, unsigned long attrs)
{
	/* vmalloc memory has no one bus address. */
	if (WARN_ONCE(!virt_addr_valid(ptr), "dma_map_single(%px): not kmalloc() memory\n", ptr))
		return DMA_MAPPING_ERROR;
	return map_physical(dev, __pa(ptr), size, attrs);
}
EXPORT_SYMBOL(dma_map_single_attrs);

/*
 * Coherent caches leave nothing to do at the end of a transfer but to keep the compiler
 * from moving accesses across it.
 */
void dma_unmap_page_attrs(struct device *dev, dma_addr_t addr, size_t size,
			  enum dma_data_direction dir, unsigned long attrs)
{
	barrier();
}
EXPORT_SYMBOL(dma_unmap_page_attrs);

void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
			     enum dma_data_direction dir)
{
	barrier();
}
EXPORT_SYMBOL(dma_sync_single_for_cpu);

void dma_sync_single_for_device(struct device *dev, dma_addr_t addr, size_t size,
				enum dma_data_direction dir)
{
	barrier();
}
EXPORT_SYMBOL(dma_sync_single_for_device);
