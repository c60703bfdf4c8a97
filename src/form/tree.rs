//! What a reading leaves: the parts of a text that rules of a grammar took, with their tags.

use std::collections::BTreeSet;
use std::rc::Rc;

use pest::iterators::Pairs;

use crate::form::grammar::Rule;

/// The parts of one text, each before the parts within it.
#[derive(Clone, Debug)]
pub(super) struct Tree<'s> {
    text: &'s str,
    tokens: Rc<[Token]>,
}

/// One part, as bytes of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) tag: Option<&'static str>,
    pub(super) from: usize,
    pub(super) to: usize,
    /// The number of the next part that is not within this one.
    pub(super) after: usize,
}

impl<'s> Tree<'s> {
    pub(super) fn new(text: &'s str, tokens: Vec<Token>) -> Tree<'s> {
        Tree { text, tokens: tokens.into() }
    }

    /// The same parts as pest's own parser finds them; `tags` are all that the grammars have.
    pub(super) fn of(
        text: &'s str,
        pairs: Pairs<'s, Rule>,
        tags: &BTreeSet<&'static str>,
    ) -> Tree<'s> {
        let mut tokens = Vec::new();
        collect(pairs, tags, &mut tokens);
        Tree::new(text, tokens)
    }

    /// The parts right within the one of this number, each with its number.
    pub(super) fn within(&self, number: usize) -> impl Iterator<Item = (usize, Token)> {
        let end = self.tokens.get(number).map_or(0, |token| token.after);
        let mut at = number + 1;
        std::iter::from_fn(move || {
            let token = *self.tokens.get(at).filter(|_| at < end)?;
            let own = at;
            at = token.after;
            Some((own, token))
        })
    }

    pub(super) fn text(&self, token: Token) -> &'s str {
        self.text.get(token.from..token.to).unwrap_or_default()
    }
}

fn collect(
    pairs: Pairs<'_, Rule>,
    tags: &BTreeSet<&'static str>,
    tokens: &mut Vec<Token>,
) {
    for pair in pairs {
        // The end of the text is a part to pest alone.
        if pair.as_rule() == Rule::EOI {
            continue;
        }
        let tag = pair.as_node_tag().and_then(|tag| tags.get(tag).copied());
        let (own, span) = (tokens.len(), pair.as_span());
        let token = Token { tag, from: span.start(), to: span.end(), after: own + 1 };
        tokens.push(token);
        collect(pair.into_inner(), tags, tokens);
        let after = tokens.len();
        if let Some(token) = tokens.get_mut(own) {
            token.after = after;
        }
    }
}
