# SPDX-License-Identifier: MIT
# Building the kernel and modules, with progress in one line on a terminal.

jobs() {
	nproc 2>/dev/null || echo 2
}

# $out is where this build's output lies; relative to $top, as make prints it.
set_out() {
	out=build/x86_64${debug:+-debug}
}

# Run make, count its lines on a terminal, keep the log; show it when it fails.
make_quietly() {
	what=$1
	shift
	log=$top/build/log.$$
	mkdir -p "$top/build"
	start=$(now)
	if [ -t 1 ]; then
		{ make -C "$top" -j"$(jobs)" "$@" 2>&1; echo "status $?"; } | tee "$log" |
			awk -v what="$what" '/^  (CC|AS|LD)/ { printf "\r%s: %d files\033[K", what, ++n; fflush() }
				END { if (n) printf "\r\033[K" }'
	else
		{ make -C "$top" -j"$(jobs)" "$@" 2>&1; echo "status $?"; } >"$log"
	fi
	if [ "$(tail -n 1 "$log")" != "status 0" ]; then
		grep -v '^  [A-Z]' "$log" | grep -v '^status' | tail -n 40 >&2
		rm -f "$log"
		die "$what: the build failed; the lines above say where"
	fi
	grep -E 'warning:|WARNING' "$log" >&2 || true
	built=$(grep -c '^  [A-Z]' "$log" || true)
	rm -f "$log"
	[ "$built" = 0 ] || say "$what: $built files built in $(since "$start") s"
}

# build_kernel TARGET: tophalf or tophalf-tests
build_kernel() {
	set_out
	make_quietly "Kernel${debug:+ (debug)}" ${debug:+DEBUG=1} "$out/$1" "$out/Module.symvers"
}

# A module source, copied so that its own folder stays as it is, built under $out/modules/.
# Sets $built_dir.
build_module() {
	src=$1
	[ -e "$src" ] || die "$src: no such file or folder"
	case $src in
	*.c)
		name=$(basename "$src" .c)
		built_dir=$out/modules/$name
		mkdir -p "$top/$built_dir"
		cp -pu "$src" "$top/$built_dir/"
		find "$(dirname "$src")" -maxdepth 1 -name '*.h' -exec cp -pu {} "$top/$built_dir/" \;
		echo "obj-m := $name.o" | cmp -s - "$top/$built_dir/Kbuild" ||
			echo "obj-m := $name.o" > "$top/$built_dir/Kbuild" ;;
	*)
		[ -d "$src" ] || die "$src: expected a .c file or a folder with a Kbuild or Makefile"
		[ -e "$src/Kbuild" ] || [ -e "$src/Makefile" ] ||
			die "$src: neither a Kbuild nor a Makefile in it; for one source file, name the file"
		name=$(basename "$(cd "$src" && pwd)")
		built_dir=$out/modules/$name
		mkdir -p "$top/$built_dir"
		cp -pRu "$src/." "$top/$built_dir/" ;;
	esac
	make_quietly "Module $name" ${debug:+DEBUG=1} M="$top/$built_dir" modules
}

# A source with a main(), or what is neither C nor a folder: a script.
is_program() {
	case $1 in
	*.c) grep -qE '^[a-z ]*\<main *\(' "$1" ;;
	*) [ -f "$1" ] ;;
	esac
}

# A program for the machine: built with the host's C library, statically, or with the options of a
# line /* gcc: OPTIONS */ in it; a script is one as it is. Adds to $programs and $run; what went wrong is told.
build_program() {
	case $1 in
	*.c)
		built=$top/$out/programs/$(basename "$1" .c)
		mkdir -p "$top/$out/programs"
		options=$(sed -n 's,^/\* gcc: \(.*\) \*/$,\1,p' "$1")
		# shellcheck disable=SC2086
		gcc -pthread -O2 -g ${options:--static} -o "$built" "$1" -lm || return 1 ;;
	*)
		[ -x "$1" ] || {
			echo "error: $1: neither C source nor a program; for a script: chmod +x $1" >&2
			return 1
		}
		built=$1 ;;
	esac
	programs="$programs $built"
	run="$run${run:+
}$(basename "$built")"
}

# The samples, and the sources given (split by newlines): modules are loaded at boot, programs run.
# $modules is the list of .ko files, $load the lines of the list of those to load, in order,
# $programs and $run the same of programs.
collect_modules() {
	set_out
	modules= load= programs= run=
	for dir in "$top"/samples/*/; do
		[ -e "$dir" ] || continue
		build_module "${dir%/}"
		modules="$modules $(cd "$top" && ls "$built_dir"/*.ko)"
	done
	old_ifs=$IFS
	IFS='
'
	for src in $1; do
		IFS=$old_ifs
		if is_program "$src"; then
			build_program "$src" || die "$src: can't be run there; the lines above say why"
			continue
		fi
		build_module "$src"
		for ko in $(cd "$top" && find "$built_dir" -name '*.ko' | sort); do
			modules="$modules $ko"
			load="$load${load:+
}$(basename "$ko" .ko)"
		done
	done
	IFS=$old_ifs
}
