/* SPDX-License-Identifier: MIT */
/*
 * The vDSO's image: a shared library that is mapped as it stands, all in one segment to read and
 * execute. The page of data lies right below it. Whatever needed relocation is a fault of the
 * build.
 */
SECTIONS {
	PROVIDE_HIDDEN(vvar_page = . - 0x1000);
	. = SIZEOF_HEADERS;

	.hash		: { *(.hash) } :text
	.gnu.hash	: { *(.gnu.hash) }
	.dynsym		: { *(.dynsym) }
	.dynstr		: { *(.dynstr) }
	.gnu.version	: { *(.gnu.version) }
	.gnu.version_d	: { *(.gnu.version_d) }
	.gnu.version_r	: { *(.gnu.version_r) }
	.dynamic	: { *(.dynamic) } :text :dynamic
	.note		: { *(.note.Linux) } :text :note
	.eh_frame_hdr	: { *(.eh_frame_hdr) } :text :eh_frame_hdr
	.eh_frame	: { KEEP(*(.eh_frame)) } :text
	.rodata		: { *(.rodata .rodata.*) }
	. = ALIGN(64);
	.text		: { *(.text .text.*) } = 0xcccccccc

	.relocations	: { *(.rela.* .rel.* .got .got.plt .plt .plt.got .igot.plt) }
	.writable	: { *(.data .data.* .bss .bss.* .dynbss COMMON) }
	/DISCARD/	: { *(.note.GNU-stack .comment .sframe .note.gnu.* .llvm_addrsig) }
}

PHDRS {
	text		PT_LOAD FLAGS(5) FILEHDR PHDRS;
	dynamic		PT_DYNAMIC FLAGS(4);
	note		PT_NOTE FLAGS(4);
	eh_frame_hdr	PT_GNU_EH_FRAME FLAGS(4);
}

VERSION {
	LINUX_2.6 {
	global:
		clock_gettime; __vdso_clock_gettime;
		gettimeofday; __vdso_gettimeofday;
		getcpu; __vdso_getcpu;
		time; __vdso_time;
		clock_getres; __vdso_clock_getres;
	local:
		*;
	};
}

ASSERT(SIZEOF(.writable) == 0, "the vDSO has data of its own")
