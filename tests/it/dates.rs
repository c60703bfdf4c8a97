//! Dates as papers write them, read from one line.

use mithaq::recognise::dates::Order;
use mithaq::recognise::dates::When;
use mithaq::recognise::dates::find;
use mithaq::recognise::spans;
use mithaq::text::key;

use crate::scratch::Scratch;

/// The first day of a line, or what was found instead.
fn first(line: &str) -> String {
    let found = find(&key(line));
    match found.first() {
        Some(written) => written
            .day(Order::DayFirst)
            .map_or(format!("{:?}", written.when), |d| d.to_string()),
        None => "nothing".to_owned(),
    }
}

#[test]
fn dates_in_both_languages() {
    for (line, day) in [
        ("held on 12 June 2024", "2024-06-12"),
        ("Tuesday, 11 June 2024 at 6 pm", "2024-06-11"),
        ("June 12th, 2024", "2024-06-12"),
        ("the 3rd of March, 2020", "2020-03-03"),
        ("22-Sept-2020", "2020-09-22"),
        ("2024-06-12T19:00:00", "2024-06-12"),
        ("12.06.2024", "2024-06-12"),
        ("as of 4.23.20", "2020-04-23"),
        ("14-15 May 2020", "2020-05-14"),
        ("February 14-15, 2020", "2020-02-14"),
        ("عُقد بتاريخ 12/06/2024", "2024-06-12"),
        ("الثلاثاء، 11 حزيران 2024", "2024-06-11"),
        ("اليوم الثلاثاء،11 حزيران 2019", "2019-06-11"),
        ("نهار الخميس الواقع فيه ٨/٣/٢٠١٨", "2018-03-08"),
        ("1999/5/25م", "1999-05-25"),
        ("29/11/ 2003", "2003-11-29"),
        ("12 مايو/أيار 2014", "2014-05-12"),
        ("في 31 ديسمبر/ كانون أول عام 2018", "2018-12-31"),
        ("31 كانون الأول 2023", "2023-12-31"),
        ("١٣ من محرم ١٤٤٧هـ", "2025-07-08"),
        ("٨ من يوليو ٢٠٢٥م", "2025-07-08"),
        ("5 ك2 2021", "2021-01-05"),
        ("بتاريخ ٢٥/١٢/٢٠١٧م", "2017-12-25"),
    ] {
        assert_eq!(first(line), day, "{line}");
    }
}

#[test]
fn what_is_no_date() {
    for line in [
        "10:30",
        "version 1.2.3",
        "https://example.org/2024/06/12/x",
        "7 of 9 members",
        "page 3-4-5",
        "version 4.30.20",
    ] {
        assert_eq!(first(line), "nothing", "{line}");
    }
}

/// One row of a file of date expressions; other columns are not needed.
#[derive(serde::Deserialize)]
struct Row {
    text: String,
    kind: String,
    expected: String,
    source: String,
    notes: String,
    /// The source misprinted the day, by the weekday or the other calendar.
    #[serde(default)]
    suspect: String,
}

/// Officially stated days of both calendars, where the files are there.
#[test]
fn stated_pairs_of_days_agree() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/dates/ar.csv");
    let Ok(mut rows) = csv::Reader::from_path(file) else {
        println!("skipped: no {file}");
        return;
    };
    let (mut right, mut all) = (0, 0);
    for row in rows.deserialize::<Row>().map(Result::unwrap) {
        let expected = mithaq::calendar::Day::parse(&row.expected);
        let (true, Some(expected)) =
            (row.kind == "date" && row.source.contains("pairs"), expected)
        else {
            continue;
        };
        let found = find(&key(&row.text));
        let day = found.iter().find_map(|written| written.day(Order::DayFirst));
        let hijri =
            found.iter().any(|written| matches!(written.when, When::Hijri { .. }));
        // A Hijri day by the tables is within two of the day it was seen to be.
        let slack = if hijri { 2 } else { 0 };
        all += 1;
        right += usize::from(day.is_some_and(|day| (day.0 - expected.0).abs() <= slack));
    }
    println!("{right} of {all} stated days");
    assert!(right * 100 >= all * 98, "{right} of {all}");
}

#[test]
fn days_and_periods_in_words() {
    for (line, day) in [
        ("the fourth of July, 1995", "1995-07-04"),
        ("January first 2000", "2000-01-01"),
        ("the twenty-first of May 2024", "2024-05-21"),
        ("الثالث عشر من شباط 2013", "2013-02-13"),
        ("الاثنين، يناير الثاني والعشرين، 2018", "2018-01-22"),
        ("الأول من أيار 2024", "2024-05-01"),
        ("كانون الأول 2023", "Month { year: 2023, month: 12 }"),
    ] {
        assert_eq!(first(line), day, "{line}");
    }
    for (line, from, to) in [
        ("January - December 2025", "2025-01-01", "2025-12-31"),
        ("من كانون الثاني إلى آذار 2025", "2025-01-01", "2025-03-31"),
        ("Q3 2019", "2019-07-01", "2019-09-30"),
        ("the first half of 2024", "2024-01-01", "2024-06-30"),
        ("الربع الثالث من عام 2016", "2016-07-01", "2016-09-30"),
        ("النصف الثاني من 2023", "2023-07-01", "2023-12-31"),
        ("between 2014 and 2018", "2014-01-01", "2018-12-31"),
        ("من 4 إلى 22 يناير 1995", "1995-01-04", "1995-01-22"),
        ("Nov to Feb 2017", "2016-11-01", "2017-02-28"),
    ] {
        let found = spans::find(&key(line), Order::DayFirst);
        let found =
            found.first().map(|span| (span.from.to_string(), span.to.to_string()));
        assert_eq!(found, Some((from.to_owned(), to.to_owned())), "{line}");
    }
}

/// What a case of the suites depends on beside its own words, and why it is left.
const LEFT: [&str; 34] = [
    "this",
    "next",
    "today",
    "tomorrow",
    "now",
    "current",
    "weekend",
    "week",
    "easter",
    "patrick",
    "before",
    "after",
    "since",
    "later",
    "starting",
    "> =",
    "end of",
    "mid ",
    "beginning",
    "start of",
    "days from",
    "weeks before",
    "wednesday of",
    "month of",
    "months of",
    "اسبوع",
    "الاسبوع",
    "ثلاثاء",
    "الثلاثاء الثالث",
    "اربعاء",
    "اربعا ",
    "اخر يوم",
    "اليوم الاخير",
    "عيد",
];

/// The foreign suites: what states its own year, as a day or a period.
#[test]
fn foreign_suites_of_dates_are_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/dates/");
    for (language, least) in [("en", 97), ("ar", 95)] {
        let file = format!("{folder}{language}.csv");
        let Ok(mut rows) = csv::Reader::from_path(&file) else {
            println!("skipped: no {file}");
            return;
        };
        let (mut right, mut all, mut wrong_year) = (0, 0, Vec::new());
        for row in rows.deserialize::<Row>().map(Result::unwrap) {
            let text = key(&row.text);
            let Some(want) = wanted(&row, &text) else { continue };
            let order = match row.source.as_str() {
                source if language == "ar" || source.contains("GB") => Order::DayFirst,
                _ => Order::MonthFirst,
            };
            let got = answer(&text, order, row.kind == "date");
            let slack =
                if text.contains('ه') && row.source.contains("pairs") { 2 } else { 0 };
            let is = got.is_some_and(|got| fits(got, want, slack));
            all += 1;
            right += usize::from(is);
            if !is {
                println!("{language} {:?} is {} not {got:?}", row.text, row.expected);
                let year = got.is_some_and(|got| got.0.year() != want.0.year());
                wrong_year.extend(year.then_some(row.text));
            }
        }
        println!("{language}: {right} of {all} cases that state their year");
        assert!(right * 100 >= all * least, "{language}: {right} of {all}");
        assert_eq!(wrong_year, Vec::<String>::new());
    }
}

type Days = (mithaq::calendar::Day, mithaq::calendar::Day);

/// The days that a case expects, the end exclusive; `None` for what is left.
fn wanted(row: &Row, text: &str) -> Option<Days> {
    use mithaq::calendar::Day;
    let asked = matches!(row.kind.as_str(), "date" | "daterange")
        && !row.notes.contains("holiday")
        && row.suspect != "yes";
    let expected = row.expected.split('[').next()?;
    if !asked || expected.contains('|') || LEFT.iter().any(|word| text.contains(word)) {
        return None;
    }
    let (from, to) = expected.split_once('/').unwrap_or((expected, expected));
    let (from, to) = (Day::parse(from)?, Day::parse(to)?);
    let stated = row.source.contains("pairs")
        || text.contains(&from.year().to_string())
        || text.contains(&to.year().to_string());
    stated.then_some((from, to))
}

/// The first period or the first day.
fn answer(text: &str, order: Order, day: bool) -> Option<Days> {
    let days = || find(text).iter().find_map(|written| written.day(order));
    let spans = spans::find(text, order);
    let span = spans.first().map(|span| (span.from, span.to));
    let day_first = days().map(|day| (day, day));
    if day { day_first.or(span) } else { span.or(day_first) }
}

/// The suites disagree whether the last thing named belongs to a period: both are right, and
/// so is the first day of a period that a suite calls a day.
fn fits(got: Days, want: Days, slack: i32) -> bool {
    let near =
        |a: mithaq::calendar::Day, b: mithaq::calendar::Day| (a.0 - b.0).abs() <= slack;
    let ends = [want.1, want.1.previous()];
    let within = got.1.plus_days(1) == want.1 || ends.contains(&got.1);
    let part = got.0 == want.0 && want.1 <= got.1.next() && want.1 > want.0;
    near(got.0, want.0) && (want.0 == want.1 || within || part)
}

/// What a sentence with these words means, in canonical English; `None` where it is asked about.
fn recurrence(scratch: &Scratch, arabic: bool, words: &str) -> Option<String> {
    let board =
        if arabic { "يجتمع مجلس الإدارة" } else { "the board meets" };
    let run = scratch.run(&["check", "--sentence", &format!("{board} {words}")]);
    let line = run.stdout.lines().nth(1).map(|line| line.trim().to_owned());
    line.filter(|_| run.code == 0)
}

#[test]
fn a_weekday_in_arabic_is_no_number_of_days() {
    let scratch = Scratch::new();
    let two = Some("The board meets at least once every 2 days.".to_owned());
    assert_eq!(recurrence(&scratch, true, "كل يومين"), two);
    assert_eq!(recurrence(&scratch, true, "كل يوم اثنين"), None);
}

/// Recurrences are rules' words: each of the suites' is understood as it is meant, or not at
/// all. Times of day, weekdays and weekends are no measure that a rule has; a day is none by
/// which anybody is judged; "bi-monthly" is asked about.
#[test]
fn recurrences_are_understood_as_they_are_meant_or_asked_about() {
    let scratch = Scratch::new();
    let (mut right, mut asked) = (0, 0);
    for language in ["en", "ar"] {
        let file = format!(
            "{}/../shared/corpora/dates/{language}.csv",
            env!("CARGO_MANIFEST_DIR")
        );
        let Ok(mut rows) = csv::Reader::from_path(&file) else {
            return println!("skipped: there is no {file}");
        };
        let rows = rows.deserialize::<Row>().map(Result::unwrap);
        for row in rows.filter(|row| row.kind == "set") {
            let meant = match row.expected.as_str() {
                "P1W" => Some("once a week".to_owned()),
                "P3M" => Some("once a quarter".to_owned()),
                "P0.5Y" => Some("once every half year".to_owned()),
                "P1Y" => Some("once a year".to_owned()),
                other => other
                    .strip_prefix('P')
                    .and_then(|gap| gap.split_at_checked(gap.len() - 1))
                    .and_then(|(count, unit)| {
                        let count: u32 = count.parse().ok()?;
                        let unit = match unit {
                            "D" => "days",
                            "W" => "weeks",
                            "M" => "months",
                            _ => return None,
                        };
                        Some(format!("every {count} {unit}"))
                    }),
            };
            let Some(read) = recurrence(&scratch, language == "ar", &row.text) else {
                asked += 1;
                continue;
            };
            let meant = meant.and_then(|meant| recurrence(&scratch, false, &meant));
            assert_eq!(Some(&read), meant.as_ref(), "{}", row.text);
            right += 1;
        }
    }
    println!("recurrences: {right} understood as meant, {asked} asked about, none wrong");
    assert!(right >= 9, "{right}");
}
