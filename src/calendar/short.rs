//! Days in two bytes, for what is kept by the hundred for every organization.

use super::Day;

/// A day of the years 1900 to 2079, or none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct ShortDay(u16);

/// The day before the first one: 31 December 1899.
const BEFORE: i32 = -25_568;

impl ShortDay {
    /// In place of no day; it comes before all others.
    pub const NONE: ShortDay = ShortDay(0);

    /// `None` of a day before 1900 or after 5 June 2079.
    pub fn of(day: Day) -> Option<ShortDay> {
        let after = u16::try_from(day.0.checked_sub(BEFORE)?).ok()?;
        (after > 0).then_some(ShortDay(after))
    }

    /// The same of a day that may be missing.
    pub fn perhaps(day: Option<Day>) -> Option<ShortDay> {
        day.map_or(Some(ShortDay::NONE), ShortDay::of)
    }

    /// The day, where there is one.
    pub fn day(self) -> Option<Day> {
        (self != ShortDay::NONE).then(|| self.known())
    }

    /// The day, of one that is there.
    #[inline]
    pub fn known(self) -> Day {
        Day(BEFORE + i32::from(self.0))
    }

    /// As it is packed with other things.
    pub fn to_le_bytes(self) -> [u8; 2] {
        self.0.to_le_bytes()
    }

    /// What [`ShortDay::to_le_bytes`] wrote.
    pub fn from_le_bytes(bytes: [u8; 2]) -> ShortDay {
        ShortDay(u16::from_le_bytes(bytes))
    }
}
