/* SPDX-License-Identifier: MIT */
/* vmalloc areas: what is mapped, and what is not any more. */
#include <linux/arch.h>
#include <linux/mm.h>
#include <linux/set_memory.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "leak.h"
#include "test.h"

static bool readable(const void *p)
{
	char byte;

	return !copy_from_kernel_nofault(&byte, p, 1);
}

TEST(vmalloc, area, "", "a vmalloc area is mapped to its end and not beyond, and gone after vfree()")
{
	size_t size = 5 * PAGE_SIZE, i;
	char *p, *q;

	NO_LEAK_BEGIN;
	p = vzalloc(size);
	q = vmalloc(1);
	require(p && q && p != q);
	expect(is_vmalloc_addr(p) && !memchr_inv(p, 0, size));
	for (i = 0; i < size; i += PAGE_SIZE)
		expect(page_to_phys(vmalloc_to_page(p + i)) == arch_kernel_pa((unsigned long)p + i));
	expect(readable(p + size - 1));
	expect(!readable(p + size));
	expect(!readable(q + PAGE_SIZE));
	vfree(p);
	vm_unmap_aliases();
	expect(!readable(p));
	vfree(q);
	expect(!vmalloc(0));
	NO_LEAK_END;
}

TEST(vmalloc, churn, "", "areas of many sizes come and go without running out of addresses or memory")
{
	char *p[32] = { };
	unsigned int i;

	NO_LEAK_BEGIN;
	for (i = 0; i < 2000; i++) {
		char **slot = &p[(i * 7) % ARRAY_SIZE(p)];

		vfree(*slot);
		*slot = vmalloc((i * 3637) % 70000 + 1);
		if (!expect(*slot))
			break;
		**slot = i;
	}
	for (i = 0; i < ARRAY_SIZE(p); i++)
		vfree(p[i]);
	NO_LEAK_END;
}

static void *freed_in_irq;

static void vfree_in_irq(void *unused)
{
	vfree(freed_in_irq);
}

static int vfree_on_cpu1(void *unused)
{
	return smp_call_function_single(1, vfree_in_irq, NULL, true);
}

TEST(vmalloc, from_interrupt, "", "vfree() in an interrupt handler takes effect soon after")
{
	need(num_online_cpus() > 1, "a single CPU calls the function without an interrupt");
	freed_in_irq = vmalloc(PAGE_SIZE);
	require(freed_in_irq);
	test_on_cpu(0, vfree_on_cpu1, NULL);
	wait_until(!find_vm_area(freed_in_irq));
}

TEST(vmalloc, protection, "", "module memory can be made read-only and back")
{
	char *p = module_alloc(2 * PAGE_SIZE), x = 5;

	require(p);
	expect((unsigned long)p >= MODULES_VADDR && (unsigned long)p < MODULES_END);
	expect(!copy_to_kernel_nofault(p, &x, 1));
	expect_eq(set_memory_ro((unsigned long)p, 1), 0);
	expect_eq(copy_to_kernel_nofault(p, &x, 1), -EFAULT);
	expect(!copy_to_kernel_nofault(p + PAGE_SIZE, &x, 1));
	expect(readable(p));
	expect_eq(set_memory_rw((unsigned long)p, 1), 0);
	expect(!copy_to_kernel_nofault(p, &x, 1));
	module_memfree(p);
}
