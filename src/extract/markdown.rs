//! Markdown: front matter apart, headings known, marks of emphasis and links' targets gone.
//!
//! Line numbers stay those of the file, so that a passage can be found again.

use super::lines::Lines;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use crate::limits;

/// The text of a Markdown file.
pub(super) fn read(source: &str) -> Result<Text, Problem> {
    let source = source.trim_start_matches('\u{feff}');
    let all: Vec<&str> = source.lines().collect();
    let (front_matter, body_from) = front_matter(&all);
    let mut lines = Lines::default();
    let mut fenced = false;
    for (index, &line) in all.iter().enumerate().skip(body_from) {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
            lines.push("", None, index + 1, Role::Text)?;
            continue;
        }
        let underlined = !bare.is_empty()
            && all.get(index + 1).is_some_and(|next| is_underline(next.trim()));
        let (role, text) = role_of(bare, underlined && !fenced);
        lines.push(&inline(text), None, index + 1, role)?;
    }
    Ok(Text { lines: lines.lines, front_matter, ..Text::default() })
}

/// `key: value` lines between two `---` (YAML) or `+++` (TOML) at the very start; and the
/// index of the first line of the body. A list or a nested table is kept as its key with
/// the values joined by commas.
fn front_matter(all: &[&str]) -> (Vec<(String, String)>, usize) {
    let Some(fence) = all.first().map(|line| line.trim()) else { return (Vec::new(), 0) };
    let closes = |line: &&&str| line.trim() == fence;
    let end =
        all.iter().skip(1).take(limits::PROPERTIES_MAX).position(|line| closes(&line));
    let (true, Some(end)) = (fence == "---" || fence == "+++", end) else {
        return (Vec::new(), 0);
    };
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in all.iter().skip(1).take(end) {
        let bare = line.trim();
        let separator = if fence == "+++" { '=' } else { ':' };
        let indented = line.starts_with([' ', '\t', '-']);
        match (bare.split_once(separator), indented, entries.last_mut()) {
            (Some((key, value)), false, _) => {
                entries.push((key.trim().to_lowercase(), unquote(value.trim())));
            }
            (_, true, Some((_, last))) if !bare.is_empty() => {
                if !last.is_empty() {
                    last.push_str(", ");
                }
                last.push_str(&unquote(bare.trim_start_matches("- ")));
            }
            _ => {}
        }
    }
    (entries, end + 2)
}

fn unquote(value: &str) -> String {
    value.trim_matches(['"', '\'', '[', ']']).trim().to_owned()
}

fn is_underline(line: &str) -> bool {
    line.len() >= 3 && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'))
}

/// What a line is, and its words without the mark that says so.
fn role_of(bare: &str, underlined: bool) -> (Role, &str) {
    if underlined {
        return (Role::Heading(1), bare);
    }
    if is_underline(bare) {
        return (Role::Text, "");
    }
    let words = bare.trim_start_matches('#');
    let depth = bare.len() - words.len();
    if (1..=6).contains(&depth) {
        let depth = u8::try_from(depth).unwrap_or(6);
        return (Role::Heading(depth), words.trim().trim_end_matches('#').trim_end());
    }
    let item = ["- ", "* ", "+ ", "• ", ":   "].iter().find_map(|m| bare.strip_prefix(m));
    match item.map(str::trim_start) {
        None => (Role::Text, bare),
        Some(item) => match item.strip_prefix("[ ]") {
            Some(words) => (Role::Unticked, words.trim_start()),
            None => match item.strip_prefix("[x]").or_else(|| item.strip_prefix("[X]")) {
                Some(words) => (Role::Ticked, words.trim_start()),
                None => (Role::Item, item),
            },
        },
    }
}

/// The words of a line: links by their text, tags and marks of emphasis gone.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '<', '*', '`', '\\', '!']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = step(from, &mut out);
    }
    out.push_str(rest);
    entities(&out)
}

/// Takes one mark from the front of `from`, writes what it prints, returns what follows.
fn step<'t>(from: &'t str, out: &mut String) -> &'t str {
    let mut characters = from.chars();
    let mark = characters.next().unwrap_or(' ');
    let after = characters.as_str();
    match mark {
        '*' | '`' => after,
        '\\' => match characters.next() {
            Some(escaped) => {
                out.push(escaped);
                characters.as_str()
            }
            None => after,
        },
        '<' => match after.split_once('>') {
            Some((tag, rest)) if is_tag(tag) => {
                if tag.starts_with("http") {
                    out.push_str(tag);
                } else if tag.starts_with(['b', 't', '/']) {
                    out.push(' ');
                }
                rest
            }
            _ => keep(mark, after, out),
        },
        '!' if after.starts_with('[') => after,
        '[' => match after.split_once("](") {
            Some((words, target)) if !words.contains(']') => {
                out.push_str(&words.replace(['*', '`'], ""));
                target.split_once(')').map_or(target, |(_, rest)| rest)
            }
            _ => keep(mark, after, out),
        },
        _ => keep(mark, after, out),
    }
}

fn keep<'t>(mark: char, after: &'t str, out: &mut String) -> &'t str {
    out.push(mark);
    after
}

fn is_tag(tag: &str) -> bool {
    tag.len() < 500
        && tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
}

/// The five character references that hand-written Markdown holds.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
