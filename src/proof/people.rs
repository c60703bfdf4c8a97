//! The people that an example gives, as `organization.toml` would list them.

use crate::calendar::{Day, Period};
use crate::config::register::{Quorum, Register, Seat, Someone, Tie, Whole};
use crate::example::{Seats, Setting};
use crate::norm::Share;
use crate::text::name_key;
use crate::vocabulary::Vocabulary;

/// Enters what a setting says of people; what it says of anything else is passed over.
pub(super) fn set(register: &mut Register, setting: &Setting, vocabulary: &Vocabulary) {
    match setting {
        Setting::Seats(seats) => {
            take_seats(register, seats, vocabulary.name(seats.group));
        }
        Setting::Are { people, quality, so } => {
            qualify(register, (people, *so), vocabulary.name(*quality));
        }
        Setting::Born(people) => {
            for (person, day) in people {
                someone(register, person).born = Some(*day);
            }
        }
        Setting::Related { between, degree, in_law } => {
            let (between, degree, in_law) = (between.clone(), *degree, *in_law);
            register.ties.push(Tie { between, degree, in_law });
        }
        Setting::Declared { people, on } => {
            let mut people = people.clone();
            if people.is_empty() {
                people = register.seats.iter().map(|seat| seat.person.clone()).collect();
            }
            for person in &people {
                someone(register, person).ties_declared =
                    Some(on.unwrap_or(Day::EARLIEST));
            }
        }
        Setting::Quorum { body, share } => {
            register.quorums.push(quorum(vocabulary.name(*body), *share));
        }
        _ => {}
    }
}

/// People who are, or are not, of a quality; of nobody it is said that nobody is.
fn qualify(register: &mut Register, (people, so): (&[String], bool), quality: &str) {
    if people.is_empty() && so {
        let during = Period { from: Day::EARLIEST, to: Day::LATEST };
        register.whole.push(Whole { of: quality.to_owned(), during });
    }
    for person in people {
        let someone = someone(register, person);
        let list = if so { &mut someone.is } else { &mut someone.is_not };
        list.push(quality.to_owned());
    }
}

fn quorum(body: &str, share: Share) -> Quorum {
    Quorum {
        body: body.to_owned(),
        numerator: share.numerator,
        denominator: share.denominator,
        more_than: share.exclusive,
        from: Day::EARLIEST,
    }
}

fn take_seats(register: &mut Register, seats: &Seats, group: &str) {
    let from = seats.from.unwrap_or(Day::EARLIEST);
    let to = seats.to.unwrap_or(Day::LATEST);
    if seats.people.is_empty() {
        let during = Period { from, to };
        register.whole.push(Whole { of: group.to_owned(), during });
    }
    for person in &seats.people {
        register.seats.push(Seat {
            person: person.clone(),
            body: Some(group.to_owned()),
            role: None,
            from,
            to,
            reason: seats.explained.then(|| "stated".to_owned()),
        });
    }
}

/// What the register knows of a person; a new entry for a new name.
fn someone<'r>(register: &'r mut Register, name: &str) -> &'r mut Someone {
    let key = name_key(name);
    let known = register.persons.iter().position(|one| name_key(&one.name) == key);
    let at = known.unwrap_or(register.persons.len());
    if known.is_none() {
        let name = name.to_owned();
        register.persons.push(Someone { name, ..Someone::default() });
    }
    register.persons.get_mut(at).expect("invariant: found, or just added at the end")
}
