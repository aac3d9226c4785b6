# SPDX-License-Identifier: MIT
#
# One machine of `tophalf compare`: starts QEMU, and for each module or program does what its
# stimulus says, by tools/compare-console. What the console shows goes to DIR/NAME.log in the order
# in which it came: "> command", "| output", or a line of the log.
#
#	perl compare-drive.pl QEMU ARGUMENT...
#
# COMPARE_SYSTEM is linux or tophalf, COMPARE_DIR the folder with `plan` (a line each: module,
# stimulus file or -; or program, stimulus file or "run") that takes the logs. A machine that dies is started again for the next
# module. Needs perl-base only.
use strict;
use warnings;
use IO::Socket::UNIX;

my $dir = $ENV{COMPARE_DIR};
my $sockets = $ENV{COMPARE_SOCKETS};
my $quiet = 5;		# tenths of a second without a byte after which a module has settled
my $patience = 30;	# seconds that a command may take
my $run_patience = 120;	# ... or a program
my $wait_for = 20;	# seconds that `wait` may take

my $stamp = qr/\[ *\d+\.\d{6}\] /;
my ($qemu, $serial, $pending, $markers) = (0, undef, '', 0);
my $seen;		# what the module's lines of the log were so far
$SIG{PIPE} = 'IGNORE';
$SIG{$_} = sub { stop_machine(); exit 130 } for qw(INT TERM HUP);

# What came since the last call, for at most so many seconds; undef: the machine is gone.
sub receive {
	my ($seconds) = @_;
	my $set = '';
	vec($set, fileno($serial), 1) = 1;
	return '' unless select($set, undef, undef, $seconds);
	my $n = sysread($serial, my $bytes, 65536);
	return undef unless $n;
	print $main::console $bytes;
	return $bytes;
}

# Take the console into $pending until the pattern is there: 1; 0 in vain; undef: gone.
sub await {
	my ($pattern, $seconds) = @_;
	my $end = time + $seconds;
	while ($pending !~ $pattern) {
		return 0 if time > $end;
		my $bytes = receive(0.5);
		return undef unless defined $bytes;
		add($bytes);
	}
	return 1;
}

# Control sequences go when they are whole.
sub add {
	$pending .= $_[0];
	$pending =~ s/\e\[[0-9;]*[A-Za-z]|\r//g;
}

sub connect_to {
	my ($path) = @_;
	for (1 .. 100) {
		my $s = IO::Socket::UNIX->new(Peer => $path);
		return $s if $s;
		select undef, undef, undef, 0.1;
	}
	die "compare: QEMU does not answer on $path\n";
}

sub start_machine {
	unlink "$sockets.serial", "$sockets.monitor";
	$pending = '';
	$qemu = fork // die "compare: fork: $!\n";
	if (!$qemu) {
		open STDOUT, '>>', "$dir/qemu.log";
		open STDERR, '>&', \*STDOUT;
		exec @ARGV, '-no-reboot', '-serial', "unix:$sockets.serial,server=on,wait=on",
			'-monitor', "unix:$sockets.monitor,server=on,wait=off";
	}
	$serial = connect_to("$sockets.serial");
	my $up = await(qr/\| ready\n/, 120);
	die "compare: $ENV{COMPARE_SYSTEM} did not come up; its console and QEMU's words are in build/compare/$ENV{COMPARE_SYSTEM}\n" unless $up;
	settle();
	$pending = '';
}

sub stop_machine {
	return unless $qemu;
	kill 'KILL', $qemu;
	waitpid $qemu, 0;
	$qemu = 0;
	unlink "$sockets.serial", "$sockets.monitor";
}

sub settle {
	my $end = time + $patience;
	my $silent = 0;
	while ($silent < $quiet && time < $end) {
		my $bytes = receive(0.1);
		return undef unless defined $bytes;
		$silent = $bytes eq '' ? $silent + 1 : 0;
		add($bytes);
	}
	return 1;
}

# Cut what has come into lines of the log and lines of output.
sub take_lines {
	my ($log) = @_;
	# A line that has not ended waits for its rest.
	$pending =~ s/^(.*\n|)([^\n]*)$/$2/s or return;
	my $text = $1;
	$seen .= $text;
	for my $line (split /\n/, $text) {
		print $log "$1\n" if $line =~ /^.*?$stamp(.*)$/ && $1 !~ /^\| MARK-/;
	}
}

# A command, then a marker behind it. 1, or undef when the machine has gone.
sub command {
	my ($line, $log, $seconds) = @_;
	print $log "> $line\n";
	my $marker = 'MARK-' . ++$markers;
	syswrite $serial, "$line\necho $marker\n";
	my $done = await(qr/\| $marker\n/, $seconds);
	return 1 if $done;
	take_lines($log);
	print $log defined $done ? "(the machine stands still)\n" : "(the machine has ended)\n";
	return undef;
}

sub monitor {
	my ($line) = @_;
	my $s = connect_to("$sockets.monitor");
	print $s "$line\n";
	$s->flush;
	my $got = '';
	while ($got !~ /\(qemu\).*\(qemu\) $/s && sysread($s, my $bytes, 4096)) {
		$got .= $bytes;
	}
	return 1;
}

sub stimulus_lines {
	my ($name, $file) = @_;
	return ("run $name") if $file eq 'run';
	return ("insmod $name", 'settle', "rmmod $name") if $file eq '-';
	open my $f, '<', $file or die "compare: $file: $!\n";
	chomp(my @lines = grep { !/^\s*(#|$)/ } <$f>);
	return @lines;
}

sub run_module {
	my ($name, $file) = @_;
	open my $log, '>', "$dir/$name.log" or die "compare: $dir/$name.log: $!\n";
	for my $line (stimulus_lines($name, $file)) {
		my ($verb, $rest) = split ' ', $line, 2;
		my $ok = 1;
		if ($verb eq 'settle') {
			$ok = settle();
		} elsif ($verb eq 'wait') {
			$ok = $seen =~ /$rest/ || await(qr/$rest/, $wait_for);
			print $log "(waited in vain for $rest)\n" if defined $ok && !$ok;
		} elsif ($verb eq 'monitor') {
			$ok = monitor($rest);
		} else {
			$ok = command($line, $log, $verb eq 'run' ? $run_patience : $patience);
		}
		take_lines($log) if $verb ne 'wait' && $verb ne 'monitor';
		unless (defined $ok) {
			stop_machine();
			return;
		}
		# A module that refused to load is not there to be removed.
		last if $file eq '-' && $verb eq 'settle' && refused($name);
	}
	take_lines($log);
}

sub refused {
	my ($name) = @_;
	open my $f, '<', "$dir/$name.log" or return 0;
	return scalar grep { /^\| insmod: / } <$f>;
}

open our $console, '>', "$dir/console" or die "compare: $dir/console: $!\n";
$console->autoflush(1);
open my $plan, '<', "$dir/../plan" or die "compare: $dir/../plan: $!\n";
chomp(my @modules = <$plan>);
for (@modules) {
	start_machine() unless $qemu;
	$seen = '';
	run_module(split ' ', $_, 2);
}
stop_machine();
