# SPDX-License-Identifier: MIT
#
# A log of compare-drive.pl without what differs from run to run, or from kernel to kernel, and
# means nothing. docs/compare.md lists the rules; each stands here once.
use strict;
use warnings;

# Lines that only one kernel has, and that say nothing about the module or program.
my $noise = qr/^(?:
	\S+:\ (?:loading\ out-of-tree\ module|module\ (?:verification\ failed|license\ .*\ taints))
	| Disabling\ lock\ debugging
	| \S+:\ system\ call\ \d+\ of\ \S+,\ \S+,\ is\ not\ implemented
	| Possible\ attack\ attempt\.\ Unexpected\ rseq | Deprecated\ flags\ .*\ rseq
	| random:\ | hrtimer:\ interrupt\ took | clocksource:\ | sched_clock:\ | tsc:\ | input:\ | e1000|workqueue:\ \S+\ hogged
)/x;

# A back-trace outside of such a report.
my $trace = qr/^(?:CPU: \d+ PID: |Hardware name: |Call Trace:| *<\/?[A-Z]+>$| +(?:\? )?[\w.]+\+0x| \? 0x|\[<\w+>\] |(?:RIP|RSP|R\w\w|CS|CR2|FS|PKRU|Code|Modules linked in|DR\d): )/;

my $report = 0;
while (my $line = <STDIN>) {
	chomp $line;
	$line =~ s/\s+$//;

	# A report (WARN, oops) is its first line: where it was, without offsets.
	next if $line =~ /^------------\[ cut here \]/;
	if ($report) {
		$report = 0 if $line =~ /^---\[ end trace /;
		next unless $line =~ /^[>(]/;
		$report = 0;
	}
	if ($line =~ /^WARNING: CPU: /) {
		$report = 1;
		$line = 'WARNING';
	} elsif ($line =~ /^(?:BUG: (?!scheduling|sleeping)|Oops: |general protection fault|kernel BUG|divide error)/) {
		$report = 1;
	}
	next if $line =~ $noise || $line =~ $trace;

	for ($line) {
		s/\b(?:0x)?ffff[0-9a-f]{12}\b/ADDRESS/g;
		s/\b0000[0-9a-f]{12}\b/ADDRESS/g;
		s/\b([Ii]rq|IRQ|irq event)([ #\/]+)\d+/$1$2N/g;
		s/\bunknown-\d+/unknown-N/g;
		s/\bVIRQ\d+/VIRQN/g;
		s/\b(pid|PID)([ :=]+)\d+/$1$2N/g;
		s/\bCPU: \d+ /CPU: N /g;
		s/\bkworker\/[\w:]+(?:[-+]\w+)*/kworker/g;
		s/\+0x[0-9a-f]+\/0x[0-9a-f]+/+OFFSET/g;
		s/\b6\.1\.\d[-\w.]*/RELEASE/g;
	}
	print "$line\n";
}
