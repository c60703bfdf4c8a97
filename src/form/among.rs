//! How many of several duties: "at least 2 of the following …", or joined by "and", "or".

use std::ops::Range;

use crate::diagnostics::raise::sentences::Wording;
use crate::form::mark::{Marked, Part};
use crate::form::members::counts_others;
use crate::form::node::{Inner, Node};
use crate::form::{Context, Fault, Form, Rule};
use crate::norm::Norm;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "among",
    meaning: [
        "At all times at least so many of several duties are kept. What is not due yet is not broken, and what does not apply is not counted.",
        "في جميع الأوقات، يُستوفى عدد معيّن على الأقل من عدة واجبات. وما لم يحلّ موعده ليس إخلالًا، وما لا يسري لا يُحسب.",
    ],
    examples: &[
        [
            "at least 2 of the following are fulfilled: the board meets monthly; the bylaws are published; the annual report is published on the website",
            "يُستوفى ما لا يقل عن 2 مما يلي: يجتمع مجلس الإدارة شهريًا؛ يُنشر النظام الأساسي؛ يُنشر التقرير السنوي على الموقع الإلكتروني",
        ],
        [
            "at least two of the following are published: the annual report; the audited accounts; the donor list",
            "يُنشر ما لا يقل عن اثنين مما يلي: التقرير السنوي؛ القوائم المالية المدققة؛ قائمة الجهات المانحة",
        ],
        [
            "the bylaws are published on the website, or the annual report contains: the aims of the association",
            "يُنشر النظام الأساسي على الموقع الإلكتروني، أو يتضمن التقرير السنوي: أهداف الجمعية",
        ],
        [
            "the board meets every quarter, and the general assembly meets every year",
            "يجتمع مجلس الإدارة كل ربع سنة، وتجتمع الجمعية العمومية كل سنة",
        ],
    ],
    entry: [Rule::among_en, Rule::among_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let refused = Fault { wording: Wording::TwoDuties, slot: "part" };
    let parts: Vec<Range<usize>> = node.places("part").collect();
    let most = crate::limits::LISTED_MAX;
    let of = u16::try_from(parts.len()).ok().filter(|_| parts.len() <= most);
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "least" };
    let of = of.ok_or(impossible)?;
    let least = if node.has("all") { of } else { node.count("least").unwrap_or(0) };
    if !(1..=of).contains(&least) {
        return Err(impossible);
    }
    let mut norms = Vec::new();
    for part in parts {
        let (_, norm) = super::taken(&sentence(node, &part), context).ok_or(refused)?;
        norms.push(norm);
    }
    settled(least, norms, context.vocabulary).ok_or(refused)
}

/// The sentence of one part: alone, or with the words that all of them share.
fn sentence(node: &Node<'_>, part: &Range<usize>) -> Marked {
    let marked = node.marked();
    if !node.has("verb") && !node.has("predicate") {
        return marked.rewritten(&[Part::Kept(part.clone())]);
    }
    let shared = node.inner(&[Inner::Slot("verb"), Inner::Slot("predicate")]);
    let verb = node.text("verb").unwrap_or_default();
    let predicate = node.text("predicate").unwrap_or_default();
    let part = marked.text.get(part.clone()).unwrap_or_default();
    let text = format!("{verb} {part} {predicate}");
    shared.reworded(text.trim().to_owned())
}

/// Whole sentences with "and" or "or" between them. An English one has a subject of its
/// own, an Arabic one stands after a comma; and a time is each one's own or nobody's.
pub(crate) fn joined(marked: &Marked, context: &Context<'_>) -> Option<Norm> {
    if marked.depth() >= crate::limits::NESTING_MAX {
        return None;
    }
    let [and, or] = match marked.language {
        Language::English => [" and ", " or "],
        Language::Arabic => [" و ", " او "],
    };
    let openings = ["either ", "both ", "اما ان ", "اما "];
    let opening = openings.into_iter().find(|opening| marked.text.starts_with(opening));
    let opened = opening.map_or(0, str::len);
    let marked = &marked.rewritten(&[Part::Kept(opened..marked.text.len())]);
    let all = split(marked, and, context).map(|parts| (parts.len(), parts));
    let any = || split(marked, or, context).map(|parts| (1, parts));
    let (least, norms) = all.or_else(any)?;
    settled(u16::try_from(least).ok()?, norms, context.vocabulary)
}

/// The duties between the joints, the first sentence being as short as it can be.
fn split(marked: &Marked, joint: &str, context: &Context<'_>) -> Option<Vec<Norm>> {
    let places = marked.text.match_indices(joint).map(|(at, _)| at);
    let places: Vec<usize> = places.take(crate::limits::JOINTS_MAX).collect();
    let (mut from, mut norms) = (0, Vec::new());
    let (mut timed, mut comma_before) = (None, true);
    for end in places.iter().copied().map(Some).chain([None]) {
        let to = end.unwrap_or(marked.text.len());
        let text = marked.text.get(from..to)?;
        let comma = text.ends_with([',', ';']);
        let next = marked.text.get(to + joint.len()..).unwrap_or_default();
        if end.is_some() && !stands_alone(next, comma, marked.language) {
            continue;
        }
        let ends = [' ', ',', ';'];
        let start = to - text.trim_start_matches(ends).len();
        let inside = start..start + text.trim_matches(ends).len();
        let part = marked.rewritten(&[Part::Kept(inside)]);
        let Some((_, norm)) = super::taken_alone(&part, context) else { continue };
        let has_time = ["‹unit ", "‹each ", "‹month "].iter().any(|it| text.contains(it));
        if timed.is_some_and(|timed| timed != has_time) && !comma_before {
            return None;
        }
        (timed, comma_before) = (Some(has_time), comma);
        norms.push(norm);
        from = to + joint.len();
    }
    (norms.len() > 1 && from > marked.text.len()).then_some(norms)
}

/// Whether what follows a joint can be a sentence with a subject of its own.
fn stands_alone(next: &str, comma: bool, language: Language) -> bool {
    if language == Language::Arabic {
        return comma;
    }
    let first = next.split('›').next().unwrap_or_default();
    let verb = first.starts_with('‹') && (first.contains(" f") || first.contains(" -p"));
    let auxiliary = ["is ", "are ", "was ", "were ", "be ", "has ", "have ", "must "];
    let bare = auxiliary.iter().any(|word| next.starts_with(word));
    !verb && !bare
}

/// The norm of the parts, in the order of their English readings: either language may
/// begin with another one. `None` where a part cannot be one of several.
fn settled(least: u16, norms: Vec<Norm>, vocabulary: &Vocabulary) -> Option<Norm> {
    let mut said: Vec<(String, Norm)> = Vec::new();
    for norm in norms {
        let [english, arabic] = super::say(&norm, vocabulary);
        let a_list = english.contains(';') || arabic.contains('؛');
        let nested = norm.parts().iter().any(|part| matches!(part, Norm::Among { .. }));
        if a_list || nested || counts_others(&norm) {
            return None;
        }
        said.push((english, norm));
    }
    said.sort_by(|one, other| one.0.cmp(&other.0));
    let before = said.len();
    said.dedup_by(|one, other| one.1 == other.1);
    let norms: Vec<Norm> = said.into_iter().map(|(_, norm)| norm).collect();
    let fits = before == norms.len() && norms.len() > 1;
    fits.then_some(Norm::Among { least, norms })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Among { least, norms } = norm else { return None };
    let said = norms.iter().map(|norm| super::say(norm, vocabulary));
    let (english, arabic): (Vec<String>, Vec<String>) = said
        .map(|[english, arabic]| {
            let english = super::inside(english.trim_end_matches('.'));
            (english, arabic.trim_end_matches('.').to_owned())
        })
        .unzip();
    let [lead, yustawfa] = if usize::from(*least) == norms.len() {
        ["All of the following are".to_owned(), "جميع ما يلي".to_owned()]
    } else if *least == 1 {
        ["At least 1 of the following is".to_owned(), "واحد على الأقل مما يلي".to_owned()]
    } else {
        [
            format!("At least {least} of the following are"),
            format!("ما لا يقل عن {least} مما يلي"),
        ]
    };
    Some([
        format!("{lead} fulfilled: {}.", english.join("; ")),
        format!("يُستوفى {yustawfa}: {}.", arabic.join("؛ ")),
    ])
}
