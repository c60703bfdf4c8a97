//! Faults put into a network one by one: `doctor` names each, and what it says to do mends it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use serde_json::Value;

use crate::scratch::{Scratch, minutes};

/// A fault, the check that has to tell of it, and what the check's own words say to do.
struct Fault {
    name: &'static str,
    check: &'static str,
    /// A word of the fix that is printed.
    says: &'static str,
    break_it: fn(&Scratch),
    mend_it: fn(&Scratch),
}

fn sql(scratch: &Scratch, statements: &str) {
    scratch.store().execute_batch(statements).unwrap();
}

fn kept(scratch: &Scratch) -> PathBuf {
    let documents = scratch.json(&["documents"]);
    let hash = documents["documents"][0]["sha256"].as_str().unwrap().to_owned();
    scratch.root().join(".mithaq/papers").join(&hash[..2]).join(&hash[2..])
}

fn mode(path: PathBuf, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn replace(scratch: &Scratch, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(scratch.root().join(path)).unwrap();
    assert!(text.contains(from), "{path}: {text}");
    scratch.write(path, text.replacen(from, to, 1));
}

fn set_aside(scratch: &Scratch, path: &str) {
    std::fs::rename(scratch.root().join(path), scratch.root().join("aside")).unwrap();
}

fn put_back(scratch: &Scratch, path: &str) {
    std::fs::rename(scratch.root().join("aside"), scratch.root().join(path)).unwrap();
}

/// The store, whole in one file.
fn one_file(scratch: &Scratch) -> PathBuf {
    sql(scratch, "PRAGMA wal_checkpoint(TRUNCATE)");
    scratch.root().join(".mithaq/store.sqlite")
}

const REGISTER: &str = "organizations/amal/organization.toml";
const PAPERS: &str = "organizations/amal/papers";
const SMTP: &str = "\n[mail]\nfrom = \"m@example.org\"\n[smtp]\nhost = \"localhost\"\nport = 1\nuser = \"m\"\npassword_file = \"secret\"\n";

static FAULTS: [Fault; 32] = [
    Fault {
        name: "the settings are no TOML",
        check: "settings",
        says: "correct this line",
        break_it: |it| replace(it, "mithaq.toml", "name = {", "name = {{"),
        mend_it: |it| replace(it, "mithaq.toml", "name = {{", "name = {"),
    },
    Fault {
        name: "a setting that does not exist",
        check: "settings",
        says: "correct this line",
        break_it: |it| replace(it, "mithaq.toml", "settle_seconds", "setle_seconds"),
        mend_it: |it| replace(it, "mithaq.toml", "setle_seconds", "settle_seconds"),
    },
    Fault {
        name: "a time zone that does not exist",
        check: "zones",
        says: "Asia/Hebron",
        break_it: |it| replace(it, REGISTER, "joined", "zone = \"Asia/Hebronn\"\njoined"),
        mend_it: |it| replace(it, REGISTER, "zone = \"Asia/Hebronn\"\n", ""),
    },
    Fault {
        name: "a register with a mistake",
        check: "organizations",
        says: "correct this line",
        break_it: |it| replace(it, REGISTER, "2026-01-01", "2026-13-01"),
        mend_it: |it| replace(it, REGISTER, "2026-13-01", "2026-01-01"),
    },
    Fault {
        name: "a rule that is not understood",
        check: "rules",
        says: "mithaq check",
        break_it: |it| it.write("rules/more.rules", "the board meets when it likes\n"),
        mend_it: |it| std::fs::remove_file(it.root().join("rules/more.rules")).unwrap(),
    },
    Fault {
        name: "no rule at all",
        check: "rules",
        says: "mithaq check",
        break_it: |it| set_aside(it, "rules/board.rules"),
        mend_it: |it| put_back(it, "rules/board.rules"),
    },
    Fault {
        name: "waivers with a mistake",
        check: "organizations",
        says: "correct this line",
        break_it: |it| it.write("waivers.toml", "[[waiver]]\nrule = 3\n"),
        mend_it: |it| std::fs::remove_file(it.root().join("waivers.toml")).unwrap(),
    },
    Fault {
        name: "a calendar with a mistake",
        check: "organizations",
        says: "correct this line",
        break_it: |it| it.write("calendars/ps.toml", "holidays = 3\n"),
        mend_it: |it| std::fs::remove_file(it.root().join("calendars/ps.toml")).unwrap(),
    },
    Fault {
        name: "nobody to write to",
        check: "people:amal",
        says: "[[people]]",
        break_it: |it| {
            set_aside(it, REGISTER);
            let text = std::fs::read_to_string(it.root().join("aside")).unwrap();
            it.write(REGISTER, text.split("[[people]]").next().unwrap());
        },
        mend_it: |it| put_back(it, REGISTER),
    },
    Fault {
        name: "two organizations with one drop folder",
        check: "shared_folder:nour",
        says: "of its own",
        break_it: |it| {
            let register = "organizations/nour/organization.toml";
            replace(it, register, "joined", "papers = \"../amal/papers\"\njoined");
        },
        mend_it: |it| {
            let register = "organizations/nour/organization.toml";
            replace(it, register, "papers = \"../amal/papers\"\n", "");
        },
    },
    Fault {
        name: "a drop folder that is gone",
        check: "folder:amal",
        says: "mount it",
        break_it: |it| set_aside(it, PAPERS),
        mend_it: |it| put_back(it, PAPERS),
    },
    Fault {
        name: "a share that is not mounted",
        check: "folder:amal",
        says: "mount the share again",
        break_it: |it| {
            set_aside(it, PAPERS);
            std::fs::create_dir(it.papers("amal")).unwrap();
            it.run(&["scan"]);
        },
        mend_it: |it| {
            std::fs::remove_dir(it.papers("amal")).unwrap();
            put_back(it, PAPERS);
            it.run(&["scan"]);
        },
    },
    Fault {
        name: "a marker that is gone",
        check: "folder:amal",
        says: "mount the share again",
        break_it: |it| {
            it.drop_paper("amal", ".mithaq-folder", "");
            it.run(&["scan"]);
            std::fs::remove_file(it.papers("amal").join(".mithaq-folder")).unwrap();
            it.run(&["scan"]);
        },
        mend_it: |it| {
            it.drop_paper("amal", ".mithaq-folder", "");
            it.run(&["scan"]);
        },
    },
    Fault {
        name: "a file that is refused",
        check: "refused",
        says: "documents --aside",
        break_it: |it| {
            let link = it.papers("amal").join("link.pdf");
            std::os::unix::fs::symlink("/etc/hostname", link).unwrap();
            it.run(&["scan"]);
        },
        mend_it: |it| {
            std::fs::remove_file(it.papers("amal").join("link.pdf")).unwrap();
            it.run(&["scan"]);
        },
    },
    Fault {
        name: "a paper that is not understood",
        check: "papers",
        says: "needs_a_look",
        break_it: |it| {
            it.drop_paper("amal", "notes.txt", "Notes\n\nWe met on 3 March 2026.\n");
            it.run(&["scan"]);
        },
        mend_it: |it| {
            it.run(&["correct", "notes.txt", "kind=none_of_ours", "--by", "S"]);
        },
    },
    Fault {
        name: "the store is no store",
        check: "store",
        says: "put back a backup",
        break_it: |it| {
            one_file(it);
            set_aside(it, ".mithaq/store.sqlite");
            it.write(".mithaq/store.sqlite", "this is no store");
        },
        mend_it: |it| put_back(it, ".mithaq/store.sqlite"),
    },
    Fault {
        name: "a store of a later version",
        check: "store",
        says: "put back a backup",
        break_it: |it| sql(it, "PRAGMA user_version = 99"),
        mend_it: |it| sql(it, "PRAGMA user_version = 14"),
    },
    Fault {
        name: "a damaged page of the store",
        check: "store",
        says: "put back a backup",
        break_it: |it| {
            let store = one_file(it);
            std::fs::copy(&store, it.root().join("aside")).unwrap();
            let mut bytes = std::fs::read(&store).unwrap();
            let middle = bytes.len() / 2 / 4096 * 4096;
            bytes[middle..middle + 2048].fill(0xa5);
            std::fs::write(&store, bytes).unwrap();
        },
        mend_it: |it| put_back(it, ".mithaq/store.sqlite"),
    },
    Fault {
        name: "an entry of the ledger that was changed",
        check: "ledger",
        says: "ledger verify",
        break_it: |it| {
            std::fs::copy(one_file(it), it.root().join("aside")).unwrap();
            sql(
                it,
                "DROP TRIGGER ledger_keeps; UPDATE ledger SET at = at + 1 WHERE number = 2",
            );
        },
        mend_it: |it| {
            one_file(it);
            put_back(it, ".mithaq/store.sqlite");
        },
    },
    Fault {
        name: "entries of the ledger that were cut off",
        check: "ledger",
        says: "ledger verify",
        break_it: |it| {
            std::fs::copy(one_file(it), it.root().join("aside")).unwrap();
            sql(it, "DROP TRIGGER ledger_stays; DELETE FROM ledger WHERE number > 3");
        },
        mend_it: |it| {
            one_file(it);
            put_back(it, ".mithaq/store.sqlite");
        },
    },
    Fault {
        name: "checkpoints that are gone",
        check: "checkpoints",
        says: "from a backup",
        break_it: |it| set_aside(it, ".mithaq/checkpoints"),
        mend_it: |it| put_back(it, ".mithaq/checkpoints"),
    },
    Fault {
        name: "a kept paper that is gone",
        check: "kept_papers",
        says: "of a backup",
        break_it: |it| std::fs::rename(kept(it), it.root().join("aside")).unwrap(),
        mend_it: |it| std::fs::rename(it.root().join("aside"), kept(it)).unwrap(),
    },
    Fault {
        name: "a kept paper that is damaged",
        check: "kept_papers",
        says: "of a backup",
        break_it: |it| {
            std::fs::copy(kept(it), it.root().join("aside")).unwrap();
            std::fs::write(kept(it), "other words").unwrap();
        },
        mend_it: |it| std::fs::rename(it.root().join("aside"), kept(it)).unwrap(),
    },
    Fault {
        name: "a store that others can read",
        check: "store_private",
        says: "chmod o-rwx",
        break_it: |it| mode(it.root().join(".mithaq"), 0o755),
        mend_it: |it| mode(it.root().join(".mithaq"), 0o750),
    },
    Fault {
        name: "a clock that stands before the last pass",
        check: "clock",
        says: "timesyncd",
        break_it: |it| {
            sql(it, "UPDATE setting SET value = value + 7200 WHERE key = 'clock_high'")
        },
        mend_it: |it| {
            sql(it, "UPDATE setting SET value = value - 7200 WHERE key = 'clock_high'")
        },
    },
    Fault {
        name: "a letter that has waited for hours",
        check: "letters",
        says: "mail queue",
        break_it: |it| {
            sql(
                it,
                "UPDATE outbox SET state = 'pending', created_at = created_at - 20000 WHERE id = 1",
            );
        },
        mend_it: |it| {
            it.run(&["scan"]);
        },
    },
    Fault {
        name: "a letter that was given up",
        check: "letters",
        says: "mail queue",
        break_it: |it| sql(it, "UPDATE outbox SET state = 'failed' WHERE id = 1"),
        mend_it: |it| {
            assert_eq!(it.run(&["mail", "resend", "1"]).code, 0);
            it.run(&["scan"]);
        },
    },
    Fault {
        name: "an address from which letters come back",
        check: "address:amal",
        says: "mail resend",
        break_it: |it| {
            sql(
                it,
                "INSERT INTO failing (organization, address, bounces, since, said)
                     SELECT organization, recipient, 3, 1, 'no such user' FROM outbox
                     WHERE organization = 'amal' LIMIT 1",
            );
        },
        mend_it: |it| {
            let queue = it.json(&["mail", "queue", "--all"]);
            let letters = queue["letters"].as_array().unwrap();
            let one = letters.iter().find(|one| one["organization"] == "amal").unwrap();
            assert_eq!(it.run(&["mail", "resend", &one["id"].to_string()]).code, 0);
            it.run(&["scan"]);
        },
    },
    Fault {
        name: "an answer that waits for a decision",
        check: "answers",
        says: "mail settle",
        break_it: |it| {
            sql(it, "INSERT INTO answer (at, sha256, writer, letter, decision, said, open)
                     SELECT 1, zeroblob(32), recipient, id, 'question', 'why?', 1 FROM outbox LIMIT 1");
        },
        mend_it: |it| {
            let settled =
                it.run(&["mail", "settle", "1", "--why", "because", "--by", "S"]);
            assert_eq!(settled.code, 0, "{}", settled.stderr);
            it.run(&["scan"]);
        },
    },
    Fault {
        name: "a mail server that does not answer",
        check: "mail_server",
        says: "start the server",
        break_it: |it| {
            it.write("secret", "x");
            mode(it.root().join("secret"), 0o600);
            add_smtp(it);
        },
        mend_it: without_smtp,
    },
    Fault {
        name: "a password that is not there",
        check: "mail_password",
        says: "write the password",
        break_it: add_smtp,
        mend_it: without_smtp,
    },
    Fault {
        name: "a password that others can read",
        check: "password_private",
        says: "chmod o-rwx",
        break_it: |it| {
            it.write("secret", "x");
            mode(it.root().join("secret"), 0o644);
            add_smtp(it);
        },
        mend_it: |it| {
            mode(it.root().join("secret"), 0o640);
            without_smtp(it);
        },
    },
];

fn add_smtp(scratch: &Scratch) {
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    scratch.write("mithaq.toml", format!("{settings}{SMTP}"));
}

fn without_smtp(scratch: &Scratch) {
    replace(scratch, "mithaq.toml", SMTP, "");
    std::fs::remove_file(scratch.root().join("secret")).ok();
}

fn network() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.organization("nour");
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    for id in ["amal", "nour"] {
        scratch.drop_paper(id, "q1.md", minutes("3 March 2026"));
        scratch.drop_paper(id, "q2.md", minutes("3 May 2026"));
    }
    scratch.now = "2026-07-01T09:00:00Z".to_owned();
    scratch.run(&["scan"]);
    scratch
}

/// What is not as it should be, but for what the machine itself lacks.
fn wrong(scratch: &Scratch) -> Vec<Value> {
    let doctor = scratch.json(&["doctor"]);
    let of_the_machine = ["daemon", "ocr", "cage", "space", "watches"];
    let checks = doctor["checks"].as_array().unwrap().iter();
    checks
        .filter(|check| check["state"] != "ok")
        .filter(|check| !of_the_machine.contains(&check["name"].as_str().unwrap()))
        .cloned()
        .collect()
}

#[test]
fn each_fault_is_named_and_its_fix_works() {
    try_each(FAULTS.iter().step_by(2));
}

#[test]
fn each_other_fault_is_named_and_its_fix_works() {
    try_each(FAULTS.iter().skip(1).step_by(2));
}

fn try_each(faults: impl Iterator<Item = &'static Fault>) {
    let scratch = network();
    assert_eq!(wrong(&scratch), Vec::<Value>::new());
    for fault in faults {
        (fault.break_it)(&scratch);
        let told = wrong(&scratch);
        let check = told.iter().find(|check| check["name"] == fault.check);
        let check = check.unwrap_or_else(|| panic!("{}: {told:#?}", fault.name));
        let fix = check["fix"].as_str().unwrap();
        assert!(fix.contains(fault.says), "{}: {fix}", fault.name);
        (fault.mend_it)(&scratch);
        assert_eq!(wrong(&scratch), Vec::<Value>::new(), "{} was mended", fault.name);
    }
}

#[test]
fn letters_that_go_to_a_folder_are_told_where_a_server_is_set() {
    let scratch = network();
    scratch.write("secret", "x");
    mode(scratch.root().join("secret"), 0o600);
    add_smtp(&scratch);
    let told = wrong(&scratch);
    let live = told.iter().find(|check| check["name"] == "live").unwrap();
    assert!(live["fix"].as_str().unwrap().contains("go-live"));
    sql(&scratch, "INSERT OR REPLACE INTO setting (key, value) VALUES ('live', 'yes')");
    assert!(wrong(&scratch).iter().all(|check| check["name"] != "live"));
}

#[test]
fn figures_for_a_monitoring_system_are_counts_and_name_nobody() {
    let scratch = network();
    scratch.drop_paper("amal", "notes.txt", "Notes\n\nWe met on 3 March 2026.\n");
    scratch.run(&["scan"]);
    let text = scratch.run(&["status", "--metrics"]).stdout;
    for line in [
        "mithaq_up 0",
        "mithaq_papers{state=\"understood\"} 4",
        "mithaq_papers{state=\"needs_a_look\"} 1",
        "mithaq_letter_oldest_pending_timestamp_seconds 0",
        "mithaq_folders{health=\"healthy\"} 2",
        "mithaq_answers_open 0",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}: {text}");
    }
    assert!(!text.contains("amal") && !text.contains("notes") && !text.contains('@'));
    let mut told = std::collections::BTreeSet::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            told.insert(rest.split(' ').next().unwrap().to_owned());
        } else if !line.starts_with('#') {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(value.parse::<i64>().is_ok(), "{line}");
            let name = name.split('{').next().unwrap();
            assert!(told.contains(name), "{name} is told of before its values");
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        }
    }
    assert!(told.len() >= 12, "{told:?}");
}
