//! Receipts: what arrived, what each paper was understood to be, and what to do if wrong.

use super::Letter;
use super::Sender;
use super::body::Outcome;
use super::body::Receipt;
use super::body::ReceiptItem;
use super::due;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::problem;
use super::words::Case;
use super::words::Noun;
use super::words::clean;
use super::words::code;
use super::words::counted;
use super::words::date;
use super::words::for_period;
use super::words::name;
use crate::limits::LETTER_ITEMS_MAX;
use crate::text::Language;

/// Files up to which a receipt quotes the rules they serve; a longer one names them.
const QUOTING_MAX: usize = 8;

/// Rules that one file's entry names.
const SERVES_MAX: usize = 12;

/// How many files of a receipt fared how.
struct Tally {
    all: u32,
    understood: u32,
    asked: u32,
}

pub(crate) fn page(letter: &Letter, receipt: &Receipt, sender: &Sender) -> Page {
    let language = letter.to.language;
    let tally = tally(receipt);
    let tone = if tally.asked > 0 { Tone::Look } else { Tone::Good };
    let mut page = Page::new(language, tone, subject(letter, &tally));
    page.lead(format!(
        "{} {}",
        arrival(receipt, sender, &tally, language),
        fate(&tally, language)
    ));
    let brief = receipt.items.len() > QUOTING_MAX;
    let items = receipt.items.iter().map(|item| entry(item, brief, language)).collect();
    page.blocks.push(Block::Items(phrases::bounded(items, language)));
    if tally.asked > 0 {
        page.paragraph(problem::meanwhile(language).to_owned());
    }
    page.blocks.extend(due::no_longer_due(&receipt.done, language).map(Block::Paragraph));
    page.paragraph(match language {
        Language::English => {
            "Is something wrong here? Reply with the file's name and what it really is. A \
             person reads replies."
                .to_owned()
        }
        Language::Arabic => {
            "هل من خطأ هنا؟ يُرجى الرد باسم الملف وبما هو عليه حقًا. ثمة من يقرأ الردود."
                .to_owned()
        }
    });
    proof(&mut page, receipt);
    phrases::foot(&mut page, letter);
    page
}

fn tally(receipt: &Receipt) -> Tally {
    let count = |wanted: fn(&Outcome) -> bool| {
        let number = receipt.items.iter().filter(|item| wanted(&item.outcome)).count();
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    Tally {
        all: count(|_| true),
        understood: count(|outcome| matches!(outcome, Outcome::Understood)),
        asked: count(|outcome| {
            matches!(outcome, Outcome::NeedsALook(_) | Outcome::NotAccepted(_))
        }),
    }
}

fn subject(letter: &Letter, tally: &Tally) -> String {
    let language = letter.to.language;
    let organization = clean(letter.to.organization_name.read_in(language));
    let files = counted(tally.all, Noun::File, Case::After, language);
    match language {
        Language::English => format!("Received: {files} — {organization}"),
        Language::Arabic => format!("استلام {files} — {organization}"),
    }
}

/// "We received 3 files on 21 November 2026 between 10:02 and 10:09."
fn arrival(
    receipt: &Receipt,
    sender: &Sender,
    tally: &Tally,
    language: Language,
) -> String {
    let files = counted(tally.all, Noun::File, Case::Object, language);
    let (day, from) = sender.local(receipt.first_received);
    let (last_day, to) = sender.local(receipt.last_received);
    let (day, last_day) = (date(day, language), date(last_day, language));
    let (from, to) = (code(&from), code(&to));
    match language {
        Language::English if day != last_day => {
            format!("We received {files} from {day}, {from}, to {last_day}, {to}.")
        }
        Language::Arabic if day != last_day => {
            format!("استلمنا {files} من {day} الساعة {from} إلى {last_day} الساعة {to}.")
        }
        Language::English if from == to => {
            format!("We received {files} on {day} at {from}.")
        }
        Language::Arabic if from == to => {
            format!("استلمنا {files} في {day} الساعة {from}.")
        }
        Language::English => {
            format!("We received {files} on {day} between {from} and {to}.")
        }
        Language::Arabic => {
            format!("استلمنا {files} في {day} بين الساعة {from} والساعة {to}.")
        }
    }
}

/// "2 were understood, 1 needs you."
fn fate(tally: &Tally, language: Language) -> String {
    let understood = counted(tally.understood, Noun::File, Case::Object, language);
    let asked = counted(tally.asked, Noun::File, Case::After, language);
    match (language, tally) {
        (Language::English, Tally { asked: 0, .. }) => "No action is needed.".to_owned(),
        (Language::Arabic, Tally { asked: 0, .. }) => "لا يلزم أي إجراء.".to_owned(),
        (Language::English, Tally { understood: 0, .. }) => {
            format!("Please look at {asked}.")
        }
        (Language::Arabic, Tally { understood: 0, .. }) => {
            format!("يُرجى النظر في {asked}.")
        }
        (Language::English, _) => {
            format!("We understood {understood}; please look at {asked}.")
        }
        (Language::Arabic, _) => {
            format!("فهمنا {understood}، ويُرجى النظر في {asked}.")
        }
    }
}

fn entry(item: &ReceiptItem, brief: bool, language: Language) -> Item {
    let (tone, mark) = mark(&item.outcome, language);
    let mut lines = Vec::new();
    if let Some(what) = what_it_is(item, language) {
        lines.push(what);
    }
    match &item.outcome {
        Outcome::NeedsALook(problem) | Outcome::NotAccepted(problem) => {
            lines.extend(problem::lines(*problem, language));
            lines.extend(problem::quoted(&item.quotes, language));
        }
        Outcome::DuplicateOf(file) => lines.push(match language {
            Language::English => format!("The same content as {}.", name(file)),
            Language::Arabic => format!("مطابق في المحتوى للملف {}.", name(file)),
        }),
        Outcome::NoneOfOurs if item.encloses > 0 => lines.push(brings(item, language)),
        Outcome::NoneOfOurs => lines.push(match language {
            Language::English => "No rule asks for such a document.".to_owned(),
            Language::Arabic => "لا تطلب أي قاعدة مستندًا من هذا النوع.".to_owned(),
        }),
        Outcome::Understood => {}
    }
    lines.extend(served(item, brief, language));
    let title = match &item.carrier {
        Some(carrier) => {
            lines.push(came_in(carrier, language));
            let inner = item.file.strip_prefix(carrier.as_str()).unwrap_or(&item.file);
            name(inner.trim_start_matches('/'))
        }
        None => name(&item.file),
    };
    Item { tone, mark: mark.to_owned(), title, lines }
}

/// A letter or an archive is kept; what it brought is told by itself.
fn brings(item: &ReceiptItem, language: Language) -> String {
    let files = counted(item.encloses, Noun::File, Case::Object, language);
    match language {
        Language::English => {
            format!("It brought {files}; what came in it is listed here by itself.")
        }
        Language::Arabic => format!("حمل {files}، ويُذكر هنا كل ما ورد فيه على حدة."),
    }
}

fn came_in(carrier: &str, language: Language) -> String {
    match language {
        Language::English => format!("It came in {}.", name(carrier)),
        Language::Arabic => format!("ورد في الملف {}.", name(carrier)),
    }
}

/// The rules that a file serves: each in its words, or all of them in one line.
fn served(item: &ReceiptItem, brief: bool, language: Language) -> Vec<String> {
    let rules = item.serves.iter().take(SERVES_MAX);
    if brief {
        let ids: Vec<String> = rules.map(|(rule, _)| code(rule)).collect();
        return match language {
            _ if ids.is_empty() => Vec::new(),
            Language::English => vec![format!("Serves {}", ids.join(", "))],
            Language::Arabic => vec![format!("القواعد المتعلقة به: {}", ids.join("، "))],
        };
    }
    rules
        .map(|(rule, text)| {
            let text = name(text.read_in(language));
            match language {
                Language::English => format!("Serves {}: {text}", code(rule)),
                Language::Arabic => format!("يتعلق بالقاعدة {}: {text}", code(rule)),
            }
        })
        .collect()
}

fn mark(outcome: &Outcome, language: Language) -> (Tone, &'static str) {
    let (tone, english, arabic) = match outcome {
        Outcome::Understood => (Tone::Good, "understood", "مفهوم"),
        Outcome::NeedsALook(_) => (Tone::Look, "needs a look", "بحاجة إلى نظر"),
        Outcome::NoneOfOurs => (Tone::Calm, "kept", "محفوظ"),
        Outcome::NotAccepted(_) => (Tone::Act, "not accepted", "غير مقبول"),
        Outcome::DuplicateOf(_) => (Tone::Calm, "received before", "سبق استلامه"),
    };
    match language {
        Language::English => (tone, english),
        Language::Arabic => (tone, arabic),
    }
}

/// "Minutes of a board meeting, dated 14 March 2026."
fn what_it_is(item: &ReceiptItem, language: Language) -> Option<String> {
    let kind = name(item.kind.as_ref()?.read_in(language));
    let when = match (item.date, item.period, language) {
        (Some(day), _, Language::English) => format!(", dated {}", date(day, language)),
        (Some(day), _, Language::Arabic) => format!("، بتاريخ {}", date(day, language)),
        (None, Some(period), Language::English) => {
            format!(", {}", for_period(period, language))
        }
        (None, Some(period), Language::Arabic) => {
            format!(" {}", for_period(period, language))
        }
        (None, None, _) => String::new(),
    };
    Some(format!("{kind}{when}"))
}

/// Every file's hash in full, so that anybody can check it with `sha256sum`.
fn proof(page: &mut Page, receipt: &Receipt) {
    page.heading(match page.language {
        Language::English => "Proof of receipt (SHA-256)",
        Language::Arabic => "إثبات الاستلام (SHA-256)",
    });
    let codes = receipt
        .items
        .iter()
        .take(LETTER_ITEMS_MAX)
        .map(|item| (name(&item.file), item.sha256.to_string()))
        .collect();
    page.blocks.push(Block::Codes(codes));
}
