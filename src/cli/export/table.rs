//! The tables that are exported: indexes, verdicts, and what moved the indexes.

use serde_json::{Value as Json, json};

use super::{Arguments, Exported};
use crate::cli::index;
use crate::cli::index::row::{Row, letter, rule_name};
use crate::cli::words;
use crate::cli::{Context, Failure};
use crate::plan::Member;
use crate::shell::recall::Looked;
use crate::text::Language;
use crate::timeline::AsOf;

/// Which table.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Index,
    Verdicts,
    Deltas,
}

#[derive(Debug)]
pub struct Table {
    pub what: What,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

/// A column: its name in JSON, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub called: [&'static str; 2],
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// What people wrote; never a formula.
    Text(String),
    /// A word of ours: its name for programs, and what people call it.
    Word {
        name: &'static str,
        called: &'static str,
    },
    /// A decimal number, with its sign.
    Number(String),
    Nothing,
}

impl What {
    pub fn name(self) -> &'static str {
        match self {
            What::Index => "index",
            What::Verdicts => "verdicts",
            What::Deltas => "deltas",
        }
    }

    pub fn called(self, language: Language) -> &'static str {
        let [english, arabic] = match self {
            What::Index => ["Index", "المؤشر"],
            What::Verdicts => ["Verdicts", "النتائج"],
            What::Deltas => ["What moved it", "أسباب التغيّر"],
        };
        match language {
            Language::English => english,
            Language::Arabic => arabic,
        }
    }
}

impl Column {
    pub fn called(self, language: Language) -> &'static str {
        let [english, arabic] = self.called;
        match language {
            Language::English => english,
            Language::Arabic => arabic,
        }
    }
}

impl Cell {
    fn of(number: Option<u32>) -> Cell {
        number.map_or(Cell::Nothing, |number| Cell::Number(words::points(number)))
    }

    /// What people read.
    pub fn shown(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Number(text) => text,
            Cell::Word { called, .. } => called,
            Cell::Nothing => "",
        }
    }

    fn json(&self) -> Json {
        match self {
            Cell::Text(text) | Cell::Number(text) => json!(text),
            Cell::Word { name, .. } => json!(name),
            Cell::Nothing => Json::Null,
        }
    }
}

impl Table {
    pub fn json(&self) -> Json {
        let row = |row: &Vec<Cell>| -> Json {
            let cells = self.columns.iter().zip(row);
            cells.map(|(column, cell)| (column.name.to_owned(), cell.json())).collect()
        };
        self.rows.iter().map(row).collect()
    }
}

/// Reads the network and fills the tables.
///
/// # Errors
/// When there is no network, or it cannot be read.
pub fn gather(context: &Context, arguments: &Arguments) -> Result<Exported, Failure> {
    let found =
        index::found(context, arguments.delta.as_deref(), arguments.by.as_deref())?;
    let index::Found { looked, rows, series, rollups, day } = found;
    let language = context.output.language;
    let name = looked.network.settings.name.clone();
    let asked = context.as_of()?;
    let tables = vec![
        indexes(&looked, &rows, language),
        verdicts(context, &looked, asked),
        deltas(&rows, language),
    ];
    let names = looked.memory.members().map(|member| {
        let organization = member.organization();
        (organization.id.clone(), organization.name.read_in(language).to_owned())
    });
    let names = names.collect();
    Ok(Exported { name, as_of: day, names, rows, tables, series, rollups })
}

const fn column(
    name: &'static str,
    english: &'static str,
    arabic: &'static str,
) -> Column {
    Column { name, called: [english, arabic] }
}

const ORGANIZATION: Column = column("organization", "Organization", "رمز المؤسسة");
const RULEBOOK: Column = column("rulebook", "Rulebook", "مجموعة القواعد");
const RULE: Column = column("rule", "Rule", "القاعدة");

fn indexes(looked: &Looked, rows: &[Row], language: Language) -> Table {
    let columns = vec![
        ORGANIZATION,
        column("name", "Name", "اسم المؤسسة"),
        RULEBOOK,
        column("as_of", "Day", "اليوم"),
        column("value", "Value", "القيمة"),
        column("grade", "Grade", "الدرجة"),
        column("low", "Band from", "أدنى المدى"),
        column("high", "Band to", "أعلى المدى"),
        column("coverage", "Known, %", "التغطية، %"),
        column("without_waivers", "Without waivers", "دون الإعفاءات"),
    ];
    let row = |row: &Row| {
        let member = looked.memory.member(&row.organization);
        let name =
            member.map(|member| member.organization().name.read_in(language).to_owned());
        let coverage = words::percent(row.index.coverage);
        let without = row.without_waivers.as_ref().and_then(|index| index.value);
        vec![
            Cell::Text(row.organization.clone()),
            name.map_or(Cell::Nothing, Cell::Text),
            Cell::Text(row.rulebook.clone()),
            Cell::Text(row.as_of.to_string()),
            Cell::of(row.index.value),
            letter(row.index.value).map_or(Cell::Nothing, Cell::Text),
            Cell::of(Some(row.index.low)),
            Cell::of(Some(row.index.high)),
            Cell::Number(coverage.trim_end_matches('%').to_owned()),
            Cell::of(without),
        ]
    };
    Table { what: What::Index, columns, rows: rows.iter().map(row).collect() }
}

fn verdicts(
    context: &Context,
    looked: &Looked,
    asked: Option<crate::calendar::Day>,
) -> Table {
    let language = context.output.language;
    let columns = vec![
        ORGANIZATION,
        RULEBOOK,
        RULE,
        column("duty", "Duty", "الواجب"),
        column("state", "State", "الحالة"),
        column("score", "Score, %", "النسبة، %"),
        column("next_change", "Next change", "التغيّر القادم"),
    ];
    let now = looked.zones.now(context.clock.now());
    let book = looked.memory.shared_book();
    let mut rows = Vec::new();
    for member in looked.memory.members() {
        let own = now.days.get(&member.organization().zone).copied();
        let day = asked.or(own).unwrap_or(now.day);
        let situation = member.situation(&book, AsOf::new(day, looked.known));
        for (number, rulebook, rule) in book.rules() {
            let Some(verdict) = Member::verdict(member, &situation, number) else {
                continue;
            };
            let duty = match language {
                Language::English => &rule.english,
                Language::Arabic => &rule.arabic,
            };
            let score = verdict.score.and_then(|score| score.value);
            let score = score.map(|score| words::points(score.saturating_mul(100)));
            let next = verdict.next_change.map(|next| next.on.to_string());
            rows.push(vec![
                Cell::Text(member.organization().id.clone()),
                Cell::Text(rulebook.id.clone()),
                Cell::Text(rule.id.clone()),
                Cell::Text(duty.clone()),
                Cell::Word {
                    name: verdict.state.name(),
                    called: words::state(language, verdict.state),
                },
                score.map_or(Cell::Nothing, Cell::Number),
                next.map_or(Cell::Nothing, Cell::Text),
            ]);
        }
    }
    Table { what: What::Verdicts, columns, rows }
}

fn deltas(rows: &[Row], language: Language) -> Table {
    let columns = vec![
        ORGANIZATION,
        RULEBOOK,
        column("cause", "Cause", "السبب"),
        RULE,
        column("document", "Document", "المستند"),
        column("points", "Points", "النقاط"),
    ];
    let mut lines = Vec::new();
    for row in rows {
        let delta = row.delta.iter().flat_map(|delta| &delta.lines);
        lines.extend(delta.map(|line| {
            vec![
                Cell::Text(row.organization.clone()),
                Cell::Text(row.rulebook.clone()),
                Cell::Word {
                    name: line.cause.name(),
                    called: words::cause(language, line.cause),
                },
                rule_name(line).map_or(Cell::Nothing, Cell::Text),
                line.document.clone().map_or(Cell::Nothing, Cell::Text),
                Cell::Number(words::signed(line.points)),
            ]
        }));
    }
    Table { what: What::Deltas, columns, rows: lines }
}
