# SPDX-License-Identifier: MIT
#
# ./tophalf bench: the module bench/irqbench on Debian's Linux 6.1 and on Tophalf, in the same
# machine that counts instructions, as a table. docs/performance.md is its manual.

. "$top/tools/linux.sh"
. "$top/tools/newer-qemu.sh"

bench_memory_kib=524288

bench_usage() {
	cat <<-EOF
	usage: ./tophalf bench [METRIC...] [--json FILE] [--svg FILE] [--no-linux]
	METRIC is a name of bench/metrics, or its first part: interrupt, timer.add_100, ...
	EOF
}

parse_bench_options() {
	only= json_file= svg_file= no_linux=
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

# bench_side COLUMN CPUS METRICS [KERNEL-OPTIONS]: one boot; its figures go to COLUMN.figures.
bench_side() (
	column=$1 cpus=$2 metrics=$3
	bench_machine
	append="$append${4:+ $4}"
	name=$column.$cpus
	initramfs=$work/$name.cpio
	options=${metrics:+only=$metrics}
	case $column in
	tophalf)
		modules=$tophalf_module load="irqbench $options"
		make_initramfs "$initramfs" "$work/$name.root"
		kernel=tophalf ;;
	*)
		bench_linux_initramfs "$initramfs" "$work/$name.root" "$options"
		kernel=$linux_kernel ;;
	esac
	[ "$cpus" = 1 ] || qemu_command=$qemu_x2apic
	log=$work/$name.log
	: > "$log"
	more_options="-serial file:$log -monitor none"
	become=exec
	machine_options $kernel >"$work/$name.qemu" 2>&1 &
	watch_console $! "$log" '^.*irqbench: end'
	wait $! 2>/dev/null || true
	rm -rf "$initramfs" "$work/$name.root"
	grep -q 'irqbench: end' "$log" || {
		tail -n 20 "$log" "$work/$name.qemu" >&2
		die "bench: $column with $cpus CPUs did not come to its end; its console: $log"
	}
	sed -n 's/\r$//; s/^.*irqbench: \([a-z0-9_.]* [0-9]*\)$/\1/p' "$log" > "$work/$name.figures"
)

bench_linux_initramfs() {
	rm -rf "$2"
	mkdir -p "$2"
	gcc -static -O2 -o "$2/init" "$top/bench/init.c" ||
		die "gcc could not build a static program (Debian's libc6-dev has what it takes)"
	cp "$top/$linux_module" "$2/irqbench.ko"
	printf '%s\n' "$3" > "$2/irqbench.options"
	pack_initramfs "$1" "$2"
}

# Is $1 asked for, as a whole or in part?
bench_wants() {
	[ -z "$only" ] || case ",$only" in *",$1"*) ;; *) false ;; esac
}

# The metrics that need a second CPU are counted in boots of their own, with a QEMU that lets both
# CPUs run when one waits for the other.
bench_column() {
	bench_side "$1" 1 "$only" "$2" || return
	! bench_wants call || [ -z "$qemu_x2apic" ] || bench_side "$1" 2 call "$2" || return
	[ -e "$work/$1.2.figures" ] || : > "$work/$1.2.figures"
	{
		cat "$work/$1.1.figures"
		grep '^call\.' "$work/$1.2.figures" || true
	} | awk -v ram=$bench_memory_kib '{ print } $1 == "boot.free_kib" { print "boot.used_kib", ram - $2 }' > "$work/$1.all"
}

prepare_bench() {
	need_packages build qemu
	find_newer_qemu
	build_kernel tophalf
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
	linux_pid= off_pid=
	if [ -z "$no_linux" ]; then
		bench_column linux-default "" & linux_pid=$!
		bench_column linux-off mitigations=off & off_pid=$!
		wait $linux_pid
		wait $off_pid
	fi
	bench_column tophalf ""
	bench_show table
	[ -z "$json_file" ] || bench_show json > "$json_file"
	[ -z "$svg_file" ] || bench_show svg > "$svg_file"
}

bench_show() {
	awk -v release="${linux_release:-}" -f "$top/bench/rows.awk" -f "$top/bench/$1.awk" "$top/bench/metrics" "$work"/*.all
}
