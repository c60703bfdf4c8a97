//! Dates as papers write them, read from one line.

use mithaq::recognise::dates::Order;
use mithaq::recognise::dates::When;
use mithaq::recognise::dates::find;
use mithaq::text::key;

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
