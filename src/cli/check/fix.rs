//! `check --fix`: files with their safe changes made, shown and written.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::cli::Context;
use crate::cli::check::RuleFile;
use crate::diagnostics::raise::lines::visible;
use crate::editor::mend::{Change, mend};
use crate::limits;
use crate::shell::Error;
use crate::shell::disk;
use crate::vocabulary::Vocabulary;

/// Makes the safe changes of these files, in memory and, where `write` is set, on the disk:
/// each changed file whole or not at all. What is not changed is not written.
///
/// # Errors
/// When a file cannot be written, or was changed by somebody else meanwhile.
pub(super) fn fix(
    files: &mut [RuleFile],
    vocabulary: &Vocabulary,
    write: bool,
) -> Result<Vec<Change>, Error> {
    let texts = files.iter().map(|(_, name, text)| (name.clone(), text.clone()));
    let mended = mend(texts.collect(), vocabulary);
    for ((path, name, old), (_, new)) in files.iter_mut().zip(mended.files) {
        if *old != new {
            if write {
                put(path, name, old, &new)?;
            }
            *old = new;
        }
    }
    Ok(mended.changes)
}

/// Writes a rule file's new text, `old` as it was read, with the mark before it and the
/// line ends that it has.
///
/// # Errors
/// When the file cannot be written, or was changed by somebody else meanwhile.
pub(crate) fn put(path: &Path, name: &str, old: &str, new: &str) -> Result<(), Error> {
    let bytes = disk::read_bytes(path, limits::RULE_FILE_BYTES_MAX)?.unwrap_or_default();
    let was = String::from_utf8(bytes).unwrap_or_default();
    let (mark, body) = match was.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", was.as_str()),
    };
    // Lines that end in a carriage return alone are read as lines that end in a line feed.
    let returns = !body.contains('\n') && body.contains('\r');
    let read = if returns { body.replace('\r', "\n") } else { body.to_owned() };
    if read != old {
        return Err(Error::report(
            format!("{name} was changed while it was checked, so it was left alone"),
            format!("تغيّر {name} أثناء فحصه، فتُرك كما هو"),
        ));
    }
    let new = match new.contains("\r\n") {
        _ if returns => new.replace('\n', "\r"),
        false if old.contains("\r\n") => new.replace('\n', "\r\n"),
        _ => new.to_owned(),
    };
    // A link stays one, and what it leads to is written.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    disk::write_whole(&target, format!("{mark}{new}").as_bytes())
}

/// Shows each changed line as it was and as it is, what nobody sees by its number.
pub(super) fn show(context: &Context, changes: &[Change], write: bool) {
    let output = context.output;
    let mut file = "";
    for change in changes {
        if change.file != file {
            file = &change.file;
            output.data(&format!("--- {file}\n+++ {file}"));
        }
        let codes = change.codes.join(", ");
        output.data(&format!("@@ {} @@ {codes}", change.line));
        output.data(&format!(
            "-{}\n+{}",
            visible(&change.before),
            visible(&change.after)
        ));
    }
    let lines = changes.len();
    match (lines, write) {
        (0, _) => output.note(
            "Nothing can be put right without a question.",
            "لا شيء يمكن تصحيحه من دون سؤال.",
        ),
        (_, true) => output.note(
            &format!("Lines put right: {lines}. What is left:"),
            &format!("الأسطر المصحَّحة: {lines}. وما بقي:"),
        ),
        (_, false) => output.note(
            &format!("Lines that --fix puts right: {lines}; nothing was written. What would be left:"),
            &format!("الأسطر التي يصححها الخيار --fix:‏ {lines}، ولم يُكتب شيء. وما سيبقى:"),
        ),
    }
}

pub(super) fn as_json(changes: &[Change]) -> Json {
    let change = |it: &Change| {
        json!({
            "file": it.file, "line": it.line, "codes": it.codes,
            "before": it.before, "after": it.after,
        })
    };
    changes.iter().map(change).collect()
}
