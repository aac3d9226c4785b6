/* SPDX-License-Identifier: MIT */
/* Conversions between jiffies and other units, rounding and limits. rows D8 */
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include "test.h"

static const unsigned int values[] = { 0, 1, 3, 4, 5, 7, 8, 999, 1000, 1001, 4000000, 0x7fffffff, 0xffffffff };

static void test(void)
{
	struct timespec64 ts;
	volatile unsigned int v;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		v = values[i];
		pr_info("%u: ms %lu us %lu ns %lu clock %llu to ms %u us %u ns %llu\n", v,
			msecs_to_jiffies(v), usecs_to_jiffies(v), nsecs_to_jiffies(v * 1000000ull),
			(u64)jiffies_to_clock_t(v), jiffies_to_msecs(v), jiffies_to_usecs(v),
			(u64)jiffies_to_nsecs(v));
		jiffies_to_timespec64(v, &ts);
		pr_info("   %lld.%09ld and back %lu\n", (s64)ts.tv_sec, ts.tv_nsec, timespec64_to_jiffies(&ts));
	}
	pr_info("negative %lu %lu\n", msecs_to_jiffies(-1), msecs_to_jiffies(INT_MIN));
	pr_info("after %d %d %d %d\n", time_after(1ul, ~0ul), time_before(1ul, ~0ul), time_after_eq(5ul, 5ul),
		time_in_range(5ul, 4ul, 6ul));
	pr_info("ktime %lld %lld %lld %d %lld\n", ktime_to_us(-1500), ktime_to_ms(ktime_set(3, 999999)),
		ktime_set(KTIME_SEC_MAX, 1), ktime_compare(1, 2), ktime_divns(1000000007, 1000));
	pr_info("%lld %lld %lld\n", ktime_add_us(5, 7), ktime_sub_ms(0, 3), ktime_add_safe(KTIME_MAX, 5));
	ts = ns_to_timespec64(-1);
	pr_info("-1 ns %lld.%09ld\n", (s64)ts.tv_sec, ts.tv_nsec);
	ts = ktime_to_timespec64(1500000001);
	pr_info("%lld.%09ld %lld\n", (s64)ts.tv_sec, ts.tv_nsec, timespec64_to_ns(&ts));
	ts = timespec64_add((struct timespec64){ 1, 999999999 }, (struct timespec64){ 2, 2 });
	pr_info("%lld.%09ld\n", (s64)ts.tv_sec, ts.tv_nsec);
	ts = timespec64_sub((struct timespec64){ 1, 0 }, (struct timespec64){ 2, 2 });
	pr_info("%lld.%09ld\n", (s64)ts.tv_sec, ts.tv_nsec);
	pr_info("%llu %llu %llu\n", mul_u64_u32_shr(1ull << 40, 12345, 10), div64_u64(~0ull, 12345),
		mul_u64_u64_div_u64(1ull << 40, 1ull << 40, 1ull << 30));
}
MODULE_TEST(test);
