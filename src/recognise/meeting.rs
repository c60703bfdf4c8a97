//! When a meeting was held, and its number.
//!
//! A date gains by standing where minutes state theirs: beside a label, in the title, in
//! the front matter, in the file's name. Dates of other things (the last minutes, an
//! adoption, a next meeting, an address on the web) lose.

use super::Context;
use super::dates;
use super::dates::When;
use super::dates::Written;
use super::paper::Paper;
use super::paper::Prepared;
use super::paper::Zone;
use super::paper::name_words;
use crate::calendar::Day;
use crate::document::Method;
use crate::text;

/// A day on which the meeting may have been held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Candidate {
    pub(super) day: Day,
    pub(super) worth: i32,
    pub(super) method: Method,
    /// Index into the paper's lines.
    pub(super) line: Option<usize>,
    /// The weekday written beside it is another.
    pub(super) doubtful: bool,
    /// How often the paper gives this day, by whatever means.
    pub(super) mentions: u16,
    /// The words say that it is the meeting's.
    pub(super) labelled: bool,
    /// The weekday written beside it, 0 = Sunday.
    pub(super) weekday: Option<u8>,
}

impl Candidate {
    /// A day that stands beside the text.
    fn of(day: Day, worth: i32, method: Method) -> Candidate {
        Candidate {
            day,
            worth,
            method,
            line: None,
            doubtful: false,
            mentions: 1,
            labelled: false,
            weekday: None,
        }
    }
}

/// The other day that a paper gives for its meeting, when nothing in it settles which: the
/// name says one and the words that it was held on another, or the weekday is another
/// day's. A day that is given twice settles it.
pub(super) fn other_day(days: &[Candidate]) -> Option<Candidate> {
    let best = days.first()?;
    if best.mentions > 1 {
        return None;
    }
    if let (true, Some(weekday)) = (best.doubtful, best.weekday) {
        let day = nearest(best.day, weekday)?;
        return Some(Candidate { day, worth: 0, ..*best });
    }
    let named = |day: &Candidate| day.method == Method::FileName && day.worth >= STRONG;
    let held = |day: &Candidate| day.method == Method::Body && day.labelled;
    let other = days
        .iter()
        .skip(1)
        .find(|day| (named(best) && held(day)) || (held(best) && named(day)))?;
    let near = other.worth + 12 >= best.worth && other.mentions == 1;
    near.then_some(*other)
}

/// A date in a name that no machine wrote there is worth so much.
const STRONG: i32 = 80;

/// The day of that weekday that lies nearest.
fn nearest(day: Day, weekday: u8) -> Option<Day> {
    let before = std::iter::successors(Some(day), |day| Some(day.previous())).take(4);
    let after = std::iter::successors(Some(day), |day| Some(day.next())).take(4);
    before.zip(after).find_map(|(before, after)| {
        [before, after].into_iter().find(|day| day.weekday() == weekday)
    })
}

/// Words before a date that make it the meeting's.
const HELD: [&str; 42] = [
    "held on",
    "held",
    "met on",
    "met",
    "convened on",
    "convened",
    "meeting date",
    "date",
    "date of meeting",
    "date of the meeting",
    "date and time",
    "time and date",
    "time and location",
    "time and place",
    "date and place",
    "date and location",
    "when",
    "meeting of",
    "meeting on",
    "dated",
    "time",
    "meeting",
    "عقد",
    "عقدت",
    "المنعقد",
    "المنعقده",
    "انعقد",
    "انعقدت",
    "اجتمع",
    "اجتمعت",
    "بتاريخ",
    "تاريخ الاجتماع",
    "التاريخ",
    "تاريخ الجلسه",
    "الزمان والمكان",
    "التاريخ والمكان",
    "تاريخ ومكان الانعقاد",
    "الموافق",
    "يوم",
    "الواقع فيه",
    "وذلك يوم",
    "تاريخ",
];

/// Words around a date that make it another's.
const OTHERS: [&str; 62] = [
    "approved",
    "adopted",
    "updated",
    "last updated",
    "last modified",
    "modified",
    "posted",
    "published",
    "next meeting",
    "previous meeting",
    "previous minutes",
    "last meeting",
    "prior meeting",
    "minutes of",
    "approve the minutes",
    "approval of",
    "minutes from",
    "due",
    "deadline",
    "expires",
    "until",
    "effective",
    "revised",
    "revision",
    "since",
    "ended",
    "ending",
    "as of",
    "printed",
    "copyright",
    "created",
    "retrieved",
    "next",
    "submitted",
    "by",
    "will be held",
    "started",
    "starting",
    "begins",
    "elected",
    "joined",
    "upcoming",
    "اعتمد",
    "نشر",
    "الاجتماع القادم",
    "الاجتماع السابق",
    "المحضر السابق",
    "محضر الاجتماع السابق",
    "اخر تحديث",
    "تحديث",
    "تاريخ النشر",
    "تاريخ الطباعه",
    "تاريخ الاعتماد",
    "تاريخ الاصدار",
    "المنتهيه",
    "حتي",
    "لغايه",
    "اعتبارا من",
    "الجلسه القادمه",
    "صدر",
    "القادم",
    "السابق",
];

/// Front-matter keys that state the day of a meeting.
const STATED_KEYS: [&str; 9] = [
    "meeting_date",
    "meeting-date",
    "meeting date",
    "date_of_meeting",
    "held",
    "held_on",
    "تاريخ الاجتماع",
    "تاريخ_الاجتماع",
    "event_date",
];

/// The days that the paper gives for its meeting, best first. Several sources of one day
/// strengthen each other.
pub(super) fn candidates(paper: &Paper<'_>, context: &Context<'_>) -> Vec<Candidate> {
    let year = likely_year(paper, context);
    let mut all = from_front_matter(context);
    all.extend(from_name(paper, context));
    for (index, line) in paper.lines.iter().enumerate() {
        for (nth, written) in line.dates.iter().enumerate() {
            let Some(day) = written.day_in(paper.order, year) else { continue };
            let doubtful = written.contradicts_weekday(day);
            let worth =
                worth(paper, index, line, written) - i32::try_from(nth).unwrap_or(9) * 3;
            let worth = worth - if doubtful { 12 } else { 0 };
            let method = Method::Body;
            let labelled = label(paper, index, line, written) > 0;
            let weekday = written.weekday;
            let line = Some(index);
            all.push(Candidate {
                line,
                doubtful,
                labelled,
                weekday,
                ..Candidate::of(day, worth, method)
            });
        }
    }
    ranked(all)
}

/// Adds up independent sources of one day and sorts; the first mention stands for it.
fn ranked(all: Vec<Candidate>) -> Vec<Candidate> {
    let mut days: Vec<Candidate> = Vec::new();
    for candidate in all {
        match days.iter_mut().find(|known| known.day == candidate.day) {
            Some(known) => {
                let more = if known.method == candidate.method { 2 } else { 9 };
                let better = candidate.worth > known.worth;
                let worth = known.worth.max(candidate.worth) + more;
                let capped = worth.min(known.worth.max(candidate.worth).max(130));
                let mentions = known.mentions.saturating_add(1);
                let labelled = known.labelled || candidate.labelled;
                let doubtful = known.doubtful && candidate.doubtful;
                if better {
                    *known = candidate;
                }
                known.worth = capped;
                (known.mentions, known.labelled) = (mentions, labelled);
                known.doubtful = doubtful;
            }
            None => days.push(candidate),
        }
    }
    days.sort_by_key(|candidate| std::cmp::Reverse(candidate.worth));
    days
}

/// Which comes first in a paper's numeric dates: as these prove, else as the day that its
/// name or its front matter gives in an order that is plain.
pub(super) fn order(paper: &Paper<'_>, context: &Context<'_>) -> dates::Order {
    if paper.proved {
        return paper.order;
    }
    let front = context.text.front_matter.iter();
    let front = front.flat_map(|(_, value)| dates::find(&text::key(value)));
    let beside = name_dates(context.stem()).into_iter().chain(front);
    let plain: Vec<Day> = beside
        .filter_map(|written| match written.when {
            When::Day(day) => Some(day),
            _ => None,
        })
        .collect();
    let head = paper.head().flat_map(|line| &line.dates);
    dates::Order::agreeing(head, &plain).unwrap_or(paper.order)
}

fn worth(paper: &Paper<'_>, index: usize, line: &Prepared<'_>, written: &Written) -> i32 {
    let base = match line.zone {
        Zone::Title => 84,
        Zone::Head => 62 - i32::try_from(index).unwrap_or(40).min(20),
        Zone::Body => 20,
    };
    let calendar = match written.when {
        When::Hijri { .. } => -12,
        When::DayOfMonth { .. } => -14,
        When::Day(_) | When::Numeric { .. } | When::Month { .. } => 0,
    };
    let weekday = if written.weekday.is_some() { 6 } else { 0 };
    base + calendar + weekday + label(paper, index, line, written)
}

/// What the words before the date, on its line or alone on the line before, make of it.
fn label(paper: &Paper<'_>, index: usize, line: &Prepared<'_>, written: &Written) -> i32 {
    use super::paper::words;
    let before = words(line.key.get(..written.from).unwrap_or_default());
    let tail = last_words(&before, 6);
    let previous = index.checked_sub(1).and_then(|at| paper.lines.get(at));
    let alone = before.is_empty();
    let above = previous.filter(|_| alone).map(|line| line.words.as_str());
    let above = above.filter(|words| words.split(' ').count() <= 4).unwrap_or_default();
    let context = if tail.is_empty() { above } else { tail };
    if OTHERS.iter().any(|phrase| ends_near(context, phrase)) {
        return -45;
    }
    let held =
        HELD.iter().any(|phrase| context == *phrase || ends_with_words(context, phrase));
    let first = HELD.iter().any(|phrase| before.starts_with(phrase)) && before.len() < 40;
    match (held || first, line.zone) {
        (false, _) => 0,
        (true, Zone::Title) => 6,
        (true, Zone::Head | Zone::Body) => 24,
    }
}

fn ends_with_words(text: &str, phrase: &str) -> bool {
    text.strip_suffix(phrase).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
}

/// Whether a phrase stands among the last words before a date.
fn ends_near(text: &str, phrase: &str) -> bool {
    super::cues::position(last_words(text, 5), phrase).is_some()
}

fn last_words(words: &str, count: usize) -> &str {
    let from = words.rmatch_indices(' ').nth(count - 1).map_or(0, |(at, _)| at + 1);
    words.get(from..).unwrap_or_default()
}

/// Dates of the front matter: a key that says so, the date of the page, its title.
fn from_front_matter(context: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (key, value) in &context.text.front_matter {
        let worth = match key.as_str() {
            key if STATED_KEYS.contains(&key) => 118,
            "title" | "subject" | "العنوان" => 92,
            "date" | "التاريخ" | "تاريخ" | "issued_date" => 90,
            "description" => 40,
            _ => continue,
        };
        for written in dates::find(&text::key(value)) {
            let Some(day) = written.day(dates::Order::DayFirst) else { continue };
            let gregorian = !matches!(written.when, When::Hijri { .. });
            let worth = worth - if gregorian { 0 } else { 12 };
            let method = Method::FrontMatter;
            found.push(Candidate::of(day, worth, method));
        }
    }
    found
}

/// The date in the file's name; a month and a day take their year from the folders.
fn from_name(paper: &Paper<'_>, context: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let year = name_year(context);
    for written in name_dates(context.stem()) {
        if let Some(day) = written.day_in(paper.order, year) {
            let folder = folder_year(context) == Some(day.year());
            let worth = match (is_timestamp(context.stem(), &written), folder) {
                (true, _) => 30,
                (false, true) => 94,
                (false, false) => 86,
            };
            found.push(Candidate::of(day, worth, Method::FileName));
        }
    }
    if let (true, Some(year)) = (found.is_empty(), year) {
        found.extend(month_and_day(context.stem(), year));
    }
    found
}

/// 01-15 in a name, with the year from a folder.
fn month_and_day(stem: &str, year: i32) -> Option<Candidate> {
    let words = name_words(stem);
    let numbers: Vec<&str> = words.split(' ').filter(|word| word.len() == 2).collect();
    let number = |at: usize| numbers.get(at).and_then(|word| word.parse::<u8>().ok());
    let day = Day::from_ymd(year, number(0)?, number(1)?)?;
    Some(Candidate::of(day, 70, Method::FileName))
}

/// Dates of a name, whatever parts its numbers: 2016-08-11, `2016_08_11`, `202302.14`.
fn name_dates(stem: &str) -> Vec<Written> {
    let key = text::key(stem).replace('_', " ");
    let found = dates::find(&key);
    if !found.is_empty() {
        return found;
    }
    let words = name_words(stem);
    let found = dates::find(&words);
    if !found.is_empty() {
        return found;
    }
    let joined: String = words.chars().filter(|character| *character != ' ').collect();
    let digits: String = joined
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    if digits.len() == 8 { dates::find(&digits) } else { Vec::new() }
}

/// 20260914-081233: when a machine wrote the file, not when anybody met.
fn is_timestamp(stem: &str, written: &Written) -> bool {
    let key = text::key(stem);
    let compact = key.get(written.from..written.to).is_some_and(|date| date.len() == 8);
    let after = key.get(written.to..).unwrap_or_default();
    let time = after.trim_start_matches(['-', '_', ' ', 't']);
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    compact && (4..=9).contains(&digits) && digits != 8
}

fn folder_year(context: &Context<'_>) -> Option<i32> {
    let names = context.folders.iter().rev().map(|folder| name_words(folder));
    names.into_iter().find_map(|words| words.split(' ').find_map(year_word))
}

fn name_year(context: &Context<'_>) -> Option<i32> {
    let names = std::iter::once(context.stem())
        .chain(context.folders.iter().rev().map(String::as_str));
    names.map(name_words).find_map(|words| words.split(' ').find_map(year_word))
}

fn year_word(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1990..2100).contains(&year).then_some(year)
}

/// The year for dates without one: of the name, of the title, else of the first full date.
fn likely_year(paper: &Paper<'_>, context: &Context<'_>) -> Option<i32> {
    let front = context
        .text
        .front_matter
        .iter()
        .filter(|(key, _)| key == "date" || key == "title");
    let stated = front.flat_map(|(_, value)| dates::find(&text::key(value)));
    let of = |written: &Written| match written.when {
        When::Month { year, .. } => Some(year),
        _ => written.day(paper.order).map(Day::year),
    };
    let in_title = || {
        let lines = paper.lines.iter().filter(|line| line.zone == Zone::Title);
        lines.flat_map(|line| &line.dates).find_map(of)
    };
    let in_head = || paper.head().flat_map(|line| &line.dates).find_map(of);
    name_year(context)
        .or_else(|| stated.into_iter().find_map(|written| of(&written)))
        .or_else(in_title)
        .or_else(in_head)
}

/// The meeting's number, where the title gives one: "Meeting No. 3/2024", «رقم (3)».
/// The first number counts: what follows a slash is the year.
pub(super) fn number(
    paper: &Paper<'_>,
    context: &Context<'_>,
) -> Option<(i64, Option<usize>)> {
    let lines = paper.lines.iter().enumerate();
    let titles = lines.filter(|(index, line)| line.zone == Zone::Title || *index < 4);
    let found =
        titles.filter_map(|(index, line)| Some((numbered(&line.words)?, Some(index))));
    found.into_iter().next().or_else(|| Some((numbered(&context.title_words())?, None)))
}

fn numbered(words: &str) -> Option<i64> {
    let about =
        ["meeting", "minutes", "session", "اجتماع", "محضر", "جلسه", "الجلسه", "الاجتماع"];
    if !about.iter().any(|word| super::cues::position(words, word).is_some()) {
        return None;
    }
    let list: Vec<&str> = words.split(' ').collect();
    let at =
        list.iter().position(|word| matches!(*word, "no" | "number" | "رقم" | "nr"))?;
    let number = list.get(at + 1)?;
    number.parse().ok().filter(|_| number.len() <= 4 && !is_year(number))
}

fn is_year(word: &str) -> bool {
    year_word(word).is_some()
}
