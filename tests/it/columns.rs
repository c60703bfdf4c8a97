//! What the judge reads of a timeline: whatever fits the columns and whatever does not is
//! judged the same, and it is as small as it is said to be.

use mithaq::calendar::Day;
use mithaq::compile::{self, Source};
use mithaq::judge::{self, Docket, Profile, View};
use mithaq::norm::{Act, Occurrence, TermId};
use mithaq::plan::Book;
use mithaq::timeline::{AsOf, Aspect, Columns, Entry, Folder, Subject, Timeline};
use mithaq::verdict::Verdicts;
use mithaq::vocabulary;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn meets(noun: u16) -> Subject {
    Subject::new(TermId(noun), Aspect::Done(Act::Meet))
}

fn meeting(noun: u16) -> Occurrence {
    Occurrence { noun: TermId(noun), act: Act::Meet, by: None, to: None }
}

/// The days of a column; `None` where the entries have to be looked at.
fn days(columns: &Columns, noun: u16) -> Option<Vec<Day>> {
    let rows = columns.asked(meets(noun), &meeting(noun))?.rows;
    Some(rows.iter().map(|row| row.day()).collect())
}

fn settled(entries: impl IntoIterator<Item = Entry>) -> Timeline {
    let mut known = Timeline::default();
    known.folder = Folder { first_seen: Some(0), unhealthy: None };
    entries.into_iter().for_each(|entry| known.add(entry));
    known.settle();
    known
}

/// So few that each is looked for where it should lie, and more.
#[test]
fn the_column_of_every_subject_is_found() {
    for subjects in [1u16, 23, 24, 25, 40] {
        let on = |noun: u16| day("2023-01-01").plus_days(noun.into());
        let known = settled((0..subjects).map(|at| Entry::new(meets(at), on(at), 5, 0)));
        let columns = known.columns().expect("it is settled");
        for noun in 0..subjects + 40 {
            let found = days(columns, noun).expect("plain");
            assert_eq!(found, Vec::from_iter((noun < subjects).then(|| on(noun))));
        }
    }
}

/// A day of two bytes is one of 1900 to 5 June 2079: of others the entries are read.
#[test]
fn days_of_other_centuries_are_read_from_the_entries() {
    let entry = |on: Day| Entry::new(meets(7), on, 5, 0);
    let first = Day(day("1900-01-01").0 - 1);
    for (on, fits) in [
        (first, false),
        (first.next(), true),
        (day("2079-06-05"), true),
        (day("2079-06-06"), false),
    ] {
        let about = Entry { about: Some(on), ..entry(day("2024-01-01")) };
        let until = Entry { until: Some(on), ..entry(day("2024-01-01")) };
        for (told, entry) in [(on, entry(on)), (about.day, about), (until.day, until)] {
            let known = settled([entry]);
            let columns = known.columns().expect("it is settled");
            assert_eq!(days(columns, 7), fits.then(|| vec![told]), "{on} {entry:?}");
        }
    }
}

/// A row has one place for a person and a number.
#[test]
fn what_has_people_and_numbers_is_read_from_the_entries() {
    let on = day("2024-01-01");
    let person = Entry { who: 3, ..Entry::new(meets(7), on, 5, 0) };
    let number = Entry { number: 4, ..Entry::new(meets(7), on.next(), 5, 0) };
    let both = Entry { who: 3, ..number };
    for (entries, plain) in [
        (vec![person], true),
        (vec![number], true),
        (vec![both], false),
        (vec![person, number], false),
    ] {
        let known = settled(entries);
        let rows = known.columns().expect("it is settled").asked(meets(7), &meeting(7));
        assert_eq!(rows.is_some(), plain);
        if let Some(rows) = rows {
            let row = &rows.rows[0];
            let told = (rows.who(row), rows.number(row));
            assert!(told == (3, 0) || told == (0, 4), "{told:?}");
        }
    }
}

const RULES: &str = "\
board meets quarterly
board meets every 5 months
the board meets in each of the last 4 calendar quarters
in at least 10 of the last 12 calendar months, the board meets
each time in the last 1095 days, this was fulfilled in time: the board meets at least once every 120 days
board meets at least once in each half-year
registration certificate is valid
";

/// Meetings before and after all days that have a place in a column.
#[test]
fn a_meeting_of_another_century_is_judged_as_any() {
    let vocabulary = vocabulary::standard();
    let (program, told) =
        compile::compile(&[Source::new("rules/long.rules", RULES)], &vocabulary);
    assert!(told.is_empty(), "{told:?}");
    let book = Book::new(program);
    let board = vocabulary.id("board").expect("a term").0;
    let today = day("2026-02-10");
    let profile = Profile { start: Some(day("2020-01-01")), ..Profile::default() };
    for odd in [day("1900-01-01"), Day(day("1900-01-01").0 - 1), day("2079-06-06")] {
        for back in [3, 40, 130, 400] {
            let entries = [odd, today.plus_days(-back), today.plus_days(-2 * back)];
            let known = settled(entries.map(|on| Entry::new(meets(board), on, 5, 0)));
            let view = View::new(&profile, &known, AsOf::new(today, 2_000));
            for duty in (0..book.len()).filter_map(|at| book.duty(at)) {
                let long = judge::verdict(&duty, &view);
                let short = Docket::new(&duty, today).verdict(&duty, &view);
                assert_eq!(short, long, "{odd} {back} {:?}", duty.norm);
            }
        }
    }
}

/// The goal is 1.6 KB for what is read of 75 facts, 25 verdicts and the day on which they are
/// looked at again; what a memory allocator adds to each piece is not counted.
#[test]
fn an_organization_takes_little_memory() {
    const FACTS: u16 = 75;
    const SUBJECTS: u16 = 11;
    const RULES_OF_A_BOOK: usize = 25;
    let entries = (0..FACTS).map(|at| {
        let on = day("2024-01-01").plus_days(i32::from(at) * 11);
        let entry = Entry::new(meets(at % SUBJECTS), on, 5, 0);
        Entry { count: Some(7), of: Some(9), about: Some(day("2023-12-31")), ..entry }
    });
    let known = settled(entries);
    let today = day("2026-02-10");
    let vocabulary = vocabulary::standard();
    let source = Source::new("rules/one.rules", "board meets quarterly\n");
    let book = Book::new(compile::compile(&[source], &vocabulary).0);
    let profile = Profile { start: Some(day("2020-01-01")), ..Profile::default() };
    let duty = book.duty(0).expect("a rule");
    let view = View::new(&profile, &known, AsOf::new(today, 2_000));
    let verdict = judge::verdict(&duty, &view);
    let verdicts: Verdicts = (0..RULES_OF_A_BOOK).map(|_| verdict).collect();
    let facts = known.columns().expect("it is settled").bytes();
    let all = facts + verdicts.bytes() + size_of::<Option<Day>>();
    println!("{all} bytes: {facts} of facts, {} of verdicts", verdicts.bytes());
    assert!(all <= 1_600, "{all}");
}
