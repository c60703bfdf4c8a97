//! Web pages, by the tokenizer alone: a tree is not needed to know what is printed, and
//! building one is quadratic on hostile nesting.

use super::lines::Lines;
use crate::document::Problem;
use crate::document::Role;
use crate::document::Text;
use crate::limits;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::BufferQueue;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::TagKind;
use html5ever::tokenizer::Token;
use html5ever::tokenizer::TokenSink;
use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::Tokenizer;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tokenizer::states::RawKind;
use std::cell::RefCell;

/// Elements whose content is never printed as text.
const UNPRINTED: [&str; 9] = [
    "script", "style", "template", "noscript", "svg", "iframe", "object", "select", "nav",
];

/// Elements that begin and end a line.
const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "br",
    "hr",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "address",
    "form",
    "fieldset",
    "tbody",
    "thead",
    "body",
    "caption",
    "html",
];

/// Elements that have no end tag.
const VOID: [&str; 10] =
    ["br", "hr", "img", "input", "meta", "link", "col", "area", "wbr", "source"];

/// The printed text of a web page, a block a line, a table row a line.
pub(super) fn read(source: &str) -> Result<Text, Problem> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(source));
    let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts::default());
    // The sink never blocks on a script, so one feed takes all of it.
    while !queue.is_empty() {
        drop(tokenizer.feed(&queue));
    }
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.end_line();
    match state.problem {
        Some(problem) => Err(problem),
        None => Ok(Text {
            lines: state.lines.lines,
            properties: state.properties,
            ..Text::default()
        }),
    }
}

#[derive(Default)]
struct Page {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    lines: Lines,
    properties: Vec<(String, String)>,
    line: String,
    number: usize,
    role: Role,
    /// The element whose content is skipped, and how deep it nests in itself.
    skipping: Option<(String, usize)>,
    in_title: bool,
    problem: Option<Problem>,
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.write(&text),
            Token::TagToken(tag) => return state.tag(&tag),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn write(&mut self, text: &str) {
        if self.skipping.is_some() || self.problem.is_some() {
            return;
        }
        if self.in_title {
            if let Some((_, title)) = self.properties.last_mut() {
                title.push_str(text.trim());
            }
            return;
        }
        for character in text.chars() {
            let space = character.is_whitespace();
            if !space {
                self.line.push(character);
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if self.skip(name, opens) {
            return TokenSinkResult::Continue;
        }
        if opens && !VOID.contains(&name) && (UNPRINTED.contains(&name) || is_hidden(tag))
        {
            self.skipping = Some((name.to_owned(), 1));
        }
        match name {
            "title" => self.title(opens),
            "meta" => self.meta(tag),
            "td" | "th" if opens && !self.line.trim().is_empty() => {
                self.line.push_str(" | ");
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
                let depth = name.trim_start_matches('h').parse().unwrap_or(1);
                self.role = if opens { Role::Heading(depth) } else { Role::Text };
            }
            _ if BLOCKS.contains(&name) => {
                self.end_line();
                self.role = if opens && name == "li" { Role::Item } else { Role::Text };
            }
            _ => {}
        }
        match name {
            "script" if opens => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "noscript" if opens => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "title" | "textarea" if opens => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Whether the tag lies in, or ends, an element that is skipped.
    fn skip(&mut self, name: &str, opens: bool) -> bool {
        let Some((skipped, depth)) = &mut self.skipping else { return false };
        if skipped == name {
            *depth = if opens { *depth + 1 } else { *depth - 1 };
        }
        if *depth == 0 {
            self.skipping = None;
        }
        true
    }

    fn title(&mut self, opens: bool) {
        self.in_title = opens && self.properties.iter().all(|(key, _)| key != "title");
        if self.in_title {
            self.properties.push(("title".to_owned(), String::new()));
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let key = attribute(tag, "name").or_else(|| attribute(tag, "property"));
        let stated = key.zip(attribute(tag, "content"));
        if let (Some((key, value)), true) =
            (stated, self.properties.len() < limits::PROPERTIES_MAX)
        {
            self.properties.push((key.to_lowercase(), value));
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() || self.problem.is_some() {
            return;
        }
        self.number += 1;
        self.problem = self.lines.push(line.trim(), None, self.number, self.role).err();
    }
}

fn is_hidden(tag: &Tag) -> bool {
    let style =
        attribute(tag, "style").unwrap_or_default().replace(' ', "").to_lowercase();
    attribute(tag, "hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| attribute.value.to_string())
}
