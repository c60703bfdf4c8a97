//! An organization made of what an example gives: its register, its papers, its folder.
//!
//! Papers go the way of every paper whose sidecar states them; only that nobody typed one.

use crate::calendar::{Day, Period, WorkingWeek};
use crate::document::{
    Fact, FactName, KindGuess, Method, Problem, ReadState, Reading, Sha256, Text, Value,
};
use crate::evidence::{self, Arrival};
use crate::example::{Contents, Details, Expected, Given, Setting};
use crate::judge;
use crate::judge::{History, Profile, Stand};
use crate::norm::{Item, Norm, TermId};
use crate::organization::{Attribute, FiscalYears, Organization, Waiver};
use crate::proof::people;
use crate::recognise::cues::Cues;
use crate::recognise::{self, Sidecar};
use crate::timeline::{Folder, Timeline};
use crate::vocabulary::Vocabulary;

/// What an example is staged with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Props<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) cues: &'a Cues,
    /// Whose contents "everything" is.
    pub(super) norm: &'a Norm,
    /// Whose law the organization is under where the example names no country.
    pub(super) place: &'a str,
    /// The day that a paper without a day is of.
    pub(super) day: Day,
}

/// Everything that is judged.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) organization: Organization,
    pub(super) profile: Profile,
    pub(super) timeline: Timeline,
    pub(super) waiver: Option<Waiver>,
    /// What is expressly not known: the type (`None`), numbers.
    pub(super) not_known: Vec<Option<TermId>>,
    /// How the network's members stand with the duty that counts them.
    fellows: Vec<History>,
}

/// Puts up what is given; in a later level a setting stands in place of an earlier one of
/// its kind.
pub(super) fn stage(levels: &[&[Given]], props: &Props<'_>) -> Stage {
    let mut timeline = Timeline::default();
    timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
    let mut stage = Stage {
        organization: Organization {
            working: WorkingWeek::usual(country(props.place)),
            jurisdiction: Some(props.place.to_owned()),
            ..Organization::default()
        },
        profile: Profile::default(),
        timeline: Timeline::default(),
        waiver: None,
        not_known: Vec::new(),
        fellows: Vec::new(),
    };
    for (at, level) in levels.iter().enumerate() {
        let tells_of_fellows =
            |given: &Given| matches!(given, Given::Setting(Setting::Fellows(_)));
        if level.iter().any(tells_of_fellows) {
            stage.fellows.clear();
        }
        let later = levels.get(at + 1..).unwrap_or_default();
        let again: Vec<TermId> = later.iter().flat_map(|level| groups(level)).collect();
        for given in *level {
            match given {
                Given::Deeds { statements, details } => {
                    for statement in statements {
                        let arrival = arrival(&timeline, props.day);
                        let told = (*statement, about(details));
                        evidence::state(&mut timeline, props.vocabulary, arrival, told);
                    }
                }
                Given::Paper { kind, details } => {
                    put(&mut timeline, *kind, details, props);
                }
                Given::Setting(Setting::FolderUnhealthy(since)) => {
                    timeline.folder = match since {
                        None => Folder::default(),
                        Some(day) => Folder {
                            first_seen: Some(0),
                            unhealthy: Some((0, day.previous())),
                        },
                    };
                }
                Given::Setting(Setting::Seats(seats)) if again.contains(&seats.group) => {
                }
                Given::Setting(setting) => stage.set(setting, props.vocabulary),
            }
        }
    }
    stage.timeline = timeline;
    stage.profile = crate::plan::profile(props.vocabulary, &stage.organization);
    if !stage.fellows.is_empty() {
        let counting = props
            .norm
            .parts()
            .into_iter()
            .filter(|it| matches!(it, Norm::Members { .. }));
        let of = counting.map(|norm| (norm.clone(), stage.fellows.clone())).collect();
        stage.profile.fellows = judge::Fellows { of };
    }
    stage
}

/// The country of a place: `PS` of `PS-GZ`.
fn country(place: &str) -> &str {
    place.split_once('-').map_or(place, |(country, _)| country)
}

fn groups(level: &[Given]) -> impl Iterator<Item = TermId> {
    level.iter().filter_map(|given| match given {
        Given::Setting(Setting::Seats(seats)) => Some(seats.group),
        _ => None,
    })
}

impl Stage {
    fn set(&mut self, setting: &Setting, vocabulary: &Vocabulary) {
        let name = |term: TermId| vocabulary.name(term).to_owned();
        let organization = &mut self.organization;
        match setting {
            Setting::Type(kind) => {
                organization.organization_type = name(*kind);
                self.not_known.retain(Option::is_some);
            }
            Setting::NotKnown(what) => {
                self.not_known.push(*what);
                match what {
                    None => organization.organization_type.clear(),
                    Some(term) => {
                        let name = name(*term);
                        organization.attributes.retain(|one| one.name != name);
                    }
                }
            }
            Setting::Country(code) => {
                organization.working = WorkingWeek::usual(country(code));
                organization.jurisdiction = Some(code.clone());
            }
            Setting::Joined(day) => organization.joined = Some(*day),
            Setting::Founded(day) => organization.founded = Some(*day),
            Setting::FiscalYearEnds(month, day) => {
                let listed = Vec::new();
                organization.fiscal_years = FiscalYears { ends: (*month, *day), listed };
            }
            Setting::Attribute { name: term, value, from } => {
                self.not_known.retain(|known| *known != Some(*term));
                organization.attributes.push(Attribute {
                    name: name(*term),
                    value: value.number,
                    currency: value.currency,
                    from: from.unwrap_or(Day::EARLIEST),
                });
            }
            Setting::Fellows(fellows) => {
                let since = fellows.since.unwrap_or(Day::EARLIEST);
                for (state, count) in &fellows.stand {
                    let history = History::from_iter([(since, stand(*state))]);
                    self.fellows.extend(std::iter::repeat_n(history, *count));
                }
            }
            Setting::Waived(during) => {
                self.waiver = Some(waiver(*during));
            }
            of_people => people::set(&mut organization.register, of_people, vocabulary),
        }
    }
}

/// How a member stands of which a verdict is said.
fn stand(state: Expected) -> Stand {
    match state {
        Expected::Met | Expected::MetInGrace | Expected::Explained => Stand::Kept,
        Expected::MetLate => Stand::Late,
        Expected::NotMet | Expected::StillOwed | Expected::Closed => Stand::Broken,
        Expected::Error
        | Expected::Undecided
        | Expected::AwaitingEvidence
        | Expected::InsufficientEvidence => Stand::Unknown,
        Expected::NotYetOpen
        | Expected::OnTrack
        | Expected::DueSoon
        | Expected::InGrace => Stand::Ahead,
        Expected::NotApplicable | Expected::Waived => Stand::Absent,
    }
}

fn waiver(during: Period) -> Waiver {
    Waiver {
        organization: String::new(),
        rulebook: String::new(),
        rule: String::new(),
        during,
        slots: None,
        granted_by: String::new(),
        granted_on: during.from,
        why: String::new(),
    }
}

fn arrival(timeline: &Timeline, received_on: Day) -> Arrival<'static> {
    // Papers are told apart by nothing but their place.
    let mut bytes = [0; 32];
    let place = timeline.papers.len().to_be_bytes();
    bytes.iter_mut().zip(place).for_each(|(byte, of_place)| *byte = of_place);
    Arrival { sha256: Sha256(bytes), path: "example", received: 0, received_on }
}

fn about(details: &Details) -> Option<Day> {
    let stated = details.stated.iter().find(|(name, _)| *name == "fiscal_year_end");
    stated.and_then(|(_, value)| Day::parse(value))
}

fn put(timeline: &mut Timeline, kind: TermId, details: &Details, props: &Props<'_>) {
    let day = details.received.or_else(|| of_paper(details)).unwrap_or(props.day);
    let arrival = arrival(timeline, day);
    let reading = if details.unreadable {
        unreadable(kind, details, props.vocabulary)
    } else {
        reading(kind, details, (props, day))
    };
    evidence::add(timeline, props.vocabulary, arrival, &reading);
}

/// The last day that a paper gives for something done: it is there since then at least.
fn of_paper(details: &Details) -> Option<Day> {
    let done = |name: &str| name.starts_with("date") || name == "valid_from";
    let stated = details.stated.iter().filter(|(name, _)| done(name));
    stated.filter_map(|(_, value)| Day::parse(value)).max()
}

/// Read as an empty paper with everything beside it.
fn reading(kind: TermId, details: &Details, (props, day): (&Props<'_>, Day)) -> Reading {
    let vocabulary = props.vocabulary;
    let mut entries = vec![("kind".to_owned(), vocabulary.name(kind).to_owned())];
    for (name, value) in &details.stated {
        let term = matches!(*name, "adopted_by" | "submitted_to");
        let named = vocabulary.named(value).filter(|_| term);
        let value = named.map_or(value.as_str(), |term| vocabulary.name(term));
        entries.push(((*name).to_owned(), value.to_owned()));
    }
    for item in items(&details.contents, props) {
        entries.push(("contains".to_owned(), item.key()));
    }
    let (text, sidecar) = (Text::default(), Sidecar { entries, ..Sidecar::default() });
    let mut context = recognise::Context::of(&text, "example", props.cues);
    context.received = Some(day);
    context.sidecar = Some(&sidecar);
    recognise::read(&context)
}

/// The items of the rule that are in the paper.
fn items<'n>(contents: &Contents, props: &Props<'n>) -> Vec<&'n Item> {
    let asked = props.norm.parts().into_iter().filter_map(|norm| match norm {
        Norm::Contents { items, .. } => Some(items),
        _ => None,
    });
    let named =
        |names: &[String], item: &Item| names.iter().any(|name| is(item, name, props));
    let has = |item: &&Item| match contents {
        Contents::NotSaid => false,
        Contents::These(names) => named(names, item),
        Contents::AllBut(names) => !named(names, item),
    };
    asked.flatten().filter(has).collect()
}

fn is(item: &Item, name: &str, props: &Props<'_>) -> bool {
    let bare = |text: &str| crate::text::key(text).trim_start_matches("the ").to_owned();
    match item {
        Item::Term(term) => {
            props.vocabulary.named(name.trim_start_matches("the ")) == Some(*term)
        }
        Item::Words(words) => bare(words) == bare(name),
    }
}

/// A scan of which only the kind is known, and a day where it has one.
fn unreadable(kind: TermId, details: &Details, vocabulary: &Vocabulary) -> Reading {
    let day = of_paper(details).map(|day| Fact {
        name: FactName::DocumentDate,
        value: Value::Day(day),
        group: 0,
        method: Method::FileName,
        confidence: 500,
        passage: None,
    });
    Reading {
        state: ReadState::NotAccepted(Problem::NoText),
        text_health: 0,
        kinds: vec![KindGuess {
            kind: vocabulary.name(kind).to_owned(),
            confidence: 600,
        }],
        facts: day.into_iter().collect(),
    }
}
