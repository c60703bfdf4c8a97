//! The second judge: written from docs/SEMANTICS.md to be obviously right and not fast, and
//! held against the first over cases by chance.
//!
//! A difference is printed with its seed and the least case that shows it.
//! `MITHAQ_NAIVE=Frequency:17` judges the case of that shape and seed again, and
//! `MITHAQ_NAIVE=Frequency:0-500` says of which of these seeds the judges differ.

mod case;
mod check;
mod clock;
mod draw;
mod generate;
mod judge;
mod known;
mod periods;
mod scope;
mod shapes;
mod shrink;
mod slot;
mod sum;
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
    for seed in number(from)..=number(to) {
        let made = case(shape, seed, MOMENTS);
        if checked(&made).is_err() {
            let least = shrink::least(made, |case| checked(case).is_err());
            let last = checked(&least).expect_err("it still differs");
            println!("{shape:?}:{seed} {last}");
        }
    }
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
    judged(Shape::Rolling, 30_000, 300_000);
}

#[test]
fn within_a_time_after_each_anchor() {
    judged(Shape::Deadline, 15_000, 150_000);
}
