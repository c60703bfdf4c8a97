//! The fonts of an RTF text with their code pages, and which of its styles are headings.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

#[derive(Default)]
pub(super) struct Styles {
    /// Of each font its code page, where it has one of its own.
    fonts: BTreeMap<i32, &'static Encoding>,
    /// The font that is being described.
    font: i32,
    headings: BTreeMap<i32, u8>,
    /// The style that is being described, and its name so far.
    style: Option<i32>,
    name: String,
}

/// More fonts or styles than these are no document's.
const KEPT_MAX: usize = 4_096;

impl Styles {
    pub(super) fn font(&mut self, font: i32) {
        self.font = font;
    }

    /// The character set of the font that is being described.
    pub(super) fn charset(&mut self, set: i32) {
        let page = match set {
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178..=180 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            // 0 is western, 1 whatever the document says.
            _ => return,
        };
        if let Some(encoding) =
            encoding_of_page(page).filter(|_| self.fonts.len() < KEPT_MAX)
        {
            self.fonts.insert(self.font, encoding);
        }
    }

    pub(super) fn encoding(&self, font: i32) -> Option<&'static Encoding> {
        self.fonts.get(&font).copied()
    }

    pub(super) fn style(&mut self, style: i32) {
        (self.style, self.name) = (Some(style), String::new());
    }

    pub(super) fn name(&mut self, text: &str) {
        if self.style.is_some() && self.name.len() < 256 {
            self.name.push_str(text);
        }
    }

    /// A group ends: where it described a style, its name is whole.
    pub(super) fn end_entry(&mut self) {
        let Some(style) = self.style.take() else { return };
        let name = self.name.trim().trim_end_matches(';').to_lowercase();
        let level = match name.strip_prefix("heading ") {
            Some(level) => level.parse().ok().filter(|level| (1..=9).contains(level)),
            None => (name == "title").then_some(1),
        };
        if let Some(level) = level.filter(|_| self.headings.len() < KEPT_MAX) {
            self.headings.insert(style, level);
        }
    }

    pub(super) fn heading(&self, style: i32) -> Option<u8> {
        self.headings.get(&style).copied()
    }
}

/// The encoding of a Windows code page.
pub(super) fn encoding_of_page(page: i32) -> Option<&'static Encoding> {
    match page {
        65001 => Some(encoding_rs::UTF_8),
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        1252 => Some(WINDOWS_1252),
        10000 => Some(encoding_rs::MACINTOSH),
        _ => Encoding::for_label(format!("windows-{page}").as_bytes()),
    }
}
