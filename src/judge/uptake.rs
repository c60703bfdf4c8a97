//! What share of a body's members have given a paper of their own of late.
//!
//! A truth that can change only when somebody gives one, when one is too old, or when the
//! body changes.

use std::collections::BTreeSet;

use super::chain::{Hold, chain};
use super::view::{Bounds, Duty, View};
use crate::calendar::{Day, MonthCounting, Span};
use crate::norm::{Norm, Occurrence, Share, TermId};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Slot, Truth};

/// A paper that somebody gave: whose, where it says, and for which days it counts.
#[derive(Clone, Copy)]
struct Given {
    by: Option<u16>,
    from: Day,
    to: Day,
}

/// A slot for each stretch of days: kept, or not.
pub(super) fn uptake(
    duty: &Duty<'_>,
    view: &View<'_>,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Norm::Uptake { body, part, document, act, within } = duty.norm else { return };
    let what = Occurrence { noun: *document, act: *act, by: None, to: None };
    let start = start.max(duty.in_force.unwrap_or(start));
    let given: Vec<Given> =
        view.known(what).map(|entry| given(view, entry, *within)).collect();
    // A paper that nobody can read may be anybody's.
    let unread: Vec<Given> = view
        .doubted(*document)
        .map(|from| Given { by: None, from, to: last_day(from, *within) })
        .collect();
    let turns = given.iter().chain(&unread).flat_map(|one| [one.from, one.to.next()]);
    let mut days: Vec<Day> = turns.chain(changes(view, *body)).collect();
    days.sort_unstable();
    let people = People::of(&given);
    let holds = &|day: Day| {
        let Some(of) = view.members(*body, day) else { return Hold::Unknown };
        let (sure, maybe) = people.counted(view, (*body, day), &given, &unread);
        match (reaches(sure, of, *part), reaches(sure + maybe, of, *part)) {
            (true, _) => Hold::Kept,
            (false, true) => Hold::Unknown,
            (false, false) => Hold::Missing,
        }
    };
    chain(duty, view, (start, days), holds, &mut |slot| {
        let (mut slot, truth) = (*slot, slot.truth);
        if holds(slot.from) == Hold::Missing {
            slot = slot_of_missing(duty, slot.from, start);
            slot.truth = match truth {
                Truth::NoEvidence => view.silence(what, &slot),
                truth => truth,
            };
        }
        sink(&slot);
    });
}

/// It was kept to the end of the day before; the first day of all is given.
fn slot_of_missing(duty: &Duty<'_>, day: Day, start: Day) -> Slot {
    let due = day.previous().max(start);
    duty.slot_of_state(Bounds { from: day, to: day, opens: day, due })
}

fn given(view: &View<'_>, entry: &Entry, within: Span) -> Given {
    let sure = view
        .person(entry.who)
        .filter(|_| !view.timeline.is_contradicted(entry, view.as_of));
    Given { by: sure, from: entry.day, to: last_day(entry.day, within) }
}

/// The last day on which what was given on a day lies within the span.
#[inline]
pub(super) fn last_day(from: Day, within: Span) -> Day {
    match within {
        // Of days there are always as many.
        Span::Days(days) => from.plus_days(i32::from(days) - 1),
        _ => last_day_of_months(from, within),
    }
}

fn last_day_of_months(from: Day, within: Span) -> Day {
    let mut day = from.plus(within, MonthCounting::ByDate);
    while day.minus(within, MonthCounting::ByDate) >= from {
        day = day.previous();
    }
    day
}

/// People who have a bit each; of a larger body they are counted one by one.
const PLACES: usize = 128;

/// The people who gave, each once: a day's are then told by the places of a few bits.
struct People(Vec<u16>);

impl People {
    fn of(given: &[Given]) -> People {
        let mut people: Vec<u16> = given.iter().filter_map(|one| one.by).collect();
        people.sort_unstable();
        people.dedup();
        People(people)
    }

    /// How many members have surely given one on a day, and how many more may have.
    fn counted(
        &self,
        view: &View<'_>,
        (body, day): (TermId, Day),
        given: &[Given],
        unread: &[Given],
    ) -> (usize, usize) {
        let listed = view.profile.register.holders(body, day);
        let counts = |one: &&Given| one.from <= day && day <= one.to;
        let member = |person: &u16| listed.as_ref().is_none_or(|of| of.contains(person));
        let sure = given.iter().filter(counts).filter_map(|one| one.by).filter(member);
        let nobody = given.iter().filter(counts).filter(|one| one.by.is_none()).count();
        (self.different(sure), nobody + unread.iter().filter(counts).count())
    }

    /// How many different ones there are among some of these people.
    fn different(&self, some: impl Iterator<Item = u16>) -> usize {
        if self.0.len() > PLACES {
            return some.collect::<BTreeSet<u16>>().len();
        }
        let place = |person| self.0.binary_search(&person).unwrap_or_default();
        let bits = some.fold(0u128, |bits, person| bits | 1 << place(person));
        usize::try_from(bits.count_ones()).unwrap_or_default()
    }
}

pub(super) fn reaches(have: usize, of: u16, part: Share) -> bool {
    let have = have.saturating_mul(usize::from(part.denominator));
    let asked = usize::from(of) * usize::from(part.numerator);
    if part.exclusive { have > asked } else { have >= asked }
}

/// The fewest that reach it.
pub(super) fn needed(of: u16, part: Share) -> usize {
    let asked = usize::from(of) * usize::from(part.numerator);
    let each = usize::from(part.denominator).max(1);
    if part.exclusive { asked / each + 1 } else { asked.div_ceil(each) }
}

/// The days on which the body may be another one.
fn changes(view: &View<'_>, body: TermId) -> impl Iterator<Item = Day> {
    let register = &view.profile.register;
    let mine = register.seats.iter().filter(move |seat| seat.of.contains(&body));
    let whole = register.whole.iter().filter(move |(of, _)| *of == body);
    let during = mine.map(|seat| seat.during).chain(whole.map(|(_, during)| *during));
    let stated = [Aspect::Size, Aspect::Seat].into_iter().flat_map(move |aspect| {
        let entries = view.timeline.of(Subject::new(body, aspect));
        let known = entries.iter().filter(move |entry| entry.is_known(view.as_of));
        known.map(|entry| entry.day)
    });
    during.flat_map(|during| [during.from, during.to.next()]).chain(stated)
}
