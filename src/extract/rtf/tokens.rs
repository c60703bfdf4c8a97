//! An RTF text cut into what it is made of. Whatever the bytes, cutting ends.

/// One thing of an RTF text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// A byte of text, in a code page.
    Byte(u8),
    /// A backslash and one character that is no letter.
    Symbol(u8),
    /// A control word with its number.
    Word(&'b str, Option<i32>),
}

/// The longest control word, and the longest number behind one.
const WORD_BYTES_MAX: usize = 32;

pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
}

impl<'b> Tokens<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Tokens<'b> {
        Tokens { bytes }
    }

    fn skip(&mut self, count: usize) {
        self.bytes = self.bytes.get(count..).unwrap_or_default();
    }

    /// What stands behind a backslash.
    fn control(&mut self) -> Option<Token<'b>> {
        let first = *self.bytes.first()?;
        if first == b'\'' {
            let digits = self.bytes.get(1..3).and_then(|it| std::str::from_utf8(it).ok());
            let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            self.skip(if byte.is_some() { 3 } else { 1 });
            return Some(byte.map_or(Token::Symbol(b'\''), Token::Byte));
        }
        if !first.is_ascii_alphabetic() {
            self.skip(1);
            // A line's end behind a backslash is one of a paragraph.
            let ends = matches!(first, b'\n' | b'\r');
            return Some(if ends {
                Token::Word("par", None)
            } else {
                Token::Symbol(first)
            });
        }
        let rest = self.bytes;
        let letters = length(rest, u8::is_ascii_alphabetic);
        let word = rest.get(..letters).and_then(|it| std::str::from_utf8(it).ok())?;
        self.skip(letters);
        let sign = usize::from(self.bytes.first() == Some(&b'-'));
        let behind = self.bytes.get(sign..).unwrap_or_default();
        let digits = length(behind, u8::is_ascii_digit);
        let mut number = None;
        if digits > 0 {
            let whole = self.bytes.get(..sign + digits);
            number = whole.and_then(|it| std::str::from_utf8(it).ok()?.parse().ok());
            self.skip(sign + digits);
        }
        if self.bytes.first() == Some(&b' ') {
            self.skip(1);
        }
        if word == "bin" {
            self.skip(number.and_then(|count| usize::try_from(count).ok()).unwrap_or(0));
        }
        Some(Token::Word(word, number))
    }
}

fn length(bytes: &[u8], is: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().take(WORD_BYTES_MAX).take_while(|byte| is(byte)).count()
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let first = *self.bytes.first()?;
            self.skip(1);
            match first {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\\' => return self.control(),
                // Lines of the file are none of the document.
                b'\r' | b'\n' | 0 => {}
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}
