# SPDX-License-Identifier: MIT
# What is booted beside the kernel: the initramfs, and the ISO image.

# What `uname -r` says on Tophalf.
tophalf_release() {
	sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' "$top/include/linux/utsrelease.h"
}

# An ordinary newc cpio: the modules, /etc/modules with those to load, a line each; with $shell
# also busybox, our /init, and the $programs to run, of which $run names those to run at boot.
# make_initramfs [FILE] [ROOT]: the archive, and the folder it is made from; without names
# they are this process's own, and go with it.
make_initramfs() {
	if [ $# = 0 ]; then
		run_dir=$top/build/run.$$
		mkdir -p "$run_dir"
		trap 'rm -rf "$run_dir"' EXIT
		trap 'exit 130' INT TERM HUP
	fi
	initramfs=${1:-$run_dir/initramfs.cpio}
	root=${2:-$run_dir/initramfs}
	fill_root "$root"
	pack_initramfs "$initramfs" "$root"
}

# fill_root ROOT
fill_root() {
	rm -rf "$1"
	mkdir -p "$1/proc" "$1/sys" "$1/dev" "$1/tmp" "$1/etc"
	# shellcheck disable=SC2086
	put_modules "$1" "$(tophalf_release)" $modules
	printf '%s\n' "$load" > "$1/etc/modules"
	[ -z "$shell" ] || put_programs "$1"
}

# put_modules ROOT RELEASE KO...: where modprobe looks, with the list of what needs what.
put_modules() {
	dir=$1/lib/modules/$2
	shift 2
	mkdir -p "$dir"
	for ko in "$@"; do
		cp "$top/$ko" "$dir/"
	done
	[ $# = 0 ] || (cd "$dir" && nm -A ./*.ko) | awk -f "$top/tools/modules-dep.awk" > "$dir/modules.dep"
}

# The programs, ours and busybox ($busybox, or the one installed), and what they read.
busybox=
put_programs() {
	mkdir -p "$1/bin" "$1/root"
	cp -R "$top/tools/initramfs/." "$1/"
	cp "${busybox:-$(command -v busybox)}" "$1/bin/busybox"
	for program in $programs; do
		cp "$program" "$1/bin/"
	done
	printf '%s\n' "$run" > "$1/etc/programs"
}

# pack_initramfs FILE ROOT
pack_initramfs() {
	(cd "$2" && find . | sort | cpio -o -H newc --quiet -R 0:0) > "$1"
}

# GRUB's image with the kernel, the initramfs and the command line; for BIOS and UEFI.
# make_iso KERNEL COMMAND-LINE [FILE]
make_iso() {
	image=${3:-$run_dir/tophalf.iso}
	dir=$image.d
	rm -rf "$dir"
	mkdir -p "$dir/boot/grub"
	cp "$top/$out/$1" "$dir/boot/tophalf"
	cp "$initramfs" "$dir/boot/initramfs.cpio"
	cat > "$dir/boot/grub/grub.cfg" <<-EOF
	set timeout=0
	set default=0
	serial --unit=0 --speed=115200
	terminal_output serial
	menuentry tophalf {
		multiboot2 /boot/tophalf $2
		module2 /boot/initramfs.cpio
	}
	EOF
	grub-mkrescue -o "$image" "$dir" >"$image.log" 2>&1 || {
		tail -n 10 "$image.log" >&2
		die "grub-mkrescue failed; its log is $image.log"
	}
}
