//! GOV-25 in CEL: one program a line, each result a variable of the next ones.

use std::collections::HashMap;
use std::sync::Arc;

use crate::facts;
use crate::workload::{A, AM, AQ, AY, Org};
use crate::{ASKED, Row};
use cel::{Context, Env, Program, Value};

const RULES: &str = include_str!("../rules/gov25.cel");

pub struct Engine {
    env: Arc<Env>,
    programs: Vec<(String, Program)>,
    inputs: Vec<[(&'static str, Value); 2]>,
}

impl Engine {
    pub fn load(orgs: &[Org]) -> Engine {
        let env = Arc::new(Env::stdlib());
        let lines = RULES.lines().filter(|line| !line.starts_with('#'));
        let programs =
            lines.filter_map(|line| line.split_once(" := ")).map(|(name, text)| {
                (name.to_owned(), env.compile(text).expect("the rules are CEL"))
            });
        let programs = programs.collect();
        Engine { programs, inputs: orgs.iter().map(input).collect(), env }
    }

    pub fn verdicts(&self) -> Vec<Row> {
        self.inputs.iter().map(|input| self.one(input)).collect()
    }

    fn one(&self, input: &[(&'static str, Value)]) -> Row {
        let mut context = Context::with_env(Arc::clone(&self.env));
        context.add_function("distinct", distinct).expect("a free name");
        for (name, number) in [("A", A), ("AM", AM), ("AQ", AQ), ("AY", AY)] {
            context.add_variable_from_value(name, i64::from(number));
        }
        for (name, value) in input {
            context.add_variable_from_value(*name, value.clone());
        }
        let mut row = [u8::MAX; ASKED.len()];
        for (name, program) in &self.programs {
            let value = program.execute(&context).expect("a result");
            let rule = name.strip_prefix('r').and_then(|number| number.parse().ok());
            let place =
                rule.and_then(|rule: usize| ASKED.iter().position(|it| *it == rule));
            if let (Some(place), Value::Int(verdict)) = (place, &value) {
                row[place] = u8::try_from(*verdict).unwrap_or(u8::MAX);
            }
            context.add_variable_from_value(name.clone(), value);
        }
        row
    }
}

/// How many different numbers a list has: CEL itself has no such function.
fn distinct(list: Arc<Vec<Value>>) -> i64 {
    let mut numbers: Vec<i64> = list
        .iter()
        .filter_map(|value| match value {
            Value::Int(number) => Some(*number),
            _ => None,
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len() as i64
}

fn input(org: &Org) -> [(&'static str, Value); 2] {
    let mut own: HashMap<&str, Value> = HashMap::new();
    own.insert("kind", facts::kind(org).into());
    for (name, number) in facts::numbers(org) {
        own.insert(name, i64::from(number).into());
    }
    for (name, so) in facts::flags(org) {
        own.insert(name, so.into());
    }
    let mut all: HashMap<&str, Value> = HashMap::new();
    for (kind, events) in facts::events(org) {
        let one = |event| -> HashMap<&str, Value> {
            let values = facts::values(event).into_iter();
            values.map(|(name, number)| (name, i64::from(number).into())).collect()
        };
        let events: Vec<HashMap<&str, Value>> = events.iter().map(one).collect();
        all.insert(kind, events.into());
    }
    [("o", own.into()), ("ev", all.into())]
}
