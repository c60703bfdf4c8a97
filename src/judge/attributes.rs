//! What has been stated of an organization: a number or a characteristic, from a day on.

use crate::calendar::Day;
use crate::norm::{Quantity, TermId};

/// One statement: the attribute, the day from which it holds, its value.
pub type Stated = (TermId, Day, Quantity);

/// The statements about one organization, in the order of their names and days, so that a
/// condition need not go through those of other names. Of two with one name and one day the
/// one that was added last counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attributes {
    stated: Vec<Stated>,
    changed: Day,
}

impl Default for Attributes {
    fn default() -> Attributes {
        Attributes { stated: Vec::new(), changed: Day::EARLIEST }
    }
}

impl Attributes {
    /// Adds a statement.
    pub fn state(&mut self, name: TermId, from: Day, value: Quantity) {
        let before = |one: &Stated| (one.0, one.1) <= (name, from);
        let place = self.stated.partition_point(before);
        self.stated.insert(place, (name, from, value));
        self.changed = self.changed.max(from);
    }

    /// The value of an attribute on a day: the last one stated to hold from then or before.
    #[inline]
    pub fn on(&self, name: TermId, day: Day) -> Option<&Quantity> {
        let upto = self.stated.partition_point(|stated| stated.0 <= name);
        let latest_first = self.stated.get(..upto)?.iter().rev();
        let mut own = latest_first.take_while(|stated| stated.0 == name);
        own.find(|stated| stated.1 <= day).map(|(.., value)| value)
    }

    /// The last day on which an attribute was another than before; [`Day::EARLIEST`] where
    /// none is known.
    pub fn changed(&self) -> Day {
        self.changed
    }

    /// All statements, in the order of their names and then of their days.
    pub fn iter(&self) -> std::slice::Iter<'_, Stated> {
        self.stated.iter()
    }
}

impl<'a> IntoIterator for &'a Attributes {
    type Item = &'a Stated;
    type IntoIter = std::slice::Iter<'a, Stated>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Stated> for Attributes {
    fn extend<T: IntoIterator<Item = Stated>>(&mut self, more: T) {
        for (name, from, value) in more {
            self.state(name, from, value);
        }
    }
}

impl FromIterator<Stated> for Attributes {
    fn from_iter<T: IntoIterator<Item = Stated>>(stated: T) -> Attributes {
        let mut attributes = Attributes::default();
        attributes.extend(stated);
        attributes
    }
}
