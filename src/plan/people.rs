//! From the register as it was written to the register that the judge reads.
//!
//! Names of bodies and posts become terms, spellings of one name one person. What the
//! vocabulary does not know is left out here and told by `doctor`.

use crate::config::register;
use crate::judge::{Register, Seat, Someone, Tie};
use crate::norm::{Share, TermId};
use crate::text::name_key;
use crate::vocabulary::Vocabulary;

/// The register in the vocabulary's numbers.
pub fn register(vocabulary: &Vocabulary, written: &register::Register) -> Register {
    let mut register = Register::default();
    for one in &written.persons {
        enter(&mut register, one, vocabulary);
    }
    for seat in &written.seats {
        let of = [&seat.body, &seat.role].into_iter().flatten();
        let mut of: Vec<TermId> = of.flat_map(|name| groups(vocabulary, name)).collect();
        of.sort_unstable();
        of.dedup();
        let person = number(&mut register, &seat.person);
        let during = crate::calendar::Period { from: seat.from, to: seat.to };
        let explained = seat.reason.is_some();
        register.seats.push(Seat { person, of, during, explained });
    }
    register.seats.sort_by_key(|seat| (seat.during.from, seat.during.to, seat.person));
    for tie in &written.ties {
        let [one, other] = &tie.between;
        let (one, other) = (number(&mut register, one), number(&mut register, other));
        register.ties.push(Tie { one, other, degree: tie.degree, in_law: tie.in_law });
    }
    let term = |name: &str| vocabulary.named(name);
    register.whole = written
        .whole
        .iter()
        .filter_map(|whole| Some((group(vocabulary, &whole.of)?, whole.during)))
        .collect();
    register.quorums = written
        .quorums
        .iter()
        .filter_map(|quorum| Some((term(&quorum.body)?, quorum.from, share(quorum))))
        .collect();
    register
}

/// The words of the register that the vocabulary does not know, each once.
pub fn unknown_words(
    vocabulary: &Vocabulary,
    written: &register::Register,
) -> Vec<String> {
    let of_seats = written.seats.iter().flat_map(|seat| [&seat.body, &seat.role]);
    let of_persons =
        written.persons.iter().flat_map(|one| one.is.iter().chain(&one.is_not));
    let mut unknown: Vec<String> = of_seats
        .flatten()
        .chain(of_persons)
        .chain(written.whole.iter().map(|whole| &whole.of))
        .chain(written.quorums.iter().map(|quorum| &quorum.body))
        .filter(|name| vocabulary.named(name).is_none())
        .cloned()
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown
}

fn enter(register: &mut Register, one: &register::Someone, vocabulary: &Vocabulary) {
    let person = number(register, &one.name);
    for name in &one.also {
        register.names.entry(name_key(name)).or_insert(person);
    }
    let terms = |names: &[String]| {
        names.iter().filter_map(|name| group(vocabulary, name)).collect()
    };
    let (is, is_not): (Vec<TermId>, Vec<TermId>) = (terms(&one.is), terms(&one.is_not));
    if let Some(someone) = register.persons.get_mut(usize::from(person)) {
        someone.born = one.born.or(someone.born);
        someone.is.extend(is);
        someone.is_not.extend(is_not);
        someone.ties_declared = one.ties_declared.or(someone.ties_declared);
    }
}

/// The number of the person with this name; a new one for a new name.
fn number(register: &mut Register, name: &str) -> u16 {
    let folded = name_key(name);
    if let Some(known) = register.names.get(&folded) {
        return *known;
    }
    let number = u16::try_from(register.persons.len())
        .expect("invariant: seats, persons and ties are bounded far below 65,536");
    register.persons.push(Someone { name: name.to_owned(), ..Someone::default() });
    register.names.insert(folded, number);
    number
}

/// A body, post or quality; "board member" is the board.
fn group(vocabulary: &Vocabulary, name: &str) -> Option<TermId> {
    vocabulary.named(name).map(|term| vocabulary.group(term))
}

/// The group and everything that it is a kind of.
fn groups(vocabulary: &Vocabulary, name: &str) -> Vec<TermId> {
    let wider = |term: &TermId| vocabulary.term(*term).and_then(|term| term.kind_of);
    let own = vocabulary.named(name);
    let chain = std::iter::successors(own, wider).take(16);
    chain.map(|term| vocabulary.group(term)).collect()
}

fn share(quorum: &register::Quorum) -> Share {
    Share {
        numerator: quorum.numerator,
        denominator: quorum.denominator,
        exclusive: quorum.more_than,
    }
}
