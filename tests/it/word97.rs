//! DOC and RTF: papers that `LibreOffice` wrote, what its writers can do to text, and bytes that
//! nobody wrote.

use mithaq::document::{Problem, ReadState, Role, Text};
use mithaq::extract::extract;
use mithaq::limits;
use mithaq::recognise::cues::Cues;
use mithaq::recognise::{Context, read};

const DOC: &[u8] = include_bytes!("../../fixtures/documents/office/minutes.doc");
const RTF: &[u8] = include_bytes!("../../fixtures/documents/office/minutes.rtf");

const MINUTES: [&str; 8] = [
    "محضر اجتماع مجلس الإدارة رقم (3)",
    "عُقد الاجتماع يوم الثلاثاء الموافق ١١/٦/٢٠٢٤م في مقر الجمعية.",
    "الاسم | الصفة",
    "أحمد سالم | الرئيس",
    "سلمى يوسف | أمينة السر",
    "الحضور: 7 من 9 أعضاء.",
    "The board met on 11 June 2024 at the association’s office.",
    "وافق المجلس على محضر الاجتماع السابق، وانتهى الاجتماع.",
];

fn lines(text: &Text) -> Vec<&str> {
    let lines = text.lines.iter().map(|line| line.text.as_str());
    lines.filter(|line| !line.is_empty()).collect()
}

fn rtf(body: &str) -> Text {
    extract(format!("{{\\rtf1\\ansi\\ansicpg1252 {body}}}").as_bytes(), "a.rtf").unwrap()
}

#[test]
fn minutes_in_both_formats_say_what_they_say() {
    let cues = Cues::standard();
    for (bytes, name) in [(DOC, "minutes.doc"), (RTF, "minutes.rtf"), (DOC, "wrong.pdf")]
    {
        let text = extract(bytes, name).unwrap();
        assert_eq!(lines(&text), MINUTES, "{name}");
        let reading = read(&Context::of(&text, name, &cues));
        assert_eq!(reading.state, ReadState::Understood, "{name}");
        assert_eq!(reading.kinds[0].kind, "board_minutes", "{name}");
    }
}

#[test]
fn rtf_is_read_in_the_code_page_of_its_font() {
    let arabic = r"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset178 Arial;}}
        \f1\rtlch \'e3\'cd\'d6\'d1\f0  minutes\'92s\par {\f1 \'c7\'cc\'ca\'e3\'c7\'da}\par";
    assert_eq!(lines(&rtf(arabic)), ["محضر minutes’s", "اجتماع"]);
    let page = extract(b"{\\rtf1\\ansi\\ansicpg1256 \\'e3\\'cd\\'d6\\'d1}", "a").unwrap();
    assert_eq!(lines(&page), ["محضر"], "where no font says otherwise");
}

#[test]
fn rtf_characters_by_number_take_what_stands_for_them_away() {
    let text =
        rtf(r"\u1605?\uc2\u1581\'61\'62\uc0\u1590 x{\uc3\u-10179?!?\u-8694???y}z\par");
    assert_eq!(lines(&text), ["محض x\u{1f60a}yz".replace(" x", "x")]);
}

#[test]
fn rtf_that_is_not_text_is_passed_over() {
    let text = rtf(
        r"{\info{\title A plan}{\author Ann}}{\stylesheet{\s1 heading 1;}{\s2 Body;}}
        {\*\unknown secret}{\pict\bin4 }}{{ 0011}{\header Letterhead}{\v hidden}
        \pard\s1 Head\par\pard\s2 Body {\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}\par",
    );
    assert_eq!(lines(&text), ["Head", "Body shown"]);
    assert_eq!(text.lines[0].role, Role::Heading(1));
    assert_eq!(text.lines[1].role, Role::Text);
    let title = ("title".to_owned(), "A plan".to_owned());
    assert_eq!(text.properties.first(), Some(&title));
}

#[test]
fn rtf_tables_are_rows_of_cells() {
    let text = rtf(r"\trowd\intbl Name\cell Role\cell\row
        \trowd\intbl Ann\par Lee\cell \cell\row\pard After\par");
    assert_eq!(lines(&text), ["Name | Role", "Ann Lee |", "After"]);
}

#[test]
fn rtf_groups_may_be_as_deep_as_the_limit_and_no_deeper() {
    let nested = |depth: usize| {
        let text = format!("{}{{\\rtf1 a{}", "", "{".repeat(depth - 1));
        extract(format!("{text} b{}", "}".repeat(depth)).as_bytes(), "a.rtf")
    };
    assert!(nested(limits::RTF_DEPTH_MAX).is_ok());
    assert_eq!(nested(limits::RTF_DEPTH_MAX + 1), Err(Problem::LimitPassed));
    assert!(extract(b"{\\rtf1 a}}}}}} b", "a.rtf").is_ok(), "too many ends");
}

/// The document with one byte of its main stream's head set.
fn doc_with(at: usize, byte: u8) -> Vec<u8> {
    let mut bytes = DOC.to_vec();
    let start = (512..bytes.len())
        .step_by(512)
        .find(|at| bytes[*at..].starts_with(&[0xec, 0xa5]))
        .unwrap();
    bytes[start + at] = byte;
    bytes
}

#[test]
fn a_locked_or_older_doc_has_a_named_problem() {
    let flags = doc_with(11, 0x01);
    assert_eq!(extract(&flags, "a.doc"), Err(Problem::Encrypted));
    let older = doc_with(3, 0x00);
    assert_eq!(extract(&older, "a.doc"), Err(Problem::UnknownFormat));
}

/// The document with numbers of its main stream's head changed.
fn doc_with_numbers(change: impl Fn(usize, u32) -> u32) -> Vec<u8> {
    let mut bytes = DOC.to_vec();
    let mut starts = (512..bytes.len()).step_by(512);
    let start = starts.find(|at| bytes[*at..].starts_with(&[0xec, 0xa5])).unwrap();
    for at in (0x4c..0x6c).step_by(4) {
        let place = start + at..start + at + 4;
        let number = u32::from_le_bytes(bytes[place.clone()].try_into().unwrap());
        bytes[place].copy_from_slice(&change(at, number).to_le_bytes());
    }
    bytes
}

#[test]
fn heads_feet_notes_and_text_boxes_of_a_doc_are_read_and_comments_are_not() {
    let last = MINUTES[7];
    let length = u32::try_from(last.chars().count()).unwrap() + 1;
    for (part, role) in [
        (0x50, Some(Role::Text)),
        (0x54, Some(Role::Furniture)),
        (0x5c, None),
        (0x60, Some(Role::Text)),
        (0x64, Some(Role::Text)),
        (0x68, Some(Role::Furniture)),
    ] {
        // The last line of the body, given to another part.
        let bytes = doc_with_numbers(|at, number| match at {
            0x4c => number - length,
            _ if at == part => number + length,
            _ => number,
        });
        let text = extract(&bytes, "a.doc").unwrap();
        let found = text.lines.iter().find(|line| line.text == last);
        assert_eq!(found.map(|line| line.role), role, "{part:x}");
        assert_eq!(lines(&text)[..7], MINUTES[..7], "{part:x}");
    }
}

/// A generator that gives the same numbers everywhere.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

#[test]
fn whatever_the_bytes_reading_ends_with_a_text_or_a_named_problem() {
    let mut draw = Draw(20_261_122);
    let rounds = crate::scratch::cases(150, 5_000);
    let began = std::time::Instant::now();
    for _ in 0..rounds {
        for (whole, name) in [(DOC, "a.doc"), (RTF, "a.rtf")] {
            let mut bytes = whole.to_vec();
            for _ in 0..=draw.below(8) {
                let at = draw.below(bytes.len());
                bytes[at] = u8::try_from(draw.below(256)).unwrap();
            }
            if draw.below(4) == 0 {
                bytes.truncate(draw.below(bytes.len()));
            }
            if let Ok(text) = extract(&bytes, name) {
                let size: usize = text.lines.iter().map(|line| line.text.len()).sum();
                assert!(size < 1 << 20, "{size} bytes of text from {}", bytes.len());
            }
        }
    }
    let each = began.elapsed() / rounds;
    assert!(each < std::time::Duration::from_millis(500), "{each:?}");
}

#[test]
fn chains_of_sectors_that_go_in_a_circle_end() {
    // The table of sectors says of every sector that itself follows it.
    let mut bytes = DOC.to_vec();
    let table = u32::from_le_bytes(bytes[76..80].try_into().unwrap());
    let at = (usize::try_from(table).unwrap() + 1) * 512;
    for (place, sector) in bytes[at..at + 512].chunks_mut(4).zip(0_u32..) {
        place.copy_from_slice(&sector.to_le_bytes());
    }
    assert_eq!(extract(&bytes, "a.doc"), Err(Problem::Truncated));
}
