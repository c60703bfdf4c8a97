//! The rule that `If not met` makes: a duty of its own, whose time begins with a finding.

use crate::calendar::Span;
use crate::compile::{around, meaning};
use crate::form;
use crate::norm::Norm;
use crate::program::{Rule, RuleKind, Rulebook, Severity};
use crate::rulebook::Words;
use crate::text::language_of;
use crate::vocabulary::Vocabulary;

/// What the rule's id has after that of the rule whose breach it answers.
const SUFFIX: &str = "-if-not-met";

/// The rule that answers a breach of `above`. It weighs 1, has no grace, and is not
/// critical: the breach itself has its own weight and cap.
pub(super) fn to(
    above: &Rule,
    norm: Norm,
    words: &Words,
    vocabulary: &Vocabulary,
) -> Rule {
    let [english, arabic] = form::say(&norm, vocabulary);
    let mut rule = Rule {
        id: format!("{}{SUFFIX}", above.id),
        title: None,
        text: words.text.clone(),
        written_in: language_of(&words.text),
        english,
        arabic,
        line: words.line,
        norm,
        applies_to: None,
        counts_only_if: Vec::new(),
        exceptions: Vec::new(),
        // Which version of the rule above it answers.
        in_force: above.in_force,
        earlier: Vec::new(),
        gives_way_to: Vec::new(),
        answers: Some(above.id.clone()),
        also: None,
        grace: Span::Days(0),
        weight: 1,
        severity: above.severity.min(Severity::High),
        kind: RuleKind::Practice,
        remedy: None,
        around: Vec::new(),
        meaning: String::new(),
        ..above.clone()
    };
    rule.meaning = meaning::hash(&rule, vocabulary);
    rule.around = vec![around::answers(&above.id)];
    rule
}

/// What answers a breach means something else where the duty that is broken does.
pub(super) fn settle(book: &mut Rulebook) {
    let meanings: Vec<(String, String)> =
        book.rules.iter().map(|rule| (rule.id.clone(), rule.meaning.clone())).collect();
    for rule in &mut book.rules {
        let above = meanings.iter().find(|(id, _)| Some(id) == rule.answers.as_ref());
        if let Some((_, above)) = above {
            rule.meaning = meaning::joined(above, &rule.meaning);
        }
    }
}
