//! The letter about the index: its value, its band, what moved it, what would gain most.

use super::Letter;
use super::body::CauseLine;
use super::body::DimensionBar;
use super::body::IndexDelta;
use super::body::IndexPoint;
use super::page::Bar;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::CLOSE;
use super::words::LTR;
use super::words::clean;
use super::words::code;
use super::words::date;
use super::words::month_name;
use super::words::name;
use super::words::percent;
use super::words::signed;
use super::words::tenths;
use crate::delta::Cause;
use crate::limits::LETTER_ITEMS_MAX;
use crate::text::Language;

pub(crate) fn page(letter: &Letter, delta: &IndexDelta) -> Page {
    let language = letter.to.language;
    let mut page = Page::new(language, tone(delta), subject(letter, delta));
    page.lead(lead(delta, language));
    page.blocks.push(Block::Rows(point_rows(&delta.to, language)));
    causes(&mut page, delta);
    if !delta.dimensions.is_empty() {
        page.heading(match language {
            Language::English => "Dimensions",
            Language::Arabic => "الأبعاد",
        });
        let bars = delta.dimensions.iter().map(|one| bar(one, language)).collect();
        page.blocks.push(Block::Bars(bars));
    }
    gains(&mut page, delta);
    page.paragraph(left_out(delta, language));
    phrases::foot(&mut page, letter);
    page
}

fn tone(delta: &IndexDelta) -> Tone {
    match delta.total() {
        Some(points) if points > 0 => Tone::Good,
        Some(points) if points < 0 => Tone::Look,
        _ => Tone::Calm,
    }
}

/// Signs do not keep their place in a subject, so it says "up" and "down".
fn subject(letter: &Letter, delta: &IndexDelta) -> String {
    let language = letter.to.language;
    let organization = clean(letter.to.organization_name.read_in(language));
    let (year, month, _) = delta.to.as_of.ymd();
    let month = month_name(month, language);
    let reading = match delta.to.value {
        Some(value) => {
            let value = tenths(value);
            match moved(delta, language) {
                Some(moved) if language == Language::English => {
                    format!("{value}, {moved}")
                }
                Some(moved) => format!("{value}، {moved}"),
                None => value,
            }
        }
        None if language == Language::English => "readiness".to_owned(),
        None => "الجاهزية".to_owned(),
    };
    match language {
        Language::English => {
            format!("Governance Index of {organization}: {reading} — {month} {year}")
        }
        Language::Arabic => {
            format!("مؤشر الحوكمة لدى {organization}: {reading} — {month} {year}")
        }
    }
}

/// "up 2.2"; `None` when either side has no value.
fn moved(delta: &IndexDelta, language: Language) -> Option<String> {
    let total = delta.total()?;
    let points = tenths(total.saturating_abs());
    Some(match (language, total.signum()) {
        (Language::English, 1) => format!("up {points}"),
        (Language::English, -1) => format!("down {points}"),
        (Language::English, _) => "unchanged".to_owned(),
        (Language::Arabic, 1) => format!("بارتفاع {points}"),
        (Language::Arabic, -1) => format!("بانخفاض {points}"),
        (Language::Arabic, _) => "دون تغيّر".to_owned(),
    })
}

fn lead(delta: &IndexDelta, language: Language) -> String {
    let since = date(delta.from.as_of, language);
    let Some(value) = delta.to.value else {
        return readiness(delta, language);
    };
    let value = tenths(value);
    match (language, moved(delta, language)) {
        (Language::English, Some(moved)) => {
            format!("Your index stands at {value} of 100, {moved} since {since}.")
        }
        (Language::Arabic, Some(moved)) => {
            format!("مؤشركم الآن {value} من 100، {moved} منذ {since}.")
        }
        (Language::English, None) => format!(
            "Your index has a value now: {value} of 100. On {since} there was too little \
             evidence for one."
        ),
        (Language::Arabic, None) => {
            format!(
                "لمؤشركم الآن قيمة: {value} من 100. ولم يكن الدليل كافيًا لذلك في {since}."
            )
        }
    }
}

fn readiness(delta: &IndexDelta, language: Language) -> String {
    let coverage = percent(delta.to.coverage);
    match language {
        Language::English => format!(
            "Your index has no value yet: your documents answer {coverage} of what the rules \
             ask, and 70% is needed."
        ),
        Language::Arabic => format!(
            "لا قيمة لمؤشركم بعد: تجيب مستنداتكم عن {coverage} مما تطلبه القواعد، واللازم 70%."
        ),
    }
}

/// Grade, band and coverage.
pub(crate) fn point_rows(
    point: &IndexPoint,
    language: Language,
) -> Vec<(String, String)> {
    let [grade, band, coverage] = match language {
        Language::English => ["Grade", "Band that the evidence allows", "Coverage"],
        Language::Arabic => ["الدرجة", "المدى الذي يسمح به الدليل", "التغطية"],
    };
    let mut rows = Vec::new();
    if let Some(letter) = point.grade {
        rows.push((grade.to_owned(), code(&letter.to_string())));
    }
    let (low, high) = (tenths(point.low), tenths(point.high));
    rows.push((
        band.to_owned(),
        match language {
            Language::English => format!("from {low} to {high}"),
            Language::Arabic => format!("من {low} إلى {high}"),
        },
    ));
    rows.push((coverage.to_owned(), percent(point.coverage)));
    rows
}

fn causes(page: &mut Page, delta: &IndexDelta) {
    let language = page.language;
    let Some(total) = delta.total() else {
        return;
    };
    if delta.causes.is_empty() && total == 0 {
        return;
    }
    page.heading(match language {
        Language::English => "What moved it",
        Language::Arabic => "ما الذي حرّكه",
    });
    let mut lines: Vec<(String, String)> = delta
        .causes
        .iter()
        .take(LETTER_ITEMS_MAX)
        .map(|cause| (signed(cause.points), cause_line(cause, language)))
        .collect();
    let told: i32 =
        delta.causes.iter().take(LETTER_ITEMS_MAX).map(|cause| cause.points).sum();
    if told != total {
        let rest = match language {
            Language::English => "all other causes together",
            Language::Arabic => "سائر الأسباب مجتمعة",
        };
        lines.push((signed(total - told), rest.to_owned()));
    }
    let sum = match language {
        Language::English => "in all",
        Language::Arabic => "المجموع",
    };
    page.blocks.push(Block::Sums { lines, total: (signed(total), sum.to_owned()) });
}

fn cause_line(cause: &CauseLine, language: Language) -> String {
    let what = match (language, cause.cause) {
        (Language::English, Cause::Evidence) => "new documents",
        (Language::English, Cause::Time) => "time passed",
        (Language::English, Cause::Rules) if cause.is_calendar => "the calendar changed",
        (Language::English, Cause::Rules) => "the rules changed",
        (Language::English, Cause::Waivers) => "waivers",
        (Language::English, Cause::Membership) => "the organization's register changed",
        (Language::English, Cause::Corrections) => "corrections",
        (Language::English, Cause::Cap) => "the cap of a critical rule that is not met",
        (Language::Arabic, Cause::Evidence) => "مستندات جديدة",
        (Language::Arabic, Cause::Time) => "مضيّ الوقت",
        (Language::Arabic, Cause::Rules) if cause.is_calendar => "تعديل في التقويم",
        (Language::Arabic, Cause::Rules) => "تعديل في القواعد",
        (Language::Arabic, Cause::Waivers) => "إعفاءات",
        (Language::Arabic, Cause::Membership) => "تغيّر في سجل المؤسسة",
        (Language::Arabic, Cause::Corrections) => "تصحيحات",
        (Language::Arabic, Cause::Cap) => "السقف الذي تضعه قاعدة حرجة غير مستوفاة",
    };
    let rule = cause.rule.as_deref().map(|rule| rule_of(rule, cause, language));
    let document = cause.document.as_deref().map(name);
    match (language, rule, document) {
        (Language::English, Some(rule), Some(document)) => {
            format!("{what}: {document}, for {rule}")
        }
        (Language::Arabic, Some(rule), Some(document)) => {
            format!("{what}: {document}، للقاعدة {rule}")
        }
        (_, Some(rule), None) => format!("{what}: {rule}"),
        (_, None, Some(document)) => format!("{what}: {document}"),
        (_, None, None) => what.to_owned(),
    }
}

fn rule_of(rule: &str, cause: &CauseLine, language: Language) -> String {
    match &cause.rule_text {
        Some(text) => format!(
            "{} {}",
            code(rule),
            phrases::quoted(text.read_in(language), language)
        ),
        None => code(rule),
    }
}

fn bar(dimension: &DimensionBar, language: Language) -> Bar {
    let reading = match (dimension.value, dimension.change, language) {
        (Some(value), Some(change), _) if change != 0 => {
            format!("{} ({})", tenths(value), signed(change))
        }
        (Some(value), _, _) => tenths(value),
        (None, _, Language::English) => "nothing known yet".to_owned(),
        (None, _, Language::Arabic) => "لا شيء معروف بعد".to_owned(),
    };
    Bar {
        label: name(dimension.name.read_in(language)),
        tenths: dimension.value.unwrap_or(0),
        reading,
    }
}

fn gains(page: &mut Page, delta: &IndexDelta) {
    let language = page.language;
    let items = delta
        .gains
        .iter()
        .take(3)
        .map(|(rule, text, points)| Item {
            tone: Tone::Good,
            mark: signed(*points),
            title: code(rule),
            lines: vec![name(text.read_in(language))],
        })
        .collect();
    let heading = match language {
        Language::English => "What would gain most",
        Language::Arabic => "ما يرفعه أكثر من غيره",
    };
    page.list(heading, items);
}

fn left_out(delta: &IndexDelta, language: Language) -> String {
    let (unknown, waived, other) =
        (delta.unknown_rules, delta.waived_rules, delta.not_applicable_rules);
    let numbers = |text: &str| format!("{LTR}{text}{CLOSE}");
    let (unknown, waived, other) = (
        numbers(&unknown.to_string()),
        numbers(&waived.to_string()),
        numbers(&other.to_string()),
    );
    match language {
        Language::English => format!(
            "Not counted: rules without an answer {unknown}, waived {waived}, not applicable \
             to you {other}."
        ),
        Language::Arabic => format!(
            "ما لم يُحتسب: قواعد بلا جواب {unknown}، معفى منها {waived}، لا تسري عليكم {other}."
        ),
    }
}
