//! Rulebooks as the judge takes them: rules with every choice made.
//!
//! The compiler fills these; the judge reads them. A default that
//! `docs/SEMANTICS.md` names is written here as a value, never implied.

use crate::calendar::{Day, MonthCounting, Period, Span};
use crate::norm::{Condition, Counting, Exception, Norm};
use crate::rulebook::Words;
use crate::text::Language;
use std::collections::BTreeMap;

/// Everything that is in force for a network, in the order of the rulebooks' ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    pub rulebooks: Vec<Rulebook>,
}

/// A set of rules with a title, a language and its choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rulebook {
    /// The folder or file stem: lower case, unique in the network.
    pub id: String,
    pub title: String,
    pub language: Language,
    /// Slots whose period end, event or deadline lies before are not judged.
    pub in_force: Option<Day>,
    pub months: MonthCounting,
    /// `A quarter is a quarter of the fiscal year`.
    pub fiscal_quarters: bool,
    /// How late evidence may arrive; 15 days unless said.
    pub lag: Span,
    /// How long before the due day a duty is *due soon*; 30 days unless said.
    pub lead: Span,
    pub force: Force,
    /// When the clock of all its rules stands still.
    pub suspended: Vec<Period>,
    /// Where its rules are law, unless they say so themselves.
    pub jurisdictions: Vec<String>,
    pub status: Status,
    /// The declared dimensions, in order; empty means the single dimension General.
    pub dimensions: Vec<String>,
    /// How much each of the dimensions weighs that do not weigh 1.
    pub dimension_weights: BTreeMap<String, u16>,
    /// How the index puts its dimensions together.
    pub mean: Mean,
    /// Other rulebooks whose rules this index counts, each as one of its dimensions.
    pub includes: Vec<(String, String)>,
    pub rules: Vec<Rule>,
    /// Rules that could not be read: their state is *error*, and the others are judged.
    pub broken: Vec<BrokenRule>,
}

/// A rule that says something the language does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenRule {
    /// As written, or `line-N` where the rule has no id.
    pub id: String,
    pub text: String,
    pub file: String,
    /// From 1.
    pub line: u32,
}

/// One duty with what surrounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Unique in the rulebook.
    pub id: String,
    pub title: Option<String>,
    /// The duty's sentence as its author wrote it, and in which language.
    pub text: String,
    pub written_in: Language,
    /// The canonical reading in each language.
    pub english: String,
    pub arabic: String,
    pub file: String,
    /// From 1.
    pub line: u32,
    pub norm: Norm,
    pub applies_to: Option<Condition>,
    /// Where it is law, as codes such as `PS` or `PS-WB`; everywhere where none is named.
    pub jurisdictions: Vec<String>,
    /// A group of rules inside a dimension, as its author calls it.
    pub theme: Option<String>,
    /// How sure it is that the source says so, where somebody said how sure.
    pub confidence: Option<Confidence>,
    /// All of these have to be so of an event for it to count.
    pub counts_only_if: Vec<Counting>,
    pub exceptions: Vec<Exception>,
    /// When the rule itself is in force, inside the rulebook's time.
    pub in_force: Window,
    /// The rules that this one gives way to: it is not applicable where one of them applies.
    pub gives_way_to: Vec<Precedence>,
    /// The windows in which its clock stands still, the rulebook's first.
    pub suspended: Vec<Period>,
    /// The rule of this rulebook whose breach this one answers: `If not met` of that rule.
    pub answers: Option<String>,
    /// The versions of the rule before this one, in the order of their times.
    pub earlier: Vec<Rule>,
    /// The duty in the other language as its author wrote it.
    pub also: Option<String>,
    /// The day by which somebody promised to look at the rule again.
    pub review_by: Option<Day>,
    pub grace: Span,
    /// 1 or more.
    pub weight: u16,
    pub severity: Severity,
    /// A name of [`Rulebook::dimensions`], or `General`.
    pub dimension: String,
    pub kind: RuleKind,
    pub status: Status,
    pub source: Option<String>,
    pub remedy: Option<String>,
    /// Worked examples as written, run by `mithaq test`; no part of the meaning.
    pub examples: Vec<Words>,
    /// What its labels say of when and of whom the duty is asked, read back: whole
    /// sentences, English and Arabic.
    pub around: Vec<[String; 2]>,
    /// SHA-256 of the language-free tree, 16 hexadecimal digits.
    pub meaning: String,
}

/// Days from the first to the last, both included; open where none is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Window {
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// A rule that stands before another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Precedence {
    pub rulebook: String,
    pub rule: String,
    /// Where it applies: everywhere when `None`.
    pub applies_to: Option<Condition>,
    /// Where it is law; everywhere where none is named.
    pub jurisdictions: Vec<String>,
    pub in_force: Window,
}

impl Rulebook {
    /// The rule whose breach another answers.
    pub fn answered_by(&self, rule: &Rule) -> Option<&Rule> {
        let id = rule.answers.as_deref()?;
        self.rules.iter().find(|other| other.id == id)
    }

    /// Every version of every rule.
    pub fn versions(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().flat_map(Rule::versions)
    }
}

impl Rule {
    /// Its versions in the order of their times; itself is the last.
    pub fn versions(&self) -> impl Iterator<Item = &Rule> {
        self.earlier.iter().chain(std::iter::once(self))
    }

    /// The version that what opens on a day is judged by: the last one in force by then,
    /// else the first.
    pub fn version_on(&self, day: Day) -> &Rule {
        let begun = |rule: &&Rule| rule.in_force.from.is_none_or(|from| from <= day);
        let first = self.earlier.first().unwrap_or(self);
        self.versions().filter(begun).last().unwrap_or(first)
    }

    /// The version by which a slot from one day to another, due on a third, was judged. A
    /// slot that is due after its period opens when that is over.
    pub fn version_of(&self, (from, to): (Day, Day), due: Day) -> &Rule {
        self.version_on(if to < due { to.next() } else { from })
    }
}

impl Window {
    pub fn contains(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// What both windows hold.
    pub fn within(self, other: Window) -> Window {
        Window {
            from: self.from.max(other.from),
            to: match (self.to, other.to) {
                (Some(one), Some(another)) => Some(one.min(another)),
                (one, another) => one.or(another),
            },
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Severity {
    Low,
    #[default]
    Medium,
    High,
    /// Not met, it caps the index.
    Critical,
}

/// How sure it is that a source says what a rule asks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    Low,
    Medium,
    High,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Force {
    Law,
    #[default]
    Charter,
    GoodPractice,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Status {
    /// Judged and shown; writes no letters and is outside the index.
    Draft,
    #[default]
    InForce,
    Suspended,
}

/// How an index puts its dimensions together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Mean {
    /// What lacks in one dimension cannot be bought back in another.
    #[default]
    Geometric,
    Arithmetic,
}

/// Whether a rule asks for a paper (a policy exists) or for practice (it is lived).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum RuleKind {
    Paper,
    #[default]
    Practice,
}
