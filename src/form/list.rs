//! The same duty about each of several things: found here, read and said by the others.
//!
//! "The annual report and the audited accounts are published …" is read once for each
//! thing in the list, with that thing alone in the list's place.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::mark::Marked;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, parse_entry, taken};
use crate::norm::{Anchor, Norm, Occurrence, TermId};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "list",
    meaning: [
        "One duty holds for each of several things: it is kept when it is kept for all of them.",
        "واجب واحد يسري على كل واحد من أمور عدة، ولا يُستوفى إلا باستيفائه فيها جميعًا.",
    ],
    examples: &[
        [
            "the annual report and the audited accounts are submitted to the competent ministry within 4 months of the end of the fiscal year",
            "يُقدَّم التقرير السنوي والقوائم المالية المدققة إلى الوزارة المختصة خلال أربعة أشهر من نهاية السنة المالية",
        ],
        [
            "the following are at all times adopted by the board: the safeguarding policy; the procurement policy",
            "يكون ما يلي معتمدًا من مجلس الإدارة في جميع الأوقات: سياسة الحماية؛ سياسة المشتريات",
        ],
        [
            "the registrar is notified of each change of address or change of the bylaws within one month",
            "تُخطَر الدائرة المختصة بكل تغيير في العنوان أو تعديل في النظام الأساسي خلال شهر",
        ],
    ],
    entry: [Rule::list_en, Rule::list_ar],
    read,
    say,
};

/// What a sentence with a list means, where each of its variants means something.
pub(crate) fn of(marked: &Marked, context: &Context<'_>) -> Option<Norm> {
    let node = parse_entry(FORM.entry, marked).ok()?;
    read(&node, context).ok()
}

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let refused = Fault { wording: Wording::TwoDuties, slot: "item" };
    let items: Vec<&str> = node.all("item").map(|(item, _)| item).collect();
    if items.len() > crate::limits::ITEMS_MAX {
        return Err(refused);
    }
    let mut norms = Vec::new();
    for item in items {
        let variant = with(node, item);
        let (form, norm) = taken(&variant, context).ok_or(refused)?;
        let inside = form.name == FORM.name;
        if inside {
            return Err(refused);
        }
        if !norms.contains(&norm) {
            norms.push(norm);
        }
    }
    // Either language may begin with another thing: the order is that of stable names.
    norms.sort_by_key(|norm| {
        noun(norm).map(|noun| context.vocabulary.name(noun).to_owned())
    });
    match norms.len() {
        0 => Err(refused),
        1 => norms.pop().ok_or(refused),
        _ => {
            let norm = Norm::All(norms);
            // What cannot be said of them together is no one duty about each.
            say(&norm, context.vocabulary).is_some().then_some(norm).ok_or(refused)
        }
    }
}

/// The sentence about one thing of the list.
fn with(node: &Node<'_>, item: &str) -> Marked {
    let marked = node.marked();
    if node.has("head") {
        let head = marked.text.get(node.place("head")).unwrap_or_default();
        let text = head
            .replacen(&following(head), item, 1)
            .replacen("السجلات التاليه", item, 1)
            .replacen("الوثايق التاليه", item, 1)
            .replacen("المستندات التاليه", item, 1)
            .replacen("بما يلي", &format!("ب {item}"), 1)
            .replace("لما يلي", &format!("ل {item}"))
            .replace("ما يلي", item)
            .replace("following", item);
        return marked.reworded(text);
    }
    let places: Vec<_> = node.places("item").collect();
    let start = places.first().map_or(0, |place| place.start);
    let end = places.last().map_or(0, |place| place.end);
    let before = marked.text.get(..start).unwrap_or_default();
    let after = marked.text.get(end..).unwrap_or_default();
    marked.reworded(format!("{before}{item}{after}"))
}

/// "Following" with the word that says what follows: "following registers". "Records" is
/// known as what somebody does.
fn following(head: &str) -> String {
    let rest = head.split_once("following ").map_or("", |(_, rest)| rest);
    let named = ["registers", "papers", "documents"];
    let named = named.into_iter().find(|word| rest.starts_with(word));
    let verb = rest.starts_with("‹v").then(|| rest.split_inclusive('›').next()).flatten();
    match named.or(verb) {
        Some(word) => format!("following {word}"),
        None => "following".to_owned(),
    }
}

fn noun(norm: &Norm) -> Option<TermId> {
    match norm {
        Norm::Order { steps, .. } => steps.first().map(|step| step.noun),
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::Deadline { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. } => Some(what.noun),
        _ => None,
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::All(norms) = norm else { return None };
    let following = vocabulary.id("following")?;
    let general = general(norms.first()?, following);
    let alike = norms.iter().all(|norm| self::general(norm, following) == general);
    if !alike {
        return None;
    }
    let things = |language| {
        let the = if language == Language::English { "the " } else { "" };
        let things = norms.iter().filter_map(noun);
        let things =
            things.map(|noun| format!("{the}{}", vocabulary.phrase(noun, language)));
        things.collect::<Vec<_>>()
    };
    let [english, arabic] = super::say(&general, vocabulary);
    Some([
        format!(
            "{}: {}.",
            english.trim_end_matches('.'),
            things(Language::English).join("; ")
        ),
        format!(
            "{}: {}.",
            arabic.trim_end_matches('.'),
            things(Language::Arabic).join("؛ ")
        ),
    ])
}

/// The duty with "the following" in the place of what it is about.
fn general(norm: &Norm, following: TermId) -> Norm {
    let own = noun(norm);
    let general = |what: Occurrence| {
        let noun = if Some(what.noun) == own { following } else { what.noun };
        Occurrence { noun, ..what }
    };
    let anchored = |anchor: Anchor| match anchor {
        Anchor::Each(event) => Anchor::Each(general(event)),
        other => other,
    };
    let mut norm = norm.clone();
    match &mut norm {
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. } => *what = general(*what),
        Norm::Deadline { what, anchor, .. } => {
            (*what, *anchor) = (general(*what), anchored(*anchor));
        }
        Norm::Order { steps, anchor, .. } => {
            for step in steps.iter_mut() {
                *step = general(*step);
            }
            *anchor = anchored(*anchor);
        }
        _ => {}
    }
    norm
}
