//! Real papers, judged by sentences in both languages, against what is known of the bodies
//! that wrote them; and again with the papers of each period taken away.
//!
//! Reads `../shared/corpora` where it lies there and says so where it does not; nothing of
//! it is in the project. What differs from what is known is in `corpora/differences.tsv`,
//! each with its reason: the tests fail on a difference that is not there, and on one that
//! is there and does not show any more.

mod differences;
mod papers;
mod truth;

use differences::Differences;
use mithaq::calendar::{Cycle, Day, MonthCounting, Span};
use mithaq::verdict::{Slot, State};
use papers::{Corpus, Label, Read, World};
use std::collections::BTreeMap;
use truth::{Accounts, Known, Said, Truth};

/// English and Arabic.
const LANGUAGES: [usize; 2] = [0, 1];

const CYCLES: [Cycle; 3] = [Cycle::Month, Cycle::Quarter, Cycle::Year];

/// What each known period of an organization came to on the last day, by its name.
type States = BTreeMap<String, State>;

/// The members of an association meet as its general assembly, whatever they call it.
fn is_assembly(truth: &Truth) -> bool {
    truth.body.as_deref() == Some("Members")
}

/// The sentence about meetings of a body in each month, quarter or year.
fn sentence(truth: &Truth, cycle: Cycle) -> usize {
    let of_body = if is_assembly(truth) { 3 } else { 0 };
    of_body + CYCLES.iter().position(|it| *it == cycle).expect("one of the three")
}

/// The sentences about accounts: within 4, 6 and 9 months.
const ACCOUNTS: [usize; 3] = [6, 7, 8];

#[test]
fn every_period_of_which_papers_tell_is_judged_as_it_was() {
    let Some(corpus) = papers::corpus() else { return };
    let mut differences = Differences::of("all papers");
    let mut compared: BTreeMap<Cycle, usize> = BTreeMap::new();
    for read in &corpus.organizations {
        let world = corpus.world(read, |_| true);
        let today = states(read, &world, corpus.today());
        for known in &read.truth.periods {
            *compared.entry(known.cycle).or_default() += 1;
            let state = today[&known.name];
            if !agrees(known.said, state) {
                let said = format!("{:?} as {}", known.said, state.name());
                differences.add(&read.truth.organization, &known.name, &said);
            }
            is_foretold(read, &world, known, state);
        }
    }
    println!("periods compared, in both languages: {compared:?}");
    differences.are_expected();
}

/// On the day before the time for its papers is over a period without any is awaited; on
/// that day it is what it stays.
fn is_foretold(read: &Read, world: &World, known: &Known, state: State) {
    let sentence = sentence(&read.truth, known.cycle);
    for language in LANGUAGES {
        let slots = world.slots(language, sentence, known.period.to.next());
        let last = slot(&slots, known.period.from).expect("its slot").lag_end;
        let then = world.verdict(language, sentence, last).state;
        assert_eq!(then, state, "{} {}", read.truth.organization, known.name);
        let before = world.verdict(language, sentence, last.previous()).state;
        let waited = if state.is_met() { state } else { State::AwaitingEvidence };
        assert_eq!(before, waited, "{} {}", read.truth.organization, known.name);
    }
}

#[test]
fn without_the_papers_of_a_period_that_period_and_no_other_is_not_met() {
    let Some(corpus) = papers::corpus() else { return };
    let mut differences = Differences::of("papers taken away");
    let mut removed: BTreeMap<Cycle, usize> = BTreeMap::new();
    for read in &corpus.organizations {
        let whole = states(read, &corpus.world(read, |_| true), corpus.today());
        let met = read.truth.periods.iter().filter(|known| known.said == Said::Met);
        for gone in met {
            *removed.entry(gone.cycle).or_default() += 1;
            let is_gone = |label: &Label| is_of(label, read, gone);
            assert!(read.count(is_gone) > 0, "{} is without papers", gone.name);
            let world = corpus.world(read, |label| !is_gone(label));
            let rest = states(read, &world, corpus.today());
            for known in &read.truth.periods {
                let (before, after) = (whole[&known.name], rest[&known.name]);
                let falls = before.is_met() && loses_all(known, gone);
                let right = if falls { after.is_not_met() } else { after == before };
                if !right {
                    let what = format!("{} without {}", known.name, gone.name);
                    differences.add(&read.truth.organization, &what, after.name());
                }
            }
            if rest[&gone.name].is_not_met() {
                is_foretold(read, &world, gone, rest[&gone.name]);
            }
        }
    }
    println!("periods whose papers were taken away, one by one: {removed:?}");
    differences.are_expected();
}

/// Whether a paper is of the known body and of a meeting in the period, by its label.
fn is_of(label: &Label, read: &Read, known: &Known) -> bool {
    let day = Day::parse(&label.meeting_date);
    read.truth.body.as_ref() == Some(&label.body)
        && day.is_some_and(|day| known.period.contains(day))
}

/// Whether every meeting of a period lies in the one whose papers are gone.
fn loses_all(known: &Known, gone: &Known) -> bool {
    !known.days.is_empty() && known.days.iter().all(|day| gone.period.contains(*day))
}

/// The same in both languages.
fn states(read: &Read, world: &World, today: Day) -> States {
    let mut states = States::new();
    for cycle in CYCLES {
        let sentence = sentence(&read.truth, cycle);
        let [english, arabic] = LANGUAGES.map(|it| world.slots(it, sentence, today));
        assert_eq!(english, arabic, "{} {cycle:?}", read.truth.organization);
        for known in read.truth.periods.iter().filter(|known| known.cycle == cycle) {
            let slot = slot(&english, known.period.from).expect("every period is judged");
            assert_eq!((slot.from, slot.to), (known.period.from, known.period.to));
            states.insert(known.name.clone(), slot.state);
        }
    }
    states
}

fn slot(slots: &[Slot], from: Day) -> Option<&Slot> {
    slots.iter().find(|slot| slot.from == from)
}

fn agrees(said: Said, state: State) -> bool {
    match said {
        Said::Met => state == State::Met,
        // Of what no paper tells, no evidence is found.
        Said::NotMet | Said::NoPapers => state == State::Closed,
        Said::Uncertain => state == State::InsufficientEvidence,
    }
}

#[test]
fn accounts_are_judged_by_the_day_of_the_auditor_s_report() {
    let Some(corpus) = papers::corpus() else { return };
    let mut differences = Differences::of("accounts");
    let (mut compared, mut removed) = (0, 0);
    for read in &corpus.organizations {
        let world = corpus.world(read, |_| true);
        for year in &read.truth.accounts {
            let states = of_accounts(corpus, &world, year);
            let told = expected(year);
            compared += told.len();
            let name = format!("fiscal year {}", year.year.to.year());
            let signed = signed(corpus, &world, year);
            if signed != Some(year.signed).filter(|_| year.are_there) {
                let on = signed.map_or("no day".to_owned(), |day| day.to_string());
                differences.add(
                    &read.truth.organization,
                    &name,
                    &format!("signed on {on}"),
                );
            }
            if states != told {
                differences.add(&read.truth.organization, &name, &named(&states));
            }
        }
        removed += taken_away(corpus, read, &world, &mut differences);
    }
    println!("accounts compared: {compared}, taken away: {removed}");
    differences.are_expected();
}

/// What a deadline came to: when the time for its papers was over, and on the last day.
type Ends = (State, State);

/// What the three deadlines came to by what is known.
fn expected(year: &Accounts) -> [Ends; 3] {
    let months = [4, 6, 9].into_iter().zip(year.within);
    let ends = months.map(|(months, within)| {
        let due = year.year.to.plus(Span::Months(months), MonthCounting::ToMonthEnd);
        let lag_end = due.plus_days(15);
        match (year.are_there, within) {
            (false, _) => (State::StillOwed, State::StillOwed),
            (true, true) => (State::Met, State::Met),
            (true, false) if year.signed <= lag_end => (State::MetLate, State::MetLate),
            (true, false) => (State::StillOwed, State::MetLate),
        }
    });
    ends.collect::<Vec<Ends>>().try_into().expect("three")
}

/// What each of the three deadlines came to, the same in both languages.
fn of_accounts(corpus: &Corpus, world: &World, year: &Accounts) -> [Ends; 3] {
    ACCOUNTS.map(|sentence| {
        let [english, arabic] = LANGUAGES.map(|language| {
            let on = |day| {
                let slots = world.slots(language, sentence, day);
                *slot(&slots, year.year.from).expect("every fiscal year is judged")
            };
            let now = on(corpus.today());
            (on(now.lag_end).state, now.state)
        });
        assert_eq!(english, arabic, "{:?}", year.year);
        english
    })
}

/// The day on which the accounts of a year were signed, by their own words.
fn signed(corpus: &Corpus, world: &World, year: &Accounts) -> Option<Day> {
    let [_, _, longest] = ACCOUNTS;
    let slots = world.slots(0, longest, corpus.today());
    slot(&slots, year.year.from)?.truth.settled_on()
}

/// Takes each year's accounts away in turn; gives how many.
fn taken_away(
    corpus: &Corpus,
    read: &Read,
    whole: &World,
    differences: &mut Differences,
) -> usize {
    let there = read.truth.accounts.iter().filter(|year| year.are_there);
    let mut removed = 0;
    for gone in there {
        removed += 1;
        let end = gone.year.to.to_string();
        let is_gone = |label: &Label| {
            label.kind == "audited_accounts" && label.fiscal_year_end == end
        };
        assert!(read.count(is_gone) > 0, "no accounts of {end}");
        let world = corpus.world(read, |label| !is_gone(label));
        for year in &read.truth.accounts {
            let after = of_accounts(corpus, &world, year);
            let falls = [(State::StillOwed, State::StillOwed); 3];
            let same = of_accounts(corpus, whole, year);
            let right = if year.year == gone.year { falls } else { same };
            if after != right {
                let (of, without) = (year.year.to.year(), gone.year.to.year());
                let what = format!("fiscal year {of} without {without}");
                differences.add(&read.truth.organization, &what, &named(&after));
            }
        }
    }
    removed
}

fn named(states: &[Ends]) -> String {
    let each = states.iter().map(|(then, now)| format!("{}/{}", then.name(), now.name()));
    each.collect::<Vec<_>>().join(" ")
}
