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

/// One slot for each paper of the kind.
pub(super) fn contents(
    duty: &Duty<'_>,
    view: &View<'_>,
    (document, items): (TermId, &[Item]),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let held = Occurrence { noun: document, act: Act::Prepare, by: None, to: None };
    let since = latest_before(view, held, since).max(start);
    for entry in view.matter(held).after(since.previous()).known() {
        if !duty.binds(entry.day) {
            continue;
        }
        let mut slot = of_a_day(duty, entry.day);
        slot.truth = complete(view, items, entry);
        sink(&slot);
    }
}

fn complete(view: &View<'_>, items: &[Item], entry: &Entry) -> Truth {
    let paper =
        usize::try_from(entry.paper).ok().and_then(|at| view.timeline.papers.get(at));
    let Some(paper) = paper else { return Truth::Unknown(Unknown::Unreadable) };
    let all = items.iter().all(|item| paper.contains.contains(&item.key()));
    if all { Truth::True(entry.day) } else { Truth::False }
}

/// A slot that is due on the day of what it is about.
pub(super) fn of_a_day(duty: &Duty<'_>, day: Day) -> Slot {
    duty.slot(Bounds { from: day, to: day, opens: day, due: day })
}
