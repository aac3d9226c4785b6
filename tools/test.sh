# SPDX-License-Identifier: MIT
#
# ./tophalf test: the checks of the source, the bare-metal tests on every machine of
# tests/qemu/machines.cfg, and the boot tests of tests/boot, as many at a time as there are
# CPUs. A line for each test; the last line is "N passed, N failed, N skipped".

. "$top/tools/newer-qemu.sh"

machines_cfg=$top/tests/qemu/machines.cfg
patience=300	# seconds a boot test may take in all

# Every bare-metal test, as suite.name.
qemu_test_names() {
	cat "$top"/tests/qemu/*.c "$top"/tests/stress/*.c | sed -n 's/^TEST(\([a-z0-9_]*\), *\([a-z0-9_]*\),.*/\1.\2/p'
}

boot_test_names() {
	(cd "$top" && ls tests/boot/*.exp 2>/dev/null) | sed 's,.*/\(.*\)\.exp,boot.\1,'
}

check_names() {
	printf 'check.%s\n' headers includes features
}

machine_names() {
	sed -n 's/^\([a-z0-9-]*\) *|.*/\1/p' "$machines_cfg"
}

# suite.name lines to test='s list; a suite that is there in full by its name alone, since a
# command line has room for so much.
whole_suites() {
	qemu_test_names > "$work/all"
	awk -F. 'NR == FNR { total[$1]++; next } { got[$1]++; line[++n] = $0; suite[n] = $1 }
		END { for (i = 1; i <= n; i++) {
			s = suite[i]
			if (got[s] < total[s]) out = out "," line[i]
			else if (!said[s]++) out = out "," s
		} print substr(out, 2) }' "$work/all" -
}

# What was asked for: $machines, those named in full; $words, a file with the other words.
# Machines alone mean all their tests; words alone the tests whose name contains one, on all
# machines; both, those tests on those machines.
choose() {
	words=$work/words
	printf '%s' "$sources" | sed '/^$/d' > "$work/asked"
	machine_names > "$work/machines"
	machines=$(grep -xF -f "$work/machines" "$work/asked" || true)
	grep -vxF -f "$work/machines" "$work/asked" > "$words" || true
	checks= boots= tests_chosen=
	if [ -s "$words" ]; then
		checks=$(check_names | grep -F -f "$words" || true)
		boots=$(boot_test_names | grep -F -f "$words" || true)
		tests_chosen=$(qemu_test_names | grep -F -f "$words" | whole_suites)
		if [ -z "$tests_chosen" ]; then
			machines=
		elif [ -z "$machines" ]; then
			machines=$(machine_names)
		fi
	elif [ -z "$machines" ]; then
		checks=$(check_names) boots=$(boot_test_names) machines=$(machine_names)
	fi
	[ -n "$checks$boots$machines" ] || die "no test has that in its name; ./tophalf test -l lists them"
}

# One field of a machine's row: 2 build, 3 options, 4 needs.
row_field() {
	awk -F'|' -v name="$1" -v n="$2" '{ gsub(/^ +| +$/, "", $1) } $1 == name { gsub(/^ +| +$/, "", $n); print $n }' "$machines_cfg"
}

# From a machine's console to one line a test; what is missing is a failure too.
report_machine() {
	awk -v m="$1" -v status="$2" '
		{ sub(/\r$/, ""); sub(/^\[ *[0-9]+\.[0-9]+\] /, "") }
		/^1\.\.[0-9]+$/ { plan = substr($0, 4) + 0; planned = 1 }
		/^# .*failed: / { why = why "\n    " $0 }
		/^(not )?ok [0-9]+ - / {
			ok = /^ok/; sub(/^(not )?ok [0-9]+ - /, ""); n++
			print (ok ? "ok " : "not ok ") m " " $0 (ok ? "" : why); why = ""; last = $0
		}
		/^# end of tests/ { ended = 1 }
		{ tail[NR % 25] = $0 }
		END {
			if (!planned || n < plan || !ended) {
				print "not ok " m " ran " n + 0 " of " (planned ? plan : "its") " tests, then ended with status " status "; its last lines:"
				for (i = NR - 24; i <= NR; i++) if (i > 0) print "    " tail[i % 25]
			}
		}' "$work/$1.log"
}

# One machine, in the background: boots the test image and leaves its report.
run_test_machine() (
	name=$1
	build=$(row_field "$name" 2)
	needs=$(row_field "$name" 4)
	debug=
	[ "$build" = release ] || debug=1
	set_out
	eval "parse_options $(row_field "$name" 3)"
	sources=
	if [ "$needs" = x2apic ] && [ -z "$qemu_x2apic" ]; then
		echo "ok $name # SKIP $no_x2apic"
		exit 0
	fi
	[ "$needs" != x2apic ] || qemu_command=$qemu_x2apic
	[ -z "$tests_chosen" ] || append="$append test=$tests_chosen"
	boot_tests "$name"
)

# Boot the test image as the options describe, and report, under this name.
boot_tests() {
	name=$1
	modules=
	for ko in "$top/$out"/modules/*/*.ko; do
		[ ! -e "$ko" ] || modules="$modules ${ko#"$top"/}"
	done
	load=
	make_initramfs "$work/$name.cpio" "$work/$name.root"
	more_options="-serial file:$work/$name.log -monitor none -no-reboot"
	status=0
	become=exec
	machine_options tophalf-tests "$work/$name.iso" >"$work/$name.qemu" 2>&1 &
	watch_console $! "$work/$name.log"
	wait $! || status=$?
	cat "$work/$name.qemu" >> "$work/$name.log"
	report_machine "$name" "$status"
}

run_boot_test() (
	name=${1#boot.}
	start=$(now)
	if timeout -k 5 "$patience" expect -f "$top/tests/boot/$name.exp" >"$work/boot.$name.log" 2>&1 </dev/null; then
		grep -E '^(not )?ok ' "$work/boot.$name.log" | sed "s/\r//; s/ok /ok boot.$name: /"
	else
		grep -E '^(not )?ok ' "$work/boot.$name.log" | sed "s/\r//; s/ok /ok boot.$name: /"
		echo "not ok boot.$name: ended early after $(since "$start") s; its last lines:"
		tail -n 25 "$work/boot.$name.log" | sed 's/\r//; s/^/    /'
	fi
)

run_check() (
	case $1 in
	check.headers) set -- "every public header compiles alone" make -s -C "$top" -j"$(jobs)" check-headers ;;
	check.includes) set -- "folders use each other as the design says" "$top/tools/check-includes" ;;
	check.features) set -- "every row called working has a test that names it" "$top/tools/check-features" ;;
	esac
	sentence=$1
	shift
	if "$@" >"$work/check.log" 2>&1; then
		echo "ok check: $sentence"
	else
		echo "not ok check: $sentence"
		sed 's/^/    /' "$work/check.log" | tail -n 30
	fi
)

# Run each job of stdin ("function name"), so many at a time; print each report when done.
run_jobs() {
	slots=$(jobs)
	while read -r fn name; do
		while [ "$(find "$work" -name '*.running' | wc -l)" -ge "$slots" ]; do
			sleep 0.2
		done
		: > "$work/$name.running"
		{
			$fn "$name" > "$work/$name.report" 2>&1 || echo "not ok $name: the test script failed" >> "$work/$name.report"
			rm "$work/$name.running"
			flock "$work/lock" cat "$work/$name.report"
		} &
	done
	wait
}

begin_work() {
	mkdir -p "$top/build"
	exec 8>"$top/build/test.lock"
	[ -n "$list" ] || flock -n 8 || die "a test run is under way in this tree already"
	work=$top/build/test
	[ -n "$list" ] || rm -rf "$work"
	mkdir -p "$work"
	begun=$(now)
}

# ./tophalf test stress: one machine, the checking build, everything at once for so many seconds.
# What it says of itself is shown as it comes.
run_stress() {
	begin_work
	need_packages build qemu test
	debug=1 sources=
	build_kernel tophalf
	build_module "$top/tests/qemu/ko"
	build_kernel tophalf-tests
	say "Everything at once for $seconds s, on $cpus CPUs ($machine)."
	append="$append stress=$seconds test=stress.everything"
	: > "$work/stress.log"
	boot_tests stress > "$work/report" &
	end_with_us $!
	tail -n +1 -F --pid=$worker "$work/stress.log" 2>/dev/null |
		sed -u -n 's/\r$//; s/^\[ *[0-9.]*\] \(# .*\)/\1/p' &
	wait_for_worker
	cat "$work/report"
	summary
}

run_tests() {
	if [ "$(printf '%s' "$sources" | sed '/^$/d')" = stress ] && [ -z "$list" ]; then
		run_stress
		return
	fi
	begin_work
	names=$( { check_names; qemu_test_names; boot_test_names; machine_names; } )
	if [ -n "$list" ]; then
		echo "$names"
		return
	fi
	choose
	prepare_tests
	run_chosen &
	end_with_us $!
	wait_for_worker
	summary
}

run_chosen() {
	{
		for m in $machines; do echo "run_test_machine $m"; done
		for b in $boots; do echo "run_boot_test $b"; done
		for c in $checks; do echo "run_check $c"; done
	} | run_jobs | tee "$work/report"
}

# Build everything before the first machine starts, so that building never runs beside one.
prepare_tests() {
	need_packages build qemu test ${boots:+iso uefi shell} ${machines:+iso uefi}
	for debug in '' 1; do
		if [ -n "$boots" ] || echo "$machines" | grep -q .; then
			build_kernel tophalf
			collect_modules ""
			build_module "$top/tests/qemu/ko"
		fi
		[ -z "$machines" ] || build_kernel tophalf-tests
	done
	debug=
	set_out
	find_newer_qemu
	[ -z "$no_x2apic" ] || say "note: $no_x2apic"
}

summary() {
	passed=$(grep -c '^ok ' "$work/report" || true)
	skipped=$(grep -c '^ok .*# SKIP' "$work/report" || true)
	failed=$(grep -c '^not ok ' "$work/report" || true)
	if [ "$failed" != 0 ]; then
		say ""
		say "What failed (consoles and logs are in build/test):"
		grep '^not ok ' "$work/report"
	fi
	say "All of it took $(since "$begun") s."
	say "$((passed - skipped)) passed, $failed failed, $skipped skipped"
	[ "$failed" = 0 ] && [ "$((passed - skipped))" -gt 0 ]
}
