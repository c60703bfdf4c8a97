//! Duties of each meeting of a body: every one quorate, at the first or the second call.

use super::collection::{latest_before, of_a_day};
use super::view::{Bounds, Duty, View};
use crate::calendar::Day;
use crate::norm::{Act, Norm, Occurrence, Share, TermId};
use crate::timeline::{Aspect, Entry, Subject};
use crate::verdict::{Slot, Truth, Unknown};

/// One slot for each meeting of the body. Without a share the bylaws' quorum is asked for.
pub(super) fn quorum(
    duty: &Duty<'_>,
    view: &View<'_>,
    (body, share): (TermId, Option<Share>),
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
        let truth = match share {
            Some(share) => attended(view, body, share, entry),
            None => quorate(view, body, entry),
        };
        match &mut meeting {
            Some((slot, number))
                if slot.from == entry.day
                    && (*number == 0 || *number == entry.number) =>
            {
                slot.truth = together(slot.truth, truth);
                *number = entry.number;
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

/// Exact: `present / of` against the share, without rounding. Members in office are those
/// of the register on that day; where it lists none, those that the minutes state, else
/// the size of the body. Where register and minutes differ and it matters, neither counts.
pub(super) fn attended(
    view: &View<'_>,
    body: TermId,
    share: Share,
    entry: &Entry,
) -> Truth {
    let Some(present) = entry.count else { return Truth::Unknown(Unknown::NotStated) };
    let enough = |members: u16| {
        let have = u32::from(present) * u32::from(share.denominator);
        let need = u32::from(members) * u32::from(share.numerator);
        if share.exclusive { have > need } else { have >= need }
    };
    let stated = entry.of.or_else(|| view.members(body, entry.day));
    let listed = view.profile.register.holders(body, entry.day);
    let listed = listed.and_then(|people| u16::try_from(people.len()).ok());
    match (listed.map(enough), stated.map(enough)) {
        (Some(one), Some(other)) if one != other => {
            Truth::Unknown(Unknown::Contradictory)
        }
        (Some(kept), _) | (None, Some(kept)) => of_day(kept, entry.day),
        (None, None) => Truth::Unknown(Unknown::NotStated),
    }
}

pub(super) fn of_day(kept: bool, day: Day) -> Truth {
    if kept { Truth::True(day) } else { Truth::False }
}

/// By the share that the bylaws ask for where it is on file and those present were counted;
/// else by what the minutes say of their quorum. Where both speak they have to agree.
pub(super) fn quorate(view: &View<'_>, body: TermId, entry: &Entry) -> Truth {
    let share = view.profile.register.quorum(body, entry.day);
    let counted = share.map(|share| attended(view, body, share, entry));
    let same = |other: u32| other == 0 || entry.number == 0 || other == entry.number;
    let said = view
        .timeline
        .of(Subject::new(body, Aspect::Quorate))
        .iter()
        .filter(|other| other.day == entry.day && same(other.number))
        .filter(|other| other.is_known(view.as_of))
        .map(|other| of_day(other.count == Some(1), entry.day));
    let unknown = Truth::Unknown(Unknown::NotStated);
    said.fold(counted.unwrap_or(unknown), together)
}

/// What papers tell of the meeting of a body that an entry is of: the meeting itself, or
/// the one on the day on which the body did something.
pub(super) fn meetings_with<'o>(
    view: &View<'o>,
    body: TermId,
    entry: &Entry,
) -> impl Iterator<Item = &'o Entry> + use<'o> {
    let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let itself = entry.subject == Subject::new(body, Aspect::Done(Act::Meet));
    let (day, number) = (entry.day, if itself { entry.number } else { 0 });
    view.matter(meets)
        .after(day.previous())
        .known()
        .take_while(move |meeting| meeting.day == day)
        .filter(move |meeting| {
            number == 0 || meeting.number == 0 || meeting.number == number
        })
}

/// Two papers about one meeting: the one that knows outweighs the one that does not.
pub(super) fn together(one: Truth, other: Truth) -> Truth {
    match (one, other) {
        (Truth::Unknown(Unknown::NotStated), known) => known,
        (known, Truth::Unknown(Unknown::NotStated)) => known,
        (Truth::True(day), Truth::True(_)) => Truth::True(day),
        (Truth::False, Truth::False) => Truth::False,
        _ => Truth::Unknown(Unknown::Contradictory),
    }
}

/// A meeting with what each of the two shares makes of it.
struct Meeting {
    day: Day,
    number: u32,
    first: Truth,
    second: Truth,
    /// Some minutes say that it was the second call, and the first was not too long before.
    is_second: bool,
}

/// One slot for each meeting that was called, from its first call to the last day of the
/// second.
pub(super) fn two_calls(
    duty: &Duty<'_>,
    view: &View<'_>,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Norm::SecondCall { body, first, second, within } = duty.norm else { return };
    let reaches =
        |from: Day, day: Day| from < day && day <= from.plus(*within, duty.months);
    let meetings = meetings(view, *body, (*first, *second), (start, &reaches));
    let failed = |meeting: &Meeting| meeting.first == Truth::False;
    let mut answered = None;
    for (at, meeting) in meetings.iter().enumerate() {
        if !duty.binds(meeting.day) || answered == Some((meeting.day, meeting.number)) {
            continue;
        }
        if !failed(meeting) || meeting.is_second {
            let mut slot = of_a_day(duty, meeting.day);
            slot.truth = if meeting.is_second { meeting.second } else { meeting.first };
            sink(&slot);
            continue;
        }
        // Too few came: it was no meeting, and what counts is the second call.
        let again = meetings.get(at + 1).filter(|next| reaches(meeting.day, next.day));
        let due = meeting.day.plus(*within, duty.months);
        let day = meeting.day;
        let mut slot = duty.slot(Bounds { from: day, to: due, opens: day, due });
        let meets = Occurrence { noun: *body, act: Act::Meet, by: None, to: None };
        slot.truth =
            again.map_or_else(|| view.silence(meets, &slot), |again| again.second);
        answered = again.map(|again| (again.day, again.number));
        sink(&slot);
    }
}

/// The known meetings from the start on, each once however many papers tell of it.
fn meetings(
    view: &View<'_>,
    body: TermId,
    (first, second): (Share, Share),
    (start, reaches): (Day, &dyn Fn(Day, Day) -> bool),
) -> Vec<Meeting> {
    let meets = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let mut meetings: Vec<Meeting> = Vec::new();
    for entry in view.matter(meets).after(start.previous()).known() {
        let one = Meeting {
            day: entry.day,
            number: entry.number,
            first: attended(view, body, first, entry),
            second: attended(view, body, second, entry),
            is_second: entry.about.is_some_and(|before| reaches(before, entry.day)),
        };
        match meetings.last_mut() {
            Some(last)
                if last.day == one.day
                    && (last.number == 0 || last.number == one.number) =>
            {
                last.number = one.number;
                last.first = together(last.first, one.first);
                last.second = together(last.second, one.second);
                last.is_second |= one.is_second;
            }
            _ => meetings.push(one),
        }
    }
    meetings
}
