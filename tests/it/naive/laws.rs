//! Laws that hold of every case: three values, what is put together, more evidence, and the
//! order in which papers come.

use mithaq::calendar::Day;
use mithaq::judge::{self, Profile, View};
use mithaq::norm::{Condition, Norm};
use mithaq::timeline::{AsOf, Entry, Subject};
use mithaq::verdict::{Applies, Slot, State, Verdict};

use super::case::{Case, Paper, told};
use super::draw::Draw;
use super::generate::{NOW, a_day, instant};
use super::sayings::condition;
use super::shapes::{Shape, case};
use crate::scratch::cases;

/// So many cases of some shapes, of seeds that the two judges do not use.
fn each_case(shapes: &[Shape], usual: u32, full: u32, law: impl Fn(&mut Draw, Case)) {
    for (shape, nth) in shapes.iter().zip(0..) {
        for seed in 0..u64::from(cases(usual, full)) {
            let seed = 1_000_000 * (nth + 1) + seed;
            law(&mut Draw::new(seed), case(*shape, seed, 3));
        }
    }
}

fn slots_on(case: &Case, (day, known): (Day, i64)) -> Vec<Slot> {
    let given = case.given();
    judge::slots(&given.duty(), &given.view((day, known)))
}

fn is_so(condition: &Condition, profile: &Profile, day: Day) -> Option<bool> {
    judge::is_so(condition, profile, day)
}

fn all(parts: &[&Condition]) -> Condition {
    Condition::All(parts.iter().map(|part| (*part).clone()).collect())
}

fn any(parts: &[&Condition]) -> Condition {
    Condition::Any(parts.iter().map(|part| (*part).clone()).collect())
}

fn not(one: &Condition) -> Condition {
    Condition::Not(Box::new(one.clone()))
}

#[test]
fn three_values_are_kleenes() {
    each_case(&[Shape::Frequency], 1_500, 30_000, |draw, case| {
        let [one, other, third] = [(); 3].map(|()| condition(draw, 2));
        let (day, profile) = (a_day(draw), &case.profile);
        let value = |condition: &Condition| is_so(condition, profile, day);
        let same = |left: Condition, right: Condition| {
            assert_eq!(value(&left), value(&right), "{left:?}\n{right:?}\n{profile:#?}");
        };
        for join in [all, any] {
            same(join(&[&one, &other]), join(&[&other, &one]));
            let left = join(&[&join(&[&one, &other]), &third]);
            same(left.clone(), join(&[&one, &join(&[&other, &third])]));
            same(left, join(&[&one, &other, &third]));
            same(join(&[&one, &one]), one.clone());
        }
        same(not(&all(&[&one, &other])), any(&[&not(&one), &not(&other)]));
        same(not(&any(&[&one, &other])), all(&[&not(&one), &not(&other)]));
        same(not(&not(&one)), one.clone());
        same(all(&[&one, &any(&[&one, &other])]), one.clone());
        same(
            all(&[&one, &any(&[&other, &third])]),
            any(&[&all(&[&one, &other]), &all(&[&one, &third])]),
        );
        // By the tables: what decides decides whatever the other is.
        let (a, b) = (value(&one), value(&other));
        let and = match (a, b) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        assert_eq!(value(&all(&[&one, &other])), and);
        assert_eq!(value(&not(&one)), a.map(|so| !so));
    });
}

/// What is known stays so when more is known of what was not known.
#[test]
fn more_that_is_known_of_an_organization_unsays_nothing() {
    each_case(&[Shape::Frequency], 3_000, 30_000, |draw, case| {
        let asked = condition(draw, 2);
        let (day, profile) = (a_day(draw), case.profile);
        let Some(before) = is_so(&asked, &profile, day) else { return };
        let mut wiser = profile.clone();
        if wiser.types.is_empty() {
            wiser.types = draw
                .pick(&[vec![mithaq::norm::TermId(40)], vec![mithaq::norm::TermId(9)]]);
        }
        wiser.founded = wiser.founded.or(Some(a_day(draw)));
        for attribute in 30..33 {
            let name = mithaq::norm::TermId(attribute);
            let stated = |(of, from, _): &(_, Day, _)| *of == name && *from <= day;
            if !wiser.attributes.iter().any(stated) {
                let number = i64::from(draw.small(5));
                let currency = draw.pick(&[None, Some(*b"USD")]);
                let value = mithaq::norm::Quantity { number, currency };
                wiser.attributes.state(name, Day(day.0 - 1), value);
            }
        }
        let after = is_so(&asked, &wiser, day);
        assert_eq!(after, Some(before), "{asked:?}\n{profile:#?}\n{wiser:#?}");
    });
}

/// The parts of a list, or of so many of several, come in any order.
#[test]
fn several_duties_are_one_in_any_order() {
    each_case(&[Shape::List, Shape::Among], 150, 3_000, |_, case| {
        let mut turned = case.clone();
        match &mut turned.said.norm {
            Norm::All(norms) | Norm::Among { norms, .. } => norms.reverse(),
            other => panic!("{other:?} has no parts"),
        }
        for moment in &case.moments {
            let [one, other] = [&case, &turned].map(|case| {
                let slots = slots_on(case, *moment).into_iter();
                slots.map(|slot| (slot.from, slot.due, slot.state)).collect::<Vec<_>>()
            });
            assert_eq!(one, other, "{case:#?}");
        }
    });
}

/// A list inside a list is the longer list.
#[test]
fn lists_of_lists_are_lists() {
    each_case(&[Shape::List], 150, 3_000, |_, case| {
        let Norm::All(norms) = &case.said.norm else { return };
        // Papers that stand are kept on the days on which all are, which are no occasions.
        if norms.len() < 3 || matches!(norms[0], Norm::Standing { .. }) {
            return;
        }
        let mut nested = case.clone();
        let first = Norm::All(norms[..2].to_vec());
        let rest = norms[2..].iter().cloned();
        nested.said.norm = Norm::All(std::iter::once(first).chain(rest).collect());
        for moment in &case.moments {
            let [one, other] = [&case, &nested].map(|case| {
                let slots = slots_on(case, *moment).into_iter();
                slots.map(|slot| (slot.from, slot.due, slot.state)).collect::<Vec<_>>()
            });
            assert_eq!(one, other, "{case:#?}");
        }
    });
}

/// The worst of a collection is the worst in whichever order its members are looked at.
#[test]
fn the_worst_of_a_collection_is_so_in_any_order() {
    let shapes = [Shape::Quorum, Shape::Contents, Shape::Signed, Shape::Backed];
    each_case(&shapes, 250, 5_000, |_, case| {
        let given = case.given();
        for moment in &case.moments {
            let view = given.view(*moment);
            let mut slots = judge::slots(&given.duty(), &view);
            // Of what is not over the next speaks.
            slots.retain(|slot| slot.due < moment.0);
            let one = judge::state_of_rule(&given.duty(), &view, &slots);
            slots.reverse();
            let other = judge::state_of_rule(&given.duty(), &view, &slots);
            // In time or in grace it is met: which of two says so is nothing to the whole.
            let of = |one: &Verdict| {
                (
                    how_well(one.state),
                    one.state.is_not_met(),
                    weight(one.state),
                    one.score,
                )
            };
            assert_eq!(of(&one), of(&other), "{case:#?}");
            let half = slots.split_off(slots.len() / 2);
            let turned: Vec<Slot> = half.into_iter().chain(slots).collect();
            let third = judge::state_of_rule(&given.duty(), &view, &turned);
            assert_eq!(of(&one), of(&third), "{case:#?}");
        }
    });
}

/// Whether it is met, and what for.
fn how_well(state: State) -> Option<(u32, u32)> {
    state.score().filter(|_| state.is_met())
}

/// The unknown that a state stands for.
fn weight(state: State) -> Option<State> {
    let unknown = [State::AwaitingEvidence, State::InsufficientEvidence];
    unknown.into_iter().find(|unknown| *unknown == state)
}

/// S-111: one more paper about the deed, that nothing contradicts.
fn with_more(draw: &mut Draw, case: &Case, deed: Entry) -> Case {
    let mut more = case.clone();
    let day = a_day(draw);
    more.papers.push(Paper {
        received: instant(day),
        tells: vec![Entry { day, ..deed }],
        replaces: None,
        withdrawn: None,
        contains: Vec::new(),
    });
    more
}

#[test]
fn more_evidence_makes_nothing_kept_a_lapse() {
    let shapes = [
        Shape::Frequency,
        Shape::Deadline,
        Shape::FixedDate,
        Shape::Standing,
        Shape::Rolling,
    ];
    each_case(&shapes, 500, 8_000, |draw, mut case| {
        // When the membership began is known, whatever papers come.
        case.profile.start = case.profile.start.or(Some(a_day(draw)));
        let Some(what) = case.said.norm.deed() else { return };
        let subject = Subject::new(what.noun, mithaq::timeline::Aspect::Done(what.act));
        let mut deed = told(subject, Day(0));
        (deed.by, deed.to) = (what.by, what.to);
        let more = with_more(draw, &case, deed);
        if anchors_move(&case.said.norm, deed) {
            return;
        }
        for (day, _) in &case.moments {
            let (before, after) =
                (slots_on(&case, (*day, NOW)), slots_on(&more, (*day, NOW)));
            let changed = before.iter().find_map(|slot| {
                let same =
                    |other: &&Slot| other.from == slot.from && other.due == slot.due;
                let then = after.iter().find(same)?;
                (then.state != slot.state).then_some((slot, then))
            });
            // The first slot that it changes is no lapse that was kept.
            if let Some((slot, then)) = changed {
                let lapsed = is_kept(slot.state) && !is_kept(then.state);
                assert!(!lapsed, "{slot:?}\n{then:?}\non {day}\n{case:#?}\n{more:#?}");
            }
            // Of what holds at all times the day speaks.
            if case.said.norm.is_standing() {
                let [one, other] = [&case, &more].map(|case| {
                    let given = case.given();
                    let of = judge::verdict(&given.duty(), &given.view((*day, NOW)));
                    of.underlying.unwrap_or(of.state)
                });
                // Whom it binds goes by the day from which it is not covered: with another
                // paper that is another day, on which the rule may ask nothing.
                let binds = |slot: &Slot| {
                    matches!(slot.applies, Applies::Yes | Applies::Until(_))
                };
                let is_asked = after.iter().all(binds);
                let lapsed = is_kept(one) && is_asked && !is_kept(other);
                assert!(!lapsed, "{one:?} {other:?} on {day}\n{case:#?}\n{more:#?}");
            }
        }
    });
}

fn is_kept(state: State) -> bool {
    state.is_met()
}

/// Whether one more deed is one more occasion too.
fn anchors_move(norm: &Norm, deed: Entry) -> bool {
    use mithaq::norm::Anchor;
    match norm {
        Norm::Deadline { anchor: Anchor::Each(event), .. } => {
            let of = mithaq::timeline::Aspect::Done(event.act);
            Subject::new(event.noun, of) == deed.subject
        }
        _ => false,
    }
}

#[test]
fn papers_come_in_any_order() {
    let shapes = [
        Shape::Frequency,
        Shape::Rolling,
        Shape::Deadline,
        Shape::FixedDate,
        Shape::Standing,
        Shape::Never,
        Shape::Size,
        Shape::Quorum,
        Shape::Order,
        Shape::Signed,
        Shape::EachPaper,
    ];
    each_case(&shapes, 150, 3_000, |draw, case| {
        let given = case.given();
        let mut order: Vec<usize> = (0..case.papers.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, draw.below(at + 1));
        }
        let timeline = case.timeline(&order);
        for (day, known) in &case.moments {
            let as_of = AsOf::new(*day, *known);
            let other = View {
                waivers: &given.waivers,
                ..View::new(&case.profile, &timeline, as_of)
            };
            let duty = given.duty();
            let one = judge::verdict(&duty, &given.view((*day, *known)));
            assert_eq!(one, judge::verdict(&duty, &other), "{order:?} {case:#?}");
        }
    });
}
