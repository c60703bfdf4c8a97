//! Answers to letters: what a reply asks, who may ask it, and what comes back undelivered.

use std::io::Write as _;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};

use mithaq::answers::{Nature, Word, first_word, read};
use mithaq::document::Sha256;
use mithaq::letters::token::Token;
use mithaq::limits;
use mithaq::shell::store::answer::{self, Fresh};
use proptest::prelude::*;
use serde_json::Value;

use crate::scratch::{Run, Scratch, minutes};

const OFFICER: &str = "officer@alliance.example.org";

/// Two organizations with their first summaries behind them, and a mailbox for answers.
fn network() -> Scratch {
    let scratch = Scratch::new();
    scratch.write(
        "mithaq.toml",
        "name = { en = \"Alliance\", ar = \"تحالف\" }\nsettle_seconds = 0\n\
         [mail]\nfrom = \"mithaq@alliance.example.org\"\n\
         replies = \"answers@alliance.example.org\"\n\
         [officer]\nname = \"Salma\"\nemail = \"officer@alliance.example.org\"\n",
    );
    scratch.write(
        "rules/report.rules",
        "annual report is published within 1 month of the end of the fiscal year\n",
    );
    scratch.organization("amal");
    scratch.organization("nour");
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch
}

/// The same on a day on which the last quarter has become a finding.
fn with_finding() -> (Scratch, Sent) {
    let mut scratch = network();
    scratch.now = "2027-05-01T12:00:00Z".to_owned();
    assert_ne!(scratch.run(&["scan"]).code, 2);
    let finding = sent(&scratch, "secretary@amal.example.org", "finding");
    let mut finding =
        finding.into_iter().filter(|one| one.text.contains("annual report"));
    (scratch, finding.next_back().expect("a finding letter"))
}

/// A letter in the folder `outbox`, as its reader sees it.
#[derive(Clone, Debug)]
struct Sent {
    message_id: String,
    reply_to: String,
    subject: String,
    text: String,
    references: Vec<String>,
}

fn sent(scratch: &Scratch, to: &str, kind: &str) -> Vec<Sent> {
    let Ok(entries) = std::fs::read_dir(scratch.root().join("outbox")) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let raw = std::fs::read(path).unwrap();
        let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
        let header = |name: &str| {
            let raw = message.headers_raw().find(|(is, _)| is.eq_ignore_ascii_case(name));
            raw.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let of = message.to().unwrap().first().unwrap().address().unwrap().to_owned();
        if of == to && header("X-Mithaq-Kind") == kind {
            found.push(Sent {
                message_id: header("Message-ID"),
                reply_to: header("Reply-To"),
                subject: message.subject().unwrap().to_owned(),
                text: message.body_text(0).unwrap().into_owned(),
                references: header("References")
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
            });
        }
    }
    found
}

/// A reply as an ordinary mail program writes it.
fn reply(from: &str, letter: &Sent, words: &str) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    format!(
        "From: Somebody <{from}>\r\nTo: {}\r\nSubject: Re: {}\r\n\
         Message-ID: <{}@mail.example.org>\r\nIn-Reply-To: {}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n\r\n\
         On Monday the office wrote:\r\n> We found no evidence\r\n> wrong\r\n",
        letter.reply_to,
        letter.subject,
        NUMBER.fetch_add(1, Ordering::Relaxed),
        letter.message_id,
    )
}

fn receive_with(scratch: &Scratch, arguments: &[&str], raw: impl AsRef<[u8]>) -> Run {
    let mut child = scratch
        .command(&[&["mail", "receive"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(raw.as_ref()).unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What became of a message.
fn receive(scratch: &Scratch, raw: impl AsRef<[u8]>) -> String {
    let run = receive_with(scratch, &["--format", "json"], raw);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    let answer = &json["answers"][0];
    if answer["number"].is_null() {
        return "known".to_owned();
    }
    answer["decision"].as_str().unwrap().to_owned()
}

fn answers(scratch: &Scratch, arguments: &[&str]) -> Vec<Value> {
    let json = scratch.json(&[&["mail", "answers"], arguments].concat());
    json["answers"].as_array().unwrap().clone()
}

#[test]
fn first_words_are_understood_however_they_are_spelled() {
    let spelled: [(Word, &[&str]); 6] = [
        (
            Word::Wrong,
            &[
                "wrong",
                "Wrong!",
                "WRONG. We met in March",
                "This is wrong",
                "not correct",
                "خطأ",
                "خطا",
                "خَطَأ",
                "خطـــأ",
                "«خطأ»",
                "خطأ، اجتمعنا",
                "غير صحيح",
                "غير صحيحة",
                "غلط",
                "incorrect",
            ],
        ),
        (
            Word::NotApplicable,
            &[
                "not applicable",
                "Not  Applicable because we are small",
                "N/A",
                "does not apply to us",
                "لا تنطبق",
                "لا ينطبق علينا",
                "لا تنطبق علينا لأننا صغار",
                "غير منطبقة",
                "لاتنطبق",
            ],
        ),
        (
            Word::Extension,
            &[
                "extension",
                "Extension please",
                "more time",
                "تمديد",
                "مهلة",
                "مهله",
                "المهلة",
                "نطلب مهلة أسبوعين",
                "أطلب تمديد",
            ],
        ),
        (
            Word::Mute,
            &["unsubscribe", "unsubscribe receipt amal", "stop", "إيقاف", "ايقاف"],
        ),
        (Word::Pause, &["pause", "تعليق"]),
        (Word::Resume, &["resume", "استئناف", "استيناف"]),
    ];
    for (word, phrases) in spelled {
        for phrase in phrases {
            assert_eq!(first_word(phrase), Some(word), "{phrase}");
        }
    }
    for other in [
        "",
        "wrongly filed",
        "we were wrong",
        "Thank you",
        "stopping by",
        "شكرًا",
        "خطأنا",
        "السلام عليكم",
        "Extensions",
    ] {
        assert_eq!(first_word(other), None, "{other}");
    }
}

#[test]
fn a_word_becomes_a_dispute_that_an_officer_decides() {
    let (mut scratch, letter) = with_finding();
    let secretary = "secretary@amal.example.org";
    assert_eq!(receive(&scratch, reply(secretary, &letter, "Wrong, we met.")), "dispute");
    // The store and the record know it.
    let open = answers(&scratch, &[]);
    assert_eq!(open.len(), 1, "{open:?}");
    assert_eq!(open[0]["from"], secretary);
    assert_eq!(open[0]["said"], "Wrong, we met.");
    let about = |scratch: &Scratch| {
        let findings = scratch.json(&["findings", "--organization", "amal"]);
        let findings = findings["findings"].as_array().unwrap().clone();
        findings.into_iter().find(|one| one["id"] == open[0]["finding"]).unwrap()
    };
    assert_eq!(about(&scratch)["answers"][0]["decision"], "dispute");
    let rule = about(&scratch)["rule"].as_str().unwrap().to_owned();
    let why = scratch.json(&["why", "amal", &rule]);
    for (schema, json) in [
        ("answers", scratch.json(&["mail", "answers"])),
        ("findings", scratch.json(&["findings"])),
        ("why", why.clone()),
    ] {
        let breaches = crate::schema::breaches(schema, &json);
        assert!(breaches.is_empty(), "{schema}: {breaches:?}");
    }
    assert_eq!(why["verdicts"][0]["answers"][0]["open"], true, "{why}");
    assert_eq!(scratch.json(&["ledger", "verify"])["holds"], true);
    // Both are told, the writer within the thread of the finding.
    scratch.run(&["scan"]);
    let told = sent(&scratch, OFFICER, "answer");
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("Wrong, we met."), "{}", told[0].text);
    assert!(told[0].text.contains("mithaq mail settle 1"), "{}", told[0].text);
    let understood = sent(&scratch, secretary, "answer");
    assert_eq!(understood[0].subject, format!("Re: {}", letter.subject));
    assert_eq!(understood[0].references, std::slice::from_ref(&letter.message_id));
    // Nobody is reminded of what they objected to.
    let reminded = overdue(&scratch, &letter);
    scratch.now = "2027-05-09T12:00:00Z".to_owned();
    scratch.run(&["scan"]);
    assert_eq!(overdue(&scratch, &letter), reminded);
    let settle = ["mail", "settle", "1", "--why", "The minutes are from 2025."];
    assert_eq!(scratch.run(&settle).code, 0);
    assert_eq!(scratch.run(&settle).code, 2, "it is decided");
    assert!(answers(&scratch, &[]).is_empty());
    assert_eq!(about(&scratch)["answers"][0]["settled"]["by"], "Salma");
    scratch.now = "2027-05-16T12:00:00Z".to_owned();
    scratch.run(&["scan"]);
    let decided = sent(&scratch, secretary, "answer");
    assert!(decided[1].text.contains("The minutes are from 2025."), "{decided:?}");
    assert_eq!(overdue(&scratch, &letter), reminded + 1, "reminders go on");
    let then = scratch.json(&["mail", "answers", "--known", "2027-05-08"]);
    assert_eq!(then["answers"][0]["open"], true, "{then}");
    assert_eq!(scratch.json(&["ledger", "verify"])["holds"], true);
}

fn overdue(scratch: &Scratch, letter: &Sent) -> usize {
    let all = sent(scratch, "secretary@amal.example.org", "overdue");
    all.iter().filter(|one| one.references.contains(&letter.message_id)).count()
}

#[test]
fn what_a_word_asks_depends_on_the_letter() {
    let (scratch, finding) = with_finding();
    let secretary = "secretary@amal.example.org";
    for (words, asks) in [
        ("لا تنطبق", "exemption"),
        ("مهلة", "extension"),
        ("Dear all, a question", "message"),
    ] {
        assert_eq!(receive(&scratch, reply(secretary, &finding, words)), asks);
    }
    scratch.drop_paper("amal", "minutes.md", minutes("2 February 2027"));
    scratch.run(&["scan"]);
    let receipt = sent(&scratch, secretary, "receipt").remove(0);
    for (words, asks) in [("wrong", "correction"), ("extension!", "message")] {
        assert_eq!(receive(&scratch, reply(secretary, &receipt, words)), asks);
    }
}

#[test]
fn a_reply_counts_from_the_register_and_with_the_letter_s_token() {
    let (scratch, letter) = with_finding();
    let before = outbox(&scratch);
    let entries = scratch.json(&["ledger", "verify"])["entries"].clone();
    let secretary = "secretary@amal.example.org";
    let forged = reply("thief@elsewhere.example.org", &letter, "wrong");
    assert_eq!(receive(&scratch, forged), "not_on_register");
    // Another member's secretary has the letter, and is still nobody here.
    let neighbour = reply("secretary@nour.example.org", &letter, "wrong");
    assert_eq!(receive(&scratch, neighbour), "not_on_register");
    let two = reply(secretary, &letter, "wrong")
        .replace("From: Somebody", "From: thief@elsewhere.example.org, Somebody");
    assert_eq!(receive(&scratch, two), "not_on_register");
    // Right address, no token, or one that was guessed.
    let guessed = Sent {
        message_id: "<finding.2F41.v1.00000000.aaaaaaaaaaaaaaaaaaaa@x>".to_owned(),
        reply_to: "answers+aaaaaaaaaaaaaaaaaaab@alliance.example.org".to_owned(),
        ..letter.clone()
    };
    assert_eq!(receive(&scratch, reply(secretary, &guessed, "wrong")), "unknown_letter");
    let name = letter.message_id.replace(&token(&letter), "x");
    let named = Sent { message_id: name, reply_to: "a@b".to_owned(), ..letter.clone() };
    assert_eq!(receive(&scratch, reply(secretary, &named, "Wrong")), "unknown_letter");
    assert_eq!(outbox(&scratch), before, "nobody is answered");
    for finding in scratch.json(&["findings"])["findings"].as_array().unwrap() {
        assert_eq!(finding["answers"].as_array().unwrap().len(), 0, "{finding}");
    }
    // They are shown, and what names a letter of ours is on the record.
    assert_eq!(answers(&scratch, &["--all"]).len(), 5);
    assert!(answers(&scratch, &[]).is_empty());
    let verified = scratch.json(&["ledger", "verify"]);
    assert_eq!(verified["entries"].as_i64(), entries.as_i64().map(|was| was + 3));
    // The token alone, in the address or in the id, is enough.
    let by_address = Sent { message_id: "<x@y>".to_owned(), ..letter.clone() };
    assert_eq!(receive(&scratch, reply(secretary, &by_address, "wrong")), "dispute");
    let by_id = Sent { reply_to: "a@b".to_owned(), ..letter };
    assert_eq!(receive(&scratch, reply(secretary, &by_id, "wrong then")), "dispute");
}

fn token(letter: &Sent) -> String {
    Token::in_message_id(&letter.message_id).unwrap().to_string()
}

fn outbox(scratch: &Scratch) -> i64 {
    scratch
        .store()
        .query_row("SELECT count(*) FROM outbox", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn the_record_and_its_exports_hold_no_token() {
    let (scratch, letter) = with_finding();
    receive(&scratch, reply("secretary@amal.example.org", &letter, "wrong"));
    let token = token(&letter);
    let export = scratch.run(&["ledger", "export"]).stdout;
    assert!(export.contains("finding."), "{export}");
    for listing in [
        export,
        scratch.run(&["mail", "queue", "--all"]).stdout,
        scratch.json(&["findings", "--all"]).to_string(),
        scratch.json(&["mail", "answers", "--all"]).to_string(),
    ] {
        assert!(!listing.contains(&token), "{listing}");
    }
}

#[test]
fn what_programs_write_is_ignored() {
    let (scratch, letter) = with_finding();
    let secretary = "secretary@amal.example.org";
    let before = outbox(&scratch);
    for header in [
        "Auto-Submitted: auto-replied",
        "auto-submitted: Auto-Generated",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "List-Id: <members.example.org>",
        "Return-Path: <>",
        "X-Mithaq-Kind: receipt",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
    ] {
        let raw = reply(secretary, &letter, "wrong");
        let raw = match header.split_once(": ") {
            Some(("Content-Type", _)) => {
                raw.replace("Content-Type: text/plain; charset=utf-8", header)
            }
            _ => format!("{header}\r\n{raw}"),
        };
        assert_eq!(receive(&scratch, raw), "ignored", "{header}");
    }
    for from in ["mailer-daemon@amal.example.org", "noreply@amal.example.org"] {
        assert_eq!(receive(&scratch, reply(from, &letter, "wrong")), "ignored");
    }
    // Our own letters, brought to us by a rule that forwards everything.
    for entry in std::fs::read_dir(scratch.root().join("outbox")).unwrap() {
        let raw = std::fs::read(entry.unwrap().path()).unwrap();
        assert_eq!(receive(&scratch, raw), "ignored");
    }
    assert_eq!(outbox(&scratch), before);
    let person = format!("Auto-Submitted: no\r\n{}", reply(secretary, &letter, "wrong"));
    assert_eq!(receive(&scratch, person), "dispute");
}

#[test]
fn a_message_that_is_brought_twice_is_taken_once() {
    let (scratch, letter) = with_finding();
    let raw = reply("secretary@amal.example.org", &letter, "wrong");
    // Somebody who knew its name sent one before it.
    let early = raw.replace("secretary@amal", "thief@elsewhere");
    assert_eq!(receive(&scratch, early), "not_on_register");
    assert_eq!(receive(&scratch, &raw), "dispute");
    let letters = outbox(&scratch);
    assert_eq!(receive(&scratch, &raw), "known");
    let again =
        format!("Received: from mx by mx; Mon, 1 Mar 2027 12:00:00 +0000\r\n{raw}");
    assert_eq!(receive(&scratch, again), "known");
    assert_eq!(outbox(&scratch), letters);
    assert_eq!(answers(&scratch, &[]).len(), 1);
}

#[test]
fn a_message_stays_with_the_mail_server_until_it_is_on_record() {
    let (scratch, letter) = with_finding();
    let raw = reply("secretary@amal.example.org", &letter, "wrong");
    let settings = std::fs::read_to_string(scratch.root().join("mithaq.toml")).unwrap();
    scratch.write("mithaq.toml", "name = 3\n");
    assert_eq!(receive_with(&scratch, &[], &raw).code, 75, "the settings have a mistake");
    scratch.write("mithaq.toml", settings);
    let version = |number: u32| {
        scratch.store().pragma_update(None, "user_version", number).unwrap();
    };
    let known: u32 =
        scratch.store().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    version(known + 1);
    assert_eq!(receive_with(&scratch, &[], &raw).code, 75, "the store cannot be used");
    version(known);
    assert_eq!(receive(&scratch, &raw), "dispute");
}

/// A report of a mail server (RFC 3464) about a letter of ours.
fn report(letter: &Sent, action: &str, status: &str) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org\r\nTo: x@alliance.example.org\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{action}.{status}@mx>\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; secretary@amal.example.org\r\nAction: {action}\r\n\
         Status: {status}\r\nDiagnostic-Code: smtp; 550 {status} no such user here\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: {}\r\nSubject: x\r\n\r\n--b--\r\n",
        letter.message_id
    )
}

#[test]
fn a_letter_that_comes_back_marks_the_address_and_the_officer_is_told() {
    let (scratch, letter) = with_finding();
    for (action, status) in [("delayed", "4.4.1"), ("relayed", "2.0.0")] {
        assert_eq!(receive(&scratch, report(&letter, action, status)), "ignored");
    }
    assert_eq!(receive(&scratch, report(&letter, "failed", "5.1.1")), "returned");
    scratch.run(&["scan"]);
    let told = sent(&scratch, OFFICER, "undeliverable");
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("secretary@amal.example.org"), "{}", told[0].text);
    assert!(told[0].text.contains("no such user here"), "{}", told[0].text);
    let doctor = scratch.json(&["doctor"]);
    let checks = doctor["checks"].as_array().unwrap();
    assert!(checks.iter().any(|one| one["name"] == "address:amal"), "{doctor}");
    // Nobody can mark an address without the letter.
    let guessed = Sent { message_id: "<a.b@c>".to_owned(), ..letter.clone() };
    assert_eq!(receive(&scratch, report(&guessed, "failed", "5.1.2")), "unknown_letter");
    // Somebody who writes is reached.
    receive(&scratch, reply("secretary@amal.example.org", &letter, "resume"));
    let doctor = scratch.json(&["doctor"]);
    let checks = doctor["checks"].as_array().unwrap();
    assert!(checks.iter().all(|one| one["name"] != "address:amal"), "{doctor}");
}

#[test]
fn a_bad_week_marks_no_address_and_three_of_them_do() {
    let (scratch, letter) = with_finding();
    for turn in 1..=limits::SOFT_BOUNCES_MAX {
        let raw = report(&letter, "failed", &format!("4.4.{turn}"));
        assert_eq!(receive(&scratch, raw), "returned");
        let failing: u32 = scratch
            .store()
            .query_row(
                "SELECT count(*) FROM failing WHERE since IS NOT NULL",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(failing, u32::from(turn == limits::SOFT_BOUNCES_MAX), "{turn}");
    }
    // What comes back without a report, known by its address alone.
    let letter = sent(&scratch, "secretary@nour.example.org", "finding").remove(0);
    let to = letter.reply_to.replace('+', "+b-");
    let raw =
        "From: postmaster@old.example.org\r\nSubject: failure notice\r\n\r\nno.\r\n";
    let run = receive_with(&scratch, &["--to", &to], raw);
    assert!(run.stdout.contains("ignored"), "{}", run.stdout);
    let raw = raw.replace("postmaster", "somebody");
    let run = receive_with(&scratch, &["--to", &to], raw);
    assert!(run.stdout.contains("came back"), "{}", run.stdout);
}

#[test]
fn who_wants_fewer_letters_still_gets_the_weekly_one() {
    let mut scratch = network();
    let secretary = "secretary@amal.example.org";
    scratch.drop_paper("amal", "one.md", minutes("2 August 2026"));
    scratch.run(&["scan"]);
    let receipt = sent(&scratch, secretary, "receipt").remove(0);
    // What a mail program does that takes somebody off a list.
    let raw = reply(secretary, &receipt, "").replace("Re: ", "unsubscribe receipt ");
    assert_eq!(receive(&scratch, raw), "mute");
    scratch.drop_paper("amal", "two.md", minutes("3 August 2026"));
    scratch.run(&["scan"]);
    assert_eq!(sent(&scratch, secretary, "receipt").len(), 1);
    assert_eq!(sent(&scratch, secretary, "answer").len(), 1);
    scratch.now = "2027-05-01T12:00:00Z".to_owned();
    scratch.run(&["scan"]);
    assert_eq!(sent(&scratch, secretary, "digest").len(), 1);
    let findings = sent(&scratch, secretary, "finding").len();
    assert!(findings > 0);
    // The chair may not silence the secretary.
    let people = std::fs::read_to_string(
        scratch.root().join("organizations/amal/organization.toml"),
    );
    let chair =
        "[[people]]\nname = \"C\"\nrole = \"chair\"\nemail = \"c@amal.example.org\"\n";
    let file = "organizations/amal/organization.toml";
    scratch.write(file, people.unwrap() + chair);
    let digest = sent(&scratch, secretary, "digest").remove(0);
    let chairs = reply("c@amal.example.org", &digest, "pause");
    assert_eq!(receive(&scratch, chairs), "message");
    assert_eq!(receive(&scratch, reply(secretary, &digest, "pause")), "pause");
    scratch.now = "2027-08-20T12:00:00Z".to_owned();
    scratch.run(&["scan"]);
    assert_eq!(sent(&scratch, secretary, "finding").len(), findings);
    let dropped = |kind: &str| -> u32 {
        let sql = "SELECT count(*) FROM outbox WHERE state = 'dropped' AND kind = ?1";
        scratch.store().query_row(sql, [kind], |row| row.get(0)).unwrap()
    };
    assert!(dropped("finding") > 0);
    assert_eq!(dropped("digest"), 0);
    assert_eq!(receive(&scratch, reply(secretary, &digest, "استئناف")), "resume");
    scratch.drop_paper("amal", "three.md", minutes("4 August 2026"));
    scratch.run(&["scan"]);
    assert_eq!(sent(&scratch, secretary, "receipt").len(), 2);
}

#[test]
fn one_person_s_answers_of_a_day_are_bounded() {
    let (scratch, letter) = with_finding();
    let secretary = "secretary@amal.example.org";
    for turn in 1..=limits::ANSWERS_A_DAY_MAX + 1 {
        let raw =
            reply(secretary, &letter, &format!("wrong{}", " ".repeat(turn as usize)));
        let expected =
            if turn <= limits::ANSWERS_A_DAY_MAX { "dispute" } else { "ignored" };
        assert_eq!(receive(&scratch, raw), expected, "{turn}");
    }
}

/// Strangers may write as much as they like: what they wrote is shown for a while, and what
/// somebody has to decide until it is decided.
#[test]
fn what_strangers_wrote_is_listed_for_a_while() {
    let scratch = network();
    scratch.run(&["scan"]);
    let store = scratch.store();
    let most = limits::ANSWERS_KEPT_MAX;
    let numbers = || -> (i64, i64) {
        let sql = "SELECT count(*), min(number) FROM answer WHERE decision = 'ignored'";
        store.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let write = |number: i64, decision: &str, open: bool| {
        let mut sha256 = Sha256([0; 32]);
        sha256.0[..8].copy_from_slice(&number.to_be_bytes());
        let (message_id, letter, said) = (None, None, "");
        let fresh =
            Fresh { sha256, message_id, writer: "s@x.org", letter, decision, said, open };
        answer::enter(&store, &fresh, number).unwrap().unwrap()
    };
    store.execute_batch("BEGIN").unwrap();
    let asked = write(0, "dispute", true);
    let first = write(1, "ignored", false);
    for number in 2..=most {
        write(number, "ignored", false);
    }
    assert_eq!(numbers(), (most, first), "the last that fits");
    write(most + 1, "ignored", false);
    assert_eq!(numbers(), (most, first + 1), "the oldest is gone");
    let open: i64 = store
        .query_row("SELECT number FROM answer WHERE open = 1", [], |row| row.get(0))
        .unwrap();
    assert_eq!(open, asked, "it waits for somebody, however old it is");
    store.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn what_is_kept_of_a_message_is_one_harmless_line() {
    let (scratch, letter) = with_finding();
    let secretary = "secretary@amal.example.org";
    let words = "wrong\u{202e}\u{0007}\u{1b}[31m\r\nBcc: all@example.org\r\n=HYPERLINK(\"x\")\r\n<b>";
    assert_eq!(receive(&scratch, reply(secretary, &letter, words)), "dispute");
    let said = answers(&scratch, &[])[0]["said"].as_str().unwrap().to_owned();
    assert_eq!(said, "wrong[31m Bcc: all@example.org =HYPERLINK(\"x\") <b>");
    scratch.run(&["scan"]);
    let told = sent(&scratch, OFFICER, "answer");
    assert_eq!(told.len(), 1);
    let long = "wrong ".repeat(limits::ANSWER_CHARS_MAX);
    let raw = reply(secretary, &letter, &long);
    assert_eq!(receive(&scratch, raw), "dispute");
    let said = answers(&scratch, &[])[1]["said"].as_str().unwrap().chars().count();
    assert!((limits::ANSWER_CHARS_MAX - 1..=limits::ANSWER_CHARS_MAX).contains(&said));
}

fn written(raw: &str) -> (Option<Word>, String) {
    match read(raw.as_bytes(), &[]).nature {
        Nature::Written { word, said } => (word, said),
        other => panic!("{other:?}"),
    }
}

#[test]
fn words_are_looked_for_above_the_quoted_letter() {
    let head = "From: a@b.org\r\nSubject: x\r\n\r\n";
    let blank = "\r\n".repeat(limits::ANSWER_LINES_MAX - 1);
    assert_eq!(written(&format!("{head}{blank}wrong")).0, Some(Word::Wrong));
    assert_eq!(written(&format!("{head}{blank}\r\nwrong")).0, None);
    for quoted in [
        "> wrong",
        "On Monday office@x.org wrote:\r\nwrong",
        "-----Original Message-----\r\nwrong",
        "--\r\nwrong",
        "كتب فريق ميثاق:\r\nخطأ",
    ] {
        assert_eq!(
            written(&format!("{head}{quoted}")),
            (None, String::new()),
            "{quoted}"
        );
    }
    let html = "From: a@b.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
                <div dir=rtl><p>خطأ</p></div>";
    assert_eq!(written(html).0, Some(Word::Wrong));
}

#[test]
fn a_message_names_so_many_letters() {
    let ids: String = (0..limits::ANSWER_TOKENS_MAX + 5)
        .map(|number| {
            let letter = char::from(b'a' + u8::try_from(number).unwrap());
            format!(" <x.{}@y>", letter.to_string().repeat(20))
        })
        .collect();
    let raw = format!("From: a@b.org\r\nReferences:{ids}\r\n\r\nx\r\n");
    let read = read(raw.as_bytes(), &[]);
    assert_eq!(read.tokens.len(), limits::ANSWER_TOKENS_MAX);
}

#[test]
fn a_token_survives_capitals_and_nothing_else() {
    let letter = "answers+b-abcdefghijklmnop2345@x.org";
    let token = Token::parse("abcdefghijklmnop2345").unwrap();
    assert_eq!(Token::in_address(letter), Some((token.clone(), true)));
    assert_eq!(Token::in_address(&letter.to_uppercase()), Some((token.clone(), true)));
    let reply = token.reply_address("answers@x.org");
    assert_eq!(Token::in_address(&reply), Some((token, false)));
    for other in
        ["", "@", "a+b@c", "answers@x.org", "a+abcdefghijklmnop2341@x", "a+b-@x", "+é@x"]
    {
        assert_eq!(Token::in_address(other), None, "{other}");
    }
}

proptest! {
    #[test]
    fn no_message_stops_the_reader(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        read(&raw, &[]);
    }

    #[test]
    fn no_headers_stop_the_reader(
        lines in proptest::collection::vec(
            "(From|To|References|In-Reply-To|Content-Type|Return-Path|Delivered-To|Subject): \
             (multipart/report; boundary=b|<[a-z.+2-7]{0,30}@[a-z]{0,5}>|\\PC{0,20}|[\\x00-\\x1f]{0,4})",
            0..12,
        ),
        body in "\\PC{0,80}",
    ) {
        let raw = format!("{}\r\n\r\n{body}", lines.join("\r\n"));
        let read = read(raw.as_bytes(), &[]);
        prop_assert!(read.tokens.len() <= limits::ANSWER_TOKENS_MAX);
        if let Nature::Written { said, .. } = read.nature {
            let harmless = !said.contains(['\r', '\n', '\u{202e}']);
            prop_assert!(harmless);
        }
    }
}
