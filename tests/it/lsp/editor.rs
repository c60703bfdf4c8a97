//! An editor as others write them: the client side of a library that Mithaq does not use,
//! with types of its own, speaking to the real binary over its standard input and output.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use async_lsp::lsp_types as lsp;
use async_lsp::lsp_types::request::Request;
use async_lsp::router::Router;
use async_lsp::{LanguageClient, LanguageServer, ResponseError, ServerSocket};
use tokio::process::{Child, Command};
use tokio::runtime::Runtime;
use tokio_util::compat::{TokioAsyncReadCompatExt, TokioAsyncWriteCompatExt};

/// Long enough for a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with the real server behind it.
pub(crate) struct Editor {
    runtime: Runtime,
    server: ServerSocket,
    child: Child,
    told: Receiver<lsp::PublishDiagnosticsParams>,
    shown: Receiver<String>,
    /// Told while something else was waited for.
    unread: RefCell<Vec<lsp::PublishDiagnosticsParams>>,
    root: PathBuf,
    versions: BTreeMap<String, i32>,
    pub(crate) opening: lsp::InitializeResult,
}

struct Client {
    told: Sender<lsp::PublishDiagnosticsParams>,
    shown: Sender<String>,
}

impl LanguageClient for Client {
    type Error = ResponseError;
    type NotifyResult = ControlFlow<async_lsp::Result<()>>;

    fn publish_diagnostics(
        &mut self,
        told: lsp::PublishDiagnosticsParams,
    ) -> Self::NotifyResult {
        self.told.send(told).ok();
        ControlFlow::Continue(())
    }

    fn log_message(&mut self, _: lsp::LogMessageParams) -> Self::NotifyResult {
        ControlFlow::Continue(())
    }

    fn show_message(&mut self, shown: lsp::ShowMessageParams) -> Self::NotifyResult {
        self.shown.send(shown.message).ok();
        ControlFlow::Continue(())
    }
}

impl Editor {
    /// Starts `mithaq lsp` in a folder, as an editor whose own language is `locale`.
    pub(crate) fn start(root: &Path, locale: &str) -> Editor {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let (told_by, told) = channel();
        let (shown_by, shown) = channel();
        let (talk, server) = async_lsp::MainLoop::new_client(|_server| {
            Router::from_language_client(Client { told: told_by, shown: shown_by })
        });
        let mut child = runtime.block_on(async {
            Command::new(env!("CARGO_BIN_EXE_mithaq"))
                .arg("lsp")
                .current_dir(root)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .kill_on_drop(true)
                .spawn()
                .unwrap()
        });
        let output = child.stdout.take().unwrap().compat();
        let input = child.stdin.take().unwrap().compat_write();
        runtime.spawn(talk.run_buffered(output, input));
        let opening = runtime.block_on(async {
            let mut server = server.clone();
            let params = lsp::InitializeParams {
                locale: Some(locale.to_owned()),
                ..lsp::InitializeParams::default()
            };
            let opening = server.initialize(params).await.unwrap();
            server.initialized(lsp::InitializedParams {}).unwrap();
            opening
        });
        let root = root.to_owned();
        Editor {
            runtime,
            server,
            child,
            told,
            shown,
            unread: RefCell::default(),
            root,
            versions: BTreeMap::new(),
            opening,
        }
    }

    pub(crate) fn url(&self, file: &str) -> lsp::Url {
        lsp::Url::from_file_path(self.root.join(file)).unwrap()
    }

    pub(crate) fn document(&self, file: &str) -> lsp::TextDocumentIdentifier {
        lsp::TextDocumentIdentifier::new(self.url(file))
    }

    pub(crate) fn at(
        &self,
        file: &str,
        line: u32,
        character: u32,
    ) -> lsp::TextDocumentPositionParams {
        let position = lsp::Position::new(line, character);
        lsp::TextDocumentPositionParams::new(self.document(file), position)
    }

    /// Opens a file with a text, and gives what is said of it.
    pub(crate) fn open(&mut self, file: &str, text: &str) -> Vec<lsp::Diagnostic> {
        self.versions.insert(file.to_owned(), 1);
        let text_document = lsp::TextDocumentItem::new(
            self.url(file),
            "mithaq".to_owned(),
            1,
            text.to_owned(),
        );
        let params = lsp::DidOpenTextDocumentParams { text_document };
        self.server.did_open(params).unwrap();
        self.told_of(file)
    }

    /// Types: puts a text in place of what stands between two places.
    pub(crate) fn type_in(
        &mut self,
        file: &str,
        range: [u32; 4],
        text: &str,
    ) -> Vec<lsp::Diagnostic> {
        let version = self.versions.get_mut(file).expect("an open file");
        *version += 1;
        let version = *version;
        let [line, character, to_line, to_character] = range;
        let range = lsp::Range::new(
            lsp::Position::new(line, character),
            lsp::Position::new(to_line, to_character),
        );
        let change = lsp::TextDocumentContentChangeEvent {
            range: Some(range),
            range_length: None,
            text: text.to_owned(),
        };
        let text_document =
            lsp::VersionedTextDocumentIdentifier::new(self.url(file), version);
        let content_changes = vec![change];
        self.server
            .did_change(lsp::DidChangeTextDocumentParams {
                text_document,
                content_changes,
            })
            .unwrap();
        self.told_of(file)
    }

    /// What is said of a file the next time it is spoken of, as its newest version is.
    pub(crate) fn told_of(&self, file: &str) -> Vec<lsp::Diagnostic> {
        let (url, version) = (self.url(file), self.versions.get(file).copied());
        let mut unread = self.unread.borrow_mut();
        loop {
            let newest = |told: &lsp::PublishDiagnosticsParams| {
                told.uri == url && told.version == version
            };
            if let Some(index) = unread.iter().position(newest) {
                return unread.remove(index).diagnostics;
            }
            unread.push(self.told.recv_timeout(PATIENCE).expect("the server answers"));
        }
    }

    /// The next sentence that is shown to the person.
    pub(crate) fn shown(&self) -> String {
        self.shown.recv_timeout(PATIENCE).expect("something is shown")
    }

    /// Asks and waits for the answer.
    pub(crate) fn ask<R: Request>(&self, params: R::Params) -> R::Result
    where
        R::Params: Send + 'static,
        R::Result: Send + 'static,
    {
        let asked = self.server.request::<R>(params);
        let answer =
            self.runtime.block_on(async { tokio::time::timeout(PATIENCE, asked).await });
        answer.expect("in time").expect("an answer")
    }

    /// Ends the session as an editor does, and gives the server's exit code.
    pub(crate) fn end(mut self) -> i32 {
        self.runtime.block_on(async {
            self.server.shutdown(()).await.unwrap();
            self.server.exit(()).unwrap();
            let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
            ended.expect("in time").unwrap().code().unwrap_or(-1)
        })
    }
}
