//! What the daemon reports of its work, as one line in both languages.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};
use serde_json::Value as Json;

use crate::cli::telling;
use crate::cli::words;
use crate::document::Problem;
use crate::shell::store::judgement;
use crate::text::Language;
use crate::text::isolate;
use crate::vocabulary;
use crate::vocabulary::Vocabulary;

/// What has to be remembered to tell an event: the words, and each index before.
#[derive(Debug)]
pub struct Events {
    vocabulary: Vocabulary,
    indexes: BTreeMap<(String, String), String>,
    /// Papers that were told of.
    pub papers: usize,
    /// Daemons that had read and judged all that lay in the folders when they started.
    pub starts: usize,
}

const GOOD: Style = AnsiColor::Green.on_default();
const ATTENTION: Style = AnsiColor::Yellow.on_default();
const NEWS: Style = AnsiColor::Magenta.on_default();
const QUIET: Style = Style::new().dimmed();

impl Events {
    pub fn in_standard_words() -> Events {
        Events {
            vocabulary: vocabulary::standard(),
            indexes: BTreeMap::new(),
            papers: 0,
            starts: 0,
        }
    }

    /// A line of the daemon's report, and how it looks; `None` for what letters tell, and
    /// for what did not change.
    pub fn told(&mut self, line: &str) -> Option<(Style, String)> {
        let json: Json = serde_json::from_str(line).ok()?;
        let text = |name: &str| json.get(name).and_then(Json::as_str).unwrap_or_default();
        match text("event") {
            "paper" => {
                self.papers += 1;
                Some(self.paper(text("path"), text("kind"), text("problem")))
            }
            "caught_up" => {
                self.starts += 1;
                None
            }
            "verdict" => verdict(text("rule"), text("before"), text("state")),
            "index" => {
                let key = (text("organization").to_owned(), text("rulebook").to_owned());
                self.index(key, text("value"))
            }
            "problem" => {
                let place = format!("{}:{}", text("file"), json.get("line")?);
                Some((ATTENTION, format!("! {place}: {}", text("english"))))
            }
            _ => None,
        }
    }

    fn paper(&self, path: &str, kind: &str, problem: &str) -> (Style, String) {
        let path = isolate(path);
        if let Some(problem) = Problem::from_name(problem) {
            let english = telling::problem_en(problem);
            let arabic = isolate(telling::problem_ar(problem));
            return (ATTENTION, format!("! {path}: {english} · {arabic}"));
        }
        let Some(term) = self.vocabulary.id(kind) else {
            let arabic = isolate("ليس من الأنواع المعتمدة");
            return (QUIET, format!("– {path}: none of our kinds · {arabic}"));
        };
        let english = self.vocabulary.phrase(term, Language::English);
        let arabic = isolate(self.vocabulary.phrase(term, Language::Arabic));
        (GOOD, format!("✓ {path}: {english} · {arabic}"))
    }

    fn index(&mut self, key: (String, String), value: &str) -> Option<(Style, String)> {
        let organization = key.0.clone();
        let before = self.indexes.insert(key, value.to_owned());
        let before = before.filter(|before| before != value && !value.is_empty())?;
        let before = if before.is_empty() { "–" } else { &before };
        let bar = bar(value);
        Some((NEWS, format!("{bar} {organization}  {before} → {value}")))
    }
}

fn verdict(rule: &str, before: &str, state: &str) -> Option<(Style, String)> {
    let [was, is] = [before, state].map(judgement::state_named);
    let (was, is) = (was?, is?);
    if was == is {
        return None;
    }
    let said = |language| (words::state(language, was), words::state(language, is));
    let (english, arabic) = (said(Language::English), said(Language::Arabic));
    let arabic = isolate(&format!("{} ← {}", arabic.0, arabic.1));
    Some((NEWS, format!("⟳ {rule}: {} → {} · {arabic}", english.0, english.1)))
}

/// Ten blocks, one for each ten points of a value such as `63.3`.
fn bar(value: &str) -> String {
    let whole = value.split('.').next().and_then(|it| it.parse::<usize>().ok());
    let full = (whole.unwrap_or(0) + 5).min(100) / 10;
    format!("{}{}", "▮".repeat(full), "▯".repeat(10 - full))
}
