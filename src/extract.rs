//! From a file's bytes to its text, whatever the format.
//!
//! Pure: it sees bytes and a name, never the disk. The content decides the format and the
//! name only breaks ties, because secretaries rename files freely. Nothing here panics on
//! any bytes; what a reader refuses it refuses by a named [`Problem`]. Knows nothing of
//! kinds or facts.

mod archive;
mod charset;
#[cfg(feature = "word97")]
mod compound;
#[cfg(feature = "word97")]
mod doc;
mod docx;
mod enclosed;
mod html;
mod lines;
mod mail;
mod markdown;
mod ods;
mod odt;
mod pdf;
mod plain;
#[cfg(feature = "word97")]
mod rtf;
mod sniff;
mod table;
mod xlsx;
mod xml;
mod zip;

use self::archive::Archive;
use self::sniff::Format;
use crate::document::Problem;
use crate::document::Text;
use crate::limits;

/// The text of a file in logical order, with its places.
///
/// `name` is the file's own name, without folders. Files inside it come out as they are:
/// whoever asks decides whether and how deep they are read.
///
/// # Errors
/// The first reason why no text can be had: [`Problem::Empty`], [`Problem::TooLarge`],
/// [`Problem::UnknownFormat`], or what the format's reader says.
pub fn extract(bytes: &[u8], name: &str) -> Result<Text, Problem> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limits::PAPER_BYTES_MAX {
        return Err(Problem::TooLarge);
    }
    let text = match sniff::format_of(bytes, name)? {
        Format::Plain => plain::read(&charset::decode(bytes)?)?,
        Format::Markdown => markdown::read(&charset::decode(bytes)?)?,
        Format::Html => html::read(&charset::decode_page(bytes)?)?,
        Format::Table => table::read(&charset::decode(bytes)?)?,
        Format::Mail => mail::read(bytes)?,
        Format::Pdf => pdf::read(bytes)?,
        Format::Docx => docx::read(&mut Archive::open(bytes)?)?,
        Format::Odt => odt::read(&mut Archive::open(bytes)?)?,
        Format::Xlsx => xlsx::read(&mut Archive::open(bytes)?)?,
        Format::Ods => ods::read(&mut Archive::open(bytes)?)?,
        #[cfg(feature = "word97")]
        Format::Doc => doc::read(&compound::Compound::open(bytes)?)?,
        #[cfg(feature = "word97")]
        Format::Rtf => rtf::read(bytes)?,
        Format::Zip => zip::read(&mut Archive::open(bytes)?)?,
    };
    if text.is_blank() { Err(Problem::Empty) } else { Ok(text) }
}

impl Text {
    /// Whether there is nothing to read in it: no word, no front matter, no file in it.
    fn is_blank(&self) -> bool {
        self.front_matter.is_empty()
            && self.enclosed.is_empty()
            && self.lines.iter().all(|line| line.text.trim().is_empty())
    }
}
