//! How long people stay: terms and years in a body or a post.

use super::chain::Hold;
use super::register::Seat;
use super::view::View;
use crate::calendar::{Day, MonthCounting, Span};
use crate::norm::{Norm, Stay, TermId};

/// Whether nobody stays longer than the limit on a day.
pub(super) fn kept(norm: &Norm, view: &View<'_>, day: Day) -> Hold {
    let Norm::TermLimit { who, most, consecutive, unless_explained } = norm else {
        return Hold::Unknown;
    };
    let Some(people) = view.holders(*who, day) else { return Hold::Unknown };
    let each = people.iter().map(|person| {
        let seats = run(view, *person, *who, (*consecutive, day));
        // Whom only a paper names has sat there for nobody knows how long.
        let now = seats.last().filter(|seat| seat.during.contains(day));
        let Some(now) = now else { return Hold::Unknown };
        if !is_over(&seats, *most, day) {
            Hold::Kept
        } else if *unless_explained && now.explained {
            Hold::Explained
        } else {
            Hold::Broken
        }
    });
    each.fold(Hold::Kept, Hold::and)
}

/// Whether this person stays longer than the limit, whatever the reason.
pub(super) fn is_too_long(norm: &Norm, view: &View<'_>, person: u16, day: Day) -> bool {
    let Norm::TermLimit { who, most, consecutive, .. } = norm else { return false };
    is_over(&run(view, person, *who, (*consecutive, day)), *most, day)
}

/// The days on which somebody has been there for the years of the limit.
pub(super) fn anniversaries(norm: &Norm, view: &View<'_>) -> Vec<Day> {
    let Norm::TermLimit { who, most: Stay::Years(years), consecutive, .. } = norm else {
        return Vec::new();
    };
    let seats = view.profile.register.seats.iter();
    seats
        .filter(|seat| seat.of.contains(who))
        .filter_map(|seat| {
            let run = run(view, seat.person, *who, (*consecutive, seat.during.from));
            over_from(&run, *years)
        })
        .collect()
}

/// A person's seats in a group up to the one held on `day`, earliest first; without the
/// ones before the last break where only consecutive ones count.
fn run<'o>(
    view: &View<'o>,
    person: u16,
    group: TermId,
    (consecutive, day): (bool, Day),
) -> Vec<&'o Seat> {
    let mut seats: Vec<&Seat> = Vec::new();
    for seat in &view.profile.register.seats {
        let mine = seat.person == person && seat.of.contains(&group);
        if !mine || seat.during.from > day {
            continue;
        }
        let last = seats.last().map(|last| last.during.to);
        let broken = last.is_some_and(|last| {
            last.plus(Span::Days(crate::limits::TERM_BREAK_DAYS), MonthCounting::ByDate)
                < seat.during.from.previous()
        });
        if broken && consecutive {
            seats.clear();
        }
        seats.push(seat);
    }
    seats
}

fn is_over(seats: &[&Seat], most: Stay, day: Day) -> bool {
    match most {
        Stay::Terms(terms) => seats.len() > usize::from(terms),
        Stay::Years(years) => over_from(seats, years).is_some_and(|from| from <= day),
    }
}

/// The first day on which more than so many years are spent, if nothing ends the last
/// seat: the years from its first day, less the days spent before. A beginning that nobody
/// stated is no beginning.
fn over_from(seats: &[&Seat], years: u16) -> Option<Day> {
    let (last, earlier) = seats.split_last()?;
    if seats.iter().any(|seat| seat.during.from == Day::EARLIEST) {
        return None;
    }
    let spent = earlier.iter().map(|seat| seat.during.to.0 - seat.during.from.0 + 1);
    let began = last.during.from.plus_days(-spent.sum::<i32>());
    Some(began.plus(Span::Years(years), MonthCounting::ByDate))
}
