//! The rules of the grammars as data, read once from the same text that pest compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::{LazyLock, PoisonError};

use pest_meta::ast::{Expr, RuleType};
use pest_meta::parser;

use crate::form::{DETAIL, GRAMMARS};
use crate::limits::PARSE_CALLS_MAX;

/// One rule of the grammars.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) kind: RuleType,
    pub(super) expr: Expr,
}

/// All rules by their names.
pub(super) static RULES: LazyLock<BTreeMap<String, Written>> = LazyLock::new(|| {
    let grammar = GRAMMARS.join("\n");
    // Reading the grammars themselves takes more steps than any sentence may, and pest keeps
    // that limit for the process: meanwhile it reads no sentence.
    let _alone = DETAIL.lock().unwrap_or_else(PoisonError::into_inner);
    pest::set_call_limit(None);
    let pairs = parser::parse(parser::Rule::grammar_rules, &grammar);
    let pairs = pairs.expect("invariant: the parser was built from these grammars");
    let rules = parser::consume_rules(pairs).expect("invariant: as above");
    pest::set_call_limit(NonZeroUsize::new(PARSE_CALLS_MAX));
    let written = |rule: pest_meta::ast::Rule| {
        (rule.name, Written { kind: rule.ty, expr: rule.expr })
    };
    rules.into_iter().map(written).collect()
});

/// The tags that the rules give.
pub(super) static TAGS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let parts = RULES.values().flat_map(|rule| rule.expr.iter_top_down());
    let tag = |part| if let Expr::NodeTag(_, tag) = part { Some(tag) } else { None };
    parts.filter_map(tag).map(|tag| &*tag.leak()).collect()
});

/// The expressions of a sequence, in order.
pub(super) fn sequence(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Seq(one, other) => [sequence(one), sequence(other)].concat(),
        other => vec![other],
    }
}

/// The expressions of a choice, in order.
pub(super) fn choices(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Choice(one, other) => [choices(one), choices(other)].concat(),
        other => vec![other],
    }
}
