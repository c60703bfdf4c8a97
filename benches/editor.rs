//! What a keystroke costs in a file of 5,000 lines: from the change to the new messages, in
//! memory and by the real process over its standard streams.
//!
//! Floor: reading the file from scratch, which is what no keystroke may cost.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a bench measures the clock, starts a process and prints what it measured"
)]

use std::hint::black_box;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use mithaq::compile::{Source, compile};
use mithaq::editor::sheet::{Position, Sheet};
use mithaq::editor::{Desk, place_in};
use mithaq::vocabulary;
use serde_json::{Value, json};

#[path = "shared/clock.rs"]
mod clock;
use clock::processor_seconds;

const LINES: usize = 5_000;
const KEYS: usize = 200;
const FILE: &str = "rules/large.rules";

fn main() {
    let text = text();
    println!("{} lines, {} KB", text.lines().count(), text.len() / 1024);
    let vocabulary = vocabulary::standard();
    let source = [Source::new(FILE, &text)];
    let start = Instant::now();
    let (program, told) = compile(&source, &vocabulary);
    println!(
        "from scratch            {:?}, {} rules, {} messages",
        start.elapsed(),
        program.rulebooks[0].rules.len(),
        told.len()
    );
    in_memory(&text);
    by_the_process(&text);
}

/// 5,000 lines of rules in both languages with labels, one in a hundred with a mistake.
fn text() -> String {
    let mut text = String::from("Rulebook: Large\n\n");
    let mut rule = 0;
    while text.lines().count() < LINES - 5 {
        rule += 1;
        let sentence = match rule % 6 {
            0 if rule % 100 == 0 => "the baord meets quarterly",
            0 => "the board meets at least twice in each year",
            1 => "يجتمع مجلس الإدارة كل ربع سنة",
            2 => {
                "audited accounts are published within 4 months of the end of the fiscal year"
            }
            3 => "تُنشر القوائم المالية المدققة خلال 4 أشهر من نهاية السنة المالية",
            4 => "the board has between 5 and 9 members",
            _ => "the conflict of interest policy is reviewed every 2 years",
        };
        let lines = "  Weight: 3\n  Grace: 14 days\n\n";
        text.extend([&format!("Rule R-{rule}: {sentence}\n"), lines]);
    }
    while text.lines().count() < LINES {
        text.push_str("# the end\n");
    }
    text
}

/// What is typed, a key at a time, above a rule in the middle of the file.
const TYPED: &str = "\
Rule NEW-1: the finance committee meets at least 6 times in each year
  Grace: 14 days
القاعدة ج-2: تُنشر القوائم المالية المدققة خلال أربعة أشهر من نهاية السنة المالية
  الوزن: 2

";

/// Each key with the place at which it is typed.
fn keys(text: &str) -> Vec<(Position, String)> {
    let mut sheet = Sheet::new(text);
    let middle = text.find("Rule R-600:").unwrap();
    let mut offset = middle;
    let mut keys = Vec::new();
    for character in TYPED.chars() {
        let place = sheet.position(offset);
        sheet.edit(place..place, &character.to_string());
        offset += character.len_utf8();
        keys.push((place, character.to_string()));
    }
    keys
}

fn in_memory(text: &str) {
    let mut desk = Desk::new([(FILE.to_owned(), text.to_owned())]);
    let mut sheet = Sheet::new(text);
    let mut took = Vec::new();
    for (place, key) in keys(text) {
        let start = processor_seconds();
        sheet.edit(place..place, &key);
        desk.put(FILE, sheet.text());
        for told in desk.told(FILE) {
            black_box(sheet.positions(&place_in(&sheet, &told.place)));
        }
        took.push(Duration::from_secs_f64(processor_seconds() - start));
    }
    report("a keystroke, its own work", took);
    let mut same = Vec::new();
    for _ in 0..KEYS {
        let start = processor_seconds();
        desk.put(FILE, sheet.text());
        same.push(Duration::from_secs_f64(processor_seconds() - start));
    }
    report("of it, when nothing changed", same);
}

fn by_the_process(text: &str) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    say(
        &mut input,
        &json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}),
    );
    hear(&mut output);
    say(&mut input, &json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}));
    let uri = "file:///nowhere/large.rules";
    let document =
        json!({"uri": uri, "languageId": "mithaq", "version": 1, "text": text});
    say(
        &mut input,
        &json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}}),
    );
    hear(&mut output);
    let mut took = Vec::new();
    for (index, (place, key)) in keys(text).into_iter().enumerate() {
        let at = json!({"line": place.line, "character": place.character});
        let change = json!({"range": {"start": at, "end": at}, "text": key});
        let document = json!({"uri": uri, "version": index + 2});
        let start = Instant::now();
        say(
            &mut input,
            &json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": document, "contentChanges": [change]}}),
        );
        black_box(hear(&mut output));
        took.push(start.elapsed());
    }
    report("a keystroke, by the wall", took);
    drop(input);
    child.wait().unwrap();
}

fn say(input: &mut ChildStdin, message: &Value) {
    let text = message.to_string();
    write!(input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    input.flush().unwrap();
}

fn hear(output: &mut BufReader<ChildStdout>) -> Value {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.trim().parse().unwrap();
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn report(name: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100];
    println!(
        "{name:<28}  median {:?}, 95 of 100 within {:?}, slowest {:?}",
        at(50),
        at(95),
        at(100)
    );
}
