//! What share of the network's members keep a duty: "at least 80% of the members …".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::{Inner, Node};
use crate::form::{Context, Fault, Form, Rule, condition, quorum};
use crate::lexicon::number;
use crate::norm::{Condition, Norm, Share};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "members",
    meaning: [
        "This share of the network's members, or of those of one type, keep a duty; “on time” leaves out what was late. Members from whom nothing has been due yet are not counted.",
        "تلتزم هذه النسبة من أعضاء الشبكة، أو من الأعضاء من نوع معيّن، بواجب؛ و«في موعده» لا تحسب ما تأخر. ولا يُحسب من لم يحلّ عليه موعد بعد.",
    ],
    examples: &[
        [
            "at least 80% of the members comply with this on time: the annual report is published within 4 months of the end of the fiscal year",
            "يلتزم ما لا يقل عن 80% من الأعضاء بما يلي في موعده: يُنشر التقرير السنوي خلال 4 أشهر من نهاية السنة المالية",
        ],
        [
            "At least 80% of members submitted their annual reports on time.",
            "قدّم ما لا يقل عن 80% من الأعضاء تقاريرهم السنوية في موعدها.",
        ],
        [
            "The principles document is endorsed by at least two thirds of the federations.",
            "تبنّى ثلثا الاتحادات على الأقل وثيقة المبادئ.",
        ],
    ],
    entry: [Rule::members_en, Rule::members_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let part = if node.has("all") {
        Share { numerator: 1, denominator: 1, exclusive: false }
    } else {
        quorum::share_of(node)?
    };
    let types = node.nodes("types").next();
    let who = types.and_then(|types| condition::of_types(&types));
    let expected = Fault { wording: Wording::DutyExpected, slot: slot(node) };
    let inner = asked(node);
    let (_, norm) = super::taken(&inner, context).ok_or(expected)?;
    if counts_others(&norm) {
        return Err(expected);
    }
    Ok(Norm::Members { part, who, on_time: node.has("on_time"), norm: Box::new(norm) })
}

/// The duty of one member as a sentence of its own.
fn asked(node: &Node<'_>) -> crate::form::mark::Marked {
    use Inner::{Slot, Word};
    if node.has("duty") {
        return node.inner(&[Slot("duty")]);
    }
    if node.has("passive") {
        return node.inner(&[Slot("passive")]);
    }
    if node.has("verb") {
        return node.inner(&[Slot("verb"), Word("‹organization›"), Slot("object")]);
    }
    // "Submitted" alone is the past: "has submitted".
    let predicate = node.text("predicate").unwrap_or_default();
    let verb = predicate.split('›').next().unwrap_or_default();
    let past = verb.starts_with('‹') && verb.contains(" -p");
    let has = if past { Word("has") } else { Word("") };
    node.inner(&[Word("‹organization›"), has, Slot("predicate")])
}

fn slot(node: &Node<'_>) -> &'static str {
    let slots = ["duty", "passive", "object", "predicate"];
    slots.into_iter().find(|slot| node.has(slot)).unwrap_or_default()
}

/// A share of members is no duty of a member, nor is what asks nothing.
pub(crate) fn counts_others(norm: &Norm) -> bool {
    let asks_nothing = |norm: &&Norm| {
        matches!(norm, Norm::Members { .. } | Norm::Outside { .. } | Norm::Free { .. })
    };
    norm.parts().iter().any(asks_nothing)
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Members { part, who, on_time, norm } = norm else { return None };
    let [said, qila] = super::say(norm, vocabulary);
    let [share, nisba] = number::share(part.numerator, part.denominator);
    let min = if nisba.contains(['%', '/']) { "من " } else { "" };
    let [more, akthar] = if part.exclusive {
        ["More than", "أكثر من"]
    } else {
        ["At least", "ما لا يقل عن"]
    };
    let [of_type, min_naw] = types(who.as_ref(), vocabulary);
    let [on_time, fi_mawidihi] =
        if *on_time { [" on time", " في موعده"] } else { ["", ""] };
    Some([
        format!(
            "{more} {share} of the members{of_type} comply with this{on_time}: {}",
            super::inside(&said)
        ),
        format!(
            "يلتزم {akthar} {nisba} {min}الأعضاء{min_naw} بما يلي{fi_mawidihi}: {qila}"
        ),
    ])
}

/// " of the type federation or club", « من نوع الاتحاد أو النادي».
fn types(who: Option<&Condition>, vocabulary: &Vocabulary) -> [String; 2] {
    let types = match who {
        Some(Condition::Any(types)) => types.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => return Default::default(),
    };
    let names = |language, or: &str| {
        let names = types.iter().filter_map(|one| match one {
            Condition::OfType(id) => Some(vocabulary.phrase(*id, language)),
            _ => None,
        });
        names.collect::<Vec<_>>().join(or)
    };
    [
        format!(" of the type {}", names(Language::English, " or ")),
        format!(" من نوع {}", names(Language::Arabic, " أو ")),
    ]
}
