//! The register of people in `organization.toml`: who is who, in which body and post, from
//! which day to which.
//!
//! Names of bodies, posts and qualities stay as they were written; whoever has the
//! vocabulary reads them (`docs/REGISTER.md`).

use crate::calendar::{Day, Period};
use crate::config::section::Section;
use crate::limits;
use crate::text::{key, name_key};

/// Everything that the file says of people, besides whom letters go to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Register {
    pub seats: Vec<Seat>,
    pub persons: Vec<Someone>,
    pub ties: Vec<Tie>,
    pub whole: Vec<Whole>,
    pub quorums: Vec<Quorum>,
}

/// One person's time in a body or a post: `[[in_office]]`, a table for each term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    pub person: String,
    /// At least one of the two is there.
    pub body: Option<String>,
    pub role: Option<String>,
    /// [`Day::EARLIEST`] when not stated.
    pub from: Day,
    /// The last day; [`Day::LATEST`] while in office.
    pub to: Day,
    /// Why somebody stays longer than a rule allows, where the rule takes a reason.
    pub reason: Option<String>,
}

/// What is known of a person: `[[persons]]`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Someone {
    pub name: String,
    /// Other spellings, in either script.
    pub also: Vec<String>,
    pub born: Option<Day>,
    /// Qualities that the person has: woman, public employee …
    pub is: Vec<String>,
    pub is_not: Vec<String>,
    /// The day on which the person declared every relative among the organization's people.
    pub ties_declared: Option<Day>,
}

/// Two people who are related: `[[ties]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tie {
    pub between: [String; 2],
    /// Counted the civil way: parents and children 1, siblings 2, uncles 3, cousins 4.
    pub degree: u8,
    /// Related by marriage.
    pub in_law: bool,
}

/// `[[listed]]`: between these days the register names everybody of the body, the post or
/// the quality, be it nobody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Whole {
    pub of: String,
    pub during: Period,
}

/// `[[quorums]]`: the share of a body's members that its bylaws ask to be present.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quorum {
    pub body: String,
    pub numerator: u16,
    pub denominator: u16,
    /// The share itself is not enough.
    pub more_than: bool,
    pub from: Day,
}

/// Reads the tables of the register. Each mistake is told with its line.
pub(super) fn read(root: &mut Section<'_>) -> Register {
    let seats = root.sections("in_office").into_iter().filter_map(seat).collect();
    let persons = root.sections("persons").into_iter().filter_map(someone).collect();
    let ties = root.sections("ties").into_iter().filter_map(tie).collect();
    let whole = root.sections("listed").into_iter().filter_map(whole).collect();
    let quorums = root.sections("quorums").into_iter().filter_map(quorum).collect();
    let register = Register { seats, persons, ties, whole, quorums };
    if register.seats.len() > limits::SEATS_MAX {
        too_many(root, "in_office", limits::SEATS_MAX);
    }
    if register.persons.len() > limits::SEATS_MAX {
        too_many(root, "persons", limits::SEATS_MAX);
    }
    if register.ties.len() > limits::TIES_MAX {
        too_many(root, "ties", limits::TIES_MAX);
    }
    strangers(root, &register);
    register
}

fn too_many(root: &Section<'_>, key: &str, most: usize) {
    root.wrong(
        key,
        format!("more than {most} tables of `{key}` are not read"),
        format!("لا يُقرأ أكثر من {most} من جداول `{key}`"),
    );
}

fn seat(mut section: Section<'_>) -> Option<Seat> {
    let person = section.required_text("person");
    let (body, role) = (section.text("body"), section.text("role"));
    let during = period(&mut section);
    let reason = section.text("reason");
    if body.is_none() && role.is_none() {
        section.wrong(
            "person",
            "say the `body` that the person is a member of, or the `role`".to_owned(),
            "يلزم ذكر الهيئة `body` التي ينتمي إليها الشخص أو المنصب `role`".to_owned(),
        );
    }
    section.finish();
    let Period { from, to } = during;
    Some(Seat { person: person?, body, role, from, to, reason })
}

fn someone(mut section: Section<'_>) -> Option<Someone> {
    let name = section.required_text("name");
    let also = section.texts("also");
    let born = section.day("born");
    let (is, is_not) = (section.texts("is"), section.texts("is_not"));
    let ties_declared = section.day("ties_declared");
    if let Some(both) = is.iter().find(|one| is_not.iter().any(|no| key(no) == key(one)))
    {
        section.wrong(
            "is_not",
            format!("`is` and `is_not` both name \"{both}\""),
            format!(
                "لا يجوز أن ترد الصفة «{}» في القائمتين `is` و`is_not` معًا",
                crate::text::isolate(both)
            ),
        );
    }
    section.finish();
    Some(Someone { name: name?, also, born, is, is_not, ties_declared })
}

fn tie(mut section: Section<'_>) -> Option<Tie> {
    let between = section.texts("between");
    let pair = <[String; 2]>::try_from(between).ok();
    if pair.is_none() {
        section.wrong(
            "between",
            "`between` must name two people".to_owned(),
            "يجب أن يذكر `between` اسمَي شخصين".to_owned(),
        );
    }
    let degree = section.number_in("degree", 1, i64::from(limits::DEGREE_MAX));
    let in_law = section.flag("in_law");
    section.finish();
    let degree = u8::try_from(degree?).ok()?;
    Some(Tie { between: pair?, degree, in_law })
}

fn whole(mut section: Section<'_>) -> Option<Whole> {
    let of = section.required_text("all");
    let during = period(&mut section);
    section.finish();
    Some(Whole { of: of?, during })
}

fn quorum(mut section: Section<'_>) -> Option<Quorum> {
    let body = section.required_text("body");
    let share = section.required_text("share");
    let more_than = section.flag("more_than");
    let from = section.day("from").unwrap_or(Day::EARLIEST);
    let parts = share.as_ref().and_then(|share| fraction(share));
    if share.is_some() && parts.is_none() {
        section.wrong(
            "share",
            "`share` must be a part of the members, such as \"1/2\" or \"60%\""
                .to_owned(),
            "يجب أن تكون قيمة `share` جزءًا من الأعضاء، مثل \"1/2\" أو \"60%\"".to_owned(),
        );
    }
    section.finish();
    let (numerator, denominator) = parts?;
    Some(Quorum { body: body?, numerator, denominator, more_than, from })
}

/// "2/3", "60%": more than nothing, at most the whole, in hundredths at the finest.
fn fraction(share: &str) -> Option<(u16, u16)> {
    let folded = key(share);
    let (numerator, denominator) = match folded.strip_suffix('%') {
        Some(percent) => (percent.trim().parse().ok()?, 100),
        None => {
            let (numerator, denominator) = folded.split_once('/')?;
            (numerator.trim().parse().ok()?, denominator.trim().parse().ok()?)
        }
    };
    let fits = numerator > 0 && numerator <= denominator && denominator <= 100;
    fits.then_some((numerator, denominator))
}

fn period(section: &mut Section<'_>) -> Period {
    let from = section.day("from").unwrap_or(Day::EARLIEST);
    let to = section.day("to").unwrap_or(Day::LATEST);
    if to < from {
        section.wrong(
            "to",
            "`to` lies before `from`".to_owned(),
            "يقع اليوم الأخير `to` قبل اليوم الأول `from`".to_owned(),
        );
    }
    Period { from, to }
}

/// A tie between people of whom the register knows nothing else is a slip of spelling.
fn strangers(root: &Section<'_>, register: &Register) {
    let of_seats = register.seats.iter().map(|seat| &seat.person);
    let of_persons =
        register.persons.iter().flat_map(|one| one.also.iter().chain([&one.name]));
    let known: std::collections::BTreeSet<String> =
        of_seats.chain(of_persons).map(|name| name_key(name)).collect();
    for name in register.ties.iter().flat_map(|tie| &tie.between) {
        if !known.contains(&name_key(name)) {
            root.wrong(
                "ties",
                format!("nobody in the register is called \"{name}\""),
                format!("لا أحد في السجل اسمه «{}»", crate::text::isolate(name)),
            );
        }
    }
}
