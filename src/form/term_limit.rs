//! How many terms or years somebody may stay in a post or a body.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, people};
use crate::lexicon::noun::TERMS;
use crate::lexicon::unit;
use crate::norm::{Norm, Stay};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "term_limit",
    meaning: [
        "At all times nobody in a body or a post has been there for more terms, or more years, than the limit. Consecutive: since the last real break. Where the sentence takes a reason, a stated reason explains it.",
        "لا يبقى أحد في هيئة أو منصب دورات أو سنوات أكثر من الحد، في جميع الأوقات. والمتتالية هي التي لم يفصل بينها انقطاع فعلي. وإن قبلت الجملة التعليل عُدّ السبب المذكور توضيحًا.",
    ],
    examples: &[
        [
            "no chair serves more than two consecutive terms",
            "لا يشغل رئيس المجلس منصبه أكثر من دورتين متتاليتين",
        ],
        [
            "no board member serves more than nine years without a stated reason",
            "لا تزيد مدة عضوية أي عضو في مجلس الإدارة على تسع سنوات دون تعليل",
        ],
        [
            "the treasurer serves at most three terms",
            "لا يبقى أحد في صفة أمين الصندوق أكثر من ثلاث دورات",
        ],
    ],
    entry: [Rule::term_limit_en, Rule::term_limit_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let who =
        node.term("party").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "limit" };
    let number = if node.has("limit") { node.count("limit") } else { Some(1) };
    let number = number.filter(|number| *number <= LONGEST).ok_or(impossible)?;
    let most = if node.has("terms") { Stay::Terms(number) } else { Stay::Years(number) };
    let (consecutive, unless_explained) = (node.has("consecutive"), node.has("reason"));
    Ok(Norm::TermLimit { who, most, consecutive, unless_explained })
}

/// A limit that nobody could outlive is a slip.
const LONGEST: u16 = 100;

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::TermLimit { who, most, consecutive, unless_explained } = norm else {
        return None;
    };
    let [limit, hadd] = match most {
        Stay::Terms(terms) => {
            let terms = u64::from(*terms);
            [TERMS.english(terms), TERMS.arabic(terms)]
        }
        Stay::Years(years) => unit::span(crate::calendar::Span::Years(*years)),
    };
    let number = match most {
        Stay::Terms(number) | Stay::Years(number) => *number,
    };
    let [limit, hadd] = match (consecutive, number) {
        (false, _) => [limit, hadd],
        (true, 2) => [consecutively(&limit), format!("{hadd} متتاليتين")],
        (true, _) => [consecutively(&limit), format!("{hadd} متتالية")],
    };
    let [reason, sabab] = match unless_explained {
        true => [", unless the reason is stated", "، ما لم يُذكر السبب"],
        false => ["", ""],
    };
    let [is, fi] = people::party(*who, vocabulary);
    let is = is
        .strip_prefix("a member of")
        .map_or_else(|| format!("in office as {is}"), |of| format!("a member of{of}"));
    Some([
        format!("Nobody is {is} for more than {limit}{reason}."),
        format!("لا يبقى أحد في {fi} أكثر من {hadd}{sabab}."),
    ])
}

/// "2 terms" → "2 consecutive terms".
fn consecutively(limit: &str) -> String {
    match limit.split_once(' ') {
        Some((number, noun)) => format!("{number} consecutive {noun}"),
        None => limit.to_owned(),
    }
}
