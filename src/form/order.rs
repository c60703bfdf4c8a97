//! One thing before another, or several in turn: "… before the start of the fiscal year".

use crate::calendar::Span;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deadline, deed};
use crate::lexicon::unit;
use crate::norm::{Anchor, Limit, Norm, Occurrence};
use crate::vocabulary::{Concern, TermKind, Vocabulary};

pub(crate) const FORM: Form = Form {
    name: "order",
    meaning: [
        "Something is done before something else, or so long before it; or several steps are taken in turn, the last of them in time.",
        "يُنجز أمر قبل أمر آخر، أو قبله بمدة معيّنة؛ أو تُتخذ خطوات متتالية تنتهي آخرها في موعدها.",
    ],
    examples: &[
        [
            "the budget is adopted by the board before the start of the fiscal year",
            "يعتمد مجلس الإدارة الموازنة قبل بداية السنة المالية",
        ],
        [
            "the annual report is adopted by the general assembly before each submission of the annual report",
            "تعتمد الجمعية العمومية التقرير السنوي قبل كل تقديم للتقرير السنوي",
        ],
        [
            "the board is elected before the mandate of the board ends",
            "يُنتخب مجلس الإدارة قبل انتهاء ولاية مجلس الإدارة",
        ],
        [
            "the competent ministry is notified of public fundraising before it begins",
            "تُخطَر الوزارة المختصة بجمع التبرعات من الجمهور قبل البدء به",
        ],
        [
            "the audited accounts are published at least 15 days before each meeting of the general assembly",
            "تُنشر القوائم المالية المدققة قبل 15 يومًا على الأقل من كل اجتماع للجمعية العمومية",
        ],
        [
            "the budget is reviewed by the finance committee, then adopted by the board, before the start of the fiscal year",
            "تُراجع الموازنة من اللجنة المالية، ثم تُعتمد من مجلس الإدارة، قبل بداية السنة المالية",
        ],
        [
            "the annual report, adopted by the general assembly, is submitted to the competent ministry within 4 months of the end of the fiscal year",
            "يُقدَّم التقرير السنوي المعتمد من الجمعية العمومية إلى الوزارة المختصة خلال 4 أشهر من نهاية السنة المالية",
        ],
    ],
    entry: [Rule::order_en, Rule::order_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let vocabulary = context.vocabulary;
    let what = deed::settled(deed::read(node)?, vocabulary);
    let steps = steps(node, what)?;
    let main = steps.last().copied().unwrap_or(what);
    let prior = node.has("prior_time");
    let anchor = anchor(node, main, vocabulary)?;
    let limit = limit(node, prior)?;
    // A standing paper that was adopted in an earlier year is adopted.
    let kind = vocabulary.term(what.noun).map(|term| term.kind);
    let stands = kind == Some(TermKind::Document(Concern::Standing));
    let yearly = matches!(anchor, Anchor::FiscalYearEnd | Anchor::FiscalYearStart);
    Ok(Norm::Order { steps, anchor, limit, ever: stands && yearly })
}

/// The steps in the order in which they must be taken, all about one noun.
fn steps(node: &Node<'_>, what: Occurrence) -> Result<Vec<Occurrence>, Fault> {
    let step = |node: Node<'_>| Occurrence {
        noun: what.noun,
        act: node.act("act").unwrap_or(what.act),
        by: node.term("by"),
        to: node.term("to"),
    };
    let mut steps: Vec<Occurrence> = node.nodes("prior").map(step).collect();
    if let Some(act) = node.act("first") {
        steps.push(Occurrence { act, to: None, ..what });
    }
    steps.push(what);
    steps.extend(node.nodes("step").map(step));
    if steps.len() > crate::limits::STEPS_MAX {
        return Err(Fault { wording: Wording::ImpossibleNumber, slot: "step" });
    }
    Ok(steps)
}

fn anchor(
    node: &Node<'_>,
    what: Occurrence,
    vocabulary: &Vocabulary,
) -> Result<Anchor, Fault> {
    if node.has("itself") {
        let unknown = Fault { wording: Wording::MissingAnchor, slot: "itself" };
        let act = vocabulary.own_act(what.noun).ok_or(unknown)?;
        return Ok(Anchor::Each(Occurrence { noun: what.noun, act, by: None, to: None }));
    }
    deadline::anchor(node, what, vocabulary)
}

fn limit(node: &Node<'_>, prior: bool) -> Result<Limit, Fault> {
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
    if !node.has("unit") {
        return Ok(Limit::Before(Span::Days(0)));
    }
    let span = node.span("count", "unit").ok_or(impossible)?;
    Ok(if prior { Limit::Before(span) } else { Limit::Within(span) })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Order { steps, anchor, limit, .. } = norm else { return None };
    let (first, further) = steps.split_first()?;
    let [mut english, mut arabic] = deed::say(*first, vocabulary);
    if !further.is_empty() {
        // Every verb of an Arabic chain stands alike: passive, with its doer after it.
        arabic = deed::say_passive(*first, vocabulary);
    }
    for step in further {
        let [then, thumma] = deed::say_step(*step, vocabulary);
        english = format!("{english}, then {then}");
        arabic = format!("{arabic}، ثم {thumma}");
    }
    let comma = if further.is_empty() { ["", ""] } else { [",", "،"] };
    let [when, mata] = time(*anchor, *limit, vocabulary);
    let [en, ar] = comma;
    Some([format!("{english}{en} {when}."), format!("{arabic}{ar} {mata}.")])
}

/// "at least 15 days before …", "within 4 months of …".
fn time(anchor: Anchor, limit: Limit, vocabulary: &Vocabulary) -> [String; 2] {
    let [of, min] = deadline::say_anchor(anchor, vocabulary);
    match limit {
        Limit::Before(Span::Days(0)) => [format!("before {of}"), format!("قبل {min}")],
        Limit::Before(lead) => {
            let [lead, mudda] = unit::span(lead);
            [
                format!("at least {lead} before {of}"),
                format!("قبل {mudda} على الأقل من {min}"),
            ]
        }
        Limit::Within(span) => {
            let [span, mudda] = unit::span(span);
            [format!("within {span} of {of}"), format!("خلال {mudda} من {min}")]
        }
    }
}
