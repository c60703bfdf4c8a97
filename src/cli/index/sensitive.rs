//! `mithaq index --sensitivity`: how far each index rests on choices that could be others.

use serde_json::{Value as Json, json};

use super::row::Row;
use crate::cli::listing;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::index::sensitivity;
use crate::index::sensitivity::{Choice, Sensitivity, Spread};
use crate::plan::Situation;
use crate::shell::recall::Looked;
use crate::text::Language;
use crate::timeline::AsOf;

/// One organization's runs in one index.
struct Line {
    organization: String,
    rulebook: String,
    value: Option<u32>,
    found: Sensitivity,
}

/// Runs the indexes of these rows and prints what came of it.
///
/// # Errors
/// None but those of printing.
pub fn run(
    context: &Context,
    looked: &Looked,
    rows: &[Row],
    (seed, runs): (u64, u32),
) -> Result<Exit, Failure> {
    let book = looked.memory.shared_book();
    let mut lines = Vec::new();
    for row in rows {
        let Some(member) = looked.memory.member(&row.organization) else { continue };
        let as_of = AsOf::new(row.as_of, looked.known);
        let situation: Situation = member.situation(&book, as_of);
        let Some((parts, method)) = member.assumed(&situation, &row.rulebook) else {
            continue;
        };
        let found = sensitivity::sensitivity(&parts, &method, (seed, runs));
        lines.extend(found.map(|found| Line {
            organization: row.organization.clone(),
            rulebook: row.rulebook.clone(),
            value: row.index.value,
            found,
        }));
    }
    if context.output.format == Format::Json {
        let lines: Vec<Json> = lines.iter().map(Line::json).collect();
        context.output.json(vec![
            ("sensitivity", json!(lines)),
            ("seed", json!(seed)),
            ("runs", json!(runs)),
        ]);
    } else {
        print(context, &lines);
    }
    Ok(Exit::Done)
}

impl Line {
    fn json(&self) -> Json {
        let found = &self.found;
        let alone: Vec<Json> = found
            .alone
            .iter()
            .map(|(choice, spread)| {
                let mut object = spread_json(spread);
                if let Some(object) = object.as_object_mut() {
                    object.insert("choice".to_owned(), json!(choice.name()));
                }
                object
            })
            .collect();
        json!({
            "organization": self.organization, "rulebook": self.rulebook,
            "value": self.value.map(words::points), "spread": spread_json(&found.spread),
            "alone": alone, "most": found.most.map(Choice::name),
        })
    }
}

fn spread_json(spread: &Spread) -> Json {
    json!({"low": words::points(spread.low), "median": words::points(spread.median),
           "high": words::points(spread.high)})
}

fn print(context: &Context, lines: &[Line]) {
    let output = context.output;
    let heads = match output.language {
        Language::English => {
            ["organization", "index", "value", "median", "5–95%", "moved most by"]
        }
        Language::Arabic => {
            ["المؤسسة", "المؤشر", "القيمة", "الوسيط", "5–95%", "الأكثر تأثيرًا"]
        }
    };
    let mut table = vec![heads.map(str::to_owned).to_vec()];
    for line in lines {
        let Spread { low, median, high } = line.found.spread;
        let nothing = output.pick("nothing", "لا شيء");
        let most =
            line.found.most.map_or(nothing, |choice| named(output.language, choice));
        table.push(vec![
            line.organization.clone(),
            line.rulebook.clone(),
            super::row::value(output, line.value),
            words::points(median),
            format!("{}–{}", words::points(low), words::points(high)),
            most.to_owned(),
        ]);
    }
    for line in listing::columns(&table) {
        output.data(&line);
    }
}

fn named(language: Language, choice: Choice) -> &'static str {
    let [english, arabic] = match choice {
        Choice::Weights => ["the weights", "الأوزان"],
        Choice::Aggregation => ["the kind of mean", "نوع المتوسط"],
        Choice::LateShare => ["what late counts", "احتساب المتأخر"],
        Choice::Unknowns => ["what is not known", "ما ليس معروفًا"],
    };
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}
