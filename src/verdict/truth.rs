//! Whether a duty was kept on an occasion, as far as anything is known: three values.

use crate::calendar::Day;

/// Why something is unknown after the lag.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Unknown {
    /// A paper that could be the evidence is unreadable or needs a look.
    Unreadable,
    /// Papers give different days for one event.
    Contradictory,
    /// The folder could not be trusted when the lag ended, or was never seen whole.
    FolderUnhealthy,
    /// A paper is there that does not state the fact asked for.
    NotStated,
    /// An attribute that scope or an exception needs is not on file.
    AttributeMissing,
}

/// Three values: true with the day from which, false, or unknown and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Truth {
    /// Satisfied on this day.
    True(Day),
    /// Not kept, and the reason that the rule takes is on file from this day.
    Explained(Day),
    /// A paper says so.
    False,
    /// A paper says so, and something already known puts it right on a day that lies ahead.
    FalseUntil(Day),
    /// Not known, and something already known settles it on a day that lies ahead.
    UnknownUntil(Unknown, Day),
    /// Kept from the day on which it opens, and from a day that lies ahead on nobody knows.
    TrueUntil(Unknown, Day),
    /// Nothing was found: false after the lag if the folder was healthy, else unknown.
    NoEvidence,
    Unknown(Unknown),
}

impl Truth {
    /// The same on a day: what is put right by then is kept, and what is in doubt by then is
    /// not known.
    #[must_use]
    pub fn as_seen_on(self, day: Day) -> Truth {
        match self {
            Truth::FalseUntil(since) | Truth::UnknownUntil(_, since) if since <= day => {
                Truth::True(since)
            }
            Truth::TrueUntil(why, from) if from <= day => Truth::Unknown(why),
            other => other,
        }
    }

    /// The day from which it is kept or explained; `None` where no such day is known.
    pub fn settled_on(self) -> Option<Day> {
        match self {
            Truth::True(day)
            | Truth::Explained(day)
            | Truth::FalseUntil(day)
            | Truth::UnknownUntil(_, day) => Some(day),
            Truth::False
            | Truth::NoEvidence
            | Truth::Unknown(_)
            | Truth::TrueUntil(..) => None,
        }
    }

    /// The day on which what is already known settles it, or leaves it open.
    pub fn turns_on(self) -> Option<Day> {
        match self {
            Truth::TrueUntil(_, day) => Some(day),
            other => other.settled_on(),
        }
    }
}
