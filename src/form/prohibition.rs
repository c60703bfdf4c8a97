//! What must not happen: "the organization must not publish the donor list".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::mark::Marked;
use crate::form::node::{Inner, Node};
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::norm::{Norm, Occurrence};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "prohibition",
    meaning: [
        "Something must not happen at any time. It is kept as long as nothing says that it happened.",
        "يُمنع حدوث أمر في أي وقت، ويُعدّ المنع محترمًا ما لم يرد ما يفيد بحدوثه.",
    ],
    examples: &[
        [
            "the organization must not publish the donor list",
            "لا يجوز أن تنشر المؤسسة قائمة الجهات المانحة",
        ],
        ["The donor list must not be published.", "يُمنع نشر قائمة الجهات المانحة."],
        [
            "the finance committee may not approve the budget",
            "ليس للجنة المالية أن تقرّ الموازنة",
        ],
        [
            "the executive director must never sign the audited accounts",
            "يجب ألّا يوقّع المدير التنفيذي القوائم المالية المدققة",
        ],
        [
            "publication of the donor list on the website is prohibited",
            "يُحظر نشر قائمة الجهات المانحة على الموقع الإلكتروني",
        ],
        [
            "the organization is prohibited from publishing the members register",
            "على المؤسسة ألا تنشر سجل الأعضاء",
        ],
        [
            "the organization does not publish the salary scale",
            "لا تنشر المؤسسة سلم الرواتب",
        ],
    ],
    entry: [Rule::prohibition_en, Rule::prohibition_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let inner = asked(node);
    if let Some(what) = alone(&inner) {
        return Ok(Norm::Never { what });
    }
    // "Must not meet monthly": never, or only not each month?
    let timed = super::taken(&inner, context)
        .is_some_and(|(_, norm)| !matches!(norm, Norm::Guarded { .. }));
    if timed {
        return Err(Fault { wording: Wording::TimedProhibition, slot: "" });
    }
    Err(Fault { wording: Wording::DutyExpected, slot: held(node) })
}

/// The sentence as it would ask for what it forbids or permits.
pub(crate) fn asked(node: &Node<'_>) -> Marked {
    use Inner::{Slot, Word};
    if node.has("upon") {
        return node.inner(&[Word("علي"), Slot("upon")]);
    }
    if node.has("who") {
        return node.inner(&[Word("علي"), Slot("who"), Word("ان"), Slot("rest")]);
    }
    if node.has("doing") {
        return node.inner(&[Slot("before"), Word("must"), Slot("doing")]).finite();
    }
    if node.has("before") && node.has("rest") {
        return node.inner(&[Slot("before"), Word("must"), Slot("rest")]);
    }
    node.inner(&[Slot("before"), Slot("rest")])
}

/// The slot that holds the sentence inside.
pub(crate) fn held(node: &Node<'_>) -> &'static str {
    let slots = ["rest", "doing", "upon", "before"];
    slots.into_iter().find(|slot| node.has(slot)).unwrap_or_default()
}

/// The deed of a sentence that names no time.
pub(crate) fn alone(marked: &Marked) -> Option<Occurrence> {
    let entry = [Rule::deed_alone_en, Rule::deed_alone_ar];
    deed::read(&super::parse_entry(entry, marked).ok()?).ok()
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Never { what } = norm else { return None };
    let [english, arabic] = deed::say_modal(*what, "must not", vocabulary);
    Some([format!("{english}."), format!("لا يجوز أن {arabic}.")])
}
