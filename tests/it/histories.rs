//! How a duty stood, followed from its first day on, up to the limit of its steps.

use mithaq::calendar::{Cycle, Day, Span};
use mithaq::document::Sha256;
use mithaq::judge::{self, Duty, History, Profile, View};
use mithaq::limits::HISTORY_STEPS_MAX;
use mithaq::norm::{Act, Norm, Occurrence, TermId};
use mithaq::timeline::{AsOf, Aspect, Entry, Folder, Paper, Subject, Timeline};

const TODAY: &str = "2026-06-30";

/// A duty of every week, kept in every other one for so many years: its state is another
/// each week.
fn followed(years: u16) -> History {
    let today = Day::parse(TODAY).unwrap();
    let start = Day::from_ymd(today.year() - i32::from(years), 1, 1).unwrap();
    let what = Occurrence { noun: TermId(1), act: Act::Meet, by: None, to: None };
    let norm = Norm::Frequency { what, least: 1, cycle: Cycle::Week };
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    timeline.papers_mut().push(Paper {
        sha256: Sha256::ZERO,
        path: "minutes.md".into(),
        received: 0,
        contains: Default::default(),
        passages: Box::default(),
    });
    let mut day = start;
    while day <= today {
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        timeline.add(Entry::new(subject, day, 0, 0));
        day = day.plus_days(14);
    }
    let profile = Profile { start: Some(start), ..Profile::default() };
    let duty = Duty { lag: Span::Days(0), ..Duty::plain(&norm) };
    judge::history(&duty, &View::new(&profile, &timeline, AsOf::new(today, 1)))
}

#[test]
fn so_many_steps_of_a_duty_are_followed_and_no_more() {
    let today = Day::parse(TODAY).unwrap();
    let last = |history: &History| history.last().map(|(day, _)| *day).unwrap();
    // A duty of every week is looked at some 85 times a year.
    let whole = followed(40);
    assert!(whole.len() < HISTORY_STEPS_MAX, "{}", whole.len());
    assert!(today.plus_days(-14) < last(&whole), "{}", last(&whole));
    let cut = followed(60);
    assert!(cut.len() <= HISTORY_STEPS_MAX, "{}", cut.len());
    assert!(last(&cut) < today.plus_days(-365), "{}", last(&cut));
}
