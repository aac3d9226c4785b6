# SPDX-License-Identifier: MIT
# Work in the background that ends with this script, however that ends: emulators that go on without it
# would keep their CPUs busy and the tree locked.

# A process and all that came of it, as /proc has them now.
tree_of() {
	cat /proc/[0-9]*/stat 2>/dev/null | awk -v top="$1" '
		{ pid = $1; sub(/.*\) /, ""); parent[pid] = $2 }
		END {
			in_tree[top] = 1
			do {
				more = 0
				for (pid in parent)
					if (!(pid in in_tree) && parent[pid] in in_tree) in_tree[pid] = more = 1
			} while (more)
			for (pid in in_tree) if (pid in parent) print pid
		}'
}

# Stopped first, so that nothing comes of it while it is looked at.
end_tree() {
	# shellcheck disable=SC2046
	kill -STOP $(tree_of "$1") 2>/dev/null || true
	ending=$(tree_of "$1")
	# shellcheck disable=SC2086
	[ -z "$ending" ] || kill -KILL $ending 2>/dev/null || true
}

# end_with_us PID: when this script ends, or is killed, which it can't see itself.
end_with_us() {
	worker=$1
	( tail -f --pid=$$ /dev/null; end_tree "$worker" ) </dev/null >/dev/null 2>&1 8>&- &
	guard=$!
	trap 'end_tree $guard; [ -z "$worker" ] || end_tree $worker' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
}

# Until it has ended by itself. Its number may be another's then.
wait_for_worker() {
	wait "$worker" || die "the run was broken off"
	worker=
}
