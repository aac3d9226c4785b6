# SPDX-License-Identifier: MIT
#
# The same as one JSON object; behind rows.awk. What was not measured is null.

function or_null(x) { return x == "" ? "null" : x }
function quoted(s) { gsub(/[\\"]/, "\\\\&", s); return "\"" s "\"" }

END {
	printf "{\"linux_release\": %s,\n\"metrics\": [", release == "" ? "null" : quoted(release)
	for (r = 1; r <= rows; r++) {
		if (name[r] == "") section = text[r]
		if (!measured(r)) continue
		printf "%s\n{\"name\": %s, \"section\": %s, \"text\": %s, \"linux\": %s, \"linux_mitigations_off\": %s, \"tophalf\": %s, \"floor\": %s, \"aim\": %s}", comma, \
			quoted(name[r]), quoted(section), quoted(text[r]), or_null(linux(r)), or_null(linux_off(r)), or_null(ours(r)), \
			or_null(floor[r]), verdict(r) == "" ? "null" : quoted(verdict(r))
		comma = ","
	}
	printf "\n]}\n"
}
