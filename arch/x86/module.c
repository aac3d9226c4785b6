/* SPDX-License-Identifier: MIT */
/*
 * Relocation of modules on x86-64. System V psABI for x86-64, "Relocation".
 *
 * Code is built with -mcmodel=kernel and modules lie within 2 GiB of the image, so that
 * 32-bit forms reach everything; one that does not fit is an error, never cut short. The
 * addend is in the entry (RELA) and the place it is for still holds zero: anything else
 * there says that the entry is damaged.
 */
#include <linux/arch.h>
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>

/* Write @size bytes of @val at @where when the signed or unsigned range allows. */
static int put(void *where, u64 val, unsigned int type)
{
	switch (type) {
	case R_X86_64_64:
	case R_X86_64_PC64:
		memcpy(where, &val, 8);
		return 0;
	case R_X86_64_32:
		if (val != (u32)val)
			return -ERANGE;
		break;
	default:	/* 32S, PC32, PLT32 */
		if ((s64)val != (s32)val)
			return -ERANGE;
	}
	memcpy(where, &val, 4);
	return 0;
}

static unsigned int width(unsigned int type)
{
	switch (type) {
	case R_X86_64_64:
	case R_X86_64_PC64:
		return 8;
	case R_X86_64_32:
	case R_X86_64_32S:
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		return 4;
	default:
		return 0;
	}
}

static bool pc_relative(unsigned int type)
{
	return type == R_X86_64_PC32 || type == R_X86_64_PLT32 || type == R_X86_64_PC64;
}

int arch_module_relocate(struct elf64_shdr *shdrs, const char *strtab, unsigned int symsec,
			 unsigned int relsec, struct module *mod)
{
	const Elf64_Shdr *rels = &shdrs[relsec], *target = &shdrs[rels->sh_info];
	const Elf64_Rela *rel = (const Elf64_Rela *)rels->sh_addr;
	const Elf64_Sym *syms = (const Elf64_Sym *)shdrs[symsec].sh_addr;
	u64 i, n = rels->sh_size / sizeof(*rel);

	for (i = 0; i < n; i++, rel++) {
		unsigned int type = ELF64_R_TYPE(rel->r_info), bytes = width(type);
		u32 sym = ELF64_R_SYM(rel->r_info);
		u64 where, val;

		if (type == R_X86_64_NONE)
			continue;
		if (!bytes) {
			pr_err("module %s: relocation %llu of section %u has unknown type %u\n",
			       mod->name, i, relsec, type);
			return -ENOEXEC;
		}
		if (bytes > target->sh_size - rel->r_offset) {
			pr_err("module %s: relocation %llu of section %u runs past the end of its section (%llu of %llu bytes)\n",
			       mod->name, i, relsec, rel->r_offset, target->sh_size);
			return -ENOEXEC;
		}
		where = target->sh_addr + rel->r_offset;
		if (memchr_inv((void *)where, 0, bytes)) {
			pr_err("module %s: relocation %llu of section %u is for bytes that are not empty\n",
			       mod->name, i, relsec);
			return -ENOEXEC;
		}
		val = syms[sym].st_value + rel->r_addend;
		if (pc_relative(type))
			val -= where;
		if (put((void *)where, val, type)) {
			pr_err("module %s: relocation %llu of section %u (type %u, symbol '%s') does not fit\n",
			       mod->name, i, relsec, type, strtab + syms[sym].st_name);
			return -ENOEXEC;
		}
	}
	return 0;
}
