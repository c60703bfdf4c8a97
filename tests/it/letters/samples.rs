//! One letter of each kind, as a small association would receive it.

use mithaq::calendar::{Day, Period};
use mithaq::delta::Cause;
use mithaq::document::{Problem, Sha256};
use mithaq::finding::Resolution;
use mithaq::letters::body::{
    Answer, Asks, Body, CauseLine, Counts, Dated, Digest, DigestLine, DimensionBar,
    DueSoon, Evidence, Finding, FirstSummary, Flapping, Ground, HostFault, HostHealth,
    IndexDelta, IndexEffect, IndexPoint, InsteadOf, MethodChange, MethodNotice, News,
    Occasion, OfficerSummary, Outcome, Overdue, ProblemItem, ProblemReport, Quote,
    Receipt, ReceiptItem, Resolved, RuleRef, Stage, Undeliverable, WaiverEnding,
};
use mithaq::letters::token::TokenKey;
use mithaq::letters::{Letter, Recipient, Sender};
use mithaq::program::Severity;
use mithaq::text::{Bilingual, Language};

/// 21 November 2026, 10:00 in Hebron.
pub(crate) const NOW: i64 = 1_795_248_000;

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

pub(crate) fn sender() -> Sender {
    Sender {
        network: Bilingual::new("Sharek Partners Alliance", "تحالف شركاء شارك"),
        from: "governance@sharek.example.org".to_owned(),
        reply: "office@sharek.example.org".to_owned(),
        replies: None,
        key: TokenKey::default(),
        domain: "mithaq.sharek.example.org".to_owned(),
        zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(2)),
    }
}

pub(crate) fn recipient(language: Language) -> Recipient {
    Recipient {
        organization: "amal".to_owned(),
        organization_name: Bilingual::new("Amal Association", "جمعية الأمل"),
        name: match language {
            Language::English => "Rana Haddad".to_owned(),
            Language::Arabic => "رنا حداد".to_owned(),
        },
        address: "rana@amal.example.org".to_owned(),
        role: "secretary".to_owned(),
        language,
    }
}

fn board_rule(language: Language) -> RuleRef {
    RuleRef {
        rulebook: match language {
            Language::English => "Sharek Charter".to_owned(),
            Language::Arabic => "ميثاق شارك".to_owned(),
        },
        id: "BRD-1".to_owned(),
        title: None,
        text: Bilingual::new(
            "The board meets at least once in each calendar quarter.",
            "يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع سنة ميلادية.",
        ),
        source: Some(match language {
            Language::English => "Charter, article 12".to_owned(),
            Language::Arabic => "الميثاق، المادة 12".to_owned(),
        }),
        remedy: Some(match language {
            Language::English => {
                "Please put the signed minutes into the folder “board”".to_owned()
            }
            Language::Arabic => {
                "يُرجى إيداع المحضر الموقّع في مجلد «مجلس الإدارة»".to_owned()
            }
        }),
        severity: Severity::High,
    }
}

fn audit_rule(language: Language) -> RuleRef {
    RuleRef {
        id: "AUD-1".to_owned(),
        text: Bilingual::new(
            "Audited accounts are published within 4 months of the end of the fiscal year.",
            "تُنشر الحسابات المدققة خلال 4 أشهر من نهاية السنة المالية.",
        ),
        severity: Severity::Critical,
        remedy: None,
        ..board_rule(language)
    }
}

fn line(rule: &RuleRef, news: News, on: Option<&str>) -> DigestLine {
    DigestLine { rule: rule.id.clone(), text: rule.text.clone(), news, day: on.map(day) }
}

pub(crate) fn letter(
    language: Language,
    subject_key: &str,
    window: &str,
    body: Body,
) -> Letter {
    Letter {
        to: recipient(language),
        subject_key: subject_key.to_owned(),
        window: window.to_owned(),
        body,
    }
}

/// Every kind, with the stem of its golden files.
pub(crate) fn every_kind(language: Language) -> Vec<(&'static str, Letter)> {
    vec![
        ("receipt", letter(language, "burst-12", "", receipt(language))),
        ("problem", letter(language, "burst-13", "", problem())),
        ("finding", letter(language, "2F41C0DE.1", "", finding(language))),
        ("finding_stated", letter(language, "77AA0001.2", "", stated(language))),
        ("resolved", letter(language, "2F41C0DE.1", "", resolved(language))),
        ("receipt_done", letter(language, "burst-2", "", done_in_time(language))),
        ("due_soon", letter(language, "AUD-1.2026", "30", due_soon(language))),
        ("overdue", letter(language, "3B9D0001.1", "2026-W47", overdue(language))),
        ("digest", letter(language, "amal", "2026-W47", digest(language))),
        (
            "officer_summary",
            to_officer(letter(language, "network", "2026-W47", officer(language))),
        ),
        ("index_delta", letter(language, "sharek", "2026-11", delta(language))),
        ("readiness", letter(language, "sharek", "2026-10", readiness(language))),
        ("method_notice", letter(language, "sharek.ab12", "", notice(language))),
        ("first_summary", letter(language, "amal", "", first(language))),
        ("host_health", to_officer(letter(language, "mail", "2026-11-21", host()))),
        ("answer_officer", answer(language, "officer", Asks::Dispute, Stage::ForOfficer)),
        ("answer_understood", answer(language, "", Asks::Extension, Stage::Understood)),
        ("answer_muted", answer(language, "", Asks::Mute, Stage::Understood)),
        ("answer_settled", answer(language, "settled", Asks::Dispute, decided(language))),
        ("undeliverable", letter(language, "failing-7", "", undeliverable(language))),
        ("waiver_ending", letter(language, "sharek/BRD-1", "30", waiver(language))),
        (
            "flapping",
            to_officer(letter(language, "2F41C0DE", "since", unsteady(language))),
        ),
        ("overdue_officer", to_officer(letter(language, "3B.1", "e", overdue(language)))),
        ("due_tomorrow", letter(language, "AUD-1.2026", "1", due_tomorrow(language))),
        ("finding_denied", letter(language, "77AA0001.1", "", denied(language))),
        ("digest_storm", letter(language, "storm", "2026-11-21T08", storm(language))),
        (
            "digest_full_day",
            letter(language, "storm", "2026-11-22T08", full_day(language)),
        ),
        ("new_rulebook", letter(language, "rulebook-sharek", "", introduced(language))),
        ("test", letter(language, "test", "", Body::Test)),
    ]
}

fn answer(language: Language, window: &str, asks: Asks, stage: Stage) -> Letter {
    let to = recipient(language);
    let finding = (stage != Stage::ForOfficer).then(|| "2F41C0DE".to_owned());
    let body = Answer {
        number: 7,
        stage,
        asks,
        organization: to.organization_name,
        who: to.name,
        address: to.address,
        about: match language {
            Language::English => "The board meets quarterly — Amal — 2F41C0DE".to_owned(),
            Language::Arabic => {
                "يجتمع مجلس الإدارة كل ثلاثة أشهر — الأمل — 2F41C0DE".to_owned()
            }
        },
        finding,
        said: match language {
            Language::English => "Wrong, we met on 14 March.".to_owned(),
            Language::Arabic => "خطأ، اجتمعنا في 14 آذار.".to_owned(),
        },
    };
    letter(
        language,
        &format!("answer-{}", asks.code()),
        window,
        Body::Answer(Box::new(body)),
    )
}

fn decided(language: Language) -> Stage {
    let (by, why) = match language {
        Language::English => ("Salma Nasser", "The minutes were in another folder."),
        Language::Arabic => ("سلمى ناصر", "كان المحضر في مجلد آخر."),
    };
    Stage::Settled { by: by.to_owned(), why: why.to_owned() }
}

fn undeliverable(language: Language) -> Body {
    let to = recipient(language);
    Body::Undeliverable(Undeliverable {
        organization: to.organization_name,
        who: to.name,
        address: to.address,
        about: match language {
            Language::English => "Your week".to_owned(),
            Language::Arabic => "ملخّص الأسبوع".to_owned(),
        },
        said: "535".to_owned(),
    })
}

fn receipt(language: Language) -> Body {
    let item = |file: &str, byte, outcome| ReceiptItem {
        file: file.to_owned(),
        bytes: 20_480,
        sha256: Sha256([byte; 32]),
        outcome,
        kind: None,
        date: None,
        period: None,
        serves: Vec::new(),
        carrier: None,
        encloses: 0,
        quotes: Vec::new(),
    };
    let board = board_rule(language);
    let audit = audit_rule(language);
    Body::Receipt(Receipt {
        first_received: NOW,
        last_received: NOW + 420,
        items: vec![
            ReceiptItem {
                kind: Some(Bilingual::new(
                    "Minutes of a board meeting",
                    "محضر اجتماع مجلس الإدارة",
                )),
                date: Some(day("2026-03-14")),
                serves: vec![(board.id, board.text)],
                ..item("محضر مجلس الإدارة 2026-03-14.pdf", 0x9f, Outcome::Understood)
            },
            ReceiptItem {
                kind: Some(Bilingual::new("Audited accounts", "الحسابات المدققة")),
                period: Some(period("2025-01-01", "2025-12-31")),
                serves: vec![(audit.id, audit.text)],
                ..item("fs_2025.pdf", 0x0b, Outcome::Understood)
            },
            item("scan0003.pdf", 0xe1, Outcome::NeedsALook(Problem::NoText)),
            item("budget.xls", 0x31, Outcome::NotAccepted(Problem::UnknownFormat)),
            item("fs_2025 (1).pdf", 0x0b, Outcome::DuplicateOf("fs_2025.pdf".to_owned())),
            item("menu.txt", 0x44, Outcome::NoneOfOurs),
            ReceiptItem {
                encloses: 1,
                ..item("minutes-0412.eml", 0x51, Outcome::NoneOfOurs)
            },
            ReceiptItem {
                carrier: Some("minutes-0412.eml".to_owned()),
                ..item(
                    "minutes-0412.eml/minutes-locked.pdf",
                    0x52,
                    Outcome::NotAccepted(Problem::Encrypted),
                )
            },
        ],
        done: Vec::new(),
    })
}

/// One paper, and the duty that it was awaited for.
fn done_in_time(language: Language) -> Body {
    let Body::Receipt(mut body) = receipt(language) else { unreachable!() };
    body.items.truncate(2);
    body.done = vec![Dated {
        key: "AUD-1.2026".to_owned(),
        rule: audit_rule(language),
        due: day("2026-04-30"),
        sequence: 5,
    }];
    Body::Receipt(body)
}

fn problem() -> Body {
    use Problem::{
        BrokenText, ConflictCopy, DateContradicts, DateMissing, Empty, Encrypted,
        Forgotten, KindUnsure, LimitPassed, NoText, ReaderFailed, TooLarge, Truncated,
        UnknownFormat, WrongFolder,
    };
    let items = [
        Empty,
        Truncated,
        Encrypted,
        TooLarge,
        UnknownFormat,
        NoText,
        BrokenText,
        LimitPassed,
        ReaderFailed,
        KindUnsure,
        DateMissing,
        DateContradicts,
        ConflictCopy,
        WrongFolder,
        Forgotten,
    ]
    .into_iter()
    .enumerate()
    .map(|(number, problem)| ProblemItem {
        file: format!("{}.pdf", number + 1),
        problem,
        quotes: quotes(problem),
    })
    .collect();
    Body::Problem(ProblemReport { items })
}

fn finding(language: Language) -> Body {
    Body::Finding(Box::new(Finding {
        id: "2F41C0DE".to_owned(),
        version: 1,
        rule: board_rule(language),
        slot: Some(period("2026-07-01", "2026-09-30")),
        due: Some(day("2026-09-30")),
        grace_end: Some(day("2026-10-14")),
        as_of: day("2026-11-21"),
        ground: Ground::NoEvidence,
        still_owed: false,
        evidence: vec![Evidence {
            file: "محضر مجلس الإدارة 2026-03-14.pdf".to_owned(),
            sha256: None,
            page: Some(2),
            line: 4,
            text: "عقد مجلس الإدارة اجتماعه العادي يوم السبت 14 آذار 2026".to_owned(),
            day: Some(day("2026-03-14")),
        }],
        papers_searched: 14,
        index_effect: Some(-24),
        copied_to: Vec::new(),
        repair: vec![
            Bilingual::new(
                "A paper is needed that shows one meeting of the board of directors, \
                 between 1 July 2026 and 30 September 2026.",
                "يلزم مستند يثبت حدوث اجتماع لمجلس الإدارة، بين 1 تموز 2026 و30 أيلول 2026.",
            ),
            Bilingual::new("Then the rule is met.", "وبذلك تُستوفى القاعدة."),
        ],
        stood_still: vec![(
            period("2026-07-05", "2026-07-08"),
            Some(Bilingual::new("Closure", "إغلاق")),
        )],
    }))
}

fn stated(language: Language) -> Body {
    let rule = RuleRef {
        id: "BRD-3".to_owned(),
        text: Bilingual::new(
            "Every board meeting has a quorum of more than half of the members.",
            "ينعقد كل اجتماع لمجلس الإدارة بحضور أكثر من نصف أعضائه.",
        ),
        remedy: board_rule(language.other()).remedy,
        ..board_rule(language)
    };
    Body::Finding(Box::new(Finding {
        id: "77AA0001".to_owned(),
        version: 2,
        rule,
        slot: Some(period("2026-02-12", "2026-02-12")),
        due: Some(day("2026-02-12")),
        grace_end: None,
        as_of: day("2026-03-01"),
        ground: Ground::Stated,
        still_owed: true,
        evidence: vec![Evidence {
            file: "minutes-2026-02-12.txt".to_owned(),
            sha256: None,
            page: None,
            line: 7,
            text: "Present: 3 of 9 members <b>only</b>".to_owned(),
            day: None,
        }],
        papers_searched: 2,
        index_effect: None,
        copied_to: vec![
            "Rana Haddad".to_owned(),
            "Sami Nasser".to_owned(),
            "ليلى عودة".to_owned(),
        ],
        repair: Vec::new(),
        stood_still: Vec::new(),
    }))
}

fn denied(language: Language) -> Body {
    let Body::Finding(mut body) = stated(language) else { unreachable!() };
    body.rule.remedy = None;
    body.version = 1;
    Body::Finding(body)
}

fn resolved(language: Language) -> Body {
    Body::Resolved(Box::new(Resolved {
        id: "2F41C0DE".to_owned(),
        version: 1,
        rule: board_rule(language),
        slot: Some(period("2026-07-01", "2026-09-30")),
        how: Resolution::Met,
        document: Some("محضر 2026-09-05.docx".to_owned()),
        opened: day("2026-10-15"),
        closed: day("2026-10-26"),
        index_effect: Some(IndexEffect::Points(24)),
        dated: Some(Dated {
            key: "governance/BRD-3/2026-07-01".to_owned(),
            rule: board_rule(language),
            due: day("2026-09-30"),
            sequence: 5,
        }),
    }))
}

fn due_soon(language: Language) -> Body {
    Body::DueSoon(Box::new(DueSoon {
        rule: audit_rule(language),
        slot: Some(period("2025-01-01", "2025-12-31")),
        due: day("2026-04-30"),
        as_of: day("2026-03-31"),
        evidence: vec![
            Bilingual::new(
                "audited accounts with the auditor's opinion",
                "حسابات مدققة مع رأي المدقق",
            ),
            Bilingual::new(
                "the page on which they were published",
                "الصفحة التي نُشرت فيها",
            ),
        ],
        sequence: 0,
    }))
}

fn due_tomorrow(language: Language) -> Body {
    let Body::DueSoon(mut body) = due_soon(language) else { unreachable!() };
    body.as_of = day("2026-04-29");
    body.sequence = 4;
    Body::DueSoon(body)
}

fn overdue(language: Language) -> Body {
    Body::Overdue(Box::new(Overdue {
        id: "3B9D0001".to_owned(),
        version: 1,
        rule: audit_rule(language),
        slot: Some(period("2025-01-01", "2025-12-31")),
        due: day("2026-04-30"),
        as_of: day("2026-05-12"),
        evidence: vec![Bilingual::new("audited accounts", "حسابات مدققة")],
        reminder: 2,
        escalated: true,
    }))
}

fn counts() -> Counts {
    Counts { met: 31, not_met: 1, running: 2, unknown: 2, waived: 1, not_applicable: 1 }
}

fn digest(language: Language) -> Body {
    let (board, audit) = (board_rule(language), audit_rule(language));
    Body::Digest(Digest {
        week: period("2026-11-15", "2026-11-21"),
        instead_of: None,
        counts: counts(),
        changed: vec![line(&board, News::BecameMet, None)],
        open: vec![line(&audit, News::StillOwed, Some("2026-04-30"))],
        coming: vec![line(&board, News::ComesDue, Some("2026-12-31"))],
        checkpoint: Some("mithaq ledger 1284 9f2c41aa".to_owned()),
    })
}

/// The officer belongs to the network, not to a member.
fn officer(language: Language) -> Body {
    let amal = Bilingual::new("Amal Association", "جمعية الأمل");
    Body::OfficerSummary(OfficerSummary {
        week: period("2026-11-15", "2026-11-21"),
        on_track: 21,
        due_soon: 4,
        late: 9,
        unknown: 2,
        newly_late: vec![(
            amal.clone(),
            line(&audit_rule(language), News::StillOwed, Some("2026-04-30")),
        )],
        waivers: vec![(
            amal.clone(),
            line(&board_rule(language), News::WaiverEnds, Some("2026-12-15")),
        )],
        to_review: vec![(amal.clone(), "scan0003.pdf".to_owned())],
        unreachable: vec![(amal, "old@amal.example.org".to_owned())],
        checkpoint: None,
    })
}

fn point(on: &str, value: Option<i32>, low: i32, high: i32, coverage: u16) -> IndexPoint {
    let grade = value.map(mithaq::index::grade);
    IndexPoint { as_of: day(on), value, low, high, coverage, grade }
}

pub(crate) fn delta(language: Language) -> Body {
    let (board, audit) = (board_rule(language), audit_rule(language));
    let cause =
        |cause, rule: Option<&RuleRef>, document: Option<&str>, points| CauseLine {
            cause,
            rule: rule.map(|rule| rule.id.clone()),
            rule_text: rule.map(|rule| rule.text.clone()),
            document: document.map(str::to_owned),
            is_calendar: false,
            points,
        };
    let bar = |english: &str, arabic: &str, value, change| DimensionBar {
        name: Bilingual::new(english, arabic),
        value,
        change,
    };
    Body::IndexDelta(Box::new(IndexDelta {
        rulebook: "sharek".to_owned(),
        from: point("2026-10-31", Some(611), 580, 660, 880),
        to: point("2026-11-21", Some(633), 600, 660, 910),
        causes: vec![
            cause(Cause::Evidence, Some(&board), Some("محضر 2026-09-05.docx"), 31),
            cause(Cause::Time, Some(&audit), None, -12),
            cause(Cause::Rules, None, None, 3),
        ],
        dimensions: vec![
            bar("Transparency", "الشفافية", Some(620), Some(30)),
            bar("Accountability", "المساءلة", Some(680), Some(50)),
            bar("Integrity", "النزاهة", Some(600), Some(-14)),
            bar("Participation", "المشاركة", None, None),
        ],
        gains: vec![(audit.id, audit.text, 12)],
        unknown_rules: 1,
        waived_rules: 2,
        not_applicable_rules: 4,
    }))
}

fn readiness(language: Language) -> Body {
    let Body::IndexDelta(mut body) = delta(language) else { unreachable!() };
    body.to = point("2026-10-31", None, 210, 790, 520);
    body.causes.clear();
    Body::IndexDelta(body)
}

fn notice(language: Language) -> Body {
    let (board, audit) = (board_rule(language), audit_rule(language));
    Body::MethodNotice(MethodNotice {
        rulebook: board.rulebook.clone(),
        from: day("2026-11-03"),
        changes: vec![
            MethodChange::Reweighted { rule: board.id.clone(), before: 3, after: 2 },
            MethodChange::Reworded {
                rule: board.id.clone(),
                before: Bilingual::new(
                    "The board meets monthly.",
                    "يجتمع مجلس الإدارة شهريًا.",
                ),
                after: board.text,
            },
            MethodChange::Added { rule: audit.id, text: audit.text },
        ],
        flips: vec![(board.id, News::BecameMet)],
    })
}

fn first(language: Language) -> Body {
    Body::FirstSummary(FirstSummary {
        occasion: Occasion::FirstScan,
        as_of: day("2026-11-21"),
        papers_understood: 12,
        papers_to_look_at: 2,
        counts: counts(),
        open: vec![line(&audit_rule(language), News::StillOwed, Some("2026-04-30"))],
        index: Some(point("2026-11-21", Some(633), 600, 660, 910)),
    })
}

fn introduced(language: Language) -> Body {
    let Body::FirstSummary(mut body) = first(language) else { unreachable!() };
    body.occasion = Occasion::NewRulebook(board_rule(language).rulebook);
    body.index = None;
    Body::FirstSummary(body)
}

fn storm(language: Language) -> Body {
    let Body::Digest(mut body) = digest(language) else { unreachable!() };
    body.instead_of = Some(InsteadOf::Storm { letters: 23 });
    Body::Digest(body)
}

fn full_day(language: Language) -> Body {
    let Body::Digest(mut body) = digest(language) else { unreachable!() };
    body.instead_of = Some(InsteadOf::FullDay { letters: 4 });
    Body::Digest(body)
}

fn waiver(language: Language) -> Body {
    let (by, why) = match language {
        Language::English => ("The compliance committee", "The office was flooded."),
        Language::Arabic => ("لجنة الالتزام", "غمرت المياه المكتب."),
    };
    Body::WaiverEnding(Box::new(WaiverEnding {
        rule: board_rule(language),
        ends: day("2026-12-21"),
        as_of: day("2026-11-21"),
        granted_by: by.to_owned(),
        why: why.to_owned(),
        without: News::BecameNotMet,
    }))
}

fn unsteady(language: Language) -> Body {
    let days = ["2026-11-12", "2026-11-14", "2026-11-15", "2026-11-18", "2026-11-21"];
    Body::Flapping(Box::new(Flapping {
        id: "2F41C0DE".to_owned(),
        rule: board_rule(language),
        slot: Some(period("2026-07-01", "2026-09-30")),
        turns: days.map(day).to_vec(),
        as_of: day("2026-11-21"),
        papers: vec!["محضر 2026-09-05.docx".to_owned(), "minutes-0412.pdf".to_owned()],
        folder: "amal".to_owned(),
    }))
}

/// Whoever looks after the network reads it instead.
fn to_officer(mut letter: Letter) -> Letter {
    letter.to.role = "officer".to_owned();
    letter
}

fn host() -> Body {
    Body::HostHealth(HostHealth {
        fault: HostFault::MailFailing {
            reply: "535 5.7.8 authentication failed".to_owned(),
        },
        since: NOW,
        command: "mithaq doctor".to_owned(),
    })
}

/// The words that a problem is about.
fn quotes(problem: Problem) -> Vec<Quote> {
    let said = |on: &str, file: Option<&str>| Quote {
        file: file.map(str::to_owned),
        day: Some(day(on)),
        page: Some(1),
        line: Some(3),
        text: Some("535".to_owned()),
    };
    match problem {
        Problem::DateContradicts => vec![
            said("2026-02-12", None),
            Quote { page: None, line: None, text: None, ..said("2026-03-03", None) },
            said("2026-03-04", Some("7.pdf")),
        ],
        Problem::WrongFolder => vec![Quote { day: None, ..said("2026-02-12", None) }],
        _ => Vec::new(),
    }
}
