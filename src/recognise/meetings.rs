//! Minutes of several meetings in one paper: meetings are counted, not papers.

use super::cues::position;
use super::paper::Paper;
use super::paper::Prepared;
use crate::calendar::Day;
use crate::limits;
use std::ops::Range;

/// One meeting of a paper: its day, the line that states it, the lines that are about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub(super) day: Day,
    pub(super) line: usize,
    pub(super) lines: Range<usize>,
}

/// Words that a line must begin with to open the minutes of a meeting.
const OPENINGS: [&str; 7] = [
    "minutes of",
    "minutes",
    "meeting of",
    "board meeting",
    "محضر اجتماع",
    "محضر جلسه",
    "محضر",
];

/// Words of which one follows soon where minutes really begin.
pub(super) const ROLL: [&str; 12] = [
    "present",
    "attendees",
    "attendance",
    "in attendance",
    "attending",
    "members present",
    "الحضور",
    "الحاضرون",
    "بحضور",
    "حضر",
    "المعتذرون",
    "حضرت",
];

/// How many lines below its opening the roll of a meeting stands.
const ROLL_LINES: usize = 8;

/// The meetings of a paper that holds the minutes of several; empty for one.
pub(super) fn parts(paper: &Paper<'_>) -> Vec<Part> {
    let opens = paper.lines.iter().enumerate().filter_map(|(index, line)| {
        let day = opening(line, paper)?;
        let rest = paper.lines.iter().skip(index).take(ROLL_LINES);
        let rolled = rest
            .into_iter()
            .any(|line| ROLL.iter().any(|word| position(&line.words, word).is_some()));
        rolled.then_some((index, day))
    });
    let mut found: Vec<(usize, Day)> = Vec::new();
    for (index, day) in opens.take(limits::MEETINGS_MAX) {
        if found.iter().all(|(_, known)| *known != day) {
            found.push((index, day));
        }
    }
    if found.len() < 2 {
        return Vec::new();
    }
    let ends = found.iter().skip(1).map(|(index, _)| *index).chain([paper.lines.len()]);
    let parts = found.iter().zip(ends);
    parts
        .map(|((line, day), end)| Part { day: *day, line: *line, lines: *line..end })
        .collect()
}

/// The day of the meeting whose minutes begin with this line.
fn opening(line: &Prepared<'_>, paper: &Paper<'_>) -> Option<Day> {
    let begins = OPENINGS.iter().any(|words| {
        line.words.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '))
    });
    let short = line.words.split(' ').count() <= 16;
    let other =
        ["approved", "were", "previous", "last meeting", "السابق", "السابقه", "المصادقه"];
    let about = other.iter().any(|word| position(&line.words, word).is_some());
    let day = line.dates.first().and_then(|written| written.day(paper.order));
    day.filter(|_| begins && short && !about)
}
