//! GOV-25, the neutral workload, in sentences: every verdict as a hand-written reference
//! gives it, over a thousand organizations.
//!
//! Facts, reference and rulebook are those of `benches/peers`.

use std::collections::BTreeMap;

#[path = "../../benches/peers/src/naive.rs"]
#[expect(unreachable_pub, reason = "a file of the bench as well")]
mod naive;
#[path = "../../benches/peers/src/ours.rs"]
#[expect(unreachable_pub, reason = "a file of the bench as well")]
mod ours;
#[path = "../../benches/peers/src/workload.rs"]
#[expect(unreachable_pub, reason = "a file of the bench as well")]
mod workload;

use mithaq::judge::Case;
use ours::Ours;

/// With 22 rules each: 26,400 verdicts.
const ORGANIZATIONS: usize = 1_200;

/// The rules that can be said; `benches/peers/README.md` tells why the others cannot.
const SAID: [usize; 22] =
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 20, 21, 22, 23, 24];

#[test]
fn the_sentences_are_read_without_a_word_to_say() {
    let (_, told) = Ours::read();
    let told: Vec<_> =
        told.iter().map(|it| format!("{}: {}", it.code, it.message[0])).collect();
    assert_eq!(told, [""; 0]);
}

#[test]
fn every_verdict_is_the_reference_s() {
    let (ours, _) = Ours::read();
    let duties = ours.duties();
    let numbers: Vec<usize> = duties.iter().map(|it| it.rule).collect();
    assert_eq!(numbers, SAID);
    let mut wrong: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut seen = vec![[0usize; 3]; workload::RULES + 1];
    for (number, org) in
        workload::organizations(workload::SEED, ORGANIZATIONS).iter().enumerate()
    {
        let asked = naive::verdicts(org);
        let world = ours.world(org);
        let view = ours.view(&world);
        let case = Case::new(&view);
        for (rule, state) in duties.iter().map(|it| (it.rule, it.state(&case))) {
            let asked = asked[rule - 1];
            seen[rule][usize::from(asked)] += 1;
            if ours::verdict(state) != Some(asked) {
                let says = format!("organization {number}: {asked} as {state:?}");
                wrong.entry(rule).or_default().push(says);
            }
        }
    }
    let told = |(rule, all): (&usize, &Vec<String>)| {
        format!("R{rule:02}: {} wrong, first: {:?}", all.len(), &all[..all.len().min(4)])
    };
    let wrong: Vec<String> = wrong.iter().map(told).collect();
    assert_eq!(wrong, [""; 0], "\n{}", wrong.join("\n"));
    for rule in SAID {
        // Whatever a rule can come to is among them, and often.
        let [_, pass, fail] = seen[rule];
        assert!(pass > 20 && fail > 20, "R{rule:02}: {:?}", seen[rule]);
    }
}

#[test]
fn the_facts_are_as_many_as_the_definition_says() {
    let orgs = workload::organizations(workload::SEED, ORGANIZATIONS);
    let events: usize = orgs.iter().map(|org| org.events.len()).sum();
    let average = events as f64 / orgs.len() as f64;
    println!("events on average: {average:.1}");
    assert!((70.0..80.0).contains(&average), "{average}");
    for org in &orgs {
        let mut keys: Vec<(u8, i32)> = org
            .events
            .iter()
            .filter(|event| event.k != workload::kind::COI)
            .map(|event| (event.k, event.d))
            .collect();
        let all = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), all, "two events of a kind on a day");
    }
}
