# SPDX-License-Identifier: MIT
#
# modules.dep out of `nm -A *.ko`: a line each module, with all that must be loaded before it,
# nearest first, as modprobe wants it.

{
	split($1, at, ":")
	ko = at[1]
	sub(/^\.\//, "", ko)
	if (!(ko in seen)) {
		seen[ko] = 1
		order[++n] = ko
	}
	name = $NF
	if (name ~ /^__ksymtab_/)
		owner[substr(name, 11)] = ko
	else if ($(NF - 1) == "U")
		wants[ko] = wants[ko] " " name
}

# What @ko uses comes into `list`, each behind all that use it.
function visit(ko, m,    names, count, i, used) {
	visited[ko] = m
	count = split(wants[ko], names, " ")
	for (i = 1; i <= count; i++) {
		used = owner[names[i]]
		if (used != "" && visited[used] != m) {
			visit(used, m)
			list = " " used list
		}
	}
}

END {
	for (m = 1; m <= n; m++) {
		list = ""
		visit(order[m], m)
		print order[m] ":" list
	}
}
