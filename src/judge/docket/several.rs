//! At least so many of several duties, from the course of each.
//!
//! What is kept and what is broken on the day judged has a short way, whatever was not known
//! before; what is not known on it has one where nothing else is open.

use super::Ordinary;
use super::sketch::{Sketch, Stand};
use crate::calendar::{Day, Span};
use crate::judge::among::{Count, Stand as Part, foreseen_through};
use crate::judge::chain::Hold;
use crate::judge::course::{Courses, OnADay};
use crate::judge::view::Duty;
use crate::norm::Norm;
use smallvec::{SmallVec, smallvec};

/// Most combinations are of no more duties.
const PARTS_AT_HAND: usize = 4;

/// And most of these turn no more often, all together.
const TURNS_AT_HAND: usize = 16;

/// On a day one of the duties, by its place, comes to stand otherwise.
type Turns = SmallVec<[(Day, usize, Part); TURNS_AT_HAND]>;

/// How they stand together; `None` where the longer way has to be gone. Where something else
/// is enough all that lies ahead is told, and not the first turn alone: then it has to be
/// gone wherever something is not known.
pub(super) fn stand(
    duty: &Duty<'_>,
    of: &Ordinary<'_>,
    (least, norms): (u16, &[Norm]),
    (start, is_excused): (Day, bool),
) -> Option<Stand> {
    // Where something else is enough, what is awaited and what is broken after it are told.
    let is_told = is_excused && duty.lag != Span::Days(0);
    if norms.len() <= usize::from(least)
        && !is_told
        && let Some(stand) = all_stand(duty, of, norms, start)
    {
        return Some(stand);
    }
    let today = of.view.as_of.day;
    let turns = turns(duty, of, norms)?;
    if is_excused && turns.iter().any(|(.., part)| *part == Part::Unknown) {
        return None;
    }
    let decided = |part: Part| !matches!(part, Part::Ahead | Part::Absent);
    let first = turns.iter().find(|(.., part)| decided(*part)).map(|(day, ..)| *day);
    let start = start.max(first.filter(|first| *first <= today)?);
    if today < start {
        return None;
    }
    let mut parts: SmallVec<[Option<Part>; PARTS_AT_HAND]> = smallvec![None; norms.len()];
    let (mut own, mut since, mut ahead) = (None::<Hold>, start, None);
    // What was broken and what was not known are both open, each from its day on.
    let mut is_mixed = false;
    let mut turns = turns.iter().peekable();
    while let Some((day, place, part)) = turns.next() {
        if let Some(stands) = parts.get_mut(*place) {
            *stands = Some(*part);
        }
        // Of several turns on a day, or before the first one, the last tells how it is.
        let next = turns.peek().map(|(next, ..)| *next);
        if next.is_some_and(|next| next <= start.max(*day)) {
            continue;
        }
        let hold = Count::of(parts.iter().copied()).holds(least);
        if own == Some(hold) {
            continue;
        }
        if let Some(before) = own {
            if today < *day {
                // What is enough hides that it is kept, and not what is broken after that.
                if is_excused && hold == Hold::Kept && turns.peek().is_some() {
                    return None;
                }
                ahead = Some((*day, hold));
                break;
            }
            since = *day;
            is_mixed = hold != Hold::Kept && (is_mixed || before != Hold::Kept);
        }
        own = Some(hold);
    }
    told(own?, since, ahead, (start < since, is_mixed))
}

/// What is said of how it stands since a day, and of the next turn, which lies ahead.
fn told(
    own: Hold,
    since: Day,
    ahead: Option<(Day, Hold)>,
    (was_otherwise, is_mixed): (bool, bool),
) -> Option<Stand> {
    let begun = |hold, day| match hold {
        Hold::Unknown => Sketch::unstated(day),
        _ => Sketch::broken(day),
    };
    let next = ahead.map(|(day, hold)| begun(hold, day));
    match (own, ahead) {
        (Hold::Kept, _) => Some(Stand { was_kept: true, last: None, ahead: next }),
        // What ends that it is not known is told besides.
        (Hold::Unknown, Some((_, Hold::Kept))) => None,
        (Hold::Unknown, _) | (_, Some(_)) if is_mixed => None,
        (_, Some((day, Hold::Kept))) => {
            let last = Some(begun(own, since).kept_from(day));
            Some(Stand { was_kept: was_otherwise, last, ahead: None })
        }
        _ => {
            let last = Some(begun(own, since));
            Some(Stand { was_kept: was_otherwise, last, ahead: next })
        }
    }
}

/// How all of them stand together, where nothing lies ahead but time: by the day judged, and,
/// where one is not kept on it, by the days on which that began. `None` where it takes the
/// course of each.
fn all_stand(
    duty: &Duty<'_>,
    of: &Ordinary<'_>,
    norms: &[Norm],
    start: Day,
) -> Option<Stand> {
    let today = of.view.as_of.day;
    let courses = Courses::of(duty, (of.profile, of.columns), of.start)?;
    let on = |day: Day| {
        norms.iter().try_fold(OnADay::default(), |all, norm| {
            Some(all.and(courses.on(norm, (day, today))?))
        })
    };
    let now = on(today)?;
    let start = start.max(now.decided.filter(|day| *day <= today)?);
    let (own, mut since) = match (now.broken, now.unknown) {
        (Some(broken), _) => (Hold::Broken, broken),
        (None, Some(unknown)) => (Hold::Unknown, unknown),
        (None, None) => (Hold::Kept, start),
    };
    // Another may have been so already when this one came to be.
    let mut is_mixed = false;
    while start < since {
        let before = on(since.previous())?;
        let same = if own == Hold::Broken { before.broken } else { before.unknown };
        is_mixed = own == Hold::Unknown && before.broken.is_some();
        match same.filter(|_| !is_mixed) {
            Some(before) => since = before,
            None => break,
        }
    }
    let breaks = now.breaks.map(|day| (day, Hold::Broken));
    let lapses = now.lapses.map(|day| (day, Hold::Unknown));
    // On one day what is broken speaks.
    let sooner = breaks.filter(|(day, _)| now.lapses.is_none_or(|lapses| *day <= lapses));
    let ahead = match own {
        Hold::Kept => sooner.or(lapses),
        Hold::Unknown => breaks,
        _ => None,
    };
    let ahead = ahead.filter(|(day, _)| *day <= foreseen_through(today));
    let since = since.max(start);
    told(own, since, ahead, (start < since, is_mixed))
}

/// The turns of all the duties in the order of their days; `None` where one has no short way.
fn turns(duty: &Duty<'_>, of: &Ordinary<'_>, norms: &[Norm]) -> Option<Turns> {
    let courses = Courses::of(duty, (of.profile, of.columns), of.start)?;
    let last = foreseen_through(of.view.as_of.day);
    let mut turns = Turns::new();
    for (norm, place) in norms.iter().zip(0..) {
        let course = courses.course(norm, last)?.into_iter();
        turns.extend(course.map(|(day, part)| (day, place, part)));
    }
    // Of one duty they are in order already.
    if norms.len() > 1 {
        turns.sort_by_key(|(day, ..)| *day);
    }
    Some(turns)
}
