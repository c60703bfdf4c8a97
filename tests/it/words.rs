//! `mithaq words`: what it lists and finds, what it teaches and refuses, and what is said of
//! words that get into each other's way.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use mithaq::compile::taught::{learn, surprises};
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::{Diagnostic, Severity};
use mithaq::recognise::cues::Cues;
use mithaq::text::Language;
use mithaq::vocabulary::{self, Vocabulary, kind};
use serde_json::Value;
use tempfile::TempDir;

fn mithaq(folder: &Path, arguments: &[&str], answers: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("MITHAQ_LANGUAGE")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn network() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = mithaq(folder.path(), &["init", "."], "");
    assert!(made.status.success(), "{made:?}");
    folder
}

fn json(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn own(folder: &Path) -> Vec<(String, String)> {
    let listed = mithaq(folder, &["--format", "json", "words", "list", "--own"], "");
    let words = json(&listed)["words"].as_array().unwrap().clone();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    words.iter().map(|it| (text(&it["english"][0]), text(&it["arabic"][0]))).collect()
}

fn found(folder: &Path, wanted: &str) -> Vec<String> {
    let output = mithaq(folder, &["--format", "json", "words", "find", wanted], "");
    let words = json(&output)["words"].as_array().unwrap().clone();
    words.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn words_are_found_in_both_languages_however_they_are_written() {
    let folder = network();
    for (wanted, name) in [
        ("AUDITED acc", "audited_accounts"),
        ("قوائم ماليه مدققه", "audited_accounts"),
        ("القوائم الماليّة المدقّقة", "audited_accounts"),
        ("the board of directors", "board"),
        ("الهيئه العامه", "general_assembly"),
        ("endorsed", "endorse"),
    ] {
        let names = found(folder.path(), wanted);
        assert!(names.iter().any(|it| it == name), "{wanted}: {names:?}");
    }
    assert_eq!(found(folder.path(), "zeppelin"), [""; 0]);
    let said =
        mithaq(folder.path(), &["--language", "ar", "words", "find", "zeppelin"], "");
    assert_eq!(said.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&said.stderr).contains("لا يُعرف مصطلح كهذا"));
}

/// Every term that there is, in either language, with what it is.
#[test]
fn the_list_has_every_word() {
    let folder = network();
    for (code, language) in [("en", Language::English), ("ar", Language::Arabic)] {
        let listed = mithaq(folder.path(), &["--language", code, "words", "list"], "");
        let text = String::from_utf8(listed.stdout).unwrap();
        let standard = vocabulary::standard();
        let entries = text.lines().filter(|line| !line.starts_with(' ')).count();
        assert_eq!(entries, standard.terms().count());
        for (id, _) in standard.terms() {
            assert!(text.contains(standard.phrase(id, language)));
        }
    }
    let outside = tempfile::tempdir().unwrap();
    let listed = mithaq(outside.path(), &["words", "find", "board"], "");
    assert!(listed.status.success() && !listed.stdout.is_empty(), "{listed:?}");
}

/// Five answers in the language of whoever answers; the word is then one of the language,
/// and its papers are known.
#[test]
fn five_answers_teach_a_word() {
    let folder = network();
    let answers = "vehicle log\nسجل المركبات\n5\ncar log; دفتر السيارات\nvehicle log · سجل المركبات\n";
    let english = mithaq(folder.path(), &["words", "add"], answers);
    assert_eq!(english.status.code(), Some(0), "{english:?}");
    let arabic = "fleet committee\nلجنة الأسطول\nهيئة\nلجنة السيارات\n";
    let arabic = mithaq(folder.path(), &["--language", "ar", "words", "add"], arabic);
    assert_eq!(arabic.status.code(), Some(0), "{arabic:?}");
    assert!(String::from_utf8_lossy(&arabic.stderr).contains("المصطلح بالإنجليزية"));
    let file =
        std::fs::read_to_string(folder.path().join("vocabulary/own.rules")).unwrap();
    assert_eq!(
        file,
        "Words\n  vehicle log — سجل المركبات: a document that stands\n     also: car log · دفتر السيارات\n     looks like: titled \"vehicle log\", «سجل المركبات»\n  fleet committee — لجنة الأسطول: هيئة\n     وأيضًا: لجنة السيارات\n"
    );
    let taught = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(
        own(folder.path()),
        [taught("vehicle log", "سجل المركبات"), taught("fleet committee", "لجنة الأسطول")]
    );
    std::fs::write(
        folder.path().join("rules/fleet.rules"),
        "the fleet committee meets every month\nتعتمد لجنة السيارات دفتر السيارات كل سنة\n",
    )
    .unwrap();
    let checked = mithaq(folder.path(), &["check", "--format", "json"], "");
    assert_eq!(json(&checked)["diagnostics"].as_array().unwrap().len(), 0, "{checked:?}");
    let paper = folder.path().join("log.md");
    std::fs::write(&paper, "# سجل المركبات\n\nسيارة واحدة.\n").unwrap();
    let read = mithaq(folder.path(), &["read", "log.md", "--format", "json"], "");
    assert_eq!(json(&read)["files"][0]["kinds"][0]["kind"], "vehicle_log", "{read:?}");
}

/// A deed is taught by its base and a few forms; the rest follows the rule of the language.
#[test]
fn a_deed_is_taught_in_one_line() {
    let words = "Words\n  to archive — يؤرشف / تؤرشف / أرشفة: done to a document\n  to carry / carries / carried / carrying — يحمل / تحمل / حمل: done to a document\n  to plan — يخطط / تخطط / تخطيط: done to a document\n";
    let (vocabulary, told) = learn(&[("vocabulary/own.rules", words)]);
    assert_eq!(told, []);
    for (sentence, english, arabic) in [
        (
            "the board archives the annual report within 30 days of the end of the fiscal year",
            "The annual report is archived by the board within 30 days of the end of the fiscal year.",
            "يؤرشف مجلس الإدارة التقرير السنوي خلال 30 يومًا من نهاية السنة المالية.",
        ),
        (
            "تتم أرشفة التقرير السنوي كل سنة",
            "The annual report is archived at least once in each calendar year.",
            "يُؤرشف التقرير السنوي مرة واحدة على الأقل في كل سنة ميلادية.",
        ),
        (
            "the action plan is planned every year",
            "The action plan is planned at least once in each calendar year.",
            "تُخطط خطة العمل مرة واحدة على الأقل في كل سنة ميلادية.",
        ),
    ] {
        let source = Source::new("rules/test.rules", sentence);
        let (program, told) = compile(&[source], &vocabulary);
        assert_eq!(told, [], "{sentence}");
        let rule = &program.rulebooks[0].rules[0];
        assert_eq!((rule.english.as_str(), rule.arabic.as_str()), (english, arabic));
    }
}

#[test]
fn what_cannot_be_used_is_refused_and_nothing_is_written() {
    let folder = network();
    let file = folder.path().join("vocabulary/own.rules");
    let add = |english: &str, arabic: &str, kind: &str, also: &str| {
        let mut arguments =
            vec!["words", "add", "--english", english, "--arabic", arabic];
        arguments.extend(["--kind", kind]);
        if !also.is_empty() {
            arguments.extend(["--also", also]);
        }
        mithaq(folder.path(), &arguments, "")
    };
    assert_eq!(add("gala", "حفل", "an event", "").status.code(), Some(0));
    let before = std::fs::read(&file).unwrap();
    for (english, arabic, kind, also, why) in [
        ("gala", "حفلة", "an event", "", "G-604"),
        ("feast", "الحفل", "an event", "", "G-609"),
        ("Board", "مجلس الحي", "a body", "", "G-604"),
        ("directors", "مجلس الإدارة", "a body", "", "G-609"),
        ("feast", "وليمة", "an event", "board", "G-609"),
        ("twelve", "دزينة", "an event", "", "G-609"),
        ("feast", "وليمة", "a party", "", "G-603"),
        ("وليمة", "وليمة", "an event", "", "English letters"),
        ("feast", "feast", "an event", "", "Arabic letters"),
        ("feast # x", "وليمة", "an event", "", "“#”"),
        ("feast: x", "وليمة", "an event", "", "“:”"),
        ("feast — x", "وليمة", "an event", "", "“—”"),
        ("a b c d e f g h i j k l m", "وليمة", "an event", "", "G-607"),
        ("", "وليمة", "an event", "", "English letters"),
    ] {
        let refused = add(english, arabic, kind, also);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{english}: {said}");
        assert!(said.contains(why), "{english}: {said}");
        assert_eq!(std::fs::read(&file).unwrap(), before, "{english}");
    }
    for name in ["../out.rules", "own.txt", ".rules", "a/b.rules", ""] {
        let arguments = ["--english", "feast", "--arabic", "وليمة", "--kind", "an event"];
        let all = [&["words", "add", "--file", name][..], &arguments].concat();
        assert_eq!(mithaq(folder.path(), &all, "").status.code(), Some(2), "{name}");
    }
    // Answers that end too early.
    let cut = mithaq(folder.path(), &["words", "add"], "feast\n");
    assert_eq!(cut.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&cut.stderr).contains("--arabic"), "{cut:?}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

/// What somebody wrote by hand stays as it is, with its marks, comments and line ends.
#[test]
fn a_file_is_gone_on_with_as_it_is() {
    let folder = network();
    std::fs::create_dir(folder.path().join("vocabulary")).unwrap();
    let file = folder.path().join("vocabulary/ours.rules");
    let old = "\u{feff}# ours\r\nWords\r\n  gala — حفل: an event # once";
    std::fs::write(&file, old).unwrap();
    let arguments = ["words", "add", "--file", "ours.rules", "--english", "feast"];
    let more = ["--arabic", "وليمة", "--kind", "حدث"];
    let added = mithaq(folder.path(), &[&arguments[..], &more].concat(), "");
    assert_eq!(added.status.code(), Some(0), "{added:?}");
    let new = std::fs::read_to_string(&file).unwrap();
    assert_eq!(new, format!("{old}\r\n  feast — وليمة: حدث\r\n"));
    assert_eq!(own(folder.path()).len(), 2);
    let windows =
        [b"Words\r\n  gala \x97 ".as_slice(), b"\xcd\xdd\xe1: an event\r\n"].concat();
    std::fs::write(&file, &windows).unwrap();
    let refused = mithaq(folder.path(), &[&arguments[..], &more].concat(), "");
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert_eq!(std::fs::read(&file).unwrap(), windows);
}

/// A file of words can be checked by its name, once, inside a network and outside any.
#[test]
fn a_file_of_words_is_checked_as_one() {
    let folder = network();
    let words = folder.path().join("vocabulary");
    std::fs::create_dir(&words).unwrap();
    std::fs::write(
        words.join("ours.rules"),
        "Words\n  car log — دفتر السيارة: a document that stands\n",
    )
    .unwrap();
    let outside = tempfile::tempdir().unwrap();
    let file = words.join("ours.rules");
    for (here, path) in [
        (folder.path(), Path::new("vocabulary")),
        (folder.path(), Path::new("vocabulary/ours.rules")),
        (&words, Path::new("ours.rules")),
        (outside.path(), file.as_path()),
    ] {
        let path = path.to_str().unwrap();
        let checked = mithaq(here, &["check", "--format", "json", path], "");
        let told = json(&checked)["diagnostics"].as_array().unwrap().clone();
        let codes: Vec<&str> =
            told.iter().map(|it| it["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["G-611"], "{path}");
        assert_eq!(checked.status.code(), Some(0));
        let canonical = mithaq(here, &["fmt", "--check", path], "");
        assert_eq!(canonical.status.code(), Some(0), "{canonical:?}");
    }
}

/// Every kind that is offered can be taught, in the words of either language.
#[test]
fn every_kind_that_is_offered_can_be_taught() {
    let lists = [kind::all(Language::English), kind::all(Language::Arabic)];
    assert_eq!(lists[0].len(), lists[1].len());
    assert!(lists[0].len() >= 18, "{lists:?}");
    for name in lists.concat() {
        let text = format!(
            "Words\n  zeppelin — منطاد: {name}\n     looks like: titled \"zeppelin\"\n"
        );
        let files = [("vocabulary/own.rules", text.as_str())];
        let (vocabulary, lines, told) = Vocabulary::default().taught(&files);
        assert_eq!(told, [], "{name}");
        assert_eq!(surprises(&vocabulary, &lines), [], "{name}");
        let (_, term) = vocabulary.terms().last().unwrap();
        assert!(kind::words(term.kind).contains(&name), "{name}: {:?}", term.kind);
    }
}

/// An entry whose Arabic stands first, with Arabic labels, is recognised like any other.
#[test]
fn papers_are_known_by_entries_in_arabic() {
    for words in [
        "المصطلحات\n  شهادة الجودة — quality certificate: مستند دائم\n     علاماتها: عنوانه «شهادة الجودة»\n",
        "Words\n  quality certificate — شهادة الجودة: وثيقة دائمة\n     تبدو: عنوانه «شهادة الجودة»\n",
    ] {
        assert_eq!(learn(&[("vocabulary/own.rules", words)]).1, []);
        assert!(Cues::with(&[words]).recognises("quality_certificate"), "{words}");
    }
}

/// The words that ship, taught as a network teaches its own, give no cause for a warning.
#[test]
fn the_shipped_vocabulary_raises_no_false_alarm() {
    assert_eq!(learn(&[]).1, []);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/vocabulary");
    let names = ["bodies", "people", "organizations", "documents", "verbs", "events"];
    let files = names.map(|name| {
        let text = std::fs::read_to_string(folder.join(format!("{name}.rules"))).unwrap();
        (format!("vocabulary/{name}.rules"), text)
    });
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (vocabulary, lines, told) = Vocabulary::default().taught(&files);
    assert_eq!(told, []);
    let told = surprises(&vocabulary, &lines);
    // "Deposit" is of two deeds on purpose: what it is done to tells which.
    let deposit = vocabulary.id("deposit");
    let twofold = |told: &Diagnostic| {
        let at = |line: &&vocabulary::Taught| line.place.line == told.place.line;
        let mut there = lines.iter().filter(at);
        told.code == "G-609" && there.any(|line| Some(line.term) == deposit)
    };
    let warnings: Vec<&Diagnostic> = told
        .iter()
        .filter(|told| told.severity != Severity::Note && !twofold(told))
        .collect();
    let said: Vec<(&str, &str, &str)> = warnings
        .iter()
        .map(|it| (it.code, it.place.text.as_str(), it.message[0].as_str()))
        .collect();
    assert!(said.is_empty(), "{said:#?}");
}
