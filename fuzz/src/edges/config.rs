//! Configuration files: each gives a value or problems, never both, each at a line of it.

use mithaq::config::Problem;
use mithaq::config::calendars;
use mithaq::config::network;
use mithaq::config::organization;
use mithaq::config::waivers;
use mithaq::limits;

/// The first line names the file.
pub(super) fn try_with(input: &[u8]) {
    let (name, bytes) = super::named(input);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let problems = match name.as_str() {
        "mithaq.toml" => network::read(&name, text).err(),
        "organization.toml" => organization::read(&name, text).err(),
        "waivers.toml" => waivers::read(&name, text).err(),
        _ => calendars::read(&name, text).err(),
    };
    if let Some(problems) = problems {
        are_told(&problems, text);
    }
}

fn are_told(problems: &[Problem], text: &str) {
    assert!(!problems.is_empty(), "refused, and nothing is said");
    assert!(problems.len() <= limits::CONFIG_PROBLEMS_MAX + 1);
    let lines = text.split('\n').count();
    for problem in problems {
        assert!(problem.line as usize <= lines, "{problem:?}");
        assert!(!problem.english.is_empty() && !problem.arabic.is_empty());
    }
}
