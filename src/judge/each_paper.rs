//! What is done to each paper of a kind in each period: every contract evaluated each year.

use std::collections::BTreeSet;

use super::view::{Bounds, Duty, View};
use crate::calendar::{Cycle, Day, Period};
use crate::norm::{Act, Occurrence};
use crate::timeline::Entry;
use crate::verdict::{Slot, Truth};

/// One slot for each period with a paper in force on its last day; the others have none.
pub(super) fn each_paper(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, least, cycle): (Occurrence, u16, Cycle),
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let cycle = match cycle {
        Cycle::Quarter if duty.fiscal_quarters => Cycle::FiscalQuarter,
        other => other,
    };
    let years = &view.profile.fiscal_years;
    // Before the first paper and after the last one nothing is asked; between them the last
    // period that had one speaks, however long ago.
    let known = |act| view.known(Occurrence { act, by: None, to: None, ..what });
    let papers = || known(Act::Prepare).chain(known(Act::Sign));
    let Some(first) = papers().map(|entry| entry.day).min() else { return };
    let last = papers().map(|entry| entry.until.unwrap_or(Day::LATEST)).max();
    let mut period = years.period_holding(start.max(first), cycle);
    if period.from < start {
        period = years.period_after(period, cycle);
    }
    // What was done in grace for one period does not serve the next one too.
    let mut used: BTreeSet<(u32, Day)> = BTreeSet::new();
    loop {
        let papers = in_force(view, what, period.to);
        let asked = duty.binds(period.to) && !duty.is_paused_throughout(period);
        let shown = asked && !papers.is_empty();
        if shown {
            sink(&slot(duty, view, (what, least), (period, &papers), &mut used));
        }
        let over = !asked && !duty.asks_only_later(period);
        let ahead = view.as_of.day < period.from;
        if ahead && (over || shown) || last < Some(period.to) {
            return;
        }
        period = years.period_after(period, cycle);
    }
}

fn slot(
    duty: &Duty<'_>,
    view: &View<'_>,
    (what, least): (Occurrence, u16),
    (period, papers): (Period, &BTreeSet<u32>),
    used: &mut BTreeSet<(u32, Day)>,
) -> Slot {
    let bounds =
        Bounds { from: period.from, to: period.to, opens: period.from, due: period.to };
    let mut slot = duty.slot_from(bounds);
    let done: Vec<&Entry> = view
        .known(what)
        .filter(|entry| period.from <= entry.day && entry.day <= slot.grace_end)
        .filter(|entry| !view.timeline.is_contradicted(entry, view.as_of))
        .filter(|entry| !used.contains(&(entry.number, entry.day)))
        .collect();
    let (kept, deeds) = kept(papers, usize::from(least), &done);
    let last = deeds.iter().map(|(_, day)| *day).max();
    used.extend(deeds);
    let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    slot.part = Some((count(kept), count(papers.len())));
    slot.truth = match last {
        Some(day) if kept == papers.len() => Truth::True(day),
        _ => view.silence(what, &slot),
    };
    slot
}

/// How many papers had it done often enough, and by which deeds, each with its number. A
/// deed with a number is its paper's; one without goes to a paper that still wants it.
fn kept(
    papers: &BTreeSet<u32>,
    least: usize,
    done: &[&Entry],
) -> (usize, Vec<(u32, Day)>) {
    let mut spare: Vec<Day> =
        done.iter().filter(|entry| entry.number == 0).map(|entry| entry.day).collect();
    spare.dedup();
    let mut spare = spare.into_iter();
    let (mut kept, mut deeds) = (0, Vec::new());
    for paper in papers {
        let own = done.iter().filter(|entry| entry.number == *paper && *paper != 0);
        let mut days: Vec<(u32, Day)> =
            own.map(|entry| (entry.number, entry.day)).collect();
        // Two papers about one deed are one.
        days.dedup();
        days.truncate(least);
        while days.len() < least {
            let Some(day) = spare.next() else { break };
            days.push((0, day));
        }
        if days.len() == least {
            kept += 1;
            deeds.extend(days);
        }
    }
    (kept, deeds)
}

/// The papers in force on a day, by their numbers; one without a number by its place.
fn in_force(view: &View<'_>, what: Occurrence, day: Day) -> BTreeSet<u32> {
    /// Numbers that papers state stay below.
    const WITHOUT_A_NUMBER: u32 = 1 << 31;
    let known = |act| view.known(Occurrence { act, by: None, to: None, ..what });
    let of_a_time =
        |entry: &&Entry| entry.day <= day && entry.until.is_none_or(|until| day <= until);
    let name = |entry: &Entry| match entry.count.map_or(entry.number, u32::from) {
        0 => WITHOUT_A_NUMBER | entry.paper,
        number => number,
    };
    let papers = known(Act::Prepare).chain(known(Act::Sign));
    papers.filter(of_a_time).map(name).collect()
}
