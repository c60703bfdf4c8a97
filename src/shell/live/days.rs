//! Days that pass: what falls due on them, and a clock that cannot be right.

use crate::calendar::Day;
use crate::limits;
use crate::plan::Input;
use crate::shell::Error;
use crate::shell::live::effects::Rows;
use crate::shell::live::{Live, Passing};
use crate::shell::outbox::way;
use crate::shell::store::setting::{self, Setting};

/// A clock further ahead of the last pass than this, in seconds, may be wrong: 30 days. What
/// then falls due is judged, and the letters of it wait for a person.
const CLOCK_AHEAD_MAX: i64 = 30 * 86_400;

impl Live {
    /// Judges what fell due when the day, somewhere, is another than when it was judged
    /// last. Papers come first: what arrived while nobody looked must not be missed.
    pub(super) fn day_passed(&mut self, pass: &mut Passing<'_>) -> Result<(), Error> {
        let now = self.zones.now(self.clock.now());
        let through = now.days.values().copied().fold(now.day, Ord::min);
        if self.days.as_ref() == Some(&now.days) && self.through == Some(through) {
            return Ok(());
        }
        let mut due = self.memory.take_due(&now);
        while due.len() > limits::ORGANIZATIONS_PER_COMMIT_MAX {
            let rest = due.split_off(limits::ORGANIZATIONS_PER_COMMIT_MAX);
            let portion = std::mem::replace(&mut due, rest);
            self.step(days_passed(portion), Rows::default(), pass)?;
        }
        // The day is judged when its last portion is: a start in between begins it again,
        // and letters that were written have their names.
        self.step(days_passed(due), Rows::of_day(through), pass)?;
        self.through = Some(through);
        self.days = Some(now.days);
        Ok(())
    }

    /// In a network that has never been judged there is nothing that today could be due.
    pub(super) fn begin_counting_days(&mut self) -> Result<(), Error> {
        let now = self.zones.now(self.clock.now());
        let through = now.days.values().copied().fold(now.day, Ord::min);
        self.writer.write(move |connection| {
            setting::set(connection, Setting::DayJudged, &through.to_string())
        })?;
        self.through = Some(through);
        self.days = Some(now.days);
        Ok(())
    }

    /// The day that was judged last, on record.
    pub(super) fn last_day(&self) -> Result<Option<Day>, Error> {
        let day = setting::get(&self.rows, Setting::DayJudged)?;
        Ok(day.as_deref().and_then(Day::parse))
    }

    /// Notes at the start whether a network that is live was left alone for so long that its
    /// clock is more likely to be wrong; before it is live no letter leaves. It holds until the
    /// day is judged, whatever stops come between.
    pub(super) fn mind_the_clock(&mut self) -> Result<(), Error> {
        let high = setting::get(&self.rows, Setting::ClockHigh)?;
        let high: Option<i64> = high.and_then(|high| high.parse().ok());
        let now = self.clock.now();
        let ahead = high.is_some_and(|high| now - high > CLOCK_AHEAD_MAX);
        if ahead && way::is_live(&self.rows)? {
            let now = now.to_string();
            self.writer
                .write(move |rows| setting::set(rows, Setting::ClockAhead, &now))?;
        }
        self.clock_jumped = setting::get(&self.rows, Setting::ClockAhead)?.is_some();
        Ok(())
    }
}

pub(super) fn days_passed(due: Vec<String>) -> Vec<Input> {
    due.into_iter().map(|organization| Input::DayPassed { organization }).collect()
}
