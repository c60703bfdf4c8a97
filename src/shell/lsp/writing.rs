//! What helps while writing: completions, quick fixes, definitions, and the lens that tries a
//! rulebook on real organizations.

use std::process::Command;

use ls_types as lsp;
use lsp_server::{Message, Notification, RequestId, Response};
use serde_json::Value as Json;

use crate::editor::completion::{Completion, Sort, completions};
use crate::editor::definition::{can_be_tried, definition};
use crate::editor::fix::fixes;
use crate::editor::place_in;
use crate::shell::lsp::{Session, files, shapes};
use crate::text::Language;

/// The command of the lens, with the file's name for the protocol as its argument.
pub(super) const TRY: &str = "mithaq.try";

impl Session<'_> {
    pub(super) fn complete(
        &self,
        asked: &lsp::CompletionParams,
    ) -> Option<lsp::CompletionList> {
        let place = &asked.text_document_position;
        let (desk, open) = self.at(&place.text_document.uri)?;
        let position = shapes::position(place.position);
        let found = completions(desk, &open.home.name, &open.sheet, position);
        let item = |(order, found): (usize, Completion)| {
            let begun = open.sheet.text().get(found.range.clone()).unwrap_or_default();
            lsp::CompletionItem {
                label: found.text.trim_end().to_owned(),
                kind: Some(match found.sort {
                    Sort::Label => lsp::CompletionItemKind::PROPERTY,
                    Sort::Value => lsp::CompletionItemKind::ENUM_MEMBER,
                    Sort::Phrase => lsp::CompletionItemKind::TEXT,
                    Sort::Sentence => lsp::CompletionItemKind::SNIPPET,
                }),
                detail: Some(found.other).filter(|other| !other.is_empty()),
                // The editor asks again at each key, so that its own idea of what goes on
                // with letters, which knows no folding, has nothing to decide.
                filter_text: Some(format!("{begun}{}", found.text)),
                sort_text: Some(format!("{order:05}")),
                text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(
                    shapes::range(&open.sheet, &found.range),
                    found.text,
                ))),
                ..lsp::CompletionItem::default()
            }
        };
        let items = found.into_iter().enumerate().map(item).collect();
        Some(lsp::CompletionList { is_incomplete: true, items })
    }

    /// The corrections of every message in a range.
    pub(super) fn fix(
        &self,
        asked: &lsp::CodeActionParams,
    ) -> Option<Vec<lsp::CodeAction>> {
        let uri = &asked.text_document.uri;
        let (desk, open) = self.at(uri)?;
        let wanted = shapes::between(asked.range);
        let mut actions = Vec::new();
        for told in desk.told(&open.home.name) {
            let place = open.sheet.positions(&place_in(&open.sheet, &told.place));
            if place.end < wanted.start || wanted.end < place.start {
                continue;
            }
            let shown = shapes::diagnostic(told, &open.sheet, self.language);
            for fix in fixes(&open.sheet, told) {
                let range = shapes::range(&open.sheet, &fix.range);
                let edit = lsp::TextEdit::new(range, fix.text);
                let changes = [(uri.clone(), vec![edit])].into_iter().collect();
                let title = fix.suggestion.replace('\n', " ⏎ ");
                actions.push(lsp::CodeAction {
                    title: match self.language {
                        Language::English => format!("Write: {title}"),
                        Language::Arabic => format!("كتابة: {title}"),
                    },
                    kind: Some(lsp::CodeActionKind::QUICKFIX),
                    diagnostics: Some(vec![shown.clone()]),
                    edit: Some(lsp::WorkspaceEdit {
                        changes: Some(changes),
                        ..lsp::WorkspaceEdit::default()
                    }),
                    is_preferred: Some(fix.safe),
                    ..lsp::CodeAction::default()
                });
            }
        }
        Some(actions)
    }

    pub(super) fn define(
        &self,
        asked: &lsp::GotoDefinitionParams,
    ) -> Option<lsp::Location> {
        let place = &asked.text_document_position_params;
        let (desk, open) = self.at(&place.text_document.uri)?;
        let position = shapes::position(place.position);
        let found = definition(desk, &open.home.name, &open.sheet, position)?;
        let path = match &open.home.network {
            Some(root) => root.join(&found.file),
            None => open.home.path.clone(),
        };
        let start = lsp::Position::new(u32::try_from(found.line).ok()?, 0);
        let uri = lsp::Uri::from_file_path(path)?;
        Some(lsp::Location::new(uri, lsp::Range::new(start, start)))
    }

    /// One lens at the top of a rulebook of a network.
    pub(super) fn lenses(
        &self,
        asked: &lsp::CodeLensParams,
    ) -> Option<Vec<lsp::CodeLens>> {
        let (_, open) = self.at(&asked.text_document.uri)?;
        if open.home.network.is_none() || !can_be_tried(&open.home.name) {
            return Some(Vec::new());
        }
        let command = lsp::Command {
            title: self
                .pick(["Try on real organizations", "تجربتها على المؤسسات"])
                .to_owned(),
            command: TRY.to_owned(),
            arguments: Some(vec![Json::from(open.uri.as_str())]),
        };
        let range = shapes::range(&open.sheet, &(0..0));
        Some(vec![lsp::CodeLens { range, command: Some(command), data: None }])
    }

    /// Runs `mithaq try` on the file as it is saved, beside everything else; what it says is
    /// the answer, is logged, and its beginning is shown. `None` when the answer follows.
    pub(super) fn attempt(
        &self,
        id: &RequestId,
        asked: &lsp::ExecuteCommandParams,
    ) -> Option<Response> {
        let done = |said: &str| Some(Response::new_ok(id.clone(), said));
        let uri = asked.arguments.first().and_then(Json::as_str).unwrap_or_default();
        let open = self.open.get(uri).filter(|_| asked.command == TRY);
        let Some(open) = open else { return done("") };
        let Some(root) = &open.home.network else { return done("") };
        if files::text(&open.home.path).as_deref() != Some(open.sheet.text()) {
            self.say([
                "Save the file first: what is tried is what is saved.",
                "يُرجى حفظ الملف أولًا: لا يُجرَّب إلا المحفوظ.",
            ]);
            return done("");
        }
        let mut command = Command::new(std::env::current_exe().ok()?);
        command.arg("--network").arg(root).args(["--language", self.language.code()]);
        command.arg("try").arg(&open.home.path).stdin(std::process::Stdio::null());
        let (sender, id) = (self.connection.sender.clone(), id.clone());
        let work = move || {
            let said = match command.output() {
                Ok(output) if output.stdout.is_empty() => output.stderr,
                Ok(output) => output.stdout,
                Err(error) => error.to_string().into_bytes(),
            };
            let said = String::from_utf8_lossy(&said).trim().to_owned();
            for message in told(&said) {
                // An editor that went away reads no answer.
                drop(sender.send(message));
            }
            drop(sender.send(Message::Response(Response::new_ok(id, said))));
        };
        let started = std::thread::Builder::new().name("try".to_owned()).spawn(work);
        started.is_err().then(|| done("")).flatten()
    }

    pub(super) fn pick<'t>(&self, [english, arabic]: [&'t str; 2]) -> &'t str {
        match self.language {
            Language::English => english,
            Language::Arabic => arabic,
        }
    }
}

/// Lines of a result that are shown; all of it is in the editor's log.
const SHOWN_LINES: usize = 3;

/// A result for the log, and its first lines for the person.
fn told(said: &str) -> [Message; 2] {
    let notification = |method: &str, message: String| {
        let params = lsp::ShowMessageParams { typ: lsp::MessageType::INFO, message };
        Message::Notification(Notification::new(method.to_owned(), params))
    };
    let first: Vec<&str> = said.lines().take(SHOWN_LINES).collect();
    [
        notification("window/logMessage", said.to_owned()),
        notification("window/showMessage", first.join("\n")),
    ]
}
