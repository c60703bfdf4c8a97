//! Finding known phrases in a sentence, longest first, and the nearest ones to a slip.
//!
//! A phrase is kept as words without case, diacritics, English articles or the Arabic
//! article; so «القوائم المالية» and «قوائم مالية» are one phrase, and ال is taken off a
//! word only where the rest is known.

use std::collections::BTreeMap;

use crate::lexicon::month;
use crate::lexicon::number;
use crate::lexicon::numbering::Numbering;
use crate::lexicon::slip::Letters;
use crate::lexicon::unit;
use crate::norm::{Act, TermId};
use crate::text::{Language, key, language_of};
use crate::vocabulary::fixed::FIXED;
use crate::vocabulary::{Happening, Term, TermKind};

/// Known phrases and the mark that each becomes: `‹body 0›`, `‹number 2› ‹unit month›`.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    marks: BTreeMap<String, String>,
    words: Numbering,
    /// The phrases word by word: a tree whose root is 0.
    tree: Vec<Branch>,
    /// The phrases as written, for suggestions.
    written: Vec<Written>,
    /// By their length: folded phrases without articles, and with them where that differs
    /// (a slip can be in the article), each with its place in `written`.
    letters: Vec<Vec<(Letters, usize)>>,
    /// Phrases that two terms claim: the first has it.
    pub collisions: Vec<Collision>,
    /// The term that has a folded phrase; one without belongs to the language.
    holders: BTreeMap<String, TermId>,
}

/// A phrase that is another's already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Collision {
    /// Whose entry claims it too.
    pub term: TermId,
    pub phrase: String,
    /// The term that has it; `None` where it is a number, a unit or another word of the
    /// language itself.
    pub holder: Option<TermId>,
}

/// The words that phrases have begun with so far.
#[derive(Clone, Debug, Default)]
struct Branch {
    /// What they are where no word follows.
    mark: Option<String>,
    /// The branch of each further word, by the word's number.
    next: BTreeMap<u32, usize>,
}

/// What a word of a sentence is to phrases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seen {
    /// An article or a possessive of English: of no phrase, and may stand in any.
    Noise,
    /// A word of some phrase, by its number.
    Word(u32),
    Unknown,
}

/// A phrase as somebody wrote it in the vocabulary.
#[derive(Clone, Debug)]
struct Written {
    mark: String,
    phrase: String,
    language: Language,
}

/// A phrase near to what was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Near<'a> {
    pub phrase: &'a str,
    pub language: Language,
    /// In the tenths of [`crate::lexicon::slip::LETTER`].
    pub cost: u16,
    mark: &'a str,
}

impl Phrases {
    pub(crate) fn of(terms: &[Term]) -> Phrases {
        let mut phrases = Phrases::default();
        phrases.add_fixed();
        for (index, term) in terms.iter().enumerate() {
            match term.kind {
                TermKind::Verb(act) => phrases.add_verb(index, act, term),
                _ => phrases.add_noun(index, term),
            }
        }
        phrases
    }

    /// What a word is to phrases; its Arabic article does not count.
    pub fn see(&self, word: &str) -> Seen {
        let word = bare(word);
        if is_noise(word) {
            return Seen::Noise;
        }
        self.words.get(word).map_or(Seen::Unknown, Seen::Word)
    }

    /// The mark of the longest phrase that words begin with, and how many words it takes,
    /// noise inside it counted.
    pub fn longest(
        &self,
        first: Seen,
        rest: impl Iterator<Item = Seen>,
    ) -> Option<(&str, usize)> {
        let Seen::Word(first) = first else { return None };
        let mut branch = self.next(0, first)?;
        let mut longest = branch.mark.as_deref().map(|mark| (mark, 1));
        for (index, seen) in rest.enumerate() {
            let further = match seen {
                Seen::Noise => continue,
                Seen::Unknown => break,
                Seen::Word(word) => branch.next.get(&word),
            };
            let Some(further) = further else { break };
            branch = self.tree.get(*further)?;
            longest = branch.mark.as_deref().map(|mark| (mark, index + 2)).or(longest);
        }
        longest
    }

    fn next(&self, branch: usize, word: u32) -> Option<&Branch> {
        self.tree.get(*self.tree.get(branch)?.next.get(&word)?)
    }

    /// Every phrase as somebody wrote it, with its mark; the canonical one of a term first.
    pub fn written(&self) -> impl Iterator<Item = (&str, Language, &str)> {
        let all = self.written.iter();
        all.map(|it| (it.phrase.as_str(), it.language, it.mark.as_str()))
    }

    /// The mark of a folded phrase and the term that has it, where it is a term's.
    pub fn held(&self, key: &str) -> Option<(&str, TermId)> {
        Some((self.marks.get(key)?, *self.holders.get(key)?))
    }

    /// The terms' phrases, folded, that begin with a folded phrase and go on: what follows
    /// it, its term and all of it.
    pub fn going_on<'a>(
        &'a self,
        key: &str,
    ) -> impl Iterator<Item = (String, TermId, &'a str)> {
        let begin = format!("{key} ");
        let from = self.holders.range(begin.clone()..);
        from.map_while(move |(whole, term)| {
            let rest = whole.strip_prefix(&begin)?;
            Some((rest.to_owned(), *term, whole.as_str()))
        })
    }

    pub fn knows(&self, word: &str) -> bool {
        self.marks.contains_key(word)
    }

    /// The phrases near to `words`, nearest first, from both languages; one that is met at
    /// no cost is the phrase itself. Only phrases of about the same length are looked at.
    pub fn near(&self, words: &str) -> Vec<Near<'_>> {
        let (bare, whole) = (phrase_key(words), whole_key(words));
        let mut found: BTreeMap<usize, u16> = BTreeMap::new();
        for (index, cost) in self.within(&bare) {
            found
                .entry(index)
                .and_modify(|least| *least = cost.min(*least))
                .or_insert(cost);
        }
        if whole != bare {
            for (index, cost) in self.within(&whole) {
                let least = found.entry(index).or_insert(cost);
                *least = cost.min(*least);
            }
        }
        let mut near: Vec<(u16, usize)> =
            found.into_iter().map(|(index, cost)| (cost, index)).collect();
        near.sort_unstable();
        near.truncate(crate::limits::NEAR_PHRASES_MAX);
        let written = |(cost, index): (u16, usize)| {
            let written = self.written.get(index)?;
            let (phrase, mark) = (written.phrase.as_str(), written.mark.as_str());
            Some(Near { phrase, language: written.language, cost, mark })
        };
        near.into_iter().filter_map(written).collect()
    }

    /// Places in `written` within the budget of a folded phrase, with their costs.
    fn within(&self, folded: &str) -> Vec<(usize, u16)> {
        let letters = Letters::of(folded);
        let most = letters.budget();
        let reach = letters.reach();
        let shortest = letters.len().saturating_sub(reach);
        let lengths = self.letters.iter().skip(shortest).take(reach * 2 + 1).flatten();
        let near = lengths.filter_map(|(other, index)| {
            letters.cost(other, most).map(|cost| (*index, cost))
        });
        near.collect()
    }

    /// The phrase of `language` that means what `near` means, where there is one.
    pub fn translated<'a>(
        &'a self,
        near: &Near<'a>,
        language: Language,
    ) -> Option<&'a str> {
        if near.language == language {
            return Some(near.phrase);
        }
        let says = |written: &&Written| {
            written.language == language && written.mark == near.mark
        };
        self.written.iter().find(says).map(|written| written.phrase.as_str())
    }

    fn add_fixed(&mut self) {
        for (phrase, mark) in FIXED {
            self.add(phrase, mark);
        }
        for value in 0..=number::WORDS_MAX {
            for words in number::words(value) {
                self.add(&words, &format!("‹number {value}›"));
            }
        }
        for unit in &unit::UNITS {
            self.add_all(unit.one, &format!("‹unit {}›", unit.name));
            self.add_all(unit.two, &format!("‹number 2› ‹unit {}›", unit.name));
            self.add_all(unit.each, &format!("‹each {}›", unit.name));
        }
        for (n, d, english, arabic) in number::SHARES {
            self.add_all(&[english, arabic], &format!("‹share {n}/{d}›"));
        }
        for (n, d, words) in number::SHARE_VARIANTS {
            self.add_all(words, &format!("‹share {n}/{d}›"));
        }
        for (index, (names, variants)) in
            month::NAMES.iter().zip(month::VARIANTS).enumerate()
        {
            self.add_all(names, &format!("‹month {}›", index + 1));
            self.add_all(variants, &format!("‹month {}›", index + 1));
        }
    }

    fn add_all(&mut self, phrases: &[&str], mark: &str) {
        for phrase in phrases {
            self.add(phrase, mark);
        }
    }

    fn add_noun(&mut self, index: usize, term: &Term) {
        let mark = match term.kind {
            TermKind::Body => format!("‹body {index}›"),
            TermKind::Role => format!("‹role {index}›"),
            TermKind::Member(TermId(body)) => format!("‹member {body}›"),
            TermKind::Document(_) => format!("‹document {index}›"),
            TermKind::OrganizationType => format!("‹type {index}›"),
            TermKind::Attribute { .. } => format!("‹attribute {index}›"),
            TermKind::Characteristic => format!("‹characteristic {index}›"),
            TermKind::Authority => format!("‹authority {index}›"),
            TermKind::Channel => format!("‹channel {index}›"),
            TermKind::Item => format!("‹item {index}›"),
            TermKind::Event(_) => format!("‹event {index}›"),
            TermKind::Tongue => format!("‹tongue {index}›"),
            TermKind::Quality => format!("‹quality {index}›"),
            TermKind::Organization => "‹organization›".to_owned(),
            TermKind::Verb(_) | TermKind::Following => return,
        };
        for phrase in term.english.iter().chain(&term.arabic) {
            self.add_term(index, phrase, &mark);
        }
        let counted = [
            TermKind::Role,
            TermKind::Body,
            TermKind::Event(Happening::OnADay),
            TermKind::Event(Happening::Received),
        ];
        let paper = matches!(term.kind, TermKind::Document(_));
        if paper || counted.contains(&term.kind) {
            for phrase in &term.english {
                self.add_if_new(&plural(phrase), &mark);
            }
        }
    }

    fn add_verb(&mut self, index: usize, act: Act, term: &Term) {
        let lists = [&term.forms.present, &term.forms.done, &term.forms.noun];
        let mut roles: BTreeMap<String, (String, [bool; 3])> = BTreeMap::new();
        for (role, list) in lists.iter().enumerate() {
            let phrases = list.iter().flatten();
            let accusative = phrases.clone().filter_map(|phrase| accusative(phrase));
            for phrase in phrases.cloned().chain(accusative) {
                let entry = roles.entry(phrase_key(&phrase));
                // Without vowels, «ترسل» is as well "sends" as "is sent".
                let both = role == 0
                    && !matches!(act, Act::Meet | Act::Validate)
                    && language_of(&phrase) == Language::Arabic;
                let (_, flags) = entry.or_insert_with(|| (phrase, [false; 3]));
                if let Some(flag) = flags.get_mut(role) {
                    *flag = true;
                }
                let [_, passive, _] = flags;
                *passive |= both;
            }
        }
        let name = match act {
            Act::Verb(verb) if term.preposition.is_some() => format!("t{}", verb.0),
            act => act_name(act),
        };
        for (phrase, [present, done, noun]) in roles.into_values() {
            let flag = |set: bool, letter: char| if set { letter } else { '-' };
            let (f, p, n) = (flag(present, 'f'), flag(done, 'p'), flag(noun, 'n'));
            self.add_term(index, &phrase, &format!("‹{name} {f}{p}{n}›"));
        }
    }

    fn add_term(&mut self, index: usize, phrase: &str, mark: &str) {
        let term = super::number(index);
        let key = phrase_key(phrase);
        if self.marks.get(&key).is_some_and(|other| other != mark) {
            let holder = self.holders.get(&key).copied();
            self.collisions.push(Collision { term, phrase: phrase.to_owned(), holder });
            return;
        }
        self.add(phrase, mark);
        self.holders.entry(key).or_insert(term);
    }

    fn add_if_new(&mut self, phrase: &str, mark: &str) {
        if !self.marks.contains_key(&phrase_key(phrase)) {
            self.add(phrase, mark);
        }
    }

    fn add(&mut self, phrase: &str, mark: &str) {
        let key = phrase_key(phrase);
        let count = key.split(' ').count();
        if key.is_empty() || count > crate::limits::PHRASE_WORDS_MAX {
            return;
        }
        // "Twenty-one" is three words, each of which is known by itself.
        let compound = mark.starts_with("‹number") && count > 1;
        if !compound {
            let index = self.written.len();
            self.written.push(Written {
                mark: mark.to_owned(),
                phrase: phrase.to_owned(),
                language: language_of(phrase),
            });
            let whole = whole_key(phrase);
            if whole != key {
                self.add_letters(&whole, index);
            }
            self.add_letters(&key, index);
        }
        self.grow(&key, mark);
        self.marks.entry(key).or_insert_with(|| mark.to_owned());
    }

    /// Adds a phrase to the tree; what is there already stays.
    fn grow(&mut self, key: &str, mark: &str) {
        if self.tree.is_empty() {
            self.tree.push(Branch::default());
        }
        let mut at = 0;
        for word in key.split(' ') {
            let word = self.words.number(word);
            let new = self.tree.len();
            let Some(branch) = self.tree.get_mut(at) else { return };
            at = *branch.next.entry(word).or_insert(new);
            if at == new {
                self.tree.push(Branch::default());
            }
        }
        if let Some(branch) = self.tree.get_mut(at) {
            branch.mark.get_or_insert_with(|| mark.to_owned());
        }
    }

    fn add_letters(&mut self, folded: &str, index: usize) {
        let letters = Letters::of(folded);
        let length = letters.len();
        if self.letters.len() <= length {
            self.letters.resize(length + 1, Vec::new());
        }
        if let Some(same) = self.letters.get_mut(length) {
            same.push((letters, index));
        }
    }
}

/// The name that marks and grammars give an act.
pub fn act_name(act: Act) -> String {
    let name = match act {
        Act::Verb(verb) => return format!("v{}", verb.0),
        Act::Occur => "occur",
        Act::Meet => "meet",
        Act::Prepare => "prepare",
        Act::Publish => "publish",
        Act::Adopt => "adopt",
        Act::Submit => "submit",
        Act::Sign => "sign",
        Act::Review => "review",
        Act::Validate => "validate",
    };
    name.to_owned()
}

/// English words that carry no meaning in a rule: articles and possessives.
pub fn is_noise(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "their" | "our" | "his" | "her")
}

/// A word without the Arabic article, where two letters or more remain.
pub fn bare(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(1).is_some() => rest,
        _ => word,
    }
}

/// A phrase as the finder keeps it: folded bare words, one space between.
pub fn phrase_key(phrase: &str) -> String {
    let key = key(phrase);
    let words = key.split(|c: char| c.is_whitespace() || c == '-');
    let kept = words.filter(|word| !word.is_empty() && !is_noise(word));
    kept.map(bare).collect::<Vec<_>>().join(" ")
}

/// A phrase folded, its words and articles as they are.
fn whole_key(phrase: &str) -> String {
    let key = key(phrase);
    let words = key.split(|c: char| c.is_whitespace() || c == '-');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A masculine word of Arabic in the indefinite accusative: «منشورًا», «ساريًا المفعول».
fn accusative(phrase: &str) -> Option<String> {
    let (head, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let masculine = language_of(phrase) == Language::Arabic && !head.ends_with('ة');
    masculine.then(|| format!("{head}ا {rest}").trim_end().to_owned())
}

/// The regular plural of a phrase's head: "annual reports", "certificates of registration".
pub(crate) fn plural(phrase: &str) -> String {
    let (head, rest) = match phrase.split_once(" of ") {
        Some((head, rest)) => (head, format!(" of {rest}")),
        None => (phrase, String::new()),
    };
    let stem = head.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o']));
    match stem {
        Some(stem) => format!("{stem}ies{rest}"),
        None => format!("{head}s{rest}"),
    }
}
