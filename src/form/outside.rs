//! Of whom the rules of a rulebook do not speak: "these rules do not apply to …".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, condition};
use crate::norm::Norm;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "outside",
    meaning: [
        "The rules of the whole rulebook do not apply to organizations of these types: each of them is then not applicable.",
        "لا تسري قواعد المجموعة كلها على المؤسسات من هذه الأنواع، فتكون كل قاعدة منها عندئذ غير سارية.",
    ],
    examples: &[
        [
            "these rules do not apply to non-profit companies",
            "لا تسري هذه القواعد على الشركات غير الربحية",
        ],
        [
            "A non-profit company files under the companies regime, not this law.",
            "تخضع الشركة غير الربحية لنظام الشركات لا لقانون الجمعيات.",
        ],
        [
            "initiatives and clubs are not subject to these rules",
            "لا تخضع المبادرات والأندية لهذه القواعد",
        ],
    ],
    entry: [Rule::outside_en, Rule::outside_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let types = node.nodes("types").next();
    let who = types.and_then(|types| condition::of_types(&types));
    let nobody = Fault { wording: Wording::ConditionExpected, slot: "types" };
    who.map(|who| Norm::Outside { who }).ok_or(nobody)
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Outside { who } = norm else { return None };
    let [english, arabic] = condition::say(who, false, vocabulary);
    Some([
        format!("These rules do not apply where {english}."),
        format!("لا تسري هذه القواعد إذا {arabic}."),
    ])
}
