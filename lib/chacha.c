/* SPDX-License-Identifier: MIT */
/* RFC 8439, "ChaCha20 and Poly1305 for IETF Protocols", 2.1 to 2.3: the block function. */
#include <crypto/chacha.h>
#include <linux/bitops.h>
#include <asm/byteorder.h>
#include <linux/export.h>
#include <linux/string.h>

#define ROUNDS	20

static __always_inline void quarter_round(u32 *x, int a, int b, int c, int d)
{
	x[a] += x[b]; x[d] = rol32(x[d] ^ x[a], 16);
	x[c] += x[d]; x[b] = rol32(x[b] ^ x[c], 12);
	x[a] += x[b]; x[d] = rol32(x[d] ^ x[a], 8);
	x[c] += x[d]; x[b] = rol32(x[b] ^ x[c], 7);
}

/** chacha_init_consts - the first four words of a state, "expand 32-byte k" */
void chacha_init_consts(u32 *state)
{
	state[0] = 0x61707865;
	state[1] = 0x3320646e;
	state[2] = 0x79622d32;
	state[3] = 0x6b206574;
}
EXPORT_SYMBOL(chacha_init_consts);

/**
 * chacha20_block - the next 64 bytes of the key stream
 * @state: constants, key, block counter, nonce; the counter is moved on
 * @stream: where to
 *
 * Context: any.
 */
void chacha20_block(u32 *state, u8 *stream)
{
	u32 x[CHACHA_STATE_WORDS];
	unsigned int i;

	memcpy(x, state, sizeof(x));
	for (i = 0; i < ROUNDS; i += 2) {
		quarter_round(x, 0, 4, 8, 12);
		quarter_round(x, 1, 5, 9, 13);
		quarter_round(x, 2, 6, 10, 14);
		quarter_round(x, 3, 7, 11, 15);
		quarter_round(x, 0, 5, 10, 15);
		quarter_round(x, 1, 6, 11, 12);
		quarter_round(x, 2, 7, 8, 13);
		quarter_round(x, 3, 4, 9, 14);
	}
	for (i = 0; i < CHACHA_STATE_WORDS; i++) {
		__le32 word = cpu_to_le32(x[i] + state[i]);

		memcpy(stream + i * sizeof(word), &word, sizeof(word));
	}
	state[12]++;
	memzero_explicit(x, sizeof(x));
}
EXPORT_SYMBOL(chacha20_block);
