//! A paper published, submitted, signed or kept, no time written: what the paper is about
//! says what is owed.

use crate::calendar::{Cycle, Span};
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::norm::{Act, Anchor, Norm, Occurrence};
use crate::vocabulary::{Concern, Happening, TermKind, Vocabulary};

/// A paper about a fiscal year is owed by a year after its end where no time is written.
const DEFAULT_WITHIN: Span = Span::Months(12);

pub(crate) const FORM: Form = Form {
    name: "publication",
    meaning: [
        "A paper is published, submitted, signed or kept. With no time written, a paper about a fiscal year is owed within 12 months of its end, and a standing paper at all times.",
        "يُنشر مستند أو يُقدَّم أو يُوقَّع أو يُحفظ. وإن لم يُذكر موعد، استُحق المستند الخاص بسنة مالية خلال 12 شهرًا من نهايتها، والمستند الدائم في جميع الأوقات.",
    ],
    examples: &[
        ["audited accounts published", "تُنشر القوائم المالية المدققة"],
        [
            "the annual report is published on the website",
            "يُنشر التقرير السنوي على الموقع الإلكتروني",
        ],
        ["the organization publishes its bylaws", "تنشر المؤسسة نظامها الأساسي"],
        ["the association has a registration certificate", "تحوز الجمعية شهادة تسجيل"],
        [
            "the procurement policy is at all times published on the website",
            "تكون سياسة المشتريات منشورة على الموقع الإلكتروني في جميع الأوقات",
        ],
        [
            "the financial report is submitted to the competent ministry",
            "يُقدَّم التقرير المالي إلى الوزارة المختصة",
        ],
    ],
    entry: [Rule::publication_en, Rule::publication_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let mut what = match (node.has("act"), node.term("noun")) {
        // "There is a …", "a … exists".
        (false, Some(noun)) => Occurrence { noun, act: Act::Prepare, by: None, to: None },
        _ => deed::settled(deed::read(node)?, context.vocabulary),
    };
    if what.act == Act::Prepare {
        what.by = None;
    }
    // Bare adoption is the form `adoption`; a review needs its time.
    if matches!(what.act, Act::Review | Act::Adopt) {
        return Err(Fault { wording: Wording::MissingTime, slot: "act" });
    }
    if node.has("always") {
        return Ok(Norm::Standing { what, review: None });
    }
    by_default(what, context.vocabulary)
}

/// What is owed where no time is written: by what the noun is.
pub(crate) fn by_default(
    what: Occurrence,
    vocabulary: &Vocabulary,
) -> Result<Norm, Fault> {
    let kind = vocabulary.term(what.noun).map(|term| term.kind);
    match kind {
        Some(TermKind::Document(Concern::FiscalYear)) => Ok(Norm::Deadline {
            what,
            anchor: Anchor::FiscalYearEnd,
            within: DEFAULT_WITHIN,
        }),
        Some(TermKind::Document(Concern::CalendarYear)) => {
            Ok(Norm::Frequency { what, least: 1, cycle: Cycle::Year })
        }
        Some(TermKind::Document(Concern::Standing | Concern::Period)) => {
            Ok(Norm::Standing { what, review: None })
        }
        Some(TermKind::Event(Happening::Lasting)) => {
            Ok(Norm::Standing { what, review: None })
        }
        Some(TermKind::Role) => {
            Ok(Norm::Frequency { what, least: 1, cycle: Cycle::Year })
        }
        _ => Err(Fault { wording: Wording::MissingTime, slot: "noun" }),
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Standing { what, review } = norm else { return None };
    let mine = !matches!(what.act, Act::Adopt | Act::Validate) && review.is_none();
    mine.then(|| deed::say_standing(*what, vocabulary).map(|text| format!("{text}.")))
}
