//! Rules and settings that people change while papers come: no paper is lost, nobody is judged
//! by half of what somebody is writing, and what is broken changes nothing.

use std::io::Write;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::daemon::Minder;
use crate::scratch::{Scratch, minutes};

const PAPERS: usize = 36;

/// What the file of rules says in turn; the first line of each is a rulebook by itself.
const RULES: [&str; 3] = [
    "board meets quarterly\n",
    "board meets monthly\naudited accounts published\nthe general assembly meets once a year\n",
    "board meets quarterly\nthe annual report is published\naudited accounts published\n",
];

const SETTINGS: &str =
    "name = { en = \"Alliance\", ar = \"تحالف\" }\nsettle_seconds = 1\n";
const BROKEN: &str = "name = \nsettle_seconds = 1\n";

fn network() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("mithaq.toml", SETTINGS);
    for id in ["amal", "nour"] {
        scratch.organization(id);
    }
    scratch
}

fn drop_paper(scratch: &Scratch, at: usize) {
    let months = ["January", "March", "April", "June", "July", "September"];
    let day = format!("{} {} 2026", 3 + at / 6, months[at % 6]);
    scratch.drop_paper(["amal", "nour"][at % 2], &format!("m-{at}.md"), minutes(&day));
}

/// As an editor on a slow share does: emptied, and then line by line.
fn write_slowly(scratch: &Scratch, path: &str, text: &str) {
    let mut file = std::fs::File::create(scratch.root().join(path)).unwrap();
    for line in text.split_inclusive('\n') {
        file.write_all(line.as_bytes()).unwrap();
        file.sync_all().unwrap();
        std::thread::sleep(Duration::from_millis(400));
    }
}

fn count(scratch: &Scratch, sql: &str) -> usize {
    let count: u32 = scratch.store().query_row(sql, [], |row| row.get(0)).unwrap();
    count as usize
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Every text that the network was ever judged by.
fn judged_by(scratch: &Scratch, path: &str) -> Vec<String> {
    let store = scratch.store();
    let mut asked =
        store.prepare("SELECT text FROM source WHERE path = ?1 ORDER BY rowid").unwrap();
    let texts = asked.query_map([path], |row| row.get(0)).unwrap();
    texts.map(Result::unwrap).collect()
}

#[test]
fn rules_change_while_papers_come_and_nothing_is_lost_or_judged_by_half() {
    let scratch = network();
    let mut minder = Minder::of(&scratch);
    minder.says(&["read and judged"]);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for at in 0..PAPERS {
                drop_paper(&scratch, at);
                std::thread::sleep(Duration::from_millis(200));
            }
        });
        for (turn, text) in RULES.iter().enumerate().skip(1) {
            write_slowly(&scratch, "rules/board.rules", text);
            wait_until("the rules are taken", || {
                judged_by(&scratch, "rules/board.rules").len() == turn + 1
            });
        }
        write_slowly(&scratch, "mithaq.toml", BROKEN);
        minder.says(&["mithaq.toml:1"]);
    });
    // What is broken changes nothing, and the daemon goes on by what held before.
    scratch.drop_paper("amal", "late.md", minutes("30 October 2026"));
    minder.says(&["late.md: understood"]);
    let answered = "SELECT count(*) FROM arrival WHERE answered = 1";
    wait_until("every paper is answered", || count(&scratch, answered) == PAPERS + 1);
    scratch.write("mithaq.toml", SETTINGS);
    minder.signal(Signal::TERM);
    assert_eq!(minder.ends(), Some(0));
    assert_eq!(judged_by(&scratch, "rules/board.rules"), RULES);
    assert_eq!(judged_by(&scratch, "mithaq.toml"), [SETTINGS]);
    assert_eq!(count(&scratch, "SELECT count(*) FROM arrival"), PAPERS + 1, "each once");
    let calm = network();
    calm.write("rules/board.rules", RULES[2]);
    (0..PAPERS).for_each(|at| drop_paper(&calm, at));
    calm.drop_paper("amal", "late.md", minutes("30 October 2026"));
    calm.run(&["scan"]);
    let verdicts = |scratch: &Scratch| scratch.json(&["verdicts"])["verdicts"].clone();
    assert_eq!(verdicts(&scratch), verdicts(&calm));
}
