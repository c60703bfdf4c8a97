//! Organizations that there could be: for every condition of some rules, one on each side
//! of it and one at its edge.
//!
//! Conditions compare numbers with numbers and types with types, so that trying the values
//! next to each number that is written is trying all of them. Knows the judge's profile and
//! no rule.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Known;
use crate::calendar::Day;
use crate::diagnostics::Witness;
use crate::form::condition;
use crate::judge::Profile;
use crate::lexicon::month;
use crate::limits;
use crate::norm::{Comparison, Condition, Proportion, Quantity, TermId};
use crate::text::Language;
use crate::vocabulary::{TermKind, Vocabulary};

/// An organization of the network, or one that could be.
#[derive(Clone, Debug)]
pub(super) struct World<'a> {
    pub(super) known: Option<&'a Known>,
    pub(super) profile: Profile,
    /// What is so of one that could be.
    traits: Vec<Trait>,
}

#[derive(Clone, Copy, Debug)]
enum Trait {
    Type(TermId),
    Value(TermId, Quantity),
    Is(TermId, bool),
}

/// What conditions look at.
#[derive(Debug, Default)]
pub(super) struct Looked {
    types: BTreeSet<TermId>,
    numbers: BTreeMap<TermId, BTreeSet<Quantity>>,
    characteristics: BTreeSet<TermId>,
    ratios: Vec<(TermId, Proportion, TermId)>,
    by_founding: bool,
    /// The places whose law some rule is.
    places: BTreeSet<String>,
}

/// A country whose law no rule is: the code stands for none.
const ELSEWHERE: &str = "ZZ";

impl Looked {
    pub(super) fn at(conditions: &[&Condition]) -> Looked {
        let mut looked = Looked::default();
        for condition in conditions {
            looked.walk(condition);
        }
        looked.follow_ratios();
        looked
    }

    /// The same, under the law of each of these places.
    pub(super) fn under<'p>(
        mut self,
        places: impl Iterator<Item = &'p String>,
    ) -> Looked {
        self.places.extend(places.cloned());
        self
    }

    fn walk(&mut self, condition: &Condition) {
        match condition {
            Condition::OfType(term) => {
                self.types.insert(*term);
            }
            Condition::Compare { attribute, value, .. } => {
                self.around(*attribute, value.number, value.currency);
            }
            Condition::Is(characteristic) => {
                self.characteristics.insert(*characteristic);
            }
            Condition::Ratio { attribute, part, of, .. } => {
                self.ratios.push((*attribute, *part, *of));
            }
            Condition::Founded { .. } => self.by_founding = true,
            Condition::Not(inner) => self.walk(inner),
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.walk(part);
                }
            }
        }
    }

    /// The number itself and its neighbours: on one of them every comparison turns.
    fn around(&mut self, attribute: TermId, number: i64, currency: Option<[u8; 3]>) {
        let values = self.numbers.entry(attribute).or_default();
        for value in [number.saturating_sub(1), number, number.saturating_add(1)] {
            if value >= 0 {
                values.insert(Quantity { number: value, currency });
            }
        }
    }

    /// For one number that is measured by another: both sides of the part, for each of the
    /// other's values.
    fn follow_ratios(&mut self) {
        for (attribute, part, of) in self.ratios.clone() {
            let own = self.numbers.get(&attribute).cloned().unwrap_or_default();
            let whole = self.numbers.get(&of).cloned().unwrap_or_default();
            let stated = own.iter().chain(&whole).next();
            let currency = stated.map_or(Some(*b"USD"), |stated| stated.currency);
            for Quantity { number, currency } in own {
                let back = scaled(number, part.denominator, part.numerator);
                self.around(of, back, currency);
            }
            self.around(of, 1_200 * i64::from(part.denominator), currency);
            for Quantity { number, currency } in
                self.numbers.get(&of).cloned().unwrap_or_default()
            {
                let value = scaled(number, part.numerator, part.denominator);
                self.around(attribute, value, currency);
            }
        }
    }

    /// Whether the values found decide every condition: not where one number is stated in
    /// two currencies, one measure hangs on another, or the day of the founding decides.
    fn is_decidable(&self) -> bool {
        let one_currency = |values: &BTreeSet<Quantity>| {
            values.iter().map(|stated| stated.currency).collect::<BTreeSet<_>>().len()
                == 1
        };
        let few = self.ratios.len() <= 1 && !self.by_founding;
        few && self.numbers.values().all(one_currency)
    }

    /// Every organization that matters to the conditions; `None` where they are too many,
    /// or where trying them proves nothing.
    pub(super) fn worlds(
        &self,
        vocabulary: &Vocabulary,
        start: Day,
    ) -> Option<Vec<World<'static>>> {
        let types = self.types(vocabulary);
        let numbers = self.numbers.values().map(BTreeSet::len);
        let sides = self.characteristics.iter().map(|_| 2);
        let places: Vec<Option<String>> = match self.places.len() {
            0 => vec![None],
            _ => self
                .places
                .iter()
                .cloned()
                .chain([ELSEWHERE.to_owned()])
                .map(Some)
                .collect(),
        };
        let each_place = types.len().saturating_mul(places.len());
        let count = numbers.chain(sides).fold(each_place, usize::saturating_mul);
        if count > limits::WORLDS_MAX || !self.is_decidable() {
            return None;
        }
        let mut all: Vec<Vec<Trait>> =
            types.into_iter().map(|term| vec![Trait::Type(term)]).collect();
        for (attribute, values) in &self.numbers {
            let stated = |value: &Quantity| Trait::Value(*attribute, *value);
            all = each(&all, &values.iter().map(stated).collect::<Vec<_>>());
        }
        for characteristic in &self.characteristics {
            let sides = [true, false].map(|so| Trait::Is(*characteristic, so));
            all = each(&all, &sides);
        }
        let at = |place: &Option<String>| -> Vec<World<'static>> {
            let worlds = all.iter().map(|traits| {
                let mut world = self.world(traits.clone(), vocabulary, start);
                world.profile.jurisdiction.clone_from(place);
                world
            });
            worlds.collect()
        };
        Some(places.iter().flat_map(at).collect())
    }

    /// Those that are named, what is a kind of them, and one that is none of them.
    fn types(&self, vocabulary: &Vocabulary) -> Vec<TermId> {
        let (mut types, mut other) = (Vec::new(), None);
        for (id, term) in vocabulary.terms() {
            if term.kind == TermKind::OrganizationType {
                let named = self.types.iter().any(|of| vocabulary.is_a(id, *of));
                if named {
                    types.push(id);
                } else if other.is_none() {
                    other = Some(id);
                }
            }
        }
        types.extend(other);
        types
    }

    fn world(
        &self,
        traits: Vec<Trait>,
        vocabulary: &Vocabulary,
        start: Day,
    ) -> World<'static> {
        let mut profile = Profile { start: Some(start), ..Profile::default() };
        for fact in &traits {
            match *fact {
                Trait::Type(term) => profile.types = with_wider(term, vocabulary),
                Trait::Value(attribute, value) => {
                    profile.attributes.state(attribute, Day::EARLIEST, value);
                }
                Trait::Is(characteristic, so) => {
                    let value = Quantity { number: i64::from(so), currency: None };
                    profile.attributes.state(characteristic, Day::EARLIEST, value);
                }
            }
        }
        let told =
            |fact: &Trait| !matches!(fact, Trait::Type(_)) || !self.types.is_empty();
        let traits = traits.into_iter().filter(told).collect();
        World { known: None, profile, traits }
    }
}

/// Each of these with each of the further traits.
fn each(all: &[Vec<Trait>], further: &[Trait]) -> Vec<Vec<Trait>> {
    let mut grown = Vec::new();
    for traits in all {
        for fact in further {
            grown.push([traits.as_slice(), &[*fact]].concat());
        }
    }
    grown
}

fn scaled(number: i64, times: u16, by: u16) -> i64 {
    number.saturating_mul(i64::from(times)).checked_div(i64::from(by)).unwrap_or(0)
}

fn with_wider(term: TermId, vocabulary: &Vocabulary) -> Vec<TermId> {
    let wider = |term: &TermId| vocabulary.term(*term).and_then(|term| term.kind_of);
    std::iter::successors(Some(term), wider).take(16).collect()
}

impl<'a> World<'a> {
    /// An organization of the network; its duties begin at `start` where it does not say.
    pub(super) fn of(known: &'a Known, start: Day) -> World<'a> {
        let mut profile = known.profile.clone();
        profile.start = profile.start.or(Some(start));
        World { known: Some(known), profile, traits: Vec::new() }
    }

    /// The organization on a day, for a message.
    pub(super) fn on(&self, day: Day, vocabulary: &Vocabulary) -> Witness {
        let [date, tarikh] = month::date(day);
        if let Some(known) = self.known {
            let name = known.name.read_in(Language::English).to_owned();
            let ism = known.name.read_in(Language::Arabic).to_owned();
            let clause = [
                format!("For {name} on {date}"),
                format!("بالنسبة إلى {ism} في {tarikh}"),
            ];
            return Witness { organization: [name, ism], day, clause };
        }
        if self.traits.is_empty() {
            let clause = [
                format!("For any organization on {date}"),
                format!("بالنسبة إلى أي مؤسسة في {tarikh}"),
            ];
            let organization = ["any organization".to_owned(), "أي مؤسسة".to_owned()];
            return Witness { organization, day, clause };
        }
        let said = self.traits.iter().map(|fact| fact.say(vocabulary));
        let (english, arabic): (Vec<String>, Vec<String>) =
            said.map(|[english, arabic]| (english, arabic)).unzip();
        let (english, arabic) = (english.join(" and "), arabic.join(" و"));
        let clause = [
            format!("If {english}, then on {date}"),
            format!("إذا {arabic}، ففي {tarikh}"),
        ];
        Witness { organization: [english, arabic], day, clause }
    }
}

impl Trait {
    /// As it stands after "if" and «إذا».
    fn say(&self, vocabulary: &Vocabulary) -> [String; 2] {
        match *self {
            Trait::Type(term) => {
                condition::say(&Condition::OfType(term), false, vocabulary)
            }
            Trait::Value(attribute, value) => {
                let comparison = Comparison::Exactly;
                let exactly = Condition::Compare { attribute, comparison, value };
                condition::say(&exactly, false, vocabulary)
            }
            Trait::Is(characteristic, so) => {
                let phrase = |language| vocabulary.phrase(characteristic, language);
                let (english, arabic) =
                    (phrase(Language::English), phrase(Language::Arabic));
                let [is, sahiha] = if so {
                    ["true", "صحيحة"]
                } else {
                    ["false", "غير صحيحة"]
                };
                [
                    format!("“{english}” is {is} of the organization"),
                    format!("كانت العبارة «{arabic}» {sahiha} في المؤسسة"),
                ]
            }
        }
    }
}
