//! Never too long from one to the next: "the board meets at least once every 3 months".

use crate::calendar::Span;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::lexicon::unit;
use crate::norm::Norm;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "rolling",
    meaning: [
        "No more than a given time ever passes from one occasion to the next, nor from the last one to today.",
        "لا تمضي مدة أطول من المحددة بين مرة والتي تليها، ولا بين آخر مرة واليوم.",
    ],
    examples: &[
        ["the board meets every 3 months", "يجتمع مجلس الإدارة كل ثلاثة أشهر"],
        [
            "the follow-up committee meets every two months",
            "تجتمع لجنة المتابعة كل شهرين",
        ],
        [
            "the board meets at least once every 3 months",
            "يجتمع مجلس الإدارة مرة واحدة على الأقل كل 3 أشهر",
        ],
        [
            "the board meets with no more than 4 months between meetings",
            "يجتمع مجلس الإدارة على ألا تزيد المدة بين اجتماع وآخر على أربعة أشهر",
        ],
        [
            "the procurement policy is reviewed every 2 years",
            "تُراجع سياسة المشتريات كل سنتين",
        ],
        [
            "every three years the board reviews the strategic plan",
            "كل ثلاث سنوات يراجع مجلس الإدارة الخطة الاستراتيجية",
        ],
    ],
    entry: [Rule::rolling_en, Rule::rolling_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let what = deed::settled(deed::read(node)?, context.vocabulary);
    // "Twice every 3 months" is neither a gap nor a number in a period.
    if node.has("least") && node.count("least") != Some(1) {
        return Err(Fault { wording: Wording::SeveralMeanings, slot: "least" });
    }
    Ok(Norm::Rolling { what, gap: gap(node)? })
}

fn gap(node: &Node<'_>) -> Result<Span, Fault> {
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
    let span = node.span("count", "unit").ok_or(impossible)?;
    // A gap between two events runs through weekends and holidays.
    if matches!(span, Span::WorkingDays(_)) {
        let slot = crate::form::NOT_MINE;
        return Err(Fault { wording: Wording::WorkingDays, slot });
    }
    Ok(if node.has("other") { twice(span) } else { span })
}

/// "Every other month" is every two months.
pub(crate) fn twice(span: Span) -> Span {
    match span {
        Span::Days(days) => Span::Days(days.saturating_mul(2)),
        Span::WorkingDays(days) => Span::WorkingDays(days.saturating_mul(2)),
        Span::Weeks(weeks) => Span::Weeks(weeks.saturating_mul(2)),
        Span::Months(months) => Span::Months(months.saturating_mul(2)),
        Span::Years(years) => Span::Years(years.saturating_mul(2)),
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Rolling { what, gap } = norm else { return None };
    let [english, arabic] = deed::say(*what, vocabulary);
    let [every, kull] = unit::span(*gap);
    Some([
        format!("{english} at least once every {every}."),
        format!("{arabic} مرة واحدة على الأقل كل {kull}."),
    ])
}
