//! What is so of an organization, for scope and exceptions and at all times; and what has
//! to be so of an event that counts.

use crate::calendar::{Day, Span};
use crate::norm::{Act, Occurrence, Share, Signers, TermId};

/// A truth about an organization, for scope and exceptions.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Condition {
    /// The organization is of this type (association, federation, public body …).
    OfType(TermId),
    /// A dated attribute of the organization compared with a number: income, staff …
    Compare {
        attribute: TermId,
        comparison: Comparison,
        value: Quantity,
    },
    /// One attribute compared with a part or a multiple of another.
    Ratio {
        attribute: TermId,
        comparison: Comparison,
        part: Proportion,
        of: TermId,
    },
    /// A characteristic that a person states: activities match the objectives.
    Is(TermId),
    /// Founded so long before a day at least; with a lead of no length, by then.
    Founded {
        lead: Span,
        by: Moment,
    },
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// A day that a condition names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Moment {
    Day(Day),
    /// The last day of the fiscal year that holds the day on which the condition is tested.
    FiscalYearEnd,
    /// The day on which that year starts. "Before" it, with a lead of no length.
    FiscalYearStart,
}

/// A part or a multiple, in lowest terms: a quarter, three times, 3 months of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Proportion {
    pub numerator: u16,
    pub denominator: u16,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Comparison {
    Less,
    AtMost,
    Exactly,
    AtLeast,
    More,
}

/// A whole number, with its currency (three letters, upper case) when it is money.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Quantity {
    pub number: i64,
    pub currency: Option<[u8; 3]>,
}

/// What has to be so of an event for it to count as evidence.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Counting {
    /// The meeting of the body on that day is attended by this share of its members in
    /// office.
    Attended { body: TermId, share: Share },
    /// It is attended by at least so many.
    Present { body: TermId, least: u16 },
    /// It has the quorum that the organization's bylaws ask for.
    Quorate { body: TermId },
    /// The paper that tells of it is signed by all of these; by anybody where none is
    /// named.
    Signed(Vec<Signers>),
}

impl Condition {
    /// Whether it may be so on one day and not on another though nothing new is known of
    /// the organization: it names the fiscal year.
    pub fn follows_the_year(&self) -> bool {
        match self {
            Condition::Founded { by, .. } => !matches!(by, Moment::Day(_)),
            Condition::Not(inner) => inner.follows_the_year(),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(Condition::follows_the_year)
            }
            Condition::OfType(_)
            | Condition::Compare { .. }
            | Condition::Ratio { .. }
            | Condition::Is(_) => false,
        }
    }

    /// The attributes and characteristics that it looks at.
    pub fn attributes(&self) -> Vec<TermId> {
        match self {
            Condition::OfType(_) | Condition::Founded { .. } => Vec::new(),
            Condition::Compare { attribute, .. } | Condition::Is(attribute) => {
                vec![*attribute]
            }
            Condition::Ratio { attribute, of, .. } => vec![*attribute, *of],
            Condition::Not(inner) => inner.attributes(),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::attributes).collect()
            }
        }
    }
}

impl Counting {
    /// The body whose meeting is looked at, where it is one.
    pub fn body(&self) -> Option<TermId> {
        match self {
            Counting::Attended { body, .. }
            | Counting::Present { body, .. }
            | Counting::Quorate { body } => Some(*body),
            Counting::Signed(_) => None,
        }
    }

    /// Whether what happens can be held against it: a meeting of the body, or what the body
    /// does, which it does at a meeting.
    pub fn concerns(&self, what: Occurrence) -> bool {
        let Some(body) = self.body() else { return true };
        match what.act {
            Act::Meet => what.noun == body,
            Act::Adopt | Act::Verb(_) => what.by.is_none_or(|by| by == body),
            _ => what.by == Some(body),
        }
    }
}
