/* SPDX-License-Identifier: MIT */
/* Integer arithmetic that no instruction does. */
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math.h>
#include <linux/math64.h>

/* The largest number whose square is not above @x, bit by bit from the highest. */
u32 int_sqrt64(u64 x)
{
	u64 bit, root = 0;

	if (!x)
		return 0;
	for (bit = 1ULL << ((fls64(x) - 1) & ~1U); bit; bit >>= 2) {
		u64 trial = root + bit;

		root >>= 1;
		if (x >= trial) {
			x -= trial;
			root += bit;
		}
	}
	return root;
}
EXPORT_SYMBOL(int_sqrt64);

unsigned long int_sqrt(unsigned long x)
{
	return int_sqrt64(x);
}
EXPORT_SYMBOL(int_sqrt);

unsigned long gcd(unsigned long a, unsigned long b)
{
	while (b) {
		unsigned long rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}
EXPORT_SYMBOL(gcd);

unsigned long lcm(unsigned long a, unsigned long b)
{
	return a && b ? a / gcd(a, b) * b : 0;
}
EXPORT_SYMBOL(lcm);

#ifdef CONFIG_64BIT
/* The quotient must fit 64 bits. Long division in base 2^64 by shifting, as no 128-bit one is at hand. */
u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 divisor)
{
	unsigned __int128 product = (unsigned __int128)a * mul;
	u64 high = product >> 64, low = product, quotient = 0;

	if (!high)
		return low / divisor;
	high %= divisor;
	for (int i = 0; i < 64; i++) {
		bool carry = high >> 63;

		high = high << 1 | low >> 63;
		low <<= 1;
		quotient <<= 1;
		if (carry || high >= divisor) {
			high -= divisor;
			quotient |= 1;
		}
	}
	return quotient;
}
EXPORT_SYMBOL(mul_u64_u64_div_u64);
#endif
