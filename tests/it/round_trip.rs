//! Whatever a norm says, its canonical sentence in either language reads back to it; and
//! whatever an author types, nothing panics.

use std::sync::LazyLock;

use mithaq::calendar::{Cycle, Span};
use mithaq::compile::{Source, compile};
use mithaq::form::{self, Context};
use mithaq::norm::{
    Act, Anchor, Freedom, Item, Matter, Norm, Occurrence, Share, TermId,
};
use mithaq::vocabulary::{self, TermKind, Vocabulary};
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

fn document() -> impl Strategy<Value = TermId> {
    of_kind(|kind| matches!(kind, TermKind::Document(_)))
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
    let known = of_kind(|kind| matches!(kind, TermKind::Item | TermKind::Document(_)));
    prop_oneof![
        known.prop_map(Item::Term),
        "[b-z]{3,9}q [b-z]{3,9}q".prop_map(Item::Words)
    ]
}

fn freedom() -> impl Strategy<Value = Freedom> {
    prop_oneof![Just(Freedom::May), Just(Freedom::NeedNot)]
}

fn norm() -> impl Strategy<Value = Norm> {
    prop_oneof![
        6 => duty(),
        1 => occurrence().prop_map(|what| Norm::Never { what }),
        1 => (freedom(), occurrence())
            .prop_map(|(freedom, what)| Norm::Free { freedom, matter: Matter::Deed(what) }),
        1 => (freedom(), duty()).prop_map(|(freedom, norm)| Norm::Free {
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
        (occurrence(), anchor(), span())
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(300, 6000)))]

    #[test]
    fn a_canonical_sentence_reads_back_to_its_norm(norm in norm()) {
        let context = Context { vocabulary: &STANDARD, fiscal_quarters: false };
        for sentence in form::say(&norm, &STANDARD) {
            let marked = form::mark(sentence.trim_end_matches('.'), &STANDARD);
            let read = form::parse(&marked, &context);
            let read = read.map(|(_, norm)| norm).map_err(|miss| miss.at);
            prop_assert_eq!(read, Ok(norm.clone()), "{}\n{}", sentence, marked.text);
        }
    }

    #[test]
    fn nothing_that_is_typed_panics(text in "(\\PC|[\\n:;,.#‹›]| board | meets | كل | مجلس الإدارة | within | 4 | months ){0,60}") {
        let (program, _) = compile(&[Source::new("rules/any.rules", &text)], &STANDARD);
        prop_assert!(program.rulebooks.len() <= 1);
    }
}
