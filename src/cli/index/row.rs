//! One index of one organization, as a line for people and as an object for programs.

use serde_json::{Value as Json, json};

use crate::calendar::Day;
use crate::cli::words;
use crate::cli::{Context, Output};
use crate::index::{Index, Part, grade, shown};
use crate::plan::{
    IndexDefinition, IndexDelta, LineOfRule, Member, Situation, Standing, Theme, Without,
};
use crate::text::{Language, isolate};

/// One line of what is printed.
#[derive(Debug, Clone)]
pub struct Row {
    pub organization: String,
    pub rulebook: String,
    pub as_of: Day,
    pub index: Index,
    pub dimensions: Vec<String>,
    pub without_waivers: Option<Index>,
    pub themes: Vec<Theme>,
    /// Rules that failed, and are left out.
    pub errors: usize,
    pub delta: Option<IndexDelta>,
}

impl Row {
    /// An index on the day of a situation; `None` when its rules have no such index.
    pub fn of(
        member: &Member,
        definition: &IndexDefinition,
        situation: &Situation,
    ) -> Option<Row> {
        let standing = member.standing(situation, &definition.id)?;
        let Standing { index, without_waivers, themes, errors } = standing;
        Some(Row {
            organization: member.organization().id.clone(),
            rulebook: definition.id.clone(),
            as_of: situation.as_of.day,
            index,
            dimensions: definition.dimensions.clone(),
            without_waivers,
            themes,
            errors,
            delta: None,
        })
    }

    pub fn cells(&self, output: Output) -> Vec<String> {
        let index = &self.index;
        vec![
            self.organization.clone(),
            self.rulebook.clone(),
            self.as_of.to_string(),
            value(output, index.value),
            letter(index.value).unwrap_or_default(),
            format!("{}–{}", words::points(index.low), words::points(index.high)),
            words::percent(index.coverage),
        ]
    }

    pub fn json(&self) -> Json {
        let index = &self.index;
        let dimensions: Vec<Json> = index
            .dimensions
            .iter()
            .zip(&self.dimensions)
            .enumerate()
            .map(|(at, (part, name))| {
                let own = |theme: &&Theme| usize::from(theme.dimension) == at;
                let themes = self.themes.iter().filter(own);
                let themes: Vec<Json> =
                    themes.map(|theme| part_json(&theme.name, &theme.part)).collect();
                let mut object = part_json(name, part);
                if let Some(object) = object.as_object_mut() {
                    object.insert("themes".to_owned(), Json::from(themes));
                }
                object
            })
            .collect();
        let without = self.without_waivers.as_ref();
        json!({
            "organization": self.organization,
            "rulebook": self.rulebook,
            "as_of": self.as_of.to_string(),
            "value": index.value.map(words::points),
            "low": words::points(index.low),
            "high": words::points(index.high),
            "coverage": words::share(index.coverage),
            "grade": letter(index.value),
            "capped": index.capped,
            "without_waivers": without.map(without_json),
            "errors": self.errors,
            "dimensions": dimensions,
            "delta": self.delta.as_ref().map(delta_json),
        })
    }

    /// Its dimensions and themes, and its value without waivers, line by line.
    pub fn print_parts(&self, context: &Context) {
        let output = context.output;
        for (at, (part, name)) in
            self.index.dimensions.iter().zip(&self.dimensions).enumerate()
        {
            output.data(&format!("  {}", part_line(output, name, part)));
            for theme in &self.themes {
                if usize::from(theme.dimension) == at {
                    output.data(&format!(
                        "    {}",
                        part_line(output, &theme.name, &theme.part)
                    ));
                }
            }
        }
    }

    /// What the value would be if nobody were released from anything.
    pub fn print_without_waivers(&self, context: &Context) {
        let Some(without) = &self.without_waivers else { return };
        let output = context.output;
        let value = value(output, without.value);
        let name = &self.organization;
        output.data(&match output.language {
            Language::English => format!("{name}  without its waivers: {value}"),
            Language::Arabic => {
                format!("{}  دون إعفاءاتها: {}", isolate(name), isolate(&value))
            }
        });
    }

    pub fn print_delta(&self, context: &Context) {
        let Some(delta) = &self.delta else { return };
        let total = match (delta.total, delta.without) {
            (Some(total), _) => words::signed(total),
            (None, Some(without)) => without_words(context, without).to_owned(),
            (None, None) => String::new(),
        };
        context
            .output
            .data(&format!("{}  {}  {total}", self.organization, self.rulebook));
        for line in &delta.lines {
            let cause = words::cause(context.output.language, line.cause);
            let rule = rule_name(line).unwrap_or_default();
            let document = line.document.as_deref().unwrap_or_default();
            let line =
                format!("  {}  {cause}  {rule}  {document}", words::signed(line.points));
            context.output.data(line.trim_end());
        }
    }
}

/// A value as shown, or that too little is known for one.
pub fn value(output: Output, value: Option<u32>) -> String {
    let unknown = output.pick("not enough known", "المعلومات لا تكفي");
    value.map_or_else(|| unknown.to_owned(), words::points)
}

/// The grade of a value.
pub fn letter(value: Option<u32>) -> Option<String> {
    value.map(|value| grade(shown(value)).to_string())
}

/// The rule of a line of a delta, with its rulebook.
pub fn rule_name(line: &LineOfRule) -> Option<String> {
    line.rule.as_ref().map(|rule| format!("{}/{}", rule.rulebook, rule.id))
}

fn part_line(output: Output, name: &str, part: &Part) -> String {
    let score = |score: u32| words::points(score.saturating_mul(100));
    let value = part.value.map_or_else(|| value(output, None), score);
    let band = format!("{}–{}", score(part.low), score(part.high));
    match output.language {
        Language::English => format!("{name}: {value} ({band})"),
        Language::Arabic => {
            format!("{}: {} ({})", isolate(name), isolate(&value), isolate(&band))
        }
    }
}

fn part_json(name: &str, part: &Part) -> Json {
    json!({
        "name": name,
        "value": part.value.map(words::share),
        "low": words::share(part.low),
        "high": words::share(part.high),
        "coverage": words::share(part.coverage),
    })
}

fn without_json(index: &Index) -> Json {
    json!({
        "value": index.value.map(words::points),
        "low": words::points(index.low),
        "high": words::points(index.high),
        "coverage": words::share(index.coverage),
        "grade": letter(index.value),
    })
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

fn delta_json(delta: &IndexDelta) -> Json {
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
