//! Verdicts that many organizations share, each reckoned once.
//!
//! Of a duty of the calendar nothing matters but how each occasion was kept, and there are
//! few ways in which organizations do: so the verdict of each way is kept where the next
//! organization that went it finds it.

use std::sync::OnceLock;

use crate::verdict::Verdict;

/// Verdicts by what they depend on.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo {
    places: OnceLock<Box<[Place]>>,
}

/// One verdict with what it depends on.
type Place = OnceLock<(Key, Verdict)>;

/// What a verdict depends on, packed.
pub(super) type Key = [u64; 4];

/// A power of two: 70 KiB of a duty whose occasions are all kept differently.
const PLACES: usize = 512;

impl Memo {
    /// The verdict of a key, reckoned where none has been; two keys that fall on one place
    /// are both reckoned right, and one of them each time.
    pub(super) fn of(
        &self,
        key: Key,
        reckon: impl FnOnce() -> Option<Verdict>,
    ) -> Option<Verdict> {
        let places = self.places.get_or_init(|| {
            (0..PLACES).map(|_| OnceLock::new()).collect::<Vec<_>>().into()
        });
        let place = places.get(place_of(key))?;
        match place.get() {
            Some((known, verdict)) if *known == key => return Some(*verdict),
            Some(_) => return reckon(),
            None => {}
        }
        let verdict = reckon()?;
        // Where another thread was quicker, what it reckoned is there.
        place.get_or_init(|| (key, verdict));
        Some(verdict)
    }
}

/// Spreads keys that differ in a few low bits; by Fibonacci's multiplier (Knuth, The Art of
/// Computer Programming 3, 6.4).
fn place_of(key: Key) -> usize {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = key.iter().fold(0u64, |mixed, word| mixed.rotate_left(23) ^ word);
    let mixed = mixed.wrapping_mul(GOLDEN);
    let bits = PLACES.trailing_zeros();
    usize::try_from(mixed >> (u64::BITS - bits)).unwrap_or_default()
}
