/* SPDX-License-Identifier: MIT */
/* Device registers: mapping them, and the accessors of <asm/io.h>. */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>
#include <linux/err.h>
#include <linux/bug.h>
#include <asm/io.h>
#include <asm/page.h>

void __iomem *ioremap(resource_size_t phys_addr, unsigned long size);
void __iomem *ioremap_wc(resource_size_t phys_addr, unsigned long size);
void __iomem *ioremap_cache(resource_size_t phys_addr, unsigned long size);
void iounmap(volatile void __iomem *addr);

#define MEMREMAP_WB	1
#define MEMREMAP_WT	2
#define MEMREMAP_WC	4
void *memremap(resource_size_t offset, size_t size, unsigned long flags);
void memunmap(void *addr);

#ifndef ioread8
#define ioread8(p)		readb(p)
#define ioread16(p)		readw(p)
#define ioread32(p)		readl(p)
#define iowrite8(v, p)		writeb(v, p)
#define iowrite16(v, p)		writew(v, p)
#define iowrite32(v, p)		writel(v, p)
#endif

#endif
