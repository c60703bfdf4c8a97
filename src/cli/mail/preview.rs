//! `mithaq mail preview`: a scan on a copy of the store, and its letters as files to look
//! at. Nothing is sent, and the network's own store stays as it is.

use std::path::{Path, PathBuf};

use mail_parser::MessageParser;
use serde_json::{Value as Json, json};

use crate::cli::mail::Hour;
use crate::cli::scan;
use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::Error;
use crate::shell::clock::Clock;
use crate::shell::disk;
use crate::shell::live::Live;
use crate::shell::outbox;
use crate::shell::outbox::Row;
use crate::shell::outbox::State;
use crate::shell::outbox::delivery::file_name;
use crate::shell::store;
use crate::shell::store::Place;

/// # Errors
/// When the network cannot be read or the files cannot be written.
pub fn run(context: &Context, out: Option<&Path>) -> Result<Exit, Failure> {
    let root = context.root()?;
    let folder = out.map_or_else(|| root.join("mail-preview"), Path::to_owned);
    disk::make_folder(&folder)?;
    let copy = Copy::of(&Place::of_network(&root), &folder)?;
    let mut live = Live::start_at(&root, copy.place.clone(), clock(context)?)?;
    scan::until_still(&mut live, &mut |_| {})?;
    drop(live);
    let letters = copy.letters()?;
    let mut told = Vec::new();
    for (row, raw) in &letters {
        let file = write(&folder, row, raw)?;
        told.push((row, file));
    }
    drop(copy);
    tell(context, &told, (&folder, &Hour::of(context, &root)));
    Ok(Exit::Done)
}

/// The clock of the rehearsal: now, or the day ahead that `--as-of` names, when nothing
/// more has arrived.
fn clock(context: &Context) -> Result<Clock, Error> {
    let Some(day) = &context.global.as_of else { return Ok(context.clock) };
    let ahead = Clock::set_to(day)?;
    if ahead.now() < context.clock.now() {
        return Err(Error::report(
            format!(
                "`{day}` is over: a preview shows letters of today or of a day ahead"
            ),
            format!("«{day}» يوم مضى: تعرض المعاينة رسائل اليوم أو يوم قادم"),
        ));
    }
    Ok(ahead)
}

/// A copy of the store that is gone when it is dropped.
struct Copy {
    place: Place,
}

impl Copy {
    fn of(place: &Place, beside: &Path) -> Result<Copy, Error> {
        let folder = beside.join(format!(".rehearsal-{}", std::process::id()));
        let copy = Copy { place: Place { folder } };
        disk::make_folder(&copy.place.folder)?;
        if let Some(connection) = store::open_to_read(place)? {
            let target = copy.place.database();
            connection.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
        }
        Ok(copy)
    }

    /// The letters that would leave now, with their bytes.
    fn letters(&self) -> Result<Vec<(Row, Vec<u8>)>, Error> {
        let Some(connection) = store::open_to_read(&self.place)? else {
            return Ok(Vec::new());
        };
        let mut letters = Vec::new();
        for row in outbox::queue(&connection, false)? {
            if row.state == State::Pending {
                let raw = outbox::raw(&connection, row.id)?.unwrap_or_default();
                letters.push((row, raw));
            }
        }
        Ok(letters)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // What stays behind is a copy in a hidden folder, named after a process.
        std::fs::remove_dir_all(&self.place.folder).ok();
    }
}

/// Writes the message and its HTML; gives the message's path.
fn write(folder: &Path, row: &Row, raw: &[u8]) -> Result<PathBuf, Error> {
    let path = folder.join(file_name(row));
    disk::write_whole(&path, raw)?;
    let parsed = MessageParser::default().parse(raw);
    if let Some(html) = parsed.as_ref().and_then(|message| message.body_html(0)) {
        disk::write_whole(&path.with_extension("html"), html.as_bytes())?;
    }
    Ok(path)
}

fn tell(context: &Context, told: &[(&Row, PathBuf)], (folder, hour): (&Path, &Hour)) {
    let output = context.output;
    let why = |row: &Row| super::why(&row.kind).read_in(output.language).to_owned();
    if output.format == Format::Json {
        let letters: Vec<Json> = told
            .iter()
            .map(|(row, file)| {
                json!({
                    "to": row.recipient,
                    "kind": row.kind,
                    "subject": row.subject,
                    "why": why(row),
                    "file": file.display().to_string(),
                })
            })
            .collect();
        output.json(vec![("letters", Json::from(letters))]);
        return;
    }
    for (row, file) in told {
        output.data(&format!("{}  {}", row.recipient, row.subject));
        output.data(&format!("       {}  {}", why(row), file.display()));
        if let Some(leaves) = hour.leaves(row) {
            output.data(&format!("       {leaves}"));
        }
    }
    let (number, folder) = (told.len(), folder.display());
    output.note(
        &format!("Letters: {number}. Nothing was sent; they are in {folder}."),
        &format!("عدد الرسائل: {number}. لم يُرسل شيء، وهي في {folder}."),
    );
}
