//! How many members a body has: "the board has between 7 and 13 members".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule};
use crate::lexicon::noun;
use crate::norm::Norm;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "size",
    meaning: [
        "A body has at least and at most so many members, both numbers included, at all times.",
        "لا يقل عدد أعضاء هيئة عن حد ولا يزيد على حد، والحدّان محسوبان، في جميع الأوقات.",
    ],
    examples: &[
        ["the board has between 7 and 13 members", "يتألف مجلس الإدارة من 7 إلى 13 عضوًا"],
        [
            "The board must have at least 5 and at most 13 members",
            "يجب ألا يقل عدد أعضاء مجلس الإدارة عن ٥ أعضاء ولا يزيد على ١٣ عضواً",
        ],
        [
            "the board consists of seven to thirteen members",
            "يتكون مجلس الإدارة من عدد لا يقل عن سبعة أعضاء ولا يزيد على ثلاثة عشر عضوًا",
        ],
        [
            "the board has at least seven members",
            "لا يقل عدد أعضاء مجلس الإدارة عن سبعة أعضاء",
        ],
        [
            "the audit committee has no more than 5 members",
            "لا يزيد عدد أعضاء لجنة التدقيق على 5 أعضاء",
        ],
        ["the board has exactly 9 members", "يكون عدد أعضاء مجلس الإدارة 9 أعضاء بالضبط"],
        [
            "the number of board members is between 5 and 11",
            "عدد أعضاء مجلس الإدارة بين 5 و11 عضوًا",
        ],
        [
            "the general assembly has at least 30 members",
            "لا يقل عدد أعضاء الجمعية العمومية عن 30 عضوًا",
        ],
    ],
    entry: [Rule::size_en, Rule::size_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let body =
        node.term("noun").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    let exact = bound(node, "exact", 0)?;
    let least = bound(node, "least", 0)?.or(bound(node, "above", 1)?).or(exact);
    let most = bound(node, "most", 0)?.or(bound(node, "below", -1)?).or(exact);
    let reversed = matches!((least, most), (Some(least), Some(most)) if least > most);
    if reversed {
        return Err(Fault { wording: Wording::ImpossibleNumber, slot: "" });
    }
    Ok(Norm::Size { body, least, most })
}

/// The number of a slot, moved by one where the number itself is not enough.
fn bound(node: &Node<'_>, slot: &'static str, step: i32) -> Result<Option<u16>, Fault> {
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot };
    if !node.has(slot) {
        return Ok(None);
    }
    let number = i32::from(node.count(slot).ok_or(impossible)?) + step;
    let number = u16::try_from(number).ok().filter(|number| *number > 0);
    Ok(Some(number.ok_or(impossible)?))
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Size { body, least, most } = norm else { return None };
    let the = vocabulary.phrase(*body, Language::English);
    let hum = vocabulary.phrase(*body, Language::Arabic);
    let plural = vocabulary.term(*body).is_some_and(|term| term.plural);
    let has = if plural { "have" } else { "has" };
    let members = |number: u16| noun::MEMBERS.english(u64::from(number));
    let aada = |number: u16| noun::MEMBERS.arabic(u64::from(number));
    Some(match (*least, *most) {
        (Some(least), Some(most)) if least == most => [
            format!("The {the} {has} exactly {}.", members(least)),
            format!("يكون عدد أعضاء {hum} {} بالضبط.", aada(least)),
        ],
        (Some(least), Some(most)) => [
            format!("The {the} {has} between {least} and {}.", members(most)),
            format!(
                "لا يقل عدد أعضاء {hum} عن {} ولا يزيد على {}.",
                aada(least),
                aada(most)
            ),
        ],
        (Some(least), None) => [
            format!("The {the} {has} at least {}.", members(least)),
            format!("لا يقل عدد أعضاء {hum} عن {}.", aada(least)),
        ],
        (None, Some(most)) => [
            format!("The {the} {has} at most {}.", members(most)),
            format!("لا يزيد عدد أعضاء {hum} على {}.", aada(most)),
        ],
        (None, None) => return None,
    })
}
