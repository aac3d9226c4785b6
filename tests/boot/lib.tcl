# SPDX-License-Identifier: MIT
#
# Boot tests drive a machine from outside, as a person at the serial line does. Each script
# sources this, boots with ./tophalf run (or QEMU itself) and reports with ok and not_ok.

set timeout 60
log_user 1
match_max -d 100000
set top [file normalize [file dirname [info script]]/../..]
set failed 0
set env(TOPHALF_MONITOR) /tmp/tophalf-monitor.[pid]

proc ok {sentence} { send_user "\nok $sentence\n" }
proc not_ok {sentence} {
	global failed
	incr failed
	send_user "\nnot ok $sentence\n"
}

# ./tophalf run with these options, to the kernel's own prompt.
proc boot {sentence args} {
	global top spawn_id
	spawn $top/tophalf run --append kdb {*}$args
	expect {
		-re {\]kdb> } { ok "$sentence" }
		timeout { not_ok "$sentence: no prompt in time"; exit 1 }
		eof { not_ok "$sentence: the machine ended before its prompt"; exit 1 }
	}
}

# Type a line; everything until the next prompt goes to the caller.
proc run_command {line} {
	global spawn_id
	send -- "$line\r"
	expect {
		-re "\\n(.*)\\\]kdb> " { return $expect_out(1,string) }
		timeout { not_ok "`$line` gave no prompt in time"; exit 1 }
		eof { not_ok "`$line` ended the machine"; exit 1 }
	}
}

# ./tophalf run with these options, to the shell; whose prompt is made one that nothing else prints.
proc boot_shell {sentence args} {
	global top spawn_id
	spawn $top/tophalf run {*}$args
	expect {
		-re {~ # } { ok "$sentence" }
		timeout { not_ok "$sentence: no shell in time"; exit 1 }
		eof { not_ok "$sentence: the machine ended before its shell"; exit 1 }
	}
	shell_prompt
}

proc shell_prompt {} {
	send -- "PS1='<sh''ell> '\r"
	expect -re {<shell> }
}

# Type a line to the shell; everything until the next prompt goes to the caller.
proc sh {line} {
	global spawn_id
	send -- "$line\r"
	expect {
		-re "\\n(.*)<shell> " { return [string map {"\r" ""} $expect_out(1,string)] }
		timeout { not_ok "`$line` gave no prompt in time"; exit 1 }
		eof { not_ok "`$line` ended the machine"; exit 1 }
	}
}

# Wait for a pattern on the console; the sentence says what it shows.
proc see {pattern sentence} {
	global spawn_id
	expect {
		-re $pattern { ok $sentence }
		timeout { not_ok "$sentence: did not see $pattern" }
		eof { not_ok "$sentence: the machine ended, without $pattern" }
	}
}

# The prompt takes commands, and what is printed meanwhile does not matter.
proc prompt_works {sentence} {
	global spawn_id
	send -- "\recho still here\r"
	expect {
		-re {\nstill here\r+\n.*\]kdb> } { ok $sentence }
		timeout { not_ok $sentence }
		eof { not_ok "$sentence: the machine ended"; exit 1 }
	}
}

proc check {condition sentence} {
	if {$condition} { ok $sentence } else { not_ok $sentence }
}

# A line for QEMU's monitor, by its socket: the console stays undisturbed.
proc monitor {line} {
	global top
	exec $top/tophalf monitor {*}$line
}

proc power_off {} {
	global spawn_id
	send "poweroff\r"
	expect {
		eof { ok "poweroff ends the machine" }
		timeout { not_ok "poweroff did not end the machine"; exec sh -c "kill [exp_pid]" }
	}
	catch wait
	file delete $::env(TOPHALF_MONITOR)
}

proc done {} {
	global failed
	exit [expr {$failed != 0}]
}
