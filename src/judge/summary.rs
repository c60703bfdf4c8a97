//! From slots to the verdict of a rule: its state, what is upcoming, score, next change.

mod seen;
mod settled;

pub(super) use seen::Seen;
pub(super) use settled::{Days, Moving, Settled};

use super::among::foreseen_through;
use super::answer;
use super::exception;
use super::instead;
use super::lately;
use super::scores::Scores;
use super::slots::each_slot_as_it_was;
use super::sorts::{
    Sort, badness, begins_with_an_event, finality, foresees_by_years, sort, worsens,
};
use super::view::{Duty, View};
use crate::calendar::{Day, MonthCounting, Span};
use crate::norm::Norm;
use crate::verdict::{Foretold, NextChange, Score, Slot, State, Verdict};

/// Slots due in the last twelve months count towards the score and open findings.
const LOOK_BACK: Span = Span::Months(12);

/// The first day of the look-back: slots due before it are history.
pub fn look_back(day: Day) -> Day {
    day.minus(LOOK_BACK, MonthCounting::ByDate).next()
}

/// The first day on which a slot due on `due` no longer counts.
pub(super) fn leaves_look_back(due: Day) -> Day {
    let day = due.plus(LOOK_BACK, MonthCounting::ByDate);
    if look_back(day) > due { day } else { day.next() }
}

/// The verdict of one rule for one organization on the day judged.
pub fn verdict(duty: &Duty<'_>, view: &View<'_>) -> Verdict {
    if duty.changed.is_none() {
        return verdict_by(duty, duty, view);
    }
    verdict_by(duty, &duty.on(view.as_of.day), view)
}

/// The verdict of a rule, of which `own` is the version of the day.
fn verdict_by(duty: &Duty<'_>, own: &Duty<'_>, view: &View<'_>) -> Verdict {
    let mut sum = Sum::new(own, view);
    if let Some((_, rule)) = duty.changed {
        sum.changed = true;
        // Of the next version nothing may be known but that it begins.
        let begins = rule.versions().filter_map(|version| version.in_force.from);
        let today = view.as_of.day;
        begins.filter(|day| today < *day).for_each(|day| sum.turn(day));
    }
    sum.take_years(duty, view);
    sum.take_turns((duty, own), view);
    each_slot_as_it_was(duty, view, sum.reach(own), &mut |slot| {
        sum.look_back_as(duty, slot);
        sum.add(slot);
    });
    sum.verdict(own, view, leaves_look_back)
}

/// The state that a rule's slots add up to; the same sum over slots already at hand.
pub fn state_of_rule(duty: &Duty<'_>, view: &View<'_>, slots: &[Slot]) -> Verdict {
    let own = duty.on(view.as_of.day);
    let mut sum = Sum::new(&own, view);
    sum.changed = duty.changed.is_some();
    sum.take_years(duty, view);
    sum.take_turns((duty, &own), view);
    for slot in slots {
        sum.look_back_as(duty, slot);
        sum.add(slot);
    }
    sum.verdict(&own, view, leaves_look_back)
}

/// What has been seen of the slots so far.
pub(super) struct Sum {
    day: Day,
    since: Day,
    healthy_through: Option<Day>,
    sort: Sort,
    /// The rule has versions: what one of them asked on each day is over with it.
    changed: bool,
    /// What lies ahead is known to the end of the next year only.
    by_years: bool,
    latest: Option<Seen>,
    /// The first day of the look-back of the latest slot.
    latest_since: Day,
    owed: Option<State>,
    open: Option<Seen>,
    ahead: Option<Seen>,
    worst: Option<Seen>,
    recent: Scores,
    next: Option<NextChange>,
    /// The day on which the earliest slot ended that leaves the look-back of all rules.
    earliest: Option<Day>,
    /// What becomes of the latest slot.
    latest_change: Option<NextChange>,
    /// The first day on which a slot begins or is past, whatever its state.
    turns: Option<Day>,
    /// Of a duty that says itself how far it looks back: so far (of a rule with versions, the
    /// one whose slot is seen), and the first later day on which one of its slots is older.
    own: Option<Span>,
    leaves: Option<Day>,
}

impl Sum {
    fn new(duty: &Duty<'_>, view: &View<'_>) -> Sum {
        Sum::looking_back(look_back(view.as_of.day), duty, view)
    }

    /// The first day of the look-back.
    pub(super) fn since(&self) -> Day {
        self.since
    }

    /// Of a look-back that is already reckoned.
    #[inline]
    pub(super) fn looking_back(since: Day, duty: &Duty<'_>, view: &View<'_>) -> Sum {
        let own = lately::reach(duty.norm);
        Sum {
            day: view.as_of.day,
            since: first_day(own, since),
            healthy_through: view.healthy_through(),
            sort: sort(duty.norm),
            changed: false,
            by_years: false,
            latest: None,
            latest_since: Day::EARLIEST,
            owed: None,
            open: None,
            ahead: None,
            worst: None,
            recent: Scores::default(),
            next: None,
            earliest: None,
            latest_change: None,
            turns: None,
            own,
            leaves: None,
        }
    }

    /// Of several duties, in whichever version, no more is known than to the end of the next
    /// year.
    fn take_years(&mut self, duty: &Duty<'_>, view: &View<'_>) {
        self.by_years =
            duty.versions().any(|version| instead::foresees_by_years(&version, view));
    }

    /// What an exception puts in the place of a duty at all times is asked as a version is; in
    /// whichever version it is said, how far ahead anything is known turns with it.
    fn take_turns(&mut self, (duty, own): (&Duty<'_>, &Duty<'_>), view: &View<'_>) {
        self.changed |= instead::takes_turns(own);
        let today = self.day;
        for version in duty.versions().filter(instead::takes_turns) {
            let days = instead::days(&version, view).into_iter();
            days.filter(|day| today < *day).for_each(|day| self.turn(day));
        }
    }

    /// Each version of a rule looks back on its own slots as far as it says itself.
    fn look_back_as(&mut self, duty: &Duty<'_>, slot: &Slot) {
        if self.changed {
            self.own = lately::reach(duty.on(slot.opens).norm);
            self.since = first_day(self.own, look_back(self.day));
        }
    }

    /// The day before which no slot matters. Of a state of things only the day does, and
    /// what is still awaited of the time before it.
    pub(super) fn reach(&self, duty: &Duty<'_>) -> Day {
        if self.sort != Sort::AtAllTimes || self.changed {
            return self.since;
        }
        let awaited = self.day.minus(duty.lag, duty.months).previous();
        self.since.max(awaited)
    }

    pub(super) fn add(&mut self, slot: &Slot) {
        if self.changed
            && let Some(last) = slot.applies.last_day()
        {
            if last < self.day {
                return;
            }
            // Until then it says at least that nothing is asked.
            self.turn(last.next());
        }
        self.leaves_by(slot.from);
        let change = slot.next_change(self.day, slot.state, self.healthy_through);
        // What is no longer looked back on by then does not change any more.
        let stays = |change: &NextChange| {
            self.own.is_none_or(|span| change.on < lately::leaves(slot.from, span))
        };
        let change = change.filter(stays);
        self.take(slot.into(), change);
        // Of what is not asked, or may not be, what is known to come changes nothing, and what
        // comes after it is not known before.
        let unasked = slot.applies.is_no() && self.sort == Sort::AtAllTimes;
        if (slot.applies.is_unsure() || unasked)
            && let Some(day) = slot.truth.settled_on().filter(|day| self.day < *day)
        {
            self.turn(day);
        }
        // Under a waiver the state that it hides goes on changing.
        if slot.state == State::Waived {
            let hidden = match slot.foretold {
                Foretold::Beside { bare, .. } => bare,
                Foretold::ByItsDays | Foretold::Through(_) => {
                    Slot { waived: None, ..*slot }
                        .next_change(self.day, slot.underlying, self.healthy_through)
                        .map(|change| change.on)
                }
            };
            if let Some(day) = hidden {
                self.turn(day);
            }
        }
    }

    /// It looks back by so much itself.
    fn leaves_by(&mut self, from: Day) {
        if let Some(span) = self.own {
            let leaves = lately::leaves(from, span);
            let sooner = self.leaves.is_none_or(|day| leaves < day);
            self.leaves = if sooner { Some(leaves) } else { self.leaves };
        }
    }

    /// A slot of which the next change is already known.
    #[inline]
    pub(super) fn take(&mut self, slot: Seen, change: Option<NextChange>) {
        if slot.opens > self.day {
            self.ahead = self.ahead.or(Some(slot));
            self.turn(slot.opens);
            self.foresee(change);
        } else if self.is_past(&slot) {
            self.add_past(slot, change);
        } else {
            self.open = Some(slot);
            self.foresee(change);
            // Kept early or asked of nobody, it speaks for the rule once its day is over.
            self.turn(if slot.from == slot.due { slot.due } else { slot.due.next() });
        }
    }

    #[inline]
    fn foresee(&mut self, change: Option<NextChange>) {
        // What comes out from under a waiver on the day from which it is in doubt is not kept
        // on it: of what is forbidden the worst of a day speaks.
        let is_worse = |next: NextChange, change: NextChange| {
            self.sort == Sort::Forbidden
                && change.on == next.on
                && badness(next.state) < badness(change.state)
        };
        if let Some(change) = change
            && self.next.is_none_or(|next| change.on < next.on || is_worse(next, change))
        {
            self.next = Some(change);
        }
    }

    /// What is behind all days never comes.
    #[inline]
    fn turn(&mut self, day: Day) {
        if day < Day::LATEST {
            self.turns = Some(self.turns.map_or(day, |turns| turns.min(day)));
        }
    }

    /// Due before the day judged; a link of a chain is past once the next one has begun.
    #[inline]
    fn is_past(&self, slot: &Seen) -> bool {
        let over = slot.due < self.day || (slot.due == self.day && slot.from == slot.due);
        match self.sort {
            Sort::Occasions | Sort::EachOf | Sort::Forbidden => over,
            // A waiver hides how it stands, and not that the next one has begun.
            Sort::AtAllTimes => over || slot.underlying.is_met(),
        }
    }

    /// The day on which a slot was over.
    #[inline]
    fn ended(&self, slot: &Seen) -> Day {
        match self.sort {
            Sort::AtAllTimes => slot.due.max(slot.from),
            Sort::Occasions | Sort::EachOf | Sort::Forbidden => slot.due,
        }
    }

    /// Of what is past, the look-back and the latest slot may still change the verdict; of
    /// a duty at all times only the latest.
    fn foresee_latest(&mut self) {
        let at_all_times = self.sort == Sort::AtAllTimes;
        let apart =
            |latest: &Seen| at_all_times || self.ended(latest) < self.latest_since;
        if self.latest.as_ref().is_some_and(apart) {
            // It comes before all others, on one day as well.
            let others = self.next.take();
            self.next = self.latest_change;
            self.foresee(others);
        }
    }

    #[inline]
    fn add_past(&mut self, slot: Seen, change: Option<NextChange>) {
        let ended = self.ended(&slot);
        // Of a collection's members of one day the worst one speaks.
        let each_of = self.sort == Sort::EachOf;
        let later = self.latest.is_none_or(|latest| {
            let same_day = latest.due == slot.due;
            let worse = !each_of || badness(latest.state) <= badness(slot.state);
            // A gap under one version may be due after those that follow it.
            if self.changed && self.sort == Sort::AtAllTimes {
                return latest.from <= slot.from;
            }
            latest.due < slot.due || (same_day && worse)
        });
        // Of what is forbidden the whole time comes first and speaks; of several versions that
        // of the last one to begin. Each breach was due before its day.
        let whole = slot.from <= slot.due;
        let speaks = match (self.sort, self.latest) {
            (Sort::Forbidden, Some(_)) => self.changed && whole,
            _ => later,
        };
        if speaks {
            (self.latest, self.latest_change) = (Some(slot), change);
            self.latest_since = self.since;
        }
        if ended < self.since {
            return;
        }
        self.recent.add(slot.score);
        if self.sort != Sort::AtAllTimes {
            self.foresee(change);
            if self.own.is_none() {
                self.earliest = Some(self.earliest.map_or(ended, |day| day.min(ended)));
            }
        }
        if slot.state == State::StillOwed {
            self.owed = Some(State::StillOwed);
        }
        let each = matches!(self.sort, Sort::EachOf | Sort::Forbidden);
        let worse = |worst: Seen| badness(worst.state) < badness(slot.state);
        if each && self.worst.is_none_or(worse) {
            self.worst = Some(slot);
        }
    }

    #[inline]
    /// `leaves` gives the first day on which a slot due on a day counts no longer.
    pub(super) fn verdict(
        mut self,
        duty: &Duty<'_>,
        view: &View<'_>,
        leaves: impl Fn(Day) -> Day,
    ) -> Verdict {
        self.foresee_latest();
        // On the short way a duty has one version.
        let by_years = self.by_years || foresees_by_years(duty.norm);
        if by_years {
            let known = foreseen_through(self.day);
            self.next = self.next.filter(|change| change.on <= known);
        }
        if by_years || answer::foresees_by_years(duty, view) {
            self.turn(Day::from_ymd(self.day.year() + 1, 1, 1).unwrap_or(Day::LATEST));
        }
        if let Some(day) = answer::next_above(duty, view) {
            self.turn(day);
        }
        let speaking = match self.sort {
            Sort::Occasions => self.latest,
            Sort::AtAllTimes => self.standing(duty.norm),
            Sort::EachOf | Sort::Forbidden => self.worst.or(self.latest),
        };
        let speaking = speaking.or(self.open).or(self.ahead);
        let state = match speaking {
            Some(slot) => slot.state,
            None => {
                // Whether it will be asked at all is known from day to day.
                let days = exception::days(duty, view);
                let next = days.filter(|day| self.day < *day).min();
                if let Some(day) = next {
                    self.turn(day);
                }
                without_slots(duty, view)
            }
        };
        let owed = self.owed.filter(|_| self.sort == Sort::Occasions && worsens(state));
        let state = owed.unwrap_or(state);
        Verdict {
            state,
            upcoming: self.open.map(|slot| slot.state),
            underlying: speaking
                .filter(|slot| slot.state == State::Waived)
                .map(|slot| slot.underlying),
            finality: finality(state, self.next.is_some(), self.sort),
            score: self.score(speaking),
            next_change: self.next,
            running: self
                .open
                .filter(|slot| matches!(slot.state, State::OnTrack | State::DueSoon))
                .map(|slot| (slot.from, slot.due)),
            judge_again: earlier(
                self.next.map(|next| next.on),
                earlier(self.earliest.map(leaves), earlier(self.leaves, self.turns)),
            ),
        }
    }

    /// On a day that a cover holds, the duty is met, whatever came before it.
    fn standing(&self, norm: &Norm) -> Option<Seen> {
        let latest = self.latest?;
        let runs = || self.open.is_some_and(|open| open.due >= self.day);
        // What is only asked from a day inside a window on covers nothing.
        if latest.state.is_met() || (begins_with_an_event(norm) && runs()) {
            let waived = latest.state == State::Waived;
            let state = if waived { State::Waived } else { State::Met };
            let unknown =
                latest.state == State::InsufficientEvidence && latest.applies.is_unsure();
            let not_applicable = latest.state == State::NotApplicable;
            if unknown || not_applicable {
                return Some(latest);
            }
            return Some(Seen { underlying: latest.underlying, ..latest.with(state) });
        }
        Some(latest)
    }

    fn score(&self, speaking: Option<Seen>) -> Option<Score> {
        let speaking = speaking.and_then(|slot| slot.score);
        match self.sort {
            Sort::AtAllTimes => Scores::default().mean_or(speaking),
            Sort::Occasions | Sort::EachOf | Sort::Forbidden => {
                self.recent.mean_or(speaking)
            }
        }
    }
}

/// The state of a rule that had no occasion yet.
fn without_slots(duty: &Duty<'_>, view: &View<'_>) -> State {
    // Where nothing was broken there is nothing to answer.
    let asks_nothing = matches!(duty.norm, Norm::Free { .. } | Norm::Outside { .. })
        || duty.answers.is_some();
    if asks_nothing || exception::is_out_of_scope(duty, view, view.as_of.day) {
        State::NotApplicable
    } else {
        State::NotYetOpen
    }
}

/// The first day that is looked back on by a duty that may say itself how far it does.
fn first_day(own: Option<Span>, since: Day) -> Day {
    if own.is_some() { Day::EARLIEST } else { since }
}

pub(super) fn earlier(one: Option<Day>, other: Option<Day>) -> Option<Day> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => one.or(other),
    }
}
