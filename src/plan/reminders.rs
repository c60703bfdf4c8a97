//! Letters that only the calendar calls for: due soon, overdue, the week's digest.

use super::book::Book;
use super::correspondence::{
    accountable, counts, due_key, main_noun, news, officer, open_lines, push, recipient,
    rule_ref, text_of,
};
use super::member::Member;
use super::{Effect, Network};
use super::{unrest, waivers};
use crate::calendar::{Day, Period};
use crate::finding::Finding;
use crate::judge;
use crate::letters::body::{self, Body, DigestLine, News};
use crate::letters::{Recipient, timing};
use crate::norm::TermId;
use crate::program::Severity;
use crate::text::Bilingual;
use crate::verdict::State;

/// Writes what this day calls for.
pub(super) fn remind(
    member: &mut Member,
    book: &Book,
    day: Day,
    effects: &mut Vec<Effect>,
) {
    due_soon(member, book, day, effects);
    overdue(member, book, day, effects);
    waivers::tell_ending(member, book, day, effects);
    digest(member, book, day, effects);
}

fn due_soon(member: &Member, book: &Book, day: Day, effects: &mut Vec<Effect>) {
    for (number, rulebook, rule) in
        book.rules().filter(|(number, _, _)| book.counts(*number))
    {
        let running = member.verdicts.get(number).and_then(|v| v.running);
        let Some((from, due)) = running else { continue };
        let Some(window) = timing::due_soon(due, day) else { continue };
        let letter = body::DueSoon {
            rule: rule_ref(rulebook, rule),
            slot: Some(Period { from, to: due }),
            due,
            as_of: day,
            evidence: wanted(member, book, (number, (day, from))),
            sequence: timing::due_soon_sequence(&window),
        };
        for person in accountable(member, rule.severity) {
            let key = due_key(&rulebook.id, &rule.id, from);
            let to = recipient(member, person);
            push(effects, to, (&key, &window), Body::DueSoon(Box::new(letter.clone())));
        }
    }
}

/// What papers are wanted for what opens and begins on these days: of the rule, or of what an
/// exception puts in its place.
fn wanted(
    member: &Member,
    book: &Book,
    (number, days): (usize, (Day, Day)),
) -> Vec<Bilingual> {
    let Some(duty) = book.duty(number) else { return Vec::new() };
    let asked = judge::judged_by(&duty, &member.profile, days);
    let mut nouns: Vec<TermId> = asked.iter().map(|duty| main_noun(duty.norm)).collect();
    nouns.dedup();
    nouns.into_iter().flat_map(|noun| member.wanted(noun)).collect()
}

fn overdue(member: &Member, book: &Book, day: Day, effects: &mut Vec<Effect>) {
    for finding in member.findings().filter(|finding| is_owed(finding)) {
        let Some(turn) = timing::overdue(finding.opened, day) else { continue };
        if unrest::of(member, &finding.key, day).is_some() {
            continue;
        }
        let Some(number) = book.number(&finding.key.rulebook, &finding.key.rule) else {
            continue;
        };
        let Some((rulebook, rule)) = book.rule(number) else { continue };
        let (from, to) = (finding.key.slot, finding.slot_to);
        let rule = rule.version_of((from, to), finding.due);
        let opens = if to < finding.due { to.next() } else { from };
        let letter = body::Overdue {
            id: finding.key.short(),
            version: finding.version,
            rule: rule_ref(rulebook, rule),
            slot: Some(Period { from: finding.key.slot, to: finding.slot_to }),
            due: finding.due,
            as_of: day,
            evidence: wanted(member, book, (number, (opens, finding.key.slot))),
            reminder: turn.reminder,
            escalated: turn.escalated && officer(member).is_some(),
        };
        let key = format!("{}.v{}", finding.key.short(), finding.version);
        if let Some(officer) = officer(member).filter(|_| turn.escalated) {
            // One copy; her weekly letter has what stays open.
            let body = Body::Overdue(Box::new(letter.clone()));
            push(effects, officer, (&key, "escalated"), body);
        }
        let severity = if turn.escalated { Severity::Critical } else { rule.severity };
        for person in accountable(member, severity) {
            let to = recipient(member, person);
            let body = Body::Overdue(Box::new(letter.clone()));
            push(effects, to, (&key, &turn.window), body);
        }
    }
}

fn is_owed(finding: &Finding) -> bool {
    finding.closed.is_none() && finding.state == State::StillOwed
}

/// One a week, and none when nothing changed and nothing is open.
fn digest(member: &mut Member, book: &Book, day: Day, effects: &mut Vec<Effect>) {
    let turn = timing::digest(day, member.digest_weekday);
    if member.digested.as_ref() == Some(&turn.window) {
        return;
    }
    let changed = changed(member, book);
    let open = open_lines(member, book);
    member.digested = Some(turn.window.clone());
    member.changed_since.clear();
    if !knew_the_week(member, turn.over.to) || (changed.is_empty() && open.is_empty()) {
        return;
    }
    let letter = body::Digest {
        week: turn.over,
        instead_of: None,
        counts: counts(member, book),
        changed,
        open,
        coming: coming(member, book, day),
        checkpoint: None,
    };
    for person in accountable(member, Severity::Critical) {
        let to = recipient(member, person);
        push(effects, to, ("digest", &turn.window), Body::Digest(letter.clone()));
    }
}

impl Network {
    /// One letter for each of an organization's people in place of so many; nobody has
    /// forgotten anything by it: what changed since the weekly letter is told again there.
    pub fn instead_of(
        &self,
        organization: &str,
        (day, instead_of): (Day, body::InsteadOf),
    ) -> Option<(body::Digest, Vec<Recipient>)> {
        let member = self.member(organization)?;
        let book = self.book();
        let digest = body::Digest {
            week: Period { from: day.plus_days(-6), to: day },
            instead_of: Some(instead_of),
            counts: counts(member, book),
            changed: changed(member, book),
            open: open_lines(member, book),
            coming: coming(member, book, day),
            checkpoint: None,
        };
        let people = &member.organization().people;
        Some((digest, people.iter().map(|person| recipient(member, person)).collect()))
    }
}

impl Member {
    /// What was judged through a day is not judged for it again: a restart reminds nobody.
    pub(super) fn recall_day(&mut self, through: Option<Day>) {
        if let Some((judged, through)) = self.judged_on.zip(through)
            && judged <= through
        {
            self.judged_on = Some(through);
            if self.knows_its_week() {
                return;
            }
            self.due_on = Some(through.next());
            // The week was told on its day.
            let turn = timing::digest(through, self.digest_weekday);
            self.digested = Some(turn.window);
        }
    }
}

/// What changed since the last digest.
fn changed(member: &Member, book: &Book) -> Vec<DigestLine> {
    member
        .changed_since
        .iter()
        .filter(|(_, (from, to))| from != to)
        .filter_map(|(number, (_, to))| {
            let (_, rule) = book.rule(*number).filter(|_| book.counts(*number))?;
            let line = DigestLine {
                rule: rule.id.clone(),
                text: text_of(rule),
                news: news(*to),
                day: None,
            };
            Some(line)
        })
        .collect()
}

/// Whether the folder was known before the week was over: its first summary has told the
/// rest. Read from the timeline, so that a restart changes nothing.
fn knew_the_week(member: &Member, last: Day) -> bool {
    let seen = member.timeline.folder.first_seen;
    seen.and_then(|instant| i32::try_from(instant.div_euclid(86_400)).ok())
        .is_some_and(|day| Day(day) <= last)
}

fn coming(member: &Member, book: &Book, day: Day) -> Vec<DigestLine> {
    let mut lines: Vec<DigestLine> = due_lines(member, book).collect();
    lines.extend(waivers::lines(member, book, day));
    lines
}

fn due_lines(member: &Member, book: &Book) -> impl Iterator<Item = DigestLine> {
    book.rules().filter(|(number, _, _)| book.counts(*number)).filter_map(
        |(number, _, rule)| {
            let verdict = member.verdicts.get(number)?;
            let (_, due) =
                verdict.running.filter(|_| verdict.upcoming == Some(State::DueSoon))?;
            Some(DigestLine {
                rule: rule.id.clone(),
                text: text_of(rule),
                news: News::ComesDue,
                day: Some(due),
            })
        },
    )
}

/// Works out when the member has to be looked at again though nothing arrives.
pub(super) fn schedule(member: &mut Member, day: Day) {
    let verdicts = member.verdicts.iter().flatten();
    let judging = verdicts.clone().filter_map(|verdict| verdict.judge_again);
    let dues = verdicts.filter_map(|verdict| verdict.running).map(|(_, due)| due);
    let reminders = dues.flat_map(|due| [1, 7, 30].map(|left| due.plus_days(-left)));
    let owed = member.findings().filter(|finding| is_owed(finding)).map(|finding| {
        finding.opened.plus_days(7 * ((day.0 - finding.opened.0) / 7 + 1))
    });
    let ahead =
        (i32::from(member.digest_weekday) - i32::from(day.weekday()) - 1).rem_euclid(7);
    let digest = day.plus_days(ahead + 1);
    let waivers = waivers::days(member);
    let calm = unrest::days(member, day);
    let (year, month, _) = day.plus_days(31).ymd();
    let month = Day::from_ymd(year, month, 1).filter(|first| *first > day);
    member.due_on = judging
        .chain(reminders)
        .chain(owed)
        .chain(waivers)
        .chain(calm)
        .chain([digest])
        .chain(month)
        .filter(|on| *on > day)
        .min();
}
