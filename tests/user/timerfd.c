/* SPDX-License-Identifier: MIT */
/* For row I1: timerfd_create(), timers that are read. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include "show.h"

#define MS	1000000L
#define FAR	1000000		/* seconds: not in this test */

static void *volatile bad = (void *)8;

static struct itimerspec in(time_t sec, long nsec, long interval)
{
	return (struct itimerspec){ .it_value = { sec, nsec }, .it_interval = { 0, interval } };
}

static void nap(long ms)
{
	struct timespec ts = { 0, ms * MS };

	while (nanosleep(&ts, &ts))
		;
}

/* How often it was over; negative: why not. */
static long ticks(int fd)
{
	uint64_t n = 0;

	return read(fd, &n, sizeof(n)) == sizeof(n) ? (long)n : -errno;
}

static void mistakes(void)
{
	struct itimerspec it = in(1, 0, 0);
	char small[8];
	int fd, clock, other = open("/dev/null", O_RDWR);

	for (clock = 0; clock < 12; clock++) {
		fd = timerfd_create(clock, 0);
		printf("clock %d: %s\n", clock, fd < 0 ? strerror(errno) : "yes");
		close(fd);
	}
	SHOW(timerfd_create(CLOCK_MONOTONIC, 1));
	SHOW(timerfd_settime(99, 0, &it, NULL));
	SHOW(timerfd_settime(other, 0, &it, NULL));
	SHOW(timerfd_settime(99, 0, NULL, NULL));
	SHOW(timerfd_settime(99, 4, &it, NULL));
	SHOW(timerfd_gettime(99, &it));
	SHOW(timerfd_gettime(other, &it));
	fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
	SHOW(timerfd_settime(fd, 4, &it, NULL));
	it.it_value.tv_nsec = 1000000000;
	SHOW(timerfd_settime(fd, 0, &it, NULL));
	it = in(0, 0, -1);
	SHOW(timerfd_settime(fd, 0, &it, NULL));
	SHOW(timerfd_gettime(fd, (void *)8));
	SHOW(timerfd_gettime(fd, &it));
	printf("idle: %ld %ld\n", (long)it.it_value.tv_sec, it.it_value.tv_nsec);
	SHOW(read(fd, small, 7));
	SHOW(read(fd, small, 8));
	SHOW(write(fd, small, 8));
	SHOW(lseek(fd, 0, SEEK_CUR));
	it = in(FAR, 0, 5);
	SHOW(timerfd_settime(fd, 0, &it, (void *)8));
	SHOW(timerfd_gettime(fd, &it));
	printf("set all the same: %d %ld\n", it.it_value.tv_sec >= FAR - 600, it.it_interval.tv_nsec);
	it = in(0, 0, 0);
	SHOW(timerfd_settime(fd, TFD_TIMER_CANCEL_ON_SET, &it, &it));
	printf("it was: %d %ld\n", it.it_value.tv_sec >= FAR - 600, it.it_interval.tv_nsec);
	it = in(0, 1, 0);
	timerfd_settime(fd, 0, &it, NULL);
	nap(5);
	SHOW(read(fd, bad, 8));
	SHOW(ticks(fd));
	close(fd);
	close(other);
}

static void running(int clock)
{
	struct itimerspec it = in(0, 20 * MS, 0);
	int fd = timerfd_create(clock, 0);
	struct timespec then, now;
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT };
	long n;

	clock_gettime(clock, &then);
	timerfd_settime(fd, 0, &it, NULL);
	printf("once: %ld", ticks(fd));
	clock_gettime(clock, &now);
	printf(", after its time: %d", (now.tv_sec - then.tv_sec) * 1000 * MS + now.tv_nsec - then.tv_nsec >= 20 * MS);
	timerfd_gettime(fd, &it);
	printf(", then idle: %ld\n", it.it_value.tv_nsec);
	printf("poll: %d", poll(&p, 1, 0));
	it = in(0, 20 * MS, MS);
	timerfd_settime(fd, 0, &it, NULL);
	printf(" %d", poll(&p, 1, -1));
	printf(" %#x\n", p.revents);
	nap(50);
	n = ticks(fd);
	printf("many: %d", n >= 45 && n < FAR);
	n = ticks(fd);
	printf(", and on: %d\n", n >= 1);
	nap(10);
	timerfd_gettime(fd, &it);
	printf("runs: %d %ld", it.it_value.tv_nsec <= MS, it.it_interval.tv_nsec);
	n = ticks(fd);
	printf(", looking counts: %d\n", n >= 8);
	nap(5);
	it = in(FAR, 0, 0);
	timerfd_settime(fd, 0, &it, &it);
	printf("was: %d %ld, ", it.it_value.tv_nsec > 0 && it.it_value.tv_nsec <= MS, it.it_interval.tv_nsec);
	printf("setting forgets: %d\n", poll(&p, 1, 0));
	it = (struct itimerspec){ .it_value = { then.tv_sec, then.tv_nsec } };
	timerfd_settime(fd, TFD_TIMER_ABSTIME, &it, NULL);
	printf("in the past: %ld\n", ticks(fd));
	close(fd);
}

static void nothing(int sig, siginfo_t *info, void *ctx)
{
	(void)sig, (void)info, (void)ctx;
}

/* For a time that is kept, what if the clock is set? */
static void clock_is_set(void)
{
	int fd = timerfd_create(CLOCK_REALTIME, 0), later = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK);
	struct itimerval alarm = { { 0, 10000 }, { 0, 10000 } };
	struct itimerspec it = in(0, 0, 0);
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &it.it_value);
	it.it_value.tv_sec += FAR;
	timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &it, NULL);
	timerfd_settime(later, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &it, NULL);
	handle(SIGALRM, nothing, 0);
	setitimer(ITIMER_REAL, &alarm, NULL);
	printf("waiting: %s\n", strerror(-ticks(fd)));
	alarm.it_value.tv_usec = 0;
	setitimer(ITIMER_REAL, &alarm, NULL);
	if (!fork()) {
		nap(20);
		clock_gettime(CLOCK_REALTIME, &now);
		now.tv_sec++;
		clock_settime(CLOCK_REALTIME, &now);
		_exit(0);
	}
	printf("the clock was set: %s\n", strerror(-ticks(fd)));
	wait(NULL);
	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec--;
	clock_settime(CLOCK_REALTIME, &now);
	printf("and again: %s\n", strerror(-ticks(fd)));
	SHOW(timerfd_settime(later, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &it, NULL));
	SHOW(ticks(later) == -EAGAIN);
	SHOW(timerfd_settime(later, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &it, NULL));
	SHOW(timerfd_settime(fd, TFD_TIMER_ABSTIME, &it, NULL));
	clock_settime(CLOCK_REALTIME, &now);
	SHOW(timerfd_settime(fd, TFD_TIMER_ABSTIME, &it, NULL));
	close(fd);
	close(later);
}

static int shared;

static void *disturb(void *arg)
{
	struct itimerspec it = in(0, 1000, 20000);
	int i;

	for (i = 0; i < 1000; i++) {
		timerfd_settime(shared, 0, &it, NULL);
		ticks(shared);
		timerfd_gettime(shared, &it);
		it = in(0, 1000, 20000);
	}
	return arg;
}

static void everything_at_once(void)
{
	pthread_t threads[3];
	int i;

	shared = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	for (i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, disturb, NULL);
	for (i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	fcntl(shared, F_SETFL, 0);
	printf("it still runs: %d\n", ticks(shared) > 0);
	close(shared);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	mistakes();
	running(CLOCK_MONOTONIC);
	running(CLOCK_REALTIME);
	running(CLOCK_BOOTTIME);
	clock_is_set();
	everything_at_once();
	return 0;
}
