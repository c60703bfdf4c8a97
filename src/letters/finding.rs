//! Findings and their resolution: what is missing, what to do, why, the proof, the effect.

use super::Letter;
use super::body::Evidence;
use super::body::Finding;
use super::body::Ground;
use super::body::Resolved;
use super::due;
use super::page::Block;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::Case;
use super::words::Noun;
use super::words::clean;
use super::words::code;
use super::words::counted;
use super::words::date;
use super::words::for_period;
use super::words::name;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::finding::Resolution;
use crate::text::Bilingual;
use crate::text::Language;

/// Passages that one letter quotes; the decisive ones come first.
const QUOTES_MAX: usize = 6;

pub(crate) fn page(letter: &Letter, finding: &Finding) -> Page {
    let language = letter.to.language;
    let subject = subject(letter, &finding.id, &finding.rule, language);
    let mut page = Page::new(language, Tone::Act, subject);
    page.lead(lead(finding, language));
    let nobody_knows = finding.rule.remedy.is_none() && finding.repair.is_empty();
    page.request(match finding.ground {
        Ground::Stated if nobody_knows => objection(language),
        _ => phrases::remedy_or(&finding.rule, &finding.repair, language),
    });
    page.blocks.push(Block::Rows(rows(finding, language)));
    proof(&mut page, finding);
    phrases::reply_words(&mut page);
    page.foot.extend(copied(letter, &finding.copied_to));
    phrases::foot(&mut page, letter);
    page
}

pub(crate) fn resolved_page(letter: &Letter, resolved: &Resolved) -> Page {
    let language = letter.to.language;
    let subject = reply_subject(letter, &resolved.id, &resolved.rule, language);
    let mut page = Page::new(language, Tone::Good, subject);
    page.lead(resolution(resolved, language));
    let mut rows = Vec::new();
    if let Some(document) = &resolved.document {
        let label = match language {
            Language::English => "What settled it",
            Language::Arabic => "ما سوّاها",
        };
        rows.push((label.to_owned(), name(document)));
    }
    rows.push(open_row(resolved.opened, resolved.closed, language));
    rows.extend(phrases::slot_row(resolved.slot, language));
    rows.extend(phrases::rule_rows(&resolved.rule, language));
    rows.extend(phrases::effect_row(resolved.index_effect, language));
    page.blocks.push(Block::Rows(rows));
    page.paragraph(match language {
        Language::English => "No action is needed.".to_owned(),
        Language::Arabic => "لا يلزم أي إجراء.".to_owned(),
    });
    let dated = resolved.dated.iter().count();
    page.blocks.extend(due::taken_away(dated, language).map(Block::Paragraph));
    phrases::foot(&mut page, letter);
    page
}

/// What helps where a paper says what a rule excludes: that it is not so.
fn objection(language: Language) -> String {
    match language {
        Language::English => {
            "If that is not so, please put the right document into your folder, or reply to \
             this letter to explain."
        }
        Language::Arabic => {
            "إن لم يكن الأمر كذلك يُرجى إيداع المستند الصحيح في مجلدكم، أو الرد على هذه الرسالة \
             بالتوضيح."
        }
    }
    .to_owned()
}

/// The same for every letter about the finding, so that mail programs thread them.
pub(crate) fn subject(
    letter: &Letter,
    id: &str,
    rule: &super::body::RuleRef,
    language: Language,
) -> String {
    format!(
        "{} — {} — {}",
        phrases::rule_heading(rule, language),
        clean(letter.to.organization_name.read_in(language)),
        clean(id)
    )
}

/// A later letter of the thread. An Arabic subject must begin with Arabic, so its thread
/// is told by the headers alone.
pub(crate) fn reply_subject(
    letter: &Letter,
    id: &str,
    rule: &super::body::RuleRef,
    language: Language,
) -> String {
    let subject = subject(letter, id, rule, language);
    match language {
        Language::English => format!("Re: {subject}"),
        Language::Arabic => subject,
    }
}

fn lead(finding: &Finding, language: Language) -> String {
    let rule = phrases::quoted(finding.rule.text.read_in(language), language);
    let when = during(finding.slot, language);
    match (language, finding.ground) {
        (Language::English, Ground::NoEvidence) => {
            format!("We found no evidence{when} that this rule was kept: {rule}")
        }
        (Language::Arabic, Ground::NoEvidence) => {
            format!("لم نجد{when} ما يثبت استيفاء هذه القاعدة: {rule}")
        }
        (Language::English, Ground::Stated) => {
            format!("Your documents state{when} what this rule does not allow: {rule}")
        }
        (Language::Arabic, Ground::Stated) => {
            format!("ورد في مستنداتكم{when} ما لا يتفق مع هذه القاعدة: {rule}")
        }
    }
}

fn during(slot: Option<Period>, language: Language) -> String {
    match slot {
        Some(slot) if slot.from == slot.to => match language {
            Language::English => format!(" for {}", date(slot.from, language)),
            Language::Arabic => format!(" عن {}", date(slot.from, language)),
        },
        Some(slot) => format!(" {}", for_period(slot, language)),
        None => String::new(),
    }
}

fn rows(finding: &Finding, language: Language) -> Vec<(String, String)> {
    let mut rows = phrases::rule_rows(&finding.rule, language);
    rows.extend(phrases::slot_row(finding.slot, language));
    if let Some(due) = finding.due {
        rows.push(phrases::day_row(("Was due", "كان موعده"), due, language));
        if let Some(grace) = finding.grace_end.filter(|grace| *grace > due) {
            rows.push(phrases::day_row(("Grace until", "المهلة حتى"), grace, language));
        }
        rows.extend(late_row(finding, due, language));
    }
    rows.extend(finding.stood_still.iter().map(|window| stood_still(window, language)));
    rows.extend(phrases::index_row(finding.index_effect, language));
    rows
}

/// A time that did not count, with what the calendar calls it.
fn stood_still(
    (days, called): &(Period, Option<Bilingual>),
    language: Language,
) -> (String, String) {
    let label = match language {
        Language::English => "Did not count",
        Language::Arabic => "أيام لم تُحتسب",
    };
    let from = date(days.from, language);
    let span = match (days.to < Day::LATEST, language) {
        (true, _) => super::words::from_to(*days, language),
        (false, Language::English) => format!("from {from} on"),
        (false, Language::Arabic) => format!("ابتداءً من {from}"),
    };
    let called = called.as_ref().map(|called| name(called.read_in(language)));
    let row = match called {
        Some(called) => format!("{span} ({called})"),
        None => span,
    };
    (label.to_owned(), row)
}

fn late_row(finding: &Finding, due: Day, language: Language) -> Option<(String, String)> {
    if !finding.still_owed {
        return None;
    }
    let days = u32::try_from(finding.as_of.0.saturating_sub(due.0)).ok()?;
    let days = counted(days, Noun::Day, Case::After, language);
    Some(match language {
        Language::English => {
            ("Late by".to_owned(), format!("{days}; it can still be done late"))
        }
        Language::Arabic => {
            ("مدة التأخر".to_owned(), format!("{days}، ولا يزال ممكنًا تداركه"))
        }
    })
}

fn proof(page: &mut Page, finding: &Finding) {
    let language = page.language;
    page.heading(match language {
        Language::English => "What we found",
        Language::Arabic => "ما وجدناه",
    });
    for evidence in finding.evidence.iter().take(QUOTES_MAX) {
        page.blocks.push(Block::Quote {
            text: phrases::quoted(&evidence.text, language),
            place: place(evidence, language),
        });
    }
    page.paragraph(searched(finding, language));
}

fn place(evidence: &Evidence, language: Language) -> String {
    let file = name(&evidence.file);
    match (language, evidence.page) {
        (Language::English, Some(page)) => format!("{file}, page {page}"),
        (Language::Arabic, Some(page)) => format!("{file}، الصفحة {page}"),
        (Language::English, None) => format!("{file}, line {}", evidence.line),
        (Language::Arabic, None) => format!("{file}، السطر {}", evidence.line),
    }
}

fn searched(finding: &Finding, language: Language) -> String {
    let papers = counted(finding.papers_searched, Noun::Paper, Case::After, language);
    let day = date(finding.as_of, language);
    match language {
        Language::English if finding.papers_searched == 0 => {
            format!("There was no document in your folder up to {day}.")
        }
        Language::Arabic if finding.papers_searched == 0 => {
            format!("لم يكن في مجلدكم أي مستند حتى {day}.")
        }
        Language::English => format!("We looked at {papers} of yours, up to {day}."),
        Language::Arabic => format!("اطّلعنا على {papers} لديكم، حتى {day}."),
    }
}

/// The others who received it.
fn copied(letter: &Letter, names: &[String]) -> Option<String> {
    let others = names.iter().filter(|one| **one != letter.to.name);
    let others: Vec<String> = others.map(|one| name(one)).collect();
    (!others.is_empty()).then(|| match letter.to.language {
        Language::English => format!("Also sent to: {}.", others.join(", ")),
        Language::Arabic => format!("أُرسلت أيضًا إلى: {}.", others.join("، ")),
    })
}

fn resolution(resolved: &Resolved, language: Language) -> String {
    let rule = phrases::quoted(resolved.rule.text.read_in(language), language);
    let when = during(resolved.slot, language);
    let id = code(&resolved.id);
    match language {
        Language::English => {
            let what = match resolved.how {
                Resolution::Met => format!("this rule is now kept{when}"),
                Resolution::MetLate => format!("this rule was kept late{when}"),
                Resolution::Waived => format!("a waiver covers this rule{when}"),
                Resolution::Explained => {
                    format!("your explanation for this rule is on file{when}")
                }
                Resolution::NotApplicable => format!("this rule does not apply{when}"),
                Resolution::Recorded => {
                    format!(
                        "its time has passed{when} and the next one was kept; it stays on record"
                    )
                }
                Resolution::Unknown => {
                    format!("it is no longer certain{when} that this rule was not kept")
                }
            };
            format!("Finding {id} is closed: {what}. {rule}")
        }
        Language::Arabic => {
            let what = match resolved.how {
                Resolution::Met => format!("القاعدة مستوفاة الآن{when}"),
                Resolution::MetLate => format!("القاعدة مستوفاة بعد الموعد{when}"),
                Resolution::Waived => format!("القاعدة مشمولة بإعفاء{when}"),
                Resolution::Explained => format!("سُجّل توضيحكم بشأن القاعدة{when}"),
                Resolution::NotApplicable => format!("القاعدة لا تسري{when}"),
                Resolution::Recorded => {
                    format!("فات أوانها{when} والاستحقاق التالي مستوفى، وتبقى في السجل")
                }
                Resolution::Unknown => {
                    format!("لم يعد مؤكدًا{when} أن القاعدة غير مستوفاة")
                }
            };
            format!("أُغلقت الملاحظة {id}: {what}. {rule}")
        }
    }
}

fn open_row(opened: Day, closed: Day, language: Language) -> (String, String) {
    let days = match (u32::try_from(closed.0.saturating_sub(opened.0)), language) {
        (Err(_) | Ok(0), Language::English) => "less than a day".to_owned(),
        (Err(_) | Ok(0), Language::Arabic) => "أقل من يوم".to_owned(),
        (Ok(days), _) => counted(days, Noun::Day, Case::After, language),
    };
    let (from, to) = (date(opened, language), date(closed, language));
    match language {
        Language::English => {
            ("Was open".to_owned(), format!("{days}, from {from} to {to}"))
        }
        Language::Arabic => {
            ("مدة بقائها مفتوحة".to_owned(), format!("{days}، من {from} إلى {to}"))
        }
    }
}
