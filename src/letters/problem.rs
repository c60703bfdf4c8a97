//! Problem letters, and what every problem of a paper means and asks for.

use super::Letter;
use super::body::ProblemReport;
use super::body::Quote;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::Case;
use super::words::Noun;
use super::words::clean;
use super::words::counted;
use super::words::date;
use super::words::name;
use crate::document::Problem;
use crate::text::Language;

pub(crate) fn page(letter: &Letter, report: &ProblemReport) -> Page {
    let language = letter.to.language;
    let organization = clean(letter.to.organization_name.read_in(language));
    let number = u32::try_from(report.items.len()).unwrap_or(u32::MAX);
    let subject = match language {
        Language::English if number == 1 => {
            format!("A file needs your attention — {organization}")
        }
        Language::English => format!("Files need your attention — {organization}"),
        Language::Arabic => format!("ملفات بحاجة إلى نظركم — {organization}"),
    };
    let mut page = Page::new(language, Tone::Look, subject);
    page.lead(match language {
        Language::English if number == 1 => {
            "We could not use 1 file from your folder.".to_owned()
        }
        Language::English => {
            format!(
                "We could not use {} from your folder.",
                counted(number, Noun::File, Case::Object, language)
            )
        }
        Language::Arabic => {
            format!(
                "تعذّرت الاستفادة من {} في مجلدكم.",
                counted(number, Noun::File, Case::After, language)
            )
        }
    });
    let items = report
        .items
        .iter()
        .map(|item| Item {
            tone: Tone::Look,
            mark: String::new(),
            title: name(&item.file),
            lines: [lines(item.problem, language), quoted(&item.quotes, language)]
                .concat(),
        })
        .collect();
    let heading = match language {
        Language::English => "What you can do",
        Language::Arabic => "ما يمكنكم القيام به",
    };
    page.list(heading, phrases::bounded(items, language));
    page.paragraph(meanwhile(language).to_owned());
    phrases::foot(&mut page, letter);
    page
}

/// What an unread paper does to verdicts: nothing.
pub(crate) fn meanwhile(language: Language) -> &'static str {
    match language {
        Language::English => {
            "Until then the rules that depend on this are shown as “no answer yet”, not as \
             “not met”."
        }
        Language::Arabic => {
            "وإلى ذلك الحين تظهر القواعد المرتبطة بذلك «بلا جواب حتى الآن»، لا «غير مستوفاة»."
        }
    }
}

/// What is the matter, and what to do, in one sentence each.
pub(crate) fn lines(problem: Problem, language: Language) -> Vec<String> {
    let (matter, request) = match language {
        Language::English => in_english(problem),
        Language::Arabic => in_arabic(problem),
    };
    vec![matter.to_owned(), request.to_owned()]
}

/// What the paper says, day by day, with its words.
pub(crate) fn quoted(quotes: &[Quote], language: Language) -> Vec<String> {
    quotes.iter().filter_map(|quote| quoted_line(quote, language)).collect()
}

fn quoted_line(quote: &Quote, language: Language) -> Option<String> {
    let day = quote.day.map(|day| date(day, language));
    let place = quote.line.map(|line| place(quote.page, line, language));
    let words = quote.text.as_deref().map(name);
    let file = quote.file.as_deref().map(name);
    Some(match (language, day, words.zip(place), file) {
        (Language::English, Some(day), Some((words, place)), None) => {
            format!("It gives {day}: “{words}” ({place}).")
        }
        (Language::Arabic, Some(day), Some((words, place)), None) => {
            format!("يذكر المستند يوم {day}: «{words}» ({place}).")
        }
        (Language::English, Some(day), Some((words, place)), Some(file)) => {
            format!("{file} gives {day}: “{words}” ({place}).")
        }
        (Language::Arabic, Some(day), Some((words, place)), Some(file)) => {
            format!("يذكر الملف {file} يوم {day}: «{words}» ({place}).")
        }
        (Language::English, Some(day), None, None) => {
            format!("The file's name gives {day}.")
        }
        (Language::Arabic, Some(day), None, None) => format!("يذكر اسم الملف يوم {day}."),
        (Language::English, Some(day), None, Some(file)) => {
            format!("{file} gives {day}.")
        }
        (Language::Arabic, Some(day), None, Some(file)) => {
            format!("يذكر الملف {file} يوم {day}.")
        }
        (Language::English, None, Some((words, place)), _) => {
            format!("It says: “{words}” ({place}).")
        }
        (Language::Arabic, None, Some((words, place)), _) => {
            format!("جاء فيه: «{words}» ({place}).")
        }
        (_, None, None, _) => return None,
    })
}

fn place(page: Option<u32>, line: u32, language: Language) -> String {
    match (language, page) {
        (Language::English, Some(page)) => format!("page {page}, line {line}"),
        (Language::English, None) => format!("line {line}"),
        (Language::Arabic, Some(page)) => format!("الصفحة {page}، السطر {line}"),
        (Language::Arabic, None) => format!("السطر {line}"),
    }
}

fn in_english(problem: Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::Empty => {
            ("The file is empty.", "Please put it there again with its content.")
        }
        Problem::Truncated => (
            "The file is cut off before its end.",
            "Please copy it again; the transfer was probably interrupted.",
        ),
        Problem::Encrypted => (
            "The file is locked with a password.",
            "Please save it without a password and put it there again.",
        ),
        Problem::TooLarge => (
            "The file is larger than what we read.",
            "Please split it, or save it with smaller pictures.",
        ),
        Problem::UnknownFormat => (
            "We do not know this kind of file.",
            "Please save it as PDF, Word, OpenDocument or plain text.",
        ),
        Problem::NoText => (
            "The file holds pictures of pages and no text.",
            "Please put the original document there, or scan it with text recognition.",
        ),
        Problem::BrokenText => (
            "The text inside the file is garbled.",
            "Please export it again from the original document.",
        ),
        Problem::LimitPassed => (
            "The file is too long or too complex to be read whole.",
            "Please split it, or save it anew as a plain PDF, and put it there again.",
        ),
        Problem::ReaderFailed => (
            "Reading the file failed several times.",
            "Please save it anew as a PDF and put it there again.",
        ),
        Problem::KindUnsure => (
            "We could not tell which document this is.",
            "Please reply with what it is, or put it into the file's name.",
        ),
        Problem::DateMissing => (
            "We found no date in it.",
            "Please reply with its date, or put the date into the file's name.",
        ),
        Problem::DateContradicts => (
            "Two different days are given for one meeting.",
            "Please correct the document or its name, or state the right day in a file \
             beside it; until then it proves neither.",
        ),
        Problem::ConflictCopy => (
            "This is a second copy that the synchronisation tool made when two people \
             changed one file.",
            "Please keep the right one and remove the other.",
        ),
        Problem::WrongFolder => (
            "The document names another organization as its own.",
            "Please move it to that organization's folder; it is not counted here. If it is \
             yours, please state what it is in a file beside it.",
        ),
        Problem::Forgotten => (
            "This document was erased from our records at a person's request, and is not \
             read again.",
            "Please take the file out of the folder. If it was evidence of something, please \
             put a copy there without what had to be erased.",
        ),
    }
}

fn in_arabic(problem: Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::Empty => ("الملف فارغ.", "يُرجى إيداعه من جديد بمحتواه."),
        Problem::Truncated => {
            ("الملف مقطوع قبل نهايته.", "يُرجى نسخه من جديد، فالأرجح أن النقل انقطع.")
        }
        Problem::Encrypted => {
            ("الملف محمي بكلمة مرور.", "يُرجى حفظه من دون كلمة مرور وإيداعه من جديد.")
        }
        Problem::TooLarge => {
            ("الملف أكبر مما نقرؤه.", "يُرجى تقسيمه، أو حفظه بصور أصغر حجمًا.")
        }
        Problem::UnknownFormat => (
            "لا نعرف هذا النوع من الملفات.",
            "يُرجى حفظه بصيغة PDF أو Word أو OpenDocument أو نصًا عاديًا.",
        ),
        Problem::NoText => (
            "في الملف صور للصفحات وليس فيه نص.",
            "يُرجى إيداع المستند الأصلي، أو مسحه ضوئيًا مع التعرّف إلى النص.",
        ),
        Problem::BrokenText => {
            ("النص داخل الملف مشوّه.", "يُرجى تصديره من جديد من المستند الأصلي.")
        }
        Problem::LimitPassed => (
            "الملف أطول أو أعقد من أن يُقرأ كاملًا.",
            "يُرجى تقسيمه، أو حفظه من جديد بصيغة PDF بسيطة، وإيداعه.",
        ),
        Problem::ReaderFailed => {
            ("تعذّرت قراءة الملف مرات عدة.", "يُرجى حفظه من جديد بصيغة PDF وإيداعه.")
        }
        Problem::KindUnsure => (
            "لم نتمكن من معرفة نوع هذا المستند.",
            "يُرجى الرد ببيان نوعه، أو ذكره في اسم الملف.",
        ),
        Problem::DateMissing => {
            ("لم نجد فيه تاريخًا.", "يُرجى الرد بتاريخه، أو ذكر التاريخ في اسم الملف.")
        }
        Problem::DateContradicts => (
            "ذُكر يومان مختلفان لاجتماع واحد.",
            "يُرجى تصحيح المستند أو اسمه، أو بيان اليوم الصحيح في ملف إلى جانبه، وإلى ذلك \
             الحين لا يثبت أيًّا منهما.",
        ),
        Problem::ConflictCopy => (
            "هذه نسخة ثانية أنشأتها أداة المزامنة عندما عدّل شخصان ملفًا واحدًا.",
            "يُرجى الإبقاء على النسخة الصحيحة وإزالة الأخرى.",
        ),
        Problem::WrongFolder => (
            "يعود المستند بحسب نصه إلى مؤسسة أخرى.",
            "يُرجى نقله إلى مجلد تلك المؤسسة؛ وهو لا يُحتسب هنا. وإن كان يخصّكم، فيُرجى بيان \
             نوعه في ملف إلى جانبه.",
        ),
        Problem::Forgotten => (
            "مُحي هذا المستند من سجلاتنا بناءً على طلب، ولا يُقرأ من جديد.",
            "يُرجى إخراج الملف من المجلد. وإن كان دليلًا على أمر ما، فيُرجى إيداع نسخة خالية \
             مما وجب محوه.",
        ),
    }
}
