/* SPDX-License-Identifier: MIT */
/* For row I1: threads of an ordinary C library: join, mutexes, conditions, barriers, semaphores. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define NR	8

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static sem_t sem;
static long counter;
static __thread int own;

static void run(void *(*fn)(void *), int nr)
{
	pthread_t threads[NR];
	long i;

	for (i = 0; i < nr; i++)
		if (pthread_create(&threads[i], NULL, fn, (void *)i))
			printf("no thread\n");
	for (i = 0; i < nr; i++) {
		void *result = NULL;

		if (pthread_join(threads[i], &result) || result != (void *)i)
			printf("not joined\n");
	}
}

static void *add(void *arg)
{
	int i;

	for (i = 0; i < 2000; i++) {
		pthread_mutex_lock(&lock);
		counter++;
		own++;
		pthread_mutex_unlock(&lock);
	}
	if (own != 2000)
		printf("another thread's variable\n");
	return arg;
}

/* Each waits for its turn. */
static void *take_turns(void *arg)
{
	int i;

	pthread_mutex_lock(&lock);
	for (i = 0; i < 40; i++) {
		while (counter % NR != (long)arg)
			pthread_cond_wait(&cond, &lock);
		counter++;
		pthread_cond_broadcast(&cond);
	}
	pthread_mutex_unlock(&lock);
	return arg;
}

static int arrived[NR], last_ones;

static void *meet(void *arg)
{
	int i, j, ret;

	for (i = 1; i <= 40; i++) {
		__atomic_store_n(&arrived[(long)arg], i, __ATOMIC_RELAXED);
		ret = pthread_barrier_wait(&barrier);
		if (ret == PTHREAD_BARRIER_SERIAL_THREAD)
			__atomic_add_fetch(&last_ones, 1, __ATOMIC_RELAXED);
		for (j = 0; j < NR; j++)
			if (__atomic_load_n(&arrived[j], __ATOMIC_RELAXED) < i)
				printf("too early\n");
		pthread_barrier_wait(&barrier);
	}
	return arg;
}

static long a, b;

static void *read_or_write(void *arg)
{
	int i;

	for (i = 0; i < 300; i++) {
		if ((long)arg < 2) {
			pthread_rwlock_wrlock(&rwlock);
			a++;
			b++;
		} else {
			pthread_rwlock_rdlock(&rwlock);
			if (a != b)
				printf("seen in between\n");
		}
		pthread_rwlock_unlock(&rwlock);
	}
	return arg;
}

static void *post(void *arg)
{
	int i;

	for (i = 0; i < 100; i++)
		sem_post(&sem);
	return arg;
}

static void *take(void *arg)
{
	int i;

	for (i = 0; i < 100 * (NR - 1); i++)
		while (sem_wait(&sem))
			;
	return arg;
}

static void *take_or_post(void *arg)
{
	return arg ? post(arg) : take(arg);
}

static void time_out(void)
{
	struct timespec soon;

	clock_gettime(CLOCK_REALTIME, &soon);
	soon.tv_nsec += 2000000;
	if (soon.tv_nsec >= 1000000000) {
		soon.tv_sec++;
		soon.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&lock);
	printf("timedwait: %s\n", strerror(pthread_cond_timedwait(&cond, &lock, &soon)));
	pthread_mutex_unlock(&lock);
	printf("sem_timedwait: %d ", sem_timedwait(&sem, &soon));
	printf("%s\n", strerror(errno));
}

/* Takes the lock, and ends with it. */
static void *die_with(void *arg)
{
	pthread_mutex_lock(arg);
	return NULL;
}

static void robust(void)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t *m;
	pthread_t thread;
	int err, status;

	m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(m, &attr);

	pthread_create(&thread, NULL, die_with, m);
	err = pthread_mutex_lock(m);
	if (!err) {			/* it was faster */
		pthread_mutex_unlock(m);
		pthread_join(thread, NULL);
		err = pthread_mutex_lock(m);
	} else {
		pthread_join(thread, NULL);
	}
	printf("a thread has died with the lock: %s\n", strerror(err));
	pthread_mutex_consistent(m);
	pthread_mutex_unlock(m);

	if (!fork()) {
		pthread_mutex_lock(m);
		_exit(0);
	}
	wait(&status);
	err = pthread_mutex_lock(m);
	printf("a process has: %s\n", strerror(err));
	pthread_mutex_unlock(m);
	printf("not made consistent: %s\n", strerror(pthread_mutex_lock(m)));
}

static void *ends_itself(void *arg)
{
	pthread_exit((void *)5L);
	return arg;
}

static void detached(void)
{
	pthread_attr_t attr;
	pthread_t thread;
	void *result;
	int i;

	pthread_create(&thread, NULL, ends_itself, NULL);
	pthread_join(thread, &result);
	printf("pthread_exit: %ld\n", (long)result);
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	for (i = 1; i < NR; i++)
		if (pthread_create(&thread, &attr, post, NULL))
			printf("no thread\n");
	take(NULL);
	printf("none is left: %d\n", sem_trywait(&sem));
}

int main(void)
{
	setbuf(stdout, NULL);
	run(add, NR);
	printf("counted: %ld\n", counter);
	counter = 0;
	run(take_turns, NR);
	printf("turns: %ld\n", counter);
	pthread_barrier_init(&barrier, NULL, NR);
	run(meet, NR);
	printf("last to come: %d\n", last_ones);
	run(read_or_write, NR);
	printf("written: %ld %ld\n", a, b);
	sem_init(&sem, 0, 0);
	run(take_or_post, NR);
	time_out();
	robust();
	detached();
	printf("own: %d\n", own);
	return 0;
}
