# SPDX-License-Identifier: MIT
#
# ./tophalf fuzz: tests/boot/fuzz.exp for long, on the checking build, with its progress shown.

# $sources: how many calls, and images; all that a run is told is printed, to have the same again.
run_fuzz() {
	set -- $sources
	calls=${1:-1000000} images=${2:-10000}
	[ $# -le 2 ] || die "fuzz takes two numbers: CALLS IMAGES"
	case $calls$images$seed in
	*[!0-9]*) die "fuzz takes numbers: CALLS IMAGES, --seed N" ;;
	esac
	[ -n "$seed" ] || seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
	need_packages build qemu test shell
	debug=1 sources=
	build_kernel tophalf
	say "$calls system calls and $images images, --seed $seed"
	begun=$(now)
	report=$(mktemp)
	status=0
	CALLS=$calls IMAGES=$images SEED=$seed BUILDS=x86_64-debug PROGRESS=1 \
		expect -f "$top/tests/boot/fuzz.exp" > "$report" </dev/null || status=$?
	tr -d '\r' < "$report" | { [ "$status" = 0 ] && grep '^ok ' || cat; }
	rm -f "$report"
	say "All of it took $(since "$begun") s."
	return "$status"
}
