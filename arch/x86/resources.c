/* SPDX-License-Identifier: MIT */
/*
 * Addresses that no driver asks for and none may have: what firmware keeps for itself, the
 * interrupt controllers, and the ports that every PC has had since 1981. Names are Linux's, for
 * the readers of /proc/iomem and /proc/ioports. (RAM and the image: mm/resource.c.)
 */
#include <linux/acpi.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <asm/bootproto.h>

#define LAPIC_SIZE	0x1000
#define IOAPIC_SIZE	0x400

#define PORTS(first, last, text) \
	{ .start = first, .end = last, .name = text, .flags = IORESOURCE_IO | IORESOURCE_BUSY }

static struct resource standard_ports[] = {
	PORTS(0x00, 0x1f, "dma1"),
	PORTS(0x20, 0x21, "pic1"),
	PORTS(0x40, 0x43, "timer0"),
	PORTS(0x50, 0x53, "timer1"),
	PORTS(0x60, 0x60, "keyboard"),
	PORTS(0x64, 0x64, "keyboard"),
	PORTS(0x80, 0x8f, "dma page reg"),
	PORTS(0xa0, 0xa1, "pic2"),
	PORTS(0xc0, 0xdf, "dma2"),
	PORTS(0xf0, 0xff, "fpu"),
};

static const char * const firmware_names[] __initconst = {
	[E820_RESERVED] = "Reserved", [E820_ACPI] = "ACPI Tables",
	[E820_NVS] = "ACPI Non-volatile Storage", [E820_UNUSABLE] = "Unusable memory",
};

static void __init add_memory(const char *name, u64 start, u64 size)
{
	struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL);

	if (!res)
		return;
	res->name = name;
	res->start = start;
	res->end = start + size - 1;
	res->flags = IORESOURCE_MEM | IORESOURCE_BUSY;
	/* Firmware may have said that the controllers' page is reserved: then they lie in there. */
	if (insert_resource(&iomem_resource, res))
		kfree(res);
}

static int __init reserve_resources(void)
{
	static char ioapic_names[MAX_IO_APICS][sizeof("IOAPIC 00")];
	const struct boot_mem *m;
	unsigned int i;

	for (m = boot_info.mem; m < boot_info.mem + boot_info.nr_mem; m++)
		if (m->type != E820_RAM)
			add_memory(firmware_names[m->type], m->start, m->end - m->start);
	if (acpi_madt.present)
		add_memory("Local APIC", acpi_madt.lapic_address, LAPIC_SIZE);
	for (i = 0; i < acpi_madt.nr_ioapics; i++) {
		snprintf(ioapic_names[i], sizeof(ioapic_names[i]), "IOAPIC %u", i);
		add_memory(ioapic_names[i], acpi_madt.ioapics[i].address, IOAPIC_SIZE);
	}
	/* The 8259A's are taken already when its driver runs. */
	for (i = 0; i < ARRAY_SIZE(standard_ports); i++)
		request_resource(&ioport_resource, &standard_ports[i]);
	return 0;
}
arch_initcall(reserve_resources);
