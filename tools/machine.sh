# SPDX-License-Identifier: MIT
# Starting QEMU. Only software emulation is assumed; nothing here asks for KVM.

# Two machines at a time need two names.
monitor_socket=${TOPHALF_MONITOR:-$top/build/monitor.sock}

qemu_command=qemu-system-x86_64

# machine_options KERNEL [ISO]: start the machine that the options describe. KERNEL is one of
# this build, or the whole path of another.
machine_options() {
	cmdline="console=ttyS0 $append"
	iso_file=${2:-}
	set -- "$1" -M "$machine" -cpu max -smp "$cpus" -m "$memory" -display none \
		-nic none -device edu -device isa-debug-exit,iobase=0xf4,iosize=0x04
	[ -z "$icount" ] || set -- "$@" -icount shift=0,sleep=off -rtc base=2022-01-01,clock=vm
	kernel=$1
	shift
	if [ -n "$iso" ]; then
		make_iso "$kernel" "$cmdline" "$iso_file"
		set -- "$@" -cdrom "$image" -boot d
		[ -z "$uefi" ] || set -- "$@" -bios /usr/share/ovmf/OVMF.fd
	else
		case $kernel in
		/*) ;;
		*) kernel=$top/$out/$kernel ;;
		esac
		set -- "$@" -kernel "$kernel" -initrd "$initramfs" -append "$cmdline"
	fi
	eval "set -- \"\$@\" $qemu_more"
	exec_qemu "$@"
}

# Ctrl-C goes to the machine, not to QEMU: `signal=off` is what mon:stdio sets.
# In the background the machine takes the shell's place (become=exec), to be ended by its number.
become=
exec_qemu() {
	# shellcheck disable=SC2086
	$become $qemu_command "$@" $more_options
}

run_machine() {
	more_options="-serial mon:stdio -monitor unix:$monitor_socket,server=on,wait=off"
	# In the background, so that this shell hears of a closed terminal and takes QEMU along.
	become=exec
	exec 3<&0		# & gives /dev/null for 0
	machine_options tophalf <&3 3<&- &
	qemu_pid=$!
	trap 'kill $qemu_pid 2>/dev/null || true; rm -rf "$run_dir"' EXIT
	wait $qemu_pid
}

run_under_gdb() {
	say "gdb is attached; 'continue' boots. The machine's console: $out/console.log"
	more_options="-serial file:$top/$out/console.log -S -gdb unix:$top/build/gdb.sock,server=on,wait=off"
	become=exec
	machine_options tophalf &
	qemu_pid=$!
	trap 'kill $qemu_pid 2>/dev/null || true; rm -rf "$run_dir"' EXIT
	trap 'exit 130' INT TERM HUP
	while [ ! -S "$top/build/gdb.sock" ] && kill -0 $qemu_pid 2>/dev/null; do
		sleep 0.1
	done
	gdb -q "$top/$out/tophalf" -ex "target remote $top/build/gdb.sock"
}

# One line to the monitor of the machine that `run` started; perl is in every Debian.
monitor_command() {
	[ $# -gt 0 ] || die "monitor: which command? For example: ./tophalf monitor sendkey a"
	[ -S "$monitor_socket" ] || die "no machine is running; start one with ./tophalf run"
	perl -MIO::Socket::UNIX -e '
		my $s = IO::Socket::UNIX->new(Peer => shift) or die "tophalf: the machine does not answer: $!\n";
		my $line = join(" ", @ARGV);
		print $s "$line\n"; $s->flush;
		my $got = "";
		while ($got !~ /\(qemu\).*\(qemu\) $/s && sysread($s, my $b, 4096)) { $got .= $b; }
		$got =~ s/\e\[[0-9;]*[A-Za-z]//g; $got =~ s/^.*?\(qemu\)[^\n]*\n//s; $got =~ s/\(qemu\) $//; print $got;
	' "$monitor_socket" "$@"
}

# watch_console PID FILE [PATTERN]: end the machine of that process when its console has the
# pattern, or stands still.
silence=60	# seconds without a new byte after which a machine is taken for hung
watch_console() {
	size=-1 still=0
	while kill -0 "$1" 2>/dev/null && [ $still -lt $silence ]; do
		sleep 1
		if [ -n "${3:-}" ] && grep -q "$3" "$2" 2>/dev/null; then
			kill "$1" 2>/dev/null || true
			return
		fi
		was=$size
		size=$(stat -c %s "$2" 2>/dev/null || echo 0)
		[ "$size" = "$was" ] && still=$((still + 1)) || still=0
	done
	[ $still -lt $silence ] || {
		echo "# the console stood still for $silence s" >> "$2"
		kill -9 "$1" 2>/dev/null || true
	}
}
