//! Whether an event counts as evidence: what a rule asks of it besides having happened.
//!
//! Asked of the event, not of the paper: of two papers about one meeting the one that says
//! who came speaks for both.

use super::attendance;
use super::signatures;
use super::view::View;
use crate::norm::{Counting, Occurrence};
use crate::timeline::Entry;
use crate::verdict::{Truth, Unknown};

/// True where everything asked is so, false where something is not, unknown while no paper
/// says. What the rule asks of another body's meetings is nothing to this event.
pub(super) fn counts(view: &View<'_>, what: Occurrence, entry: &Entry) -> Truth {
    let plain = view.counting(&[]);
    let mut truth = Truth::True(entry.day);
    for asked in view.only.iter().filter(|asked| asked.concerns(what)) {
        match one(&plain, asked, entry) {
            Truth::False => return Truth::False,
            Truth::Unknown(why) => truth = Truth::Unknown(why),
            _ => {}
        }
    }
    truth
}

fn one(view: &View<'_>, asked: &Counting, entry: &Entry) -> Truth {
    let meeting = |body, of: &dyn Fn(&Entry) -> Truth| {
        let meetings = attendance::meetings_with(view, body, entry);
        let truths = meetings.map(of);
        truths.reduce(attendance::together).unwrap_or(Truth::Unknown(Unknown::NotStated))
    };
    match asked {
        Counting::Attended { body, share } => {
            meeting(*body, &|meeting| attendance::attended(view, *body, *share, meeting))
        }
        Counting::Present { body, least } => meeting(*body, &|meeting| {
            let unknown = Truth::Unknown(Unknown::NotStated);
            let enough = |present| attendance::of_day(present >= *least, meeting.day);
            meeting.count.map_or(unknown, enough)
        }),
        Counting::Quorate { body } => {
            meeting(*body, &|meeting| attendance::quorate(view, *body, meeting))
        }
        Counting::Signed(by) => signatures::signed_paper(view, by, entry),
    }
}
