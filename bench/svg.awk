# SPDX-License-Identifier: MIT
#
# The same as a picture, for a web page of light or dark ground; behind rows.awk. Each metric has
# a bar for Linux (mitigations=off), always of full length, one in it for Tophalf, and a mark at
# what a bare program needs.

function escaped(s) { gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/>/, "\\&gt;", s); return s }

function grouped(n,   s) {
	n = sprintf("%d", n)
	while (length(n) > 3) { s = "," substr(n, length(n) - 2) s; n = substr(n, 1, length(n) - 3) }
	return n s
}

function words(x, y, class, s) {
	body = body sprintf("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n", x, y, class, escaped(s))
}

function box(x, y, w, h, class) {
	body = body sprintf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>\n", x, y, w, h, class)
}

# One metric, its text ending at the bar's beginning.
function draw(r, y,   part, f) {
	words(left - 10, y + 11, "right", text[r])
	part = ours(r) / linux_off(r)
	f = floor[r] / linux_off(r)
	box(left, y + 2, full, 10, "linux")
	box(left, y + 2, full * (part < 1 ? part : 1), 10, shade[verdict(r)])
	body = body sprintf("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" class=\"third\"/>\n", left + full / 3, left + full / 3, y - 1, y + 16)
	if (f > 0) box(left + full * (f < 1 ? f : 1) - 1, y, 2, 14, "floor")
	words(left + full + 62, y + 11, "right", grouped(ours(r)))
	words(left + full + 132, y + 11, "right faint", grouped(linux_off(r)))
	words(left + full + 180, y + 11, "right", sprintf("%.2f", part))
}

END {
	shade["met"] = "ours"; shade["above"] = "above"; shade["bare"] = "bare"
	left = 400; full = 420; y = 62
	for (r = 1; r <= rows; r++) {
		if (name[r] == "") { section = text[r]; continue }
		if (linux_off(r) == "" || ours(r) == "" || aim[r] == "-") continue
		if (section != "") { y += 10; words(20, y + 12, "head", section); y += 20; section = "" }
		draw(r, y)
		y += 17
	}
	width = left + full + 200; height = y + 16
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n", width, height, width, height
	print "<style>"
	print "text { font: 12px sans-serif; fill: #24292f } .head { font-weight: bold } .right { text-anchor: end } .faint { fill: #6e7781 }"
	print ".title { font: bold 15px sans-serif } .ground { fill: #fff } .linux { fill: #d0d7de } .ours { fill: #2f6f4f } .above { fill: #b8860b } .bare { fill: #4a7fb5 }"
	print ".floor { fill: #24292f } .third { stroke: #6e7781; stroke-dasharray: 3 3 }"
	print "</style>"
	printf "<rect width=\"%d\" height=\"%d\" class=\"ground\"/>\n", width, height
	printf "<text x=\"20\" y=\"24\" class=\"title\">Guest instructions: Tophalf beside Linux%s with mitigations=off</text>\n", release == "" ? "" : " " escaped(release)
	print "<text x=\"20\" y=\"44\" class=\"faint\">Grey: Linux. Green: at its aim; amber: above; blue: a third would be less than a bare program needs (black mark). Dashed: a third.</text>"
	printf "<text x=\"%d\" y=\"58\" class=\"right\">Tophalf</text><text x=\"%d\" y=\"58\" class=\"right faint\">Linux</text><text x=\"%d\" y=\"58\" class=\"right\">ratio</text>\n", left + full + 62, left + full + 132, left + full + 180
	printf "%s", body
	print "</svg>"
}
