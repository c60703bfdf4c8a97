//! Duties of each document of a kind: every report complete.

use super::view::{Bounds, Duty, View};
use crate::calendar::Day;
use crate::norm::{Act, Item, Occurrence, TermId};
use crate::timeline::Entry;
use crate::verdict::{Slot, Truth, Unknown};

/// The last day before the look-back on which it happened: where nothing did since, that
/// one speaks.
pub(super) fn latest_before(view: &View<'_>, what: Occurrence, since: Day) -> Day {
    view.known(what)
        .map(|entry| entry.day)
        .take_while(|day| *day < since)
        .last()
        .unwrap_or(since)
}

/// The day from which papers of a kind are looked at: as far back as one may have to speak,
/// and of a paper that stands the one that was on file when the membership began.
pub(super) fn first_day(
    view: &View<'_>,
    held: Occurrence,
    (start, since): (Day, Day),
) -> Day {
    let first = latest_before(view, held, since);
    let day = view.as_of.day;
    let inside = |entry: &Entry| start <= entry.day && entry.day <= day;
    if first >= start && view.known(held).any(inside) {
        return first;
    }
    let stands = |entry: &&Entry| {
        let older = entry.day < start && entry.about.is_none();
        older && !view.timeline.tells_of_a_meeting(entry.paper)
    };
    let standing = view.known(held).filter(stands).map(|entry| entry.day).last();
    standing.unwrap_or(first.max(start))
}

/// A paper of the kind that nobody can read, where no other one is on file: what it says is
/// not known.
pub(super) fn unread(
    duty: &Duty<'_>,
    view: &View<'_>,
    (document, start): (TermId, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let today = view.as_of.day;
    let days = || view.doubted(document).map(|day| day.max(start));
    let now = days().filter(|day| *day <= today).max();
    // One that lies ahead says when the state will change.
    let ahead = days().filter(|day| *day > today).min();
    for day in now.into_iter().chain(ahead) {
        let truth = Truth::Unknown(Unknown::Unreadable);
        sink(&Slot { truth, ..of_a_day(duty, day) });
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
    let held = Occurrence { noun: document, act: Act::Prepare, by: None, to: None };
    let since = first_day(view, held, (start, since));
    let mut any = false;
    for entry in view.matter(held).after(since.previous()).known() {
        if !duty.binds(entry.day) {
            continue;
        }
        let mut slot = of_a_day(duty, entry.day);
        slot.truth = complete(view, items, entry);
        any |= entry.day <= view.as_of.day;
        sink(&slot);
    }
    if !any {
        unread(duty, view, (document, start), sink);
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
