//! What share of the members in office attends every meeting of a body.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::{Node, share};
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::lexicon;
use crate::lexicon::Gender;
use crate::lexicon::number;
use crate::norm::{Norm, Share};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "quorum",
    meaning: [
        "Every meeting of a body is attended by a given share of its members in office on that day.",
        "يحضر كل اجتماع لهيئة نصيب محدد من أعضائها الحاليين في يوم الاجتماع.",
    ],
    examples: &[
        [
            "every board meeting has a quorum of more than half of the members",
            "يحضر كل اجتماع لمجلس الإدارة أكثر من نصف أعضائه",
        ],
        [
            "each meeting of the board is attended by at least two thirds of its members in office",
            "يحضر كل اجتماع لمجلس الإدارة ثلثا أعضائه الحاليين على الأقل",
        ],
        [
            "the quorum for general assembly meetings is one third of the members",
            "يكون النصاب القانوني لاجتماع الجمعية العمومية ثلث الأعضاء",
        ],
        [
            "every board meeting requires a quorum of at least 60% of the members",
            "يشترط لصحة اجتماع مجلس الإدارة حضور 60% من أعضائه على الأقل",
        ],
        [
            "more than half of the members attend every meeting of the board",
            "لا يصح اجتماع مجلس الإدارة إلا بحضور أكثر من نصف أعضائه",
        ],
        [
            "every board meeting has a quorum of a majority of its members",
            "يحضر كل اجتماع لمجلس الإدارة أغلبية أعضائه",
        ],
    ],
    entry: [Rule::quorum_en, Rule::quorum_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let body =
        node.term("noun").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    Ok(Norm::Quorum { body, share: share_of(node)? })
}

/// The share that a sentence asks to attend, with whether it is enough itself.
pub(crate) fn share_of(node: &Node<'_>) -> Result<Share, Fault> {
    let mut part = portion(node)?;
    part.exclusive = node.has("over") || node.has("majority");
    if part.exclusive && part.numerator == part.denominator {
        return Err(Fault { wording: Wording::ImpossibleNumber, slot: "share" });
    }
    Ok(part)
}

/// The share as a fraction, a percentage, a number of quarters, or a majority.
pub(crate) fn portion(node: &Node<'_>) -> Result<Share, Fault> {
    let slots = ["share", "percent", "numerator", "quarters"];
    let slot = slots.into_iter().find(|slot| node.has(slot)).unwrap_or("majority");
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot };
    let small =
        |slot: &str| node.number(slot).and_then(|number| u16::try_from(number).ok());
    let read = match slot {
        "share" | "percent" => node.share(slot),
        "numerator" => match (small("numerator"), small("denominator")) {
            (Some(numerator), Some(denominator)) => share(numerator, denominator),
            // "Three quarters": a number before the word.
            (Some(quarters), None) => share(quarters, 4),
            _ => None,
        },
        "quarters" => share(1, 4),
        _ => share(1, 2),
    };
    let small_enough = |share: &Share| share.denominator <= 100;
    read.filter(small_enough).ok_or(impossible)
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Quorum { body, share } = norm else { return None };
    let the = vocabulary.phrase(*body, Language::English);
    let of = lexicon::with_li(vocabulary.phrase(*body, Language::Arabic));
    let [part, juz] = number::share(share.numerator, share.denominator);
    let members = match deed::gender_of(vocabulary.term(*body)) {
        Gender::Masculine => "أعضائه الحاليين",
        Gender::Feminine => "أعضائها الحاليين",
    };
    let [more, akthar] = if share.exclusive {
        ["more than", "أكثر من"]
    } else {
        ["at least", "ما لا يقل عن"]
    };
    let (of_them, minhum) =
        if juz.contains(['%', '/']) { (" of", " من") } else { (" of", "") };
    Some([
        format!(
            "Each meeting of the {the} is attended by {more} {part}{of_them} its members in office."
        ),
        format!("يحضر كل اجتماع {of} {akthar} {juz}{minhum} {members}."),
    ])
}
