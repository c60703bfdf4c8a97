//! Each occasion of the last so many days, from the columns: how long it was from one event
//! to the next, and which minutes were written how soon.
//!
//! What became of an occasion that is long over is told by a few comparisons of days; the
//! few that time may still change are judged as all others are.

use super::Ordinary;
use super::bound::binds;
use super::deeds::Deeds;
use super::marks::Done;
use crate::calendar::{Day, MonthCounting, Span};
use crate::judge::collection::of_a_day;
use crate::judge::lately::looked_back_at;
use crate::judge::summary::{Settled, Sum};
use crate::judge::view::{Bounds, Duty, View};
use crate::norm::{self, Anchor, Norm, Occurrence};
use crate::timeline::{Aspect, Row, Subject};
use crate::verdict::{Slot, State, Truth, Verdict};

/// What is looked back on.
#[derive(Clone, Copy)]
pub(super) struct Past<'p> {
    /// How far, and how near.
    span: Span,
    but: Option<Span>,
    /// The duty that is asked instead of the one judged, or that one.
    each: &'p Norm,
    /// The one judged, where another is asked instead: the occasions are its own.
    other: Option<&'p Norm>,
}

/// What is added up of the occasions of one organization.
struct Tally<'a> {
    /// Those before the first one that time may still change.
    settled: Settled,
    /// That one, while nothing came after it.
    moving: Option<Slot>,
    /// One more that begins ahead, while nothing came after it.
    ahead: Option<Slot>,
    /// All of them, where something did.
    sum: Option<Sum>,
    view: &'a View<'a>,
    whole: &'a Duty<'a>,
    duty: Duty<'a>,
    but: Option<Span>,
    today: Day,
    binds: bool,
    /// One that binds is over.
    over: bool,
    /// The first day of the first one that binds and has begun.
    running: Option<Day>,
}

/// How far a duty looks back, where it asks each occasion of that time by itself.
pub(super) fn looked_back_on<'p>(
    duty: &Duty<'p>,
    other: Option<&'p Norm>,
) -> Option<Past<'p>> {
    match duty.norm {
        Norm::Lately { past: norm::Past::Within { span, but }, norm, last: None } => {
            Some(Past { span: *span, but: *but, each: norm, other })
        }
        _ => None,
    }
}

/// Whether two duties look back on the same events: what may have been done after each.
pub(super) fn is_of_the_same_events(one: &Norm, other: &Norm) -> bool {
    let of = |norm: &Norm| match norm {
        Norm::Lately {
            past: norm::Past::Within { span, but: None },
            norm,
            last: None,
        } => match **norm {
            Norm::Deadline { anchor: Anchor::Each(event), .. } => Some((*span, event)),
            _ => None,
        },
        _ => None,
    };
    of(one).is_some_and(|own| Some(own) == of(other))
}

/// The verdict; `None` where the longer way has to be gone.
pub(super) fn verdict(
    duty: &Duty<'_>,
    Past { span, but, each: norm, other }: Past<'_>,
    of: &Ordinary<'_>,
    leaves: impl Fn(Day) -> Day,
) -> Option<Verdict> {
    let each = Duty { norm, ..*duty };
    let today = of.view.as_of.day;
    let first = today.minus(span, MonthCounting::ByDate).next();
    let binds = binds(duty, of, first.max(of.start))?;
    let settled = Settled::default();
    let (view, whole) = (of.view, duty);
    let mut tally = Tally {
        settled,
        moving: None,
        ahead: None,
        sum: None,
        view,
        whole,
        duty: each,
        but,
        today,
        binds,
        over: false,
        running: None,
    };
    if other.is_some_and(|other| !binds || !is_settled(other, duty, of, first)) {
        return None;
    }
    match norm {
        Norm::Rolling { what, gap } if but.is_none() => {
            tally.rolling((of, what), *gap, first)?;
        }
        Norm::Deadline { what, anchor: Anchor::Each(event), within } => {
            tally.answers(of, (what, event), *within, first)?;
        }
        _ => return None,
    }
    // As long as none is over that began, what is asked is kept.
    if let Some(from) = tally.running.filter(|_| !tally.over) {
        // Of what was kept before, the other duty may tell something else.
        if other.is_some() {
            return None;
        }
        tally.kept_so_far(from);
    }
    Some(match (&tally.sum, &tally.moving) {
        (None, Some(slot)) => {
            tally.settled.verdict_with((slot, tally.ahead.as_ref()), (today, span))
        }
        (None, None) if let Some(ready) = tally.settled.verdict(span) => ready,
        // Whether it will be asked at all is known, and no day changes that.
        (None, None) if of.is_unchanged_since(today) && duty.gives_way_to.is_empty() => {
            Settled::nothing(binds)
        }
        _ => {
            tally.sum();
            tally.sum?.verdict(duty, of.view, leaves)
        }
    })
}

impl Tally<'_> {
    /// From each event to the next, or to the day by which it is needed.
    fn rolling(
        &mut self,
        (of, what): (&Ordinary<'_>, &Occurrence),
        gap: Span,
        first: Day,
    ) -> Option<()> {
        let start = of.start.max(self.duty.in_force.unwrap_or(of.start));
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        let rows = of.columns.asked(subject, what)?;
        let from_start = first <= start;
        let days = rows.from(if from_start { start.next() } else { first });
        let mut before = from_start.then_some(start);
        let over = if days.repeats { 0 } else { self.over_links(days.rows, gap, before) };
        before = over.checked_sub(1).map_or(before, |at| Some(days.rows.get(at)?.day));
        for day in days.rows.iter().skip(over).map(|row| row.day) {
            if let Some(from) = before.filter(|from| *from < day) {
                self.link(from, gap, Some(day));
                // A link that begins ahead is shown, and none after it.
                if self.today < from {
                    return Some(());
                }
            }
            before = Some(day);
        }
        if let Some(from) = before {
            self.link(from, gap, None);
        }
        Some(())
    }

    /// The links that are over, all at once, where nothing but their length tells how each
    /// was kept: of no two events of one day; and after such those that were kept before their
    /// time is over. How many of the events they lead up to.
    fn over_links(&mut self, rows: &[Row], gap: Span, before: Option<Day>) -> usize {
        let plain = self.binds && self.duty.grace == Span::Days(0);
        let Span::Days(gap) = gap else { return 0 };
        let Some(first) = rows.first().map(|row| row.day).filter(|_| plain) else {
            return 0;
        };
        let from = before.unwrap_or(first);
        let (mut last, mut links, mut missed) = (from, 0u64, 0u64);
        let (gap, mut over) = (i32::from(gap), 0);
        for row in rows {
            if last.0 + gap >= self.today.0 {
                break;
            }
            let link = u64::from(last < row.day);
            links += link;
            missed += u64::from(row.day.0 - last.0 > gap);
            last = row.day;
            over += 1;
        }
        if links == 0 || gap == 0 {
            return 0;
        }
        let kept_by = |row: &&Row| row.day <= self.today;
        let kept_early = rows.iter().skip(over).take_while(kept_by).count();
        let is_over = Some(Day(last.0 + gap).next()).filter(|_| kept_early > 0);
        self.over = true;
        self.settled = Settled::of(from, (links - missed, missed), is_over);
        over + kept_early
    }

    fn link(&mut self, from: Day, gap: Span, next: Option<Day>) {
        let due = from.plus(gap, self.duty.months);
        let grace_end = self.grace_end(due);
        let state = match next {
            Some(day) if day <= due => State::Met,
            Some(day) if day <= grace_end => State::MetInGrace,
            _ => State::Closed,
        };
        let done = next.is_some() || self.is_given_up(grace_end);
        if grace_end < self.today && done {
            return self.decided(from, from, due, state);
        }
        let slot = self.duty.slot(Bounds { from, to: due, opens: from, due });
        let truth = next.map_or(Truth::NoEvidence, Truth::True);
        self.looked_at(&Slot { truth, ..slot });
    }

    /// What was done after each event.
    fn answers(
        &mut self,
        of: &Ordinary<'_>,
        (what, event): (&Occurrence, &Occurrence),
        within: Span,
        first: Day,
    ) -> Option<()> {
        let is_of_days = |span| matches!(span, Span::Days(_));
        if !is_of_days(within) || !self.but.is_none_or(is_of_days) {
            return None;
        }
        let mut deeds = Deeds::of(of, what, event)?;
        let events = Subject::new(event.noun, Aspect::Done(event.act));
        let events = of.columns.asked(events, event)?;
        let mut events = events.from(first.max(of.start)).rows;
        while let Some(day) = events.first().map(|row| row.day) {
            // Of papers about one event some state its number, and these come last.
            let papers = events.iter().take_while(|row| row.day == day).count();
            let (those, later) = events.split_at_checked(papers)?;
            let next = later.first().map_or(Day::LATEST, |row| row.day);
            deeds.come_to(day);
            self.event(those.last()?, next, within, deeds)?;
            events = later;
        }
        Some(())
    }

    fn event(
        &mut self,
        event: &Row,
        next: Day,
        within: Span,
        deeds: Deeds<'_>,
    ) -> Option<()> {
        let day = event.day;
        let due = day.plus(within, self.duty.months);
        if !self.duty.binds(due) {
            return Some(());
        }
        let grace_end = self.grace_end(due);
        let done = match deeds.first(event, next, grace_end) {
            Done::On(day) => Some(day),
            Done::No => None,
            Done::Unclear => return None,
        };
        if self.but.is_none() && grace_end < self.today {
            let state = match done {
                Some(done) if done <= due => State::Met,
                Some(done) if done <= grace_end => State::MetInGrace,
                _ => State::Closed,
            };
            if done.is_some() || self.is_given_up(grace_end) {
                self.decided(day, day, due, state);
                return Some(());
            }
        }
        if let Some(but) = self.but {
            let opens = day.plus(but, MonthCounting::ByDate);
            let state = match done {
                Some(done) if done <= grace_end && done <= opens => {
                    Some((State::Met, opens))
                }
                Some(done) if done <= grace_end => None,
                Some(_) => Some((State::Closed, opens.previous())),
                None if self.is_given_up(grace_end) => {
                    Some((State::Closed, opens.previous()))
                }
                None => None,
            };
            if let Some((state, due)) = state.filter(|_| opens < self.today) {
                self.decided(day, opens, due, state);
                return Some(());
            }
        }
        let slot = self.duty.slot(Bounds { from: day, to: due, opens: day, due });
        let truth = done.map_or(Truth::NoEvidence, Truth::True);
        self.looked_at(&Slot { truth, ..slot });
        Some(())
    }

    fn grace_end(&self, due: Day) -> Day {
        match self.duty.grace {
            Span::Days(0) => due,
            grace => due.plus(grace, self.duty.months),
        }
    }

    /// Nothing is awaited any more of what was due so.
    fn is_given_up(&self, grace_end: Day) -> bool {
        grace_end < self.today
            && grace_end.plus(self.duty.lag, self.duty.months) <= self.today
    }

    /// One that no later day changes.
    fn decided(&mut self, from: Day, opens: Day, due: Day, state: State) {
        self.over |= self.binds;
        let state = if self.binds { state } else { State::NotApplicable };
        if self.sum.is_none() && self.moving.is_none() {
            return self.settled.add(from, state);
        }
        self.sum().take_settled((from, opens, due), state);
    }

    /// All of them so far as a sum.
    fn sum(&mut self) -> &mut Sum {
        let slots = self.moving.iter().chain(&self.ahead);
        let begun = || sum_of((self.whole, self.view), &self.settled, slots);
        self.sum.get_or_insert_with(begun)
    }

    /// From a day on nothing was missed.
    fn kept_so_far(&mut self, from: Day) {
        let kept = Slot { truth: Truth::True(from), ..of_a_day(&self.duty, from) };
        let state = kept.underlying_on(self.today, Some(Day::LATEST));
        self.sum().add(&Slot { state, underlying: state, ..kept });
    }

    /// One that time may still change.
    fn looked_at(&mut self, slot: &Slot) {
        let mut own = looked_back_at(&self.duty, slot, self.but, self.binds);
        self.over |= self.binds && own.opens <= self.today && own.due < self.today;
        if self.binds && own.opens <= self.today {
            self.running = self.running.or(Some(own.from));
        }
        own.underlying = own.underlying_on(self.today, Some(Day::LATEST));
        own.state = own.underlying;
        match (&self.sum, &self.moving, &self.ahead) {
            (None, None, _) => self.moving = Some(own),
            (None, Some(_), None) if self.today < own.opens => self.ahead = Some(own),
            _ => self.sum().add(&own),
        }
    }
}

/// The sum of those that are settled and of a few that are not. How far it looks back the duty
/// says itself.
fn sum_of<'s>(
    (duty, view): (&Duty<'_>, &View<'_>),
    settled: &Settled,
    slots: impl Iterator<Item = &'s Slot>,
) -> Sum {
    let mut sum = Sum::looking_back(Day::EARLIEST, duty, view);
    sum.take_all(settled);
    slots.for_each(|slot| sum.add(slot));
    sum
}

/// Whether another duty that looks back on the same events tells of them what the duty does:
/// there is none, or the time for it after the first one is over and none lies ahead.
fn is_settled(other: &Norm, duty: &Duty<'_>, of: &Ordinary<'_>, first: Day) -> bool {
    let Norm::Lately { norm, .. } = other else { return false };
    let Norm::Deadline { anchor: Anchor::Each(event), within, .. } = norm.as_ref() else {
        return false;
    };
    let events = Subject::new(event.noun, Aspect::Done(event.act));
    let Some(events) = of.columns.asked(events, event) else { return false };
    // Of what lies ahead the two may foretell different things.
    if !events.by(of.view.as_of.day).1.is_empty()
        || matches!(within, Span::WorkingDays(_))
    {
        return false;
    }
    let first = events.from(first.max(of.start)).rows.first();
    first.is_none_or(|row| row.day.plus(*within, duty.months) < of.view.as_of.day)
}
