/* SPDX-License-Identifier: MIT */
/*
 * Programs in the ELF format: fixed ones, and those that may lie anywhere (static-pie), with their
 * interpreter if they name one.
 *
 * Nothing in the file is trusted: mmap() checks addresses and lengths, and what the program does with
 * a file that makes no sense is its own fault. System V gABI, "Program Loading and Dynamic Linking";
 * AMD64 psABI, "Process Initialization", for the stack.
 */
#include <linux/arch.h>
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/elf.h>
#include <asm/ptrace.h>
#include "internals.h"

#define MAX_PHDRS	64

/* A file whose headers were read and found to make sense. */
struct image {
	struct file	*file;
	Elf64_Ehdr	ehdr;
	Elf64_Phdr	*phdrs;
	unsigned long	low, high;	/* addresses it covers, before it is moved */
	bool		exec_stack;

	unsigned long	bias;		/* where it was mapped, minus where it says */
	unsigned long	phdr_addr;	/* of the program headers in memory, or 0 */
};

/* A program with what is to load its libraries, where it names one. */
struct program {
	struct image	main;
	struct image	interp;		/* file NULL: there is none */
};

/* -- Reading --------------------------------------------------------------------------------- */

static int read_at(struct file *file, void *buf, size_t len, loff_t pos)
{
	ssize_t n = kernel_read(file, buf, len, &pos);

	return n < 0 ? n : n == (ssize_t)len ? 0 : -EIO;
}

static bool is_program(const Elf64_Ehdr *e)
{
	return !memcmp(e->e_ident, ELFMAG, SELFMAG) && e->e_ident[EI_CLASS] == ELFCLASS64 &&
	       e->e_ident[EI_DATA] == ELFDATA2LSB && e->e_machine == ELF_ARCH &&
	       (e->e_type == ET_EXEC || e->e_type == ET_DYN) &&
	       e->e_phentsize == sizeof(Elf64_Phdr) && e->e_phnum && e->e_phnum <= MAX_PHDRS;
}

static bool segment_makes_sense(const Elf64_Phdr *ph)
{
	return ph->p_filesz <= ph->p_memsz && ph->p_memsz <= TASK_SIZE_MAX &&
	       ph->p_vaddr <= TASK_SIZE_MAX - ph->p_memsz &&
	       offset_in_page(ph->p_vaddr) == offset_in_page(ph->p_offset) &&
	       ph->p_offset <= (u64)MAX_LFS_FILESIZE - ph->p_filesz;
}

static int look_at_phdrs(struct image *im)
{
	unsigned int i;

	im->low = ~0UL;
	for (i = 0; i < im->ehdr.e_phnum; i++) {
		const Elf64_Phdr *ph = &im->phdrs[i];

		if (ph->p_type == PT_GNU_STACK)
			im->exec_stack = ph->p_flags & PF_X;
		if (ph->p_type != PT_LOAD || !ph->p_memsz)
			continue;
		if (!segment_makes_sense(ph))
			return -ENOEXEC;
		im->low = min(im->low, (unsigned long)PAGE_ALIGN_DOWN(ph->p_vaddr));
		im->high = max(im->high, (unsigned long)PAGE_ALIGN(ph->p_vaddr + ph->p_memsz));
		if (ph->p_offset <= im->ehdr.e_phoff &&
		    im->ehdr.e_phoff - ph->p_offset < ph->p_filesz)
			im->phdr_addr = ph->p_vaddr + (im->ehdr.e_phoff - ph->p_offset);
	}
	return im->high ? 0 : -ENOEXEC;
}

/* Return: 0; -EIO: the file is too short for one. */
static int read_header(struct image *im, struct file *file)
{
	im->file = file;
	return read_at(file, &im->ehdr, sizeof(im->ehdr), 0);
}

/* Return: 0; -ENOEXEC: no program of this machine; -ENOMEM. */
static int read_phdrs(struct image *im)
{
	size_t size = im->ehdr.e_phnum * sizeof(Elf64_Phdr);

	if (!is_program(&im->ehdr) || im->ehdr.e_phoff > (u64)MAX_LFS_FILESIZE - size)
		return -ENOEXEC;
	im->phdrs = kmalloc(size, GFP_KERNEL);
	if (!im->phdrs)
		return -ENOMEM;
	return read_at(im->file, im->phdrs, size, im->ehdr.e_phoff) ? -ENOEXEC : look_at_phdrs(im);
}

/* The name of the first interpreter that there is, to be freed; NULL for none; ERR_PTR. */
static char *interp_name(const struct image *im)
{
	const Elf64_Phdr *ph = im->phdrs, *end = ph + im->ehdr.e_phnum;
	char *name;
	int err;

	while (ph < end && ph->p_type != PT_INTERP)
		ph++;
	if (ph == end)
		return NULL;
	if (ph->p_filesz < 2 || ph->p_filesz > PATH_MAX || ph->p_offset > (u64)MAX_LFS_FILESIZE - PATH_MAX)
		return ERR_PTR(-ENOEXEC);
	name = kmalloc(ph->p_filesz, GFP_KERNEL);
	if (!name)
		return ERR_PTR(-ENOMEM);
	err = read_at(im->file, name, ph->p_filesz, ph->p_offset);
	if (!err && name[ph->p_filesz - 1])
		err = -ENOEXEC;
	if (err)
		kfree(name);
	return err ? ERR_PTR(err) : name;
}

/* Return: 0, also when there is none; as open_exec(); -EIO; -ELIBBAD: it can't be one. */
static int read_interp(struct program *p)
{
	char *name = interp_name(&p->main);
	struct file *file;
	int err;

	if (IS_ERR_OR_NULL(name))
		return PTR_ERR_OR_ZERO(name);
	file = open_exec(name);
	kfree(name);
	if (IS_ERR(file))
		return PTR_ERR(file);
	err = read_header(&p->interp, file) ?: read_phdrs(&p->interp);
	return err == -ENOEXEC ? -ELIBBAD : err;
}

/* Of @bprm's file. Return: 0; an error, with all that there is of @p to be given back. */
static int read_program(struct program *p, struct linux_binprm *bprm)
{
	if (read_header(&p->main, bprm->file))
		return -ENOEXEC;
	return read_phdrs(&p->main) ?: read_interp(p);
}

static void free_program(struct program *p)
{
	kfree(p->main.phdrs);
	kfree(p->interp.phdrs);
	if (p->interp.file)
		close_exec(p->interp.file);
	kfree(p);
}

/* -- Mapping --------------------------------------------------------------------------------- */

static unsigned long prot_of(const Elf64_Phdr *ph)
{
	return (ph->p_flags & PF_R ? PROT_READ : 0) | (ph->p_flags & PF_W ? PROT_WRITE : 0) |
	       (ph->p_flags & PF_X ? PROT_EXEC : 0);
}

/* What a segment has beyond the file: the rest of the last page, and pages of its own. */
static int map_zeroes(const struct image *im, const Elf64_Phdr *ph)
{
	unsigned long from = im->bias + ph->p_vaddr + ph->p_filesz;
	unsigned long end = im->bias + ph->p_vaddr + ph->p_memsz, page = PAGE_ALIGN(from);

	if (from == end)
		return 0;
	if (ph->p_filesz && page != from && (ph->p_flags & PF_W) &&
	    clear_user((void __user *)from, min(page, end) - from))
		return -EFAULT;
	if (!ph->p_filesz)
		page = PAGE_ALIGN_DOWN(from);
	if (page >= end)
		return 0;
	return vm_brk_flags(page, end - page, ph->p_flags & PF_X ? VM_EXEC : 0);
}

static int map_segment(const struct image *im, const Elf64_Phdr *ph)
{
	unsigned long addr = im->bias + ph->p_vaddr, skip = offset_in_page(addr), ret;

	if (ph->p_filesz) {
		ret = vm_mmap(im->file, addr - skip, ph->p_filesz + skip, prot_of(ph),
			      MAP_PRIVATE | MAP_FIXED, ph->p_offset - skip);
		if (IS_ERR_VALUE(ret))
			return (long)ret;
	}
	return map_zeroes(im, ph);
}

/* Choose where it lies: where it says, at @base, or, for @base 0, wherever there is room. */
static int place(struct image *im, unsigned long base)
{
	unsigned long at;

	if (im->ehdr.e_type == ET_EXEC)
		return 0;
	at = vm_mmap(NULL, base, im->high - im->low, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | (base ? MAP_FIXED_NOREPLACE : 0), 0);
	if (IS_ERR_VALUE(at))
		return (long)at;
	im->bias = at - im->low;
	return vm_munmap(at, im->high - im->low);
}

static int map_image(struct image *im, unsigned long base)
{
	unsigned int i;
	int err = place(im, base);

	for (i = 0; !err && i < im->ehdr.e_phnum; i++)
		if (im->phdrs[i].p_type == PT_LOAD && im->phdrs[i].p_memsz)
			err = map_segment(im, &im->phdrs[i]);
	return err;
}

static void note_bounds(struct mm_struct *mm, const struct image *im)
{
	unsigned int i;

	mm->start_code = ~0UL;
	for (i = 0; i < im->ehdr.e_phnum; i++) {
		const Elf64_Phdr *ph = &im->phdrs[i];
		unsigned long start = im->bias + ph->p_vaddr, end = start + ph->p_filesz;

		if (ph->p_type != PT_LOAD || !ph->p_memsz)
			continue;
		mm->start_code = min(mm->start_code, start);
		if (ph->p_flags & PF_X)
			mm->end_code = max(mm->end_code, end);
		mm->start_data = max(mm->start_data, start);
		mm->end_data = max(mm->end_data, end);
	}
	mm->start_brk = mm->brk = im->bias + im->high;
}

/* -- The stack: strings are there already ------------------------------------------------------ */

static int push_words(unsigned long *sp, const void *words, size_t size)
{
	*sp -= size;
	return copy_to_user((void __user *)*sp, words, size) ? -EFAULT : 0;
}

static unsigned int fill_auxv(unsigned long *v, const struct image *im, unsigned long interp_base,
			      unsigned long random, unsigned long platform, unsigned long execfn)
{
	/* Without a vDSO its place is not told: what is told first is told again. */
	unsigned long vdso = current->mm->vdso;
	const unsigned long values[][2] = {
		{ vdso ? AT_SYSINFO_EHDR : AT_HWCAP, vdso ?: ELF_HWCAP },
		{ AT_HWCAP, ELF_HWCAP }, { AT_PAGESZ, PAGE_SIZE }, { AT_CLKTCK, 100 },
		{ AT_PHDR, im->phdr_addr ? im->bias + im->phdr_addr : 0 },
		{ AT_PHENT, sizeof(Elf64_Phdr) }, { AT_PHNUM, im->ehdr.e_phnum },
		{ AT_BASE, interp_base }, { AT_FLAGS, 0 }, { AT_ENTRY, im->bias + im->ehdr.e_entry },
		{ AT_UID, 0 }, { AT_EUID, 0 }, { AT_GID, 0 }, { AT_EGID, 0 }, { AT_SECURE, 0 },
		{ AT_RANDOM, random }, { AT_HWCAP2, ELF_HWCAP2 }, { AT_EXECFN, execfn },
		{ AT_PLATFORM, platform }, { AT_NULL, 0 },
	};

	static_assert(sizeof(values) <= AT_VECTOR_SIZE * sizeof(long));
	memcpy(v, values, sizeof(values));
	return sizeof(values) / sizeof(long);
}

/* Pointers to @n strings that lie one behind the other from *@string on; then a NULL. */
static int put_pointers(unsigned long **slot, int n, unsigned long *string)
{
	unsigned long __user *out = (unsigned long __user *)*slot;
	long len;

	for (; n > 0; n--, out++) {
		len = strnlen_user((const char __user *)*string, MAX_ARG_STRLEN);
		if (!len || put_user(*string, out))
			return -EFAULT;
		*string += len;
	}
	if (put_user(0UL, out))
		return -EFAULT;
	*slot = (unsigned long __force *)out + 1;
	return 0;
}

/*
 * From @bprm->p up: the strings of arguments, environment and the program's name. Below come
 * random bytes, the platform's name, the auxiliary vector, and pointers; the lowest word, on
 * a multiple of 16, is the number of arguments. Return: the stack pointer, or -EFAULT.
 */
static long build_stack(struct linux_binprm *bprm, const struct image *im, unsigned long interp_base)
{
	struct mm_struct *mm = current->mm;
	unsigned long sp = ALIGN_DOWN(bprm->p, 16), random, platform, strings = bprm->p;
	unsigned long execfn = STACK_TOP - sizeof(void *) - strlen(bprm->filename) - 1;
	unsigned long *slot;
	unsigned int aux;
	u8 bytes[16];
	int err;

	get_random_bytes(bytes, sizeof(bytes));
	err = push_words(&sp, bytes, sizeof(bytes));
	random = sp;
	err = err ?: push_words(&sp, ELF_PLATFORM, sizeof(ELF_PLATFORM));
	platform = sp;
	if (err)
		return err;
	aux = fill_auxv(mm->saved_auxv, im, interp_base, random, platform, execfn);
	sp = ALIGN_DOWN(sp - (aux + 1 + bprm->argc + 1 + bprm->envc + 1) * sizeof(long), 16);

	slot = (unsigned long *)sp;
	if (put_user((long)bprm->argc, (long __user *)slot))
		return -EFAULT;
	slot++;
	mm->arg_start = strings;
	err = put_pointers(&slot, bprm->argc, &strings);
	mm->arg_end = mm->env_start = strings;
	err = err ?: put_pointers(&slot, bprm->envc, &strings);
	mm->env_end = strings;
	if (err || copy_to_user((void __user *)slot, mm->saved_auxv, aux * sizeof(long)))
		return -EFAULT;
	mm->start_stack = sp;
	return sp;
}

/* -- All of it ------------------------------------------------------------------------------------ */

/* Nothing but memory is missing any more: an error is the program's end. */
static int start(struct linux_binprm *bprm, struct program *p)
{
	struct image *first = p->interp.file ? &p->interp : &p->main;	/* where it begins */
	int err = begin_new_exec(bprm) ?: map_image(&p->main, ELF_ET_DYN_BASE);
	long sp;

	if (err)
		return err;
	note_bounds(current->mm, &p->main);
	if (p->interp.file)
		err = map_image(&p->interp, 0);
	if (!err && p->main.exec_stack)
		err = stack_may_execute(current->mm);
	err = err ?: arch_setup_additional_pages();
	sp = err ?: build_stack(bprm, &p->main, p->interp.file ? p->interp.bias + p->interp.low : 0);
	if (sp < 0)
		return sp;
	start_thread(current_pt_regs(), first->bias + first->ehdr.e_entry, sp);
	return 0;
}

/**
 * load_elf - run a program, if the file is one
 * @bprm: the file and the new address space
 *
 * Return: 0: current's frame is the new program's; -ENOEXEC not ELF, or not for this machine; as
 * open_exec() of its interpreter; -EIO, -ELIBBAD: that is none. Before the point of no return nothing has
 * changed.
 */
int load_elf(struct linux_binprm *bprm)
{
	struct program *p;
	int err;

	if (memcmp(bprm->buf, ELFMAG, SELFMAG))
		return -ENOEXEC;
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	err = read_program(p, bprm) ?: start(bprm, p);
	free_program(p);
	return err;
}
