//! Within a time after something: "… within 4 months of the end of the fiscal year".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::lexicon::Gender;
use crate::lexicon::unit;
use crate::norm::{Act, Anchor, Norm, Occurrence, TermId};
use crate::text::Language;
use crate::vocabulary::{Concern, TermKind, Vocabulary};

pub(crate) const FORM: Form = Form {
    name: "deadline",
    meaning: [
        "Something is done within a time that begins with the end of the fiscal year, or each time that something else happens.",
        "يُنجز أمر خلال مدة تبدأ بنهاية السنة المالية أو بوقوع حدث معيّن كلما وقع.",
    ],
    examples: &[
        [
            "the audited accounts are published within 4 months of the end of the fiscal year",
            "تُنشر القوائم المالية المدققة خلال أربعة أشهر من نهاية السنة المالية",
        ],
        [
            "audited accounts must be published within 4 months after fiscal year end",
            "يجب نشر القوائم المالية المدققة خلال ٤ أشهر من نهاية السنة المالية",
        ],
        [
            "the annual report is submitted to the competent ministry within 30 days of the general assembly",
            "يُقدَّم التقرير السنوي إلى الوزارة المختصة خلال 30 يومًا من اجتماع الجمعية العمومية",
        ],
        [
            "board minutes are signed by the chair within 15 days after the meeting",
            "يوقّع رئيس مجلس الإدارة محضر اجتماع مجلس الإدارة خلال 15 يومًا من الاجتماع",
        ],
        [
            "the annual report is published within two months of its approval by the general assembly",
            "يُنشر التقرير السنوي خلال شهرين من اعتماده من الجمعية العمومية",
        ],
        [
            "within 6 months of the end of the fiscal year the general assembly approves the audited accounts",
            "خلال ستة أشهر من انتهاء السنة المالية تصادق الجمعية العمومية على القوائم المالية المدققة",
        ],
        [
            "the board meets within 30 days of the general assembly",
            "يجتمع مجلس الإدارة خلال 30 يومًا من انعقاد الجمعية العمومية",
        ],
        ["complaints are answered within 30 days", "يُجاب عن الشكاوى خلال 30 يومًا"],
        [
            "the registrar is notified of each change of address within one month",
            "تُخطَر الدائرة المختصة بأي تغيير في العنوان خلال شهر",
        ],
        [
            "the competent ministry approves the board within 3 months of each election of the board",
            "تعتمد الوزارة المختصة مجلس الإدارة خلال 3 أشهر من كل انتخاب لمجلس الإدارة",
        ],
    ],
    entry: [Rule::deadline_en, Rule::deadline_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let what = deed::settled(deed::read(node)?, context.vocabulary);
    // Only an event has a day of its own for a time to count from.
    if node.has("own_time") && context.vocabulary.own_act(what.noun).is_none() {
        return Err(Fault {
            wording: Wording::MissingAnchor,
            slot: crate::form::NOT_MINE,
        });
    }
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
    let within = node.span("count", "unit").ok_or(impossible)?;
    Ok(Norm::Deadline { what, anchor: anchor(node, what, context.vocabulary)?, within })
}

pub(crate) fn anchor(
    node: &Node<'_>,
    what: Occurrence,
    vocabulary: &Vocabulary,
) -> Result<Anchor, Fault> {
    if node.has("mandate_end") {
        // "Its mandate": of the body that is elected, or that does the deed.
        let named = node.nodes("mandate_end").find_map(|inner| inner.term("body"));
        let own = Some(what.noun).filter(|noun| is_body(*noun, vocabulary));
        let doer = what.by.filter(|by| is_body(*by, vocabulary));
        let unknown = Fault { wording: Wording::MissingAnchor, slot: "mandate_end" };
        return named.or(own).or(doer).map(Anchor::MandateEnd).ok_or(unknown);
    }
    if node.has("finding") {
        return Ok(Anchor::Finding);
    }
    if node.has("end") {
        return Ok(Anchor::FiscalYearEnd);
    }
    if node.has("start") {
        return Ok(Anchor::FiscalYearStart);
    }
    let by = node.term("anchor_by");
    if let Some(noun) = node.term("anchor_noun") {
        // A body without a deed is its meeting: "after the general assembly".
        let own = vocabulary.own_act(noun).unwrap_or(Act::Meet);
        let act = node.act("anchor_act").unwrap_or(own);
        return Ok(Anchor::Each(Occurrence { noun, act, by, to: None }));
    }
    let own = vocabulary.own_act(what.noun);
    let act = node.act("anchor_act").or(own).unwrap_or(Act::Meet);
    let noun = match act {
        Act::Meet => meeting_of(what, vocabulary),
        // "The committee circulates the paper within 90 days of its formation".
        Act::Verb(verb)
            if vocabulary.is_done_to_bodies(verb) && !is_body(what.noun, vocabulary) =>
        {
            what.by
        }
        _ => Some(what.noun),
    };
    let unknown = Fault { wording: Wording::MissingAnchor, slot: "anchor_act" };
    let noun = noun.ok_or(unknown)?;
    Ok(Anchor::Each(Occurrence { noun, act, by, to: None }))
}

fn is_body(id: TermId, vocabulary: &Vocabulary) -> bool {
    vocabulary.term(id).is_some_and(|term| term.kind == TermKind::Body)
}

/// "The meeting": of the body that the paper tells of, or that does the deed.
fn meeting_of(what: Occurrence, vocabulary: &Vocabulary) -> Option<TermId> {
    match vocabulary.term(what.noun)?.kind {
        TermKind::Document(Concern::Meeting(Some(body))) => Some(body),
        _ => what.by.filter(|by| is_body(*by, vocabulary)),
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Deadline { what, anchor, within } = norm else { return None };
    let [english, arabic] = deed::say(*what, vocabulary);
    let [within, khilal] = unit::span(*within);
    let [of, min] = match anchor {
        Anchor::Each(event) if is_own(*what, *event, vocabulary) => {
            own_anchor(*event, vocabulary)
        }
        anchor => say_anchor(*anchor, vocabulary),
    };
    Some([
        format!("{english} within {within} of {of}."),
        format!("{arabic} خلال {khilal} من {min}."),
    ])
}

/// "the end of the fiscal year", "each meeting of the board".
pub(crate) fn say_anchor(anchor: Anchor, vocabulary: &Vocabulary) -> [String; 2] {
    match anchor {
        Anchor::FiscalYearEnd => {
            ["the end of the fiscal year".to_owned(), "نهاية السنة المالية".to_owned()]
        }
        Anchor::FiscalYearStart => {
            ["the start of the fiscal year".to_owned(), "بداية السنة المالية".to_owned()]
        }
        Anchor::Finding => ["the finding".to_owned(), "الملاحظة".to_owned()],
        Anchor::MandateEnd(body) => [
            format!(
                "the end of the mandate of the {}",
                vocabulary.phrase(body, Language::English)
            ),
            format!("نهاية ولاية {}", vocabulary.phrase(body, Language::Arabic)),
        ],
        Anchor::Each(event) if event.act == Act::Occur => [
            format!("each {}", vocabulary.phrase(event.noun, Language::English)),
            format!("كل {}", vocabulary.phrase(event.noun, Language::Arabic)),
        ],
        Anchor::Each(event) => {
            let [english, arabic] = deed::say_noun(event, vocabulary);
            [format!("each {english}"), format!("كل {arabic}")]
        }
    }
}

/// The event that the duty itself is about, in its own coming.
fn is_own(what: Occurrence, event: Occurrence, vocabulary: &Vocabulary) -> bool {
    let own = vocabulary.own_act(what.noun) == Some(event.act)
        || vocabulary.id("following") == Some(what.noun);
    own && what.noun == event.noun && event.by.is_none() && event.to.is_none()
}

/// "its receipt", «تسلّمها»: of what the sentence has just named.
fn own_anchor(event: Occurrence, vocabulary: &Vocabulary) -> [String; 2] {
    let [deed, nominal] = deed::masdar(event.act, vocabulary);
    let pronoun = match deed::gender_of(vocabulary.term(event.noun)) {
        Gender::Masculine => "ه",
        Gender::Feminine => "ها",
    };
    [format!("its {deed}"), format!("{nominal}{pronoun}")]
}
