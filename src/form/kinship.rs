//! No two members of a body are related within a degree.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule};
use crate::norm::Norm;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "kinship",
    meaning: [
        "At all times no two members of a body are related within a degree, counted the civil way: parents and children are of the first, siblings of the second. In-laws count where the sentence says so.",
        "لا تجمع بين أي عضوين في هيئة قرابة حتى درجة محددة، في جميع الأوقات، والدرجات تُحسب كما في القانون المدني: الوالدان والأولاد في الأولى، والإخوة في الثانية. وتدخل المصاهرة إن ذُكرت.",
    ],
    examples: &[
        [
            "no two board members are related in the first or second degree",
            "لا يضم مجلس الإدارة عضوين أو أكثر تجمعهما قرابة من الدرجة الأولى أو الثانية",
        ],
        [
            "no two members of the board are related within the fourth degree, in-laws included",
            "لا يضم مجلس الإدارة عضوين تجمعهما قرابة حتى الدرجة الرابعة، بما فيها المصاهرة",
        ],
        [
            "members of the audit committee must not be related to each other within the second degree",
            "لا يجوز أن تجمع بين أي عضوين في لجنة التدقيق قرابة حتى الدرجة الثانية",
        ],
    ],
    entry: [Rule::kinship_en, Rule::kinship_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let body =
        node.term("group").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    let named = ["first", "second", "third", "fourth"].iter().zip(1u8..);
    let named = named.filter(|(slot, _)| node.has(slot)).map(|(_, degree)| degree).max();
    let counted = node.number("number").and_then(|number| u8::try_from(number).ok());
    let degree = named
        .max(counted)
        .filter(|degree| (1..=FARTHEST).contains(degree))
        .ok_or(Fault { wording: Wording::ImpossibleNumber, slot: "number" })?;
    Ok(Norm::Unrelated { body, degree, in_laws: node.has("in_laws") })
}

/// The farthest degree that sentences name.
const FARTHEST: u8 = 4;
const NAMES: [[&str; 2]; 4] = [
    ["first", "الأولى"],
    ["second", "الثانية"],
    ["third", "الثالثة"],
    ["fourth", "الرابعة"],
];

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Unrelated { body, degree, in_laws } = norm else { return None };
    let the = vocabulary.phrase(*body, Language::English);
    let hum = vocabulary.phrase(*body, Language::Arabic);
    let [nth, rank] = *NAMES.get(usize::from(*degree).checked_sub(1)?)?;
    let [laws, sihr] = if *in_laws {
        ["in-laws included", "بما فيها المصاهرة"]
    } else {
        ["in-laws excluded", "عدا المصاهرة"]
    };
    Some([
        format!(
            "No two members of the {the} are related within the {nth} degree, {laws}."
        ),
        format!("لا يضم {hum} عضوين تجمعهما قرابة حتى الدرجة {rank}، {sihr}."),
    ])
}
