//! Numbers and days by chance, the same for the same seed. Days fall where calendars are
//! hard: ends and beginnings of months, leap days, the day beside one drawn before.

use mithaq::calendar::{Day, Period, Span};

use super::wall::{date, day_of};

#[derive(Clone, Debug)]
pub(super) struct Draw {
    state: u64,
    /// Days drawn so far.
    days: Vec<Day>,
}

impl Draw {
    pub(super) fn new(seed: u64) -> Draw {
        Draw { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15), days: Vec::new() }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 up to and without `below`.
    pub(super) fn below(&mut self, below: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(below).unwrap()).unwrap()
    }

    pub(super) fn small(&mut self, below: u16) -> u16 {
        u16::try_from(self.below(usize::from(below))).unwrap()
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// A day of these, both included.
    pub(super) fn day(&mut self, from: Day, to: Day) -> Day {
        let plain = Day(
            from.0 + i32::from(self.small(u16::try_from(to.0 - from.0 + 1).unwrap()))
        );
        let day = match self.below(10) {
            0 => day_of(date(plain).year, date(plain).month, 31),
            1 => day_of(date(plain).year, date(plain).month, 1),
            2 => day_of(2024, 2, 29),
            3 | 4 if !self.days.is_empty() => {
                let near = self.days.clone();
                let near = self.pick(&near);
                Day(near.0 + self.pick(&[-1, 0, 0, 1, 2, 15, 30]))
            }
            _ => plain,
        };
        let day = day.clamp(from, to);
        self.days.push(day);
        day
    }

    /// A stretch of days that begins in these and is at most so long.
    pub(super) fn period(&mut self, (from, to): (Day, Day), most: u16) -> Period {
        let from = self.day(from, to);
        let days = i32::from(self.small(most));
        Period { from, to: Day(from.0 + days) }
    }

    pub(super) fn span(&mut self, of: &[Span]) -> Span {
        self.pick(of)
    }
}
