/* SPDX-License-Identifier: MIT */
/*
 * Copies to and from the memory of whoever called a file operation.
 *
 * Its addresses are a user program's; what is not there is brought in by the page fault, and
 * what can't be ends the copy early. While the task reads or writes on the kernel's own behalf
 * (linux/uaccess.h) the same functions take kernel addresses.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

/**
 * kernel_uaccess_begin - from here on this task's "user" pointers may be kernel addresses
 *
 * Context: task. Return: what kernel_uaccess_end() wants back, so that pairs nest.
 */
unsigned int kernel_uaccess_begin(void)
{
	return current->kernel_uaccess++;
}

void kernel_uaccess_end(unsigned int old)
{
	current->kernel_uaccess = old;
}

/* The other half of access_ok(): a kernel buffer of a task that works on the kernel's behalf. */
bool kernel_access_ok(unsigned long addr, unsigned long size)
{
	return in_task() && current->kernel_uaccess && addr >= PAGE_OFFSET && size <= -addr;
}
EXPORT_SYMBOL(kernel_access_ok);

/* pagefault_disable - until pagefault_enable() a fault in user memory fails at once; nests */
void pagefault_disable(void)
{
	current->pagefault_disabled++;
	barrier();
}
EXPORT_SYMBOL(pagefault_disable);

void pagefault_enable(void)
{
	barrier();
	current->pagefault_disabled--;
}
EXPORT_SYMBOL(pagefault_enable);

bool pagefault_disabled(void)
{
	return current->pagefault_disabled;
}

#ifdef CONFIG_DEBUG
/* might_fault(): with page faults off an access does not sleep. */
void __might_fault(const char *file, int line)
{
	if (!pagefault_disabled())
		__might_sleep(file, line);
}
EXPORT_SYMBOL(__might_fault);
#endif

/**
 * _copy_from_user - copy from the caller's memory
 * @to: kernel buffer
 * @from: the caller's
 * @n: bytes
 *
 * Context: task, may sleep. Return: bytes at the end not copied, zeroed in @to; 0 for all is well.
 */
unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long left = n;

	might_fault();
	if (likely(access_ok(from, n)))
		left = arch_copy_user(to, from, n);
	if (unlikely(left))
		memset((char *)to + n - left, 0, left);
	return left;
}
EXPORT_SYMBOL(_copy_from_user);

/* _copy_to_user - copy to the caller's memory. As _copy_from_user(). */
unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n)
{
	might_fault();
	return likely(access_ok(to, n)) ? arch_copy_user(to, from, n) : n;
}
EXPORT_SYMBOL(_copy_to_user);

unsigned long clear_user(void __user *to, unsigned long n)
{
	might_fault();
	return likely(access_ok(to, n)) ? arch_clear_user(to, n) : n;
}
EXPORT_SYMBOL(clear_user);

/*
 * Up to @n bytes at @src, but not beyond its page: whether the next is there is not our business.
 */
static unsigned long piece(const char __user *src, unsigned long n)
{
	return min(n, PAGE_SIZE - offset_in_page(src));
}

/**
 * strncpy_from_user - copy a string from the caller's memory
 * @dst: kernel buffer; what follows the string in it is undefined
 * @src: the caller's
 * @count: size of @dst
 *
 * Context: task, may sleep. Return: length without the NUL; @count when there was none in
 * that many bytes; -EFAULT.
 */
long strncpy_from_user(char *dst, const char __user *src, long count)
{
	long done = 0;

	might_fault();
	while (done < count) {
		unsigned long n = piece(src + done, count - done), got, len;

		if (unlikely(!access_ok(src + done, 1)))
			return -EFAULT;
		got = n - arch_copy_user(dst + done, src + done, n);
		len = strnlen(dst + done, got);
		done += len;
		if (len < got)
			return done;
		if (got < n)
			return -EFAULT;
	}
	return done;
}
EXPORT_SYMBOL(strncpy_from_user);

/*
 * strnlen_user - length with the NUL; more than @n when there is none in @n bytes; 0: bad pointer
 */
long strnlen_user(const char __user *str, long n)
{
	char part[64];
	long done = 0;

	might_fault();
	while (done < n) {
		unsigned long size = piece(str + done, min_t(long, n - done, sizeof(part))), got, len;

		if (unlikely(!access_ok(str + done, 1)))
			return 0;
		got = size - arch_copy_user(part, str + done, size);
		len = strnlen(part, got);
		done += len;
		if (len < got)
			return done + 1;
		if (got < size)
			return 0;
	}
	return n > 0 ? n + 1 : 0;
}
EXPORT_SYMBOL(strnlen_user);

/* The first byte of [start, end), then those of the pages behind it. */
#define for_each_page_of(at, start, end)				\
	for (at = (start); at < (end); at = (char __user *)PAGE_ALIGN((unsigned long)at + 1))

/**
 * fault_in_readable - bring in the caller's memory, before an access that can't wait for it
 * @uaddr: where it begins
 * @size: bytes
 *
 * It may be gone again when this returns.
 * Context: task, may sleep. Return: the bytes at the end that can't be read; 0: all can.
 */
size_t fault_in_readable(const char __user *uaddr, size_t size)
{
	const char __user *at, *end;
	char byte;

	if (!access_ok(uaddr, size))
		return size;
	end = uaddr + size;
	for_each_page_of(at, uaddr, end)
		if (copy_from_user(&byte, at, 1))
			return end - at;
	return 0;
}
EXPORT_SYMBOL(fault_in_readable);

/* fault_in_writeable - the same for memory that is to be overwritten: one byte a page is already */
size_t fault_in_writeable(char __user *uaddr, size_t size)
{
	char __user *at, *end;

	if (!access_ok(uaddr, size))
		return size;
	end = uaddr + size;
	for_each_page_of(at, uaddr, end)
		if (put_user(0, at))
			return end - at;
	return 0;
}
EXPORT_SYMBOL(fault_in_writeable);
