/* SPDX-License-Identifier: MIT */
/*
 * Where everything in the image lies.
 *
 * Linked at KERNEL_LINK_ADDR in the top 2 GiB, loaded by default at physical 2 MiB; the loader may put
 * it elsewhere on a 2 MiB boundary (phys_base tells how far). One segment per protection, each on its own
 * pages, so that the page tables can hold W^X:
 *
 *	text	RX	code, with .noinstr.text and .entry.text as ranges of their own
 *	rodata	R	constants, exports, exception table, symbol table
 *	init	RX, RW	thrown away after boot: __init_begin to __init_end
 *	data	RW	ro_after_init (R once boot is done), per-CPU template, data, bss
 *
 * A section that is named nowhere here is a warning of the linker, never silently placed.
 */
#include <asm/page.h>
#include <linux/thread_info.h>

#define LOAD(section)	AT(ADDR(section) - START_KERNEL_map)
#define INITCALLS(n)	__initcall##n##_start = .; *(.initcall##n.init)
#define TABLE(start, stop, section) . = ALIGN(8); start = .; KEEP(*(section)) stop = .;

OUTPUT_ARCH(i386:x86-64)
ENTRY(startup_32)

PHDRS {
	text	PT_LOAD FLAGS(5);
	rodata	PT_LOAD FLAGS(4);
	init	PT_LOAD FLAGS(5);
	data	PT_LOAD FLAGS(6);
	note	PT_NOTE FLAGS(4);
}

SECTIONS {
	. = KERNEL_LINK_ADDR;
	_text = .;

	.text : LOAD(.text) {
		_stext = .;
		*(.head.text)
		*(.text.hot .text.hot.*)
		*(.text .text.unlikely .text.unlikely.* .text.startup .text.*)
		. = ALIGN(64);
		__noinstr_text_start = .;
		*(.noinstr.text)
		__noinstr_text_end = .;
		. = ALIGN(64);
		__entry_text_start = .;
		*(.entry.text)
		__entry_text_end = .;
		_etext = .;
	} :text = 0xcccccccc

	. = ALIGN(PAGE_SIZE);
	__start_rodata = .;
	.rodata : LOAD(.rodata) {
		*(.rodata .rodata.*)
		TABLE(__start___ex_table, __stop___ex_table, __ex_table)
		TABLE(__start___ksymtab, __stop___ksymtab, __ksymtab)
		*(__ksymtab_strings)
		TABLE(__start___param, __stop___param, __param)
		TABLE(__start_tests, __stop_tests, .tests)
	} :rodata = 0
	.kallsyms : LOAD(.kallsyms) { *(.kallsyms) } :rodata
	.notes : LOAD(.notes) { *(.note.Xen) } :rodata :note
	. = ALIGN(PAGE_SIZE);
	__end_rodata = .;

	__init_begin = .;
	.init.text : LOAD(.init.text) {
		_sinittext = .;
		*(.init.text .exit.text)
		_einittext = .;
	} :init = 0xcccccccc

	. = ALIGN(PAGE_SIZE);
	_sdata = .;
	.init.data : LOAD(.init.data) {
		*(.init.data .init.data.* .init.rodata .init.rodata.* .exit.data)
		TABLE(__setup_start, __setup_end, .init.setup)
		. = ALIGN(8);
		__initcall_start = .;
		*(.initcallearly.init)
		INITCALLS(0)
		INITCALLS(1)
		INITCALLS(2)
		INITCALLS(3)
		INITCALLS(4)
		INITCALLS(5)
		INITCALLS(6)
		INITCALLS(7)
		__initcall_end = .;
		TABLE(__con_initcall_start, __con_initcall_end, .con_initcall.init)
	} :data = 0
	. = ALIGN(PAGE_SIZE);
	__init_end = .;

	.data..ro_after_init : LOAD(.data..ro_after_init) {
		__start_ro_after_init = .;
		*(.data..ro_after_init)
		. = ALIGN(PAGE_SIZE);
		__end_ro_after_init = .;
	} :data

	.data..percpu : LOAD(.data..percpu) {
		. = ALIGN(PAGE_SIZE);
		__per_cpu_start = .;
		*(.data..percpu..first)
		*(.data..percpu..page_aligned)
		*(.data..percpu..read_mostly)
		*(.data..percpu)
		. = ALIGN(64);
		*(.data..percpu..shared_aligned)
		. = ALIGN(64);
		__per_cpu_end = .;
	} :data

	.data : LOAD(.data) {
		. = ALIGN(PAGE_SIZE);
		*(.data..page_aligned)
		*(.data..read_mostly)
		. = ALIGN(64);
		*(.data .data.*)
		TABLE(__start___bug_table, __stop___bug_table, __bug_table)
		_edata = .;
	} :data

	. = ALIGN(PAGE_SIZE);
	.bss (NOLOAD) : LOAD(.bss) {
		__bss_start = .;
		*(.bss..page_aligned)
		. = ALIGN(PAGE_SIZE);
		init_stack_guard = .;		/* never mapped */
		. += PAGE_SIZE;
		. = ALIGN(THREAD_SIZE);
		init_stack = .;
		. += THREAD_SIZE;
		*(.bss .bss.* COMMON)
		. = ALIGN(PAGE_SIZE);
		__bss_stop = .;
	} :data
	_end = .;

	/* What debuggers read; not loaded. */
	.debug_info	0 : { *(.debug_info .gnu.linkonce.wi.*) }
	.debug_abbrev	0 : { *(.debug_abbrev) }
	.debug_aranges	0 : { *(.debug_aranges) }
	.debug_ranges	0 : { *(.debug_ranges) }
	.debug_rnglists	0 : { *(.debug_rnglists) }
	.debug_line	0 : { *(.debug_line .debug_line.*) }
	.debug_line_str	0 : { *(.debug_line_str) }
	.debug_str	0 : { *(.debug_str) }
	.debug_str_offsets 0 : { *(.debug_str_offsets) }
	.debug_addr	0 : { *(.debug_addr) }
	.debug_loc	0 : { *(.debug_loc) }
	.debug_loclists	0 : { *(.debug_loclists) }
	.debug_frame	0 : { *(.debug_frame) }
	.debug_macro	0 : { *(.debug_macro) }
	.comment	0 : { *(.comment) }
	.symtab		0 : { *(.symtab) }
	.strtab		0 : { *(.strtab) }
	.shstrtab	0 : { *(.shstrtab) }

	/* Tables of a dynamic link: they must stay empty, or something was compiled for one. */
	.dynamic_link : {
		__dynamic_link_start = .;
		*(.got .got.plt .igot.plt .plt .iplt .rela.* .rel.*)
		__dynamic_link_end = .;
	}

	/DISCARD/ : {
		*(.discard.* .eh_frame .note.GNU-stack .note.gnu.* .llvm_addrsig .modinfo)
	}
}

ASSERT(_end - _text <= KERNEL_IMAGE_SIZE, "the image outgrows its part of the address space")
ASSERT(__dynamic_link_end - __dynamic_link_start <= 24, "code was compiled position-independent")
ASSERT((init_stack & (THREAD_SIZE - 1)) == 0, "init_stack is not aligned")
