//! Papers and deeds in an example: what happened on which days, and what a paper states.
//!
//! ```text
//! the board met on 12 February and 9 May 2026
//! audited accounts (for 2025, published 30 March 2026)
//! board minutes of 12 February 2026 (attended by 7 of 9, signed by chair and secretary)
//! ```
//! What stands in parentheses are the facts that a sidecar states, in words.

use crate::calendar::Day;
use crate::example::day::{Days, days_in, one_day, year};
use crate::example::{Around, Given, split};
use crate::form::statement::{self, Statement};
use crate::limits;
use crate::norm::{Act, Norm, Occurrence};
use crate::text::key;
use crate::vocabulary::TermKind;

/// What a paper states besides its kind, as a sidecar would.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Details {
    /// Names of facts as in a sidecar, with their values; days as 2026-03-05.
    pub stated: Vec<(&'static str, String)>,
    /// The day it arrived, where that is said.
    pub received: Option<Day>,
    /// It cannot be read: that it is there is all that is known.
    pub unreadable: bool,
    pub contents: Contents,
}

/// Which of the things that a rule asks for are in a paper.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Contents {
    #[default]
    NotSaid,
    These(Vec<String>),
    /// Everything, but for these.
    AllBut(Vec<String>),
}

/// How the words after a detail are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Day,
    /// A year, whole: its last day.
    Year,
    /// As it stands.
    Words,
    /// Names with "and" between them.
    People,
    /// Nothing stands after it.
    Yes,
    No,
}

/// Longer beginnings come first.
const DETAILS: [(&str, Shape, &[&str]); 26] = [
    ("fiscal_year_end", Shape::Day, &["for the year ended", "عن السنة المنتهية في"]),
    ("covers", Shape::Words, &["for the years", "عن السنوات"]),
    ("fiscal_year_end", Shape::Year, &["for", "عن سنة", "لسنة", "عن"]),
    ("date_published", Shape::Day, &["published", "نُشر", "نُشرت"]),
    (
        "adopted_by",
        Shape::Words,
        &[
            "adopted by",
            "approved by",
            "اعتمده",
            "اعتمدها",
            "اعتمدته",
            "اعتمدتها",
            "أقره",
            "أقرها",
            "أقرته",
            "أقرتها",
        ],
    ),
    (
        "date_adopted",
        Shape::Day,
        &["adopted", "approved", "اعتُمد", "اعتُمدت", "أُقرّ", "أُقرّت"],
    ),
    ("date_reviewed", Shape::Day, &["reviewed", "روجع", "روجعت"]),
    (
        "submitted_to",
        Shape::Words,
        &["submitted to", "filed with", "قُدّم إلى", "قُدّمت إلى"],
    ),
    ("date_submitted", Shape::Day, &["submitted", "filed", "قُدّم", "قُدّمت"]),
    ("signed_by", Shape::People, &["signed by", "وقّعه", "وقّعها", "وقّعته", "وقّعتها"]),
    ("date_signed", Shape::Day, &["signed", "وُقّع", "وُقّعت"]),
    ("valid_from", Shape::Day, &["valid from", "سارية من", "ساري من"]),
    ("valid_until", Shape::Day, &["valid until", "سارية حتى", "ساري حتى", "صالحة حتى"]),
    ("first_call", Shape::Day, &["first called for", "الدعوة الأولى"]),
    ("attendance", Shape::Words, &["attended by", "حضره", "حضرها"]),
    ("quorum_met", Shape::Yes, &["quorate", "مكتمل النصاب"]),
    ("quorum_met", Shape::No, &["not quorate", "غير مكتمل النصاب"]),
    ("member_count", Shape::Words, &["number of members", "عدد الأعضاء"]),
    ("members", Shape::People, &["members", "الأعضاء"]),
    ("signatures", Shape::Words, &["number of signatures", "عدد التواقيع"]),
    ("meeting_number", Shape::Words, &["number", "رقمه", "رقم"]),
    ("declarant", Shape::Words, &["declared by", "of", "المقر", "صاحبه", "صاحبها"]),
    ("mandate_end", Shape::Day, &["mandate until", "الولاية حتى"]),
    ("received", Shape::Day, &["received", "ورد", "وردت"]),
    ("unreadable", Shape::Yes, &["unreadable", "غير مقروء", "غير مقروءة"]),
    ("date", Shape::Day, &["dated", "held", "مؤرخ", "مؤرخة", "عُقد", "عُقدت"]),
];

const CONTAINS: [&str; 3] = ["contains", "يتضمن", "تتضمن"];
const EVERYTHING: [&str; 2] = ["everything", "كل ما يلزم"];
const EXCEPT: [&str; 3] = ["except", "عدا", "ما عدا"];

/// Reads a deed, a list of them, or a paper; with its details behind it.
pub(super) fn read(part: &str, around: &Around<'_>) -> Option<Vec<Given>> {
    let (head, inside) = match part.trim().strip_suffix(')') {
        Some(rest) => rest.split_once('(')?,
        None => (part, ""),
    };
    let details = details(inside)?;
    let head = head.trim();
    let runs = days_in(head)?;
    match runs.as_slice() {
        [] => paper(head, None, &details, around).map(|paper| vec![paper]),
        [run] if run.days.len() <= limits::EXAMPLE_PARTS_MAX => {
            deeds(head, run, &details, around)
                .or_else(|| papers(head, run, &details, around))
        }
        _ => None,
    }
}

/// The deed on each of the days: "met on …" is the rule's own, else it is a sentence.
fn deeds(
    head: &str,
    run: &Days,
    details: &Details,
    around: &Around<'_>,
) -> Option<Vec<Given>> {
    let (before, after) = (head.get(..run.range.start)?, head.get(run.range.end..)?);
    let what = without_preposition(before);
    let statements = match own_deeds(what, around).filter(|_| after.trim().is_empty()) {
        Some(deeds) => {
            let on_each = |what: &Occurrence| {
                let what = *what;
                let on = |day: &Day| Statement { what, day: *day, number: 0 };
                run.days.iter().map(on).collect::<Vec<_>>()
            };
            deeds.iter().flat_map(on_each).collect()
        }
        None => {
            let stated = run.days.iter().map(|day| {
                statement::read(&format!("{before}{day}{after}"), around.vocabulary)
            });
            stated.collect::<Option<Vec<_>>>()?
        }
    };
    Some(vec![Given::Deeds { statements, details: details.clone() }])
}

/// What the rule asks to be done, where the words say that and nothing more.
fn own_deeds(words: &str, around: &Around<'_>) -> Option<Vec<Occurrence>> {
    let deeds = asked(around.norm?);
    let folded = key(words);
    let said = |deed: &Occurrence| {
        let verb = around.vocabulary.verb(deed.act)?;
        let forms = [&verb.forms.present, &verb.forms.done, &verb.forms.noun];
        let mut forms = forms.into_iter().flatten().flatten();
        forms.any(|form| key(form) == folded).then_some(())
    };
    let bare =
        folded.is_empty() || folded == "done" || folded == "تم" || folded == "تم ذلك";
    let all = bare || deeds.iter().all(|deed| said(deed).is_some());
    (all && !deeds.is_empty()).then_some(deeds)
}

/// The deeds that a duty asks for; none where it asks for a state.
fn asked(norm: &Norm) -> Vec<Occurrence> {
    let of = |noun, act| vec![Occurrence { noun, act, by: None, to: None }];
    match norm {
        Norm::Quorum { body, .. }
        | Norm::BylawsQuorum { body }
        | Norm::SecondCall { body, .. } => of(*body, Act::Meet),
        Norm::Contents { document, .. } | Norm::Signed { document, .. } => {
            of(*document, Act::Prepare)
        }
        Norm::All(norms) => norms.iter().flat_map(asked).collect(),
        Norm::Guarded { norm, .. } | Norm::Lately { norm, .. } => asked(norm),
        norm => norm.deed().into_iter().collect(),
    }
}

/// A paper of a kind for each day: "board minutes of 12 February 2026".
fn papers(
    head: &str,
    run: &Days,
    details: &Details,
    around: &Around<'_>,
) -> Option<Vec<Given>> {
    let (before, after) = (head.get(..run.range.start)?, head.get(run.range.end..)?);
    after.trim().is_empty().then_some(())?;
    let kind = without_preposition(before);
    run.days.iter().map(|day| paper(kind, Some(*day), details, around)).collect()
}

fn paper(
    head: &str,
    day: Option<Day>,
    details: &Details,
    around: &Around<'_>,
) -> Option<Given> {
    let bare = head.strip_prefix("the ").or_else(|| head.strip_prefix("an "));
    let bare = bare.or_else(|| head.strip_prefix("a ")).unwrap_or(head);
    let kind = around.vocabulary.named(bare)?;
    let is_paper = matches!(around.vocabulary.term(kind)?.kind, TermKind::Document(_));
    let mut details = details.clone();
    details.stated.extend(day.map(|day| ("date", day.to_string())));
    is_paper.then_some(Given::Paper { kind, details })
}

/// The words before a day, without what leads to it.
fn without_preposition(before: &str) -> &str {
    let before = before.trim();
    let leads = [" on", " of", " dated", " في", " بتاريخ", " يوم", " المؤرخ", " المؤرخة"];
    let stripped = leads.iter().find_map(|word| before.strip_suffix(word));
    let alone = ["on", "في", "بتاريخ", "يوم"].contains(&before);
    if alone { "" } else { stripped.unwrap_or(before).trim() }
}

fn details(inside: &str) -> Option<Details> {
    let mut details = Details::default();
    for part in split(inside, &[',', '،']).into_iter().map(str::trim) {
        if !part.is_empty() {
            details.take(part)?;
        }
    }
    Some(details)
}

impl Details {
    /// Every day that they name.
    pub fn days(&self) -> Vec<Day> {
        self.stated.iter().filter_map(|(_, value)| Day::parse(value)).collect()
    }

    fn take(&mut self, part: &str) -> Option<()> {
        if let Some(rest) = CONTAINS.iter().find_map(|word| after(part, word)) {
            self.contents = contents(rest);
            return Some(());
        }
        let found = DETAILS.iter().find_map(|(name, shape, words)| {
            let value =
                words.iter().find_map(|word| value(*shape, after(part, word)?))?;
            Some((*name, value))
        });
        let (name, value) = found?;
        match name {
            "received" => self.received = Day::parse(&value),
            "unreadable" => self.unreadable = true,
            _ => self.stated.push((name, value)),
        }
        Some(())
    }
}

/// A value in the shape of its fact, as a sidecar has it.
fn value(shape: Shape, rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches([':', ' ']).trim();
    match shape {
        Shape::Day => one_day(rest).map(|day| day.to_string()),
        Shape::Year => {
            let bare = rest.chars().all(char::is_numeric);
            year(rest).filter(|_| bare).map(|year| format!("{year}-12-31"))
        }
        Shape::Words => (!rest.is_empty()).then(|| rest.to_owned()),
        Shape::People => {
            let people = rest.replace(" and ", ", ").replace(" و", "، ");
            (!rest.is_empty()).then_some(people)
        }
        Shape::Yes => rest.is_empty().then(|| "yes".to_owned()),
        Shape::No => rest.is_empty().then(|| "no".to_owned()),
    }
}

/// What stands after these words at the beginning of a part.
fn after<'t>(part: &'t str, words: &str) -> Option<&'t str> {
    let folded = crate::text::fold(part);
    let rest = folded.key.strip_prefix(key(words).as_str())?;
    let ends = rest.is_empty() || rest.starts_with([' ', ':']);
    let from = folded.source_range(folded.key.len() - rest.len(), folded.key.len());
    part.get(from).filter(|_| ends)
}

fn contents(rest: &str) -> Contents {
    let items = |text: &str| {
        let text = text.replace(" and ", "\n").replace(" و", "\n");
        let items = text.split('\n').map(str::trim).filter(|item| !item.is_empty());
        items.map(str::to_owned).collect::<Vec<_>>()
    };
    match EVERYTHING.iter().find_map(|words| after(rest.trim(), words)) {
        Some(left) => {
            let left = left.trim();
            let except = EXCEPT.iter().find_map(|word| after(left, word));
            Contents::AllBut(items(except.unwrap_or_default()))
        }
        None => Contents::These(items(rest.trim())),
    }
}
