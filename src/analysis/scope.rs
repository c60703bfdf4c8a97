//! Whom rules ask: nobody ever, nobody of this network, nobody of one type; exceptions that
//! make no difference.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Survey;
use crate::analysis::entry::Entry;
use crate::analysis::world::World;
use crate::calendar::Day;
use crate::diagnostics::Place;
use crate::diagnostics::raise::analysis as raise;
use crate::diagnostics::raise::analysis::{Never, Unused};
use crate::form;
use crate::judge;
use crate::judge::{Asked, Attributes, Profile};
use crate::norm::{Condition, Norm, TermId};
use crate::rulebook::Label;
use crate::text::Language;
use crate::vocabulary::TermKind;

pub(super) fn look(survey: &mut Survey<'_>) {
    for entry in survey.entries.clone() {
        if survey.is_full() {
            return;
        }
        if !never_applies(survey, entry) {
            exceptions(survey, entry);
        }
    }
    nobody(survey);
    left_out(survey);
}

/// The days on which the answer can differ: today, and where the rule's own time or that of
/// a rule before it begins or is over.
fn days(survey: &Survey<'_>, entry: Entry<'_>) -> Vec<Day> {
    let window = entry.window();
    let mut days: BTreeSet<Day> = entry.day(survey.ground.today).into_iter().collect();
    days.extend([window.from, window.to].into_iter().flatten());
    for before in &entry.rule.gives_way_to {
        days.extend(before.in_force.from.map(Day::previous));
        days.extend(before.in_force.to.map(Day::next));
    }
    days.into_iter().filter(|day| window.contains(*day)).collect()
}

/// Tells of a rule that asks nobody for anything on any day.
fn never_applies(survey: &mut Survey<'_>, entry: Entry<'_>) -> bool {
    if matches!(entry.rule.norm, Norm::Free { .. }) {
        return false;
    }
    let days = days(survey, entry);
    let conditions = entry.conditions();
    let bound = !conditions.is_empty() || !entry.rule.gives_way_to.is_empty();
    if !days.is_empty() && !bound {
        return false;
    }
    let Some(possible) = survey.possible(&[entry]) else { return false };
    let asks = |world: &World<'_>, day: Day| {
        !matches!(entry.asked(&world.profile, day), Asked::Nothing(_))
    };
    if days.iter().any(|day| possible.iter().any(|world| asks(world, *day))) {
        return false;
    }
    let day = days.first().copied().unwrap_or(survey.ground.today);
    let why = reason(entry, &possible, day, days.is_empty());
    let known = survey.known();
    let Some(world) = known.first().or(possible.first()) else { return false };
    let witness = world.on(day, survey.ground.vocabulary);
    let (place, instead) = faulty_line(survey, entry, why);
    survey.tell(raise::never_applies(&place, witness, why, instead));
    true
}

fn reason(entry: Entry<'_>, possible: &[World<'_>], day: Day, no_day: bool) -> Never {
    let scope = entry.rule.applies_to.as_ref();
    let in_scope = |world: &World<'_>| {
        scope.is_none_or(|scope| judge::is_so(scope, &world.profile, day) == Some(true))
    };
    let excepted = |world: &World<'_>| {
        matches!(entry.asked(&world.profile, day), Asked::Nothing(Some(_)))
    };
    if no_day {
        Never::Time
    } else if !possible.iter().any(in_scope) {
        Never::Scope
    } else if possible.iter().any(excepted) {
        Never::Excepted
    } else {
        Never::GivesWay
    }
}

/// The line that keeps the rule from applying, and that line put right.
fn faulty_line(
    survey: &mut Survey<'_>,
    entry: Entry<'_>,
    why: Never,
) -> (Place, Vec<String>) {
    let rule = entry.rule;
    let label = match why {
        Never::Time => Label::InForce,
        Never::Scope => Label::AppliesTo,
        Never::Excepted => Label::ExceptWhen,
        Never::GivesWay => Label::GivesWayTo,
    };
    match survey.places.label(rule, label, 0) {
        Some((place, _)) if why == Never::Scope => {
            let all = raise::everyone(&place);
            (place, all)
        }
        Some((place, _)) => {
            let without = raise::commented(&place);
            (place, without)
        }
        // The sentence itself says it: the duty without its condition.
        None => {
            let place = survey.places.rule(rule);
            let [english, arabic] = form::say(&rule.norm, survey.ground.vocabulary);
            let duty = match rule.written_in {
                Language::English => english,
                Language::Arabic => arabic,
            };
            let instead = raise::instead(&place, &duty);
            (place, instead)
        }
    }
}

/// Tells of exceptions, and limits of exceptions, that change nothing.
fn exceptions(survey: &mut Survey<'_>, entry: Entry<'_>) {
    if entry.rule.exceptions.is_empty() {
        return;
    }
    let Some(day) = entry.day(survey.ground.today) else { return };
    let Some(possible) = survey.possible(&[entry]) else { return };
    let in_scope = possible.iter().filter(|world| is_in_scope(entry, world, day));
    let in_scope: Vec<&World<'_>> = in_scope.collect();
    // Conditions of the sentence come first and stand on no line of their own.
    let all = entry.rule.exceptions.len();
    let labels = survey.places.count(entry.rule, Label::ExceptWhen);
    let of_sentence = all.saturating_sub(labels);
    let mut limit = 0;
    for (index, exception) in entry.rule.exceptions.iter().enumerate() {
        let used = in_scope.iter().any(|world| {
            let asked = entry.asked(&world.profile, day);
            let (Asked::Norm(_, by) | Asked::Nothing(by)) = asked else { return true };
            by == Some(index)
        });
        let same = exception.then.as_ref() == Some(&entry.rule.norm);
        let why = if same { Unused::Same } else { Unused::Never };
        let label = index.checked_sub(of_sentence).map(|at| (Label::ExceptWhen, at));
        if !used || same {
            unused(survey, entry, (label, why), in_scope.first().copied(), day);
        }
        for (_, condition) in &exception.unless {
            let limits = in_scope.iter().any(|world| {
                let so = |condition| judge::is_so(condition, &world.profile, day);
                so(&exception.when) != Some(false) && so(condition) != Some(false)
            });
            if used && !limits {
                let label = Some((Label::ButNotWhen, limit));
                let world = in_scope.first().copied();
                unused(survey, entry, (label, Unused::Limit), world, day);
            }
            limit += 1;
        }
    }
}

fn is_in_scope(entry: Entry<'_>, world: &World<'_>, day: Day) -> bool {
    let scope = entry.rule.applies_to.as_ref();
    scope.is_none_or(|scope| judge::is_so(scope, &world.profile, day) == Some(true))
}

fn unused(
    survey: &mut Survey<'_>,
    entry: Entry<'_>,
    (label, why): (Option<(Label, usize)>, Unused),
    world: Option<&World<'_>>,
    day: Day,
) {
    let known = survey.known();
    let bound = known.iter().find(|world| is_in_scope(entry, world, day));
    let Some(world) = bound.or(world) else { return };
    let labelled =
        label.and_then(|(label, at)| survey.places.label(entry.rule, label, at));
    let place = labelled.map(|(place, _)| place);
    let place = place.unwrap_or_else(|| survey.places.rule(entry.rule));
    let witness = world.on(day, survey.ground.vocabulary);
    survey.tell(raise::never_used(&place, witness, why));
}

/// Tells of scopes that hold none of the network's organizations, once for each scope of a
/// rulebook.
fn nobody(survey: &mut Survey<'_>) {
    let known = survey.known();
    let Some(first) = known.first() else { return };
    let mut scopes: BTreeMap<(&str, &Condition), Vec<Entry<'_>>> = BTreeMap::new();
    for entry in survey.entries.clone() {
        if let Some(scope) = &entry.rule.applies_to {
            scopes.entry((&entry.book.id, scope)).or_default().push(entry);
        }
    }
    for ((_, scope), entries) in scopes {
        let Some(entry) = entries.first() else { continue };
        let Some(day) = entry.day(survey.ground.today) else { continue };
        // A number above or below which nobody is this year is no slip; a type may be.
        let covers = |world: &World<'_>| {
            let of_type =
                Profile { attributes: Attributes::default(), ..world.profile.clone() };
            judge::is_so(scope, &of_type, day) != Some(false)
        };
        if known.iter().any(covers) || told_of(survey, *entry) {
            continue;
        }
        let witness = first.on(day, survey.ground.vocabulary);
        if let Some((place, _)) = survey.places.label(entry.rule, Label::AppliesTo, 0) {
            let finding = raise::nobody(&place, witness, entries.len(), known.len());
            survey.tell(finding);
        }
    }
}

/// Whether a rule is already known to apply never.
fn told_of(survey: &Survey<'_>, entry: Entry<'_>) -> bool {
    survey.told.iter().any(|told| {
        told.code == "G-703"
            && told.place.file == entry.rule.file
            && told.place.rule.as_ref() == Some(&entry.rule.id)
    })
}

/// Tells of types that a rulebook binds by name and that one of its dimensions leaves out.
fn left_out(survey: &mut Survey<'_>) {
    for book in &survey.ground.program.rulebooks {
        let entries = survey.entries.iter().filter(|entry| entry.book.id == book.id);
        let entries: Vec<Entry<'_>> = entries.copied().collect();
        let scopes = entries.iter().filter_map(|entry| entry.rule.applies_to.as_ref());
        let types: BTreeSet<TermId> = scopes.flat_map(bound_types).collect();
        for dimension in &book.dimensions {
            let mut rules = entries.clone();
            rules.retain(|entry| entry.rule.dimension == *dimension);
            for term in &types {
                left_out_of(survey, &rules, dimension, *term);
            }
        }
    }
}

/// The types that a scope names as its own.
fn bound_types(scope: &Condition) -> Vec<TermId> {
    match scope {
        Condition::OfType(term) => vec![*term],
        Condition::Any(parts) => parts.iter().flat_map(bound_types).collect(),
        _ => Vec::new(),
    }
}

fn left_out_of(
    survey: &mut Survey<'_>,
    rules: &[Entry<'_>],
    dimension: &str,
    term: TermId,
) {
    let vocabulary = survey.ground.vocabulary;
    let is_type =
        vocabulary.term(term).is_some_and(|term| term.kind == TermKind::OrganizationType);
    let Some(first) = rules.first().filter(|_| is_type) else { return };
    let of_this = Condition::OfType(term);
    let Some(possible) = survey.possible_beside(rules, &[&of_this]) else { return };
    let of_type = possible.iter().filter(|world| world.profile.types.contains(&term));
    let mut of_type = of_type.peekable();
    let today = survey.ground.today;
    let Some(world) = of_type.peek().copied() else { return };
    let covered = of_type.any(|world| {
        rules.iter().any(|entry| {
            let day = entry.day(today).unwrap_or(today);
            !matches!(entry.asked(&world.profile, day), Asked::Nothing(_))
        })
    });
    let known = survey.known();
    let own = known.iter().find(|world| world.profile.types.contains(&term));
    let labelled = survey.places.label(first.rule, Label::AppliesTo, 0);
    let (Some((place, _)), false) = (labelled, covered) else { return };
    let witness = own.unwrap_or(world).on(today, vocabulary);
    let kind = [Language::English, Language::Arabic]
        .map(|language| vocabulary.phrase(term, language));
    survey.tell(raise::left_out(&place, witness, dimension, kind));
}
