# SPDX-License-Identifier: MIT
#
# The programs that a task needs, and the Debian packages they come from. What is missing is
# installed with apt, saying so; elsewhere the missing names are listed.

# One line a need: task, how to see that it is there (a command, a file, or a function of
# this tool), package.
packages_table='
build	gcc	gcc
build	make	make
build	ld	binutils
build	awk	mawk
build	cpio	cpio
qemu	qemu-system-x86_64	qemu-system-x86
gdb	gdb	gdb
shell	has_static_busybox()	busybox-static
shell	/usr/lib/x86_64-linux-gnu/libc.a	libc6-dev
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
	*'()') "${1%??}" ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

# A busybox that needs no other file.
has_static_busybox() {
	command -v busybox >/dev/null 2>&1 && ! readelf -lW "$(command -v busybox)" | grep -q INTERP
}

# Package names for the tasks named that are not there, in one line.
missing_packages() {
	printf '%s' "$packages_table" | while read -r task what package; do
		case " $* " in
		*" $task "*) is_there "$what" || printf '%s ' "$package" ;;
		esac
	done
}

# The packages of these tasks, installed; else $why says why not, and the status too.
have_packages() {
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null 2>&1 || {
		why="please install these first (Debian's names): $missing"
		return 1
	}
	sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null 2>&1 || {
			why="not root and no sudo; as root: apt-get install $missing"
			return 1
		}
		sudo=sudo
	fi
	say "Installing what is missing: $missing"
	log=$(mktemp)
	# shellcheck disable=SC2086
	if ! { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends $missing; } >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		why="apt-get could not install: $missing (the whole log: $log)"
		return 1
	fi
	rm -f "$log"
	still=$(missing_packages "$@")
	[ -n "$still" ] || return 0
	why="installed, yet not found: $still"
	return 1
}

need_packages() {
	have_packages "$@" || die "$why"
}
