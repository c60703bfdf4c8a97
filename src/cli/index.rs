//! `mithaq index`: the Governance Index, its history, and what moved it.

use serde_json::{Value as Json, json};

use crate::calendar::Day;
use crate::cli::listing;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::index::{Index, grade, shown};
use crate::plan::{IndexDefinition, IndexDelta, LineOfRule, Member, Situation, Without};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::recall::Looked;
use crate::shell::recall::past::{Mistakes, Past};
use crate::shell::register::Zones;
use crate::shell::store::judgement;
use crate::shell::store::source;
use crate::text::Language;
use crate::timeline::AsOf;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Only this organization
    #[arg(long, value_name = "ORGANIZATION")]
    pub organization: Option<String>,
    /// The series as it was published, instead of the value on the day
    #[arg(long)]
    pub history: bool,
    /// What moved it between two days: 2026-01-01..2026-06-30
    #[arg(long, value_name = "FROM..TO")]
    pub delta: Option<String>,
}

/// One line of what is printed.
struct Row {
    organization: String,
    rulebook: String,
    as_of: Day,
    index: Index,
    dimensions: Vec<String>,
    delta: Option<IndexDelta>,
}

/// Prints indexes.
///
/// # Errors
/// When there is no network, or it cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let range = arguments.delta.as_deref().map(range).transpose()?;
    let (now, known) = (context.clock.now(), context.known()?);
    let network = context.network()?;
    let zones = Zones::of(&network);
    let known_on = |day| clock::end_of_day(day, zones.network()).min(known);
    // Each end of a delta is seen with what was known when its day was over.
    let at = range.map_or(known, |(_, to)| known_on(to));
    let looked = Looked::at(&context.root()?, now, at)?;
    let mut rows = match (arguments.history, range) {
        (true, _) => history(&looked)?,
        (false, None) => computed(context, &looked)?,
        (false, Some((from, to))) => moved(&looked, (from, known_on(from)), (to, at))?,
    };
    if let Some(wanted) = &arguments.organization {
        rows.retain(|row| row.organization == *wanted);
    }
    let unknown = rows.iter().any(|row| row.index.value.is_none());
    print(context, &rows);
    Ok(if unknown { Exit::Undecided } else { Exit::Done })
}

fn history(looked: &Looked) -> Result<Vec<Row>, Error> {
    let Some(rows) = &looked.rows else { return Ok(Vec::new()) };
    let names = |id: &str| {
        let mut indexes = looked.memory.book().indexes().iter();
        indexes.find(|index| index.id == id).map(|index| index.dimensions.clone())
    };
    let published = judgement::indexes(rows)?.into_iter();
    Ok(published
        .map(|row| Row {
            dimensions: names(&row.rulebook).unwrap_or_default(),
            organization: row.organization,
            rulebook: row.rulebook,
            as_of: row.as_of,
            index: row.index,
            delta: None,
        })
        .collect())
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
            rows.extend(row(member, definition, &situation, None));
        }
    }
    Ok(rows)
}

/// The indexes at the later of two days, with what moved them since the earlier one.
fn moved(
    looked: &Looked,
    (from, from_known): (Day, i64),
    (to, to_known): (Day, i64),
) -> Result<Vec<Row>, Error> {
    let book = looked.memory.shared_book();
    let today = (&looked.network, &looked.rules);
    let rows = looked.rows.as_ref();
    let change = rows.map(|rows| source::change_known(rows, from_known)).transpose()?;
    let mut past =
        rows.map(|rows| Past::new(rows, today, &looked.memory, Mistakes::AsWritten));
    let before = AsOf::new(from, from_known);
    let mut moved = Vec::new();
    for member in looked.memory.members() {
        let after = member.situation(&book, AsOf::new(to, to_known));
        let id = &member.organization().id;
        let before = match past.as_mut().zip(change.flatten()) {
            Some((past, change)) => past.situation(id, change, before)?,
            None => Some(member.situation(&book, before)),
        };
        for definition in book.indexes() {
            let delta = match &before {
                Some(before) => member.index_delta(&definition.id, before, &after),
                None => IndexDelta::without(Without::Before),
            };
            moved.extend(row(member, definition, &after, Some(delta)));
        }
    }
    Ok(moved)
}

fn row(
    member: &Member,
    definition: &IndexDefinition,
    situation: &Situation,
    delta: Option<IndexDelta>,
) -> Option<Row> {
    Some(Row {
        organization: member.organization().id.clone(),
        rulebook: definition.id.clone(),
        as_of: situation.as_of.day,
        index: member.index(situation, &definition.id)?,
        dimensions: definition.dimensions.clone(),
        delta,
    })
}

fn rule_name(line: &LineOfRule) -> Option<String> {
    line.rule.as_ref().map(|rule| format!("{}/{}", rule.rulebook, rule.id))
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

fn print(context: &Context, rows: &[Row]) {
    let output = context.output;
    if output.format == Format::Json {
        let index: Vec<Json> = rows.iter().map(to_json).collect();
        output.json(vec![("index", json!(index))]);
        return;
    }
    let language = output.language;
    let heads = match language {
        Language::English => {
            ["organization", "index", "day", "value", "grade", "band", "known"]
        }
        Language::Arabic => {
            ["المؤسسة", "المؤشر", "اليوم", "القيمة", "الدرجة", "المدى", "التغطية"]
        }
    };
    let mut table = vec![heads.map(str::to_owned).to_vec()];
    for row in rows {
        let index = &row.index;
        let unknown = output.pick("not enough known", "المعلومات لا تكفي");
        table.push(vec![
            row.organization.clone(),
            row.rulebook.clone(),
            row.as_of.to_string(),
            index.value.map_or_else(|| unknown.to_owned(), words::points),
            index.value.map_or(String::new(), |value| grade(shown(value)).to_string()),
            format!("{}–{}", words::points(index.low), words::points(index.high)),
            words::percent(index.coverage),
        ]);
    }
    for line in listing::columns(&table) {
        output.data(&line);
    }
    for row in rows {
        print_delta(context, row);
    }
}

fn print_delta(context: &Context, row: &Row) {
    let Some(delta) = &row.delta else { return };
    let total = match (delta.total, delta.without) {
        (Some(total), _) => words::signed(total),
        (None, Some(without)) => without_words(context, without).to_owned(),
        (None, None) => String::new(),
    };
    context.output.data(&format!("{}  {}  {total}", row.organization, row.rulebook));
    for line in &delta.lines {
        let cause = words::cause(context.output.language, line.cause);
        let rule = rule_name(line).unwrap_or_default();
        let document = line.document.as_deref().unwrap_or_default();
        let line =
            format!("  {}  {cause}  {rule}  {document}", words::signed(line.points));
        context.output.data(line.trim_end());
    }
}

/// Why there is no delta.
fn without_words(context: &Context, without: Without) -> &'static str {
    let [english, arabic] = match without {
        Without::Before => {
            ["The index had no value at the start.", "لم تكن للمؤشر قيمة في البداية."]
        }
        Without::After => {
            ["The index has no value at the end.", "ليست للمؤشر قيمة في النهاية."]
        }
        Without::Both => [
            "The index had no value at the start, and has none at the end.",
            "لم تكن للمؤشر قيمة في البداية، وليست له قيمة في النهاية.",
        ],
    };
    context.output.pick(english, arabic)
}

fn to_json(row: &Row) -> Json {
    let index = &row.index;
    let dimensions: Vec<Json> = index
        .dimensions
        .iter()
        .zip(&row.dimensions)
        .map(|(dimension, name)| {
            json!({
                "name": name,
                "value": dimension.value.map(words::share),
                "low": words::share(dimension.low),
                "high": words::share(dimension.high),
                "coverage": words::share(dimension.coverage),
            })
        })
        .collect();
    let delta = row.delta.as_ref().map(delta_to_json);
    json!({
        "organization": row.organization,
        "rulebook": row.rulebook,
        "as_of": row.as_of.to_string(),
        "value": index.value.map(words::points),
        "low": words::points(index.low),
        "high": words::points(index.high),
        "coverage": words::share(index.coverage),
        "grade": index.value.map(|value| grade(shown(value)).to_string()),
        "capped": index.capped,
        "dimensions": dimensions,
        "delta": delta,
    })
}

fn delta_to_json(delta: &IndexDelta) -> Json {
    let causes: Vec<Json> = delta
        .lines
        .iter()
        .map(|line| {
            json!({"cause": line.cause.name(), "rule": rule_name(line),
                   "document": line.document, "points": words::signed(line.points)})
        })
        .collect();
    let without = delta.without.map(|without| match without {
        Without::Before => "before",
        Without::After => "after",
        Without::Both => "both",
    });
    json!({"total": delta.total.map(words::signed), "without_value": without,
           "causes": causes})
}
