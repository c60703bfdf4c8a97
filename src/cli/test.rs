//! `mithaq test`: the worked cases beside the rules, and what no case shows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::cli::check;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::compile;
use crate::compile::Source;
use crate::diagnostics::{Diagnostic, render};
use crate::limits;
use crate::program::{Program, Rule, Rulebook};
use crate::proof;
use crate::proof::{Case, CaseFile, Gap, Outcome};
use crate::recognise::cues::Cues;
use crate::shell::disk;
use crate::text::{Language, isolate};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Rule files, case files or folders of them; the network's rules unless given
    pub paths: Vec<PathBuf>,
    /// Let a rule that no case shows met, not met and undecided fail too
    #[arg(long)]
    pub strict: bool,
}

/// What the cases file of a folder is called; a rule file of its own has `NAME.cases.md`.
const CASES: &str = "cases.md";

/// Everything that came of a run.
#[derive(Debug)]
struct Proved<'p> {
    cases: Vec<(Case<'p>, Vec<Outcome>)>,
    uncovered: Vec<(&'p Rulebook, &'p Rule, Vec<Gap>)>,
    diagnostics: Vec<Diagnostic>,
}

/// Runs every case and prints what fails and what is not shown.
///
/// # Errors
/// When files cannot be read, or there is no network and none are named.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let (of_cases, of_rules): (Vec<_>, Vec<_>) =
        arguments.paths.iter().cloned().partition(|path| is_case_file(path));
    let beside = of_cases.iter().flat_map(|path| rules_beside(path));
    let of_rules: Vec<PathBuf> = of_rules.into_iter().chain(beside).collect();
    let (files, vocabulary) = check::files(context, &of_rules)?;
    let sources: Vec<Source> =
        files.iter().map(|(_, name, text)| Source::new(name, text)).collect();
    let (program, mut diagnostics) = compile::compile(&sources, &vocabulary);
    diagnostics.retain(Diagnostic::is_error);
    let case_files = case_files(&files, &sources)?;
    let cues = cues(context);
    let (cases, said) = proof::cases(&program, &vocabulary, &case_files);
    diagnostics.extend(said);
    let outcomes = cases.iter().map(|case| case.outcomes(&vocabulary, &cues)).collect();
    let outcomes: Vec<Vec<Outcome>> = outcomes;
    let cases = cases.into_iter().zip(outcomes).collect();
    let proved = proved(&program, cases, diagnostics);
    match context.output.format {
        Format::Json => print_json(context, &proved),
        Format::Human => print_text(context, &proved),
    }
    Ok(proved.exit(arguments.strict))
}

fn proved<'p>(
    program: &'p Program,
    cases: Vec<(Case<'p>, Vec<Outcome>)>,
    diagnostics: Vec<Diagnostic>,
) -> Proved<'p> {
    let uncovered = proof::uncovered(&program.rulebooks, &cases);
    Proved { cases, uncovered, diagnostics }
}

impl Proved<'_> {
    fn exit(&self, strict: bool) -> Exit {
        if !self.diagnostics.is_empty() {
            return Exit::Wrong;
        }
        let failed = self.failed().next().is_some();
        let lacks = strict && !self.uncovered.is_empty();
        if failed || lacks { Exit::Findings } else { Exit::Done }
    }

    fn failed(&self) -> impl Iterator<Item = (&Case<'_>, &Outcome)> {
        self.cases.iter().flat_map(|(case, outcomes)| {
            let failed = outcomes.iter().filter(|outcome| !outcome.holds());
            failed.map(move |outcome| (case, outcome))
        })
    }

    fn passed(&self) -> usize {
        let whole = |outcomes: &[Outcome]| outcomes.iter().all(Outcome::holds);
        self.cases.iter().filter(|(_, outcomes)| whole(outcomes)).count()
    }
}

fn is_case_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// The rule files that a case file is about: its namesake, or all of its folder.
fn rules_beside(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    match name.strip_suffix(".cases.md") {
        Some(stem) => vec![folder.join(format!("{stem}.rules"))],
        None if folder.as_os_str().is_empty() => vec![PathBuf::from(".")],
        None => vec![folder],
    }
}

/// The case files beside rule files, each with the rulebook that it is about.
pub(crate) fn case_files(
    files: &[check::RuleFile],
    sources: &[Source],
) -> Result<Vec<CaseFile>, Failure> {
    let mut found: BTreeMap<PathBuf, (String, String)> = BTreeMap::new();
    for ((path, name, _), source) in files.iter().zip(sources) {
        let own = path.with_extension(CASES);
        let of_folder = path.with_file_name(CASES);
        for case_file in [own, of_folder] {
            let file = case_file.file_name().unwrap_or_default().to_string_lossy();
            let shown = Path::new(name).with_file_name(file.as_ref());
            let shown = shown.display().to_string();
            found.entry(case_file).or_insert((shown, source.rulebook.clone()));
        }
    }
    let mut read = Vec::new();
    for (path, (file, rulebook)) in found {
        let bytes = disk::read_bytes(&path, limits::RULE_FILE_BYTES_MAX)?;
        let Some(bytes) = bytes else { continue };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        read.push(CaseFile { file, rulebook, text });
    }
    Ok(read)
}

/// The signs of papers, those that the network teaches among them.
fn cues(context: &Context) -> Cues {
    let words = context.network().map(|network| network.vocabulary).unwrap_or_default();
    let texts: Vec<&str> = words.values().map(String::as_str).collect();
    Cues::with(&texts)
}

fn print_json(context: &Context, proved: &Proved<'_>) {
    let failed: Vec<Json> =
        proved.failed().map(|(case, outcome)| failure(case, outcome)).collect();
    let uncovered: Vec<Json> = proved
        .uncovered
        .iter()
        .flat_map(|(book, rule, gaps)| gaps.iter().map(move |gap| (book, rule, gap)))
        .map(|(book, rule, gap)| {
            let (name, exception) = gap_name(gap);
            json!({
                "rulebook": book.id, "rule": rule.id, "file": rule.file,
                "line": rule.line, "lacks": name, "exception": exception,
            })
        })
        .collect();
    let language = context.output.language;
    let diagnostics = proved.diagnostics.iter().map(|it| check::diagnostic(it, language));
    context.output.json(vec![
        ("cases", Json::from(proved.cases.len())),
        ("passed", Json::from(proved.passed())),
        ("failed", Json::from(failed)),
        ("uncovered", Json::from(uncovered)),
        ("diagnostics", diagnostics.collect()),
    ]);
}

fn failure(case: &Case<'_>, outcome: &Outcome) -> Json {
    let slot = outcome.slot.map(|slot| {
        json!({
            "from": slot.from.to_string(), "to": slot.to.to_string(),
            "due": slot.due.to_string(),
        })
    });
    json!({
        "rulebook": case.rulebook.id, "rule": case.rule.id,
        "file": case.file, "line": case.line, "text": case.text,
        "on": outcome.claim.on.to_string(), "seen": outcome.claim.seen.to_string(),
        "expected": outcome.claim.state.name(), "state": outcome.state.name(),
        "rule_state": outcome.rule.name(), "slot": slot,
    })
}

fn gap_name(gap: &Gap) -> (&'static str, Option<&str>) {
    match gap {
        Gap::Met => ("met", None),
        Gap::NotMet => ("not_met", None),
        Gap::Undecided => ("undecided", None),
        Gap::NotApplicable => ("not_applicable", None),
        Gap::Exception(name) => ("exception", Some(name)),
    }
}

fn print_text(context: &Context, proved: &Proved<'_>) {
    let output = context.output;
    for said in &proved.diagnostics {
        output.data(&render::text(said, output.language));
    }
    for (case, outcome) in proved.failed() {
        output.data(&format!("{}:{} · {}", case.file, case.line, case.rule.id));
        output.data(&format!("  {}", case.text));
        output.data(&format!("  {}", told(output.language, outcome)));
    }
    for (book, rule, gaps) in &proved.uncovered {
        let gaps: BTreeSet<String> =
            gaps.iter().map(|gap| lacking(output.language, gap)).collect();
        let gaps = gaps.into_iter().collect::<Vec<_>>().join(" ");
        output.data(&format!("{}/{}: {gaps}", book.id, rule.id));
    }
    let (cases, passed) = (proved.cases.len(), proved.passed());
    let (failed, gaps) = (cases - passed, proved.uncovered.len());
    output.note(
        &format!(
            "Cases: {cases}. Passed: {passed}. Failed: {failed}. \
             Rules that are not wholly shown: {gaps}."
        ),
        &format!(
            "الحالات: {cases}. الصحيحة: {passed}. غير الصحيحة: {failed}. \
             القواعد التي لا تبيّنها الحالات كاملة: {gaps}."
        ),
    );
}

/// What was expected and what is, as a sentence.
fn told(language: Language, outcome: &Outcome) -> String {
    let [expected, wanted] = outcome.claim.state.words();
    let (state, rule) =
        (words::state(language, outcome.state), words::state(language, outcome.rule));
    let (on, seen) = (outcome.claim.on, outcome.claim.seen);
    let slot = outcome.slot.map(|slot| (slot.from, slot.to, slot.due));
    match (language, slot) {
        (Language::English, Some((from, to, due))) => format!(
            "On {on}, seen on {seen}: expected {expected}, and it is {state}. The slot \
             runs from {from} to {to} and is due on {due}; the rule as a whole is {rule}."
        ),
        (Language::English, None) => {
            format!("On {on}: expected {expected}, and the rule as a whole is {state}.")
        }
        (Language::Arabic, Some((from, to, due))) => {
            let [on, seen, from, to, due] =
                [on, seen, from, to, due].map(|day| isolate(&day.to_string()));
            format!(
                "في {on} كما تُرى في {seen}: المتوقع «{wanted}» والحالة «{state}». الفترة من \
                 {from} إلى {to} وموعدها {due}، وحالة القاعدة كلها «{rule}»."
            )
        }
        (Language::Arabic, None) => {
            let on = isolate(&on.to_string());
            format!("في {on}: المتوقع «{wanted}» وحالة القاعدة كلها «{state}».")
        }
    }
}

/// What no case shows, as a sentence.
fn lacking(language: Language, gap: &Gap) -> String {
    let (english, arabic) = match gap {
        Gap::Met => ("No case shows it met.", "لا حالة تبيّنها مستوفاة."),
        Gap::NotMet => ("No case shows it not met.", "لا حالة تبيّنها غير مستوفاة."),
        Gap::Undecided => ("No case shows it undecided.", "لا حالة تبيّنها قبل أن تُحسم."),
        Gap::NotApplicable => {
            ("No case shows it not applicable.", "لا حالة تبيّنها غير منطبقة.")
        }
        Gap::Exception(name) => {
            let name = isolate(name);
            return match language {
                Language::English => format!("No case uses the exception “{name}”."),
                Language::Arabic => format!("لا حالة يُستعمل فيها الاستثناء «{name}»."),
            };
        }
    };
    match language {
        Language::English => english.to_owned(),
        Language::Arabic => arabic.to_owned(),
    }
}
