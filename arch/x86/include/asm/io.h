/* SPDX-License-Identifier: MIT */
/*
 * Device registers: memory-mapped and ports.
 *
 * readX/writeX order against each other and, through their memory clobber, against
 * ordinary memory as the compiler sees it; x86 keeps uncached accesses in program order.
 * The _relaxed forms leave the compiler free to move ordinary memory across.
 */
#ifndef _ASM_X86_IO_H
#define _ASM_X86_IO_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/page.h>

#define __MMIO_READ(name, type, op, reg, clobber...)			\
static __always_inline type name(const volatile void __iomem *addr)	\
{									\
	type val;							\
									\
	__asm__ __volatile__(op " %1, %0" : reg (val)			\
			     : "m" (*(const volatile type *)addr) : clobber); \
	return val;							\
}
#define __MMIO_WRITE(name, type, op, reg, clobber...)			\
static __always_inline void name(type val, volatile void __iomem *addr)	\
{									\
	__asm__ __volatile__(op " %0, %1" : : reg (val),		\
			     "m" (*(volatile type *)addr) : clobber);	\
}

__MMIO_READ(readb, u8, "movb", "=q", "memory")
__MMIO_READ(readw, u16, "movw", "=r", "memory")
__MMIO_READ(readl, u32, "movl", "=r", "memory")
__MMIO_READ(readq, u64, "movq", "=r", "memory")
__MMIO_READ(readb_relaxed, u8, "movb", "=q")
__MMIO_READ(readw_relaxed, u16, "movw", "=r")
__MMIO_READ(readl_relaxed, u32, "movl", "=r")
__MMIO_READ(readq_relaxed, u64, "movq", "=r")
__MMIO_WRITE(writeb, u8, "movb", "q", "memory")
__MMIO_WRITE(writew, u16, "movw", "r", "memory")
__MMIO_WRITE(writel, u32, "movl", "r", "memory")
__MMIO_WRITE(writeq, u64, "movq", "r", "memory")
__MMIO_WRITE(writeb_relaxed, u8, "movb", "q")
__MMIO_WRITE(writew_relaxed, u16, "movw", "r")
__MMIO_WRITE(writel_relaxed, u32, "movl", "r")
__MMIO_WRITE(writeq_relaxed, u64, "movq", "r")
#define __raw_readb readb_relaxed
#define __raw_readw readw_relaxed
#define __raw_readl readl_relaxed
#define __raw_readq readq_relaxed
#define __raw_writeb writeb_relaxed
#define __raw_writew writew_relaxed
#define __raw_writel writel_relaxed
#define __raw_writeq writeq_relaxed
#define readq readq
#define writeq writeq

/* Port I/O: one instruction each, and the string forms for FIFOs. */
#define __PORT_IO(sfx, type, reg)					\
static __always_inline type in##sfx(u16 port)				\
{									\
	type val;							\
									\
	__asm__ __volatile__("in" #sfx " %w1, %" reg "0"		\
			     : "=a" (val) : "Nd" (port) : "memory");	\
	return val;							\
}									\
static __always_inline void out##sfx(type val, u16 port)		\
{									\
	__asm__ __volatile__("out" #sfx " %" reg "0, %w1"		\
			     : : "a" (val), "Nd" (port) : "memory");	\
}									\
static __always_inline type in##sfx##_p(u16 port)			\
{									\
	type val = in##sfx(port);					\
									\
	io_delay();							\
	return val;							\
}									\
static __always_inline void out##sfx##_p(type val, u16 port)		\
{									\
	out##sfx(val, port);						\
	io_delay();							\
}									\
static inline void ins##sfx(u16 port, void *buf, unsigned long count)	\
{									\
	__asm__ __volatile__("rep; ins" #sfx				\
			     : "+D" (buf), "+c" (count) : "d" (port) : "memory"); \
}									\
static inline void outs##sfx(u16 port, const void *buf, unsigned long count) \
{									\
	__asm__ __volatile__("rep; outs" #sfx				\
			     : "+S" (buf), "+c" (count) : "d" (port) : "memory"); \
}

/* About a microsecond: a write to the POST port, which no device decodes but the bus carries. */
static __always_inline void io_delay(void)
{
	__asm__ __volatile__("outb %%al, $0x80" : : : "memory");
}

__PORT_IO(b, u8, "b")
__PORT_IO(w, u16, "w")
__PORT_IO(l, u32, "")

/* ioremap() and its kin: <linux/io.h>. */

static inline phys_addr_t virt_to_phys(const volatile void *addr)
{
	return __pa(addr);
}

static inline void *phys_to_virt(phys_addr_t addr)
{
	return __va(addr);
}

#define mmiowb()	barrier()

#endif
