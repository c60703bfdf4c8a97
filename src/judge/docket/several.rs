//! At least so many of several duties, from the course of each.
//!
//! Only what is kept and what is broken has a short way: where something is not known, two
//! questions are open at once.

use super::Ordinary;
use super::sketch::{Sketch, Stand};
use crate::calendar::Day;
use crate::judge::among::{Count, History, Stand as Part, foreseen_through};
use crate::judge::course;
use crate::judge::view::Duty;
use crate::norm::Norm;
use smallvec::SmallVec;

/// Most combinations are of no more duties.
const PARTS_AT_HAND: usize = 4;

/// How they stand together; `None` where the longer way has to be gone.
pub(super) fn stand(
    duty: &Duty<'_>,
    of: &Ordinary<'_>,
    (least, norms): (u16, &[Norm]),
    start: Day,
) -> Option<Stand> {
    let today = of.view.as_of.day;
    let courses = course::plain(duty, of.view)?;
    let last = foreseen_through(today);
    let part = |norm| courses.course(norm, last);
    let parts =
        norms.iter().map(part).collect::<Option<SmallVec<[History; PARTS_AT_HAND]>>>()?;
    let steps = || parts.iter().flatten();
    if steps().any(|(_, part)| *part == Part::Unknown) {
        return None;
    }
    let decided = |part: Part| !matches!(part, Part::Ahead | Part::Absent);
    let first = steps().filter(|(_, part)| decided(*part)).map(|(day, _)| *day).min();
    let start = start.max(first.filter(|first| *first <= today)?);
    if today < start {
        return None;
    }
    let kept = |day: Day| Count::on(day, &parts).has(least);
    let own = kept(today);
    let turns = || steps().map(|(day, _)| *day).filter(|day| start < *day);
    let ahead = turns().filter(|day| today < *day && kept(*day) != own).min();
    // The last day up to today from which on it is as it is now.
    let other = turns().chain([start]).filter(|day| *day <= today && kept(*day) != own);
    let since = match other.max() {
        Some(other) => turns().filter(|day| other < *day && *day <= today).min()?,
        None => start,
    };
    if own {
        let ahead = ahead.map(Sketch::broken);
        return Some(Stand { was_kept: true, last: None, ahead });
    }
    let broken = Sketch::broken(since);
    let last = ahead.map_or(broken, |day| broken.kept_from(day));
    Some(Stand { was_kept: start < since, last: Some(last), ahead: None })
}
