//! How many of several duties, or of the network's members, keep what they should: a truth
//! that holds from day to day.
//!
//! Each duty's own state is followed from its first day on; nothing here knows how a duty
//! is judged. Costs a verdict for each day on which one of them changes, where there is no
//! shorter way.

use super::chain::{Hold, chain};
use super::course::course;
use super::summary;
use super::view::{Duty, View};
use crate::calendar::Day;
use crate::norm::{Norm, Share};
use crate::timeline::AsOf;
use crate::verdict::{Slot, State};
use smallvec::SmallVec;

/// How a duty stands on a day, as far as counting it goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stand {
    Kept,
    /// Kept, and not on time.
    Late,
    Broken,
    Unknown,
    /// Nothing of it has been due yet.
    Ahead,
    /// It does not apply.
    Absent,
}

/// How one duty stands: each day from which it stands otherwise than before.
pub type History = SmallVec<[(Day, Stand); STEPS_AT_HAND]>;

/// Most duties turn less often in all their time: for them no memory has to be asked for.
const STEPS_AT_HAND: usize = 8;

/// How the members of a network stand with the duties that count them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fellows {
    /// The counting norm, and each member's history.
    pub of: Vec<(Norm, Vec<History>)>,
}

/// The last day that is looked ahead to: of the year after the one judged, so that it is the
/// same all year.
pub(super) fn foreseen_through(day: Day) -> Day {
    Day::from_ymd(day.year() + 2, 1, 1).map_or(day, Day::previous)
}

/// How a duty stands, from the first day of the organization's duties to as far ahead as
/// anything is foreseen: the end of the next year.
pub fn history(duty: &Duty<'_>, view: &View<'_>) -> History {
    let Some(day) = view.start().map(|start| start.max(Day::EARLIEST)) else {
        return History::new();
    };
    let last = foreseen_through(view.as_of.day);
    if let Some(course) = course(duty, view, last) {
        debug_assert_eq!(course, day_by_day(duty, view, (day, last)), "{:?}", duty.norm);
        return course;
    }
    day_by_day(duty, view, (day, last))
}

/// One of several duties, with nothing said around it but what holds for all of them.
fn part_of<'p>(duty: &Duty<'p>, norm: &'p Norm) -> Duty<'p> {
    Duty {
        norm,
        applies_to: None,
        exceptions: &[],
        gives_way_to: &[],
        answers: None,
        ..*duty
    }
}

/// The same by judging each day on which it may turn.
fn day_by_day(duty: &Duty<'_>, view: &View<'_>, (mut day, last): (Day, Day)) -> History {
    let mut history = History::new();
    for _ in 0..crate::limits::HISTORY_STEPS_MAX {
        let then = View { as_of: AsOf { day, ..view.as_of }, ..*view };
        let verdict = summary::verdict(duty, &then);
        let stand = Stand::of(verdict.state);
        if history.last().is_none_or(|(_, before)| *before != stand) {
            history.push((day, stand));
        }
        match verdict.judge_again {
            Some(next) if next <= last && next > day => day = next,
            _ => break,
        }
    }
    history
}

impl Stand {
    pub(super) fn of(state: State) -> Stand {
        match state {
            State::Met | State::MetInGrace | State::Explained => Stand::Kept,
            State::MetLate => Stand::Late,
            State::StillOwed | State::Closed => Stand::Broken,
            State::AwaitingEvidence | State::InsufficientEvidence | State::Error => {
                Stand::Unknown
            }
            State::NotApplicable | State::Waived => Stand::Absent,
            State::NotYetOpen | State::OnTrack | State::DueSoon | State::InGrace => {
                Stand::Ahead
            }
        }
    }
}

/// At least so many of several duties. What is not due yet is not broken.
pub(super) fn among(
    duty: &Duty<'_>,
    view: &View<'_>,
    (least, norms): (u16, &[Norm]),
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    // Of what begins later nothing is known.
    if duty.in_force.is_some_and(|from| foreseen_through(view.as_of.day) < from) {
        return;
    }
    // A waiver from the whole is no waiver from its parts: they tell what it hides.
    let bare = View { waivers: &[], ..*view };
    let of = |norm| history(&part_of(duty, norm), &bare);
    let parts: Vec<History> = norms.iter().map(of).collect();
    counted(duty, view, (&parts, start), sink, |count| count.holds(least));
}

/// At least this share of the members, of those from whom something was due.
pub(super) fn members(
    duty: &Duty<'_>,
    view: &View<'_>,
    start: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Norm::Members { part, on_time, .. } = duty.norm else { return };
    let of = &view.profile.fellows.of;
    let Some((_, parts)) = of.iter().find(|(norm, _)| norm == duty.norm) else { return };
    counted(duty, view, (parts, start), sink, |count| {
        let sure = count.kept + if *on_time { 0 } else { count.late };
        let all = count.kept + count.late + count.broken + count.unknown;
        let enough = |some: usize| reaches(some, all, *part);
        Hold::between(enough(sure), enough(sure + count.unknown))
    });
}

fn reaches(some: usize, all: usize, part: Share) -> bool {
    let have = some.saturating_mul(usize::from(part.denominator));
    let asked = all.saturating_mul(usize::from(part.numerator));
    if part.exclusive { have > asked } else { have >= asked }
}

/// How many stand how on a day.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    kept: usize,
    late: usize,
    broken: usize,
    unknown: usize,
    ahead: usize,
}

/// How a duty stands on a day; `None` before the first.
pub(super) fn stand_on(day: Day, part: &History) -> Option<Stand> {
    let before = part.partition_point(|(from, _)| *from <= day);
    let stand = before.checked_sub(1).and_then(|at| part.get(at));
    stand.map(|(_, stand)| *stand)
}

impl Count {
    pub(super) fn on(day: Day, parts: &[History]) -> Count {
        Count::of(parts.iter().map(|part| stand_on(day, part)))
    }

    pub(super) fn of(parts: impl Iterator<Item = Option<Stand>>) -> Count {
        let mut count = Count::default();
        for part in parts {
            match part {
                Some(Stand::Kept) => count.kept += 1,
                Some(Stand::Late) => count.late += 1,
                Some(Stand::Broken) => count.broken += 1,
                Some(Stand::Unknown) => count.unknown += 1,
                Some(Stand::Ahead) => count.ahead += 1,
                Some(Stand::Absent) | None => {}
            }
        }
        count
    }

    /// Whether so many keep it, or all whose duty applies, as far as that is known.
    pub(super) fn holds(self, least: u16) -> Hold {
        let possibly = Count { kept: self.kept + self.unknown, unknown: 0, ..self };
        Hold::between(self.has(least), possibly.has(least))
    }

    /// The same where what is unknown is not kept.
    fn has(self, least: u16) -> bool {
        let asked = usize::from(least).min(self.all());
        self.kept + self.late + self.ahead >= asked
    }

    /// Those whose duty applies.
    fn all(self) -> usize {
        self.kept + self.late + self.broken + self.unknown + self.ahead
    }
}

/// Slots from the first day on which something was due from anybody.
fn counted(
    duty: &Duty<'_>,
    view: &View<'_>,
    (parts, start): (&[History], Day),
    sink: &mut dyn FnMut(&Slot),
    holds: impl Fn(Count) -> Hold,
) {
    let start = start.max(duty.in_force.unwrap_or(start));
    let decided =
        |(_, stand): &&(Day, Stand)| !matches!(stand, Stand::Ahead | Stand::Absent);
    let first = parts.iter().filter_map(|part| part.iter().find(decided)).map(|it| it.0);
    let Some(first) = first.min() else { return };
    let mut days: Vec<Day> = parts.iter().flatten().map(|(day, _)| *day).collect();
    days.sort_unstable();
    chain(duty, view, (start.max(first), days), |day| holds(Count::on(day, parts)), sink);
}

impl Hold {
    /// By what is so at least and at most.
    fn between(surely: bool, possibly: bool) -> Hold {
        match (surely, possibly) {
            (true, _) => Hold::Kept,
            (false, true) => Hold::Unknown,
            (false, false) => Hold::Broken,
        }
    }
}
