//! Letters: the whole text of every kind in both languages, and what hostile names cannot do.
//! `BLESS=1` rewrites the golden files; `git diff` is the review.

use mail_parser::{HeaderName, MessageParser, MimeHeaders};
use mithaq::letters::body::{Body, HostFault, HostHealth};
use mithaq::letters::header::HeaderText;
use mithaq::letters::{Letter, Rendered, Unsendable, render, timing};
use mithaq::text::{Language, is_arabic_letter};
use proptest::prelude::*;
use samples::{NOW, every_kind, sender};
use std::path::PathBuf;

mod foreign;
pub(crate) mod samples;

const LANGUAGES: [Language; 2] = [Language::English, Language::Arabic];

fn rendered(letter: &Letter) -> Rendered {
    render(letter, &sender(), NOW).unwrap()
}

fn check_golden(name: &str, actual: &str) {
    let path = PathBuf::from("fixtures/letters").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(expected, actual, "{} differs; BLESS=1 rewrites it", path.display());
}

#[test]
fn every_kind_reads_as_its_golden_files() {
    for language in LANGUAGES {
        for (name, letter) in every_kind(language) {
            let rendered = rendered(&letter);
            let stem = format!("{name}.{}", language.code());
            let text = format!("Subject: {}\n\n{}", rendered.subject, rendered.text);
            check_golden(&format!("{stem}.txt"), &text);
            check_golden(&format!("{stem}.html"), &rendered.html);
            assert!(rendered.ics.len() <= 1, "{name}");
            for ics in rendered.ics {
                check_golden(&format!("{stem}.ics"), &ics.replace("\r\n", "\n"));
            }
        }
    }
}

#[test]
fn a_letter_renders_to_the_same_bytes_each_time() {
    for language in LANGUAGES {
        for (name, letter) in every_kind(language) {
            assert_eq!(rendered(&letter), rendered(&letter), "{name}");
        }
    }
}

#[test]
fn messages_parse_back_to_what_was_written() {
    for language in LANGUAGES {
        for (name, letter) in every_kind(language) {
            let rendered = rendered(&letter);
            assert!(rendered.eml.is_ascii(), "{name} needs no 8BITMIME");
            assert!(rendered.eml.len() < 100_000, "{name} would be clipped");
            let message = MessageParser::default().parse(&rendered.eml).unwrap();
            assert_eq!(message.subject(), Some(rendered.subject.as_str()), "{name}");
            let to = message.to().unwrap();
            assert_eq!(to.iter().count(), 1, "{name}");
            assert_eq!(to.first().unwrap().address(), Some("rana@amal.example.org"));
            assert_eq!(to.first().unwrap().name(), Some(letter.to.name.as_str()));
            assert_eq!(message.date().unwrap().to_timestamp(), NOW);
            let id = message.message_id().unwrap();
            assert_eq!(format!("<{id}>"), rendered.message_id, "{name}");
            let text = message.body_text(0).unwrap().replace("\r\n", "\n");
            assert_eq!(text.trim_end(), rendered.text.trim_end(), "{name}");
            let html = message.body_html(0).unwrap().replace("\r\n", "\n");
            assert_eq!(html.trim_end(), rendered.html.trim_end(), "{name}");
        }
    }
}

/// The headers of every kind, exactly: none is missing and none slipped in.
#[test]
fn messages_have_the_headers_they_should() {
    let expected = [
        "From",
        "Reply-To",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "List-Id",
        "X-Mithaq-Kind",
        "X-Mithaq-Reason",
        "List-Unsubscribe",
        "Auto-Submitted",
        "Content-Language",
        "MIME-Version",
        "Content-Type",
    ];
    let optional = ["In-Reply-To", "References", "X-Mithaq-Severity"];
    for language in LANGUAGES {
        for (name, letter) in every_kind(language) {
            let rendered = rendered(&letter);
            let message = MessageParser::default().parse(&rendered.eml).unwrap();
            let names: Vec<&str> =
                message.headers().iter().map(mail_parser::Header::name).collect();
            for wanted in expected {
                let found = names.iter().filter(|one| one.eq_ignore_ascii_case(wanted));
                assert_eq!(found.count(), 1, "{name}: {wanted} in {names:?}");
            }
            for one in &names {
                let known =
                    |list: &[&str]| list.iter().any(|k| k.eq_ignore_ascii_case(one));
                assert!(known(&expected) || known(&optional), "{name}: {one}");
            }
        }
    }
}

#[test]
fn letters_about_one_finding_form_a_thread() {
    for language in LANGUAGES {
        let letters = every_kind(language);
        let of = |wanted: &str| {
            let (_, letter) = letters.iter().find(|(name, _)| *name == wanted).unwrap();
            rendered(letter)
        };
        let root = of("finding").message_id;
        for name in ["resolved", "flapping"] {
            let later = of(name);
            let message = MessageParser::default().parse(&later.eml).unwrap();
            let references = message.header(HeaderName::References).unwrap();
            assert_eq!(format!("<{}>", references.as_text().unwrap()), root);
            assert!(later.subject.ends_with(&of("finding").subject), "same subject");
        }
    }
}

#[test]
fn a_due_day_comes_as_a_calendar_entry_inline_and_attached() {
    for language in LANGUAGES {
        let (_, letter) = every_kind(language)
            .into_iter()
            .find(|(name, _)| *name == "due_soon")
            .unwrap();
        let rendered = rendered(&letter);
        let [ics] = rendered.ics.as_slice() else { panic!("one entry") };
        assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{ics}");
        let message = MessageParser::default().parse(&rendered.eml).unwrap();
        let calendars: Vec<_> = message
            .parts
            .iter()
            .filter(|part| part.is_content_type("text", "calendar"))
            .collect();
        assert_eq!(calendars.len(), 2);
        for part in calendars {
            let text = part.text_contents().unwrap().replace("\r\n", "\n");
            assert_eq!(text.trim_end(), ics.replace("\r\n", "\n").trim_end());
        }
        let attached = message.attachments().find_map(|part| part.attachment_name());
        assert_eq!(attached, Some("deadline-AUD-1.ics"));
    }
}

/// Words that are no language's: codes, names of formats and of hashes.
const NO_LANGUAGE: [&str; 32] = [
    "BRD-1",
    "BRD-3",
    "AUD-1",
    "SHA-256",
    "PDF",
    "Word",
    "OpenDocument",
    "mithaq",
    "doctor",
    "ledger",
    "pdf",
    "docx",
    "xls",
    "txt",
    "html",
    "fs",
    "menu",
    "scan0003",
    "budget",
    "minutes",
    "Present",
    "Sami",
    "Nasser",
    "amal",
    "organization",
    "toml",
    "mail",
    "settle",
    "resend",
    "why",
    "correct",
    "--why",
];

#[test]
fn arabic_letters_hold_no_english() {
    for (name, letter) in every_kind(Language::Arabic) {
        let rendered = rendered(&letter);
        let first = rendered.subject.chars().next().unwrap();
        assert!(is_arabic_letter(first), "{name}: {}", rendered.subject);
        for line in rendered.text.lines() {
            let quoted = ["3 of 9", "535", "minutes-", "signed minutes", "Rana"]
                .iter()
                .any(|q| line.contains(q));
            let bare: Vec<&str> = line
                .split(|one: char| !(one.is_ascii_alphanumeric() || one == '-'))
                .filter(|word| word.chars().any(|one| one.is_ascii_alphabetic()))
                .filter(|word| !NO_LANGUAGE.contains(word))
                .filter(|word| !word.chars().all(|one| one.is_ascii_hexdigit()))
                .filter(|word| !line.contains('@') || !line.contains(&format!("{word}@")))
                .collect();
            let address = line.contains("example");
            assert!(bare.is_empty() || quoted || address, "{name}: {line}: {bare:?}");
        }
    }
}

#[test]
fn english_letters_hold_no_arabic_but_names() {
    for (name, letter) in every_kind(Language::English) {
        let rendered = rendered(&letter);
        assert!(rendered.subject.starts_with(|one: char| one.is_ascii_alphabetic()));
        let arabic: Vec<&str> = rendered
            .text
            .lines()
            .filter(|line| line.chars().any(is_arabic_letter))
            .filter(|line| {
                !["محضر", "ليلى", "المحضر"].iter().any(|own| line.contains(own))
            })
            .filter(|line| !line.contains("عقد مجلس"))
            .collect();
        assert!(arabic.is_empty(), "{name}: {arabic:?}");
    }
}

#[test]
fn html_says_its_language_and_direction_and_fetches_nothing() {
    for language in LANGUAGES {
        let dir = if language == Language::Arabic { "rtl" } else { "ltr" };
        let both = format!("lang=\"{}\" dir=\"{dir}\"", language.code());
        for (name, letter) in every_kind(language) {
            let html = rendered(&letter).html;
            assert_eq!(html.matches(&both).count(), 2, "{name}: root and wrapper");
            for remote in ["http", "src=", "url(", "<script", "<link", "@import"] {
                assert!(!html.contains(remote), "{name} holds {remote}");
            }
            let opened = html.matches("<bdi").count();
            assert_eq!(opened, html.matches("</bdi>").count(), "{name}");
            assert!(!html.contains("3 of 9 members <b>"), "{name} is not escaped");
        }
    }
}

#[test]
fn causes_of_a_delta_sum_to_what_the_letter_says() {
    let Body::IndexDelta(delta) = samples::delta(Language::English) else {
        unreachable!()
    };
    let sum: i32 = delta.causes.iter().map(|cause| cause.points).sum();
    assert_eq!(Some(sum), delta.total());
}

/// A delta whose parts do not sum says so instead of hiding it.
#[test]
fn what_the_named_causes_leave_is_told() {
    let Body::IndexDelta(mut delta) = samples::delta(Language::English) else {
        unreachable!()
    };
    delta.causes.pop();
    let letter = samples::letter(Language::English, "s", "w", Body::IndexDelta(delta));
    let text = rendered(&letter).text;
    assert!(text.contains("+0.3  all other causes together"), "{text}");
}

#[test]
fn an_address_that_is_none_is_refused_without_a_panic() {
    for address in ["", "rana", "a@b\r\nBcc: x@y.example", "a b@c.example", "@", "a@"] {
        let (_, mut letter) = every_kind(Language::English).remove(0);
        letter.to.address = address.to_owned();
        assert_eq!(
            render(&letter, &sender(), NOW),
            Err(Unsendable::Recipient),
            "{address}"
        );
    }
}

#[test]
fn header_text_is_one_visible_line() {
    let text = HeaderText::new("a\r\nBcc: x\u{202e}y\u{0}\u{2066}z\u{85}");
    assert_eq!(text.as_str(), "a Bcc: xyz");
    let long = "ق".repeat(mithaq::limits::HEADER_CHARS_MAX);
    assert_eq!(HeaderText::new(&long).as_str(), long);
    let cut = HeaderText::new(&format!("{long}ق"));
    assert_eq!(cut.as_str().chars().count(), mithaq::limits::HEADER_CHARS_MAX + 1);
    assert!(cut.as_str().ends_with('…'));
}

/// Whatever a name holds, the message keeps its headers, its one recipient and its size.
fn check_harmless(hostile: &str) {
    let hostile = || hostile.to_owned();
    for language in LANGUAGES {
        for (kind, mut letter) in every_kind(language) {
            letter.to.name = hostile();
            letter.to.organization = hostile();
            letter.to.organization_name.english = hostile();
            letter.to.organization_name.arabic = hostile();
            letter.to.role = hostile();
            match &mut letter.body {
                Body::Receipt(body) => body.items[0].file = hostile(),
                Body::Finding(body) => {
                    body.id = hostile();
                    body.rule.title = Some(hostile());
                    body.rule.remedy = Some(hostile());
                    body.evidence[0].text = hostile();
                }
                Body::DueSoon(body) => body.rule.id = hostile(),
                Body::IndexDelta(body) => {
                    for cause in &mut body.causes {
                        cause.document = Some(hostile());
                    }
                }
                _ => {}
            }
            let mut sender = sender();
            sender.network.arabic = hostile();
            sender.network.english = hostile();
            let rendered = render(&letter, &sender, NOW).unwrap();
            let message = MessageParser::default().parse(&rendered.eml).unwrap();
            assert!(message.headers().len() <= 17, "{kind}: {:?}", message.headers());
            assert!(message.header("Bcc").is_none());
            assert_eq!(message.to().unwrap().iter().count(), 1, "{kind}");
            assert!(rendered.eml.len() < 100_000, "{kind}");
            let overrides = ['\u{202e}', '\u{202d}', '\u{200f}'];
            assert!(!rendered.text.contains(overrides));
            assert!(!rendered.html.contains("<script"));
            assert!(!rendered.html.contains(overrides));
        }
    }
}

#[test]
fn hostile_names_are_harmless() {
    for hostile in [
        "a\r\nBcc: everybody@example.org\r\n\r\n<script>alert(1)</script>",
        "\u{202e}fdp.exe\u{202c}\u{2066}\u{2069}\u{2069}\u{2069}",
        "</bdi></div><script src=x></script>\"'&<!--",
        "=?utf-8?Q?=0D=0ABcc:_x@example.org?=",
        "{{ 7 * 7 }}{% raw %}",
        "BEGIN:VCALENDAR\nEND:VEVENT",
        "\u{0}\u{1}\u{7f}\u{85}\u{2028}\u{2029}\u{feff}",
        "",
        ",;:<>@[]\\\"()",
    ] {
        check_harmless(hostile);
    }
    check_harmless(&"ط".repeat(10_000));
    check_harmless(&"x ".repeat(10_000));
}

#[test]
fn a_name_is_cut_at_its_limit_and_not_before() {
    let subject = |chars: usize| {
        let (_, mut letter) = every_kind(Language::Arabic).remove(0);
        letter.to.organization_name.arabic = "ق".repeat(chars);
        rendered(&letter).text
    };
    let longest = mithaq::limits::LETTER_NAME_CHARS_MAX;
    assert!(subject(longest).contains(&format!("{}.", "ق".repeat(longest))));
    assert!(subject(longest + 1).contains(&format!("{}….", "ق".repeat(longest))));
}

/// The longest receipt there can be: names as long as a file system has them, every file
/// serving many rules. Mail programs cut at 100 KB.
#[test]
fn a_list_without_end_is_cut_and_says_so() {
    for language in LANGUAGES {
        let Body::Receipt(mut receipt) = every_kind(language).remove(0).1.body else {
            unreachable!()
        };
        let mut item = receipt.items[0].clone();
        item.file = "ط".repeat(127);
        item.serves = vec![item.serves[0].clone(); 40];
        receipt.items = vec![item; mithaq::limits::LETTER_ITEMS_MAX + 1];
        let letter = samples::letter(language, "b", "", Body::Receipt(receipt));
        let rendered = rendered(&letter);
        let last = if language == Language::Arabic {
            "ما لم يُعرض هنا"
        } else {
            "Not shown here"
        };
        assert!(rendered.text.contains(&format!("{last}: 1")));
        assert!(rendered.eml.len() < 100_000, "{}", rendered.eml.len());
    }
}

#[test]
fn every_fault_of_the_host_is_told_in_both_languages() {
    let name = samples::recipient(Language::English).organization_name;
    let folder = "/srv/papers/amal".to_owned();
    for fault in [
        HostFault::FolderUnhealthy { organization: name.clone(), folder },
        HostFault::QueueStuck { letters: 2 },
        HostFault::DiskLow { free_megabytes: 90 },
        HostFault::RulesBroken { file: "board.rules".to_owned(), errors: 3 },
        HostFault::ClockMoved,
        HostFault::HeldBack { organization: name.clone(), letters: 21 },
        HostFault::Storm { organization: name, letters: 21 },
        HostFault::Upheaval { changed: 300, verdicts: 900 },
    ] {
        for language in LANGUAGES {
            let body = Body::HostHealth(HostHealth {
                fault: fault.clone(),
                since: NOW,
                command: "mithaq doctor".to_owned(),
            });
            let text = rendered(&samples::letter(language, "h", "d", body)).text;
            let lead = text.lines().next().unwrap().replace("جمعية الأمل", "");
            let arabic = lead.chars().any(is_arabic_letter);
            assert_eq!(arabic, language == Language::Arabic, "{text}");
        }
    }
}

#[test]
fn reminders_come_thirty_seven_and_one_days_before() {
    let due = samples::day("2026-04-30");
    let on = |text: &str| timing::due_soon(due, samples::day(text));
    assert_eq!(on("2026-03-30"), None);
    assert_eq!(on("2026-03-31").as_deref(), Some("30"));
    assert_eq!(on("2026-04-22").as_deref(), Some("30"), "after a week of standing still");
    assert_eq!(on("2026-04-23").as_deref(), Some("7"));
    assert_eq!(on("2026-04-29").as_deref(), Some("1"));
    assert_eq!(on("2026-04-30").as_deref(), Some("1"));
    assert_eq!(on("2026-05-01"), None);
}

/// Whatever comes after, reminder or end, has a higher sequence: a calendar follows it.
#[test]
fn what_is_said_of_a_due_day_later_counts_in_calendars() {
    let due = samples::day("2026-04-30");
    let mut last = None;
    for window in ["30", "7", "1"] {
        let left: i32 = window.parse().unwrap();
        for next in [
            timing::due_soon_sequence(window),
            timing::end_sequence(due, due.plus_days(-left)),
        ] {
            assert!(last < Some(next), "{window}: {next}");
            last = Some(next);
        }
    }
    assert_eq!(last, Some(timing::end_sequence(due, due.plus_days(90))));
}

#[test]
fn open_findings_are_recalled_weekly_and_the_officer_learns_of_them() {
    let opened = samples::day("2026-05-01");
    let on = |days| timing::overdue(opened, opened.plus_days(days));
    assert_eq!(on(6), None);
    assert_eq!(on(-3), None);
    let first = on(7).unwrap();
    assert_eq!((first.reminder, first.escalated), (1, false));
    assert_eq!(on(13), Some(first));
    let later = on(36).unwrap();
    assert_eq!((later.reminder, later.escalated), (5, true));
}

#[test]
fn a_waiver_is_told_of_a_month_and_a_week_before_it_ends() {
    let ends = samples::day("2026-04-30");
    let on = |text: &str| timing::waiver_ending(ends, samples::day(text));
    assert_eq!(on("2026-03-30"), None);
    assert_eq!(on("2026-03-31").as_deref(), Some("30"));
    assert_eq!(on("2026-04-22").as_deref(), Some("30"));
    assert_eq!(on("2026-04-23").as_deref(), Some("7"));
    assert_eq!(on("2026-04-30").as_deref(), Some("7"));
    assert_eq!(on("2026-05-01"), None);
}

/// Four turns in a fortnight are life, a fifth is unrest; it lasts until the fifth last turn
/// is a fortnight old.
#[test]
fn unrest_begins_with_the_fifth_turn_in_a_fortnight() {
    let first = samples::day("2026-11-01");
    let on = |days: &[i32], day: i32| {
        let turns: Vec<_> = days.iter().map(|day| first.plus_days(*day)).collect();
        let unrest = timing::unrest(&turns, first.plus_days(day))?;
        Some((unrest.told, unrest.since.0 - first.0, unrest.until.0 - first.0))
    };
    assert_eq!(on(&[0, 1, 2, 3], 3), None);
    assert_eq!(on(&[0, 1, 2, 3, 14], 14), None);
    assert_eq!(on(&[0, 1, 2, 3, 13], 12), None, "it has not turned yet");
    assert_eq!(on(&[0, 1, 2, 3, 13], 13), Some((4, 13, 14)));
    assert_eq!(on(&[0, 0, 0, 0, 0], 0), Some((4, 0, 14)));
    // More turns prolong the same unrest; after a calm it is another one.
    assert_eq!(on(&[0, 1, 2, 3, 4, 5, 6], 6), Some((4, 4, 16)));
    assert_eq!(on(&[0, 1, 2, 3, 4, 30, 31, 32, 33], 33), Some((4, 4, 14)));
    assert_eq!(on(&[0, 1, 2, 3, 4, 30, 31, 32, 33, 34], 34), Some((9, 34, 44)));
}

#[test]
fn digests_gather_the_week_before_and_the_index_the_month() {
    let sunday = timing::digest(samples::day("2026-11-22"), 0);
    assert_eq!(sunday.over.from, samples::day("2026-11-15"));
    assert_eq!(sunday.over.to, samples::day("2026-11-21"));
    assert_eq!(timing::digest(samples::day("2026-11-28"), 0), sunday);
    assert_ne!(timing::digest(samples::day("2026-11-29"), 0), sunday);

    let thursday = timing::digest(samples::day("2026-11-22"), 4);
    assert_eq!(thursday.over.to, samples::day("2026-11-18"));

    let (told, now) = (samples::day("2026-10-31"), samples::day("2026-11-02"));
    let october = timing::index_of_month(told, now).unwrap();
    assert_eq!(october.over.from, samples::day("2026-10-01"));
    assert_eq!(timing::index_of_month(now, samples::day("2026-11-30")), None);
    assert_eq!(timing::index_of_day(Some(611), Some(640), now), None);
    let window = timing::index_of_day(Some(611), Some(581), now);
    assert_eq!(window.as_deref(), Some("day-2026-11-02"));
    assert!(timing::index_of_day(None, Some(500), now).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_name_can_break_a_letter(hostile in "\\PC{0,40}|[\\x00-\\x1f<>@,;:\"]{0,20}") {
        check_harmless(&hostile);
    }
}
