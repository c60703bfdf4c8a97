//! Which items were found in which papers, as bits beside the columns.

use std::collections::BTreeSet;

use super::columns::{Row, Rows};
use super::{Entry, Paper};

/// The items that the papers of one timeline contain.
#[derive(Clone, Debug)]
pub(super) enum Found {
    Nothing,
    Items(Box<Items>),
    /// The papers themselves have to be looked at.
    Unknown,
}

/// Some items, and in which papers they are.
#[derive(Clone, Debug)]
pub(super) struct Items {
    /// The keys of all of them.
    keys: Box<[Box<str>]>,
    /// Of each row of a paper on file that contains something the place, and a bit for each key; in the
    /// order of the rows.
    of: Box<[(u32, u64)]>,
}

/// What the papers contain that some rows are of.
#[derive(Clone, Copy, Debug)]
pub struct Contained<'t> {
    keys: &'t [Box<str>],
    of: &'t [(u32, u64)],
    rows: Rows<'t>,
}

impl Found {
    /// Of the entries that rows are made of.
    pub(super) fn of<'e>(
        entries: impl Iterator<Item = &'e Entry> + Clone,
        papers: &[Paper],
    ) -> Found {
        match Items::of(entries, papers) {
            None => Found::Unknown,
            Some(items) if items.of.is_empty() => Found::Nothing,
            Some(items) => Found::Items(Box::new(items)),
        }
    }

    /// The bytes of memory that it takes beside its own.
    pub(super) fn bytes(&self) -> usize {
        let Found::Items(items) = self else { return 0 };
        let keys: usize = items.keys.iter().map(|key| key.len()).sum();
        size_of::<Items>() + size_of_val(&*items.keys) + size_of_val(&*items.of) + keys
    }

    /// `None` where the papers have to be looked at.
    pub(super) fn of_rows<'t>(&'t self, rows: Rows<'t>) -> Option<Contained<'t>> {
        match self {
            Found::Nothing => Some(Contained { keys: &[], of: &[], rows }),
            Found::Items(items) => Some(items.of_rows(rows)),
            Found::Unknown => None,
        }
    }
}

impl Items {
    /// `None` where a paper is not on file, or where they contain more different items than a
    /// word has bits.
    fn of<'e>(
        entries: impl Iterator<Item = &'e Entry> + Clone,
        papers: &[Paper],
    ) -> Option<Items> {
        let paper = |entry: &Entry| papers.get(usize::try_from(entry.paper).ok()?);
        let each = (0..).zip(entries).filter(|(_, entry)| entry.subject.is_on_file());
        let mut keys: BTreeSet<&str> = BTreeSet::new();
        for (_, entry) in each.clone() {
            keys.extend(paper(entry)?.contains.iter().map(String::as_str));
        }
        if keys.len() > usize::try_from(u64::BITS).unwrap_or_default() {
            return None;
        }
        let keys: Box<[Box<str>]> = keys.into_iter().map(Box::from).collect();
        let bits = |paper: &Paper| {
            let place = |key: &String| keys.binary_search_by(|one| (**one).cmp(key)).ok();
            let places = paper.contains.iter().filter_map(place);
            places.fold(0u64, |bits, at| bits | 1 << at)
        };
        let of = each.filter_map(|(at, entry)| Some((at, bits(paper(entry)?))));
        let of = of.filter(|(_, bits)| *bits != 0).collect();
        Some(Items { keys, of })
    }

    fn of_rows<'t>(&'t self, rows: Rows<'t>) -> Contained<'t> {
        let before = self.of.partition_point(|(place, _)| *place < rows.place());
        let of = self.of.get(before..).unwrap_or_default();
        Contained { keys: &self.keys, of, rows }
    }
}

impl<'t> Contained<'t> {
    /// The bits of all of these items; `None` where no paper contains one of them.
    pub fn all(&self, items: &[String]) -> Option<u64> {
        items.iter().try_fold(0, |bits, item| {
            let at = self.keys.iter().position(|key| **key == **item)?;
            Some(bits | 1 << at)
        })
    }

    /// The rows with the bits of what the paper of each contains.
    pub fn each(self) -> impl Iterator<Item = (&'t Row, u64)> {
        let mut left = self.of;
        self.rows.rows.iter().zip(self.rows.place()..).map(move |(row, place)| match left
            .split_first()
        {
            Some(((found, bits), later)) if *found == place => {
                left = later;
                (row, *bits)
            }
            _ => (row, 0),
        })
    }
}
