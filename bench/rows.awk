# SPDX-License-Identifier: MIT
#
# Read first by table.awk, json.awk and svg.awk: bench/metrics, then the columns' files
# (COLUMN.all, lines of "METRIC VALUE"), into name[], floor[], aim[], text[] by row and
# value[COLUMN, METRIC]; and what the aim says of a row.

BEGIN { FS = "[ \t]*[|][ \t]*" }

FNR == 1 { file++; column = FILENAME; sub(/.*\//, "", column); sub(/\.all$/, "", column); has[column] = 1 }

file == 1 && /^(#|$)/ { next }
file == 1 { rows++; name[rows] = NF > 1 ? $1 : ""; floor[rows] = $2; aim[rows] = $3; text[rows] = NF > 1 ? $4 : $1; next }

{ split($0, field, " "); value[column, field[1]] = field[2] }

function linux(r) { return value["linux-default", name[r]] }
function linux_off(r) { return value["linux-off", name[r]] }
function ours(r) { return value["tophalf", name[r]] }
function measured(r) { return name[r] != "" && linux(r) linux_off(r) ours(r) != "" }

function ratio(a, b) { return b > 0 && a != "" ? sprintf("%.2f", a / b) : "" }

# "met"; "above"; "bare" where a third of Linux is less than a bare program needs; or "".
function verdict(r) {
	if (aim[r] == "-" || ours(r) == "" || linux_off(r) == "") return ""
	if (aim[r] == "floor" && ours(r) > floor[r] * 2.5) return "above"
	if (ours(r) * 3 <= linux_off(r)) return "met"
	return floor[r] * 3 > linux_off(r) ? "bare" : "above"
}
