//! An organization's indexes: their values as they change, and what moved them.

use super::book::{Book, IndexDefinition};
use super::correspondence::text_of;
use super::dockets::Dockets;
use super::judging::Occasion;
use super::member::Member;
use super::{Effect, IndexRow, tellings};
use crate::calendar::Day;
use crate::delta::{self, Cause, Causes, Line, Replay};
use crate::finding::Finding;
use crate::index::{self, Contribution, Critical, Index, shown};
use crate::judge::Profile;
use crate::letters::body::IndexEffect;
use crate::letters::timing;
use crate::organization::Waiver;
use crate::program::{Rule, Severity};
use crate::text::Bilingual;
use crate::timeline::AsOf;
use crate::verdict::{ONE, Score, State, Verdict};
use std::sync::Arc;

/// Everything a judgement of one organization depends on besides its timeline.
#[derive(Clone, Debug)]
pub struct Situation {
    pub book: Arc<Book>,
    pub profile: Arc<Profile>,
    /// Of this organization.
    pub waivers: Arc<Vec<Waiver>>,
    pub as_of: AsOf,
    pub(super) dockets: Arc<Dockets>,
}

/// A delta with its lines resolved to rules and documents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IndexDelta {
    /// Tenths of points; `None` when an end has no value.
    pub total: Option<i32>,
    /// Which end that is.
    pub without: Option<Without>,
    pub lines: Vec<LineOfRule>,
}

/// Which ends of a delta have no value: readiness only, or no such index at that time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Without {
    Before,
    After,
    Both,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineOfRule {
    pub cause: Cause,
    /// `None` for the cap and for a whole dimension.
    pub rule: Option<RuleName>,
    /// The document that did it: a paper by its path in the drop folder, what people write
    /// by its path in the network's.
    pub document: Option<String>,
    /// Tenths of points.
    pub points: i32,
}

/// A rule as it was called, also one that is there no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleName {
    pub rulebook: String,
    pub id: String,
    pub text: Bilingual,
}

impl LineOfRule {
    /// Whether the calendar of the country did it, and no rule.
    pub fn is_calendar(&self) -> bool {
        let calendar = |document: &String| document.starts_with("calendars/");
        self.cause == Cause::Rules && self.document.as_ref().is_some_and(calendar)
    }
}

impl IndexDelta {
    /// No delta, because an end has no value.
    pub fn without(without: Without) -> IndexDelta {
        IndexDelta { without: Some(without), ..IndexDelta::default() }
    }
}

impl Situation {
    /// The causes by which two situations can differ.
    fn differs(&self, to: &Situation) -> Causes {
        let (mine, theirs) = (&self.profile, &to.profile);
        // What members whom a rule counts have done came by papers of theirs; calendars are
        // written for everybody, as rules are.
        let counted = mine.fellows != theirs.fellows;
        let calendar = mine.working != theirs.working;
        let registered =
            *mine != *theirs && self.profile_with(to, to) != Arc::clone(theirs);
        let causes = [
            (Cause::Evidence, self.as_of.known != to.as_of.known || counted),
            (Cause::Time, self.as_of.day != to.as_of.day),
            (Cause::Rules, !Arc::ptr_eq(&self.book, &to.book) || calendar),
            (Cause::Waivers, self.waivers != to.waivers),
            (Cause::Membership, registered),
            (Cause::Corrections, self.as_of.corrected != to.as_of.corrected),
        ];
        let differing = causes.into_iter().filter(|(_, differs)| *differs);
        differing.fold(Causes::default(), |causes, (cause, _)| causes.with(cause))
    }

    /// The profile, with the members counted as in `evidence` and the calendar of `rules`.
    fn profile_with(&self, evidence: &Situation, rules: &Situation) -> Arc<Profile> {
        let (fellows, working) = (&evidence.profile.fellows, &rules.profile.working);
        if self.profile.fellows == *fellows && self.profile.working == *working {
            return Arc::clone(&self.profile);
        }
        Arc::new(Profile {
            fellows: fellows.clone(),
            working: working.clone(),
            ..(*self.profile).clone()
        })
    }

    /// This situation with some causes as they are in `to`.
    fn mixed(&self, to: &Situation, causes: Causes) -> Situation {
        let side = |cause: Cause| if causes.has(cause) { to } else { self };
        let book = Arc::clone(&side(Cause::Rules).book);
        let day = side(Cause::Time).as_of.day;
        Situation {
            dockets: book.dockets(day),
            book,
            profile: side(Cause::Membership)
                .profile_with(side(Cause::Evidence), side(Cause::Rules)),
            waivers: Arc::clone(&side(Cause::Waivers).waivers),
            as_of: AsOf {
                day,
                known: side(Cause::Evidence).as_of.known,
                corrected: side(Cause::Corrections).as_of.corrected,
            },
        }
    }
}

impl Member {
    /// An index, computed now; `None` when the book has no index of that id.
    pub fn index(&self, situation: &Situation, id: &str) -> Option<Index> {
        Some(self.replay(situation, id, &situation.book)?.index)
    }

    /// What moved an index from one situation to another. No total when either end is
    /// readiness or has no such index.
    pub fn index_delta(&self, id: &str, from: &Situation, to: &Situation) -> IndexDelta {
        let delta = delta::delta(from.differs(to), &mut |causes| {
            self.replay(&from.mixed(to, causes), id, &to.book).unwrap_or_default()
        });
        let Some(delta) = delta else {
            let known =
                |at| self.index(at, id).is_some_and(|index| index.value.is_some());
            return IndexDelta::without(match (known(from), known(to)) {
                (true, _) => Without::After,
                (false, true) => Without::Before,
                (false, false) => Without::Both,
            });
        };
        let lines = delta.lines.iter().map(|line| self.line(*line, (from, to)));
        IndexDelta { total: Some(delta.total), without: None, lines: lines.collect() }
    }

    fn line(&self, line: Line, (from, to): (&Situation, &Situation)) -> LineOfRule {
        let number = line.rule.and_then(|rule| usize::try_from(rule).ok());
        // Rules that are there no more are numbered after those that are.
        let rule = number.and_then(|number| match number.checked_sub(to.book.len()) {
            Some(gone) => from.book.rule(gone),
            None => to.book.rule(number),
        });
        LineOfRule {
            cause: line.cause,
            rule: rule.map(|(rulebook, rule)| RuleName {
                rulebook: rulebook.id.clone(),
                id: rule.id.clone(),
                text: text_of(rule),
            }),
            document: match line.cause {
                Cause::Evidence => {
                    number.and_then(|it| self.newest_paper(it, (from, to)))
                }
                Cause::Corrections => {
                    number.and_then(|it| self.correction(it, (from, to)))
                }
                Cause::Rules => rule.and_then(|(_, rule)| self.edited(rule, (from, to))),
                Cause::Waivers => Some("waivers.toml".to_owned()),
                Cause::Membership => {
                    let id = &self.organization().id;
                    Some(format!("organizations/{id}/organization.toml"))
                }
                Cause::Time | Cause::Cap => None,
            },
            points: line.points,
        }
    }

    /// What was edited where a rule answers otherwise: its file, or the calendar that the
    /// organization keeps.
    fn edited(
        &self,
        rule: &Rule,
        (from, to): (&Situation, &Situation),
    ) -> Option<String> {
        let calendar = &self.organization().calendar;
        if Arc::ptr_eq(&from.book, &to.book) {
            calendar.as_deref().map(str::to_owned)
        } else {
            Some(rule.file.clone())
        }
    }

    /// Judges an index, with rules numbered as in `numbering`; rules that it lacks are
    /// numbered after its own.
    pub(super) fn replay(
        &self,
        situation: &Situation,
        id: &str,
        numbering: &Book,
    ) -> Option<Replay> {
        let definition = situation.book.indexes().iter().find(|index| index.id == id)?;
        let contributions: Vec<Contribution> = definition
            .rules
            .iter()
            .filter_map(|(number, dimension)| {
                let verdict = self.verdict(situation, *number)?;
                let mut part = contribution(
                    &situation.book,
                    (*number, *dimension),
                    (&verdict, situation.as_of.day),
                )?;
                if !std::ptr::eq(numbering, Arc::as_ptr(&situation.book)) {
                    part.rule = renumbered(&situation.book, *number, numbering)?;
                }
                Some(part)
            })
            .collect();
        let index = index::index(&contributions, &definition.method);
        let method = definition.method.clone();
        Some(Replay { index, contributions, method })
    }

    /// The newest paper that could have moved a rule between two situations.
    fn newest_paper(
        &self,
        rule: usize,
        (from, to): (&Situation, &Situation),
    ) -> Option<String> {
        let arrived = |known| from.as_of.known < known && known <= to.as_of.known;
        let entry = self
            .timeline
            .entries()
            .iter()
            .filter(|entry| arrived(entry.known))
            .filter(|entry| to.book.reads(rule, &[entry.subject.noun()].into()))
            .max_by_key(|entry| (entry.known, entry.paper))?;
        self.path(entry.paper).map(str::to_owned)
    }
}

impl Member {
    /// The paper that last replaced what a rule reads, between two situations; the paper
    /// itself where a person took it back.
    fn correction(
        &self,
        rule: usize,
        (from, to): (&Situation, &Situation),
    ) -> Option<String> {
        let between = |at| from.as_of.corrected < at && at <= to.as_of.corrected;
        let entries = self.timeline.entries();
        let replaced = entries
            .iter()
            .filter(|entry| between(entry.superseded))
            .filter(|entry| to.book.reads(rule, &[entry.subject.noun()].into()))
            .max_by_key(|entry| (entry.superseded, entry.paper))?;
        let by = entries.iter().find(|entry| {
            entry.known == replaced.superseded
                && entry.paper != replaced.paper
                && entry.subject == replaced.subject
        });
        self.path(by.map_or(replaced.paper, |by| by.paper)).map(str::to_owned)
    }
}

fn renumbered(book: &Book, number: usize, numbering: &Book) -> Option<u32> {
    let (rulebook, rule) = book.rule(number)?;
    let same = numbering.number(&rulebook.id, &rule.id);
    u32::try_from(same.unwrap_or(numbering.len() + number)).ok()
}

fn contribution(
    book: &Book,
    (number, dimension): (usize, u8),
    (verdict, day): (&Verdict, Day),
) -> Option<Contribution> {
    let (_, rule) = book.rule(number)?;
    let rule = rule.version_on(day);
    Some(Contribution {
        rule: u32::try_from(number).ok()?,
        dimension,
        weight: rule.weight,
        score: verdict.score,
        critical: critical(rule, verdict.state),
    })
}

/// What a rule's state does to the value as a whole.
fn critical(rule: &Rule, state: State) -> Critical {
    match state {
        _ if rule.severity != Severity::Critical => Critical::Free,
        State::StillOwed | State::Closed => Critical::Caps,
        State::AwaitingEvidence | State::InsufficientEvidence => Critical::MayCap,
        _ => Critical::Free,
    }
}

/// A rule's score as it would be, and whether the rule would then cap the index.
#[derive(Clone, Copy)]
struct Supposed {
    rule: usize,
    score: Option<Score>,
    critical: Critical,
}

/// The index with the verdicts at hand, and the one rule's score replaced.
fn with_score(
    member: &Member,
    book: &Book,
    definition: &IndexDefinition,
    supposed: Option<Supposed>,
) -> Index {
    let day = member.judged_on.unwrap_or(Day::LATEST);
    let contributions: Vec<Contribution> = definition
        .rules
        .iter()
        .filter_map(|(number, dimension)| {
            let verdict = member.verdicts.get(*number)?;
            let mut part = contribution(book, (*number, *dimension), (&verdict, day))?;
            if let Some(supposed) = supposed.filter(|supposed| supposed.rule == *number) {
                part.score = supposed.score;
                part.critical = supposed.critical;
            }
            Some(part)
        })
        .collect();
    index::index(&contributions, &definition.method)
}

/// What an index would gain if a rule were met: tenths of points. `None` outside an index
/// and where readiness is shown.
pub(super) fn gain(member: &Member, book: &Book, number: usize) -> Option<i32> {
    let definition = covering(book, number)?;
    let score = Some(exactly(ONE));
    let met = Supposed { rule: number, score, critical: Critical::Free };
    let now = with_score(member, book, definition, None).value?;
    let then = with_score(member, book, definition, Some(met)).value?;
    Some(shown(then) - shown(now))
}

/// What the end of a finding did to the index: its value, less what it would be if the
/// finding's slot were not met and all else as it is. `None` outside an index.
pub(super) fn effect_of_closing(
    member: &Member,
    situation: &Situation,
    (number, finding): (usize, &Finding),
) -> Option<IndexEffect> {
    let book = &*situation.book;
    let definition = covering(book, number)?;
    let open = still_open(member, situation, (number, finding))?;
    let now = with_score(member, book, definition, None).value;
    let then = with_score(member, book, definition, Some(open)).value;
    Some(match now.zip(then) {
        Some((now, then)) => IndexEffect::Points(shown(now) - shown(then)),
        None => IndexEffect::Readiness,
    })
}

/// The rule as it would be with the finding open.
fn still_open(
    member: &Member,
    situation: &Situation,
    (number, finding): (usize, &Finding),
) -> Option<Supposed> {
    let (_, rule) = situation.book.rule(number)?;
    let rule = rule.version_on(situation.as_of.day);
    if rule.norm.is_standing() {
        // A state scores as it is on the day, so that a broken one scores nothing.
        let critical = critical(rule, State::StillOwed);
        return Some(Supposed { rule: number, score: Some(exactly(0)), critical });
    }
    let mut slots = member.slots(situation, number);
    for slot in slots.iter_mut().filter(|slot| slot.from == finding.key.slot) {
        slot.state = finding.state;
    }
    let verdict = member.verdict_over(situation, number, &slots)?;
    let critical = critical(rule, verdict.state);
    Some(Supposed { rule: number, score: verdict.score, critical })
}

/// The index that covers a rule.
fn covering(book: &Book, number: usize) -> Option<&IndexDefinition> {
    let covers = |definition: &&IndexDefinition| {
        definition.rules.iter().any(|(rule, _)| *rule == number)
    };
    book.indexes().iter().find(covers)
}

fn exactly(score: u32) -> Score {
    Score { value: Some(score), low: score, high: score }
}

/// Computes the indexes from the verdicts just taken; stores those that changed and tells
/// those that moved enough, or that a month has passed over.
pub(super) fn update(
    member: &mut Member,
    book: &Arc<Book>,
    as_of: AsOf,
    occasion: Occasion,
    effects: &mut Vec<Effect>,
) {
    for definition in book.indexes() {
        let index = with_score(member, book, definition, None);
        let last = member.indexes.entry(definition.id.clone()).or_default();
        let told = last.told.clone();
        let window = told.as_ref().map(|told| window(told, &index, as_of, occasion));
        let unchanged = last.current.as_ref().is_some_and(|last| last.index == index);
        let tell = window.as_ref().is_none_or(Option::is_some);
        if unchanged && !tell {
            continue;
        }
        let row = IndexRow {
            organization: member.organization().id.clone(),
            rulebook: definition.id.clone(),
            as_of: as_of.day,
            known: as_of.known,
            index,
            told: tell,
        };
        let now = member.situation(book, as_of);
        if let (Some(told), Some(Some(window))) = (&told, window) {
            let before = situation_of(member, &definition.id, told, &now);
            let delta = member.index_delta(&definition.id, &before, &now);
            let change = tellings::Change { definition, from: told, to: &row, delta };
            tellings::tell_delta(member, book, (&change, window), effects);
        }
        let indexes = member.indexes.entry(definition.id.clone()).or_default();
        indexes.current = Some(row.clone());
        if tell {
            indexes.told = Some(row.clone());
            indexes.told_by = Some(now);
        }
        effects.push(Effect::Index(Box::new(row)));
    }
}

/// Whether every index is as it was, and no letter tells one now.
pub(super) fn stand(member: &Member, book: &Book, as_of: AsOf) -> bool {
    book.indexes().iter().all(|definition| {
        let Some(last) = member.indexes.get(&definition.id) else { return false };
        let (Some(current), Some(told)) = (&last.current, &last.told) else {
            return false;
        };
        let index = with_score(member, book, definition, None);
        current.index == index && window(told, &index, as_of, Occasion::Papers).is_none()
    })
}

/// What a told value was judged by.
fn situation_of(
    member: &Member,
    id: &str,
    told: &IndexRow,
    now: &Situation,
) -> Situation {
    let kept = member.indexes.get(id).and_then(|indexes| indexes.told_by.clone());
    let as_of = AsOf::new(told.as_of, told.known);
    kept.unwrap_or_else(|| Situation { as_of, ..now.clone() })
}

/// The window of the letter that tells a value; `None` when it is not told now.
fn window(
    told: &IndexRow,
    index: &Index,
    as_of: AsOf,
    occasion: Occasion,
) -> Option<String> {
    let (before, now) = (told.index.value.map(shown), index.value.map(shown));
    match occasion {
        Occasion::FirstScan | Occasion::Day { late: true } => None,
        Occasion::Rules if before != now => Some(format!("rules-{}", as_of.day)),
        _ => timing::index_of_day(before, now, as_of.day).or_else(|| {
            let turn = timing::index_of_month(told.as_of, as_of.day);
            turn.filter(|_| before != now).map(|turn| turn.window)
        }),
    }
}
