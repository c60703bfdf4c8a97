//! What has to be so of an event for it to count: who came, a quorum, who signed.
//!
//! Not a sentence shape of its own: it stands after the label `Counts only if`.

use crate::form;
use crate::form::Rule;
use crate::form::node::Node;
use crate::form::quorum;
use crate::form::signatures;
use crate::lexicon::number;
use crate::norm::{Act, Counting, Norm, Share, TermId};
use crate::text::Language;
use crate::vocabulary::{Concern, TermKind, Vocabulary};

/// Why what stands after the label cannot be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unusable {
    /// It cannot be read.
    NotUnderstood,
    /// It can, and nothing that the rule counts can be held against it.
    ConcernsNothing,
}

/// Reads what a rule asks of the events that it counts. "The members" are those of the
/// body that the rule speaks of.
pub(crate) fn read(
    text: &str,
    norm: &Norm,
    vocabulary: &Vocabulary,
) -> Result<Vec<Counting>, Unusable> {
    let marked = form::mark(form::trimmed(text), vocabulary);
    let entry = [Rule::counting_en, Rule::counting_ar];
    let node = form::parse_entry(entry, &marked).map_err(|()| Unusable::NotUnderstood)?;
    let mut all = Vec::new();
    for test in node.nodes("test") {
        let one = one(&test, norm, vocabulary)?;
        let counted = norm.counted();
        if !counted.iter().any(|what| one.concerns(*what)) {
            return Err(Unusable::ConcernsNothing);
        }
        all.push(one);
    }
    all.sort();
    all.dedup();
    Ok(all)
}

fn one(
    test: &Node<'_>,
    norm: &Norm,
    vocabulary: &Vocabulary,
) -> Result<Counting, Unusable> {
    if let Some(signed) = test.nodes("signed").next() {
        let paper = signed.term("paper");
        if paper.is_some_and(|paper| !tells_of(paper, norm, vocabulary)) {
            return Err(Unusable::ConcernsNothing);
        }
        let by = signatures::signers(&signed, vocabulary);
        return by.map(Counting::Signed).map_err(|_| Unusable::NotUnderstood);
    }
    let body = test.term("body").or_else(|| body_of(norm, vocabulary));
    let body = body.ok_or(Unusable::ConcernsNothing)?;
    if test.has("quorate") {
        return Ok(Counting::Quorate { body });
    }
    if test.has("least") {
        let least = test.count("least").ok_or(Unusable::NotUnderstood)?;
        return Ok(Counting::Present { body, least });
    }
    let share = quorum::share_of(test).map_err(|_| Unusable::NotUnderstood)?;
    Ok(Counting::Attended { body, share })
}

/// The body that meets, or that does what the rule asks for.
fn body_of(norm: &Norm, vocabulary: &Vocabulary) -> Option<TermId> {
    let is_body = |id: &TermId| {
        vocabulary.term(*id).is_some_and(|term| term.kind == TermKind::Body)
    };
    let counted = norm.counted();
    let met = counted.iter().find(|what| what.act == Act::Meet).map(|what| what.noun);
    met.or_else(|| counted.iter().find_map(|what| what.by.filter(is_body)))
}

/// The minutes of no body in particular, by their name in the vocabulary.
const MINUTES: &str = "minutes";

/// Whether a paper is the one that tells of what is counted.
fn tells_of(paper: TermId, norm: &Norm, vocabulary: &Vocabulary) -> bool {
    let kind = vocabulary.term(paper).map(|term| term.kind);
    norm.counted().iter().any(|what| {
        // "The minutes" are those of whatever body meets.
        let minutes = vocabulary.id(MINUTES) == Some(paper) && what.act == Act::Meet;
        let of_meeting = Some(TermKind::Document(Concern::Meeting(Some(what.noun))));
        what.noun == paper || minutes || kind == of_meeting
    })
}

/// The same as it may stand after the label, in both languages.
pub(crate) fn say(all: &[Counting], vocabulary: &Vocabulary) -> [String; 2] {
    let said = all.iter().map(|one| say_one(one, vocabulary));
    let (english, arabic): (Vec<String>, Vec<String>) =
        said.map(|[english, arabic]| (english, arabic)).unzip();
    [english.join(" and "), arabic.join(" و")]
}

fn say_one(one: &Counting, vocabulary: &Vocabulary) -> [String; 2] {
    let phrases = |id| {
        [Language::English, Language::Arabic]
            .map(|language| vocabulary.phrase(id, language))
    };
    match one {
        Counting::Attended { body, share } => {
            let [the, al] = phrases(*body);
            let [part, juz] = portion(*share);
            [
                format!("{part} the members of the {the} in office attended"),
                format!("حضر {juz} أعضاء {al} الحاليين"),
            ]
        }
        Counting::Present { body, least } => {
            let [the, al] = phrases(*body);
            let members = if *least == 1 { "member" } else { "members" };
            [
                format!("at least {least} {members} of the {the} attended"),
                format!("حضر ما لا يقل عن {least} من أعضاء {al}"),
            ]
        }
        Counting::Quorate { body } => {
            let [the, al] = phrases(*body);
            [
                format!(
                    "the meeting of the {the} has the quorum that the bylaws ask for"
                ),
                format!("اكتمل في اجتماع {al} النصاب الذي يحدده النظام الأساسي"),
            ]
        }
        Counting::Signed(by) if by.is_empty() => {
            ["the paper is signed".to_owned(), "كان المستند موقّعًا".to_owned()]
        }
        Counting::Signed(by) => {
            let [english, arabic] = signatures::say_signers(by, vocabulary);
            [
                format!("the paper is signed by {english}"),
                format!("كان المستند موقّعًا من {arabic}"),
            ]
        }
    }
}

/// "more than half of", «أكثر من نصف».
fn portion(share: Share) -> [String; 2] {
    let [part, juz] = number::share(share.numerator, share.denominator);
    let [more, akthar] = if share.exclusive {
        ["more than", "أكثر من"]
    } else {
        ["at least", "ما لا يقل عن"]
    };
    let min = if juz.contains(['%', '/']) { " من" } else { "" };
    [format!("{more} {part} of"), format!("{akthar} {juz}{min}")]
}
