//! Two rules about one matter: they cannot both be kept, or one adds nothing to the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Survey;
use crate::analysis::entry::{Entry, nearest};
use crate::analysis::implied::Terms;
use crate::analysis::world::World;
use crate::calendar::Day;
use crate::diagnostics::raise::analysis as raise;
use crate::judge::Asked;
use crate::limits;
use crate::norm::{Condition, Norm, TermId};
use crate::program::{Status, Window};

pub(super) fn look(survey: &mut Survey<'_>) {
    let entries = survey.entries.clone();
    let mut told = BTreeSet::new();
    for (first, second) in pairs(survey, &entries) {
        if survey.is_full() {
            return;
        }
        let (Some(one), Some(other)) = (entries.get(first), entries.get(second)) else {
            continue;
        };
        // One finding a rule is enough to look at it.
        if told.contains(&first) || told.contains(&second) {
            continue;
        }
        let place = conflict(survey, *one, *other)
            .then_some(second)
            .or_else(|| redundant(survey, *one, *other).then_some(second))
            .or_else(|| redundant(survey, *other, *one).then_some(first));
        told.extend(place);
    }
}

/// Pairs of rules that speak of one thing, by their places, up to a limit.
fn pairs(survey: &mut Survey<'_>, entries: &[Entry<'_>]) -> BTreeSet<(usize, usize)> {
    let mut about: BTreeMap<TermId, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let matters: BTreeSet<TermId> = entry.norms().flat_map(matters).collect();
        for term in widened(survey, &matters) {
            about.entry(term).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    for rules in about.values() {
        for (at, first) in rules.iter().enumerate() {
            for second in rules.iter().skip(at + 1) {
                if pairs.len() >= limits::ANALYSIS_PAIRS_MAX {
                    survey.counts.left_out += 1;
                    survey.counts.pairs = pairs.len();
                    return pairs;
                }
                pairs.insert((*first, *second));
            }
        }
    }
    survey.counts.pairs = pairs.len();
    pairs
}

/// With each term what it is a kind of: audited accounts are accounts.
fn widened(survey: &Survey<'_>, terms: &BTreeSet<TermId>) -> BTreeSet<TermId> {
    let vocabulary = survey.ground.vocabulary;
    let wider = |term: &TermId| vocabulary.term(*term).and_then(|term| term.kind_of);
    let chains = terms.iter().map(|term| std::iter::successors(Some(*term), wider));
    chains.flat_map(|chain| chain.take(16)).collect()
}

/// What a duty is about: a body, a paper, a number.
fn matters(norm: &Norm) -> Vec<TermId> {
    match norm {
        Norm::All(parts) => parts.iter().flat_map(matters).collect(),
        Norm::Size { body, .. }
        | Norm::Quorum { body, .. }
        | Norm::Unrelated { body, .. }
        | Norm::Proportion { body, .. } => vec![*body],
        Norm::Contents { document, .. }
        | Norm::Signed { document, .. }
        | Norm::EachMember { document, .. } => vec![*document],
        Norm::TermLimit { who, .. } | Norm::Composition { who, .. } => vec![*who],
        Norm::Incompatible { one, other } => vec![*one, *other],
        Norm::Holds(condition) => Condition::attributes(condition),
        _ => norm.deed().map(|deed| deed.noun).into_iter().collect(),
    }
}

/// The day on which both rules are in force that is nearest to today.
fn common_day(one: Entry<'_>, other: Entry<'_>, today: Day) -> Option<Day> {
    nearest(one.window().within(other.window()), today)
}

/// Tells of `other` where it cannot be kept beside `one`.
fn conflict(survey: &mut Survey<'_>, one: Entry<'_>, other: Entry<'_>) -> bool {
    let terms = Terms { vocabulary: survey.ground.vocabulary, months: one.book.months };
    let both_hold = |norm: &Norm| matches!(norm, Norm::Holds(_));
    let conditions = one.norms().any(both_hold) && other.norms().any(both_hold);
    let opposed =
        one.norms().any(|norm| other.norms().any(|another| terms.opposed(norm, another)));
    if !opposed && !conditions {
        return false;
    }
    let Some(day) = common_day(one, other, survey.ground.today) else { return false };
    let Some(possible) = survey.possible(&[one, other]) else { return false };
    let clash = |world: &World<'_>| {
        let asked = (one.asked(&world.profile, day), other.asked(&world.profile, day));
        let (Asked::Norm(norm, _), Asked::Norm(another, _)) = asked else { return None };
        let never = Terms::never_together(norm, another, &possible, day);
        (never || terms.opposed(norm, another)).then_some((norm, another))
    };
    let known = survey.known();
    let mut worlds = known.iter().chain(&possible);
    let Some((world, (norm, another))) =
        worlds.find_map(|world| Some((world, clash(world)?)))
    else {
        return false;
    };
    let witness = world.on(day, survey.ground.vocabulary);
    let own = survey.named(other.rule.id.clone(), another);
    let before = survey.named(one.id_in(other.book), norm);
    let place = survey.places.rule(other.rule);
    survey.tell(raise::opposed(&place, witness, &own, &before));
    true
}

/// Tells of `weak` where whoever keeps `strong` keeps it: in every organization that could
/// be, on every day of its time.
fn redundant(survey: &mut Survey<'_>, strong: Entry<'_>, weak: Entry<'_>) -> bool {
    let terms =
        Terms { vocabulary: survey.ground.vocabulary, months: strong.book.months };
    let likely =
        strong.norms().any(|norm| weak.norms().any(|other| terms.implies(norm, other)));
    if !likely || !is_beside(strong, weak) || !terms.is_as_strict(strong, weak) {
        return false;
    }
    let Some(day) = common_day(strong, weak, survey.ground.today) else { return false };
    let Some(possible) = survey.possible(&[strong, weak]) else { return false };
    let mut asks = false;
    for world in &possible {
        match (weak.asked(&world.profile, day), strong.asked(&world.profile, day)) {
            (Asked::Nothing(_), _) => {}
            (Asked::Norm(asked, _), Asked::Norm(kept, _))
                if terms.implies(kept, asked) =>
            {
                asks = true;
            }
            _ => return false,
        }
    }
    if asks {
        tell_redundant(survey, strong, weak, &possible, day);
    }
    asks
}

fn tell_redundant(
    survey: &mut Survey<'_>,
    strong: Entry<'_>,
    weak: Entry<'_>,
    possible: &[World<'_>],
    day: Day,
) {
    let known = survey.known();
    let asks = |world: &World<'_>| match weak.asked(&world.profile, day) {
        Asked::Norm(norm, _) => Some(norm),
        _ => None,
    };
    let mut worlds = known.iter().chain(possible);
    let Some((world, norm)) = worlds.find_map(|world| Some((world, asks(world)?))) else {
        return;
    };
    let kept = match strong.asked(&world.profile, day) {
        Asked::Norm(norm, _) => norm,
        _ => &strong.rule.norm,
    };
    let due = weak.next_due(&world.profile, day).unwrap_or(day);
    let witness = world.on(due, survey.ground.vocabulary);
    let own = survey.named(weak.rule.id.clone(), norm);
    let other = survey.named(strong.id_in(weak.book), kept);
    let place = survey.places.rule(weak.rule);
    survey.tell(raise::adds_nothing(&place, witness, &own, &other));
}

/// Whether the two are read together: in one rulebook, or in two that share an index. A
/// charter may say again what the law says, and stands without it.
fn is_beside(strong: Entry<'_>, weak: Entry<'_>) -> bool {
    let includes = |book: Entry<'_>, other: Entry<'_>| {
        book.book.includes.iter().any(|(id, _)| *id == other.book.id)
    };
    let together = strong.book.id == weak.book.id
        || includes(strong, weak)
        || includes(weak, strong);
    let counts = strong.is_in_force() || weak.rule.status == Status::Draft;
    together && counts && holds_window(strong.window(), weak.window())
}

fn holds_window(outer: Window, inner: Window) -> bool {
    outer.within(inner) == inner
}

impl Terms<'_> {
    /// Whether the choices beside the sentences leave the one no more time than the other.
    fn is_as_strict(self, strong: Entry<'_>, weak: Entry<'_>) -> bool {
        let (one, other) = (strong.book, weak.book);
        let same =
            one.months == other.months && one.fiscal_quarters == other.fiscal_quarters;
        let asked = &weak.rule.counts_only_if;
        let counts = asked.is_empty() || *asked == strong.rule.counts_only_if;
        same && counts && self.is_grace_within(strong.rule.grace, weak.rule.grace)
    }
}
