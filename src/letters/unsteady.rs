//! A finding that opens and closes again and again: to the officer, once, with the two causes
//! that are likely.

use super::Letter;
use super::body::Flapping;
use super::finding::reply_subject;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::Case;
use super::words::Noun;
use super::words::code;
use super::words::counted;
use super::words::date;
use super::words::name;
use crate::text::Language;

pub(crate) fn page(letter: &Letter, unsteady: &Flapping) -> Page {
    let language = letter.to.language;
    let subject = reply_subject(letter, &unsteady.id, &unsteady.rule, language);
    let mut page = Page::new(language, Tone::Look, subject);
    page.lead(lead(letter, unsteady, language));
    page.paragraph(match language {
        Language::English => {
            "Nobody is written to about it until it has held still for a while; then they are \
             told how it stands."
                .to_owned()
        }
        Language::Arabic => {
            "ولن تُرسل رسائل بشأنها إلى أن تستقر مدة من الزمن، وعندئذ يُبلَّغ المعنيون بما آلت إليه."
                .to_owned()
        }
    });
    page.request(request(unsteady, language));
    page.list(
        match language {
            Language::English => "The documents it rests on, newest first",
            Language::Arabic => "المستندات التي تستند إليها، من الأحدث",
        },
        papers(unsteady, language),
    );
    let mut rows = vec![turns(unsteady, language)];
    rows.extend(phrases::slot_row(unsteady.slot, language));
    rows.extend(phrases::rule_rows(&unsteady.rule, language));
    page.blocks.push(Block::Rows(rows));
    phrases::foot(&mut page, letter);
    page
}

fn lead(letter: &Letter, unsteady: &Flapping, language: Language) -> String {
    let rule = phrases::quoted(unsteady.rule.text.read_in(language), language);
    let organization = name(letter.to.organization_name.read_in(language));
    let id = code(&unsteady.id);
    let times = u32::try_from(unsteady.turns.len()).unwrap_or(u32::MAX);
    let times = counted(times, Noun::Time, Case::Object, language);
    let until = date(unsteady.as_of, language);
    let since = unsteady.turns.first().map_or(unsteady.as_of, |day| *day);
    let since = date(since, language);
    match language {
        Language::English => format!(
            "Finding {id} of {organization} opened or closed {times} from {since} to \
             {until}: {rule}"
        ),
        Language::Arabic => format!(
            "تكرّر فتح الملاحظة {id} لدى {organization} وإغلاقها {times} بين {since} و{until}: {rule}"
        ),
    }
}

fn request(unsteady: &Flapping, language: Language) -> String {
    let why = code(&format!("mithaq why {} {}", unsteady.folder, unsteady.rule.id));
    match language {
        Language::English => format!(
            "There are two likely causes. A file is replaced again and again, by people or by \
             a program that synchronizes the folder: please ask who writes it. Or we read one \
             document differently from one time to the next: {why} shows what the result rests on, and {} states what \
             is right.",
            code("mithaq correct")
        ),
        Language::Arabic => format!(
            "ثمة سببان محتملان. الأول أن ملفًا يُستبدل مرة بعد مرة، بيد أحد أو ببرنامج مزامنة، \
             ويُرجى السؤال عمّن يكتبه. والثاني أن قراءتنا لمستند ما غير ثابتة، والأمر {why} يبيّن \
             ما تستند إليه النتيجة، والأمر {} يثبّت الصحيح.",
            code("mithaq correct")
        ),
    }
}

fn papers(unsteady: &Flapping, language: Language) -> Vec<Item> {
    let item = |paper: &String| Item {
        tone: Tone::Calm,
        mark: String::new(),
        title: name(paper),
        lines: Vec::new(),
    };
    phrases::bounded(unsteady.papers.iter().map(item).collect(), language)
}

fn turns(unsteady: &Flapping, language: Language) -> (String, String) {
    let days: Vec<String> =
        unsteady.turns.iter().map(|day| date(*day, language)).collect();
    match language {
        Language::English => ("Opened or closed on".to_owned(), days.join(", ")),
        Language::Arabic => ("أيام الفتح والإغلاق".to_owned(), days.join("، ")),
    }
}
