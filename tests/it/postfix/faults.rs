//! A real Postfix that defers, refuses, greylists, is silent, drops the line and is asked to
//! take a letter while the daemon is asked to end. What was lost, and what came twice?

use super::{
    MailServer, PASSWORD, command_at, mailbox, mailbox_of, mithaq, mithaq_at, said,
    write_network,
};
use mail_parser::MessageParser;
use serde_json::Value as Json;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const MORNING: &str = "2026-11-21T08:00:00Z";
const AN_HOUR_LATER: &str = "2026-11-21T09:00:00Z";
const TWO_HOURS_LATER: &str = "2026-11-21T10:00:00Z";

/// A live network in which each of these mailboxes belongs to an organization's secretary;
/// the organizations stand in the order of their letters.
fn network(root: &Path, server: &MailServer, users: &[&str], seconds: u32) {
    write_network(root, server, PASSWORD, true);
    let settings = std::fs::read_to_string(root.join("mithaq.toml")).unwrap();
    let patience = format!("timeout_seconds = {seconds}");
    std::fs::write(
        root.join("mithaq.toml"),
        settings.replace("timeout_seconds = 20", &patience),
    )
    .unwrap();
    for (number, user) in users.iter().enumerate() {
        let folder = root.join("organizations").join(format!("{number}-{user}"));
        std::fs::create_dir_all(folder.join("papers")).unwrap();
        let register = format!(
            "name = {{ en = \"{user}\", ar = \"{user}\" }}\njoined = 2026-01-01\n[[people]]\n\
             name = \"Rana\"\nrole = \"secretary\"\nemail = \"{user}@mail.test\"\n"
        );
        std::fs::write(folder.join("organization.toml"), register).unwrap();
    }
    std::fs::write(root.join("rules/board.rules"), "board meets quarterly\n").unwrap();
    let live = mithaq(root, &["go-live"]);
    assert_eq!(live.status.code(), Some(0), "{}", said(&live));
}

/// A scan, or a delivery of what waits.
fn scan(root: &Path, now: &str) {
    let scan = mithaq_at(now, root, &["scan"]);
    assert_ne!(scan.status.code(), Some(2), "{}", said(&scan));
}

/// State, attempts and last words of the letter to somebody, as people are shown them.
fn row(root: &Path, user: &str) -> (String, u64, String) {
    let arguments = ["mail", "queue", "--all", "--format", "json"];
    let queue = mithaq_at("2026-11-21T12:00:00Z", root, &arguments);
    let queue: Json = serde_json::from_slice(&queue.stdout).unwrap();
    let all = queue["letters"].as_array().unwrap();
    let to = format!("{user}@mail.test");
    let row = all.iter().find(|one| one["to"] == to.as_str()).expect("a letter");
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    (text("state"), row["attempts"].as_u64().unwrap(), text("reply"))
}

fn state(root: &Path, user: &str) -> (String, u64) {
    let (state, attempts, _) = row(root, user);
    (state, attempts)
}

fn is(state: &str, attempts: u64) -> (String, u64) {
    (state.to_owned(), attempts)
}

/// The name of each letter in a mailbox.
fn names(server: &MailServer, user: &str) -> Vec<String> {
    let messages = mailbox(server, user);
    let name = |raw: &Vec<u8>| {
        MessageParser::default().parse(raw).unwrap().message_id().unwrap().to_owned()
    };
    messages.iter().map(name).collect()
}

/// A policy service that Postfix asks: who defers, refuses, greylists, and is slow.
struct Policy {
    port: u16,
    /// The state of the conversation and the recipient, of all that was asked.
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

/// Longer than twice the shorter patience of these tests (a phase may last two limits, as time
/// is counted anew when a block was taken), and shorter than the longer one.
const SLOW: Duration = Duration::from_secs(5);

impl Policy {
    fn serve() -> Policy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let asked = Arc::clone(&shared);
                std::thread::spawn(move || converse(&stream, &asked));
            }
        });
        Policy { port, asked }
    }

    fn server(&self) -> Option<MailServer> {
        MailServer::start_with("POLICY", &self.port.to_string())
    }

    /// Waits until it was asked about somebody in a state: Postfix waits for the answer.
    fn wait_for(&self, state: &str, user: &str) {
        let wanted = (state.to_owned(), user.to_owned());
        for _ in 0..1500 {
            if self.asked.lock().unwrap().contains(&wanted) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("nobody asked for {wanted:?}: {:?}", self.asked.lock().unwrap());
    }
}

fn converse(mut stream: &TcpStream, asked: &Mutex<Vec<(String, String)>>) {
    let (mut state, mut user) = (String::new(), String::new());
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if let Some(value) = line.strip_prefix("protocol_state=") {
            value.clone_into(&mut state);
        }
        if let Some(value) = line.strip_prefix("recipient=") {
            user = value.trim_end_matches("@mail.test").to_owned();
        }
        if !line.is_empty() {
            continue;
        }
        let question = (std::mem::take(&mut state), std::mem::take(&mut user));
        let known = asked.lock().unwrap().contains(&question);
        asked.lock().unwrap().push(question.clone());
        let action = match (question.0.as_str(), question.1.as_str()) {
            ("RCPT", "defer") => "450 4.2.0 come back later",
            ("RCPT", "never") => "550 5.1.1 no such mailbox",
            ("RCPT", "grey") if !known => "defer greylisted",
            ("RCPT", "slow-to-accept") | ("END-OF-MESSAGE", "slow") => {
                std::thread::sleep(SLOW);
                "dunno"
            }
            _ => "dunno",
        };
        if stream.write_all(format!("action={action}\n\n").as_bytes()).is_err() {
            return;
        }
    }
}

#[test]
fn each_mood_of_a_mail_server_costs_nobody_else_a_letter() {
    let Some(server) = Policy::serve().server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    // The last is silent for longer than our patience, before and after the dot.
    let users = ["defer", "never", "grey", "slow-to-accept", "slow", "rana"];
    network(root, &server, &users, 2);
    scan(root, MORNING);
    assert_eq!(state(root, "rana"), is("sent", 0), "whoever else is in a mood");
    assert_eq!(mailbox_of(&server, "rana", 1).len(), 1);
    assert_eq!(state(root, "defer"), is("pending", 1));
    assert!(row(root, "defer").2.contains("come back later"));
    assert_eq!(state(root, "never"), is("failed", 0));
    assert!(row(root, "never").2.contains("no such mailbox"));
    assert_eq!(state(root, "grey"), is("pending", 1));
    assert!(row(root, "grey").2.contains("greylisted"));
    assert_eq!(state(root, "slow-to-accept"), is("pending", 1));
    assert_eq!(state(root, "slow"), is("uncertain", 0), "{:?}", row(root, "slow"));
    // Postfix took what it was slow to answer for, and we could not know.
    assert_eq!(mailbox_of(&server, "slow", 1).len(), 1);

    scan(root, AN_HOUR_LATER);
    assert_eq!(state(root, "grey"), is("sent", 1));
    assert_eq!(mailbox_of(&server, "grey", 1).len(), 1);
    assert_eq!(state(root, "defer"), is("pending", 2), "it is tried for five days");
    assert_eq!(state(root, "never"), is("failed", 0), "it is not tried again");
    assert_eq!(state(root, "slow-to-accept"), is("pending", 2));
    assert!(names(&server, "slow-to-accept").is_empty());
    // The one case that SMTP cannot rule out: twice, under one name, and on record.
    let copies = mailbox_of(&server, "slow", 2);
    let names = names(&server, "slow");
    assert_eq!(names[0], names[1]);
    let body = |raw: &Vec<u8>| {
        let at = raw.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        raw[at..].to_vec()
    };
    assert_eq!(body(&copies[0]), body(&copies[1]), "the same bytes");
    let twice = "SELECT count(*) FROM ledger WHERE kind = 'letter'
                 AND json_extract(detail, '$.possible_duplicate') = 1";
    let store = rusqlite::Connection::open(root.join(".mithaq/store.sqlite")).unwrap();
    assert_eq!(store.query_row(twice, [], |row| row.get(0)), Ok(1));
    // It is not sent a third time: a person looks.
    scan(root, TWO_HOURS_LATER);
    assert_eq!(state(root, "slow"), is("held", 0));
    assert_eq!(mailbox(&server, "slow").len(), 2);
    assert_eq!(mailbox(&server, "rana").len(), 1);
}

/// The state of the one letter to somebody, in the store itself.
fn stored(root: &Path, user: &str) -> Option<String> {
    let store = rusqlite::Connection::open(root.join(".mithaq/store.sqlite")).ok()?;
    store.busy_timeout(Duration::from_secs(5)).ok()?;
    let asked = "SELECT state FROM outbox WHERE recipient = ?1";
    store.query_row(asked, [format!("{user}@mail.test")], |row| row.get(0)).ok()
}

/// Kills the processes of this mail server that talk to senders.
fn drop_the_line(server: &MailServer) {
    let pid = server.folder.path().join("queue/pid/master.pid");
    let master = std::fs::read_to_string(pid).unwrap().trim().to_owned();
    let mut kill = Command::new("pkill");
    let killed = kill.args(["-KILL", "-P", &master, "-x", "smtpd"]).status().unwrap();
    assert!(killed.success(), "nobody talks to us");
}

fn spawn(root: &Path, arguments: &[&str]) -> Child {
    let mut command = command_at(MORNING, root, arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_line_that_drops_loses_nothing_and_doubles_nothing() {
    let policy = Policy::serve();
    let Some(server) = policy.server() else { return };
    for (user, phase, after) in
        [("slow-to-accept", "RCPT", "pending"), ("slow", "END-OF-MESSAGE", "uncertain")]
    {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        network(root, &server, &[user], 20);
        let mut scan_under_way = spawn(root, &["scan"]);
        policy.wait_for(phase, user);
        drop_the_line(&server);
        scan_under_way.wait().unwrap();
        assert_eq!(state(root, user).0, after, "{:?}", row(root, user));
        scan(root, AN_HOUR_LATER);
        assert_eq!(state(root, user).0, "sent", "{:?}", row(root, user));
        assert_eq!(mailbox_of(&server, user, 1).len(), 1, "once");
    }
}

/// Asked to end while a letter is between its dot and the answer, the daemon waits for the
/// answer; what it has not begun waits for the next start.
#[test]
fn a_daemon_that_is_asked_to_end_while_sending_loses_and_doubles_nothing() {
    let policy = Policy::serve();
    let Some(server) = policy.server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    network(root, &server, &["slow", "rana"], 20);
    let mut daemon = spawn(root, &["daemon", "--quiet"]);
    policy.wait_for("END-OF-MESSAGE", "slow");
    let asked = std::time::Instant::now();
    let pid = daemon.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(daemon.wait().unwrap().code(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(45), "it ends in time");
    assert_eq!(stored(root, "slow").as_deref(), Some("sent"));
    assert_eq!(stored(root, "rana").as_deref(), Some("pending"), "it was not begun");
    scan(root, AN_HOUR_LATER);
    for user in ["slow", "rana"] {
        assert_eq!(mailbox_of(&server, user, 1).len(), 1, "{user} has it once");
    }
}
