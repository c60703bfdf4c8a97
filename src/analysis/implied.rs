//! Whether keeping one duty keeps another: monthly meetings hold the quarterly ones.
//!
//! Answers no where it is not sure. Knows norms and dates, and no organization.

use crate::analysis::spans;
use crate::calendar::{Cycle, MonthCounting, Span};
use crate::norm::{
    Anchor, Limit, MemberTime, Norm, Occurrence, People, Share, Signers, Stay,
};
use crate::vocabulary::Vocabulary;

/// What a comparison of duties rests on besides the duties.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) months: MonthCounting,
}

impl Terms<'_> {
    /// Whether whoever keeps `strong` keeps `weak` too.
    pub(super) fn implies(self, strong: &Norm, weak: &Norm) -> bool {
        if let Norm::All(parts) = weak {
            return parts.iter().all(|part| self.implies(strong, part));
        }
        if let Norm::All(parts) = strong {
            return parts.iter().any(|part| self.implies(part, weak));
        }
        strong == weak && !matches!(strong, Norm::Free { .. })
            || self.of_deeds(strong, weak)
            || of_people(strong, weak)
            || self.of_papers(strong, weak)
    }

    /// Whether doing the one is doing the other: more exact in what, by whom and to whom.
    pub(super) fn is_a(self, narrow: Occurrence, wide: Occurrence) -> bool {
        narrow.act == wide.act
            && self.vocabulary.is_a(narrow.noun, wide.noun)
            && wide.by.is_none_or(|by| narrow.by == Some(by))
            && wide.to.is_none_or(|to| narrow.to == Some(to))
    }

    fn is_within(self, span: Span, other: Span) -> bool {
        spans::is_within(span, other, self.months)
    }

    pub(super) fn is_grace_within(self, grace: Span, longer: Span) -> bool {
        self.is_within(grace, longer)
    }

    fn of_deeds(self, strong: &Norm, weak: &Norm) -> bool {
        match (strong, weak) {
            // Who may not do it at all may not do it in one way either.
            (Norm::Never { what }, Norm::Never { what: part }) => {
                return self.is_a(*part, *what);
            }
            (Norm::Order { .. }, Norm::Order { .. }) => {
                return self.of_orders(strong, weak);
            }
            _ => {}
        }
        let (Some(done), Some(asked)) = (strong.deed(), weak.deed()) else {
            return false;
        };
        self.is_a(done, asked) && self.of_times(strong, weak)
    }

    /// Of one deed: whether the times of the one hold those of the other.
    fn of_times(self, strong: &Norm, weak: &Norm) -> bool {
        match (strong, weak) {
            (
                Norm::Frequency { least, cycle, .. },
                Norm::Frequency { least: fewer, cycle: longer, .. },
            ) => {
                let times = spans::fewest(*cycle, *longer);
                u32::from(*least).saturating_mul(times) >= u32::from(*fewer)
            }
            (Norm::Rolling { gap, .. }, Norm::Frequency { least, cycle, .. }) => {
                let most = longest(*cycle);
                self.is_within(*gap, most)
                    && spans::fewest_events(*gap, *cycle, self.months)
                        >= u32::from(*least)
            }
            (Norm::Frequency { cycle, .. }, Norm::Rolling { gap, .. }) => {
                spans::bridges(*cycle, *gap, self.months)
            }
            (Norm::Rolling { gap, .. }, Norm::Rolling { gap: longer, .. }) => {
                self.is_within(*gap, *longer)
            }
            (
                Norm::Deadline { anchor, within, .. },
                Norm::Deadline { anchor: same, within: longer, .. },
            ) => self.is_anchor(*anchor, *same) && self.is_within(*within, *longer),
            (
                Norm::FixedDate { month, day, .. },
                Norm::FixedDate { month: same, day: too, .. },
            ) => (month, day) == (same, too),
            (Norm::Standing { review, .. }, Norm::Standing { review: longer, .. }) => {
                match (review, longer) {
                    (_, None) => true,
                    (Some(review), Some(longer)) => self.is_within(*review, *longer),
                    (None, Some(_)) => false,
                }
            }
            _ => false,
        }
    }

    /// A wider event has each narrower one among it: what is asked after each is asked
    /// after those.
    fn is_anchor(self, wide: Anchor, narrow: Anchor) -> bool {
        match (wide, narrow) {
            (Anchor::Each(wide), Anchor::Each(narrow)) => self.is_a(narrow, wide),
            _ => wide == narrow,
        }
    }

    fn of_orders(self, strong: &Norm, weak: &Norm) -> bool {
        let (
            Norm::Order { steps, anchor, limit, ever },
            Norm::Order { steps: fewer, anchor: same, limit: looser, ever: too },
        ) = (strong, weak)
        else {
            return false;
        };
        let limits = match (limit, looser) {
            (Limit::Before(lead), Limit::Before(shorter)) => {
                self.is_within(*shorter, *lead)
            }
            (Limit::Within(span), Limit::Within(longer)) => {
                self.is_within(*span, *longer)
            }
            _ => false,
        };
        let steps_held = steps.len() == fewer.len()
            && steps.iter().zip(fewer).all(|(step, wide)| self.is_a(*step, *wide));
        limits && steps_held && self.is_anchor(*anchor, *same) && ever == too
    }

    fn of_papers(self, strong: &Norm, weak: &Norm) -> bool {
        match (strong, weak) {
            (
                Norm::Contents { document, items },
                Norm::Contents { document: narrow, items: fewer },
            ) => {
                self.vocabulary.is_a(*narrow, *document)
                    && fewer.iter().all(|item| items.contains(item))
            }
            (
                Norm::Signed { document, by, in_order },
                Norm::Signed { document: narrow, by: fewer, in_order: too },
            ) => {
                self.vocabulary.is_a(*narrow, *document)
                    && in_order >= too
                    && fewer.iter().all(|asked| is_signed(by, *asked))
            }
            (
                Norm::EachMember { who, document, act, to, when },
                Norm::EachMember {
                    who: fewer,
                    document: wide,
                    act: same,
                    to: there,
                    when: seldom,
                },
            ) => {
                act == same
                    && self.vocabulary.is_a(*document, *wide)
                    && is_among(fewer, who)
                    && there.is_none_or(|there| *to == Some(there))
                    && self.is_as_often(*when, *seldom)
            }
            _ => false,
        }
    }

    fn is_as_often(self, when: MemberTime, seldom: MemberTime) -> bool {
        match (when, seldom) {
            (MemberTime::Each(cycle), MemberTime::Each(longer)) => {
                spans::fewest(cycle, longer) >= 1
            }
            (MemberTime::Within(span), MemberTime::Within(longer)) => {
                self.is_within(span, longer)
            }
            _ => when == seldom,
        }
    }
}

fn of_people(strong: &Norm, weak: &Norm) -> bool {
    match (strong, weak) {
        (
            Norm::Size { body, least, most },
            Norm::Size { body: same, least: fewer, most: more },
        ) => {
            let low = fewer.is_none_or(|few| least.is_some_and(|it| it >= few));
            let high = more.is_none_or(|many| most.is_some_and(|it| it <= many));
            body == same && low && high
        }
        (
            Norm::Proportion { body, least: Some(least), .. },
            Norm::Size { body: same, least: Some(fewer), most: None },
        ) => body == same && least >= fewer,
        (Norm::Quorum { body, share }, Norm::Quorum { body: same, share: smaller }) => {
            body == same && is_at_least(*share, *smaller)
        }
        (
            Norm::Unrelated { body, degree, in_laws },
            Norm::Unrelated { body: same, degree: nearer, in_laws: less },
        ) => body == same && degree >= nearer && in_laws >= less,
        (
            Norm::TermLimit { who, most, consecutive, unless_explained },
            Norm::TermLimit {
                who: same,
                most: longer,
                consecutive: too,
                unless_explained: softer,
            },
        ) => {
            who == same
                && is_stay_within(*most, *longer)
                && consecutive == too
                && (!unless_explained || *softer)
        }
        (
            Norm::Composition { who, demands },
            Norm::Composition { who: same, demands: fewer },
        ) => who == same && fewer.iter().all(|demand| demands.contains(demand)),
        _ => false,
    }
}

/// More than one period lasts, so that longer gaps need not be counted.
fn longest(cycle: Cycle) -> Span {
    match cycle {
        Cycle::Week => Span::Weeks(1),
        Cycle::Month => Span::Months(1),
        Cycle::Quarter | Cycle::FiscalQuarter => Span::Months(3),
        Cycle::HalfYear => Span::Months(6),
        Cycle::Year | Cycle::FiscalYear => Span::Years(1),
    }
}

fn is_at_least(share: Share, smaller: Share) -> bool {
    let one = u32::from(share.numerator) * u32::from(smaller.denominator);
    let other = u32::from(smaller.numerator) * u32::from(share.denominator);
    one > other || one == other && (share.exclusive || !smaller.exclusive)
}

fn is_stay_within(most: Stay, longer: Stay) -> bool {
    match (most, longer) {
        (Stay::Terms(terms), Stay::Terms(more)) => terms <= more,
        (Stay::Years(years), Stay::Years(more)) => years <= more,
        _ => false,
    }
}

fn is_signed(by: &[Signers], asked: Signers) -> bool {
    by.iter().any(|signers| signers.role == asked.role && signers.least >= asked.least)
}

/// Whether the one are all among the others.
fn is_among(few: &People, many: &People) -> bool {
    few.groups.iter().all(|group| many.groups.contains(group))
        && (many.are.is_none() || many.are == few.are)
}
