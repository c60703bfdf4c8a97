//! Who may be in office, together, and for how long: S-50, S-56 to S-60.

use mithaq::calendar::{Day, MonthCounting, Span};
use mithaq::judge::Seat;
use mithaq::norm::{Demand, Norm, Part, Quality, Stay, TermId};

use super::clock::Duty;
use super::known::Known;
use super::meetings::reaches;
use super::people::Person;
use super::scope::{Maybe, NEVER, PERHAPS, SURE};
use super::states::Stands;
use super::wall::{inside, plus};

fn all(each: impl Iterator<Item = Maybe>) -> Maybe {
    each.fold(SURE, Maybe::and)
}

fn stands(maybe: Maybe) -> Stands {
    match maybe {
        SURE => Stands::Kept,
        NEVER => Stands::Broken,
        _ => Stands::Unknown,
    }
}

impl Known<'_> {
    fn seats(&self, person: Person, group: TermId) -> Vec<&Seat> {
        let seats = self.case.profile.register.seats.iter();
        seats
            .filter(|seat| {
                Person::Listed(seat.person) == person && seat.of.contains(&group)
            })
            .collect()
    }

    /// Whether somebody has a quality on a day.
    pub(super) fn has(&self, person: Person, quality: Quality, day: Day) -> Maybe {
        let of_age = |years: u8| {
            let Person::Listed(number) = person else { return PERHAPS };
            let someone = &self.case.profile.register.persons[usize::from(number)];
            let years = Span::Years(u16::from(years));
            someone.born.map_or(PERHAPS, |born| {
                Maybe::of(plus(born, years, MonthCounting::ByDate) <= day)
            })
        };
        match quality {
            Quality::Is(group) => self.is(person, group, day).map_or(PERHAPS, Maybe::of),
            Quality::AtLeastAge(years) => of_age(years),
            Quality::UnderAge(years) => of_age(years).not(),
        }
    }

    /// S-56.
    fn unrelated(&self, body: TermId, (degree, in_laws): (u8, bool), day: Day) -> Maybe {
        let Some(people) = self.holders(body, day) else { return PERHAPS };
        let register = &self.case.profile.register;
        let sits = |number: u16| people.contains(&Person::Listed(number));
        let tied = register.ties.iter().any(|tie| {
            let near = tie.degree <= degree && (in_laws || !tie.in_law);
            near && tie.one != tie.other && sits(tie.one) && sits(tie.other)
        });
        let declared = |person: &Person| match person {
            Person::Listed(number) => {
                let on = register.persons[usize::from(*number)].ties_declared;
                on.is_some_and(|on| on <= day)
            }
            Person::Named(_) => false,
        };
        let silent = people.iter().filter(|person| !declared(person)).count();
        match () {
            () if tied => NEVER,
            () if silent <= 1 => SURE,
            () => PERHAPS,
        }
    }

    /// S-57.
    fn apart(&self, one: TermId, other: TermId, day: Day) -> Maybe {
        let none_in = |of: TermId, group: TermId| match self.holders(of, day) {
            None => PERHAPS,
            Some(people) => all(people.iter().map(|person| {
                self.is(*person, group, day).map_or(PERHAPS, |is| Maybe::of(!is))
            })),
        };
        match [none_in(one, other), none_in(other, one)] {
            either if either.contains(&NEVER) => NEVER,
            either if either.contains(&SURE) => SURE,
            _ => PERHAPS,
        }
    }

    /// S-59.
    fn composed(&self, who: TermId, demands: &[Demand], day: Day) -> Maybe {
        let Some(people) = self.holders(who, day) else { return PERHAPS };
        all(demands.iter().map(|demand| {
            let has: Vec<Maybe> = people
                .iter()
                .map(|person| self.has(*person, demand.quality, day))
                .collect();
            let sure = has.iter().filter(|has| **has == SURE).count();
            let perhaps = has.iter().filter(|has| **has != NEVER).count();
            let enough = |some: usize| match demand.part {
                Part::All => some == people.len(),
                Part::Count(least) => some >= usize::from(least),
                Part::Share(share) => reaches(some, people.len(), share),
            };
            Maybe { can_be: enough(perhaps), can_fail: !enough(sure) }
        }))
    }

    /// S-60.
    fn beside(
        &self,
        (body, least): (TermId, Option<u16>),
        (times, other): (u16, TermId),
        day: Day,
    ) -> Maybe {
        let (count, others) = (self.members(body, day), self.members(other, day));
        let floor = match (least, count) {
            (None, _) => SURE,
            (Some(_), None) => PERHAPS,
            (Some(least), Some(count)) => Maybe::of(count >= usize::from(least)),
        };
        let beside = match (count, others) {
            (Some(count), Some(others)) => {
                Maybe::of(count >= usize::from(times) * others)
            }
            _ => PERHAPS,
        };
        floor.and(beside)
    }

    /// S-58.
    fn tenure(&self, norm: &Norm, day: Day) -> Stands {
        let Norm::TermLimit { who, most, consecutive, unless_explained } = norm else {
            panic!("no limit of terms")
        };
        let Some(people) = self.holders(*who, day) else { return Stands::Unknown };
        let mut worst = Stands::Kept;
        for person in people {
            let seats = self.seats(person, *who);
            let begun = seats.into_iter().filter(|seat| seat.during.from <= day);
            let mut run: Vec<&Seat> = Vec::new();
            for seat in begun {
                let between = |last: &&Seat| seat.during.from.0 - last.during.to.0 - 1;
                if *consecutive && run.last().is_some_and(|last| between(last) > 183) {
                    run.clear();
                }
                run.push(seat);
            }
            let own = match run.last().filter(|seat| inside(day, seat.during)) {
                None => Stands::Unknown,
                Some(now) if !is_too_long(&run, *most, day) => {
                    let _ = now;
                    Stands::Kept
                }
                Some(now) if *unless_explained && now.explained => Stands::Explained,
                Some(_) => Stands::Broken,
            };
            worst = worse(worst, own);
        }
        worst
    }
}

/// What breaks it for one breaks it for all.
pub(super) fn worse(one: Stands, other: Stands) -> Stands {
    let order = [Stands::Broken, Stands::Missing, Stands::Unknown, Stands::Explained];
    let found = order.into_iter().find(|stands| [one, other].contains(stands));
    found.unwrap_or(Stands::Kept)
}

/// Years are those spent; the limit is passed on the day after they are full.
fn is_too_long(run: &[&Seat], most: Stay, day: Day) -> bool {
    match most {
        Stay::Terms(terms) => run.len() > usize::from(terms),
        Stay::Years(years) => {
            let Some((now, earlier)) = run.split_last() else { return false };
            // A beginning that nobody stated is no beginning.
            if run.iter().any(|seat| seat.during.from == Day::EARLIEST) {
                return false;
            }
            let spent = |seat: &&Seat| seat.during.to.0 - seat.during.from.0 + 1;
            let spent: i32 = earlier.iter().map(spent).sum();
            // As if the last term had begun so many days sooner.
            let began = Day(now.during.from.0 - spent);
            plus(began, Span::Years(years), MonthCounting::ByDate) <= day
        }
    }
}

impl Duty<'_, '_> {
    /// How a duty about people stands on a day.
    pub(super) fn people_stand(&self, norm: &Norm, day: Day) -> Stands {
        match norm {
            Norm::Unrelated { body, degree, in_laws } => {
                stands(self.known.unrelated(*body, (*degree, *in_laws), day))
            }
            Norm::Incompatible { one, other } => {
                stands(self.known.apart(*one, *other, day))
            }
            Norm::Composition { who, demands } => {
                stands(self.known.composed(*who, demands, day))
            }
            Norm::Proportion { body, least, times, other } => {
                stands(self.known.beside((*body, *least), (*times, *other), day))
            }
            Norm::TermLimit { .. } => self.known.tenure(norm, day),
            other => panic!("the naive judge does not know {other:?} yet"),
        }
    }
}
