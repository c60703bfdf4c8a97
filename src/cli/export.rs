//! `mithaq export`: indexes, verdicts and deltas for spreadsheets, programs and browsers.

pub mod chart;
pub mod delimited;
pub mod page;
pub mod sheet;
pub mod table;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use self::table::{Table, What};
use crate::cli::index;
use crate::cli::index::row::Row;
use crate::cli::{Context, Exit, Failure};
use crate::shell::Error;
use crate::shell::disk;
use crate::text::Bilingual;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// What is written
    #[arg(value_enum)]
    pub form: Form,
    /// The file to write; printed unless given, but for a workbook
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The one table of a CSV file
    #[arg(long, value_enum, default_value = "index")]
    pub table: What,
    /// What moved the indexes between two days: 2026-01-01..2026-06-30
    #[arg(long, value_name = "FROM..TO")]
    pub delta: Option<String>,
    /// On the page, the quartiles of groups, as with `index --by`
    #[arg(long, value_name = "PATH")]
    pub by: Option<String>,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Csv,
    Xlsx,
    Json,
    Html,
}

/// Everything that can be written.
#[derive(Debug)]
pub struct Exported {
    /// The network's name.
    pub name: Bilingual,
    pub as_of: crate::calendar::Day,
    /// What organizations are called, by their ids.
    pub names: BTreeMap<String, String>,
    pub rows: Vec<Row>,
    pub tables: Vec<Table>,
    /// The series as published.
    pub series: Vec<Row>,
    pub rollups: Vec<index::groups::Rollup>,
}

/// Writes a file, or prints it.
///
/// # Errors
/// When there is no network, it cannot be read, or the file cannot be written.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let language = context.output.language;
    let exported = table::gather(context, arguments)?;
    let bytes = match arguments.form {
        Form::Csv => {
            let wanted = exported.tables.iter().find(|it| it.what == arguments.table);
            wanted.map(|table| delimited::csv(table, language)).unwrap_or_default()
        }
        Form::Xlsx => sheet::workbook(&exported, language)
            .map_err(|error| unwritten(&error.to_string()))?,
        Form::Json => {
            let tables: Vec<(&str, Json)> =
                exported.tables.iter().map(|it| (it.what.name(), it.json())).collect();
            let mut object = serde_json::Map::new();
            object.insert("schema".to_owned(), json!(1));
            object.insert("as_of".to_owned(), json!(exported.as_of.to_string()));
            object.extend(tables.into_iter().map(|(name, it)| (name.to_owned(), it)));
            serde_json::to_vec_pretty(&object).unwrap_or_default()
        }
        Form::Html => page::html(&exported, language).into_bytes(),
    };
    match &arguments.output {
        Some(file) => disk::write_whole(file, &bytes)?,
        None if arguments.form == Form::Xlsx => return Err(nowhere().into()),
        None => context.output.data(&String::from_utf8_lossy(&bytes)),
    }
    Ok(Exit::Done)
}

fn unwritten(why: &str) -> Error {
    Error::report(
        format!("the workbook could not be made: {why}"),
        format!("تعذّر إنشاء المصنّف: {why}"),
    )
}

fn nowhere() -> Error {
    Error::report(
        "a workbook is written into a file: name it with --output",
        "يُكتب المصنّف في ملف: يُذكر اسمه بالخيار --output",
    )
}
