//! What `why` names as enough is enough: generated verdicts that are not met or not known
//! are given exactly the facts named, are judged again, and are settled or repaired.

mod register;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use mithaq::calendar::{Day, MonthCounting, Period, Span};
use mithaq::document::Sha256;
use mithaq::judge::{self, Duty, Profile, Seat, Someone, View};
use mithaq::norm::{Act, Anchor, Norm, Occurrence, Past, Quality, TermId};
use mithaq::remedy::{self, Case, Fact, Person, Range, Wanted, words};
use mithaq::timeline::{AsOf, Aspect, Doubt, Entry, Folder, Paper, Subject, Timeline};
use mithaq::verdict::{Slot, State};
use mithaq::vocabulary::{self, Vocabulary};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use register::Drawn;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn day(text: &str) -> Day {
    Day::parse(text).expect("the test's own date")
}

/// An organization since 2024, with a few papers about what the norm speaks of.
#[derive(Debug, Clone)]
struct World {
    norm: Norm,
    profile: Profile,
    timeline: Timeline,
    today: Day,
}

impl World {
    fn duty(&self) -> Duty<'_> {
        Duty::plain(&self.norm)
    }

    fn view(&self) -> View<'_> {
        View::new(&self.profile, &self.timeline, AsOf::new(self.today, 100))
    }

    /// The state of a slot, or of a duty that holds at all times.
    fn state(&self, slot: &Slot) -> State {
        if self.norm.is_standing() {
            return judge::verdict(&self.duty(), &self.view()).state;
        }
        let slots = judge::slots(&self.duty(), &self.view());
        let same = slots.iter().find(|it| it.from == slot.from);
        // What may have been forbidden, and was not, leaves the whole time.
        let whole = slots.first().filter(|_| matches!(self.norm, Norm::Never { .. }));
        same.or(whole).map_or(State::Error, |it| it.state)
    }

    fn paper(&mut self) -> u32 {
        self.timeline.papers_mut().push(Paper {
            sha256: Sha256::ZERO,
            path: "a.md".into(),
            received: 100,
            contains: std::collections::BTreeSet::new(),
            passages: Box::default(),
        });
        u32::try_from(self.timeline.papers.len() - 1).unwrap()
    }

    fn enter(
        &mut self,
        noun: TermId,
        aspect: Aspect,
        on: Day,
        state: impl Fn(&mut Entry),
    ) {
        let paper = self.paper();
        let mut entry = Entry::new(Subject::new(noun, aspect), on, 100, paper);
        state(&mut entry);
        self.timeline.add(entry);
    }

    /// A fact as a paper or a person would state it; gives the next free day.
    fn state_fact(&mut self, fact: &Fact, on: Day) -> Day {
        match fact {
            Fact::Deed(deed) => {
                let who = deed.who.as_deref().map(mithaq::text::name_key);
                let who = who.map_or(0, |name| self.timeline.who(&name));
                for after in 0..i32::from(deed.times) {
                    let aspect = Aspect::Done(deed.what.act);
                    self.enter(deed.what.noun, aspect, on.plus_days(after), |entry| {
                        (entry.by, entry.to) = (deed.what.by, deed.what.to);
                        (entry.about, entry.number) = (deed.about, deed.number);
                        (entry.until, entry.who) = (deed.until, who);
                        entry.count = deed.attended.map(|it| it.0);
                        entry.of = deed.attended.map(|it| it.1);
                        // As `evidence` does for quotations of one purchase.
                        if deed.what.act == Act::Prepare && deed.number != 0 {
                            entry.number = 0;
                            entry.count = u16::try_from(deed.number).ok();
                        }
                    });
                }
                return on.plus_days(i32::from(deed.times));
            }
            Fact::Members { body, count } => {
                self.enter(*body, Aspect::Size, on, |entry| entry.count = Some(*count));
                return on.next();
            }
            Fact::Quorate { body, on } => {
                self.enter(*body, Aspect::Quorate, *on, |entry| entry.count = Some(1));
            }
            Fact::Attendance { body, on, present, of } => {
                let meets = Subject::new(*body, Aspect::Done(Act::Meet));
                let mut again = Timeline::default();
                again.papers.clone_from(&self.timeline.papers);
                again.names.clone_from(&self.timeline.names);
                again.doubts.clone_from(&self.timeline.doubts);
                again.folder = self.timeline.folder;
                for entry in self.timeline.entries() {
                    let mut entry = *entry;
                    if entry.subject == meets && entry.day == *on {
                        entry.count = Some(*present);
                        entry.of = of.or(entry.of);
                    }
                    again.add(entry);
                }
                self.timeline = again;
            }
            Fact::Contains { paper, items, .. } => {
                let paper = &mut self.timeline.papers_mut()[*paper as usize];
                paper.contains.extend(items.iter().map(mithaq::norm::Item::key));
            }
            Fact::Signed { paper, document, on, by, marks } => {
                let subject = Subject::new(*document, Aspect::Done(Act::Sign));
                let marked = (*marks > 0).then_some((None, Some(*marks)));
                let signed = by.iter().map(|role| (Some(*role), None)).chain(marked);
                for (by, count) in signed {
                    let mut entry = Entry::new(subject, *on, 100, *paper);
                    (entry.by, entry.count) = (by, count);
                    self.timeline.add(entry);
                }
            }
            Fact::Attribute { name, on, value } => {
                self.profile.attributes.state(*name, *on, *value);
            }
            Fact::Understood { paper } => {
                for doubt in &mut self.timeline.doubts {
                    if doubt.sha256 == *paper {
                        doubt.settled = 100;
                    }
                }
            }
            Fact::Withdrawn { paper } => self.timeline.withdraw(*paper, 100),
            Fact::FolderSeen => {
                self.timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
            }
            Fact::Person(person) => self.state_person(person),
            Fact::Founded { on } => self.profile.founded = Some(*on),
            Fact::During { fact, days } => {
                let held = match &**fact {
                    Fact::Deed(deed) => i32::from(deed.times),
                    _ => 1,
                };
                self.state_fact(fact, days.to.plus_days(1 - held));
            }
            Fact::Type { of, is } => {
                self.profile.types = vec![if *is { *of } else { TermId(60_000) }];
            }
        }
        on
    }

    /// A fact about people as `organization.toml` would state it.
    fn state_person(&mut self, said: &Person) {
        let register = &mut self.profile.register;
        match said {
            Person::Listed { group, on, with } => self.joins(*group, *on, with),
            Person::Joined { group, on, count, with } => {
                (0..*count).for_each(|_| self.joins(*group, *on, with));
            }
            Person::Left { seats, on } => {
                let (person, group) = &seats[0];
                let theirs = |seat: &Seat| {
                    seat.person == *person
                        && seat.of.contains(group)
                        && seat.during.contains(*on)
                };
                register.seats.retain(|seat| !theirs(seat) || seat.during.from < *on);
                for seat in register.seats.iter_mut().filter(|seat| theirs(seat)) {
                    seat.during.to = on.previous();
                }
            }
            Person::Known { person, quality, on } => {
                let someone = &mut register.persons[usize::from(*person)];
                match quality {
                    Quality::Is(term) => someone.is.push(*term),
                    Quality::AtLeastAge(age) => someone.born = Some(born(*on, *age)),
                    Quality::UnderAge(age) => someone.born = Some(born(*on, age - 1)),
                }
            }
            Person::Explained { person, group } => {
                let seats =
                    register.seats.iter_mut().filter(|seat| seat.person == *person);
                seats
                    .filter(|seat| seat.of.contains(group))
                    .for_each(|it| it.explained = true);
            }
            Person::Declared { person, on } => {
                register.persons[usize::from(*person)].ties_declared = Some(*on);
            }
        }
    }

    fn joins(&mut self, group: TermId, on: Day, with: &[Quality]) {
        let register = &mut self.profile.register;
        let ages: Vec<u8> = with
            .iter()
            .filter_map(|it| match it {
                Quality::AtLeastAge(age) => Some(*age),
                Quality::UnderAge(age) => Some(age - 1),
                Quality::Is(_) => None,
            })
            .collect();
        // As young as all of them allow.
        let under = with.iter().any(|it| matches!(it, Quality::UnderAge(_)));
        let age = if under { ages.iter().min() } else { ages.iter().max() };
        let is = with.iter().filter_map(|it| match it {
            Quality::Is(term) => Some(*term),
            _ => None,
        });
        register.persons.push(Someone {
            is: is.collect(),
            born: age.map(|age| born(on, *age)),
            ..Someone::default()
        });
        let person = u16::try_from(register.persons.len() - 1).unwrap();
        let during = Period { from: on, to: Day::LATEST };
        register.seats.push(Seat { person, of: vec![group], during, explained: false });
        register.seats.sort_by_key(|seat| seat.during.from);
    }

    /// The state with these facts, those with a free day from `on` on.
    fn with(&self, facts: &[Fact], on: Day, slot: &Slot) -> State {
        let mut world = self.clone();
        let mut next = on;
        for fact in facts {
            next = world.state_fact(fact, next);
        }
        world.state(slot)
    }
}

/// The birthday of somebody who has so many whole years on a day.
fn born(on: Day, age: u8) -> Day {
    on.minus(Span::Years(u16::from(age)), MonthCounting::ByDate)
}

/// What the papers of a norm can tell of.
fn subjects(norm: &Norm) -> Vec<(TermId, Aspect)> {
    let done = |what: &Occurrence| (what.noun, Aspect::Done(what.act));
    let held = |noun: TermId| (noun, Aspect::Done(Act::Prepare));
    let mut subjects = Vec::new();
    for norm in norm.parts() {
        subjects.extend(norm.counted().iter().map(done));
        match norm {
            Norm::Deadline { anchor, .. } | Norm::Order { anchor, .. } => match anchor {
                Anchor::Each(event) => subjects.push(done(event)),
                Anchor::MandateEnd(body) => subjects.push((*body, Aspect::MandateEnd)),
                _ => {}
            },
            Norm::Whichever { event, .. } => subjects.push(done(event)),
            Norm::Size { body, .. } | Norm::Proportion { body, .. } => {
                subjects.push((*body, Aspect::Size));
            }
            Norm::Quorum { body, .. }
            | Norm::BylawsQuorum { body }
            | Norm::SecondCall { body, .. } => {
                subjects.push((*body, Aspect::Done(Act::Meet)));
            }
            Norm::Contents { document, .. } => subjects.push(held(*document)),
            Norm::Signed { document, .. } => {
                subjects.extend([held(*document), (*document, Aspect::Done(Act::Sign))]);
            }
            Norm::Backed { each, by } => {
                subjects.push(done(each));
                subjects.extend(by.iter().map(|one| held(one.document)));
            }
            Norm::EachPaper { what, .. } => subjects.push(held(what.noun)),
            Norm::EachMember { document, act, .. } => {
                subjects.push((*document, Aspect::Done(*act)));
            }
            Norm::Never { what } => subjects.push(done(what)),
            _ => {}
        }
    }
    subjects
}

fn norms() -> impl Strategy<Value = Norm> {
    prop_oneof![
        6 => crate::round_trip::norm().boxed(),
        3 => crate::round_trip::of_several().boxed(),
        2 => crate::round_trip::of_people().boxed(),
    ]
    .prop_map(ordinary)
}

/// Norms that are made of others, or ask for as many papers as there are of a kind, or for
/// people beside each other.
fn norms_of_several() -> impl Strategy<Value = Norm> {
    let people = crate::round_trip::of_people().prop_filter("of two sides", |norm| {
        matches!(norm, Norm::Proportion { .. } | Norm::Unrelated { .. })
    });
    prop_oneof![
        8 => crate::round_trip::joined().boxed(),
        1 => crate::round_trip::of_several().boxed(),
        2 => people.boxed(),
    ]
    .prop_map(ordinary)
}

/// The norm as often, and as far back, as anybody would ask for it.
fn ordinary(norm: Norm) -> Norm {
    let each = |norms: Vec<Norm>| norms.into_iter().map(ordinary).collect();
    match norm {
        Norm::Frequency { what, least, cycle } => {
            Norm::Frequency { what, least: 1 + least % 5, cycle }
        }
        Norm::EachPaper { what, least, cycle } => {
            Norm::EachPaper { what, least: 1 + least % 3, cycle }
        }
        Norm::Among { least, norms } => Norm::Among { least, norms: each(norms) },
        Norm::Lately { past, norm, last } => {
            let past = match past {
                Past::Times { least, of } => {
                    let of = 1 + of % 8;
                    Past::Times { least: 1 + least % of, of }
                }
                past => past,
            };
            Norm::Lately { past, norm: Box::new(ordinary(*norm)), last }
        }
        norm => norm,
    }
}

/// Papers: which subject, after how many days, how many present of how many, which number.
type Papers = Vec<(usize, i32, Option<u16>, Option<u16>, u32)>;

/// With them: since when the folder is not healthy, a doubt, today, each as days.
type Rest = (Papers, Option<i32>, Option<i32>, i32);

fn worlds(norms: impl Strategy<Value = Norm>) -> impl Strategy<Value = World> {
    let paper = (
        0usize..8,
        0i32..900,
        prop::option::of(1u16..12),
        prop::option::of(5u16..12),
        0u32..3,
    );
    let papers = prop::collection::vec(paper, 0..7);
    let folder = prop_oneof![4 => Just(None), 1 => (0i32..900).prop_map(Some)];
    let doubt = prop_oneof![3 => Just(None), 1 => (0i32..900).prop_map(Some)];
    let rest = (papers, folder, doubt, 300i32..900);
    (norms, register::registers(), rest).prop_map(
        |(norm, people, rest): (Norm, Drawn, Rest)| {
            let (papers, folder, doubt, after) = rest;
            let start = day("2024-01-01");
            let mut timeline = Timeline::default();
            let unhealthy = folder.map(|after: i32| (0, start.plus_days(after)));
            timeline.folder = Folder { first_seen: Some(0), unhealthy };
            let register = register::register(&norm, people);
            let profile = Profile { start: Some(start), register, ..Profile::default() };
            let subjects = subjects(&norm);
            let today = start.plus_days(after);
            let mut world = World { norm, profile, timeline, today };
            for (which, after, present, of, number) in papers {
                let Some((noun, aspect)) = subjects.get(which % subjects.len().max(1))
                else {
                    continue;
                };
                world.enter(*noun, *aspect, start.plus_days(after), |entry| {
                    (entry.count, entry.of, entry.number) = (present, of, number);
                });
            }
            if let Some(after) = doubt {
                let on = start.plus_days(after);
                let nouns =
                    subjects.first().map(|subject| subject.0).into_iter().collect();
                world.timeline.doubts.push(Doubt {
                    sha256: Sha256([7; 32]),
                    nouns,
                    day: Some(on),
                    contradictory: false,
                    received_on: on,
                    known: 50,
                    settled: i64::MAX,
                });
            }
            world
        },
    )
}

fn is_fine(state: State) -> bool {
    !state.is_not_met()
        && !matches!(
            state,
            State::Error | State::InsufficientEvidence | State::AwaitingEvidence
        )
}

/// The days on which facts that are free to choose are said to be enough: the first and the
/// last, from which they are stated on.
fn ends(wanted: &Wanted, today: Day) -> Vec<Day> {
    let held = wanted.facts.iter().map(|fact| match fact {
        Fact::Deed(deed) => i32::from(deed.times),
        Fact::Members { .. } => 1,
        _ => 0,
    });
    let held: i32 = held.sum();
    let Some(days) = wanted.days else { return vec![today] };
    let last = days.to.plus_days(1 - held);
    vec![days.from.unwrap_or(last.plus_days(-1000)), last]
}

/// What the facts named do, of every slot that is not met or not known.
#[derive(Default, Debug)]
struct Count {
    asked: u32,
    proof: u32,
    now: u32,
    past_mending: u32,
    /// Slots of which anything is told.
    told: u32,
}

/// Shapes of which nearly every lapse and every doubt has something that helps, or nothing
/// that could.
const TOLD: [&str; 23] = [
    "All",
    "Backed",
    "BylawsQuorum",
    "Composition",
    "Contents",
    "Deadline",
    "EachMember",
    "FixedDate",
    "Frequency",
    "Guarded",
    "Holds",
    "Incompatible",
    "Never",
    "Order",
    "Quorum",
    "Rolling",
    "SecondCall",
    "Signed",
    "Size",
    "TermLimit",
    "Unrelated",
    "Uptake",
    "Whichever",
];

fn name_of(norm: &Norm) -> String {
    let text = format!("{norm:?}");
    text.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}

#[test]
fn what_is_named_settles_or_repairs_and_no_part_of_it_can_be_left_out() {
    let counts = tried(worlds(norms()), crate::scratch::cases(2000, 60_000));
    println!("{counts:#?}");
    for shape in TOLD {
        told(&counts, shape, 80);
    }
}

/// Of duties joined to others, of those that look back on others, of papers of which there
/// are several and of two groups of people.
#[test]
fn what_is_named_of_several_duties_or_papers_has_the_days_of_each() {
    let counts = tried(worlds(norms_of_several()), crate::scratch::cases(700, 30_000));
    println!("{counts:#?}");
    for (shape, share) in [
        ("Lately", 95),
        ("Among", 90),
        ("EachPaper", 90),
        ("Proportion", 95),
        ("Unrelated", 95),
    ] {
        told(&counts, shape, share);
    }
}

/// Of so many slots of a shape something is told.
fn told(counts: &BTreeMap<String, Count>, shape: &str, share: u32) {
    let count = counts.get(shape).unwrap_or_else(|| panic!("no {shape} was asked"));
    assert!(count.told * 100 >= count.asked * share, "{shape}: {count:?}");
}

fn tried(worlds: impl Strategy<Value = World>, cases: u32) -> BTreeMap<String, Count> {
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for _ in 0..cases {
        let world = worlds.new_tree(&mut runner).expect("a world").current();
        let (duty, view) = (world.duty(), world.view());
        let slots = judge::slots(&duty, &view);
        let last_of_standing =
            world.norm.is_standing().then(|| slots.last().copied()).flatten();
        for slot in &slots {
            if last_of_standing.is_some_and(|last| last.from != slot.from) {
                continue;
            }
            let case = Case { duty, view, slot };
            let Some(remedy) = remedy::remedy(&case) else { continue };
            let count = counts.entry(name_of(&world.norm)).or_default();
            count.asked += 1;
            count.proof += u32::from(remedy.proof.is_some());
            count.now += u32::from(remedy.now.is_some());
            count.past_mending += u32::from(remedy.is_past_mending);
            let told =
                remedy.proof.is_some() || remedy.now.is_some() || remedy.is_past_mending;
            count.told += u32::from(told);
            let unknown = slot.state == State::InsufficientEvidence;
            for wanted in remedy.proof.iter().chain(&remedy.now) {
                proved(&world, slot, wanted, unknown);
            }
            for [english, arabic] in words::sentences(&remedy, &case, &STANDARD) {
                assert!(
                    english.ends_with(['.', ':']) && !english.contains("  "),
                    "{english}"
                );
                assert!(
                    arabic.ends_with(['.', ':']) && !arabic.contains("  "),
                    "{arabic}"
                );
            }
        }
    }
    counts
}

/// The facts as they can be understood: those with a time of their own on its first days and
/// on its last ones, and where somebody of several would have to leave, each of them.
fn alternatives(facts: &[Fact]) -> Vec<Vec<Fact>> {
    let early = |fact: &Fact| match fact {
        Fact::During { fact, days } => {
            let held = match &**fact {
                Fact::Deed(deed) => i32::from(deed.times),
                _ => 1,
            };
            let to = days.from.map_or(days.to, |from| from.plus_days(held - 1));
            Fact::During { fact: fact.clone(), days: Range { to, ..*days } }
        }
        other => other.clone(),
    };
    let nth = |fact: &Fact, at: usize| match fact {
        Fact::Person(Person::Left { seats, on }) => {
            let seats = vec![*seats.get(at).unwrap_or(&seats[0])];
            Fact::Person(Person::Left { seats, on: *on })
        }
        other => other.clone(),
    };
    let many = facts.iter().map(|fact| match fact {
        Fact::Person(Person::Left { seats, .. }) => seats.len(),
        _ => 1,
    });
    let mut all = vec![facts.iter().map(early).collect()];
    for at in 0..many.max().unwrap_or(1) {
        all.push(facts.iter().map(|fact| nth(fact, at)).collect());
    }
    all
}

fn proved(world: &World, slot: &Slot, wanted: &Wanted, unknown: bool) {
    let good = |state: State| is_fine(state) || (unknown && state.is_not_met());
    assert!(good(wanted.then), "{wanted:#?}");
    for on in ends(wanted, world.today) {
        for facts in alternatives(&wanted.facts) {
            let then = world.with(&facts, on, slot);
            assert_eq!(then, wanted.then, "on {on}: {facts:#?}\n{slot:#?}\n{world:#?}");
        }
    }
    for at in 0..wanted.facts.len() {
        let mut fewer = wanted.facts.clone();
        fewer.remove(at);
        let needed = |on: &Day| {
            let then = world.with(&fewer, *on, slot);
            !good(then) || then != wanted.then
        };
        let days = ends(wanted, world.today);
        assert!(days.iter().any(needed), "too much: {wanted:#?}\n{slot:#?}");
    }
    let today = world.today;
    assert!(wanted.days.is_none_or(|days| days.to <= today), "nothing of later days");
}
