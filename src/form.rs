//! Sentence shapes: one file a shape here, its twin in `grammar/forms`, one line below.
//!
//! A form reads marked text into a [`Norm`] and writes the canonical sentence of a norm in
//! both languages. One reader serves both: slots are found by tag, not by position.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::PoisonError;

use pest::Parser as _;

use crate::diagnostics::raise::sentences::Wording;
use crate::norm::Norm;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub mod deed;
mod grammars;
pub mod mark;
pub mod next;
pub mod node;
mod reach;
mod rules;
pub mod spelling;
pub mod statement;
mod steps;
mod tree;

mod adoption;
mod among;
mod backed;
mod beginning;
mod bylaws_quorum;
mod comparison;
mod composition;
pub(crate) mod condition;
mod contents;
pub(crate) mod counting;
mod deadline;
mod each_member;
mod enough;
mod fixed_date;
mod frequency;
mod guarded;
mod kinship;
mod lately;
mod list;
mod members;
mod order;
mod outside;
mod people;
mod permission;
mod prohibition;
mod proportion;
mod publication;
mod quorum;
mod rolling;
mod second_call;
mod signatures;
mod size;
mod term_limit;
mod two_posts;
mod uptake;
mod validity;
mod whichever;

pub(crate) use crate::form::frequency::times as frequency_words;
use crate::form::grammars::GRAMMARS;
use crate::form::mark::Marked;
use crate::form::node::Node;
use crate::form::reach::{Opening, Reach, Sentence};
use crate::form::rules::{RULES, TAGS};
use crate::form::steps::Steps;
use crate::form::tree::Tree;

#[expect(missing_docs, reason = "the grammar files document the rules")]
mod grammar {
    /// The grammars, all in one parser: pest compiles them at build time.
    #[derive(pest_derive::Parser, Debug)]
    #[grammar = "../grammar/common.pest"]
    #[grammar = "../grammar/values.pest"]
    #[grammar = "../grammar/near.pest"]
    #[grammar = "../grammar/statement.pest"]
    #[grammar = "../grammar/forms/frequency.pest"]
    #[grammar = "../grammar/forms/rolling.pest"]
    #[grammar = "../grammar/forms/deadline.pest"]
    #[grammar = "../grammar/forms/fixed_date.pest"]
    #[grammar = "../grammar/forms/publication.pest"]
    #[grammar = "../grammar/forms/adoption.pest"]
    #[grammar = "../grammar/forms/size.pest"]
    #[grammar = "../grammar/forms/validity.pest"]
    #[grammar = "../grammar/forms/quorum.pest"]
    #[grammar = "../grammar/forms/contents.pest"]
    #[grammar = "../grammar/forms/prohibition.pest"]
    #[grammar = "../grammar/forms/permission.pest"]
    #[grammar = "../grammar/forms/order.pest"]
    #[grammar = "../grammar/forms/list.pest"]
    #[grammar = "../grammar/people.pest"]
    #[grammar = "../grammar/forms/each_member.pest"]
    #[grammar = "../grammar/forms/kinship.pest"]
    #[grammar = "../grammar/forms/two_posts.pest"]
    #[grammar = "../grammar/forms/term_limit.pest"]
    #[grammar = "../grammar/forms/composition.pest"]
    #[grammar = "../grammar/forms/proportion.pest"]
    #[grammar = "../grammar/forms/bylaws_quorum.pest"]
    #[grammar = "../grammar/forms/second_call.pest"]
    #[grammar = "../grammar/forms/signatures.pest"]
    #[grammar = "../grammar/forms/comparison.pest"]
    #[grammar = "../grammar/forms/whichever.pest"]
    #[grammar = "../grammar/forms/backed.pest"]
    #[grammar = "../grammar/forms/outside.pest"]
    #[grammar = "../grammar/forms/members.pest"]
    #[grammar = "../grammar/forms/among.pest"]
    #[grammar = "../grammar/forms/lately.pest"]
    #[grammar = "../grammar/forms/uptake.pest"]
    #[grammar = "../grammar/forms/enough.pest"]
    #[grammar = "../grammar/forms/guarded.pest"]
    #[grammar = "../grammar/counting.pest"]
    pub(super) struct Grammar;
}
use crate::form::grammar::Grammar;
pub use crate::form::grammar::Rule;

/// All forms, in the order of `docs/language/reference.md`.
pub const FORMS: [Form; 33] = [
    frequency::FORM,
    rolling::FORM,
    deadline::FORM,
    fixed_date::FORM,
    adoption::FORM,
    publication::FORM,
    size::FORM,
    validity::FORM,
    quorum::FORM,
    backed::FORM,
    contents::FORM,
    prohibition::FORM,
    permission::FORM,
    order::FORM,
    list::FORM,
    each_member::FORM,
    kinship::FORM,
    two_posts::FORM,
    term_limit::FORM,
    composition::FORM,
    proportion::FORM,
    bylaws_quorum::FORM,
    second_call::FORM,
    signatures::FORM,
    comparison::FORM,
    whichever::FORM,
    outside::FORM,
    members::FORM,
    among::FORM,
    lately::FORM,
    uptake::FORM,
    guarded::FORM,
    enough::FORM,
];

/// The form that reads a sentence once for each thing in its list.
static LIST: Form = list::FORM;
/// The form of several sentences joined into one.
static AMONG: Form = among::FORM;

/// One sentence shape.
#[derive(Debug)]
pub struct Form {
    /// The stem of the twin files.
    pub name: &'static str,
    /// What it asks for, English then Arabic.
    pub meaning: [&'static str; 2],
    /// English and Arabic sentences of equal meaning.
    pub examples: &'static [[&'static str; 2]],
    /// The entry rules, English then Arabic.
    pub entry: [Rule; 2],
    pub read: fn(&Node<'_>, &Context<'_>) -> Result<Norm, Fault>,
    /// The canonical sentence in both languages; `None` for norms that another form says.
    pub say: fn(&Norm, &Vocabulary) -> Option<[String; 2]>,
}

/// What a reading depends on besides the sentence.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub vocabulary: &'a Vocabulary,
    /// `A quarter is a quarter of the fiscal year`.
    pub fiscal_quarters: bool,
}

/// A sentence that has a known shape and no possible meaning: why, and the tag of the slot
/// at fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    pub wording: Wording,
    pub slot: &'static str,
}

/// The slot of a fault that is none: the form's grammar is wider than its meaning, and the
/// sentence is left to others.
pub(crate) const NOT_MINE: &str = "not mine";

/// Why no form took a sentence.
#[derive(Clone, Debug)]
pub struct Miss {
    /// The marked text was understood up to here, by the form named.
    pub at: usize,
    pub form: Option<&'static Form>,
    /// A form took it, and it has no possible meaning: bytes of the marked text.
    pub fault: Option<(Fault, std::ops::Range<usize>)>,
}

/// The entry rules of a language whose grammars say word by word what they take, in the order
/// of [`FORMS`]; then those of forms that begin with whatever comes before a word of theirs.
pub fn entries(language: Language) -> [Vec<Rule>; 2] {
    let open = |form: &&Form| matches!(form.name, "permission" | "prohibition");
    let rule = |form: &Form| entry(form.entry, language);
    let others = FORMS.iter().filter(|form| form.name != LIST.name && !open(form));
    [others.map(rule).collect(), FORMS.iter().filter(open).map(rule).collect()]
}

/// Words without what may end a sentence: a full stop, or the mark after one of several duties
/// that were taken from a law or a charter.
pub(crate) fn trimmed(sentence: &str) -> &str {
    sentence.trim().trim_end_matches(['.', '。', '۔', '!', ';', '؛', ',', '،', ' '])
}

/// Marks a sentence with the vocabulary's phrases and the grammars' words.
pub fn mark(sentence: &str, vocabulary: &Vocabulary) -> Marked {
    mark::mark(sentence, vocabulary, &|word| WORDS.contains(word))
}

/// Reads a marked sentence. The forms are disjoint: a test proves that no example of one
/// is taken by another.
pub fn parse(
    marked: &Marked,
    context: &Context<'_>,
) -> Result<(&'static Form, Norm), Miss> {
    taken(marked, context).ok_or_else(|| miss(marked, context))
}

/// The form that takes a sentence, and what it means; nothing on why none does.
pub fn taken(marked: &Marked, context: &Context<'_>) -> Option<(&'static Form, Norm)> {
    taken_alone(marked, context)
        .or_else(|| among::joined(marked, context).map(|norm| (&AMONG, norm)))
}

/// The same for a sentence that is not several with "and" or "or" between them.
fn taken_alone(marked: &Marked, context: &Context<'_>) -> Option<(&'static Form, Norm)> {
    if marked.depth() > crate::limits::NESTING_MAX {
        return None;
    }
    let words = REACH.sentence(&marked.text);
    let mixed = marked.is_mixed();
    let may_take = |[english, arabic]: &[Opening; 2]| {
        let (own, other) = match marked.language {
            Language::English => (english, arabic),
            Language::Arabic => (arabic, english),
        };
        own.may_take(&words) || (mixed && other.may_take(&words))
    };
    // What a list begins with may stand within a word, which its grammar does not tell.
    let single = FORMS.iter().zip(OPENINGS.iter());
    let single = single.filter(|(form, _)| form.name != LIST.name);
    let taken = single.filter(|(_, gate)| may_take(gate)).find_map(|(form, _)| {
        let node = quickly(form.entry, marked, &words)?;
        Some((form, (form.read)(&node, context).ok()?))
    });
    taken.or_else(|| list::of(marked, context).map(|norm| (&LIST, norm)))
}

/// The most steps that any form takes over a marked sentence. What a sentence inside it takes
/// is not counted.
pub fn effort(marked: &Marked) -> usize {
    let words = REACH.sentence(&marked.text);
    let rules = FORMS.iter().flat_map(|form| in_order(form.entry, marked));
    let efforts = rules.map(|rule| STEPS.effort(rule, &marked.text, &words));
    efforts.max().unwrap_or_default()
}

/// How far the forms got with a sentence that none of them took.
fn miss(marked: &Marked, context: &Context<'_>) -> Miss {
    let mut miss = Miss { at: 0, form: None, fault: None };
    if marked.depth() > crate::limits::NESTING_MAX {
        return miss;
    }
    for form in FORMS.iter().filter(|form| form.name != LIST.name) {
        match in_detail(form.entry, marked) {
            Ok(node) => {
                let fault = (form.read)(&node, context).err();
                if let Some(fault) = fault.filter(|fault| fault.slot != NOT_MINE) {
                    miss.fault = Some((fault, node.place(fault.slot)));
                }
            }
            // These take any words before they look for their own.
            Err(_)
                if [
                    members::FORM.name,
                    lately::FORM.name,
                    enough::FORM.name,
                    AMONG.name,
                ]
                .contains(&form.name) => {}
            Err(at) if at > miss.at || miss.form.is_none() => {
                miss.at = at;
                miss.form = Some(form);
            }
            Err(_) => {}
        }
    }
    miss
}

/// What each form makes of a sentence, tried one after another as pest itself reads them;
/// more than one is a fault of the grammars.
pub fn takers(marked: &Marked, context: &Context<'_>) -> Vec<(&'static Form, Norm)> {
    let takes = |form: &'static Form| {
        let entries = [marked.language, marked.language.other()];
        let tried = if marked.is_mixed() { 2 } else { 1 };
        let mut trees = entries
            .into_iter()
            .take(tried)
            .filter_map(|language| by_pest(entry(form.entry, language), marked).ok());
        let node = Node::of(trees.next()?, marked);
        Some((form, (form.read)(&node, context).ok()?))
    };
    let others = FORMS.iter().filter(|form| form.name != LIST.name);
    let takers: Vec<_> = others.filter_map(takes).collect();
    if !takers.is_empty() {
        return takers;
    }
    // A list is looked for where no other form takes the sentence, and joints after it.
    let joined = || among::joined(marked, context).map(|norm| (&AMONG, norm));
    takes(&LIST).or_else(joined).into_iter().collect()
}

/// The canonical sentence of a norm, English then Arabic.
pub fn say(norm: &Norm, vocabulary: &Vocabulary) -> [String; 2] {
    FORMS
        .iter()
        .find_map(|form| (form.say)(norm, vocabulary))
        .expect("invariant: every norm has a form that says it")
}

/// An English sentence as it stands inside another one.
pub(crate) fn inside(sentence: &str) -> String {
    let openings =
        ["The ", "If ", "Unless ", "It ", "Each ", "At ", "All ", "More ", "These "];
    let lowered = openings.into_iter().find_map(|capital| {
        let rest = sentence.strip_prefix(capital)?;
        Some(format!("{}{rest}", capital.to_ascii_lowercase()))
    });
    lowered.unwrap_or_else(|| sentence.to_owned())
}

/// The canonical prohibition of what a sentence forbids at certain times, in its language.
pub fn forbidden(marked: &Marked, context: &Context<'_>) -> Option<String> {
    let node = parse_entry(prohibition::FORM.entry, marked).ok()?;
    let (_, norm) = taken(&prohibition::asked(&node), context)?;
    let what = norm.deed()?;
    let [english, arabic] = say(&Norm::Never { what }, context.vocabulary);
    Some(match marked.language {
        Language::English => english,
        Language::Arabic => arabic,
    })
}

/// Parses marked text by the entry rule of its language.
pub(crate) fn parse_entry(rules: [Rule; 2], marked: &Marked) -> Result<Node<'_>, ()> {
    quickly(rules, marked, &REACH.sentence(&marked.text)).ok_or(())
}

/// The entry rules to try, first that of the sentence's language.
fn in_order(rules: [Rule; 2], marked: &Marked) -> impl Iterator<Item = Rule> {
    let own = entry(rules, marked.language);
    // An Arabic list of English titles has more Latin letters than Arabic ones.
    let other = marked.is_mixed().then(|| entry(rules, marked.language.other()));
    std::iter::once(own).chain(other)
}

/// What one of the entry rules makes of marked text.
fn quickly<'a>(
    rules: [Rule; 2],
    marked: &'a Marked,
    words: &Sentence,
) -> Option<Node<'a>> {
    let tree =
        in_order(rules, marked).find_map(|rule| STEPS.read(rule, &marked.text, words))?;
    Some(Node::of(tree, marked))
}

/// The same as pest itself reads it, or how far it got, to the word.
fn in_detail(rules: [Rule; 2], marked: &Marked) -> Result<Node<'_>, usize> {
    LazyLock::force(&TAGS);
    let _alone = DETAIL.lock().unwrap_or_else(PoisonError::into_inner);
    pest::set_error_detail(true);
    let mut at = 0;
    let tree = in_order(rules, marked).find_map(|rule| {
        by_pest(rule, marked).map_err(|error| at = at.max(furthest(&error))).ok()
    });
    pest::set_error_detail(false);
    tree.map(|tree| Node::of(tree, marked)).ok_or(at)
}

/// pest keeps "in detail" for the whole process, and detail costs most of a parse.
static DETAIL: Mutex<()> = Mutex::new(());

/// pest keeps the limit of its steps for the whole process too.
static LIMIT: LazyLock<()> = LazyLock::new(|| {
    pest::set_call_limit(NonZeroUsize::new(crate::limits::PARSE_CALLS_MAX));
});

/// The same as pest itself reads it, which can say how far it got.
fn by_pest(rule: Rule, marked: &Marked) -> Result<Tree<'_>, PestError> {
    LazyLock::force(&LIMIT);
    let pairs = Grammar::parse(rule, &marked.text)?;
    Ok(Tree::of(&marked.text, pairs, &TAGS))
}

type PestError = pest::error::Error<Rule>;

fn entry(rules: [Rule; 2], language: Language) -> Rule {
    let [english, arabic] = rules;
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

fn furthest(error: &PestError) -> usize {
    let by_rules = match error.location {
        pest::error::InputLocation::Pos(at) => at,
        pest::error::InputLocation::Span((_, to)) => to,
    };
    let by_words = error.parse_attempts().map_or(0, |attempts| attempts.max_position);
    by_rules.max(by_words)
}

/// The words of the grammars, folded.
fn grammar_words() -> &'static BTreeSet<&'static str> {
    &WORDS
}
/// Which entry rules can take which words.
static REACH: LazyLock<Reach> = LazyLock::new(|| Reach::of(&RULES));
/// The entry rules and all others, laid out for reading.
static STEPS: LazyLock<Steps> = LazyLock::new(|| Steps::of(&REACH));

/// What the entry rules of each form can take, English and Arabic, in the order of [`FORMS`].
static OPENINGS: LazyLock<Vec<[Opening; 2]>> = LazyLock::new(|| {
    let opening = |rule: Rule| REACH.opening(&format!("{rule:?}"));
    FORMS.iter().map(|form| form.entry.map(opening)).collect()
});

/// The words in quotation marks in the grammars.
static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let mut words = BTreeSet::new();
    for grammar in GRAMMARS {
        for line in grammar.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let quoted = line.split('"').skip(1).step_by(2);
            words.extend(
                quoted.flat_map(str::split_whitespace).filter(|word| is_word(word)),
            );
        }
    }
    words
});

/// Not a part of a mark, and not a single letter of a flag.
fn is_word(word: &str) -> bool {
    let latin_letter = word.len() == 1;
    !latin_letter && word.chars().all(|c| c.is_alphanumeric() || c == '\'')
}
