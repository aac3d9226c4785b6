/* SPDX-License-Identifier: MIT */
/*
 * Is this file a module that can be loaded? Every offset, size, index and string that the
 * rest of the loader follows is checked here, once, and the reason for a refusal is said
 * by name. System V gABI, "Object Files"; x86-64 psABI, "Object Files".
 */
#include <linux/align.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/overflow.h>
#include <linux/printk.h>
#include <linux/sort.h>
#include <linux/vmalloc.h>
#include <asm/module.h>
#include "internals.h"

/* Anything larger is no interrupt driver but a broken header. */
#define MAX_MODULE_ALIGN	PAGE_SIZE

#define refuse(info, fmt, ...)						\
({	pr_err("module %s: " fmt "\n", (info)->name, ##__VA_ARGS__);	\
	-ENOEXEC; })

const char *elf_section_name(const struct load_info *info, unsigned int i)
{
	return info->secstrings + info->sechdrs[i].sh_name;
}

unsigned int elf_find_section(const struct load_info *info, const char *name)
{
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++)
		if ((info->sechdrs[i].sh_flags & SHF_ALLOC) && !strcmp(elf_section_name(info, i), name))
			return i;
	return 0;
}

/* The value of "tag=value" in .modinfo, or NULL. The section is there and ends in a NUL. */
const char *elf_modinfo(const struct load_info *info, const char *tag)
{
	const Elf64_Shdr *sec = &info->sechdrs[info->info];
	const char *p = info->image + sec->sh_offset, *end = p + sec->sh_size;
	size_t n = strlen(tag);

	for (; p < end; p += strlen(p) + 1)
		if (!strncmp(p, tag, n) && p[n] == '=')
			return p + n + 1;
	return NULL;
}

static int check_header(struct load_info *info)
{
	Elf64_Ehdr *hdr = info->image;
	size_t table;

	if (info->len < sizeof(*hdr))
		return refuse(info, "%zu bytes are too short for an ELF header", info->len);
	if (memcmp(hdr->e_ident, ELFMAG, SELFMAG))
		return refuse(info, "not an ELF file");
	if (hdr->e_ident[EI_CLASS] != ELFCLASS64 || hdr->e_ident[EI_DATA] != ELFDATA2LSB ||
	    hdr->e_ident[EI_VERSION] != EV_CURRENT || hdr->e_version != EV_CURRENT)
		return refuse(info, "not a 64-bit little-endian ELF file of version 1");
	if (hdr->e_type != ET_REL)
		return refuse(info, "ELF type %u is no relocatable object", hdr->e_type);
	if (!module_machine_ok(hdr->e_machine))
		return refuse(info, "built for another machine (ELF machine %u)", hdr->e_machine);
	if (hdr->e_shentsize != sizeof(Elf64_Shdr))
		return refuse(info, "section headers of %u bytes, expected %zu",
			      hdr->e_shentsize, sizeof(Elf64_Shdr));
	if (!hdr->e_shnum)
		return refuse(info, "no sections");
	table = (size_t)hdr->e_shnum * sizeof(Elf64_Shdr);
	if (hdr->e_shoff > info->len || table > info->len - hdr->e_shoff)
		return refuse(info, "truncated: section headers at %llu past the end (%zu bytes)",
			      hdr->e_shoff, info->len);
	if (!IS_ALIGNED(hdr->e_shoff, 8))
		return refuse(info, "section headers at odd offset %llu", hdr->e_shoff);
	if (hdr->e_shstrndx == SHN_UNDEF || hdr->e_shstrndx >= hdr->e_shnum)
		return refuse(info, "section-name table is section %u of %u", hdr->e_shstrndx,
			      hdr->e_shnum);
	info->hdr = hdr;
	info->sechdrs = info->image + hdr->e_shoff;
	return 0;
}

static bool has_file_bytes(const Elf64_Shdr *sec)
{
	return sec->sh_type != SHT_NULL && sec->sh_type != SHT_NOBITS;
}

static int check_section_bounds(struct load_info *info)
{
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++) {
		const Elf64_Shdr *sec = &info->sechdrs[i];

		if (has_file_bytes(sec) &&
		    (sec->sh_offset > info->len || sec->sh_size > info->len - sec->sh_offset))
			return refuse(info, "truncated: section %u (%llu bytes at %llu) lies past the end (%zu bytes)",
				      i, sec->sh_size, sec->sh_offset, info->len);
		if (sec->sh_size > INT_MAX)
			return refuse(info, "section %u has %llu bytes", i, sec->sh_size);
		if (sec->sh_addralign > MAX_MODULE_ALIGN ||
		    (sec->sh_addralign & (sec->sh_addralign - 1)))
			return refuse(info, "section %u has alignment %llu", i, sec->sh_addralign);
	}
	return 0;
}

/* What may go into the kernel's memory: contents, never tables that the loader itself reads. */
static int check_loaded_sections(struct load_info *info)
{
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++) {
		const Elf64_Shdr *sec = &info->sechdrs[i];

		if (!(sec->sh_flags & SHF_ALLOC))
			continue;
		switch (sec->sh_type) {
		case SHT_NULL:
		case SHT_SYMTAB:
		case SHT_STRTAB:
		case SHT_RELA:
		case SHT_REL:
			return refuse(info, "section %u of type %u can't be loaded", i, sec->sh_type);
		}
		if ((sec->sh_flags & SHF_WRITE) && (sec->sh_flags & SHF_EXECINSTR))
			return refuse(info, "section %u is both writable and executable", i);
	}
	return 0;
}

/* Bytes of the file with one owner: a section, the ELF header (0), the section headers. */
struct extent {
	u64		start, end;
	unsigned int	owner;
};

static int cmp_extent(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->owner < y->owner ? -1 : x->owner > y->owner;
}

static const char *owner_name(const struct load_info *info, unsigned int owner, char *buf, size_t len)
{
	if (owner && owner < info->hdr->e_shnum)
		snprintf(buf, len, "section %u", owner);
	else
		strscpy(buf, owner ? "the section headers" : "the ELF header", len);
	return buf;
}

/*
 * Bytes with two owners would let one be edited through the other after it was checked:
 * the loader writes symbol values and per-CPU data in its copy of the file.
 */
static int check_overlap(struct load_info *info)
{
	const Elf64_Ehdr *hdr = info->hdr;
	struct extent *e = vmalloc((hdr->e_shnum + 1) * sizeof(*e));
	unsigned int i, n = 0;
	char one[24], two[24];
	int err = 0;

	if (!e)
		return -ENOMEM;
	e[n++] = (struct extent){ 0, sizeof(*hdr), 0 };
	e[n++] = (struct extent){ hdr->e_shoff, hdr->e_shoff + hdr->e_shnum * sizeof(Elf64_Shdr),
				  hdr->e_shnum };
	for (i = 1; i < hdr->e_shnum; i++) {
		const Elf64_Shdr *sec = &info->sechdrs[i];

		if (has_file_bytes(sec) && sec->sh_size)
			e[n++] = (struct extent){ sec->sh_offset, sec->sh_offset + sec->sh_size, i };
	}
	sort(e, n, sizeof(*e), cmp_extent, NULL);
	for (i = 1; i < n && !err; i++)
		if (e[i - 1].end > e[i].start)
			err = refuse(info, "%s and %s overlap in the file",
				     owner_name(info, e[i - 1].owner, one, sizeof(one)),
				     owner_name(info, e[i].owner, two, sizeof(two)));
	vfree(e);
	return err;
}

/* A string table: not empty, its first and last bytes NUL, so that any offset is a string. */
static int check_strings(struct load_info *info, unsigned int index, const char *what)
{
	const Elf64_Shdr *sec = &info->sechdrs[index];
	const char *s = info->image + sec->sh_offset;

	if (sec->sh_type != SHT_STRTAB)
		return refuse(info, "%s (section %u) is no string table", what, index);
	if (!sec->sh_size || s[0] || s[sec->sh_size - 1])
		return refuse(info, "%s (section %u) is not closed by NUL", what, index);
	return 0;
}

static int check_section_names(struct load_info *info)
{
	const Elf64_Shdr *names = &info->sechdrs[info->hdr->e_shstrndx];
	unsigned int i;
	int err = check_strings(info, info->hdr->e_shstrndx, "section-name table");

	if (err)
		return err;
	for (i = 0; i < info->hdr->e_shnum; i++)
		if (info->sechdrs[i].sh_name >= names->sh_size)
			return refuse(info, "name of section %u lies outside the table", i);
	info->secstrings = info->image + names->sh_offset;
	return 0;
}

static int check_symbols(struct load_info *info)
{
	unsigned int i, found = 0;
	const Elf64_Shdr *sec;
	int err;

	for (i = 1; i < info->hdr->e_shnum; i++)
		if (info->sechdrs[i].sh_type == SHT_SYMTAB && found++ == 0)
			info->sym = i;
	if (found != 1)
		return refuse(info, "%u symbol tables, expected one", found);
	sec = &info->sechdrs[info->sym];
	if (sec->sh_entsize != sizeof(Elf64_Sym) || sec->sh_size % sizeof(Elf64_Sym) ||
	    !sec->sh_size || !IS_ALIGNED(sec->sh_offset, 8))
		return refuse(info, "symbol table (section %u) is malformed", info->sym);
	info->str = sec->sh_link;
	if (!info->str || info->str >= info->hdr->e_shnum)
		return refuse(info, "symbol names are in section %u of %u", info->str, info->hdr->e_shnum);
	err = check_strings(info, info->str, "symbol-name table");
	if (err)
		return err;

	info->syms = info->image + sec->sh_offset;
	info->num_syms = sec->sh_size / sizeof(Elf64_Sym);
	info->strtab = info->image + info->sechdrs[info->str].sh_offset;
	for (i = 0; i < info->num_syms; i++) {
		const Elf64_Sym *s = &info->syms[i];

		if (s->st_name >= info->sechdrs[info->str].sh_size)
			return refuse(info, "name of symbol %u lies outside the table", i);
		if (s->st_shndx >= info->hdr->e_shnum && s->st_shndx < SHN_LORESERVE)
			return refuse(info, "symbol %u '%s' is in section %u of %u", i,
				      info->strtab + s->st_name, s->st_shndx, info->hdr->e_shnum);
		if (s->st_shndx > SHN_UNDEF && s->st_shndx < SHN_LORESERVE &&
		    s->st_value > info->sechdrs[s->st_shndx].sh_size)
			return refuse(info, "symbol %u '%s' lies outside its section", i,
				      info->strtab + s->st_name);
	}
	return 0;
}

static bool is_loaded(const struct load_info *info, unsigned int shndx)
{
	return shndx < info->hdr->e_shnum && (info->sechdrs[shndx].sh_flags & SHF_ALLOC);
}

/* The entries of relocation section @i, whose target is loaded. How many bytes each changes
 * and whether its type is known is for the architecture to say. */
static int check_entries(struct load_info *info, unsigned int i)
{
	const Elf64_Shdr *sec = &info->sechdrs[i], *target = &info->sechdrs[sec->sh_info];
	const Elf64_Rela *rel = info->image + sec->sh_offset;
	unsigned int n, num = sec->sh_size / sizeof(*rel);

	if (num && target->sh_type == SHT_NOBITS)
		return refuse(info, "section %u relocates section %u, which has no contents", i,
			      sec->sh_info);
	for (n = 0; n < num; n++, rel++) {
		u64 sym = ELF64_R_SYM(rel->r_info);
		unsigned int shndx;

		if (sym >= info->num_syms)
			return refuse(info, "relocation %u of section %u names symbol %llu of %u", n, i,
				      sym, info->num_syms);
		shndx = info->syms[sym].st_shndx;
		if (shndx != SHN_UNDEF && shndx < SHN_LORESERVE && !is_loaded(info, shndx))
			return refuse(info, "relocation %u of section %u refers to section %u, which is not loaded",
				      n, i, shndx);
		if (rel->r_offset >= target->sh_size)
			return refuse(info, "relocation %u of section %u lies outside its section (%llu of %llu bytes)",
				      n, i, rel->r_offset, target->sh_size);
		if (sec->sh_info == info->mod && rel->r_offset != offsetof(struct module, init) &&
		    rel->r_offset != offsetof(struct module, exit))
			return refuse(info, "relocation %u of section %u would change the module structure at byte %llu",
				      n, i, rel->r_offset);
	}
	return 0;
}

static int check_relocations(struct load_info *info)
{
	int err;
	unsigned int i;

	for (i = 1; i < info->hdr->e_shnum; i++) {
		const Elf64_Shdr *sec = &info->sechdrs[i];

		if (sec->sh_type == SHT_REL)
			return refuse(info, "section %u holds REL relocations, expected RELA", i);
		if (sec->sh_type != SHT_RELA)
			continue;
		if (sec->sh_entsize != sizeof(Elf64_Rela) || sec->sh_size % sizeof(Elf64_Rela) ||
		    !IS_ALIGNED(sec->sh_offset, 8))
			return refuse(info, "relocation section %u is malformed", i);
		if (!sec->sh_info || sec->sh_info >= info->hdr->e_shnum || sec->sh_info == i)
			return refuse(info, "relocation section %u is for section %u of %u", i,
				      sec->sh_info, info->hdr->e_shnum);
		if (sec->sh_link != info->sym)
			return refuse(info, "relocation section %u uses symbol table %u, not %u", i,
				      sec->sh_link, info->sym);
		err = is_loaded(info, sec->sh_info) ? check_entries(info, i) : 0;
		if (err)
			return err;
	}
	return 0;
}

/* Arrays that the loader walks where they are loaded, as what their name says. */
static int check_tables(struct load_info *info)
{
	static const struct { const char *name; u32 size, align; } tables[] = {
		{ "__ksymtab", sizeof(struct kernel_symbol), __alignof__(struct kernel_symbol) },
		{ "__param", sizeof(struct kernel_param), __alignof__(struct kernel_param) },
		{ "__ex_table", sizeof(struct exception_table_entry),
		  __alignof__(struct exception_table_entry) },
	};
	const Elf64_Shdr *sec;
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		n = elf_find_section(info, tables[i].name);
		sec = &info->sechdrs[n];
		if (n && (sec->sh_type != SHT_PROGBITS || sec->sh_size % tables[i].size ||
			  sec->sh_addralign < tables[i].align))
			return refuse(info, "%s (section %u) is malformed", tables[i].name, n);
	}
	return 0;
}

/* The three sections that make an object a module of this very kernel. */
static int check_module_sections(struct load_info *info)
{
	const Elf64_Shdr *sec;
	const char *magic, *p;

	info->mod = elf_find_section(info, ".gnu.linkonce.this_module");
	info->info = elf_find_section(info, ".modinfo");
	info->pcpu = elf_find_section(info, ".data..percpu");
	if (!info->mod)
		return refuse(info, "no .gnu.linkonce.this_module section: not built as a module");
	sec = &info->sechdrs[info->mod];
	if (sec->sh_type != SHT_PROGBITS || !(sec->sh_flags & SHF_WRITE) ||
	    sec->sh_addralign < __alignof__(struct module))
		return refuse(info, ".gnu.linkonce.this_module (section %u) is malformed", info->mod);
	if (sec->sh_size != sizeof(struct module))
		return refuse(info, ".gnu.linkonce.this_module has %llu bytes, expected %zu: built against other headers",
			      sec->sh_size, sizeof(struct module));
	p = info->image + sec->sh_offset + offsetof(struct module, name);
	if (!*p || strnlen(p, MODULE_NAME_LEN) == MODULE_NAME_LEN)
		return refuse(info, "the module has no proper name");
	info->name = p;

	sec = &info->sechdrs[info->info];
	if (!info->info || sec->sh_type != SHT_PROGBITS || !sec->sh_size ||
	    ((const char *)info->image)[sec->sh_offset + sec->sh_size - 1])
		return refuse(info, "no proper .modinfo section");
	magic = elf_modinfo(info, "vermagic");
	if (!magic || strcmp(magic, VERMAGIC_STRING))
		return refuse(info, "version magic '%s' should be '%s'", magic ?: "(none)",
			      VERMAGIC_STRING);
	if (info->pcpu && info->sechdrs[info->pcpu].sh_type != SHT_PROGBITS &&
	    info->sechdrs[info->pcpu].sh_type != SHT_NOBITS)
		return refuse(info, ".data..percpu has type %u", info->sechdrs[info->pcpu].sh_type);
	return 0;
}

/**
 * elf_check - check the image of @info and fill in what the loader needs of it
 * @info: image, len and a provisional name are set
 *
 * Context: process, may sleep. Return: 0; -ENOEXEC with the reason in the log; -ENOMEM.
 */
int elf_check(struct load_info *info)
{
	static int (*const steps[])(struct load_info *) = {
		check_header,
		check_section_bounds,
		check_loaded_sections,
		check_overlap,
		check_section_names,
		check_symbols,
		check_module_sections,
		check_tables,
		check_relocations,
	};
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(steps) && !err; i++)
		err = steps[i](info);
	return err;
}
