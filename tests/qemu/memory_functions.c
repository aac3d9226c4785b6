/* SPDX-License-Identifier: MIT */
/* memcpy(), memmove(), memset() and strchr(), at every small size and alignment. */
#include <linux/string.h>
#include "test.h"

#define AREA	128
#define SIZES	48

static unsigned char before[AREA], after[AREA], want[AREA];

static void fill(void)
{
	int i;

	for (i = 0; i < AREA; i++)
		before[i] = after[i] = want[i] = (unsigned char)(7 * i + 1);
}

/* What bytes one by one would have made of it; written so that the compiler calls nothing for it. */
static void want_copied(unsigned int to, unsigned int from, unsigned int n)
{
	while (n--)
		WRITE_ONCE(want[to + n], before[from + n]);
}

static bool as_wanted(void)
{
	int i;

	for (i = 0; i < AREA; i++)
		if (after[i] != want[i])
			return false;
	return true;
}

TEST(memfn, copies, "H1", "memcpy() copies so many bytes and no other, wherever they are")
{
	unsigned int n, from, to, wrong = 0;

	for (n = 0; n < SIZES; n++)
		for (from = 0; from < 8; from++)
			for (to = 64; to < 72; to++) {
				fill();
				want_copied(to, from, n);
				wrong += memcpy(after + to, before + from, n) != after + to;
				wrong += !as_wanted();
			}
	expect_eq(wrong, 0);
}

TEST(memfn, moves, "H1", "memmove() copies as if through a third place, whichever way the areas overlap")
{
	unsigned int n, from, to, wrong = 0;

	for (n = 0; n < SIZES; n++)
		for (from = 8; from < 16; from++)
			for (to = 0; to < 32; to++) {
				fill();
				want_copied(to, from, n);
				wrong += memmove(after + to, after + from, n) != after + to;
				wrong += !as_wanted();
			}
	expect_eq(wrong, 0);
}

TEST(memfn, fills, "H1", "memset() fills so many bytes and no other")
{
	unsigned int n, at, wrong = 0, i;

	for (n = 0; n < SIZES; n++)
		for (at = 0; at < 8; at++) {
			fill();
			for (i = 0; i < n; i++)
				WRITE_ONCE(want[at + i], 0xa5);
			wrong += memset(after + at, 0x1a5, n) != after + at;
			wrong += !as_wanted();
		}
	expect_eq(wrong, 0);
}

TEST(memfn, finds, "H1", "strchr() finds the first such byte, or the end")
{
	const char *text = "a/b/\xff";

	expect(strchr(text, '/') == text + 1);
	expect(strchr(text, 'a') == text);
	expect(strchr(text, 0xff) == text + 4);
	expect(strchr(text, '\0') == text + 5);
	expect(!strchr(text, 'c'));
	expect(!strchr("", 'c'));
}
