# SPDX-License-Identifier: MIT
#
# The second table: the same metrics with more CPUs and more lines, Tophalf left, Linux right;
# behind rows.awk.

function cell(kernel, r, c) { return value["scaling-" kernel "-" c, name[r]] }

function head(   s, c, title) {
	for (s = 1; s <= systems; s++) title = title sprintf("  %-43s", kernel[s] == "linux" ? "Linux (mitigations=off)" : "Tophalf")
	sub(/ +$/, "", title)
	printf "\n%-52s%s\n%-52s", "Instructions, by number of CPUs", title, ""
	for (s = 1; s <= systems; s++) for (c = 1; c <= n; c++) printf "%9s", cases[c] == "lines" ? "10k irqs" : cases[c]
}

END {
	n = split("1 4 16 64 lines", cases, " ")
	systems = split(has["scaling-linux-1"] ? "tophalf linux" : "tophalf", kernel, " ")
	head()
	for (r = 1; r <= rows; r++) {
		if (name[r] == "") { section = text[r]; continue }
		if (cell("tophalf", r, 4) == "" || name[r] ~ /^boot/) continue
		if (section != "") { printf "\n\n%s", section; section = "" }
		printf "\n%-52s", "  " text[r]
		for (s = 1; s <= systems; s++) for (c = 1; c <= n; c++) printf "%9s", cell(kernel[s], r, cases[c])
	}
	print ""
}
