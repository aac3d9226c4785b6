/* SPDX-License-Identifier: MIT */
/* Queues of elements and of records: order, room, wrap-around, and two sides without a lock. */
#include <linux/kfifo.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include "leak.h"
#include "test.h"

TEST(kfifo, elements, "H3", "elements come out as they went in, past the end of the memory")
{
	DEFINE_KFIFO(fifo, int, 8);
	int values[8], got;

	for (int round = 0; round < 5; round++) {
		for (int i = 0; i < 5; i++)
			expect_eq(kfifo_put(&fifo, round * 10 + i), 1);
		expect_eq(kfifo_len(&fifo), 5);
		expect(kfifo_peek(&fifo, &got));
		expect_eq(got, round * 10);
		kfifo_skip(&fifo);
		expect_eq(kfifo_out(&fifo, values, 8), 4);
		for (int i = 0; i < 4; i++)
			expect_eq(values[i], round * 10 + 1 + i);
	}
	expect(kfifo_is_empty(&fifo));
	expect_eq(kfifo_get(&fifo, &got), 0);
	for (int i = 0; i < 8; i++)
		expect(kfifo_put(&fifo, i));
	expect(kfifo_is_full(&fifo));
	expect_eq(kfifo_put(&fifo, 8), 0);
	expect_eq(kfifo_peek_len(&fifo), 8 * sizeof(int));
}

TEST(kfifo, memory, "H3", "a queue in memory of its own is rounded up; one in the caller's, down")
{
	struct kfifo fifo;
	u8 bytes[100];
	NO_LEAK_BEGIN;

	expect_eq(kfifo_alloc(&fifo, 100, GFP_KERNEL), 0);
	expect_eq(kfifo_size(&fifo), 128);
	kfifo_free(&fifo);
	expect(!kfifo_initialized(&fifo));
	expect_eq(kfifo_alloc(&fifo, 1, GFP_KERNEL), -EINVAL);
	expect_eq(kfifo_init(&fifo, bytes, 100), 0);
	expect_eq(kfifo_size(&fifo), 64);
	expect_eq(kfifo_init(&fifo, bytes, 1), -EINVAL);
	NO_LEAK_END;
}

TEST(kfifo, records, "H3", "a record goes in whole or not at all, and comes out alone")
{
	STRUCT_KFIFO_REC_1(32) fifo;
	u8 in[300], out[300];

	INIT_KFIFO(fifo);
	for (int i = 0; i < 300; i++)
		in[i] = i;
	expect_eq(kfifo_recsize(&fifo), 1);
	expect_eq(kfifo_avail(&fifo), 31);
	for (int round = 0; round < 20; round++) {
		expect_eq(kfifo_in(&fifo, in, 7), 7);
		expect_eq(kfifo_in(&fifo, in + 7, 13), 13);
		expect_eq(kfifo_avail(&fifo), 32 - 8 - 14 - 1);
		expect_eq(kfifo_in(&fifo, in, 10), 0);
		expect_eq(kfifo_peek_len(&fifo), 7);
		expect_eq(kfifo_out_peek(&fifo, out, sizeof(out)), 7);
		expect_eq(kfifo_out(&fifo, out, sizeof(out)), 7);
		expect(!memcmp(out, in, 7));
		if (round % 2) {
			expect_eq(kfifo_out(&fifo, out, 5), 5);	/* the rest of it is lost */
			expect(!memcmp(out, in + 7, 5));
		} else {
			kfifo_skip(&fifo);
		}
		expect(kfifo_is_empty(&fifo));
		expect_eq(kfifo_out(&fifo, out, 5), 0);
	}
}

TEST(kfifo, long_records, "H3", "records are as long as their length field allows")
{
	struct kfifo_rec_ptr_1 small;
	struct kfifo_rec_ptr_2 large;
	u8 *bytes = kzalloc(1000, GFP_KERNEL);

	require(bytes && !kfifo_alloc(&small, 1024, GFP_KERNEL) &&
		!kfifo_alloc(&large, 1024, GFP_KERNEL));
	expect_eq(kfifo_in(&small, bytes, 256), 0);
	expect_eq(kfifo_in(&small, bytes, 255), 255);
	expect_eq(kfifo_avail(&small), 255);
	expect_eq(kfifo_in(&large, bytes, 1000), 1000);
	expect_eq(kfifo_avail(&large), 1024 - 1002 - 2);
	expect_eq(kfifo_peek_len(&large), 1000);
	kfifo_free(&small);
	kfifo_free(&large);
	kfree(bytes);
}

#define PASSED	20000

static DECLARE_KFIFO(passing, u32, 16);

static int writer(void *arg)
{
	for (u32 i = 0; i < PASSED; ) {
		if (kfifo_put(&passing, i))
			i++;
		else
			yield();
	}
	return 0;
}

TEST(kfifo, two_sides, "H3 E2", "one writer and one reader need no lock: nothing lost, nothing twice")
{
	struct task_struct *task;
	u32 value, wrong = 0;

	INIT_KFIFO(passing);
	task = kthread_create(writer, NULL, "kfifo_writer");
	require(!IS_ERR(task));
	get_task_struct(task);
	wake_up_process(task);
	for (u32 i = 0; i < PASSED; ) {
		if (kfifo_get(&passing, &value))
			wrong += value != i++;
		else
			yield();
	}
	expect_eq(wrong, 0);
	expect_eq(kthread_stop(task), 0);
	put_task_struct(task);
}
