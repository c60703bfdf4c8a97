//! XML as a stream of what opens, closes and is written, with bounded depth.
//!
//! A document type is refused: office files have none, and entities are how XML bombs are
//! made. Only the five named entities and character references are resolved.

use crate::document::Problem;
use crate::limits;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// One event; names are without their namespace prefix.
pub(super) enum Xml<'x> {
    Open(&'x str, &'x BytesStart<'x>),
    Close(&'x str),
    Text(Cow<'x, str>),
}

/// Calls `visit` for each event of `source`, in order.
///
/// # Errors
/// What `visit` returns; [`Problem::LimitPassed`] past the depth of any office file;
/// [`Problem::Truncated`] for what is not well-formed.
pub(super) fn walk(
    source: &str,
    mut visit: impl FnMut(Xml<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut reader = Reader::from_str(source.trim_start_matches('\u{feff}'));
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|_| Problem::Truncated)? {
            Event::Start(element) => {
                depth += 1;
                if depth > limits::XML_DEPTH_MAX {
                    return Err(Problem::LimitPassed);
                }
                visit(Xml::Open(element.local_name().as_ref(), &element))?;
            }
            Event::Empty(element) => {
                visit(Xml::Open(element.local_name().as_ref(), &element))?;
                visit(Xml::Close(element.local_name().as_ref()))?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                visit(Xml::Close(element.local_name().as_ref()))?;
            }
            Event::Text(text) => visit(Xml::Text(text.xml10_content()))?,
            Event::CData(text) => visit(Xml::Text(text.xml10_content()))?,
            Event::GeneralRef(reference) => visit(Xml::Text(resolved(&reference)))?,
            Event::DocType(_) => return Err(Problem::LimitPassed),
            Event::Eof if depth > 0 => return Err(Problem::Truncated),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

fn resolved(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    Cow::Borrowed(match reference.xml10_content().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{fffd}",
    })
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().take(64).filter_map(Result::ok).find_map(|attribute| {
        let is = attribute.key.local_name().as_ref() == name;
        is.then(|| attribute.value.as_ref().to_owned())
    })
}
