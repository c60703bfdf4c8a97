//! `mithaq findings`: what somebody has to act on.

use serde_json::{Value as Json, json};

use crate::cli::listing;
use crate::cli::mail;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::finding::Finding;
use crate::program::{Rule, Severity};
use crate::shell::network;
use crate::shell::network::Whom;
use crate::shell::recall::Looked;
use crate::shell::store::answer;
use crate::shell::store::answer::Answer;
use crate::shell::store::judgement;
use crate::shell::store::judgement::resolution_name;
use crate::text::Language;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Only this organization
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
    /// Also closed ones
    #[arg(long)]
    pub all: bool,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value = "low")]
    pub fail_on: Level,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Low,
    Medium,
    High,
    Critical,
}

/// Lists findings; the exit code tells whether any is open.
///
/// # Errors
/// When there is no network, or it cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let at = (context.clock.now(), context.known()?);
    // What was found is on record, whatever papers say now.
    let looked = Looked::of(&context.root()?, Whom::Nobody, at)?;
    let as_of = context.as_of()?;
    let mut findings = match &looked.rows {
        Some(rows) => {
            let organization = arguments.organization.as_deref();
            judgement::findings_known(rows, organization, looked.known)?
        }
        None => Vec::new(),
    };
    let asked = arguments.organization.as_ref().filter(|_| findings.is_empty());
    if let Some(id) = asked.filter(|id| !network::has(&looked.network.root, id)) {
        return Err(network::nobody(id).into());
    }
    findings.retain(|finding| {
        let opened = as_of.is_none_or(|day| finding.opened <= day);
        opened && (arguments.all || is_open(finding, as_of))
    });
    let shown: Vec<(Finding, Option<&Rule>)> = findings
        .into_iter()
        .map(|finding| {
            let rule = rule_of(&looked, &finding);
            (finding, rule)
        })
        .collect();
    let answers = match &looked.rows {
        Some(rows) => answer::listed(rows, looked.known)?,
        None => Vec::new(),
    };
    print(context, &shown, &answers);
    let act = shown.iter().any(|(finding, rule)| {
        is_open(finding, as_of)
            && level(rule.map(|rule| rule.severity).unwrap_or_default())
                >= arguments.fail_on
    });
    Ok(if act { Exit::Findings } else { Exit::Done })
}

fn is_open(finding: &Finding, as_of: Option<crate::calendar::Day>) -> bool {
    finding.closed.is_none_or(|closed| as_of.is_some_and(|day| closed.on > day))
}

fn rule_of<'l>(looked: &'l Looked, finding: &Finding) -> Option<&'l Rule> {
    let book = looked.memory.book();
    let number = book.number(&finding.key.rulebook, &finding.key.rule)?;
    book.rule(number).map(|(_, rule)| rule)
}

/// The severity of a rule as the command line names it.
pub(crate) fn level(severity: Severity) -> Level {
    match severity {
        Severity::Low => Level::Low,
        Severity::Medium => Level::Medium,
        Severity::High => Level::High,
        Severity::Critical => Level::Critical,
    }
}

fn print(context: &Context, shown: &[(Finding, Option<&Rule>)], answers: &[Answer]) {
    let output = context.output;
    if output.format == Format::Json {
        let findings: Vec<Json> =
            shown.iter().map(|one| to_json(&one.0, one.1, answers)).collect();
        output.json(vec![("findings", json!(findings))]);
        return;
    }
    let heads = match output.language {
        Language::English => {
            ["finding", "organization", "rule", "for", "state", "opened"]
        }
        Language::Arabic => ["الملاحظة", "المؤسسة", "القاعدة", "عن", "الحالة", "فُتحت"],
    };
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for (finding, _) in shown {
        let key = &finding.key;
        rows.push(vec![
            key.short(),
            key.organization.clone(),
            format!("{}/{}", key.rulebook, key.rule),
            format!("{} – {}", key.slot, finding.slot_to),
            words::state(output.language, finding.state).to_owned(),
            finding.opened.to_string(),
        ]);
    }
    for line in listing::columns(&rows) {
        output.data(&line);
    }
    for (finding, _) in shown {
        for answer in answers.iter().filter(|answer| answer.is_about(&finding.key)) {
            output.data(&mail::answers::line(answer, output.language));
        }
    }
}

fn to_json(finding: &Finding, rule: Option<&Rule>, answers: &[Answer]) -> Json {
    let answers = answers.iter().filter(|answer| answer.is_about(&finding.key));
    let answers: Vec<Json> = answers.map(mail::answers::in_json).collect();
    let key = &finding.key;
    let severity = match level(rule.map(|rule| rule.severity).unwrap_or_default()) {
        Level::Low => "low",
        Level::Medium => "medium",
        Level::High => "high",
        Level::Critical => "critical",
    };
    json!({
        "id": key.short(),
        "organization": key.organization,
        "rulebook": key.rulebook,
        "rule": key.rule,
        "slot": {"from": key.slot.to_string(), "to": finding.slot_to.to_string(),
                 "due": finding.due.to_string()},
        "version": finding.version,
        "state": finding.state.name(),
        "still_owed": finding.state == crate::verdict::State::StillOwed,
        "severity": severity,
        "opened": finding.opened.to_string(),
        "closed": finding.closed.map(|closed| closed.on.to_string()),
        "resolution": finding.closed.map(|closed| resolution_name(closed.how)),
        "english": rule.map(|rule| rule.english.clone()),
        "arabic": rule.map(|rule| rule.arabic.clone()),
        "remedy": rule.and_then(|rule| rule.remedy.clone()),
        "answers": answers,
    })
}
