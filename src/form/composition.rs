//! What the people of a body or a post are: women, of age, members of another body.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, people, quorum};
use crate::lexicon::noun;
use crate::lexicon::number;
use crate::norm::{Demand, Norm, Part, Quality, TermId};
use crate::text::Language;
use crate::vocabulary::{TermKind, Vocabulary};

pub(crate) const FORM: Form = Form {
    name: "composition",
    meaning: [
        "At all times all members of a body or holders of a post, a share of them, or so many of them, have a quality: an age, a body that they sit in, or what the vocabulary calls a quality.",
        "لجميع أعضاء هيئة أو شاغلي منصب، أو لنصيب منهم، أو لعدد منهم على الأقل، صفة محددة في جميع الأوقات: عمر أو عضوية في هيئة أو صفة من المفردات.",
    ],
    examples: &[
        [
            "at least 30% of the board are women and at least one member is under 35",
            "لا تقل نسبة النساء في مجلس الإدارة عن 30% وفيه عضو واحد على الأقل دون 35 سنة",
        ],
        [
            "every founder is at least 20 years old and has civil rights",
            "لا يقل عمر كل مؤسس عن عشرين سنة ويكون متمتعًا بحقوقه المدنية",
        ],
        [
            "bank signatories are members of the current board",
            "يكون المفوضون بالتوقيع لدى المصرف من أعضاء مجلس الإدارة الحالي",
        ],
        [
            "more than half of the members of the audit committee are members of the general assembly",
            "يكون أكثر من نصف أعضاء لجنة التدقيق من أعضاء الجمعية العمومية",
        ],
    ],
    entry: [Rule::composition_en, Rule::composition_ar],
    read,
    say,
};

fn read(node: &Node<'_>, _: &Context<'_>) -> Result<Norm, Fault> {
    let nobody = Fault { wording: Wording::MissingDeed, slot: "" };
    let mut who: Option<TermId> = None;
    let mut demands: Vec<Demand> = Vec::new();
    for demand in node.nodes("demand") {
        who = who.or(demand.term("who"));
        // "… and has civil rights" speaks of those that came before it.
        let before = demands.last().map(|demand| demand.part);
        let part = part(&demand)?.or(before).unwrap_or(Part::All);
        demands.push(Demand { part, quality: quality(&demand)? });
    }
    if demands.is_empty() || demands.len() > crate::limits::LISTED_MAX {
        return Err(nobody);
    }
    let who = who.ok_or(nobody)?;
    // "The board is the board" asks nothing.
    if demands.iter().any(|demand| demand.quality == Quality::Is(who)) {
        return Err(Fault { wording: Wording::ImpossibleNumber, slot: "demand" });
    }
    Ok(Norm::Composition { who, demands })
}

fn part(node: &Node<'_>) -> Result<Option<Part>, Fault> {
    if node.has("all") {
        return Ok(Some(Part::All));
    }
    if node.has("count") {
        let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
        return node
            .count("count")
            .map(|count| Some(Part::Count(count)))
            .ok_or(impossible);
    }
    let slots = ["share", "percent", "numerator", "quarters"];
    if !slots.iter().any(|slot| node.has(slot)) {
        return Ok(None);
    }
    let mut share = quorum::portion(node)?;
    share.exclusive = node.has("over");
    if share.exclusive && share.numerator == share.denominator {
        return Err(Fault { wording: Wording::ImpossibleNumber, slot: "share" });
    }
    let whole = share.numerator == share.denominator;
    Ok(Some(if whole { Part::All } else { Part::Share(share) }))
}

fn quality(node: &Node<'_>) -> Result<Quality, Fault> {
    if let Some(term) = node.term("is") {
        return Ok(Quality::Is(term));
    }
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "age" };
    let age = node.count("age").and_then(|age| u8::try_from(age).ok());
    let age = age.filter(|age| (YOUNGEST..=OLDEST).contains(age)).ok_or(impossible)?;
    Ok(if node.has("under") { Quality::UnderAge(age) } else { Quality::AtLeastAge(age) })
}

/// Nobody younger is asked, and nobody is older.
const YOUNGEST: u8 = 5;
const OLDEST: u8 = 120;

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Composition { who, demands } = norm else { return None };
    let [of, min] = people::all_of(*who, vocabulary);
    let (mut english, mut arabic) = (Vec::new(), Vec::new());
    for (at, demand) in demands.iter().enumerate() {
        let (part, juz, one) = amount(demand.part, at == 0);
        let [is, min_sifa] = said(demand.quality, one, vocabulary);
        let be = if one { "is" } else { "are" };
        if at == 0 {
            english.push(format!("{part} of the {of} {be} {is}"));
            // «من من» is written «ممن».
            let these = format!("{juz}{min}").replace(" من من ", " ممن ");
            arabic.push(format!("يكون {these} {min_sifa}"));
        } else {
            english.push(format!("and {part} {be} {is}"));
            arabic.push(format!("و{juz} {min_sifa}"));
        }
    }
    let english = english.join(" ");
    let mut letters = english.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let english = format!("{}{}.", first.unwrap_or_default(), letters.as_str());
    Some([english, format!("{}.", arabic.join(" "))])
}

/// "at least 30%", «ما لا يقل عن 30% من »; and whether it is one person.
fn amount(part: Part, first: bool) -> (String, String, bool) {
    match part {
        Part::All if first => ("all".to_owned(), "جميع ".to_owned(), false),
        Part::All => ("all".to_owned(), "جميعهم".to_owned(), false),
        Part::Count(count) => {
            let members = noun::MEMBERS.arabic(u64::from(count));
            let them = if first { " من " } else { " منهم" };
            let arabic = format!("ما لا يقل عن {members}{them}");
            (format!("at least {count}"), arabic, count == 1)
        }
        Part::Share(share) => {
            let [part, juz] = number::share(share.numerator, share.denominator);
            let [more, akthar] = if share.exclusive {
                ["more than", "أكثر من"]
            } else {
                ["at least", "ما لا يقل عن"]
            };
            let counted = juz.contains(['%', '/']);
            let them = match (first, counted) {
                (true, true) => " من ",
                (true, false) => " ",
                (false, _) => " منهم",
            };
            (format!("{more} {part}"), format!("{akthar} {juz}{them}"), false)
        }
    }
}

/// "under 35 years old", «ممن تقل أعمارهم عن 35 سنة».
fn said(quality: Quality, one: bool, vocabulary: &Vocabulary) -> [String; 2] {
    let years = |age: u8| noun::YEAR.arabic(u64::from(age));
    match quality {
        Quality::AtLeastAge(age) => [
            format!("at least {age} years old"),
            format!("ممن لا تقل أعمارهم عن {}", years(age)),
        ],
        Quality::UnderAge(age) => [
            format!("under {age} years old"),
            format!("ممن تقل أعمارهم عن {}", years(age)),
        ],
        Quality::Is(term) => {
            let phrase = |language| vocabulary.phrase(term, language);
            let kind = vocabulary.term(term).map(|term| term.kind);
            let [group, majmua] = people::all_of(term, vocabulary);
            let english = if one { people::singular(term, vocabulary) } else { group };
            match kind {
                Some(TermKind::Quality) if one => {
                    [english, format!("من {}", phrase(Language::Arabic))]
                }
                Some(TermKind::Quality) => [
                    phrase(Language::English).to_owned(),
                    format!("من {}", phrase(Language::Arabic)),
                ],
                Some(TermKind::Body) => [english, format!("من {majmua}")],
                _ => {
                    let role = phrase(Language::Arabic);
                    [english, format!("ممن يحملون صفة {role}")]
                }
            }
        }
    }
}
