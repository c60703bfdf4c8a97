//! The answers to an editor's questions, each from one page of [`crate::editor`].

use ls_types as lsp;

use crate::compile::Source;
use crate::compile::canonical::{Kept, canonical};
use crate::editor;
use crate::editor::hover::hover;
use crate::shell::lsp::Session;
use crate::shell::lsp::shapes;
use crate::shell::lsp::writing::TRY;
use crate::text::isolate;

/// What this editor's side can do.
pub(super) fn capabilities() -> lsp::ServerCapabilities {
    lsp::ServerCapabilities {
        position_encoding: Some(lsp::PositionEncodingKind::UTF16),
        text_document_sync: Some(lsp::TextDocumentSyncCapability::Kind(
            lsp::TextDocumentSyncKind::INCREMENTAL,
        )),
        hover_provider: Some(lsp::HoverProviderCapability::Simple(true)),
        completion_provider: Some(lsp::CompletionOptions {
            trigger_characters: Some(vec![" ".to_owned(), ":".to_owned()]),
            ..lsp::CompletionOptions::default()
        }),
        code_action_provider: Some(lsp::CodeActionProviderCapability::Options(
            lsp::CodeActionOptions {
                code_action_kinds: Some(vec![lsp::CodeActionKind::QUICKFIX]),
                ..lsp::CodeActionOptions::default()
            },
        )),
        definition_provider: Some(lsp::OneOf::Left(true)),
        code_lens_provider: Some(lsp::CodeLensOptions { resolve_provider: Some(false) }),
        execute_command_provider: Some(lsp::ExecuteCommandOptions {
            commands: vec![TRY.to_owned()],
            ..lsp::ExecuteCommandOptions::default()
        }),
        document_formatting_provider: Some(lsp::OneOf::Left(true)),
        ..lsp::ServerCapabilities::default()
    }
}

impl Session<'_> {
    /// The rule around a place, read back in the other language.
    pub(super) fn hover(&self, asked: &lsp::HoverParams) -> Option<lsp::Hover> {
        let place = &asked.text_document_position_params;
        let (desk, open) = self.at(&place.text_document.uri)?;
        let position = shapes::position(place.position);
        let found = hover(desk, &open.home.name, &open.sheet, position)?;
        let mut lines: Vec<String> =
            found.lines.iter().map(|line| isolate(&escaped(line))).collect();
        lines.extend(found.word.map(|[own, other]| {
            format!("{} — {}", isolate(&escaped(&own)), isolate(&escaped(&other)))
        }));
        lines.extend(found.meaning.map(|meaning| format!("`{meaning}`")));
        Some(lsp::Hover {
            contents: lsp::HoverContents::Markup(lsp::MarkupContent {
                kind: lsp::MarkupKind::Markdown,
                value: lines.join("\n\n"),
            }),
            range: Some(shapes::range(&open.sheet, &found.range)),
        })
    }

    /// The whole file in canonical words; a file that stays as it is says why.
    pub(super) fn format(
        &self,
        asked: &lsp::DocumentFormattingParams,
    ) -> Option<Vec<lsp::TextEdit>> {
        let (desk, open) = self.at(&asked.text_document.uri)?;
        if editor::teaches_words(&open.home.name) {
            return None;
        }
        let text = open.sheet.text();
        let source = Source::new(&open.home.name, text);
        match canonical(&source, None, &desk.vocabulary) {
            Ok(said) if said == text => Some(Vec::new()),
            Ok(said) => {
                let all = shapes::range(&open.sheet, &(0..text.len()));
                Some(vec![lsp::TextEdit::new(all, said)])
            }
            Err(kept) => {
                self.say(kept_as_it_is(kept));
                None
            }
        }
    }

    /// One sentence to the person at the editor, English then Arabic.
    pub(super) fn say(&self, said: [&str; 2]) {
        let params = lsp::ShowMessageParams {
            typ: lsp::MessageType::INFO,
            message: self.pick(said).to_owned(),
        };
        self.tell("window/showMessage", params);
    }
}

fn kept_as_it_is(kept: Kept) -> [&'static str; 2] {
    match kept {
        Kept::Mistakes => [
            "The file has mistakes, so it stays as it is until they are mended.",
            "في الملف أخطاء، فيبقى كما هو إلى أن تُصحَّح.",
        ],
        Kept::OtherMeaning => [
            "In canonical words the file would mean something else, so it stays as it is.",
            "لو كُتب الملف بالصيغة المعتمدة لتغيّر معناه، فيبقى كما هو.",
        ],
    }
}

/// A line of a rule as Markdown shows it unchanged.
fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        if "\\`*_{}[]()#+!<>|~".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
