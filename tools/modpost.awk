# SPDX-License-Identifier: MIT
#
# From which modules a module takes its names. Reads "has NAME MODULE" for all exported names, then
# "FILE.ko NAME" for those that a module leaves undefined (nothing, for one without any). Says
# which of them nobody exports, and fails; else prints "FILE.ko" and the modules, as
# depends= in its .modinfo lists them: in the order of the first use.

$1 == "has" {
	if (!($2 in owner))
		owner[$2] = $3
	next
}

!($1 in depends) {
	order[++n] = $1
	depends[$1] = ""
}

NF > 1 && !($2 in owner) {
	print "ERROR: modpost: \"" $2 "\" [" $1 "] undefined!" > "/dev/stderr"
	bad = 1
}

NF > 1 && owner[$2] != "vmlinux" && !(($1, owner[$2]) in seen) {
	seen[$1, owner[$2]] = 1
	name = owner[$2]
	sub(/.*\//, "", name)
	gsub(/-/, "_", name)
	depends[$1] = depends[$1] (depends[$1] == "" ? "" : ",") name
}

END {
	for (i = 1; i <= n && !bad; i++)
		print order[i], depends[order[i]]
	exit bad
}
