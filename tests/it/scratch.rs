//! A network in a scratch folder, and the real binary run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A network that is gone when dropped.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
    pub(crate) now: String,
}

/// What a run of the binary gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Scratch {
    /// A network with one rule and no organization, at noon of 21 November 2026.
    pub(crate) fn new() -> Scratch {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let scratch = Scratch { folder, now: "2026-11-21T12:00:00Z".to_owned() };
        scratch.write(
            "mithaq.toml",
            "name = { en = \"Alliance\", ar = \"تحالف\" }\nsettle_seconds = 0\n",
        );
        scratch.write("rules/board.rules", "board meets quarterly\n");
        scratch
    }

    /// Registers an organization with a secretary who reads English.
    pub(crate) fn organization(&self, id: &str) {
        let text = format!(
            "name = {{ en = \"{id}\", ar = \"مؤسسة {id}\" }}\njoined = 2026-01-01\n\
             [[people]]\nname = \"The secretary\"\nrole = \"secretary\"\n\
             email = \"secretary@{id}.example.org\"\nlanguage = \"en\"\n"
        );
        self.write(&format!("organizations/{id}/organization.toml"), &text);
        std::fs::create_dir_all(self.papers(id)).expect("a drop folder");
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn papers(&self, id: &str) -> PathBuf {
        self.root().join("organizations").join(id).join("papers")
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    /// Drops a paper as a secretary would.
    pub(crate) fn drop_paper(&self, id: &str, name: &str, text: impl AsRef<[u8]>) {
        self.write(&format!("organizations/{id}/papers/{name}"), text);
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mithaq"));
        command
            .arg("--network")
            .arg(self.root())
            .args(arguments)
            .env("MITHAQ_NOW", &self.now)
            .env("LANG", "C")
            .env_remove("LC_ALL");
        command
    }

    /// The same where these shell commands have mounted something, and nobody else sees it.
    pub(crate) fn command_within(&self, mounts: &str, arguments: &[&str]) -> Command {
        let own = self.command(arguments);
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-c", &format!("{mounts} && exec \"$0\" \"$@\"")]);
        command.arg(own.get_program()).args(own.get_args());
        for (name, value) in own.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().expect("the binary runs"))
    }

    /// Starts a daemon, and waits until it has read and judged all that lies there.
    pub(crate) fn daemon(&self) -> std::process::Child {
        let mut daemon = self
            .command(&["daemon"])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("a daemon");
        let mut lines =
            std::io::BufReader::new(daemon.stdout.take().expect("its output"));
        let mut line = String::new();
        while !line.contains("read and judged") {
            line.clear();
            let read = std::io::BufRead::read_line(&mut lines, &mut line);
            assert!(read.expect("a line") > 0, "the daemon has ended");
        }
        daemon
    }

    /// The store, beside whoever works on it.
    pub(crate) fn store(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.root().join(".mithaq/store.sqlite"))
            .expect("the store")
    }

    /// Runs a command with `--format json` and gives what it printed.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let run = self.run(&[&["--format", "json"], arguments].concat());
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| {
            panic!("{arguments:?}: {error}\n{}\n{}", run.stdout, run.stderr)
        })
    }
}

impl Run {
    pub(crate) fn of(output: &Output) -> Run {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Minutes of a board meeting on a day, in English.
pub(crate) fn minutes(day: &str) -> String {
    format!(
        "# Minutes of the meeting of the board of directors\n\n\
         The board of directors met on {day}.\n\nPresent: 7 of 9 members.\n\n\
         1. The minutes of the last meeting were approved.\n"
    )
}

/// Whether this is the full run, which takes an hour.
pub(crate) fn is_full() -> bool {
    std::env::var_os("MITHAQ_TEST_FULL").is_some()
}

/// Cases of a property: in the usual run, and in the full one, where each property has the
/// number that it can try in a few minutes.
pub(crate) fn cases(usual: u32, full: u32) -> u32 {
    if is_full() { full } else { usual }
}
