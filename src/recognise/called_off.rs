//! Whether a paper says that its meeting was called off. Knows no date.

use super::Context;
use super::cues::position;
use super::meetings::ROLL;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::Zone;
use super::paper::name_words;

/// Words by which a title or a short paper says that a meeting did not take place.
const CALLED_OFF: [&str; 30] = [
    "cancelled",
    "canceled",
    "cancellation",
    "postponed",
    "no meeting",
    "not held",
    "did not take place",
    "meeting was cancelled",
    "rescheduled",
    "was combined with",
    "no meeting was held",
    "did not meet",
    "adjourned for lack of quorum",
    "was not held",
    "الغي",
    "الغاء",
    "تاجل",
    "تاجيل",
    "لم ينعقد",
    "لم يعقد",
    "تعذر عقد",
    "لم تنعقد",
    "تاجلت",
    "الغيت",
    "ملغي",
    "ملغاه",
    "مؤجل",
    "لم يتم عقد",
    "تم تاجيل",
    "تم الغاء",
];

/// Words by which a short paper that names nobody present says that nobody could decide.
const NO_QUORUM: [&str; 14] = [
    "no quorum",
    "lack of quorum",
    "lack of a quorum",
    "without quorum",
    "without a quorum",
    "not have quorum",
    "not have a quorum",
    "quorum was not reached",
    "quorum was not met",
    "no minutes were taken",
    "لم يكتمل النصاب",
    "عدم اكتمال النصاب",
    "لم يتوفر النصاب",
    "عدم توفر النصاب",
];

/// A paper of more words than this tells of a meeting that was held; what it says of
/// cancelling concerns another.
const SHORT_WORDS: usize = 150;

/// A meeting that was called off; the line that says so, when it is not the name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct CalledOff {
    pub(super) line: Option<usize>,
}

/// Whether the paper says that its meeting was called off, and the line that says so.
pub(super) fn called_off(paper: &Paper<'_>, context: &Context<'_>) -> Option<CalledOff> {
    let says =
        |words: &str| CALLED_OFF.iter().any(|phrase| position(words, phrase).is_some());
    if says(&name_words(context.stem())) || says(&context.title_words()) {
        return Some(CalledOff { line: None });
    }
    let short = paper.word_count(SHORT_WORDS) < SHORT_WORDS;
    let reach = if short { paper.lines.len() } else { 0 };
    let first = paper.lines.iter().enumerate();
    let titled = |line: &Prepared<'_>| {
        line.zone == Zone::Title && line.words.split(' ').count() <= 16
    };
    let off = first
        .filter(|(index, line)| *index < reach || titled(line))
        .find(|(_, line)| says(&line.words));
    let off = off.map(|(index, _)| index).or_else(|| short.then(|| no_quorum(paper))?);
    off.map(|index| CalledOff { line: Some(index) })
}

/// The line by which a paper without a roll says that there was no quorum. Words may run on
/// from one line to the next.
fn no_quorum(paper: &Paper<'_>) -> Option<usize> {
    let has = |words: &str, phrases: &[&str]| {
        phrases.iter().any(|phrase| position(words, phrase).is_some())
    };
    if paper.lines.iter().any(|line| has(&line.words, &ROLL)) {
        return None;
    }
    (0..paper.lines.len()).find(|index| {
        let lines = paper.lines.iter().skip(*index).take(2);
        let words: Vec<&str> = lines.map(|line| line.words.as_str()).collect();
        has(&words.join(" "), &NO_QUORUM)
    })
}
