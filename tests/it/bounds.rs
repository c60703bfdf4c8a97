//! The bounds of sentences, each at its edge.

use std::sync::LazyLock;

use mithaq::compile::{Source, compile};
use mithaq::editor::Desk;
use mithaq::editor::completion::completions;
use mithaq::editor::sheet::Sheet;
use mithaq::form::{self, Context};
use mithaq::limits;
use mithaq::text::Language;
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn is_read(sentence: &str) -> bool {
    let context = Context { vocabulary: &STANDARD, fiscal_quarters: false };
    form::parse(&form::mark(sentence, &STANDARD), &context).is_ok()
}

#[track_caller]
fn edge(most: usize, sentence: &dyn Fn(usize) -> String) {
    let (last, over) = (sentence(most), sentence(most + 1));
    assert!(is_read(&last), "{last}");
    assert!(!is_read(&over), "{over}");
}

/// Different duties, for the same one twice is a slip.
fn duties(count: usize, language: Language) -> Vec<String> {
    let papers = STANDARD.kinds().map(|(id, _)| STANDARD.phrase(id, language));
    let duty = |paper: &str| match language {
        Language::English => format!("the {paper} is published every year"),
        Language::Arabic => format!("يُنشر {paper} كل سنة"),
    };
    papers.map(duty).filter(|duty| is_read(duty)).take(count).collect()
}

#[test]
fn sentences_are_joined_up_to_their_limit() {
    edge(limits::JOINTS_MAX, &|joints| {
        duties(joints + 1, Language::English).join(", and ")
    });
    edge(limits::JOINTS_MAX, &|joints| duties(joints + 1, Language::Arabic).join("، و"));
}

#[test]
fn so_many_duties_are_counted() {
    edge(limits::LISTED_MAX, &|count| {
        let duties = duties(count, Language::English).join("; ");
        format!("at least 2 of the following are fulfilled: {duties}")
    });
    edge(limits::LISTED_MAX, &|count| {
        let duties = duties(count, Language::Arabic).join("؛ ");
        format!("يُستوفى ما لا يقل عن 2 مما يلي: {duties}")
    });
}

#[test]
fn a_time_has_so_many_days() {
    edge(usize::from(limits::SPAN_DAYS_MAX), &|days| {
        format!("the board meets at least once every {days} days")
    });
    edge(usize::from(limits::SPAN_DAYS_MAX), &|days| {
        format!("يجتمع مجلس الإدارة مرة واحدة على الأقل كل {days} يومًا")
    });
}

/// Each kind of paper by which another is backed, and whoever signs.
#[test]
fn so_many_papers_and_signers_are_listed() {
    let papers: Vec<&str> =
        STANDARD.kinds().map(|(id, _)| STANDARD.phrase(id, Language::English)).collect();
    edge(limits::LISTED_MAX, &|count| {
        let backing = papers.iter().take(count).map(|paper| format!("1 {paper}"));
        let backing = backing.collect::<Vec<_>>().join(" and ");
        format!("each purchase above the threshold has {backing}")
    });
}

#[test]
fn one_order_has_so_many_steps() {
    edge(limits::STEPS_MAX, &|steps| {
        let then = ", then adopted by the board".repeat(steps - 1);
        format!(
            "the budget is reviewed by the finance committee{then}, before the start of the fiscal year"
        )
    });
    edge(limits::STEPS_MAX, &|steps| {
        let then = "، ثم تُعتمد من مجلس الإدارة".repeat(steps - 1);
        format!("تُراجع الموازنة من اللجنة المالية{then}، قبل بداية السنة المالية")
    });
}

#[test]
fn sentences_stand_in_sentences_up_to_their_limit() {
    let inside = |depth: usize| {
        let condition = "if the organization is an association, ".repeat(depth);
        format!("{condition}the board meets every month")
    };
    edge(usize::from(limits::NESTING_MAX), &inside);
}

/// Words of one letter's difference, more than are weighed for a slip or listed for a place.
fn alike(count: usize) -> String {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at).unwrap());
    let words = (0..count).map(|at| {
        let (one, two) = (letter(at / 26), letter(at % 26));
        format!("  zeppelin{one}{two}q — منطاد {one}{two}: a body\n")
    });
    format!("Words\n{}", words.collect::<String>())
}

#[test]
fn so_many_phrases_are_weighed_for_a_slip() {
    let near = |count: usize| {
        let words = alike(count);
        let files = [("vocabulary/own.rules", words.as_str())];
        let (vocabulary, _) = Vocabulary::default().with(&files);
        vocabulary.finder().near("zeppelinq").len()
    };
    let few = limits::NEAR_PHRASES_MAX / 2;
    assert!((few..limits::NEAR_PHRASES_MAX).contains(&near(few)));
    assert_eq!(near(limits::NEAR_PHRASES_MAX + 1), limits::NEAR_PHRASES_MAX);
}

#[test]
fn so_many_completions_are_listed() {
    let words = alike(limits::COMPLETIONS_MAX + 50);
    let text = "Rule A: the zeppelin";
    let files = [("vocabulary/own.rules", words.as_str()), ("rules/a.rules", text)];
    let desk = Desk::new(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let sheet = Sheet::new(text);
    let found = completions(&desk, "rules/a.rules", &sheet, sheet.position(text.len()));
    assert_eq!(found.len(), limits::COMPLETIONS_MAX);
}

/// What is offered for a sentence that holds a slip, with words of the author's own.
fn offered(words: &str, sentence: &str) -> Vec<String> {
    let (vocabulary, said) = STANDARD.with(&[("words.rules", words)]);
    assert_eq!(said, []);
    let (_, told) = compile(&[Source::new("rules/test.rules", sentence)], &vocabulary);
    told.into_iter().flat_map(|told| told.suggestions).collect()
}

/// A phrase of several words, each of which is known by itself, so that only the one of the
/// slip is suspected; in both languages.
#[test]
fn a_slip_is_mended_within_so_many_words() {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at).unwrap());
    let arabic_letter = |at: usize| "بتثجحخدذ".chars().nth(at).unwrap();
    let mended = |beside: usize| {
        let words = (0..beside).map(|at| format!("w{}q", letter(at)));
        let english = format!("zeppelin {}", words.collect::<Vec<_>>().join(" "));
        let words = (0..beside).map(|at| format!("غ{0}ظ{0}ض", arabic_letter(at)));
        let arabic = format!("زقرقشقط {}", words.collect::<Vec<_>>().join(" "));
        let alone = english.split(' ').zip(arabic.split(' ')).skip(1);
        let alone =
            alone.map(|(english, arabic)| format!("  {english} — {arabic}: a body\n"));
        let words = format!(
            "Words\n  {english} — {arabic}: a body\n{}",
            alone.collect::<String>()
        );
        [(english, "the ", " meets quarterly"), (arabic, "يجتمع ", " كل ربع سنة")].map(
            |(phrase, before, after)| {
                let slip = phrase.replacen("lin", "lim", 1).replacen("شقط", "شكط", 1);
                let told = offered(&words, &format!("{before}{slip}{after}"));
                told.contains(&format!("{before}{phrase}{after}"))
            },
        )
    };
    assert_eq!(mended(limits::CORRECTION_REACH_WORDS), [true, true]);
    assert_eq!(mended(limits::CORRECTION_REACH_WORDS + 1), [false, false]);
}

/// Bodies that are no farther than the paper that was meant, one of each and several, and of
/// which nobody says that they are published.
#[test]
fn so_many_corrections_are_tried() {
    let found = |nearer: usize| {
        let bodies = (0..nearer).map(|at| {
            let letter = char::from(b'a' + u8::try_from(at).unwrap());
            format!("  zeppelin{letter} — منطاد{letter}: a body\n")
        });
        let words = format!(
            "Words\n{}  zebbelin — منطادية: a document that stands\n",
            bodies.collect::<String>()
        );
        let told = offered(&words, "the zeppelin is published every year");
        told.contains(&"the zebbelin is published every year".to_owned())
    };
    assert!(found(limits::CORRECTIONS_TRIED_MAX / 2 - 1));
    assert!(!found(limits::CORRECTIONS_TRIED_MAX / 2));
}
