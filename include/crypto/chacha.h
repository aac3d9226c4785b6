/* SPDX-License-Identifier: MIT */
/* ChaCha20, the stream cipher of RFC 8439. lib/chacha.c */
#ifndef _CRYPTO_CHACHA_H
#define _CRYPTO_CHACHA_H

#include <linux/types.h>

#define CHACHA_KEY_SIZE		32
#define CHACHA_BLOCK_SIZE	64
#define CHACHA_KEY_WORDS	(CHACHA_KEY_SIZE / sizeof(u32))
#define CHACHA_STATE_WORDS	(CHACHA_BLOCK_SIZE / sizeof(u32))

void chacha_init_consts(u32 *state);
void chacha20_block(u32 *state, u8 *stream);

#endif
