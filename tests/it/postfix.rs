//! Letters through a real mail server: Postfix with STARTTLS and a password, Dovecot behind
//! it, read back from the mailbox by IMAP. Every kind in both languages, word for word.

use crate::letters::samples;
use mail_parser::{Message, MessageParser};
use mithaq::letters::{Letter, Rendered, Sender, render};
use mithaq::shell::store::letter::{self, Waiting};
use mithaq::shell::store::{self, Place};
use mithaq::text::Language;
use serde_json::Value as Json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

mod faults;
mod threads;

/// The server's passwords, as `scripts/mail-server` sets them.
const PASSWORD: &str = "open sesame";

struct MailServer {
    folder: tempfile::TempDir,
    smtp: u16,
    imap: u16,
}

impl MailServer {
    /// `None` where it cannot run; the reason is printed.
    fn start() -> Option<MailServer> {
        MailServer::start_with("ANSWERS", "")
    }

    /// With `ANSWERS` a command to which mail for `answers@mail.test` is piped, or with
    /// `POLICY` the port of a policy service.
    fn start_with(setting: &str, value: &str) -> Option<MailServer> {
        let folder = tempfile::tempdir().unwrap();
        let free = |listeners: Vec<TcpListener>| -> Vec<u16> {
            listeners.iter().map(|one| one.local_addr().unwrap().port()).collect()
        };
        let ports =
            free((0..3).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect());
        let output = Command::new("scripts/mail-server")
            .arg("start")
            .arg(folder.path())
            .args(ports.iter().map(u16::to_string))
            .env(setting, value)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        match output.status.code() {
            Some(0) => Some(MailServer { folder, smtp: ports[0], imap: ports[1] }),
            Some(3) => {
                println!("skipped: no real mail server: {said}");
                None
            }
            _ => panic!("the mail server did not start: {said}"),
        }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let mut stop = Command::new("scripts/mail-server");
        stop.arg("stop").arg(self.folder.path()).output().unwrap();
    }
}

/// Runs the real binary on a network at a set instant.
fn mithaq(root: &Path, arguments: &[&str]) -> Output {
    mithaq_at("2026-11-21T08:00:00Z", root, arguments)
}

fn mithaq_at(now: &str, root: &Path, arguments: &[&str]) -> Output {
    command_at(now, root, arguments).output().unwrap()
}

fn command_at(now: &str, root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mithaq"));
    command.args(arguments).arg("--network").arg(root).env("MITHAQ_NOW", now);
    command
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

/// A network without organizations, whose letters go to the server.
fn write_network(root: &Path, server: &MailServer, password: &str, with_ca: bool) {
    let ca = server.folder.path().join("ca.pem");
    let ca =
        if with_ca { format!("ca_file = \"{}\"", ca.display()) } else { String::new() };
    std::fs::write(root.join("password"), format!("{password}\n")).unwrap();
    let settings = format!(
        "name = {{ en = \"Sharek Partners Alliance\", ar = \"تحالف شركاء شارك\" }}\n\
         [mail]\nfrom = \"governance@mail.test\"\nreply_to = \"office@mail.test\"\n\
         [smtp]\nhost = \"localhost\"\nport = {}\nuser = \"mithaq\"\n\
         password_file = \"password\"\n{ca}\ntimeout_seconds = 20\n",
        server.smtp
    );
    std::fs::write(root.join("mithaq.toml"), settings).unwrap();
    std::fs::create_dir_all(root.join("rules")).unwrap();
}

/// Every message of a mailbox, as IMAP gives it.
fn mailbox(server: &MailServer, user: &str) -> Vec<Vec<u8>> {
    let stream = TcpStream::connect(("127.0.0.1", server.imap)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let say =
        |line: String| (&stream).write_all(format!("{line}\r\n").as_bytes()).unwrap();
    say(format!("a LOGIN {user} \"{PASSWORD}\""));
    say("b SELECT INBOX".to_owned());
    say("c FETCH 1:* (BODY.PEEK[])".to_owned());
    say("d LOGOUT".to_owned());
    let mut messages = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 {
            return messages;
        }
        let literal =
            line.trim_end().strip_suffix('}').and_then(|line| line.rsplit_once('{'));
        if let Some((_, octets)) = literal.filter(|(front, _)| front.contains("FETCH")) {
            let mut message = vec![0; octets.parse().unwrap()];
            reader.read_exact(&mut message).unwrap();
            messages.push(message);
        }
    }
}

/// Waits until the mailbox holds so many: delivery goes on after the server took them.
fn mailbox_of(server: &MailServer, user: &str, number: usize) -> Vec<Vec<u8>> {
    for _ in 0..100 {
        let messages = mailbox(server, user);
        if messages.len() >= number {
            return messages;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let log = std::fs::read_to_string(server.folder.path().join("postfix.log"));
    panic!("{user} has fewer than {number} letters: {}", log.unwrap_or_default());
}

/// Every kind in one language, to a mailbox of the server.
fn letters(language: Language) -> Vec<(&'static str, Letter, Rendered)> {
    let sender = Sender {
        from: "governance@mail.test".to_owned(),
        reply: "office@mail.test".to_owned(),
        ..samples::sender()
    };
    let user = user(language);
    let mut all = Vec::new();
    for (number, (name, mut letter)) in
        samples::every_kind(language).into_iter().enumerate()
    {
        letter.to.address = format!("{user}@mail.test");
        // More than twenty to one organization would be a storm.
        letter.to.organization = format!("amal-{}-{}", number / 20, language.code());
        let rendered = render(&letter, &sender, samples::NOW).unwrap();
        all.push((name, letter, rendered));
    }
    all
}

fn user(language: Language) -> &'static str {
    match language {
        Language::English => "rana",
        Language::Arabic => "rana-ar",
    }
}

/// Puts letters into the network's outbox, as a step of the core would.
fn post(root: &Path, letters: &[(&str, Letter, Rendered)]) {
    let connection = store::open(&Place::of_network(root)).unwrap();
    for (_, letter, rendered) in letters {
        let waiting = Waiting::new(letter, rendered.clone());
        assert_eq!(letter::enqueue(&connection, &waiting, samples::NOW), Ok(true));
    }
}

fn check_arrived(
    name: &str,
    letter: &Letter,
    rendered: &Rendered,
    message: &Message<'_>,
) {
    assert_eq!(message.subject(), Some(rendered.subject.as_str()), "{name}");
    let lines = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    let text = lines(&message.body_text(0).unwrap());
    assert_eq!(text, lines(&rendered.text), "{name}");
    let html = lines(&message.body_html(0).unwrap());
    assert_eq!(html, lines(&rendered.html), "{name}");
    let to = message.to().unwrap().first().unwrap();
    assert_eq!(to.name(), Some(letter.to.name.as_str()), "{name}");
    let from = message.from().unwrap().first().unwrap();
    let network = samples::sender().network;
    assert_eq!(from.name(), Some(network.read_in(letter.to.language)), "{name}");
    for ics in &rendered.ics {
        let calendars = message.parts.iter().filter_map(|part| part.text_contents());
        let calendars = calendars.filter(|text| text.starts_with("BEGIN:VCALENDAR"));
        assert_eq!(calendars.map(lines).collect::<Vec<_>>(), [lines(ics), lines(ics)]);
    }
}

#[test]
fn letters_arrive_word_for_word_through_a_real_mail_server() {
    let Some(server) = MailServer::start() else { return };
    let network = tempfile::tempdir().unwrap();
    let root = network.path();

    write_network(root, &server, "wrong", true);
    let refused = mithaq(root, &["go-live"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("535"), "{}", said(&refused));
    write_network(root, &server, PASSWORD, false);
    let unknown = mithaq(root, &["go-live"]);
    assert_eq!(
        unknown.status.code(),
        Some(2),
        "an unknown authority: {}",
        said(&unknown)
    );

    write_network(root, &server, PASSWORD, true);
    let live = mithaq(root, &["go-live"]);
    assert_eq!(live.status.code(), Some(0), "{}", said(&live));
    for language in [Language::English, Language::Arabic] {
        let sent = letters(language);
        post(root, &sent);
        let scan = mithaq(root, &["scan"]);
        assert_eq!(scan.status.code(), Some(0), "{}", said(&scan));
        let messages = mailbox_of(&server, user(language), sent.len());
        assert_eq!(messages.len(), sent.len(), "nobody gets a letter twice");
        let parsed: Vec<Message<'_>> = messages
            .iter()
            .map(|message| MessageParser::default().parse(message).unwrap())
            .collect();
        for (name, letter, rendered) in &sent {
            let id = rendered.message_id.trim_matches(['<', '>']);
            let found = parsed.iter().find(|message| message.message_id() == Some(id));
            check_arrived(name, letter, rendered, found.expect(name));
        }
    }
    let queue = mithaq(root, &["mail", "queue", "--all", "--format", "json"]);
    let queue: Json = serde_json::from_slice(&queue.stdout).unwrap();
    for row in queue["letters"].as_array().unwrap() {
        assert_eq!(row["state"], "sent", "{row}");
        assert!(row["reply"].as_str().unwrap().contains("queued as"), "{row}");
    }
}

#[test]
fn a_test_letter_proves_the_way_and_says_why_it_fails() {
    let Some(server) = MailServer::start() else { return };
    let network = tempfile::tempdir().unwrap();
    let root = network.path();
    let test = ["mail", "test", "--to", "rana-ar@mail.test", "--language", "ar"];

    write_network(root, &server, "wrong", true);
    let refused = mithaq(root, &test);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("535") && !said(&refused).contains("wrong"));

    write_network(root, &server, PASSWORD, true);
    let sent = mithaq(root, &test);
    assert_eq!(sent.status.code(), Some(0), "{}", said(&sent));
    let messages = mailbox_of(&server, "rana-ar", 1);
    let message = MessageParser::default().parse(&messages[0]).unwrap();
    assert_eq!(message.subject(), Some("رسالة تجريبية — تحالف شركاء شارك"));
    let text = message.body_text(0).unwrap();
    assert!(text.starts_with("رسائل ميثاق تصل إليكم."), "{text}");
}

/// A network of one organization whose secretary has a mailbox on the server.
fn add_organization(root: &Path) {
    let organization = root.join("organizations/amal");
    std::fs::create_dir_all(organization.join("papers")).unwrap();
    let register = "name = { en = \"Amal Association\", ar = \"جمعية الأمل\" }\n\
                    type = \"association\"\njoined = 2026-01-01\n\
                    [[people]]\nname = \"رنا حداد\"\nrole = \"secretary\"\n\
                    email = \"rana-ar@mail.test\"\nlanguage = \"ar\"\n";
    std::fs::write(organization.join("organization.toml"), register).unwrap();
    std::fs::write(root.join("rules/board.rules"), "board meets quarterly\n").unwrap();
    let minutes = "محضر اجتماع مجلس الإدارة\nعُقد الاجتماع بتاريخ 14 آذار 2026\n";
    std::fs::write(organization.join("papers/محضر.txt"), minutes).unwrap();
}

#[test]
fn the_daemon_of_a_live_network_sends_what_it_writes() {
    let Some(server) = MailServer::start() else { return };
    let network = tempfile::tempdir().unwrap();
    let root = network.path();
    write_network(root, &server, PASSWORD, true);
    add_organization(root);
    assert_eq!(mithaq(root, &["go-live"]).status.code(), Some(0));
    let mut daemon = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(["daemon", "--quiet", "--network"])
        .arg(root)
        .env("MITHAQ_NOW", "2026-11-21T08:00:00Z")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let messages = mailbox_of(&server, "rana-ar", 1);
    let stop = Command::new("kill").args(["-TERM", &daemon.id().to_string()]).status();
    assert!(stop.unwrap().success());
    assert_eq!(daemon.wait().unwrap().code(), Some(0));
    let message = MessageParser::default().parse(&messages[0]).unwrap();
    assert_eq!(message.subject(), Some("أين أنتم الآن — جمعية الأمل"));
    assert!(!root.join("outbox").exists(), "a live network writes no files");
}

/// The network's folder, as the user that the mail server runs commands as may use it.
fn hand_over(root: &Path) {
    let chown = Command::new("chown").args(["-R", "nobody"]).arg(root).status();
    assert!(chown.unwrap().success());
}

/// A reply that a person's mail program hands to the same server.
fn reply(root: &Path, server: &MailServer, letter: &Message<'_>, words: &str) {
    let raw = |name: &str| {
        let header = letter.headers_raw().find(|(is, _)| is.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.trim().to_owned()).unwrap()
    };
    let to = raw("Reply-To");
    let text = format!(
        "From: Rana <rana@mail.test>\r\nTo: {to}\r\nSubject: Re: x\r\n\
         Message-ID: <one@mail.test>\r\nIn-Reply-To: {}\r\n\r\n{words}\r\n",
        raw("Message-ID")
    );
    let ca = std::fs::read(server.folder.path().join("ca.pem")).unwrap();
    let sender = mithaq::shell::smtp::Server {
        host: "localhost".to_owned(),
        port: server.smtp,
        hello: "mail.test".to_owned(),
        from: "rana@mail.test".to_owned(),
        returns: None,
        user: Some("mithaq".to_owned()),
        password: Some(PASSWORD.to_owned()),
        ca: Some(ca),
        limits: mithaq::shell::smtp::Limits::all(Duration::from_secs(10)),
    };
    let fate =
        mithaq::shell::smtp::send(&sender, &to, text.as_bytes(), || Ok(())).unwrap();
    assert!(matches!(fate, mithaq::shell::smtp::Fate::Accepted { .. }), "{fate:?}");
    hand_over(root);
}

/// What of the answers on record has a decision, once it is there.
fn answered(root: &Path, server: &MailServer, decision: &str) -> Json {
    for _ in 0..150 {
        let listed = mithaq(root, &["mail", "answers", "--all", "--format", "json"]);
        let json: Json = serde_json::from_slice(&listed.stdout).unwrap();
        let mut all = json["answers"].as_array().unwrap().clone().into_iter();
        if let Some(found) = all.find(|one| one["decision"] == decision) {
            return found;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let log = std::fs::read_to_string(server.folder.path().join("postfix.log"));
    panic!("no {decision}: {}", log.unwrap_or_default());
}

#[test]
fn replies_and_bounces_come_back_through_a_real_mail_server() {
    let network = tempfile::tempdir().unwrap();
    let root = network.path();
    let command = format!(
        "{} --network {} --now 2026-11-21T08:00:00Z mail receive",
        env!("CARGO_BIN_EXE_mithaq"),
        root.display()
    );
    let Some(server) = MailServer::start_with("ANSWERS", &command) else { return };
    write_network(root, &server, PASSWORD, true);
    let settings = std::fs::read_to_string(root.join("mithaq.toml")).unwrap();
    let settings = settings.replace("[smtp]", "replies = \"answers@mail.test\"\n[smtp]")
        + "[officer]\nname = \"Salma\"\nemail = \"rana-ar@mail.test\"\nlanguage = \"ar\"\n";
    std::fs::write(root.join("mithaq.toml"), settings).unwrap();
    std::fs::write(root.join("rules/board.rules"), "board meets quarterly\n").unwrap();
    for (id, address) in [("amal", "rana@mail.test"), ("nour", "gone@mail.test")] {
        let folder = root.join("organizations").join(id);
        std::fs::create_dir_all(folder.join("papers")).unwrap();
        let register = format!(
            "name = {{ en = \"{id}\", ar = \"{id}\" }}\njoined = 2026-01-01\n[[people]]\n\
             name = \"Rana\"\nrole = \"secretary\"\nemail = \"{address}\"\nlanguage = \"en\"\n"
        );
        std::fs::write(folder.join("organization.toml"), register).unwrap();
    }
    assert_eq!(mithaq(root, &["go-live"]).status.code(), Some(0));
    mithaq(root, &["scan"]);
    hand_over(root);
    // The server takes the letter to somebody who is gone, and sends a report of its own.
    let bounce = answered(root, &server, "returned");
    assert_eq!(bounce["organization"], "nour", "{bounce}");
    assert!(bounce["said"].as_str().unwrap().starts_with("5.1.1"), "{bounce}");
    let letters = mailbox_of(&server, "rana", 1);
    let letter = MessageParser::default().parse(&letters[0]).unwrap();
    reply(root, &server, &letter, "Wrong, we have met.");
    let answer = answered(root, &server, "correction");
    assert_eq!(answer["from"], "rana@mail.test");
    assert_eq!(answer["open"], true);
    mithaq(root, &["scan"]);
    let officer = mailbox_of(&server, "rana-ar", 2);
    let parsed: Vec<Message<'_>> = officer
        .iter()
        .map(|message| MessageParser::default().parse(message).unwrap())
        .collect();
    let mut subjects: Vec<&str> =
        parsed.iter().map(|one| one.subject().unwrap()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, ["رد من amal", "رسائل لا تصل إلى nour"]);
    let understood = mailbox_of(&server, "rana", 2);
    let understood = MessageParser::default().parse(&understood[1]).unwrap();
    assert!(understood.body_text(0).unwrap().contains("Wrong, we have met."));
}
