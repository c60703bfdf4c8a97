//! The story of a finding, as a mail program shows it: Dovecot threads the mailbox by itself
//! (`THREAD REFERENCES`, RFC 5256), which knows nothing of ours.

use super::{Json, MailServer, PASSWORD, mailbox_of, mithaq_at, said, write_network};
use mail_parser::MessageParser;
use mithaq::calendar::Day;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

/// A letter in a mailbox.
#[derive(Debug)]
struct Shown {
    kind: String,
    subject: String,
}

/// All that the server took for somebody, once it has delivered it.
fn letters(server: &MailServer, root: &Path, user: &str) -> Vec<Shown> {
    let arguments = ["mail", "queue", "--all", "--format", "json"];
    let queue = mithaq_at("2027-06-01T12:00:00Z", root, &arguments);
    let queue: Json = serde_json::from_slice(&queue.stdout).unwrap();
    let rows = queue["letters"].as_array().unwrap().iter();
    let to = format!("{user}@mail.test");
    let sent = rows.filter(|row| row["to"] == to.as_str() && row["state"] == "sent");
    let messages = mailbox_of(server, user, sent.count());
    let shown = messages.iter().map(|raw| {
        let message = MessageParser::default().parse(raw).unwrap();
        let mut headers = message.headers_raw();
        let kind = headers.find(|(name, _)| name.eq_ignore_ascii_case("X-Mithaq-Kind"));
        Shown {
            kind: kind.map(|(_, value)| value.trim().to_owned()).unwrap(),
            subject: message.subject().unwrap().trim_start_matches("Re: ").to_owned(),
        }
    });
    shown.collect()
}

/// What Dovecot answers to `THREAD REFERENCES`: each thread with its messages' numbers, in
/// the order in which it shows them.
fn threads(server: &MailServer, user: &str) -> Vec<Vec<usize>> {
    let stream = TcpStream::connect(("127.0.0.1", server.imap)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    for line in [
        format!("a LOGIN {user} \"{PASSWORD}\""),
        "b SELECT INBOX".to_owned(),
        "c THREAD REFERENCES UTF-8 ALL".to_owned(),
        "d LOGOUT".to_owned(),
    ] {
        (&stream).write_all(format!("{line}\r\n").as_bytes()).unwrap();
    }
    let lines = BufReader::new(stream).lines();
    let answer = lines.map_while(Result::ok).find(|line| line.starts_with("* THREAD "));
    let mut threads = Vec::new();
    let (mut depth, mut number) = (0, String::new());
    for sign in answer.expect("Dovecot threads").chars() {
        if sign.is_ascii_digit() {
            number.push(sign);
            continue;
        }
        if let Ok(message) = std::mem::take(&mut number).parse() {
            let thread: Option<&mut Vec<usize>> = threads.last_mut();
            thread.expect("a number stands in a thread").push(message);
        }
        match sign {
            '(' if depth == 0 => {
                threads.push(Vec::new());
                depth += 1;
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
    }
    threads
}

/// Two secretaries, one language each, and two rules that neither organization keeps.
fn write_organizations(root: &Path) {
    for (id, user, language) in [("amal", "rana", "en"), ("nour", "rana-ar", "ar")] {
        let folder = root.join("organizations").join(id);
        std::fs::create_dir_all(folder.join("papers")).unwrap();
        let register = format!(
            "name = {{ en = \"Amal\", ar = \"الأمل\" }}\njoined = 2026-01-01\n[[people]]\n\
             name = \"Rana\"\nrole = \"secretary\"\nemail = \"{user}@mail.test\"\n\
             language = \"{language}\"\n"
        );
        std::fs::write(folder.join("organization.toml"), register).unwrap();
    }
    let rules = "Rule REP-1: annual report is published within 1 month of the end of the \
                 fiscal year\nRule BRD-1: board meets quarterly\n";
    std::fs::write(root.join("rules/board.rules"), rules).unwrap();
}

fn scan(root: &Path, day: Day) {
    let scan = mithaq_at(&format!("{day}T08:00:00Z"), root, &["scan"]);
    assert_ne!(scan.status.code(), Some(2), "{}", said(&scan));
}

/// The day on which the annual report was first missed.
fn opened(root: &Path) -> Option<Day> {
    let store = rusqlite::Connection::open(root.join(".mithaq/store.sqlite")).unwrap();
    let asked =
        "SELECT opened FROM finding WHERE rule = 'REP-1' AND organization = 'amal'";
    let day: Option<String> = store.query_row(asked, [], |row| row.get(0)).ok();
    day.as_deref().and_then(Day::parse)
}

#[test]
fn a_finding_is_one_thread_that_tells_its_story_in_both_languages() {
    let Some(server) = MailServer::start() else { return };
    let network = tempfile::tempdir().unwrap();
    let root = network.path();
    write_network(root, &server, PASSWORD, true);
    write_organizations(root);
    let mut day = Day::parse("2027-01-05").unwrap();
    let live = mithaq_at(&format!("{day}T07:00:00Z"), root, &["go-live"]);
    assert_eq!(live.status.code(), Some(0), "{}", said(&live));
    scan(root, day);
    let opened = loop {
        // Nobody is reminded on the day on which it is found.
        day = day.plus_days(6);
        assert!(day < Day::parse("2027-06-01").unwrap(), "it is never missed");
        scan(root, day);
        if let Some(opened) = opened(root) {
            break opened;
        }
    };
    // Its reminders, of which the second is escalated, and its end.
    for after in [14, 21] {
        scan(root, opened.plus_days(after));
    }
    let report = format!(
        "---\nkind: annual_report\nfiscal_year_end: 2026-12-31\ndate_published: {}\n---\n\
         # Annual report for 2026\n",
        opened.plus_days(20)
    );
    for id in ["amal", "nour"] {
        let papers = root.join("organizations").join(id).join("papers");
        std::fs::write(papers.join("report.md"), &report).unwrap();
    }
    scan(root, opened.plus_days(22));
    for (user, words) in [("rana", "annual report"), ("rana-ar", "التقرير السنوي")]
    {
        check(&server, root, user, words);
    }
}

fn check(server: &MailServer, root: &Path, user: &str, report: &str) {
    let all = letters(server, root, user);
    let threads = threads(server, user);
    let mut numbers: Vec<usize> = threads.concat();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=all.len()).collect::<Vec<_>>(), "each in one thread");
    let of = |thread: &Vec<usize>| -> Vec<&Shown> {
        thread.iter().map(|number| &all[number - 1]).collect()
    };
    let about = ["finding", "overdue", "resolved"];
    let mut stories = 0;
    for thread in &threads {
        let shown = of(thread);
        let first = shown[0];
        if !about.contains(&first.kind.as_str()) {
            // Reminders of one due day have one subject, by which Dovecot threads them too.
            let one = |other: &&Shown| {
                other.kind == first.kind && other.subject == first.subject
            };
            assert!(shown.iter().all(one), "nothing of another matter: {shown:?}");
            continue;
        }
        assert!(shown.iter().all(|one| one.subject == first.subject), "{shown:?}");
        let kinds: Vec<&str> = shown.iter().map(|one| one.kind.as_str()).collect();
        if first.subject.to_lowercase().contains(report) {
            assert_eq!(
                kinds,
                ["finding", "overdue", "overdue", "resolved"],
                "{user}: {all:#?}"
            );
            stories += 1;
        } else {
            assert_eq!(kinds, ["finding"], "of another rule");
        }
    }
    assert_eq!(stories, 1, "{all:?}");
    let kinds: Vec<&str> = all.iter().map(|one| one.kind.as_str()).collect();
    for kind in ["first_summary", "digest", "receipt"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
}
