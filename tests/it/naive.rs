//! The second judge: written from docs/SEMANTICS.md to be obviously right and not fast, and
//! held against the first over cases by chance.
//!
//! A difference is printed with its seed and the least case that shows it.
//! `MITHAQ_NAIVE=Frequency:17` judges the case of that shape and seed again, and
//! `MITHAQ_NAIVE=Frequency:0-500` says of which of these seeds the judges differ.

mod beside;
mod case;
mod check;
mod clock;
mod counting;
mod draw;
mod generate;
mod instead;
mod judge;
mod known;
mod lately;
mod laws;
mod lists;
mod meetings;
mod office;
mod orders;
mod organizations;
mod owed;
mod papers;
mod people;
mod periods;
mod rules;
mod sayings;
mod scope;
mod shapes;
mod shapes_of_papers;
mod shapes_of_people;
mod shapes_of_rules;
mod shapes_of_several;
mod shares;
mod shrink;
mod slot;
mod states;
mod sum;
mod tellings;
mod unread;
mod wall;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::scratch::cases;
use case::Case;
use shapes::{Shape, case};

/// Moments at which each case is judged.
const MOMENTS: usize = 12;

/// Judges so many cases of a shape, each at some moments, or the one asked for.
fn judged(shape: Shape, usual: u32, full: u32) {
    let name = format!("{shape:?}");
    let asked = std::env::var("MITHAQ_NAIVE").ok();
    if let Some((asked, seeds)) = asked.as_deref().and_then(|asked| asked.split_once(':'))
    {
        if asked == name {
            asked_for(shape, seeds);
        }
        return;
    }
    let count = u64::from(cases(usual, full)).div_ceil(MOMENTS as u64);
    let judged: usize = (0..count).map(|seed| of_seed(shape, seed)).sum();
    println!("{name}: {judged} cases");
}

fn of_seed(shape: Shape, seed: u64) -> usize {
    let made = case(shape, seed, MOMENTS);
    let Err(difference) = checked(&made) else { return MOMENTS };
    let least = shrink::least(made, |case| checked(case).is_err());
    let last = checked(&least).expect_err("it still differs");
    panic!(
        "MITHAQ_NAIVE={shape:?}:{seed}\n{difference}\nthe least case that differs:\n\
         {}\n{last}",
        shown(&least)
    );
}

fn asked_for(shape: Shape, seeds: &str) {
    let number = |text: &str| text.parse::<u64>().expect("a seed is a number");
    let Some((from, to)) = seeds.split_once('-') else {
        of_seed(shape, number(seeds));
        return;
    };
    let mut differing = Vec::new();
    for seed in number(from)..=number(to) {
        let made = case(shape, seed, MOMENTS);
        if checked(&made).is_err() {
            let least = shrink::least(made, |case| checked(case).is_err());
            let last = checked(&least).expect_err("it still differs");
            println!("\n{shape:?}:{seed} {last}");
            differing.push(seed);
        }
    }
    assert!(differing.is_empty(), "{shape:?}: the judges differ on {differing:?}");
}

fn checked(case: &Case) -> Result<usize, String> {
    catch_unwind(AssertUnwindSafe(|| check::check(case)))
        .unwrap_or_else(|_| Err("a judge stopped".to_owned()))
}

/// The case with its days as dates.
fn shown(case: &Case) -> String {
    let text = format!("{case:#?}");
    let mut shown = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let opens = line.trim_end().ends_with("Day(");
        let number = lines.peek().and_then(|next| {
            next.trim().trim_end_matches(',').parse::<i32>().ok().filter(|_| opens)
        });
        match number {
            Some(number) => {
                let day = mithaq::calendar::Day(number);
                shown.push_str(&line.replace("Day(", &day.to_string()));
                lines.nth(1);
            }
            None => shown.push_str(line),
        }
        shown.push('\n');
    }
    let empty = |line: &&str| {
        !["None", "[]", "false", "0,"]
            .iter()
            .any(|end| line.trim_end_matches(',').ends_with(end))
    };
    shown.lines().filter(empty).collect::<Vec<_>>().join("\n")
}

#[test]
fn so_many_times_in_each_period() {
    judged(Shape::Frequency, 15_000, 150_000);
}

#[test]
fn never_too_long_apart() {
    judged(Shape::Rolling, 15_000, 150_000);
}

#[test]
fn within_a_time_after_each_anchor() {
    judged(Shape::Deadline, 15_000, 150_000);
}

#[test]
fn by_a_day_of_each_year() {
    judged(Shape::FixedDate, 15_000, 150_000);
}

#[test]
fn what_stands_at_all_times() {
    judged(Shape::Standing, 15_000, 150_000);
}

#[test]
fn what_never_happens() {
    judged(Shape::Never, 15_000, 150_000);
}

#[test]
fn how_many_are_in_a_body() {
    judged(Shape::Size, 15_000, 150_000);
}

#[test]
fn how_many_come_to_each_meeting() {
    judged(Shape::Quorum, 15_000, 150_000);
}

#[test]
fn what_holds_of_an_organization() {
    judged(Shape::Holds, 6_000, 150_000);
}

#[test]
fn one_thing_before_another() {
    judged(Shape::Order, 12_000, 150_000);
}

#[test]
fn what_a_paper_contains() {
    judged(Shape::Contents, 6_000, 150_000);
}

#[test]
fn who_signed_a_paper() {
    judged(Shape::Signed, 6_000, 150_000);
}

#[test]
fn whichever_is_later_or_earlier() {
    judged(Shape::Whichever, 6_000, 150_000);
}

#[test]
fn papers_that_come_with_papers() {
    judged(Shape::Backed, 6_000, 150_000);
}

#[test]
fn each_paper_in_each_period() {
    judged(Shape::EachPaper, 6_000, 150_000);
}

#[test]
fn every_thing_of_a_list() {
    judged(Shape::List, 8_000, 150_000);
}

#[test]
fn so_many_of_several_duties() {
    judged(Shape::Among, 2_400, 30_000);
}

#[test]
fn so_many_of_the_last_times() {
    judged(Shape::Lately, 6_000, 150_000);
}

#[test]
fn a_duty_with_its_own_condition() {
    judged(Shape::Guarded, 6_000, 150_000);
}

#[test]
fn who_is_related_in_two_posts_or_of_a_kind() {
    judged(Shape::People, 6_000, 150_000);
}

#[test]
fn how_old_people_are_and_how_long_they_stay() {
    judged(Shape::Years, 1_200, 30_000);
}

#[test]
fn what_each_member_owes() {
    judged(Shape::EachMember, 6_000, 150_000);
}

#[test]
fn what_members_gave_of_late() {
    judged(Shape::Uptake, 6_000, 150_000);
}

#[test]
fn what_members_of_a_network_keep() {
    judged(Shape::Members, 6_000, 150_000);
}

#[test]
fn the_bylaws_quorum_and_the_second_call() {
    judged(Shape::Meetings, 6_000, 150_000);
}

#[test]
fn what_counts_only_if() {
    judged(Shape::Counting, 6_000, 150_000);
}

#[test]
fn what_a_rule_said_before() {
    judged(Shape::Versions, 6_000, 150_000);
}

#[test]
fn what_answers_a_breach() {
    judged(Shape::Answers, 4_800, 100_000);
}

#[test]
fn another_duty_in_an_exception() {
    judged(Shape::Instead, 4_800, 100_000);
}

#[test]
fn another_duty_at_all_times_in_an_exception() {
    judged(Shape::InTurn, 2_400, 60_000);
}

#[test]
fn a_duty_at_all_times_with_its_own_condition() {
    judged(Shape::GuardedAtAllTimes, 1_200, 60_000);
}

#[test]
fn what_a_rule_with_another_duty_in_an_exception_said_before() {
    judged(Shape::TurnsChanged, 1_200, 60_000);
}

#[test]
fn what_answers_a_breach_of_one_of_two_duties() {
    judged(Shape::TurnsAnswered, 1_200, 60_000);
}

/// Found by fresh seeds on other days.
#[test]
fn cases_on_which_the_judges_once_differed() {
    for (shape, seed) in [
        (Shape::Among, 884_210_728),
        (Shape::Versions, 205_891_868),
        (Shape::Versions, 472_236_310),
        (Shape::Versions, 472_236_380),
        (Shape::Standing, 472_236_329),
        (Shape::People, 226_165_841),
        (Shape::Answers, 628_280_069),
        (Shape::Answers, 502),
        (Shape::Counting, 2482),
        (Shape::Versions, 594),
        (Shape::Versions, 738),
        (Shape::Versions, 811),
        (Shape::Versions, 1909),
        (Shape::Versions, 2486),
        (Shape::Versions, 3056),
        (Shape::Versions, 3652),
        (Shape::Versions, 5126),
        (Shape::Size, 4932),
        (Shape::Uptake, 5649),
        (Shape::People, 4933),
        (Shape::Lately, 876),
        (Shape::Never, 1404),
        (Shape::Standing, 1514),
        (Shape::Among, 1638),
        (Shape::Members, 2241),
        (Shape::Versions, 6886),
        (Shape::InTurn, 343),
        (Shape::InTurn, 1815),
        (Shape::InTurn, 5057),
        (Shape::TurnsAnswered, 406),
        (Shape::TurnsAnswered, 454),
        (Shape::TurnsAnswered, 556),
        (Shape::TurnsAnswered, 1120),
        (Shape::TurnsAnswered, 1823),
        (Shape::TurnsAnswered, 1933),
        (Shape::TurnsAnswered, 1941),
        (Shape::TurnsAnswered, 2402),
        (Shape::TurnsAnswered, 3418),
        (Shape::TurnsAnswered, 15_692),
        (Shape::TurnsAnswered, 16_292),
        (Shape::TurnsAnswered, 54_399),
        (Shape::TurnsAnswered, 60_246),
        (Shape::TurnsAnswered, 63_763),
        (Shape::TurnsAnswered, 74_597),
        (Shape::TurnsChanged, 32),
        (Shape::TurnsChanged, 251),
        (Shape::TurnsChanged, 600),
        (Shape::TurnsChanged, 859),
        (Shape::TurnsChanged, 867),
        (Shape::TurnsChanged, 6641),
        (Shape::TurnsChanged, 9513),
        (Shape::TurnsChanged, 11_232),
        (Shape::InTurn, 507_282),
        (Shape::InTurn, 510_785),
        (Shape::InTurn, 512_054),
        (Shape::Answers, 430),
        (Shape::GuardedAtAllTimes, 38),
        (Shape::GuardedAtAllTimes, 200),
        (Shape::GuardedAtAllTimes, 1161),
        (Shape::GuardedAtAllTimes, 2413),
        (Shape::Lately, 1025),
        (Shape::Lately, 508_559),
        (Shape::Standing, 34_293),
        (Shape::Standing, 37_698),
        (Shape::Standing, 56_517),
        (Shape::Standing, 58_891),
        (Shape::Backed, 49_275),
        (Shape::List, 38_578),
        (Shape::Guarded, 50_500),
        (Shape::Meetings, 40_717),
        (Shape::Meetings, 42_982),
        (Shape::Meetings, 57_875),
        (Shape::Lately, 2513),
        (Shape::Among, 478),
        (Shape::Among, 1422),
        (Shape::Never, 1499),
        (Shape::Never, 1514),
        (Shape::Never, 1546),
        (Shape::Never, 1548),
        (Shape::Never, 1553),
        (Shape::Never, 1639),
        (Shape::Never, 1651),
        (Shape::Never, 2269),
        (Shape::Never, 4882),
        (Shape::Answers, 1991),
        (Shape::Answers, 1993),
        (Shape::Answers, 2378),
        (Shape::Answers, 2425),
        (Shape::Answers, 3011),
        (Shape::Answers, 3049),
        (Shape::Answers, 4270),
        (Shape::Answers, 5333),
        (Shape::Versions, 1886),
        (Shape::Versions, 1902),
        (Shape::Versions, 3932),
        (Shape::Versions, 8488),
        (Shape::Versions, 7381),
        (Shape::Versions, 11_273),
        (Shape::GuardedAtAllTimes, 4932),
        (Shape::GuardedAtAllTimes, 4934),
        (Shape::Answers, 8758),
        (Shape::Answers, 11_980),
        (Shape::Answers, 20_879),
        (Shape::Among, 3156),
        (Shape::Among, 9368),
        (Shape::Among, 11_927),
        (Shape::Among, 12_085),
    ] {
        of_seed(shape, seed);
    }
}
