//! What lands in a drop folder, and what becomes of it: through the real binary.

use std::os::unix::ffi::OsStrExt;

use crate::scratch::{Scratch, minutes};

#[test]
fn a_paper_is_read_once() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    let first = scratch.json(&["scan"]);
    assert_eq!(first["files"]["understood"], 1, "{first}");
    let second = scratch.json(&["scan"]);
    assert!(second["files"].as_object().expect("an object").is_empty(), "{second}");
}

#[test]
fn the_drop_folder_is_only_read() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    let before = std::fs::metadata(scratch.papers("amal").join("board.md")).unwrap();
    scratch.json(&["scan"]);
    let after = std::fs::metadata(scratch.papers("amal").join("board.md")).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    assert_eq!(std::fs::read_dir(scratch.papers("amal")).unwrap().count(), 1);
}

#[test]
fn names_that_are_no_papers_are_set_aside_and_a_link_is_refused() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    for name in
        ["~$board.docx", ".~lock.a.odt#", "a.part", ".syncthing.b.md.tmp", ".DS_Store"]
    {
        scratch.drop_paper("amal", name, "x");
    }
    let outside = scratch.root().join("secret.md");
    std::fs::write(&outside, minutes("3 March 2026")).unwrap();
    std::os::unix::fs::symlink(&outside, scratch.papers("amal").join("link.md")).unwrap();
    std::os::unix::fs::symlink("/etc", scratch.papers("amal").join("etc")).unwrap();
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["refused"], 2, "{scan}");
    assert!(scan["files"].get("understood").is_none(), "{scan}");
}

#[test]
fn a_pipe_does_not_stop_the_scan() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let pipe = scratch.papers("amal").join("pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["refused"], 1, "{scan}");
    assert_eq!(scan["files"]["understood"], 1, "{scan}");
}

#[test]
fn names_that_are_not_utf_8_are_opened_by_their_bytes() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let name = std::ffi::OsStr::from_bytes(b"minutes-\xff\xfe.md");
    std::fs::write(scratch.papers("amal").join(name), minutes("12 February 2026"))
        .unwrap();
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["understood"], 1, "{scan}");
}

/// Nothing on a disk tells one name of a file from another: content is content, wherever it
/// has another name, and each organization has a reading of its own.
#[test]
fn a_hard_link_is_a_paper_like_any_other() {
    let scratch = Scratch::new();
    for id in ["amal", "nour"] {
        scratch.organization(id);
    }
    let outside = scratch.root().join("aside.md");
    std::fs::write(&outside, minutes("9 May 2026")).unwrap();
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    let board = scratch.papers("amal").join("board.md");
    for (of, to) in [
        (&board, scratch.papers("amal").join("copy.md")),
        (&board, scratch.papers("nour").join("theirs.md")),
        (&outside, scratch.papers("nour").join("outside.md")),
    ] {
        std::fs::hard_link(of, to).unwrap();
    }
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["understood"], 4, "{scan}");
    let documents = |id: &str| -> Vec<String> {
        let documents = scratch.json(&["documents", "--organization", id]);
        let all = documents["documents"].as_array().unwrap().iter();
        all.map(|one| one["paths"].to_string()).collect()
    };
    assert_eq!(
        documents("amal"),
        [r#"["board.md","copy.md"]"#],
        "one content, two names"
    );
    assert_eq!(documents("nour").len(), 2);
    // Written to by one of its names, it is a new version under each of the others.
    std::fs::write(&outside, minutes("3 August 2026")).unwrap();
    std::fs::write(&board, minutes("30 October 2026")).unwrap();
    let again = scratch.json(&["scan"]);
    assert_eq!(again["files"]["understood"], 4, "{again}");
    let met = |id: &str, slot: usize| {
        let verdicts = scratch.json(&["verdicts", "--organization", id]);
        verdicts["verdicts"][0]["slots"][slot]["state"].clone()
    };
    assert_eq!((met("amal", 2), met("nour", 2)), ("not_met".into(), "met".into()));
    // One name goes: the others stay what they are.
    std::fs::remove_file(&outside).unwrap();
    let after = scratch.json(&["scan"]);
    assert!(after["files"].as_object().unwrap().is_empty(), "{after}");
}

#[test]
fn what_cannot_be_read_has_a_name() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "empty.md", "");
    scratch.drop_paper("amal", "cut.pdf", "%PDF-1.7\n1 0 obj");
    scratch.drop_paper("amal", "wrong-name.docx", "just text, in truth");
    scratch.drop_paper(
        "amal",
        "noise.bin",
        [0u8, 159, 146, 150, 255, 0, 1, 2].repeat(200),
    );
    let run = scratch.run(&["--format", "json", "scan"]);
    let scan: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let total: u64 =
        scan["files"].as_object().unwrap().values().filter_map(|n| n.as_u64()).sum();
    assert_eq!(total, 4, "{scan}");
    assert!(scan["files"]["not_accepted"].as_u64().unwrap_or(0) >= 2, "{scan}");
}

#[test]
fn a_paper_too_large_is_refused_at_the_limit_and_not_below() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let file = std::fs::File::create(scratch.papers("amal").join("huge.bin")).unwrap();
    file.set_len(mithaq::limits::PAPER_BYTES_MAX + 1).unwrap();
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["refused"], 1, "{scan}");
}

#[test]
fn a_file_being_written_waits_until_it_is_still() {
    let scratch = Scratch::new();
    scratch.write("mithaq.toml", "name = \"Alliance\"\nsettle_seconds = 1\n");
    scratch.organization("amal");
    let path = scratch.papers("amal").join("board.md");
    let text = minutes("12 February 2026");
    let writer = std::thread::spawn({
        let path = path.clone();
        move || {
            for end in [40, 80, 120, text.len()] {
                std::fs::write(&path, &text[..end]).unwrap();
                std::thread::sleep(std::time::Duration::from_millis(400));
            }
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(100));
    let scan = scratch.json(&["scan"]);
    writer.join().unwrap();
    assert_eq!(scan["files"]["understood"], 1, "{scan}");
    assert_eq!(scan["files"].as_object().unwrap().len(), 1, "{scan}");
}

#[test]
fn a_broken_organization_is_named_and_the_others_go_on() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch
        .write("organizations/broken/organization.toml", "name = \"B\"\nfonuded = 1\n");
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    let run = scratch.run(&["scan"]);
    assert!(
        run.stderr.contains("organizations/broken/organization.toml:2"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("did you mean `founded`?"), "{}", run.stderr);
    assert!(run.stdout.contains("board.md: understood"), "{}", run.stdout);
}

#[test]
fn a_folder_that_vanishes_is_unhealthy() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    scratch.json(&["scan"]);
    let elsewhere = scratch.root().join("unmounted");
    std::fs::rename(scratch.papers("amal"), &elsewhere).unwrap();
    let gone = scratch.run(&["scan"]);
    assert!(gone.stdout.contains("nothing is concluded"), "{}", gone.stdout);
    assert_eq!(gone.code, 3);
    // An empty folder in its place, as an unmounted share leaves it, is another folder.
    std::fs::create_dir(scratch.papers("amal")).unwrap();
    let replaced = scratch.run(&["scan"]);
    assert!(replaced.stdout.contains("another folder"), "{}", replaced.stdout);
    std::fs::remove_dir(scratch.papers("amal")).unwrap();
    std::fs::rename(&elsewhere, scratch.papers("amal")).unwrap();
    let back = scratch.json(&["scan"]);
    assert!(back["files"].as_object().unwrap().is_empty(), "{back}");
}

#[test]
fn two_spellings_of_one_name_are_two_papers() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "لائحة أحمد.md", minutes("12 February 2026"));
    scratch.drop_paper("amal", "لائحة ا\u{654}حمد.md", minutes("12 May 2026"));
    let scan = scratch.json(&["scan"]);
    assert_eq!(scan["files"]["understood"], 2, "{scan}");
}

#[test]
fn two_cannot_mind_one_network() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let mut daemon = scratch
        .command(&["daemon"])
        .stderr(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(
        &mut std::io::BufReader::new(daemon.stderr.as_mut().unwrap()),
        &mut line,
    )
    .unwrap();
    let scan = scratch.run(&["scan"]);
    daemon.kill().unwrap();
    daemon.wait().unwrap();
    assert_eq!(scan.code, 2, "{}", scan.stderr);
    assert!(scan.stderr.contains("another mithaq"), "{}", scan.stderr);
}

#[test]
fn what_a_person_states_beside_a_paper_counts_also_when_it_comes_later() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    scratch.drop_paper("amal", "notes.md", "Notes of the afternoon.\n\nWe talked.\n");
    scratch.json(&["scan"]);
    let before = scratch.json(&["documents"]);
    assert_ne!(before["documents"][0]["state"], "understood", "{before}");
    let stated =
        "kind = \"board_minutes\"\nmeeting_date = 2026-02-12\nbody = \"board\"\n";
    scratch.drop_paper("amal", "notes.md.meta.toml", stated);
    scratch.json(&["scan"]);
    let after = scratch.json(&["documents"]);
    assert_eq!(after["documents"].as_array().unwrap().len(), 1, "{after}");
    assert_eq!(after["documents"][0]["state"], "understood", "{after}");
    assert_eq!(after["documents"][0]["kind"], "board_minutes", "{after}");
    let verdicts = scratch.json(&["verdicts"]);
    assert_eq!(verdicts["verdicts"][0]["slots"][0]["state"], "met", "{verdicts}");
    let again = scratch.json(&["scan"]);
    assert!(again["files"].as_object().unwrap().is_empty(), "{again}");
}

#[test]
fn a_paper_that_kills_its_reader_is_set_aside_after_three_times() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let text = minutes("12 February 2026");
    scratch.drop_paper("amal", "board.md", &text);
    // Three processes died while they read these bytes.
    let hash = mithaq::shell::disk::sha256(text.as_bytes()).to_string();
    scratch.write(&format!(".mithaq/reading/{hash}"), "...");
    scratch.json(&["scan"]);
    let documents = scratch.json(&["documents"]);
    assert_eq!(documents["documents"][0]["state"], "not_accepted", "{documents}");
    assert_eq!(documents["documents"][0]["problem"], "reader_failed", "{documents}");
}

#[test]
fn rules_with_twenty_mistakes_are_told_and_the_good_ones_judged() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let mut rules = String::from("board meets quarterly\n");
    for number in 0..20 {
        rules.push_str(&format!("the frobnicator{number} shall be gargled promptly\n"));
    }
    rules.push_str("audited accounts published\n");
    scratch.write("rules/board.rules", rules);
    scratch.drop_paper("amal", "board.md", minutes("12 February 2026"));
    let run = scratch.run(&["scan"]);
    let told =
        run.stderr.lines().filter(|line| line.contains("rules/board.rules:")).count();
    assert!(told >= 20, "{}", run.stderr);
    let verdicts = scratch.json(&["verdicts"]);
    let judged = verdicts["verdicts"].as_array().unwrap().iter();
    let (broken, judged): (Vec<_>, Vec<_>) =
        judged.partition(|one| one["state"] == "error");
    assert_eq!(judged.len(), 2, "{verdicts}");
    assert!(broken.is_empty() || broken.len() == 20, "{verdicts}");
}

/// What sync tools, editors, browsers and systems lay beside papers, by tool.
const NO_PAPERS: [(&str, &[&str]); 12] = [
    ("Nextcloud", &[".report.md.~1f3a9c2e", ".sync_5d1e.db", ".owncloudsync.log"]),
    (
        "Syncthing",
        &[".syncthing.report.md.tmp", "~syncthing~report.md.tmp", ".stfolder/a.md"],
    ),
    ("Dropbox", &[".dropbox.cache/report.md", ".dropbox", ".report.md.dropbox.attr~"]),
    (
        "OneDrive",
        &["~$report.docx", ".849C9593-D756-4E56-8D6E-42412F2A707B", "desktop.ini"],
    ),
    ("Google Drive", &[".tmp.drivedownload/12/report.md", ".tmp.driveupload/345.md"]),
    ("LibreOffice", &[".~lock.report.odt#", "lu3541a7c.tmp"]),
    ("Office", &["~$minutes.docx", "~WRL0001.tmp", "~WRD2345.tmp", "~DF12AB.TMP"]),
    ("iCloud and macOS", &[".report.md.icloud", "._report.md", ".DS_Store"]),
    (
        "Linux editors",
        &[".report.md.swp", "report.md~", ".goutputstream-A1B2C3", ".report.md.Xk3d9Q"],
    ),
    ("browsers", &["report.md.crdownload", "report.md.part", "report.md.opdownload"]),
    (
        "network disks",
        &[".nfs00000000012a", ".fuse_hidden0000001f00000002", ".smbdelete1a2b"],
    ),
    (
        "bins",
        &[
            "$RECYCLE.BIN/report.md",
            "#recycle/report.md",
            ".Trash-1000/files/report.md",
            "System Volume Information/a.md",
        ],
    ),
];

/// Copies of a file that was changed in two places, which somebody has to choose between.
const CONFLICTS: [&str; 8] = [
    "report (conflicted copy 2026-02-12 101500).md",
    "report (Layla's conflicted copy 2026-02-12).md",
    "report (case clash from layla).md",
    "report (Case Conflict).md",
    "report (Selective Sync Conflict).md",
    "report.sync-conflict-20260212-101500-ABCDEFG.md",
    "report (SFConflict layla@example.org 2026-02-12-10-15-00).md",
    "تقرير (نسخة متضاربة 2026-02-12).md",
];

/// Papers whose names only look a little like those above.
const PAPERS: [&str; 6] = [
    "nfs-agreement.md",
    "clash of dates.md",
    "conflicts of interest.md",
    "recycle bin policy.md",
    "تقرير ~ نهائي.md",
    "report.tmp.md",
];

#[test]
fn names_that_sync_tools_make_are_no_papers_and_conflicts_wait() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let mut number = 0;
    let mut lay = |name: &str| {
        number += 1;
        let text = format!("{}\nPaper {number}.\n", minutes("12 February 2026"));
        scratch.drop_paper("amal", name, text);
    };
    let no_papers = || {
        NO_PAPERS
            .iter()
            .flat_map(|(tool, names)| names.iter().map(move |name| (tool, *name)))
    };
    no_papers().for_each(|(_, name)| lay(name));
    CONFLICTS.iter().chain(&PAPERS).for_each(|name| lay(name));
    scratch.json(&["scan"]);
    let documents = scratch.json(&["documents"]);
    let documents = documents["documents"].as_array().unwrap();
    let state = |name: &str| {
        let is = |one: &&serde_json::Value| {
            one["paths"].to_string().contains(name) || one["path"] == name
        };
        documents.iter().find(is).map(|one| {
            let problem = one["problem"].as_str().unwrap_or_default();
            format!("{} {problem}", one["state"].as_str().unwrap_or_default())
        })
    };
    let mut wrong = Vec::new();
    for (tool, name) in no_papers() {
        wrong.extend(state(name).map(|state| format!("{tool}: {name} is {state}")));
    }
    for name in CONFLICTS {
        if state(name).as_deref() != Some("needs_a_look conflict_copy") {
            wrong.push(format!("{name} is {:?}", state(name)));
        }
    }
    for name in PAPERS {
        if state(name).as_deref() != Some("understood ") {
            wrong.push(format!("{name} is {:?}", state(name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
