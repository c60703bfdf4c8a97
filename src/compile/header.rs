//! What the top of a rulebook declares.

use crate::calendar::MonthCounting;
use crate::compile::{Source, place, values};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::program::{Force, Rulebook, Status};
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
            if !book.dimensions.iter().any(|dimension| key(dimension) == key(value)) {
                book.dimensions.push(value.to_owned());
            }
        }
        Label::Includes => {
            let example =
                ["palestine-ngo-law as Integrity", "palestine-ngo-law بوصفها النزاهة"];
            let (rulebook, dimension) = included(value).ok_or(Fault::Value(example))?;
            let known = book.dimensions.iter().any(|known| key(known) == key(&dimension));
            if !known {
                book.dimensions.push(dimension.clone());
            }
            book.includes.push((rulebook, dimension));
        }
        Label::Later => return Err(Fault::Line(LineFault::NotSupportedYet)),
        _ => return Err(Fault::Line(LineFault::LabelWithoutRule)),
    }
    Ok(())
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
