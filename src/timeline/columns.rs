//! What is read most of a timeline, close together: the day, the matter, the count and the
//! person of each entry that is as it should be, subject by subject.
//!
//! Of an organization with 75 entries it is a kilobyte, which the judge goes through from
//! one end to the other. A subject of which something is out of the ordinary (papers that
//! contradict each other, deeds of different bodies) has no column, and is read entry by
//! entry instead.

use super::found::{Contained, Found};
use super::{Entry, FOR_EVER, Instant, Paper, Subject};
use crate::calendar::Day;
use crate::norm::{Occurrence, TermId};

/// The columns of one timeline.
#[derive(Clone, Debug)]
pub struct Columns {
    /// What they say holds for whoever knows what was received up to this instant, and for
    /// nobody who knows less.
    pub since: Instant,
    /// What each column is of: few, and side by side, so that one look finds it.
    subjects: Box<[Subject]>,
    each: Box<[Column]>,
    rows: Box<[Row]>,
    /// `None` where the papers themselves have to be looked at.
    found: Option<Found>,
}

/// The entries of one subject.
#[derive(Clone, Copy, Debug)]
struct Column {
    /// The place of its first row.
    from: u32,
    by: Option<TermId>,
    to: Option<TermId>,
    /// What the rows hold beside their days is all that is to be known of them.
    is_plain: bool,
    /// Several papers tell of one event.
    repeats: bool,
    /// [`Row::other`] is the last day of a validity.
    is_validity: bool,
}

/// One entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    pub day: Day,
    /// [`Entry::about`], or of a certificate [`Entry::until`]; [`Day::EARLIEST`] where
    /// neither is stated.
    other: Day,
    count: u16,
    of: u16,
    /// [`Entry::who`].
    pub who: u16,
    /// [`Entry::number`].
    pub number: u16,
}

/// The rows that a rule asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rows<'t> {
    /// By day.
    pub rows: &'t [Row],
    /// The place of the first among all rows.
    at: u32,
    /// There are rows of one day, and they are one event.
    pub repeats: bool,
    is_validity: bool,
}

/// In place of a number that is not stated, which none reaches that is.
const NOT_STATED: u16 = u16::MAX;

impl Columns {
    /// Reads entries that lie in the order of their subjects and days.
    pub(super) fn of(entries: &[Entry], papers: &[Paper]) -> Columns {
        let replaced = entries.iter().map(|entry| entry.superseded);
        let since = entries.iter().map(|entry| entry.known);
        let since = since.chain(replaced.filter(|instant| *instant != FOR_EVER)).max();
        // As large as they are and no larger: there are many of them.
        let count = entries.iter().filter(|one| one.superseded == FOR_EVER).count();
        let different =
            entries.chunk_by(|one, other| one.subject == other.subject).count();
        let (mut columns, mut rows) =
            (Vec::with_capacity(different), Vec::with_capacity(count));
        let mut subjects = Vec::with_capacity(different);
        for entries in entries.chunk_by(|one, other| one.subject == other.subject) {
            let standing = || entries.iter().filter(|one| one.superseded == FOR_EVER);
            let Some(first) = standing().next() else { continue };
            let from = u32::try_from(rows.len())
                .expect("invariant: every paper of every fact fits 32 bits");
            rows.extend(standing().map(Row::of));
            subjects.push(first.subject);
            columns.push(Column { from, ..Column::of(first, standing()) });
        }
        Columns {
            since: since.unwrap_or(Instant::MIN),
            subjects: subjects.into(),
            each: columns.into(),
            rows: rows.into(),
            found: Found::of(
                entries.iter().filter(|one| one.superseded == FOR_EVER),
                papers,
            ),
        }
    }

    /// What the papers contain that rows are of; `None` where the papers have to be looked
    /// at.
    pub fn contained<'t>(&'t self, rows: Rows<'t>) -> Option<Contained<'t>> {
        Some(self.found.as_ref()?.of_rows(rows))
    }

    /// The rows of a subject for a rule that asks who did it and to whom; `None` where the
    /// entries have to be looked at.
    pub fn asked(&self, subject: Subject, what: &Occurrence) -> Option<Rows<'_>> {
        let place = |at: usize| {
            let from = self.each.get(at).map(|column| column.from);
            from.map(|from| usize::try_from(from).unwrap_or(usize::MAX))
        };
        // Counted, where looking for it would have a processor guess at each.
        let at = self.subjects.iter().filter(|one| **one < subject).count();
        if self.subjects.get(at) != Some(&subject) {
            return Some(Rows::default());
        }
        let column = self.each.get(at).filter(|column| column.is_plain)?;
        let agrees = |asked: Option<TermId>, stated: Option<TermId>| match (asked, stated)
        {
            (Some(asked), Some(stated)) => asked == stated,
            _ => true,
        };
        if !agrees(what.by, column.by) || !agrees(what.to, column.to) {
            return Some(Rows::default());
        }
        let to = place(at + 1).unwrap_or(self.rows.len());
        let rows = self.rows.get(place(at)?..to)?;
        let Column { from: at, repeats, is_validity, .. } = *column;
        Some(Rows { rows, at, repeats, is_validity })
    }
}

impl<'t> Rows<'t> {
    /// [`Entry::about`] of one of its rows.
    pub fn about(self, row: &Row) -> Option<Day> {
        Some(row.other).filter(|day| !self.is_validity && *day != Day::EARLIEST)
    }

    /// [`Entry::until`] of one of its rows.
    pub fn until(self, row: &Row) -> Option<Day> {
        Some(row.other).filter(|day| self.is_validity && *day != Day::EARLIEST)
    }

    /// Whether they say until when something is valid.
    pub fn are_validities(self) -> bool {
        self.is_validity
    }

    /// The place of the first among all rows of the columns.
    pub(super) fn place(self) -> u32 {
        self.at
    }

    /// Those up to a day, and those that lie ahead of it.
    pub fn by(self, today: Day) -> (&'t [Row], &'t [Row]) {
        let ahead = self.rows.iter().rev().take_while(|row| row.day > today).count();
        self.rows.split_at_checked(self.rows.len() - ahead).unwrap_or_default()
    }

    /// The counts of the rows that state one, of those of one day the last.
    pub fn last_counts(self) -> impl Iterator<Item = (Day, u16)> + use<'t> {
        let mut stated =
            self.rows.iter().filter_map(|row| Some((row.day, row.count()?))).peekable();
        std::iter::from_fn(move || {
            let mut last = stated.next()?;
            while let Some(later) = stated.next_if(|(day, _)| *day == last.0) {
                last = later;
            }
            Some(last)
        })
    }

    /// Those from a day on.
    pub fn from(self, day: Day) -> Rows<'t> {
        self.without(|row| row.day < day)
    }

    /// Those from the first one on of which something is not so.
    #[must_use]
    pub fn without(self, passed: impl Fn(&Row) -> bool) -> Rows<'t> {
        let passed = self.rows.iter().take_while(|row| passed(row)).count();
        let at = self.at + u32::try_from(passed).unwrap_or_default();
        Rows { rows: self.rows.get(passed..).unwrap_or_default(), at, ..self }
    }
}

impl Column {
    fn of<'e>(first: &Entry, entries: impl Iterator<Item = &'e Entry>) -> Column {
        let mut column = Column {
            from: 0,
            by: first.by,
            to: first.to,
            is_plain: true,
            repeats: false,
            is_validity: first.until.is_some(),
        };
        let mut before: Option<&Entry> = None;
        for entry in entries {
            let as_the_first = entry.by == first.by && entry.to == first.to;
            let dated_alike = match (entry.about, entry.until) {
                (Some(_), Some(_)) => false,
                (about, None) => !column.is_validity || about.is_none(),
                (None, Some(_)) => column.is_validity,
            };
            let fits = [entry.count, entry.of].iter().all(|one| *one != Some(NOT_STATED))
                && u16::try_from(entry.number).is_ok();
            column.is_plain &= as_the_first && dated_alike && fits && !entry.contradicted;
            if let Some(before) = before.filter(|before| before.day == entry.day) {
                column.repeats = true;
                // Of two sizes of a body on one day the later one holds, and no event.
                let same_event = before.number == 0 || before.number == entry.number;
                column.is_plain &= same_event || entry.subject.is_size();
            }
            before = Some(entry);
        }
        column
    }
}

impl Row {
    fn of(entry: &Entry) -> Row {
        Row {
            day: entry.day,
            other: entry.about.or(entry.until).unwrap_or(Day::EARLIEST),
            count: entry.count.unwrap_or(NOT_STATED),
            of: entry.of.unwrap_or(NOT_STATED),
            who: entry.who,
            number: u16::try_from(entry.number).unwrap_or_default(),
        }
    }

    /// [`Entry::count`].
    pub fn count(self) -> Option<u16> {
        Some(self.count).filter(|count| *count != NOT_STATED)
    }

    /// [`Entry::of`].
    pub fn of_all(self) -> Option<u16> {
        Some(self.of).filter(|of| *of != NOT_STATED)
    }
}
