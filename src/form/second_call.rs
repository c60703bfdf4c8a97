//! A quorum at the first call, and a smaller one when the meeting is called again.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed, quorum};
use crate::lexicon;
use crate::lexicon::unit;
use crate::lexicon::{Gender, number};
use crate::norm::{Norm, Share};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "second_call",
    meaning: [
        "Every meeting of a body is attended by a share of its members in office or, called again within a time, by a smaller share.",
        "يحضر كل اجتماع لهيئة نصيب من أعضائها الحاليين، أو نصيب أصغر إذا دُعي إليه مرة ثانية خلال مدة.",
    ],
    examples: &[
        [
            "each meeting of the general assembly is attended by more than half of its members, or, at a second call within 15 days, by at least one third of the members",
            "يحضر كل اجتماع للجمعية العمومية أكثر من نصف أعضائها، أو ثلث الأعضاء على الأقل عند الدعوة الثانية خلال 15 يومًا",
        ],
        [
            "every general assembly meeting requires a quorum of a majority of its members or of at least one third of the members at a second meeting within 15 days",
            "يصح اجتماع الجمعية العمومية بحضور أكثر من نصف أعضائها أو بحضور ثلث الأعضاء على الأقل في اجتماع ثانٍ خلال خمسة عشر يومًا",
        ],
    ],
    entry: [Rule::second_call_en, Rule::second_call_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let missing = Fault { wording: Wording::MissingDeed, slot: "" };
    let body = node.term("noun").ok_or(missing)?;
    let first = share(node, "first")?;
    let second = share(node, "second")?;
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
    let within = node.span("count", "unit").ok_or(impossible)?;
    Ok(Norm::SecondCall { body, first, second, within })
}

fn share(node: &Node<'_>, slot: &'static str) -> Result<Share, Fault> {
    let missing = Fault { wording: Wording::MissingDeed, slot };
    let part = node.nodes(slot).next().ok_or(missing)?;
    quorum::share_of(&part)
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::SecondCall { body, first, second, within } = norm else { return None };
    let the = vocabulary.phrase(*body, Language::English);
    let of = lexicon::with_li(vocabulary.phrase(*body, Language::Arabic));
    let members = match deed::gender_of(vocabulary.term(*body)) {
        Gender::Masculine => "أعضائه الحاليين",
        Gender::Feminine => "أعضائها الحاليين",
    };
    let [one, alif] = part(*first, members);
    let [two, ba] = part(*second, "الأعضاء الحاليين");
    let [span, mudda] = unit::span(*within);
    Some([
        format!(
            "Each meeting of the {the} is attended by {one} or, at a second call within {span}, by {two}."
        ),
        format!(
            "يحضر كل اجتماع {of} {alif}، أو يحضره {ba} عند الدعوة الثانية خلال {mudda}."
        ),
    ])
}

/// "more than half of its members in office", «أكثر من نصف أعضائه الحاليين».
fn part(share: Share, members: &str) -> [String; 2] {
    let [part, juz] = number::share(share.numerator, share.denominator);
    let [more, akthar] = if share.exclusive {
        ["more than", "أكثر من"]
    } else {
        ["at least", "ما لا يقل عن"]
    };
    let (of, min) = if juz.contains(['%', '/']) { (" of", " من") } else { (" of", "") };
    [
        format!("{more} {part}{of} its members in office"),
        format!("{akthar} {juz}{min} {members}"),
    ]
}
