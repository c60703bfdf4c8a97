//! Days that can be counted in two ways, where a rulebook does not say which it means and
//! the network has organizations for which the two differ.

use crate::analysis::Survey;
use crate::analysis::entry::Entry;
use crate::analysis::world::World;
use crate::calendar::{Cycle, Day, MonthCounting, Period, Span};
use crate::compile::sentence;
use crate::diagnostics::Place;
use crate::diagnostics::raise::analysis as raise;
use crate::diagnostics::raise::analysis::Reading;
use crate::form::Context;
use crate::judge::Asked;
use crate::norm::{Anchor, Norm};
use crate::program::Rulebook;
use crate::rulebook::{Choice, Clauses, Label};

/// How many fiscal years ahead are looked at: a leap year is among them.
const YEARS: u8 = 5;

pub(super) fn look(survey: &mut Survey<'_>) {
    if survey.ground.organizations.is_empty() {
        return;
    }
    let books = &survey.ground.program.rulebooks;
    for book in books {
        for reading in [Reading::Months, Reading::Quarters] {
            if !is_declared(survey, book, reading) {
                first_that_matters(survey, book, reading);
            }
        }
    }
}

/// Whether a file of the rulebook says which reading it means.
fn is_declared(survey: &mut Survey<'_>, book: &Rulebook, reading: Reading) -> bool {
    let files = survey.ground.sources.iter().filter(|it| it.rulebook == book.id);
    let names: Vec<&str> = files.map(|source| source.file.as_str()).collect();
    let mut files = names.into_iter();
    files.any(|file| {
        survey.places.file(file).is_some_and(|clauses| says(clauses, reading))
    })
}

fn says(clauses: &Clauses, reading: Reading) -> bool {
    let (label, choices) = match reading {
        Reading::Months => {
            (Label::Months, [Choice::MonthsByDate, Choice::MonthsToMonthEnd])
        }
        Reading::Quarters => {
            (Label::Quarters, [Choice::FiscalQuarters, Choice::CalendarQuarters])
        }
    };
    clauses.header.iter().any(|clause| clause.label == label)
        || clauses.choices.iter().any(|choice| choices.contains(choice))
}

/// Tells of the first rule of the rulebook for which the reading matters to somebody.
fn first_that_matters(survey: &mut Survey<'_>, book: &Rulebook, reading: Reading) {
    let known = survey.known();
    let entries = survey.entries.iter().filter(|entry| entry.book.id == book.id);
    let entries: Vec<Entry<'_>> = entries.copied().collect();
    for entry in entries {
        if reading == Reading::Quarters && !says_plain_quarter(survey, entry) {
            continue;
        }
        let mut matters = known
            .iter()
            .filter_map(|world| Some((world, differing(survey, entry, world, reading)?)));
        let Some((world, days)) = matters.next() else { continue };
        let concerned = 1 + matters.count();
        let witness = world.on(days.0, survey.ground.vocabulary);
        let counts = (concerned, known.len());
        let place = survey.places.rule(entry.rule);
        let told = raise::reading_matters(&place, witness, reading, days, counts);
        survey.tell(told);
        return;
    }
}

/// Whether the sentence says "quarter" without saying whose.
fn says_plain_quarter(survey: &Survey<'_>, entry: Entry<'_>) -> bool {
    let Norm::Frequency { cycle: Cycle::Quarter, .. } = entry.rule.norm else {
        return false;
    };
    let context = Context { vocabulary: survey.ground.vocabulary, fiscal_quarters: true };
    let place = Place::default();
    let read = sentence::read(&entry.rule.text, &place, &context, &mut Vec::new());
    read.is_some_and(|duty| {
        matches!(duty.norm, Norm::Frequency { cycle: Cycle::FiscalQuarter, .. })
    })
}

/// The day as it is taken and the other one, where they differ for the organization.
fn differing(
    survey: &Survey<'_>,
    entry: Entry<'_>,
    world: &World<'_>,
    reading: Reading,
) -> Option<(Day, Day)> {
    let day = entry.day(survey.ground.today)?;
    let Asked::Norm(norm, _) = entry.asked(&world.profile, day) else { return None };
    match (reading, norm) {
        (Reading::Months, Norm::Deadline { anchor, within, .. }) => {
            months(world, day, *anchor, *within)
        }
        (Reading::Quarters, _) => {
            let calendar = Period::holding(day, Cycle::Quarter).to;
            let fiscal = world.profile.fiscal_years.quarter_holding(day).to;
            (calendar != fiscal).then_some((calendar, fiscal))
        }
        _ => None,
    }
}

fn months(
    world: &World<'_>,
    day: Day,
    anchor: Anchor,
    within: Span,
) -> Option<(Day, Day)> {
    let mut year = world.profile.fiscal_year(day);
    for _ in 0..YEARS {
        let trigger = match anchor {
            Anchor::FiscalYearEnd => year.to,
            Anchor::FiscalYearStart => year.from,
            Anchor::Each(_) | Anchor::MandateEnd(_) | Anchor::Finding => return None,
        };
        let to_end = trigger.plus(within, MonthCounting::ToMonthEnd);
        let by_date = trigger.plus(within, MonthCounting::ByDate);
        if to_end != by_date {
            return Some((to_end, by_date));
        }
        year = world.profile.fiscal_year(year.to.next());
    }
    None
}
