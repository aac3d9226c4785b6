/* SPDX-License-Identifier: MIT */
/*
 * The vDSO in a program's memory: its image, and right below it the page of time that its code
 * reads. All programs share the pages; who writes to the image, as a debugger does, gets a copy.
 */
#include <linux/arch.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <asm/processor.h>

#define MAX_IMAGE_PAGES	2	/* with data and a gap that is what STACK_TOP leaves */

extern const char vdso_image[], vdso_image_end[];	/* image.S; gone after boot */

static struct page *image_pages[MAX_IMAGE_PAGES + 1] __ro_after_init;
static struct page *data_pages[2] __ro_after_init;
static unsigned long image_size __ro_after_init;	/* bytes, whole pages; 0: there is no vDSO */

static const struct vm_special_mapping image_mapping = { .name = "[vdso]", .pages = image_pages };
static const struct vm_special_mapping data_mapping = { .name = "[vvar]", .pages = data_pages };

static bool vdso_off __initdata;

static int __init vdso_option(char *str)
{
	vdso_off = str && !strcmp(str, "0");
	return 0;
}
early_param("vdso", vdso_option);

static int __init vdso_init(void)
{
	unsigned long size = vdso_image_end - vdso_image, pages = DIV_ROUND_UP(size, PAGE_SIZE), i;

	if (vdso_off)
		return 0;
	if (WARN_ON(pages > MAX_IMAGE_PAGES))
		return -E2BIG;
	data_pages[0] = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!data_pages[0])
		return -ENOMEM;
	for (i = 0; i < pages; i++) {
		image_pages[i] = alloc_page(GFP_KERNEL | __GFP_ZERO);
		if (!image_pages[i])
			return -ENOMEM;
		memcpy(page_address(image_pages[i]), vdso_image + i * PAGE_SIZE,
		       min(size - i * PAGE_SIZE, PAGE_SIZE));
	}
	timekeeping_set_vdso(page_address(data_pages[0]));
	image_size = pages * PAGE_SIZE;
	return 0;
}
core_initcall(vdso_init);

/* See <linux/arch.h>. */
int arch_setup_additional_pages(void)
{
	struct mm_struct *mm = current->mm;
	unsigned long addr;
	int err;

	if (!image_size)
		return 0;
	mmap_write_lock(mm);
	/* Above the stack, whose page tables are there already; a page is left free in between. */
	addr = get_unmapped_area(mm, STACK_TOP + PAGE_SIZE, PAGE_SIZE + image_size);
	err = IS_ERR_VALUE(addr) ? (int)addr : 0;
	if (!err)
		err = install_special_mapping(mm, addr, PAGE_SIZE, VM_READ | VM_MAYREAD | VM_DONTDUMP,
					      &data_mapping);
	if (!err)
		err = install_special_mapping(mm, addr + PAGE_SIZE, image_size,
					      VM_READ | VM_EXEC | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC,
					      &image_mapping);
	mmap_write_unlock(mm);
	if (!err)
		mm->vdso = addr + PAGE_SIZE;
	return err;
}
