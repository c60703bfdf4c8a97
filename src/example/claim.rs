//! What an example claims: on a day, the state of the slot that holds it, or of the rule.

use crate::calendar::Day;
use crate::example::day::{Days, days_in};
use crate::text::key;

/// One arrow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The slot that holds this day is meant, unless the rule as a whole is.
    pub on: Day,
    /// The day on which it is looked at: `on`, unless said.
    pub seen: Day,
    pub of_rule: bool,
    pub state: Expected,
}

/// The state after an arrow. The first fourteen are states of a verdict; the last two are
/// either of two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Expected {
    Error,
    NotApplicable,
    Waived,
    Explained,
    Met,
    MetInGrace,
    MetLate,
    NotYetOpen,
    OnTrack,
    DueSoon,
    InGrace,
    AwaitingEvidence,
    InsufficientEvidence,
    StillOwed,
    Closed,
    /// Still owed or closed.
    NotMet,
    /// Awaiting evidence, or evidence that is not enough.
    Undecided,
}

/// What people call the states, in English and in Arabic; the rule is feminine in Arabic,
/// its occasion masculine.
const STATES: [(Expected, &[&str]); 16] = [
    (Expected::Met, &["met", "kept", "مستوفاة", "مستوفى"]),
    (
        Expected::MetInGrace,
        &["met in grace", "مستوفاة ضمن مهلة السماح", "مستوفى ضمن مهلة السماح"],
    ),
    (Expected::MetLate, &["met late", "مستوفاة بعد الموعد", "مستوفى بعد الموعد"]),
    (Expected::NotMet, &["not met", "غير مستوفاة", "غير مستوفى"]),
    (
        Expected::StillOwed,
        &[
            "still owed",
            "not met (still owed)",
            "غير مستوفاة (ما زالت مطلوبة)",
            "ما زالت مطلوبة",
            "ما زال مطلوبًا",
        ],
    ),
    (
        Expected::Closed,
        &["closed", "not met (closed)", "غير مستوفاة نهائيًا", "غير مستوفى نهائيًا"],
    ),
    (Expected::Undecided, &["undecided", "لم تُحسم", "لم يُحسم"]),
    (Expected::AwaitingEvidence, &["awaiting evidence", "بانتظار الدليل"]),
    (Expected::InsufficientEvidence, &["insufficient evidence", "الدليل غير كافٍ"]),
    (Expected::NotApplicable, &["not applicable", "لا تنطبق", "لا ينطبق"]),
    (Expected::Waived, &["waived", "معفى منها", "معفى منه"]),
    (Expected::Explained, &["explained", "مبررة", "مبرر"]),
    (Expected::NotYetOpen, &["not yet open", "لم يحن وقتها", "لم يحن وقته"]),
    (Expected::OnTrack, &["on track", "ضمن الوقت"]),
    (Expected::DueSoon, &["due soon", "يقترب موعدها", "يقترب موعده"]),
    (Expected::InGrace, &["in grace", "ضمن مهلة السماح"]),
];

impl Expected {
    /// The name in JSON.
    pub fn name(self) -> String {
        let [english, _] = self.words();
        english.replace(' ', "_")
    }

    /// As it is written, English then Arabic.
    pub fn words(self) -> [&'static str; 2] {
        let words =
            STATES.iter().find(|(state, _)| *state == self).map(|(_, words)| words);
        let words = words.copied().unwrap_or(&["error", "خطأ"]);
        let arabic = words.iter().find(|word| !word.is_ascii());
        [words.first().copied().unwrap_or_default(), arabic.copied().unwrap_or_default()]
    }
}

/// What stands before and after the arrow of a part, where it has one.
pub(super) fn arrow(part: &str) -> Option<(&str, &str)> {
    ["->", "=>", "→", "<-", "←"].iter().find_map(|arrow| part.split_once(arrow))
}

/// "on 10 December 2026", "on 10 December 2026, seen on 20 January 2027", "the rule on 20
/// January 2027".
pub(super) fn read((when, state): (&str, &str)) -> Option<Claim> {
    let state = state_named(state)?;
    let runs = days_in(when)?;
    let (on, seen) = match runs.as_slice() {
        [Days { days, .. }] => match days.as_slice() {
            [on] => (*on, *on),
            _ => return None,
        },
        [one, other] => match (one.days.as_slice(), other.days.as_slice()) {
            ([on], [seen]) if on <= seen => (*on, *seen),
            _ => return None,
        },
        _ => return None,
    };
    let mut words = String::new();
    let mut from = 0;
    for run in &runs {
        words.push_str(when.get(from..run.range.start).unwrap_or_default());
        words.push(' ');
        from = run.range.end;
    }
    words.push_str(when.get(from..).unwrap_or_default());
    let (mut of_rule, mut looks) = (false, false);
    let folded = key(&words);
    let folded = folded.split(|c: char| !c.is_alphanumeric());
    for word in folded.filter(|word| !word.is_empty()) {
        match word {
            "rule" | "القاعده" => of_rule = true,
            "seen" | "judged" | "كما" | "يري" | "تري" | "بالنظر" => {
                looks = true;
            }
            "on" | "the" | "as" | "في" | "يوم" | "بتاريخ" | "ب" => {}
            _ => return None,
        }
    }
    let consistent = looks == (runs.len() == 2) && !(of_rule && looks);
    consistent.then_some(Claim { on, seen, of_rule, state })
}

/// The state that these words name, in either language.
pub(super) fn state_named(words: &str) -> Option<Expected> {
    let folded = key(words.trim().trim_end_matches('.'));
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    STATES
        .iter()
        .find(|(_, names)| names.iter().any(|name| key(name) == folded))
        .map(|(state, _)| *state)
}
