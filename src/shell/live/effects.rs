//! What follows from a step, as rows: all of it in one transaction, or none.

use std::collections::BTreeMap;

use serde_json::json;

use crate::calendar::Day;
use crate::document::{Reading, Sha256};
use crate::letters::Letter;
use crate::plan::{Effect, Resumed};
use crate::shell::Error;
use crate::shell::folder::Identity;
use crate::shell::intake::{Health, Record};
use crate::shell::live::Event;
use crate::shell::live::correcting::Corrected;
use crate::shell::live::desk::Desk;
use crate::shell::store::correction;
use crate::shell::store::enclosure;
use crate::shell::store::enclosure::Enclosure;
use crate::shell::store::file;
use crate::shell::store::file::File;
use crate::shell::store::forgotten;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::judgement;
use crate::shell::store::judgement::state_name;
use crate::shell::store::ledger;
use crate::shell::store::ledger::Kind;
use crate::shell::store::letter;
use crate::shell::store::letter::Waiting;
use crate::shell::store::paper;
use crate::shell::store::paper::Arrival;
use crate::shell::store::request;
use crate::shell::store::resume;
use crate::shell::store::setting::{self, Setting};
use crate::shell::store::source;
use crate::shell::store::source::Sources;
use crate::shell::store::told;
use crate::shell::store::told::Basis;

/// Everything that is written at once of what followed.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) arrivals: Vec<Arrived>,
    /// Papers inside others.
    pub(super) held: Vec<Held>,
    /// Files that bring no paper: what people stated beside one, and what was only touched.
    pub(super) files: Vec<File>,
    /// Papers on record that read differently now: whose, which, with what, and how.
    pub(super) read_again: Vec<(String, Sha256, Vec<u8>, Reading)>,
    /// What people stated, taken up.
    pub(super) corrections: Vec<Corrected>,
    /// What people had erased.
    forgotten: Vec<forgotten::Request>,
    pub(super) folder: Option<FolderRows>,
    pub(super) events: Vec<Event>,
    /// What followed, without the letters, which are below in their final bytes.
    pub(super) effects: Vec<Effect>,
    /// The verdicts that the next start goes on from, where others are kept.
    pub(super) resumed: Vec<Resumed>,
    /// Those of whom something is on record that nobody has judged yet.
    pub(super) unjudged: Vec<String>,
    day: Option<Day>,
    /// What people wrote, when it changed: kept with what follows from it.
    sources: Option<Sources>,
    /// With this everybody has been judged by what people wrote.
    judged: bool,
    letters: Vec<Waiting>,
    /// Why letters wait for a person, but for those of [`OF_NO_CLOCK`].
    pub(super) wait: Option<&'static str>,
}

/// Kinds of letters that no clock calls for.
const OF_NO_CLOCK: [&str; 3] = ["receipt", "problem", "host_health"];

/// A paper inside another.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) organization: String,
    pub(super) place: Enclosure,
    pub(super) sha256: Sha256,
}

/// A paper that came to lie at a path, and what was understood of it.
#[derive(Debug)]
pub(super) struct Arrived {
    pub(super) arrival: Arrival,
    /// `None` for one inside another.
    pub(super) file: Option<File>,
    /// With what it was read; `None` when its reading is on record already.
    pub(super) reading: Option<(Vec<u8>, Reading)>,
}

/// What a reconciliation found out about a folder.
#[derive(Debug)]
pub(super) struct FolderRows {
    pub(super) organization: String,
    pub(super) folder: Option<(Identity, bool)>,
    pub(super) health: Health,
    pub(super) aside: Vec<(Vec<u8>, &'static str)>,
    pub(super) missing: Vec<Vec<u8>>,
    pub(super) gone: Vec<Vec<u8>>,
    pub(super) back: Vec<Vec<u8>>,
    /// Nanoseconds of the wall clock.
    pub(super) walked: i64,
}

impl Rows {
    pub(super) fn of_day(day: Day) -> Rows {
        Rows { day: Some(day), ..Rows::default() }
    }

    /// What people wrote changed; `whole`: all that follows is stored with it.
    pub(super) fn of_sources(sources: Sources, whole: bool) -> Rows {
        Rows { sources: Some(sources), judged: whole, ..Rows::default() }
    }

    /// What people had erased.
    pub(super) fn of_forgotten(forgotten: Vec<forgotten::Request>) -> Rows {
        Rows { forgotten, ..Rows::default() }
    }

    /// The last portion of what follows from a change.
    pub(super) fn of_last_portion() -> Rows {
        Rows { judged: true, ..Rows::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.arrivals.is_empty()
            && self.held.is_empty()
            && self.files.is_empty()
            && self.read_again.is_empty()
            && self.corrections.is_empty()
            && self.forgotten.is_empty()
            && self.folder.is_none()
            && self.resumed.is_empty()
            && self.unjudged.is_empty()
            && self.day.is_none()
            && self.sources.is_none()
            && !self.judged
            && self.effects.is_empty()
            && self.letters.is_empty()
    }

    /// Whether somebody waits for it: papers came or are read otherwise, or have their receipt.
    pub(super) fn answer_papers(&self) -> bool {
        let receipted = |effect: &Effect| matches!(effect, Effect::Receipted { .. });
        !self.arrivals.is_empty()
            || !self.held.is_empty()
            || !self.files.is_empty()
            || !self.read_again.is_empty()
            || !self.corrections.is_empty()
            || self.effects.iter().any(receipted)
    }

    /// Adds what a step answered, letters in their final bytes.
    pub(super) fn add(&mut self, effects: Vec<Effect>, desk: &mut Desk<'_>, now: i64) {
        for effect in effects {
            match effect {
                Effect::Letter(letter) => self.letter(&letter, desk, now),
                effect => self.effects.push(effect),
            }
        }
    }

    fn letter(&mut self, letter: &Letter, desk: &mut Desk<'_>, now: i64) {
        match desk.finish(letter, now) {
            Ok(waiting) => self.letters.push(waiting),
            // Addresses are checked where they are written; one that no message can carry
            // all the same is told and loses nobody else's letter.
            Err(unsendable) => tracing::error!(
                organization = letter.to.organization,
                kind = letter.kind().code(),
                "a letter could not be made: {unsendable}"
            ),
        }
    }

    /// Writes everything; gives the letters that nobody has had before.
    pub(super) fn store(
        &self,
        connection: &rusqlite::Connection,
        now: i64,
    ) -> Result<Vec<Event>, Error> {
        // First: what else is stored here may say that they hold no longer.
        for resumed in &self.resumed {
            resume::keep(connection, resumed)?;
        }
        for organization in &self.unjudged {
            resume::forget(connection, organization)?;
        }
        for request in &self.forgotten {
            forgotten::erase(connection, request, now)?;
        }
        for corrected in &self.corrections {
            corrected.store(connection, now)?;
        }
        // Papers that are read again here were judged by what they said before.
        let readings = Horizon::of_rows(connection)?.readings;
        if let Some(sources) = &self.sources {
            source::begin(connection, sources, now)?;
        }
        if self.judged {
            source::end(connection)?;
        }
        for arrived in &self.arrivals {
            arrived.store(connection)?;
        }
        for Held { organization, place, sha256 } in &self.held {
            enclosure::keep(connection, organization, place, *sha256)?;
        }
        for file in &self.files {
            file::keep(connection, file)?;
        }
        for (organization, sha256, context, reading) in &self.read_again {
            let of = (organization.as_str(), *sha256);
            paper::keep_reading(connection, of, context, reading, now)?;
        }
        if let Some(folder) = &self.folder {
            folder.store(connection, now)?;
        }
        let horizon = Horizon { readings, ..Horizon::of_rows(connection)? };
        let mut entries = Vec::new();
        for effect in &self.effects {
            let said = said(effect, now, horizon);
            keep(connection, effect, said.as_deref(), now)?;
            entries.extend(entry(effect, said.as_deref(), now));
        }
        let mut written = Vec::new();
        for waiting in &self.letters {
            if letter::enqueue(connection, waiting, now)? {
                let free = OF_NO_CLOCK.contains(&waiting.kind);
                if let Some(why) = self.wait.filter(|_| !free) {
                    letter::hold(connection, &waiting.rendered.name, why)?;
                }
                entries.push(waiting.entry(now));
                written.push(Event::LetterWritten {
                    organization: waiting.organization.clone(),
                    recipient: waiting.recipient.clone(),
                    subject: waiting.rendered.subject.clone(),
                });
            }
        }
        ledger::append(connection, &entries)?;
        setting::raise_clock(connection, now)?;
        if let Some(day) = self.day {
            setting::set(connection, Setting::DayJudged, &day.to_string())?;
            setting::forget(connection, Setting::ClockAhead)?;
        }
        Ok(written)
    }
}

impl Arrived {
    fn store(&self, connection: &rusqlite::Connection) -> Result<(), Error> {
        let arrival = &self.arrival;
        paper::enter(connection, arrival)?;
        if let Some((context, reading)) = &self.reading {
            let of = (arrival.organization.as_str(), arrival.sha256);
            paper::keep_reading(connection, of, context, reading, arrival.at)?;
        }
        paper::arrive(connection, arrival)?;
        match &self.file {
            Some(file) => file::keep(connection, file),
            None => Ok(()),
        }
    }
}

impl Corrected {
    fn store(&self, connection: &rusqlite::Connection, now: i64) -> Result<(), Error> {
        let Some((context, reading)) = &self.read else {
            return request::done(connection, self.request.id, now);
        };
        let of = &self.request.correction;
        let of = (of.organization.as_str(), of.sha256);
        paper::keep_corrected(connection, of, context, reading, now)?;
        correction::keep(connection, &self.request, now)
    }
}

impl FolderRows {
    /// Whether anything is not on record already; a look at a quiet folder writes nothing.
    pub(super) fn is_news(&self, record: &Record) -> bool {
        let healthy = self.health == Health::Healthy;
        let aside: BTreeMap<Vec<u8>, String> = self
            .aside
            .iter()
            .map(|(path, why)| (path.clone(), (*why).to_owned()))
            .collect();
        let same_folder = self.folder.is_none_or(|(identity, marker)| {
            record.identity == Some(identity) && record.marker == marker
        });
        let still =
            self.missing.is_empty() && self.gone.is_empty() && self.back.is_empty();
        !(still && same_folder && healthy == record.healthy && aside == record.aside)
    }

    fn store(&self, connection: &rusqlite::Connection, now: i64) -> Result<(), Error> {
        let id = &self.organization;
        file::reconciled(connection, id, self.folder, self.health, now)?;
        file::set_aside(connection, id, &self.aside)?;
        file::mark_missing(connection, id, &self.missing, Some(self.walked))?;
        file::mark_missing(connection, id, &self.back, None)?;
        file::forget(connection, id, &self.gone, now)
    }
}

/// What a finding says, in the bytes that are kept of it.
fn said(effect: &Effect, at: i64, horizon: Horizon) -> Option<String> {
    let Effect::Finding(finding, account) = effect else { return None };
    let basis = Basis { at, as_of: account.as_of, horizon };
    Some(told::text(finding, account, &basis, told::ENGINE))
}

fn keep(
    connection: &rusqlite::Connection,
    effect: &Effect,
    said: Option<&str>,
    now: i64,
) -> Result<(), Error> {
    match effect {
        Effect::Verdict(row) => judgement::keep_verdict(connection, row),
        Effect::Finding(finding, _) => {
            judgement::keep_finding(connection, finding, (now, said))
        }
        Effect::Index(row) => judgement::keep_index(connection, row),
        Effect::Receipted { organization, papers } => {
            paper::answered(connection, organization, papers)
        }
        Effect::Letter(_) => Ok(()),
    }
}

/// What the ledger says of an effect. Hashes, states and dates only: never a paper's text.
fn entry(effect: &Effect, said: Option<&str>, at: i64) -> Option<ledger::Entry> {
    let (kind, organization, subject, detail) = match effect {
        Effect::Verdict(row) => (
            Kind::Verdict,
            &row.organization,
            format!("{}/{}", row.rulebook, row.rule),
            json!({
                "as_of": row.as_of.to_string(),
                "before": row.before.map(state_name),
                "state": state_name(row.state),
            }),
        ),
        Effect::Finding(finding, _) => (
            Kind::Finding,
            &finding.key.organization,
            format!("{}/{}/{}", finding.key.rulebook, finding.key.rule, finding.key.slot),
            json!({
                "version": finding.version,
                "state": state_name(finding.state),
                "closed": finding.closed.map(|closed| closed.on.to_string()),
                "sha256": said.map(|said| told::hash(said).to_string()),
            }),
        ),
        Effect::Index(row) => (
            Kind::Index,
            &row.organization,
            row.rulebook.clone(),
            json!({
                "as_of": row.as_of.to_string(),
                "value": row.index.value,
                "low": row.index.low,
                "high": row.index.high,
                "coverage": row.index.coverage,
            }),
        ),
        Effect::Receipted { organization, papers } => (
            Kind::Paper,
            organization,
            String::new(),
            json!({ "papers": papers.iter().map(Sha256::to_string).collect::<Vec<_>>() }),
        ),
        Effect::Letter(_) => return None,
    };
    let organization = organization.clone();
    Some(ledger::Entry { at, kind, organization, subject, detail: detail.to_string() })
}
