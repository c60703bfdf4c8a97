//! The help of every command exists in both languages.

use std::process;

use clap::{Command, CommandFactory};
use mithaq::cli::{Arguments, help};
use mithaq::text::Language;

#[test]
fn every_text_of_the_help_has_its_arabic() {
    let mut missing = Vec::new();
    look(&Arguments::command(), &mut missing);
    assert!(
        missing.is_empty(),
        "without Arabic in src/cli/help.rs:\n{}",
        missing.join("\n")
    );
}

fn look(command: &Command, missing: &mut Vec<String>) {
    let about = command.get_about().map(ToString::to_string);
    let helps = command.get_arguments().filter(|arg| !arg.is_hide_set());
    let helps = helps.filter_map(|arg| arg.get_help().map(ToString::to_string));
    for text in about.into_iter().chain(helps) {
        if help::arabic_of(&text).is_none() {
            missing.push(text);
        }
    }
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        look(inner, missing);
    }
}

/// What the library says by itself, in English.
const OF_THE_LIBRARY: [&str; 6] =
    ["OPTIONS", "possible values", "default", "Usage", "Options", "Commands"];

#[test]
fn arabic_help_says_nothing_in_english() {
    let mut arabic = help::in_language(Arguments::command(), Language::Arabic);
    let mut english = Arguments::command();
    english.build();
    each(&mut english, &mut |command| {
        let said = command.render_help().to_string();
        assert!(!said.contains("الخيارات"), "{said}");
    });
    let mut pages = 0;
    each(&mut arabic, &mut |command| {
        let said = command.render_help().to_string();
        for word in OF_THE_LIBRARY {
            assert!(!said.contains(word), "{word}: {said}");
        }
        pages += 1;
    });
    assert!(pages > 30, "{pages}");
    let verdicts = arabic.find_subcommand_mut("verdicts").expect("a command");
    let said = verdicts.render_help().to_string();
    for told in
        ["mithaq verdicts [الخيارات]", "[الافتراضي: human] [القيم الممكنة: human، json"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
}

fn each(command: &mut Command, look: &mut impl FnMut(&mut Command)) {
    look(command);
    for inner in command.get_subcommands_mut().filter(|inner| !inner.is_hide_set()) {
        each(inner, look);
    }
}

#[test]
fn arabic_help_parses_as_english_does() {
    let command = help::in_language(Arguments::command(), Language::Arabic);
    command.clone().debug_assert();
    let matches = command.try_get_matches_from(["mithaq", "-q", "findings", "--all"]);
    assert_eq!(matches.expect("the same arguments").subcommand_name(), Some("findings"));
}

/// What is typed, and the first lines of what is said to it.
const MISTYPED: [(&str, &str); 10] = [
    (
        "verdikts",
        "mithaq: لا يوجد أمر باسم «verdikts»\n  ربما المقصود: verdicts\n\n\
         الاستخدام: mithaq [الخيارات] <الأمر>\n\nلمعرفة المزيد: --help\n",
    ),
    (
        "verdicts --nope",
        "mithaq: لا يوجد خيار باسم «--nope» هنا\n  ربما المقصود: --now\n\n\
         الاستخدام: mithaq verdicts [الخيارات]\n",
    ),
    ("verdicts amal", "mithaq: «amal» زائد ولا مكان له هنا\n"),
    ("why", "mithaq: ينقص ما يلي: <ORGANIZATION>، <RULE>\n"),
    ("verdicts --as-of", "mithaq: يحتاج «--as-of <DATE>» إلى قيمة ولم تُذكر\n"),
    (
        "--format xml verdicts",
        "mithaq: القيمة «xml» غير مقبولة في «--format <FORMAT>»\n  القيم الممكنة: human، json\n",
    ),
    ("mail resend abc", "mithaq: القيمة «abc» غير مقبولة في «[ID]»\n"),
    (
        "check rules --sentence board",
        "mithaq: لا يجتمع «[PATHS]...» مع «--sentence <SENTENCE>»\n",
    ),
    (
        "verdicts --as-of 2026-01-01 --as-of 2026-01-02",
        "mithaq: لا يُكتب «--as-of <DATE>» أكثر من مرة\n",
    ),
    ("", "mithaq: لم يُذكر الأمر المطلوب بعد «mithaq»\n  الأوامر: init، demo، check"),
];

#[test]
fn what_is_mistyped_is_said_in_arabic() {
    for (typed, said) in MISTYPED {
        let output = process::Command::new(env!("CARGO_BIN_EXE_mithaq"))
            .args(["--language", "ar"])
            .args(typed.split_whitespace())
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with(said), "{typed}: {stderr}");
        assert!(!stderr.contains("error:"), "{typed}: {stderr}");
        assert_eq!(output.status.code(), Some(2), "{typed}");
        assert!(output.stdout.is_empty(), "{typed}");
    }
}
