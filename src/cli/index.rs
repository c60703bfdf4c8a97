//! `mithaq index`: the Governance Index, its history, and what moved it.

use serde_json::{Value as Json, json};

use crate::calendar::Day;
use crate::cli::listing;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::index::{Index, grade, shown};
use crate::plan::{Book, IndexDefinition, IndexDelta, Member};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::recall::Looked;
use crate::shell::store::judgement;
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
    delta: Option<(IndexDelta, Vec<Option<String>>)>,
}

/// Prints indexes.
///
/// # Errors
/// When there is no network, or it cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let looked = Looked::at(&context.root()?, context.clock.now())?;
    let mut rows = if arguments.history {
        history(&looked)?
    } else {
        computed(context, &looked, arguments)?
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

fn computed(
    context: &Context,
    looked: &Looked,
    arguments: &Arguments,
) -> Result<Vec<Row>, Error> {
    let range = arguments.delta.as_deref().map(range).transpose()?;
    let known = context.known()?;
    let now = looked.zones.now(context.clock.now());
    let asked = range.map(|(_, to)| to).or(context.as_of()?);
    let mut rows = Vec::new();
    for member in looked.memory.members() {
        let today = now.days.get(&member.organization().zone).copied();
        let day = asked.or(today).unwrap_or(now.day);
        for definition in looked.memory.book().indexes() {
            let to = AsOf { day, known, corrected: known };
            let from = range.map(|(from, _)| {
                let known = clock::end_of_day(from, looked.zones.network()).min(known);
                AsOf { day: from, known, corrected: known }
            });
            rows.extend(row(looked, member, definition, from, to));
        }
    }
    Ok(rows)
}

fn row(
    looked: &Looked,
    member: &Member,
    definition: &IndexDefinition,
    from: Option<AsOf>,
    to: AsOf,
) -> Option<Row> {
    let book = looked.memory.shared_book();
    let after = member.situation(&book, to);
    let delta = from.map(|from| {
        let delta =
            member.index_delta(&definition.id, &member.situation(&book, from), &after);
        let rules = delta.lines.iter().map(|line| rule_name(&book, line.rule)).collect();
        (delta, rules)
    });
    Some(Row {
        organization: member.organization().id.clone(),
        rulebook: definition.id.clone(),
        as_of: to.day,
        index: member.index(&after, &definition.id)?,
        dimensions: definition.dimensions.clone(),
        delta,
    })
}

fn rule_name(book: &Book, number: Option<usize>) -> Option<String> {
    let (rulebook, rule) = book.rule(number?)?;
    Some(format!("{}/{}", rulebook.id, rule.id))
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
    let Some((delta, rules)) = &row.delta else { return };
    let total = delta.total.map(words::signed).unwrap_or_default();
    context.output.data(&format!("{}  {}  {total}", row.organization, row.rulebook));
    for (line, rule) in delta.lines.iter().zip(rules) {
        let cause = words::cause(context.output.language, line.cause);
        let rule = rule.as_deref().unwrap_or_default();
        let document = line.document.as_deref().unwrap_or_default();
        let line =
            format!("  {}  {cause}  {rule}  {document}", words::signed(line.points));
        context.output.data(line.trim_end());
    }
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
    let delta = row.delta.as_ref().map(|(delta, rules)| delta_to_json(delta, rules));
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

fn delta_to_json(delta: &IndexDelta, rules: &[Option<String>]) -> Json {
    let causes: Vec<Json> = delta
        .lines
        .iter()
        .zip(rules)
        .map(|(line, rule)| {
            json!({"cause": line.cause.name(), "rule": rule, "document": line.document,
                   "points": words::signed(line.points)})
        })
        .collect();
    json!({"total": delta.total.map(words::signed), "causes": causes})
}
