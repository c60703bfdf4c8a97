//! One body measured against another: "at least 3 times as many members as the board".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule};
use crate::lexicon;
use crate::lexicon::noun::{Counted, MEMBERS};
use crate::norm::Norm;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "proportion",
    meaning: [
        "At all times a body has at least so many times the members of another and, where it is said, at least a number of its own.",
        "لا يقل عدد أعضاء هيئة عن أضعاف عدد أعضاء هيئة أخرى، ولا عن عدد محدد إن ذُكر، في جميع الأوقات.",
    ],
    examples: &[
        [
            "the general assembly has at least 30 members and at least three times as many as the board",
            "لا يقل عدد أعضاء الجمعية العمومية عن 30 عضوًا ولا عن ثلاثة أضعاف عدد أعضاء مجلس الإدارة",
        ],
        [
            "the general assembly has at least twice as many members as the board",
            "لا يقل عدد أعضاء الجمعية العمومية عن ضعفي عدد أعضاء مجلس الإدارة",
        ],
    ],
    entry: [Rule::proportion_en, Rule::proportion_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let missing = Fault { wording: Wording::MissingDeed, slot: "" };
    let body = node.term("noun").ok_or(missing)?;
    let other = node.term("other").ok_or(missing)?;
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "times" };
    let times = if node.has("double") { Some(2) } else { node.count("times") };
    // Once as many is no multiple, and nobody asks for more than a hundred.
    let times = times.filter(|times| (2..=100).contains(times)).ok_or(impossible)?;
    let least = if node.has("least") {
        Some(node.count("least").ok_or(impossible)?)
    } else {
        None
    };
    if body == other {
        return Err(Fault { wording: Wording::ImpossibleNumber, slot: "other" });
    }
    Ok(Norm::Proportion { body, least, times, other })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Proportion { body, least, times, other } = norm else { return None };
    let english = |term| vocabulary.phrase(term, Language::English);
    let arabic = |term| vocabulary.phrase(term, Language::Arabic);
    let plural = vocabulary.term(*body).is_some_and(|term| term.plural);
    let has = if plural { "have" } else { "has" };
    let (floor, hadd) = match least {
        Some(least) => (
            format!("at least {} and ", MEMBERS.english(u64::from(*least))),
            format!("عن {} ولا ", MEMBERS.arabic(u64::from(*least))),
        ),
        None => (String::new(), String::new()),
    };
    let adaf = DOUBLE.arabic(u64::from(*times));
    Some([
        format!(
            "The {} {has} {floor}at least {times} times as many members as the {}.",
            english(*body),
            english(*other),
        ),
        format!(
            "لا يقل عدد أعضاء {} {hadd}عن {adaf} عدد أعضاء {}.",
            arabic(*body),
            arabic(*other),
        ),
    ])
}

/// Times as many: the dual has lost its nun to what follows.
const DOUBLE: Counted = Counted {
    english: ["time", "times"],
    singular: "ضعف",
    dual: "ضعفي",
    plural: "أضعاف",
    accusative: "ضعفًا من",
    gender: lexicon::Gender::Masculine,
};
