//! Who signed each document of a kind, and whether its numbers follow its days.

use std::collections::BTreeSet;

use super::collection::{judged, of_a_day, unread};
use super::view::{Duty, View};
use crate::calendar::Day;
use crate::norm::{Act, Norm, Occurrence, Signers, TermId};
use crate::timeline::Entry;
use crate::verdict::{Slot, Truth, Unknown};

/// One slot for each document; several papers of one day and number are one.
pub(super) fn signed(
    duty: &Duty<'_>,
    view: &View<'_>,
    document: TermId,
    (start, since): (Day, Day),
    sink: &mut dyn FnMut(&Slot),
) {
    let Norm::Signed { by, in_order, .. } = duty.norm else { return };
    let held = Occurrence { noun: document, act: Act::Prepare, by: None, to: None };
    let judged = judged(duty, view, document, (start, since));
    unread(duty, view, (document, start), &judged, sink);
    let mut last: Option<(Slot, u32, bool)> = None;
    let mut shown = |(slot, _, disordered): (Slot, u32, bool)| {
        let truth = if disordered { Truth::False } else { slot.truth };
        sink(&Slot { truth, ..slot });
    };
    for (entry, applies) in &judged.papers {
        let truth = signatures(view, document, by, entry);
        let out_of_turn = *in_order && out_of_order(view, held, entry);
        match &mut last {
            Some((slot, number, disordered))
                if slot.from == entry.day
                    && (*number == 0 || *number == entry.number) =>
            {
                slot.truth = better(slot.truth, truth);
                *number = entry.number;
                *disordered |= out_of_turn;
            }
            _ => {
                last.take().into_iter().for_each(&mut shown);
                let slot = Slot { truth, applies: *applies, ..of_a_day(duty, entry.day) };
                last = Some((slot, entry.number, out_of_turn));
            }
        }
    }
    last.into_iter().for_each(shown);
}

/// A draft beside the signed minutes takes nothing from them.
fn better(one: Truth, other: Truth) -> Truth {
    match (one, other) {
        (Truth::True(one), Truth::True(other)) => Truth::True(one.min(other)),
        (Truth::True(day), _) | (_, Truth::True(day)) => Truth::True(day),
        (Truth::False, other) => other,
        (one, _) => one,
    }
}

/// Whether everybody who has to signed this paper. A paper that names no signature at all
/// does not say that there is none.
fn signatures(view: &View<'_>, document: TermId, by: &[Signers], paper: &Entry) -> Truth {
    let signed = Occurrence { noun: document, act: Act::Sign, by: None, to: None };
    let marks: Vec<&Entry> = view
        .known(signed)
        .filter(|entry| entry.paper == paper.paper && names_signer(entry))
        .collect();
    of_marks(view, by, &marks, paper)
}

/// Whether the paper that an entry is of is signed by all of these, by anybody where none
/// is named, whatever kind of paper it is.
pub(super) fn signed_paper(view: &View<'_>, by: &[Signers], of: &Entry) -> Truth {
    let marks: Vec<&Entry> = view
        .timeline
        .entries()
        .iter()
        .filter(|entry| entry.paper == of.paper && entry.subject.is_signing())
        .filter(|entry| entry.is_known(view.as_of))
        .filter(|entry| by.is_empty() || names_signer(entry))
        .collect();
    of_marks(view, by, &marks, of)
}

fn of_marks(view: &View<'_>, by: &[Signers], marks: &[&Entry], paper: &Entry) -> Truth {
    if marks.is_empty() {
        return Truth::Unknown(Unknown::NotStated);
    }
    let (mut sure, mut possible) = (true, true);
    for signers in by {
        let least = usize::from(signers.least);
        let (surely, maybe) = count(view, signers.role, marks);
        sure &= surely >= least;
        possible &= maybe >= least;
    }
    let day = marks.iter().map(|entry| entry.day).max().unwrap_or(paper.day);
    match (sure, possible) {
        (true, _) => Truth::True(day),
        (_, false) => Truth::False,
        _ => Truth::Unknown(Unknown::NotStated),
    }
}

fn names_signer(entry: &Entry) -> bool {
    entry.by.is_some() || entry.who != 0 || entry.count.is_some()
}

/// How many of a post signed: surely, and at most; whoever is named counts once. A number of
/// signatures without names counts as that many of whoever has to sign.
fn count(view: &View<'_>, role: TermId, marks: &[&Entry]) -> (usize, usize) {
    let stated =
        marks.iter().filter_map(|entry| entry.count).max().map_or(0, usize::from);
    let (mut sure, mut possible) = (0, 0);
    let (mut surely, mut possibly) = (BTreeSet::new(), BTreeSet::new());
    for mark in marks {
        let person = view.person(mark.who);
        let is = match (mark.by, person) {
            (Some(by), _) if by == role => Some(true),
            (_, Some(person)) => view.is(person, role, mark.day),
            (Some(_), None) => Some(false),
            (None, None) => continue,
        };
        let is_new = |of: &mut BTreeSet<u16>| person.is_none_or(|one| of.insert(one));
        sure += usize::from(is == Some(true) && is_new(&mut surely));
        possible += usize::from(is != Some(false) && is_new(&mut possibly));
    }
    (sure.max(stated), possible.max(stated))
}

/// An earlier number on a later day of the same year.
fn out_of_order(view: &View<'_>, held: Occurrence, entry: &Entry) -> bool {
    let before = view.known(held).filter(|other| {
        other.day < entry.day && other.day.year() == entry.day.year() && other.number != 0
    });
    entry.number != 0 && before.into_iter().any(|other| other.number >= entry.number)
}
