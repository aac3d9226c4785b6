# SPDX-License-Identifier: MIT
#
# The same as one JSON object; behind rows.awk. What was not measured is null.

function or_null(x) { return x == "" ? "null" : x }
function quoted(s) { gsub(/[\\"]/, "\\\\&", s); return "\"" s "\"" }

# {"1": 78, "4": 78, ...}: by number of CPUs, and with 10,000 lines more.
function scaling(kernel, r,   c, n, cases, s) {
	n = split("1 4 16 64 lines", cases, " ")
	for (c = 1; c <= n; c++) s = s sprintf("%s\"%s\": %s", c > 1 ? ", " : "", cases[c], or_null(value["scaling-" kernel "-" cases[c], name[r]]))
	return "{" s "}"
}

END {
	printf "{\"compiler\": %s,\n\"linux_release\": %s,\n\"metrics\": [", quoted(compiler), release == "" ? "null" : quoted(release)
	for (r = 1; r <= rows; r++) {
		if (name[r] == "") section = text[r]
		if (!measured(r)) continue
		printf "%s\n{\"name\": %s, \"section\": %s, \"text\": %s, \"linux\": %s, \"linux_mitigations_off\": %s, \"tophalf\": %s, \"floor\": %s, \"aim\": %s%s}", comma, \
			quoted(name[r]), quoted(section), quoted(text[r]), or_null(linux(r)), or_null(linux_off(r)), or_null(ours(r)), \
			or_null(floor[r]), verdict(r) == "" ? "null" : quoted(verdict(r)), \
			has["scaling-tophalf-1"] ? ",\n  \"scaling\": {\"linux_mitigations_off\": " scaling("linux", r) ", \"tophalf\": " scaling("tophalf", r) "}" : ""
		comma = ","
	}
	printf "\n]}\n"
}
