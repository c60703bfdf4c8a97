//! GOV-25's facts as Mithaq keeps them: a profile and a timeline for each organization.
//!
//! One event becomes one entry. Nothing is computed here that a rule asks for.

use super::workload::{A, Event, Org, kind, last_day_of};
use mithaq::calendar::{Day, days_in_month};
use mithaq::compile::taught;
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Diagnostic;
use mithaq::document::Sha256;
use mithaq::judge::{Attributes, Case, Docket, Duty, Profile, View};
use mithaq::norm::{Act, Item, Norm, Quantity, TermId};
use mithaq::organization::FiscalYears;
use mithaq::plan::Book;
use mithaq::timeline::{AsOf, Aspect, Entry, Folder, Paper, Subject, Timeline};
use mithaq::verdict::State;
use mithaq::vocabulary::Vocabulary;

pub const WORDS: &str = include_str!("../rules/gov25.words");
pub const RULES: &str = include_str!("../rules/gov25.rules");

/// The first day on which the network asked anything of anybody: before every window.
const JOINED: Day = Day(16_436);

/// The rulebook compiled, and the words that facts are named by.
pub struct Ours {
    pub book: Book,
    /// For each rule of the book its number in the definition, from 0.
    pub places: Vec<usize>,
    terms: Terms,
    /// The keys under which an auditor's report is said to state that its opinion is not
    /// adverse, and that it is clean.
    opinions: [Option<String>; 2],
}

/// One rule, with what is the same of it for all organizations on the as-of day.
pub struct Asked<'b> {
    pub rule: usize,
    docket: Docket,
    duty: Duty<'b>,
}

/// One organization, loaded.
pub struct World {
    pub profile: Profile,
    pub timeline: Timeline,
}

struct Terms {
    board: TermId,
    assembly: TermId,
    minutes: TermId,
    accounts: TermId,
    report: TermId,
    tax_return: TermId,
    budget: TermId,
    notice: TermId,
    talk: TermId,
    complaint: TermId,
    donation: TermId,
    declaration: TermId,
    receive: Act,
    declare: Act,
    resolve: Act,
    policies: [Option<TermId>; 5],
    types: [TermId; 4],
    /// Budget, staff, seats, women, independent members.
    numbers: [TermId; 5],
    /// Public funding, exemption from the audit, ombudsman.
    characteristics: [TermId; 3],
}

impl Asked<'_> {
    /// The rule's state for an organization.
    pub fn state(&self, case: &Case<'_>) -> State {
        self.docket.verdict_in(&self.duty, case).state
    }
}

impl Ours {
    /// Reads the rules; gives too what there is to say of them, which should be nothing.
    pub fn read() -> (Ours, Vec<Diagnostic>) {
        let (vocabulary, mut told) = taught::learn(&[("gov25.words", WORDS)]);
        let source = Source::new("rules/gov25.rules", RULES);
        let (program, said) = compile(&[source], &vocabulary);
        told.extend(said);
        let book = Book::new(program);
        let place = |number| {
            let (_, rule) = book.rule(number).expect("invariant: a number of the book");
            let id: usize = rule.id.trim_start_matches('R').parse().expect("R01 to R25");
            id - 1
        };
        let places = (0..book.len()).map(place).collect();
        let terms = Terms::of(&vocabulary);
        let opinions = opinions(&book);
        (Ours { book, places, terms, opinions }, told)
    }

    /// The rules as the judge reads them on the as-of day, by their numbers in the
    /// definition.
    pub fn duties(&self) -> Vec<Asked<'_>> {
        let asked = |(number, place): (usize, &usize)| {
            let duty = self.book.duty(number)?;
            Some(Asked { rule: *place + 1, docket: Docket::new(&duty, Day(A)), duty })
        };
        self.places.iter().enumerate().filter_map(asked).collect()
    }

    /// An organization on the as-of day.
    pub fn view<'w>(&self, world: &'w World) -> View<'w> {
        View::new(&world.profile, &world.timeline, as_of())
    }

    /// The organization's facts.
    pub fn world(&self, org: &Org) -> World {
        let mut timeline = Timeline::default();
        timeline.folder = Folder { first_seen: Some(0), unhealthy: None };
        let mut size = Entry::new(self.terms.size(), JOINED, 0, 0);
        size.count = u16::try_from(org.board).ok();
        timeline.add(size);
        let mut world = World { profile: self.profile(org), timeline };
        for event in &org.events {
            self.add(&mut world, event);
        }
        world.timeline.settle();
        world
    }

    fn profile(&self, org: &Org) -> Profile {
        let month = u8::try_from(org.fe + 1).unwrap_or(12);
        let ends = (month, if month == 2 { 29 } else { days_in_month(2025, month) });
        let numbers =
            [org.budget, org.staff, org.board, org.women, org.indep].map(i64::from);
        let known = self.terms.numbers.iter().zip(numbers);
        let mut attributes: Attributes = known
            .enumerate()
            .map(|(at, (term, number))| {
                let currency = (at == 0).then_some(*b"USD");
                (*term, JOINED, Quantity { number, currency })
            })
            .collect();
        let so = [org.public, org.exempt, org.ombudsman].map(i64::from);
        for (term, number) in self.terms.characteristics.iter().zip(so) {
            attributes.state(*term, JOINED, Quantity { number, currency: None });
        }
        Profile {
            start: Some(JOINED),
            founded: Some(Day(org.founded_d)),
            types: vec![self.terms.types[org.kind as usize]],
            fiscal_years: FiscalYears { ends, ..FiscalYears::default() },
            attributes,
            ..Profile::default()
        }
    }

    /// Adds what one event tells to an organization's timeline.
    pub fn add(&self, world: &mut World, event: &Event) {
        let timeline = &mut world.timeline;
        for mut entry in self.entries(event).into_iter().flatten() {
            if event.k == kind::AUDIT {
                entry.paper = self.report(timeline, event);
            }
            if event.k == kind::COI {
                entry.who = timeline.who(&format!("member {}", event.a));
            }
            timeline.add(entry);
        }
    }

    /// Puts an auditor's report on file: what its opinion is said to be.
    fn report(&self, timeline: &mut Timeline, event: &Event) -> u32 {
        let stated = self.opinions.iter().flatten();
        let stated = stated.take(usize::try_from(2 - event.b).unwrap_or(0));
        timeline.papers_mut().push(Paper {
            sha256: Sha256([0; 32]),
            path: "audit".into(),
            received: 0,
            contains: stated.cloned().collect(),
            passages: Box::default(),
        });
        u32::try_from(timeline.papers.len() - 1).unwrap_or(u32::MAX)
    }

    /// One entry, but for complaints: their receipt, and what became of them.
    fn entries(&self, event: &Event) -> [Option<Entry>; 2] {
        let terms = &self.terms;
        let count = u16::try_from(event.a).ok();
        let one = |noun, act| self.done(event, noun, act);
        let entry = match event.k {
            kind::MEET => Entry { count, ..one(terms.board, Act::Meet) },
            kind::MINUTES => {
                let written = Subject::new(terms.minutes, Aspect::Written);
                let about = Some(Day(event.a));
                Entry { about, ..Entry::new(written, Day(event.d), 0, 0) }
            }
            kind::GA => {
                let of = u16::try_from(event.b).ok();
                Entry { count, of, ..one(terms.assembly, Act::Meet) }
            }
            kind::AUDIT => about_year(event, one(terms.accounts, Act::Prepare)),
            kind::REPORT => about_year(event, one(terms.report, Act::Publish)),
            kind::FILING => about_year(event, one(terms.tax_return, Act::Submit)),
            kind::BUDGET => about_year(event, one(terms.budget, Act::Adopt)),
            kind::POLICY => {
                let Some(Some(policy)) = usize::try_from(event.a)
                    .ok()
                    .and_then(|policy| terms.policies.get(policy))
                else {
                    return [None, None];
                };
                one(*policy, Act::Review)
            }
            kind::PUB => one(terms.notice, Act::Occur),
            kind::DON if event.b == 1 && event.a > 10_000 => {
                numbered(event.id, one(terms.donation, terms.receive))
            }
            kind::DECL => numbered(event.a, one(terms.donation, terms.declare)),
            // The workload measures every meeting by the board of the as-of day: what is
            // told of its size corrects what was told before, and is no change. What will be
            // told after that day nobody has told yet.
            kind::BOARD if event.d <= A => Entry {
                count,
                number: event.d.unsigned_abs(),
                known: i64::from(event.d),
                ..Entry::new(terms.size(), JOINED, 0, 0)
            },
            kind::COI => one(terms.declaration, Act::Sign),
            kind::EVAL => one(terms.talk, Act::Occur),
            kind::COMPLAINT if event.a >= 3 => {
                let received = one(terms.complaint, terms.receive);
                let resolved = Event { d: event.b, ..*event };
                let end = self.done(&resolved, terms.complaint, terms.resolve);
                let end = (event.b > 0).then(|| numbered(event.id, end));
                return [Some(numbered(event.id, received)), end];
            }
            _ => return [None, None],
        };
        [Some(entry), None]
    }

    fn done(&self, event: &Event, noun: TermId, act: Act) -> Entry {
        Entry::new(Subject::new(noun, Aspect::Done(act)), Day(event.d), 0, 0)
    }
}

/// The keys of the items that R21 looks for.
fn opinions(book: &Book) -> [Option<String>; 2] {
    let key = |norm: &Norm| match norm {
        Norm::Contents { items, .. } => items.first().map(Item::key),
        _ => None,
    };
    let rules = book.rules().map(|(_, _, rule)| &rule.norm);
    let looked = rules.filter_map(|norm| match norm {
        Norm::Lately { norm, last: Some(last), .. } => Some([key(norm), key(last)]),
        _ => None,
    });
    looked.last().unwrap_or_default()
}

fn numbered(number: i32, entry: Entry) -> Entry {
    Entry { number: number.unsigned_abs(), ..entry }
}

/// A paper about the fiscal year that ends with the month `a`.
fn about_year(event: &Event, entry: Entry) -> Entry {
    Entry { about: Some(Day(last_day_of(event.a))), ..entry }
}

/// The verdict that a state is: 0 where nothing was asked, 1 where it was kept, 2 where it
/// was not; `None` for a state that the workload has no verdict for.
pub fn verdict(state: State) -> Option<u8> {
    match state {
        State::NotApplicable | State::NotYetOpen => Some(0),
        State::Met | State::MetInGrace | State::MetLate => Some(1),
        State::StillOwed | State::Closed => Some(2),
        _ => None,
    }
}

/// The as-of day of the definition, and what was known on it; instants are days here.
pub fn as_of() -> AsOf {
    AsOf::new(Day(A), i64::from(A))
}

impl Terms {
    fn of(vocabulary: &Vocabulary) -> Terms {
        let term = |name: &str| {
            vocabulary.named(name).unwrap_or_else(|| unreachable!("no word: {name}"))
        };
        let act = |verb: &str| Act::Verb(term(verb));
        Terms {
            board: term("board"),
            assembly: term("general assembly"),
            minutes: term("board minutes"),
            accounts: term("audited accounts"),
            report: term("annual report"),
            tax_return: term("tax return"),
            budget: term("budget"),
            notice: term("public notice"),
            talk: term("yearly talk with the executive director"),
            complaint: term("serious complaint"),
            donation: term("foreign donation above the threshold"),
            declaration: term("conflict of interest declaration"),
            receive: act("receive"),
            declare: act("declare"),
            resolve: act("resolve"),
            policies: [
                Some(term("conflict of interest policy")),
                Some(term("whistleblower policy")),
                None,
                Some(term("safeguarding policy")),
                None,
            ],
            types: [
                term("non-profit company"),
                term("foundation"),
                term("association"),
                term("cooperative"),
            ],
            numbers: [
                term("yearly budget"),
                term("number of staff"),
                term("number of board seats"),
                term("number of women on the board"),
                term("number of independent board members"),
            ],
            characteristics: [
                term("organization receives public funding"),
                term("organization is exempt from the audit"),
                term("organization has an ombudsman"),
            ],
        }
    }

    fn size(&self) -> Subject {
        Subject::new(self.board, Aspect::Size)
    }
}
