//! The outbox against a server that misbehaves in every phase: what was lost, what was sent
//! twice, and what the rows say afterwards.

use crate::letters::samples;
use mithaq::finding::{Closed, Finding, FindingKey, Resolution};
use mithaq::letters::{Letter, render};
use mithaq::shell::clock::Clock;
use mithaq::shell::outbox::delivery::{Channel, Delivered, deliver, file_name};
use mithaq::shell::outbox::way::{Hand, Way};
use mithaq::shell::outbox::{self, Row, State};
use mithaq::shell::smtp::{self, Fate, Limits, Server};
use mithaq::shell::store::judgement;
use mithaq::shell::store::letter::{self, Waiting};
use mithaq::shell::store::writer::{self, Writer};
use mithaq::shell::store::{self};
use mithaq::text::Language;
use proptest::prelude::*;
use scripted::{Act, GOOD, Script, serve};
use std::ops::Add;
use std::time::{Duration, Instant};

pub(crate) mod scripted;

/// What a server may do next, good days among the bad ones.
fn any_script() -> impl Strategy<Value = Script> {
    let act = prop_oneof![
        Just(Act::Drop),
        Just(Act::Say("451 later")),
        Just(Act::Say("nonsense")),
        Just(Act::Say("550 never")),
    ];
    (0..8u8, act).prop_map(|(phase, act)| match phase {
        0 => Script { greeting: act, ..GOOD },
        1 => Script { ehlo: act, ..GOOD },
        2 => Script { mail: act, ..GOOD },
        3 => Script { rcpt: act, ..GOOD },
        4 => Script { data: act, ..GOOD },
        5 => Script { dot: act, ..GOOD },
        _ => GOOD,
    })
}

const NOON: &str = "2026-11-21T12:00:00Z";

fn memory() -> Writer {
    writer::start(store::open_in_memory().unwrap()).0
}

fn clock(text: &str) -> Clock {
    Clock::set_to(text).unwrap()
}

fn later(seconds: i64) -> Clock {
    clock(&mithaq::shell::clock::iso(clock(NOON).now() + seconds))
}

/// Puts the letters into the outbox at noon.
fn post(writer: &Writer, letters: Vec<Letter>) {
    for letter in letters {
        let rendered = render(&letter, &samples::sender(), samples::NOW).unwrap();
        let now = clock(NOON).now();
        let waiting = Waiting::new(&letter, rendered);
        let put = move |connection: &rusqlite::Connection| {
            letter::enqueue(connection, &waiting, now)
        };
        assert!(writer.write(put).unwrap());
    }
}

fn one_letter() -> Vec<Letter> {
    vec![samples::every_kind(Language::Arabic).remove(2).1]
}

fn rows(writer: &Writer) -> Vec<Row> {
    writer.write(|connection| outbox::queue(connection, true)).unwrap()
}

fn way(port: u16) -> Way {
    Way::Smtp(Box::new(Server {
        host: "127.0.0.1".to_owned(),
        port,
        hello: "mithaq.example.org".to_owned(),
        from: "governance@sharek.example.org".to_owned(),
        returns: None,
        user: None,
        password: None,
        ca: None,
        limits: Limits::all(Duration::from_millis(300)),
    }))
}

fn pass(writer: &Writer, way: &Way, channel: &mut Channel, clock: Clock) -> Delivered {
    deliver(writer, way, channel, clock, |_, _| Ok(true)).unwrap()
}

/// One letter, one attempt: the row's state, what it was told, and whether it was taken.
#[track_caller]
fn check(script: Script, state: State, attempts: u32, paused: bool) {
    let started = Instant::now();
    let server = serve(vec![script]);
    let writer = memory();
    post(&writer, one_letter());
    let mut channel = Channel::default();
    pass(&writer, &way(server.port), &mut channel, clock(NOON));
    let row = rows(&writer).remove(0);
    assert_eq!((row.state, row.attempts), (state, attempts), "{script:?}: {}", row.reply);
    assert_eq!(channel.faults > 0, paused, "{script:?}: {channel:?}");
    assert!(started.elapsed() < Duration::from_secs(5), "{script:?} held us up");
}

#[test]
fn a_taken_letter_is_sent_once_and_arrives_byte_for_byte() {
    let server = serve(vec![GOOD]);
    let writer = memory();
    post(&writer, one_letter());
    let raw = writer.write(|connection| outbox::raw(connection, 1)).unwrap().unwrap();
    let (way, mut channel) = (way(server.port), Channel::default());
    let delivered = pass(&writer, &way, &mut channel, clock(NOON));
    assert_eq!(delivered, Delivered { sent: 1, ..Delivered::default() });
    let row = rows(&writer).remove(0);
    assert_eq!(row.state, State::Sent);
    assert!(row.reply.contains("queued as 4711"), "{}", row.reply);
    assert_eq!(*server.taken.lock().unwrap(), vec![raw]);
    assert_eq!(pass(&writer, &way, &mut channel, later(99)), Delivered::default());
}

#[test]
fn faults_before_the_envelope_are_the_channels() {
    for act in [
        Act::Hang,
        Act::Drop,
        Act::Say("554 go away"),
        Act::Say("???"),
        Act::Say("421 later"),
    ] {
        check(Script { greeting: act, ..GOOD }, State::Pending, 0, true);
        check(Script { ehlo: act, ..GOOD }, State::Pending, 0, true);
    }
}

#[test]
fn a_refused_sender_is_the_channels_fault_too() {
    check(Script { mail: Act::Say("550 not from you"), ..GOOD }, State::Pending, 0, true);
}

#[test]
fn faults_before_the_dot_are_safe_to_repeat() {
    for act in [Act::Hang, Act::Drop, Act::Say("451 greylisted"), Act::Say("gibberish")] {
        check(Script { mail: act, ..GOOD }, State::Pending, 1, false);
        check(Script { rcpt: act, ..GOOD }, State::Pending, 1, false);
        check(Script { data: act, ..GOOD }, State::Pending, 1, false);
    }
    check(Script { mail: Act::Say("354 what"), ..GOOD }, State::Pending, 1, false);
    check(Script { data: Act::Say("250 what"), ..GOOD }, State::Pending, 1, false);
    check(Script { cut_after: Some(100), ..GOOD }, State::Uncertain, 0, false);
}

/// A message that the line cannot swallow at once: its dot was certainly not sent.
#[test]
fn a_line_that_breaks_within_the_message_leaves_no_doubt() {
    let message = "x".repeat(70).add("\r\n").repeat(300_000);
    for act in [Some(100), None] {
        let data = if act.is_none() { Act::Hang } else { GOOD.data };
        let server = serve(vec![Script { cut_after: act, data, ..GOOD }]);
        let Way::Smtp(settings) = way(server.port) else { unreachable!() };
        let fate =
            smtp::send(&settings, "rana@amal.example.org", message.as_bytes(), || Ok(()));
        assert!(matches!(fate, Ok(Fate::Later { .. })), "{fate:?}");
    }
}

#[test]
fn what_the_server_will_never_take_is_failed() {
    let never = Act::Say("550 5.1.1 no such user");
    check(Script { rcpt: never, ..GOOD }, State::Failed, 0, false);
    check(Script { data: never, ..GOOD }, State::Failed, 0, false);
    check(Script { dot: Act::Say("554 5.7.1 spam"), ..GOOD }, State::Failed, 0, false);
}

#[test]
fn after_the_dot_only_a_believable_answer_counts() {
    check(Script { dot: Act::Say("452 full"), ..GOOD }, State::Pending, 1, false);
    for act in [Act::Hang, Act::Drop, Act::Say("gibberish"), Act::Say("354 once more")] {
        check(Script { dot: act, ..GOOD }, State::Uncertain, 0, false);
    }
}

#[test]
fn an_uncertain_letter_is_sent_once_more_with_the_same_bytes_and_no_more() {
    let silent = Script { dot: Act::Drop, ..GOOD };
    let server = serve(vec![silent, silent, GOOD]);
    let writer = memory();
    post(&writer, one_letter());
    let (way, mut channel) = (way(server.port), Channel::default());
    pass(&writer, &way, &mut channel, clock(NOON));
    assert_eq!(pass(&writer, &way, &mut channel, later(600)), Delivered::default());
    pass(&writer, &way, &mut channel, later(901));
    assert_eq!(rows(&writer)[0].state, State::Uncertain);
    pass(&writer, &way, &mut channel, later(1900));
    assert_eq!(rows(&writer)[0].state, State::Held);
    let taken = server.taken.lock().unwrap();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0], taken[1]);
}

#[test]
fn a_digest_is_never_repeated_on_a_guess() {
    let server = serve(vec![Script { dot: Act::Hang, ..GOOD }]);
    let writer = memory();
    let digests = samples::every_kind(Language::English);
    let digest = digests.into_iter().filter(|(name, _)| *name == "digest");
    post(&writer, digest.map(|(_, letter)| letter).collect());
    let (way, mut channel) = (way(server.port), Channel::default());
    pass(&writer, &way, &mut channel, clock(NOON));
    pass(&writer, &way, &mut channel, later(901));
    assert_eq!(rows(&writer)[0].state, State::Held);
    assert_eq!(server.taken.lock().unwrap().len(), 1);
}

#[test]
fn a_server_that_is_down_loses_nothing_and_gets_no_storm() {
    let writer = memory();
    let kinds = samples::every_kind(Language::English).into_iter().take(20);
    post(&writer, kinds.map(|(_, letter)| letter).collect());
    let number = rows(&writer).len();
    // Nobody listens on a port that was just given back.
    let closed =
        std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut channel = Channel::default();
    for hour in 0..24 {
        pass(&writer, &way(closed.port()), &mut channel, later(hour * 3600));
    }
    assert!(
        rows(&writer).iter().all(|row| row.attempts == 0 && row.state == State::Pending)
    );
    assert_eq!(channel.failing_since, Some(clock(NOON).now()));
    let server = serve(vec![GOOD]);
    let delivered = pass(&writer, &way(server.port), &mut channel, later(90_000));
    assert_eq!(usize::try_from(delivered.sent).unwrap(), number);
    assert_eq!(channel, Channel::default());
    let order: Vec<i64> = rows(&writer).iter().map(|row| row.id).collect();
    assert!(order.is_sorted());
}

#[test]
fn a_paused_channel_is_left_alone_until_its_time() {
    let server = serve(vec![Script { greeting: Act::Say("421 busy"), ..GOOD }, GOOD]);
    let writer = memory();
    post(&writer, one_letter());
    let (way, mut channel) = (way(server.port), Channel::default());
    pass(&writer, &way, &mut channel, clock(NOON));
    assert_eq!(pass(&writer, &way, &mut channel, later(100)), Delivered::default());
    assert_eq!(pass(&writer, &way, &mut channel, later(400)).sent, 1);
}

#[test]
fn a_letter_waits_for_the_earlier_ones_to_the_same_person() {
    let grey = Script { rcpt: Act::Say("451 greylisted"), ..GOOD };
    let server = serve(vec![grey, GOOD]);
    let writer = memory();
    let kinds = samples::every_kind(Language::English);
    post(&writer, kinds.into_iter().take(3).map(|(_, letter)| letter).collect());
    let (way, mut channel) = (way(server.port), Channel::default());
    let first = pass(&writer, &way, &mut channel, clock(NOON));
    assert_eq!(first, Delivered { later: 1, ..Delivered::default() });
    assert_eq!(pass(&writer, &way, &mut channel, later(400)).sent, 3);
}

#[test]
fn what_is_no_longer_true_is_dropped() {
    let writer = memory();
    post(&writer, one_letter());
    let server = serve(vec![GOOD]);
    let mut channel = Channel::default();
    let at = clock(NOON);
    let delivered =
        deliver(&writer, &way(server.port), &mut channel, at, |_, _| Ok(false)).unwrap();
    assert_eq!(delivered.dropped, 1);
    assert_eq!(rows(&writer)[0].state, State::Dropped);
    assert!(server.taken.lock().unwrap().is_empty());
}

/// A finding that closed while the server was away is not told, and neither is its end.
#[test]
fn a_matter_that_came_and_went_unseen_is_not_told() {
    let writer = memory();
    let key = FindingKey {
        organization: "amal".to_owned(),
        rulebook: "sharek".to_owned(),
        rule: "BRD-1".to_owned(),
        slot: samples::day("2026-07-01"),
    };
    let letters = samples::every_kind(Language::Arabic).into_iter();
    let about = letters.filter(|(name, _)| ["finding", "resolved"].contains(name));
    let about = about.zip(1..).map(|((_, mut letter), version)| {
        letter.subject_key = format!("{}.v{version}", key.short());
        letter
    });
    post(&writer, about.collect());
    let finding = Finding {
        key: key.clone(),
        version: 2,
        slot_to: samples::day("2026-09-30"),
        due: samples::day("2026-09-30"),
        state: mithaq::verdict::State::Met,
        opened: samples::day("2026-10-15"),
        closed: Some(Closed { on: samples::day("2026-10-16"), how: Resolution::Met }),
    };
    let kept = writer.write(move |connection| {
        judgement::keep_finding(connection, &finding, (0, None))
    });
    assert_eq!(kept, Ok(()));
    let server = serve(vec![GOOD]);
    let (way, mut channel) = (way(server.port), Channel::default());
    let delivered = deliver(&writer, &way, &mut channel, clock(NOON), outbox::still_true);
    assert_eq!(delivered, Ok(Delivered { dropped: 2, ..Delivered::default() }));
}

#[test]
fn an_organization_gets_at_most_so_many_letters_an_hour() {
    let server = serve(vec![GOOD]);
    let writer = memory();
    let number = mithaq::limits::LETTERS_PER_HOUR_MAX + 1;
    let body = || samples::every_kind(Language::English).remove(13).1.body;
    let letters = (0..number)
        .map(|day| samples::letter(Language::English, "mail", &day.to_string(), body()));
    post(&writer, letters.collect());
    let delivered =
        pass(&writer, &way(server.port), &mut Channel::default(), clock(NOON));
    assert_eq!((delivered.sent, delivered.held), (number - 1, 1));
}

#[test]
fn the_same_letter_is_not_written_twice() {
    let writer = memory();
    post(&writer, one_letter());
    let letter = one_letter().remove(0);
    let rendered = render(&letter, &samples::sender(), samples::NOW + 5).unwrap();
    let waiting = Waiting::new(&letter, rendered);
    let again = writer.write(move |connection| letter::enqueue(connection, &waiting, 9));
    assert_eq!(again, Ok(false));
    assert_eq!(rows(&writer).len(), 1);
}

#[test]
fn after_a_crash_only_letters_past_their_dot_are_in_doubt() {
    let writer = memory();
    let kinds = samples::every_kind(Language::English);
    post(&writer, kinds.into_iter().take(3).map(|(_, letter)| letter).collect());
    let crashed = writer.write(|connection| {
        connection.execute("UPDATE outbox SET state = 'sending' WHERE id = 1", [])?;
        connection.execute("UPDATE outbox SET state = 'final_dot' WHERE id = 2", [])?;
        outbox::recover(connection, 1000)
    });
    assert_eq!(crashed, Ok(()));
    let states: Vec<State> = rows(&writer).iter().map(|row| row.state).collect();
    assert_eq!(states, [State::Pending, State::Uncertain, State::Pending]);
}

#[test]
fn without_a_server_letters_become_files_and_a_repeat_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let outbox_folder = folder.path().join("outbox");
    let writer = memory();
    let kinds = samples::every_kind(Language::Arabic);
    post(&writer, kinds.into_iter().map(|(_, letter)| letter).collect());
    let way = Way::Folder(outbox_folder.clone());
    let listing = || {
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&outbox_folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                (name, std::fs::read(path).unwrap())
            })
            .collect();
        files.sort();
        files
    };
    pass(&writer, &way, &mut Channel::default(), clock(NOON));
    let first = listing();
    assert_eq!(first.len(), rows(&writer).len());
    assert_eq!(first[2].0, "0003-finding-amal.eml");
    assert_eq!(first[2].0, file_name(&rows(&writer)[2]));
    // As a stop between the file and its row would leave it.
    let undone = writer.write(|connection| {
        connection.execute("UPDATE outbox SET state = 'pending' WHERE id > 5", [])?;
        Ok(())
    });
    assert_eq!(undone, Ok(()));
    pass(&writer, &way, &mut Channel::default(), later(5));
    assert_eq!(listing(), first);
    assert!(rows(&writer).iter().all(|row| row.state == State::Written));
}

#[test]
fn waiting_grows_to_an_hour_and_ends_after_five_days() {
    let grey = Script { rcpt: Act::Say("451 greylisted"), ..GOOD };
    let server = serve(vec![grey]);
    let writer = memory();
    post(&writer, one_letter());
    let (way, mut channel) = (way(server.port), Channel::default());
    let mut at = clock(NOON);
    let mut waits = Vec::new();
    while rows(&writer)[0].state == State::Pending {
        pass(&writer, &way, &mut channel, at);
        let next = rows(&writer)[0].next_at;
        waits.push(next - at.now());
        at = clock(&mithaq::shell::clock::iso(next));
    }
    assert_eq!(rows(&writer)[0].state, State::Failed);
    assert!(waits[0] >= 240 && waits[0] <= 360, "{}", waits[0]);
    assert!(waits.iter().all(|wait| *wait <= 4800));
    assert!((80..180).contains(&waits.len()), "{} attempts", waits.len());
}

#[test]
fn a_person_can_have_a_letter_sent_again() {
    let server = serve(vec![GOOD]);
    let writer = memory();
    post(&writer, one_letter());
    let (way, mut channel) = (way(server.port), Channel::default());
    pass(&writer, &way, &mut channel, clock(NOON));
    let now = later(60).now();
    let asked = writer.write(move |connection| outbox::resend(connection, 1, now));
    assert_eq!(asked, Ok(true));
    let missing = writer.write(move |connection| outbox::resend(connection, 9, now));
    assert_eq!(missing, Ok(false));
    pass(&writer, &way, &mut channel, later(60));
    assert_eq!(server.taken.lock().unwrap().len(), 2);
}

#[test]
fn a_password_never_crosses_a_line_without_tls() {
    let server = serve(vec![GOOD]);
    let writer = memory();
    post(&writer, one_letter());
    let Way::Smtp(mut settings) = way(server.port) else { unreachable!() };
    settings.user = Some("mithaq".to_owned());
    settings.password = Some("secret".to_owned());
    assert!(!format!("{settings:?}").contains("secret"));
    let mut channel = Channel::default();
    pass(&writer, &Way::Smtp(settings), &mut channel, clock(NOON));
    assert!(channel.fault.contains("STARTTLS"), "{channel:?}");
    let heard = server.heard.lock().unwrap();
    assert!(heard.iter().all(|line| !line.starts_with("AUTH")), "{heard:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Whatever the server does: a letter ends sent, failed, held or still waiting; it was
    /// taken if it is sent; it was taken twice at most, and then with the same bytes.
    #[test]
    fn no_server_can_lose_a_letter_or_double_it_unseen(
        scripts in proptest::collection::vec(any_script(), 1..6),
    ) {
        let server = serve(scripts.clone());
        let writer = memory();
        post(&writer, one_letter());
        let (way, mut channel) = (way(server.port), Channel::default());
        for hour in 0..i64::try_from(scripts.len()).unwrap() + 2 {
            pass(&writer, &way, &mut channel, later(hour * 7200));
        }
        let row = rows(&writer).remove(0);
        let taken = server.taken.lock().unwrap();
        prop_assert!(taken.len() <= 2, "{}", taken.len());
        prop_assert!(taken.windows(2).all(|pair| pair[0] == pair[1]));
        prop_assert!(row.state != State::Sent || !taken.is_empty());
        prop_assert!(!matches!(row.state, State::Sending | State::FinalDot));
        let doubled = taken.len() == 2;
        prop_assert!(!doubled || row.again, "a second copy is known as one");
    }
}

#[test]
fn whoever_is_told_to_end_sends_the_letter_under_way_and_no_other() {
    let writer = memory();
    let letters = samples::every_kind(Language::English).into_iter();
    post(&writer, letters.map(|(_, letter)| letter).take(5).collect());
    let mut channel = Channel::default();
    let end = channel.end.clone();
    let hand = move |_: &Row, _: &[u8], before_dot: &mut dyn FnMut() -> Result<(), _>| {
        before_dot()?;
        end.ask();
        Ok(Fate::Accepted { reply: "250 taken".to_owned() })
    };
    let way = Way::Hand(Hand(std::rc::Rc::new(hand)));
    let delivered = pass(&writer, &way, &mut channel, clock(NOON));
    assert_eq!(delivered, Delivered { sent: 1, ..Delivered::default() });
    let states: Vec<State> = rows(&writer).iter().map(|row| row.state).collect();
    assert_eq!(states[0], State::Sent);
    assert!(states[1..].iter().all(|state| *state == State::Pending), "{states:?}");
}
