# SPDX-License-Identifier: MIT
#
# The programs that a task needs, and the Debian packages they come from. What is missing is
# installed with apt, saying so; elsewhere the missing names are listed.

# One line a need: task, how to see that it is there (a command, or a file), package.
packages_table='
build	gcc	gcc
build	make	make
build	ld	binutils
build	awk	mawk
build	cpio	cpio
qemu	qemu-system-x86_64	qemu-system-x86
gdb	gdb	gdb
test	expect	expect
test	flock	util-linux
clang	clang	clang
iso	grub-mkrescue	grub-common
iso	/usr/lib/grub/i386-pc	grub-pc-bin
iso	/usr/lib/grub/x86_64-efi	grub-efi-amd64-bin
iso	xorriso	xorriso
iso	mformat	mtools
uefi	/usr/share/ovmf/OVMF.fd	ovmf
'

is_there() {
	case $1 in
	/*) [ -e "$1" ] ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

# Package names for the tasks named that are not there, in one line.
missing_packages() {
	printf '%s' "$packages_table" | while read -r task what package; do
		case " $* " in
		*" $task "*) is_there "$what" || printf '%s ' "$package" ;;
		esac
	done
}

need_packages() {
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null 2>&1 ||
		die "please install these first (Debian's names): $missing"
	sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null 2>&1 ||
			die "not root and no sudo; as root: apt-get install $missing"
		sudo=sudo
	fi
	say "Installing what is missing: $missing"
	log=$(mktemp)
	# shellcheck disable=SC2086
	if ! { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		die "apt-get could not install: $missing (the whole log: $log)"
	fi
	rm -f "$log"
	still=$(missing_packages "$@")
	[ -z "$still" ] || die "installed, yet not found: $still"
}
