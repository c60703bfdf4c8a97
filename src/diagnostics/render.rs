//! Diagnostics as text for a terminal. A caret points only into lines that run left to
//! right: under Arabic it would point at the wrong word, so the words are quoted instead.

use crate::diagnostics::{Diagnostic, Severity};
use crate::text::{Language, is_arabic_letter, is_direction_mark};

/// A diagnostic in one language, over several lines, without a line end after the last.
pub fn text(diagnostic: &Diagnostic, language: Language) -> String {
    let mut lines = vec![heading(diagnostic, language)];
    lines.push(format!("  {}", diagnostic.says(language)));
    lines.extend(pointed(diagnostic));
    let arrow = match language {
        Language::English => '→',
        Language::Arabic => '←',
    };
    for (index, suggestion) in diagnostic.suggestions.iter().enumerate() {
        // A suggestion may be two lines: a rule and its label.
        let mut parts = suggestion.lines();
        lines.extend(parts.next().map(|first| format!("  {arrow} {first}")));
        lines.extend(parts.map(|part| format!("    {part}")));
        lines.extend(given(diagnostic, index, language));
    }
    if !diagnostic.advice(language).is_empty() {
        lines.push(format!("  {}", diagnostic.advice(language)));
    }
    lines.join("\n")
}

/// What a choice would ask.
fn given(diagnostic: &Diagnostic, index: usize, language: Language) -> Option<String> {
    let [english, arabic] = diagnostic.gives.get(index)?;
    let gives = match language {
        Language::English => english,
        Language::Arabic => arabic,
    };
    (!gives.is_empty()).then(|| format!("      {gives}"))
}

fn heading(diagnostic: &Diagnostic, language: Language) -> String {
    let place = &diagnostic.place;
    let (code, file, line) = (diagnostic.code, &place.file, place.line);
    let severity = severity(diagnostic.severity, language);
    let rule = place.rule.as_ref().map(|rule| format!(" · {rule}")).unwrap_or_default();
    match (language, line) {
        (_, 0) => format!("{file}{rule} · {severity} {code}"),
        (Language::English, _) => format!("{file}:{line}{rule} · {severity} {code}"),
        (Language::Arabic, _) => {
            format!("{file}، السطر {line}{rule} · {severity} {code}")
        }
    }
}

fn severity(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::English) => "error",
        (Severity::Warning, Language::English) => "warning",
        (Severity::Note, Language::English) => "note",
        (Severity::Error, Language::Arabic) => "خطأ",
        (Severity::Warning, Language::Arabic) => "تنبيه",
        (Severity::Note, Language::Arabic) => "ملاحظة",
    }
}

/// The line with a caret under the words, where the line runs left to right.
fn pointed(diagnostic: &Diagnostic) -> Vec<String> {
    let place = &diagnostic.place;
    let turned = |c: char| is_arabic_letter(c) || is_direction_mark(c);
    let straight = !place.source.contains(turned);
    if place.source.is_empty() || !straight || !place.source.contains(&place.text) {
        return Vec::new();
    }
    let trimmed = place.source.trim_start();
    let indent = place.source.chars().count() - trimmed.chars().count();
    let column = usize::try_from(place.column).unwrap_or(1).saturating_sub(1 + indent);
    let carets = "^".repeat(place.text.chars().count().max(1));
    vec![format!("    {trimmed}"), format!("    {}{carets}", " ".repeat(column))]
}
