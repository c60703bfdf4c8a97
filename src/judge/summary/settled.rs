//! Members of a collection that no later day changes, as the few numbers that a verdict over
//! them is made of.

use super::{Seen, Sum, earlier};
use crate::calendar::{Day, Span};
use crate::judge::lately;
use crate::judge::scores::Scores;
use crate::judge::sorts::{Sort, badness, finality};
use crate::verdict::{Applies, NextChange, Slot, State, Verdict};

/// Those of a duty that says itself how far it looks back, from the oldest one on.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::judge) struct Settled {
    /// The first day of the oldest.
    first: Option<Day>,
    kept: u64,
    missed: u64,
    /// The worst state so far, of equally bad ones the first.
    worst: Option<State>,
    /// Of those after them that were kept before their time is over, the first day on which
    /// that is so of one.
    is_over: Option<Day>,
}

/// What happened on some past days, each of which was kept or not, and no later day changes it.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::judge) struct Days {
    /// The last of all, and whether it was kept.
    last: Option<(Day, bool)>,
    /// Of those in the look-back the first, how many there are and how many were kept.
    first: Option<Day>,
    count: u64,
    kept: u64,
    /// The first of them that was not.
    missed: Option<Day>,
}

/// One that time may still change, as far as a verdict looks at it.
#[derive(Clone, Copy, Debug)]
pub(in crate::judge) struct Moving {
    pub(in crate::judge) from: Day,
    pub(in crate::judge) opens: Day,
    pub(in crate::judge) due: Day,
    /// On the day judged.
    state: State,
    change: Option<NextChange>,
}

impl Moving {
    /// A slot whose state on the day judged is known.
    pub(in crate::judge) fn of(slot: &Slot, day: Day) -> Moving {
        let Slot { from, opens, due, state, .. } = *slot;
        let change = slot.next_change(day, state, Some(Day::LATEST));
        Moving { from, opens, due, state, change }
    }

    /// Its next change, while a duty that looks back so far looks back on it.
    fn foretold(&self, span: Span) -> Option<NextChange> {
        self.change.filter(|change| change.on < lately::leaves(self.from, span))
    }
}

impl Settled {
    /// Those from a day on that were kept, and missed for good; and the first day on which
    /// one that came after them, and was kept already, is over.
    pub(in crate::judge) fn of(
        first: Day,
        (kept, missed): (u64, u64),
        is_over: Option<Day>,
    ) -> Settled {
        let worst = if missed > 0 { State::Closed } else { State::Met };
        Settled { first: Some(first), kept, missed, worst: Some(worst), is_over }
    }

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

    /// The verdict where one more began after them, and after that perhaps one that lies
    /// ahead, both of which are bound or not as they are.
    pub(in crate::judge) fn verdict_with(
        &self,
        (slot, ahead): (&Moving, Option<&Moving>),
        (day, span): (Day, Span),
    ) -> Verdict {
        let change = slot.foretold(span);
        let then = ahead.and_then(|ahead| ahead.foretold(span));
        let sooner = |then: &NextChange| change.is_none_or(|own| then.on < own.on);
        let change = then.filter(sooner).or(change);
        let state = slot.state;
        let is_ahead = day < slot.opens;
        let one_day = slot.from == slot.due;
        let is_past = !is_ahead && (slot.due < day || (slot.due == day && one_day));
        let is_open = !is_ahead && !is_past;
        let mut scores = self.scores();
        if is_past {
            scores.add(state.score());
        }
        let worse = |worst: State| is_past && badness(worst) < badness(state);
        let speaking = self.worst.filter(|worst| !worse(*worst)).unwrap_or(state);
        // Kept early or asked of nobody, it speaks for the rule once its day is over.
        let turns = match slot.due {
            _ if is_ahead => Some(slot.opens),
            due if is_open => Some(if one_day { due } else { due.next() }),
            _ => None,
        };
        let turns = turns.filter(|day| *day < Day::LATEST);
        let leaves = lately::leaves(self.first.unwrap_or(slot.from), span);
        let begins = ahead.map(|ahead| ahead.opens).filter(|day| *day < Day::LATEST);
        let again = earlier(earlier(turns, begins), self.is_over);
        let again = leaves.min(again.unwrap_or(leaves));
        let awaited = matches!(state, State::OnTrack | State::DueSoon);
        Verdict {
            state: speaking,
            upcoming: is_open.then_some(state).or(self.is_over.map(|_| State::Met)),
            underlying: None,
            finality: finality(speaking, change.is_some(), Sort::EachOf),
            score: scores.mean_or(speaking.score()),
            next_change: change,
            judge_again: Some(change.map_or(again, |change| again.min(change.on))),
            running: (is_open && awaited).then_some((slot.from, slot.due)),
        }
    }

    /// The verdict of a duty at all times that is asked of nobody: the first day on which a
    /// stretch of days that runs is over, and on which one begins.
    pub(in crate::judge) fn of_nobody(over: Option<Day>, begins: Option<Day>) -> Verdict {
        let again = earlier(over, begins).filter(|day| *day < Day::LATEST);
        Verdict {
            upcoming: over.map(|_| State::NotApplicable),
            finality: finality(State::NotApplicable, false, Sort::AtAllTimes),
            judge_again: again,
            ..Settled::nothing(false)
        }
    }

    /// The verdict where there is nothing that is looked back on, now or later.
    pub(in crate::judge) fn nothing(binds: bool) -> Verdict {
        let state = if binds { State::NotYetOpen } else { State::NotApplicable };
        Verdict {
            state,
            upcoming: None,
            underlying: None,
            finality: finality(state, false, Sort::EachOf),
            score: None,
            next_change: None,
            judge_again: None,
            running: None,
        }
    }

    fn scores(&self) -> Scores {
        Scores::of(self.kept, self.missed)
    }

    /// The verdict where there are no others, of a duty that looks back so far; `None` where
    /// there are not any.
    pub(in crate::judge) fn verdict(&self, span: Span) -> Option<Verdict> {
        let (state, first) = self.worst.zip(self.first)?;
        if self.is_over.is_some() {
            return None;
        }
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

impl Days {
    /// In their order, no two on one.
    pub(in crate::judge) fn of(
        since: Day,
        days: impl Iterator<Item = (Day, bool)>,
    ) -> Days {
        let mut all = Days::default();
        for (day, is_kept) in days {
            all.last = Some((day, is_kept));
            if day < since {
                continue;
            }
            all.first = all.first.or(Some(day));
            all.count += 1;
            all.kept += u64::from(is_kept);
            if !is_kept {
                all.missed = all.missed.or(Some(day));
            }
        }
        all
    }

    /// The verdict where there is nothing else, by the states of what was kept and what was
    /// not, and by which of them speaks; `None` where there are no days. `leaves` gives the
    /// first day on which a day counts no longer.
    pub(in crate::judge) fn verdict(
        &self,
        (kept, missed): (State, State),
        sort: Sort,
        leaves: impl Fn(Day) -> Day,
    ) -> Option<Verdict> {
        let (_, last) = self.last?;
        let each = sort == Sort::EachOf && self.count > 0;
        let is_kept = if each { self.missed.is_none() } else { last };
        let state = if is_kept { kept } else { missed };
        let mut scores = Scores::default();
        scores.add_many(kept.score(), self.kept);
        scores.add_many(missed.score(), self.count - self.kept);
        Some(Verdict {
            state,
            upcoming: None,
            underlying: None,
            finality: finality(state, false, sort),
            score: scores.mean_or(state.score()),
            next_change: None,
            judge_again: self.first.map(leaves),
            running: None,
        })
    }
}

impl Sum {
    /// A slot that no later day changes, by its first day, the day on which it opens and
    /// the one on which it is due.
    #[inline]
    pub(in crate::judge) fn take_settled(
        &mut self,
        (from, opens, due): (Day, Day, Day),
        state: State,
    ) {
        // Those before it are older: it leaves after them.
        if self.leaves.is_none() {
            self.leaves_by(from);
        }
        let applies = match state {
            State::NotApplicable => Applies::No,
            _ => Applies::Yes,
        };
        let (underlying, score) = (state, state.score());
        let seen = Seen { from, opens, due, state, underlying, applies, score };
        self.take(seen, None);
    }

    /// Takes what happened on some past days: what [`Sum::take`] makes of them one by one, of
    /// a collection each of whose members is of one day.
    pub(in crate::judge) fn take_days(
        &mut self,
        days: Days,
        (kept, missed): (Seen, Seen),
    ) {
        let seen = |(day, is_kept): (Day, bool)| {
            let seen = if is_kept { kept } else { missed };
            seen.on(day)
        };
        let Some(last) = days.last else { return };
        (self.latest, self.latest_change) = (Some(seen(last)), None);
        self.recent.add_many(kept.score, days.kept);
        self.recent.add_many(missed.score, days.count - days.kept);
        self.earliest = days.first;
        let worst = days.missed.map(|day| (day, false));
        self.worst = worst.or(days.first.map(|day| (day, true))).map(seen);
    }

    /// Takes those that came before all that is summed up.
    pub(in crate::judge) fn take_all(&mut self, settled: &Settled) {
        let Some((state, from)) = settled.worst.zip(settled.first) else { return };
        self.leaves_by(from);
        self.recent = settled.scores();
        if let Some(day) = settled.is_over {
            self.open = Some(Seen::kept_before(from));
            self.turn(day);
        }
        let applies = match state {
            State::NotApplicable => Applies::No,
            _ => Applies::Yes,
        };
        let (opens, due, score) = (from, from, state.score());
        self.worst =
            Some(Seen { from, opens, due, state, underlying: state, applies, score });
    }
}
