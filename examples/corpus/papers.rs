//! Each labelled paper, read by itself: its kind, its facts, and whether the reader was
//! right to be sure.

use super::Label;
use super::Options;
use super::tally::Outcome;
use super::tally::Tally;
use super::tally::share;
use mithaq::calendar::Day;
use mithaq::calendar::Period;
use mithaq::document::FactName;
use mithaq::document::ReadState;
use mithaq::document::Reading;
use mithaq::document::Value;
use mithaq::extract::extract;
use mithaq::recognise::Context;
use mithaq::recognise::NONE_OF_OURS;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::read;
use std::collections::BTreeMap;
use std::path::Path;

/// Everything that is scored, by its name.
type Tallies = BTreeMap<&'static str, Tally>;

/// A labelled paper and what was read of it.
struct Case<'c> {
    label: &'c Label,
    /// `None` when no text could be had.
    reading: Option<Reading>,
    hidden: bool,
}

pub(crate) fn score(run: &str, labels: &[Label], options: &Options, cues: &Cues) {
    let hidden = run == "hidden";
    let adopted = adoptions(options);
    let mut tallies = Tallies::new();
    let (mut readable, mut sure, mut misled) = (0, 0, 0);
    for label in labels {
        let path = options.corpus.join("dev").join(&label.path);
        let reading = reading(&path, label, hidden, cues);
        let case = Case { label, reading, hidden };
        let outcomes = case.outcomes(&adopted);
        for (name, outcome) in &outcomes {
            let parts = [
                ("organization", label.org.as_str()),
                ("format", label.format.as_str()),
                ("kind", label.kind.as_str()),
            ];
            tallies.entry(name).or_default().add(&parts, *outcome);
            if options.misses && *outcome != Outcome::Right {
                println!("{run} {name} {}", case.told());
            }
        }
        let is_scan = case.label.text_layer.contains("none");
        readable += usize::from(!is_scan);
        if case.is_sure() {
            sure += 1;
            let decisive = ["kinds", "meeting dates"];
            let wrong = outcomes.iter().any(|(name, outcome)| {
                decisive.contains(name) && *outcome != Outcome::Right
            });
            misled += usize::from(wrong);
            if wrong && options.misses {
                println!("{run} SURE AND WRONG {}", case.told());
            }
        }
    }
    for (name, tally) in &tallies {
        tally.print(&format!("{run}: {name}"));
    }
    let (confident, wrong) = (share(sure, readable), share(misled, sure));
    println!(
        "{run}: confident {confident} of {readable} readable papers, {wrong} of those wrong"
    );
}

/// `adopted.csv` beside the labels, where somebody wrote one: path, date.
fn adoptions(options: &Options) -> BTreeMap<String, Day> {
    let own = "tests/it/corpora/adopted.tsv";
    let beside = options.corpus.join("adopted.tsv");
    let text = std::fs::read_to_string(beside).or_else(|_| std::fs::read_to_string(own));
    let text = text.unwrap_or_default();
    let rows = text.lines().filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(path, day)| Some((path.to_owned(), Day::parse(day.trim())?)))
        .collect()
}

impl Case<'_> {
    /// What the label knows of the paper, and whether it was read so.
    fn outcomes(&self, adopted: &BTreeMap<String, Day>) -> Vec<(&'static str, Outcome)> {
        let label = self.label;
        let mut all = vec![("kinds", self.kind())];
        if label.kind == "minutes" && self.states_date() {
            let day = Day::parse(&label.meeting_date);
            all.push(("meeting dates", self.day(FactName::MeetingDate, day)));
        }
        if matches!(
            label.kind.as_str(),
            "report" | "financial_report" | "audited_accounts"
        ) && !(self.hidden && label.kind == "report")
        {
            all.push(("periods", self.period()));
        }
        if let Some(present) = label.attendees_present.split('/').next().and_then(number)
        {
            all.push(("attendance", self.attendance(present)));
        }
        if let Some(met) = ["yes", "no"].iter().position(|is| *is == label.quorum_met) {
            let want = if met == 0 { Value::Yes } else { Value::No };
            all.push(("quorums", self.fact(FactName::QuorumMet, |value| *value == want)));
        }
        if let Some(auditor) =
            noted(&label.notes, "auditor=").filter(|a| !a.starts_with('('))
        {
            let is = |value: &Value| matches!(value, Value::Text(name) if alike(name, &auditor));
            all.push(("auditors", self.fact(FactName::Auditor, is)));
        }
        if let Some(day) = noted(&label.notes, "auditor_report_date=") {
            all.push((
                "auditors' dates",
                self.day(FactName::DateSigned, Day::parse(&day)),
            ));
        }
        if label.kind == "audited_accounts" {
            let end = Day::parse(&label.fiscal_year_end);
            all.push(("fiscal years", self.day(FactName::FiscalYearEnd, end)));
        }
        if let Some(day) = adopted.get(&label.path) {
            all.push(("adoption dates", self.adopted(*day)));
        }
        all
    }

    fn guess(&self) -> &str {
        let reading = self.reading.as_ref();
        reading.and_then(|r| r.kinds.first()).map_or("", |guess| guess.kind.as_str())
    }

    fn kind(&self) -> Outcome {
        if self.reading.is_none() {
            let scan = self.label.text_layer.contains("none");
            return if scan { Outcome::Right } else { Outcome::Missing };
        }
        let guess = self.guess();
        match kind_is_right(&self.label.kind, guess) || not_minutes(self.label, guess) {
            true => Outcome::Right,
            // What was left to a person is an abstention, not a mistake.
            false if !self.is_sure() => Outcome::Missing,
            false => Outcome::Wrong,
        }
    }

    /// Whether no person would be asked.
    fn is_sure(&self) -> bool {
        let state = self.reading.as_ref().map(|reading| &reading.state);
        matches!(state, Some(ReadState::Understood | ReadState::NoneOfOurs))
    }

    fn states_date(&self) -> bool {
        let label = self.label;
        let place = label.date_in_body.as_str();
        let body = !place.is_empty() && !place.starts_with("absent");
        !label.meeting_date.is_empty()
            && (!self.hidden || (body && place != "month-day only"))
    }

    fn fact(&self, name: FactName, is: impl Fn(&Value) -> bool) -> Outcome {
        let facts = self.reading.iter().flat_map(|reading| &reading.facts);
        match facts.into_iter().find(|fact| fact.name == name) {
            None => Outcome::Missing,
            Some(fact) if is(&fact.value) => Outcome::Right,
            Some(_) => Outcome::Wrong,
        }
    }

    /// Of a paper that was adopted again the latest day counts.
    fn adopted(&self, day: Day) -> Outcome {
        let facts = self.reading.iter().flat_map(|reading| &reading.facts);
        let adopted = facts.into_iter().filter(|fact| fact.name == FactName::DateAdopted);
        let days = adopted.filter_map(|fact| match fact.value {
            Value::Day(day) => Some(day),
            _ => None,
        });
        match days.max() {
            None => Outcome::Missing,
            Some(read) if read == day => Outcome::Right,
            Some(_) => Outcome::Wrong,
        }
    }

    fn day(&self, name: FactName, day: Option<Day>) -> Outcome {
        self.fact(name, |value| day.is_some_and(|day| *value == Value::Day(day)))
    }

    fn attendance(&self, want: u16) -> Outcome {
        let is = |value: &Value| matches!(value, Value::Attendance { present, .. } if *present == want);
        self.fact(FactName::Attendance, is)
    }

    /// The period that a paper covers: the one it names, or its year's end lies in it.
    fn period(&self) -> Outcome {
        let Some(want) = period(&self.label.period) else { return Outcome::Missing };
        let day = |value: &Value| match value {
            Value::Day(day) => Some(*day),
            Value::Period(period) => Some(period.to),
            _ => None,
        };
        let mut asked =
            [FactName::Covers, FactName::FiscalYearEnd, FactName::DocumentDate];
        // A label of one day is the day that the paper is of.
        if want.from == want.to {
            asked.reverse();
        }
        for name in asked {
            let found =
                self.fact(name, |value| day(value).is_some_and(|day| want.contains(day)));
            if found != Outcome::Missing {
                return found;
            }
        }
        Outcome::Missing
    }

    fn told(&self) -> String {
        let Label { path, kind, meeting_date, attendees_present, .. } = self.label;
        let Some(reading) = &self.reading else {
            return format!("{path} ({kind}) unread");
        };
        let kinds: Vec<String> = reading
            .kinds
            .iter()
            .map(|g| format!("{} {}", g.kind, g.confidence))
            .collect();
        let asked = [
            FactName::MeetingDate,
            FactName::Attendance,
            FactName::QuorumMet,
            FactName::Covers,
            FactName::FiscalYearEnd,
            FactName::Auditor,
            FactName::DateSigned,
            FactName::DateAdopted,
            FactName::DocumentDate,
        ];
        let facts = reading.facts.iter().filter(|fact| asked.contains(&fact.name));
        let facts: Vec<String> =
            facts.map(|fact| format!("{:?}={:?}", fact.name, fact.value)).collect();
        format!(
            "{path} ({kind} {meeting_date} {} {attendees_present}) {:?} [{}] {}",
            self.label.period,
            reading.state,
            kinds.join(", "),
            facts.join(" ")
        )
    }
}

fn reading(path: &Path, label: &Label, hidden: bool, cues: &Cues) -> Option<Reading> {
    let bytes = std::fs::read(path).ok()?;
    let original = label.path.split_once('/').map(|(_, name)| name).unwrap_or_default();
    let mut parts: Vec<String> = original.split("__").map(str::to_owned).collect();
    let mut name = parts.pop().unwrap_or_default();
    if hidden {
        parts.clear();
        let extension =
            name.rsplit_once('.').map(|(_, e)| e.to_owned()).unwrap_or_default();
        name = format!("{:016x}.{extension}", hash(original));
    }
    let text = extract(&bytes, &name).ok()?;
    let bodies = vec![("board".to_owned(), vec![label.body.clone()])];
    let known = if label.body.is_empty() { &[] } else { bodies.as_slice() };
    let of = Context::of(&text, &name, cues);
    Some(read(&Context { folders: &parts, bodies: known, ..of }))
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

fn number(text: &str) -> Option<u16> {
    text.trim().parse().ok()
}

/// The value behind a key in a label's notes: `auditor=…; auditor_report_date=…`.
fn noted(notes: &str, key: &str) -> Option<String> {
    let parts = notes.split(';').map(str::trim);
    parts.filter_map(|part| part.strip_prefix(key)).map(str::to_owned).next()
}

/// The same name but for marks and capitals.
fn alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(other).starts_with(&letters(one)) || letters(one).starts_with(&letters(other))
}

/// `2024`, `2020-03` or a day, as its days.
fn period(text: &str) -> Option<Period> {
    use mithaq::calendar::Cycle;
    let parts: Vec<&str> = text.split('-').collect();
    let year = parts.first()?.parse().ok()?;
    match parts.as_slice() {
        [_] => Some(Period::holding(Day::from_ymd(year, 1, 1)?, Cycle::Year)),
        [_, month] => {
            let first = Day::from_ymd(year, month.parse().ok()?, 1)?;
            Some(Period::holding(first, Cycle::Month))
        }
        _ => Day::parse(text).map(|day| Period { from: day, to: day }),
    }
}

/// Our name for a label, or `none_of_ours` when no rule speaks of it.
fn kind_is_right(label: &str, kind: &str) -> bool {
    match label {
        "minutes" => kind == "minutes" || kind.ends_with("_minutes"),
        "policy" => kind == "policy" || kind.ends_with("_policy"),
        "bylaws" | "audited_accounts" => kind == label,
        _ => kind == NONE_OF_OURS || kind == label,
    }
}

/// Minutes of a meeting that was not held are right as none of ours.
fn not_minutes(label: &Label, kind: &str) -> bool {
    label.kind == "minutes"
        && matches!(label.meeting_held.as_str(), "no" | "unknown" | "uncertain")
        && kind == NONE_OF_OURS
}
