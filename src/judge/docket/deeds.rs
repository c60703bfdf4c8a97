//! What was done after each event, from the columns: minutes written, complaints answered.

use super::Ordinary;
use super::marks::Done;
use crate::calendar::Day;
use crate::norm::{Act, Occurrence};
use crate::timeline::{Aspect, Row, Rows, Subject};

/// What is looked for after each event.
#[derive(Clone, Copy)]
pub(super) enum Deeds<'a> {
    /// When the minutes of a meeting were written: those of one meeting side by side, in the
    /// order of the meetings, or in no order.
    Minutes { rows: Rows<'a>, in_order: bool },
    /// What was done; it answers an event by its number, where both are of one noun.
    Done { rows: Rows<'a>, numbered: bool },
}

impl<'a> Deeds<'a> {
    /// `None` where entries have to be looked at.
    pub(super) fn of(
        of: &Ordinary<'a>,
        what: &Occurrence,
        event: &Occurrence,
    ) -> Option<Deeds<'a>> {
        if what.act == Act::Prepare {
            let written = Subject::new(what.noun, Aspect::Written);
            // A paper about a meeting says it of nobody in particular.
            let nobody = Occurrence { by: None, to: None, ..*what };
            let rows = of.columns.asked(written, &nobody)?;
            let in_order = rows.lie_by_about();
            return (!rows.rows.is_empty()).then_some(Deeds::Minutes { rows, in_order });
        }
        let done = Subject::new(what.noun, Aspect::Done(what.act));
        let rows = of.columns.asked(done, what)?;
        Some(Deeds::Done { rows, numbered: what.noun == event.noun })
    }

    /// Leaves out what answers none of the events from a day on.
    pub(super) fn come_to(&mut self, day: Day) {
        match self {
            Deeds::Minutes { in_order: false, .. } => {}
            Deeds::Minutes { rows, .. } => *rows = rows.about_from(day),
            Deeds::Done { rows, .. } => *rows = rows.from(day),
        }
    }

    /// The day on which it was first done for an event to which they have come; unclear
    /// where papers came that do not say whether it was by a day.
    pub(super) fn first(self, (event, number): (Day, u16), next: Day, by: Day) -> Done {
        let (Deeds::Minutes { rows, .. } | Deeds::Done { rows, .. }) = self;
        let same = |row: &&Row| {
            let own = rows.number(row);
            own == 0 || number == 0 || own == number
        };
        match self {
            Deeds::Minutes { rows, in_order } => {
                let own = |row: &&Row| rows.about(row) == Some(event);
                let (mut first, mut came) = (None, false);
                let mut note = |row: &Row| {
                    came = true;
                    if row.count().is_none() || row.day() <= by {
                        first =
                            Some(first.map_or(row.day(), |day: Day| day.min(row.day())));
                    }
                };
                let each = rows.rows.iter();
                if in_order {
                    each.take_while(own).filter(same).for_each(&mut note);
                } else {
                    each.filter(own).filter(same).for_each(&mut note);
                }
                first.map_or(if came { Done::Unclear } else { Done::No }, Done::On)
            }
            Deeds::Done { rows, numbered } => {
                let until = if numbered && number != 0 { Day::LATEST } else { next };
                let until = until.max(by.next());
                let mut during = rows.rows.iter().take_while(|row| row.day() < until);
                let found = during.find(|row| !numbered || same(row));
                found.map_or(Done::No, |row| Done::On(row.day()))
            }
        }
    }
}
