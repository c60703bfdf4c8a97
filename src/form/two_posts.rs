//! One person does not hold two posts, or sit in a body and hold a post, at once.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, node, people};
use crate::norm::{Norm, TermId};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "two_posts",
    meaning: [
        "At all times nobody is in both of two bodies or posts.",
        "لا يجمع أحد بين هيئتين أو منصبين، في جميع الأوقات.",
    ],
    examples: &[
        [
            "no board member is a paid employee of the association",
            "لا يجوز الجمع بين عضوية مجلس الإدارة والعمل بأجر في الجمعية",
        ],
        [
            "the chair and the executive director are different people",
            "لا يجمع شخص واحد بين رئاسة المجلس والإدارة التنفيذية",
        ],
        [
            "no member of the general assembly is an employee",
            "لا يجمع العضو بين عضوية الجمعية العمومية والعمل في المؤسسة",
        ],
        [
            "nobody may be both chair and treasurer",
            "لا يكون رئيس مجلس الإدارة أمين الصندوق",
        ],
    ],
    entry: [Rule::two_posts_en, Rule::two_posts_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let mut parties: Vec<TermId> =
        node.all("party").filter_map(|(mark, _)| node::term(mark)).collect();
    people::in_order(&mut parties, context.vocabulary);
    match parties.as_slice() {
        [one, other] => Ok(Norm::Incompatible { one: *one, other: *other }),
        // "The chair is not the chair".
        _ => Err(Fault { wording: Wording::ImpossibleNumber, slot: "party" }),
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Incompatible { one, other } = norm else { return None };
    let [a, alif] = people::party(*one, vocabulary);
    let [b, ba] = people::party(*other, vocabulary);
    Some([
        format!("Nobody is {a} and {b} at the same time."),
        format!("لا يجمع أحد بين {alif} و{ba}."),
    ])
}
