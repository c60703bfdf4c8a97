package gov
import rego.v1
# GOV-25 without R14, R18 and R25. input: one organization, events by kind; data.t: {a, am, aq, ay}
t := data.t
known(k) := [e | some e in input.ev[k]; e.d <= t.a]
meet := known("meet")
minutes := known("minutes")
ga := known("ga")
policy := known("policy")
board_changes := known("board")
last_chg := max([x.d | some x in board_changes])
eff := x.a if { some x in board_changes; x.d == last_chg }
eff := input.board if count(board_changes) == 0
fy(l) := f if { u := (t.am - 1) - l; f := u - ((u - input.fe) % 12) }
f0 := fy(0)
f4 := fy(4)
f6 := fy(6)

na contains 1 if input.founded_d > t.a - 365
ok contains 1 if { count({q | some e in meet; q := floor(e.m / 3); q >= t.aq - 4; q < t.aq}) == 4 }
na contains 2 if input.founded_d > t.a - 730
ok contains 2 if { count({q | some e in meet; 2 * e.a >= eff; q := floor(e.m / 3); q >= t.aq - 8; q < t.aq}) >= 6 }
na contains 3 if not input.public
ok contains 3 if { count({e.m | some e in known("pub"); e.m >= t.am - 12; e.m < t.am}) >= 10 }
na contains 4 if input.budget <= 100000
na contains 4 if input.exempt
na contains 4 if f4 < input.founded_m
ok contains 4 if { some e in known("audit"); e.a == f4; e.m <= f4 + 4 }
na contains 5 if f6 < input.founded_m
reported(g) if { some e in known("report"); e.a == g; e.m <= g + 6 }
ok contains 5 if { reported(f6); f6 - 12 < input.founded_m }
ok contains 5 if { reported(f6); reported(f6 - 12) }
l6 := 5 if input.public
else := 3
f6b := fy(l6)
na contains 6 if f6b < input.founded_m
ok contains 6 if { some e in known("filing"); e.a == f6b; e.m <= f6b + l6 }
due7 := [x.d | some x in meet; x.d > t.a - 365; x.d <= t.a - 30]
na contains 7 if count(due7) == 0
minuted(x) if { some y in minutes; y.a == x; y.d <= x + 30 }
ok contains 7 if { every x in due7 { minuted(x) } }
lo8 := 3 if { input.kind == "assoc"; input.staff < 5 }
else := 7
ok contains 8 if { eff >= lo8; eff <= 13 }
na contains 9 if input.board < 5
ok contains 9 if 10 * input.women >= 3 * input.board
na contains 10 if input.budget <= 1000000
ok contains 10 if 2 * input.indep > input.board
ok contains 11 if { some e in policy; e.a == 0; t.a - e.d <= 730 }
na contains 12 if input.staff <= 20
ok contains 12 if { some e in policy; e.a == 1; t.a - e.d <= 1095 }
na contains 13 if not input.kind in {"ngo", "foundation"}
na contains 13 if input.staff < 3
ok contains 13 if { some e in policy; e.a == 3; t.a - e.d <= 365 }
na contains 15 if input.kind == "foundation"
na contains 15 if f0 - 11 < input.founded_m
ga_in(f) if { some e in ga; e.m >= f - 11; e.m <= f }
ok contains 15 if { ga_in(f0); f0 - 23 < input.founded_m }
ok contains 15 if { ga_in(f0); ga_in(f0 - 12) }
na contains 16 if f0 + 1 <= input.founded_m
ok contains 16 if { some e in known("budget"); e.a == f0 + 12; e.m <= f0 }
dons := [e | some e in known("don"); e.d > t.a - 365]
due17 := [e | some e in dons; e.b == 1; e.a > 10000; e.d <= t.a - 30]
na contains 17 if count(due17) == 0
decls := known("decl")
declared(x) if { some y in decls; y.a == x.id; y.d <= x.d + 30 }
ok contains 17 if { every x in due17 { declared(x) } }
days19 := sort([e.d | some e in meet; e.d > t.a - 1095])
na contains 19 if count(days19) == 0
ok contains 19 if {
	n := count(days19)
	n > 0
	t.a - days19[n - 1] <= 120
	every i in numbers.range(1, n - 1) { gap_ok(i) }
}
gap_ok(i) if i == 0
gap_ok(i) if i >= count(days19)
gap_ok(i) if { i >= 1; days19[i] - days19[i - 1] <= 120 }
ok contains 20 if input.kind == "coop"
ok contains 20 if { pass8; pass11 }
pass8 if { eff >= lo8; eff <= 13 }
pass11 if { some e in policy; e.a == 0; t.a - e.d <= 730 }
audits := known("audit")
ds21 := sort([e.d | some e in audits])
na contains 21 if count(ds21) < 2
ok contains 21 if {
	n := count(ds21)
	n >= 2
	some x in audits
	x.d == ds21[n - 1]
	x.b == 0
	some y in audits
	y.d == ds21[n - 2]
	y.b != 2
}
na contains 22 if input.staff < 10
years := {floor(e.m / 12) | some e in known("eval")}
ok contains 22 if { t.ay - 1 in years; t.ay - 2 in years }
ok contains 23 if 10 * count({e.a | some e in known("coi"); e.d > t.a - 365}) >= 8 * eff
lim := 120 if input.ombudsman
else := 60
comps := [e | some e in known("complaint"); e.a >= 3; e.d > t.a - 1095]
na contains 24 if count(comps) == 0
handled(c) if t.a <= c.d + lim
handled(c) if { c.b > 0; c.b <= t.a; c.b <= c.d + lim }
ok contains 24 if { every c in comps { handled(c) } }

asked := [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 20, 21, 22, 23, 24]
one(i) := 0 if i in na
else := 1 if i in ok
else := 2
result := [v | some i in asked; v := one(i)]
