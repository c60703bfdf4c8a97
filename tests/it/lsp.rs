//! `mithaq lsp`, by an editor that speaks to the real binary over its standard streams.

mod editor;

use async_lsp::lsp_types as lsp;
use async_lsp::lsp_types::request;

use crate::lsp::editor::Editor;
use crate::scratch::Scratch;

const FILE: &str = "rules/board.rules";

#[test]
fn what_is_wrong_is_said_where_it_stands_and_again_after_each_change() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "en-GB");
    let told = editor.open(FILE, "baord meets quarterly\n");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].range, range([0, 0, 0, 5]));
    assert_eq!(told[0].code, Some(lsp::NumberOrString::String("G-101".into())));
    assert_eq!(told[0].severity, Some(lsp::DiagnosticSeverity::ERROR));
    assert!(told[0].message.contains("“baord”"), "{}", told[0].message);
    assert!(told[0].message.contains("→ board meets quarterly"), "{}", told[0].message);
    assert_eq!(editor.type_in(FILE, [0, 1, 0, 3], "oa"), []);
    let told = editor.type_in(FILE, [1, 0, 1, 0], "  Grace: some days\n");
    assert_eq!(told[0].range, range([1, 9, 1, 18]));
    assert_eq!(editor.end(), 0);
}

#[test]
fn places_in_arabic_are_counted_in_units_of_utf_16() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "ar");
    // 𝔸 is two units, and the vowel marks are one each.
    let line = "القاعدة 𝔸-1: يَجتمع مجلس الإدراة كل ربع سنة";
    let told = editor.open(FILE, &format!("# 𝔸 نص\n{line}\n"));
    assert_eq!(told.len(), 1, "{told:#?}");
    let before = line.split_once("مجلس").unwrap().0.encode_utf16().count() as u32;
    let words = "مجلس الإدراة".encode_utf16().count() as u32;
    assert_eq!(told[0].range, range([1, before, 1, before + words]), "{told:#?}");
    assert!(told[0].message.starts_with("لا أعرف العبارة «مجلس الإدراة»"), "{told:#?}");
    // What is typed is counted the same way.
    let at = line.split_once("الإدراة").unwrap().0.encode_utf16().count() as u32;
    assert_eq!(editor.type_in(FILE, [1, at, 1, at + 7], "الإدارة"), []);
    assert_eq!(editor.end(), 0);
}

#[test]
fn words_on_a_later_line_of_a_sentence_are_found_there() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "en");
    let text = "Rule A-1: the board meets  # how often?\n    quartely\n";
    let told = editor.open(FILE, text);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].range, range([1, 4, 1, 12]));
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_rule_is_read_back_in_the_other_language() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "en");
    let text = "# Of the board\nRule BRD-1: board meets quarterly\n  Grace: 14 days\n\n  Weight: 3\n";
    assert_eq!(editor.open(FILE, text), []);
    for (line, character) in [(1, 3), (2, 5), (4, 0)] {
        let said = hover(&editor, line, character).expect("a rule");
        assert!(said.contains("القاعدة BRD"), "{said}");
        assert!(said.contains("يجتمع مجلس الإدارة"), "{said}");
        assert!(said.contains("مهلة السماح: 14 يومًا"), "{said}");
        assert!(said.contains("الوزن: 3"), "{said}");
    }
    assert_eq!(hover(&editor, 0, 3), None);
    assert_eq!(hover(&editor, 900, 3), None);
    let arabic = "القاعدة م-1: تُنشر القوائم المالية المدققة خلال أربعة أشهر من نهاية السنة المالية\n";
    assert_eq!(editor.type_in(FILE, [0, 0, 5, 0], arabic), []);
    let said = hover(&editor, 0, 20).expect("a rule");
    assert!(said.contains("audited accounts are published within 4 months"), "{said}");
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_file_is_put_into_canonical_words_or_it_is_said_why_not() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "ar");
    editor.open(FILE, "board meets quarterly # for now\n  Grace: two weeks\n");
    let edits = editor.ask::<request::Formatting>(formatting(&editor)).expect("edits");
    assert_eq!(edits.len(), 1);
    let said = "The board meets at least once in each calendar quarter  # for now\n";
    assert!(edits[0].new_text.starts_with(said), "{}", edits[0].new_text);
    editor.type_in(FILE, [0, 0, 2, 0], &edits[0].new_text);
    assert_eq!(editor.ask::<request::Formatting>(formatting(&editor)), Some(Vec::new()));
    editor.type_in(FILE, [0, 0, 0, 9], "xyz");
    assert_eq!(editor.ask::<request::Formatting>(formatting(&editor)), None);
    assert_eq!(editor.shown(), "في الملف أخطاء، فيبقى كما هو إلى أن تُصحَّح.");
    assert_eq!(editor.end(), 0);
}

#[test]
fn the_words_of_the_network_hold_in_its_rules_as_they_are_typed() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "en");
    assert_eq!(editor.open(FILE, "the wise council meets quarterly\n").len(), 1);
    let words = "vocabulary/own.rules";
    let told = editor.open(words, "Words\n  wise council: a body\n");
    assert_eq!(told[0].code, Some(lsp::NumberOrString::String("G-602".into())));
    assert_eq!(
        editor.type_in(words, [1, 14, 1, 14], " — مجلس الحكماء"),
        [],
        "the words are read"
    );
    assert_eq!(editor.told_of(FILE), [], "and known in the rules");
    assert_eq!(editor.end(), 0);
}

#[test]
fn what_is_no_place_or_no_question_of_ours_is_answered_and_nothing_breaks() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "en");
    editor.open(FILE, "board meets quarterly");
    assert_eq!(hover(&editor, u32::MAX, u32::MAX), None);
    assert!(hover(&editor, 0, u32::MAX).is_some());
    editor.type_in(FILE, [7, 9, 3, 1], "\r\r\n\u{0}\u{202e}");
    editor.type_in(FILE, [0, 0, u32::MAX, 0], "board meets monthly");
    let other = lsp::TextDocumentIdentifier::new("untitled:one".parse().unwrap());
    let params = lsp::HoverParams {
        text_document_position_params: lsp::TextDocumentPositionParams::new(
            other,
            lsp::Position::default(),
        ),
        work_done_progress_params: lsp::WorkDoneProgressParams::default(),
    };
    assert_eq!(editor.ask::<request::HoverRequest>(params), None);
    assert!(hover(&editor, 0, 0).is_some());
    let opening = &editor.opening.capabilities;
    assert_eq!(opening.position_encoding, Some(lsp::PositionEncodingKind::UTF16));
    assert_eq!(editor.end(), 0);
}

fn hover(editor: &Editor, line: u32, character: u32) -> Option<String> {
    let params = lsp::HoverParams {
        text_document_position_params: editor.at(FILE, line, character),
        work_done_progress_params: lsp::WorkDoneProgressParams::default(),
    };
    let hover = editor.ask::<request::HoverRequest>(params)?;
    match hover.contents {
        lsp::HoverContents::Markup(markup) => Some(markup.value),
        other => panic!("{other:?}"),
    }
}

fn formatting(editor: &Editor) -> lsp::DocumentFormattingParams {
    lsp::DocumentFormattingParams {
        text_document: editor.document(FILE),
        options: lsp::FormattingOptions::default(),
        work_done_progress_params: lsp::WorkDoneProgressParams::default(),
    }
}

fn range([line, character, to_line, to_character]: [u32; 4]) -> lsp::Range {
    lsp::Range::new(
        lsp::Position::new(line, character),
        lsp::Position::new(to_line, to_character),
    )
}

#[test]
fn what_can_be_written_next_is_offered_and_a_slip_is_put_right_on_request() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "en");
    editor.open(FILE, "# 𝔸\nRule A-1: the general ass");
    let params = lsp::CompletionParams {
        text_document_position: editor.at(FILE, 1, 25),
        work_done_progress_params: lsp::WorkDoneProgressParams::default(),
        partial_result_params: lsp::PartialResultParams::default(),
        context: None,
    };
    let Some(lsp::CompletionResponse::List(list)) =
        editor.ask::<request::Completion>(params)
    else {
        panic!("no list");
    };
    let item = list.items.iter().find(|it| it.label == "general assembly").expect("it");
    assert_eq!(item.detail.as_deref(), Some("الجمعية العمومية"));
    let Some(lsp::CompletionTextEdit::Edit(edit)) = &item.text_edit else { panic!() };
    assert_eq!(edit.range, range([1, 14, 1, 25]));
    let told = editor.type_in(FILE, [1, 10, 1, 25], "the baord meets quarterly # often");
    let params = lsp::CodeActionParams {
        text_document: editor.document(FILE),
        range: told[0].range,
        context: lsp::CodeActionContext {
            diagnostics: told,
            only: None,
            trigger_kind: None,
        },
        work_done_progress_params: lsp::WorkDoneProgressParams::default(),
        partial_result_params: lsp::PartialResultParams::default(),
    };
    let actions = editor.ask::<request::CodeActionRequest>(params).expect("actions");
    let lsp::CodeActionOrCommand::CodeAction(action) = &actions[0] else { panic!() };
    assert_eq!(action.title, "Write: the board meets quarterly");
    assert_eq!(action.is_preferred, Some(true));
    let changes = action.edit.as_ref().unwrap().changes.as_ref().unwrap();
    let edit = &changes[&editor.url(FILE)][0];
    assert_eq!((edit.range, edit.new_text.as_str()), (range([1, 14, 1, 19]), "board"));
    assert_eq!(editor.end(), 0);
}

#[test]
fn what_is_named_is_found_where_it_is_written() {
    let scratch = Scratch::new();
    scratch.write("rules/law.rules", "# The law\n\nRule PS-6: board meets monthly\n");
    scratch
        .write("vocabulary/own.rules", "Words\n  wise council — مجلس الحكماء: a body\n");
    let mut editor = Editor::start(scratch.root(), "en");
    let text = "the wise council meets quarterly\n  Gives way to: B-2, law/PS-6\nRule B-2: board meets\n";
    assert_eq!(editor.open(FILE, text), []);
    let define = |line, character| {
        let params = lsp::GotoDefinitionParams {
            text_document_position_params: editor.at(FILE, line, character),
            work_done_progress_params: lsp::WorkDoneProgressParams::default(),
            partial_result_params: lsp::PartialResultParams::default(),
        };
        match editor.ask::<request::GotoDefinition>(params) {
            Some(lsp::GotoDefinitionResponse::Scalar(it)) => {
                Some((it.uri, it.range.start.line))
            }
            _ => None,
        }
    };
    assert_eq!(define(1, 24), Some((editor.url("rules/law.rules"), 2)));
    assert_eq!(define(1, 17), Some((editor.url(FILE), 2)));
    assert_eq!(define(0, 6), Some((editor.url("vocabulary/own.rules"), 1)));
    assert_eq!(define(2, 12), None, "a word that ships with the program");
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_saved_rulebook_of_a_network_can_be_tried_from_its_lens() {
    let scratch = Scratch::new();
    let mut editor = Editor::start(scratch.root(), "ar");
    editor.open(FILE, "board meets quarterly\n");
    let lenses = |file: &str| {
        editor.ask::<request::CodeLensRequest>(lsp::CodeLensParams {
            text_document: editor.document(file),
            work_done_progress_params: lsp::WorkDoneProgressParams::default(),
            partial_result_params: lsp::PartialResultParams::default(),
        })
    };
    let lens = lenses(FILE).expect("lenses").remove(0);
    let command = lens.command.expect("a command");
    assert_eq!(command.title, "تجربتها على المؤسسات");
    let params = lsp::ExecuteCommandParams {
        command: command.command,
        arguments: command.arguments.unwrap(),
        work_done_progress_params: lsp::WorkDoneProgressParams::default(),
    };
    let said = editor.ask::<request::ExecuteCommand>(params.clone());
    assert!(said.is_some_and(|said| !said.as_str().unwrap_or_default().is_empty()));
    assert!(!editor.shown().is_empty());
    editor.type_in(FILE, [0, 0, 0, 0], "the ");
    editor.ask::<request::ExecuteCommand>(params);
    assert_eq!(editor.shown(), "يُرجى حفظ الملف أولًا: لا يُجرَّب إلا المحفوظ.");
    assert_eq!(editor.end(), 0);
}
