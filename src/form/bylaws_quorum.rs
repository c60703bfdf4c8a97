//! Every meeting has the quorum that the organization's own bylaws ask for.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule};
use crate::lexicon;
use crate::norm::Norm;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "bylaws_quorum",
    meaning: [
        "Every meeting of a body has the quorum that the organization's bylaws ask for: by the share on file and those present, or by what the minutes say of it.",
        "يكتمل في كل اجتماع لهيئة النصاب الذي يحدده النظام الأساسي للمؤسسة: بحسب النسبة المسجلة وعدد الحاضرين، أو بحسب ما يذكره المحضر.",
    ],
    examples: &[
        ["board meetings are quorate", "يكتمل النصاب القانوني في اجتماعات مجلس الإدارة"],
        [
            "every meeting of the general assembly has the quorum that the bylaws ask for",
            "يكتمل في كل اجتماع للجمعية العمومية النصاب الذي يحدده النظام الأساسي",
        ],
        [
            "the quorum required by the bylaws is present at every board meeting",
            "لا يعقد أي اجتماع لمجلس الإدارة دون اكتمال النصاب المنصوص عليه في النظام الأساسي",
        ],
    ],
    entry: [Rule::bylaws_quorum_en, Rule::bylaws_quorum_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let body =
        node.term("noun").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    // Other papers set no quorum that anybody could look up.
    let bylaws = context.vocabulary.id(BYLAWS);
    if node.term("bylaws").is_some_and(|document| Some(document) != bylaws) {
        return Err(Fault { wording: Wording::MissingDeed, slot: "bylaws" });
    }
    Ok(Norm::BylawsQuorum { body })
}

/// The bylaws' name in the vocabulary.
const BYLAWS: &str = "bylaws";

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::BylawsQuorum { body } = norm else { return None };
    let the = vocabulary.phrase(*body, Language::English);
    let of = lexicon::with_li(vocabulary.phrase(*body, Language::Arabic));
    Some([
        format!("Each meeting of the {the} has the quorum that the bylaws ask for."),
        format!("يكتمل في كل اجتماع {of} النصاب الذي يحدده النظام الأساسي."),
    ])
}
