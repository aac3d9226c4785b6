# SPDX-License-Identifier: MIT
#
# Under software emulation QEMU has the x2APIC since 9.0, and shares counted instructions fairly
# among CPUs since 8.1. Debian 12's own is older; its
# backports have a newer one, which is unpacked beside the build, not installed.

qemu_has_x2apic() {
	QEMU_MODULE_DIR=${2:-} "$1" -M none -nodefaults -display none -cpu help 2>/dev/null | grep -q . || return 1
	major=$("$1" --version 2>/dev/null | sed -n 's/.*version \([0-9]*\)\..*/\1/p')
	[ "${major:-0}" -ge 9 ]
}

# Sets $qemu_x2apic to a command that runs it; empty, with the reason in $no_x2apic, when
# there is none to be had.
find_newer_qemu() {
	dir=$top/build/qemu
	qemu_x2apic= no_x2apic=
	if qemu_has_x2apic qemu-system-x86_64; then
		qemu_x2apic=qemu-system-x86_64
	elif [ -x "$dir/run" ] || fetch_newer_qemu; then
		# Looking for a sound device would load modules of the older QEMU, and abort.
		qemu_x2apic="$dir/run -audio none"
	else
		no_x2apic="QEMU before 9.0 has no x2APIC under software emulation, and Debian's backports are not to be had"
	fi
}

# A private apt: the sources of this machine with -backports added, lists of its own.
fetch_newer_qemu() {
	command -v apt-get >/dev/null 2>&1 && [ -r /etc/os-release ] || return 1
	release=$(. /etc/os-release; [ "$ID" = debian ] && echo "${VERSION_CODENAME:-}")
	[ -n "$release" ] || return 1
	uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
		sed -n 's/^URIs: *\([^ ]*\/debian\)\/* *$/\1/p; s/^deb \(\[[^]]*\] \)*\([^ ]*\/debian\)\/* .*/\2/p' | head -n 1)
	[ -n "$uri" ] || return 1
	say "Fetching a newer QEMU from $release-backports"
	mkdir -p "$dir/lists/partial" "$dir/archives/partial"
	echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $release-backports main" > "$dir/sources.list"
	private_apt="-o Dir::Etc::sourcelist=$dir/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$dir/lists -o Dir::Cache=$dir -o Dir::Cache::archives=$dir/archives -o APT::Sandbox::User="
	# shellcheck disable=SC2086
	( apt-get $private_apt update -q && cd "$dir" &&
		for p in qemu-system-x86 qemu-system-common qemu-system-data seabios; do
			apt-get $private_apt download -q "$p/$release-backports" || exit 1
		done && for deb in "$dir"/*.deb; do dpkg -x "$deb" "$dir"; done ) >"$dir/log" 2>&1 || return 1
	rm -f "$dir"/*.deb
	cat > "$dir/run" <<-EOF
	#!/bin/sh
	export QEMU_MODULE_DIR=$dir/usr/lib/x86_64-linux-gnu/qemu
	exec $dir/usr/bin/qemu-system-x86_64 \\
		-L $dir/usr/share/qemu -L $dir/usr/share/seabios -L /usr/share/seabios "\$@"
	EOF
	chmod +x "$dir/run"
	qemu_has_x2apic "$dir/run"
}
