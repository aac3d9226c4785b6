/* SPDX-License-Identifier: MIT */
/* Pages, slab objects, vmalloc areas, per-CPU memory: what is promised, and that all comes back. */
#include <linux/arch.h>
#include <linux/ioport.h>
#include <linux/list.h>
#include <linux/memblock.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/set_memory.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "leak.h"
#include "test.h"

TEST(pages, orders, "", "a block of every order is aligned to its size, and freeing it gives back all its pages")
{
	unsigned long before = nr_free_pages();
	struct page *page[MAX_ORDER];
	unsigned int i;

	for (i = 0; i < MAX_ORDER; i++) {
		page[i] = alloc_pages(GFP_KERNEL | __GFP_NOWARN, i);
		if (expect(page[i]))
			expect(IS_ALIGNED(page_to_pfn(page[i]), 1UL << i));
	}
	expect(!alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_ORDER));
	expect_eq(before - nr_free_pages(), (1 << MAX_ORDER) - 1);
	for (i = 0; i < MAX_ORDER; i++)
		if (page[i])
			__free_pages(page[i], i);
	expect_eq(nr_free_pages(), before);
}

TEST(pages, zones, "", "GFP_DMA memory is below 16 MiB and GFP_DMA32 memory below 4 GiB")
{
	struct page *dma = alloc_pages(GFP_KERNEL | GFP_DMA, 3), *low = alloc_pages(GFP_KERNEL | GFP_DMA32, 3);

	require(dma && low);
	expect(page_to_phys(dma) + 8 * PAGE_SIZE <= 16 << 20);
	expect(page_to_phys(low) + 8 * PAGE_SIZE <= 1ULL << 32);
	__free_pages(dma, 3);
	__free_pages(low, 3);
}

TEST(pages, exhaustion, "", "when memory is out requests get NULL, and a later free puts everything right")
{
	unsigned long before = nr_free_pages(), taken = 0;
	struct page *page, *next;
	unsigned int order;
	LIST_HEAD(all);

	for (order = MAX_ORDER; order-- > 0; ) {
		while ((page = alloc_pages(GFP_KERNEL | __GFP_NOWARN, order)) != NULL) {
			page->private = order;
			list_add(&page->lru, &all);
			taken += 1UL << order;
		}
	}
	expect(!__get_free_page(GFP_KERNEL | __GFP_NOWARN));
	expect(taken > before / 2);
	/* What GFP_KERNEL may not use up is there for who can't wait. */
	page = alloc_page(GFP_ATOMIC | __GFP_NOWARN);
	if (expect(page))
		__free_page(page);

	list_for_each_entry_safe(page, next, &all, lru)
		__free_pages(page, page->private);
	expect_eq(nr_free_pages(), before);
	page = alloc_pages(GFP_KERNEL, MAX_ORDER - 1);
	if (expect(page))
		__free_pages(page, MAX_ORDER - 1);
}

TEST(pages, exact, "", "alloc_pages_exact() gives back the pages beyond the size at once")
{
	unsigned long before = nr_free_pages();
	char *p = alloc_pages_exact(5 * PAGE_SIZE, GFP_KERNEL);

	require(p);
	expect_eq(before - nr_free_pages(), 5);
	memset(p, 1, 5 * PAGE_SIZE);
	free_pages_exact(p, 5 * PAGE_SIZE);
	expect_eq(nr_free_pages(), before);
}

TEST(slab, sizes, "", "kmalloc() of any size is aligned, all of it can be written, and powers of two are aligned to themselves")
{
	size_t size;

	NO_LEAK_BEGIN;
	for (size = 1; size <= 4 << 20; size += size / 3 + 1) {
		char *a = kmalloc(size, GFP_KERNEL), *b = kmalloc(size, GFP_KERNEL);

		if (!expect(a && b))
			break;
		expect(IS_ALIGNED((unsigned long)a, 8) && ksize(a) >= size);
		memset(a, 0x11, size);
		memset(b, 0x22, size);
		expect(!memchr_inv(a, 0x11, size));
		kfree(a);
		kfree(b);
	}
	for (size = 8; size <= 64 << 10; size *= 2) {
		void *p = kmalloc(size, GFP_KERNEL);

		expect(p && IS_ALIGNED((unsigned long)p, size));
		kfree(p);
	}
	NO_LEAK_END;
}

TEST(slab, corners, "", "kmalloc(0), sizes that overflow, krealloc() and kzalloc() behave as on Linux")
{
	size_t huge = ~(size_t)0;
	char *p;

	NO_LEAK_BEGIN;
	p = kmalloc(0 * jiffies, GFP_KERNEL);
	expect(p == ZERO_SIZE_PTR);
	kfree(p);
	kfree(NULL);
	expect(!kmalloc_array(huge / 2, 3, GFP_KERNEL));
	expect(!kmalloc(huge, GFP_KERNEL | __GFP_NOWARN));
	expect(!kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL | __GFP_NOWARN));

	p = kmalloc(100, GFP_KERNEL);
	memset(p, 0x5c, 100);
	kfree(p);
	p = kzalloc(100, GFP_KERNEL);
	require(p);
	expect(!memchr_inv(p, 0, 100));
	strcpy(p, "kept");
	p = krealloc(p, 20000, GFP_KERNEL);
	require(p);
	expect_str(p, "kept");
	p = krealloc(p, 0, GFP_KERNEL);
	expect(p == ZERO_SIZE_PTR);
	p = kasprintf(GFP_KERNEL, "%s-%d", "a", 7);
	expect_str(p, "a-7");
	kfree(p);
	NO_LEAK_END;
}

TEST(memblock, ranges, "", "ranges in any order merge, split and are searched; the record of RAM covers what is in use")
{
	/* Above all memory; nothing looks at the tables for such addresses after boot. */
	const phys_addr_t at = 1ULL << 50, k = 4096;
	phys_addr_t reserved = memblock_reserved_size();
	unsigned int cnt = memblock.reserved.cnt;

	memblock_reserve(at + 4 * k, k);
	memblock_reserve(at, k);
	expect_eq(memblock.reserved.cnt, cnt + 2);
	memblock_reserve(at + k, 3 * k);		/* closes the gap */
	memblock_reserve(at + 2 * k, k);		/* is in it already */
	expect_eq(memblock.reserved.cnt, cnt + 1);
	expect_eq(memblock_reserved_size() - reserved, 5 * k);
	expect(memblock_is_reserved(at + 5 * k - 1) && !memblock_is_reserved(at + 5 * k));

	memblock_phys_free(at + 2 * k, k);		/* splits */
	expect_eq(memblock.reserved.cnt, cnt + 2);
	expect(!memblock_is_reserved(at + 2 * k) && memblock_is_reserved(at + 3 * k));
	expect(memblock_is_region_reserved(at + k, 3 * k));
	expect(!memblock_is_region_reserved(at + 2 * k, k));
	memblock_phys_free(at - k, 100 * k);
	expect_eq(memblock.reserved.cnt, cnt);
	expect_eq(memblock_reserved_size(), reserved);

	expect(memblock_is_memory(__pa(&memblock)) && memblock_is_reserved(__pa(&memblock)));
	expect(!memblock_is_memory(at) && !memblock_phys_alloc(~0ULL / 2, k));
}

static atomic_t constructed;

static void construct(void *obj)
{
	memset(obj, 0x77, 40);
	atomic_inc(&constructed);
}

TEST(slab, cache, "", "a cache runs its constructor once per object, aligns as asked, and can be destroyed")
{
	struct kmem_cache *s;
	void *p[200];
	unsigned int i;

	NO_LEAK_BEGIN;
	atomic_set(&constructed, 0);
	s = kmem_cache_create("test_cache", 40, 64, 0, construct);
	require(s);
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		p[i] = kmem_cache_alloc(s, GFP_KERNEL);
		expect(p[i] && IS_ALIGNED((unsigned long)p[i], 64));
		expect(!memchr_inv(p[i], 0x77, 40));
	}
	expect(atomic_read(&constructed) >= (int)ARRAY_SIZE(p));
	for (i = 0; i < ARRAY_SIZE(p); i++)
		kmem_cache_free(s, p[i]);
	/* What the constructor made is still there. */
	p[0] = kmem_cache_alloc(s, GFP_KERNEL);
	expect(!memchr_inv(p[0], 0x77, 40));
	kmem_cache_free(s, p[0]);
	kmem_cache_destroy(s);
	NO_LEAK_END;
}

TEST(slab, leftovers, "", "a cache with objects left is reported and kept, and can be destroyed once they are freed")
{
	struct kmem_cache *s;
	char *p;

	NO_LEAK_BEGIN;
	s = kmem_cache_create("test_leak", 300, 0, 0, NULL);
	require(s);
	p = kmem_cache_alloc(s, GFP_KERNEL);
	require(p);
	test_note("a warning about test_leak follows");
	kmem_cache_destroy(s);
	memset(p, 7, 300);
	expect(!memchr_inv(p, 7, 300));
	kmem_cache_free(s, p);
	kmem_cache_destroy(s);
	NO_LEAK_END;
}

static void *crossing[256];

static void fill_crossing(void *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(crossing); i++)
		crossing[i] = kmalloc(8 + i * 13, GFP_ATOMIC);
}

static void empty_crossing(void *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(crossing); i++)
		kfree(crossing[i]);
}

TEST(slab, across_cpus, "", "what one CPU allocates another may free, over and over")
{
	unsigned int round, cpus = num_online_cpus();

	NO_LEAK_BEGIN;
	for (round = 0; round < 100; round++) {
		smp_call_function_single(round % cpus, fill_crossing, NULL, true);
		smp_call_function_single((round + 1) % cpus, empty_crossing, NULL, true);
	}
	NO_LEAK_END;
}

static void alloc_in_irq(void *failures)
{
	void *p[64];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(p); i++)
		p[i] = kmalloc(16 + i * 20, GFP_ATOMIC | __GFP_ZERO);
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		if (!p[i] || memchr_inv(p[i], 0, 16 + i * 20))
			atomic_inc(failures);
		kfree(p[i]);
	}
}

TEST(slab, in_interrupts, "", "all CPUs at once allocate and free in interrupt handlers")
{
	atomic_t failures = ATOMIC_INIT(0);
	unsigned int round;

	NO_LEAK_BEGIN;
	for (round = 0; round < 50; round++)
		on_each_cpu(alloc_in_irq, &failures, true);
	expect_eq(atomic_read(&failures), 0);
	NO_LEAK_END;
}

TEST(slab, double_free, "", "the debug build refuses a double free, and finds and repairs a write after free")
{
	char *a, *b, *c;

	need(IS_ENABLED(CONFIG_DEBUG), "only the debug build checks this");
	test_note("two reports of the slab allocator follow");
	a = kmalloc(96, GFP_KERNEL);
	kfree(a);
	kfree(a);
	b = kmalloc(96, GFP_KERNEL);
	c = kmalloc(96, GFP_KERNEL);
	expect(b != c);
	kfree(c);
	c[20] = 0;		/* poison is 0x6b */
	c = kmalloc(96, GFP_KERNEL);
	expect_eq((u8)c[20], 0x6b);
	kfree(b);
	kfree(c);
}

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

struct thing {
	u64 words[5];
};

TEST(percpu, dynamic, "E1", "per-CPU memory is zeroed, aligned and separate on every CPU, and can be had again after a free")
{
	struct thing __percpu *t;
	u64 __percpu *w;
	unsigned int cpu, round;

	NO_LEAK_BEGIN;
	for (round = 0; round < 3; round++) {
		t = __alloc_percpu(sizeof(struct thing), 64);
		w = alloc_percpu(u64);
		require(t && w);
		for_each_possible_cpu(cpu) {
			expect(IS_ALIGNED((unsigned long)per_cpu_ptr(t, cpu), 64));
			expect(!memchr_inv(per_cpu_ptr(t, cpu), 0, sizeof(*t)));
			expect_eq(*per_cpu_ptr(w, cpu), 0);
			memset(per_cpu_ptr(t, cpu), cpu + 1, sizeof(*t));
			*per_cpu_ptr(w, cpu) = ~0ULL;
		}
		for_each_possible_cpu(cpu)
			expect(!memchr_inv(per_cpu_ptr(t, cpu), cpu + 1, sizeof(*t)));
		free_percpu(t);
		free_percpu(w);
	}
	free_percpu(NULL);
	NO_LEAK_END;
}

TEST(percpu, full, "E1", "when the units are full a request gets NULL, and neighbours are freed one by one in any order")
{
	void __percpu **p = kvcalloc(4096, sizeof(*p), GFP_KERNEL);
	unsigned int n, i;

	require(p);
	NO_LEAK_BEGIN;
	for (n = 0; n < 4096; n++) {
		p[n] = __alloc_percpu_gfp(1024 - (n % 3) * 8, 8, GFP_KERNEL | __GFP_NOWARN);
		if (!p[n])
			break;
	}
	expect(n > 100 && n < 4096);
	for (i = 0; i < n; i += 2)
		free_percpu(p[i]);
	for (i = 1; i < n; i += 2)
		free_percpu(p[i]);
	NO_LEAK_END;
	kvfree(p);
}

static DEFINE_PER_CPU(int, counted) = 41;

static void count_here(void *unused)
{
	this_cpu_inc(counted);
}

TEST(percpu, statics, "E1", "a static per-CPU variable starts as it was written and is each CPU's own")
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		per_cpu(counted, cpu) = 41;
	on_each_cpu(count_here, NULL, true);
	for_each_online_cpu(cpu) {
		expect_eq(per_cpu(counted, cpu), 42);
		expect(is_kernel_percpu_address((unsigned long)per_cpu_ptr(&counted, cpu)));
	}
}

TEST(resource, claims, "", "a claimed range can't be claimed again, and can after its release")
{
	struct resource *a, *b;

	NO_LEAK_BEGIN;
	a = request_region(0xa000, 0x10, "test a");
	require(a);
	expect(!request_region(0xa000, 1, "test b"));
	expect(!request_region(0x9ff8, 0x10, "test b"));
	b = request_region(0xa010, 0x10, "test b");
	expect(b);
	release_region(0xa010, 0x10);
	release_region(0xa000, 0x10);
	a = request_region(0xa000, 0x20, "test a");
	expect(a);
	release_region(0xa000, 0x20);
	NO_LEAK_END;
}

TEST(mempool, reserve, "", "a mempool hands out its reserve when the allocator has nothing, and takes it back first")
{
	mempool_t *pool = mempool_create_kmalloc_pool(4, 128);
	void *p[8];
	unsigned int i;

	require(pool);
	for (i = 0; i < ARRAY_SIZE(p); i++) {
		p[i] = mempool_alloc(pool, GFP_KERNEL);
		expect(p[i]);
	}
	for (i = 0; i < ARRAY_SIZE(p); i++)
		mempool_free(p[i], pool);
	expect_eq(pool->curr_nr, 4);
	mempool_destroy(pool);
}
