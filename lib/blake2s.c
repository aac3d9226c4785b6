/* SPDX-License-Identifier: MIT */
/* RFC 7693, "The BLAKE2 Cryptographic Hash and Message Authentication Code": BLAKE2s. */
#include <crypto/blake2s.h>
#include <linux/bitops.h>
#include <asm/byteorder.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define ROUNDS	10

/* The first words of SHA-256's: section 2.6. */
static const u32 iv[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* Which words of the message each round takes: section 2.7. */
static const u8 sigma[ROUNDS][16] = {
	{ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
	{ 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3 },
	{ 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4 },
	{ 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8 },
	{ 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13 },
	{ 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9 },
	{ 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11 },
	{ 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10 },
	{ 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5 },
	{ 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0 },
};

/* Section 3.1, the mixing function G. */
static __always_inline void mix(u32 *v, int a, int b, int c, int d, u32 x, u32 y)
{
	v[a] += v[b] + x; v[d] = ror32(v[d] ^ v[a], 16);
	v[c] += v[d];     v[b] = ror32(v[b] ^ v[c], 12);
	v[a] += v[b] + y; v[d] = ror32(v[d] ^ v[a], 8);
	v[c] += v[d];     v[b] = ror32(v[b] ^ v[c], 7);
}

static void one_round(u32 *v, const u32 *m, const u8 *s)
{
	mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
	mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
	mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
	mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
	mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
	mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
	mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
	mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
}

/* Section 3.2, the compression function F; @len bytes of @block count. */
static void compress(struct blake2s_state *state, const u8 *block, u32 len)
{
	u32 m[16], v[16];
	int i;

	state->t[0] += len;
	state->t[1] += state->t[0] < len;
	for (i = 0; i < 16; i++) {
		__le32 word;

		memcpy(&word, block + i * sizeof(word), sizeof(word));
		m[i] = le32_to_cpu(word);
	}
	memcpy(v, state->h, sizeof(state->h));
	memcpy(v + 8, iv, sizeof(iv));
	v[12] ^= state->t[0];
	v[13] ^= state->t[1];
	v[14] ^= state->f[0];
	v[15] ^= state->f[1];
	for (i = 0; i < ROUNDS; i++)
		one_round(v, m, sigma[i]);
	for (i = 0; i < 8; i++)
		state->h[i] ^= v[i] ^ v[i + 8];
}

/**
 * blake2s_init_key - begin a hash that depends on a key
 * @outlen: of the result, 1 to 32 bytes
 * @keylen: 0 to 32; 0 is no key
 *
 * Context: any.
 */
void blake2s_init_key(struct blake2s_state *state, size_t outlen, const void *key, size_t keylen)
{
	memset(state, 0, sizeof(*state));
	memcpy(state->h, iv, sizeof(iv));
	/* The parameter block: lengths, fanout 1, depth 1. */
	state->h[0] ^= 0x01010000 ^ (u32)keylen << 8 ^ (u32)outlen;
	state->outlen = (unsigned int)outlen;
	if (keylen) {
		memcpy(state->buf, key, keylen);
		state->buflen = BLAKE2S_BLOCK_SIZE;
	}
}
EXPORT_SYMBOL(blake2s_init_key);

/** blake2s_init - begin a hash of @outlen bytes */
void blake2s_init(struct blake2s_state *state, size_t outlen)
{
	blake2s_init_key(state, outlen, NULL, 0);
}
EXPORT_SYMBOL(blake2s_init);

/** blake2s_update - go on with @inlen bytes. A full block waits, as it may be the last. */
void blake2s_update(struct blake2s_state *state, const u8 *in, size_t inlen)
{
	while (inlen) {
		size_t n = min(inlen, (size_t)(BLAKE2S_BLOCK_SIZE - state->buflen));

		if (!n) {
			compress(state, state->buf, BLAKE2S_BLOCK_SIZE);
			state->buflen = 0;
			continue;
		}
		memcpy(state->buf + state->buflen, in, n);
		state->buflen += (unsigned int)n;
		in += n;
		inlen -= n;
	}
}
EXPORT_SYMBOL(blake2s_update);

/** blake2s_final - the result; @state is cleared */
void blake2s_final(struct blake2s_state *state, u8 *out)
{
	unsigned int i;

	state->f[0] = ~0u;
	memset(state->buf + state->buflen, 0, BLAKE2S_BLOCK_SIZE - state->buflen);
	compress(state, state->buf, state->buflen);
	for (i = 0; i < 8; i++)
		state->h[i] = (__force u32)cpu_to_le32(state->h[i]);
	memcpy(out, state->h, state->outlen);
	memzero_explicit(state, sizeof(*state));
}
EXPORT_SYMBOL(blake2s_final);

/** blake2s - the hash of @inlen bytes, with a key if @keylen is not 0, in one call */
void blake2s(u8 *out, const u8 *in, const u8 *key, size_t outlen, size_t inlen, size_t keylen)
{
	struct blake2s_state state;

	blake2s_init_key(&state, outlen, key, keylen);
	blake2s_update(&state, in, inlen);
	blake2s_final(&state, out);
}
EXPORT_SYMBOL(blake2s);
