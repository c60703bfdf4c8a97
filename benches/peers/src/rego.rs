//! GOV-25 in Rego, by regorus' interpreter.

use crate::facts;
use crate::workload::{A, AM, AQ, AY, Org};
use crate::{ASKED, Row};
use regorus::Value;

const RULES: &str = include_str!("../rules/gov25.rego");

pub struct Engine {
    engine: regorus::Engine,
    inputs: Vec<Value>,
}

impl Engine {
    pub fn load(orgs: &[Org]) -> Engine {
        let mut engine = regorus::Engine::new();
        engine.add_policy("gov25.rego".into(), RULES.into()).expect("the rules are Rego");
        let day = format!(r#"{{"t":{{"a":{A},"am":{AM},"aq":{AQ},"ay":{AY}}}}}"#);
        engine.add_data_json(&day).expect("the day is JSON");
        let inputs = orgs.iter().map(input).collect();
        Engine { engine, inputs }
    }

    pub fn verdicts(&mut self) -> Vec<Row> {
        let Engine { engine, inputs } = self;
        let one = |input: &Value| {
            engine.set_input(input.clone());
            let result = engine.eval_rule("data.gov.result".into()).expect("a result");
            let said = result.as_array().expect("a list");
            let mut row = [u8::MAX; ASKED.len()];
            for (verdict, said) in row.iter_mut().zip(said.iter()) {
                *verdict = said.as_u8().expect("a verdict");
            }
            row
        };
        inputs.iter().map(one).collect()
    }
}

fn input(org: &Org) -> Value {
    let mut text = format!(r#"{{"kind":"{}""#, facts::kind(org));
    for (name, number) in facts::numbers(org) {
        text.push_str(&format!(r#","{name}":{number}"#));
    }
    for (name, so) in facts::flags(org) {
        text.push_str(&format!(r#","{name}":{so}"#));
    }
    let events = facts::events(org).map(|(kind, events)| {
        let events: Vec<String> = events
            .iter()
            .map(|event| {
                let values = facts::values(event)
                    .map(|(it, number)| format!(r#""{it}":{number}"#));
                format!("{{{}}}", values.join(","))
            })
            .collect();
        format!(r#""{kind}":[{}]"#, events.join(","))
    });
    let events: Vec<String> = events.collect();
    text.push_str(&format!(r#","ev":{{{}}}}}"#, events.join(",")));
    Value::from_json_str(&text).expect("the facts are JSON")
}
