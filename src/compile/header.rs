//! What the top of a rulebook declares.

use crate::calendar::MonthCounting;
use crate::compile::{Source, place, values};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::limits;
use crate::program::{Force, Mean, Rulebook, Status};
use crate::rulebook::{Choice, Clause, Clauses, Label};
use crate::text::Language;
use crate::text::key;
use crate::vocabulary::Vocabulary;

/// Whether a file names the rulebook's language itself.
pub(crate) fn names_language(clauses: &Clauses) -> bool {
    clauses.header.iter().any(|clause| clause.label == Label::Language)
}

/// Reads the header of one file into the rulebook; several files may share the work.
pub(crate) fn read(
    book: &mut Rulebook,
    source: &Source,
    clauses: &Clauses,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for choice in &clauses.choices {
        choose(book, *choice);
    }
    let mut seen: Vec<Label> = Vec::new();
    for clause in &clauses.header {
        let place = place(source, &clause.value);
        if clause.value.text.is_empty() {
            let place = place.at(&clause.name);
            diagnostics.push(lines::line_fault(&place, LineFault::EmptyValue));
            continue;
        }
        if seen.contains(&clause.label) && !repeats(clause.label) {
            let place = place.at(&clause.name);
            diagnostics.push(lines::line_fault(&place, LineFault::RepeatedLabel));
            continue;
        }
        seen.push(clause.label);
        if let Err(fault) = declare(book, clause, vocabulary) {
            diagnostics.push(match fault {
                Fault::Line(LineFault::TooManyDimensions) => lines::line_fault(
                    &place.at(&clause.value.text),
                    LineFault::TooManyDimensions,
                ),
                Fault::Line(fault) => lines::line_fault(&place.at(&clause.name), fault),
                Fault::Value(example) => lines::label_value(
                    &place.at(&clause.value.text),
                    &clause.name,
                    example,
                ),
            });
        }
    }
}

enum Fault {
    Line(LineFault),
    /// The value cannot be read; an example of one that could.
    Value([&'static str; 2]),
}

fn repeats(label: Label) -> bool {
    matches!(label, Label::Dimension | Label::Includes | Label::Suspended | Label::Later)
}

fn choose(book: &mut Rulebook, choice: Choice) {
    match choice {
        Choice::FiscalQuarters => book.fiscal_quarters = true,
        Choice::CalendarQuarters => book.fiscal_quarters = false,
        Choice::MonthsByDate => book.months = MonthCounting::ByDate,
        Choice::MonthsToMonthEnd => book.months = MonthCounting::ToMonthEnd,
    }
}

fn declare(
    book: &mut Rulebook,
    clause: &Clause,
    vocabulary: &Vocabulary,
) -> Result<(), Fault> {
    let value = clause.value.text.as_str();
    match clause.label {
        Label::Rulebook => value.clone_into(&mut book.title),
        Label::Language => {
            let language = values::choice(value, &LANGUAGES);
            book.language = language.ok_or(Fault::Value(["English", "العربية"]))?;
        }
        Label::InForce => {
            let day = values::first_day(value, vocabulary);
            let example = ["from 1 January 2026", "اعتبارًا من 1 كانون الثاني 2026"];
            book.in_force = Some(day.ok_or(Fault::Value(example))?);
        }
        Label::Months => {
            let example = ["counted to the month end", "حتى نهاية الشهر"];
            book.months = values::choice(value, &MONTHS).ok_or(Fault::Value(example))?;
        }
        Label::Quarters => {
            let example = ["of the fiscal year", "من السنة المالية"];
            let fiscal = values::choice(value, &QUARTERS);
            book.fiscal_quarters = fiscal.ok_or(Fault::Value(example))?;
        }
        Label::LateEvidence => {
            let lag = values::duration(value, vocabulary);
            book.lag = lag.ok_or(Fault::Value(["15 days late", "متأخرة 15 يومًا"]))?;
        }
        Label::Lead => {
            let lead = values::duration(value, vocabulary);
            book.lead = lead.ok_or(Fault::Value(["30 days", "30 يومًا"]))?;
        }
        Label::Force => {
            let force = values::choice(value, &FORCES);
            book.force = force.ok_or(Fault::Value(["charter", "ميثاق"]))?;
        }
        Label::Jurisdiction => {
            let codes = values::jurisdictions(value);
            book.jurisdictions = codes.ok_or(Fault::Value(values::JURISDICTION))?;
        }
        Label::Suspended => {
            let window = values::suspension(value, vocabulary);
            book.suspended.push(window.ok_or(Fault::Value(values::SUSPENSION))?);
        }
        Label::Status => {
            let status = values::choice(value, &STATUSES);
            book.status = status.ok_or(Fault::Value(["draft", "مسودة"]))?;
        }
        Label::Dimension => {
            let example = ["Integrity (weight 2)", "النزاهة (الوزن 2)"];
            let weighed = weighed(value, vocabulary).ok_or(Fault::Value(example))?;
            dimension(book, weighed.0)?;
            if weighed.1 != 1 {
                book.dimension_weights.insert(weighed.0.to_owned(), weighed.1);
            }
        }
        Label::Includes => {
            let example =
                ["palestine-ngo-law as Integrity", "palestine-ngo-law بوصفها النزاهة"];
            let (rulebook, dimension) = included(value).ok_or(Fault::Value(example))?;
            self::dimension(book, &dimension)?;
            book.includes.push((rulebook, dimension));
        }
        Label::Index => {
            let mean = values::choice(value, &MEANS);
            let example = ["arithmetic mean", "متوسط حسابي"];
            book.mean = mean.ok_or(Fault::Value(example))?;
        }
        Label::Later => return Err(Fault::Line(LineFault::NotSupportedYet)),
        _ => return Err(Fault::Line(LineFault::LabelWithoutRule)),
    }
    Ok(())
}

fn dimension(book: &mut Rulebook, name: &str) -> Result<(), Fault> {
    if book.dimensions.iter().any(|known| key(known) == key(name)) {
        return Ok(());
    }
    if book.dimensions.len() >= limits::DIMENSIONS_MAX {
        return Err(Fault::Line(LineFault::TooManyDimensions));
    }
    book.dimensions.push(name.to_owned());
    Ok(())
}

/// A dimension and its weight: "Integrity (weight 2)", «النزاهة (الوزن 2)»; without one it
/// weighs 1. `None` where the weight cannot be read or is too large.
pub(crate) fn weighed<'v>(
    value: &'v str,
    vocabulary: &Vocabulary,
) -> Option<(&'v str, u16)> {
    let inside = value.strip_suffix(')').and_then(|value| value.rsplit_once('('));
    let Some((name, inside)) = inside else { return Some((value, 1)) };
    let words = inside.trim().split_once(char::is_whitespace);
    let is_weight =
        |word: &str| ["weight", "الوزن", "وزن"].iter().any(|it| key(it) == key(word));
    let Some((_, number)) = words.filter(|(word, _)| is_weight(word)) else {
        return Some((value, 1));
    };
    let weight = values::weight(number.trim(), vocabulary)?;
    let fits = weight <= limits::DIMENSION_WEIGHT_MAX && !name.trim().is_empty();
    fits.then(|| (name.trim(), weight))
}

/// "palestine-ngo-law as Integrity", «palestine-ngo-law بوصفها النزاهة».
pub(crate) fn included(value: &str) -> Option<(String, String)> {
    let (rulebook, dimension) = [" as ", " بوصفها ", " باسم ", " ضمن محور ", " كمحور "]
        .iter()
        .find_map(|word| value.split_once(word))?;
    let (rulebook, dimension) = (rulebook.trim(), dimension.trim());
    let whole = !rulebook.is_empty() && !dimension.is_empty();
    whole.then(|| (rulebook.to_lowercase(), dimension.to_owned()))
}

const LANGUAGES: [(&[&str], Language); 2] = [
    (&["English", "الإنجليزية", "إنجليزي"], Language::English),
    (&["Arabic", "العربية", "عربي"], Language::Arabic),
];
pub(crate) const MONTHS: [(&[&str], MonthCounting); 2] = [
    (
        &[
            "counted to the month end",
            "to the month end",
            "month end",
            "حتى نهاية الشهر",
            "إلى نهاية الشهر",
            "تُحسب إلى نهاية الشهر",
        ],
        MonthCounting::ToMonthEnd,
    ),
    (&["counted by date", "by date", "بالتاريخ", "تُحسب بالتاريخ"], MonthCounting::ByDate),
];
pub(crate) const MEANS: [(&[&str], Mean); 2] = [
    (
        &["geometric mean", "a geometric mean", "geometric", "متوسط هندسي", "وسط هندسي"],
        Mean::Geometric,
    ),
    (
        &[
            "arithmetic mean",
            "an arithmetic mean",
            "arithmetic",
            "متوسط حسابي",
            "وسط حسابي",
        ],
        Mean::Arithmetic,
    ),
];
pub(crate) const QUARTERS: [(&[&str], bool); 2] = [
    (
        &["of the fiscal year", "fiscal", "fiscal quarters", "من السنة المالية", "مالية"],
        true,
    ),
    (
        &[
            "of the calendar year",
            "calendar",
            "calendar quarters",
            "من السنة الميلادية",
            "ميلادية",
        ],
        false,
    ),
];
pub(crate) const FORCES: [(&[&str], Force); 3] = [
    (&["law", "قانون", "القانون"], Force::Law),
    (&["charter", "ميثاق", "الميثاق"], Force::Charter),
    (
        &[
            "good practice",
            "ممارسة جيدة",
            "ممارسة فضلى",
            "الممارسات الفضلى",
            "ممارسة حسنة",
        ],
        Force::GoodPractice,
    ),
];
/// Of rules and of rulebooks.
pub(crate) const STATUSES: [(&[&str], Status); 3] = [
    (&["draft", "مسودة"], Status::Draft),
    (&["in force", "نافذة", "سارية", "نافذ"], Status::InForce),
    (&["suspended", "معلقة", "موقوفة", "معلّق"], Status::Suspended),
];
