//! What is exported: files that foreign programs read, in both languages, and that run
//! nothing.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::Command;

use mithaq::calendar::Day;
use mithaq::cli::export::chart::{Bar, Frame};
use mithaq::cli::export::table::{Cell, Column, Table, What};
use mithaq::cli::export::{Exported, chart, sheet};
use mithaq::limits;
use mithaq::text::{Bilingual, Language};
use serde_json::Value;

use crate::scratch::{Scratch, minutes};

fn network() -> Scratch {
    let mut scratch = Scratch::new();
    scratch.now = "2026-11-20T12:00:00Z".to_owned();
    scratch.write("rules/board.rules", "Rule BRD-1: board meets quarterly\n");
    for id in ["amal", "nour"] {
        scratch.organization(id);
    }
    scratch.write(
        "organizations/evil/organization.toml",
        "name = { en = \"=HYPERLINK(\\\"http://x\\\"), <b>&\", ar = \"\u{200f}+1+1\" }\njoined = 2026-01-01\n",
    );
    std::fs::create_dir_all(scratch.papers("evil")).unwrap();
    for (at, day) in ["12 February 2026", "9 May 2026"].into_iter().enumerate() {
        scratch.drop_paper("amal", &format!("q{at}.md"), minutes(day));
    }
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch.now = "2026-11-21T12:00:00Z".to_owned();
    scratch.drop_paper("amal", "q3.md", minutes("3 September 2026"));
    assert_ne!(scratch.run(&["scan"]).code, 2);
    scratch
}

#[test]
fn comma_separated_values_hold_arabic_and_no_formula() {
    let scratch = network();
    for (language, head, name) in [
        ("en", "Organization", "'=HYPERLINK(\"http://x\"), <b>&"),
        ("ar", "رمز المؤسسة", "'\u{200f}+1+1"),
    ] {
        let text = scratch.run(&["--language", language, "export", "csv"]).stdout;
        let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
        assert!(text.contains("\r\n"));
        let mut reader = csv::Reader::from_reader(text.trim_end().as_bytes());
        assert_eq!(reader.headers().unwrap().get(0), Some(head));
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].get(4), Some("100.0"));
        assert_eq!(rows[1].get(1), Some(name));
    }
    let delta =
        ["export", "csv", "--table", "deltas", "--delta", "2026-11-20..2026-11-21"];
    let text = scratch.run(&delta).stdout;
    assert!(text.contains("amal,network,papers,board/BRD-1,q3.md,33.0"), "{text}");
}

/// A part of a workbook.
fn part(file: &std::path::Path, name: &str) -> String {
    let mut parts = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut text = String::new();
    parts.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_workbook_has_a_sheet_for_each_table_and_reads_from_the_right_in_arabic() {
    let scratch = network();
    for (language, turned) in [("en", false), ("ar", true)] {
        let file = scratch.root().join(format!("{language}.xlsx"));
        let path = file.to_str().unwrap();
        let run =
            scratch.run(&["--language", language, "export", "xlsx", "--output", path]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for number in 1..=3 {
            let sheet = part(&file, &format!("xl/worksheets/sheet{number}.xml"));
            assert_eq!(sheet.contains("rightToLeft=\"1\""), turned, "{sheet}");
            assert!(!sheet.contains("<f>"), "a formula");
        }
        read_back(&scratch, path, language);
    }
    assert_eq!(scratch.run(&["export", "xlsx"]).code, 2, "a workbook is not printed");
}

/// The first sheet as LibreOffice reads it.
fn read_back(scratch: &Scratch, path: &str, language: &str) {
    let home =
        format!("-env:UserInstallation=file://{}/office", scratch.root().display());
    let converted = Command::new("soffice")
        .args([
            &home,
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
        ])
        .args(["--outdir", scratch.root().to_str().unwrap(), path])
        .output();
    if !converted.is_ok_and(|output| output.status.success()) {
        println!("skipped: no LibreOffice here");
        return;
    }
    let file = scratch.root().join(format!("{language}.csv"));
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: LibreOffice has no program for spreadsheets here");
        return;
    };
    let first = if language == "en" {
        "Organization,Name"
    } else {
        "رمز المؤسسة,اسم المؤسسة"
    };
    assert!(text.starts_with(first), "{text}");
    assert!(
        text.lines().any(|line| line.starts_with("amal,") && line.contains(",100,A,")),
        "{text}"
    );
}

#[test]
fn a_page_is_well_formed_whole_in_itself_and_runs_nothing() {
    let scratch = network();
    for (language, direction) in [("en", "ltr"), ("ar", "rtl")] {
        let asked = [
            "--language",
            language,
            "export",
            "html",
            "--by",
            "type",
            "--delta",
            "2026-11-20..2026-11-21",
        ];
        let page = scratch.run(&asked).stdout;
        let mut reader = quick_xml::Reader::from_str(&page);
        reader.config_mut().check_end_names = true;
        let (mut charts, mut titles, mut told) = (0, 0, 0);
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error}: {page}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) => match tag.name().as_ref() {
                    "svg" => charts += 1,
                    "title" => titles += 1,
                    "desc" => told += 1,
                    "script" | "link" | "img" | "b" => panic!("{page}"),
                    _ => {}
                },
                _ => {}
            }
        }
        let begun = format!("lang=\"{language}\" dir=\"{direction}\"");
        let head = page.lines().nth(1).unwrap_or_default();
        assert!(head.starts_with("<html ") && head.contains(&begun), "{head}");
        // Three organizations' dimensions and series, and the groups.
        assert_eq!((charts, titles, told), (7, 8, 7), "{page}");
        assert!(!page.contains("url(") && !page.contains("src="));
        assert!(page.contains("2026-11-20: 67.0; 2026-11-21: 100.0"), "{page}");
    }
}

/// Put at the end of a copy of a page: what lies outside its chart, what lies over another
/// text, and on which side of each chart of bars its axis begins.
const MEASURE: &str = "<script>
const bad = [], sides = [];
for (const svg of document.querySelectorAll('svg')) {
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  for (const [words, box] of texts) {
    const out = box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
    if (out) bad.push('outside: ' + words);
  }
  texts.forEach(([one, a], at) => texts.slice(at + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 4) bad.push('over: ' + one + ' / ' + other);
  }));
  const at = n => texts.find(([words]) => words.includes('\u{2068}' + n + '\u{2069}'))[1];
  if (svg.querySelector('.whole')) sides.push(at(0).left < at(100).left ? 'left' : 'right');
}
document.body.setAttribute('data-measured', bad.join(' | ') + ';' + [...new Set(sides)].join());
</script>";

#[test]
fn in_a_browser_every_label_lies_in_its_chart_and_over_no_other() {
    let scratch = network();
    let long =
        "Integrity of all who decide and of all whom they appoint to decide for them";
    let rules = format!(
        "Rulebook: Charter\nDimension: {long}\nDimension: المساءلة والشفافية\n\n\
         Rule BRD-1: board meets quarterly\n  Dimension: {long}\n\n\
         Rule BRD-2: board meets monthly\n  Dimension: المساءلة والشفافية\n"
    );
    scratch.write("rules/board.rules", rules);
    assert_ne!(scratch.run(&["scan"]).code, 2);
    for (language, side) in [("en", "left"), ("ar", "right")] {
        let page = scratch
            .run(&["--language", language, "export", "html", "--by", "type"])
            .stdout;
        let short: String = long.chars().take(limits::CHART_NAME_CHARS_MAX - 1).collect();
        assert!(page.contains(&format!("{}…", short.trim_end())) && page.contains(long));
        let page = page.replace("</main>", &format!("</main>{MEASURE}"));
        let file = scratch.root().join(format!("{language}.html"));
        std::fs::write(&file, page).unwrap();
        let dumped = Command::new("chromium")
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
            .arg(format!("--user-data-dir={}", scratch.root().join("browser").display()))
            .arg(format!("file://{}", file.display()))
            .output();
        let dumped =
            dumped.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let Ok(dumped) = dumped else {
            println!("skipped: no Chromium here");
            return;
        };
        let measured = dumped.split("data-measured=\"").nth(1).expect("it was measured");
        assert_eq!(
            measured.split('"').next(),
            Some(format!(";{side}").as_str()),
            "{language}"
        );
    }
}

#[test]
fn a_name_in_a_chart_is_cut_where_it_would_run_into_its_figures() {
    let frame = Frame { id: 1, title: "t", unit: "u", from_right: true };
    let drawn = |letters: usize| {
        let name = "ن".repeat(letters);
        let bar = Bar { name, low: 0, value: None, high: 100_000_000 };
        let chart = chart::bars(frame, &[bar]);
        chart.split("</desc>").nth(1).unwrap().matches('ن').count()
    };
    let most = limits::CHART_NAME_CHARS_MAX;
    assert_eq!((drawn(most), drawn(most + 1)), (most, most - 1));
}

#[test]
fn tables_for_programs_hold_the_same_cells() {
    let scratch = network();
    let run = scratch.run(&["export", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["index"][0]["value"], "100.0");
    assert_eq!(json["verdicts"][0]["rule"], "BRD-1");
    assert_eq!(json["verdicts"][0]["state"], "met");
    assert_eq!(json["deltas"], serde_json::json!([]));
}

/// Programs read names whatever the language; people read words of their own.
#[test]
fn states_and_causes_are_names_for_programs_and_words_for_people() {
    let scratch = network();
    let days = ["--delta", "2026-11-20..2026-11-21"];
    let export = |form: &str, more: &[&str]| {
        let asked = [&["--language", "ar", "export", form][..], &days, more].concat();
        scratch.run(&asked).stdout
    };
    let json: Value = serde_json::from_str(&export("json", &[])).unwrap();
    assert_eq!(json["verdicts"][0]["state"], "met");
    assert_eq!(json["deltas"][0]["cause"], "evidence");
    let table = export("csv", &["--table", "deltas"]);
    assert!(table.contains("المستندات") && !table.contains("evidence"), "{table}");
}

/// A cell takes so many units of UTF-16, and nothing is lost but what is beyond them.
#[test]
fn a_cell_of_a_workbook_holds_as_much_as_its_format_takes() {
    for (letter, most) in [
        ('a', limits::CELL_CHARS_MAX),
        ('ب', limits::CELL_CHARS_MAX),
        ('\u{1f600}', limits::CELL_CHARS_MAX / 2),
    ] {
        let text = |count: usize| letter.to_string().repeat(count);
        for (given, kept) in [(most - 1, most - 1), (most, most), (most + 1, most)] {
            let bytes =
                sheet::workbook(&one_cell(text(given)), Language::Arabic).unwrap();
            let scratch = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(scratch.path(), bytes).unwrap();
            let strings = part(scratch.path(), "xl/sharedStrings.xml");
            assert!(
                strings.contains(&format!("<t>{}</t>", text(kept))),
                "{letter} {given}"
            );
        }
    }
}

fn one_cell(text: String) -> Exported {
    let column = Column { name: "text", called: ["Text", "النص"] };
    let rows = vec![vec![Cell::Text(text)]];
    let tables = vec![Table { what: What::Index, columns: vec![column], rows }];
    Exported {
        name: Bilingual::default(),
        as_of: Day::parse("2026-11-21").unwrap(),
        names: BTreeMap::new(),
        rows: Vec::new(),
        tables,
        series: Vec::new(),
        rollups: Vec::new(),
    }
}
