//! What holds at all times, and another duty of that sort that an exception puts in its place.

use mithaq::compile::{Source, compile};
use mithaq::proof::{self, CaseFile};
use mithaq::recognise::cues::Cues;
use mithaq::vocabulary;

/// Every claim of these cases holds.
#[track_caller]
fn prove(rule: &str, cases: &str) {
    let words = vocabulary::standard();
    let cues = Cues::standard();
    let (program, said) = compile(&[Source::new("rules/test.rules", rule)], &words);
    assert!(said.is_empty(), "{said:#?}");
    let file = CaseFile {
        file: "rules/test.cases.md".to_owned(),
        rulebook: "test".to_owned(),
        text: format!("## A\n{cases}"),
    };
    let (cases, said) = proof::cases(&program, &words, &[file]);
    assert!(said.is_empty() && !cases.is_empty(), "{said:#?}");
    for case in cases {
        for outcome in case.outcomes(&words, &cues) {
            assert!(outcome.holds(), "{}\n{outcome:#?}", case.text);
        }
    }
}

const SIZES: &str = "Rule A: the board has between 7 and 13 members\n  \
    Except when: yearly income is below 50,000 USD; then the board has at least 3 members\n";

const HAS: &str = "- joined: 1 January 2023; ";

#[test]
fn a_small_organization_is_judged_by_the_size_that_is_asked_of_it() {
    let small = "yearly income: 10,000 USD; board:";
    prove(
        SIZES,
        &format!(
            "{HAS}{small} 5 people from 1 January 2023 to 31 December 2023; \
             board: 2 people from 1 January 2024; \
             on 1 June 2023 -> met; on 1 June 2024 -> not met\n\
             {HAS}{small} 8 people from 1 January 2023 to 31 December 2023; \
             board: 5 people from 1 January 2024; \
             on 1 June 2023 -> met; on 1 June 2024 -> met\n"
        ),
    );
}

#[test]
fn each_day_has_the_size_that_is_asked_on_it() {
    let five = "board: 5 people from 1 January 2023; yearly income:";
    prove(
        SIZES,
        &format!(
            "{HAS}{five} 100,000 USD from 1 January 2023; \
             yearly income: 10,000 USD from 1 January 2024; \
             on 31 December 2023 -> not met; on 1 January 2024 -> met\n\
             {HAS}{five} 10,000 USD from 1 January 2023; \
             yearly income: 100,000 USD from 1 January 2024; \
             on 31 December 2023 -> met; on 1 January 2024 -> not met\n"
        ),
    );
}

#[test]
fn where_nobody_knows_which_is_asked_both_have_to_agree() {
    prove(
        SIZES,
        &format!(
            "{HAS}yearly income: not known; \
             board: 9 people from 1 January 2023 to 31 December 2023; \
             board: 5 people from 1 January 2024 to 31 December 2024; \
             board: 2 people from 1 January 2025; \
             on 1 June 2023 -> met; on 1 June 2024 -> undecided; \
             on 1 June 2025 -> not met\n"
        ),
    );
}

#[test]
fn a_paper_that_is_not_asked_for_is_never_missed() {
    let small = "yearly income: 10,000 USD; ";
    let lapsed = "registration certificate (valid from 1 January 2022, \
                  valid until 1 February 2024)";
    let bylaws = "bylaws (adopted 1 January 2022)";
    prove(
        "Rule A: the registration certificate is valid\n  \
         Except when: yearly income is below 50,000 USD; then the bylaws are adopted\n",
        &format!(
            "{HAS}{small}{lapsed}; {bylaws}; \
             on 1 June 2023 -> met; on 1 June 2024 -> met\n\
             {HAS}{small}{lapsed}; on 1 June 2023 -> not met\n\
             {HAS}yearly income: 90,000 USD; {lapsed}; {bylaws}; \
             on 1 June 2023 -> met; on 1 June 2024 -> not met\n"
        ),
    );
}
