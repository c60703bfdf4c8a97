//! Rules that nobody looks at: a day of review that is over, examples that never fail.

use std::collections::BTreeMap;

use crate::analysis::entry::Entry;
use crate::analysis::world::World;
use crate::analysis::{Ground, Survey};
use crate::calendar::{Day, MonthCounting, Span};
use crate::diagnostics::raise::analysis as raise;
use crate::example::Expected;
use crate::judge::Asked;
use crate::norm::Norm;
use crate::proof;
use crate::rulebook::Label;
use crate::verdict::Slot;

pub(super) fn look(survey: &mut Survey<'_>) {
    for entry in survey.entries.clone() {
        stale(survey, entry);
    }
    never_failing(survey);
}

/// Tells of rules whose examples all end well: they would pass whatever became of the rule.
fn never_failing(survey: &mut Survey<'_>) {
    let Ground { program, vocabulary, case_files, .. } = survey.ground;
    let (cases, _) = proof::cases(program, vocabulary, case_files);
    // Of each rule with examples, by its place in the files, whether one of them fails.
    let mut failing: BTreeMap<(&str, u32), bool> = BTreeMap::new();
    for case in &cases {
        let rule = (case.rule.file.as_str(), case.rule.line);
        let fails = case.claims.iter().any(|claim| is_failing(claim.state));
        *failing.entry(rule).or_default() |= fails;
    }
    for entry in survey.entries.clone() {
        let rule = (entry.rule.file.as_str(), entry.rule.line);
        let asks = !matches!(entry.rule.norm, Norm::Free { .. } | Norm::Outside { .. });
        if asks && failing.get(&rule) == Some(&false) {
            tell_never_failing(survey, entry);
        }
    }
}

fn is_failing(state: Expected) -> bool {
    matches!(state, Expected::NotMet | Expected::StillOwed | Expected::Closed)
}

fn tell_never_failing(survey: &mut Survey<'_>, entry: Entry<'_>) {
    let today = survey.ground.today;
    let Some(world) = somebody(survey, entry, today) else { return };
    // The last occasion whose lag is over: what was not found by then is not met.
    let over = |slot: &Slot| slot.lag_end < today && slot.to < Day::LATEST;
    let last = entry.slots(&world.profile, today).into_iter().rfind(over);
    let (on, seen) = last.map_or((today, today), |slot| (slot.to, slot.lag_end.next()));
    let witness = world.on(on, survey.ground.vocabulary);
    let place = survey.places.rule(entry.rule);
    survey.tell(raise::never_failing(&place, witness, seen));
}

/// Somebody whom the rule asks for something on a day.
fn somebody<'a>(
    survey: &mut Survey<'a>,
    entry: Entry<'_>,
    day: Day,
) -> Option<World<'a>> {
    let possible = survey.possible(&[entry]).unwrap_or_default();
    let asks =
        |world: &World<'_>| matches!(entry.asked(&world.profile, day), Asked::Norm(..));
    survey.known().into_iter().chain(possible).find(asks)
}

/// Tells of a day of review that is over.
fn stale(survey: &mut Survey<'_>, entry: Entry<'_>) {
    let today = survey.ground.today;
    let over = entry.rule.review_by.is_some_and(|day| day < today);
    if !over || !entry.window().contains(today) {
        return;
    }
    let Some((place, _)) = survey.places.label(entry.rule, Label::ReviewBy, 0) else {
        return;
    };
    let Some(world) = somebody(survey, entry, today) else { return };
    let own = survey.named(entry.rule.id.clone(), &entry.rule.norm);
    let witness = world.on(today, survey.ground.vocabulary);
    let again = today.plus(Span::Years(1), MonthCounting::ToMonthEnd);
    survey.tell(raise::stale(&place, witness, &own, again));
}
