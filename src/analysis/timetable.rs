//! Days that do not fit together: a step that is due before the one it rests on may be
//! finished, and orders that no calendar has.
//!
//! What comes before what is said by rules of order, and by the nature of papers: they are
//! prepared and audited before they are adopted, filed or published. Times that no sentence
//! states, a year for papers about a fiscal year, are nobody's timetable.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Survey;
use crate::analysis::entry::{Entry, nearest};
use crate::analysis::implied::Terms;
use crate::analysis::spans;
use crate::analysis::world::World;
use crate::calendar::{Day, Period, Span, days_in_month};
use crate::diagnostics::raise::analysis as raise;
use crate::judge::Asked;
use crate::limits;
use crate::norm::{Act, Anchor, Limit, Norm, Occurrence, TermId};
use crate::vocabulary::{Concern, TermKind, Vocabulary};

/// A deed with the day of each fiscal year by which a rule wants it.
#[derive(Clone, Copy, Debug)]
struct Deadline<'a> {
    entry: Entry<'a>,
    what: Occurrence,
    by: By,
}

#[derive(Clone, Copy, Debug)]
enum By {
    After(Anchor, Span),
    Before(Anchor, Span),
    Date(u8, u8),
}

/// What a rule wants before what, and how many days before at least.
#[derive(Clone, Copy, Debug)]
struct Link<'a> {
    entry: Entry<'a>,
    first: Occurrence,
    then: Occurrence,
    lead: i32,
    /// The sentence says "before", and not only "within so long after".
    is_order: bool,
}

pub(super) fn look(survey: &mut Survey<'_>) {
    let entries = survey.entries.clone();
    let vocabulary = survey.ground.vocabulary;
    let deadlines: Vec<Deadline<'_>> =
        entries.iter().flat_map(|entry| deadlines(*entry, vocabulary)).collect();
    let links: Vec<Link<'_>> = entries.iter().flat_map(|entry| links(*entry)).collect();
    let mut tries = limits::ANALYSIS_PAIRS_MAX;
    no_order(survey, &links, &mut tries);
    too_early(survey, &deadlines, &links, &mut tries);
    survey.counts.left_out += usize::from(tries == 0);
}

fn parts(norm: &Norm) -> Vec<&Norm> {
    match norm {
        Norm::All(all) => all.iter().flat_map(parts).collect(),
        _ => vec![norm],
    }
}

fn deadlines<'a>(entry: Entry<'a>, vocabulary: &Vocabulary) -> Vec<Deadline<'a>> {
    let mut all = Vec::new();
    let mut add = |what, by| all.push(Deadline { entry, what, by });
    for norm in parts(&entry.rule.norm) {
        match norm {
            Norm::Deadline { what, anchor, within } if is_of_year(*anchor) => {
                add(*what, By::After(*anchor, *within));
            }
            Norm::Order { steps, anchor, limit, .. } if is_of_year(*anchor) => {
                for step in steps {
                    add(
                        *step,
                        match limit {
                            Limit::Before(lead) => By::Before(*anchor, *lead),
                            Limit::Within(span) => By::After(*anchor, *span),
                        },
                    );
                }
            }
            Norm::FixedDate { what, month, day } if is_yearly(*what, vocabulary) => {
                add(*what, By::Date(*month, *day));
            }
            _ => {}
        }
    }
    all
}

fn is_of_year(anchor: Anchor) -> bool {
    matches!(anchor, Anchor::FiscalYearEnd | Anchor::FiscalYearStart)
}

fn is_yearly(what: Occurrence, vocabulary: &Vocabulary) -> bool {
    let kind = vocabulary.term(what.noun).map(|term| term.kind);
    kind == Some(TermKind::Document(Concern::FiscalYear))
}

fn links(entry: Entry<'_>) -> Vec<Link<'_>> {
    let months = entry.book.months;
    let shortest = |span| spans::length(span, months).map_or(0, |(shortest, _)| shortest);
    let mut all = Vec::new();
    for norm in parts(&entry.rule.norm) {
        let mut add = |first, then, lead, is_order| {
            all.push(Link { entry, first, then, lead, is_order });
        };
        match norm {
            Norm::Deadline { what, anchor: Anchor::Each(event), .. } => {
                add(*event, *what, 0, false);
            }
            Norm::Order { steps, anchor, limit, .. } => {
                for pair in steps.windows(2) {
                    if let [first, then] = pair {
                        add(*first, *then, 0, true);
                    }
                }
                match (steps.last(), anchor, limit) {
                    (Some(last), Anchor::Each(event), Limit::Before(lead)) => {
                        add(*last, *event, shortest(*lead), true);
                    }
                    (Some(last), Anchor::Each(event), Limit::Within(_)) => {
                        add(*event, *last, 0, false);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    all
}

/// Tells of two rules of which each wants its own step first.
fn no_order(survey: &mut Survey<'_>, links: &[Link<'_>], tries: &mut usize) {
    let mut told = BTreeSet::new();
    let mut from: BTreeMap<TermId, Vec<usize>> = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        from.entry(root(survey, link.first.noun)).or_default().push(index);
    }
    for (second, link) in links.iter().enumerate() {
        let back = from.get(&root(survey, link.then.noun)).cloned().unwrap_or_default();
        for first in back.into_iter().filter(|first| *first < second) {
            let Some(other) = links.get(first) else { continue };
            if *tries == 0 || survey.is_full() {
                return;
            }
            *tries -= 1;
            if is_circle(survey, *other, *link)
                && told.insert((&link.entry.rule.file, link.entry.rule.line))
            {
                tell_no_order(survey, other.entry, link.entry);
            }
        }
    }
}

fn is_circle(survey: &Survey<'_>, one: Link<'_>, other: Link<'_>) -> bool {
    let terms =
        Terms { vocabulary: survey.ground.vocabulary, months: one.entry.book.months };
    // What happens on one day was in time for both, unless one asks for days between.
    let turns = one.lead + other.lead > 0 || one.is_order && other.is_order;
    turns
        && one.first != one.then
        && terms.is_a(one.then, other.first)
        && terms.is_a(other.then, one.first)
}

fn tell_no_order(survey: &mut Survey<'_>, one: Entry<'_>, other: Entry<'_>) {
    let Some((world, day)) = both_asked(survey, one, other) else { return };
    let witness = world.on(day, survey.ground.vocabulary);
    let own = survey.named(other.rule.id.clone(), &other.rule.norm);
    let before = survey.named(one.id_in(other.book), &one.rule.norm);
    let place = survey.places.rule(other.rule);
    survey.tell(raise::no_order(&place, witness, &own, &before));
}

/// An organization whom both rules ask for their own duties, and a day.
fn both_asked<'a>(
    survey: &mut Survey<'a>,
    one: Entry<'_>,
    other: Entry<'_>,
) -> Option<(World<'a>, Day)> {
    let day = nearest(one.window().within(other.window()), survey.ground.today)?;
    let possible = survey.possible(&[one, other])?;
    let asks = |entry: Entry<'_>, world: &World<'_>| {
        entry.asked(&world.profile, day) == Asked::Norm(&entry.rule.norm, None)
    };
    let mut worlds = survey.known().into_iter().chain(possible);
    let world = worlds.find(|world| asks(one, world) && asks(other, world))?;
    Some((world, day))
}

/// Tells of steps that are due before those they rest on may be finished.
fn too_early(
    survey: &mut Survey<'_>,
    deadlines: &[Deadline<'_>],
    links: &[Link<'_>],
    tries: &mut usize,
) {
    let mut of: BTreeMap<TermId, Vec<Deadline<'_>>> = BTreeMap::new();
    for deadline in deadlines {
        of.entry(root(survey, deadline.what.noun)).or_default().push(*deadline);
    }
    let mut told = BTreeSet::new();
    for own in deadlines {
        let noun = root(survey, own.what.noun);
        let terms =
            Terms { vocabulary: survey.ground.vocabulary, months: own.entry.book.months };
        let mut before: BTreeSet<TermId> = BTreeSet::from([noun]);
        let asked = links.iter().filter(|link| terms.is_a(own.what, link.then));
        let asked: Vec<&Link<'_>> = asked.collect();
        before.extend(asked.iter().map(|link| root(survey, link.first.noun)));
        let firsts = before.iter().filter_map(|noun| of.get(noun)).flatten();
        for first in firsts.filter(|first| !is_default(**first)) {
            if *tries == 0 || survey.is_full() {
                return;
            }
            *tries -= 1;
            let linked = asked.iter().any(|link| terms.is_a(first.what, link.first));
            let natural = is_natural(survey, first.what, own.what);
            let place = (&own.entry.rule.file, own.entry.rule.line);
            if (linked || natural)
                && !is_same(first.entry, own.entry)
                && !told.contains(&place)
                && tell_too_early(survey, *own, *first)
            {
                told.insert(place);
            }
        }
    }
}

/// Whether the time is that of a sentence without one.
fn is_default(deadline: Deadline<'_>) -> bool {
    let year = |span| matches!(span, Span::Months(12) | Span::Years(1));
    matches!(deadline.by, By::After(Anchor::FiscalYearEnd, span) if year(span))
}

fn is_same(one: Entry<'_>, other: Entry<'_>) -> bool {
    std::ptr::eq(one.rule, other.rule)
}

/// Whether nobody can do the second without the first: a paper is there and audited before
/// it is adopted, filed or published.
fn is_natural(survey: &Survey<'_>, first: Occurrence, then: Occurrence) -> bool {
    let vocabulary = survey.ground.vocabulary;
    let audit = vocabulary.id("audit").map(Act::Verb);
    let makes = first.act == Act::Prepare || Some(first.act) == audit;
    let uses = matches!(then.act, Act::Adopt | Act::Submit | Act::Publish)
        || first.act == Act::Prepare && Some(then.act) == audit;
    makes && uses && vocabulary.is_a(then.noun, first.noun)
}

fn tell_too_early(
    survey: &mut Survey<'_>,
    own: Deadline<'_>,
    first: Deadline<'_>,
) -> bool {
    let Some((world, day)) = both_late(survey, own, first) else { return false };
    let year = world.profile.fiscal_year(day);
    let (due, until) = (own.due(&world, year), first.due(&world, year));
    let witness = world.on(year.to, survey.ground.vocabulary);
    let named = survey.named(own.entry.rule.id.clone(), &own.entry.rule.norm);
    let before = survey.named(first.entry.id_in(own.entry.book), &first.entry.rule.norm);
    let place = survey.places.rule(own.entry.rule);
    survey.tell(raise::too_early(&place, witness, (&named, due), (&before, until)));
    true
}

/// An organization for which the first step may be later than the second.
fn both_late<'a>(
    survey: &mut Survey<'a>,
    own: Deadline<'_>,
    first: Deadline<'_>,
) -> Option<(World<'a>, Day)> {
    let window = own.entry.window().within(first.entry.window());
    let day = nearest(window, survey.ground.today)?;
    let possible = survey.possible(&[own.entry, first.entry])?;
    let late = |world: &World<'_>| {
        let asks = |entry: Entry<'_>| {
            entry.asked(&world.profile, day) == Asked::Norm(&entry.rule.norm, None)
        };
        let year = world.profile.fiscal_year(day);
        asks(own.entry)
            && asks(first.entry)
            && first.due(world, year) > own.due(world, year)
    };
    let mut worlds = survey.known().into_iter().chain(possible);
    worlds.find(late).map(|world| (world, day))
}

impl Deadline<'_> {
    /// The last day, for a fiscal year of the organization.
    fn due(self, world: &World<'_>, year: Period) -> Day {
        let working = &world.profile.working;
        let months = self.entry.book.months;
        let of = |anchor| match anchor {
            Anchor::FiscalYearStart => year.from,
            _ => year.to,
        };
        match self.by {
            By::After(anchor, Span::WorkingDays(days)) => working.after(of(anchor), days),
            By::After(anchor, span) => of(anchor).plus(span, months),
            By::Before(anchor, Span::WorkingDays(days)) => {
                working.before(of(anchor), days)
            }
            By::Before(anchor, span) => of(anchor).minus(span, months),
            By::Date(month, day) => date_after(year.to, month, day),
        }
    }
}

/// The first such date after a day.
fn date_after(after: Day, month: u8, day: u8) -> Day {
    let in_year = |year: i32| {
        Day::from_ymd(year, month, day.min(days_in_month(year, month))).unwrap_or(after)
    };
    let same = in_year(after.year());
    if same > after { same } else { in_year(after.year() + 1) }
}

/// The widest kind that a paper is of, so that what speaks of it lies together.
fn root(survey: &Survey<'_>, noun: TermId) -> TermId {
    let vocabulary = survey.ground.vocabulary;
    let wider = |term: &TermId| vocabulary.term(*term).and_then(|term| term.kind_of);
    std::iter::successors(Some(noun), wider).take(16).last().unwrap_or(noun)
}
