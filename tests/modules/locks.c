/* SPDX-License-Identifier: MIT */
/* What the trying forms of every lock return while it is free, read and written. rows E3 E4 E5 */
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include "test.h"

static DEFINE_SPINLOCK(spin);
static DEFINE_RWLOCK(rw);
static DEFINE_MUTEX(mutex);
static DECLARE_RWSEM(rwsem);
static DEFINE_SEQLOCK(seqlock);
static struct semaphore sem;

static void try_rw(const char *what)
{
	int r, w;

	preempt_disable();
	r = read_trylock(&rw);
	if (r)
		read_unlock(&rw);
	w = write_trylock(&rw);
	if (w)
		write_unlock(&rw);
	preempt_enable();
	note("%s: read %d write %d", what, r, w);
}

static void try_rwsem(const char *what)
{
	int r = down_read_trylock(&rwsem), w;

	if (r)
		up_read(&rwsem);
	w = down_write_trylock(&rwsem);
	if (w)
		up_write(&rwsem);
	note("%s: read %d write %d locked %d", what, r, w, rwsem_is_locked(&rwsem));
}

static void test(void)
{
	unsigned int seq;

	note("try %d", spin_trylock(&spin));
	note("again %d locked %d", spin_trylock(&spin), spin_is_locked(&spin));
	spin_unlock(&spin);
	note("locked %d", spin_is_locked(&spin));
	note("bh %d", spin_trylock_bh(&spin));
	spin_unlock_bh(&spin);
	show("spinlock");
	try_rw("free");
	read_lock(&rw);
	try_rw("read");
	read_unlock(&rw);
	write_lock(&rw);
	try_rw("written");
	write_unlock(&rw);
	show("rwlock");
	note("locked %d", mutex_is_locked(&mutex));
	note("try %d", mutex_trylock(&mutex));
	note("again %d locked %d", mutex_trylock(&mutex), mutex_is_locked(&mutex));
	mutex_unlock(&mutex);
	note("interruptible %d", mutex_lock_interruptible(&mutex));
	mutex_unlock(&mutex);
	note("killable %d", mutex_lock_killable(&mutex));
	mutex_unlock(&mutex);
	show("mutex");
	try_rwsem("free");
	down_read(&rwsem);
	try_rwsem("read");
	up_read(&rwsem);
	down_write(&rwsem);
	try_rwsem("written");
	downgrade_write(&rwsem);
	try_rwsem("downgraded");
	up_read(&rwsem);
	show("rwsem");
	sema_init(&sem, 2);
	note("%d", down_trylock(&sem));
	note("%d", down_interruptible(&sem));
	note("%d", down_trylock(&sem));
	note("%d", down_timeout(&sem, 1));
	up(&sem);
	note("%d", down_timeout(&sem, 1));
	up(&sem);
	note("%d", down_killable(&sem));
	show("semaphore");
	seq = read_seqbegin(&seqlock);
	note("retry %d", read_seqretry(&seqlock, seq));
	write_seqlock(&seqlock);
	write_sequnlock(&seqlock);
	note("retry %d", read_seqretry(&seqlock, seq));
	note("steps %u", read_seqbegin(&seqlock) - seq);
	read_seqlock_excl(&seqlock);
	read_sequnlock_excl(&seqlock);
	note("steps %u", read_seqbegin(&seqlock) - seq);
	show("seqlock");
}
MODULE_TEST(test);
