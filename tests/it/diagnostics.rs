//! Every message by a file that triggers it, whole, in both languages; `BLESS=1` writes
//! the expected texts and the generated pages again.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mithaq::compile::taught;
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::{Diagnostic, Severity, catalogue, render};
use mithaq::form;
use mithaq::limits;
use mithaq::text::{Language, language_of};
use mithaq::vocabulary::{self, Vocabulary};

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixtures() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("fixtures/diagnostics")).unwrap();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "rules"));
    files.sort();
    files
}

fn said(text: &str) -> (usize, Vec<Diagnostic>) {
    let standard = &*STANDARD;
    if text.starts_with("Words") {
        return (0, taught::learn(&[("words.rules", text)]).1);
    }
    let sources = [Source::new("rules/test.rules", text)];
    let together = text.starts_with(crate::analysis::TOGETHER);
    let words = if together { &*crate::analysis::WORDS } else { standard };
    let (program, mut diagnostics) = compile(&sources, words);
    if together {
        diagnostics.extend(crate::analysis::looked_at(&program, &sources).0);
    }
    (program.rulebooks[0].rules.len(), diagnostics)
}

fn check_file(path: &Path, text: &str) {
    let written = std::fs::read_to_string(path).unwrap_or_default();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, text).unwrap();
    } else {
        assert_eq!(written, text, "{} is stale (BLESS=1 writes it)", path.display());
    }
}

#[test]
fn every_fixture_says_what_stands_beside_it() {
    for path in fixtures() {
        let (_, diagnostics) = said(&std::fs::read_to_string(&path).unwrap());
        let mut text = String::new();
        for diagnostic in &diagnostics {
            for language in [Language::English, Language::Arabic] {
                writeln!(text, "{}\n", render::text(diagnostic, language)).unwrap();
            }
        }
        check_file(&path.with_extension("expected"), &text);
    }
}

#[test]
fn every_code_has_a_page_and_a_fixture() {
    let mut raised = BTreeSet::from(["G-501", "G-503", "G-608", "G-905"]); // of bytes, sizes and case files, tested elsewhere
    for path in fixtures() {
        let (_, diagnostics) = said(&std::fs::read_to_string(&path).unwrap());
        let codes: Vec<&str> =
            diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        let own = path.file_stem().unwrap().to_str().unwrap();
        assert!(own == "twenty" || codes.contains(&own), "{own}: {codes:?}");
        raised.extend(codes);
    }
    let pages: BTreeSet<&str> = catalogue::pages().map(|page| page.code).collect();
    assert_eq!(raised, pages);
}

/// Of a whole file or of a length: there is no line to put right.
const WITHOUT_CORRECTION: [&str; 3] = ["G-501", "G-502", "G-503"];
/// A wording that only Arabic has.
const OF_ARABIC: [&str; 1] = ["G-205"];
/// A file has one line above its first rule that continues nothing, and one `Words`.
const ONCE_A_FILE: [&str; 2] = ["G-411", "G-412"];

/// One to three suggestions for every message; put in place of the line, each is right.
#[test]
fn every_suggestion_puts_its_line_right() {
    for path in fixtures() {
        let text = std::fs::read_to_string(&path).unwrap();
        for told in said(&text).1 {
            if WITHOUT_CORRECTION.contains(&told.code) {
                continue;
            }
            let count = told.suggestions.len();
            // A note says what follows from a line that is right as it stands.
            if told.severity == Severity::Note && count == 0 {
                continue;
            }
            assert!((1..=3).contains(&count), "{}: {told:?}", path.display());
            for suggestion in &told.suggestions {
                let whole = put(&text, &told, suggestion);
                let again = said(&whole).1;
                let lines = suggestion.lines().count() as u32;
                let there = told.place.line..told.place.line + lines;
                let left: Vec<_> = again
                    .iter()
                    .filter(|it| there.contains(&it.place.line))
                    .filter(|it| it.is_error() || it.code == told.code)
                    // The file may hold the same sentence elsewhere.
                    .filter(|it| it.code != "G-401" || told.code == "G-401")
                    .collect();
                assert!(left.is_empty(), "{}\n{suggestion}\n{left:?}", path.display());
            }
        }
    }
}

/// The file with a suggestion in place of the line it speaks of.
fn put(text: &str, told: &Diagnostic, suggestion: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = &mut lines[told.place.line as usize - 1];
    let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
    // A stray line is put right by its place alone; a rule begins at the margin.
    let margin = told.code == "G-411" || suggestion.contains('\n');
    let suggestion = match told.code < "G-400" {
        // The suggestion of a sentence is a sentence: what names the rule stays.
        true => line.trim().replacen(sentence(line), suggestion, 1),
        false => suggestion.to_owned(),
    };
    *line = if margin { suggestion } else { format!("{indent}{suggestion}") };
    lines.join("\n") + "\n"
}

/// The sentence of a line: what stands after `Rule ID:`, or all of it.
fn sentence(line: &str) -> &str {
    let line = line.trim();
    let named = line.starts_with("Rule ") || line.starts_with("القاعدة ");
    let after = line.split_once(':').filter(|_| named).map(|(_, after)| after.trim());
    after.unwrap_or(line)
}

#[test]
fn every_code_is_triggered_in_both_languages() {
    for page in catalogue::pages() {
        let path = root().join(format!("fixtures/diagnostics/{}.rules", page.code));
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let told = said(&text).1;
        let of = |language: Language| {
            told.iter().any(|it| {
                it.code == page.code && language_of(&it.place.source) == language
            })
        };
        assert!(
            of(Language::Arabic)
                || page.code > "G-600"
                || ONCE_A_FILE.contains(&page.code),
            "{}",
            page.code
        );
        assert!(of(Language::English) || OF_ARABIC.contains(&page.code), "{}", page.code);
    }
}

/// The author's words are quoted in both languages, and no rule of a grammar is named.
#[test]
fn messages_quote_the_author_and_name_no_grammar_rule() {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for folder in ["grammar", "grammar/forms"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let Ok(grammar) = std::fs::read_to_string(entry.unwrap().path()) else {
                continue;
            };
            let rules = grammar.lines().filter_map(|line| line.split_once('='));
            names.extend(rules.map(|(name, _)| name.trim().to_owned()));
        }
    }
    names.retain(|name| name.contains('_'));
    assert!(names.len() > 60, "{names:?}");
    for path in fixtures() {
        for told in said(&std::fs::read_to_string(&path).unwrap()).1 {
            for language in [Language::English, Language::Arabic] {
                let text = told.says(language);
                let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
                for word in words {
                    assert!(!names.contains(word), "{word}: {text}");
                }
                let quotes = match language {
                    Language::English => ['“', '”'],
                    Language::Arabic => ['«', '»'],
                };
                assert!(quotes.iter().all(|quote| text.contains(*quote)), "{text}");
            }
        }
    }
}

/// A caret under a line that runs right to left would point at the wrong word.
#[test]
fn carets_stand_only_under_lines_that_run_left_to_right() {
    for path in fixtures() {
        for told in said(&std::fs::read_to_string(&path).unwrap()).1 {
            let arabic = told.place.source.chars().any(mithaq::text::is_arabic_letter);
            let text = render::text(&told, Language::English);
            let caret = text.lines().any(|line| line.trim_start().starts_with('^'));
            assert!(!(arabic && caret), "{text}");
        }
    }
}

#[test]
fn twenty_mistakes_are_all_told_and_hide_no_good_rule() {
    let path = root().join("fixtures/diagnostics/twenty.rules");
    let (rules, diagnostics) = said(&std::fs::read_to_string(path).unwrap());
    let lines: BTreeSet<u32> =
        diagnostics.iter().map(|diagnostic| diagnostic.place.line).collect();
    assert!(diagnostics.len() >= 20 && lines.len() >= 20, "{}", diagnostics.len());
    assert_eq!(rules, 6, "the quarterly board, the permission, A, C, the accounts, D");
}

#[test]
fn limits_hold_at_their_edge() {
    let most = usize::try_from(limits::RULE_FILE_BYTES_MAX).unwrap();
    let sentence = "board meets quarterly\n";
    let full = format!("{sentence}{}", "#".repeat(most - sentence.len()));
    assert_eq!(said(&full).0, 1);
    assert_eq!(said(&format!("{full}#")).1[0].code, "G-501");
    let long = |count: usize| {
        format!("Rule A: the annual report contains: {}", "a".repeat(count))
    };
    let room = limits::SENTENCE_CHARS_MAX - "the annual report contains: ".len();
    assert_eq!(said(&long(room)).0, 1);
    assert_eq!(said(&long(room + 1)).1[0].code, "G-502");
    let items = |count: usize| {
        format!("annual report contains: {}", vec!["a b"; count].join("; "))
    };
    assert_eq!(said(&items(limits::ITEMS_MAX)).0, 1);
    assert_eq!(said(&items(limits::ITEMS_MAX + 1)).1[0].code, "G-306");
}

/// The search for what was meant ends before a file of nothing but slips takes minutes.
#[test]
fn so_many_problems_are_explained() {
    let most = limits::PROBLEMS_EXPLAINED_MAX;
    let (rules, said) = said(&"boadr meets quarterly\n".repeat(most + 1));
    assert_eq!((rules, said.len()), (0, most + 1));
    let (explained, brief) = said.split_at(most);
    assert!(explained.iter().all(|it| !it.suggestions.is_empty()));
    assert!(brief.iter().all(|it| it.suggestions.is_empty() && it.place.text == "boadr"));
}

#[test]
fn phrases_are_found_up_to_their_limit() {
    let words = |count: usize| -> String {
        let words = (0..count).map(|at| format!("w{}q", char::from(b'a' + at as u8)));
        words.collect::<Vec<_>>().join(" ")
    };
    let taught = |count: usize| {
        let file = format!("Words\n  {} — الهيئة الكبيرة جدا: a body\n", words(count));
        STANDARD.with(&[("words.rules", &file)])
    };
    let (vocabulary, said) = taught(limits::PHRASE_WORDS_MAX);
    assert_eq!(said, []);
    // Articles in between are of no phrase.
    let spoken = words(limits::PHRASE_WORDS_MAX).replace(' ', " the ");
    for sentence in [
        format!("the {} meets quarterly", words(limits::PHRASE_WORDS_MAX)),
        format!("the {spoken} meets quarterly"),
    ] {
        let source = Source::new("rules/test.rules", &sentence);
        let (program, said) = compile(&[source], &vocabulary);
        assert_eq!(said, [], "{sentence}");
        assert_eq!(program.rulebooks[0].rules.len(), 1);
    }
    let (_, said) = taught(limits::PHRASE_WORDS_MAX + 1);
    assert_eq!(said.iter().map(|it| it.code).collect::<Vec<_>>(), ["G-607"]);
}

#[test]
fn a_vocabulary_is_full_at_its_limit() {
    let known = STANDARD.terms().count();
    let mut file = "Words\n".to_owned();
    for at in known..limits::TERMS_MAX {
        writeln!(file, "  b{at}q — هيئة{at}: a body").unwrap();
    }
    let (full, said) = STANDARD.with(&[("words.rules", &file)]);
    assert_eq!((full.terms().count(), said.len()), (limits::TERMS_MAX, 0));
    let last = format!("b{}q meets quarterly", limits::TERMS_MAX - 1);
    let (program, said) = compile(&[Source::new("rules/test.rules", &last)], &full);
    assert_eq!((program.rulebooks[0].rules.len(), said.len()), (1, 0));
    let more = "Words\n  one more — هيئة أخرى: a body\n";
    let (fuller, said) = full.with(&[("words.rules", more)]);
    assert_eq!(fuller.terms().count(), limits::TERMS_MAX);
    assert_eq!(said.iter().map(|it| it.code).collect::<Vec<_>>(), ["G-608"]);
}

#[test]
fn conditions_hold_together_up_to_their_limit() {
    let rule = |count: usize| {
        let types = vec!["associations"; count].join(", ");
        format!("Rule A: board meets quarterly\n  Applies to: {types}\n")
    };
    assert_eq!(said(&rule(limits::CONDITIONS_MAX)), (1, vec![]));
    let (rules, said) = said(&rule(limits::CONDITIONS_MAX + 1));
    let codes: Vec<&str> = said.iter().map(|it| it.code).collect();
    assert_eq!((rules, codes), (0, vec!["G-409"]));
}

/// The grammar stops by itself where no sentence that is let in would take it.
#[test]
fn a_parse_ends_at_its_limit() {
    let context = form::Context { vocabulary: &STANDARD, fiscal_quarters: false };
    let missed = |items: usize| {
        let sentence =
            format!("annual report contains: {}", vec!["a b"; items].join("; "));
        form::parse(&form::mark(&sentence, &STANDARD), &context).unwrap_err()
    };
    let most = limits::SENTENCE_CHARS_MAX / "a b; ".len();
    assert!(missed(most).fault.is_some(), "read whole, and found to have too many items");
    assert!(
        missed(limits::PARSE_CALLS_MAX / 4).fault.is_none(),
        "given up before the end"
    );
}

#[test]
fn a_list_without_items_is_told_as_such_and_shown_with_some() {
    for (text, item) in [
        ("the annual report contains:", "the audited accounts"),
        ("the annual report contains: ; ;", "the audited accounts"),
        ("يتضمن التقرير السنوي:", "القوائم المالية المدققة"),
        ("يتضمن التقرير السنوي: ؛ ؛", "القوائم المالية المدققة"),
    ] {
        let (rules, told) = said(text);
        let told = told.first().expect("it is told");
        assert_eq!((rules, told.code), (0, "G-302"), "{text}");
        let shown = &told.suggestions.first().expect("a list with items");
        assert!(shown.ends_with(item) && said(shown) == (1, vec![]), "{shown}");
    }
}

#[test]
fn the_page_of_codes_is_current() {
    let mut page = "# Messages\n\nMade from the catalogue in `src/diagnostics/catalogue.rs`. `mithaq explain CODE` prints the same.\n".to_owned();
    for entry in catalogue::pages() {
        let [english, arabic] = entry.text;
        write!(
            page,
            "\n## {}\n\n{english}\n\n<p dir=\"rtl\" lang=\"ar\">{arabic}</p>\n",
            entry.code
        )
        .unwrap();
        let fixture = root().join(format!("fixtures/diagnostics/{}.rules", entry.code));
        let example = std::fs::read_to_string(fixture).unwrap_or_default();
        if !example.is_empty() && example.len() < 600 && entry.code != "G-504" {
            write!(page, "\n```\n{}\n```\n", example.trim_end()).unwrap();
        }
    }
    check_file(&root().join("docs/diagnostics.md"), &page);
}

/// The reference of sentences, one page a language, made from the forms.
#[test]
fn the_pages_of_forms_are_current() {
    let heads = [
        "# Every sentence\n\n[بالعربية](reference.ar.md) · [Start](start.md) · [Readings and dates](readings.md)\n\nMade from `src/form`. A sentence that says the same in other words is understood too; these are some of the wordings. What `mithaq check` and `mithaq fmt` make of one that is not canonical stands behind the arrow.\n",
        "<div dir=\"rtl\" lang=\"ar\">\n\n# الجمل كلها\n\n[In English](reference.md) · [البداية](start.ar.md) · [القراءات والتواريخ](readings.ar.md)\n\nهذه الصفحة مولَّدة من `src/form`. تُفهم الجملة التي تقول الأمر نفسه بألفاظ أخرى أيضًا، وهذه بعض الصياغات. وبعد السهم ما يكتبه `mithaq check` و`mithaq fmt` حين لا تكون الجملة بصياغتها المعتمدة.\n",
    ];
    let vocabulary = vocabulary::standard();
    let context = form::Context { vocabulary: &vocabulary, fiscal_quarters: false };
    let canonical = |sentence: &str, language: usize| {
        let marked = form::mark(sentence.trim_end_matches('.'), &vocabulary);
        let (_, norm) = form::parse(&marked, &context).unwrap();
        form::say(&norm, &vocabulary)[language].clone()
    };
    for (language, head) in heads.into_iter().enumerate() {
        let mut page = head.to_owned();
        for (number, form) in form::FORMS.iter().enumerate() {
            let title = canonical(form.examples[0][language], language);
            let title = title.trim_end_matches('.');
            let meaning = form.meaning[language];
            write!(page, "\n## {}. {title}\n\n{meaning}\n\n", number + 1).unwrap();
            for pair in form.examples {
                let (sentence, said) =
                    (pair[language], canonical(pair[language], language));
                let same = sentence.trim_end_matches('.') == said.trim_end_matches('.');
                let arrow = if language == 0 { "→" } else { "←" };
                let said =
                    if same { String::new() } else { format!(" {arrow} *{said}*") };
                writeln!(page, "- {sentence}{said}").unwrap();
            }
        }
        if language == 1 {
            page.push_str("\n</div>\n");
        }
        let name =
            ["docs/language/reference.md", "docs/language/reference.ar.md"][language];
        check_file(&root().join(name), &page);
    }
}
