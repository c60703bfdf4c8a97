//! What people write about their network, and what they are told of their mistakes.

use mithaq::calendar::{Day, Period};
use mithaq::config::{network, organization, waivers};
use mithaq::text::Language;

#[test]
fn a_network_needs_only_a_name() {
    let network = network::read("mithaq.toml", "name = \"Alliance\"\n").expect("valid");
    assert_eq!(network.name.arabic, "Alliance");
    assert_eq!(network.zone, "Asia/Hebron");
    assert_eq!(network.settle_seconds, 2);
    assert!(network.smtp.is_none());
}

#[test]
fn every_mistake_is_told_at_once_with_its_line_in_both_languages() {
    let text =
        "nmae = \"A\"\nlanguage = \"fr\"\nsettle_seconds = -4\n[smtp]\nprot = 25\n";
    let problems = network::read("mithaq.toml", text).expect_err("five mistakes");
    let told: Vec<_> = problems.iter().map(|p| (p.line, p.english.as_str())).collect();
    assert!(told.contains(&(1, "`name` is missing here")), "{told:?}");
    assert!(told.contains(&(2, "`language` must be \"en\" or \"ar\"")), "{told:?}");
    assert!(
        told.contains(&(3, "`settle_seconds` must be between 0 and 3600")),
        "{told:?}"
    );
    assert!(
        told.contains(&(
            1,
            "`nmae` is not a key that is known here; did you mean `name`?"
        ))
    );
    assert!(
        told.contains(&(
            5,
            "`prot` is not a key that is known here; did you mean `port`?"
        ))
    );
    for problem in &problems {
        assert_eq!(mithaq::text::language_of(&problem.arabic), Language::Arabic);
    }
}

#[test]
fn an_organization_states_what_is_dated() {
    let text = r#"
name = { en = "Amal", ar = "أمل" }
type = "association"
founded = 2010-05-01
joined = "2024-01-01"
fiscal_year_end = "06-30"
[[fiscal_years]]
from = 2024-01-01
to = 2025-06-30
[bodies]
board = ["Council of trustees", "مجلس الأمناء"]
[[people]]
name = "Rana"
role = "secretary"
email = "rana@amal.example.org"
language = "ar"
[[attributes]]
name = "income"
value = 48_000
currency = "usd"
from = 2025-01-01
[[memberships]]
organization = "federation"
from = 2020-01-01
"#;
    let read = organization::read("organization.toml", text).expect("valid");
    assert_eq!(read.fiscal_year_end, (6, 30));
    assert_eq!(read.founded, Day::parse("2010-05-01"));
    let long = Period {
        from: Day::parse("2024-01-01").unwrap(),
        to: Day::parse("2025-06-30").unwrap(),
    };
    assert_eq!(read.fiscal_years, [long]);
    assert_eq!(read.bodies["board"].len(), 2);
    assert_eq!(read.people[0].language, Some(Language::Arabic));
    assert_eq!(read.attributes[0].currency, Some(*b"USD"));
    assert_eq!(read.attributes[0].value, 48_000);
}

#[test]
fn what_is_not_toml_is_said_with_its_line() {
    let problems =
        organization::read("organization.toml", "name = \"A\"\n\nfounded = 31/12/2020\n")
            .expect_err("not a date in TOML");
    assert_eq!(problems[0].line, 3);
}

#[test]
fn a_waiver_says_who_and_why() {
    let text = "[[waivers]]\norganization = \"amal\"\nrulebook = \"b\"\nrule = \"BRD-1\"\nfrom = 2026-01-01\n";
    let problems =
        waivers::read("waivers.toml", text).expect_err("who and why are missing");
    assert_eq!(problems.len(), 2);
}

#[test]
fn no_text_makes_the_readers_stop() {
    for hostile in
        ["\u{0}", "=", "[[[[", "a = [[[[[[[[", "name = \"\\u{D800}\"", "\u{feff}"]
    {
        drop(network::read("mithaq.toml", hostile));
    }
    let deep = format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(network::read("mithaq.toml", &deep).is_err());
    let many: String = (0..5000).map(|n| format!("k{n} = 1\n")).collect();
    let problems = network::read("mithaq.toml", &many).expect_err("unknown keys");
    assert_eq!(problems.len(), mithaq::limits::CONFIG_PROBLEMS_MAX);
}

#[test]
fn hours_of_letters_are_read() {
    let text = "name = \"A\"\n[mail]\nslot = \"8:30\"\nquiet = [\"Friday\", \"holidays\"]\n\
                quiet_hours = \"20:00-07:00\"\nmax_per_person_per_day = 20\n";
    let hours = network::read("mithaq.toml", text).expect("valid").mail.hours;
    assert_eq!((hours.slot, hours.quiet_hours), (Some(510), Some((1200, 420))));
    assert_eq!((hours.quiet_weekdays.as_slice(), hours.quiet_holidays), (&[5][..], true));
    assert_eq!((hours.quiet_weekend, hours.per_day_max), (false, Some(20)));
    assert!(hours.is_quiet(1200) && hours.is_quiet(419) && !hours.is_quiet(420));
}

#[test]
fn hours_that_cannot_be_kept_are_told_in_both_languages() {
    let week = "quiet = [\"sunday\", \"monday\", \"tuesday\", \"wednesday\", \"thursday\", \
                \"friday\", \"saturday\"]";
    for (line, said) in [
        ("slot = \"half past eight\"", "`slot` must be a time of day"),
        ("slot = \"24:00\"", "`slot` must be a time of day"),
        ("slot = \"8:5\"", "`slot` must be a time of day"),
        ("slot = 830", "`slot` must be a text in quotes"),
        ("quiet = [\"fryday\"]", "`fryday` is neither a day of the week"),
        (week, "`quiet` leaves no day of the week"),
        ("quiet_hours = \"20:00\"", "`quiet_hours` must be two times of day"),
        ("quiet_hours = \"20:00-20:00\"", "`quiet_hours` must be two times of day"),
        ("slot = \"06:59\"\nquiet_hours = \"20:00-07:00\"", "`slot` lies within"),
        ("max_per_person_per_day = 2", "`max_per_person_per_day` needs a `slot`"),
        ("slot = \"08:30\"\nmax_per_person_per_day = 0", "must be between 1 and 20"),
        ("slot = \"08:30\"\nmax_per_person_per_day = 21", "must be between 1 and 20"),
        ("slott = \"08:30\"", "did you mean `slot`?"),
    ] {
        let text = format!("name = \"A\"\n[mail]\n{line}\n");
        let problems = network::read("mithaq.toml", &text).expect_err(line);
        let [problem] = problems.as_slice() else { panic!("{line}: {problems:?}") };
        assert!(problem.english.contains(said), "{line}: {}", problem.english);
        let arabic = problem.arabic.chars().any(mithaq::text::is_arabic_letter);
        assert!(arabic && !problem.arabic.contains("must"), "{line}: {}", problem.arabic);
    }
}
