# SPDX-License-Identifier: MIT
#
# ./tophalf compare: the same modules and programs on Debian's Linux 6.1 and on Tophalf, from the
# same initramfs, the outputs side by side. docs/compare.md is its manual. Exit status: 0 all agree, 1 some differ, 2 could not run.

. "$top/tools/linux.sh"

# A folder without a Kbuild or Makefile is the programs in it, and its folders that have one.
expand_source() {
	if [ -d "$1" ] && [ ! -e "$1/Kbuild" ] && [ ! -e "$1/Makefile" ]; then
		for file in "$1"/*.c; do
			[ ! -e "$file" ] || ! is_program "$file" || echo "$file"
		done
		for dir in "$1"/*/; do
			[ ! -e "$dir/Kbuild" ] && [ ! -e "$dir/Makefile" ] || echo "${dir%/}"
		done
	else
		echo "$1"
	fi
}

# The stimulus of a module: NAME.stimulus beside its source, or the folder's own.
stimulus_of() {
	dir=$1
	[ -d "$1" ] || dir=$(dirname "$1")
	for file in "$dir/$2.stimulus" "$dir/stimulus"; do
		if [ -e "$file" ]; then
			echo "$(cd "$(dirname "$file")" && pwd)/$(basename "$file")"
			return
		fi
	done
	echo -
}

# Build one source for both; to the plan go the modules that both have.
prepare_source() {
	src=$1
	[ -e "$src" ] || cannot "$src: no such file or folder"
	if is_program "$src"; then
		prepare_program "$src"
		return
	fi
	if ! build_for_linux "$src"; then
		unbuilt "$src" Linux "$top/$built_dir/build.log"
		return
	fi
	linux_dir=$built_dir
	if ! (build_module "$src") >"$work/build.log" 2>&1; then
		unbuilt "$src" Tophalf "$work/build.log"
		return
	fi
	tophalf_dir=$out/modules/$(basename "$linux_dir")
	for ko in $(cd "$top/$linux_dir" && find . -name '*.ko' | sort); do
		name=$(basename "$ko" .ko)
		linux_modules="$linux_modules $linux_dir/$ko"
		modules="$modules $tophalf_dir/$ko"
		echo "$name $(stimulus_of "$src" "$name")" >> "$work/plan"
	done
}

prepare_program() {
	name=$(basename "$1" .c)
	if build_program "$1" 2>"$work/build.log"; then
		stimulus=$(stimulus_of "$1" "$name")
		[ "$stimulus" != - ] || stimulus=run
		echo "$name $stimulus" >> "$work/plan"
	else
		unbuilt "$1" "either system" "$work/build.log"
	fi
}

unbuilt() {
	result "$(basename "$1" .c)" unbuilt "does not build for $2"
	grep -E 'error|ERROR' "$3" | head -n 5 | sed 's/^/    /' >&2
}

# One initramfs for both.
make_compare_initramfs() {
	has_static_busybox || busybox=$linux_root/bin/busybox
	gcc -static -O2 -o "$work/insmod-once" "$top/tools/compare-insmod.c" ||
		cannot "gcc could not build a static program (Debian's libc6-dev has what it takes)"
	initramfs=$work/initramfs.cpio root=$work/initramfs
	programs="$programs $work/insmod-once"
	shell=1 load= run=
	fill_root "$root"
	# shellcheck disable=SC2086
	put_modules "$root" "$linux_release" $linux_modules
	cp "$top/tools/compare-console" "$root/etc/init.d/compare"
	pack_initramfs "$initramfs" "$root"
}

# run_side SYSTEM: boot it and go through the plan.
run_side() (
	mkdir -p "$work/$1"
	COMPARE_SYSTEM=$1 COMPARE_DIR=$work/$1 COMPARE_SOCKETS=$sockets.$1
	export COMPARE_SYSTEM COMPARE_DIR COMPARE_SOCKETS
	append="$append ignore_loglevel panic=-1"
	qemu_command="perl $top/tools/compare-drive.pl $qemu_command"
	more_options=
	if [ "$1" = linux ]; then
		# Its words on every program that ends by a signal have addresses in them.
		append="$append nokaslr printk.devkmsg=on sysctl.debug.exception-trace=0"
		machine_options "$linux_kernel"
	else
		machine_options tophalf
	fi
)

# result NAME STATE [TEXT]: one module's line; the exit status follows the worst of them.
result() {
	if [ -n "$json" ]; then
		perl -e 'my ($name, $state, @files) = @ARGV;
			sub text { local $_ = shift; s/([\\"])/\\$1/g; s/\t/\\t/g; s/([\x00-\x1f])/sprintf "\\u%04x", ord $1/ge; qq("$_") }
			sub lines { open my $f, "<", shift or return "[]"; "[" . join(",", map { chomp; text($_) } <$f>) . "]" }
			print "{\"module\":", text($name), ",\"state\":\"$state\",\"linux\":", lines($files[0]), ",\"tophalf\":", lines($files[1]), "}\n"' \
			"$1" "$2" "$work/linux/$1.txt" "$work/tophalf/$1.txt"
	else
		say "$2 $1${3:+: $3}"
	fi
	case $2 in
	differ) differ=$((differ + 1)) ;;
	agree) agree=$((agree + 1)) ;;
	*) unrun=$((unrun + 1)) ;;
	esac
}

show_side_by_side() {
	width=$(tput cols 2>/dev/null || echo 160)
	[ "$width" -ge 100 ] || width=160
	printf '%-*s%s\n' "$((width / 2 + 1))" "    --- Linux $linux_release" "--- Tophalf"
	diff -y -t -W "$width" ${1:+"$1"} "$work/linux/$name.txt" "$work/tophalf/$name.txt" | sed 's/^/    /' || true
}

# What a program prints comes through a pipe, and what the kernel says meanwhile does not: so that goes behind.
output_first() {
	awk '/^[>|(]/ { print; next } { said[++n] = $0 } END { for (i = 1; i <= n; i++) print said[i] }'
}

# compare_module NAME STIMULUS
compare_module() {
	name=$1
	order=cat
	[ "$2" != run ] || order=output_first
	for side in linux tophalf; do
		[ -e "$work/$side/$name.log" ] || {
			result "$name" unrun "no output from $side"
			return
		}
		perl "$top/tools/compare-rules.pl" < "$work/$side/$name.log" | $order > "$work/$side/$name.txt"
	done
	state=agree
	cmp -s "$work/linux/$name.txt" "$work/tophalf/$name.txt" || state=differ
	result "$name" "$state"
	[ -z "$json" ] || return 0
	if [ -n "$all" ]; then
		show_side_by_side
	elif [ "$state" = differ ]; then
		show_side_by_side --suppress-common-lines
	fi
}

run_compare() {
	work=$top/build/compare.$$
	sockets=${TMPDIR:-/tmp}/tophalf-compare.$$
	differ=0 agree=0 unrun=0
	modules= linux_modules= programs= run=
	# The consoles and logs of the last run stay, in build/compare.
	trap 'rm -rf "$top/build/compare"; mv "$work" "$top/build/compare"' EXIT
	trap 'exit 130' INT TERM HUP
	[ -n "$sources" ] || cannot "which modules or programs? ./tophalf compare [--all] [--json] SOURCE.c|FOLDER..."
	mkdir -p "$work"
	: > "$work/plan"
	{
		need_packages build qemu
		need_linux
		build_kernel tophalf
	} >&2
	old_ifs=$IFS
	IFS='
'
	for src in $(for s in $sources; do expand_source "$s"; done); do
		IFS=$old_ifs
		prepare_source "$src"
	done
	IFS=$old_ifs
	[ ! -s "$work/plan" ] || {
		make_compare_initramfs >&2
		run_side linux &
		linux_pid=$!
		run_side tophalf || true
		wait $linux_pid || true
	}
	while read -r name stimulus; do
		compare_module "$name" "$stimulus"
	done < "$work/plan"
	[ -n "$json" ] || say "$agree agree, $differ differ, $unrun could not run"
	[ "$unrun" = 0 ] || exit 2
	[ "$differ" = 0 ] || exit 1
	[ "$agree" -gt 0 ] || exit 2
}
