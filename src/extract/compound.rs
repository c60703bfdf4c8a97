//! Compound files, the container of old office documents: streams by name.
//!
//! Sectors point to sectors, so every chain is walked with a count: a loop or a sector that is
//! not there ends the file and nothing else.

use crate::document::Problem;
use crate::limits;

/// The first bytes of a compound file.
pub(super) const MARK: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// From here on sector numbers mean something else: free, end of chain, tables.
const REGULAR_MAX: u32 = 0xffff_fffa;
const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;
const MINI_BYTES: usize = 64;
/// Where the header lists the first sectors of the table of sectors, and how many it lists.
const LISTED_AT: usize = 76;
const LISTED: usize = 109;

/// An opened compound file.
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// For each sector the one that follows it.
    next: Vec<u32>,
    mini_next: Vec<u32>,
    /// Streams smaller than this lie in the mini stream.
    mini_below: usize,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'b> Compound<'b> {
    /// # Errors
    /// [`Problem::Truncated`] for a damaged file, [`Problem::LimitPassed`] for one with more
    /// in it than an office document has.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Compound<'b>, Problem> {
        let shift = u16_at(bytes, 30).ok_or(Problem::Truncated)?;
        if !bytes.starts_with(&MARK) || !matches!(shift, 9 | 12) {
            return Err(Problem::Truncated);
        }
        let number = |at: usize| u32_at(bytes, at).ok_or(Problem::Truncated);
        let mut file = Compound {
            bytes,
            sector: 1 << shift,
            next: Vec::new(),
            mini_next: Vec::new(),
            mini_below: usize::try_from(number(56)?).unwrap_or_default(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        file.next = file.table(number(68)?)?;
        let directory = file.chain(number(48)?, usize::MAX)?;
        file.entries = entries(&directory)?;
        file.mini_next = numbers(&file.chain(number(60)?, usize::MAX)?);
        if let Some(root) = file.entries.first() {
            file.mini = file.chain(root.start, root.length)?;
        }
        Ok(file)
    }

    /// Whether it has a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The bytes of the first stream of this name; `None` where there is none.
    ///
    /// # Errors
    /// [`Problem::Truncated`] when its sectors are not there.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name) else {
            return Ok(None);
        };
        if entry.length >= self.mini_below {
            return self.chain(entry.start, entry.length).map(Some);
        }
        let mut stream = Vec::new();
        let mut sector = entry.start;
        while sector < REGULAR_MAX && stream.len() < entry.length {
            let at = index(sector);
            let from = at.checked_mul(MINI_BYTES).ok_or(Problem::Truncated)?;
            let piece = self.mini.get(
                from..from + MINI_BYTES.min(self.mini.len() - from.min(self.mini.len())),
            );
            stream.extend(
                piece.filter(|piece| !piece.is_empty()).ok_or(Problem::Truncated)?,
            );
            sector = *self.mini_next.get(at).ok_or(Problem::Truncated)?;
        }
        stream.truncate(entry.length);
        Ok(Some(stream))
    }

    /// The table of sectors: those that the header lists, then those that lists in sectors
    /// of their own do.
    fn table(&self, mut list: u32) -> Result<Vec<u32>, Problem> {
        let header = (0..LISTED).filter_map(|at| u32_at(self.bytes, LISTED_AT + at * 4));
        let mut listed: Vec<u32> =
            header.filter(|sector| *sector < REGULAR_MAX).collect();
        let sectors_max = self.bytes.len() / self.sector + 1;
        let mut lists = 0;
        while list < REGULAR_MAX {
            let mut numbers = numbers(self.sector_bytes(list)?);
            list = numbers.pop().unwrap_or(REGULAR_MAX);
            listed.extend(numbers.into_iter().filter(|sector| *sector < REGULAR_MAX));
            lists += 1;
            if lists > sectors_max || listed.len() > sectors_max {
                return Err(Problem::Truncated);
            }
        }
        let mut table = Vec::new();
        for sector in listed {
            table.extend(numbers(self.sector_bytes(sector)?));
        }
        Ok(table)
    }

    /// The sectors of a chain, one after another, `length` bytes at most.
    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let mut sector = start;
        while sector < REGULAR_MAX && bytes.len() < length {
            // A chain longer than the file goes in a circle.
            if bytes.len() > self.bytes.len() {
                return Err(Problem::Truncated);
            }
            bytes.extend_from_slice(self.sector_bytes(sector)?);
            sector = *self.next.get(index(sector)).ok_or(Problem::Truncated)?;
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    /// A sector; the last one of a file may be cut.
    fn sector_bytes(&self, sector: u32) -> Result<&'b [u8], Problem> {
        let from =
            index(sector).checked_add(1).and_then(|at| at.checked_mul(self.sector));
        let from = from.filter(|from| *from >= HEADER_BYTES).ok_or(Problem::Truncated)?;
        let to = from.saturating_add(self.sector).min(self.bytes.len());
        let bytes = self.bytes.get(from..to).filter(|bytes| !bytes.is_empty());
        bytes.ok_or(Problem::Truncated)
    }
}

fn entries(directory: &[u8]) -> Result<Vec<Entry>, Problem> {
    let (all, _) = directory.as_chunks::<ENTRY_BYTES>();
    if all.len() > limits::ARCHIVE_MEMBERS_MAX {
        return Err(Problem::LimitPassed);
    }
    let entry = |entry: &[u8; ENTRY_BYTES]| {
        let length = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(62);
        let units: Vec<u16> =
            entry.get(..length)?.chunks(2).filter_map(|unit| u16_at(unit, 0)).collect();
        Some(Entry {
            name: String::from_utf16_lossy(&units),
            start: u32_at(entry, 116)?,
            length: usize::try_from(u32_at(entry, 120)?).unwrap_or(usize::MAX),
        })
    };
    Ok(all.iter().filter_map(entry).collect())
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (all, _) = bytes.as_chunks::<4>();
    all.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

fn index(sector: u32) -> usize {
    usize::try_from(sector).unwrap_or(usize::MAX)
}

/// A number of two bytes, the lower first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

/// A number of four bytes, the lowest first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
