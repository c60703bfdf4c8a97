//! Declarations and registrations: who declared, under what number one is registered.

use super::found::Facts;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::words;
use crate::document::FactName;
use crate::document::Value;
use crate::text;

/// Labels before the name of the person who declares.
const NAME_LABELS: [&str; 10] = [
    "name",
    "full name",
    "declarant",
    "name of member",
    "i the undersigned",
    "الاسم",
    "اسم المقر",
    "انا الموقع ادناه",
    "انا الموقعه ادناه",
    "اقر انا",
];

/// One declaration in a paper of sentences, or one a row in a table.
pub(super) fn declarations(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    if let Some(columns) = Columns::of(paper) {
        columns.read(paper, facts);
        return;
    }
    let named = paper.lines.iter().enumerate().find_map(|(index, line)| {
        NAME_LABELS.iter().find_map(|label| Some((index, name_after(line, label)?)))
    });
    if let Some((index, name)) = named {
        facts.read(FactName::Declarant, Value::Person { name, role: None }, 800, index);
    }
    let dates = paper.lines.iter().enumerate().filter_map(|(index, line)| {
        let day = line.dates.first().and_then(|written| written.day(paper.order))?;
        let labelled =
            line.words.starts_with("date") || line.words.starts_with("التاريخ");
        Some((labelled, index, day))
    });
    if let (false, Some((_, index, day))) = (
        facts.has(FactName::DateSigned),
        dates.max_by_key(|(labelled, index, _)| (*labelled, *index)),
    ) {
        facts.read(FactName::DateSigned, Value::Day(day), 800, index);
    }
}

/// The words after a label at the start of a line, up to a comma or the line's end.
fn name_after(line: &Prepared<'_>, label: &str) -> Option<String> {
    let rest = line.words.strip_prefix(label)?;
    if !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    let after = line.words.split(' ').skip(label.split(' ').count()).take(6);
    let wanted: Vec<&str> = after.collect();
    let first = wanted.first()?;
    // From the words back to the text as it was written.
    let source = &line.line.text;
    let start =
        source.split_whitespace().position(|word| words(&text::key(word)) == *first)?;
    let name: Vec<&str> = source.split_whitespace().skip(start).take(6).collect();
    let name = name.join(" ");
    let name =
        name.split([',', '،', '|', ';', '؛', '.']).next().unwrap_or_default().trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// A table with a column of names and a column of dates.
struct Columns {
    header: usize,
    name: usize,
}

impl Columns {
    fn of(paper: &Paper<'_>) -> Option<Columns> {
        let lines = paper.lines.iter().enumerate().take(10);
        lines.into_iter().find_map(|(header, line)| {
            let cells: Vec<String> =
                cells(line).iter().map(|cell| words(&text::key(cell))).collect();
            let is_name = |cell: &String| {
                matches!(
                    cell.as_str(),
                    "name" | "full name" | "member" | "الاسم" | "اسم العضو"
                )
            };
            let name = cells.iter().position(is_name)?;
            (cells.len() >= 2).then_some(Columns { header, name })
        })
    }

    fn read(&self, paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
        let mut first = true;
        for (index, line) in paper.lines.iter().enumerate().skip(self.header + 1) {
            let cells = cells(line);
            let Some(name) = cells.get(self.name).filter(|name| !name.is_empty()) else {
                continue;
            };
            if !first {
                facts.next_group();
            }
            first = false;
            let person = Value::Person { name: (*name).to_owned(), role: None };
            facts.read(FactName::Declarant, person, 900, index);
            if let Some(day) =
                line.dates.first().and_then(|written| written.day(paper.order))
            {
                facts.read(FactName::DateSigned, Value::Day(day), 900, index);
            }
        }
    }
}

fn cells<'t>(line: &Prepared<'t>) -> Vec<&'t str> {
    line.line.text.split('|').map(str::trim).collect()
}

/// People listed in a table with a column of names: an attendance list.
pub(super) fn attendees(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    let Some(columns) = Columns::of(paper) else { return };
    let mut count = 0u16;
    for (index, line) in paper.lines.iter().enumerate().skip(columns.header + 1) {
        let cells = cells(line);
        let Some(name) = cells.get(columns.name).filter(|name| !name.is_empty()) else {
            continue;
        };
        let away = [
            "absent",
            "apologies",
            "غايب",
            "غايبه",
            "معتذر",
            "اعتذر",
            "اعتذرت",
            "معتذره",
        ];
        let absent = line.words.split(' ').any(|word| away.contains(&word));
        count = count.saturating_add(u16::from(!absent));
        let person = Value::Person { name: (*name).to_owned(), role: None };
        facts.read(FactName::Person, person, 800, index);
    }
    if count > 0 {
        let value = Value::Attendance { present: count, of: None };
        facts.read(FactName::Attendance, value, 800, columns.header);
    }
}

/// Everybody in a table with a column of names: the members of a body.
pub(super) fn members(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    let Some(columns) = Columns::of(paper) else { return };
    for (index, line) in paper.lines.iter().enumerate().skip(columns.header + 1) {
        let cells = cells(line);
        let is_name = |name: &&&str| name.contains(char::is_alphabetic);
        if let Some(name) = cells.get(columns.name).filter(is_name) {
            let person = Value::Person { name: (*name).to_owned(), role: None };
            facts.read(FactName::Member, person, 850, index);
        }
    }
}

/// Labels before a registration's number.
const NUMBER_LABELS: [&str; 10] = [
    "registration no",
    "registration number",
    "reg no",
    "registered number",
    "certificate no",
    "رقم التسجيل",
    "علم وخبر رقم",
    "رقم الشهاده",
    "تحت رقم",
    "سجل رقم",
];

/// The number under which the organization is registered.
pub(super) fn registration(paper: &Paper<'_>, facts: &mut Facts<'_, '_>) {
    for (index, line) in paper.lines.iter().enumerate() {
        let folded = text::fold(&line.line.text);
        for label in NUMBER_LABELS {
            let Some(at) = folded.key.find(label) else { continue };
            let range = folded.source_range(at + label.len(), folded.key.len());
            let rest = line.line.text.get(range).unwrap_or_default();
            let rest = rest.trim_start_matches([':', '.', ' ', '(', '#']);
            let number: String = rest
                .chars()
                .take_while(|c| !c.is_whitespace() && !matches!(c, ')' | ',' | '،'))
                .collect();
            if number.chars().any(char::is_numeric) {
                let number = number.trim_end_matches('.').to_owned();
                facts.read(FactName::RegistrationNumber, Value::Text(number), 850, index);
                return;
            }
        }
    }
}
