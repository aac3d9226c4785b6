/* SPDX-License-Identifier: MIT */
/* The formats of printk. rows H2 */
#include <linux/kernel.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/errno.h>
#include "test.h"

static void test(void)
{
	static const u8 bytes[] = { 0x00, 0x1f, 0xab, 0xff, 'A', '"', '\n', 0x7f };
	DECLARE_BITMAP(map, 70) = { 0xf00000000000000f, 0x3 };
	char s[8];

	pr_info("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%.3d] [%5.3d] [%i] [%u]\n", -1, 42, 42, 42, 42, 42, 7, 7, 5, -1);
	pr_info("[%x] [%#x] [%X] [%#010x] [%o] [%#o] [%c] [%3c] [%-3c] [%%]\n", 255, 255, 255, 255, 8, 8, 'x', 'y', 'z');
	pr_info("[%s] [%8s] [%-8s] [%.2s] [%8.2s] [%*s] [%.*s]\n", "abc", "abc", "abc", "abc", "abc", 5, "abc", 1, "abc");
	pr_info("[%hhd] [%hd] [%ld] [%lld] [%zu] [%lx]\n", (signed char)300, (short)70000, -3L, -4LL, sizeof(bytes), ~0UL);
	pr_info("[%s] [%p] [%pe] [%pe]\n", (char *)NULL, NULL, ERR_PTR(-ENOMEM), ERR_PTR(-EPROBE_DEFER));
	pr_info("[%*ph] [%*phC] [%*phD] [%*phN]\n", 4, bytes, 4, bytes, 4, bytes, 4, bytes);
	pr_info("[%*pE] [%*pEh] [%*pEhp] [%*pEs] [%*pEc] [%*pEn] [%*pEa] [%.5s]\n", 8, bytes, 8, bytes,
		8, bytes, 3, &bytes[4], 3, &bytes[4], 2, bytes + 4, 8, bytes, "abcdefgh");
	pr_info("[%pM] [%pI4] [%pi4]\n", bytes, bytes, bytes);
	pr_info("[%*pb] [%*pbl]\n", 70, map, 70, map);
	pr_info("[%pUb] [%pUL]\n", (u8[16]){ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 },
		(u8[16]){ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 });
	pr_info("%d %d [%s]\n", snprintf(s, sizeof(s), "%s", "longer than it"), scnprintf(s, sizeof(s), "%s", "longer than it"), s);
	print_hex_dump(KERN_INFO, "dump ", DUMP_PREFIX_OFFSET, 16, 1, bytes, sizeof(bytes), true);
	print_hex_dump(KERN_INFO, "", DUMP_PREFIX_NONE, 16, 4, bytes, sizeof(bytes), false);
	pr_info("line one\nline two\n");
	pr_info("no newline");
	pr_cont(", continued\n");
	pr_err("err\n");
	pr_emerg("emerg\n");
}
MODULE_TEST(test);
