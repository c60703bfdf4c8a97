//! What has to be so at all times: "salaries are at most 25% of the yearly budget".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, condition};
use crate::norm::{Condition, Norm};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "comparison",
    meaning: [
        "At all times, a number known of the organization is within its bounds, alone or as a part of another, or a characteristic is stated of it. What nobody stated is unknown.",
        "في جميع الأوقات، يبقى عدد معروف عن المؤسسة ضمن حدوده، وحده أو جزءًا من عدد آخر، أو تُذكر لها صفة. وما لم يذكره أحد فهو غير معلوم.",
    ],
    examples: &[
        [
            "salaries and running costs are at most 25% of the yearly budget",
            "يجب ألا تزيد الرواتب والمصاريف التشغيلية على 25% من الموازنة السنوية للمؤسسة",
        ],
        [
            "Reserves cover at least three months of yearly spending.",
            "تغطي الاحتياطيات ثلاثة أشهر على الأقل من المصاريف السنوية.",
        ],
        [
            "the largest donor gives at most half of the yearly income",
            "لا تتجاوز حصة أكبر مانح نصف الدخل السنوي",
        ],
        ["the number of staff must be at least 3", "يجب ألا يقل عدد الموظفين عن 3"],
        [
            "activities match the objectives in the bylaws",
            "تتوافق الأنشطة مع الأهداف الواردة في النظام الأساسي",
        ],
    ],
    entry: [Rule::comparison_en, Rule::comparison_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let test = node.nodes("test").next();
    let condition =
        test.and_then(|test| condition::comparison(&test, context.vocabulary));
    let fault = Fault { wording: Wording::ConditionExpected, slot: "test" };
    // When it was founded is nothing that an organization can keep.
    let kept = condition.filter(|it| !matches!(it, Condition::Founded { .. }));
    kept.map(Norm::Holds).ok_or(fault)
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Holds(condition) = norm else { return None };
    let [english, arabic] = condition::say(condition, true, vocabulary);
    let arabic = match condition {
        Condition::Is(_) => arabic,
        _ => arabic.replacen("يكن ", "يكون ", 1).replacen("تكن ", "تكون ", 1),
    };
    Some([format!("{}.", capital(&english)), format!("يجب أن {arabic}.")])
}

/// The first letter of a sentence is a capital one.
fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
