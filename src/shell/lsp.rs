//! The editor's side of the rule language, over standard input and output: `mithaq lsp`.
//!
//! Speaks the Language Server Protocol and decides nothing about rules: what is said, where
//! and in which words comes from [`crate::editor`]. One thread answers in the order of the
//! messages; what was typed is read when no further message waits, or when a question does.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ls_types as lsp;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::editor::Desk;
use crate::editor::sheet::Sheet;
use crate::shell::Error;
use crate::shell::lsp::files::Home;
use crate::text::Language;

mod answers;
mod files;
mod shapes;
mod writing;

/// How a session with an editor ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The editor said so first.
    Asked,
    /// It went away without a word.
    Alone,
}

/// Answers an editor until it ends the session. `language` is that of messages; without it
/// they are in the editor's own, as far as it names one of the two.
///
/// # Errors
/// When the editor does not keep the protocol's opening.
pub fn serve(language: Option<Language>) -> Result<Ended, Error> {
    let (connection, threads) = Connection::stdio();
    let ended = converse(&connection, language);
    // The writer ends when nobody can send any more.
    drop(connection);
    let ended = ended?;
    match threads.join() {
        Ok(()) => Ok(ended),
        // A broken pipe at the end is an editor that did not wait.
        Err(_) => Ok(Ended::Alone),
    }
}

fn converse(connection: &Connection, language: Option<Language>) -> Result<Ended, Error> {
    let (id, params) = connection.initialize_start().map_err(unopened)?;
    let params: lsp::InitializeParams =
        serde_json::from_value(params).map_err(unopened)?;
    let opening = lsp::InitializeResult {
        capabilities: answers::capabilities(),
        server_info: Some(lsp::ServerInfo {
            name: "mithaq".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        ..lsp::InitializeResult::default()
    };
    let opening = serde_json::to_value(opening).map_err(unopened)?;
    connection.initialize_finish(id, opening).map_err(unopened)?;
    let mut session = Session {
        connection,
        language: language.unwrap_or_else(|| spoken(params.locale.as_deref())),
        desks: BTreeMap::new(),
        open: BTreeMap::new(),
    };
    session.run()
}

fn unopened(error: impl std::fmt::Display) -> Error {
    Error::report(
        format!("the editor did not open the conversation as agreed: {error}"),
        format!("لم يبدأ المحرّر المحادثة على النحو المتفق عليه: {error}"),
    )
}

/// The language of messages for an editor's own: `ar`, `ar-PS`, `en-GB`.
fn spoken(locale: Option<&str>) -> Language {
    let arabic = locale.is_some_and(|locale| locale.starts_with("ar"));
    if arabic { Language::Arabic } else { Language::English }
}

/// A file that the editor has open.
pub(super) struct Open {
    uri: lsp::Uri,
    version: i32,
    sheet: Sheet,
    home: Home,
    /// Changed since its desk last read it.
    stale: bool,
    /// Read since the editor was last told of it.
    unsaid: bool,
    /// What the editor was last told of it.
    told: Vec<lsp::Diagnostic>,
}

struct Session<'a> {
    connection: &'a Connection,
    language: Language,
    /// By network, or by file for those of none.
    desks: BTreeMap<PathBuf, Desk>,
    /// By their names for the protocol.
    open: BTreeMap<String, Open>,
}

impl Session<'_> {
    fn run(&mut self) -> Result<Ended, Error> {
        while let Some(message) = self.next() {
            match message {
                Message::Request(request) => {
                    let ends =
                        self.connection.handle_shutdown(&request).map_err(unopened)?;
                    if ends {
                        return Ok(Ended::Asked);
                    }
                    self.read_typed();
                    let response = self.answer(request);
                    response
                        .map(Message::Response)
                        .into_iter()
                        .for_each(|it| self.send(it));
                }
                Message::Notification(told) if told.method == "exit" => break,
                Message::Notification(told) => self.hear(told),
                // We ask nothing that needs an answer.
                Message::Response(_) => {}
            }
        }
        Ok(Ended::Alone)
    }

    /// The next message; before waiting for one, what was typed is read and told.
    fn next(&mut self) -> Option<Message> {
        if let Ok(message) = self.connection.receiver.try_recv() {
            return Some(message);
        }
        self.read_typed();
        self.connection.receiver.recv().ok()
    }

    fn send(&self, message: Message) {
        // An editor that went away is noticed by the receiving side.
        drop(self.connection.sender.send(message));
    }

    fn tell(&self, method: &str, params: impl Serialize) {
        let notification = Notification::new(method.to_owned(), params);
        self.send(Message::Notification(notification));
    }

    /// Takes in what the editor says; what cannot be read is of a newer protocol.
    fn hear(&mut self, told: Notification) {
        match told.method.as_str() {
            "textDocument/didOpen" => of(told.params, |it| self.opened(it)),
            "textDocument/didChange" => of(told.params, |it| self.changed(it)),
            "textDocument/didClose" => of(told.params, |it| self.closed(&it)),
            "workspace/didChangeWatchedFiles" => {
                of(told.params, |it| self.changed_elsewhere(&it));
            }
            _ => {}
        }
    }

    fn opened(&mut self, told: lsp::DidOpenTextDocumentParams) {
        let document = told.text_document;
        let Some(home) = files::home(&document.uri) else { return };
        let open = Open {
            uri: document.uri,
            version: document.version,
            sheet: Sheet::new(&document.text),
            stale: true,
            unsaid: true,
            home,
            told: Vec::new(),
        };
        self.lay_desk(&open.home);
        self.open.insert(open.uri.as_str().to_owned(), open);
    }

    fn changed(&mut self, told: lsp::DidChangeTextDocumentParams) {
        let Some(open) = self.open.get_mut(told.text_document.uri.as_str()) else {
            return;
        };
        open.version = told.text_document.version;
        open.stale = true;
        for change in told.content_changes {
            match change.range {
                Some(range) => open.sheet.edit(shapes::between(range), &change.text),
                None => open.sheet = Sheet::new(&change.text),
            }
        }
    }

    /// A closed file is again what the disk says.
    fn closed(&mut self, told: &lsp::DidCloseTextDocumentParams) {
        let Some(open) = self.open.remove(told.text_document.uri.as_str()) else {
            return;
        };
        let uri = open.uri.clone();
        self.tell(
            "textDocument/publishDiagnostics",
            lsp::PublishDiagnosticsParams::new(uri, Vec::new(), None),
        );
        let used = self.open.values().any(|other| other.home.desk == open.home.desk);
        if used {
            self.again(&open.home);
        } else {
            self.desks.remove(&open.home.desk);
        }
    }

    /// Files of a network that something else wrote.
    fn changed_elsewhere(&mut self, told: &lsp::DidChangeWatchedFilesParams) {
        for change in &told.changes {
            let open = self.open.contains_key(change.uri.as_str());
            if let Some(home) = files::home(&change.uri).filter(|_| !open) {
                self.again(&home);
            }
        }
    }

    /// Reads one file of a desk from the disk again.
    fn again(&mut self, home: &Home) {
        let Some(desk) = self.desks.get_mut(&home.desk) else { return };
        match files::text(&home.path) {
            Some(text) => desk.put(&home.name, &text),
            None => desk.remove(&home.name),
        }
        self.publish(&home.desk.clone());
    }

    fn lay_desk(&mut self, home: &Home) {
        if !self.desks.contains_key(&home.desk) {
            let desk = Desk::new(files::beside(home));
            self.desks.insert(home.desk.clone(), desk);
        }
    }

    /// Has the desks read what was typed since, and tells the editor what is new.
    fn read_typed(&mut self) {
        let mut touched: Vec<PathBuf> = Vec::new();
        for open in self.open.values_mut().filter(|open| open.stale) {
            open.stale = false;
            open.unsaid = true;
            if let Some(desk) = self.desks.get_mut(&open.home.desk) {
                desk.put(&open.home.name, open.sheet.text());
            }
            touched.push(open.home.desk.clone());
        }
        touched.dedup();
        for desk in touched {
            self.publish(&desk);
        }
    }

    /// What is said of each open file of a desk that was read again, or of which something
    /// else is said since.
    fn publish(&mut self, key: &PathBuf) {
        let Some(desk) = self.desks.get(key) else { return };
        let mut news = Vec::new();
        for open in self.open.values_mut().filter(|open| open.home.desk == *key) {
            let told: Vec<lsp::Diagnostic> = desk
                .told(&open.home.name)
                .map(|told| shapes::diagnostic(told, &open.sheet, self.language))
                .collect();
            if !open.unsaid && open.told == told {
                continue;
            }
            open.unsaid = false;
            open.told.clone_from(&told);
            let uri = open.uri.clone();
            news.push(lsp::PublishDiagnosticsParams::new(uri, told, Some(open.version)));
        }
        for news in news {
            self.tell("textDocument/publishDiagnostics", news);
        }
    }

    /// The answer to a question; `None` for one that is answered later.
    fn answer(&self, request: Request) -> Option<Response> {
        let Request { id, method, params } = request;
        if method == "workspace/executeCommand"
            && let Ok(params) = serde_json::from_value(params.clone())
        {
            return self.attempt(&id, &params);
        }
        let answered = match method.as_str() {
            "textDocument/hover" => asked(params, |it| self.hover(&it)),
            "textDocument/formatting" => asked(params, |it| self.format(&it)),
            "textDocument/completion" => asked(params, |it| self.complete(&it)),
            "textDocument/codeAction" => asked(params, |it| self.fix(&it)),
            "textDocument/definition" => asked(params, |it| self.define(&it)),
            "textDocument/codeLens" => asked(params, |it| self.lenses(&it)),
            _ => Err((
                ErrorCode::MethodNotFound,
                format!("`{method}` is not among the capabilities"),
            )),
        };
        Some(match answered {
            Ok(result) => Response::new_ok(id, result),
            Err((code, message)) => {
                let code = match code {
                    ErrorCode::MethodNotFound => -32_601,
                    _ => -32_602,
                };
                Response::new_err(id, code, message)
            }
        })
    }

    /// An open file and the desk it lies on.
    fn at(&self, uri: &lsp::Uri) -> Option<(&Desk, &Open)> {
        let open = self.open.get(uri.as_str())?;
        Some((self.desks.get(&open.home.desk)?, open))
    }
}

/// Reads parameters and goes on with them; of a shape we do not know they are left alone.
fn of<T: DeserializeOwned>(params: Json, then: impl FnOnce(T)) {
    if let Ok(params) = serde_json::from_value(params) {
        then(params);
    }
}

/// Reads parameters and answers them.
fn asked<T: DeserializeOwned, A: Serialize>(
    params: Json,
    answer: impl FnOnce(T) -> Option<A>,
) -> Result<Json, (ErrorCode, String)> {
    let wrong = |error: serde_json::Error| (ErrorCode::InvalidParams, error.to_string());
    let params = serde_json::from_value(params).map_err(wrong)?;
    serde_json::to_value(answer(params)).map_err(wrong)
}
