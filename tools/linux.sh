# SPDX-License-Identifier: MIT
#
# Debian's Linux 6.1 beside Tophalf: its kernel image, its headers and a static busybox, from the
# distribution's packages, unpacked under build/linux/root. No root, nothing installed.

linux_root=$top/build/linux/root

# The status of a comparison that could not be made is 2.
cannot() {
	printf "tophalf: %s: %s\n" "$command" "$*" >&2
	exit 2
}

# The newest linux-image-6.1.* of the flavour that apt knows: its version string.
linux_release_available() {
	for flavour in cloud-amd64 amd64; do
		apt-cache search --names-only "^linux-headers-6\\.1\\.[-0-9]*-$flavour\$" 2>/dev/null |
			sed -n 's/^linux-headers-\(6\.1[^ ]*\) .*/\1/p' | sort -V | tail -n 1 | grep . && return
	done
	return 1
}

# Fetch and unpack on first use; sets $linux_release, $linux_kernel, $linux_headers.
need_linux() {
	if [ ! -e "$linux_root/release" ]; then
		command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 ||
			cannot "needs Debian's packages of Linux 6.1, and this system has no apt-get and dpkg"
		fetch_linux
	fi
	linux_release=$(cat "$linux_root/release")
	linux_kernel=$linux_root/boot/vmlinuz-$linux_release
	linux_headers=$linux_root/usr/src/linux-headers-$linux_release
}

fetch_linux() {
	release=$(linux_release_available) ||
		cannot "no linux-image-6.1* package to be had (Debian bookworm has it; apt-get update may help)"
	common=$(echo "$release" | sed 's/-cloud-amd64$\|-amd64$//')-common
	say "Fetching Debian's Linux $release (40 MB, kept in build/linux)"
	fetch=$top/build/linux/fetch.$$
	rm -rf "$fetch"
	mkdir -p "$fetch/root"
	(cd "$fetch" && apt-get download -q "linux-image-$release" "linux-headers-$release" \
		"linux-headers-$common" linux-kbuild-6.1 busybox-static) >"$fetch/log" 2>&1 || {
		tail -n 5 "$fetch/log" >&2
		rm -rf "$fetch"
		cannot "apt-get could not download the packages of Linux $release"
	}
	for deb in "$fetch"/*.deb; do
		dpkg -x "$deb" "$fetch/root" || cannot "$(basename "$deb"): dpkg could not unpack it"
	done
	# The one absolute path in it.
	sed -i "s,^include /usr/src/,include $linux_root/usr/src/," \
		"$fetch/root/usr/src/linux-headers-$release/Makefile"
	rm -rf "$fetch/root/lib/modules" "$linux_root"
	echo "$release" > "$fetch/root/release"
	mv "$fetch/root" "$linux_root"
	rm -rf "$fetch"
}

# build_for_linux SOURCE: as build_module, for Linux, in build/linux/modules/NAME. Sets
# $built_dir; its status tells; the compiler's words are in $built_dir/build.log.
build_for_linux() {
	name=$(basename "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")" .c)
	built_dir=build/linux/modules/$name
	mkdir -p "$top/$built_dir"
	case $1 in
	*.c)
		cp -pu "$1" "$top/$built_dir/"
		find "$(dirname "$1")" -maxdepth 1 -name '*.h' -exec cp -pu {} "$top/$built_dir/" \;
		echo "obj-m := $name.o" > "$top/$built_dir/Kbuild" ;;
	*)
		cp -pRu "$1/." "$top/$built_dir/" ;;
	esac
	make -C "$linux_headers" M="$top/$built_dir" CC=gcc -j"$(jobs)" modules \
		>"$top/$built_dir/build.log" 2>&1
}
