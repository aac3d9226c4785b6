/* SPDX-License-Identifier: MIT */
/* What atomic operations return, and leave. rows E1 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/percpu.h>
#include "test.h"

static DEFINE_PER_CPU(int, counter) = 7;

static void atomics(void)
{
	atomic_t a = ATOMIC_INIT(5);
	atomic64_t b = ATOMIC64_INIT(-1);
	int old = 9;

	note("%d", atomic_add_return(3, &a));
	note("%d", atomic_sub_return(1, &a));
	note("%d", atomic_fetch_add(2, &a));
	note("%d", atomic_read(&a));
	note("%d", atomic_inc_and_test(&a));
	note("%d", atomic_dec_and_test(&a));
	note("%d", atomic_add_negative(-20, &a));
	note("%d", atomic_xchg(&a, 9));
	note("%d", atomic_cmpxchg(&a, 8, 1));
	note("%d", atomic_cmpxchg(&a, 9, 1));
	note("%d", atomic_try_cmpxchg(&a, &old, 5));
	note("%d", old);
	note("%d", atomic_read(&a));
	note("%d", atomic_add_unless(&a, 1, 1));
	note("%d", atomic_inc_not_zero(&a));
	note("%d", atomic_dec_if_positive(&a));
	note("%d", atomic_fetch_or(0xf0, &a));
	note("%d", atomic_fetch_andnot(0x10, &a));
	note("%lld", atomic64_inc_return(&b));
	note("%lld", atomic64_dec_return(&b));
	note("%lld", atomic64_fetch_xor(0xff, &b));
	show("atomics");
}

static void bit_operations(void)
{
	unsigned long bits[2] = { 0x8000000000000001, 0xf0 };

	note("%d", test_and_set_bit(1, bits));
	note("%d", test_and_set_bit(1, bits));
	note("%d", test_and_clear_bit(63, bits));
	note("%d", test_and_change_bit(64, bits));
	note("%d", test_bit(68, bits));
	note("%lx", bits[1]);
	note("%lu", find_first_bit(bits, 128));
	note("%lu", find_next_bit(bits, 128, 2));
	note("%lu", find_first_zero_bit(bits, 128));
	note("%lu", find_last_bit(bits, 128));
	note("%lu", find_next_zero_bit(bits, 128, 68));
	note("%lu", find_next_bit(bits, 128, 127));
	note("%d", ffs(0));
	note("%d", ffs(8));
	note("%d", fls(0));
	note("%d", fls(8));
	note("%lu", __ffs(8));
	note("%d", fls64(1ull << 40));
	note("%u", hweight32(0xff00ff));
	note("%lu", hweight64(~0ull));
	note("%x", rol32(1, 33));
	note("%x", ror32(1, 1));
	show("bits");
}

static void per_cpu_operations(void)
{
	int __percpu *dyn;

	preempt_disable();
	note("%d", this_cpu_read(counter));
	note("%d", this_cpu_inc_return(counter));
	note("%d", this_cpu_xchg(counter, 3));
	note("%d", this_cpu_cmpxchg(counter, 3, 4));
	note("%d", __this_cpu_read(counter));
	preempt_enable();
	dyn = alloc_percpu(int);
	note("%d", *per_cpu_ptr(dyn, 0));
	note("%d", *per_cpu_ptr(dyn, 1));
	free_percpu(dyn);
	show("per CPU");
}

static void test(void)
{
	atomics();
	bit_operations();
	per_cpu_operations();
}
MODULE_TEST(test);
