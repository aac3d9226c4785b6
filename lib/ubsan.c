/* SPDX-License-Identifier: MIT */
/*
 * What the compiler calls in the debug build when code does what C leaves undefined.
 *
 * The records and the handlers' names are those of the sanitizer's interface in gcc and
 * clang. Each place reports once; what follows goes on as the machine has it.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#ifdef CONFIG_DEBUG

struct source_location {
	const char	*file;
	u32		line;
	u32		column;		/* REPORTED once it was */
};
#define REPORTED	0xffffffff

#define KIND_INTEGER	0
#define INFO_SIGNED	0x0001

struct type_descriptor {
	u16	kind;
	u16	info;			/* integer: bit 0 signed, above it log2 of the width */
	char	name[];
};

struct overflow_data {
	struct source_location	loc;
	struct type_descriptor	*type;
};

struct shift_data {
	struct source_location	loc;
	struct type_descriptor	*lhs_type, *rhs_type;
};

struct bounds_data {
	struct source_location	loc;
	struct type_descriptor	*array_type, *index_type;
};

struct mismatch_data {
	struct source_location	loc;
	struct type_descriptor	*type;
	u8			log_alignment;
	u8			access;
};

struct value_data {
	struct source_location	loc;
	struct type_descriptor	*type;
};

struct nonnull_arg_data {
	struct source_location	loc, attr_loc;
	int			index;
};

struct builtin_data {
	struct source_location	loc;
	u8			kind;
};

#define VALUE_TEXT	24

/* A value as it is handed over: in the word itself, or behind it when it is wider. */
static const char *value_text(char *buf, const struct type_descriptor *type, unsigned long value)
{
	unsigned int width = 1U << (type->info >> 1);

	if (type->kind != KIND_INTEGER || width > BITS_PER_LONG)
		snprintf(buf, VALUE_TEXT, "(wide)");
	else if (type->info & INFO_SIGNED)
		snprintf(buf, VALUE_TEXT, "%ld",
			 (long)(value << (BITS_PER_LONG - width)) >> (BITS_PER_LONG - width));
	else
		snprintf(buf, VALUE_TEXT, "%lu", value);
	return buf;
}

static bool is_negative(const struct type_descriptor *type, unsigned long value)
{
	unsigned int width = 1U << (type->info >> 1);

	return (type->info & INFO_SIGNED) && width <= BITS_PER_LONG && (value >> (width - 1)) & 1;
}

/* The first report from this place: print its head. */
static bool begin(struct source_location *loc, const char *what)
{
	u32 column = xchg(&loc->column, REPORTED);

	if (column == REPORTED)
		return false;
	pr_err("================================================================================\n");
	pr_err("UBSAN: %s in %s:%u:%u\n", what, loc->file, loc->line, column);
	return true;
}

static void end(void)
{
	dump_stack();
	pr_err("================================================================================\n");
}

static void overflow(struct overflow_data *data, unsigned long lhs, char op, unsigned long rhs)
{
	char l[VALUE_TEXT], r[VALUE_TEXT];

	if (!begin(&data->loc, data->type->info & INFO_SIGNED ? "signed-integer-overflow" :
							       "unsigned-integer-overflow"))
		return;
	pr_err("%s %c %s cannot be represented in type %s\n", value_text(l, data->type, lhs), op,
	       value_text(r, data->type, rhs), data->type->name);
	end();
}

/* Called by compiled code only: no header declares them. */
#define HANDLER(name, ...)						\
	void __ubsan_handle_##name(__VA_ARGS__);			\
	EXPORT_SYMBOL(__ubsan_handle_##name);				\
	void __ubsan_handle_##name(__VA_ARGS__)

HANDLER(add_overflow, struct overflow_data *data, unsigned long lhs, unsigned long rhs)
{
	overflow(data, lhs, '+', rhs);
}

HANDLER(sub_overflow, struct overflow_data *data, unsigned long lhs, unsigned long rhs)
{
	overflow(data, lhs, '-', rhs);
}

HANDLER(mul_overflow, struct overflow_data *data, unsigned long lhs, unsigned long rhs)
{
	overflow(data, lhs, '*', rhs);
}

HANDLER(negate_overflow, struct overflow_data *data, unsigned long old)
{
	char text[VALUE_TEXT];

	if (!begin(&data->loc, "negation-overflow"))
		return;
	pr_err("negation of %s cannot be represented in type %s\n",
	       value_text(text, data->type, old), data->type->name);
	end();
}

HANDLER(divrem_overflow, struct overflow_data *data, unsigned long lhs, unsigned long rhs)
{
	char text[VALUE_TEXT];

	if (!begin(&data->loc, "division-overflow"))
		return;
	if (rhs)
		pr_err("division of %s by -1 cannot be represented in type %s\n",
		       value_text(text, data->type, lhs), data->type->name);
	else
		pr_err("division by zero\n");
	end();
}

HANDLER(shift_out_of_bounds, struct shift_data *data, unsigned long lhs, unsigned long rhs)
{
	char l[VALUE_TEXT], r[VALUE_TEXT];
	unsigned int width = 1U << (data->lhs_type->info >> 1);

	if (!begin(&data->loc, "shift-out-of-bounds"))
		return;
	value_text(l, data->lhs_type, lhs);
	value_text(r, data->rhs_type, rhs);
	if (is_negative(data->rhs_type, rhs))
		pr_err("shift exponent %s is negative\n", r);
	else if (rhs >= width)
		pr_err("shift exponent %s is too large for %u-bit type %s\n", r, width,
		       data->lhs_type->name);
	else if (is_negative(data->lhs_type, lhs))
		pr_err("left shift of negative value %s\n", l);
	else
		pr_err("left shift of %s by %s places cannot be represented in type %s\n", l, r,
		       data->lhs_type->name);
	end();
}

HANDLER(out_of_bounds, struct bounds_data *data, unsigned long index)
{
	char text[VALUE_TEXT];

	if (!begin(&data->loc, "array-index-out-of-bounds"))
		return;
	pr_err("index %s is out of range for type %s\n", value_text(text, data->index_type, index),
	       data->array_type->name);
	end();
}

HANDLER(type_mismatch_v1, struct mismatch_data *data, unsigned long ptr)
{
	static const char * const accesses[] = {
		"load of", "store to", "reference binding to", "member access within",
		"member call on", "constructor call on", "downcast of", "downcast of",
		"upcast of", "cast to virtual base of", "nonnull binding to", "dynamic operation on",
	};
	const char *access = data->access < ARRAY_SIZE(accesses) ? accesses[data->access] : "access to";
	unsigned long alignment = 1UL << data->log_alignment;

	if (!begin(&data->loc, !ptr ? "null-ptr-deref" : ptr & (alignment - 1) ?
					"misaligned-access" : "object-size-mismatch"))
		return;
	if (!ptr)
		pr_err("%s null pointer of type %s\n", access, data->type->name);
	else if (ptr & (alignment - 1))
		pr_err("%s misaligned address %px for type %s which requires %lu byte alignment\n",
		       access, (void *)ptr, data->type->name, alignment);
	else
		pr_err("%s address %px with insufficient space for an object of type %s\n", access,
		       (void *)ptr, data->type->name);
	end();
}

HANDLER(vla_bound_not_positive, struct value_data *data, unsigned long bound)
{
	char text[VALUE_TEXT];

	if (!begin(&data->loc, "vla-bound-not-positive"))
		return;
	pr_err("variable length array bound %s\n", value_text(text, data->type, bound));
	end();
}

HANDLER(load_invalid_value, struct value_data *data, unsigned long value)
{
	char text[VALUE_TEXT];

	if (!begin(&data->loc, "invalid-load"))
		return;
	pr_err("load of value %s is not a valid value for type %s\n",
	       value_text(text, data->type, value), data->type->name);
	end();
}

HANDLER(nonnull_arg, struct nonnull_arg_data *data)
{
	if (!begin(&data->loc, "null-argument"))
		return;
	pr_err("null pointer passed as argument %d, declared to be never null\n", data->index);
	end();
}

HANDLER(nonnull_return_v1, void *unused, struct source_location *loc)
{
	if (!begin(loc, "null-return"))
		return;
	pr_err("null pointer returned from a function declared never to\n");
	end();
}

HANDLER(pointer_overflow, struct source_location *loc, unsigned long base, unsigned long result)
{
	if (!begin(loc, "pointer-overflow"))
		return;
	pr_err("pointer %px plus offset became %px\n", (void *)base, (void *)result);
	end();
}

HANDLER(invalid_builtin, struct builtin_data *data)
{
	if (!begin(&data->loc, "invalid-builtin-use"))
		return;
	pr_err("passing zero to %s, which is not a valid argument\n",
	       data->kind ? "__builtin_clz()" : "__builtin_ctz()");
	end();
}

HANDLER(alignment_assumption, struct source_location *loc, unsigned long ptr, unsigned long align,
	unsigned long offset)
{
	if (!begin(loc, "alignment-assumption"))
		return;
	pr_err("assumption of %lu byte alignment of %px failed\n", align, (void *)(ptr - offset));
	end();
}

/* There is nothing to go on with after these two. */
HANDLER(builtin_unreachable, struct source_location *loc)
{
	if (begin(loc, "unreachable")) {
		pr_err("execution reached a place declared unreachable\n");
		end();
	}
	panic("unreachable code was reached");
}

HANDLER(missing_return, struct source_location *loc)
{
	if (begin(loc, "missing-return")) {
		pr_err("execution reached the end of a function without returning a value\n");
		end();
	}
	panic("a function ended without a value");
}

#endif
