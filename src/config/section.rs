//! One table of a configuration file, read key by key.
//!
//! Remembers what was asked for, so that what is left over is an unknown key and what was
//! asked for is what may have been meant. Never stops at the first mistake.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::calendar::Day;
use crate::config::Problem;
use crate::limits;
use crate::text::Bilingual;

/// A file being read: its text, its name, and what is wrong with it so far.
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
}

/// A table and the keys that were asked of it.
pub(super) struct Section<'a> {
    reader: &'a Reader<'a>,
    table: &'a DeTable<'a>,
    line: u32,
    asked: Vec<&'static str>,
}

/// Parses `text` and hands its root to `read`; gives the value only when nothing is wrong.
pub(super) fn read_file<T>(
    file: &str,
    text: &str,
    read: impl FnOnce(&mut Section<'_>) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    let reader = Reader { file, text, problems: RefCell::default() };
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => return Err(vec![reader.syntax(&error)]),
    };
    let mut section =
        Section { reader: &reader, table: root.get_ref(), line: 1, asked: Vec::new() };
    let value = read(&mut section);
    section.finish();
    let problems = reader.problems.into_inner();
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ => Err(problems),
    }
}

impl Reader<'_> {
    fn line_of(&self, offset: usize) -> u32 {
        let before = self.text.as_bytes().iter().take(offset);
        let breaks = before.filter(|byte| **byte == b'\n').count();
        u32::try_from(breaks + 1).unwrap_or(u32::MAX)
    }

    /// Whether more problems would not be told anyway; a long file costs no more then.
    fn is_full(&self) -> bool {
        self.problems.borrow().len() >= limits::CONFIG_PROBLEMS_MAX
    }

    fn report(&self, line: u32, english: String, arabic: String) {
        if !self.is_full() {
            let file = self.file.to_owned();
            self.problems.borrow_mut().push(Problem { file, line, english, arabic });
        }
    }

    fn syntax(&self, error: &toml::de::Error) -> Problem {
        let line = error.span().map_or(1, |span| self.line_of(span.start));
        let said = error.message().lines().next().unwrap_or_default().to_owned();
        Problem {
            file: self.file.to_owned(),
            line,
            english: format!("this line is not TOML: {said}"),
            arabic: format!("هذا السطر ليس بصيغة TOML: {}", crate::text::isolate(&said)),
        }
    }
}

impl<'a> Section<'a> {
    fn find(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// Says that `key` is wrong, on its line where it has one.
    pub(super) fn wrong(&self, key: &str, english: String, arabic: String) {
        let line = self
            .table
            .get(key)
            .map_or(self.line, |value| self.reader.line_of(value.span().start));
        self.reader.report(line, english, arabic);
    }

    fn expected(&self, key: &str, english: &str, arabic: &str) {
        self.wrong(
            key,
            format!("`{key}` must be {english}"),
            format!("يجب أن تكون قيمة `{key}` {arabic}"),
        );
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.find(key)?;
        let text =
            value.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.expected(key, "a text in quotes", "نصًا بين علامتي اقتباس");
        }
        text.map(str::to_owned)
    }

    pub(super) fn required_text(&mut self, key: &'static str) -> Option<String> {
        if self.table.get(key).is_none() {
            self.asked.push(key);
            self.missing(key);
            return None;
        }
        self.text(key)
    }

    fn missing(&self, key: &str) {
        self.reader.report(
            self.line,
            format!("`{key}` is missing here"),
            format!("المفتاح `{key}` غير موجود هنا"),
        );
    }

    /// A date: `2026-11-21`, with or without quotes.
    pub(super) fn day(&mut self, key: &'static str) -> Option<Day> {
        let value = self.find(key)?;
        let day = day_of(value.get_ref());
        if day.is_none() {
            self.expected(
                key,
                "a date such as 2026-11-21, between 1900 and 2200",
                "تاريخًا مثل 2026-11-21 بين عامي 1900 و2200",
            );
        }
        day
    }

    /// A whole number; `true` is 1 and `false` is 0.
    pub(super) fn number(&mut self, key: &'static str) -> Option<i64> {
        let value = self.find(key)?.get_ref();
        let number = match value {
            DeValue::Boolean(flag) => Some(i64::from(*flag)),
            DeValue::Integer(integer) => {
                i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix())
                    .ok()
            }
            _ => None,
        };
        if number.is_none() {
            self.expected(
                key,
                "a whole number without quotes",
                "عددًا صحيحًا دون علامتي اقتباس",
            );
        }
        number
    }

    /// A whole number between two bounds, both included.
    pub(super) fn number_in(
        &mut self,
        key: &'static str,
        least: i64,
        most: i64,
    ) -> Option<i64> {
        let number = self.number(key)?;
        if (least..=most).contains(&number) {
            return Some(number);
        }
        self.expected(
            key,
            &format!("between {least} and {most}"),
            &format!("بين {least} و{most}"),
        );
        None
    }

    /// `true` or `false`; what is not said is false.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.find(key) else { return false };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.expected(key, "true or false", "true أو false");
        }
        flag.unwrap_or(false)
    }

    /// One text or a list of texts.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.find(key) else { return Vec::new() };
        texts_of(value.get_ref()).unwrap_or_else(|| {
            self.expected(
                key,
                "a list of texts in quotes",
                "قائمة نصوص بين علامات اقتباس",
            );
            Vec::new()
        })
    }

    /// `name = "…"` or `name = { en = "…", ar = "…" }`.
    pub(super) fn name(&mut self, key: &'static str) -> Option<Bilingual> {
        let Some(value) = self.table.get(key) else {
            self.asked.push(key);
            self.missing(key);
            return None;
        };
        if value.get_ref().is_str() {
            let name = self.text(key)?;
            return Some(Bilingual { english: name.clone(), arabic: name });
        }
        let mut inner = self.section(key)?;
        let (english, arabic) = (inner.text("en"), inner.text("ar"));
        inner.finish();
        let either = english.clone().or_else(|| arabic.clone());
        if either.is_none() {
            self.expected(
                key,
                "a text or { en = …, ar = … }",
                "نصًا أو { en = …, ar = … }",
            );
        }
        let either = either?;
        Some(Bilingual {
            english: english.unwrap_or_else(|| either.clone()),
            arabic: arabic.unwrap_or(either),
        })
    }

    /// The table under `key`. Its reader calls [`Section::finish`].
    pub(super) fn section(&mut self, key: &'static str) -> Option<Section<'a>> {
        let value = self.find(key)?;
        let line = self.reader.line_of(value.span().start);
        let Some(table) = value.get_ref().as_table() else {
            self.expected(key, "a table", "جدولًا");
            return None;
        };
        Some(Section { reader: self.reader, table, line, asked: Vec::new() })
    }

    /// The tables under `key`: `[[key]]` or a list of inline tables.
    pub(super) fn sections(&mut self, key: &'static str) -> Vec<Section<'a>> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.expected(key, "a list of tables", "قائمة جداول");
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in array {
            let line = self.reader.line_of(item.span().start);
            match item.get_ref().as_table() {
                Some(table) => {
                    let reader = self.reader;
                    found.push(Section { reader, table, line, asked: Vec::new() });
                }
                None => self.expected(key, "a list of tables", "قائمة جداول"),
            }
        }
        found
    }

    /// A table whose keys are the user's own: each with its texts.
    pub(super) fn own_keys(&mut self, key: &'static str) -> Vec<(String, Vec<String>)> {
        let Some(section) = self.section(key) else { return Vec::new() };
        let mut found = Vec::new();
        for (name, value) in section.table {
            match texts_of(value.get_ref()) {
                Some(texts) => found.push((name.get_ref().to_string(), texts)),
                None => section.expected(
                    name.get_ref(),
                    "a text or a list of texts",
                    "نصًا أو قائمة نصوص",
                ),
            }
        }
        found
    }

    /// Reports every key that nobody asked for.
    pub(super) fn finish(&mut self) {
        for (key, value) in self.table {
            if self.reader.is_full() {
                return;
            }
            let key = key.get_ref().as_ref();
            if !self.asked.contains(&key) {
                let line = self.reader.line_of(value.span().start);
                self.unknown(key, line);
            }
        }
    }

    fn unknown(&self, key: &str, line: u32) {
        let meant = nearest(key, &self.asked);
        let mut english = format!("`{key}` is not a key that is known here");
        let mut arabic = format!("المفتاح `{key}` غير معروف هنا");
        if let Some(meant) = meant {
            english = format!("{english}; did you mean `{meant}`?");
            arabic = format!("{arabic}، فهل المقصود `{meant}`؟");
        }
        self.reader.report(line, english, arabic);
    }
}

fn day_of(value: &DeValue<'_>) -> Option<Day> {
    match value {
        DeValue::String(text) => Day::parse(text.trim()),
        DeValue::Datetime(moment) => {
            let date = moment.date.filter(|_| moment.time.is_none())?;
            Day::from_ymd(i32::from(date.year), date.month, date.day)
        }
        _ => None,
    }
}

fn texts_of(value: &DeValue<'_>) -> Option<Vec<String>> {
    if let Some(text) = value.as_str() {
        return Some(vec![text.to_owned()]);
    }
    let items = value.as_array()?.iter();
    items.map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
}

/// The known key that `key` most likely stands for: at most a third of its letters away.
fn nearest<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let allowed = (key.chars().count() / 3).max(1);
    known
        .iter()
        .map(|candidate| (distance(key, candidate), *candidate))
        .filter(|(apart, _)| *apart <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters to change, add, drop or swap with a neighbour, to make one word of the other.
pub(crate) fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().collect();
    let mut two_back: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=from.len()).collect();
    let mut earlier = None;
    for (done, letter) in to.chars().enumerate() {
        let mut next = vec![done + 1];
        for (index, other) in from.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(0);
            let change = at(&row, index) + usize::from(*other != letter);
            let mut best = change.min(at(&row, index + 1) + 1).min(at(&next, index) + 1);
            let swapped = index > 0
                && earlier == Some(*other)
                && from.get(index - 1) == Some(&letter);
            if swapped {
                best = best.min(at(&two_back, index - 1) + 1);
            }
            next.push(best);
        }
        two_back = std::mem::replace(&mut row, next);
        earlier = Some(letter);
    }
    row.last().copied().unwrap_or(0)
}
