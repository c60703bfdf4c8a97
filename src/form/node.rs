//! The slots of a parsed sentence, found by tag.

use std::ops::Range;

use crate::calendar::{Cycle, Span};
use crate::form::mark::{Marked, Part};
use crate::form::tree::{Token, Tree};
use crate::norm::{Act, Share, TermId};

/// A sentence as a list of tagged slots; the entry rule's children and nothing deeper.
#[derive(Debug)]
pub struct Node<'a> {
    tree: Tree<'a>,
    /// The part of the tree that this is.
    own: usize,
    marked: &'a Marked,
}

/// A piece of the sentence inside a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Inner {
    /// What the slot of this tag holds.
    Slot(&'static str),
    Word(&'static str),
}

impl<'a> Node<'a> {
    /// The whole of what was read.
    pub(super) fn of(tree: Tree<'a>, marked: &'a Marked) -> Node<'a> {
        Node { tree, own: 0, marked }
    }

    fn slots(&self, tag: &str) -> impl Iterator<Item = (usize, Token)> {
        self.tree.within(self.own).filter(move |(_, token)| token.tag == Some(tag))
    }

    /// The slots of a tag as nodes of their own, in the order of the sentence.
    pub(crate) fn nodes(&self, tag: &str) -> impl Iterator<Item = Node<'a>> {
        let node = |(own, _)| Node { tree: self.tree.clone(), own, marked: self.marked };
        self.slots(tag).map(node)
    }

    /// The sentence that the slots are of.
    pub(crate) fn marked(&self) -> &'a Marked {
        self.marked
    }

    /// Bytes of the marked text for each slot of a tag.
    pub(crate) fn places(&self, tag: &str) -> impl Iterator<Item = Range<usize>> {
        self.slots(tag).map(|(_, token)| token.from..token.to)
    }

    fn slot(&self, tag: &str) -> Option<Token> {
        self.slots(tag).next().map(|(_, token)| token)
    }

    pub fn has(&self, tag: &str) -> bool {
        self.slot(tag).is_some()
    }

    /// The sentence made of these slots and words, without the slots that are missing.
    pub(crate) fn inner(&self, parts: &[Inner]) -> Marked {
        let parts = parts.iter().filter_map(|part| match part {
            Inner::Slot(tag) => Some(Part::Kept(self.places(tag).next()?)),
            Inner::Word(word) => Some(Part::Word(word)),
        });
        self.marked.rewritten(&parts.collect::<Vec<_>>())
    }

    /// The marked text of a slot.
    pub fn text(&self, tag: &str) -> Option<&'a str> {
        self.slot(tag).map(|token| self.tree.text(token))
    }

    /// Bytes of the marked text; the whole sentence where there is no such slot.
    pub fn place(&self, tag: &str) -> Range<usize> {
        self.places(tag).next().unwrap_or(0..self.marked.text.len())
    }

    /// Each slot of a tag: its marked text and the author's words.
    pub fn all(&self, tag: &str) -> impl Iterator<Item = (&'a str, &str)> {
        self.slots(tag).map(|(_, token)| {
            (self.tree.text(token), self.marked.words(token.from..token.to))
        })
    }

    pub fn term(&self, tag: &str) -> Option<TermId> {
        term(self.text(tag)?)
    }

    pub fn number(&self, tag: &str) -> Option<u64> {
        argument(self.text(tag)?).parse().ok()
    }

    /// A number that may be meant: 1 to 1,000.
    pub fn count(&self, tag: &str) -> Option<u16> {
        let number = u16::try_from(self.number(tag)?).ok()?;
        (1..=1000).contains(&number).then_some(number)
    }

    /// The act of a deed's mark; words without a mark (has, holds) are of keeping.
    pub fn act(&self, tag: &str) -> Option<Act> {
        let text = self.text(tag)?;
        let name = text.trim_start_matches('‹').split(' ').next().unwrap_or_default();
        Some(match name {
            "meet" => Act::Meet,
            "publish" => Act::Publish,
            "adopt" => Act::Adopt,
            "submit" => Act::Submit,
            "sign" => Act::Sign,
            "review" => Act::Review,
            "validate" => Act::Validate,
            "occur" => Act::Occur,
            name => taught(name).unwrap_or(Act::Prepare),
        })
    }

    /// The recurring period of a unit or adverb; the plain quarter is the rulebook's choice.
    /// `None` for a day, which nobody is judged by.
    pub fn cycle(&self, tag: &str, fiscal_quarters: bool) -> Option<Cycle> {
        Some(match argument(self.text(tag)?) {
            "week" => Cycle::Week,
            "month" => Cycle::Month,
            "quarter" | "1/4" if fiscal_quarters => Cycle::FiscalQuarter,
            "quarter" | "1/4" | "calendar_quarter" => Cycle::Quarter,
            "fiscal_quarter" => Cycle::FiscalQuarter,
            "half_year" => Cycle::HalfYear,
            "year" | "calendar_year" => Cycle::Year,
            "fiscal_year" => Cycle::FiscalYear,
            _ => return None,
        })
    }

    /// A duration of a number slot (one where it is missing) and a unit slot.
    pub fn span(&self, count: &str, unit: &str) -> Option<Span> {
        let unit = argument(self.text(unit)?);
        if unit == "day" && self.has(count) {
            let days = u16::try_from(self.number(count)?).ok()?;
            let meant = (1..=crate::limits::SPAN_DAYS_MAX).contains(&days);
            return meant.then_some(Span::Days(days));
        }
        let count = if self.has(count) { self.count(count)? } else { 1 };
        Some(match unit {
            "day" => Span::Days(count),
            "working_day" => Span::WorkingDays(count),
            "week" => Span::Weeks(count),
            "month" => Span::Months(count),
            "quarter" | "calendar_quarter" => Span::Months(count.checked_mul(3)?),
            "half_year" => Span::Months(count.checked_mul(6)?),
            "year" | "calendar_year" | "fiscal_year" => Span::Years(count),
            _ => return None,
        })
    }

    /// A share as it stands in a mark, or a percentage; reduced, and at most the whole.
    pub fn share(&self, tag: &str) -> Option<Share> {
        let text = argument(self.text(tag)?);
        let (numerator, denominator) = match text.split_once('/') {
            Some((n, d)) => (n.parse().ok()?, d.parse().ok()?),
            None => (text.parse::<u16>().ok()?, 100),
        };
        share(numerator, denominator)
    }
}

/// A share in lowest terms; `None` when it is nothing or more than the whole.
pub fn share(numerator: u16, denominator: u16) -> Option<Share> {
    let divisor = common_divisor(numerator, denominator);
    let possible = numerator > 0 && numerator <= denominator && divisor > 0;
    possible.then(|| Share {
        numerator: numerator / divisor,
        denominator: denominator / divisor,
        exclusive: false,
    })
}

fn common_divisor(left: u16, right: u16) -> u16 {
    if right == 0 { left } else { common_divisor(right, left % right) }
}

/// The term of a mark: `‹body 3›`.
pub fn term(mark: &str) -> Option<TermId> {
    argument(mark).parse().ok().map(TermId)
}

/// A verb of the vocabulary: `v57`, or `t57` where it takes whom it tells.
fn taught(name: &str) -> Option<Act> {
    name.strip_prefix(['v', 't'])?.parse().ok().map(|verb| Act::Verb(TermId(verb)))
}

/// What stands after the name in a mark.
fn argument(mark: &str) -> &str {
    let inside = mark.trim_end_matches('›');
    inside.split_once(' ').map_or(inside, |(_, argument)| argument)
}
