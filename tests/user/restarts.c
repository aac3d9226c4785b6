/* SPDX-License-Identifier: MIT */
/* For rows B9 I1: calls that signals interrupt, and calls that go on afterwards. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <time.h>
#include "show.h"

static volatile int handled;
static volatile int *awake;		/* of both processes */

static void note(int sig, siginfo_t *info, void *ctx)
{
	handled++;
}

/* A child that sends @sig until it is ended. */
static pid_t sender(int sig)
{
	pid_t parent = getpid(), pid = fork();

	if (pid)
		return pid;
	for (;;) {
		kill(parent, sig);
		usleep(1000);
	}
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void interrupted(void)
{
	struct timespec len = { .tv_sec = 1000 }, rest = { 0 };
	struct timeval tv = { .tv_sec = 1000 };
	struct pollfd pfd;
	int fds[2];
	char byte;
	pid_t pid;

	if (pipe(fds))
		return;
	pfd.fd = fds[0];
	pfd.events = POLLIN;
	handle(SIGUSR1, note, 0);
	pid = sender(SIGUSR1);
	SHOW(read(fds[0], &byte, 1));
	SHOW(nanosleep(&len, &rest));
	printf("rest %d\n", rest.tv_sec > 900 && rest.tv_sec < 1000);
	SHOW(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &(struct timespec){ 1 << 30, 0 }, NULL));
	SHOW(poll(&pfd, 1, -1));
	SHOW(poll(&pfd, 1, 1000000));
	SHOW(ppoll(&pfd, 1, NULL, NULL));
	SHOW(select(0, NULL, NULL, NULL, &tv));
	printf("rest %d\n", tv.tv_sec > 900 && tv.tv_sec < 1000);
	SHOW(waitpid(pid, NULL, 0));
	SHOW(pause());
	handle(SIGUSR1, note, SA_RESTART);
	SHOW(nanosleep(&len, NULL));
	SHOW(poll(&pfd, 1, 1000000));
	SHOW(select(0, NULL, NULL, NULL, &tv));
	SHOW(pause());
	end(pid);
}

/* A child that has the lock of the file, until it is ended. */
static pid_t holder(const char *name)
{
	int ready[2], fd;
	char byte;
	pid_t pid;

	if (pipe(ready))
		return -1;
	pid = fork();
	if (!pid) {
		fd = open(name, O_RDWR);
		if (flock(fd, LOCK_EX) || write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		printf("no lock\n");
	close(ready[0]);
	return pid;
}

static void interrupted_with_files(void)
{
	static char much[100000];
	struct timespec len = { .tv_sec = 1000 };
	sigset_t other;
	int fds[2], fd = open("restarts.tmp", O_RDWR | O_CREAT, 0600);
	pid_t pid, with_lock = holder("restarts.tmp");

	if (pipe(fds) || mkfifo("restarts.fifo", 0600))
		return;
	sigemptyset(&other);
	sigaddset(&other, SIGUSR2);
	handle(SIGUSR1, note, 0);
	pid = sender(SIGUSR1);
	SHOW(write(fds[1], much, sizeof(much)));	/* as much as there is room for */
	SHOW(write(fds[1], much, 1));
	SHOW(flock(fd, LOCK_EX));
	SHOW(open("restarts.fifo", O_RDONLY));
	SHOW(sigwaitinfo(&other, NULL));
	SHOW(sigtimedwait(&other, NULL, &len));
	handle(SIGUSR1, note, SA_RESTART);
	SHOW(sigwaitinfo(&other, NULL));
	SHOW(sigsuspend(&other));
	end(pid);
	end(with_lock);
	/* Nobody has it any more. */
	SHOW(flock(fd, LOCK_EX));
	unlink("restarts.tmp");
	unlink("restarts.fifo");
	close(fd);
	close(fds[0]);
	close(fds[1]);
}

/* With SA_RESTART a read() lasts until there is something to read. */
static void restarted(void)
{
	int fds[2], status;
	char byte = 0;
	pid_t pid;

	if (pipe(fds))
		return;
	handle(SIGUSR1, note, SA_RESTART);
	handled = 0;
	pid = fork();
	if (!pid) {
		int i;

		for (i = 0; i < 20; i++) {
			kill(getppid(), SIGUSR1);
			usleep(1000);
		}
		if (write(fds[1], "x", 1) != 1)
			_exit(1);
		for (i = 0; i < 20; i++) {
			kill(getppid(), SIGUSR1);
			usleep(1000);
		}
		_exit(9);
	}
	SHOW(read(fds[0], &byte, 1));
	printf("byte %c, handled %d\n", byte, handled > 0);
	SHOW(waitpid(pid, &status, 0) == pid);
	printf("status %#x\n", status);
}

/* A stop in the middle of a sleep: it goes on, and ends when it was to end. */
static void stopped_in_call(void)
{
	struct timespec begin, now, len = { .tv_nsec = 100000000 };
	int status, fds[2];
	struct pollfd pfd;
	pid_t pid;

	if (pipe(fds))
		return;
	pid = fork();
	if (!pid) {
		int err;

		pfd.fd = fds[0];
		pfd.events = POLLIN;
		clock_gettime(CLOCK_MONOTONIC, &begin);
		err = nanosleep(&len, NULL);
		clock_gettime(CLOCK_MONOTONIC, &now);
		printf("sleep: %d, long enough %d\n", err,
		       (now.tv_sec - begin.tv_sec) * 1000000000L + now.tv_nsec - begin.tv_nsec >= 100000000);
		*awake = 1;
		printf("poll: %d\n", poll(&pfd, 1, 1000000));
		_exit(0);
	}
	usleep(1000);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	while (!*awake)
		;
	usleep(1000);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	if (write(fds[1], "x", 1) != 1)
		printf("no write\n");
	waitpid(pid, &status, 0);
	printf("status %#x\n", status);
}

int main(void)
{
	setbuf(stdout, NULL);
	awake = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	interrupted();
	interrupted_with_files();
	restarted();
	stopped_in_call();
	return 0;
}
