//! `docs/SEMANTICS.md` names, for each statement, code and a test: both have to be there.

use std::path::Path;

const PAGE: &str = include_str!("../../docs/SEMANTICS.md");

/// The words in backticks of a statement's last brackets.
fn named(statement: &str) -> Vec<&str> {
    let Some((_, brackets)) = statement.rsplit_once(" (`") else { return Vec::new() };
    brackets
        .split('`')
        .filter(|part| part.contains("::") || part.contains(".rs"))
        .collect()
}

#[test]
fn every_statement_names_code_and_a_test_that_are_there() {
    let statements: Vec<&str> =
        PAGE.lines().filter(|line| line.starts_with("- **S-")).collect();
    for (statement, number) in statements.iter().zip(1..) {
        assert!(
            statement.starts_with(&format!("- **S-{number}**")),
            "S-{number} is missing"
        );
        let named = named(statement);
        assert!(
            named.iter().any(|name| !name.contains(".rs")),
            "S-{number} names no test"
        );
        assert!(
            named.iter().any(|name| name.contains(".rs")),
            "S-{number} names no code"
        );
        for name in named {
            let found = match name.split_once("::") {
                _ if name.contains(".rs") => code_is_there(name),
                Some((module, test)) => {
                    holds(&format!("tests/it/{module}.rs"), &format!("fn {test}("))
                }
                None => false,
            };
            assert!(found, "S-{number}: `{name}` is not there");
        }
    }
    assert!(statements.len() >= 37);
}

/// `file.rs` or `file.rs: item, item`.
fn code_is_there(name: &str) -> bool {
    let (file, item) = name.split_once(": ").unwrap_or((name, ""));
    let item = item.rsplit("::").next().unwrap_or_default();
    holds(&format!("src/{file}"), item)
}

fn holds(path: &str, words: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).is_ok_and(|text| text.contains(words))
}
