/* SPDX-License-Identifier: MIT */
/* For row I1: files in memory without a name, and their seals. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "show.h"

#define PAGE	4096L

static void *volatile bad = (void *)8;
static char big[3 * PAGE];

static void *map(int fd, int prot, int flags)
{
	void *p = mmap(NULL, PAGE, prot, flags, fd, 0);

	return p == MAP_FAILED ? NULL : p;
}

static int sealed(const char *name, int seals)
{
	int fd = memfd_create(name, MFD_ALLOW_SEALING);

	if (write(fd, big, PAGE + 100) != PAGE + 100)
		printf("not written\n");
	if (fcntl(fd, F_ADD_SEALS, seals))
		printf("not sealed: %s\n", strerror(errno));
	return fd;
}

static void show_size(const char *what, int fd)
{
	struct stat st;

	fstat(fd, &st);
	printf("%s: size %ld\n", what, (long)st.st_size);
}

static void making(void)
{
	static char name[256], line[512], link[64];
	int fd = memfd_create("first", 0), other;
	struct stat st;
	char *p;
	FILE *f;

	printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
	fstat(fd, &st);
	printf("mode %o links %ld size %ld\n", st.st_mode, (long)st.st_nlink, (long)st.st_size);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, line, sizeof(line) - 1) > 0)
		printf("%s\n", line);
	SHOW(write(fd, "0123456789", 10));
	SHOW(pread(fd, line, 5, 3));
	SHOW(lseek(fd, 0, SEEK_CUR));
	other = open(link, O_RDONLY);
	SHOW(read(other, line, 4));
	SHOW(write(other, line, 4));
	close(other);
	p = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED);
	p[0] = 'x';
	SHOW(pread(fd, line, 1, 0));
	printf("%c\n", line[0]);
	f = fopen("/proc/self/maps", "r");
	while (fgets(line, sizeof(line), f))
		if (strstr(line, "memfd:"))
			printf("%s", strchr(line, '/'));
	fclose(f);
	munmap(p, PAGE);
	SHOW(fcntl(fd, F_GET_SEALS));
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW));
	SHOW(fcntl(fd, F_ADD_SEALS, 0));
	close(fd);
	fd = memfd_create("", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	printf("flags %#x %#x\n", fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
	SHOW(fcntl(fd, F_GET_SEALS));
	close(fd);
	memset(name, 'n', 249);
	SHOW(close(memfd_create(name, 0)));
	name[249] = 'n';
	SHOW(memfd_create(name, 0));
	SHOW(memfd_create(bad, 0));
	SHOW(memfd_create("x", 0x100));
	SHOW(memfd_create("x", 1 << 26));
	other = memfd_create("same", 0);
	fd = memfd_create("same", 0);
	if (fd >= 0 && other >= 0)
		printf("two of one name\n");
	SHOW(write(fd, big, PAGE));
	lseek(fd, 0, SEEK_SET);
	SHOW(sendfile(other, fd, NULL, PAGE));
	lseek(fd, 0, SEEK_SET);
	SHOW(copy_file_range(fd, NULL, other, NULL, PAGE, 0));
	show_size("copied", other);
	close(fd);
	close(other);
}

static void refusals(void)
{
	int fd = open("/memfd-test", O_RDWR | O_CREAT, 0600), p[2], ro;
	char link[64];

	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	unlink("/memfd-test");
	close(fd);
	if (pipe(p))
		return;
	SHOW(fcntl(p[1], F_GET_SEALS));
	SHOW(fcntl(p[1], F_ADD_SEALS, F_SEAL_WRITE));
	SHOW(fcntl(p[0], F_ADD_SEALS, F_SEAL_WRITE));
	SHOW(fcntl(99, F_GET_SEALS));
	fd = memfd_create("refuses", MFD_ALLOW_SEALING);
	SHOW(fcntl(fd, F_ADD_SEALS, 0x40));
	SHOW(fcntl(fd, F_ADD_SEALS, 0x100000002));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ro = open(link, O_RDONLY);
	SHOW(fcntl(ro, F_ADD_SEALS, F_SEAL_WRITE));
	SHOW(fcntl(ro, F_GET_SEALS));
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK));
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL));
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK));
	SHOW(fcntl(ro, F_GET_SEALS));
	close(fd);
	close(ro);
	close(p[0]);
	close(p[1]);
}

static void sizes(void)
{
	int fd = sealed("shrink", F_SEAL_SHRINK);

	SHOW(ftruncate(fd, PAGE));
	SHOW(ftruncate(fd, PAGE + 100));
	SHOW(ftruncate(fd, 3 * PAGE));
	SHOW(write(fd, big, 10));
	SHOW(open("/proc/self/fd/9999", O_TRUNC));
	close(fd);
	fd = sealed("grow", F_SEAL_GROW);
	SHOW(ftruncate(fd, PAGE + 101));
	SHOW(ftruncate(fd, PAGE + 99));
	SHOW(write(fd, big, 1));
	SHOW(pwrite(fd, big, 99, PAGE));
	SHOW(pwrite(fd, big, 100, PAGE));
	SHOW(pwrite(fd, big, PAGE + 99, 0));
	SHOW(pwrite(fd, big, PAGE + 100, 0));
	SHOW(pwrite(fd, big, PAGE, 50));
	SHOW(pwrite(fd, big, 60, PAGE + 50));
	SHOW(pwrite(fd, big, 1, 3 * PAGE));
	SHOW(write(fd, big, 0));
	show_size("grow", fd);
	close(fd);
}

static void writes(void)
{
	int fd = sealed("write", 0), ro;
	char link[64], *p, *q;

	p = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED);
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	munmap(p, PAGE);
	p = map(fd, PROT_READ, MAP_SHARED);
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	SHOW(munmap(p, PAGE));
	p = map(fd, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	ro = open(link, O_RDONLY);
	q = map(ro, PROT_READ, MAP_SHARED);
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	SHOW(fcntl(fd, F_GET_SEALS));
	p[0] = 'p';
	printf("private: %d shared: %d\n", p[0], q[0]);
	SHOW(write(fd, big, 1));
	SHOW(pwrite(fd, big, 1, 0));
	SHOW(write(fd, big, 0));
	SHOW(ftruncate(fd, 3 * PAGE));
	SHOW(ftruncate(fd, 1));
	SHOW(mprotect(q, PAGE, PROT_READ | PROT_WRITE));
	SHOW(map(fd, PROT_READ | PROT_WRITE, MAP_SHARED) != NULL);
	SHOW(map(fd, PROT_READ, MAP_SHARED) != NULL);
	SHOW(map(ro, PROT_READ, MAP_SHARED) != NULL);
	SHOW(map(fd, PROT_READ | PROT_WRITE, MAP_PRIVATE) != NULL);
	munmap(p, PAGE);
	munmap(q, PAGE);
	close(ro);
	close(fd);
}

static void future_writes(void)
{
	int fd = sealed("future", 0);
	char *p = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED), *q;

	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE));
	p[1] = 'q';
	SHOW(write(fd, big, 1));
	SHOW(map(fd, PROT_READ | PROT_WRITE, MAP_SHARED) != NULL);
	q = map(fd, PROT_READ, MAP_SHARED);
	printf("%c\n", q ? q[1] : '-');
	SHOW(mprotect(q, PAGE, PROT_READ | PROT_WRITE));
	SHOW(mprotect(p, PAGE, PROT_READ));
	SHOW(mprotect(p, PAGE, PROT_READ | PROT_WRITE));
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	munmap(p, PAGE);
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	munmap(q, PAGE);
	SHOW(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	close(fd);
}

static int shared_fd;

static void maps_it(void)
{
	char *p = map(shared_fd, PROT_READ | PROT_WRITE, MAP_SHARED);

	SHOW(p == NULL);
}

/* What a parent has mapped, its child has; what either has parted from, it has no more. */
static void over_fork(void)
{
	char *p;
	int go[2], back[2];
	char c;

	shared_fd = sealed("fork", 0);
	p = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, shared_fd, 0);
	if (pipe(go) || pipe(back))
		return;
	fflush(stdout);
	if (!fork()) {
		munmap(p + PAGE, PAGE);		/* two areas of one */
		if (write(back[1], "", 1) != 1 || read(go[0], &c, 1) != 1)
			_exit(1);
		_exit(0);
	}
	if (read(back[0], &c, 1) != 1)
		return;
	munmap(p, 3 * PAGE);
	SHOW(fcntl(shared_fd, F_ADD_SEALS, F_SEAL_WRITE));
	if (write(go[1], "", 1) != 1)
		return;
	wait(NULL);
	SHOW(fcntl(shared_fd, F_ADD_SEALS, F_SEAL_WRITE));
	fflush(stdout);
	in_child(maps_it);
	close(shared_fd);
}

/* Two threads: either there is a mapping, or the seal. */
static volatile int mapped, refused;

static void *maps_and_unmaps(void *arg)
{
	void *p;

	for (;;) {
		p = map(shared_fd, PROT_READ | PROT_WRITE, MAP_SHARED);
		if (!p)
			break;
		mapped++;
		munmap(p, PAGE);
	}
	refused = errno == EPERM;
	return arg;
}

static void together(void)
{
	pthread_t t;

	shared_fd = sealed("threads", 0);
	pthread_create(&t, NULL, maps_and_unmaps, NULL);
	while (!mapped)
		usleep(100);
	while (fcntl(shared_fd, F_ADD_SEALS, F_SEAL_WRITE))
		if (errno != EBUSY)
			printf("no seal: %s\n", strerror(errno));
	pthread_join(t, NULL);
	printf("refused: %d\n", refused);
	close(shared_fd);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	making();
	refusals();
	sizes();
	writes();
	future_writes();
	over_fork();
	together();
	return 0;
}
