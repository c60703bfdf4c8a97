//! Duties of each of a collection: every meeting quorate, every report complete.

use super::view::{Bounds, Duty, View};
use crate::calendar::Day;
use crate::norm::{Act, Item, Occurrence, Share, TermId};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Slot, Truth, Unknown};

/// One slot for each meeting of the body.
pub(super) fn quorum(
    duty: &Duty<'_>,
    view: &View<'_>,
    (body, share): (TermId, Share),
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let since = latest_before(view, meets, since).max(start);
    let mut meeting: Option<(Slot, u32)> = None;
    for entry in view.matter(meets).after(since.previous()).known() {
        if !duty.binds(entry.day) {
            continue;
        }
        let truth = attended(view, body, share, entry);
        match &mut meeting {
            Some((slot, number))
                if slot.from == entry.day
                    && (*number == 0 || *number == entry.number) =>
            {
                slot.truth = together(slot.truth, truth);
            }
            _ => {
                if let Some((slot, _)) = meeting.take() {
                    sink(&slot);
                }
                let mut slot = of_a_day(duty, entry.day);
                slot.truth = truth;
                meeting = Some((slot, entry.number));
            }
        }
    }
    if let Some((slot, _)) = meeting {
        sink(&slot);
    }
}

/// The last day before the look-back on which it happened: where nothing did since, that
/// one speaks.
fn latest_before(view: &View<'_>, what: Occurrence, since: Day) -> Day {
    view.known(what)
        .map(|entry| entry.day)
        .take_while(|day| *day < since)
        .last()
        .unwrap_or(since)
}

/// Exact: `present / of` against the share, without rounding. Where the minutes do not
/// say how many members are in office, the size of the body on that day does.
fn attended(view: &View<'_>, body: TermId, share: Share, entry: &Entry) -> Truth {
    let members = entry.of.or_else(|| size_on(view, body, entry.day));
    let (Some(present), Some(members)) = (entry.count, members) else {
        return Truth::Unknown(Unknown::NotStated);
    };
    let have = u32::from(present) * u32::from(share.denominator);
    let need = u32::from(members) * u32::from(share.numerator);
    let kept = if share.exclusive { have > need } else { have >= need };
    if kept { Truth::True(entry.day) } else { Truth::False }
}

fn size_on(view: &View<'_>, body: TermId, day: Day) -> Option<u16> {
    view.timeline
        .of(Subject::new(body, Aspect::Size))
        .iter()
        .rfind(|entry| entry.day <= day && entry.is_known(view.as_of))
        .and_then(|entry| entry.count)
}

/// Two papers about one meeting: the one that knows outweighs the one that does not.
fn together(one: Truth, other: Truth) -> Truth {
    match (one, other) {
        (Truth::Unknown(Unknown::NotStated), known) => known,
        (known, Truth::Unknown(Unknown::NotStated)) => known,
        (Truth::True(day), Truth::True(_)) => Truth::True(day),
        (Truth::False, Truth::False) => Truth::False,
        _ => Truth::Unknown(Unknown::Contradictory),
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
fn of_a_day(duty: &Duty<'_>, day: Day) -> Slot {
    duty.slot(Bounds { from: day, to: day, opens: day, due: day })
}
