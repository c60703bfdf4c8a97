//! What a paper contains: "the annual report contains: a; b; c".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::mark::Marked;
use crate::form::node::{Node, term};
use crate::form::{Context, Fault, Form, Rule, mark, parse_entry, trimmed};
use crate::norm::{Item, Norm};
use crate::text::{Language, key};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "contents",
    meaning: [
        "Every paper of a kind contains all the items of the list: known terms, or the author's own words.",
        "يتضمن كل مستند من نوع معيّن جميع بنود القائمة، وهي مصطلحات معروفة أو عبارات الكاتب نفسه.",
    ],
    examples: &[
        [
            "the annual report contains: the list of board members; the audited accounts",
            "يتضمن التقرير السنوي: قائمة أعضاء مجلس الإدارة؛ القوائم المالية المدققة",
        ],
        [
            "The annual report must contain: the list of board members; the audited accounts; the pay of senior staff.",
            "يجب أن يتضمن التقرير السنوي: قائمة أعضاء مجلس الإدارة؛ القوائم المالية المدققة؛ رواتب الإدارة العليا.",
        ],
        [
            "the annual report includes the audited accounts and the donor list",
            "التقرير السنوي يشمل القوائم المالية المدققة وقائمة الجهات المانحة",
        ],
        [
            "board minutes contain the names of those present, the decisions and the signatures",
            "يتضمن محضر اجتماع مجلس الإدارة أسماء الحاضرين، والقرارات، والتواقيع",
        ],
    ],
    entry: [Rule::contents_en, Rule::contents_ar],
    read,
    say,
};

/// How often what was read is said and read again, until it stays as it is.
const READINGS_MAX: usize = 4;

/// The author's own words may hold marks that part items, or that no reader looks at. So
/// what they mean is what is said of them when that is read: the rule that an officer is
/// shown is the rule that is judged.
fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let mut norm = read_once(node)?;
    for _ in 0..READINGS_MAX {
        let Norm::Contents { items, .. } = &norm else { break };
        if !items.iter().any(|item| matches!(item, Item::Words(_))) {
            return Ok(norm);
        }
        let again = said_again(&norm, context.vocabulary)?;
        if again == norm {
            return Ok(norm);
        }
        norm = again;
    }
    Err(Fault { wording: Wording::TwoDuties, slot: crate::form::NOT_MINE })
}

/// What is left when a list of items is said in one language, and what was read of that in
/// the other.
fn said_again(norm: &Norm, vocabulary: &Vocabulary) -> Result<Norm, Fault> {
    let unclear = Fault { wording: Wording::TwoDuties, slot: crate::form::NOT_MINE };
    let mut left = norm.clone();
    for place in [0, 1] {
        let said = say(&left, vocabulary).and_then(|said| said.into_iter().nth(place));
        let said = said.unwrap_or_default();
        let marked = mark(trimmed(&said), vocabulary);
        let node = parse_entry(FORM.entry, &marked).map_err(|()| unclear)?;
        left = read_once(&node)?;
    }
    Ok(left)
}

fn read_once(node: &Node<'_>) -> Result<Norm, Fault> {
    let document =
        node.term("noun").ok_or(Fault { wording: Wording::MissingDeed, slot: "" })?;
    let items: Vec<Item> =
        node.all("item").filter_map(|(mark, words)| item(mark, words)).collect();
    if items.is_empty() {
        return Err(Fault { wording: Wording::MissingDeed, slot: "noun" });
    }
    if items.len() > crate::limits::ITEMS_MAX {
        return Err(Fault { wording: Wording::ImpossibleNumber, slot: "item" });
    }
    if node.all("item").any(|(mark, _)| is_another_sentence(mark)) || counted(node) {
        return Err(Fault { wording: Wording::TwoDuties, slot: crate::form::NOT_MINE });
    }
    Ok(Norm::Contents { document, items })
}

/// Whether the sentence says what a paper contains.
pub(crate) fn takes(marked: &Marked, context: &Context<'_>) -> bool {
    parse_entry(FORM.entry, marked).is_ok_and(|node| read(&node, context).is_ok())
}

/// What a second look at a duty begins with, as in `lately`.
const LAST_TIME: [&str; 8] = [
    "last time :",
    "last occasion :",
    "latest time :",
    "latest occasion :",
    "most recent time :",
    "most recent occasion :",
    "‹times 1› الاخيره :",
    "اخر ‹times 1› :",
];

/// "…, or the general assembly …" and "…; and the last time: …": a second duty, and no item.
fn is_another_sentence(mark: &str) -> bool {
    let looks_again = LAST_TIME.into_iter().any(|last| mark.contains(last));
    looks_again || mark.starts_with("or ") || mark.starts_with("او ")
}

/// "It contains 3 quotations": so many papers beside it, and no item in it.
fn counted(node: &Node<'_>) -> bool {
    let mut items = node.all("item").map(|(mark, _)| mark);
    let only = items.next().filter(|_| items.next().is_none());
    only.is_some_and(|mark| mark.starts_with("‹number ") && mark.contains("› ‹document "))
}

/// The words of an item without what parts items and without the articles before it: the
/// canonical sentence is read without them.
fn bare(words: &str) -> &str {
    let inner = words.trim_matches([';', ',', '؛', '،', ' ']);
    let inner = inner.trim_start_matches(['-', '–', '—', '•', '·', '*', ' ']);
    let article =
        ["the ", "an ", "a "].into_iter().find_map(|one| inner.strip_prefix(one));
    article.map_or(inner, bare)
}

/// One mark alone is its term; anything else is the author's words, folded.
fn item(mark: &str, words: &str) -> Option<Item> {
    let mark = mark.trim();
    let one_mark =
        mark.starts_with('‹') && mark.matches('›').count() == 1 && mark.ends_with('›');
    let known = one_mark
        && ["‹document ", "‹item ", "‹role ", "‹body "]
            .iter()
            .any(|kind| mark.starts_with(kind));
    if known {
        return term(mark).map(Item::Term);
    }
    let words = key(words);
    let parts = words.split(|c: char| c.is_whitespace() || c.is_control());
    let words = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let words = bare(&words);
    words.contains(char::is_alphanumeric).then(|| Item::Words(words.to_owned()))
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Contents { document, items } = norm else { return None };
    let noun = vocabulary.term(*document);
    let plural = noun.is_some_and(|noun| noun.plural);
    let contains = if plural { "contain" } else { "contains" };
    let feminine = noun.is_some_and(|noun| noun.feminine);
    let yatadamman = if feminine { "تتضمن" } else { "يتضمن" };
    let list = |language, the: &str, between: &str| {
        let items = items.iter().map(|item| match item {
            Item::Term(id) => format!("{the}{}", vocabulary.phrase(*id, language)),
            Item::Words(words) => words.clone(),
        });
        items.collect::<Vec<_>>().join(between)
    };
    let the = vocabulary.phrase(*document, Language::English);
    let ism = vocabulary.phrase(*document, Language::Arabic);
    Some([
        format!("The {the} {contains}: {}.", list(Language::English, "the ", "; ")),
        format!("{yatadamman} {ism}: {}.", list(Language::Arabic, "", "؛ ")),
    ])
}
