//! Worked examples run: whether what is claimed follows from what is on file.
//!
//! A case is an example of a rule, from an `Example:` line or a case file beside the
//! rulebook. Judged as everything is, on days that the case itself names.

use crate::calendar::Day;
use crate::example::{Claim, Example, Expected, Given};
use crate::judge::{self, Duty, View};
use crate::program::{Rule, Rulebook};
use crate::recognise::cues::Cues;
use crate::timeline::AsOf;
use crate::verdict::{Slot, State};
use crate::vocabulary::Vocabulary;

mod case;
mod coverage;
mod fitting;
mod people;
mod stage;

pub use crate::proof::case::{Case, CaseFile, cases};
pub use crate::proof::coverage::{Gap, uncovered};

/// How one claim came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub claim: Claim,
    /// The state that is claimed about: of the slot, or of the rule.
    pub state: State,
    /// The slot that holds the day, where one is meant and there.
    pub slot: Option<Slot>,
    /// The rule as a whole on the day that is looked at.
    pub rule: State,
    /// For each exception of the rule whether it was used, and each of its limits.
    pub exceptions: Vec<(bool, Vec<bool>)>,
}

impl Outcome {
    /// Whether it is as claimed.
    pub fn holds(&self) -> bool {
        is(self.claim.state, self.state)
    }
}

/// Runs the claims of an example; `levels` are what is given, the example's own last.
pub fn outcomes(
    (rulebook, rule): (&Rulebook, &Rule),
    levels: &[&[Given]],
    claims: &[Claim],
    (vocabulary, cues): (&Vocabulary, &Cues),
) -> Vec<Outcome> {
    let Some(day) = claims.iter().map(|claim| claim.on).min() else { return Vec::new() };
    let mut duty = Duty::of(rulebook, rule);
    // What is said to have happened is taken to count; a paper says so itself.
    let papers = levels.iter().flat_map(|level| level.iter());
    if !papers.into_iter().any(|given| matches!(given, Given::Paper { .. })) {
        duty.counts_only_if = &[];
    }
    let place = rule.jurisdictions.first().map_or("PS", String::as_str);
    let props = stage::Props { vocabulary, cues, norm: &rule.norm, place, day };
    let mut stage = stage::stage(levels, &props);
    if stage.profile.start.is_none() {
        stage.profile.start = Some(start(levels, claims, day));
    }
    fitting::fit(&mut stage, &duty, vocabulary, day);
    let waivers: Vec<_> = stage.waiver.iter().collect();
    let judged = |claim: &Claim| {
        let view = |day: Day| View {
            profile: &stage.profile,
            timeline: &stage.timeline,
            as_of: AsOf::new(day, 0),
            waivers: &waivers,
            waivers_above: &[],
            only: &[],
        };
        outcome(&duty, view, *claim)
    };
    claims.iter().map(judged).collect()
}

/// Unless it is said: the first day of the year before the first day that is named.
fn start(levels: &[&[Given]], claims: &[Claim], day: Day) -> Day {
    let given = levels.iter().flat_map(|level| level.iter().cloned()).collect();
    let whole = Example { given, claims: claims.to_vec() };
    let first = whole.first_day().unwrap_or(day);
    Day::from_ymd(first.year() - 1, 1, 1).unwrap_or(first)
}

fn outcome<'o>(duty: &Duty<'_>, view: impl Fn(Day) -> View<'o>, claim: Claim) -> Outcome {
    let seen = view(claim.seen);
    let rule = judge::verdict(duty, &seen).state;
    let mut slots = judge::slots(duty, &seen).into_iter();
    let slot = slots.rfind(|slot| slot.opens <= claim.on);
    let slot = slot.filter(|_| !claim.of_rule);
    // What holds at all times has no occasions: the day itself is the question.
    let state = match slot {
        Some(slot) if !judge::speaks_for_the_day(duty.norm) => slot.state,
        _ => judge::verdict(duty, &view(claim.on)).state,
    };
    let day = slot.map_or(claim.on, |slot| slot.from);
    let exceptions = judge::exceptions_on(duty, seen.profile, day);
    Outcome { claim, state, slot, rule, exceptions }
}

/// Whether a state is what was expected.
fn is(expected: Expected, state: State) -> bool {
    match expected {
        Expected::NotMet => state.is_not_met(),
        Expected::Undecided => {
            matches!(state, State::AwaitingEvidence | State::InsufficientEvidence)
        }
        Expected::Error => state == State::Error,
        Expected::NotApplicable => state == State::NotApplicable,
        Expected::Waived => state == State::Waived,
        Expected::Explained => state == State::Explained,
        Expected::Met => state == State::Met,
        Expected::MetInGrace => state == State::MetInGrace,
        Expected::MetLate => state == State::MetLate,
        Expected::NotYetOpen => state == State::NotYetOpen,
        Expected::OnTrack => state == State::OnTrack,
        Expected::DueSoon => state == State::DueSoon,
        Expected::InGrace => state == State::InGrace,
        Expected::AwaitingEvidence => state == State::AwaitingEvidence,
        Expected::InsufficientEvidence => state == State::InsufficientEvidence,
        Expected::StillOwed => state == State::StillOwed,
        Expected::Closed => state == State::Closed,
    }
}
