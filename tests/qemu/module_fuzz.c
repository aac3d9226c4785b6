/* SPDX-License-Identifier: MIT */
/*
 * Broken modules: files of tests/qemu/ko, damaged. Each is refused with a reason, or what
 * was damaged makes no difference to the loader and the module forms. None is run: what the
 * bytes of its code and data do nobody can tell, so only tables and headers are damaged.
 */
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/kmsg_dump.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include "leak.h"
#include "module_ko.h"
#include "test.h"

struct image {
	void	*good, *bad;	/* the file, and the copy that is damaged */
	size_t	len;
};

static bool open_image(struct image *im, const char *path)
{
	im->good = ko_file(path, &im->len);
	im->bad = kmalloc(im->len ?: 1, GFP_KERNEL);
	return im->good && im->bad;
}

static void close_image(struct image *im)
{
	kfree(im->good);
	kfree(im->bad);
}

static Elf64_Shdr *headers(void *file)
{
	return file + ((Elf64_Ehdr *)file)->e_shoff;
}

static Elf64_Shdr *section(void *file, const char *name)
{
	Elf64_Ehdr *hdr = file;
	Elf64_Shdr *sh = headers(file);
	const char *names = file + sh[hdr->e_shstrndx].sh_offset;
	unsigned int i;

	for (i = 1; i < hdr->e_shnum; i++)
		if (!strcmp(names + sh[i].sh_name, name))
			return &sh[i];
	return NULL;
}

static Elf64_Sym *symbol(void *file, const char *name)
{
	Elf64_Shdr *tab = section(file, ".symtab"), *str = section(file, ".strtab");
	Elf64_Sym *s = file + tab->sh_offset, *end = s + tab->sh_size / sizeof(*s);

	for (; s < end; s++)
		if (!strcmp((char *)file + str->sh_offset + s->st_name, name))
			return s;
	return NULL;
}

/* -- One field at a time, and the answer to each ------------------------------------------------- */

enum place { EHDR, SHDR, RELA, SYM };

#define SECTION_HEADERS	0xfeedbeefcafe	/* stands for their offset in the file */

static const struct damage {
	enum place	place;
	const char	*name;		/* of the section or symbol; of RELA the first entry is meant */
	u32		off, size;	/* of the field */
	u64		value;
	int		err;
	const char	*said;
} damages[] = {
#define FIELD(type, member)	offsetof(type, member), sizeof(((type *)0)->member)
#define E(member, value, said)		{ EHDR, NULL, FIELD(Elf64_Ehdr, member), value, -ENOEXEC, said }
#define S(name, member, value, said)	{ SHDR, name, FIELD(Elf64_Shdr, member), value, -ENOEXEC, said }
#define R(name, member, value, said)	{ RELA, name, FIELD(Elf64_Rela, member), value, -ENOEXEC, said }
#define Y(name, member, value, said)	{ SYM, name, FIELD(Elf64_Sym, member), value, -ENOEXEC, said }
	E(e_ident[0], 0, "not an ELF file"),
	E(e_ident[EI_CLASS], 1, "not a 64-bit little-endian ELF file"),
	E(e_ident[EI_DATA], 2, "not a 64-bit little-endian ELF file"),
	E(e_version, 2, "not a 64-bit little-endian ELF file of version 1"),
	E(e_type, ET_EXEC, "ELF type 2 is no relocatable object"),
	E(e_machine, EM_386, "built for another machine (ELF machine 3)"),
	E(e_machine, EM_AARCH64, "built for another machine (ELF machine 183)"),
	E(e_shentsize, 40, "section headers of 40 bytes, expected 64"),
	E(e_shnum, 0, "no sections"),
	E(e_shnum, 0xffff, "section headers at"),
	E(e_shoff, ~0ULL, "section headers at"),
	E(e_shoff, 1, "section headers at odd offset 1"),
	E(e_shstrndx, 0, "section-name table is section 0"),
	E(e_shstrndx, 1, "is no string table"),
	E(e_shstrndx, 200, "section-name table is section 200"),
	S(".text", sh_offset, 1 << 20, "lies past the end"),
	S(".text", sh_size, 1 << 20, "lies past the end"),
	S(".text", sh_offset, -8ULL, "lies past the end"),
	S(".text", sh_size, -8ULL, "lies past the end"),
	S(".init.text", sh_offset, sizeof(Elf64_Ehdr), "overlap in the file"),
	S(".text", sh_offset, 0, "the ELF header and section"),
	S(".init.data", sh_offset, SECTION_HEADERS, "overlap in the file"),
	S(".text", sh_name, 1 << 16, "lies outside the table"),
	S(".text", sh_addralign, 3, "has alignment 3"),
	S(".text", sh_addralign, 1 << 13, "has alignment 8192"),
	S(".text", sh_flags, SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR, "both writable and executable"),
	S(".text", sh_type, SHT_NULL, "can't be loaded"),
	S(".text", sh_type, SHT_NOBITS, "which has no contents"),
	S(".bss", sh_size, 1ULL << 31, "has 2147483648 bytes"),
	S(".symtab", sh_type, SHT_PROGBITS, "0 symbol tables"),
	S(".comment", sh_type, SHT_SYMTAB, "2 symbol tables"),
	S(".symtab", sh_flags, SHF_ALLOC, "can't be loaded"),
	S(".symtab", sh_entsize, 16, "symbol table"),
	S(".symtab", sh_size, 0, "symbol table"),
	S(".symtab", sh_link, 0, "symbol names are in section 0"),
	S(".symtab", sh_link, 1, "symbol-name table (section 1) is no string table"),
	S(".strtab", sh_size, 5, "is not closed by NUL"),
	S(".strtab", sh_size, 0, "is not closed by NUL"),
	S(".shstrtab", sh_type, SHT_NOTE, "is no string table"),
	S(".rela.text", sh_type, SHT_REL, "REL relocations, expected RELA"),
	S(".rela.text", sh_entsize, 8, "is malformed"),
	S(".rela.text", sh_size, 23, "is malformed"),
	S(".rela.text", sh_link, 1, "uses symbol table 1"),
	S(".rela.text", sh_info, 0, "is for section 0"),
	S(".rela.text", sh_info, 4000, "is for section 4000"),
	S(".rela.text", sh_flags, SHF_ALLOC, "can't be loaded"),
	S(".gnu.linkonce.this_module", sh_name, 0, "not built as a module"),
	S(".gnu.linkonce.this_module", sh_size, 8, "built against other headers"),
	S(".gnu.linkonce.this_module", sh_flags, SHF_ALLOC, "is malformed"),
	S(".gnu.linkonce.this_module", sh_addralign, 1, "is malformed"),
	S(".modinfo", sh_size, 3, "lies outside its section"),
	S(".modinfo", sh_type, SHT_NOBITS, "no proper .modinfo"),
	S("__ksymtab", sh_size, 17, "__ksymtab (section"),
	S("__param", sh_addralign, 1, "__param (section"),
	S("__ex_table", sh_type, SHT_NOBITS, "__ex_table (section"),
	S(".data..percpu", sh_type, SHT_NOBITS, "has no contents"),
	R(".rela.text", r_offset, 1 << 20, "lies outside its section"),
	R(".rela.text", r_offset, -4ULL, "lies outside its section"),
	R(".rela.text", r_offset, 0, "is for bytes that are not empty"),
	R(".rela.text", r_info, 0xffULL << 32 | 2, "names symbol 255"),
	R(".rela.text", r_info, 99, "has unknown type 99"),
	R(".rela.text", r_info, 1ULL << 32 | 10, "does not fit"),
	R(".rela.text", r_addend, 1ULL << 40, "does not fit"),
	R(".rela.gnu.linkonce.this_module", r_offset, 8, "would change the module structure at byte 8"),
	R(".rela.gnu.linkonce.this_module", r_addend, 1 << 20, "its init or exit function lies outside"),
	R(".rela.gnu.linkonce.this_module", r_info, 0, NULL),	/* no init: that is allowed */
	R(".rela__ksymtab", r_addend, 16, NULL),	/* the wrong function, but in the module */
	R(".rela__param", r_info, 0, "parameter 0 is malformed"),
	Y("ko_fault", st_name, 1 << 20, "name of symbol"),
	Y("ko_fault", st_shndx, 300, "is in section 300"),
	Y("ko_fault", st_shndx, SHN_COMMON, "is a common symbol"),
	Y("ko_fault", st_shndx, 0xff42, "has unknown section 0xff42"),
	Y("ko_fault", st_value, 1 << 20, "lies outside its section"),
	{ SYM, "param_ops_int", FIELD(Elf64_Sym, st_name), 1, -ENOENT, "Unknown symbol" },
	{ SYM, "ko_read", FIELD(Elf64_Sym, st_shndx), SHN_UNDEF, -ENOENT, "Unknown symbol ko_read" },
	{ SHDR, ".bss", FIELD(Elf64_Shdr, sh_size), 0x7ffffff0, -ENOMEM, "more than the module area has" },
	{ SHDR, ".bss", FIELD(Elf64_Shdr, sh_size), 400 << 20, -ENOMEM, "no memory for its" },
};

static void *place_of(void *file, const struct damage *d)
{
	Elf64_Shdr *sec;

	switch (d->place) {
	case EHDR:
		return file;
	case SHDR:
		return section(file, d->name);
	case RELA:
		sec = section(file, d->name);
		return sec ? file + sec->sh_offset : NULL;
	default:
		return symbol(file, d->name);
	}
}

/* The damaged file is formed and given up again: 0, or the error. */
static int form(struct image *im, size_t len)
{
	struct module *mod;

	quiet_console(true);
	mod = module_form(im->bad, len, NULL);
	quiet_console(false);
	if (IS_ERR(mod))
		return PTR_ERR(mod);
	module_discard(mod);
	return 0;
}

static void check_damage(struct image *im, const struct damage *d)
{
	u64 seq = printk_next_seq(), value = d->value;
	bool as_said;
	char *at;
	int err;

	/* What a machine with much memory can load is no damage there. */
	if (d->err == -ENOMEM && value < nr_free_pages() << PAGE_SHIFT &&
	    value < MODULES_END - MODULES_VADDR)
		return;
	memcpy(im->bad, im->good, im->len);
	if (value == SECTION_HEADERS)
		value = ((Elf64_Ehdr *)im->good)->e_shoff;
	at = place_of(im->bad, d);
	if (!at) {
		test_note("there is no %s in the file", d->name);
		expect(at);
		return;
	}
	memcpy(at + d->off, &value, d->size);
	err = form(im, im->len);
	as_said = d->said ? err == d->err && was_said(seq, d->said) : !err;
	if (!as_said)
		test_note("damage %zu: %s, %llx, gives %d without '%s'", d - damages,
			  d->name ?: "header", value, err, d->said ?: "");
	expect(as_said);
}

TEST(module_fuzz, fields, "H1", "a broken field of a module's tables is refused with a reason that names it")
{
	struct image im;
	unsigned int i;

	need_ko();
	require(open_image(&im, KO("ko_all")));
	NO_LEAK_BEGIN;
	for (i = 0; i < ARRAY_SIZE(damages); i++)
		check_damage(&im, &damages[i]);
	NO_LEAK_END;
	close_image(&im);
}

/* Replace the text @from, wherever it is, by @to of the same length. */
static bool rename_text(struct image *im, const char *from, const char *to)
{
	size_t i, n = strlen(from);
	bool found = false;

	for (i = 0; i + n <= im->len; i++)
		if (!memcmp(im->bad + i, from, n)) {
			memcpy(im->bad + i, to, n);
			found = true;
		}
	return found;
}

TEST(module_fuzz, texts, "H1", "another kernel's version, a missing name, a name exported twice are each said")
{
	static const struct { const char *from, *to, *said; int err; } texts[] = {
		{ "vermagic=6.1.0", "vermagic=5.1.0", "version magic '5.1.0-", -ENOEXEC },
		{ "vermagic=", "vermagi_=", "version magic '(none)' should be '" VERMAGIC_STRING, -ENOEXEC },
		{ "param_ops_int", "param_ops_iNt", "Unknown symbol param_ops_iNt", -ENOENT },
		{ ".gnu.linkonce.this_module", ".gnu.linkonce.that_module", "not built as a module", -ENOEXEC },
	};
	u64 seq = printk_next_seq();
	Elf64_Rela *rel;
	struct image im;
	unsigned int i;

	need_ko();
	require(open_image(&im, KO("ko_all")));
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		memcpy(im.bad, im.good, im.len);
		expect(rename_text(&im, texts[i].from, texts[i].to));
		expect_eq(form(&im, im.len), texts[i].err);
		expect(was_said(seq, texts[i].said));
	}
	/* Its two exports get the same name: entries 1 and 3 relocate the names. */
	memcpy(im.bad, im.good, im.len);
	rel = im.bad + section(im.bad, ".rela__ksymtab")->sh_offset;
	rel[3].r_addend = rel[1].r_addend;
	expect_eq(form(&im, im.len), -ENOEXEC);
	expect(was_said(seq, "ko_all: exports symbol ko_a"));
	rel[3].r_info = 0;
	expect_eq(form(&im, im.len), -ENOEXEC);
	expect(was_said(seq, "has no name"));
	close_image(&im);
}

/* -- Thousands ----------------------------------------------------------------------------------- */

static struct {
	unsigned int tried, formed, silent, strange;
} count;

static void try_damaged(struct image *im, size_t len)
{
	u64 seq = printk_next_seq();
	int err = form(im, len);

	count.tried++;
	count.formed += !err;
	count.silent += err && printk_next_seq() == seq;
	count.strange += err && err != -ENOEXEC && err != -ENOENT && err != -ENOMEM;
}

static void expect_counts(const char *what)
{
	test_note("%s: %u files, %u of them formed", what, count.tried, count.formed);
	expect_eq(count.silent, 0);
	expect_eq(count.strange, 0);
	memset(&count, 0, sizeof(count));
}

TEST(module_fuzz, truncated, "H1", "a module cut off anywhere is refused")
{
	struct image im;
	size_t len;

	need_ko();
	require(open_image(&im, KO("ko_all")));
	memcpy(im.bad, im.good, im.len);
	NO_LEAK_BEGIN;
	for (len = 0; len < im.len; len += len < 2 * sizeof(Elf64_Ehdr) ? 1 : 3)
		try_damaged(&im, len);
	expect_eq(count.formed, 0);
	expect_counts("cut off");
	NO_LEAK_END;
	close_image(&im);
}

/* Bytes that the loader reads: a header, or a table by its section's type. */
static void pick_region(struct image *im, struct rnd_state *rnd, u8 **start, size_t *size)
{
	Elf64_Ehdr *hdr = im->good;
	Elf64_Shdr *sh = headers(im->good);
	unsigned int i;

	*start = im->bad;
	*size = sizeof(*hdr);
	switch (prandom_u32_state(rnd) % 8) {
	case 0:
		return;
	case 1 ... 3:
		*start += hdr->e_shoff;
		*size = hdr->e_shnum * sizeof(*sh);
		return;
	}
	do {
		i = 1 + prandom_u32_state(rnd) % (hdr->e_shnum - 1);
	} while ((sh[i].sh_type != SHT_RELA && sh[i].sh_type != SHT_SYMTAB &&
		  sh[i].sh_type != SHT_STRTAB) || !sh[i].sh_size);
	*start += sh[i].sh_offset;
	*size = sh[i].sh_size;
}

static void damage_at_random(struct image *im, struct rnd_state *rnd)
{
	static const u8 favourites[] = { 0, 1, 2, 4, 7, 8, 0x7f, 0x80, 0xff };
	unsigned int n = 1 + prandom_u32_state(rnd) % 3;
	size_t size;
	u8 *start, *at;

	memcpy(im->bad, im->good, im->len);
	while (n--) {
		pick_region(im, rnd, &start, &size);
		at = start + prandom_u32_state(rnd) % size;
		switch (prandom_u32_state(rnd) % 3) {
		case 0:
			*at ^= 1 << prandom_u32_state(rnd) % 8;
			break;
		case 1:
			*at = favourites[prandom_u32_state(rnd) % ARRAY_SIZE(favourites)];
			break;
		default:
			*at = prandom_u32_state(rnd);
		}
	}
}

static void fuzz(const char *path, unsigned int seed, unsigned int rounds)
{
	struct rnd_state rnd;
	struct image im;

	if (expect(open_image(&im, path))) {
		prandom_seed_state(&rnd, seed);
		while (rounds--) {
			damage_at_random(&im, &rnd);
			try_damaged(&im, im.len);
		}
	}
	close_image(&im);
	expect_counts(path);
}

TEST(module_fuzz, random, "H1", "thousands of modules with damaged tables are refused with a reason or do no harm")
{
	struct module *mod;

	need_ko();
	NO_LEAK_BEGIN;
	fuzz(KO("ko_all"), 1, 4000);
	fuzz(KO("ko_params"), 2, 1500);
	/* One that uses another: its uses are taken back too. */
	expect_eq(load_module_file(KO("ko_all"), NULL), 0);
	mod = find_module("ko_all");
	fuzz(KO("ko_user"), 3, 1500);
	expect(mod && module_refcount(mod) == 0);
	expect_eq(unload_module("ko_all"), 0);
	NO_LEAK_END;
	/* And whole ones still load. */
	expect_eq(load_module_file(KO("ko_params"), NULL), 0);
	expect_eq(unload_module("ko_params"), 0);
}
