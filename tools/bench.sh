# SPDX-License-Identifier: MIT
#
# ./tophalf bench: the module bench/irqbench on Debian's Linux 6.1 and on Tophalf, in the same
# machine that counts instructions, as a table. docs/performance.md is its manual.

. "$top/tools/linux.sh"
. "$top/tools/newer-qemu.sh"

bench_memory_kib=524288
bench_figures=$top/bench/figures.json	# what was measured last, with Linux beside it

bench_usage() {
	cat <<-EOF
	usage: ./tophalf bench [METRIC...] [--json FILE] [--svg FILE] [--no-linux] [--scaling]
	       ./tophalf bench --check      Tophalf's figures against bench/figures.json
	       ./tophalf bench --record     everything; into bench/figures.json, docs/performance.*
	METRIC is a name of bench/metrics, or its first part: interrupt, timer.add_100, ...
	EOF
}

parse_bench_options() {
	only= json_file= svg_file= no_linux= scaling= check= record=
	while [ $# -gt 0 ]; do
		case $1 in
		--json|--svg)
			[ $# -ge 2 ] || die "$1 needs a file"
			case $1 in
			--json) json_file=$2 ;;
			--svg) svg_file=$2 ;;
			esac
			shift ;;
		--no-linux) no_linux=1 ;;
		--scaling) scaling=1 ;;
		--check) check=1 no_linux=1 ;;
		--record)
			record=1 scaling=1
			json_file=$bench_figures svg_file=$top/docs/performance.svg ;;
		-h|--help) bench_usage; exit 0 ;;
		-*) bench_usage >&2; die "unknown option $1" ;;
		*)
			grep -q "^$1[.	 ]" "$top/bench/metrics" || die "$1: not in bench/metrics"
			only=${only:+$only,}$1 ;;
		esac
		shift
	done
}

# Everything that the machines have in common; the figures depend on each word of it.
bench_machine() {
	machine=pc memory=${bench_memory_kib}K icount=1
	qemu_more="-cpu qemu64 -nodefaults -seed 1 -no-reboot"
	append="nokaslr randomize_kstack_offset=off panic=-1"
}

# bench_boot NAME SYSTEM CPUS KERNEL-OPTIONS MODULE-OPTIONS: one boot; its figures, a line each, go
# to NAME.figures. Linux's are kept: the same module in the same machine would give the same again.
bench_boot() {
	kept=$top/build/linux/figures/$( {
		$qemu_command --version
		cat "$top/tools/bench.sh" "$top/tools/machine.sh" "$top/${linux_module:-tophalf}" "$top"/bench/*.c
		echo "${linux_release:-} $3 $4 $5"
	} | sha256sum | cut -c 1-32)
	if [ "$2" = linux ] && [ -e "$kept" ]; then
		cp "$kept" "$work/$1.figures"
		return
	fi
	bench_boot_now "$@"
	[ "$2" = tophalf ] || { mkdir -p "${kept%/*}" && cp "$work/$1.figures" "$kept"; }
}

bench_boot_now() (
	name=$1 cpus=$3
	bench_machine
	append="$append${4:+ $4}"
	initramfs=$work/$name.cpio
	case $2 in
	tophalf) kernel=tophalf module=$tophalf_module ;;
	linux) kernel=$linux_kernel module=$linux_module ;;
	esac
	bench_initramfs "$initramfs" "$work/$name.root" "$top/$module" "$5"
	log=$work/$name.log
	: > "$log"
	more_options="-serial file:$log -monitor none"
	become=exec
	machine_options $kernel >"$work/$name.qemu" 2>&1 &
	watch_console $! "$log" 'irqbench: end'
	wait $! 2>/dev/null || true
	rm -rf "$initramfs" "$work/$name.root"
	grep -q 'irqbench: end' "$log" || {
		tail -n 5 "$log" "$work/$name.qemu" >&2
		die "bench: $2 with $cpus CPUs did not come to its end; its console: $log"
	}
	sed -n 's/\r$//; s/^.*irqbench: \([a-z0-9_.]* [0-9]*\)$/\1/p' "$log" > "$work/$name.figures"
)

# bench_initramfs FILE ROOT MODULE OPTIONS: the same for both kernels but for the module.
bench_initramfs() {
	rm -rf "$2"
	mkdir -p "$2/dev"
	cp "$work/init" "$2/init"
	cp "$3" "$2/irqbench.ko"
	printf '%s\n' "$4" > "$2/irqbench.options"
	case $4 in
	"" | only=*user*) cp "$work/userbench" "$2/userbench" ;;
	esac
	pack_initramfs "$1" "$2"
}

bench_programs() {
	for program in init userbench; do
		gcc -static -O2 -Wall -Wextra -Wno-unused-parameter -o "$work/$program" "$top/bench/$program.c" ||
			die "gcc could not build a static program (Debian's libc6-dev has what it takes)"
	done
}

# The module measures by groups: keep what was asked for.
bench_wanted() {
	awk -v only="$only" -v ram=$bench_memory_kib '
		BEGIN { n = split(only, word, ",") }
		$1 == "boot.free_kib" { $0 = "boot.used_kib " ram - $2 }
		{ keep = !n; for (i = 1; i <= n; i++) if (index($1 ".", word[i] ".") == 1) keep = 1 }
		keep'
}

# bench_column NAME SYSTEM KERNEL-OPTIONS: all figures of a kernel. The metrics that need a second
# CPU are counted in a boot of their own, with a QEMU that lets both run when one waits for the other.
bench_column() (
	bench_boot "$1.1" "$2" 1 "$3" "${only:+only=$only}"
	case ,${only:-call} in
	*,call*)
		[ -z "$qemu_x2apic" ] || {
			qemu_command=$qemu_x2apic
			bench_boot "$1.2" "$2" 2 "$3" only=call
			grep '^call' "$work/$1.2.figures" >> "$work/$1.1.figures"
		} ;;
	esac
	bench_wanted < "$work/$1.1.figures" > "$work/$1.all"
)

# Two boots at a time: each argument is one call.
two_at_a_time() {
	pids=
	for call in "$@"; do
		eval "$call" &
		pids="$pids $!"
		# shellcheck disable=SC2086
		set -- $pids
		[ $# -lt 2 ] || { wait "$1"; shift; pids=$*; }
	done
	for pid in $pids; do
		wait "$pid"
	done
}

# The same with more CPUs and more lines, all by the newer QEMU.
scaling_metrics=interrupt,line,defer,work,task,call,timer,hrtimer,lock,memory
bench_scaling() {
	silence=300
	qemu_command=$qemu_x2apic
	set --
	for case in 64 16 4 1 lines; do
		# Linux with 64 CPUs that all wait for the one does not come up in any time to speak of.
		[ -n "$no_linux" ] || [ $case = 64 ] || set -- "$@" "bench_scaled linux $case"
		set -- "$@" "bench_scaled tophalf $case"
	done
	two_at_a_time "$@"
}

# bench_scaled SYSTEM CPUS|lines
bench_scaled() (
	options="only=${only:-$scaling_metrics}" cpus=$2 append=
	[ "$2" != lines ] || { cpus=1; options="$options lines=10000"; }
	[ "$1" = tophalf ] || append=mitigations=off
	bench_boot "scaling-$1-$2" "$1" "$cpus" "$append" "$options"
	bench_wanted < "$work/scaling-$1-$2.figures" > "$work/scaling-$1-$2.all"
)

prepare_bench() {
	need_packages build qemu
	find_newer_qemu
	build_kernel tophalf
	bench_programs
	build_module "$top/bench/irqbench"
	tophalf_module=$built_dir/irqbench.ko
	[ -z "$no_linux" ] || return 0
	if ! (need_linux); then
		say "Tophalf's figures alone, then."
		no_linux=1
		return
	fi
	need_linux
	build_for_linux "$top/bench/irqbench" || {
		grep -E 'error|ERROR' "$top/$built_dir/build.log" >&2
		die "irqbench does not build for Linux; the whole log: $built_dir/build.log"
	}
	linux_module=$built_dir/irqbench.ko
}

run_bench() {
	parse_bench_options "$@"
	work=$top/build/bench.$$
	trap 'rm -rf "$top/build/bench"; mv "$work" "$top/build/bench"' EXIT
	trap 'exit 130' INT TERM HUP
	mkdir -p "$work"
	prepare_bench >&2
	set -- "bench_column tophalf tophalf ''"
	[ -n "$no_linux" ] ||
		set -- "bench_column linux-default linux ''" "bench_column linux-off linux mitigations=off" "$@"
	two_at_a_time "$@"
	[ -z "$scaling" ] || (bench_scaling)
	[ -z "$check" ] || { bench_check; return; }
	bench_show table | tee "$work/table"
	[ -z "$scaling" ] || bench_show scaling | tee "$work/scaling"
	[ -z "$json_file" ] || bench_show json > "$json_file"
	[ -z "$svg_file" ] || bench_show svg > "$svg_file"
	[ -z "$record" ] || bench_record_tables
}

bench_show() {
	awk -v release="${linux_release:-}" -v compiler="$(gcc --version | head -n 1)" \
		-f "$top/bench/rows.awk" -f "$top/bench/$1.awk" "$top/bench/metrics" "$work"/*.all
}

# The tables in docs/performance.md stand between ```text lines, the first and the second.
bench_record_tables() {
	awk -v tables="$work/table $work/scaling" '
		BEGIN { split(tables, file, " ") }
		!inside { print }
		/^```text$/ { inside = 1; from = file[++n]; while ((getline line < from) > 0) print line }
		inside && /^```$/ { inside = 0; print }' "$top/docs/performance.md" > "$work/performance.md"
	cp "$work/performance.md" "$top/docs/performance.md"
}

# A figure may be 2 % and one instruction above the recorded one, since each image differs a
# little from the next; those of the boot 10 %. Another compiler makes other code.
bench_check() {
	recorded=$(sed -n 's/^{"compiler": "\(.*\)",$/\1/p' "$bench_figures")
	if [ "$(gcc --version | head -n 1)" != "$recorded" ]; then
		say "not comparable: bench/figures.json is of $recorded"
		return
	fi
	sed -n 's/^{"name": "\([^"]*\)".* "tophalf": \([0-9]*\),.* "aim": "[a-z]*".*/\1 \2/p' "$bench_figures" > "$work/recorded"
	awk 'NR == FNR { was[$1] = $2; next }
		$1 in was {
			n++
			if ($2 > was[$1] * (1 + ($1 ~ /^boot/ ? 10 : 2) / 100) + 1) {
				printf "%s: %d, was %d\n", $1, $2, was[$1]
				more++
			}
		}
		END {
			printf "%d metrics, %d cost more than recorded\n", n, more
			exit more > 0 || !n
		}' "$work/recorded" "$work/tophalf.all"
}
