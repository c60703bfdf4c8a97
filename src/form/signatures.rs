//! Who signs every paper of a kind.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule};
use crate::norm::{Norm, Signers};
use crate::text::Language;
use crate::vocabulary::phrases::plural;
use crate::vocabulary::{Concern, TermKind, Vocabulary};

pub(crate) const FORM: Form = Form {
    name: "signatures",
    meaning: [
        "Every paper of a kind is signed by all the posts named, by at least so many holders where a number is given; in date order: and its numbers follow its days.",
        "يوقّع كل مستند من نوعٍ ما أصحاب المناصب المذكورة جميعًا، وبالعدد الأدنى إن ذُكر؛ ووفق التسلسل الزمني: تتبع أرقامه تواريخه.",
    ],
    examples: &[
        [
            "board minutes are kept in date order and signed by the chair and the secretary",
            "تُحفظ محاضر مجلس الإدارة وفق تسلسلها الزمني ويوقعها الرئيس وأمين السر",
        ],
        [
            "at least seven founders sign the founding application",
            "يوقّع طلب التأسيس سبعة مؤسسين على الأقل",
        ],
        [
            "board minutes are signed by the chair and the secretary",
            "يوقّع محضر اجتماع مجلس الإدارة رئيس مجلس الإدارة وأمين السر",
        ],
        [
            "the chair and the treasurer sign the annual financial report",
            "يُوقَّع التقرير المالي السنوي من رئيس مجلس الإدارة وأمين الصندوق",
        ],
    ],
    entry: [Rule::signatures_en, Rule::signatures_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let missing = Fault { wording: Wording::MissingDeed, slot: "" };
    let document = node.term("noun").ok_or(missing)?;
    let by = signers(node, context.vocabulary)?;
    let kind = context.vocabulary.term(document).map(|term| term.kind);
    let of_meetings = matches!(kind, Some(TermKind::Document(Concern::Meeting(_))));
    // One signature under a paper of a year or a policy is a deed with a time of its own.
    let alone = matches!(by.as_slice(), [one] if one.least == 1) && !node.has("order");
    if by.is_empty() || by.len() > crate::limits::LISTED_MAX || (alone && !of_meetings) {
        return Err(Fault { wording: Wording::MissingTime, slot: "noun" });
    }
    Ok(Norm::Signed { document, by, in_order: node.has("order") })
}

/// Who signs, in the order of their names.
pub(crate) fn signers(
    node: &Node<'_>,
    vocabulary: &Vocabulary,
) -> Result<Vec<Signers>, Fault> {
    let mut by: Vec<Signers> = Vec::new();
    for signer in node.nodes("signer") {
        let missing = Fault { wording: Wording::MissingDeed, slot: "" };
        let role = signer.term("role").ok_or(missing)?;
        let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "signer" };
        let least = if signer.has("least") { signer.count("least") } else { Some(1) };
        by.push(Signers { role, least: least.ok_or(impossible)? });
    }
    let name = |signers: &Signers| vocabulary.name(signers.role).to_owned();
    by.sort_by_key(|signers| (name(signers), signers.least));
    by.dedup();
    Ok(by)
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Signed { document, by, in_order } = norm else { return None };
    let paper = vocabulary.phrase(*document, Language::English);
    let waraqa = vocabulary.phrase(*document, Language::Arabic);
    let many = vocabulary.term(*document).is_some_and(|term| term.plural);
    let are = if many { "are" } else { "is" };
    let [english, arabic] = say_signers(by, vocabulary);
    let [order, tartib] = match in_order {
        true => [" and kept in date order", " ويُحفظ وفق التسلسل الزمني"],
        false => ["", ""],
    };
    Some([
        format!("The {paper} {are} signed by {english}{order}."),
        format!("يوقّع {arabic} {waraqa}{tartib}."),
    ])
}

/// The posts that sign, joined by "and" and «و».
pub(crate) fn say_signers(by: &[Signers], vocabulary: &Vocabulary) -> [String; 2] {
    let english: Vec<String> = by
        .iter()
        .map(|signers| {
            let role = vocabulary.phrase(signers.role, Language::English);
            match signers.least {
                1 => format!("the {role}"),
                least => format!("at least {least} {}", plural(role)),
            }
        })
        .collect();
    let arabic: Vec<String> = by
        .iter()
        .map(|signers| {
            let role = vocabulary.phrase(signers.role, Language::Arabic);
            match signers.least {
                1 => role.to_owned(),
                least => format!("{least} على الأقل ممن يحملون صفة {role}"),
            }
        })
        .collect();
    [english.join(" and "), arabic.join(" و")]
}
