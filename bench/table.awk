# SPDX-License-Identifier: MIT
#
# The table of `tophalf bench`; behind rows.awk. Without Linux's figures it has a column less.

END {
	format = has["linux-off"] ? "%-66s %10s %10s %9s %6s %6s %6s %s\n" : "%-66s%0.0s%0.0s %9s%0.0s %6s %6s%0.0s\n"
	printf format, "Instructions", "Linux 6.1", "mitig.=off", "Tophalf", "ratio", "floor", "ratio", "aim"
	for (r = 1; r <= rows; r++) {
		if (name[r] == "") { section = text[r]; continue }
		if (!measured(r)) continue
		if (section != "") { printf "\n%s\n", section; section = "" }
		count[v = verdict(r)]++
		printf format, "  " text[r], linux(r), linux_off(r), ours(r), ratio(ours(r), linux_off(r)), floor[r], ratio(ours(r), floor[r]), v
	}
	if (!has["linux-off"]) exit
	printf "\n%d reach their aim, %d are above it", count["met"], count["above"]
	printf "%s\n", count["bare"] ? sprintf("; of %d a third of Linux is less than a bare program needs", count["bare"]) : ""
}
