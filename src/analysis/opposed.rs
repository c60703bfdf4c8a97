//! Whether two duties cannot both be kept: at most 5 members and at least 7.
//!
//! Answers no where it is not sure. Knows norms, and organizations only as conditions that
//! are tried out on them.

use crate::analysis::implied::Terms;
use crate::analysis::world::World;
use crate::calendar::Day;
use crate::judge;
use crate::norm::{
    Condition, Demand, Freedom, Matter, Norm, Part, Quality, Share, TermId,
};

impl Terms<'_> {
    /// Whether nobody can keep both, in one order or the other. Of conditions this is a
    /// question to every organization: see [`Terms::never_together`].
    pub(super) fn opposed(self, one: &Norm, other: &Norm) -> bool {
        duties(one).iter().any(|one| {
            duties(other).iter().any(|other| {
                self.opposed_here(one, other) || self.opposed_here(other, one)
            })
        })
    }

    fn opposed_here(self, one: &Norm, other: &Norm) -> bool {
        match (one, other) {
            (Norm::Never { what }, Norm::Free { freedom: Freedom::May, matter }) => {
                let permitted = match matter {
                    Matter::Deed(deed) => Some(*deed),
                    Matter::Duty(norm) => norm.deed(),
                };
                permitted.is_some_and(|deed| self.is_a(deed, *what))
            }
            // A duty with a condition of its own may ask for nothing.
            (
                Norm::Never { .. },
                Norm::Never { .. } | Norm::Free { .. } | Norm::Guarded { .. },
            ) => false,
            (Norm::Never { what }, duty) => {
                duty.deed().is_some_and(|deed| self.is_a(deed, *what))
            }
            (Norm::Size { .. } | Norm::Proportion { .. }, _) => too_few(one, other),
            (
                Norm::Composition { who, demands },
                Norm::Composition { who: same, demands: others },
            ) => who == same && exceed(demands, others),
            (Norm::Incompatible { one, other }, Norm::Composition { who, demands }) => {
                demands.iter().any(|demand| {
                    let Quality::Is(quality) = demand.quality else { return false };
                    let some = !is_nothing(demand.part);
                    some && is_pair((*one, *other), (*who, quality))
                })
            }
            _ => false,
        }
    }

    /// Of two conditions that hold at all times: whether no organization that could be has
    /// both, though each of them can be had.
    pub(super) fn never_together(
        one: &Norm,
        other: &Norm,
        worlds: &[World<'_>],
        day: Day,
    ) -> bool {
        let (Norm::Holds(one), Norm::Holds(other)) = (one, other) else { return false };
        let so = |condition: &Condition, world: &World<'_>| {
            judge::is_so(condition, &world.profile, day) == Some(true)
        };
        worlds.iter().any(|world| so(one, world))
            && worlds.iter().any(|world| so(other, world))
            && !worlds.iter().any(|world| so(one, world) && so(other, world))
    }
}

/// The duties that a list holds: each has to be kept.
fn duties(norm: &Norm) -> Vec<&Norm> {
    match norm {
        Norm::All(parts) => parts.iter().flat_map(duties).collect(),
        _ => vec![norm],
    }
}

/// Whether the second body may have fewer members than the first duty asks of it.
fn too_few(one: &Norm, other: &Norm) -> bool {
    let Norm::Size { body: bounded, most: Some(most), .. } = other else { return false };
    match one {
        Norm::Size { body, least: Some(least), .. }
        | Norm::Proportion { body, least: Some(least), .. } => {
            body == bounded && least > most
        }
        _ => false,
    }
}

/// Whether two demands of one group leave it no members: of qualities that nobody has both.
fn exceed(one: &[Demand], other: &[Demand]) -> bool {
    one.iter().any(|one| {
        other.iter().any(|other| {
            let apart = match (one.quality, other.quality) {
                (Quality::AtLeastAge(age), Quality::UnderAge(under))
                | (Quality::UnderAge(under), Quality::AtLeastAge(age)) => age >= under,
                _ => false,
            };
            apart && more_than_all(one.part, other.part)
        })
    })
}

fn more_than_all(one: Part, other: Part) -> bool {
    match (one, other) {
        (Part::All, part) | (part, Part::All) => !is_nothing(part),
        (Part::Share(one), Part::Share(other)) => {
            let (a, b) = (fraction(one), fraction(other));
            let sum = a.0 * b.1 + b.0 * a.1;
            let whole = a.1 * b.1;
            sum > whole || sum == whole && (one.exclusive || other.exclusive)
        }
        _ => false,
    }
}

fn fraction(share: Share) -> (u32, u32) {
    (u32::from(share.numerator), u32::from(share.denominator))
}

fn is_nothing(part: Part) -> bool {
    match part {
        Part::All => false,
        Part::Share(share) => share.numerator == 0 && !share.exclusive,
        Part::Count(count) => count == 0,
    }
}

fn is_pair(one: (TermId, TermId), other: (TermId, TermId)) -> bool {
    one == other || one == (other.1, other.0)
}
