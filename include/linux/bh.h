/* SPDX-License-Identifier: MIT */
/*
 * Bottom halves as Linux had them up to 2.4: 32 functions with numbers, of which only one runs
 * in the whole machine at a time. A handler marks one; it runs soon after, with interrupts on.
 *
 * For drivers of that age, and to see what softirqs and tasklets were made for. 2.4 had these
 * in <linux/interrupt.h>, where today's drivers may use the names for something else.
 */
#ifndef _LINUX_BH_H
#define _LINUX_BH_H

#include <linux/compiler.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

/* Those of the same number of the two versions; the lowest that is marked runs first. */
enum {
	TIMER_BH = 0,
	CONSOLE_BH,
	TQUEUE_BH,			/* runs tq_timer, see <linux/tqueue.h> */
	DIGI_BH,
	SERIAL_BH,
	RISCOM8_BH,
	SPECIALIX_BH,
	AURORA_BH,
	ESP_BH,
	NET_BH,
	SCSI_BH,
	IMMEDIATE_BH,			/* runs tq_immediate */
	KEYBOARD_BH,
	CYCLADES_BH,
	CM206_BH,
	JS_BH,
	MACSERIAL_BH,
	ISICOM_BH,

	NR_BHS = 32
};

extern unsigned long bh_active;		/* bit n: number n is marked and has not begun yet */
extern spinlock_t global_bh_lock;	/* held by the CPU that runs bottom halves */

void init_bh(int nr, void (*routine)(void));
void remove_bh(int nr);
void mark_bh(int nr);
void disable_bh(int nr);
void enable_bh(int nr);
void synchronize_bh(void);
void start_bh_atomic(void);
void end_bh_atomic(void);

void do_bottom_half(void);

/* On the way through the scheduler, and out of an exception. */
static __always_inline void bh_checkpoint(void)
{
	if (unlikely(READ_ONCE(bh_active)))
		do_bottom_half();
}

#endif
