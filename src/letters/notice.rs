//! Notices: a rulebook changed, or the machine needs its keeper.

use super::Letter;
use super::Sender;
use super::body::HostFault;
use super::body::HostHealth;
use super::body::MethodChange;
use super::body::MethodNotice;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::Case;
use super::words::Noun;
use super::words::clean;
use super::words::code;
use super::words::counted;
use super::words::date;
use super::words::name;
use crate::calendar::Day;
use crate::text::Language;

pub(crate) fn method_page(letter: &Letter, notice: &MethodNotice) -> Page {
    let language = letter.to.language;
    let rulebook = clean(&notice.rulebook);
    let subject = match language {
        Language::English => format!("The rules changed — {rulebook}"),
        Language::Arabic => format!("تعديل في القواعد — {rulebook}"),
    };
    let mut page = Page::new(language, Tone::Calm, subject);
    let day = date(notice.from, language);
    let rulebook = name(&notice.rulebook);
    page.lead(match language {
        Language::English => format!(
            "The rules of {rulebook} changed on {day}. A change of the index that comes from \
             this is shown apart from what you did."
        ),
        Language::Arabic => format!(
            "عُدّلت قواعد {rulebook} في {day}. وما ينتج عن ذلك من تغيّر في المؤشر يُعرض منفصلًا \
             عمّا قمتم به."
        ),
    });
    let items = notice.changes.iter().map(|change| changed(change, language)).collect();
    page.list(
        match language {
            Language::English => "What changed",
            Language::Arabic => "ما تغيّر",
        },
        phrases::bounded(items, language),
    );
    flips(&mut page, notice);
    phrases::foot(&mut page, letter);
    page
}

fn changed(change: &MethodChange, language: Language) -> Item {
    let (rule, mark, lines) = match change {
        MethodChange::Added { rule, text } => {
            (rule, ["new", "جديدة"], vec![name(text.read_in(language))])
        }
        MethodChange::Removed { rule, text } => {
            (rule, ["removed", "أُلغيت"], vec![name(text.read_in(language))])
        }
        MethodChange::Reworded { rule, before, after } => {
            let (before, after) =
                (name(before.read_in(language)), name(after.read_in(language)));
            let lines = match language {
                Language::English => {
                    vec![format!("Before: {before}"), format!("Now: {after}")]
                }
                Language::Arabic => {
                    vec![format!("كانت: {before}"), format!("أصبحت: {after}")]
                }
            };
            (rule, ["reworded", "أُعيدت صياغتها"], lines)
        }
        MethodChange::Reweighted { rule, before, after } => {
            let line = match language {
                Language::English => {
                    format!("Its weight was {before} and is now {after}.")
                }
                Language::Arabic => format!("كان وزنها {before} وأصبح {after}."),
            };
            (rule, ["reweighted", "عُدّل وزنها"], vec![line])
        }
    };
    let [english, arabic] = mark;
    let mark = match language {
        Language::English => english,
        Language::Arabic => arabic,
    };
    Item { tone: Tone::Calm, mark: mark.to_owned(), title: code(rule), lines }
}

fn flips(page: &mut Page, notice: &MethodNotice) {
    let language = page.language;
    if notice.flips.is_empty() {
        page.paragraph(match language {
            Language::English => "None of your results changes by it.".to_owned(),
            Language::Arabic => "ولا تتغيّر بذلك أي من نتائجكم.".to_owned(),
        });
        return;
    }
    let items = notice
        .flips
        .iter()
        .map(|(rule, news)| {
            let (tone, mark) = phrases::news_mark(*news, None, language);
            Item { tone, mark, title: code(rule), lines: Vec::new() }
        })
        .collect();
    page.list(
        match language {
            Language::English => "Your results that change by it",
            Language::Arabic => "نتائجكم التي تتغيّر بذلك",
        },
        phrases::bounded(items, language),
    );
}

/// Says in both directions what a mail program has to show, so that a look is a proof.
pub(crate) fn test_page(letter: &Letter, sender: &Sender) -> Page {
    let language = letter.to.language;
    let network = clean(sender.network.read_in(language));
    let subject = match language {
        Language::English => format!("Test letter — {network}"),
        Language::Arabic => format!("رسالة تجريبية — {network}"),
    };
    let mut page = Page::new(language, Tone::Calm, subject);
    let day = date(Day(20_089), language);
    let points = super::words::signed(-24);
    page.lead(match language {
        Language::English => "Letters from Mithaq reach you.".to_owned(),
        Language::Arabic => "رسائل ميثاق تصل إليكم.".to_owned(),
    });
    page.paragraph(match language {
        Language::English => format!(
            "You read this correctly when the date is the first of January 2025, {day}, and \
             the number is less than zero, {points}."
        ),
        Language::Arabic => format!(
            "تظهر الرسالة كما ينبغي إذا قرأتم هنا أول أيام عام 2025، {day}، وعددًا أقل من \
             الصفر، {points}."
        ),
    });
    page.paragraph(match language {
        Language::English => "No action is needed.".to_owned(),
        Language::Arabic => "لا يلزم أي إجراء.".to_owned(),
    });
    phrases::foot(&mut page, letter);
    page
}

pub(crate) fn host_page(letter: &Letter, health: &HostHealth, sender: &Sender) -> Page {
    let language = letter.to.language;
    let network = clean(sender.network.read_in(language));
    let subject = match language {
        Language::English => format!("Mithaq needs attention — {network}"),
        Language::Arabic => format!("ميثاق بحاجة إلى متابعة — {network}"),
    };
    let mut page = Page::new(language, Tone::Act, subject);
    page.lead(fault(&health.fault, language));
    let (day, time) = sender.local(health.since);
    let (day, time) = (date(day, language), code(&time));
    let rows = match language {
        Language::English => vec![
            ("Since".to_owned(), format!("{day} at {time}")),
            ("Command to run".to_owned(), code(&health.command)),
        ],
        Language::Arabic => vec![
            ("منذ".to_owned(), format!("{day} الساعة {time}")),
            ("الأمر المطلوب تنفيذه".to_owned(), code(&health.command)),
        ],
    };
    page.blocks.push(Block::Rows(rows));
    page.paragraph(match language {
        Language::English => {
            "Nothing is lost: documents and letters wait until this is seen to."
                .to_owned()
        }
        Language::Arabic => {
            "لم يُفقد شيء: المستندات والرسائل محفوظة إلى أن يُعالج الأمر.".to_owned()
        }
    });
    phrases::foot(&mut page, letter);
    page
}

fn fault(fault: &HostFault, language: Language) -> String {
    match language {
        Language::English => fault_in_english(fault),
        Language::Arabic => fault_in_arabic(fault),
    }
}

fn fault_in_english(fault: &HostFault) -> String {
    let language = Language::English;
    match fault {
        HostFault::FolderUnhealthy { organization, folder } => format!(
            "The folder of {} cannot be relied on: {}. Nothing is concluded from what is \
             missing there.",
            name(organization.read_in(language)),
            code(folder)
        ),
        HostFault::QueueStuck { letters } => format!(
            "{} could not be delivered for hours.",
            counted(*letters, Noun::Letter, Case::Subject, language)
        ),
        HostFault::DiskLow { free_megabytes } => {
            format!("The disk is nearly full: {free_megabytes} MB are left.")
        }
        HostFault::MailFailing { reply } => format!(
            "The mail server refuses us, and letters wait. Its answer: {}",
            name(reply)
        ),
        HostFault::RulesBroken { file, errors } => format!(
            "The rule file {} has {}; its last good version stays in force.",
            name(file),
            counted(*errors, Noun::Error, Case::Object, language)
        ),
        HostFault::ClockMoved => {
            "The machine's clock jumped; letters that depend on the day are held."
                .to_owned()
        }
        HostFault::HeldBack { organization, letters } => format!(
            "{} to {} were held back, because so many at once point to a mistake.",
            counted(*letters, Noun::Letter, Case::Subject, language),
            name(organization.read_in(language))
        ),
        HostFault::Storm { organization, letters } => format!(
            "In place of {} to {} each person gets one, because so many at once point to a \
             mistake.",
            counted(*letters, Noun::Letter, Case::After, language),
            name(organization.read_in(language))
        ),
        HostFault::Upheaval { changed, verdicts } => format!(
            "Of {verdicts} results {changed} changed at once, and not by the passing of time. \
             If nobody edited the rules or registers, please look at the folders. Each person \
             gets one letter about it."
        ),
    }
}

fn fault_in_arabic(fault: &HostFault) -> String {
    let language = Language::Arabic;
    match fault {
        HostFault::FolderUnhealthy { organization, folder } => format!(
            "لا يمكن التعويل على مجلد {}: {}. ولا يُستنتج شيء مما ينقص فيه.",
            name(organization.read_in(language)),
            code(folder)
        ),
        HostFault::QueueStuck { letters } => format!(
            "تعذّر تسليم {} منذ ساعات.",
            counted(*letters, Noun::Letter, Case::After, language)
        ),
        HostFault::DiskLow { free_megabytes } => {
            format!("كاد القرص يمتلئ: بقي منه {free_megabytes} ميغابايت.")
        }
        HostFault::MailFailing { reply } => format!(
            "يرفض خادم البريد رسائلنا، وهي بانتظار الإرسال. وجوابه: {}",
            name(reply)
        ),
        HostFault::RulesBroken { file, errors } => format!(
            "في ملف القواعد {} {}؛ وتبقى آخر نسخة سليمة منه سارية.",
            name(file),
            counted(*errors, Noun::Error, Case::Subject, language)
        ),
        HostFault::ClockMoved => {
            "قفزت ساعة الجهاز؛ والرسائل المرتبطة بالأيام موقوفة.".to_owned()
        }
        HostFault::HeldBack { organization, letters } => format!(
            "أُوقف إرسال {} إلى {}، لأن كثرتها دفعة واحدة تدل على خطأ.",
            counted(*letters, Noun::Letter, Case::After, language),
            name(organization.read_in(language))
        ),
        HostFault::Storm { organization, letters } => format!(
            "بدلًا من {} إلى {} يتلقّى كل شخص رسالة واحدة، لأن كثرتها دفعة واحدة تدل على خطأ.",
            counted(*letters, Noun::Letter, Case::After, language),
            name(organization.read_in(language))
        ),
        HostFault::Upheaval { changed, verdicts } => format!(
            "تغيّرت دفعة واحدة {changed} من أصل {verdicts} من النتائج، ولم يكن ذلك بمرور الوقت. وإن لم \
             يعدّل أحد القواعد أو السجلات فيُرجى النظر في المجلدات. ويتلقّى كل شخص رسالة واحدة عن \
             ذلك."
        ),
    }
}
