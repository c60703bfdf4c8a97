//! Rules that no paper can ever prove: they rest on a kind that nothing recognises.

use std::collections::BTreeSet;

use crate::analysis::Survey;
use crate::analysis::entry::Entry;
use crate::analysis::world::World;
use crate::diagnostics::raise::analysis as raise;
use crate::judge::Asked;
use crate::norm::{Anchor, Norm, TermId};
use crate::text::Language;
use crate::vocabulary::TermKind;

pub(super) fn look(survey: &mut Survey<'_>) {
    let binding = survey.entries.clone();
    let binding = binding.into_iter().filter(|entry| entry.is_in_force());
    for entry in binding {
        let nouns: BTreeSet<TermId> = entry.norms().flat_map(nouns).collect();
        let unknown = nouns.into_iter().find(|noun| !is_recognised(survey, *noun));
        if let Some(noun) = unknown {
            unprovable(survey, entry, noun);
        }
    }
}

/// Everything that a duty speaks of and that papers could be.
fn nouns(norm: &Norm) -> Vec<TermId> {
    let mut nouns: Vec<TermId> = norm.deed().map(|deed| deed.noun).into_iter().collect();
    match norm {
        Norm::All(parts) => nouns.extend(parts.iter().flat_map(self::nouns)),
        Norm::Order { steps, .. } => nouns.extend(steps.iter().map(|step| step.noun)),
        Norm::Contents { document, .. }
        | Norm::Signed { document, .. }
        | Norm::EachMember { document, .. } => nouns.push(*document),
        _ => {}
    }
    if let Norm::Deadline { anchor: Anchor::Each(event), .. }
    | Norm::Order { anchor: Anchor::Each(event), .. } = norm
    {
        nouns.push(event.noun);
    }
    nouns
}

/// Whether some paper can be told to be this: by the signs of its kind, or by those of a
/// narrower one. What is no paper is stated by people.
fn is_recognised(survey: &Survey<'_>, noun: TermId) -> bool {
    let vocabulary = survey.ground.vocabulary;
    let is_paper = vocabulary
        .term(noun)
        .is_some_and(|term| matches!(term.kind, TermKind::Document(_)));
    let mut kinds = vocabulary.kinds().filter(|(id, _)| vocabulary.is_a(*id, noun));
    !is_paper || kinds.any(|(_, kind)| survey.ground.cues.recognises(&kind.name))
}

fn unprovable(survey: &mut Survey<'_>, entry: Entry<'_>, noun: TermId) {
    let Some(day) = entry.day(survey.ground.today) else { return };
    let known = survey.known();
    let possible = survey.possible(&[entry]).unwrap_or_default();
    let asks =
        |world: &&World<'_>| matches!(entry.asked(&world.profile, day), Asked::Norm(..));
    let Some(world) = known.iter().chain(&possible).find(asks) else { return };
    let vocabulary = survey.ground.vocabulary;
    let witness = world.on(day, vocabulary);
    let names = [Language::English, Language::Arabic]
        .map(|language| vocabulary.phrase(noun, language));
    let place = survey.places.rule(entry.rule);
    survey.tell(raise::unprovable(&place, witness, names));
}
