/* SPDX-License-Identifier: MIT */
/* Slab objects: what is promised of them, and that all of them come back. */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include "leak.h"
#include "test.h"

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
