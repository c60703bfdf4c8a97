//! Which papers stand behind a slot, found again for showing.
//!
//! The judge says whether a slot is met; this says by what, from the same timeline.

use super::indexes::Situation;
use super::member::Member;
use crate::calendar::Day;
use crate::judge;
use crate::norm::{Act, Anchor, Norm, TermId};
use crate::timeline::{Aspect, Entry, Paper, Subject};
use crate::verdict::{Slot, Truth};

/// An entry with the paper that it is from.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'t> {
    pub entry: &'t Entry,
    pub paper: &'t Paper,
    /// What happened, by its name in JSON.
    pub fact: &'static str,
    /// Whether it counts, where the rule asks something of what it counts.
    pub counts: Counts,
}

/// Whether an event is so that the rule counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    Yes,
    No,
    /// No paper says what the rule asks of it.
    Unknown,
}

impl Counts {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Counts::Yes => "yes",
            Counts::No => "no",
            Counts::Unknown => "unknown",
        }
    }
}

/// The evidence of one slot, by day; the order of arrival does not show.
pub fn of_slot<'t>(
    member: &'t Member,
    situation: &Situation,
    number: usize,
    slot: &Slot,
) -> Vec<Evidence<'t>> {
    let (timeline, as_of) = (member.timeline(), situation.as_of);
    let norms = asked(situation, number, slot);
    let of_norm = |norm| matters(norm).into_iter().map(move |matter| (norm, matter));
    let mut of_each: Vec<(&Norm, (TermId, Aspect))> =
        norms.into_iter().flat_map(of_norm).collect();
    // Of two duties that may be asked one paper is told once.
    let mut told: Vec<(TermId, Aspect)> = Vec::new();
    of_each.retain(|(_, matter)| {
        let is_new = !told.contains(matter);
        told.push(*matter);
        is_new
    });
    let mut found = Vec::new();
    for (norm, (noun, aspect)) in of_each {
        for entry in timeline.of(Subject::new(noun, aspect)) {
            let belongs = entry.counts(as_of) && belongs(norm, entry, slot);
            let paper = usize::try_from(entry.paper).ok();
            if let Some(paper) = paper.and_then(|paper| timeline.papers.get(paper))
                && belongs
            {
                let counts = match member.counts(situation, number, entry) {
                    Truth::False => Counts::No,
                    Truth::Unknown(_) => Counts::Unknown,
                    _ => Counts::Yes,
                };
                found.push(Evidence { entry, paper, fact: name(aspect), counts });
            }
        }
    }
    found.sort_by(|one, other| {
        let key = |evidence: &Evidence<'t>| (evidence.entry.day, evidence.paper.sha256);
        key(one).cmp(&key(other))
    });
    found
}

/// The duties one of which a slot is judged by: what an exception puts in the rule's place
/// among them.
pub fn asked<'s>(situation: &'s Situation, number: usize, slot: &Slot) -> Vec<&'s Norm> {
    let Some(duty) = situation.book.duty(number) else { return Vec::new() };
    let asked = judge::judged_by(&duty, &situation.profile, (slot.opens, slot.from));
    asked.into_iter().map(|duty| duty.norm).collect()
}

/// What the entries of a duty are about.
fn matters(norm: &Norm) -> Vec<(TermId, Aspect)> {
    match norm {
        Norm::Deadline { what, anchor, .. } => {
            let deed = std::iter::once((what.noun, Aspect::Done(what.act)));
            deed.chain(anchored(*anchor)).collect()
        }
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. } => vec![(what.noun, Aspect::Done(what.act))],
        Norm::Order { steps, anchor, .. } => {
            let steps = steps.iter().map(|step| (step.noun, Aspect::Done(step.act)));
            steps.chain(anchored(*anchor)).collect()
        }
        Norm::All(norms) | Norm::Among { norms, .. } => {
            norms.iter().flat_map(matters).collect()
        }
        Norm::Whichever { what, event, .. } => {
            let deed = (what.noun, Aspect::Done(what.act));
            vec![
                deed,
                (event.noun, Aspect::Done(event.act)),
                (what.noun, Aspect::Written),
            ]
        }
        Norm::EachPaper { what, .. } => {
            let kept = (what.noun, Aspect::Done(Act::Prepare));
            vec![(what.noun, Aspect::Done(what.act)), kept]
        }
        Norm::Backed { each, by } => {
            let kept = by.iter().map(|one| (one.document, Aspect::Done(Act::Prepare)));
            std::iter::once((each.noun, Aspect::Done(each.act))).chain(kept).collect()
        }
        Norm::Size { body, .. } | Norm::Proportion { body, .. } => {
            vec![(*body, Aspect::Size)]
        }
        Norm::Quorum { body, .. }
        | Norm::BylawsQuorum { body }
        | Norm::SecondCall { body, .. } => vec![(*body, Aspect::Done(Act::Meet))],
        Norm::Contents { document, .. } => vec![(*document, Aspect::Done(Act::Prepare))],
        Norm::Never { what } => vec![(what.noun, Aspect::Done(what.act))],
        Norm::Guarded { norm, .. } | Norm::Lately { norm, .. } => matters(norm),
        // What other organizations hold is theirs.
        Norm::Free { .. }
        | Norm::Holds(_)
        | Norm::Outside { .. }
        | Norm::Members { .. } => Vec::new(),
        Norm::Signed { document, .. } => vec![(*document, Aspect::Done(Act::Sign))],
        Norm::EachMember { document, act, .. } | Norm::Uptake { document, act, .. } => {
            vec![(*document, Aspect::Done(*act))]
        }
        Norm::Unrelated { body: group, .. }
        | Norm::Incompatible { one: group, .. }
        | Norm::TermLimit { who: group, .. }
        | Norm::Composition { who: group, .. } => vec![(*group, Aspect::Seat)],
    }
}

/// What an anchor that papers tell of is about.
fn anchored(anchor: Anchor) -> Option<(TermId, Aspect)> {
    match anchor {
        Anchor::Each(event) => Some((event.noun, Aspect::Done(event.act))),
        Anchor::MandateEnd(body) => Some((body, Aspect::MandateEnd)),
        Anchor::FiscalYearEnd | Anchor::FiscalYearStart | Anchor::Finding => None,
    }
}

fn belongs(norm: &Norm, entry: &Entry, slot: &Slot) -> bool {
    // What was done late is shown too.
    let settled = slot.truth.settled_on().unwrap_or(Day::EARLIEST);
    let last = slot.to.max(slot.grace_end).max(settled);
    let within = |day| slot.from <= day && day <= last;
    match norm {
        // A state is shown by everything up to the day.
        Norm::Guarded { norm, .. } => belongs(norm, entry, slot),
        // What came before the last occasion counts as well.
        Norm::Lately { .. } => entry.day <= last,
        _ if norm.is_standing() => entry.day <= last,
        Norm::All(norms) => norms.iter().any(|norm| belongs(norm, entry, slot)),
        Norm::Order { .. } => {
            within(entry.day) || entry.about.is_some() || slot.from <= entry.day
        }
        Norm::Deadline { .. } => match entry.about {
            Some(about) => within(about),
            None => slot.from <= entry.day,
        },
        _ => within(entry.day) || entry.about.is_some_and(within),
    }
}

fn name(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Done(Act::Meet) => "met",
        Aspect::Done(Act::Prepare) => "prepared",
        Aspect::Done(Act::Publish) => "published",
        Aspect::Done(Act::Adopt) => "adopted",
        Aspect::Done(Act::Submit) => "submitted",
        Aspect::Done(Act::Sign) => "signed",
        Aspect::Done(Act::Review) => "reviewed",
        Aspect::Done(Act::Validate) => "valid",
        Aspect::Done(Act::Occur) => "happened",
        Aspect::Done(Act::Verb(_)) => "done",
        Aspect::Size => "members",
        Aspect::MandateEnd => "mandate_end",
        Aspect::Seat => "in_office",
        Aspect::Quorate => "quorate",
        Aspect::Written => "written",
    }
}
