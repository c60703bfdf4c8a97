//! What is read most of a timeline, close together: the day, the matter, the count and the
//! person of each entry that is as it should be, subject by subject.
//!
//! Of an organization with 75 entries it is a kilobyte, which the judge goes through from
//! one end to the other. A subject of which something is out of the ordinary (papers that
//! contradict each other, deeds of different bodies, a day of another century) has no column,
//! and is read entry by entry instead.

use super::found::{Contained, Found};
use super::{Entry, FOR_EVER, Instant, Paper, Subject, index};
use crate::calendar::{Day, ShortDay};
use crate::norm::{Occurrence, TermId};

/// The columns of one timeline.
#[derive(Clone, Debug)]
pub struct Columns {
    /// What they say holds for whoever knows what was received up to this instant, and for
    /// nobody who knows less.
    pub since: Instant,
    /// Where the column of a subject is looked for: its place and one more, 0 for none; all
    /// are where there are more than [`COLUMNS_AT_HAND`].
    places: [u8; PLACES],
    each: Box<[Column]>,
    rows: Box<[Row]>,
    found: Found,
}

/// The entries of one subject.
#[derive(Clone, Copy, Debug)]
struct Column {
    subject: Subject,
    /// The place of its first row.
    from: u32,
    /// Who did it and to whom; [`NOBODY`] where no row says it.
    by: TermId,
    to: TermId,
    /// What the rows hold beside their days is all that is to be known of them.
    is_plain: bool,
    /// Several papers tell of one event.
    repeats: bool,
    /// What [`Row::mark`] is: a number, else a person.
    is_numbered: bool,
    other: Other,
}

/// What [`Row::other`] is, of all rows of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Other {
    /// What each is about.
    #[default]
    About,
    /// The same, and they lie in its order as well.
    AboutInOrder,
    /// The last day of a validity.
    Validity,
}

/// One entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    day: ShortDay,
    /// [`Entry::about`], or of a certificate [`Entry::until`].
    other: ShortDay,
    count: u16,
    of: u16,
    /// [`Entry::who`], or [`Entry::number`]: no column has both.
    mark: u16,
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
    is_numbered: bool,
    other: Other,
}

/// In place of who did something: there are fewer words.
const NOBODY: TermId = TermId(u16::MAX);

/// A power of two: half of them are free of as many columns as most organizations have.
const PLACES: usize = 32;

/// More columns than this are found by halving.
const COLUMNS_AT_HAND: usize = 24;

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
        for entries in entries.chunk_by(|one, other| one.subject == other.subject) {
            let standing = || entries.iter().filter(|one| one.superseded == FOR_EVER);
            let Some(first) = standing().next() else { continue };
            let from = u32::try_from(rows.len())
                .expect("invariant: every paper of every fact fits 32 bits");
            rows.extend(standing().map(Row::of));
            columns.push(Column { from, ..Column::of(first, standing()) });
        }
        Columns {
            since: since.unwrap_or(Instant::MIN),
            places: places(&columns),
            each: columns.into(),
            rows: rows.into(),
            found: Found::of(
                entries.iter().filter(|one| one.superseded == FOR_EVER),
                papers,
            ),
        }
    }

    /// The bytes of memory that they take.
    pub fn bytes(&self) -> usize {
        let rows = size_of_val(&*self.each) + size_of_val(&*self.rows);
        size_of::<Columns>() + rows + self.found.bytes()
    }

    /// What the papers contain that rows are of; `None` where the papers have to be looked
    /// at.
    pub fn contained<'t>(&'t self, rows: Rows<'t>) -> Option<Contained<'t>> {
        self.found.of_rows(rows)
    }

    /// The rows of a subject for a rule that asks who did it and to whom; `None` where the
    /// entries have to be looked at.
    #[inline]
    pub fn asked(&self, subject: Subject, what: &Occurrence) -> Option<Rows<'_>> {
        let Some((number, column)) = self.column(subject) else {
            return Some(Rows::default());
        };
        if !column.is_plain {
            return None;
        }
        let agrees = |asked: Option<TermId>, stated: TermId| {
            asked.is_none_or(|asked| stated == asked || stated == NOBODY)
        };
        if !agrees(what.by, column.by) || !agrees(what.to, column.to) {
            return Some(Rows::default());
        }
        let next = self.each.get(number + 1);
        let to = next.map_or(self.rows.len(), |column| index(column.from));
        let rows = self.rows.get(index(column.from)..to)?;
        let Column { from: at, repeats, is_numbered, other, .. } = *column;
        Some(Rows { rows, at, repeats, is_numbered, other })
    }

    /// The column of a subject, and which of them it is.
    #[inline]
    fn column(&self, subject: Subject) -> Option<(usize, &Column)> {
        let mut at = first_place(subject);
        while let Some(number) = usize::from(*self.places.get(at)?).checked_sub(1) {
            let column = self.each.get(number)?;
            if column.subject == subject {
                return Some((number, column));
            }
            at = (at + 1) % PLACES;
        }
        if self.each.len() <= COLUMNS_AT_HAND {
            return None;
        }
        let found = self.each.binary_search_by_key(&subject, |one| one.subject);
        found.ok().and_then(|at| Some((at, self.each.get(at)?)))
    }
}

/// Each column where its subject is looked for, or behind those that are there.
fn places(columns: &[Column]) -> [u8; PLACES] {
    let mut places = [0; PLACES];
    if columns.len() > COLUMNS_AT_HAND {
        return places;
    }
    for (number, column) in (1..).zip(columns) {
        let from = first_place(column.subject);
        let mut ring = (0..PLACES).map(|step| (from + step) % PLACES);
        let free = ring.find(|at| places.get(*at) == Some(&0));
        if let Some(place) = free.and_then(|at| places.get_mut(at)) {
            *place = number;
        }
    }
    places
}

/// Spreads subjects of one noun, by Fibonacci's multiplier (Knuth, The Art of Computer
/// Programming 3, 6.4).
fn first_place(subject: Subject) -> usize {
    const GOLDEN: u32 = 0x9e37_79b1;
    let mixed = subject.0.wrapping_mul(GOLDEN);
    usize::try_from(mixed).unwrap_or_default() >> (u32::BITS - PLACES.trailing_zeros())
}

impl<'t> Rows<'t> {
    /// [`Entry::about`] of one of its rows.
    pub fn about(self, row: &Row) -> Option<Day> {
        row.other.day().filter(|_| !self.are_validities())
    }

    /// [`Entry::until`] of one of its rows.
    pub fn until(self, row: &Row) -> Option<Day> {
        row.other.day().filter(|_| self.are_validities())
    }

    /// Whether some of its rows have numbers.
    pub fn are_numbered(self) -> bool {
        self.is_numbered
    }

    /// [`Entry::who`] of one of its rows.
    pub fn who(self, row: &Row) -> u16 {
        if self.is_numbered { 0 } else { row.mark }
    }

    /// [`Entry::number`] of one of its rows.
    pub fn number(self, row: &Row) -> u16 {
        if self.is_numbered { row.mark } else { 0 }
    }

    /// Whether they say until when something is valid.
    pub fn are_validities(self) -> bool {
        self.other == Other::Validity
    }

    /// Whether they lie in the order of what they are about as well.
    pub fn lie_by_about(self) -> bool {
        self.other != Other::About
    }

    /// The place of the first among all rows of the columns.
    pub(super) fn place(self) -> u32 {
        self.at
    }

    /// Those up to a day, and those that lie ahead of it.
    #[inline]
    pub fn by(self, today: Day) -> (&'t [Row], &'t [Row]) {
        let ahead = self.rows.iter().rev().take_while(|row| row.day() > today).count();
        self.rows.split_at_checked(self.rows.len() - ahead).unwrap_or_default()
    }

    /// The counts of the rows that state one, of those of one day the last.
    pub fn last_counts(self) -> impl Iterator<Item = (Day, u16)> + use<'t> {
        let mut stated =
            self.rows.iter().filter_map(|row| Some((row.day(), row.count()?))).peekable();
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
        self.without(|row| row.day() < day)
    }

    /// Those from the first one on that is about no day before one.
    #[must_use]
    pub fn about_from(self, day: Day) -> Rows<'t> {
        let is_validity = self.are_validities();
        // What is about no day comes before all that is.
        self.without(|row| is_validity || row.other.day().is_none_or(|about| about < day))
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
            subject: first.subject,
            from: 0,
            by: first.by.unwrap_or(NOBODY),
            to: first.to.unwrap_or(NOBODY),
            is_plain: true,
            repeats: false,
            is_numbered: false,
            other: Other::AboutInOrder,
        };
        let mut is_of_people = false;
        let is_validity = first.until.is_some();
        let mut in_order = true;
        let mut before: Option<&Entry> = None;
        for entry in entries {
            let as_the_first = entry.by == first.by && entry.to == first.to;
            let dated_alike = match (entry.about, entry.until) {
                (Some(_), Some(_)) => false,
                (about, None) => !is_validity || about.is_none(),
                (None, Some(_)) => is_validity,
            };
            let fits = Row::holds(entry);
            column.is_plain &= as_the_first && dated_alike && fits && !entry.contradicted;
            column.is_numbered |= entry.number != 0;
            is_of_people |= entry.who != 0;
            in_order &= before.is_none_or(|before| before.about <= entry.about);
            if let Some(before) = before.filter(|before| before.day == entry.day) {
                column.repeats = true;
                // Of two sizes of a body on one day the later one holds, and no event.
                let same_event = before.number == 0 || before.number == entry.number;
                column.is_plain &= same_event || entry.subject.is_size();
            }
            before = Some(entry);
        }
        column.is_plain &= !(column.is_numbered && is_of_people);
        column.other = match (is_validity, in_order) {
            (true, _) => Other::Validity,
            (false, true) => Other::AboutInOrder,
            (false, false) => Other::About,
        };
        column
    }
}

impl Row {
    /// What is too large for its place makes the column one that is not plain.
    fn of(entry: &Entry) -> Row {
        let number = u16::try_from(entry.number).unwrap_or_default();
        Row {
            day: ShortDay::of(entry.day).unwrap_or_default(),
            other: ShortDay::perhaps(entry.about.or(entry.until)).unwrap_or_default(),
            count: entry.count.unwrap_or(NOT_STATED),
            of: entry.of.unwrap_or(NOT_STATED),
            mark: if entry.number == 0 { entry.who } else { number },
        }
    }

    /// Whether all that is to be known of an entry has its place.
    fn holds(entry: &Entry) -> bool {
        ShortDay::of(entry.day).is_some()
            && ShortDay::perhaps(entry.about.or(entry.until)).is_some()
            && [entry.count, entry.of].iter().all(|one| *one != Some(NOT_STATED))
            && u16::try_from(entry.number).is_ok()
    }

    /// [`Entry::day`].
    #[inline]
    pub fn day(self) -> Day {
        self.day.known()
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
