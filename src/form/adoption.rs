//! A body adopts a paper, and it is reviewed again and again.

use crate::calendar::Span;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::publication::by_default;
use crate::form::{Context, Fault, Form, Rule, deed, rolling};
use crate::lexicon::Gender;
use crate::lexicon::unit;
use crate::norm::{Act, Norm};
use crate::vocabulary::{Concern, TermKind, Vocabulary};

pub(crate) const FORM: Form = Form {
    name: "adoption",
    meaning: [
        "A paper is adopted by a body and, where the sentence says so, adopted or reviewed again within a given time.",
        "تعتمد هيئة مستندًا، وتعيد مراجعته أو اعتماده خلال المدة التي تذكرها الجملة إن ذكرتها.",
    ],
    examples: &[
        [
            "the conflict of interest policy is adopted by the board and reviewed every 2 years",
            "يعتمد مجلس الإدارة سياسة تضارب المصالح ويراجعها كل سنتين",
        ],
        [
            "The board has adopted a conflict-of-interest policy and reviews it every two years.",
            "أقرّ مجلس الإدارة سياسة تضارب المصالح ويراجعها كل سنتين.",
        ],
        [
            "the general assembly approves the bylaws",
            "تصادق الجمعية العمومية على النظام الأساسي",
        ],
        ["the procurement policy is adopted", "تُعتمد سياسة المشتريات"],
        ["the budget is approved by the board", "يُقرّ مجلس الإدارة الموازنة"],
        [
            "the organization has a whistleblower policy adopted by the board",
            "لدى المؤسسة سياسة للإبلاغ عن المخالفات معتمدة من مجلس الإدارة",
        ],
    ],
    entry: [Rule::adoption_en, Rule::adoption_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let mut what = deed::read(node)?;
    what.act = Act::Adopt;
    let kind = context.vocabulary.term(what.noun).map(|term| term.kind);
    // Only a plan that states its period can cover a year or be over.
    if node.has("current") && kind != Some(TermKind::Document(Concern::Period)) {
        return Err(Fault { wording: Wording::SeveralMeanings, slot: "current" });
    }
    match review(node)? {
        Some(review) => Ok(Norm::Standing { what, review: Some(review) }),
        None if node.has("always") => Ok(Norm::Standing { what, review: None }),
        None => by_default(what, context.vocabulary),
    }
}

fn review(node: &Node<'_>) -> Result<Option<Span>, Fault> {
    let unit = match (node.has("review_unit"), node.has("review_each")) {
        (true, _) => "review_unit",
        (_, true) => "review_each",
        _ => return Ok(None),
    };
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "review_count" };
    let span = node.span("review_count", unit).ok_or(impossible)?;
    if matches!(span, Span::WorkingDays(_)) {
        let slot = crate::form::NOT_MINE;
        return Err(Fault { wording: Wording::WorkingDays, slot });
    }
    Ok(Some(if node.has("other") { rolling::twice(span) } else { span }))
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Standing { what, review } = norm else { return None };
    if what.act == Act::Validate || (what.act != Act::Adopt && review.is_none()) {
        return None;
    }
    let [english, arabic] = deed::say_standing(*what, vocabulary);
    let Some(review) = review else {
        return Some([format!("{english}."), format!("{arabic}.")]);
    };
    let noun = vocabulary.term(what.noun);
    let be = if noun.is_some_and(|noun| noun.plural) { "are" } else { "is" };
    let [every, kull] = match review {
        Span::Years(1) => ["year".to_owned(), "سنة".to_owned()],
        _ => unit::span(*review),
    };
    let verb = match deed::gender_of(noun) {
        Gender::Masculine => "يُراجع",
        Gender::Feminine => "تُراجع",
    };
    Some([
        format!("{english} and {be} reviewed at least once every {every}."),
        format!("{arabic} و{verb} مرة واحدة على الأقل كل {kull}."),
    ])
}
