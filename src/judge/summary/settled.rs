//! Members of a collection that no later day changes, as the few numbers that a verdict over
//! them is made of.

use super::{Seen, Sum};
use crate::calendar::{Day, Span};
use crate::judge::lately;
use crate::judge::scores::Scores;
use crate::judge::sorts::{Sort, finality};
use crate::verdict::{Applies, State, Verdict};

/// Those of a duty that says itself how far it looks back, from the oldest one on.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::judge) struct Settled {
    /// The first day of the oldest.
    first: Option<Day>,
    kept: u64,
    missed: u64,
    /// The worst state so far, of equally bad ones the first.
    worst: Option<State>,
}

impl Settled {
    /// One that was kept, in time or in grace, or missed for good, or asked of nobody.
    #[inline]
    pub(in crate::judge) fn add(&mut self, from: Day, state: State) {
        self.first = self.first.or(Some(from));
        let missed = state == State::Closed;
        let kept = state.is_met();
        self.missed += u64::from(missed);
        self.kept += u64::from(kept);
        self.worst = match self.worst {
            Some(State::NotApplicable) | None => Some(state),
            Some(_) if missed => Some(state),
            worst => worst,
        };
    }

    fn scores(&self) -> Scores {
        Scores::of(self.kept, self.missed)
    }

    /// The verdict where there are no others, of a duty that looks back so far; `None` where
    /// there are not any.
    pub(in crate::judge) fn verdict(&self, span: Span) -> Option<Verdict> {
        let (state, first) = self.worst.zip(self.first)?;
        Some(Verdict {
            state,
            upcoming: None,
            underlying: None,
            finality: finality(state, false, Sort::EachOf),
            score: self.scores().mean(),
            next_change: None,
            judge_again: Some(lately::leaves(first, span)),
            running: None,
        })
    }
}

impl Sum {
    /// Takes those that came before all that is summed up.
    pub(in crate::judge) fn take_all(&mut self, settled: &Settled) {
        let Some((state, from)) = settled.worst.zip(settled.first) else { return };
        self.leaves_by(from);
        self.recent = settled.scores();
        let applies = match state {
            State::NotApplicable => Applies::No,
            _ => Applies::Yes,
        };
        let (opens, due, score) = (from, from, state.score());
        self.worst =
            Some(Seen { from, opens, due, state, underlying: state, applies, score });
    }
}
