//! `mithaq try`: what changed rules would do to the organizations as the store knows them.
//!
//! Nothing is stored and nothing is sent: the rules are put into a memory of the network
//! that is thrown away afterwards.

pub mod changed;
pub mod groups;
pub mod moved;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use self::changed::{Changed, Method};
use self::groups::Compared;
use self::moved::Move;
use crate::calendar::Day;
use crate::cli::check;
use crate::cli::index;
use crate::cli::mail;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::compile;
use crate::compile::Source;
use crate::diagnostics::{Diagnostic, render};
use crate::letters;
use crate::letters::Letter;
use crate::letters::token::TokenKey;
use crate::limits;
use crate::plan;
use crate::plan::{Book, Effect, Input, Member};
use crate::program::Program;
use crate::shell::Error;
use crate::shell::recall::Looked;
use crate::shell::register;
use crate::text::{Language, isolate};
use crate::timeline::AsOf;
use crate::verdict::State;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Rule files or folders of them, in place of the network's rulebooks of those names
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Look at every day from this one on, not at the day judged alone
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// What would become of groups too, as with `index --by`
    #[arg(long, value_name = "PATH")]
    pub by: Option<String>,
}

/// A state that would be another one.
struct Flip {
    organization: String,
    rulebook: String,
    rule: String,
    on: Day,
    before: Option<State>,
    after: Option<State>,
}

/// Compares the organizations under both sets of rules.
///
/// # Errors
/// When there is no network, it cannot be read, or the files cannot.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let now = context.clock.now();
    let since = arguments.since.as_deref().map(day).transpose()?;
    // What the last pass saw is what the new rules are compared with, so that a file may be
    // tried where it stands.
    let known = context.known()?.min(now - 1);
    let mut looked = Looked::at(&context.root()?, now, known)?;
    let (program, diagnostics) = tried(context, arguments, &looked)?;
    if !diagnostics.is_empty() {
        for said in &diagnostics {
            context.output.error_line(&render::text(said, context.output.language));
        }
        return Ok(Exit::Wrong);
    }
    let changed = changed::rules(&looked.rules.program, &program);
    let (old, new) = (looked.memory.shared_book(), Arc::new(Book::new(program.clone())));
    let methods = changed::methods(&old, &new);
    let today = looked.zones.now(now);
    let asked = context.as_of()?;
    let (mut flips, mut moves) = (Vec::new(), Vec::new());
    for member in looked.memory.members() {
        let own = today.days.get(&member.organization().zone).copied();
        let as_of = AsOf::new(asked.or(own).unwrap_or(today.day), now);
        let from = since.filter(|since| *since < as_of.day).unwrap_or(as_of.day);
        flips.extend(flips_of(member, (&old, &new), (from, as_of)));
        moves.extend(moved::moves(member, (&old, &new), as_of));
    }
    let as_of = AsOf::new(asked.unwrap_or(today.day), now);
    let groups = match &arguments.by {
        Some(path) => groups_of(&looked, path, (&old, &new), as_of)?,
        None => Vec::new(),
    };
    let letters = letters(&mut looked, program, &today);
    let tried = Tried { changed, methods, flips, moves, groups, letters };
    match context.output.format {
        Format::Json => tried.print_json(context, &looked),
        Format::Human => tried.print_text(context),
    }
    Ok(Exit::Done)
}

fn day(text: &str) -> Result<Day, Error> {
    Day::parse(text).ok_or_else(|| {
        Error::report(
            format!("`{text}` is not a date such as 2026-11-21"),
            format!("«{text}» ليس تاريخًا مثل 2026-11-21"),
        )
    })
}

/// The network's program with the files in place of its rulebooks of the same names, and
/// what is wrong in those files.
fn tried(
    context: &Context,
    arguments: &Arguments,
    looked: &Looked,
) -> Result<(Program, Vec<Diagnostic>), Failure> {
    let (files, _) = check::files(context, &arguments.paths)?;
    let new: Vec<Source> =
        files.iter().map(|(_, name, text)| Source::new(name, text)).collect();
    let names: BTreeSet<&str> = new.iter().map(|one| one.rulebook.as_str()).collect();
    let of_network = looked.network.rules.iter();
    let kept = of_network.map(|(file, text)| Source::new(file, text));
    let kept = kept.filter(|source| !names.contains(source.rulebook.as_str()));
    let sources: Vec<Source> = kept.chain(new.iter().cloned()).collect();
    let (program, mut diagnostics) = compile::compile(&sources, &looked.rules.vocabulary);
    diagnostics.retain(|said| {
        said.is_error() && new.iter().any(|source| source.file == said.place.file)
    });
    Ok((program, diagnostics))
}

/// The states that differ, on each day from the first one on which either of them changes.
fn flips_of(
    member: &Member,
    (old, new): (&Arc<Book>, &Arc<Book>),
    (from, as_of): (Day, AsOf),
) -> Vec<Flip> {
    let of = |book: &Arc<Book>| -> BTreeSet<(String, String)> {
        let rules = book.rules();
        rules.map(|(_, rulebook, rule)| (rulebook.id.clone(), rule.id.clone())).collect()
    };
    let mut flips = Vec::new();
    for (rulebook, rule) in of(old).union(&of(new)) {
        let numbers = [old, new].map(|book| book.number(rulebook, rule));
        let (mut day, mut last) = (from, None);
        for _ in 0..limits::TRIED_DAYS_MAX {
            let verdict = |book: &Arc<Book>, number: Option<usize>| {
                let situation = member.situation(book, AsOf { day, ..as_of });
                number.and_then(|number| member.verdict(&situation, number))
            };
            let [of_old, of_new] = numbers;
            let (before, after) = (verdict(old, of_old), verdict(new, of_new));
            let states = (before.map(|it| it.state), after.map(|it| it.state));
            if states.0 != states.1 && last != Some(states) {
                flips.push(Flip {
                    organization: member.organization().id.clone(),
                    rulebook: rulebook.clone(),
                    rule: rule.clone(),
                    on: day,
                    before: states.0,
                    after: states.1,
                });
            }
            last = Some(states);
            let again = [before, after].into_iter().flatten();
            let next = again.filter_map(|verdict| verdict.judge_again).min();
            match next.filter(|next| day < *next && *next <= as_of.day) {
                Some(next) => day = next,
                None => break,
            }
        }
    }
    flips
}

/// The groups of a path by both sets of rules, on one day for everybody.
fn groups_of(
    looked: &Looked,
    path: &str,
    (old, new): (&Arc<Book>, &Arc<Book>),
    as_of: AsOf,
) -> Result<Vec<Compared>, Error> {
    let levels = index::groups::levels(looked, path)?;
    let [before, after] = [old, new].map(|book| {
        let situation = |member: &Member| member.situation(book, as_of);
        let day = (as_of.day, &index::groups::Earlier::default());
        index::groups::rollups((looked, book), &levels, day, &situation)
    });
    Ok(groups::compared(before, after))
}

/// The letters that a pass would write because of the new rules.
fn letters(looked: &mut Looked, program: Program, now: &plan::Now) -> Vec<Letter> {
    let memory = &mut looked.memory;
    let mut effects = plan::step(memory, vec![Input::Rules(Box::new(program))], now);
    let waiting = memory.take_rejudged().into_iter();
    let inputs = waiting.map(|organization| Input::RulesChanged { organization });
    effects.extend(plan::step(memory, inputs.collect(), now));
    let letters = effects.into_iter().filter_map(|effect| match effect {
        Effect::Letter(letter) => Some(*letter),
        _ => None,
    });
    letters.collect()
}

/// Everything that would follow.
struct Tried {
    changed: Vec<Changed>,
    methods: Vec<Method>,
    flips: Vec<Flip>,
    moves: Vec<Move>,
    groups: Vec<Compared>,
    letters: Vec<Letter>,
}

impl Tried {
    fn print_json(&self, context: &Context, looked: &Looked) {
        let sender =
            register::sender(&looked.network, &looked.zones, TokenKey::default());
        let changed: Vec<Json> = self.changed.iter().map(Changed::json).collect();
        let methods: Vec<Json> = self.methods.iter().map(Method::json).collect();
        let groups: Vec<Json> = self.groups.iter().flat_map(Compared::json).collect();
        let state = |state: Option<State>| state.map(State::name);
        let flips: Vec<Json> = self
            .flips
            .iter()
            .map(|it| {
                json!({"organization": it.organization, "rulebook": it.rulebook,
                       "rule": it.rule, "on": it.on.to_string(),
                       "before": state(it.before), "after": state(it.after)})
            })
            .collect();
        let moves: Vec<Json> = self.moves.iter().map(Move::json).collect();
        let letters: Vec<Json> = self
            .letters
            .iter()
            .map(|letter| {
                let rendered = letters::render(letter, &sender, context.clock.now()).ok();
                let kind = letter.kind().code();
                json!({"to": letter.to.address, "organization": letter.to.organization,
                       "kind": kind, "subject": rendered.map(|it| it.subject),
                       "why": mail::why(kind).read_in(context.output.language)})
            })
            .collect();
        context.output.json(vec![
            ("changed", Json::from(changed)),
            ("methods", Json::from(methods)),
            ("flips", Json::from(flips)),
            ("index", Json::from(moves)),
            ("groups", Json::from(groups)),
            ("letters", Json::from(letters)),
        ]);
    }

    fn print_text(&self, context: &Context) {
        let output = context.output;
        for it in &self.changed {
            it.print(output);
        }
        for it in &self.methods {
            it.print(output);
        }
        let nothing = output.pick("no such rule", "لا توجد القاعدة");
        let state = |state: Option<State>| {
            state.map_or(nothing, |state| words::state(output.language, state))
        };
        for it in &self.flips {
            let rule = isolate(&format!("{}/{}", it.rulebook, it.rule));
            let (before, after) = (state(it.before), state(it.after));
            output.data(&match output.language {
                Language::English => format!(
                    "{}  {}/{}  {}: {before} → {after}",
                    it.organization, it.rulebook, it.rule, it.on
                ),
                Language::Arabic => {
                    let on = isolate(&it.on.to_string());
                    format!(
                        "{}  {rule}  {on}: {before} ← {after}",
                        isolate(&it.organization)
                    )
                }
            });
        }
        for it in &self.moves {
            it.print(output);
        }
        for it in &self.groups {
            it.print(output);
        }
        for letter in &self.letters {
            let why = mail::why(letter.kind().code());
            let why = why.read_in(output.language);
            output.data(&format!("{}  {why}", letter.to.address));
        }
        self.print_counts(context);
    }

    fn print_counts(&self, context: &Context) {
        let (rules, methods) = (self.changed.len(), self.methods.len());
        let (flips, moves, letters) =
            (self.flips.len(), self.moves.len(), self.letters.len());
        context.output.note(
            &format!(
                "Rules changed: {rules}. Choices changed, of rulebooks and indexes: {methods}. \
                 Other states: {flips}. Other indexes: {moves}. Letters: {letters}. Nothing was \
                 stored or sent."
            ),
            &format!(
                "القواعد المتغيرة: {rules}. الخيارات المتغيرة لمجموعات القواعد ومؤشراتها: \
                 {methods}. الحالات المتغيرة: {flips}. المؤشرات المتغيرة: {moves}. الرسائل: \
                 {letters}. لم يُحفظ شيء ولم يُرسل شيء."
            ),
        );
    }
}
