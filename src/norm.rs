//! What sentences mean: the judge's whole vocabulary, and nothing of any language.
//!
//! A form (one per sentence shape) lowers into one [`Norm`]; two sentences mean the same
//! when their norms are equal. Terms are numbers of the vocabulary; their stable names
//! ([`crate::vocabulary::Vocabulary::name`]) go into the hash that `check` prints.

use crate::calendar::{Cycle, Span};
use std::collections::BTreeSet;

mod condition;

pub use condition::{Comparison, Condition, Counting, Moment, Proportion, Quantity};

/// A term of the vocabulary. The number holds for one loaded vocabulary only; what is
/// stored or hashed is the term's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TermId(pub u16);

/// What can be done: to a document by an organization, a body or an authority, or, for
/// [`Act::Meet`], by a body itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Act {
    /// A body comes together: yajtamiʿ.
    Meet,
    /// The paper exists: it is prepared, held, kept, on file.
    Prepare,
    /// Made public.
    Publish,
    /// Adopted or approved by a body: one event in both languages.
    Adopt,
    /// Filed with or submitted to an authority.
    Submit,
    Sign,
    Review,
    /// Accredited by an authority, or a certificate's own validity.
    Validate,
    /// An event comes about: the act of a noun that is itself an event.
    Occur,
    /// A verb that the vocabulary teaches, by its own term: notify, answer, elect …
    Verb(TermId),
}

/// Something that happens, as a rule speaks of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Occurrence {
    /// The body that meets or the document that something is done to.
    pub noun: TermId,
    pub act: Act,
    /// Who does it, when the rule says: a body or a role.
    pub by: Option<TermId>,
    /// To whom (an authority) or where (a channel), when the rule says.
    pub to: Option<TermId>,
}

/// The day from which a deadline counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Anchor {
    FiscalYearEnd,
    FiscalYearStart,
    /// Each time that this happens.
    Each(Occurrence),
    /// The last day of the mandate of a body.
    MandateEnd(TermId),
    /// Each day on which the duty that this one answers is found not met.
    Finding,
}

/// By when the last step of an order is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Limit {
    /// So long before the anchor; of no length, before it.
    Before(Span),
    /// Within so long after it.
    Within(Span),
}

/// A share of a whole, compared exactly: `numerator / denominator`, of at most 100 each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Share {
    pub numerator: u16,
    pub denominator: u16,
    /// "more than": the share itself is not enough.
    pub exclusive: bool,
}

/// An item that a document must contain.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Item {
    /// A term: found by any of its phrases, in either language.
    Term(TermId),
    /// The author's own words, folded.
    Words(String),
}

/// One duty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Norm {
    /// At least `least` (1 or more) times in each `cycle`.
    Frequency { what: Occurrence, least: u16, cycle: Cycle },
    /// Never longer than `gap` from one to the next.
    Rolling { what: Occurrence, gap: Span },
    /// Within `within` after each anchor, the last day included.
    Deadline { what: Occurrence, anchor: Anchor, within: Span },
    /// Each calendar year by this day, included. `month` 1–12, `day` 1–31; a day that a
    /// year lacks (29 February) is the month's last.
    FixedDate { what: Occurrence, month: u8, day: u8 },
    /// At all times: the document is there (`Prepare`), adopted, published or valid, and,
    /// where `review` says so, adopted or reviewed again within that span.
    Standing { what: Occurrence, review: Option<Span> },
    /// The body has at least and at most so many members, both included.
    Size { body: TermId, least: Option<u16>, most: Option<u16> },
    /// Every meeting of the body is attended by this share of its members in office.
    Quorum { body: TermId, share: Share },
    /// One thing done before another, or several in turn and the last of them in time. The
    /// steps are about one noun. `ever`: what was done before an earlier anchor counts too.
    Order { steps: Vec<Occurrence>, anchor: Anchor, limit: Limit, ever: bool },
    /// Each of these: duties that differ only in what they are about.
    All(Vec<Norm>),
    /// Every document of the kind contains all the items.
    Contents { document: TermId, items: Vec<Item> },
    /// Forbidden: kept as long as nothing says that it happened.
    Never { what: Occurrence },
    /// At all times, this is so of the organization.
    Holds(Condition),
    /// A duty whose sentence names its condition. At the top of a rule it is the rule's
    /// scope or an exception, as if a label had said it.
    Guarded { norm: Box<Norm>, guard: Guard, when: Condition },
    /// Permitted, or not required: nothing is asked.
    Free { freedom: Freedom, matter: Matter },
    /// Every meeting of the body has the quorum that the organization's bylaws ask for.
    BylawsQuorum { body: TermId },
    /// Every meeting of the body is attended by `first`, or, called again within `within`,
    /// by `second`.
    SecondCall { body: TermId, first: Share, second: Share, within: Span },
    /// Every document of the kind is signed by all of these; `in_order`: and its numbers
    /// follow its days.
    Signed { document: TermId, by: Vec<Signers>, in_order: bool },
    /// Each of these people signs, files or holds (`act`) a document of their own.
    EachMember {
        who: People,
        document: TermId,
        act: Act,
        to: Option<TermId>,
        when: MemberTime,
    },
    /// At all times no two members of the body are related within this degree.
    Unrelated { body: TermId, degree: u8, in_laws: bool },
    /// At all times nobody is in both groups; in the order of the terms' names.
    Incompatible { one: TermId, other: TermId },
    /// Nobody is longer in the group than so; `unless_explained`: or a reason is on file.
    TermLimit { who: TermId, most: Stay, consecutive: bool, unless_explained: bool },
    /// At all times so many of the group have these qualities.
    Composition { who: TermId, demands: Vec<Demand> },
    /// The body has at least `least` members, and at least `times` as many as `other`.
    Proportion { body: TermId, least: Option<u16>, times: u16, other: TermId },
    /// Within `within` of each event or by the next one of its kind: whichever is later, or
    /// else whichever is earlier.
    Whichever { what: Occurrence, event: Occurrence, within: Span, later: bool },
    /// With each event or paper of its kind there are these papers.
    Backed { each: Occurrence, by: Vec<Backing> },
    /// Done so often in each period to each paper of the kind that is then in force.
    EachPaper { what: Occurrence, least: u16, cycle: Cycle },
    /// The rules of the rulebook do not speak of these organizations.
    Outside { who: Condition },
    /// At all times this share of the network's members, or of those for whom `who` holds,
    /// keep the duty; `on_time`: and what was late does not count.
    Members { part: Share, who: Option<Condition>, on_time: bool, norm: Box<Norm> },
    /// At all times at least so many of these duties are kept: 1 up to all of them.
    Among { least: u16, norms: Vec<Norm> },
    /// Of the last occasions of a duty so many were kept in time, grace included; of the very
    /// last one `last` is so too.
    Lately { past: Past, norm: Box<Norm>, last: Option<Box<Norm>> },
    /// At all times this share of a body's members have signed or filed (`act`) a document of
    /// their own within the last `within`.
    Uptake { body: TermId, part: Share, document: TermId, act: Act, within: Span },
}

/// Which of a duty's occasions are looked back on, and how many of them are asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Past {
    /// At least `least` of the last `of` that are over: 1 up to [`crate::limits::TIMES_MAX`].
    Times { least: u16, of: u16 },
    /// Each that began within the last `span`; `but`: and so long ago at least, and then
    /// whatever was not done by the day judged was not.
    Within { span: Span, but: Option<Span> },
}

/// Papers that another paper or an event comes with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Backing {
    pub document: TermId,
    /// 1 or more.
    pub least: u16,
    /// Dated no longer than this before what they come with.
    pub not_older: Option<Span>,
}

/// How a condition bears on the duty beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Guard {
    If,
    Unless,
    /// Where it holds the duty is kept, whatever else is so.
    Enough,
}

/// What a sentence that asks for nothing does instead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Freedom {
    /// "may", «يجوز».
    May,
    /// "need not", «لا يلزم».
    NeedNot,
}

/// What is permitted or not required: a deed, or a whole duty with its time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Matter {
    Deed(Occurrence),
    Duty(Box<Norm>),
}

/// People that a rule speaks of: whoever is in one of the groups, and, where it says so,
/// has the quality too.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct People {
    /// Bodies and posts, one or more, in the order of their names.
    pub groups: Vec<TermId>,
    pub are: Option<TermId>,
}

/// When each of some people owes a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MemberTime {
    /// One in each period.
    Each(Cycle),
    /// At all times in office.
    Always,
    /// Within this span of taking office.
    Within(Span),
}

/// At least so many holders of a post sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Signers {
    pub role: TermId,
    /// 1 or more.
    pub least: u16,
}

/// How long somebody may stay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stay {
    Terms(u16),
    Years(u16),
}

/// How many of a group.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    All,
    Share(Share),
    Count(u16),
}

/// What somebody is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Quality {
    /// A quality, or a member of a body, or the holder of a post.
    Is(TermId),
    /// In whole years.
    AtLeastAge(u8),
    UnderAge(u8),
}

/// At least this part of a group has this quality.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Demand {
    pub part: Part,
    pub quality: Quality,
}

/// An exception: where `when` holds, the duty is `then`, or there is none.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Exception {
    pub name: Option<String>,
    pub when: Condition,
    pub then: Option<Norm>,
    /// Where one of these holds the exception does not: exceptions to the exception, each
    /// with its name.
    pub unless: Vec<(Option<String>, Condition)>,
}

impl Norm {
    /// What the duty is that something be done, where it is that.
    pub fn deed(&self) -> Option<Occurrence> {
        match self {
            Norm::Frequency { what, .. }
            | Norm::Rolling { what, .. }
            | Norm::Deadline { what, .. }
            | Norm::FixedDate { what, .. }
            | Norm::Standing { what, .. }
            | Norm::Never { what }
            | Norm::Free { matter: Matter::Deed(what), .. } => Some(*what),
            Norm::Free { matter: Matter::Duty(norm), .. }
            | Norm::Lately { norm, .. }
            | Norm::Guarded { norm, .. } => norm.deed(),
            Norm::Order { steps, .. } => steps.last().copied(),
            // What is asked of people or of papers is no single deed.
            _ => None,
        }
    }

    /// What happens that keeps the duty: the events that are counted. None for a duty that
    /// is kept by a state of things, or by something not happening.
    pub fn counted(&self) -> Vec<Occurrence> {
        match self {
            Norm::Frequency { what, .. }
            | Norm::Rolling { what, .. }
            | Norm::Deadline { what, .. }
            | Norm::FixedDate { what, .. }
            | Norm::Standing { what, .. } => vec![*what],
            Norm::Whichever { what, .. } | Norm::EachPaper { what, .. } => vec![*what],
            Norm::Order { steps, .. } => steps.clone(),
            Norm::All(norms) | Norm::Among { norms, .. } => {
                norms.iter().flat_map(Norm::counted).collect()
            }
            Norm::Guarded { norm, .. } | Norm::Lately { norm, .. } => norm.counted(),
            _ => Vec::new(),
        }
    }

    /// This norm and those inside it.
    pub fn parts(&self) -> Vec<&Norm> {
        let mut parts = vec![self];
        if let Norm::All(norms) | Norm::Among { norms, .. } = self {
            parts.extend(norms.iter().flat_map(Norm::parts));
        }
        if let Norm::Free { matter: Matter::Duty(norm), .. }
        | Norm::Guarded { norm, .. }
        | Norm::Lately { norm, .. }
        | Norm::Members { norm, .. } = self
        {
            parts.extend(norm.parts());
        }
        if let Norm::Lately { last: Some(last), .. } = self {
            parts.extend(last.parts());
        }
        parts
    }

    /// Whether a time in it begins with a finding.
    pub fn answers(&self) -> bool {
        match self {
            Norm::Deadline { anchor, .. } | Norm::Order { anchor, .. } => {
                *anchor == Anchor::Finding
            }
            Norm::All(norms) => norms.iter().any(Norm::answers),
            Norm::Guarded { norm, .. }
            | Norm::Free { matter: Matter::Duty(norm), .. } => norm.answers(),
            _ => false,
        }
    }

    /// Whether the duty holds at all times, so that what breaks it lasts to the day judged.
    pub fn is_standing(&self) -> bool {
        match self {
            Norm::Rolling { .. }
            | Norm::Standing { .. }
            | Norm::Size { .. }
            | Norm::EachMember { when: MemberTime::Always, .. }
            | Norm::Members { .. }
            | Norm::Among { .. }
            | Norm::Uptake { .. }
            | Norm::Holds(_) => true,
            Norm::Guarded { norm, .. } => norm.is_standing(),
            Norm::All(norms) => norms.iter().all(Norm::is_standing),
            _ => self.is_about_people(),
        }
    }

    /// Whether the duty itself forbids: what nobody may be, and for how long at most.
    pub fn is_a_limit(&self) -> bool {
        matches!(
            self,
            Norm::Incompatible { .. } | Norm::TermLimit { .. } | Norm::Unrelated { .. }
        )
    }

    /// Whether the register of people alone decides it, on every day.
    pub fn is_about_people(&self) -> bool {
        matches!(
            self,
            Norm::Unrelated { .. }
                | Norm::Incompatible { .. }
                | Norm::TermLimit { .. }
                | Norm::Composition { .. }
                | Norm::Proportion { .. }
        )
    }

    /// Whether a duty missed on its day can still be done late.
    pub fn can_be_late(&self) -> bool {
        match self {
            Norm::All(norms) => norms.iter().all(Norm::can_be_late),
            // What should have been before an event cannot be done before it afterwards.
            Norm::Order { anchor: Anchor::Each(_), limit: Limit::Before(_), .. } => false,
            Norm::Order { limit: Limit::Before(lead), .. } => *lead == Span::Days(0),
            Norm::Order { .. } => true,
            Norm::Deadline { .. }
            | Norm::FixedDate { .. }
            | Norm::Standing { .. }
            | Norm::Rolling { .. }
            | Norm::Size { .. }
            | Norm::SecondCall { .. }
            | Norm::Signed { .. }
            | Norm::EachMember {
                when: MemberTime::Always | MemberTime::Within(_), ..
            }
            | Norm::Whichever { .. }
            | Norm::Members { .. }
            | Norm::Among { .. }
            | Norm::Uptake { .. }
            | Norm::Holds(_) => true,
            Norm::Guarded { norm, .. } => norm.can_be_late(),
            _ => self.is_about_people(),
        }
    }
}

impl Exception {
    /// Without a name, another duty or a limit.
    pub fn plain(when: Condition) -> Exception {
        Exception { name: None, when, then: None, unless: Vec::new() }
    }
}

impl Item {
    /// The key under which a reader says that a paper contains the item.
    pub fn key(&self) -> String {
        match self {
            Item::Term(term) => format!("#{}", term.0),
            Item::Words(words) => words.clone(),
        }
    }

    /// Whether a paper contains it that contains the items of these keys.
    pub fn is_in(&self, keys: &BTreeSet<String>) -> bool {
        match self {
            Item::Term(_) => keys.contains(&self.key()),
            Item::Words(words) => keys.contains(words),
        }
    }
}
