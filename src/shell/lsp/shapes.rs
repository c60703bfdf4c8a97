//! What the editor is told, in the shapes of its protocol.

use std::ops::Range;

use ls_types as lsp;

use crate::diagnostics::{Diagnostic, Severity};
use crate::editor;
use crate::editor::sheet::{Position, Sheet};
use crate::text::Language;

/// A place of the editor's as ours.
pub(super) fn position(position: lsp::Position) -> Position {
    Position { line: position.line, character: position.character }
}

pub(super) fn between(range: lsp::Range) -> Range<Position> {
    position(range.start)..position(range.end)
}

/// Bytes of a file as the editor counts them.
pub(super) fn range(sheet: &Sheet, bytes: &Range<usize>) -> lsp::Range {
    let positions = sheet.positions(bytes);
    let of = |it: Position| lsp::Position::new(it.line, it.character);
    lsp::Range::new(of(positions.start), of(positions.end))
}

/// A message with its corrections, in one language.
pub(super) fn diagnostic(
    told: &Diagnostic,
    sheet: &Sheet,
    language: Language,
) -> lsp::Diagnostic {
    let severity = match told.severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Note => lsp::DiagnosticSeverity::INFORMATION,
    };
    lsp::Diagnostic {
        range: range(sheet, &editor::place_in(sheet, &told.place)),
        severity: Some(severity),
        code: Some(lsp::NumberOrString::String(told.code.to_owned())),
        source: Some("mithaq".to_owned()),
        message: message(told, language),
        ..lsp::Diagnostic::default()
    }
}

/// What is wrong, the corrections with what each would ask, and what to do besides.
fn message(told: &Diagnostic, language: Language) -> String {
    let mut lines = vec![told.says(language).to_owned()];
    let arrow = match language {
        Language::English => '→',
        Language::Arabic => '←',
    };
    for (index, suggestion) in told.suggestions.iter().enumerate() {
        let mut parts = suggestion.lines();
        lines.extend(parts.next().map(|first| format!("{arrow} {first}")));
        lines.extend(parts.map(|part| format!("  {part}")));
        let gives = told.gives.get(index).map(|[english, arabic]| match language {
            Language::English => english,
            Language::Arabic => arabic,
        });
        lines.extend(gives.filter(|it| !it.is_empty()).map(|it| format!("    {it}")));
    }
    if !told.advice(language).is_empty() {
        lines.push(told.advice(language).to_owned());
    }
    lines.join("\n")
}
