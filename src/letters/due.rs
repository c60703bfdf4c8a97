//! Letters about days: a duty that comes due, with its calendar entry, and one that stays
//! owed.

use super::Letter;
use super::Sender;
use super::body::Body;
use super::body::Dated;
use super::body::DueSoon;
use super::body::Overdue;
use super::body::RuleRef;
use super::calendar_entry::CalendarEntry;
use super::calendar_entry::Method;
use super::finding::reply_subject;
use super::message::domain;
use super::message::hash;
use super::page::Block;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::Case;
use super::words::Noun;
use super::words::clean;
use super::words::counted;
use super::words::date;
use super::words::name;
use crate::calendar::Day;
use crate::text::Language;

/// Entries that one receipt takes out of a calendar.
const DONE_MAX: usize = 8;

/// The alarm of a calendar entry.
const REMINDED_BEFORE_DAYS: u32 = 7;

/// The post of whoever looks after the network.
const OFFICER: &str = "officer";

pub(crate) fn due_soon_page(letter: &Letter, due: &DueSoon) -> Page {
    let language = letter.to.language;
    let organization = clean(letter.to.organization_name.read_in(language));
    let heading = phrases::rule_heading(&due.rule, language);
    let mut page = Page::new(language, Tone::Look, format!("{heading} — {organization}"));
    page.lead(approach(due, language));
    page.request(phrases::remedy_ahead(&due.rule, language));
    phrases::evidence_list(&mut page, &due.evidence);
    let mut rows = phrases::rule_rows(&due.rule, language);
    rows.extend(phrases::slot_row(due.slot, language));
    rows.push(phrases::day_row(("Due", "الموعد"), due.due, language));
    page.blocks.push(Block::Rows(rows));
    page.paragraph(attached(days_between(due.as_of, due.due), language));
    phrases::reply_words(&mut page);
    phrases::foot(&mut page, letter);
    page
}

pub(crate) fn overdue_page(letter: &Letter, overdue: &Overdue) -> Page {
    let language = letter.to.language;
    let subject = reply_subject(letter, &overdue.id, &overdue.rule, language);
    let mut page = Page::new(language, Tone::Act, subject);
    page.lead(lateness(overdue, language));
    let to_officer = letter.to.role == OFFICER;
    if to_officer {
        page.request(help(language));
    } else {
        page.request(phrases::remedy(&overdue.rule, language));
        phrases::evidence_list(&mut page, &overdue.evidence);
    }
    let mut rows = Vec::new();
    if to_officer {
        let label = match language {
            Language::English => "Organization",
            Language::Arabic => "المؤسسة",
        };
        let organization = name(letter.to.organization_name.read_in(language));
        rows.push((label.to_owned(), organization));
    }
    rows.extend(phrases::rule_rows(&overdue.rule, language));
    rows.extend(phrases::slot_row(overdue.slot, language));
    rows.push(phrases::day_row(("Was due", "كان موعده"), overdue.due, language));
    page.blocks.push(Block::Rows(rows));
    if overdue.escalated && !to_officer {
        page.paragraph(match language {
            Language::English => {
                "The network's compliance officer knows of it too, and can help."
                    .to_owned()
            }
            Language::Arabic => {
                "من يتولّى متابعة الالتزام في الشبكة على علم بذلك أيضًا، وفي وسعه المساعدة."
                    .to_owned()
            }
        });
    }
    if !to_officer {
        phrases::reply_words(&mut page);
    }
    phrases::foot(&mut page, letter);
    page
}

/// What whoever looks after the network can do about somebody else's duty.
fn help(language: Language) -> String {
    match language {
        Language::English => {
            "The organization was reminded, and it stays open. Please ask them what they need."
                .to_owned()
        }
        Language::Arabic => {
            "تلقّت المؤسسة التذكير وما زالت الملاحظة مفتوحة. يُرجى سؤال القائمين عليها عمّا يحتاجون إليه."
                .to_owned()
        }
    }
}

/// The due days for the reader's calendar; a moved day keeps the id and raises the sequence,
/// and one that is done is taken away.
pub(crate) fn entries(
    letter: &Letter,
    sender: &Sender,
    stamp: i64,
) -> Vec<CalendarEntry> {
    match &letter.body {
        Body::DueSoon(due) => {
            let (key, rule) = (letter.subject_key.as_str(), &due.rule);
            let entry = entry(letter, (key, rule, due.due), sender, stamp);
            vec![CalendarEntry { sequence: due.sequence, ..entry }]
        }
        Body::Receipt(receipt) => {
            let done = receipt.done.iter().take(DONE_MAX);
            done.map(|dated| cancelled(letter, dated, sender, stamp)).collect()
        }
        Body::Resolved(resolved) => {
            let dated = resolved.dated.iter();
            dated.map(|dated| cancelled(letter, dated, sender, stamp)).collect()
        }
        _ => Vec::new(),
    }
}

fn cancelled(
    letter: &Letter,
    dated: &Dated,
    sender: &Sender,
    stamp: i64,
) -> CalendarEntry {
    CalendarEntry {
        method: Method::Cancel,
        sequence: dated.sequence,
        ..entry(letter, (&dated.key, &dated.rule, dated.due), sender, stamp)
    }
}

/// The same duty has the same id in every letter, and no other duty has it.
fn entry(
    letter: &Letter,
    (key, rule, due): (&str, &RuleRef, Day),
    sender: &Sender,
    stamp: i64,
) -> CalendarEntry {
    let language = letter.to.language;
    let id: String = hash(&[&letter.to.organization, key]).chars().take(24).collect();
    CalendarEntry {
        method: Method::Publish,
        rule: rule.id.clone(),
        organizer: sender.from.clone(),
        uid: format!("due.{id}@{}", domain(sender)),
        sequence: 0,
        day: due,
        summary: phrases::rule_heading(rule, language),
        description: rule.text.read_in(language).to_owned(),
        stamp,
    }
}

/// What is said of entries that are taken away.
pub(crate) fn taken_away(duties: usize, language: Language) -> Option<String> {
    let said = match (duties, language) {
        (0, _) => return None,
        (1, Language::English) => {
            "Its day was sent to you as a calendar entry; the attached file takes it away."
        }
        (1, Language::Arabic) => {
            "سبق أن أُرسل موعد هذا الالتزام إلى تقويمكم، والملف المرفق يزيله منه."
        }
        (_, Language::English) => {
            "Their days were sent to you as calendar entries; the attached files take them away."
        }
        (_, Language::Arabic) => {
            "سبق أن أُرسلت مواعيد هذه الالتزامات إلى تقويمكم، والملفات المرفقة تزيلها منه."
        }
    };
    Some(said.to_owned())
}

/// The duties that are not awaited any more and whose day was sent.
pub(crate) fn no_longer_due(done: &[Dated], language: Language) -> Option<String> {
    let names = done
        .iter()
        .take(DONE_MAX)
        .map(|dated| phrases::rule_heading(&dated.rule, language));
    let names: Vec<String> = names.map(|heading| name(&heading)).collect();
    let after = taken_away(names.len(), language)?;
    Some(match language {
        Language::English => format!("No longer due: {}. {after}", names.join(", ")),
        Language::Arabic => format!("لم يعد مستحقًا: {}. {after}", names.join("، ")),
    })
}

/// The entry's alarm is of use while its day has yet to come.
fn attached(days_left: u32, language: Language) -> String {
    match language {
        Language::English if days_left > REMINDED_BEFORE_DAYS => {
            "The attached calendar entry reminds you seven days before."
        }
        Language::Arabic if days_left > REMINDED_BEFORE_DAYS => {
            "يذكّركم موعد التقويم المرفق قبل سبعة أيام."
        }
        Language::English => "A calendar entry for the day is attached.",
        Language::Arabic => "أُرفق بهذه الرسالة موعد لتقويمكم في ذلك اليوم.",
    }
    .to_owned()
}

fn approach(due: &DueSoon, language: Language) -> String {
    let rule = phrases::quoted(due.rule.text.read_in(language), language);
    let day = date(due.due, language);
    let left = days_between(due.as_of, due.due);
    match (language, left) {
        (Language::English, 0) => format!("Due today, {day}: {rule}"),
        (Language::Arabic, 0) => format!("يحين الموعد اليوم، {day}: {rule}"),
        (Language::English, 1) => format!("Due tomorrow, {day}: {rule}"),
        (Language::Arabic, 1) => format!("يحين الموعد غدًا، {day}: {rule}"),
        (Language::English, _) => {
            let days = counted(left, Noun::Day, Case::After, language);
            format!("Due in {days}, on {day}: {rule}")
        }
        (Language::Arabic, _) => {
            let days = counted(left, Noun::Day, Case::After, language);
            format!("يحين الموعد بعد {days}، في {day}: {rule}")
        }
    }
}

fn lateness(overdue: &Overdue, language: Language) -> String {
    let rule = phrases::quoted(overdue.rule.text.read_in(language), language);
    let day = date(overdue.due, language);
    let late = days_between(overdue.due, overdue.as_of);
    let days = counted(late, Noun::Day, Case::After, language);
    match language {
        Language::English => {
            format!("Still open {days} after it was due on {day}: {rule}")
        }
        Language::Arabic => {
            format!("ما زالت هذه الملاحظة مفتوحة بعد {days} من موعدها في {day}: {rule}")
        }
    }
}

fn days_between(from: Day, to: Day) -> u32 {
    u32::try_from(to.0.saturating_sub(from.0)).unwrap_or(0)
}
