//! Duties of each document of a kind: every report complete.

use std::collections::BTreeSet;

use super::view::{Bounds, Duty, View};
use crate::calendar::Day;
use crate::norm::{Act, Item, Occurrence, TermId};
use crate::timeline::Entry;
use crate::verdict::{Applies, Slot, Truth, Unknown};

/// The last day before the look-back on which it happened: where nothing did since, that
/// one speaks.
pub(super) fn latest_before(view: &View<'_>, what: Occurrence, since: Day) -> Day {
    view.known(what)
        .map(|entry| entry.day)
        .take_while(|day| *day < since)
        .last()
        .unwrap_or(since)
}

/// The papers of a kind that are judged.
pub(super) struct Judged<'o> {
    /// In the order of their days, each with the days on which it is asked of.
    pub(super) papers: Vec<(&'o Entry, Applies)>,
    /// The day of the first one of all.
    first: Option<Day>,
}

/// As far back as one may have to speak; of a paper that stands the one that was on file when
/// the membership, or the rule's force, began, until a later one is.
pub(super) fn judged<'o>(
    duty: &Duty<'_>,
    view: &View<'o>,
    document: TermId,
    (start, since): (Day, Day),
) -> Judged<'o> {
    let held = Occurrence { noun: document, act: Act::Prepare, by: None, to: None };
    // What stood when the rule came into force stands on it as any other day.
    let start = duty.in_force.map_or(start, |from| from.max(start));
    let is_asked = |entry: &&Entry| duty.until.is_none_or(|until| entry.day <= until);
    let all: Vec<&Entry> = view.known(held).filter(is_asked).collect();
    let stands = |entry: &&&Entry| {
        let older = entry.day < start && entry.about.is_none();
        older && !view.timeline.tells_of_a_meeting(entry.paper)
    };
    let older = all.iter().rfind(stands).copied();
    let first = all.iter().map(|entry| entry.day).find(|day| *day >= start);
    let days = all.iter().map(|entry| entry.day);
    let from = days.take_while(|day| *day < since).last().unwrap_or(start).max(start);
    let until = first.map_or(Applies::Yes, |day| Applies::Until(day.previous()));
    let later = all.iter().copied().filter(|entry| from <= entry.day);
    let papers = older.map(|entry| (entry, until)).into_iter();
    Judged {
        papers: papers.chain(later.map(|entry| (entry, Applies::Yes))).collect(),
        first: older.map(|entry| entry.day).or(first),
    }
}

/// Papers of the kind that nobody can read, as long as no other one is on file: what they say
/// is not known.
pub(super) fn unread(
    duty: &Duty<'_>,
    view: &View<'_>,
    (document, start): (TermId, Day),
    judged: &Judged<'_>,
    sink: &mut dyn FnMut(&Slot),
) {
    let start = duty.in_force.map_or(start, |from| from.max(start));
    let days = view.doubted(document).map(|day| day.max(start));
    let days = days.filter(|day| judged.first.is_none_or(|first| *day < first));
    let until = judged.first.map_or(Applies::Yes, |day| Applies::Until(day.previous()));
    for day in days.collect::<BTreeSet<Day>>() {
        let truth = Truth::Unknown(Unknown::Unreadable);
        sink(&Slot { truth, applies: until, ..of_a_day(duty, day) });
    }
}

/// One slot for each paper of the kind.
pub(super) fn contents(
    duty: &Duty<'_>,
    view: &View<'_>,
    (document, items): (TermId, &[Item]),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let judged = judged(duty, view, document, (start, since));
    unread(duty, view, (document, start), &judged, sink);
    for (entry, applies) in &judged.papers {
        let mut slot = of_a_day(duty, entry.day);
        (slot.truth, slot.applies) = (complete(view, items, entry), *applies);
        sink(&slot);
    }
}

fn complete(view: &View<'_>, items: &[Item], entry: &Entry) -> Truth {
    let paper =
        usize::try_from(entry.paper).ok().and_then(|at| view.timeline.papers.get(at));
    let Some(paper) = paper else { return Truth::Unknown(Unknown::Unreadable) };
    let all = items.iter().all(|item| item.is_in(&paper.contains));
    if all { Truth::True(entry.day) } else { Truth::False }
}

/// A slot that is due on the day of what it is about.
pub(super) fn of_a_day(duty: &Duty<'_>, day: Day) -> Slot {
    duty.slot(Bounds { from: day, to: day, opens: day, due: day })
}
