//! A share of a body's members: "at least 80% of the board have declared in the last year".

use crate::calendar::Span;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed, people, quorum};
use crate::lexicon::Gender;
use crate::lexicon::{number, unit};
use crate::norm::{Act, Norm, Share};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "uptake",
    meaning: [
        "At all times this share of a body's members have signed or filed a paper of their own within a time that ends today. One member counts once, however many papers they gave.",
        "في جميع الأوقات، وقّعت هذه النسبة من أعضاء هيئة مستندًا خاصًا بكل منهم أو قدّمته خلال مدة تنتهي اليوم. ويُحسب العضو مرة واحدة مهما قدّم.",
    ],
    examples: &[
        [
            "at least 80% of the members of the board have signed the conflict of interest declaration in the last 12 months",
            "يوقّع ما لا يقل عن 80% من أعضاء مجلس الإدارة إقرار تضارب المصالح خلال آخر 12 شهرًا",
        ],
        [
            "more than half of the board members submitted the financial disclosure within the past 2 years",
            "قدّم أكثر من نصف أعضاء مجلس الإدارة إقرار الذمة المالية خلال آخر سنتين",
        ],
        [
            "in the last 365 days all members of the audit committee have signed the conflict of interest declaration",
            "خلال آخر 365 يومًا يوقّع جميع أعضاء لجنة التدقيق إقرار تضارب المصالح",
        ],
        [
            "the conflict of interest declaration was signed by at least two thirds of the board members in the last 400 days",
            "وقّع ثلثا أعضاء مجلس الإدارة على الأقل إقرار تضارب المصالح خلال آخر 400 يوم",
        ],
    ],
    entry: [Rule::uptake_en, Rule::uptake_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let missing = |slot| Fault { wording: Wording::MissingDeed, slot };
    let body = node.term("group").ok_or(missing("group"))?;
    if !people::is_body(body, context.vocabulary) {
        return Err(missing("group"));
    }
    let document = node.term("noun").ok_or(missing("noun"))?;
    // What else is done to a paper says nothing of whose it is.
    let Some(act @ (Act::Sign | Act::Submit)) = node.act("act") else {
        return Err(missing("act"));
    };
    let part = if node.has("all") {
        Share { numerator: 1, denominator: 1, exclusive: false }
    } else {
        quorum::share_of(node)?
    };
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
    let within = node.span("count", "unit").ok_or(impossible)?;
    if matches!(within, Span::WorkingDays(_)) {
        return Err(Fault { wording: Wording::WorkingDays, slot: "unit" });
    }
    Ok(Norm::Uptake { body, part, document, act, within })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Uptake { body, part, document, act, within } = norm else { return None };
    let [who, man] = people::all_of(*body, vocabulary);
    let [share, nisba] = number::share(part.numerator, part.denominator);
    let min = if nisba.contains(['%', '/']) { "من " } else { "" };
    let [more, akthar] = if part.exclusive {
        ["More than", "أكثر من"]
    } else {
        ["At least", "ما لا يقل عن"]
    };
    let [signed, _] = deed::participle(*act, Gender::Masculine, vocabulary);
    let yuwaqqi = deed::active(*act, Gender::Masculine, vocabulary);
    let paper = |language| vocabulary.phrase(*document, language);
    let [days, ayyam] = unit::span(*within);
    Some([
        format!(
            "{more} {share} of the {who} have {signed} the {} in the last {days}.",
            paper(Language::English)
        ),
        format!(
            "{yuwaqqi} {akthar} {nisba} {min}{man} {} خلال آخر {ayyam}.",
            paper(Language::Arabic)
        ),
    ])
}
