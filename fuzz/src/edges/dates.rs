//! Dates in a line: each stands where it says, after the one before, on a real day.

use mithaq::calendar::Day;
use mithaq::recognise::dates;
use mithaq::recognise::dates::Order;
use mithaq::recognise::dates::Written;
use mithaq::text;

pub(super) fn try_with(input: &[u8]) {
    let Ok(line) = std::str::from_utf8(input) else { return };
    let key = text::key(line);
    let found = dates::find(&key);
    let mut before = 0;
    for written in &found {
        assert!(before <= written.from && written.from < written.to, "{written:?}");
        assert!(key.get(written.from..written.to).is_some(), "{written:?} of {key:?}");
        before = written.to;
        is_real(written, Order::proved_by(found.iter()).unwrap_or_default());
    }
}

fn is_real(written: &Written, order: Order) {
    for year in [None, Some(1900), Some(2024), Some(i32::MAX)] {
        let Some(day) = written.day_in(order, year) else { continue };
        let (year, month, date) = day.ymd();
        assert_eq!(Day::from_ymd(year, month, date), Some(day), "{written:?}");
        assert!(!written.contradicts_weekday(day) || written.weekday.is_some());
    }
}
