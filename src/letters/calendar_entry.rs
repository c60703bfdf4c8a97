//! The calendar entry of a due day, as RFC 5545 and RFC 5546 have it: an all-day event with
//! a stable id, so that a moved day replaces the old one and a duty that is done takes it away.

use super::words::clean;
use crate::calendar::Day;

/// Octets of a content line before it is folded (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// What a calendar is to do with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Publish,
    /// The duty is over: take the entry away.
    Cancel,
}

/// A due day for a person's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CalendarEntry {
    pub(crate) method: Method,
    /// The rule's code, for the name of the file.
    pub(crate) rule: String,
    /// An address: whose entry it is.
    pub(crate) organizer: String,
    /// Stable for the duty: ASCII.
    pub(crate) uid: String,
    pub(crate) sequence: u32,
    pub(crate) day: Day,
    pub(crate) summary: String,
    pub(crate) description: String,
    /// When it was written, Unix seconds.
    pub(crate) stamp: i64,
}

impl CalendarEntry {
    /// The whole calendar object with CRLF line ends.
    pub(crate) fn to_ics(&self) -> String {
        let mut out = String::new();
        let summary = escaped(&self.summary);
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Mithaq//Letters//EN".to_owned(),
            format!("METHOD:{}", self.method.name()),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&self.uid)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", stamp(self.stamp)),
            format!("ORGANIZER:mailto:{}", uri(&self.organizer)),
            format!("DTSTART;VALUE=DATE:{}", basic(self.day)),
            format!("DTEND;VALUE=DATE:{}", basic(self.day.next())),
            format!("SUMMARY:{summary}"),
            format!("DESCRIPTION:{}", escaped(&self.description)),
            "TRANSP:TRANSPARENT".to_owned(),
        ];
        match self.method {
            Method::Publish => lines.extend([
                "BEGIN:VALARM".to_owned(),
                "ACTION:DISPLAY".to_owned(),
                "TRIGGER:-P7D".to_owned(),
                format!("DESCRIPTION:{summary}"),
                "END:VALARM".to_owned(),
            ]),
            Method::Cancel => lines.push("STATUS:CANCELLED".to_owned()),
        }
        lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
        for line in lines {
            fold(&mut out, &line);
        }
        out
    }
}

impl Method {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Method::Publish => "PUBLISH",
            Method::Cancel => "CANCEL",
        }
    }
}

/// An address within a URI: what no address holds is left out.
fn uri(address: &str) -> String {
    let plain = |one: &char| one.is_alphanumeric() || "@.-_+".contains(*one);
    address.chars().filter(plain).collect()
}

/// 2026-04-30 as `20260430`.
fn basic(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Unix seconds as `20260430T083000Z`.
fn stamp(seconds: i64) -> String {
    let day = i32::try_from(seconds.div_euclid(86_400)).map_or(Day::LATEST, Day);
    let time = seconds.rem_euclid(86_400);
    format!("{}T{:02}{:02}{:02}Z", basic(day), time / 3600, time / 60 % 60, time % 60)
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in clean(text).chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}

/// Writes one content line, folded between characters.
fn fold(out: &mut String, line: &str) {
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > LINE_OCTETS_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(character);
        octets += character.len_utf8();
    }
    out.push_str("\r\n");
}
