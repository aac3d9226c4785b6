/* SPDX-License-Identifier: MIT */
/* For rows B9: what execve() refuses, before the old program is gone; and who may write meanwhile. */
#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "show.h"

#define BASE		0x400000UL
#define INTERP_BASE	0x500000UL

/* A program that ends with 42, and that names an interpreter. */
struct tiny {
	Elf64_Ehdr	ehdr;
	Elf64_Phdr	phdrs[2];
	char		interp[64];
	unsigned char	code[16];
};

static void write_file(const char *name, const void *from, size_t size, mode_t mode)
{
	int fd = open(name, O_CREAT | O_TRUNC | O_WRONLY, 0755);

	if (fd < 0 || write(fd, from, size) != (ssize_t)size || fchmod(fd, mode))
		printf("%s: %s\n", name, strerror(errno));
	close(fd);
}

static void write_tiny_at(const char *name, unsigned long base, const char *interp)
{
	/* mov $60, %eax; mov $42, %edi; syscall */
	static const unsigned char code[] = { 0xb8, 60, 0, 0, 0, 0xbf, 42, 0, 0, 0, 0x0f, 0x05 };
	struct tiny t = {
		.ehdr = {
			.e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
			.e_type = ET_EXEC, .e_machine = EM_X86_64, .e_version = EV_CURRENT,
			.e_entry = base + offsetof(struct tiny, code),
			.e_phoff = offsetof(struct tiny, phdrs), .e_ehsize = sizeof(Elf64_Ehdr),
			.e_phentsize = sizeof(Elf64_Phdr), .e_phnum = 2,
		},
		.phdrs = {
			{ .p_type = PT_LOAD, .p_flags = PF_R | PF_W | PF_X, .p_vaddr = base,
			  .p_filesz = sizeof(t), .p_memsz = sizeof(t), .p_align = 4096 },
			{ .p_type = interp ? PT_INTERP : PT_NULL, .p_flags = PF_R,
			  .p_offset = offsetof(struct tiny, interp), .p_align = 1 },
		},
	};

	if (interp) {
		strcpy(t.interp, interp);
		t.phdrs[1].p_filesz = t.phdrs[1].p_memsz = strlen(interp) + 1;
	}
	memcpy(t.code, code, sizeof(code));
	write_file(name, &t, sizeof(t), 0755);
}

static void write_tiny(const char *name, const char *interp)
{
	write_tiny_at(name, BASE, interp);
}

/* How it ends that way; an execve() that fails is no end. */
static void run(const char *name)
{
	char *argv[] = { (char *)name, NULL };
	pid_t pid;
	int status;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		alarm(10);
		execve(name, argv, NULL);
		printf("%s: %s\n", name, strerror(errno));
		exit(0);
	}
	waitpid(pid, &status, 0);
	if (status)
		printf("%s: ended with %#x\n", name, status);
}

static void no_programs(void)
{
	puts("-- what is no program");
	SHOW(mkfifo("fifo", 0777));
	run("fifo");			/* which nobody has open to write */
	run("/dev/null");
	run("/");
	run("nothing");
	write_file("plain", "#!/nowhere\n", 11, 0644);
	run("plain");
	write_file("script", "#!fifo\n", 7, 0755);
	run("script");
}

static void interpreters(void)
{
	static const char long_text[200] = "no interpreter at all";

	puts("-- interpreters");
	write_tiny("good", NULL);
	run("good");
	write_tiny("t", "/nowhere/ld.so");
	run("t");
	write_tiny("t", "/");
	run("t");
	write_tiny("t", "fifo");
	run("t");
	write_tiny("t", "plain");
	run("t");
	write_file("short", "short", 5, 0755);
	write_tiny("t", "short");
	run("t");
	write_file("text", long_text, sizeof(long_text), 0755);
	write_tiny("t", "text");
	run("t");
	write_tiny("t", "");		/* a name of one byte */
	run("t");
	write_tiny_at("ld.so", INTERP_BASE, "/nowhere/ld.so");	/* an interpreter has none itself */
	write_tiny("t", "ld.so");
	run("t");
}

static void writers(void)
{
	char buf[1];
	int fd;

	puts("-- files of running programs");
	SHOW(open("/proc/self/exe", O_WRONLY));
	SHOW(open("/proc/self/exe", O_RDWR | O_TRUNC));
	SHOW(open("/proc/self/exe", O_RDONLY | O_TRUNC));
	SHOW(truncate("/proc/self/exe", 0));
	write_tiny("good", NULL);
	fd = open("good", O_WRONLY);
	run("good");
	close(fd);
	run("good");
	/* Mapped to write is as good as open. */
	fd = open("good", O_RDWR);
	mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	run("good");
	fd = open("good", O_RDONLY);
	SHOW(read(fd, buf, 1));
	close(fd);
}

static void mounts(void)
{
	void *mapped;
	int fd, i;

	puts("-- mounts");
	mkdir("mnt", 0755);
	SHOW(mount("none", "mnt", "tmpfs", MS_NOEXEC | MS_NODEV, NULL));
	write_tiny("mnt/good", NULL);
	run("mnt/good");
	write_tiny("t", "mnt/good");
	run("t");
	fd = open("mnt/good", O_RDWR);
	SHOW(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0));
	mapped = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	SHOW(mprotect(mapped, 4096, PROT_EXEC));
	SHOW(mknod("mnt/null", S_IFCHR | 0666, 1 << 8 | 3));
	SHOW(open("mnt/null", O_RDWR));
	i = open("mnt/null", O_PATH);
	printf("by its path alone: %d\n", i >= 0);
	close(i);

	puts("-- read-only");
	SHOW(mount("none", "mnt", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	close(fd);
	/* A mapping has it open still. */
	SHOW(mount("none", "mnt", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	SHOW(munmap(mapped, 4096));
	SHOW(mount("none", "mnt", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	fd = open("mnt/good", O_RDONLY);
	SHOW(fd >= 0);
	SHOW(open("mnt/good", O_WRONLY));
	SHOW(open("mnt/good", O_RDONLY | O_TRUNC));
	SHOW(open("mnt/new", O_CREAT | O_WRONLY, 0644));
	SHOW(mount("none", "mnt", NULL, MS_REMOUNT, NULL));
	close(open("mnt/null", O_WRONLY));
	SHOW(mount("none", "mnt", NULL, MS_REMOUNT | MS_RDONLY, NULL));
	i = open("mnt/null", O_WRONLY);
	printf("a device: %d\n", i >= 0);	/* is not written to the file system */
	close(i);
	SHOW(umount2("mnt", MNT_DETACH));
}

/* The line of /proc/mounts with "odd", as far as the kind of file system. */
static void show_mounts(void)
{
	FILE *f = fopen("/proc/mounts", "r");
	char line[512];

	while (fgets(line, sizeof(line), f))
		if (strstr(line, "odd"))
			printf("%.*s\n", (int)(strstr(line, " tmpfs") - line), line);
	fclose(f);
}

static void escapes(void)
{
	puts("-- names in /proc/mounts");
	mkdir("odd \t\n\\#", 0755);
	SHOW(mount("a b\\c#", "odd \t\n\\#", "tmpfs", 0, NULL));
	show_mounts();
	SHOW(umount("odd \t\n\\#"));
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	mkdir("/startups", 0755);
	if (chdir("/startups"))
		return 1;
	no_programs();
	interpreters();
	writers();
	mounts();
	escapes();
	return 0;
}
