/* SPDX-License-Identifier: MIT */
/*
 * Finding ACPI's tables. ACPI 6.5, "ACPI System Description Tables".
 *
 * The root pointer leads to the XSDT (or in ACPI 1.0 the RSDT), which lists the others; the
 * FADT leads to the DSDT. A table is listed only when its checksum is right; all of them
 * stay mapped, read-only. The list is made at boot and fixed from then on: no lock.
 */
#include <linux/acpi.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/types.h>

#define MAX_TABLES		64
#define MAX_TABLE_SIZE		(16u << 20)
#define RSDP_V1_SIZE		20

static struct acpi_table_header *tables[MAX_TABLES] __ro_after_init;
static unsigned int nr_tables __ro_after_init;

struct acpi_table_fadt acpi_gbl_FADT __ro_after_init;
EXPORT_SYMBOL(acpi_gbl_FADT);

static bool __init sum_is_zero(const void *data, size_t size)
{
	const u8 *p = data;
	u8 sum = 0;

	while (size--)
		sum += *p++;
	return sum == 0;
}

/* Map the table at @pa and check it. NULL, with a message, when it can't be used. */
static struct acpi_table_header * __init map_table(u64 pa)
{
	struct acpi_table_header *t = __acpi_map_table(pa, sizeof(*t));
	u32 length;

	if (!t) {
		pr_warn("ACPI: table at %#llx is out of reach\n", pa);
		return NULL;
	}
	length = t->length;
	if (length < sizeof(*t) || length > MAX_TABLE_SIZE) {
		pr_warn("ACPI: %.4s at %#llx has length %u; ignored\n", t->signature, pa, length);
		return NULL;
	}
	t = __acpi_map_table(pa, length);
	if (t && !sum_is_zero(t, length)) {
		pr_warn("ACPI: %.4s at %#llx has a wrong checksum; ignored\n", t->signature, pa);
		return NULL;
	}
	return t;
}

static void __init add_table(u64 pa)
{
	struct acpi_table_header *t;

	if (!pa)
		return;
	if (nr_tables == MAX_TABLES) {
		pr_warn_once("ACPI: more than %d tables\n", MAX_TABLES);
		return;
	}
	t = map_table(pa);
	if (!t)
		return;
	tables[nr_tables++] = t;
	pr_info("ACPI: %.4s %#llx %06x (v%02u %.6s %.8s)\n", t->signature, pa, t->length,
		t->revision, t->oem_id, t->oem_table_id);
}

/* The root table: a header and then addresses of @width bytes, not aligned. */
static void __init add_listed_tables(const struct acpi_table_header *root, unsigned int width)
{
	const u8 *entry = (const u8 *)(root + 1), *end = (const u8 *)root + root->length;

	for (; entry + width <= end; entry += width) {
		u64 pa = 0;

		memcpy(&pa, entry, width);
		add_table(pa);
	}
}

/* An extended block is valid only when its address is not zero; else the old one counts. */
static void __init fill_block(struct acpi_generic_address *x, u32 port, u8 length)
{
	if (x->address || !port)
		return;
	x->space_id = ACPI_ADR_SPACE_SYSTEM_IO;
	x->bit_width = length * 8;
	x->address = port;
}

static void __init read_fadt(void)
{
	struct acpi_table_fadt *f = &acpi_gbl_FADT;
	struct acpi_table_header *t;

	if (ACPI_FAILURE(acpi_get_table(ACPI_SIG_FADT, 0, &t)))
		return;
	memcpy(f, t, min_t(size_t, t->length, sizeof(*f)));
	fill_block(&f->xpm1a_event_block, f->pm1a_event_block, f->pm1_event_length);
	fill_block(&f->xpm1b_event_block, f->pm1b_event_block, f->pm1_event_length);
	fill_block(&f->xpm1a_control_block, f->pm1a_control_block, f->pm1_control_length);
	fill_block(&f->xpm1b_control_block, f->pm1b_control_block, f->pm1_control_length);
	fill_block(&f->xpm2_control_block, f->pm2_control_block, f->pm2_control_length);
	fill_block(&f->xpm_timer_block, f->pm_timer_block, f->pm_timer_length);
	add_table(f->Xdsdt ? f->Xdsdt : f->dsdt);
}

/**
 * acpi_table_init - find, check and list the tables
 * @rsdp: root pointer, as the loader or firmware gave it
 *
 * Context: boot. Return: 0; -EINVAL the root pointer or root table is broken, which is said.
 */
int __init acpi_table_init(const struct acpi_table_rsdp *rsdp)
{
	struct acpi_table_header *root = NULL;
	bool v2 = rsdp->revision >= 2;

	if (memcmp(rsdp->signature, ACPI_SIG_RSDP, sizeof(rsdp->signature)) ||
	    !sum_is_zero(rsdp, RSDP_V1_SIZE) || (v2 && !sum_is_zero(rsdp, sizeof(*rsdp)))) {
		pr_err("ACPI: root pointer is damaged\n");
		return -EINVAL;
	}
	if (v2 && rsdp->xsdt_physical_address)
		root = map_table(rsdp->xsdt_physical_address);
	if (root && !memcmp(root->signature, ACPI_SIG_XSDT, ACPI_NAMESEG_SIZE)) {
		add_listed_tables(root, sizeof(u64));
	} else {
		root = map_table(rsdp->rsdt_physical_address);
		if (!root || memcmp(root->signature, ACPI_SIG_RSDT, ACPI_NAMESEG_SIZE)) {
			pr_err("ACPI: neither XSDT nor RSDT can be used\n");
			return -EINVAL;
		}
		add_listed_tables(root, sizeof(u32));
	}
	read_fadt();
	return 0;
}

/**
 * acpi_get_table - find a table
 * @signature: its four letters, ACPI_SIG_*
 * @instance: 0 or 1 for the first of the name, 2 for the second, and so on
 * @out: set to it
 *
 * It stays mapped; acpi_put_table() is for symmetry.
 *
 * Context: any, after setup_arch(). Return: AE_OK; AE_NOT_FOUND; AE_BAD_PARAMETER.
 */
acpi_status acpi_get_table(const char *signature, u32 instance, struct acpi_table_header **out)
{
	u32 seen = 0;
	unsigned int i;

	if (!signature || !out)
		return AE_BAD_PARAMETER;
	for (i = 0; i < nr_tables; i++) {
		if (memcmp(tables[i]->signature, signature, ACPI_NAMESEG_SIZE) ||
		    ++seen < instance)
			continue;
		*out = tables[i];
		return AE_OK;
	}
	return AE_NOT_FOUND;
}
EXPORT_SYMBOL(acpi_get_table);
