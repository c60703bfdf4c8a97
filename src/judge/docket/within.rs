//! Each occasion of the last so many days, from the columns: how long it was from one event
//! to the next, and which minutes were written how soon.
//!
//! What became of an occasion that is long over is told by a few comparisons of days; the
//! few that time may still change are judged as all others are.

use super::Ordinary;
use super::bound::Whom;
use super::deeds::Deeds;
use super::marks::Done;
use super::memo::Memo;
use super::over::{self, Gap, Over, Terms};
use crate::calendar::{Day, MonthCounting, Span};
use crate::judge::collection::of_a_day;
use crate::judge::lately::looked_back_at;
use crate::judge::summary::{Moving, Settled, Sum};
use crate::judge::view::{Bounds, Duty, View};
use crate::norm::{self, Anchor, Norm, Occurrence};
use crate::timeline::{Aspect, Row, Rows, Subject};
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
    moving: Option<(Begun, Moving)>,
    /// One more that begins ahead, while nothing came after it.
    ahead: Option<(Begun, Moving)>,
    /// All of them, where something did.
    sum: Option<Sum>,
    /// Those that organizations share.
    drawn: &'a Memo<Moving, 1>,
    view: &'a View<'a>,
    duty: &'a Duty<'a>,
    /// What it looks back on.
    each: &'a Norm,
    /// Of a duty that has any.
    grace: Option<Span>,
    but: Option<Span>,
    today: Day,
    binds: bool,
    /// One that binds is over.
    over: bool,
    /// The first day of the first one that binds and has begun.
    running: Option<Day>,
}

/// An occasion, before it is drawn.
#[derive(Clone, Copy)]
struct Begun {
    from: Day,
    /// When what is asked was due.
    due: Day,
    done: Option<Day>,
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
    (duty, whom): (&Duty<'_>, &Whom),
    (Past { span, but, each: norm, other }, drawn): (Past<'_>, &Memo<Moving, 1>),
    of: &Ordinary<'_>,
    leaves: impl Fn(Day) -> Day,
) -> Option<Verdict> {
    let today = of.view.as_of.day;
    let first = today.minus(span, MonthCounting::ByDate).next();
    let binds = whom.binds(duty, of, first.max(of.start))?;
    let mut tally = Tally {
        settled: Settled::default(),
        moving: None,
        ahead: None,
        sum: None,
        drawn,
        view: of.view,
        duty,
        each: norm,
        grace: Some(duty.grace).filter(|grace| *grace != Span::Days(0)),
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
        (None, Some((_, moving))) => {
            let ahead = tally.ahead.as_ref().map(|(_, ahead)| ahead);
            tally.settled.verdict_with((moving, ahead), (today, span))
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
        before = over.checked_sub(1).map_or(before, |at| Some(days.rows.get(at)?.day()));
        for day in days.rows.iter().skip(over).map(|row| row.day()) {
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

    /// The links that are over, all at once; how many of the events they lead up to.
    fn over_links(&mut self, rows: &[Row], gap: Span, before: Option<Day>) -> usize {
        let always = self.binds && self.grace.is_none();
        let gap = Gap::of(gap, self.duty.months).filter(|_| always);
        let over = gap.and_then(|gap| over::links(rows, gap, before, self.today));
        over.map_or(0, |over| self.are_over(over))
    }

    /// The meetings whose minutes no later day brings, all at once; how many they are.
    fn over_meetings(
        &mut self,
        events: Rows<'_>,
        within: Span,
        deeds: Deeds<'_>,
    ) -> usize {
        let days = |span: Span| match span {
            Span::Days(days) => Some(i32::from(days)),
            _ => None,
        };
        let but = self.but.map_or(Some(None), |but| days(but).map(Some));
        let always = self.binds && self.grace.is_none() && self.duty.in_force.is_none();
        let terms = days(within).zip(days(self.duty.lag)).zip(but);
        let (Some(((within, lag), but)), true) = (terms, always) else { return 0 };
        let terms = Terms { within, but: but.unwrap_or(within), lag };
        let over = over::meetings(events, deeds, terms, self.today);
        over.map_or(0, |over| self.are_over(over))
    }

    fn are_over(&mut self, over: Over) -> usize {
        self.over = true;
        self.settled = Settled::of(over.first, (over.kept, over.missed), over.ends);
        over.events
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
        self.looked_at(Begun { from, due, done: next });
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
        let events = events.from(first.max(of.start));
        let over = self.over_meetings(events, within, deeds);
        let mut left = events.rows.get(over..)?;
        while let Some(day) = left.first().map(|row| row.day()) {
            // Of papers about one event some state its number, and these come last.
            let papers = left.iter().take_while(|row| row.day() == day).count();
            let (those, later) = left.split_at_checked(papers)?;
            let next = later.first().map_or(Day::LATEST, |row| row.day());
            deeds.come_to(day);
            let number = events.number(those.last()?);
            self.event((day, number), next, within, deeds)?;
            left = later;
        }
        Some(())
    }

    fn event(
        &mut self,
        (day, number): (Day, u16),
        next: Day,
        within: Span,
        deeds: Deeds<'_>,
    ) -> Option<()> {
        let due = day.plus(within, self.duty.months);
        if !self.duty.binds(due) {
            return Some(());
        }
        let grace_end = self.grace_end(due);
        let done = match deeds.first((day, number), next, grace_end) {
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
        self.looked_at(Begun { from: day, due, done });
        Some(())
    }

    fn grace_end(&self, due: Day) -> Day {
        self.grace.map_or(due, |grace| due.plus(grace, self.duty.months))
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
        let sum = self.sum.take().unwrap_or_else(|| {
            let begun = self.moving.iter().chain(&self.ahead);
            let slots: Vec<Slot> = begun.map(|(begun, _)| self.draw(*begun)).collect();
            sum_of((self.duty, self.view), &self.settled, &slots)
        });
        self.sum.insert(sum)
    }

    /// From a day on nothing was missed.
    fn kept_so_far(&mut self, from: Day) {
        let each = Duty { norm: self.each, ..*self.duty };
        let kept = Slot { truth: Truth::True(from), ..of_a_day(&each, from) };
        let state = kept.underlying_on(self.today, Some(Day::LATEST));
        self.sum().add(&Slot { state, underlying: state, ..kept });
    }

    /// One that time may still change.
    fn looked_at(&mut self, begun: Begun) {
        let draw = || Moving::of(&self.draw(begun), self.today);
        let moving = match begun.key().filter(|_| self.binds) {
            Some(key) => {
                self.drawn.known(key).unwrap_or_else(|| self.drawn.keep(key, draw()))
            }
            None => draw(),
        };
        self.over |= self.binds && moving.opens <= self.today && moving.due < self.today;
        if self.binds && moving.opens <= self.today {
            self.running = self.running.or(Some(moving.from));
        }
        match (&self.sum, &self.moving, &self.ahead) {
            (None, None, _) => self.moving = Some((begun, moving)),
            (None, Some(_), None) if self.today < moving.opens => {
                self.ahead = Some((begun, moving));
            }
            _ => {
                let slot = self.draw(begun);
                self.sum().add(&slot);
            }
        }
    }

    /// The slot of an occasion as it is looked back on, on the day judged.
    fn draw(&self, Begun { from, due, done }: Begun) -> Slot {
        let each = Duty { norm: self.each, ..*self.duty };
        let slot = each.slot(Bounds { from, to: due, opens: from, due });
        let truth = done.map_or(Truth::NoEvidence, Truth::True);
        let slot = Slot { truth, ..slot };
        let own = looked_back_at(&each, &slot, self.but, self.binds);
        let state = own.underlying_on(self.today, Some(Day::LATEST));
        Slot { underlying: state, state, ..own }
    }
}

impl Begun {
    /// What tells it from others of one duty that binds: when it was due follows from when it
    /// began. `None` of what was done before all days, which stand for nothing done.
    fn key(self) -> Option<[u64; 1]> {
        let bits = |day: Day| u64::from(day.0.cast_unsigned());
        if self.done == Some(Day::EARLIEST) {
            return None;
        }
        let done = self.done.unwrap_or(Day::EARLIEST);
        Some([bits(self.from) << 32 | bits(done)])
    }
}

/// The sum of those that are settled and of a few that are not. How far it looks back the duty
/// says itself.
fn sum_of(
    (duty, view): (&Duty<'_>, &View<'_>),
    settled: &Settled,
    slots: &[Slot],
) -> Sum {
    let mut sum = Sum::looking_back(Day::EARLIEST, duty, view);
    sum.take_all(settled);
    for slot in slots {
        sum.add(slot);
    }
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
    first.is_none_or(|row| row.day().plus(*within, duty.months) < of.view.as_of.day)
}
