//! A certificate is valid at all times.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::norm::{Act, Norm, Occurrence};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "validity",
    meaning: [
        "A certificate is there and has not expired, at all times.",
        "توجد شهادة لم تنتهِ صلاحيتها في جميع الأوقات.",
    ],
    examples: &[
        ["the registration certificate is valid", "تكون شهادة التسجيل سارية المفعول"],
        [
            "the registration certificate is at all times valid",
            "تكون شهادة التسجيل سارية في جميع الأوقات",
        ],
        [
            "The association holds a valid registration certificate.",
            "تحوز الجمعية شهادة تسجيل سارية.",
        ],
        [
            "the tax clearance must be valid at all times",
            "يجب أن تكون براءة الذمة الضريبية سارية المفعول دائمًا",
        ],
        ["the registration certificate must not expire", "لا تنتهي صلاحية شهادة التسجيل"],
    ],
    entry: [Rule::validity_en, Rule::validity_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let noun =
        node.term("noun").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    let what = Occurrence { noun, act: Act::Validate, by: None, to: None };
    Ok(Norm::Standing { what, review: None })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Standing { what, .. } = norm else { return None };
    let mine = what.act == Act::Validate;
    mine.then(|| deed::say_standing(*what, vocabulary).map(|text| format!("{text}.")))
}
