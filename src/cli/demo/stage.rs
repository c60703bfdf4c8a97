//! Where the demo is played: a scratch network on the disk, the daemon as a process of its
//! own, and the wait between two looks.

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use include_dir::{Dir, DirEntry};
use rustix::process::{Pid, Signal};

use crate::cli::demo::story;
use crate::cli::demo::story::Arrival;
use crate::cli::demo::story::Story;
use crate::config::organization;
use crate::shell::Error;
use crate::shell::disk;
use crate::text::Bilingual;
use crate::text::Language;

/// The scratch network.
#[derive(Debug)]
pub struct Stage {
    root: PathBuf,
    kept: bool,
    language: Language,
    papers: usize,
    names: BTreeMap<String, Bilingual>,
}

/// The daemon's process. It is told to end when this is dropped.
#[derive(Debug)]
pub struct Daemon {
    child: Child,
    log: PathBuf,
}

/// A rest that an interrupt ends.
#[derive(Debug)]
pub struct Wait {
    wakes: UnixStream,
    over: bool,
}

impl Stage {
    /// Lays the network as it is before the story begins.
    ///
    /// # Errors
    /// When the disk refuses, or a folder to keep is not empty.
    pub fn lay(
        kept: Option<PathBuf>,
        story: &Story,
        language: Language,
    ) -> Result<Stage, Error> {
        let is_kept = kept.is_some();
        let name = format!("mithaq-demo-{}", std::process::id());
        let root = kept.unwrap_or_else(|| std::env::temp_dir().join(name));
        if !disk::names_in(&root)?.is_empty() {
            let shown = root.display();
            return Err(Error::report(
                format!("{shown} is not empty; the demo needs a folder of its own"),
                format!("المجلد {shown} ليس فارغًا، ويحتاج العرض إلى مجلد خاص به"),
            ));
        }
        let mut stage =
            Stage { root, kept: is_kept, language, papers: 0, names: BTreeMap::new() };
        stage.lay_folder(&story::NETWORK, story)?;
        for paper in &story.start {
            stage.put(paper)?;
            stage.papers += 1;
        }
        Ok(stage)
    }

    fn lay_folder(&mut self, folder: &Dir<'_>, story: &Story) -> Result<(), Error> {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) if inner.path().starts_with("earlier") => {}
                DirEntry::Dir(inner) => {
                    disk::make_folder(&self.root.join(inner.path()))?;
                    self.lay_folder(inner, story)?;
                }
                DirEntry::File(file) => self.lay_file(file, story)?,
            }
        }
        Ok(())
    }

    fn lay_file(
        &mut self,
        file: &include_dir::File<'_>,
        story: &Story,
    ) -> Result<(), Error> {
        let path = file.path();
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        match parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().as_slice() {
            ["drops.toml"] => return Ok(()),
            // Here nobody writes slowly: an answer need not wait for a file to settle.
            ["mithaq.toml"] => {
                let text = file.contents_utf8().unwrap_or_default();
                let text = text.replace("settle_seconds = 1", "settle_seconds = 0");
                return write(&self.root.join(path), text.as_bytes());
            }
            ["organizations", id, "papers", name] if story.brings(id, name) => {
                return Ok(());
            }
            ["organizations", _, "papers", _] => self.papers += 1,
            ["organizations", id, "organization.toml"] => {
                let text = file.contents_utf8().unwrap_or_default();
                if let Ok(read) = organization::read("organization.toml", text) {
                    self.names.insert((*id).to_owned(), read.name);
                }
            }
            _ => {}
        }
        write(&self.root.join(path), file.contents())
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How many papers lie in the folders before the story begins.
    pub fn papers(&self) -> usize {
        self.papers
    }

    pub fn name_of(&self, organization: &str) -> Bilingual {
        self.names.get(organization).cloned().unwrap_or_default()
    }

    /// Puts a paper into its folder, as a person does: written in place, over what is there.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put(&self, paper: &Arrival) -> Result<(), Error> {
        let papers = self.root.join("organizations").join(&paper.organization);
        write(&papers.join("papers").join(&paper.file), paper.bytes)
    }

    /// Starts the daemon on a day's morning, its clock set.
    ///
    /// # Errors
    /// When this binary cannot be run again.
    pub fn daemon(&self, day: &str) -> Result<Daemon, Error> {
        let log = self.root.join(LOG);
        let out = std::fs::OpenOptions::new().create(true).append(true).open(&log);
        let err = out.and_then(|out| Ok((out.try_clone()?, out)));
        let (out, err) = err.map_err(|error| disk_refused(&log, &error))?;
        let morning = format!("{day}T07:00:00Z+");
        let child = self
            .mithaq(&morning)?
            .args(["--format", "json", "daemon"])
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .process_group(0)
            .spawn()
            .map_err(|error| not_started(&error.to_string()))?;
        Ok(Daemon { child, log })
    }

    /// The index at a day's noon, as the command prints it for programs; empty when there is none.
    pub fn index(&self, day: &str) -> Vec<serde_json::Value> {
        let printed = self.mithaq(day).and_then(|mut command| {
            let command = command.args(["--format", "json", "index"]);
            command.output().map_err(|error| not_started(&error.to_string()))
        });
        printed
            .ok()
            .and_then(|output| {
                serde_json::from_slice::<serde_json::Value>(&output.stdout).ok()
            })
            .and_then(|json| json.get("index").and_then(|it| it.as_array().cloned()))
            .unwrap_or_default()
    }

    /// This binary, on the scratch network, at a time.
    fn mithaq(&self, now: &str) -> Result<Command, Error> {
        let own =
            std::env::current_exe().map_err(|error| not_started(&error.to_string()))?;
        let mut command = Command::new(own);
        command.arg("--network").arg(&self.root).args(["--now", now]);
        command.args(["--language", self.language.code()]);
        Ok(command)
    }

    /// Removes the scratch network, unless it is to be kept.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn clear(self) -> Result<(), Error> {
        if self.kept {
            return Ok(());
        }
        std::fs::remove_dir_all(&self.root)
            .map_err(|error| disk_refused(&self.root, &error))
    }
}

impl Daemon {
    /// # Errors
    /// When the daemon has ended by itself; says what it said last.
    pub fn check(&mut self) -> Result<(), Error> {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(_)) | Err(_) => Err(not_started(&self.last_words())),
        }
    }

    fn last_words(&self) -> String {
        let log = disk::read_text(&self.log, LOG_BYTES_MAX).ok().flatten();
        let log = log.unwrap_or_default();
        log.lines().last().unwrap_or_default().to_owned()
    }

    /// Asks it to finish what it is doing and waits for its end.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn end(&mut self) -> Result<(), Error> {
        self.ask_to_end();
        self.child.wait().map(|_| ()).map_err(|error| not_started(&error.to_string()))
    }

    fn ask_to_end(&self) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(id) = id {
            // A daemon that ended already needs no asking.
            rustix::process::kill_process(id, Signal::TERM).ok();
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.ask_to_end();
        }
    }
}

/// What the daemon says, under the scratch network.
pub const LOG: &str = "daemon.log";
/// The scratch log is read whole at each look; a demo writes a hundredth of this.
pub const LOG_BYTES_MAX: u64 = 16 << 20;

impl Wait {
    /// # Errors
    /// When the interrupt cannot be listened for.
    pub fn for_interrupts() -> Result<Wait, Error> {
        let listen = || {
            let (wakes, woken) = UnixStream::pair()?;
            for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
                signal_hook::low_level::pipe::register(signal, woken.try_clone()?)?;
            }
            Ok(Wait { wakes, over: false })
        };
        listen().map_err(|error: std::io::Error| not_started(&error.to_string()))
    }

    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Rests for `time`, or until somebody presses Ctrl-C.
    pub fn rest(&mut self, time: Duration) {
        let woken = self
            .wakes
            .set_read_timeout(Some(time))
            .and_then(|()| self.wakes.read(&mut [0]));
        self.over |= woken.is_ok_and(|bytes| bytes > 0);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a secretary's program writes in place, and that is what is shown"
)]
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(above) = path.parent() {
        disk::make_folder(above)?;
    }
    std::fs::write(path, bytes).map_err(|error| disk_refused(path, &error))
}

fn disk_refused(path: &Path, error: &std::io::Error) -> Error {
    let shown = path.display();
    Error::report(
        format!("{shown} could not be used: {error}"),
        format!("تعذّر استخدام {shown}: {}", crate::text::isolate(&error.to_string())),
    )
}

fn not_started(why: &str) -> Error {
    Error::report(
        format!("the daemon does not run: {why}"),
        format!("الخدمة لا تعمل: {}", crate::text::isolate(why)),
    )
}
