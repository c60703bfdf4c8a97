//! `mithaq index`: the Governance Index, its history, and what moved it.

pub mod compared;
pub mod groups;
pub mod release;
pub mod row;
pub mod sensitive;
mod then;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use self::groups::Rollup;
use self::row::Row;
use self::then::Then;
use crate::calendar::Day;
use crate::cli::listing;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::index::PRACTICE_MIN;
use crate::limits;
use crate::plan::{IndexDelta, Member, Without};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::network;
use crate::shell::network::Whom;
use crate::shell::recall::Looked;
use crate::shell::register::Zones;
use crate::shell::store::judgement;
use crate::text::{Language, isolate};
use crate::timeline::AsOf;

#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub what: Option<release::What>,
    /// Only this organization
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
    /// The series as it was published, instead of the value on the day
    #[arg(long)]
    pub history: bool,
    /// With the history: every value judged again by the rules of today and all known now
    #[arg(long, requires = "history")]
    pub current_method: bool,
    /// What moved it between two days: 2026-01-01..2026-06-30
    #[arg(long, value_name = "FROM..TO")]
    pub delta: Option<String>,
    /// Groups instead of organizations, by type, governorate, jurisdiction, membership or a
    /// type of organization such as federation; several with a slash
    #[arg(long, value_name = "PATH", conflicts_with_all = ["organization", "history", "compare"])]
    pub by: Option<String>,
    /// How far each index rests on weights, the kind of mean, what late counts and the unknown
    #[arg(long, conflicts_with_all = ["history", "delta", "by", "compare"])]
    pub sensitivity: bool,
    /// What the runs are drawn from; the same seed gives the same runs
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "sensitivity")]
    pub seed: u64,
    /// How many runs
    #[arg(long, value_name = "NUMBER", default_value_t = 2000, requires = "sensitivity",
          value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::SENSITIVITY_RUNS_MAX)))]
    pub runs: u32,
    /// Whether the evidence tells these organizations apart
    #[arg(long, value_name = "ORGANIZATION,…", value_delimiter = ',')]
    pub compare: Vec<String>,
}

/// Prints indexes.
///
/// # Errors
/// When there is no network, or it cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    if let Some(what) = &arguments.what {
        return release::run(context, what);
    }
    let range = arguments.delta.as_deref().map(range).transpose()?;
    let (now, known) = (context.clock.now(), context.known()?);
    let root = context.root()?;
    let zones = Zones::of(&network::load_of(&root, Whom::Nobody)?);
    let known_on = |day| clock::end_of_day(day, zones.network()).min(known);
    // Each end of a delta is seen with what was known when its day was over.
    let at = range.map_or(known, |(_, to)| known_on(to));
    let asked =
        arguments.organization.as_deref().filter(|_| arguments.compare.is_empty());
    let looked = Looked::of(&root, Whom::of(asked), (now, at))?;
    if let Some(path) = &arguments.by {
        let before = range.map(|(from, _)| AsOf::new(from, known_on(from)));
        return grouped(context, &looked, path, (before, range.map(|(_, to)| to)));
    }
    let mut rows = match (arguments.history, range) {
        (true, _) if arguments.current_method => by_current_method(&looked)?,
        (true, _) => history(&looked)?,
        (false, None) => computed(context, &looked)?,
        (false, Some((from, to))) => {
            moved(&looked, AsOf::new(from, known_on(from)), (to, at))?
        }
    };
    let compared = &arguments.compare;
    if !arguments.history {
        known_all(&looked, arguments.organization.iter().chain(compared))?;
    }
    rows.retain(|row| {
        let asked = arguments.organization.as_ref();
        asked.is_none_or(|asked| *asked == row.organization)
            && (compared.is_empty() || compared.contains(&row.organization))
    });
    if arguments.sensitivity {
        return sensitive::run(context, &looked, &rows, (arguments.seed, arguments.runs));
    }
    let unknown = rows.iter().any(|row| row.index.value.is_none());
    print(context, arguments, (&rows, &little_practice(context, &looked)?));
    Ok(if unknown { Exit::Undecided } else { Exit::Done })
}

/// What is known of all indexes at once.
#[derive(Debug)]
pub struct Found {
    pub looked: Looked,
    pub rows: Vec<Row>,
    /// The series as published.
    pub series: Vec<Row>,
    pub rollups: Vec<Rollup>,
    pub day: Day,
}

/// The indexes on the day, with what moved them and in groups where that is asked for.
///
/// # Errors
/// When there is no network, it cannot be read, or what is asked for means nothing.
pub fn found(
    context: &Context,
    delta: Option<&str>,
    by: Option<&str>,
) -> Result<Found, Failure> {
    let range = delta.map(range).transpose()?;
    let (now, known) = (context.clock.now(), context.known()?);
    let zones = Zones::of(&context.network()?);
    let known_on = |day| clock::end_of_day(day, zones.network()).min(known);
    let at = range.map_or(known, |(_, to)| known_on(to));
    let looked = Looked::at(&context.root()?, now, at)?;
    let today = looked.zones.now(now).day;
    let day = range.map(|(_, to)| to).or(context.as_of()?).unwrap_or(today);
    let rows = match range {
        None => computed(context, &looked)?,
        Some((from, to)) => moved(&looked, AsOf::new(from, known_on(from)), (to, at))?,
    };
    let rollups = match by {
        None => Vec::new(),
        Some(path) => {
            let levels = groups::levels(&looked, path)?;
            let book = looked.memory.shared_book();
            let situation =
                |member: &Member| member.situation(&book, AsOf::new(day, looked.known));
            groups::rollups(
                (&looked, &book),
                &levels,
                (day, &groups::Earlier::default()),
                &situation,
            )
        }
    };
    let series = history(&looked)?;
    Ok(Found { looked, rows, series, rollups, day })
}

/// Nobody is asked for who is not there.
fn known_all<'a>(
    looked: &Looked,
    mut names: impl Iterator<Item = &'a String>,
) -> Result<(), Error> {
    match names.find(|name| looked.memory.member(name).is_none()) {
        None => Ok(()),
        Some(id) => Err(network::nobody(id)),
    }
}

fn history(looked: &Looked) -> Result<Vec<Row>, Error> {
    let Some(rows) = &looked.rows else { return Ok(Vec::new()) };
    let names = |id: &str| {
        let mut indexes = looked.memory.book().indexes().iter();
        indexes.find(|index| index.id == id).map(|index| index.dimensions.clone())
    };
    let known = looked.known;
    let published = judgement::indexes(rows)?.into_iter();
    let published = published.filter(|row| row.known <= known);
    Ok(published
        .map(|row| Row {
            dimensions: names(&row.rulebook).unwrap_or_default(),
            organization: row.organization,
            rulebook: row.rulebook,
            as_of: row.as_of,
            index: row.index,
            without_waivers: None,
            themes: Vec::new(),
            errors: 0,
            delta: None,
        })
        .collect())
}

/// The days of the published series, judged by what is in force and known now.
fn by_current_method(looked: &Looked) -> Result<Vec<Row>, Error> {
    let Some(rows) = &looked.rows else { return Ok(Vec::new()) };
    let mut days: BTreeSet<(Day, String)> = BTreeSet::new();
    for row in judgement::indexes(rows)? {
        days.insert((row.as_of, row.organization));
    }
    let book = looked.memory.shared_book();
    let mut again = Vec::new();
    for (day, organization) in days {
        let Some(member) = looked.memory.member(&organization) else { continue };
        let situation = member.situation(&book, AsOf::new(day, looked.known));
        let indexes = book.indexes().iter();
        again.extend(indexes.filter_map(|index| Row::of(member, index, &situation)));
    }
    Ok(again)
}

fn computed(context: &Context, looked: &Looked) -> Result<Vec<Row>, Error> {
    let asked = context.as_of()?;
    let now = looked.zones.now(context.clock.now());
    let book = looked.memory.shared_book();
    let mut rows = Vec::new();
    for member in looked.memory.members() {
        let today = now.days.get(&member.organization().zone).copied();
        let as_of = AsOf::new(asked.or(today).unwrap_or(now.day), looked.known);
        let situation = member.situation(&book, as_of);
        for definition in book.indexes() {
            rows.extend(Row::of(member, definition, &situation));
        }
    }
    Ok(rows)
}

/// Groups of organizations on a day, and how they changed since another.
fn grouped(
    context: &Context,
    looked: &Looked,
    path: &str,
    (before, to): (Option<AsOf>, Option<Day>),
) -> Result<Exit, Failure> {
    let levels = groups::levels(looked, path)?;
    let today = looked.zones.now(context.clock.now()).day;
    let day = to.or(context.as_of()?).unwrap_or(today);
    let earlier = before.map(|before| Then::new(looked, before)?.earlier());
    let earlier = earlier.transpose()?.unwrap_or_default();
    let book = looked.memory.shared_book();
    let situation =
        |member: &Member| member.situation(&book, AsOf::new(day, looked.known));
    let rollups = groups::rollups((looked, &book), &levels, (day, &earlier), &situation);
    if context.output.format == Format::Json {
        let groups: Vec<Json> = rollups.iter().flat_map(Rollup::json).collect();
        context.output.json(vec![("groups", json!(groups))]);
    } else {
        for rollup in &rollups {
            rollup.print(context);
        }
    }
    Ok(Exit::Done)
}

/// The indexes at the later of two days, with what moved them since the earlier one.
fn moved(
    looked: &Looked,
    before: AsOf,
    (to, to_known): (Day, i64),
) -> Result<Vec<Row>, Failure> {
    let book = looked.memory.shared_book();
    let earlier = match looked.rows {
        Some(_) if looked.memory.has_counting() => {
            Some(Looked::at(&looked.network.root, looked.known, before.known)?)
        }
        _ => None,
    };
    let mut then = Then::new(looked, before)?;
    let mut moved = Vec::new();
    for member in looked.memory.members() {
        let after = member.situation(&book, AsOf::new(to, to_known));
        // The other members are counted as they were known then.
        let id = &member.organization().id;
        let known = earlier.as_ref().and_then(|earlier| earlier.memory.member(id));
        let before = then.situation(member)?.map(|before| match known {
            Some(known) => before.counting_as(known),
            None => before,
        });
        for definition in book.indexes() {
            let delta = match &before {
                Some(before) => member.index_delta(&definition.id, before, &after),
                None => IndexDelta::without(Without::Before),
            };
            let row = Row::of(member, definition, &after);
            moved.extend(row.map(|row| Row { delta: Some(delta), ..row }));
        }
    }
    Ok(moved)
}

fn range(text: &str) -> Result<(Day, Day), Error> {
    let parts = text.split_once("..");
    let days = parts.and_then(|(from, to)| Some((Day::parse(from)?, Day::parse(to)?)));
    days.filter(|(from, to)| from <= to).ok_or_else(|| {
        Error::report(
            format!("`{text}` is not two days such as 2026-01-01..2026-06-30"),
            format!("«{text}» ليس يومين مثل 2026-01-01..2026-06-30"),
        )
    })
}

/// A dimension in which rules of practice weigh too little.
struct LittlePractice {
    rulebook: String,
    dimension: String,
    share: u32,
}

/// Those of rulebooks that declare dimensions: a single one that nobody named is no claim.
fn little_practice(
    context: &Context,
    looked: &Looked,
) -> Result<Vec<LittlePractice>, Error> {
    let today = looked.zones.now(context.clock.now()).day;
    let (book, day) = (looked.memory.book(), context.as_of()?.unwrap_or(today));
    let declared = book.indexes().iter().filter(|index| !index.title.is_empty());
    let mut little = Vec::new();
    for index in declared {
        for (share, name) in index.practice(book, day).into_iter().zip(&index.dimensions)
        {
            if let Some(share) = share.filter(|share| *share < PRACTICE_MIN) {
                let (rulebook, dimension) = (index.id.clone(), name.clone());
                little.push(LittlePractice { rulebook, dimension, share });
            }
        }
    }
    Ok(little)
}

impl LittlePractice {
    fn print(&self, context: &Context) {
        let (rulebook, dimension) = (&self.rulebook, &self.dimension);
        let share = words::percent(self.share);
        let [in_arabic, book, of] =
            [dimension, rulebook, &share].map(|word| isolate(word));
        context.output.note(
            &format!(
                "{rulebook}: rules of practice weigh {share} of the dimension {dimension}. \
                 Below 60% it can be kept mostly by writing policies."
            ),
            &format!(
                "{book}: تزن قواعد الممارسة {of} من المحور {in_arabic}. وما دون 60% يعني أن \
                 استيفاءه ممكن في معظمه بكتابة السياسات."
            ),
        );
    }
}

fn print(
    context: &Context,
    arguments: &Arguments,
    (rows, little): (&[Row], &[LittlePractice]),
) {
    let output = context.output;
    let pairs = compared::pairs(rows, &arguments.compare);
    if output.format == Format::Json {
        let index: Vec<Json> = rows.iter().map(Row::json).collect();
        let little: Vec<Json> = little
            .iter()
            .map(|it| {
                json!({"rulebook": it.rulebook, "dimension": it.dimension,
                       "practice": words::share(it.share)})
            })
            .collect();
        let pairs: Vec<Json> = pairs.iter().map(compared::Pair::json).collect();
        output.json(vec![
            ("index", json!(index)),
            ("little_practice", json!(little)),
            ("compared", json!(pairs)),
        ]);
        return;
    }
    let heads = match output.language {
        Language::English => {
            ["organization", "index", "day", "value", "grade", "band", "known"]
        }
        Language::Arabic => {
            ["المؤسسة", "المؤشر", "اليوم", "القيمة", "الدرجة", "المدى", "التغطية"]
        }
    };
    let mut table = vec![heads.map(str::to_owned).to_vec()];
    table.extend(rows.iter().map(|row| row.cells(output)));
    for line in listing::columns(&table) {
        output.data(&line);
    }
    for row in rows {
        if arguments.organization.is_some() && !arguments.history {
            row.print_parts(context);
        }
        row.print_without_waivers(context);
        row.print_delta(context);
    }
    for pair in pairs {
        output.data(&pair.line(output));
    }
    for it in little {
        it.print(context);
    }
}
