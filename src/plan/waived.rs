//! The waivers of an organization that bear on one rule, and on the rule that it answers.

use super::book::Book;
use crate::organization::Waiver;

/// The waivers that bear on one rule.
#[derive(Default)]
pub(super) struct Waived<'w> {
    /// From the rule itself.
    pub(super) own: Vec<&'w Waiver>,
    /// From the rule whose breach it answers.
    pub(super) above: Vec<&'w Waiver>,
}

impl<'w> Waived<'w> {
    pub(super) fn from(waivers: &'w [Waiver], book: &Book, number: usize) -> Waived<'w> {
        let Some((rulebook, rule)) = book.rule(number).filter(|_| !waivers.is_empty())
        else {
            return Waived::default();
        };
        let of = |id: &str| {
            waivers.iter().filter(|waiver| waiver.covers(&rulebook.id, id)).collect()
        };
        Waived {
            own: of(&rule.id),
            above: rule.answers.as_deref().map(of).unwrap_or_default(),
        }
    }
}
