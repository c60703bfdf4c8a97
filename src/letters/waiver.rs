//! A waiver that ends: from when the rule is asked again, and how it would stand.

use super::Letter;
use super::body::News;
use super::body::WaiverEnding;
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
use crate::text::Language;

pub(crate) fn page(letter: &Letter, waiver: &WaiverEnding) -> Page {
    let language = letter.to.language;
    let organization = clean(letter.to.organization_name.read_in(language));
    let heading = phrases::rule_heading(&waiver.rule, language);
    let subject = match language {
        Language::English => format!("A waiver ends: {heading} — {organization}"),
        Language::Arabic => format!("انتهاء إعفاء: {heading} — {organization}"),
    };
    let mut page = Page::new(language, Tone::Look, subject);
    page.lead(lead(waiver, language));
    page.paragraph(standing(waiver, language));
    page.request(request(waiver, language));
    page.blocks.push(Block::Rows(rows(waiver, language)));
    phrases::foot(&mut page, letter);
    page
}

fn lead(waiver: &WaiverEnding, language: Language) -> String {
    let rule = phrases::quoted(waiver.rule.text.read_in(language), language);
    let day = date(waiver.ends, language);
    let left = u32::try_from(waiver.ends.0.saturating_sub(waiver.as_of.0)).unwrap_or(0);
    let days = counted(left, Noun::Day, Case::After, language);
    match (language, left) {
        (Language::English, 0) => {
            format!("Today, {day}, is the last day of your waiver from this rule: {rule}")
        }
        (Language::Arabic, 0) => {
            format!("اليوم، {day}، هو آخر أيام إعفائكم من هذه القاعدة: {rule}")
        }
        (Language::English, _) => {
            format!("Your waiver from this rule ends in {days}, on {day}: {rule}")
        }
        (Language::Arabic, _) => {
            format!("ينتهي إعفاؤكم من هذه القاعدة بعد {days}، في {day}: {rule}")
        }
    }
}

fn standing(waiver: &WaiverEnding, language: Language) -> String {
    let again = date(waiver.ends.next(), language);
    let (english, arabic) = match waiver.without {
        News::BecameMet => (
            "As your documents stand today, it is met without the waiver too.",
            "وبحسب مستنداتكم اليوم فهي مستوفاة من دون الإعفاء أيضًا.",
        ),
        News::BecameNotMet | News::StillOwed => (
            "As your documents stand today, it would then not be met.",
            "وبحسب مستنداتكم اليوم فإنها لن تكون مستوفاة عندئذ.",
        ),
        _ => (
            "Whether it is met then, your documents do not say yet.",
            "ولا يتبيّن بعد من مستنداتكم ما إذا كانت ستكون مستوفاة عندئذ.",
        ),
    };
    match language {
        Language::English => format!("From {again} on the rule applies again. {english}"),
        Language::Arabic => format!("وتعود القاعدة سارية ابتداءً من {again}. {arabic}"),
    }
}

fn request(waiver: &WaiverEnding, language: Language) -> String {
    let met = waiver.without == News::BecameMet;
    match (language, met) {
        (Language::English, true) => "No action is needed.".to_owned(),
        (Language::Arabic, true) => "لا يلزم أي إجراء.".to_owned(),
        (Language::English, false) => {
            "If the reason for the waiver remains, please reply with one word: “extension”. \
             A person decides."
                .to_owned()
        }
        (Language::Arabic, false) => {
            "إن بقي سبب الإعفاء قائمًا يُرجى الرد بكلمة واحدة: «مهلة». وثمة من ينظر في الطلب \
             ويبتّ فيه."
                .to_owned()
        }
    }
}

fn rows(waiver: &WaiverEnding, language: Language) -> Vec<(String, String)> {
    let (by, why) = match language {
        Language::English => ("Granted by", "Because"),
        Language::Arabic => ("الجهة المانحة", "السبب"),
    };
    let mut rows = vec![phrases::day_row(("Last day", "آخر يوم"), waiver.ends, language)];
    rows.push((by.to_owned(), name(&waiver.granted_by)));
    rows.push((why.to_owned(), name(&waiver.why)));
    rows.extend(phrases::rule_rows(&waiver.rule, language));
    rows
}
