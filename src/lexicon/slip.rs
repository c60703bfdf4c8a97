//! How near one written word is to another: what hands and eyes take for each other.
//!
//! A slip is cheaper where two Arabic letters share their shape, where two Latin letters
//! are neighbours on a keyboard, where two letters changed places or one was doubled. Knows
//! no vocabulary; whoever searches has folded both sides with [`crate::text::fold`].

/// One letter that is added, left out or changed without a reason that we know. All costs
/// are in these tenths.
pub const LETTER: u16 = 10;
const SWAPPED: u16 = 8;
const NEIGHBOUR: u16 = 8;
const DOUBLED: u16 = 7;
const ALIKE: u16 = 6;
/// No slip is cheaper, so a budget bounds how many letters can differ.
const CHEAPEST: u16 = 6;

/// Letters that differ by dots, by a hamza or by a tail.
const SHAPES: [&str; 11] =
    ["بتثنيئ", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "هةت", "اأإآىءؤو"];

/// The rows of the two keyboards, each key under its right neighbour of the row above.
const KEYS: [&str; 6] =
    ["qwertyuiop", "asdfghjkl", "zxcvbnm", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"];

/// A folded phrase, ready to be compared with many.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Letters {
    letters: Vec<Letter>,
    /// A bit for each letter that occurs, modulo 64.
    present: u64,
}

/// A letter with what decides the cost of writing another for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Letter {
    sign: char,
    /// A bit for each of [`SHAPES`] that holds it.
    shapes: u16,
    /// Its row and column among [`KEYS`], where it has a key.
    key: Option<(usize, usize)>,
}

impl Letter {
    fn of(letter: char) -> Letter {
        let shapes =
            SHAPES.iter().enumerate().filter(|(_, shape)| shape.contains(letter));
        let shapes = shapes.fold(0, |all, (index, _)| all | 1 << index);
        let key = KEYS.iter().enumerate().find_map(|(row, keys)| {
            keys.chars().position(|key| key == letter).map(|column| (row, column))
        });
        Letter { sign: letter, shapes, key }
    }
}

impl Letters {
    pub fn of(folded: &str) -> Letters {
        let letters: Vec<Letter> = folded.chars().map(Letter::of).collect();
        let bit = |letter: &Letter| 1_u64 << (u32::from(letter.sign) % 64);
        let present = letters.iter().map(bit).fold(0, |all, bit| all | bit);
        Letters { letters, present }
    }

    /// How many letters there are.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// What one may cost at most to be taken for a slip of this: one letter in a short
    /// phrase, about one in three in a longer one, and never more than three.
    pub fn budget(&self) -> u16 {
        let length = u16::try_from(self.len()).unwrap_or(u16::MAX);
        length.saturating_mul(3).clamp(LETTER + 1, 3 * LETTER)
    }

    /// How much longer or shorter a phrase within the budget can be.
    pub fn reach(&self) -> usize {
        usize::from(self.budget() / DOUBLED)
    }

    /// The cost of the slips between the two, when it is at most `most`.
    pub fn cost(&self, other: &Letters, most: u16) -> Option<u16> {
        let slips = u32::from(most / CHEAPEST);
        let missing = (self.present & !other.present).count_ones();
        let added = (other.present & !self.present).count_ones();
        let longer = self.len().abs_diff(other.len());
        if missing > slips || added > slips || longer > usize::from(most / DOUBLED) {
            return None;
        }
        aligned(&self.letters, &other.letters, most)
    }
}

/// The cheapest alignment, line by line; gives up when a whole line is above `most`.
fn aligned(left: &[Letter], right: &[Letter], most: u16) -> Option<u16> {
    let at = |cells: &[u16], index: usize| cells.get(index).copied().unwrap_or(u16::MAX);
    // Farther from the diagonal more letters were added or lost than the budget pays for.
    let band = usize::from(most / DOUBLED);
    let mut before: Vec<u16> = Vec::new();
    let mut above: Vec<u16> = vec![0];
    for (index, _) in right.iter().enumerate() {
        above.push(at(&above, index).saturating_add(extra(right, index)));
    }
    for (row, &letter) in left.iter().enumerate() {
        let lost = extra(left, row);
        let mut line = vec![u16::MAX; above.len()];
        if let Some(first) = line.first_mut() {
            *first = at(&above, 0).saturating_add(lost);
        }
        let mut least = at(&line, 0);
        let near = row.saturating_sub(band)..right.len().min(row + band + 1);
        for (column, &other) in near.clone().zip(right.get(near).unwrap_or_default()) {
            let kept = at(&above, column).saturating_add(changed(letter, other));
            let gone = at(&above, column + 1).saturating_add(lost);
            let come = at(&line, column).saturating_add(extra(right, column));
            let mut best = kept.min(gone).min(come);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(&other)
                && right.get(column - 1) == Some(&letter);
            if swapped {
                best = best.min(at(&before, column - 1).saturating_add(SWAPPED));
            }
            least = least.min(best);
            if let Some(cell) = line.get_mut(column + 1) {
                *cell = best;
            }
        }
        if least > most.saturating_add(SWAPPED) {
            return None;
        }
        before = std::mem::replace(&mut above, line);
    }
    // A first letter is seldom wrong.
    let first = u16::from(left.first() != right.first());
    above.last().map(|cost| cost.saturating_add(first)).filter(|cost| *cost <= most)
}

/// A letter that only one side has: cheaper where it doubles the one beside it.
fn extra(letters: &[Letter], index: usize) -> u16 {
    let letter = letters.get(index);
    let doubled =
        index > 0 && letters.get(index - 1) == letter || letters.get(index + 1) == letter;
    if doubled { DOUBLED } else { LETTER }
}

fn changed(letter: Letter, other: Letter) -> u16 {
    if letter.sign == other.sign {
        return 0;
    }
    if letter.shapes & other.shapes != 0 {
        return ALIKE;
    }
    if beside(letter, other) { NEIGHBOUR } else { LETTER }
}

/// Whether two keys touch: in one row, or one row apart on the same keyboard.
fn beside(letter: Letter, other: Letter) -> bool {
    let (Some((row, column)), Some((other_row, other_column))) = (letter.key, other.key)
    else {
        return false;
    };
    let board = row / 3 == other_row / 3;
    board && row.abs_diff(other_row) <= 1 && column.abs_diff(other_column) <= 1
}
