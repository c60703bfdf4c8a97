//! The people of a sentence, read and written: members of bodies, holders of posts.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::Fault;
use crate::form::node;
use crate::form::node::Node;
use crate::norm::{People, TermId};
use crate::text::Language;
use crate::vocabulary::phrases::plural;
use crate::vocabulary::{TermKind, Vocabulary};

/// The groups and the quality of a sentence: slots `group` and `are`.
pub(crate) fn read(node: &Node<'_>, vocabulary: &Vocabulary) -> Result<People, Fault> {
    let mut groups: Vec<TermId> =
        node.all("group").filter_map(|(mark, _)| node::term(mark)).collect();
    in_order(&mut groups, vocabulary);
    if groups.is_empty() || groups.len() > crate::limits::LISTED_MAX {
        return Err(Fault { wording: Wording::MissingDeed, slot: "group" });
    }
    Ok(People { groups, are: node.term("are") })
}

/// Terms in the order of their names, which no vocabulary file changes.
pub(crate) fn in_order(terms: &mut Vec<TermId>, vocabulary: &Vocabulary) {
    terms.sort_by(|one, other| vocabulary.name(*one).cmp(vocabulary.name(*other)));
    terms.dedup();
}

/// "Each member of the board and each senior manager who is …".
pub(crate) fn each(who: &People, vocabulary: &Vocabulary) -> [String; 2] {
    let english: Vec<String> =
        who.groups.iter().map(|group| one(*group, vocabulary)).collect();
    let arabic: Vec<String> = who
        .groups
        .iter()
        .map(|group| {
            let phrase = vocabulary.phrase(*group, Language::Arabic);
            if is_body(*group, vocabulary) {
                format!("كل عضو في {phrase}")
            } else {
                format!("كل من يحمل صفة {phrase}")
            }
        })
        .collect();
    let (mut english, mut arabic) = (english.join(" and each "), arabic.join(" و"));
    if let Some(are) = who.are {
        english = format!("{english} who is {}", singular(are, vocabulary));
        let of = vocabulary.phrase(are, Language::Arabic);
        arabic = format!("{arabic} من {of}");
    }
    [format!("Each {english}"), arabic]
}

/// "member of the board", "senior manager".
pub(crate) fn one(group: TermId, vocabulary: &Vocabulary) -> String {
    let phrase = vocabulary.phrase(group, Language::English);
    if is_body(group, vocabulary) {
        format!("member of the {phrase}")
    } else {
        phrase.to_owned()
    }
}

/// "members of the board", "founders"; «أعضاء مجلس الإدارة», «من يحملون صفة المؤسس».
pub(crate) fn all_of(group: TermId, vocabulary: &Vocabulary) -> [String; 2] {
    let phrase = vocabulary.phrase(group, Language::English);
    let arabic = vocabulary.phrase(group, Language::Arabic);
    if is_body(group, vocabulary) {
        [format!("members of the {phrase}"), format!("أعضاء {arabic}")]
    } else {
        [plural(phrase), format!("من يحملون صفة {arabic}")]
    }
}

/// A membership or a post, as one person has it: "a member of the board", «عضوية …».
pub(crate) fn party(group: TermId, vocabulary: &Vocabulary) -> [String; 2] {
    let phrase = vocabulary.phrase(group, Language::English);
    let arabic = vocabulary.phrase(group, Language::Arabic);
    if is_body(group, vocabulary) {
        [format!("a member of the {phrase}"), format!("عضوية {arabic}")]
    } else {
        [with_article(phrase), format!("صفة {arabic}")]
    }
}

/// "a woman", "a member of the board", "an officer".
pub(crate) fn singular(term: TermId, vocabulary: &Vocabulary) -> String {
    let own = vocabulary.term(term).and_then(|term| {
        let quality = term.kind == TermKind::Quality;
        term.forms.noun.first().and_then(|one| one.first()).filter(|_| quality)
    });
    match own {
        Some(one) => one.clone(),
        None => party(term, vocabulary).into_iter().next().unwrap_or_default(),
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

pub(crate) fn is_body(group: TermId, vocabulary: &Vocabulary) -> bool {
    vocabulary.term(group).is_some_and(|term| term.kind == TermKind::Body)
}
