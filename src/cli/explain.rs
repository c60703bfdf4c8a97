//! `mithaq explain`: a rule read back with its choices and a worked timeline, or the page
//! of a code.

use serde_json::{Value as Json, json};

use crate::calendar::{Day, MonthCounting, Span};
use crate::cli::{Context, Exit, Failure, Format};
use crate::compile;
use crate::compile::Source;
use crate::diagnostics::catalogue;
use crate::diagnostics::render;
use crate::judge;
use crate::judge::{Duty, Profile, View};
use crate::lexicon::unit;
use crate::program::{Program, Rule, Rulebook};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::recall;
use crate::shell::rules::Rules;
use crate::text::{isolate, key};
use crate::timeline::{AsOf, Folder, Timeline};
use crate::verdict::Slot;
use crate::vocabulary;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// A rule's id, rulebook/id, a sentence, or a code such as G-101
    pub subject: String,
}

/// Explains a code, a rule of the network, or a sentence.
///
/// # Errors
/// When the subject is none of these, or the network cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let subject = arguments.subject.trim();
    if let Some(page) = catalogue::page(subject) {
        print_page(context, page);
        return Ok(Exit::Done);
    }
    let (now, known) = (context.clock.now(), context.known()?);
    let root = context.root().ok();
    let network = root.and_then(|root| recall::written_at(&root, now, known).ok());
    let program = network.map(|network| Rules::of(&network).program).unwrap_or_default();
    if let Some((rulebook, rule)) = find(&program, subject) {
        return explain(context, rulebook, rule);
    }
    let source = Source::new("sentence", subject);
    let (program, diagnostics) = compile::compile(&[source], &vocabulary::standard());
    let rulebook = program.rulebooks.first();
    if let Some((rulebook, rule)) =
        rulebook.and_then(|book| Some((book, book.rules.first()?)))
    {
        return explain(context, rulebook, rule);
    }
    if subject.contains(' ') {
        for said in &diagnostics {
            context.output.error_line(&render::text(said, context.output.language));
        }
        return Ok(Exit::Wrong);
    }
    Err(Error::report(
        format!("there is no rule and no code “{subject}”"),
        format!("لا توجد قاعدة ولا رمز باسم «{subject}»"),
    )
    .into())
}

fn find<'p>(program: &'p Program, subject: &str) -> Option<(&'p Rulebook, &'p Rule)> {
    let wanted = key(subject);
    let all = program
        .rulebooks
        .iter()
        .flat_map(|book| book.rules.iter().map(move |r| (book, r)));
    let mut named = all.filter(|(book, rule)| {
        key(&rule.id) == wanted || key(&format!("{}/{}", book.id, rule.id)) == wanted
    });
    named.next()
}

fn explain(context: &Context, rulebook: &Rulebook, rule: &Rule) -> Result<Exit, Failure> {
    let known = context.known()?;
    let today = clock::day_in(known, &jiff::tz::TimeZone::UTC);
    let day = context.as_of()?.unwrap_or(today);
    let readings = readings(rulebook, rule);
    let slots = timeline(rulebook, rule, day, known);
    match context.output.format {
        Format::Json => {
            let timeline: Vec<Json> = slots.iter().map(slot).collect();
            let said: Vec<Json> = readings
                .iter()
                .map(|[english, arabic]| json!({"english": english, "arabic": arabic}))
                .collect();
            context.output.json(vec![
                ("english", json!(rule.english)),
                ("arabic", json!(rule.arabic)),
                ("meaning", json!(rule.meaning)),
                ("readings", json!(said)),
                ("timeline", json!(timeline)),
            ]);
        }
        Format::Human => print_text(context, rule, &readings, &slots),
    }
    Ok(Exit::Done)
}

/// The choices that the rule rests on and its sentence does not show.
fn readings(rulebook: &Rulebook, rule: &Rule) -> Vec<[String; 2]> {
    let [lag, taakhur] = unit::span_alone(rulebook.lag);
    let mut readings = rule.around.clone();
    readings.extend(rule.gives_way_to.iter().map(|other| {
        let id = format!("{}/{}", other.rulebook, other.rule);
        [format!("It gives way to {id}."), format!("تتقدّم عليها {}.", isolate(&id))]
    }));
    readings.push([
        format!("Evidence may arrive {lag} late."),
        format!("قد تتأخر الأدلة مدة أقصاها {taakhur}."),
    ]);
    readings.push(match rule.grace {
        Span::Days(0) => [
            "There is no grace after the due day.".to_owned(),
            "لا توجد مهلة سماح بعد الموعد.".to_owned(),
        ],
        grace => {
            let [grace, muhla] = unit::span_alone(grace);
            [
                format!("The grace after the due day is {grace}."),
                format!("مهلة السماح بعد الموعد {muhla}."),
            ]
        }
    });
    let [months, ashhur] = match rulebook.months {
        MonthCounting::ToMonthEnd => [
            "Months are counted to the month end: 30 June and 4 months make 31 October.",
            "تُحسب الأشهر إلى نهاية الشهر: 30 حزيران وأربعة أشهر تعطي 31 تشرين الأول.",
        ],
        MonthCounting::ByDate => [
            "Months are counted by date: 30 June and 4 months make 30 October.",
            "تُحسب الأشهر بالتاريخ: 30 حزيران وأربعة أشهر تعطي 30 تشرين الأول.",
        ],
    };
    readings.push([months.to_owned(), ashhur.to_owned()]);
    readings
}

/// The slots of an organization whose fiscal year is the calendar year and which belongs
/// since the January before last; no papers are looked at.
fn timeline(rulebook: &Rulebook, rule: &Rule, day: Day, known: i64) -> Vec<Slot> {
    let start = Day::from_ymd(day.year() - 1, 1, 1);
    let jurisdiction = rule.jurisdictions.first().cloned();
    let profile = Profile { start, jurisdiction, ..Profile::default() };
    // A healthy folder, so that what answers a breach shows its days too.
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(known), unhealthy: None };
    let view = View::new(&profile, &timeline, AsOf::new(day, known));
    judge::slots(&Duty::of(rulebook, rule), &view)
}

fn slot(slot: &Slot) -> Json {
    json!({
        "slot": format!("{}..{}", slot.from, slot.to),
        "opens": slot.opens.to_string(),
        "due": slot.due.to_string(),
        "grace_end": slot.grace_end.to_string(),
        "lag_end": slot.lag_end.to_string(),
    })
}

fn print_text(context: &Context, rule: &Rule, readings: &[[String; 2]], slots: &[Slot]) {
    let output = context.output;
    output.data(&rule.english);
    output.data(&rule.arabic);
    for [english, arabic] in readings {
        output.data(&format!("  · {}", output.pick(english, arabic)));
    }
    for slot in slots {
        let (from, to, due) = (slot.from, slot.to, slot.due);
        let (grace, lag) = (slot.grace_end, slot.lag_end);
        output.data(output.pick(
            &format!("  {from} to {to}: due {due}, grace until {grace}, evidence until {lag}"),
            &format!("  من {from} إلى {to}: الموعد {due}، والمهلة حتى {grace}، والأدلة حتى {lag}"),
        ));
    }
}

fn print_page(context: &Context, page: &catalogue::Page) {
    let output = context.output;
    let [english, arabic] = page.text;
    match output.format {
        Format::Json => output.json(vec![
            ("code", json!(page.code)),
            ("english", json!(english)),
            ("arabic", json!(arabic)),
        ]),
        Format::Human => {
            output.data(page.code);
            output.data(output.pick(english, arabic));
        }
    }
}
