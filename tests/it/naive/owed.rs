//! What each member owes: S-55.

use std::collections::BTreeSet;

use mithaq::calendar::{Cycle, Day, Period, Span};
use mithaq::judge::Seat;
use mithaq::norm::{Act, MemberTime, Norm, Occurrence, People, Quality, TermId};
use mithaq::timeline::Entry;
use mithaq::verdict::{Applies, Truth, Unknown};

use super::clock::{Counts, Days, Duty};
use super::office::worse;
use super::people::Person;
use super::scope::{NEVER, SURE};
use super::slot::Slot;
use super::states::Stands;
use super::wall::inside;

/// What everybody owes.
#[derive(Clone, Copy)]
pub(super) struct Owed<'n> {
    pub(super) who: &'n People,
    pub(super) document: TermId,
    pub(super) act: Act,
    pub(super) to: Option<TermId>,
}

impl Owed<'_> {
    fn what(self, act: Act) -> Occurrence {
        let to = self.to.filter(|_| act == Act::Submit);
        Occurrence { noun: self.document, act, by: None, to }
    }
}

/// Whether somebody has given what is owed.
enum Gave {
    On(Day),
    /// It is there and does not say so.
    Unclear,
    Nothing,
}

impl Duty<'_, '_> {
    /// Slots of stretches of days, of which silence is read like that of any slot.
    pub(super) fn of_silent_days(
        &self,
        (norm, what): (&Norm, Occurrence),
        days: BTreeSet<Day>,
        (start, today): (Day, Day),
        stands: impl Fn(Day) -> Stands,
    ) -> Vec<Slot> {
        let mut slots = self.of_those_days(norm, days, (start, today), stands);
        for slot in &mut slots {
            if slot.truth == Truth::NoEvidence {
                slot.truth = self.silence(what, slot);
            }
        }
        slots
    }

    /// S-55, at all times.
    pub(super) fn each_always(
        &self,
        (norm, owed): (&Norm, Owed<'_>),
        bounds: (Day, Day),
    ) -> Vec<Slot> {
        let days = self.known.days_named();
        let what = owed.what(owed.act);
        self.of_silent_days((norm, what), days, bounds, |day| {
            self.everybody_has(owed, day)
        })
    }

    fn everybody_has(&self, owed: Owed<'_>, day: Day) -> Stands {
        let Some(people) = self.who_owes(owed.who, day) else { return Stands::Unknown };
        let mut worst = Stands::Kept;
        for (person, is_sure) in people {
            let fits = |entry: &Entry| {
                entry.day <= day && entry.until.is_none_or(|until| day <= until)
            };
            let own = match self.gave(owed, person, fits) {
                Gave::On(_) => Stands::Kept,
                Gave::Nothing if is_sure => Stands::Missing,
                Gave::Nothing | Gave::Unclear => Stands::Unknown,
            };
            worst = worse(worst, own);
        }
        worst
    }

    /// Whoever is in office on a day and has, or may have, the quality asked for.
    fn who_owes(&self, who: &People, day: Day) -> Option<Vec<(Person, bool)>> {
        let known: Vec<BTreeSet<Person>> = who
            .groups
            .iter()
            .filter_map(|group| self.known.holders(*group, day))
            .collect();
        if known.is_empty() {
            return None;
        }
        let people: BTreeSet<Person> = known.into_iter().flatten().collect();
        Some(self.with_quality(who, people, day))
    }

    fn with_quality(
        &self,
        who: &People,
        people: BTreeSet<Person>,
        day: Day,
    ) -> Vec<(Person, bool)> {
        let has = |person: &Person| match who.are {
            None => SURE,
            Some(quality) => self.known.has(*person, Quality::Is(quality), day),
        };
        let judged = people.into_iter().map(|person| (person, has(&person)));
        judged
            .filter(|(_, has)| *has != NEVER)
            .map(|(person, has)| (person, has == SURE))
            .collect()
    }

    fn gave(
        &self,
        owed: Owed<'_>,
        person: Person,
        fits: impl Fn(&Entry) -> bool,
    ) -> Gave {
        let told = |act: Act| {
            let mut told = self.known.of(owed.what(act));
            told.retain(|fact| {
                let whose = self.known.person(fact.entry.who);
                whose == Some(person) && fits(fact.entry)
            });
            told
        };
        let given = told(owed.act);
        match given.iter().find(|fact| !fact.contradicted) {
            Some(fact) => Gave::On(fact.entry.day),
            None if !given.is_empty() || !told(Act::Prepare).is_empty() => Gave::Unclear,
            None => Gave::Nothing,
        }
    }

    /// S-55, in each period: those in office on its last day.
    pub(super) fn each_in_period(
        &self,
        (owed, cycle): (Owed<'_>, Cycle),
        bounds: (Day, Day),
    ) -> Vec<Slot> {
        let mut slots = Vec::new();
        // S-9: what was given in grace for one period is not for the next.
        let mut used: BTreeSet<(Person, Day)> = BTreeSet::new();
        for period in self.asked_periods(cycle, bounds) {
            let Period { from, to } = period;
            let mut slot =
                self.slot(Days { from, to, opens: from, due: to }, Counts::From);
            let during = Period { from, to: slot.grace_end };
            let people = self.who_owes(owed.who, to);
            let given = self.filled_by(owed, people, &mut slot, |person, entry| {
                inside(entry.day, during) && !used.contains(&(person, entry.day))
            });
            used.extend(given);
            slots.push(slot);
        }
        slots
    }

    /// S-55, on taking office: one slot for each day on which somebody does.
    pub(super) fn each_on_taking(
        &self,
        (owed, span): (Owed<'_>, Span),
        (start, _): (Day, Day),
    ) -> Vec<Slot> {
        let seats = self.known.case.profile.register.seats.iter();
        let mine: Vec<&Seat> = seats
            .filter(|seat| owed.who.groups.iter().any(|group| seat.of.contains(group)))
            .collect();
        let days: BTreeSet<Day> = mine.iter().map(|seat| seat.during.from).collect();
        let mut slots = Vec::new();
        for day in days.into_iter().filter(|day| *day >= start) {
            let due = self.plus(day, span);
            if !self.binds(due) {
                continue;
            }
            let taking = mine.iter().filter(|seat| seat.during.from == day);
            let people = taking.map(|seat| Person::Listed(seat.person)).collect();
            let people = Some(self.with_quality(owed.who, people, day));
            let mut slot =
                self.slot(Days { from: day, to: due, opens: day, due }, Counts::After);
            self.filled_by(owed, people, &mut slot, |_, entry| day <= entry.day);
            slots.push(slot);
        }
        slots
    }

    fn filled_by(
        &self,
        owed: Owed<'_>,
        people: Option<Vec<(Person, bool)>>,
        slot: &mut Slot,
        fits: impl Fn(Person, &Entry) -> bool,
    ) -> Vec<(Person, Day)> {
        let mut days = Vec::new();
        let Some(people) = people else {
            slot.truth = Truth::Unknown(Unknown::NotStated);
            return days;
        };
        if people.is_empty() {
            slot.applies = Applies::No;
            return days;
        }
        let (mut missing, mut unclear) = (false, false);
        for (person, is_sure) in &people {
            match self.gave(owed, *person, |entry| fits(*person, entry)) {
                Gave::On(day) => days.push((*person, day)),
                Gave::Nothing if *is_sure => missing = true,
                Gave::Nothing | Gave::Unclear => unclear = true,
            }
        }
        let count = |number: usize| u16::try_from(number).unwrap();
        slot.part = Some((count(days.len()), count(people.len())));
        slot.truth = match days.iter().map(|(_, day)| *day).max() {
            _ if missing => self.silence(owed.what(owed.act), slot),
            _ if unclear => Truth::Unknown(Unknown::NotStated),
            last => Truth::True(last.unwrap()),
        };
        days
    }
}

/// The kernel of what each of some people owes.
pub(super) fn when(norm: &Norm) -> Option<(Owed<'_>, MemberTime)> {
    match norm {
        Norm::EachMember { who, document, act, to, when } => {
            let owed = Owed { who, document: *document, act: *act, to: *to };
            Some((owed, *when))
        }
        _ => None,
    }
}
