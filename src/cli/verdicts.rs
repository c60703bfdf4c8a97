//! `mithaq verdicts`: the state of every rule for every organization on a day.
//! `mithaq why`: one of them, with everything it rests on.

use serde_json::{Value as Json, json};

use crate::cli::correct;
use crate::cli::findings::{Level, level};
use crate::cli::forget;
use crate::cli::listing;
use crate::cli::mail;
use crate::cli::reason;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::finding::FindingKey;
use crate::plan::evidence;
use crate::plan::explanation::Explanation;
use crate::plan::{Member, Situation};
use crate::program::{BrokenRule, Rule, Rulebook};
use crate::shell::Error;
use crate::shell::network;
use crate::shell::network::Whom;
use crate::shell::recall::Looked;
use crate::shell::store::answer;
use crate::shell::store::answer::Answer;
use crate::shell::store::correction::{Correction, Corrections};
use crate::shell::store::forgotten;
use crate::shell::store::forgotten::Forgotten;
use crate::shell::store::horizon::Horizon;
use crate::shell::store::judgement::finality_name;
use crate::text::Language;
use crate::timeline::{AsOf, Paper};
use crate::verdict::{Finality, Score, Slot, State, Verdict};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Only this organization
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
    /// Only this rule: its id, or rulebook/id
    #[arg(long, value_name = "RULE")]
    pub rule: Option<String>,
    /// The least severity of a rule not met that makes the exit code 1
    #[arg(long, value_enum, default_value = "low")]
    pub fail_on: Level,
}

#[derive(clap::Args, Debug)]
pub struct Why {
    /// The organization's id: its folder's name
    pub organization: String,
    /// The rule's id, or rulebook/id
    pub rule: String,
}

/// A verdict with everything that belongs to it.
#[derive(Debug)]
pub struct Told<'l> {
    pub organization: &'l str,
    pub rulebook: &'l Rulebook,
    pub rule: &'l Rule,
    pub verdict: Verdict,
    pub slots: Vec<Slot>,
    /// For each slot the names of those on whom it depends.
    pub people: Vec<Vec<String>>,
    pub member: &'l Member,
    /// What it was judged by, and the rule's number in it.
    pub situation: Situation,
    pub number: usize,
    pub as_of: AsOf,
    pub corrections: &'l Corrections,
}

impl Told<'_> {
    /// What people stated of a paper that it rests on.
    pub(super) fn corrected(&self, paper: &Paper) -> &[Correction] {
        self.corrections.of(self.organization, paper.sha256)
    }
}

/// Lists verdicts.
///
/// # Errors
/// When there is no network, or it cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let (organization, rule) =
        (arguments.organization.as_deref(), arguments.rule.as_deref());
    let at = (context.clock.now(), context.known()?);
    let looked = Looked::of(&context.root()?, Whom::of(organization), at)?;
    let told = verdicts(context, &looked, organization, rule)?;
    let broken = broken(&looked, organization, rule);
    if let Some(id) = organization.filter(|id| !network::has(&looked.network.root, id)) {
        return Err(network::nobody(id).into());
    }
    if context.output.format == Format::Json {
        let verdicts = told.iter().map(to_json).chain(broken.iter().map(broken_to_json));
        context.output.json(vec![("verdicts", json!(verdicts.collect::<Vec<Json>>()))]);
    } else {
        print(context, &told, &broken);
    }
    let acts = told.iter().any(|told| {
        told.verdict.state.is_not_met() && level(told.rule.severity) >= arguments.fail_on
    });
    Ok(match undecided(&told) {
        _ if acts => Exit::Findings,
        Exit::Done if !broken.is_empty() => Exit::Undecided,
        exit => exit,
    })
}

/// The rules that could not be read, for each organization: their state is *error*, which
/// no other state hides.
fn broken<'l>(
    looked: &'l Looked,
    organization: Option<&str>,
    rule: Option<&str>,
) -> Vec<(&'l str, &'l Rulebook, &'l BrokenRule)> {
    let members = looked.memory.members().map(|member| member.organization().id.as_str());
    members
        .filter(|id| organization.is_none_or(|wanted| wanted == *id))
        .flat_map(|id| {
            let rulebooks = looked.memory.book().program().rulebooks.iter();
            rulebooks
                .flat_map(move |book| book.broken.iter().map(move |one| (id, book, one)))
        })
        .filter(|(_, book, one)| {
            rule.is_none_or(|wanted| {
                wanted == one.id || wanted == format!("{}/{}", book.id, one.id)
            })
        })
        .collect()
}

fn broken_to_json(
    (organization, rulebook, rule): &(&str, &Rulebook, &BrokenRule),
) -> Json {
    let [english, arabic] = words::unread_rule(&rule.file, rule.line);
    json!({
        "organization": organization,
        "rulebook": rulebook.id,
        "rule": rule.id,
        "state": State::Error.name(),
        "upcoming": null,
        "underlying": null,
        "finality": finality_name(Finality::ByRule),
        "score": null,
        "slots": [],
        "next_change": null,
        "reason": {"english": english, "arabic": arabic, "written": rule.text,
                   "around": [], "source": null, "remedy": null, "slots": []},
    })
}

/// Explains one verdict.
///
/// # Errors
/// When there is no such organization or rule.
pub fn why(context: &Context, arguments: &Why) -> Result<Exit, Failure> {
    let (organization, rule) = (&arguments.organization, &arguments.rule);
    let at = (context.clock.now(), context.known()?);
    let looked = Looked::of(&context.root()?, Whom::One(organization), at)?;
    let told = verdicts(context, &looked, Some(organization), Some(rule))?;
    if told.is_empty() {
        return Err(Failure::Error(Error::report(
            format!("there is no organization `{organization}` with a rule `{rule}`"),
            format!("لا توجد مؤسسة باسم «{organization}» تنطبق عليها قاعدة باسم «{rule}»"),
        )));
    }
    let (answers, forgotten) = match &looked.rows {
        Some(rows) => (
            answer::listed(rows, looked.known)?,
            forgotten::of_organization(rows, organization, &Horizon::NOW)?,
        ),
        None => Default::default(),
    };
    if context.output.format == Format::Json {
        let verdicts = told.iter().map(|one| {
            let mut json = explained_to_json(one, &explained(one));
            if let Some(json) = json.as_object_mut() {
                let answers = about(one, &answers).map(mail::answers::in_json);
                json.insert("answers".to_owned(), answers.collect());
                let gone = missed(one, &forgotten).map(forget::to_json);
                json.insert("forgotten".to_owned(), gone.collect());
            }
            json
        });
        context.output.json(vec![("verdicts", json!(verdicts.collect::<Vec<Json>>()))]);
        return Ok(undecided(&told));
    }
    for one in &told {
        for line in reason::lines(context.output.language, one, &explained(one)) {
            context.output.data(&line);
        }
        for answer in about(one, &answers) {
            context.output.data(&mail::answers::line(answer, context.output.language));
        }
        for gone in missed(one, &forgotten) {
            context.output.data(&forget::line(context.output.language, gone));
        }
    }
    Ok(undecided(&told))
}

/// The erased papers that may have been evidence for a verdict.
fn missed<'f>(
    told: &Told<'_>,
    forgotten: &'f [Forgotten],
) -> impl Iterator<Item = &'f Forgotten> {
    let (member, situation, number) = (told.member, &told.situation, told.number);
    forgotten.iter().filter(move |it| member.may_miss(situation, number, it.sha256))
}

/// What was answered to letters about any slot of a verdict.
fn about<'a>(told: &Told<'_>, all: &'a [Answer]) -> impl Iterator<Item = &'a Answer> {
    let key = |slot: &Slot| FindingKey {
        organization: told.organization.to_owned(),
        rulebook: told.rulebook.id.clone(),
        rule: told.rule.id.clone(),
        slot: slot.from,
    };
    let keys: Vec<FindingKey> = told.slots.iter().map(key).collect();
    all.iter().filter(move |answer| keys.iter().any(|key| answer.is_about(key)))
}

/// Every slot of a verdict explained.
fn explained(told: &Told<'_>) -> Vec<Explanation> {
    let explain = |slot| told.member.explain(&told.situation, told.number, slot);
    told.slots.iter().map(explain).collect()
}

/// The verdicts asked for, by organization and in the order of the rules.
fn verdicts<'l>(
    context: &Context,
    looked: &'l Looked,
    organization: Option<&str>,
    rule: Option<&str>,
) -> Result<Vec<Told<'l>>, Failure> {
    let (day, known) = (context.as_of()?, context.known()?);
    let now = looked.zones.now(context.clock.now());
    let book = looked.memory.book();
    let mut told = Vec::new();
    for member in looked.memory.members() {
        let id = member.organization().id.as_str();
        if organization.is_some_and(|wanted| wanted != id) {
            continue;
        }
        let today = now.days.get(&member.organization().zone).copied();
        let as_of =
            AsOf { day: day.or(today).unwrap_or(now.day), known, corrected: known };
        let situation = member.situation(&looked.memory.shared_book(), as_of);
        for (number, rulebook, one) in book.rules() {
            let named = |wanted: &str| {
                wanted == one.id || wanted == format!("{}/{}", rulebook.id, one.id)
            };
            if rule.is_some_and(|wanted| !named(wanted)) {
                continue;
            }
            if let Some(verdict) = member.verdict(&situation, number) {
                let slots = member.slots(&situation, number);
                let people = slots
                    .iter()
                    .map(|slot| member.people(&situation, number, slot))
                    .collect();
                let rule = one;
                let organization = id;
                told.push(Told {
                    organization,
                    rulebook,
                    rule,
                    verdict,
                    slots,
                    people,
                    member,
                    situation: situation.clone(),
                    number,
                    as_of,
                    corrections: &looked.corrections,
                });
            }
        }
    }
    Ok(told)
}

fn undecided(told: &[Told<'_>]) -> Exit {
    let unclear = |told: &Told<'_>| {
        matches!(told.verdict.state, State::Error | State::InsufficientEvidence)
    };
    if told.iter().any(unclear) { Exit::Undecided } else { Exit::Done }
}

fn print(
    context: &Context,
    told: &[Told<'_>],
    broken: &[(&str, &Rulebook, &BrokenRule)],
) {
    let language = context.output.language;
    let heads = match language {
        Language::English => ["organization", "rule", "state", "next change"],
        Language::Arabic => ["المؤسسة", "القاعدة", "النتيجة", "التغيّر القادم"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for one in told {
        let next = one.verdict.next_change.map(|next| {
            let state = words::state(language, next.state);
            format!("{}: {state}", next.on)
        });
        rows.push(vec![
            one.organization.to_owned(),
            format!("{}/{}", one.rulebook.id, one.rule.id),
            words::state(language, one.verdict.state).to_owned(),
            next.unwrap_or_default(),
        ]);
    }
    for (organization, rulebook, rule) in broken {
        rows.push(vec![
            (*organization).to_owned(),
            format!("{}/{}", rulebook.id, rule.id),
            words::state(language, State::Error).to_owned(),
            String::new(),
        ]);
    }
    for line in listing::columns(&rows) {
        context.output.data(&line);
    }
}

/// A verdict in the JSON of `docs/schema/verdicts.schema.json`.
pub fn to_json(told: &Told<'_>) -> Json {
    explained_to_json(told, &[])
}

fn explained_to_json(told: &Told<'_>, explained: &[Explanation]) -> Json {
    let verdict = &told.verdict;
    let slots: Vec<Json> =
        told.slots.iter().map(|slot| slot_to_json(told, slot)).collect();
    let next = verdict.next_change.map(|next| {
        json!({"on": next.on.to_string(), "state": next.state.name(),
               "slot": next.slot.to_string(),
               "why": crate::shell::store::judgement::breakpoint_name(next.why)})
    });
    json!({
        "organization": told.organization,
        "rulebook": told.rulebook.id,
        "rule": told.rule.id,
        "state": verdict.state.name(),
        "upcoming": verdict.upcoming.map(State::name),
        "underlying": verdict.underlying.map(State::name),
        "finality": finality_name(verdict.finality),
        "score": verdict.score.and_then(|score: Score| score.value).map(words::share),
        "slots": slots,
        "next_change": next,
        "reason": reason::to_json(told, explained),
    })
}

fn slot_to_json(told: &Told<'_>, slot: &Slot) -> Json {
    let timeline = told.member.timeline();
    let evidence = evidence::of_slot(told.member, &told.situation, told.number, slot);
    let evidence: Vec<Json> = evidence
        .iter()
        .map(|one| {
            json!({"document": one.paper.sha256.to_string(), "path": one.paper.path,
                   "fact": one.fact, "date": one.entry.day.to_string(),
                   "contradicted": timeline.is_contradicted(one.entry, told.as_of),
                   "counts": one.counts.name(),
                   "corrections": told.corrected(one.paper).iter()
                       .map(correct::to_json).collect::<Vec<Json>>()})
        })
        .collect();
    json!({
        "from": slot.from.to_string(),
        "to": slot.to.to_string(),
        "due": slot.due.to_string(),
        "grace_end": slot.grace_end.to_string(),
        "lag_end": slot.lag_end.to_string(),
        "state": slot.state.name(),
        "still_owed": slot.state == State::StillOwed,
        "evidence": evidence,
    })
}
