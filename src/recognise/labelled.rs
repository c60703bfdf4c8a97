//! Dates that the words before them name: adopted on, valid until, نُشر بتاريخ.

use super::Context;
use super::bodies;
use super::cues::position;
use super::dates::When;
use super::dates::Written;
use super::found::Facts;
use super::paper::Paper;
use super::paper::words;
use crate::calendar::Day;
use crate::document::FactName;
use crate::document::Value;

/// What a date is the date of, by the words before it. The words nearest to the date
/// decide; `None` means that the date is of something we do not ask for.
const LABELS: [(&str, Option<FactName>); 92] = [
    ("adopted", Some(FactName::DateAdopted)),
    ("approved", Some(FactName::DateAdopted)),
    ("ratified", Some(FactName::DateAdopted)),
    ("date of adoption", Some(FactName::DateAdopted)),
    ("date adopted", Some(FactName::DateAdopted)),
    ("amended", Some(FactName::DateAdopted)),
    ("updated by the board", Some(FactName::DateAdopted)),
    ("اعتمد", Some(FactName::DateAdopted)),
    ("اعتمدت", Some(FactName::DateAdopted)),
    ("اعتمدها", Some(FactName::DateAdopted)),
    ("اعتمده", Some(FactName::DateAdopted)),
    ("اعتمدته", Some(FactName::DateAdopted)),
    ("المعتمد", Some(FactName::DateAdopted)),
    ("المعتمده", Some(FactName::DateAdopted)),
    ("تاريخ الاعتماد", Some(FactName::DateAdopted)),
    ("اقر", Some(FactName::DateAdopted)),
    ("اقرت", Some(FactName::DateAdopted)),
    ("اقرته", Some(FactName::DateAdopted)),
    ("اقرها", Some(FactName::DateAdopted)),
    ("اقره", Some(FactName::DateAdopted)),
    ("صادق", Some(FactName::DateAdopted)),
    ("صادقت", Some(FactName::DateAdopted)),
    ("صودق", Some(FactName::DateAdopted)),
    ("المصادقه", Some(FactName::DateAdopted)),
    ("reviewed", Some(FactName::DateReviewed)),
    ("last review", Some(FactName::DateReviewed)),
    ("date of review", Some(FactName::DateReviewed)),
    ("review date", Some(FactName::DateReviewed)),
    ("راجعها", Some(FactName::DateReviewed)),
    ("راجعه", Some(FactName::DateReviewed)),
    ("روجعت", Some(FactName::DateReviewed)),
    ("روجع", Some(FactName::DateReviewed)),
    ("اخر مراجعه", Some(FactName::DateReviewed)),
    ("تاريخ المراجعه", Some(FactName::DateReviewed)),
    ("next review", Some(FactName::ReviewDue)),
    ("next review date", Some(FactName::ReviewDue)),
    ("review due", Some(FactName::ReviewDue)),
    ("due for review", Some(FactName::ReviewDue)),
    ("to be reviewed", Some(FactName::ReviewDue)),
    ("موعد المراجعه", Some(FactName::ReviewDue)),
    ("المراجعه القادمه", Some(FactName::ReviewDue)),
    ("تراجع قبل", Some(FactName::ReviewDue)),
    ("published", Some(FactName::DatePublished)),
    ("posted", Some(FactName::DatePublished)),
    ("date of publication", Some(FactName::DatePublished)),
    ("publication date", Some(FactName::DatePublished)),
    ("نشر", Some(FactName::DatePublished)),
    ("نشرت", Some(FactName::DatePublished)),
    ("منشور", Some(FactName::DatePublished)),
    ("تاريخ النشر", Some(FactName::DatePublished)),
    ("submitted", Some(FactName::DateSubmitted)),
    ("filed", Some(FactName::DateSubmitted)),
    ("received by", Some(FactName::DateSubmitted)),
    ("قدم", Some(FactName::DateSubmitted)),
    ("قدمت", Some(FactName::DateSubmitted)),
    ("سلم", Some(FactName::DateSubmitted)),
    ("تاريخ الاستلام", Some(FactName::DateSubmitted)),
    ("valid until", Some(FactName::ValidUntil)),
    ("valid to", Some(FactName::ValidUntil)),
    ("valid through", Some(FactName::ValidUntil)),
    ("expires", Some(FactName::ValidUntil)),
    ("expiry", Some(FactName::ValidUntil)),
    ("expiry date", Some(FactName::ValidUntil)),
    ("expiration date", Some(FactName::ValidUntil)),
    ("until", Some(FactName::ValidUntil)),
    ("صالحه لغايه", Some(FactName::ValidUntil)),
    ("صالح لغايه", Some(FactName::ValidUntil)),
    ("صالحه حتي", Some(FactName::ValidUntil)),
    ("ساريه المفعول حتي", Some(FactName::ValidUntil)),
    ("ساري المفعول حتي", Some(FactName::ValidUntil)),
    ("تاريخ الانتهاء", Some(FactName::ValidUntil)),
    ("تنتهي", Some(FactName::ValidUntil)),
    ("لغايه", Some(FactName::ValidUntil)),
    ("valid from", Some(FactName::ValidFrom)),
    ("date of issue", Some(FactName::ValidFrom)),
    ("issued", Some(FactName::ValidFrom)),
    ("issue date", Some(FactName::ValidFrom)),
    ("date of registration", Some(FactName::ValidFrom)),
    ("registered on", Some(FactName::ValidFrom)),
    ("effective", Some(FactName::ValidFrom)),
    ("تاريخ الاصدار", Some(FactName::ValidFrom)),
    ("تاريخ التسجيل", Some(FactName::ValidFrom)),
    ("صدرت", Some(FactName::ValidFrom)),
    ("صادره", Some(FactName::ValidFrom)),
    ("سجلت", Some(FactName::ValidFrom)),
    ("اعطي", Some(FactName::ValidFrom)),
    ("signed", Some(FactName::DateSigned)),
    ("وقع", Some(FactName::DateSigned)),
    ("تاريخ التوقيع", Some(FactName::DateSigned)),
    ("last updated", None),
    ("اخر تحديث", None),
    ("established", None),
];

/// Words before a date that can still name it.
const REACH: usize = 14;

/// The labelled dates of a paper, and who adopted it where that is said.
pub(super) fn read(paper: &Paper<'_>, context: &Context<'_>, facts: &mut Facts<'_, '_>) {
    for (index, line) in paper.lines.iter().enumerate() {
        for written in &line.dates {
            let (Some(day), false) = (written.day(paper.order), is_month(written)) else {
                continue;
            };
            let before = before(paper, index, written);
            if let Some(name) = label(&before) {
                facts.read(name, Value::Day(day), 850, index);
                if name == FactName::DateAdopted {
                    adopted(&before, (day, index), context, facts);
                }
            }
        }
    }
}

fn is_month(written: &Written) -> bool {
    matches!(written.when, When::Month { .. })
}

/// Who adopted it; and a paper that was reviewed and adopted on one day says so with one
/// date.
fn adopted(
    before: &str,
    (day, line): (Day, usize),
    context: &Context<'_>,
    facts: &mut Facts<'_, '_>,
) {
    let reviewed = ["راجعها", "راجعه", "reviewed and"];
    if reviewed.iter().any(|phrase| position(before, phrase).is_some()) {
        facts.read(FactName::DateReviewed, Value::Day(day), 800, line);
    }
    if let Some(body) = bodies::named_in(before, context) {
        facts.read(FactName::AdoptedBy, body, 800, line);
    }
}

/// The words before a date, back to the start of its sentence; the line above is read too
/// when the sentence began there.
pub(super) fn before(paper: &Paper<'_>, index: usize, written: &Written) -> String {
    let line = paper.lines.get(index);
    let key = line.and_then(|line| line.key.get(..written.from)).unwrap_or_default();
    let own = key.rsplit([';', '!', '?', '؟']).next().unwrap_or_default();
    let own = own.rsplit(". ").next().unwrap_or_default();
    let mut sentence = words(own);
    if own.len() == key.len() && sentence.split(' ').count() < 6 {
        let above = index.checked_sub(1).and_then(|above| paper.lines.get(above));
        let open = above.filter(|line| !line.key.trim_end().ends_with(['.', ':']));
        if let Some(above) = open {
            let rest = above.key.rsplit(". ").next().unwrap_or_default();
            sentence = format!("{} {sentence}", words(rest));
        }
    }
    let from = sentence.rmatch_indices(' ').nth(REACH).map_or(0, |(at, _)| at + 1);
    sentence.split_at(from).1.trim().to_owned()
}

/// Whether the words before a date say what it is the date of.
pub(super) fn is_named(before: &str) -> bool {
    label(before).is_some()
}

/// The label nearest to the end of the words; of two that end together the longer.
fn label(before: &str) -> Option<FactName> {
    let ends = |phrase: &str| {
        let mut last = None;
        let mut from = 0;
        while let Some(at) = before.get(from..).and_then(|rest| position(rest, phrase)) {
            last = Some(from + at + phrase.len());
            from += at + phrase.len();
        }
        last
    };
    let found = LABELS
        .iter()
        .filter_map(|(phrase, name)| Some((ends(phrase)?, phrase.len(), *name)));
    found.max_by_key(|(end, length, _)| (*end, *length)).and_then(|(_, _, name)| name)
}
