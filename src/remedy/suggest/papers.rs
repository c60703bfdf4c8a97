//! What papers of a kind lack, and whose are missing.

use super::super::Case;
use super::super::fact::{Deed, Fact};
use super::{entries, several};
use crate::calendar::Day;
use crate::norm::{Act, Item, Occurrence, TermId};
use crate::timeline::{Aspect, Entry, Subject};

/// Deeds of one kind that are asked for at once at most.
const DEEDS_MAX: u16 = 31;

/// What the paper of the slot lacks.
pub(super) fn contents(
    case: &Case<'_>,
    document: TermId,
    items: &[Item],
) -> Vec<Vec<Fact>> {
    let on = case.slot.from;
    let of_slot = papers_of(case, document);
    let lacking = |paper: u32| {
        let place = usize::try_from(paper).ok();
        let paper = place.and_then(|at| case.view.timeline.papers.get(at));
        let has = |item: &&Item| paper.is_none_or(|paper| !item.is_in(&paper.contains));
        items.iter().filter(has).cloned().collect::<Vec<Item>>()
    };
    let fact = |paper| Fact::Contains { paper, document, on, items: lacking(paper) };
    vec![of_slot.into_iter().map(fact).collect()]
}

pub(super) fn signed(case: &Case<'_>, document: TermId, by: &[TermId]) -> Vec<Vec<Fact>> {
    let on = case.slot.from;
    let marks = u16::try_from(by.len()).unwrap_or(u16::MAX);
    let of_slot = papers_of(case, document);
    let named = |paper: &u32| {
        let by = by.to_vec();
        Fact::Signed { paper: *paper, document, on, by, marks: 0 }
    };
    let counted =
        |paper: &u32| Fact::Signed { paper: *paper, document, on, by: Vec::new(), marks };
    vec![of_slot.iter().map(named).collect(), of_slot.iter().map(counted).collect()]
}

/// So many members each sign or file theirs: those whom the register names, the fewest
/// first; where it names none, how many there are has to be stated too.
pub(super) fn uptake(case: &Case<'_>, body: TermId, what: Occurrence) -> Vec<Vec<Fact>> {
    let today = case.view.as_of.day;
    let register = &case.view.profile.register;
    let named = register.holders(body, today).unwrap_or_default();
    let names: Vec<String> = named
        .iter()
        .filter_map(|person| register.someone(*person))
        .map(|someone| someone.name.clone())
        .collect();
    let of =
        |name: &String| Fact::Deed(Deed { who: Some(name.clone()), ..Deed::of(what) });
    let all: Vec<Fact> = names.iter().map(of).collect();
    let mut suggested: Vec<Vec<Fact>> = (1..=all.len())
        .filter_map(|many| all.get(..many).map(<[Fact]>::to_vec))
        .collect();
    // Where nobody says how many there are, a number decides.
    suggested.push(vec![Fact::Members { body, count: 1 }]);
    suggested
}

/// A deed for each paper that was in force on the last day of the period: as many without a
/// number as are wanted, which go to whichever lacks one, or one with the number of each.
pub(super) fn each_paper(
    case: &Case<'_>,
    what: Occurrence,
    least: u16,
) -> Vec<Vec<Fact>> {
    let last = case.slot.to;
    let in_force = |entry: &&Entry| {
        entry.day <= last && entry.until.is_none_or(|until| last <= until)
    };
    let held = [Act::Prepare, Act::Sign]
        .into_iter()
        .flat_map(|act| entries(case, Subject::new(what.noun, Aspect::Done(act))));
    let named = |entry: &Entry| match entry.count.map_or(entry.number, u32::from) {
        0 => (0, entry.paper),
        number => (number, 0),
    };
    let papers: std::collections::BTreeSet<(u32, u32)> =
        held.filter(in_force).map(named).collect();
    // A deed with a number is its paper's: each lacks as many as it lacks.
    let done = || {
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        let of_slot = |entry: &&Entry| {
            case.slot.from <= entry.day && entry.day <= case.slot.grace_end
        };
        entries(case, subject).filter(of_slot)
    };
    let missing = |number: u32| {
        let own = done().filter(|entry| entry.number == number);
        let days: std::collections::BTreeSet<Day> = own.map(|entry| entry.day).collect();
        least.saturating_sub(u16::try_from(days.len()).unwrap_or(u16::MAX))
    };
    let lacking = papers.iter().map(|(number, _)| (*number, missing(*number)));
    let lacking: Vec<(u32, u16)> = lacking.filter(|(_, times)| *times > 0).collect();
    let numbered = lacking.iter().filter(|(number, _)| *number != 0);
    let of_each: Vec<Fact> = numbered
        .flat_map(|(number, times)| {
            let deed = Deed { times: *times, number: *number, ..Deed::of(what) };
            several::deed_in_its_time(case, deed)
        })
        .collect();
    let many = u16::try_from(papers.len()).unwrap_or(u16::MAX).saturating_mul(least);
    let plain = |times| match times {
        0 => Vec::new(),
        times => several::deed_in_its_time(case, Deed { times, ..Deed::of(what) }),
    };
    let without = (1..=many.min(DEEDS_MAX)).map(plain);
    let with = (0..=many.min(DEEDS_MAX))
        .map(|times| of_each.iter().cloned().chain(plain(times)).collect());
    let both = with.filter(|_| !of_each.is_empty());
    without.chain(both).filter(|facts: &Vec<Fact>| !facts.is_empty()).collect()
}

fn papers_of(case: &Case<'_>, document: TermId) -> Vec<u32> {
    let held = Subject::new(document, Aspect::Done(Act::Prepare));
    let of_slot = entries(case, held).filter(|entry| entry.day == case.slot.from);
    of_slot.map(|entry| entry.paper).collect()
}
