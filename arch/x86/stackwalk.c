/* SPDX-License-Identifier: MIT */
/*
 * Back-traces by frame pointer, across every kind of stack.
 *
 * The compiler keeps frame pointers: at RBP are the caller's RBP and the return address. Where
 * the entry code called C, the word above the return address is the address of the pt_regs (see
 * 64/entry.S), and the walk goes on at what was interrupted, on whatever stack that was.
 *
 * The walker may run in the middle of an oops: every word is read only after the stack that it
 * lies in is known, and a chain that does not lead upward ends the walk.
 */
#include <linux/arch.h>
#include <linux/extable.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <asm/desc.h>
#include <asm/ptrace.h>
#include <asm/sections.h>
#include <asm/switch_to.h>

#define MAX_FRAMES	512	/* more than all stacks together hold; ends a circle */

struct walk {
	struct task_struct	*task;
	bool			(*fn)(void *cookie, const struct stack_frame *frame);
	void			*cookie;
	int			left;
};

/* Name of the stack that holds the @size bytes at @addr, or NULL. */
static const char *stack_holding(const struct task_struct *task, unsigned long addr, size_t size)
{
	unsigned long low = (unsigned long)task->stack, end;
	enum cpu_stack which;
	unsigned int cpu;

	if (addr % sizeof(long))
		return NULL;
	if (addr - low < THREAD_SIZE)
		return addr + size <= low + THREAD_SIZE ? "TASK" : NULL;
	if (!cpu_stack_of(addr, &cpu, &which) || !cpu_has_stacks(cpu))
		return NULL;
	end = cpu_stack_top(cpu, which);
	if (addr + size > end || end - addr > cpu_stack_size(which))
		return NULL;
	return cpu_stack_name(which);
}

static bool emit(struct walk *w, unsigned long addr, const char *stack, bool reliable,
		 struct pt_regs *regs)
{
	struct stack_frame frame = { addr, reliable, stack, regs };

	return w->left-- > 0 && w->fn(w->cookie, &frame);
}

static bool is_entry_code(unsigned long addr)
{
	return addr >= (unsigned long)__entry_text_start && addr < (unsigned long)__entry_text_end;
}

/*
 * Whether @ret is the return address of a call that @func may have been called by: a direct
 * one with it as target, or an indirect one.
 */
static bool follows_call_of(unsigned long ret, unsigned long func)
{
	u8 code[7];		/* that end at @ret */
	int rel;

	if (!__kernel_text_address(ret) ||
	    arch_copy_nofault(code, (void *)(ret - sizeof(code)), sizeof(code)))
		return false;
	if (code[2] == 0xe8) {
		memcpy(&rel, code + 3, sizeof(rel));
		return ret + rel == func;
	}
	/* CALL r/m64: FF /2, with a register; a displacement of 8 or 32 bits; a table. */
	return (code[5] == 0xff && (code[6] & 0xf8) == 0xd0) ||
	       (code[4] == 0xff && (code[5] & 0x38) == 0x10) ||
	       (code[1] == 0xff && (code[2] & 0x38) == 0x10) ||
	       (code[0] == 0xff && code[1] == 0x14);
}

#define PUSH_RBP	0x55

/*
 * What RBP can't tell: the caller of a function that was interrupted before it had set up
 * its own frame, or that has none (compilers leave it out where they can), or of an
 * address that is no code (a call through a bad pointer).
 */
static bool emit_hidden_caller(struct walk *w, struct pt_regs *regs)
{
	unsigned long size, offset = 0, slot = regs->sp, ret;
	bool code = __kernel_text_address(regs->ip), sure = true;
	const char *stack;

	if (code) {
		if (is_entry_code(regs->ip) ||
		    !kallsyms_lookup_size_offset(regs->ip, &size, &offset))
			return true;
		sure = *(u8 *)(regs->ip - offset) == PUSH_RBP;
		if (sure && offset > 1)
			return true;
		/* PUSH RBP is one byte long: at offset 1 it is done, and RBP still the caller's. */
		if (sure)
			slot += offset * sizeof(long);
	}
	stack = stack_holding(w->task, slot, sizeof(long));
	if (!stack)
		return true;
	ret = *(unsigned long *)slot;
	if (sure ? !__kernel_text_address(ret) : !follows_call_of(ret, regs->ip - offset))
		return true;
	return emit(w, ret, stack, true, NULL);
}

/* Up the frame pointers; returns the frame of the interrupt or exception that it came to. */
static struct pt_regs *walk_frames(struct walk *w, unsigned long bp)
{
	const char *stack = stack_holding(w->task, bp, 2 * sizeof(long)), *next_stack;

	while (stack) {
		unsigned long next = *(unsigned long *)bp, ret = *(unsigned long *)(bp + 8);

		if (!__kernel_text_address(ret) || !emit(w, ret, stack, true, NULL))
			return NULL;
		if (is_entry_code(ret)) {
			if (!stack_holding(w->task, bp + 16, sizeof(long)))
				return NULL;
			return *(struct pt_regs **)(bp + 16);
		}
		next_stack = stack_holding(w->task, next, 2 * sizeof(long));
		if (next_stack == stack && next <= bp)
			return NULL;
		stack = next_stack;
		bp = next;
	}
	return NULL;
}

/* See <linux/arch.h>. */
void arch_stack_walk(struct task_struct *task, struct pt_regs *regs,
		     bool (*fn)(void *cookie, const struct stack_frame *frame), void *cookie)
{
	struct walk w = { task ?: current, fn, cookie, MAX_FRAMES };

	if (!regs && w.task != current) {
		struct switch_frame *frame = (struct switch_frame *)READ_ONCE(w.task->thread.sp);

		if (READ_ONCE(w.task->on_cpu) ||
		    !stack_holding(w.task, (unsigned long)frame, sizeof(*frame)) ||
		    !emit(&w, frame->ret, "TASK", true, NULL))
			return;
		regs = walk_frames(&w, frame->bp);
	} else if (!regs) {
		regs = walk_frames(&w, (unsigned long)__builtin_frame_address(0));
	}

	while (regs && !user_mode(regs)) {
		const char *stack = stack_holding(w.task, (unsigned long)regs, sizeof(*regs));

		/* The frame that the caller passed may be a copy of his, anywhere. */
		if (!stack && w.left != MAX_FRAMES)
			return;
		/* After an overflow SP is outside, and BP still in it. */
		stack = stack_holding(w.task, regs->sp, 0) ?:
			stack_holding(w.task, regs->bp, 0) ?: "?";
		if (!emit(&w, regs->ip, stack, true, regs) || !emit_hidden_caller(&w, regs))
			return;
		regs = walk_frames(&w, regs->bp);
	}
}
