//! Who came: how many of how many, whether that was a quorum, how many members there are.

use super::cues::position;
use super::found::Facts;
use super::numbers::number_at;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::Zone;
use super::tokens::Token;
use super::tokens::tokens;
use crate::document::FactName;
use crate::document::Role;
use crate::document::Value;
use crate::limits;
use std::ops::Range;

/// Words of which one must stand in the line of "7 of 9".
const PRESENCE: [&str; 27] = [
    "present",
    "attended",
    "attending",
    "attendance",
    "quorum",
    "in attendance",
    "voting",
    "members",
    "member",
    "delegates",
    "representatives",
    "directors",
    "trustees",
    "represented",
    "بحضور",
    "حضر",
    "حضور",
    "حضرت",
    "حضره",
    "حضرها",
    "حضروا",
    "النصاب",
    "من اصل",
    "عضوا",
    "اعضاء",
    "الحاضرين",
    "حاضرا",
];

/// Of them those that tell who came wherever they stand: "2 of 5 members voted" does not.
const CAME: [&str; 15] = [
    "present",
    "attended",
    "attendance",
    "in attendance",
    "quorum",
    "represented",
    "بحضور",
    "حضر",
    "حضور",
    "حضرت",
    "حضره",
    "حضرها",
    "النصاب",
    "الحاضرين",
    "حاضرا",
];

/// Words after which a quorum is had, or not; the first that stands in a line decides.
const QUORUM: [(&str, bool); 35] = [
    ("quorum was not", false),
    ("quorum not", false),
    ("no quorum", false),
    ("quorum is not", false),
    ("lack of quorum", false),
    ("lack of a quorum", false),
    ("without a quorum", false),
    ("did not have quorum", false),
    ("failed to reach quorum", false),
    ("not quorate", false),
    ("inquorate", false),
    ("not a quorum", false),
    ("did not have a quorum", false),
    ("quorum met no", false),
    ("quorum met n", false),
    ("quorum no", false),
    ("quorum met noo", false),
    ("quorum was present", true),
    ("quorum was", true),
    ("quorum is present", true),
    ("quorum present", true),
    ("quorum met", true),
    ("quorum reached", true),
    ("quorum achieved", true),
    ("quorum established", true),
    ("quorum yes", true),
    ("constituting a quorum", true),
    ("constitutes a quorum", true),
    ("have quorum", true),
    ("had quorum", true),
    ("we have a quorum", true),
    ("quorum confirmed", true),
    ("quorum attained", true),
    ("quorum verified", true),
    ("meeting was quorate", true),
];

const ARABIC_QUORUM: [(&str, bool); 14] = [
    ("عدم اكتمال النصاب", false),
    ("لم يكتمل النصاب", false),
    ("عدم توفر النصاب", false),
    ("لم يتوفر النصاب", false),
    ("عدم تحقق النصاب", false),
    ("لم يتحقق النصاب", false),
    ("اكتمال النصاب", true),
    ("اكتمل النصاب", true),
    ("توفر النصاب", true),
    ("تحقق النصاب", true),
    ("توافر النصاب", true),
    ("النصاب مكتمل", true),
    ("النصاب القانوني مكتمل", true),
    ("النصاب متوفر", true),
];

/// Attendance and quorum, as the minutes state them in these lines.
pub(super) fn read(paper: &Paper<'_>, lines: Range<usize>, facts: &mut Facts<'_, '_>) {
    let whole = lines.len() == paper.lines.len();
    let within = || paper.lines.iter().enumerate().take(lines.end).skip(lines.start);
    let stated = within().find_map(|(index, line)| {
        out_of(line).map(|(present, of)| (index, present, Some(of), 900))
    });
    let counted =
        || boxes(paper).filter(|_| whole).or_else(|| list(paper, lines.clone()));
    if let Some((index, present, of, sure)) = stated.or_else(counted) {
        facts.read(FactName::Attendance, Value::Attendance { present, of }, sure, index);
    }
    let quorum = within().find_map(|(index, line)| Some((index, quorum(line)?)));
    if let Some((index, met)) = quorum {
        let value = if met { Value::Yes } else { Value::No };
        facts.read(FactName::QuorumMet, value, 850, index);
    }
}

/// "7 of 9 members", "7/9 present", «(7) من أصل (9)», «سبعة من تسعة».
fn out_of(line: &Prepared<'_>) -> Option<(u16, u16)> {
    let words = if line.zone == Zone::Body { &CAME[..] } else { &PRESENCE[..] };
    if !words.iter().any(|word| position(&line.words, word).is_some()) {
        return None;
    }
    let tokens = tokens(&line.key);
    (0..tokens.len()).find_map(|at| share_at(&tokens, at))
}

/// Attendance as a person states it: "7 of 9", or the number alone.
pub(super) fn stated(key: &str) -> Option<Value> {
    let tokens = tokens(key);
    if let Some((present, of)) = share_at(&tokens, 0) {
        return Some(Value::Attendance { present, of: Some(of) });
    }
    let (present, used) = number_at(&tokens, 0)?;
    (used == tokens.len()).then_some(Value::Attendance { present, of: None })
}

fn share_at(tokens: &[Token<'_>], at: usize) -> Option<(u16, u16)> {
    let (present, used) = number_at(tokens, at)?;
    let mut next = at + used;
    // The noun may stand between: «حضر 6 أعضاء من أصل 7», "14 members out of 20".
    while tokens.get(next).and_then(Token::word).is_some_and(is_noun) {
        next += 1;
    }
    let joined = match tokens.get(next)? {
        token if token.is_mark('/') => 1,
        token => match token.word()? {
            "of" => {
                let owner = tokens.get(next + 1).and_then(Token::word);
                1 + usize::from(matches!(owner, Some("the" | "our" | "its" | "their")))
            }
            "out" => 2,
            "من" => {
                let second = tokens.get(next + 1).and_then(Token::word);
                1 + usize::from(matches!(second, Some("اصل" | "مجموع" | "بين")))
            }
            _ => return None,
        },
    };
    let (of, last) = number_at(tokens, next + joined)?;
    let after = tokens.get(next + joined + last);
    let date = after.is_some_and(|token| token.is_mark('/'));
    let fits = present <= of && (2..=2_000).contains(&of) && !date;
    fits.then_some((present, of))
}

fn is_noun(word: &str) -> bool {
    matches!(
        word,
        "members"
            | "directors"
            | "trustees"
            | "member"
            | "voting"
            | "board"
            | "اعضاء"
            | "عضوا"
            | "عضو"
            | "عضوه"
            | "عضوات"
            | "منهم"
    )
}

/// Ticked and empty boxes under a heading about attendance.
fn boxes(paper: &Paper<'_>) -> Option<(usize, u16, Option<u16>, u16)> {
    let mut open = None;
    let (mut ticked, mut all) = (0u16, 0u16);
    for (index, line) in paper.lines.iter().enumerate() {
        match line.line.role {
            Role::Ticked | Role::Unticked if open.is_some() => {
                all = all.saturating_add(1);
                ticked = ticked.saturating_add(u16::from(line.line.role == Role::Ticked));
            }
            Role::Item | Role::Ticked | Role::Unticked => {}
            _ if all > 0 => break,
            _ => open = is_attendance(&line.words).then_some(index).or(open),
        }
    }
    open.filter(|_| all >= 2 && ticked > 0).map(|index| (index, ticked, Some(all), 800))
}

fn is_attendance(words: &str) -> bool {
    ["attendance", "attendees", "present", "members", "الحضور", "الحاضرون"]
        .iter()
        .any(|word| position(words, word).is_some())
}

/// Labels of those who count towards attendance; those of members first.
const LISTS: [&str; 18] = [
    "members present",
    "board members present",
    "directors present",
    "voting members present",
    "trustees present",
    "members attending",
    "members in attendance",
    "board members in attendance",
    "present",
    "attendees",
    "attendance",
    "in attendance",
    "attending",
    "الاعضاء الحاضرون",
    "الحضور",
    "الحاضرون",
    "الحاضرين",
    "حضر الاجتماع",
];

/// How many names stand under or after a label of those present; none without one.
pub(super) fn listed(paper: &Paper<'_>) -> u16 {
    list(paper, 0..paper.lines.len()).map_or(0, |(_, count, _, _)| count)
}

/// A list of names under or after a label.
fn list(
    paper: &Paper<'_>,
    lines: Range<usize>,
) -> Option<(usize, u16, Option<u16>, u16)> {
    LISTS.iter().find_map(|label| {
        let within = paper.lines.iter().enumerate().take(lines.end).skip(lines.start);
        let mut found = within.take(120);
        let (index, alone) =
            found.find_map(|(index, line)| Some((index, labels(line, label)?)))?;
        let count = if alone { below(paper, index) } else { beside(paper, index) };
        (count > 0).then_some((index, count, None, 600))
    })
}

/// Whether a line begins with a label, and whether the label is all of it.
fn labels(line: &Prepared<'_>, label: &str) -> Option<bool> {
    let rest = line.words.strip_prefix(label)?;
    let colon = line.key.chars().take(label.chars().count() + 4).any(|c| c == ':');
    let fits = rest.is_empty() || (rest.starts_with(' ') && colon);
    fits.then_some(rest.is_empty())
}

/// Items below a label, until something else begins.
fn below(paper: &Paper<'_>, label: usize) -> u16 {
    let rest = paper.lines.iter().skip(label + 1);
    let listed = rest.clone().next().is_some_and(|line| line.line.role != Role::Text);
    let named = rest.take_while(|line| match line.line.role {
        Role::Item | Role::Ticked => true,
        Role::Text => !listed && is_name(line),
        _ => false,
    });
    // Two empty lines end a list, whatever comes after them.
    let mut last = None;
    let named = named.take_while(|line| {
        let gap = line.line.number.saturating_sub(last.unwrap_or(line.line.number));
        last = Some(line.line.number);
        gap <= 2
    });
    u16::try_from(named.take(limits::FACTS_MAX).count()).unwrap_or(u16::MAX)
}

/// A line that may be one name: a few words, no label and no sentence.
fn is_name(line: &Prepared<'_>) -> bool {
    let count = line.words.split(' ').count();
    // "MB: Myles Borins" is a name after its initials.
    let label = line.key.split_once(':').map_or(0, |(label, _)| label.trim().len());
    (1..=7).contains(&count) && label <= 3 && !line.key.trim_end().ends_with('.')
}

/// Names after a label on its line and the lines that continue it.
fn beside(paper: &Paper<'_>, label: usize) -> u16 {
    let mut text = String::new();
    for (offset, line) in paper.lines.iter().skip(label).take(12).enumerate() {
        let continued =
            matches!(line.line.role, Role::Text | Role::Item) && !line.key.contains(':');
        if offset > 0 && (!continued || !text.trim_end().ends_with([',', 'و'])) {
            break;
        }
        text.push(' ');
        text.push_str(&line.key);
    }
    let names = text.split_once(':').map(|(_, names)| names).unwrap_or_default();
    let parts = names.split([',', ';']).flat_map(|part| part.split(" and "));
    let named = parts.filter(|part| part.chars().any(char::is_alphabetic));
    u16::try_from(named.count()).unwrap_or(u16::MAX)
}

fn quorum(line: &Prepared<'_>) -> Option<bool> {
    let words = &line.words;
    if !["quorum", "quorate", "النصاب"].iter().any(|word| words.contains(word)) {
        return None;
    }
    let mut said = QUORUM.iter().chain(&ARABIC_QUORUM);
    said.find(|(phrase, _)| says(words, phrase)).map(|(_, met)| *met)
}

/// "quorum met? NOOOO" is a no as well.
fn says(words: &str, phrase: &str) -> bool {
    position(words, phrase).is_some()
        || (phrase.ends_with("noo") && words.contains(phrase))
}

/// How many members a body has, where a sentence says so: "the board has nine members",
/// «يتألف مجلس الإدارة من تسعة أعضاء».
pub(super) fn members(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    for (index, line) in paper.lines.iter().enumerate() {
        let words = &line.words;
        let says = [
            "consists of",
            "is composed of",
            "comprises",
            "has",
            "have",
            "يتالف",
            "يتكون",
            "تتالف",
            "تتكون",
            "يضم",
        ]
        .iter()
        .any(|verb| position(words, verb).is_some());
        let about = [
            "board",
            "council",
            "committee",
            "trustees",
            "مجلس الاداره",
            "الهييه الاداريه",
            "المجلس",
        ]
        .iter()
        .any(|noun| position(words, noun).is_some());
        if !(says && about) {
            continue;
        }
        let tokens = tokens(&line.key);
        let count = (0..tokens.len()).find_map(|at| {
            let (number, used) = number_at(&tokens, at)?;
            let next = tokens.get(at + used)?.word()?;
            let members = matches!(
                next,
                "members" | "directors" | "trustees" | "اعضاء" | "عضوا" | "عضو"
            );
            let bound =
                at.checked_sub(1).and_then(|b| tokens.get(b)).is_some_and(|before| {
                    matches!(
                        before.word(),
                        Some("to" | "least" | "most" | "الي" | "عن" | "and" | "بين")
                    )
                });
            (members && !bound && number > 1).then_some(number)
        });
        if let Some(count) = count {
            facts.read(
                FactName::MemberCount,
                Value::Number(i64::from(count)),
                700,
                index,
            );
            return;
        }
    }
}
