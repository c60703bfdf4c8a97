//! One thing before another, or several in turn, around each anchor: S-44, S-45, S-46.

use mithaq::calendar::{Cycle, Day, Period, Span};
use mithaq::norm::{Anchor, Limit, Occurrence};
use mithaq::timeline::{Aspect, Entry};
use mithaq::verdict::{Truth, Unknown};

use super::clock::{Counts, Days, Duty};
use super::known::Fact;
use super::slot::Slot;
use super::wall::{after, before, holding, inside, working};

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Order<'n> {
    pub(super) steps: &'n [Occurrence],
    pub(super) anchor: Anchor,
    pub(super) limit: Limit,
    pub(super) ever: bool,
}

/// One time that it is asked.
#[derive(Clone, Copy)]
struct Occasion {
    /// The fiscal year, where it is one.
    year: Option<Period>,
    /// The first day on which a step counts.
    from: Day,
    /// The last day before which, or after which, it is asked.
    anchor: Day,
    /// The last day before steps are those of the next time.
    to: Day,
    /// 0 where it does not matter.
    number: u32,
}

/// S-46.
pub(super) fn can_be_late(anchor: Anchor, limit: Limit) -> bool {
    match (anchor, limit) {
        (_, Limit::Within(_)) => true,
        (Anchor::Each(_), Limit::Before(_)) => false,
        (_, Limit::Before(lead)) => lead == Span::Days(0),
    }
}

impl Duty<'_, '_> {
    pub(super) fn order(&self, order: Order<'_>, bounds: (Day, Day)) -> Vec<Slot> {
        let occasions = match order.anchor {
            Anchor::FiscalYearEnd => self.years(true, bounds),
            Anchor::FiscalYearStart => self.years(false, bounds),
            Anchor::Each(event) => {
                let noun = order.steps.iter().all(|step| step.noun == event.noun);
                let events = self.known.events(event);
                let number = |number: u32| if noun { number } else { 0 };
                let days = events.iter().map(|event| (event.day, number(event.number)));
                occasions(&days.collect::<Vec<_>>(), order.limit, bounds.0)
            }
            Anchor::MandateEnd(body) => {
                let ends = self.known.about(body, Aspect::MandateEnd);
                let mut days: Vec<(Day, u32)> =
                    ends.iter().map(|fact| (fact.entry.day, 0)).collect();
                days.dedup();
                occasions(&days, order.limit, bounds.0)
            }
            Anchor::Finding => Vec::new(),
        };
        let slots = occasions.into_iter().map(|one| self.in_order(order, one));
        slots.flatten().collect()
    }

    fn years(&self, at_end: bool, (start, horizon): (Day, Day)) -> Vec<Occasion> {
        let years = &self.known.case.profile.fiscal_years;
        let year_of = |day| holding(years, Cycle::FiscalYear, day);
        let year = |year: Period| Occasion {
            year: Some(year),
            from: if at_end { year.from } else { year_of(before(year.from)).from },
            anchor: if at_end { year.to } else { before(year.from) },
            to: if at_end { year_of(after(year.to)).to } else { year.to },
            number: 0,
        };
        let all = self.periods(Cycle::FiscalYear, (start, horizon)).into_iter();
        all.map(year).filter(|one| one.from >= start).collect()
    }

    /// One slot, if the rule is in force for it.
    fn in_order(&self, order: Order<'_>, occasion: Occasion) -> Option<Slot> {
        let Occasion { from, anchor, .. } = occasion;
        let due = match order.limit {
            Limit::Within(span) => self.within(anchor, span),
            Limit::Before(Span::WorkingDays(days)) => {
                working(anchor, days, &self.known.case.profile.working, -1)
            }
            Limit::Before(lead) => self.minus(anchor, lead),
        };
        let to = match order.limit {
            Limit::Within(_) => due,
            Limit::Before(_) => due.max(from),
        };
        let days = Days { from, to, opens: from.min(due), due };
        let mut slot = self.slot(days, Counts::After);
        let last = if can_be_late(order.anchor, order.limit) {
            occasion.to.max(slot.grace_end)
        } else {
            slot.grace_end
        };
        slot.truth = self.taken(order, (occasion, last), &slot);
        self.binds(due).then_some(slot)
    }

    /// S-45.
    fn taken(
        &self,
        order: Order<'_>,
        (occasion, last): (Occasion, Day),
        slot: &Slot,
    ) -> Truth {
        let first = if order.ever { Day::EARLIEST } else { occasion.from };
        let mut day = first;
        for step in order.steps {
            let mine = |fact: &Fact<'_>| {
                is_of(fact.entry, occasion, first) && fact.entry.day <= last
            };
            let taken: Vec<Fact<'_>> =
                self.deeds(*step).into_iter().filter(mine).collect();
            let mut sure = taken.iter().filter(|fact| !fact.contradicted);
            let next = sure.clone().find(|fact| fact.entry.day >= day);
            match next {
                Some(fact) => day = fact.entry.day,
                // Taken, and before the step that comes before it.
                None if sure.next().is_some() => return Truth::False,
                None if !taken.is_empty() => {
                    return Truth::Unknown(Unknown::Contradictory);
                }
                None => {
                    let held = self.known.on_file(*step, |fact| {
                        is_of(fact.entry, occasion, occasion.from)
                            && fact.entry.day <= slot.grace_end
                    });
                    let not_stated = Truth::Unknown(Unknown::NotStated);
                    return if held { not_stated } else { self.silence(*step, slot) };
                }
            }
        }
        Truth::True(day.max(slot.opens))
    }
}

/// Around each of some days: before it, from the day after the last one; after it, up to the
/// day before the next.
fn occasions(days: &[(Day, u32)], limit: Limit, start: Day) -> Vec<Occasion> {
    let mut occasions = Vec::new();
    for (anchor, number) in days.iter().copied().filter(|(day, _)| *day >= start) {
        let last = days.iter().map(|(day, _)| *day).rfind(|day| *day < anchor);
        let next = days.iter().map(|(day, _)| *day).find(|day| *day > anchor);
        let from = match limit {
            Limit::Within(_) => anchor,
            Limit::Before(_) => last.map_or(start, after),
        };
        let to = next.map_or(Day::LATEST, before);
        occasions.push(Occasion { year: None, from, anchor, to, number });
    }
    occasions
}

/// Whether a paper may tell of a step of this time: by the year that it is about, else by
/// its day; and both numbered, by their numbers.
fn is_of(entry: &Entry, occasion: Occasion, first: Day) -> bool {
    let other =
        occasion.number != 0 && entry.number != 0 && entry.number != occasion.number;
    let then = match (occasion.year, entry.about) {
        (Some(year), Some(about)) => inside(about, year),
        _ => first <= entry.day,
    };
    then && !other
}
