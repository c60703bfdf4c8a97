//! Reads the grammars once, so that no command has to when it starts.
//!
//! What it writes is read by `src/form/rules.rs`, which says how it is laid out.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a build script writes where cargo says, and stops the build where it cannot"
)]

use std::path::Path;

use pest_meta::ast::{Expr, Rule, RuleType};
use pest_meta::parser;

#[path = "src/form/grammars.rs"]
mod grammars;

fn main() {
    println!("cargo::rerun-if-changed=grammar");
    println!("cargo::rerun-if-changed=src/form/grammars.rs");
    let grammar = grammars::GRAMMARS.join("\n");
    let pairs = parser::parse(parser::Rule::grammar_rules, &grammar);
    let pairs = pairs.unwrap_or_else(|error| panic!("a grammar cannot be read: {error}"));
    let rules = parser::consume_rules(pairs);
    let rules = rules.unwrap_or_else(|errors| panic!("grammars are wrong: {errors:?}"));
    let mut out = Vec::new();
    for one in &rules {
        rule(&mut out, one);
    }
    let folder = std::env::var_os("OUT_DIR").expect("cargo says where to write");
    std::fs::write(Path::new(&folder).join("grammar.rules"), out)
        .expect("it can be written");
}

fn rule(out: &mut Vec<u8>, rule: &Rule) {
    text(out, &rule.name);
    out.push(match rule.ty {
        RuleType::Normal => b'n',
        RuleType::Silent => b's',
        RuleType::Atomic => b'a',
        RuleType::CompoundAtomic => b'c',
        RuleType::NonAtomic => b'!',
    });
    expr(out, &rule.expr);
}

fn expr(out: &mut Vec<u8>, one: &Expr) {
    let (letter, parts, texts, numbers): (u8, &[&Expr], &[&str], &[u32]) = match one {
        Expr::Str(text) => (b'"', &[], &[text], &[]),
        Expr::Insens(text) => (b'^', &[], &[text], &[]),
        Expr::Range(from, to) => (b'.', &[], &[from, to], &[]),
        Expr::Ident(name) => (b'i', &[], &[name], &[]),
        Expr::PosPred(part) => (b'&', &[part], &[], &[]),
        Expr::NegPred(part) => (b'!', &[part], &[], &[]),
        Expr::Seq(first, second) => (b'~', &[first, second], &[], &[]),
        Expr::Choice(one, other) => (b'|', &[one, other], &[], &[]),
        Expr::Opt(part) => (b'?', &[part], &[], &[]),
        Expr::Rep(part) => (b'*', &[part], &[], &[]),
        Expr::RepOnce(part) => (b'+', &[part], &[], &[]),
        Expr::RepExact(part, times) => (b'=', &[part], &[], &[*times]),
        Expr::RepMin(part, least) => (b'>', &[part], &[], &[*least]),
        Expr::RepMax(part, most) => (b'<', &[part], &[], &[*most]),
        Expr::RepMinMax(part, least, most) => (b'-', &[part], &[], &[*least, *most]),
        Expr::NodeTag(part, tag) => (b'#', &[part], &[tag], &[]),
        Expr::PeekSlice(..) | Expr::Skip(_) | Expr::Push(_) | Expr::PushLiteral(_) => {
            panic!("no grammar of ours has a stack: {one:?}")
        }
    };
    out.push(letter);
    for part in parts {
        expr(out, part);
    }
    for one in texts {
        text(out, one);
    }
    for number in numbers {
        out.extend(number.to_le_bytes());
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    let length = u16::try_from(text.len()).expect("a text of a grammar is short");
    out.extend(length.to_le_bytes());
    out.extend(text.as_bytes());
}
