//! Looking back on a duty: "at least 6 of the last 8 times, this was fulfilled in time: …".

use crate::calendar::Span;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::frequency_words;
use crate::form::mark::Marked;
use crate::form::node::{Inner, Node};
use crate::form::{Context, Fault, Form, Rule};
use crate::lexicon::unit;
use crate::limits::TIMES_MAX;
use crate::norm::{MemberTime, Norm, Past};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "lately",
    meaning: [
        "Of the last occasions of a duty so many were kept in time, or each of those that began within a stretch of days. What was late was missed; what does not apply is not counted. “At least so many days ago” leaves out those that are newer, and asks for the others at once.",
        "من المرات الأخيرة التي وجب فيها أمرٌ ما استُوفي عدد معيّن في موعده، أو استُوفي في كل مرة بدأت خلال مدة معيّنة. وما تأخر فقد فات، وما لا يسري لا يُحسب. وعبارة «قبل كذا يومًا على الأقل» تستبعد ما هو أحدث، وتطلب ما سواه فورًا.",
    ],
    examples: &[
        [
            "at least 6 of the last 8 times, this was fulfilled in time: the board meets at least once in each calendar quarter",
            "استُوفي ما يلي في موعده في ما لا يقل عن 6 من آخر 8 مرات: يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع من أرباع السنة الميلادية",
        ],
        [
            "the board meets in at least 10 of the last 12 months",
            "يجتمع مجلس الإدارة في ما لا يقل عن 10 من آخر 12 شهرًا",
        ],
        [
            "on the last occasion this was done on time: the audited accounts are submitted to the competent ministry within 4 months of the end of the fiscal year",
            "استُوفي ما يلي في موعده في آخر مرة: تُقدّم القوائم المالية المدققة إلى الوزارة المختصة خلال 4 أشهر من نهاية السنة المالية",
        ],
        [
            "in the last 3 years, the board meets with no more than 120 days between meetings",
            "خلال آخر 3 سنوات، يجتمع مجلس الإدارة مرة واحدة على الأقل كل 120 يومًا",
        ],
        [
            "each time in the last 365 days and at least 30 days ago, this was fulfilled in time: the board minutes are on file within 30 days of each meeting of the board",
            "استُوفي ما يلي في موعده في كل مرة خلال آخر 365 يومًا وقبل 30 يومًا على الأقل: يُعدّ محضر اجتماع مجلس الإدارة خلال 30 يومًا من كل اجتماع لمجلس الإدارة",
        ],
        [
            "each of the last 2 times, this was fulfilled in time: the board minutes contain: the list of decisions; and the last time: the board minutes contain: the signatures",
            "استُوفي ما يلي في موعده في كل مرة من آخر مرتين: يتضمن محضر اجتماع مجلس الإدارة: قائمة القرارات؛ وفي المرة الأخيرة: يتضمن محضر اجتماع مجلس الإدارة: التواقيع",
        ],
    ],
    entry: [Rule::lately_en, Rule::lately_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let past = past(node)?;
    let slots = ["before", "first", "duty"];
    let slot = slots.into_iter().find(|slot| node.has(slot)).unwrap_or("duty");
    let norm = duty(&asked(node, slot), slot, context)?;
    let last = if node.has("last") {
        Some(duty(&node.inner(&[Inner::Slot("last")]), "last", context)?)
    } else {
        None
    };
    Ok(Norm::Lately { past, norm, last })
}

fn duty(
    marked: &Marked,
    slot: &'static str,
    context: &Context<'_>,
) -> Result<Box<Norm>, Fault> {
    let expected = Fault { wording: Wording::DutyExpected, slot };
    let (_, norm) = super::taken(marked, context).ok_or(expected)?;
    if has_occasions(&norm) { Ok(Box::new(norm)) } else { Err(expected) }
}

fn past(node: &Node<'_>) -> Result<Past, Fault> {
    let impossible = |slot| Fault { wording: Wording::ImpossibleNumber, slot };
    if node.has("unit") {
        let span = node.span("count", "unit").and_then(plain);
        let span = span.ok_or(impossible("count"))?;
        if !node.has("but_unit") {
            return Ok(Past::Within { span, but: None });
        }
        let but = node.span("but_count", "but_unit").and_then(plain);
        let but = Some(but.ok_or(impossible("but_count"))?);
        return Ok(Past::Within { span, but });
    }
    let of = if node.has("once") { Some(1) } else { node.count("of") };
    let of = of.filter(|of| *of <= TIMES_MAX).ok_or(impossible("of"))?;
    let least = if node.has("least") { node.count("least") } else { Some(of) };
    let least = least.filter(|least| *least <= of).ok_or(impossible("least"))?;
    Ok(Past::Times { least, of })
}

/// How long ago something was is told in days of the calendar.
fn plain(span: Span) -> Option<Span> {
    (!matches!(span, Span::WorkingDays(_))).then_some(span)
}

/// The sentence of the duty; "in 6 of the last 8 quarters" is of one in each quarter.
fn asked(node: &Node<'_>, slot: &'static str) -> Marked {
    if !node.has("cycle") {
        return node.inner(&[Inner::Slot(slot)]);
    }
    let each = match node.marked().language {
        Language::English => "each",
        Language::Arabic => "كل",
    };
    node.inner(&[Inner::Slot(slot), Inner::Word(each), Inner::Slot("cycle")])
}

/// Whether a duty is kept on occasions, each for itself. A gap between two events is one.
fn has_occasions(norm: &Norm) -> bool {
    match norm {
        Norm::Frequency { .. }
        | Norm::Rolling { .. }
        | Norm::FixedDate { .. }
        | Norm::Quorum { .. }
        | Norm::BylawsQuorum { .. }
        | Norm::SecondCall { .. }
        | Norm::Contents { .. }
        | Norm::Signed { .. }
        | Norm::EachMember {
            when: MemberTime::Each(_) | MemberTime::Within(_), ..
        }
        | Norm::Whichever { .. }
        | Norm::Backed { .. }
        | Norm::EachPaper { .. } => true,
        Norm::Deadline { .. } | Norm::Order { .. } => !norm.answers(),
        Norm::All(norms) => norms.iter().all(has_occasions),
        Norm::Guarded { norm, .. } => has_occasions(norm),
        _ => false,
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Lately { past, norm, last } = norm else { return None };
    let [mut said, mut qila] = super::say(norm, vocabulary);
    said = super::inside(&said);
    if let Some(last) = last {
        let [then, thumma] = super::say(last, vocabulary);
        let then = super::inside(&then);
        said = format!("{}; and the last time: {then}", said.trim_end_matches('.'));
        qila = format!("{}؛ وفي المرة الأخيرة: {thumma}", qila.trim_end_matches('.'));
    }
    let [when, mata] = say_past(*past);
    Some([
        format!("{when}, this was fulfilled in time: {said}"),
        format!("استُوفي ما يلي في موعده في {mata}: {qila}"),
    ])
}

fn say_past(past: Past) -> [String; 2] {
    match past {
        Past::Times { of: 1, .. } => {
            ["The last time".to_owned(), "المرة الأخيرة".to_owned()]
        }
        Past::Times { least, of } => {
            let [_, marrat] = frequency_words(of);
            if least == of {
                return [
                    format!("Each of the last {of} times"),
                    format!("كل مرة من آخر {marrat}"),
                ];
            }
            [
                format!("At least {least} of the last {of} times"),
                format!("ما لا يقل عن {least} من آخر {marrat}"),
            ]
        }
        Past::Within { span, but } => {
            let [days, ayyam] = unit::span(span);
            let [ago, qabl] = match but.map(unit::span) {
                Some([days, ayyam]) => [
                    format!(" and at least {days} ago"),
                    format!(" وقبل {ayyam} على الأقل"),
                ],
                None => Default::default(),
            };
            [
                format!("Each time in the last {days}{ago}"),
                format!("كل مرة خلال آخر {ayyam}{qabl}"),
            ]
        }
    }
}
