//! What share of a body's members have given a paper of late, from the columns.
//!
//! Each paper counts for the same span, so those that count on a day lie side by side in the
//! order of their days, and the people who gave them are a bit each.

use super::Ordinary;
use super::sketch::{Sketch, Stand};
use crate::calendar::Day;
use crate::judge::uptake::{last_day, reaches};
use crate::judge::view::Duty;
use crate::norm::{Act, Norm, Occurrence, Share, TermId};
use crate::timeline::{Aspect, Row, Subject};

/// People whom a bit each tells apart.
const PEOPLE_MAX: u16 = 128;

/// Papers of which the last days fit a small array: more are read entry by entry.
const PAPERS_MAX: usize = 96;

/// How a body stands; `None` where the longer way has to be gone.
pub(super) fn stand(duty: &Duty<'_>, of: &Ordinary<'_>, start: Day) -> Option<Stand> {
    let Norm::Uptake { body, part, document, act, within } = duty.norm else {
        return None;
    };
    let members = members_always(of, *body, start)?;
    if reaches(0, members, *part) {
        return Some(Stand::kept());
    }
    let what = Occurrence { noun: *document, act: *act, by: None, to: None };
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let rows = of.columns.asked(subject, &what)?.rows;
    let today = of.view.as_of.day;
    let fits = |row: &Row| 0 < row.who && row.who <= PEOPLE_MAX;
    if rows.len() > PAPERS_MAX || !rows.iter().all(fits) {
        return None;
    }
    let mut ends = [Day::EARLIEST; PAPERS_MAX];
    for (end, row) in ends.iter_mut().zip(rows) {
        *end = last_day(row.day, *within);
    }
    let given = Given { rows, ends: ends.get(..rows.len())?, members, part: *part };
    let (kept, turns) = if given.has_papers_after(today) {
        (given.is_kept_on(today), given.turns_after(today))
    } else {
        let until = given.kept_until(today);
        (until.is_some(), until.map(Day::next))
    };
    if kept {
        let ahead = turns.map(|day| missing(day, start));
        return Some(Stand { was_kept: true, last: None, ahead });
    }
    let kept = given.last_kept_before(today).filter(|day| start <= *day);
    let lapse = missing(kept.map_or(start, Day::next), start);
    let last = turns.map_or(lapse, |day| lapse.kept_from(day));
    Some(Stand { was_kept: kept.is_some(), last: Some(last), ahead: None })
}

/// It was kept to the end of the day before; the first day of all is given.
fn missing(from: Day, start: Day) -> Sketch {
    Sketch::lapse(from, from.previous().max(start))
}

/// How many there are in a body, where that is the same on all days.
fn members_always(of: &Ordinary<'_>, body: TermId, start: Day) -> Option<u16> {
    let register = &of.profile.register;
    if !register.seats.is_empty() || !register.whole.is_empty() {
        return None;
    }
    let anybody = Occurrence { noun: body, act: Act::Meet, by: None, to: None };
    let rows = |aspect| of.columns.asked(Subject::new(body, aspect), &anybody);
    let listed = !rows(Aspect::Seat)?.rows.is_empty();
    let (day, members) = rows(Aspect::Size)?.last_counts().last().filter(|_| !listed)?;
    (day <= start).then_some(members)
}

/// The papers that were given, by day, with the last days on which they count.
#[derive(Clone, Copy)]
struct Given<'a> {
    rows: &'a [Row],
    ends: &'a [Day],
    members: u16,
    part: Share,
}

impl Given<'_> {
    /// Whether enough people's papers count on a day.
    fn is_kept_on(self, day: Day) -> bool {
        let counts = |(row, end): &(&Row, &Day)| row.day <= day && day <= **end;
        let people = self.rows.iter().zip(self.ends).filter(counts);
        self.are_enough(people.map(|(row, _)| row))
    }

    fn are_enough<'r>(self, rows: impl Iterator<Item = &'r Row>) -> bool {
        self.is_enough(rows.fold(0u128, |people, row| people | 1 << (row.who - 1)))
    }

    fn is_enough(self, people: u128) -> bool {
        let have = usize::try_from(people.count_ones()).unwrap_or_default();
        reaches(have, self.members, self.part)
    }

    /// Where enough count on a day, and none is given after it: the last day on which they
    /// do.
    fn kept_until(self, day: Day) -> Option<Day> {
        let counts = self.rows.iter().zip(self.ends).rev();
        let mut people = 0u128;
        // The papers that count longest come first: with the last one that it takes it ends.
        let mut enough = counts.take_while(|(_, end)| day <= **end).filter(|(row, _)| {
            people |= 1 << (row.who - 1);
            self.is_enough(people)
        });
        enough.next().map(|(_, end)| *end)
    }

    /// The last day before one on which enough counted.
    fn last_kept_before(self, day: Day) -> Option<Day> {
        if !self.are_enough(self.rows.iter()) {
            return None;
        }
        // It is the last day of a paper, and those before it in their order are over.
        let over = self.ends.partition_point(|end| *end < day);
        (0..over).rev().find_map(|oldest| {
            let end = *self.ends.get(oldest)?;
            let papers = self.rows.iter().skip(oldest).take_while(|row| row.day <= end);
            self.are_enough(papers).then_some(end)
        })
    }

    /// The first later day on which it is otherwise than on a day: one on which somebody
    /// gives a paper, or on which one counts no longer.
    fn turns_after(self, day: Day) -> Option<Day> {
        let kept = self.is_kept_on(day);
        let begin = self.rows.iter().map(|row| row.day).filter(|from| day < *from);
        let end = self.ends.iter().map(|end| end.next()).filter(|next| day < *next);
        let turns = |next: &Day| self.is_kept_on(*next) != kept;
        begin
            .chain(end.filter(|_| kept || self.has_papers_after(day)))
            .filter(turns)
            .min()
    }

    /// Whether something is known that lies ahead; where nothing does, it gets no better.
    fn has_papers_after(self, day: Day) -> bool {
        self.rows.last().is_some_and(|row| day < row.day)
    }
}
