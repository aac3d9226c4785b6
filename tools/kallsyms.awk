# SPDX-License-Identifier: MIT
#
# nm -n output -> assembly: the symbol table that the kernel prints back-traces from.
#
# kallsyms_addresses: sorted 64-bit addresses; kallsyms_names: offset of each name in
# kallsyms_strings; kallsyms_num. The table itself and linker markers of empty ranges
# are left out, so that the table's size does not depend on its place.
BEGIN {
	n = 0
	print "\t.section .kallsyms, \"a\", @progbits"
	print "\t.balign 8"
}
# Where the linker script marks a place that code begins at, the code's own name says more.
$3 ~ /^(_text|_stext|_sinittext|__(init|entry_text|noinstr_text)_(begin|start|end))$/ { next }
# Absolute symbols, compiler-made labels, initcall and export records say nothing to a reader.
$2 !~ /^[tTdDbBrRwWvV]$/ || $3 ~ /^(kallsyms_|\.L|\$|__ksymtab_|__kstrtab_|__initcall_|__setup_|__UNIQUE_ID|__func__\.|CSWTCH|__compound_literal|__already_done|__key\.)/ { next }
{
	addr[n] = $1
	name[n++] = $3
}
END {
	print "\t.globl kallsyms_addresses\nkallsyms_addresses:"
	for (i = 0; i < n; i++)
		print "\t.quad 0x" addr[i]
	print "\t.globl kallsyms_names\nkallsyms_names:"
	off = 0
	for (i = 0; i < n; i++) {
		print "\t.long " off
		off += length(name[i]) + 1
	}
	print "\t.globl kallsyms_strings\nkallsyms_strings:"
	for (i = 0; i < n; i++)
		print "\t.asciz \"" name[i] "\""
	print "\t.balign 8\n\t.globl kallsyms_num\nkallsyms_num:\n\t.quad " n + 0
	print "\t.section .note.GNU-stack, \"\", @progbits"
}
