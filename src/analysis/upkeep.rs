//! Rules that nobody has looked at for too long.

use crate::analysis::Survey;
use crate::analysis::entry::Entry;
use crate::analysis::world::World;
use crate::calendar::{MonthCounting, Span};
use crate::diagnostics::raise::analysis as raise;
use crate::judge::Asked;
use crate::rulebook::Label;

pub(super) fn look(survey: &mut Survey<'_>) {
    for entry in survey.entries.clone() {
        stale(survey, entry);
    }
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
    let known = survey.known();
    let possible = survey.possible(&[entry]).unwrap_or_default();
    let asks = |world: &&World<'_>| {
        matches!(entry.asked(&world.profile, today), Asked::Norm(..))
    };
    let Some(world) = known.iter().chain(&possible).find(asks) else { return };
    let own = survey.named(entry.rule.id.clone(), &entry.rule.norm);
    let witness = world.on(today, survey.ground.vocabulary);
    let again = today.plus(Span::Years(1), MonthCounting::ToMonthEnd);
    survey.tell(raise::stale(&place, witness, &own, again));
}
