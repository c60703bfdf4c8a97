//! Whatever a norm says, its canonical sentence in either language reads back to it; and
//! whatever an author types, nothing panics.

use std::sync::LazyLock;

use mithaq::calendar::{Cycle, Span};
use mithaq::compile::written::{Manner, written};
use mithaq::compile::{Source, compile};
use mithaq::form::{self, Context};
use mithaq::norm::{
    Act, Anchor, Backing, Comparison, Condition, Demand, Freedom, Guard, Item, Limit,
    Matter, MemberTime, Moment, Norm, Occurrence, Part, Past, People, Proportion,
    Quality, Quantity, Share, Signers, Stay, TermId,
};
use mithaq::text::Language;
use mithaq::vocabulary::{self, Concern, Happening, TermKind, Vocabulary};
use proptest::prelude::*;

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn of_kind(wanted: fn(TermKind) -> bool) -> impl Strategy<Value = TermId> {
    let all: Vec<TermId> = STANDARD
        .terms()
        .filter(|(_, term)| wanted(term.kind))
        .map(|(id, _)| id)
        .collect();
    prop::sample::select(all)
}

fn body() -> impl Strategy<Value = TermId> {
    of_kind(|kind| kind == TermKind::Body)
}

/// Of contracts and quotations there are several: a duty about them is about each.
fn document() -> impl Strategy<Value = TermId> {
    of_kind(|kind| {
        matches!(kind, TermKind::Document(_))
            && kind != TermKind::Document(Concern::Several)
    })
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        (1u16..=400).prop_map(Span::Days),
        (1u16..=60).prop_map(Span::Weeks),
        (1u16..=60).prop_map(Span::Months),
        (1u16..=20).prop_map(Span::Years),
    ]
}

fn meeting() -> impl Strategy<Value = Occurrence> {
    body().prop_map(|noun| Occurrence { noun, act: Act::Meet, by: None, to: None })
}

fn deed() -> impl Strategy<Value = Occurrence> {
    let acts =
        [Act::Publish, Act::Adopt, Act::Submit, Act::Sign, Act::Review, Act::Prepare];
    let by = of_kind(|kind| matches!(kind, TermKind::Body | TermKind::Role));
    let to = of_kind(|kind| matches!(kind, TermKind::Authority | TermKind::Channel));
    let parts = (document(), prop::sample::select(acts.to_vec()));
    (parts, prop::option::of(by), prop::option::of(to))
        .prop_map(|((noun, act), by, to)| Occurrence { noun, act, by, to })
}

fn verb(name: &str) -> Act {
    Act::Verb(STANDARD.id(name).expect("the standard vocabulary's own verb"))
}

/// What is done to events, by verbs that the vocabulary teaches.
fn taught() -> impl Strategy<Value = Occurrence> {
    let event = || {
        of_kind(|kind| {
            let each = [Happening::OnADay, Happening::Received].map(TermKind::Event);
            each.contains(&kind)
        })
    };
    let by = of_kind(|kind| matches!(kind, TermKind::Body | TermKind::Role));
    let names = ["answer", "discuss", "record", "evaluate"];
    let done = (event(), prop::sample::select(names.to_vec()), prop::option::of(by))
        .prop_map(|(noun, name, by)| Occurrence { noun, act: verb(name), by, to: None });
    let authority = of_kind(|kind| kind == TermKind::Authority);
    let told =
        (event(), authority, prop::option::of(body())).prop_map(|(noun, to, by)| {
            Occurrence { noun, act: verb("notify"), by, to: Some(to) }
        });
    prop_oneof![done, told]
}

/// Steps in turn about one paper, and the day that they are before or after.
fn order() -> impl Strategy<Value = Norm> {
    let acts = [Act::Publish, Act::Adopt, Act::Review, Act::Sign];
    let step = (prop::sample::select(acts.to_vec()), body());
    let limit = prop_oneof![
        Just(Limit::Before(Span::Days(0))),
        due_span().prop_map(Limit::Before),
        due_span().prop_map(Limit::Within),
    ];
    (document(), prop::collection::vec(step, 1..4), anchor(), limit).prop_map(
        |(noun, steps, anchor, limit)| {
            let what = |(act, by)| Occurrence { noun, act, by: Some(by), to: None };
            let steps: Vec<Occurrence> = steps.into_iter().map(what).collect();
            // One step within a time after something is a deadline.
            let alone = steps.len() == 1 && matches!(limit, Limit::Within(_));
            let limit = if alone { Limit::Before(Span::Days(0)) } else { limit };
            let stands = STANDARD.term(noun).map(|term| term.kind)
                == Some(TermKind::Document(Concern::Standing));
            let yearly =
                matches!(anchor, Anchor::FiscalYearEnd | Anchor::FiscalYearStart);
            Norm::Order { steps, anchor, limit, ever: stands && yearly }
        },
    )
}

/// One duty about each of several papers, in the order of their stable names.
fn list() -> impl Strategy<Value = Norm> {
    let nouns = prop::collection::btree_set(document(), 2..5);
    (nouns, deed(), due_span(), 0..4usize).prop_map(|(nouns, what, span, sort)| {
        let mut nouns: Vec<TermId> = nouns.into_iter().collect();
        nouns.sort_by_key(|noun| STANDARD.name(*noun).to_owned());
        let about = |noun| {
            let what = Occurrence { noun, ..what };
            let adopted = Occurrence { act: Act::Adopt, to: None, ..what };
            match sort {
                0 => Norm::FixedDate { what, month: 3, day: 31 },
                1 => Norm::Frequency { what, least: 1, cycle: Cycle::Year },
                2 => Norm::Standing { what: adopted, review: Some(Span::Years(3)) },
                _ => Norm::Deadline { what, anchor: Anchor::FiscalYearEnd, within: span },
            }
        };
        Norm::All(nouns.into_iter().map(about).collect())
    })
}

/// A span that something may be due in: working days among them.
fn due_span() -> impl Strategy<Value = Span> {
    prop_oneof![4 => span(), 1 => (1u16..=99).prop_map(Span::WorkingDays)]
}

/// An answer to each event in a time from its own day.
fn response() -> impl Strategy<Value = Norm> {
    (taught(), due_span()).prop_map(|(what, within)| {
        let act = STANDARD.own_act(what.noun).expect("an event has its own act");
        let event = Occurrence { noun: what.noun, act, by: None, to: None };
        Norm::Deadline { what, anchor: Anchor::Each(event), within }
    })
}

fn occurrence() -> impl Strategy<Value = Occurrence> {
    prop_oneof![meeting(), deed()]
}

fn cycle() -> impl Strategy<Value = Cycle> {
    prop::sample::select(vec![
        Cycle::Week,
        Cycle::Month,
        Cycle::Quarter,
        Cycle::HalfYear,
        Cycle::Year,
        Cycle::FiscalYear,
        Cycle::FiscalQuarter,
    ])
}

fn anchor() -> impl Strategy<Value = Anchor> {
    let adopted = (document(), prop::option::of(body())).prop_map(|(noun, by)| {
        Anchor::Each(Occurrence { noun, act: Act::Adopt, by, to: None })
    });
    prop_oneof![
        Just(Anchor::FiscalYearEnd),
        Just(Anchor::FiscalYearStart),
        body().prop_map(Anchor::MandateEnd),
        meeting().prop_map(Anchor::Each),
        adopted,
    ]
}

fn share() -> impl Strategy<Value = Share> {
    let shares = vec![(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (3, 5), (7, 10), (4, 5)];
    (prop::sample::select(shares), any::<bool>()).prop_map(|((n, d), exclusive)| Share {
        numerator: n,
        denominator: d,
        exclusive,
    })
}

fn item() -> impl Strategy<Value = Item> {
    let known = prop_oneof![of_kind(|kind| kind == TermKind::Item), document()];
    prop_oneof![
        known.prop_map(Item::Term),
        "[b-z]{3,9}q [b-z]{3,9}q".prop_map(Item::Words)
    ]
}

fn freedom() -> impl Strategy<Value = Freedom> {
    prop_oneof![Just(Freedom::May), Just(Freedom::NeedNot)]
}

fn condition() -> impl Strategy<Value = Condition> {
    let money = || of_kind(|kind| kind == TermKind::Attribute { money: true });
    let number = of_kind(|kind| kind == TermKind::Attribute { money: false });
    let one =
        of_kind(|kind| kind == TermKind::OrganizationType).prop_map(Condition::OfType);
    let comparison = || {
        prop::sample::select(vec![
            Comparison::Less,
            Comparison::AtMost,
            Comparison::Exactly,
            Comparison::AtLeast,
            Comparison::More,
        ])
    };
    let amount = (money(), comparison(), 1i64..5_000_000).prop_map(
        |(attribute, comparison, number)| {
            let value = Quantity { number, currency: Some(*b"USD") };
            Condition::Compare { attribute, comparison, value }
        },
    );
    let count =
        (number, comparison(), 1i64..900).prop_map(|(attribute, comparison, number)| {
            let value = Quantity { number, currency: None };
            Condition::Compare { attribute, comparison, value }
        });
    let parts = vec![(1, 4), (1, 3), (5, 12), (3, 1), (19, 20)];
    let ratio = (money(), comparison(), prop::sample::select(parts), money()).prop_map(
        |(attribute, comparison, (numerator, denominator), of)| {
            let part = Proportion { numerator, denominator };
            Condition::Ratio { attribute, comparison, part, of }
        },
    );
    let stated = of_kind(|kind| kind == TermKind::Characteristic).prop_map(Condition::Is);
    let not = of_kind(|kind| kind == TermKind::OrganizationType)
        .prop_map(|id| Condition::Not(Box::new(Condition::OfType(id))));
    let lead = prop_oneof![Just(Span::Days(0)), past_span()];
    let years = prop_oneof![Just(Moment::FiscalYearEnd), Just(Moment::FiscalYearStart)];
    let founded = prop_oneof![
        (lead, years).prop_map(|(lead, by)| Condition::Founded { lead, by }),
        (0i32..20_000).prop_map(|day| {
            let by = Moment::Day(mithaq::calendar::Day(day));
            Condition::Founded { lead: Span::Days(0), by }
        }),
    ];
    prop_oneof![one, not, amount, count, ratio, stated, founded.boxed()]
}

fn guarded() -> impl Strategy<Value = Norm> {
    let guard = prop_oneof![Just(Guard::If), Just(Guard::Unless), Just(Guard::Enough)];
    let norm =
        prop_oneof![duty().boxed(), occurrence().prop_map(|what| Norm::Never { what })];
    let sensible = |(guard, when, norm): &(Guard, Condition, Norm)| match guard {
        Guard::If => true,
        Guard::Unless => !matches!(when, Condition::Not(_)),
        Guard::Enough => {
            !matches!(when, Condition::Not(_)) && !matches!(norm, Norm::Never { .. })
        }
    };
    (guard, condition().boxed(), norm).prop_filter("unless it is not", sensible).prop_map(
        |(guard, when, norm)| Norm::Guarded { norm: Box::new(norm), guard, when },
    )
}

fn holding() -> impl Strategy<Value = Norm> {
    let tests = |condition: &Condition| {
        let of = matches!(condition, Condition::OfType(_) | Condition::Not(_));
        !of && !matches!(condition, Condition::Founded { .. })
    };
    condition().prop_filter("a test", tests).prop_map(Norm::Holds)
}

pub(crate) fn norm() -> impl Strategy<Value = Norm> {
    prop_oneof![
        6 => duty().boxed(),
        2 => guarded().boxed(),
        2 => holding().boxed(),
        2 => order().boxed(),
        1 => list().boxed(),
        1 => response().boxed(),
        1 => (taught(), cycle())
            .prop_map(|(what, cycle)| Norm::Frequency { what, least: 1, cycle })
            .boxed(),
        1 => occurrence().prop_map(|what| Norm::Never { what }),
        1 => (freedom(), occurrence())
            .prop_map(|(freedom, what)| Norm::Free { freedom, matter: Matter::Deed(what) }),
        1 => (freedom(), duty().boxed()).prop_map(|(freedom, norm)| Norm::Free {
            freedom,
            matter: Matter::Duty(Box::new(norm))
        }),
    ]
}

fn duty() -> impl Strategy<Value = Norm> {
    let day = (1u8..=12, 1u8..=28);
    let limits = (1u16..=50, 0u16..=50);
    prop_oneof![
        (occurrence(), 1u16..=60, cycle())
            .prop_map(|(what, least, cycle)| Norm::Frequency { what, least, cycle }),
        (occurrence(), span()).prop_map(|(what, gap)| Norm::Rolling { what, gap }),
        (occurrence(), anchor(), due_span())
            .prop_map(|(what, anchor, within)| Norm::Deadline { what, anchor, within }),
        (occurrence(), day).prop_map(|(what, (month, day))| Norm::FixedDate {
            what,
            month,
            day
        }),
        (document(), prop::option::of(body()), prop::option::of(span())).prop_map(
            |(noun, by, review)| {
                let what = Occurrence { noun, act: Act::Adopt, by, to: None };
                Norm::Standing { what, review }
            }
        ),
        (body(), limits).prop_map(|(body, (least, more))| Norm::Size {
            body,
            least: Some(least),
            most: Some(least + more),
        }),
        (body(), 1u16..=99).prop_map(|(body, most)| Norm::Size {
            body,
            least: None,
            most: Some(most)
        }),
        (body(), share()).prop_map(|(body, share)| Norm::Quorum { body, share }),
        (document(), prop::collection::vec(item(), 1..6))
            .prop_map(|(document, items)| Norm::Contents { document, items }),
    ]
}

fn post() -> impl Strategy<Value = TermId> {
    of_kind(|kind| kind == TermKind::Role)
}

fn group() -> impl Strategy<Value = TermId> {
    of_kind(|kind| matches!(kind, TermKind::Role | TermKind::Body))
}

fn person_quality() -> impl Strategy<Value = TermId> {
    of_kind(|kind| kind == TermKind::Quality)
}

/// In the order of names, as norms keep them.
fn by_name(mut terms: Vec<TermId>) -> Vec<TermId> {
    terms.sort_by_key(|term| STANDARD.name(*term).to_owned());
    terms.dedup();
    terms
}

fn member_time() -> impl Strategy<Value = MemberTime> {
    prop_oneof![
        cycle().prop_map(MemberTime::Each),
        Just(MemberTime::Always),
        span().prop_map(MemberTime::Within),
    ]
}

fn each_member() -> impl Strategy<Value = Norm> {
    let to = of_kind(|kind| kind == TermKind::Authority);
    let acts = prop::sample::select(vec![Act::Sign, Act::Submit, Act::Prepare]);
    let rest = prop::collection::vec(group(), 0..2);
    let who = (body(), rest, prop::option::of(person_quality()));
    (who, (document(), acts, prop::option::of(to)), member_time()).prop_map(
        |((first, mut groups, are), (document, act, to), when)| {
            groups.push(first);
            let who = People { groups: by_name(groups), are };
            let to = to.filter(|_| act == Act::Submit);
            Norm::EachMember { who, document, act, to, when }
        },
    )
}

fn demand() -> impl Strategy<Value = Demand> {
    let part = prop_oneof![
        Just(Part::All),
        share().prop_map(Part::Share),
        (1u16..20).prop_map(Part::Count),
    ];
    let quality = prop_oneof![
        prop_oneof![person_quality(), group()].prop_map(Quality::Is),
        (5u8..=120).prop_map(Quality::AtLeastAge),
        (5u8..=120).prop_map(Quality::UnderAge),
    ];
    (part, quality).prop_map(|(part, quality)| Demand { part, quality })
}

pub(crate) fn of_people() -> impl Strategy<Value = Norm> {
    let limit =
        prop_oneof![(1u16..=12).prop_map(Stay::Terms), (1u16..=40).prop_map(Stay::Years)];
    let signers = prop::collection::vec((post(), prop::sample::select(vec![1, 7])), 2..4);
    prop_oneof![
        each_member(),
        (body(), 1u8..=4, any::<bool>()).prop_map(|(body, degree, in_laws)| {
            Norm::Unrelated { body, degree, in_laws }
        }),
        (group(), group()).prop_filter_map("one post", |(one, other)| {
            match by_name(vec![one, other]).as_slice() {
                [one, other] => Some(Norm::Incompatible { one: *one, other: *other }),
                _ => None,
            }
        }),
        (group(), limit, any::<bool>(), any::<bool>()).prop_map(
            |(who, most, consecutive, unless_explained)| Norm::TermLimit {
                who,
                most,
                consecutive,
                unless_explained
            }
        ),
        (group(), prop::collection::vec(demand(), 1..3)).prop_filter_map(
            "the same of itself",
            |(who, demands)| {
                let same = |demand: &Demand| demand.quality == Quality::Is(who);
                let plain = !demands.iter().any(same);
                plain.then_some(Norm::Composition { who, demands })
            }
        ),
        (body(), prop::option::of(1u16..=99), 2u16..=100, body()).prop_filter_map(
            "one body",
            |(body, least, times, other)| {
                let two = body != other;
                two.then_some(Norm::Proportion { body, least, times, other })
            }
        ),
        body().prop_map(|body| Norm::BylawsQuorum { body }),
        (body(), share(), share(), span()).prop_map(|(body, first, second, within)| {
            Norm::SecondCall { body, first, second, within }
        }),
        (document(), signers, any::<bool>()).prop_filter_map(
            "one signer",
            |(document, signers, in_order)| {
                let mut by: Vec<Signers> = signers
                    .into_iter()
                    .map(|(role, least)| Signers { role, least })
                    .collect();
                by.sort_by_key(|one| (STANDARD.name(one.role).to_owned(), one.least));
                by.dedup();
                (by.len() > 1).then_some(Norm::Signed { document, by, in_order })
            }
        ),
    ]
}

/// Of these papers there are several, and each has its own duties.
fn one_of_several() -> impl Strategy<Value = TermId> {
    of_kind(|kind| kind == TermKind::Document(Concern::Several))
}

fn types() -> impl Strategy<Value = Condition> {
    let kinds =
        prop::collection::vec(of_kind(|it| it == TermKind::OrganizationType), 1..4);
    kinds.prop_map(|kinds| {
        let mut types = by_name(kinds).into_iter().map(Condition::OfType);
        match (types.next(), types.next()) {
            (Some(one), None) => one,
            (one, two) => {
                Condition::Any(one.into_iter().chain(two).chain(types).collect())
            }
        }
    })
}

fn backed() -> impl Strategy<Value = Norm> {
    let event = of_kind(|kind| kind == TermKind::Event(Happening::OnADay));
    let each = prop_oneof![event, one_of_several()];
    let backing = (prop_oneof![document(), one_of_several()], 1u16..=9).prop_flat_map(
        |(document, least)| {
            let age = prop::option::of(span());
            age.prop_map(move |not_older| Backing { document, least, not_older })
        },
    );
    (each, prop::collection::vec(backing, 1..3)).prop_map(|(noun, by)| {
        let act = STANDARD.own_act(noun).unwrap_or(Act::Prepare);
        Norm::Backed { each: Occurrence { noun, act, by: None, to: None }, by }
    })
}

/// What is said of the network's members, or of several duties at once.
pub(crate) fn joined() -> impl Strategy<Value = Norm> {
    let parts = prop::collection::btree_set(plain_duty(), 2..4);
    let among = (parts, 1u16..=3).prop_map(|(norms, least)| {
        let mut norms: Vec<Norm> = norms.into_iter().collect();
        norms.sort_by_key(|norm| form::say(norm, &STANDARD)[0].clone());
        let of = u16::try_from(norms.len()).unwrap_or(u16::MAX);
        Norm::Among { least: least.min(of), norms }
    });
    let whole = Share { numerator: 1, denominator: 1, exclusive: false };
    let part = prop_oneof![4 => share(), 1 => Just(whole)];
    let members = (part, prop::option::of(types()), any::<bool>(), plain_duty())
        .prop_map(|(part, who, on_time, norm)| Norm::Members {
            part,
            who,
            on_time,
            norm: Box::new(norm),
        });
    let past = prop_oneof![
        (1u16..=60, 1u16..=60).prop_map(|(one, other)| Past::Times {
            least: one.min(other),
            of: one.max(other)
        }),
        (past_span(), prop::option::of(past_span()))
            .prop_map(|(span, but)| Past::Within { span, but }),
    ];
    let lately = (past, plain_duty()).prop_filter_map("no occasions", |(past, norm)| {
        let occasions = matches!(
            norm,
            Norm::Frequency { .. }
                | Norm::Rolling { .. }
                | Norm::Deadline { .. }
                | Norm::FixedDate { .. }
                | Norm::Quorum { .. }
        );
        occasions.then(|| Norm::Lately { past, norm: Box::new(norm), last: None })
    });
    let acts = prop::sample::select(vec![Act::Sign, Act::Submit]);
    let uptake = (
        body(),
        prop_oneof![4 => share(), 1 => Just(whole)],
        document(),
        acts,
        past_span(),
    )
        .prop_map(|(body, part, document, act, within)| Norm::Uptake {
            body,
            part,
            document,
            act,
            within,
        });
    prop_oneof![among, members, lately.boxed(), uptake.boxed()]
}

/// Calendar time of a length that has its own word in Arabic, or any other.
fn past_span() -> impl Strategy<Value = Span> {
    let number = prop_oneof![Just(1u16), Just(2), 3u16..=10, 11u16..=400];
    (number, 0..4).prop_map(|(number, unit)| match unit {
        0 => Span::Days(number),
        1 => Span::Weeks(number),
        2 => Span::Months(number),
        _ => Span::Years(number),
    })
}

/// A duty that is not said as a list.
fn plain_duty() -> impl Strategy<Value = Norm> {
    duty().prop_filter("a list", |norm| !form::say(norm, &STANDARD)[0].contains(';'))
}

pub(crate) fn of_several() -> impl Strategy<Value = Norm> {
    let acts = [Act::Publish, Act::Sign, Act::Review, verb("evaluate")];
    let acts = prop::sample::select(acts.to_vec());
    let each_paper = (one_of_several(), acts, 1u16..=9, cycle()).prop_map(
        |(noun, act, least, cycle)| {
            let what = Occurrence { noun, act, by: None, to: None };
            Norm::EachPaper { what, least, cycle }
        },
    );
    let whichever = (deed(), meeting(), due_span(), any::<bool>()).prop_map(
        |(what, event, within, later)| Norm::Whichever { what, event, within, later },
    );
    let outside = types().prop_map(|who| Norm::Outside { who });
    prop_oneof![each_paper, whichever, outside, backed(), joined().boxed()]
}

/// A rule with labels, in a language.
fn file(
    norm: &Norm,
    (weight, grace, severity): (u16, u16, usize),
    language: Language,
) -> String {
    let [english, arabic] = form::say(norm, &STANDARD);
    match language {
        Language::English => {
            let severity = ["low", "medium", "high"][severity];
            format!(
                "Rule R-1: {english}\n  Weight: {weight}\n  Grace: {grace} days\n  Severity: {severity}\n"
            )
        }
        Language::Arabic => {
            let severity = ["منخفضة", "متوسطة", "عالية"][severity];
            format!(
                "القاعدة R-1: {arabic}\n  الوزن: {weight}\n  المهلة: {grace} يومًا\n  درجة الخطورة: {severity}\n"
            )
        }
    }
}

/// The meanings of a file that has no error in it.
fn meanings(text: &str) -> Result<Vec<String>, TestCaseError> {
    let (program, said) = compile(&[Source::new("rules/any.rules", text)], &STANDARD);
    let wrong = said.iter().find(|told| told.is_error());
    prop_assert!(wrong.is_none(), "{}\n{:?}", text, wrong);
    let rules = program.rulebooks.into_iter().flat_map(|book| book.rules);
    Ok(rules.map(|rule| rule.meaning).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(300, 6000)))]

    #[test]
    fn a_canonical_sentence_reads_back_to_its_norm(
        norm in prop_oneof![norm().boxed(), of_people().boxed(), of_several().boxed()]
    ) {
        let context = Context { vocabulary: &STANDARD, fiscal_quarters: false };
        for sentence in form::say(&norm, &STANDARD) {
            let marked = form::mark(sentence.trim_end_matches('.'), &STANDARD);
            let read = form::parse(&marked, &context);
            let read = read.map(|(_, norm)| norm).map_err(|miss| miss.at);
            prop_assert_eq!(read, Ok(norm.clone()), "{}\n{}", sentence, marked.text);
        }
    }

    #[test]
    fn a_rule_stays_as_it_is_written_and_goes_there_and_back(
        norm in prop_oneof![norm().boxed(), of_people().boxed(), of_several().boxed()],
        labels in (1u16..=9, 1u16..=60, 0..3usize),
        language in prop::sample::select(vec![Language::English, Language::Arabic]),
    ) {
        let text = file(&norm, labels, language);
        let meaning = meanings(&text)?;
        let to = |text: &str, to| {
            let manner = Manner { vocabulary: &STANDARD, fiscal_quarters: false, to };
            written(text, &manner)
        };
        let once = to(&text, None);
        prop_assert_eq!(&meanings(&once)?, &meaning, "{}\n{}", text, once);
        prop_assert_eq!(&to(&once, None), &once);
        let there = to(&text, Some(language.other()));
        prop_assert_eq!(&meanings(&there)?, &meaning, "{}\n{}", text, there);
        let back = to(&there, Some(language));
        prop_assert_eq!(&meanings(&back)?, &meaning, "{}\n{}", there, back);
        prop_assert_eq!(back, to(&once, Some(language)), "{}\n{}", text, there);
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "(\\PC|[\\n:;,.#‹›]| board | meets | كل | مجلس الإدارة | within | 4 | months ){0,60}") {
        let (program, _) = compile(&[Source::new("rules/any.rules", &text)], &STANDARD);
        prop_assert!(program.rulebooks.len() <= 1);
    }
}
