//! What the demo says on the terminal: the story in both languages, each letter in its own.
//!
//! Calm, and as wide as the terminal; Arabic lines are isolated, so that each keeps its
//! direction whatever stands beside it. Colour is taken away where it is not wanted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use serde_json::Value as Json;

use crate::cli::Output;
use crate::cli::demo::event::Events;
use crate::cli::demo::letter;
use crate::cli::demo::letter::Shown;
use crate::cli::demo::stage;
use crate::cli::demo::story::Arrival;
use crate::cli::demo::story::Story;
use crate::shell::disk;
use crate::text::Bilingual;
use crate::text::Language;

/// What was told so far, and where letters come from.
#[derive(Debug)]
pub struct Telling {
    output: Output,
    outbox: PathBuf,
    log: PathBuf,
    /// The letters that were told.
    told: BTreeSet<PathBuf>,
    subjects: BTreeSet<String>,
    /// How many lines of the daemon's report were looked at.
    lines: usize,
    events: Events,
    expected: usize,
    /// Daemons that were started.
    started: usize,
    begun: bool,
    columns: usize,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const PAPER: Style = AnsiColor::Cyan.on_default();
const GOOD: Style = AnsiColor::Green.on_default();
const ATTENTION: Style = AnsiColor::Yellow.on_default();
const NEWS: Style = AnsiColor::Blue.on_default();

/// Lines longer than this are hard to read, however wide the terminal.
const COLUMNS_MAX: usize = 96;
const COLUMNS_MIN: usize = 40;
/// Where nobody looks, in a pipe or a file.
const COLUMNS_ELSEWHERE: usize = 80;

impl Telling {
    pub fn new(output: Output, root: &Path) -> Telling {
        let terminal = terminal_size::terminal_size().map(|(width, _)| width.0);
        let columns = terminal.map_or(COLUMNS_ELSEWHERE, usize::from);
        let columns = columns.clamp(COLUMNS_MIN, COLUMNS_MAX);
        Telling {
            output,
            outbox: root.join("outbox"),
            log: root.join(stage::LOG),
            told: BTreeSet::new(),
            subjects: BTreeSet::new(),
            lines: 0,
            events: Events::in_standard_words(),
            expected: 0,
            started: 0,
            begun: false,
            columns,
        }
    }

    pub fn opening(&self, story: &Story, root: &Path) {
        self.line(BOLD, "", "Mithaq · ميثاق");
        self.both(&Bilingual {
            english: format!(
                "The Sharek Partners Alliance, nine fictitious organizations, on {}. \
                 The daemon is real; its letters stay in a folder of this machine.",
                story.today
            ),
            arabic: format!(
                "تحالف شركاء شارك، تسع مؤسسات متخيَّلة، في {}. الخدمة حقيقية، وتبقى \
                 رسائلها في مجلد على هذا الجهاز.",
                crate::text::isolate(&story.today)
            ),
        });
        self.line(DIM, "", &root.display().to_string());
        self.gap();
    }

    pub fn arrival(&self, arrival: &Arrival, name: Bilingual) {
        self.gap();
        let Bilingual { english, arabic } = name;
        let arabic = crate::text::isolate(&arabic);
        self.line(BOLD, "▸ ", &format!("{english} · {arabic}"));
        self.line(PAPER, "  + ", &crate::text::isolate(&arrival.file));
        self.both(&arrival.note);
    }

    pub fn morning(&self, day: &str) {
        self.gap();
        self.line(BOLD, "☾ ", day);
    }

    /// So many papers more were dropped.
    pub fn expect(&mut self, papers: usize) {
        self.expected += papers;
    }

    /// A daemon was started on what lies in the folders.
    pub fn expect_start(&mut self) {
        self.started += 1;
    }

    /// Whether a paper that was dropped is not read yet, or a daemon that was started is
    /// not done with what lay there.
    pub fn expects(&self) -> bool {
        self.events.papers < self.expected || self.events.starts < self.started
    }

    /// Tells what the daemon did and wrote since the last look; says whether it did.
    /// Before [`Telling::begin`] papers and states are only counted.
    pub fn catch_up(&mut self) -> bool {
        let said = self.log_lines();
        for line in &said {
            let told = self.events.told(line);
            if let Some((style, told)) = told.filter(|_| self.begun) {
                self.line(style, "  ", &told);
            }
        }
        self.letters() || !said.is_empty()
    }

    /// The first pass is over; from here on everything is told.
    pub fn begin(&mut self) {
        self.begun = true;
        let count = self.events.papers;
        self.gap();
        self.both(&Bilingual {
            english: format!("Papers that lay in the folders and were read: {count}."),
            arabic: format!("عدد المستندات التي كانت في المجلدات وقُرئت: {count}."),
        });
    }

    /// What the daemon said since the last look; only whole lines.
    fn log_lines(&mut self) -> Vec<String> {
        let log = disk::read_text(&self.log, stage::LOG_BYTES_MAX).ok().flatten();
        let log = log.unwrap_or_default();
        let whole = log.rfind('\n').and_then(|end| log.get(..end)).unwrap_or_default();
        let new: Vec<String> =
            whole.lines().skip(self.lines).map(str::to_owned).collect();
        self.lines += new.len();
        new
    }

    fn letters(&mut self) -> bool {
        let names = disk::names_in(&self.outbox).unwrap_or_default();
        let mut any = false;
        for name in names {
            let path = self.outbox.join(&name);
            if self.told.contains(&path) || path.extension().is_none_or(|it| it != "eml")
            {
                continue;
            }
            if let Some(shown) = letter::read(&path) {
                self.letter(&shown);
                self.told.insert(path);
                any = true;
            }
        }
        any
    }

    fn letter(&mut self, shown: &Shown) {
        let style = match shown.kind.as_str() {
            "resolved" => GOOD,
            "finding" | "problem" | "overdue" | "due_soon" => ATTENTION,
            _ => NEWS,
        };
        let to = crate::text::isolate(&shown.to);
        self.line(style, "  ✉ ", &format!("{} → {to}", shown.kind));
        // The next person gets the same words: they are told once.
        if !self.subjects.insert(shown.subject.clone()) {
            return;
        }
        self.said(BOLD, shown.language, &shown.subject);
        for line in &shown.lines {
            self.said(Style::new(), shown.language, line);
        }
    }

    /// The index of every organization when the story is over.
    pub fn closing(&self, index: &[Json]) {
        self.gap();
        self.both(&Bilingual {
            english: format!("{} letters were written.", self.told.len()),
            arabic: format!("عدد الرسائل المكتوبة: {}.", self.told.len()),
        });
        if index.is_empty() {
            return;
        }
        self.line(BOLD, "", "Governance Index · مؤشر الحوكمة");
        for row in index {
            self.line(Style::new(), "  ", &index_row(row));
        }
    }

    pub fn staying(&self, root: &Path) {
        let papers = root.join("organizations/amal/papers");
        let shown = papers.display().to_string();
        self.gap();
        self.both(&Bilingual {
            english: format!(
                "The daemon stays up. Put a paper of your own into {shown}, or press Ctrl-C."
            ),
            arabic: format!(
                "تبقى الخدمة عاملة. ضعوا مستندًا من عندكم في {}، أو اضغطوا {}.",
                crate::text::isolate(&shown),
                crate::text::isolate("Ctrl-C")
            ),
        });
    }

    /// The same thing in both languages, one under the other.
    fn both(&self, text: &Bilingual) {
        self.said(Style::new(), Language::English, &text.english);
        self.said(Style::new(), Language::Arabic, &text.arabic);
    }

    fn said(&self, style: Style, language: Language, text: &str) {
        for part in wrapped(text, self.columns - MARGIN) {
            let part = match language {
                Language::English => part,
                Language::Arabic => format!("\u{2067}{part}\u{2069}"),
            };
            self.line(style, "    ", &part);
        }
    }

    fn line(&self, style: Style, mark: &str, text: &str) {
        self.output.data(&format!("{style}{mark}{text}{style:#}"));
    }

    fn gap(&self) {
        self.output.data("");
    }
}

/// What stands before each line that is said.
const MARGIN: usize = 4;

/// One organization's row: its value and grade, or that it is only being got ready.
fn index_row(row: &Json) -> String {
    let text = |name: &str| row.get(name).and_then(Json::as_str).unwrap_or_default();
    let organization = text("organization");
    match row.get("value").and_then(Json::as_str) {
        Some(value) => {
            let (grade, low, high) = (text("grade"), text("low"), text("high"));
            format!("{organization:<14} {value:>5}  {grade}   {low} … {high}")
        }
        None => format!("{organization:<14}     –  {}%", text("coverage")),
    }
}

/// Breaks a text between words so that no line is wider than `columns`, where words allow.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let indent: String = text.chars().take_while(|it| *it == ' ').collect();
    let mut line = indent.clone();
    for word in text.split_whitespace() {
        let full =
            width(&line) + width(word) + 1 > columns && width(&line) > indent.len();
        if full {
            lines.push(std::mem::replace(&mut line, indent.clone()));
        }
        if width(&line) > indent.len() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Columns on a terminal: diacritics and direction marks take none.
fn width(text: &str) -> usize {
    let takes_none = |it: &char| {
        matches!(it, '\u{064b}'..='\u{0652}' | '\u{0670}')
            || crate::text::is_direction_mark(*it)
    };
    text.chars().filter(|it| !takes_none(it)).count()
}
