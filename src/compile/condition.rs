//! Conditions on organizations: types, and attributes compared with numbers.

use crate::compile::values;
use crate::form;
use crate::form::Rule;
use crate::form::node::Node;
use crate::norm::{Comparison, Condition, Quantity};
use crate::vocabulary::{TermKind, Vocabulary};

/// What a condition's text says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Scope {
    /// "all organizations": no condition at all.
    Everyone,
    Of(Condition),
}

/// Reads "associations and federations", "yearly income is below 50,000 USD"; `None` when
/// it cannot be read.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Option<Scope> {
    let marked = form::mark(text.trim().trim_end_matches('.'), vocabulary);
    let node =
        form::parse_entry([Rule::condition_en, Rule::condition_ar], &marked).ok()?;
    if node.has("everyone") {
        return Some(Scope::Everyone);
    }
    let mut parts = Vec::new();
    if let Some(types) = node.nodes("types").next() {
        let types = of_types(&types)?;
        parts.push(if node.has("not") { Condition::Not(Box::new(types)) } else { types });
    }
    if let Some(tests) = node.nodes("tests").next() {
        parts.push(comparisons(&tests, vocabulary)?);
    }
    if let Some(except) = node.nodes("except").next() {
        parts.push(Condition::Not(Box::new(of_types(&except)?)));
    }
    one_or(parts, Condition::All).map(Scope::Of)
}

/// "Associations and federations" are those that are the one *or* the other.
fn of_types(node: &Node<'_>) -> Option<Condition> {
    let types: Vec<Condition> = node
        .all("type")
        .filter_map(|(mark, _)| form::node::term(mark))
        .map(Condition::OfType)
        .collect();
    one_or(types, Condition::Any)
}

fn comparisons(node: &Node<'_>, vocabulary: &Vocabulary) -> Option<Condition> {
    let tests: Option<Vec<Condition>> =
        node.nodes("test").map(|test| comparison(&test, vocabulary)).collect();
    match (node.has("and"), node.has("or")) {
        // "a and b or c" can be read in two ways.
        (true, true) => None,
        (_, true) => one_or(tests?, Condition::Any),
        _ => one_or(tests?, Condition::All),
    }
}

fn comparison(node: &Node<'_>, vocabulary: &Vocabulary) -> Option<Condition> {
    let attribute = node.term("attribute")?;
    let table = [
        ("less", Comparison::Less),
        ("at_most", Comparison::AtMost),
        ("exactly", Comparison::Exactly),
        ("at_least", Comparison::AtLeast),
        ("more", Comparison::More),
    ];
    let (_, comparison) = table.into_iter().find(|(slot, _)| node.has(slot))?;
    let (number, currency) = values::amount(node)?;
    let money = matches!(
        vocabulary.term(attribute).map(|term| term.kind),
        Some(TermKind::Attribute { money: true })
    );
    let fits = money == currency.is_some();
    let value = Quantity { number, currency };
    fits.then_some(Condition::Compare { attribute, comparison, value })
}

fn one_or(
    mut conditions: Vec<Condition>,
    many: impl Fn(Vec<Condition>) -> Condition,
) -> Option<Condition> {
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        2..=crate::limits::CONDITIONS_MAX => Some(many(conditions)),
        _ => None,
    }
}
