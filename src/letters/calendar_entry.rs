//! The calendar entry of a due day, as RFC 5545 and RFC 6047 have it: an all-day event with
//! a stable id, so that a moved day replaces the old one.

use super::words::clean;
use crate::calendar::Day;

/// Octets of a content line before it is folded (RFC 5545, 3.1).
const LINE_OCTETS_MAX: usize = 75;

/// A due day for a person's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CalendarEntry {
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
        for line in [
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Mithaq//Letters//EN".to_owned(),
            "METHOD:PUBLISH".to_owned(),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&self.uid)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", stamp(self.stamp)),
            format!("DTSTART;VALUE=DATE:{}", basic(self.day)),
            format!("DTEND;VALUE=DATE:{}", basic(self.day.next())),
            format!("SUMMARY:{}", escaped(&self.summary)),
            format!("DESCRIPTION:{}", escaped(&self.description)),
            "TRANSP:TRANSPARENT".to_owned(),
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            "TRIGGER:-P7D".to_owned(),
            format!("DESCRIPTION:{}", escaped(&self.summary)),
            "END:VALARM".to_owned(),
            "END:VEVENT".to_owned(),
            "END:VCALENDAR".to_owned(),
        ] {
            fold(&mut out, &line);
        }
        out
    }
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
