//! What share of a body's members have given a paper of late, from the columns.
//!
//! Each paper counts for the same span, so those that count on a day lie side by side in the
//! order of their days, and the people who gave them are a bit each.

use super::Ordinary;
use super::sketch::{Sketch, Stand};
use crate::calendar::{Day, Span};
use crate::judge::summary::earlier;
use crate::judge::uptake::{last_day, needed, reaches};
use crate::norm::{Act, Norm, Occurrence, TermId};
use crate::timeline::{Aspect, Row, Rows, Subject};

/// People whom a bit each tells apart.
const PEOPLE_MAX: u16 = 128;

/// How a body stands; `None` where the longer way has to be gone.
pub(super) fn stand(norm: &Norm, of: &Ordinary<'_>, start: Day) -> Option<Stand> {
    let Norm::Uptake { body, part, document, act, within } = norm else {
        return None;
    };
    let members = members_always(of, *body, start)?;
    if reaches(0, members, *part) {
        return Some(Stand::kept());
    }
    let what = Occurrence { noun: *document, act: *act, by: None, to: None };
    let subject = Subject::new(what.noun, Aspect::Done(what.act));
    let rows = of.columns.asked(subject, &what)?;
    let today = of.view.as_of.day;
    let fits = |row: &Row| (1..=PEOPLE_MAX).contains(&rows.who(row));
    if !rows.rows.iter().all(fits) {
        return None;
    }
    let given = Given {
        all: rows,
        rows: rows.rows,
        within: *within,
        need: needed(members, *part),
    };
    let (kept, turns) = if given.has_papers_after(today) {
        given.turns_after(today)
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

/// The papers that were given, by day, how long each counts, and how many people it takes.
#[derive(Clone, Copy)]
struct Given<'a> {
    all: Rows<'a>,
    rows: &'a [Row],
    within: Span,
    need: usize,
}

/// How many papers of each person are among some, and how many people that is.
struct People<'a> {
    all: Rows<'a>,
    papers: [u32; PEOPLE_MAX as usize],
    count: usize,
}

impl Given<'_> {
    /// The last day on which a paper counts; in the order of the papers.
    fn end(self, row: &Row) -> Day {
        last_day(row.day(), self.within)
    }

    /// Where enough count on a day, and none is given after it: the last day on which they
    /// do.
    fn kept_until(self, day: Day) -> Option<Day> {
        let mut people = [0u64; PEOPLE_MAX.div_ceil(64) as usize];
        let mut count = 0;
        // The papers that count longest come first: with the last one that it takes it ends.
        for row in self.rows.iter().rev() {
            let end = self.end(row);
            if end < day {
                return None;
            }
            let place = usize::from(self.all.who(row)).checked_sub(1)?;
            let word = people.get_mut(place / 64)?;
            count += usize::from(*word >> (place % 64) & 1 == 0);
            *word |= 1 << (place % 64);
            if self.need <= count {
                return Some(end);
            }
        }
        None
    }

    /// The last day before one on which enough counted.
    fn last_kept_before(self, day: Day) -> Option<Day> {
        // It is the last day of a paper, and those before it in their order are over.
        let over = self.rows.iter().rev().skip_while(|row| day <= self.end(row)).count();
        // Those that count on that day: fewer new ones for each older one that is let in.
        let (mut past, mut until) = (self.rows.get(..over)?, self.rows.len());
        let mut people = People::nobody(self.all);
        self.rows.iter().skip(over).for_each(|row| people.add(row));
        while let Some((oldest, before)) = past.split_last() {
            let end = self.end(oldest);
            people.add(oldest);
            while let Some(newest) = self.rows.get(..until)?.last()
                && end < newest.day()
            {
                people.take_out(newest);
                until -= 1;
            }
            if self.need <= people.count {
                return Some(end);
            }
            past = before;
        }
        None
    }

    /// Whether it is kept on a day, and the first later one on which it is otherwise: one on
    /// which somebody gives a paper, or on which one counts no longer.
    fn turns_after(self, day: Day) -> (bool, Option<Day>) {
        let given = self.rows.iter().take_while(|row| row.day() <= day).count();
        let (given, mut ahead) = self.rows.split_at(given);
        let mut counting = self.rows;
        while let Some((oldest, later)) = counting.split_first()
            && self.end(oldest) < day
        {
            counting = later;
        }
        let mut people = People::nobody(self.all);
        let over = self.rows.len() - counting.len();
        given.iter().skip(over).for_each(|row| people.add(row));
        let kept = self.need <= people.count;
        loop {
            let begins = ahead.first().map(|row| row.day());
            let ends = counting.first().map(|row| self.end(row).next());
            let Some(next) = earlier(begins, ends) else { return (kept, None) };
            while let Some((row, later)) = ahead.split_first()
                && row.day() == next
            {
                people.add(row);
                ahead = later;
            }
            while let Some((row, later)) = counting.split_first()
                && self.end(row).next() == next
            {
                people.take_out(row);
                counting = later;
            }
            if kept != (self.need <= people.count) {
                return (kept, Some(next));
            }
        }
    }

    /// Whether something is known that lies ahead; where nothing does, it gets no better.
    fn has_papers_after(self, day: Day) -> bool {
        self.rows.last().is_some_and(|row| day < row.day())
    }
}

impl<'a> People<'a> {
    fn nobody(all: Rows<'a>) -> People<'a> {
        People { all, papers: [0; PEOPLE_MAX as usize], count: 0 }
    }

    fn papers(&mut self, row: &Row) -> Option<&mut u32> {
        self.papers.get_mut(usize::from(self.all.who(row)).checked_sub(1)?)
    }

    fn add(&mut self, row: &Row) {
        let Some(papers) = self.papers(row) else { return };
        *papers = papers.saturating_add(1);
        let is_new = *papers == 1;
        self.count += usize::from(is_new);
    }

    fn take_out(&mut self, row: &Row) {
        let Some(papers) = self.papers(row) else { return };
        *papers = papers.saturating_sub(1);
        let is_none = *papers == 0;
        self.count -= usize::from(is_none);
    }
}
