//! One case before both judges, and what each foretells before what comes.

use mithaq::calendar::Day;
use mithaq::judge::{self, Docket};
use mithaq::timeline::Instant;
use mithaq::verdict::{NextChange, Slot as Fast, State, Verdict as FastVerdict};

use super::case::{Case, Given};
use super::instead::takes_turns;
use super::judge::judge as judge_naively;
use super::known::Known;
use super::lists::foreseen;
use super::rules::{is_ever_of_several, of_the_day};
use super::slot::{Change, Slot};
use super::sum::{Speaks, Verdict, speaks};
use super::unread;

/// A docket is made for one in so many moments: making one is dear, and using it cheap.
const DOCKETS: usize = 3;

/// How many moments were judged, or the first thing on which the judges differ.
pub(super) fn check(case: &Case) -> Result<usize, String> {
    let given = case.given();
    let mut known: Option<Known<'_>> = None;
    for (at, moment) in case.moments.iter().enumerate() {
        if known.as_ref().is_none_or(|known| known.instant != moment.1) {
            known = Some(Known::at(case, moment.1));
        }
        let known = known.as_ref().unwrap();
        let (slots, verdict) = judge_naively(known, moment.0);
        let on = |difference: String| format!("on {}: {difference}", moment.0);
        let seen = judge::slots(&given.duty(), &given.view(*moment));
        same_slots(&seen, &slots, moment.0).map_err(on)?;
        let fast = judge::verdict(&given.duty(), &given.view(*moment));
        same_verdict(fast, &verdict).map_err(on)?;
        if at % DOCKETS == 0 {
            let docket = Docket::new(&given.duty(), moment.0);
            let short = docket.verdict(&given.duty(), &given.view(*moment));
            same_verdict(short, &verdict).map_err(|it| on(format!("docket: {it}")))?;
        }
        let several = case.above.is_none() && is_ever_of_several(known, moment.0);
        let last = if several { foreseen(moment.0) } else { Day::LATEST };
        foretold(&given, (*moment, last), (fast, seen)).map_err(on)?;
    }
    unread::moves_nothing(case)?;
    Ok(case.moments.len())
}

/// What both judges say of a slot, by the same words.
#[derive(Clone, Copy, PartialEq)]
struct Said {
    /// First and last day, the day it opens, due, and the ends of grace and lag.
    days: [Day; 6],
    state: State,
    underlying: State,
    score: Option<(u32, u32)>,
}

fn same_slots(fast: &[Fast], slots: &[Slot], today: Day) -> Result<(), String> {
    let theirs: Vec<Said> = fast.iter().map(of_fast).collect();
    let ours: Vec<Said> = slots.iter().map(|slot| of_naive(slot, today)).collect();
    let differs =
        (0..theirs.len().max(ours.len())).find(|at| theirs.get(*at) != ours.get(*at));
    let Some(at) = differs else { return Ok(()) };
    let show = |list: &[Said]| list.get(at).map_or("none".to_owned(), shown);
    Err(format!("slot {at}\n  fast  {}\n  naive {}", show(&theirs), show(&ours)))
}

fn of_fast(slot: &Fast) -> Said {
    let Fast { from, to, opens, due, grace_end, lag_end, .. } = *slot;
    Said {
        days: [from, to, opens, due, grace_end, lag_end].map(ever),
        state: slot.state,
        underlying: slot.underlying,
        score: slot.score(),
    }
}

fn of_naive(slot: &Slot, today: Day) -> Said {
    let Slot { from, to, opens, due, grace_end, lag_end, .. } = *slot;
    let state = slot.state(today);
    let score = slot.score(state);
    let score = score.map(|(low, high)| (u32::try_from(low), u32::try_from(high)));
    Said {
        days: [from, to, opens, due, grace_end, lag_end].map(ever),
        state,
        underlying: slot.underlying(today),
        score: score.map(|(low, high)| (low.unwrap(), high.unwrap())),
    }
}

/// All days behind which nothing comes are one.
fn ever(day: Day) -> Day {
    if day.0 > 80_000 { Day::LATEST } else { day }
}

fn shown(said: &Said) -> String {
    let day = |day: Day| {
        if day == Day::LATEST { "never".to_owned() } else { day.to_string() }
    };
    let [from, to, opens, due, grace, lag] = said.days.map(day);
    let Said { state, underlying, score, .. } = said;
    format!(
        "{from}–{to} opens {opens} due {due} grace {grace} lag {lag}: {state:?}, \
         underlying {underlying:?}, {score:?}"
    )
}

fn same_verdict(fast: FastVerdict, naive: &Verdict) -> Result<(), String> {
    let change = |next: NextChange| Change {
        on: next.on,
        state: next.state,
        slot: ever(next.slot),
    };
    let score = |score: mithaq::verdict::Score| {
        (score.value.map(u64::from), u64::from(score.low), u64::from(score.high))
    };
    let theirs = Verdict {
        state: fast.state,
        upcoming: fast.upcoming,
        underlying: fast.underlying,
        score: fast.score.map(score),
        next: fast.next_change.map(change),
    };
    let mut ours = naive.clone();
    ours.next = ours.next.map(|next| Change { slot: ever(next.slot), ..next });
    if theirs == ours {
        return Ok(());
    }
    Err(format!("verdict\n  fast  {theirs:?}\n  naive {naive:?}"))
}

/// The state holds through the day before the next change, or the last day that anything is
/// foretold of, and changes as foretold; nothing of the verdict differs before it is to be
/// judged again.
fn foretold(
    given: &Given<'_>,
    ((today, known), last): ((Day, Instant), Day),
    (verdict, mut now): (FastVerdict, Vec<Fast>),
) -> Result<(), String> {
    let slots = |day: Day| judge::slots(&given.duty(), &given.view((day, known)));
    // What was due before the look-back is history.
    // Of a duty at all times everything is that is past.
    let speaks = speaks(&of_the_day(given.case, today).1.norm);
    let at_all_times = speaks == Speaks::Today;
    let past = |slot: &&Fast| {
        let of_today = slot.due == today && slot.from == slot.due;
        slot.due < today || of_today || (at_all_times && slot.underlying.is_met())
    };
    let turns = !given.case.earlier.is_empty() || takes_turns(&given.case.said);
    let in_turn = at_all_times && turns;
    let order = |slot: &&Fast| if in_turn { slot.from } else { slot.due };
    // What is forbidden is kept for the whole time: each breach was due before its day.
    let forbidden = speaks == Speaks::Breach;
    let speaks_yet = |slot: &&Fast| past(slot) && (!forbidden || slot.from <= slot.due);
    let latest = now.iter().filter(speaks_yet).max_by_key(order);
    let latest = latest.map(|slot| (slot.from, slot.due));
    let since = judge::look_back(today);
    now.retain(|slot| {
        let counts = if at_all_times { !past(&slot) } else { since <= slot.due };
        counts || Some((slot.from, slot.due)) == latest
    });
    let same_until = |day: Day| {
        let then = slots(day);
        let moved = |slot: &&Fast| {
            let same = |other: &&Fast| other.from == slot.from && other.due == slot.due;
            then.iter().any(|other| same(&other)) && {
                !then.iter().any(|other| same(&other) && other.state == slot.state)
            }
        };
        match now.iter().find(moved) {
            Some(slot) => Err(format!(
                "foretold {:?}, and on {day} the slot of {} is no more {:?}",
                verdict.next_change, slot.from, slot.state
            )),
            None => Ok(()),
        }
    };
    match verdict.next_change {
        None => {
            same_until(last.min(Day(today.0 + 400)))?;
        }
        Some(next) => {
            same_until(Day(next.on.0 - 1))?;
            let comes = slots(next.on)
                .iter()
                .any(|slot| slot.from == next.slot && slot.state == next.state);
            if !comes {
                return Err(format!("foretold {next:?}, which does not come"));
            }
        }
    }
    let again = verdict.judge_again.unwrap_or(Day(today.0 + 400));
    for day in [Day(again.0 - 1), Day(today.0 + (again.0 - today.0) / 2)] {
        let then = judge::verdict(&given.duty(), &given.view((day, known)));
        // That day itself may be foretold more closely.
        let then = FastVerdict { judge_again: verdict.judge_again, ..then };
        if day > today && then != verdict {
            return Err(format!(
                "to be judged again on {:?}, and on {day} it is already\n  {then:?}\n  and was\n  {verdict:?}",
                verdict.judge_again
            ));
        }
    }
    Ok(())
}
