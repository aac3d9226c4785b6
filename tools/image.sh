# SPDX-License-Identifier: MIT
# What is booted beside the kernel: the initramfs, and the ISO image.

# An ordinary newc cpio: /modules/*.ko and /modules/load.list, what to load at boot, a line each.
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
	rm -rf "$root"
	mkdir -p "$root/modules" "$root/proc" "$root/dev" "$root/tmp"
	for ko in $modules; do
		cp "$top/$ko" "$root/modules/"
	done
	printf "%s\n" "$load" > "$root/modules/load.list"
	pack_initramfs "$initramfs" "$root"
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
