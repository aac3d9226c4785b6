# SPDX-License-Identifier: MIT
# How the command talks: progress to the terminal, errors with what to do next.

say() {
	printf '%s\n' "$*"
}

die() {
	printf 'tophalf: %s\n' "$*" >&2
	exit 1
}

# "4.2" seconds since $1, a value of now().
now() {
	date +%s.%N
}

since() {
	awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'
}
