//! A document of each member: declarations, disclosures, approvals.

use crate::calendar::Cycle;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed, people};
use crate::lexicon::Gender;
use crate::lexicon::unit;
use crate::norm::{Act, MemberTime, Norm};
use crate::text::Language;
use crate::vocabulary::{Concern, TermKind, Vocabulary};

pub(crate) const FORM: Form = Form {
    name: "each_member",
    meaning: [
        "Each member of a body, or holder of a post, signs, files or holds a paper of their own: one in each period, within a time of taking office, or at all times in office.",
        "يوقّع كل عضو في هيئة أو شاغل لمنصب مستندًا خاصًا به أو يقدّمه أو يحوزه: مرة في كل فترة، أو خلال مدة من توليه المنصب، أو ما دام فيه.",
    ],
    examples: &[
        [
            "every board member and every senior manager signs a conflict-of-interest declaration each year",
            "يوقّع كل عضو في مجلس الإدارة وكل مدير في الإدارة العليا إقرارًا سنويًا بشأن تضارب المصالح",
        ],
        [
            "each member of the board files a financial disclosure with the anti-corruption commission within 60 days of taking office",
            "يقدّم كل عضو في مجلس الإدارة إقرار الذمة المالية إلى هيئة مكافحة الفساد خلال 60 يومًا من توليه المنصب",
        ],
        [
            "board members who are public employees hold the approval of the competent authority",
            "يحصل الموظفون العموميون من أعضاء مجلس الإدارة على موافقة الجهة المختصة",
        ],
        [
            "a conflict of interest declaration is signed by every board member each year",
            "على كل عضو في مجلس الإدارة توقيع إقرار تضارب المصالح سنويًا",
        ],
    ],
    entry: [Rule::each_member_en, Rule::each_member_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let vocabulary = context.vocabulary;
    let document =
        node.term("noun").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    let who = people::read(node, vocabulary)?;
    // To disclose one's interests is to give the paper that does so.
    let act = match node.act("act") {
        Some(Act::Sign) => Act::Sign,
        Some(Act::Submit) => Act::Submit,
        Some(Act::Prepare | Act::Publish | Act::Occur) => Act::Prepare,
        // What else is done to a paper says nothing of whose it is.
        _ => return Err(Fault { wording: Wording::MissingDeed, slot: "act" }),
    };
    let to = node.term("to").filter(|_| act == Act::Submit);
    let when = when(node, context, document)?;
    Ok(Norm::EachMember { who, document, act, to, when })
}

fn when(
    node: &Node<'_>,
    context: &Context<'_>,
    document: crate::norm::TermId,
) -> Result<MemberTime, Fault> {
    if node.has("taking") {
        let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
        return node.span("count", "unit").map(MemberTime::Within).ok_or(impossible);
    }
    if node.has("each") {
        let nobody = Fault { wording: Wording::VagueTime, slot: "each" };
        let cycle = node.cycle("each", context.fiscal_quarters).ok_or(nobody)?;
        return Ok(MemberTime::Each(cycle));
    }
    if node.has("always") {
        return Ok(MemberTime::Always);
    }
    match context.vocabulary.term(document).map(|term| term.kind) {
        Some(TermKind::Document(Concern::CalendarYear)) => {
            Ok(MemberTime::Each(Cycle::Year))
        }
        Some(TermKind::Document(Concern::FiscalYear)) => {
            Ok(MemberTime::Each(Cycle::FiscalYear))
        }
        Some(TermKind::Document(Concern::Standing)) => Ok(MemberTime::Always),
        _ => Err(Fault { wording: Wording::MissingTime, slot: "noun" }),
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::EachMember { who, document, act, to, when } = norm else { return None };
    let [each, kull] = people::each(who, vocabulary);
    let [does, yafal] = match act {
        Act::Prepare => ["holds".to_owned(), "يحوز".to_owned()],
        act => [
            deed::third_person(*act, vocabulary),
            deed::active(*act, Gender::Masculine, vocabulary),
        ],
    };
    let paper = vocabulary.phrase(*document, Language::English);
    let waraqa = vocabulary.phrase(*document, Language::Arabic);
    let [to, ila] = match to {
        None => [String::new(), String::new()],
        Some(to) => [
            format!(" to the {}", vocabulary.phrase(*to, Language::English)),
            format!(" إلى {}", vocabulary.phrase(*to, Language::Arabic)),
        ],
    };
    let [time, waqt] = match when {
        MemberTime::Each(cycle) => {
            let [each, kull] = unit::cycle(*cycle);
            [format!("in each {each}"), format!("في كل {kull}")]
        }
        MemberTime::Always => ["at all times".to_owned(), "في جميع الأوقات".to_owned()],
        MemberTime::Within(span) => {
            let [within, khilal] = unit::span(*span);
            [
                format!("within {within} of taking office"),
                format!("خلال {khilal} من توليه المنصب"),
            ]
        }
    };
    Some([
        format!("{each} {does} the {paper}{to} {time}."),
        format!("{yafal} {kull} {waraqa}{ila} {waqt}."),
    ])
}
