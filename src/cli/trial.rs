//! `mithaq try`: what changed rules would do to the organizations as the store knows them.
//!
//! Nothing is stored and nothing is sent: the rules are put into a memory of the network
//! that is thrown away afterwards.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::calendar::Day;
use crate::cli::check;
use crate::cli::mail;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::compile;
use crate::compile::Source;
use crate::diagnostics::{Diagnostic, render};
use crate::index::{Index, grade, shown};
use crate::letters;
use crate::letters::Letter;
use crate::limits;
use crate::plan;
use crate::plan::{Book, Effect, Input, Member, Situation};
use crate::program::{Program, Rule};
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
}

/// A rule that is not what it was.
struct Changed {
    rulebook: String,
    rule: String,
    how: &'static str,
    read: [String; 2],
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

/// An index that would be another one.
struct Move {
    organization: String,
    rulebook: String,
    as_of: Day,
    before: Option<Index>,
    after: Option<Index>,
    /// Tenths of points; `None` where an end has no value.
    points: Option<i32>,
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
    let changed = changes(&looked.rules.program, &program);
    let (old, new) = (looked.memory.shared_book(), Arc::new(Book::new(program.clone())));
    let today = looked.zones.now(now);
    let asked = context.as_of()?;
    let (mut flips, mut moves) = (Vec::new(), Vec::new());
    for member in looked.memory.members() {
        let own = today.days.get(&member.organization().zone).copied();
        let as_of = AsOf::new(asked.or(own).unwrap_or(today.day), now);
        let from = since.filter(|since| *since < as_of.day).unwrap_or(as_of.day);
        flips.extend(flips_of(member, (&old, &new), (from, as_of)));
        moves.extend(moves_of(member, (&old, &new), as_of));
    }
    let letters = letters(&mut looked, program, &today);
    let tried = Tried { changed, flips, moves, letters };
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

fn changes(before: &Program, after: &Program) -> Vec<Changed> {
    let find = |program: &Program, book: &str, id: &str| -> Option<Rule> {
        let book = program.rulebooks.iter().find(|one| one.id == book)?;
        book.rules.iter().find(|rule| rule.id == id).cloned()
    };
    let mut changed = Vec::new();
    let mut tell = |rulebook: &str, rule: &Rule, how| {
        changed.push(Changed {
            rulebook: rulebook.to_owned(),
            rule: rule.id.clone(),
            how,
            read: [rule.english.clone(), rule.arabic.clone()],
        });
    };
    for book in &after.rulebooks {
        for rule in &book.rules {
            match find(before, &book.id, &rule.id) {
                None => tell(&book.id, rule, "added"),
                Some(old) if old.meaning != rule.meaning => {
                    tell(&book.id, rule, "changed");
                }
                Some(old) if old.status != rule.status => tell(&book.id, rule, "changed"),
                Some(_) => {}
            }
        }
    }
    for book in &before.rulebooks {
        for rule in &book.rules {
            if find(after, &book.id, &rule.id).is_none() {
                tell(&book.id, rule, "removed");
            }
        }
    }
    changed
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

fn moves_of(
    member: &Member,
    (old, new): (&Arc<Book>, &Arc<Book>),
    as_of: AsOf,
) -> Vec<Move> {
    let situations: [Situation; 2] = [old, new].map(|book| member.situation(book, as_of));
    let [from, to] = &situations;
    let ids: BTreeSet<&str> = [old, new]
        .into_iter()
        .flat_map(|book| book.indexes().iter().map(|index| index.id.as_str()))
        .collect();
    let mut moves = Vec::new();
    for id in ids {
        let (before, after) = (member.index(from, id), member.index(to, id));
        if before == after {
            continue;
        }
        moves.push(Move {
            organization: member.organization().id.clone(),
            rulebook: id.to_owned(),
            as_of: as_of.day,
            points: member.index_delta(id, from, to).total,
            before,
            after,
        });
    }
    moves
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
    flips: Vec<Flip>,
    moves: Vec<Move>,
    letters: Vec<Letter>,
}

impl Tried {
    fn print_json(&self, context: &Context, looked: &Looked) {
        let sender = register::sender(&looked.network, &looked.zones);
        let changed: Vec<Json> = self
            .changed
            .iter()
            .map(|it| {
                let [english, arabic] = &it.read;
                json!({"rulebook": it.rulebook, "rule": it.rule, "change": it.how,
                       "english": english, "arabic": arabic})
            })
            .collect();
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
        let moves: Vec<Json> = self.moves.iter().map(move_json).collect();
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
            ("flips", Json::from(flips)),
            ("index", Json::from(moves)),
            ("letters", Json::from(letters)),
        ]);
    }

    fn print_changed(&self, context: &Context) {
        let output = context.output;
        for it in &self.changed {
            let [english, arabic] = &it.read;
            output.data(&match output.language {
                Language::English => {
                    format!("{}/{}  {}: {english}", it.rulebook, it.rule, it.how)
                }
                Language::Arabic => {
                    let rule = isolate(&format!("{}/{}", it.rulebook, it.rule));
                    let how = match it.how {
                        "added" => "أُضيفت",
                        "removed" => "حُذفت",
                        _ => "تغيّرت",
                    };
                    format!("{rule}  {how}: {arabic}")
                }
            });
        }
    }

    fn print_text(&self, context: &Context) {
        self.print_changed(context);
        let output = context.output;
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
            let unknown = output.pick("not enough known", "المعلومات لا تكفي");
            let value = |index: &Option<Index>| {
                let value = index.as_ref().and_then(|index| index.value);
                value.map_or_else(|| unknown.to_owned(), words::points)
            };
            let (before, after) = (value(&it.before), value(&it.after));
            output.data(&match output.language {
                Language::English => {
                    format!("{}  {}  {before} → {after}", it.organization, it.rulebook)
                }
                Language::Arabic => {
                    let [organization, rulebook, before, after] =
                        [&it.organization, &it.rulebook, &before, &after]
                            .map(|word| isolate(word));
                    format!("{organization}  {rulebook}  {before} ← {after}")
                }
            });
        }
        for letter in &self.letters {
            let why = mail::why(letter.kind().code());
            let why = why.read_in(output.language);
            output.data(&format!("{}  {why}", letter.to.address));
        }
        let counts =
            [self.changed.len(), self.flips.len(), self.moves.len(), self.letters.len()];
        let [rules, flips, moves, letters] = counts;
        output.note(
            &format!(
                "Rules changed: {rules}. Other states: {flips}. Other indexes: {moves}. \
                 Letters: {letters}. Nothing was stored or sent."
            ),
            &format!(
                "القواعد المتغيرة: {rules}. الحالات المتغيرة: {flips}. المؤشرات المتغيرة: \
                 {moves}. الرسائل: {letters}. لم يُحفظ شيء ولم يُرسل شيء."
            ),
        );
    }
}

fn move_json(it: &Move) -> Json {
    let index = |index: &Option<Index>| {
        index.as_ref().map(|index| {
            json!({
                "value": index.value.map(words::points),
                "low": words::points(index.low), "high": words::points(index.high),
                "coverage": words::share(index.coverage),
                "grade": index.value.map(|value| grade(shown(value)).to_string()),
            })
        })
    };
    json!({
        "organization": it.organization, "rulebook": it.rulebook,
        "as_of": it.as_of.to_string(), "before": index(&it.before),
        "after": index(&it.after), "points": it.points.map(words::signed),
    })
}
