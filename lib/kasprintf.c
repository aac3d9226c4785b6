/* SPDX-License-Identifier: MIT */
/* Text into memory of its own: formatted, or split into words. */
#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
{
	unsigned int len, again;
	va_list ap;
	char *text;

	va_copy(ap, args);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);

	text = kmalloc(len + 1, gfp);
	if (!text)
		return NULL;
	again = vsnprintf(text, len + 1, fmt, args);
	WARN(len != again, "kvasprintf: the arguments of \"%s\" changed while it was formatted\n", fmt);
	return text;
}
EXPORT_SYMBOL(kvasprintf);

/* Without conversions, or "%s" of a constant, no copy is needed: free with kfree_const(). */
const char *kvasprintf_const(gfp_t gfp, const char *fmt, va_list args)
{
	if (!strchr(fmt, '%'))
		return kstrdup_const(fmt, gfp);
	if (!strcmp(fmt, "%s"))
		return kstrdup_const(va_arg(args, const char *), gfp);
	return kvasprintf(gfp, fmt, args);
}
EXPORT_SYMBOL(kvasprintf_const);

char *kasprintf(gfp_t gfp, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = kvasprintf(gfp, fmt, args);
	va_end(args);
	return text;
}
EXPORT_SYMBOL(kasprintf);

/**
 * argv_split - split at white space
 * @gfp: for the memory
 * @str: the text
 * @argcp: number of words; may be NULL
 *
 * Return: pointers to the words, then NULL, freed with argv_free(); NULL without memory.
 */
char **argv_split(gfp_t gfp, const char *str, int *argcp)
{
	char *copy = kstrndup(str, KMALLOC_MAX_SIZE - 1, gfp), *p;
	char **argv;
	int argc = 0;

	if (!copy)
		return NULL;
	for (p = skip_spaces(copy); *p; p = skip_spaces(p)) {
		argc++;
		while (*p && !isspace((unsigned char)*p))
			p++;
	}
	/* The copy hides before the first word, for argv_free(). */
	argv = kmalloc_array(argc + 2, sizeof(*argv), gfp);
	if (!argv) {
		kfree(copy);
		return NULL;
	}
	*argv++ = copy;
	if (argcp)
		*argcp = argc;
	argc = 0;
	for (p = skip_spaces(copy); *p; p = skip_spaces(p)) {
		argv[argc++] = p;
		while (*p && !isspace((unsigned char)*p))
			p++;
		if (*p)
			*p++ = '\0';
	}
	argv[argc] = NULL;
	return argv;
}
EXPORT_SYMBOL(argv_split);

void argv_free(char **argv)
{
	argv--;
	kfree(argv[0]);
	kfree(argv);
}
EXPORT_SYMBOL(argv_free);
