//! A letter's token: by what a reply to it is known, and what nobody else can guess.
//!
//! It is made of the network's secret and of what makes the letter unique, so that a later
//! letter of a thread names an earlier one without knowing its row. It stands in the
//! letter's Message-ID, which a reply repeats, and in the address that replies and bounces
//! go to.

use sha2::Digest as _;
use sha2::Sha256;
use std::fmt;

/// The network's secret; a new store draws its own.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct TokenKey(pub [u8; 32]);

/// Twenty characters of `a`–`z` and `2`–`7`: a hundred bits, and safe where a mail server
/// changes capitals.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Token(String);

/// Characters of a token.
const CHARS: usize = 20;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Before a token in the address that bounces go to.
const BOUNCE_MARK: &str = "b-";

impl Token {
    /// The token of whatever these parts name.
    pub(crate) fn of(key: TokenKey, parts: &[&str]) -> Token {
        let mut inner = Sha256::new();
        inner.update(key.0);
        for part in parts {
            inner.update(part.len().to_be_bytes());
            inner.update(part.as_bytes());
        }
        // Hashed twice with the key, as HMAC does: nobody goes on from a known token.
        let mut outer = Sha256::new();
        outer.update(key.0);
        outer.update(inner.finalize());
        let mut bits = Bits { bytes: outer.finalize().into_iter(), held: 0, count: 0 };
        Token((0..CHARS).map(|_| bits.character()).collect())
    }

    /// The token that a text is, whatever its capitals.
    pub fn parse(text: &str) -> Option<Token> {
        let text = text.to_ascii_lowercase();
        let fits =
            text.len() == CHARS && text.bytes().all(|byte| ALPHABET.contains(&byte));
        fits.then_some(Token(text))
    }

    /// The token in a Message-ID of ours: the last part before the `@`.
    pub fn in_message_id(id: &str) -> Option<Token> {
        let (local, _) = id.trim().trim_matches(['<', '>']).rsplit_once('@')?;
        let (_, last) = local.rsplit_once('.')?;
        Token::parse(last)
    }

    /// The token in an address such as `answers+TOKEN@example.org`, and whether it is the
    /// one for bounces.
    pub fn in_address(address: &str) -> Option<(Token, bool)> {
        let (local, _) = address.trim().trim_matches(['<', '>']).rsplit_once('@')?;
        let (_, detail) = local.rsplit_once('+')?;
        match detail.get(..BOUNCE_MARK.len()) {
            Some(mark) if mark.eq_ignore_ascii_case(BOUNCE_MARK) => {
                Some((Token::parse(detail.get(BOUNCE_MARK.len()..)?)?, true))
            }
            _ => Some((Token::parse(detail)?, false)),
        }
    }

    /// Where replies to the letter go.
    pub fn reply_address(&self, mailbox: &str) -> String {
        with_detail(mailbox, &self.0)
    }

    /// Where the letter comes back to when it cannot be delivered.
    pub fn bounce_address(&self, mailbox: &str) -> String {
        with_detail(mailbox, &format!("{BOUNCE_MARK}{}", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn with_detail(mailbox: &str, detail: &str) -> String {
    match mailbox.rsplit_once('@') {
        Some((local, domain)) => format!("{local}+{detail}@{domain}"),
        None => mailbox.to_owned(),
    }
}

/// Bytes, five bits at a time.
struct Bits<I: Iterator<Item = u8>> {
    bytes: I,
    held: u16,
    count: u8,
}

impl<I: Iterator<Item = u8>> Bits<I> {
    fn character(&mut self) -> char {
        if self.count < 5 {
            let next = self.bytes.next().unwrap_or_default();
            self.held = (self.held << 8) | u16::from(next);
            self.count += 8;
        }
        self.count -= 5;
        let index = usize::from((self.held >> self.count) & 31);
        self.held &= (1 << self.count) - 1;
        ALPHABET.get(index).copied().map_or('a', char::from)
    }
}

/// Never the key.
impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
