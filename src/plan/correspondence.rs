//! Who is written to, and the parts that several kinds of letters share: data only, no
//! sentence.

use super::Effect;
use super::book::Book;
use super::member::Member;
use crate::calendar::Day;
use crate::finding::Finding;
use crate::letters::body::{self, Body, Counts, DigestLine, News};
use crate::letters::{Letter, Recipient};
use crate::norm::{Matter, Norm, TermId};
use crate::organization::Person;
use crate::program::{Rule, Rulebook, Severity};
use crate::text::{Bilingual, Language};
use crate::verdict::State;
use crate::vocabulary::Vocabulary;

/// Lines of a summary beyond which only the counts speak.
const SUMMARY_LINES_MAX: usize = 20;
/// A term's canonical phrases.
pub(super) fn phrase(vocabulary: &Vocabulary, term: TermId) -> Bilingual {
    Bilingual::new(
        vocabulary.phrase(term, Language::English),
        vocabulary.phrase(term, Language::Arabic),
    )
}

/// How the rules in force stand.
pub(super) fn counts(member: &Member, book: &Book) -> Counts {
    counts_of(member, book, None)
}

/// The same of one rulebook, or of all.
pub(super) fn counts_of(member: &Member, book: &Book, only: Option<&str>) -> Counts {
    let mut counts = Counts::default();
    let wanted = |rulebook: &Rulebook| only.is_none_or(|only| only == rulebook.id);
    for (number, rulebook, _) in book.rules() {
        if !book.counts(number) || !wanted(rulebook) {
            continue;
        }
        let Some(verdict) = member.verdicts.get(number) else {
            continue;
        };
        let count = match verdict.state {
            State::Met | State::MetInGrace | State::MetLate | State::Explained => {
                &mut counts.met
            }
            State::StillOwed | State::Closed => &mut counts.not_met,
            State::NotYetOpen | State::OnTrack | State::DueSoon | State::InGrace => {
                &mut counts.running
            }
            State::AwaitingEvidence | State::InsufficientEvidence | State::Error => {
                &mut counts.unknown
            }
            State::Waived => &mut counts.waived,
            State::NotApplicable => &mut counts.not_applicable,
        };
        *count += 1;
    }
    counts
}

/// What is not met, gravest first.
pub(super) fn open_lines(member: &Member, book: &Book) -> Vec<DigestLine> {
    open_lines_of(member, book, None)
}

/// The same of one rulebook, or of all.
pub(super) fn open_lines_of(
    member: &Member,
    book: &Book,
    only: Option<&str>,
) -> Vec<DigestLine> {
    let mut open: Vec<(Severity, &Finding, &Rule)> = member
        .findings()
        .filter(|finding| finding.closed.is_none())
        .filter(|finding| only.is_none_or(|only| finding.key.rulebook == only))
        .filter_map(|finding| {
            let number = book.number(&finding.key.rulebook, &finding.key.rule)?;
            let (_, rule) = book.rule(number)?;
            Some((rule.severity, finding, rule))
        })
        .collect();
    open.sort_by_key(|(severity, finding, _)| {
        (std::cmp::Reverse(*severity), finding.due)
    });
    open.truncate(SUMMARY_LINES_MAX);
    open.into_iter()
        .map(|(_, finding, rule)| DigestLine {
            rule: rule.id.clone(),
            text: text_of(rule),
            news: News::StillOwed,
            day: Some(finding.due),
        })
        .collect()
}

/// What a digest says of a rule that is in this state now.
pub(super) fn news(state: State) -> News {
    if state.is_met() {
        News::BecameMet
    } else if state.is_not_met() {
        News::BecameNotMet
    } else {
        News::BecameUnknown
    }
}

pub(super) fn text_of(rule: &Rule) -> Bilingual {
    Bilingual::new(&rule.english, &rule.arabic)
}

pub(super) fn rule_ref(rulebook: &Rulebook, rule: &Rule) -> body::RuleRef {
    body::RuleRef {
        rulebook: rulebook.title.clone(),
        id: rule.id.clone(),
        title: rule.title.clone(),
        text: text_of(rule),
        source: rule.source.clone(),
        remedy: rule.remedy.clone(),
        severity: rule.severity,
    }
}

/// What letters about the day of a duty are known by.
pub(super) fn due_key(rulebook: &str, rule: &str, from: Day) -> String {
    format!("{rulebook}/{rule}/{from}")
}

/// Who answers for a matter: the secretary, or everybody where there is none; the chair and
/// the director as well where it is grave.
pub(super) fn accountable(
    member: &Member,
    severity: Severity,
) -> impl Iterator<Item = &Person> {
    let people = &member.organization().people;
    let has_secretary = people.iter().any(|person| person.role == "secretary");
    people.iter().filter(move |person| match person.role.as_str() {
        "secretary" => true,
        "chair" | "executive_director" | "director" => {
            !has_secretary || severity >= Severity::High
        }
        _ => !has_secretary,
    })
}

pub(super) fn recipient(member: &Member, person: &Person) -> Recipient {
    Recipient {
        organization: member.organization().id.clone(),
        organization_name: member.organization().name.clone(),
        name: person.name.clone(),
        address: person.address.clone(),
        role: person.role.clone(),
        language: person.language,
    }
}

/// Whoever looks after the network, as the reader of a letter about an organization.
pub(super) fn officer(member: &Member) -> Option<Recipient> {
    let officer = member.officer.as_deref()?;
    let people = &member.organization().people;
    // Nobody gets two letters about one thing.
    let own = people.iter().any(|person| person.address == officer.address);
    (!own).then(|| Recipient {
        organization: member.organization().id.clone(),
        organization_name: member.organization().name.clone(),
        ..officer.clone()
    })
}

pub(super) fn push(
    effects: &mut Vec<Effect>,
    to: Recipient,
    (key, window): (&str, &str),
    body: Body,
) {
    effects.push(Effect::Letter(Box::new(Letter {
        to,
        subject_key: key.to_owned(),
        window: window.to_owned(),
        body,
    })));
}

/// What a rule is mainly about: what papers about it would be looked at.
pub(super) fn main_noun(norm: &Norm) -> TermId {
    match norm {
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::Deadline { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. } => what.noun,
        Norm::Order { steps, .. } => {
            steps.first().expect("invariant: an order has a step").noun
        }
        Norm::Whichever { what, .. } | Norm::EachPaper { what, .. } => what.noun,
        Norm::Backed { each, by } => by.first().map_or(each.noun, |one| one.document),
        Norm::Members { norm, .. } | Norm::Lately { norm, .. } => main_noun(norm),
        Norm::All(norms) | Norm::Among { norms, .. } => {
            main_noun(norms.first().expect("invariant: a list has things"))
        }
        Norm::Size { body, .. }
        | Norm::Quorum { body, .. }
        | Norm::BylawsQuorum { body }
        | Norm::SecondCall { body, .. }
        | Norm::Unrelated { body, .. }
        | Norm::Proportion { body, .. } => *body,
        Norm::Contents { document, .. }
        | Norm::Signed { document, .. }
        | Norm::Uptake { document, .. }
        | Norm::EachMember { document, .. } => *document,
        Norm::Incompatible { one, .. } => *one,
        Norm::TermLimit { who, .. } | Norm::Composition { who, .. } => *who,
        Norm::Never { what } | Norm::Free { matter: Matter::Deed(what), .. } => what.noun,
        Norm::Free { matter: Matter::Duty(norm), .. } | Norm::Guarded { norm, .. } => {
            main_noun(norm)
        }
        // No paper tells of it: an attribute stands for the matter.
        Norm::Outside { who: condition } | Norm::Holds(condition) => {
            condition.attributes().first().copied().unwrap_or(TermId(u16::MAX))
        }
    }
}
