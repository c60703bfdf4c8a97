//! The dockets of a book on the days that are judged, each made once it is worth it.
//!
//! A docket costs as much as some hundred verdicts; a day on which one organization is
//! judged needs none, a day on which a network is judged needs one for each rule.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::calendar::Day;
use crate::judge::{self, Docket, Duty, View};
use crate::verdict::Verdict;

/// The dockets of one book on one day.
#[derive(Debug)]
pub(super) struct Dockets {
    day: Day,
    /// For each rule how often it was judged, and its docket.
    of: Vec<(AtomicU32, OnceLock<Docket>)>,
}

/// The days of a book of which the dockets are kept.
#[derive(Debug, Default)]
pub(super) struct Days(Mutex<Vec<Arc<Dockets>>>);

/// A rule that was judged so often on a day will be judged more often.
const WORTH_IT: u32 = 100;

/// Days kept: today, in two zones, and the ends of a delta.
const DAYS_KEPT: usize = 4;

impl Days {
    /// The dockets of a day, for so many rules.
    pub(super) fn of(&self, day: Day, rules: usize) -> Arc<Dockets> {
        let mut days = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = days.iter().find(|dockets| dockets.day == day) {
            return Arc::clone(known);
        }
        let of = (0..rules).map(|_| (AtomicU32::new(0), OnceLock::new())).collect();
        let dockets = Arc::new(Dockets { day, of });
        days.truncate(DAYS_KEPT - 1);
        days.insert(0, Arc::clone(&dockets));
        dockets
    }
}

impl Dockets {
    /// The verdict of a rule by its number, on this day or on another.
    pub(super) fn verdict(
        &self,
        number: usize,
        duty: &Duty<'_>,
        view: &View<'_>,
    ) -> Verdict {
        let of_day = self.of.get(number).filter(|_| view.as_of.day == self.day);
        let Some((uses, docket)) = of_day else { return judge::verdict(duty, view) };
        match docket.get() {
            Some(docket) => docket.verdict(duty, view),
            None if uses.fetch_add(1, Ordering::Relaxed) < WORTH_IT => {
                judge::verdict(duty, view)
            }
            None => {
                docket.get_or_init(|| Docket::new(duty, self.day)).verdict(duty, view)
            }
        }
    }
}
