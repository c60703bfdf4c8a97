//! GOV-25 by hand: the definition of each rule as plain Rust over an organization's events.
//!
//! It reads like the definition, line by line, and shares nothing with the rule engine.

use super::workload::{A, AM, AQ, AY, Event, Kind, Org, RULES, kind};

pub const NA: u8 = 0;
pub const PASS: u8 = 1;
pub const FAIL: u8 = 2;

/// The verdicts of one organization, R01 first.
pub fn verdicts(org: &Org) -> [u8; RULES] {
    let mut v = [NA; RULES];
    frequencies(org, &mut v);
    deadlines(org, &mut v);
    ratios(org, &mut v);
    recencies(org, &mut v);
    joins(org, &mut v);
    v[13] = assembly(org);
    v[17] = largest_donor(org);
    v[18] = gaps(org);
    v[20] = last_audits(org);
    v[19] = said(true, (v[7] == PASS && v[10] == PASS) || org.kind == Kind::Coop);
    v[24] = composite(&v);
    v
}

/// The known events of a kind, by day.
fn ev(org: &Org, k: u8) -> impl Iterator<Item = &Event> + Clone {
    let from = org.events.partition_point(|event| event.k < k);
    let of_kind = org.events[from..].iter().take_while(move |event| event.k == k);
    of_kind.take_while(|event| event.d <= A)
}

fn eff(org: &Org) -> i32 {
    ev(org, kind::BOARD).last().map_or(org.board, |event| event.a)
}

/// The last fiscal year whose deadline of so many months has passed.
fn fy(org: &Org, months: i32) -> i32 {
    let last = AM - 1 - months;
    last - (last - org.fe).rem_euclid(12)
}

fn said(applies: bool, passes: bool) -> u8 {
    match (applies, passes) {
        (false, _) => NA,
        (true, true) => PASS,
        (true, false) => FAIL,
    }
}

fn frequencies(org: &Org, v: &mut [u8; RULES]) {
    let eff = eff(org);
    let met = |i: i32| ev(org, kind::MEET).any(|e| e.m / 3 == AQ - i);
    v[0] = said(org.founded_d <= A - 365, (1..=4).all(met));
    let quorate =
        |i: &i32| ev(org, kind::MEET).any(|e| e.m / 3 == AQ - i && 2 * e.a >= eff);
    v[1] = said(org.founded_d <= A - 730, (1..=8).filter(quorate).count() >= 6);
    let published = |i: &i32| ev(org, kind::PUB).any(|e| e.m == AM - i);
    v[2] = said(org.public, (1..=12).filter(published).count() >= 10);
    let f = fy(org, 0);
    let assembled = |g: i32| ev(org, kind::GA).any(|e| g - 11 <= e.m && e.m <= g);
    let both = [f, f - 12].into_iter().all(|g| g - 11 < org.founded_m || assembled(g));
    v[14] = said(org.kind != Kind::Foundation && f - 11 >= org.founded_m, both);
    let evaluated = |y: i32| ev(org, kind::EVAL).any(|e| e.m / 12 == y);
    v[21] = said(org.staff >= 10, evaluated(AY - 1) && evaluated(AY - 2));
}

fn deadlines(org: &Org, v: &mut [u8; RULES]) {
    let by =
        |k: u8, f: i32, months: i32| ev(org, k).any(|e| e.a == f && e.m <= f + months);
    let f = fy(org, 4);
    let asked = org.budget > 100_000 && !org.exempt && f >= org.founded_m;
    v[3] = said(asked, by(kind::AUDIT, f, 4));
    let f = fy(org, 6);
    let both =
        [f, f - 12].into_iter().all(|g| g < org.founded_m || by(kind::REPORT, g, 6));
    v[4] = said(f >= org.founded_m, both);
    let months = if org.public { 5 } else { 3 };
    let f = fy(org, months);
    v[5] = said(f >= org.founded_m, by(kind::FILING, f, months));
    let c = fy(org, 0) + 12;
    v[15] = said(c - 11 > org.founded_m, by(kind::BUDGET, c, -12));
}

fn ratios(org: &Org, v: &mut [u8; RULES]) {
    let eff = eff(org);
    let low = if org.kind == Kind::Assoc && org.staff < 5 { 3 } else { 7 };
    v[7] = said(true, low <= eff && eff <= 13);
    v[8] = said(org.board >= 5, 10 * org.women >= 3 * org.board);
    v[9] = said(org.budget > 1_000_000, 2 * org.indep > org.board);
    let mut members: Vec<i32> =
        ev(org, kind::COI).filter(|e| e.d > A - 365).map(|e| e.a).collect();
    members.sort_unstable();
    members.dedup();
    v[22] = said(true, 10 * members.len() as i32 >= 8 * eff);
}

fn recencies(org: &Org, v: &mut [u8; RULES]) {
    let within = |policy: i32, days: i32| {
        ev(org, kind::POLICY).any(|e| e.a == policy && A - e.d <= days)
    };
    v[10] = said(true, within(0, 730));
    v[11] = said(org.staff > 20, within(1, 1095));
    let asked = matches!(org.kind, Kind::Ngo | Kind::Foundation) && org.staff >= 3;
    v[12] = said(asked, within(3, 365));
}

fn joins(org: &Org, v: &mut [u8; RULES]) {
    let due = |e: &&Event| e.d > A - 365 && e.d <= A - 30;
    let minuted =
        |x: &Event| ev(org, kind::MINUTES).any(|y| y.a == x.d && y.d <= x.d + 30);
    let mut meetings = ev(org, kind::MEET).filter(due).peekable();
    v[6] = said(meetings.peek().is_some(), meetings.all(minuted));
    let large = |e: &&Event| e.b == 1 && e.a > 10_000;
    let declared =
        |x: &Event| ev(org, kind::DECL).any(|y| y.a == x.id && y.d <= x.d + 30);
    let mut donations = ev(org, kind::DON).filter(large).filter(due).peekable();
    v[16] = said(donations.peek().is_some(), donations.all(declared));
    let limit = if org.ombudsman { 120 } else { 60 };
    let handled =
        |c: &Event| A <= c.d + limit || (c.b > 0 && c.b <= A && c.b <= c.d + limit);
    let severe = |e: &&Event| e.a >= 3 && e.d > A - 1095;
    let mut complaints = ev(org, kind::COMPLAINT).filter(severe).peekable();
    v[23] = said(complaints.peek().is_some(), complaints.all(handled));
}

fn assembly(org: &Org) -> u8 {
    let Some(g) = ev(org, kind::GA).last() else {
        return said(org.kind != Kind::Foundation, false);
    };
    let failed_before =
        ev(org, kind::GA).any(|h| g.d - h.d > 0 && g.d - h.d <= 30 && 2 * h.a < h.b);
    let quorate = 2 * g.a >= g.b || (4 * g.a >= g.b && failed_before);
    said(org.kind != Kind::Foundation, A - g.d <= 456 && quorate)
}

fn largest_donor(org: &Org) -> u8 {
    let amounts = ev(org, kind::DON).filter(|e| e.d > A - 365).map(|e| i64::from(e.a));
    let largest = amounts.clone().max();
    said(largest.is_some(), 100 * largest.unwrap_or(0) <= 60 * amounts.sum::<i64>())
}

fn gaps(org: &Org) -> u8 {
    let days: Vec<i32> =
        ev(org, kind::MEET).map(|e| e.d).filter(|d| *d > A - 1095).collect();
    let near = days.windows(2).all(|pair| pair[1] - pair[0] <= 120);
    said(!days.is_empty(), near && days.last().is_some_and(|last| A - last <= 120))
}

fn last_audits(org: &Org) -> u8 {
    let opinions: Vec<i32> = ev(org, kind::AUDIT).map(|e| e.b).collect();
    let [.., before, latest] = opinions.as_slice() else { return NA };
    said(true, *latest == 0 && *before != 2)
}

fn composite(v: &[u8; RULES]) -> u8 {
    let count = |verdict: u8| v[..24].iter().filter(|it| **it == verdict).count();
    let (p, f) = (count(PASS), count(FAIL));
    said(true, 100 * p >= 70 * (p + f) && v[3] != FAIL && v[10] != FAIL)
}
