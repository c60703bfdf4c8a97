//! What letters about answers have to tell: what somebody asked, what was decided, and who
//! cannot be reached.

use crate::text::Bilingual;

/// Somebody answered one of our letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// By which `mithaq mail settle` knows it.
    pub number: i64,
    pub stage: Stage,
    pub asks: Asks,
    pub organization: Bilingual,
    /// Who wrote: the name on the register, and the address.
    pub who: String,
    pub address: String,
    /// The subject of the letter that was answered.
    pub about: String,
    /// The finding that it is about, by its short name.
    pub finding: Option<String>,
    /// Their own words, the first lines.
    pub said: String,
}

/// How far an answer has come, and who reads of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The officer has to decide.
    ForOfficer,
    /// The writer learns how it was understood.
    Understood,
    /// The writer learns what was decided.
    Settled { by: String, why: String },
}

/// What an answer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asks {
    /// A finding is wrong.
    Dispute,
    /// A paper was read wrongly.
    Correction,
    /// A rule does not apply to them.
    Exemption,
    /// More time.
    Extension,
    /// No more letters of this kind.
    Mute,
    /// No more letters but the weekly ones.
    Pause,
    /// All letters again.
    Resume,
    /// Words that only a person understands.
    Message,
}

/// Letters to somebody come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undeliverable {
    pub organization: Bilingual,
    pub who: String,
    pub address: String,
    /// The letter that came back.
    pub about: String,
    /// What the mail server said.
    pub said: String,
}

impl Asks {
    /// The name in rows and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Asks::Dispute => "dispute",
            Asks::Correction => "correction",
            Asks::Exemption => "exemption",
            Asks::Extension => "extension",
            Asks::Mute => "mute",
            Asks::Pause => "pause",
            Asks::Resume => "resume",
            Asks::Message => "message",
        }
    }

    /// Whether somebody has to decide; what else there is takes effect by itself.
    pub fn needs_a_person(self) -> bool {
        !matches!(self, Asks::Mute | Asks::Pause | Asks::Resume)
    }
}
