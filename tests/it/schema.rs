//! The JSON of the commands against `docs/schema`, on the sample network.

use std::path::{Path, PathBuf};

use serde_json::Value;

#[test]
fn every_schema_is_a_schema() {
    let names = schema_names();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        let schema = schema(&name);
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!("{name}: {error}");
        }
        assert_eq!(schema["properties"]["schema"]["const"], 1, "{name}");
    }
}

fn schema_names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".schema.json").map(str::to_owned))
        .collect();
    names.sort();
    names
}

fn schema(name: &str) -> Value {
    let path = folder().join(format!("{name}.schema.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")
}
