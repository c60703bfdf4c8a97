//! The rules of the grammars as data, read once from the same text that pest compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::{LazyLock, PoisonError};

use pest_meta::ast::{Expr, RuleType};
use pest_meta::parser;

use crate::form::DETAIL;
use crate::limits::PARSE_CALLS_MAX;

/// The grammars as text: what is quoted there is a word that Mithaq knows.
pub(super) const GRAMMARS: [&str; 39] = [
    include_str!("../../grammar/near.pest"),
    include_str!("../../grammar/statement.pest"),
    include_str!("../../grammar/common.pest"),
    include_str!("../../grammar/values.pest"),
    include_str!("../../grammar/forms/frequency.pest"),
    include_str!("../../grammar/forms/rolling.pest"),
    include_str!("../../grammar/forms/deadline.pest"),
    include_str!("../../grammar/forms/fixed_date.pest"),
    include_str!("../../grammar/forms/publication.pest"),
    include_str!("../../grammar/forms/adoption.pest"),
    include_str!("../../grammar/forms/size.pest"),
    include_str!("../../grammar/forms/validity.pest"),
    include_str!("../../grammar/forms/quorum.pest"),
    include_str!("../../grammar/forms/contents.pest"),
    include_str!("../../grammar/forms/prohibition.pest"),
    include_str!("../../grammar/forms/permission.pest"),
    include_str!("../../grammar/forms/order.pest"),
    include_str!("../../grammar/forms/list.pest"),
    include_str!("../../grammar/people.pest"),
    include_str!("../../grammar/forms/each_member.pest"),
    include_str!("../../grammar/forms/kinship.pest"),
    include_str!("../../grammar/forms/two_posts.pest"),
    include_str!("../../grammar/forms/term_limit.pest"),
    include_str!("../../grammar/forms/composition.pest"),
    include_str!("../../grammar/forms/proportion.pest"),
    include_str!("../../grammar/forms/bylaws_quorum.pest"),
    include_str!("../../grammar/forms/second_call.pest"),
    include_str!("../../grammar/forms/signatures.pest"),
    include_str!("../../grammar/forms/comparison.pest"),
    include_str!("../../grammar/forms/whichever.pest"),
    include_str!("../../grammar/forms/backed.pest"),
    include_str!("../../grammar/forms/outside.pest"),
    include_str!("../../grammar/forms/members.pest"),
    include_str!("../../grammar/forms/among.pest"),
    include_str!("../../grammar/forms/lately.pest"),
    include_str!("../../grammar/forms/uptake.pest"),
    include_str!("../../grammar/forms/enough.pest"),
    include_str!("../../grammar/forms/guarded.pest"),
    include_str!("../../grammar/counting.pest"),
];

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
