//! Judging one organization: which rules, on which day, and what changed by it.

use super::book::Book;
use super::member::{Member, Touched};
use super::resume::Keeping;
use super::{
    Effect, Now, VerdictRow, findings, indexes, receipts, reminders, tellings, unrest,
};
use crate::calendar::Day;
use crate::timeline::AsOf;
use crate::verdict::{Finality, NextChange, Score, State, Verdict};
use std::sync::Arc;

/// Why an organization is judged; it decides who is written to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Occasion {
    /// Its folder was seen whole for the first time: one summary, no finding letters.
    FirstScan,
    Papers,
    /// A day passed; `late` when it lies before today.
    Day {
        late: bool,
    },
    /// The rules changed: one notice, no finding letters.
    Rules,
}

/// Judges what papers, register or waivers touched since the last time.
pub(super) fn judge(
    member: &mut Member,
    book: &Arc<Book>,
    (day, now): (Day, &Now),
    effects: &mut Vec<Effect>,
) {
    if member.timeline.folder.first_seen.is_none() {
        return;
    }
    let first = !member.introduced;
    let occasion = if first { Occasion::FirstScan } else { Occasion::Papers };
    let numbers = touched(member, book);
    let as_of = AsOf::new(day, now.instant);
    judge_rules(member, book, &numbers, (as_of, occasion), effects);
    indexes::update(member, book, as_of, occasion, effects);
    if first {
        receipts::introduce(member, book, day, effects);
        member.introduced = true;
    }
    member.judged_on = Some(member.judged_on.map_or(day, |last| last.max(day)));
    reminders::schedule(member, day);
}

/// Days that one pass catches up on, one by one, after a long sleep; a year. What lies
/// further back is judged as it stands today.
const CATCH_UP_DAYS_MAX: usize = 400;

/// Goes through all breakpoints before the day that were passed since the member was last
/// judged, in order, each with its own day; says whether the day itself is one. Days that were
/// missed remind nobody: what they called for is told on the day.
pub(super) fn catch_up(
    member: &mut Member,
    book: &Arc<Book>,
    (day, now): (Day, &Now),
    effects: &mut Vec<Effect>,
) -> bool {
    let passes = member.due_on.is_some_and(|due| due <= day);
    for _ in 0..CATCH_UP_DAYS_MAX {
        let Some(due) = member.due_on.filter(|due| *due < day) else { break };
        pass_day(member, book, (due, day, now), effects);
    }
    passes
}

/// Judges what the clock alone can change on `due`.
pub(super) fn pass_day(
    member: &mut Member,
    book: &Arc<Book>,
    (due, today, now): (Day, Day, &Now),
    effects: &mut Vec<Effect>,
) {
    let numbers: Vec<usize> = self::due(member, book, due).collect();
    pass(member, book, &numbers, (due, today, now), effects);
}

/// The same on the day itself, with what papers, register or waivers touched.
pub(super) fn pass_today(
    member: &mut Member,
    book: &Arc<Book>,
    (today, now): (Day, &Now),
    effects: &mut Vec<Effect>,
) {
    let mut numbers: Vec<usize> = due(member, book, today).collect();
    numbers.extend(touched(member, book));
    numbers.sort_unstable();
    numbers.dedup();
    pass(member, book, &numbers, (today, today, now), effects);
}

fn pass(
    member: &mut Member,
    book: &Arc<Book>,
    numbers: &[usize],
    (due, today, now): (Day, Day, &Now),
    effects: &mut Vec<Effect>,
) {
    let late = due < today;
    if !late {
        member.recounted.clear();
    }
    // On a day that has passed nobody knew of the papers that arrive only now.
    let unanswered = member.burst.iter().map(|item| item.received).min();
    let known = unanswered.filter(|_| late).map_or(now.instant, |first| first - 1);
    let as_of = AsOf::new(due, known);
    let occasion = Occasion::Day { late };
    judge_rules(member, book, numbers, (as_of, occasion), effects);
    unrest::tell_calm(member, book, as_of, effects);
    indexes::update(member, book, as_of, occasion, effects);
    if !late {
        reminders::remind(member, book, due, effects);
    }
    member.judged_on = Some(member.judged_on.map_or(due, |last| last.max(due)));
    reminders::schedule(member, due);
}

/// Judges every rule by the changed book, and tells it in one notice a person; nothing where
/// the rules that it was judged by are these.
pub(super) fn judge_rules_change(
    member: &mut Member,
    book: &Arc<Book>,
    (day, now): (Day, &Now),
    effects: &mut Vec<Effect>,
) {
    let Some(before) = member.rules_before.take() else { return };
    let as_of = AsOf::new(day, now.instant);
    // Of the others those whose day has come: the index counts them too.
    let mut numbers = touched(member, book);
    numbers.extend(due(member, book, day));
    numbers.sort_unstable();
    numbers.dedup();
    // What the clock or a paper did to a rule that is as it was is told as on any other day.
    let is_changed = |number: &usize| member.verdicts.get(*number).is_none();
    let (changed, kept): (Vec<usize>, Vec<usize>) =
        numbers.into_iter().partition(is_changed);
    judge_rules(member, book, &kept, (as_of, Occasion::Day { late: false }), effects);
    judge_rules(member, book, &changed, (as_of, Occasion::Rules), effects);
    findings::close_without_rule(member, book, as_of, effects);
    indexes::update(member, book, as_of, Occasion::Rules, effects);
    tellings::notice_of_method(member, (&before, book), day, effects);
    reminders::schedule(member, day);
}

/// The rules that have to be judged on a day though nothing arrived.
fn due(member: &Member, book: &Book, due: Day) -> impl Iterator<Item = usize> {
    (0..book.len()).filter(move |number| {
        let verdict = member.verdicts.get(*number);
        let again = |verdict: Verdict| verdict.judge_again.is_some_and(|day| day <= due);
        member.recounted.contains(number) || verdict.is_none_or(again)
    })
}

fn touched(member: &mut Member, book: &Book) -> Vec<usize> {
    member.verdicts.resize(book.len());
    let touched = std::mem::replace(&mut member.touched, Touched::nothing());
    let recounted = std::mem::take(&mut member.recounted);
    let read = |number: &usize| match &touched {
        Touched::Everything => true,
        Touched::Nouns(nouns) => {
            let judged = member.verdicts.get(*number).is_some();
            !judged || recounted.contains(number) || book.reads(*number, nouns)
        }
    };
    (0..book.len()).filter(read).collect()
}

fn judge_rules(
    member: &mut Member,
    book: &Arc<Book>,
    numbers: &[usize],
    (as_of, occasion): (AsOf, Occasion),
    effects: &mut Vec<Effect>,
) {
    member.verdicts.resize(book.len());
    if numbers.is_empty() {
        return;
    }
    member.used = true;
    member.keeping = Keeping::Unknown;
    member.settle();
    let situation = member.situation(book, as_of);
    let mut news = Vec::new();
    member.judgements += u64::try_from(numbers.len()).unwrap_or(u64::MAX);
    for &number in numbers {
        let Some(verdict) = member.verdict(&situation, number) else { continue };
        note(member, book, (number, verdict, as_of), effects);
        if book.counts(number) {
            news.extend(findings::update(member, &situation, number, effects));
        }
    }
    if matches!(occasion, Occasion::Papers | Occasion::Day { .. }) {
        findings::tell(member, &situation, &news, effects);
    }
}

/// Keeps the verdict and stores its row where anything differs from the last one.
fn note(
    member: &mut Member,
    book: &Book,
    (number, verdict, as_of): (usize, Verdict, AsOf),
    effects: &mut Vec<Effect>,
) {
    let Some((rulebook, rule)) = book.rule(number) else { return };
    let last = member.verdicts.get(number);
    let key = (rulebook.id.clone(), rule.id.clone());
    let stored = member.stored.remove(&key);
    let edited = member.before_edit.remove(&number);
    let last = last.as_ref().map(Shown::from).or(edited).or(stored);
    member.verdicts.set(number, verdict);
    if last == Some(Shown::from(&verdict)) {
        return;
    }
    let before = last.map(|last| last.state);
    let next = last.and_then(|last| last.next_change);
    let foretold = next.is_some_and(|next| next.on <= as_of.day);
    // What is judged for the first time a summary or a notice tells.
    if let Some(before) = before.filter(|before| *before != verdict.state) {
        let first = member.changed_since.get(&number).map_or(before, |(first, _)| *first);
        member.changed_since.insert(number, (first, verdict.state));
    }
    effects.push(Effect::Verdict(Box::new(VerdictRow {
        organization: member.organization().id.clone(),
        rulebook: rulebook.id.clone(),
        rule: rule.id.clone(),
        as_of: as_of.day,
        before,
        state: verdict.state,
        upcoming: verdict.upcoming,
        finality: verdict.finality,
        score: verdict.score,
        next_change: verdict.next_change,
        foretold,
    })));
}

/// What anybody can see of a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shown {
    state: State,
    upcoming: Option<State>,
    score: Option<Score>,
    next_change: Option<NextChange>,
    finality: Finality,
}

impl From<&Verdict> for Shown {
    fn from(verdict: &Verdict) -> Shown {
        let Verdict { state, upcoming, score, next_change, finality, .. } = *verdict;
        Shown { state, upcoming, score, next_change, finality }
    }
}

impl From<&VerdictRow> for Shown {
    fn from(row: &VerdictRow) -> Shown {
        let VerdictRow { state, upcoming, score, next_change, finality, .. } = *row;
        Shown { state, upcoming, score, next_change, finality }
    }
}
