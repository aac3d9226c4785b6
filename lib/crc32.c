/* SPDX-License-Identifier: MIT */
/* CRC-32 by nibbles: a table of 16 words, two steps a byte. No inversion before or after. */
#include <linux/crc32.h>
#include <linux/export.h>

#define POLY_LE		0xedb88320
#define POLY_BE		0x04c11db7

/* Four bits through the register: entry n is what n leaves behind. */
#define STEP_LE(c)	(((c) >> 1) ^ ((c) & 1 ? POLY_LE : 0))
#define ENTRY_LE(n)	STEP_LE(STEP_LE(STEP_LE(STEP_LE((u32)(n)))))

u32 crc32_le(u32 crc, const unsigned char *p, size_t len)
{
	static const u32 table[16] = {
		ENTRY_LE(0), ENTRY_LE(1), ENTRY_LE(2), ENTRY_LE(3),
		ENTRY_LE(4), ENTRY_LE(5), ENTRY_LE(6), ENTRY_LE(7),
		ENTRY_LE(8), ENTRY_LE(9), ENTRY_LE(10), ENTRY_LE(11),
		ENTRY_LE(12), ENTRY_LE(13), ENTRY_LE(14), ENTRY_LE(15),
	};

	while (len--) {
		crc ^= *p++;
		crc = (crc >> 4) ^ table[crc & 15];
		crc = (crc >> 4) ^ table[crc & 15];
	}
	return crc;
}
EXPORT_SYMBOL(crc32_le);

u32 crc32_be(u32 crc, const unsigned char *p, size_t len)
{
	while (len--) {
		crc ^= (u32)*p++ << 24;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc << 1) ^ (crc & 0x80000000 ? POLY_BE : 0);
	}
	return crc;
}
EXPORT_SYMBOL(crc32_be);
