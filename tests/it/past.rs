//! The past through the real binary: findings told again, the chain of the ledger, and what
//! was known on an earlier day.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::scratch::{Scratch, minutes};

/// A network that lived: findings opened and closed, rules, register and waivers changed.
fn lived() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scan(&mut scratch, "2026-08-01T09:00:00Z");
    // The same second: a paper of the second quarter, and what it settles.
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scratch.run(&["scan"]);
    scan(&mut scratch, "2026-10-20T09:00:00Z");
    scratch.drop_paper("amal", "q3.md", minutes("3 September 2026"));
    scan(&mut scratch, "2026-11-02T09:00:00Z");
    scratch
}

/// One scan, and entries of every kind that it makes.
fn scanned() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scan(&mut scratch, "2026-11-02T09:00:00Z");
    scratch
}

/// Edits after everything was told, none of which may change what is told again.
fn edited(scratch: &mut Scratch) {
    scratch.write("rules/board.rules", "Rule BRD-1: board meets monthly\n");
    scan(scratch, "2026-11-18T09:00:00Z");
    scratch.write(
        "waivers.toml",
        "[[waivers]]\norganization = \"amal\"\nrulebook = \"board\"\nrule = \"BRD-1\"\n\
         from = 2026-01-01\ngranted_by = \"the committee\"\nwhy = \"a flood\"\n",
    );
    scratch.drop_paper("amal", "q2.md", minutes("10 June 2026"));
    scan(scratch, "2026-11-19T09:00:00Z");
}

fn scan(scratch: &mut Scratch, now: &str) {
    scratch.now = now.to_owned();
    let run = scratch.run(&["scan"]);
    assert_ne!(run.code, 2, "{}", run.stderr);
}

fn findings(scratch: &Scratch) -> Vec<String> {
    let json = scratch.json(&["findings", "--all"]);
    let findings = json["findings"].as_array().expect("findings").iter();
    findings.map(|finding| finding["id"].as_str().expect("an id").to_owned()).collect()
}

fn versions(scratch: &Scratch, finding: &str) -> Vec<Value> {
    let json = scratch.json(&["replay", finding]);
    json["replayed"][0]["versions"].as_array().expect("versions").clone()
}

/// Lets the ledger and what it tells of be changed, as only somebody with the file can.
fn broken_open(scratch: &Scratch) -> rusqlite::Connection {
    let store = scratch.store();
    store.execute_batch("DROP TRIGGER ledger_keeps; DROP TRIGGER ledger_stays").unwrap();
    store
}

#[test]
fn every_finding_is_told_again_byte_for_byte_whatever_was_changed_since() {
    let mut scratch = lived();
    let before = findings(&scratch);
    assert!(before.len() >= 2, "{before:?}");
    edited(&mut scratch);
    let mut told = 0;
    for finding in findings(&scratch) {
        let run = scratch.run(&["replay", &finding]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        for version in versions(&scratch, &finding) {
            assert_eq!(version["outcome"], "same", "{version:#}");
            assert_eq!(version["proved"], true, "{version:#}");
            assert_eq!(version["engine"], version["this_engine"]);
            told += 1;
        }
    }
    assert!(told >= 6, "opened, closed, and waived: {told}");
}

#[test]
fn a_letter_about_a_finding_is_proved_with_it() {
    let scratch = lived();
    let letters: Vec<Value> = findings(&scratch)
        .iter()
        .flat_map(|finding| versions(&scratch, finding))
        .flat_map(|version| version["letters"].as_array().unwrap().clone())
        .collect();
    let kinds: Vec<&str> =
        letters.iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"finding") && kinds.contains(&"resolved"), "{kinds:?}");
    assert!(letters.iter().all(|letter| letter["proved"] == true), "{letters:#?}");
    scratch.store().execute("UPDATE outbox SET raw = x'00'", []).unwrap();
    let run = scratch.run(&["replay", &findings(&scratch)[0]]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stdout.contains("no entry of the ledger tells of these bytes"));
}

#[test]
fn what_another_version_of_the_program_told_is_compared_part_by_part() {
    let scratch = lived();
    let finding = findings(&scratch)[0].clone();
    let store = broken_open(&scratch);
    // A program that counted the grace otherwise, wrote what it said, and sealed it.
    store
        .execute(
            "UPDATE finding_version SET told = replace(replace(told,
               '\"engine\":\"' || ?1 || '\"', '\"engine\":\"0.0.9\"'),
               '\"lag_end\":\"2026-07-15\"', '\"lag_end\":\"2026-07-10\"')",
            [env!("CARGO_PKG_VERSION")],
        )
        .unwrap();
    let checkpoints = scratch.root().join(".mithaq/checkpoints");
    let witness = scratch.root().join("kept-elsewhere.txt");
    std::fs::copy(&checkpoints, &witness).unwrap();
    reseal(&store);
    drop(store);
    // Whoever seals everything anew is found out by the checkpoints, or by a copy of them.
    let proof = scratch.json(&["ledger", "verify"]);
    assert_eq!(proof["broken"]["how"], "resealed", "{proof:#}");
    std::fs::remove_file(checkpoints).unwrap();
    assert_eq!(scratch.json(&["ledger", "verify"])["holds"], true);
    let kept = witness.to_str().unwrap();
    let proof = scratch.json(&["ledger", "verify", "--witness", kept]);
    assert_eq!(proof["broken"]["how"], "resealed", "{proof:#}");
    let changed = versions(&scratch, &finding);
    let first = &changed[0];
    assert_eq!(first["engine"], "0.0.9");
    assert_eq!(first["proved"], true);
    assert_eq!(first["outcome"], "differs", "{first:#}");
    let differences = first["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1, "{first:#}");
    assert_eq!(differences[0]["part"], "lag_end");
    assert_eq!(differences[0]["then"], "2026-07-10");
    assert_eq!(differences[0]["now"], "2026-07-15");
    let run = scratch.run(&["replay", &finding]);
    assert_eq!(run.code, 1);
    let english = run.stdout.replace(['\u{2068}', '\u{2069}'], "");
    let said =
        "the end of the time for evidence: it said 2026-07-10; now it says 2026-07-15";
    assert!(english.contains(said), "{english}");
    let arabic = scratch.run(&["replay", &finding, "--language", "ar"]).stdout;
    let arabic = arabic.replace(['\u{2068}', '\u{2069}'], "");
    assert!(
        arabic.contains("نهاية مهلة الأدلة: كان 2026-07-10، وهو الآن 2026-07-15"),
        "{arabic}"
    );
    // What it told the same way is the same, whoever told it.
    for other in findings(&scratch).iter().filter(|other| **other != finding) {
        assert!(versions(&scratch, other).iter().all(|it| it["outcome"] == "same"));
    }
}

#[test]
fn what_a_paper_said_and_where_it_lay_is_known_as_it_was() {
    let commands: [&[&str]; 5] = [
        &["verdicts"],
        &["why", "amal", "BRD-1"],
        &["documents"],
        &["index", "--history"],
        &["mail", "queue", "--all"],
    ];
    let asked = |scratch: &Scratch, known: &str| -> Vec<Value> {
        let asked = commands.iter().map(|command| {
            let judges = matches!(command[0], "verdicts" | "why");
            let day: &[&str] = if judges { &["--as-of", "2026-11-02"] } else { &[] };
            scratch.json(&[*command, day, &["--known", known]].concat())
        });
        asked.collect()
    };
    let mut scratch = Scratch::new();
    scratch.organization("amal");
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    scratch.drop_paper("amal", "q1.md", minutes("12 February 2026"));
    scratch.drop_paper("amal", "q2.md", minutes("9 May 2026"));
    scan(&mut scratch, "2026-11-02T09:00:00Z");
    let then = "2026-11-02T09:30:00Z";
    scratch.now = then.to_owned();
    let at_the_time = asked(&scratch, then);
    // The second paper is read otherwise, the first is renamed, then the folder is away.
    scratch.drop_paper("amal", "q2.md.meta.toml", "date = 2026-09-09\n");
    std::fs::rename(
        scratch.papers("amal").join("q1.md"),
        scratch.papers("amal").join("r.md"),
    )
    .unwrap();
    scan(&mut scratch, "2026-11-03T09:00:00Z");
    scan(&mut scratch, "2026-11-03T10:00:00Z");
    std::fs::rename(scratch.papers("amal"), scratch.root().join("away")).unwrap();
    scan(&mut scratch, "2026-11-04T09:00:00Z");
    assert_eq!(asked(&scratch, then), at_the_time);
    let now = asked(&scratch, "2026-11-04T09:30:00Z");
    assert_ne!(now[2], at_the_time[2], "the paths of today: {:#}", now[2]);
    // The end of a day is that of the network's zone, two hours before that of UTC.
    let evening = scratch.json(&["documents", "--known", "2026-11-02"]);
    assert_eq!(evening["documents"], at_the_time[2]["documents"]);
}

#[test]
fn a_time_that_says_nothing_is_refused() {
    let scratch = scanned();
    for command in [
        &["scan", "--as-of", "2026-11-01"][..],
        &["status", "--known", "2026-11-01"],
        &["documents", "--as-of", "2026-11-01"],
        &["mail", "queue", "--as-of", "2026-11-01"],
        &["mail", "preview", "--as-of", "2020-01-01"],
        &["replay", "00000000", "--known", "2026-11-01"],
    ] {
        let run = scratch.run(command);
        assert_eq!(run.code, 2, "{command:?}: {}{}", run.stdout, run.stderr);
        assert!(!run.stderr.is_empty(), "{command:?}");
    }
    let ahead = scratch.json(&["mail", "preview", "--as-of", "2027-01-20"]);
    assert!(ahead["letters"].as_array().is_some_and(|it| !it.is_empty()), "{ahead:#}");
}

#[test]
fn entries_cut_off_where_nothing_tells_of_them_are_seen_by_the_checkpoints() {
    let scratch = scanned();
    let store = broken_open(&scratch);
    let verdicts = "SELECT count(*) FROM ledger WHERE number > (SELECT max(number) FROM
                    ledger WHERE kind IN ('finding', 'letter'))";
    // What was entered last is of no finding and of no letter.
    store
        .execute(
            "INSERT INTO ledger SELECT number + 1, at, 'rules', '', 'x', '{}', hash, randomblob(32)
             FROM ledger ORDER BY number DESC LIMIT 1",
            [],
        )
        .unwrap();
    reseal(&store);
    let behind: i64 = store.query_row(verdicts, [], |row| row.get(0)).unwrap();
    assert!(behind >= 1, "{behind}");
    let (entries, head): (i64, [u8; 32]) = store
        .query_row(
            "SELECT number, hash FROM ledger ORDER BY number DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    let head: String = head.iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = scratch.root().join("kept-elsewhere.txt");
    std::fs::write(&kept, format!("From a letter:\n  mithaq ledger {entries} {head}\n"))
        .unwrap();
    let witness = kept.to_str().unwrap();
    assert_eq!(scratch.json(&["ledger", "verify", "--witness", witness])["holds"], true);
    store.execute("DELETE FROM ledger WHERE number = ?1", [entries]).unwrap();
    drop(store);
    // Without a checkpoint nothing tells that there was more.
    assert_eq!(scratch.json(&["ledger", "verify"])["holds"], true);
    let proof = scratch.json(&["ledger", "verify", "--witness", witness]);
    assert_eq!(proof["broken"]["how"], "cut_off", "{proof:#}");
    assert_eq!(proof["broken_at"], entries);
    assert_eq!(proof["broken"]["should_be"], head);
    for (language, said) in [("en", "they were cut off"), ("ar", "حُذفت من آخر السلسلة")]
    {
        let run = scratch.run(&[
            "ledger",
            "verify",
            "--witness",
            witness,
            "--language",
            language,
        ]);
        assert_eq!(run.code, 2);
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
    std::fs::write(&kept, "nothing").unwrap();
    assert_ne!(scratch.run(&["ledger", "verify", "--witness", witness]).code, 0);
}

#[test]
fn each_commit_leaves_a_checkpoint_and_the_earlier_ones_are_thinned() {
    let scratch = scanned();
    let store = broken_open(&scratch);
    let own = scratch.root().join(".mithaq/checkpoints");
    let lines = std::fs::read_to_string(&own).unwrap();
    let last = lines.lines().last().unwrap().to_owned();
    let entries: i64 =
        store.query_row("SELECT max(number) FROM ledger", [], |row| row.get(0)).unwrap();
    assert!(last.starts_with(&format!("mithaq ledger {entries} ")), "{last}");
    store.execute("DELETE FROM ledger WHERE number = ?1", [entries]).unwrap();
    drop(store);
    let proof = scratch.json(&["ledger", "verify"]);
    assert_eq!(proof["broken"]["how"], "cut_off", "{proof:#}");
    assert_eq!(proof["broken_at"], entries);
    // As many lines as the file holds, and one more.
    let mut scratch = scanned();
    let own = scratch.root().join(".mithaq/checkpoints");
    let first = std::fs::read_to_string(&own).unwrap().lines().next().unwrap().to_owned();
    let room = usize::try_from(mithaq::limits::CHECKPOINTS_BYTES_MAX).unwrap();
    let full = format!("{first}\n").repeat(room / (first.len() + 1));
    std::fs::write(&own, &full).unwrap();
    scratch.drop_paper("amal", "q2.md", minutes("12 May 2026"));
    scan(&mut scratch, "2026-11-03T09:00:00Z");
    let thinned = std::fs::read_to_string(&own).unwrap();
    assert!(thinned.len() < full.len() * 2 / 3, "{}", thinned.len());
    assert_eq!(scratch.json(&["ledger", "verify"])["holds"], true);
}

/// Seals the whole chain again, as the ledger says that it is sealed.
fn reseal(store: &rusqlite::Connection) {
    let numbers: Vec<i64> = store
        .prepare("SELECT number FROM ledger ORDER BY number")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut previous = [0_u8; 32];
    for number in numbers {
        let (at, kind, organization, subject, mut detail): (
            i64,
            String,
            String,
            String,
            String,
        ) = store
            .query_row(
                "SELECT at, kind, organization, subject, detail FROM ledger
                     WHERE number = ?1",
                [number],
                |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
                },
            )
            .unwrap();
        let mut json: Value = serde_json::from_str(&detail).unwrap();
        if kind == "finding" {
            let told: String = store
                .query_row(
                    "SELECT told FROM finding_version WHERE organization = ?1 AND version = ?3
                     AND rulebook || '/' || rule || '/' || slot = ?2",
                    rusqlite::params![organization, subject, json["version"].as_i64()],
                    |row| row.get(0),
                )
                .unwrap();
            json["sha256"] = hex(&Sha256::digest(told)).into();
            detail = json.to_string();
        }
        let mut hash = Sha256::new();
        let (number_bytes, at_bytes) = (number.to_be_bytes(), at.to_be_bytes());
        let fields: [&[u8]; 8] = [
            b"mithaq ledger 1",
            &number_bytes,
            &at_bytes,
            kind.as_bytes(),
            organization.as_bytes(),
            subject.as_bytes(),
            detail.as_bytes(),
            &previous,
        ];
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        let hash: [u8; 32] = hash.finalize().into();
        store
            .execute(
                "UPDATE ledger SET detail = ?2, previous = ?3, hash = ?4 WHERE number = ?1",
                rusqlite::params![number, detail, previous, hash],
            )
            .unwrap();
        previous = hash;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_first_broken_link_is_named_with_what_it_should_be() {
    let breaks = [
        ("UPDATE ledger SET detail = '{}' WHERE number = 3", "changed", 3),
        ("DELETE FROM ledger WHERE number = 4", "missing", 4),
        (
            "UPDATE ledger SET number = -1 WHERE number = 3;
             UPDATE ledger SET number = 3 WHERE number = 4;
             UPDATE ledger SET number = 4 WHERE number = -1",
            "moved",
            3,
        ),
    ];
    for (sql, how, entry) in breaks {
        let scratch = scanned();
        let store = broken_open(&scratch);
        let hash: Vec<u8> = store
            .query_row("SELECT hash FROM ledger WHERE number = ?1", [entry], |row| {
                row.get(0)
            })
            .unwrap();
        store.execute_batch(sql).unwrap();
        drop(store);
        let proof = scratch.json(&["ledger", "verify"]);
        assert_eq!(proof["broken_at"], entry, "{sql}: {proof:#}");
        let broken = &proof["broken"];
        assert_eq!(broken["how"], how, "{broken:#}");
        assert_eq!(broken["should_be"], hex(&hash), "{broken:#}");
        assert_ne!(broken["is"], broken["should_be"], "{broken:#}");
        for (language, said) in
            [("en", format!("entry {entry}:")), ("ar", format!("القيد {entry}:"))]
        {
            let run = scratch.run(&["ledger", "verify", "--language", language]);
            assert_eq!(run.code, 2);
            assert!(run.stdout.contains(&said), "{}", run.stdout);
            assert!(run.stdout.contains(&hex(&hash)), "{}", run.stdout);
            assert!(
                run.stdout.contains("mithaq ledger verify"),
                "what to do: {}",
                run.stdout
            );
        }
    }
}

#[test]
fn a_finding_that_was_changed_and_a_ledger_that_was_cut_are_named() {
    let scratch = scanned();
    let store = scratch.store();
    let entry: i64 = store
        .query_row("SELECT min(number) FROM ledger WHERE kind = 'finding'", [], |row| {
            row.get(0)
        })
        .unwrap();
    let sql = "UPDATE finding_version SET told = replace(told, 'closed', 'CLOSED')
               WHERE version = 1";
    store.execute(sql, []).unwrap();
    drop(store);
    let proof = scratch.json(&["ledger", "verify"]);
    assert_eq!(proof["broken_at"], entry, "{proof:#}");
    assert_eq!(proof["broken"]["how"], "text_changed");
    let english = proof["broken"]["english"].as_str().unwrap();
    assert!(english.contains("version 1 of the finding amal/board/"), "{english}");
    let scratch = scanned();
    let store = broken_open(&scratch);
    let sql = "DELETE FROM ledger WHERE number >=
               (SELECT max(number) FROM ledger WHERE kind = 'finding')";
    store.execute(sql, []).unwrap();
    let left: i64 =
        store.query_row("SELECT count(*) FROM ledger", [], |row| row.get(0)).unwrap();
    drop(store);
    let proof = scratch.json(&["ledger", "verify"]);
    assert_eq!(proof["broken"]["how"], "cut_off", "{proof:#}");
    assert_eq!(proof["broken_at"], left + 1);
}
