//! What shows only between rules: that two cannot both be kept, that one adds nothing, that
//! a day cannot be met.
//!
//! Every rule here is understood by itself, and every finding is a warning with an
//! organization and a day. All of it is trial: of organizations on both sides of each
//! condition, of the days of some years, of the network's own organizations. Nothing is
//! proved by reasoning, and where trials are too many nothing is said. Knows no paper.

mod entry;
mod implied;
mod opposed;
mod pairs;
mod places;
mod proof;
mod readings;
mod scope;
mod spans;
mod timetable;
mod upkeep;
mod world;

use crate::analysis::entry::Entry;
use crate::analysis::places::Places;
use crate::analysis::world::{Looked, World};
use crate::calendar::Day;
use crate::compile::Source;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::raise::analysis::Named;
use crate::form;
use crate::judge::Profile;
use crate::limits;
use crate::norm::{Condition, Norm};
use crate::program::Program;
use crate::proof::CaseFile;
use crate::recognise::cues::Cues;
use crate::text::Bilingual;
use crate::vocabulary::Vocabulary;

/// Rules and all that they are looked at beside.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub program: &'a Program,
    /// The files that the program was compiled from.
    pub sources: &'a [Source],
    pub vocabulary: &'a Vocabulary,
    /// By what papers are recognised.
    pub cues: &'a Cues,
    /// Worked cases beside the rulebooks.
    pub case_files: &'a [CaseFile],
    /// The network's organizations; none outside a network.
    pub organizations: &'a [Known],
    pub today: Day,
}

/// An organization of the network.
#[derive(Clone, Debug)]
pub struct Known {
    pub name: Bilingual,
    pub profile: Profile,
}

/// How much was looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    pub rules: usize,
    /// Pairs of rules about one matter.
    pub pairs: usize,
    /// Organizations that could be, tried.
    pub possible: usize,
    /// The network's own.
    pub organizations: usize,
    /// Questions whose trials were too many, or would have proved nothing.
    pub left_out: usize,
}

/// Everything there is to say, in the order of files and lines; at most
/// [`limits::ANALYSIS_FINDINGS_MAX`] findings.
pub fn analyse(ground: &Ground<'_>) -> (Vec<Diagnostic>, Counts) {
    let mut survey = Survey::of(*ground);
    scope::look(&mut survey);
    pairs::look(&mut survey);
    timetable::look(&mut survey);
    readings::look(&mut survey);
    proof::look(&mut survey);
    upkeep::look(&mut survey);
    let Survey { mut told, mut counts, .. } = survey;
    counts.rules = ground.program.rulebooks.iter().map(|book| book.rules.len()).sum();
    counts.organizations = ground.organizations.len();
    told.sort_by(|a, b| {
        (&a.place.file, a.place.line, a.code).cmp(&(&b.place.file, b.place.line, b.code))
    });
    (told, counts)
}

/// What has been looked at so far, and said.
#[derive(Debug)]
struct Survey<'a> {
    ground: Ground<'a>,
    /// Rules that are not suspended.
    entries: Vec<Entry<'a>>,
    places: Places<'a>,
    told: Vec<Diagnostic>,
    counts: Counts,
}

impl<'a> Survey<'a> {
    fn of(ground: Ground<'a>) -> Survey<'a> {
        let books = ground.program.rulebooks.iter();
        let all = books
            .flat_map(|book| book.rules.iter().map(move |rule| Entry { book, rule }));
        Survey {
            ground,
            entries: all.filter(|entry| !entry.is_suspended()).collect(),
            places: Places::of(ground.sources),
            told: Vec::new(),
            counts: Counts::default(),
        }
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        if self.told.len() < limits::ANALYSIS_FINDINGS_MAX {
            self.told.push(diagnostic);
        }
    }

    fn is_full(&self) -> bool {
        self.told.len() >= limits::ANALYSIS_FINDINGS_MAX
    }

    /// The day from which organizations that say no more are members.
    fn start(&self) -> Day {
        Day::from_ymd(self.ground.today.year() - 1, 1, 1).unwrap_or(self.ground.today)
    }

    /// The network's organizations.
    fn known(&self) -> Vec<World<'a>> {
        let (all, start) = (self.ground.organizations, self.start());
        all.iter().map(|known| World::of(known, start)).collect()
    }

    /// Every organization that could be and that matters to these rules; `None` where they
    /// are too many to try.
    fn possible(&mut self, entries: &[Entry<'_>]) -> Option<Vec<World<'a>>> {
        self.possible_beside(entries, &[])
    }

    /// The same, where further conditions matter.
    fn possible_beside(
        &mut self,
        entries: &[Entry<'_>],
        others: &[&Condition],
    ) -> Option<Vec<World<'a>>> {
        let mut conditions: Vec<_> =
            entries.iter().flat_map(|entry| entry.conditions()).collect();
        conditions.extend(others);
        let norms = entries.iter().flat_map(|entry| entry.norms());
        conditions.extend(norms.filter_map(|norm| match norm {
            Norm::Holds(condition) => Some(condition),
            _ => None,
        }));
        let places = entries.iter().flat_map(|entry| entry.places());
        let worlds = Looked::at(&conditions)
            .under(places)
            .worlds(self.ground.vocabulary, self.start());
        match &worlds {
            Some(worlds) => self.counts.possible += worlds.len(),
            None => self.counts.left_out += 1,
        }
        worlds
    }

    /// A rule as a message names it, with the duty that it has where the message looks.
    fn named(&self, id: String, norm: &Norm) -> Named {
        let says = form::say(norm, self.ground.vocabulary);
        Named { id, says: says.map(|text| text.trim_end_matches('.').to_owned()) }
    }
}
