//! Groups of organizations: whom they hold, what may be shown of them, and who came or went.

use std::collections::{BTreeMap, BTreeSet};

use mithaq::index::matched;
use mithaq::index::rollup::{self, Figures, Group, Hidden, Kept, Point};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::scratch::{Scratch, minutes};

fn group(path: &[&str], members: impl IntoIterator<Item = usize>) -> Group {
    let path = path.iter().map(|name| Some((*name).to_owned())).collect();
    Group { path, members: members.into_iter().collect() }
}

fn scored(values: impl IntoIterator<Item = u32>) -> Vec<Point> {
    let point = |value| Point { value: Some(value * 1_000_000), ..Point::default() };
    values.into_iter().map(point).collect()
}

#[test]
fn quartiles_lie_between_values_by_where_they_stand() {
    let of = |values: &[u32]| {
        let quartiles = rollup::quartiles(values.to_vec()).unwrap();
        [quartiles.lower, quartiles.median, quartiles.upper]
    };
    assert_eq!(of(&[5, 1, 4, 2, 3]), [2, 3, 4]);
    assert_eq!(of(&[10, 20, 30, 40]), [18, 25, 32]); // 17.5 and 32.5, half to even
    assert_eq!(of(&[7]), [7, 7, 7]);
    assert!(rollup::quartiles(Vec::new()).is_none());
}

#[test]
fn a_group_of_fewer_than_five_is_hidden_and_so_is_what_would_reveal_it() {
    let points = scored(1..=20);
    let all = group(&[], 0..20);
    let hidden = |groups: &[Group]| -> Vec<Option<Hidden>> {
        let figures = rollup::figures(&points, groups, 0);
        figures.iter().map(|figures| figures.size.err()).collect()
    };
    // Four are few; of five and eleven beside them the five are withheld.
    let groups =
        [all.clone(), group(&["a"], 0..4), group(&["b"], 4..9), group(&["c"], 9..20)];
    assert_eq!(
        hidden(&groups),
        [None, Some(Hidden::Few), Some(Hidden::Complement), None]
    );
    // Two small ones hide each other.
    let groups =
        [all.clone(), group(&["a"], 0..4), group(&["b"], 4..8), group(&["c"], 8..20)];
    assert_eq!(hidden(&groups), [None, Some(Hidden::Few), Some(Hidden::Few), None]);
    // What is withheld is withheld below too.
    let groups = [
        all,
        group(&["a"], 0..4),
        group(&["b"], 4..20),
        group(&["b", "x"], 4..10),
        group(&["b", "y"], 10..20),
    ];
    let complement = Some(Hidden::Complement);
    assert_eq!(
        hidden(&groups),
        [None, Some(Hidden::Few), complement, complement, complement]
    );
}

#[test]
fn a_share_of_few_is_hidden_though_its_group_is_shown() {
    let mut points = scored(1..=20);
    for (number, point) in points.iter_mut().enumerate() {
        point.critical = vec![match number {
            0..3 => Kept::NotAsked,
            3..6 => Kept::No,
            6 => Kept::Unknown,
            _ => Kept::Yes,
        }];
    }
    let groups = [group(&[], 0..20), group(&["a"], 0..6), group(&["b"], 6..20)];
    let figures = rollup::figures(&points, &groups, 1);
    let meeting = figures[0].critical[0].unwrap();
    assert_eq!((meeting.met, meeting.of), (13, 17));
    assert_eq!(figures[1].critical[0], Err(Hidden::Few));
    assert_eq!(figures[2].critical[0], Err(Hidden::Complement));
    assert!(figures.iter().all(|figures| figures.size.is_ok()));
}

#[test]
fn who_was_there_on_both_days_is_told_apart_from_who_joined() {
    let values = |values: &[(u32, u32)]| -> BTreeMap<u32, Option<u32>> {
        values.iter().map(|(who, value)| (*who, Some(*value))).collect()
    };
    let before = values(&[(1, 60), (2, 62), (3, 64), (4, 66), (5, 68)]);
    let after = values(&[(2, 63), (3, 65), (4, 67), (5, 69), (6, 10), (7, 12)]);
    let change = matched::change(&before, &after);
    assert_eq!(change.matched, Err(Hidden::Few));
    assert_eq!((change.joined, change.left), (2, 1));
    let after: BTreeMap<u32, Option<u32>> =
        after.into_iter().chain([(1, Some(61))]).collect();
    let change = matched::change(&before, &after);
    let matched = change.matched.unwrap();
    assert_eq!((matched.count, matched.before.median, matched.after.median), (5, 64, 65));
    // All of them together would seem to fall.
    let all = rollup::quartiles(after.values().copied().flatten().collect()).unwrap();
    assert!(all.median < change.before.unwrap().median);
}

/// Organizations, each in some groups of two levels.
fn grouped() -> impl Strategy<Value = (Vec<Point>, Vec<Group>)> {
    let kept = prop_oneof![
        Just(Kept::NotAsked),
        Just(Kept::Yes),
        Just(Kept::No),
        Just(Kept::Unknown)
    ];
    let one =
        (proptest::option::of(1_000_000u32..=100_000_000), kept, 0usize..4, 0usize..3);
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        let mut groups: BTreeMap<Vec<Option<String>>, BTreeSet<usize>> = BTreeMap::new();
        let mut points = Vec::new();
        for (number, (value, kept, above, below)) in all.into_iter().enumerate() {
            let names = [Some(above.to_string()), Some(below.to_string())];
            for end in 0..=2 {
                groups.entry(names[..end].to_vec()).or_default().insert(number);
            }
            points.push(Point { value, coverage: 0, critical: vec![kept] });
        }
        let groups =
            groups.into_iter().map(|(path, members)| Group { path, members }).collect();
        (points, groups)
    })
}

/// Over how many organizations a figure is, and whether it is shown.
type Cell = (usize, bool);

fn cells(points: &[Point], groups: &[Group], figures: &[Figures]) -> [Vec<Cell>; 3] {
    let count = |group: &Group, counts: &dyn Fn(&Point) -> bool| {
        group.members.iter().filter(|number| counts(&points[**number])).count()
    };
    let all = || groups.iter().zip(figures);
    [
        all().map(|(group, it)| (group.members.len(), it.size.is_ok())).collect(),
        all()
            .map(|(group, it)| {
                (count(group, &|point| point.value.is_some()), it.quartiles.is_ok())
            })
            .collect(),
        all()
            .map(|(group, it)| {
                let asked = |point: &Point| point.critical[0] != Kept::NotAsked;
                (count(group, &asked), it.critical[0].is_ok())
            })
            .collect(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(crate::scratch::cases(1000, 50_000)))]

    /// No figure is of one to four, and none of one to four is left when those shown are
    /// taken from the one above them.
    #[test]
    fn nobody_can_subtract_a_small_group((points, groups) in grouped()) {
        let figures = rollup::figures(&points, &groups, 1);
        for cells in cells(&points, &groups, &figures) {
            for (above, (whole, is_shown)) in groups.iter().zip(&cells) {
                prop_assert!(!is_shown || *whole >= 5);
                let below = groups.iter().zip(&cells).filter(|(group, _)| {
                    group.path.len() == above.path.len() + 1
                        && group.path.starts_with(&above.path)
                });
                let shown: Vec<usize> =
                    below.filter(|(_, cell)| cell.1).map(|(_, cell)| cell.0).collect();
                if *is_shown {
                    let rest = whole - shown.iter().sum::<usize>();
                    prop_assert!(rest == 0 || rest >= 5, "{}: {rest} left", above.path.len());
                } else {
                    prop_assert!(shown.is_empty(), "a part of what is hidden is shown");
                }
            }
        }
    }
}

/// Twelve associations: eight in the north's federation, seven in the coast's, three of them
/// in both; the coast's is a member of the union, and four are in none.
fn alliance() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2026-11-20T12:00:00Z".to_owned();
    scratch.write(
        "rules/board.rules",
        "Rule BRD-1: board meets quarterly\n  Severity: critical\n",
    );
    let organization = |id: &str, more: &str| {
        let text = format!(
            "name = {{ en = \"{id}\", ar = \"مؤسسة {id}\" }}\njoined = 2026-01-01\n{more}"
        );
        scratch.write(&format!("organizations/{id}/organization.toml"), text);
        std::fs::create_dir_all(scratch.papers(id)).unwrap();
    };
    organization("north", "type = \"federation\"\n");
    organization(
        "coast",
        "type = \"federation\"\n[[memberships]]\norganization = \"union\"\n",
    );
    organization(
        "union",
        "type = \"coalition\"\n[[memberships]]\norganization = \"coast\"\n",
    );
    for number in 12..16 {
        organization(&format!("a{number}"), "governorate = \"Gaza\"\n");
    }
    for number in 0..12 {
        let place = if number < 6 { "Nablus" } else { "Gaza" };
        let mut more = format!("governorate = \"{place}\"\n");
        for (federation, of) in [("north", 0..8), ("coast", 5..12)] {
            if of.contains(&number) {
                let member =
                    format!("[[memberships]]\norganization = \"{federation}\"\n");
                more.push_str(&member);
                if number == 11 {
                    more.push_str("from = 2026-10-01\n");
                }
            }
        }
        let id = format!("a{number:02}");
        organization(&id, &more);
        if number % 2 == 0 {
            for (at, day) in ["12 February 2026", "9 May 2026", "3 September 2026"]
                .into_iter()
                .enumerate()
            {
                scratch.drop_paper(&id, &format!("q{at}.md"), minutes(day));
            }
        }
    }
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch
}

fn of<'j>(json: &'j Value, path: &[Option<&str>]) -> &'j Value {
    let groups = json["groups"].as_array().unwrap();
    let found = groups.iter().find(|group| group["group"] == json!(path));
    found.unwrap_or_else(|| panic!("{path:?}: {json:#}"))
}

#[test]
fn one_in_two_federations_is_counted_in_each_and_once_above() {
    let scratch = alliance();
    let json = scratch.json(&["index", "--by", "federation"]);
    let count = |path: &[Option<&str>]| of(&json, path)["count"].clone();
    // Nineteen with the three that others belong to; the union belongs to the coast's, which
    // is no member of itself.
    assert_eq!(count(&[]), 19);
    assert_eq!(count(&[Some("north")]), 8);
    assert_eq!(count(&[Some("coast")]), 8);
    assert_eq!(count(&[None]), 6);
    let north = of(&json, &[Some("north")]);
    // Four of eight kept every quarter and have 100, the others 1.
    assert_eq!(
        north["values"],
        json!({"lower_quartile": "1.0", "median": "50.5", "upper_quartile": "100.0"})
    );
    assert_eq!(
        north["critical"],
        json!([{"rule": "board/BRD-1", "hidden": null, "met": 4, "of": 8, "share": "0.5"}])
    );

    let json = scratch.json(&["index", "--by", "coalition/governorate"]);
    let inside = |name| vec![Some("union"), name];
    // Through the coast's federation: a05 to a11, and the coast's itself.
    assert_eq!(of(&json, &[Some("union")])["count"], 8);
    assert_eq!(of(&json, &inside(Some("Nablus")))["hidden"], "few");
    assert_eq!(of(&json, &inside(Some("Gaza")))["hidden"], "complement");

    let english = scratch.run(&["index", "--by", "governorate"]).stdout;
    assert!(
        english.contains("everybody: board/BRD-1 is met by 6 of 19 (31%)"),
        "{english}"
    );
    let arabic =
        scratch.run(&["--language", "ar", "index", "--by", "governorate"]).stdout;
    assert!(arabic.contains("أقل من خمس مؤسسات"), "{arabic}");
    for (path, said) in [("colour", "`colour`"), ("type/type/type/type", "three steps")] {
        let run = scratch.run(&["index", "--by", path]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn a_groups_change_keeps_those_who_stayed_apart_from_those_who_came_and_went() {
    let mut scratch = alliance();
    std::fs::remove_dir_all(scratch.root().join("organizations/a00")).unwrap();
    scratch.now = "2026-11-22T12:00:00Z".to_owned();
    for (at, day) in
        ["12 February 2026", "9 May 2026", "3 September 2026"].into_iter().enumerate()
    {
        scratch.drop_paper("a01", &format!("q{at}.md"), minutes(day));
    }
    scratch.write(
        "organizations/late/organization.toml",
        "name = { en = \"late\", ar = \"متأخرة\" }\njoined = 2026-01-01\n\
         [[memberships]]\norganization = \"north\"\n",
    );
    std::fs::create_dir_all(scratch.papers("late")).unwrap();
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch.now = "2026-11-23T12:00:00Z".to_owned();
    let by = ["index", "--by", "federation", "--delta", "2026-11-20..2026-11-22"];
    let rows = scratch.json(&["index"])["index"].clone();
    assert!(
        rows.as_array().unwrap().iter().all(|row| row["organization"] != ""),
        "{rows:#}"
    );
    let json = scratch.json(&by);
    let delta = &of(&json, &[Some("north")])["delta"];
    assert_eq!((&delta["joined"], &delta["left"]), (&json!(1), &json!(1)));
    // a01 to a07: three of seven had kept all, now four.
    assert_eq!(delta["matched"]["count"], 7);
    assert_eq!(delta["matched"]["before"]["median"], "1.0");
    assert_eq!(delta["matched"]["after"]["median"], "100.0");
    assert_eq!(delta["matched"]["median_change"], "+99.0");
    assert_eq!(delta["before"]["median"], "50.5");
    let said = scratch.run(&by).stdout;
    assert!(
        said.contains("north: members on both days: 7; their median: 1.0 → 100.0 (+99.0); joined: 1, left: 1"),
        "{said}"
    );
    let arabic = scratch.run(&[&["--language", "ar"], &by[..]].concat()).stdout;
    assert!(arabic.contains("الأعضاء في اليومين: 7"), "{arabic}");
}
