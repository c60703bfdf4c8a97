//! What many organizations share, each reckoned once.
//!
//! Of a duty of the calendar nothing matters but how each occasion was kept, and there are
//! few ways in which organizations do: so the verdict of each way is kept where the next
//! organization that went it finds it.

use std::sync::OnceLock;

use crate::verdict::Verdict;

/// Verdicts, or parts of them, by so many words of what they depend on.
#[derive(Clone, Debug)]
pub(super) struct Memo<T = Verdict, const WORDS: usize = 4> {
    places: OnceLock<Box<[Place<T, WORDS>]>>,
}

/// One of them with what it depends on.
type Place<T, const WORDS: usize> = OnceLock<([u64; WORDS], T)>;

/// What a verdict depends on, packed.
pub(super) type Key = [u64; 4];

/// A power of two: 96 KiB of a duty whose occasions are all kept differently.
const PLACES: usize = 1024;

impl<T, const WORDS: usize> Default for Memo<T, WORDS> {
    fn default() -> Self {
        Memo { places: OnceLock::new() }
    }
}

impl<T: Copy, const WORDS: usize> Memo<T, WORDS> {
    /// What belongs to a key, where that was reckoned before.
    #[inline]
    pub(super) fn known(&self, key: [u64; WORDS]) -> Option<T> {
        let first = place_of(key);
        for at in [first, first ^ 1] {
            match self.places.get()?.get(at)?.get()? {
                (known, ready) if *known == key => return Some(*ready),
                _ => {}
            }
        }
        None
    }

    /// Keeps what belongs to a key, for those who come later. A key has two places; of those
    /// that find both taken each is reckoned each time.
    #[cold]
    pub(super) fn keep(&self, key: [u64; WORDS], reckoned: T) -> T {
        let places = self.places.get_or_init(|| {
            (0..PLACES).map(|_| OnceLock::new()).collect::<Vec<_>>().into()
        });
        let first = place_of(key);
        let mut both = [first, first ^ 1].into_iter().filter_map(|at| places.get(at));
        if let Some(free) = both.find(|place| place.get().is_none()) {
            // Where another thread was quicker, what it reckoned is there.
            free.get_or_init(|| (key, reckoned));
        }
        reckoned
    }
}

/// Spreads keys that differ in a few low bits; by Fibonacci's multiplier (Knuth, The Art of
/// Computer Programming 3, 6.4).
fn place_of<const WORDS: usize>(key: [u64; WORDS]) -> usize {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = key.iter().fold(0u64, |mixed, word| mixed.rotate_left(23) ^ word);
    let mixed = mixed.wrapping_mul(GOLDEN);
    let bits = PLACES.trailing_zeros();
    usize::try_from(mixed >> (u64::BITS - bits)).unwrap_or_default()
}
