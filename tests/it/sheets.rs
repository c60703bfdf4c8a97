//! Spreadsheets: cells as they come, days and shares as they are shown.

use std::io::Write;

use mithaq::document::Problem;
use mithaq::document::Text;
use mithaq::extract::extract;

fn packed(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn workbook(sheet: &str) -> Vec<u8> {
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="Income &amp; costs" r:id="a"/>
        <sheet name="Old" state="hidden" r:id="b"/></sheets></workbook>"#;
    let links = r#"<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/>
        <Relationship Id="b" Target="/xl/worksheets/sheet2.xml"/></Relationships>"#;
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>"#;
    let strings = "<sst><si><t>التقرير المالي</t></si><si><r><t>Total </t></r><r><t>income</t></r></si></sst>";
    packed(&[
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
        (
            "xl/worksheets/sheet2.xml",
            r#"<sheetData><row r="1"><c><v>1</v></c></row></sheetData>"#,
        ),
    ])
}

fn shown(text: &Text) -> Vec<(u32, u32, &str)> {
    let lines = text.lines.iter();
    lines.map(|line| (line.page.unwrap(), line.number, line.text.as_str())).collect()
}

#[test]
fn a_workbook_is_read_row_by_row() {
    let sheet = r#"<worksheet><sheetData>
        <row r="1"><c r="A1" t="s"><v>0</v></c></row>
        <row r="3"><c t="s"><v>1</v></c><c s="1"><v>45356.5</v></c><c s="2"><v>0.655</v></c>
            <c><v>1234.5600000000001</v></c><c t="inlineStr"><is><t>أمين الصندوق</t></is></c></row>
        <row r="1048576"><c r="XFD1048576"><v>7</v></c></row>
        </sheetData></worksheet>"#;
    let text = extract(&workbook(sheet), "report.xlsx").unwrap();
    assert_eq!(
        shown(&text),
        [
            (1, 1, "Income & costs"),
            (1, 1, "التقرير المالي"),
            (1, 3, "Total income | 2024-03-05 | 65.50% | 1234.56 | أمين الصندوق"),
            (1, 1_048_576, "7"),
            (2, 1, "Old"),
            (2, 1, "1"),
        ]
    );
    let hidden =
        text.lines.iter().filter(|line| line.role == mithaq::document::Role::Hidden);
    assert_eq!(hidden.count(), 2);
}

#[test]
fn a_spreadsheet_of_repeated_cells_is_read_once() {
    let content = r#"<d xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table table:name="ورقة">
        <table:table-row><table:table-cell><text:p>سجل الحضور</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell office:date-value="2024-03-05T00:00:00"><text:p>5 آذار</text:p></table:table-cell>
        <table:table-cell><text:p>7</text:p><office:annotation><text:p>note</text:p></office:annotation></table:table-cell></table:table-row>
        </table:table></d>"#;
    let paper = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
    ]);
    let text = extract(&paper, "any.name").unwrap();
    assert_eq!(shown(&text), [(1, 1, "سجل الحضور"), (1, 1_048_002, "2024-03-05 | 7")]);
}

#[test]
fn damaged_and_hostile_workbooks_are_named() {
    let typed = r#"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>"#;
    assert_eq!(extract(&workbook(typed), "a.xlsx"), Err(Problem::LimitPassed));
    assert_eq!(extract(&workbook("<worksheet><row>"), "a.xlsx"), Err(Problem::Truncated));
    let deep = "<a>".repeat(mithaq::limits::XML_DEPTH_MAX + 1);
    assert_eq!(extract(&workbook(&deep), "a.xlsx"), Err(Problem::LimitPassed));
    let row = r#"<row><c><v>1</v></c></row>"#;
    let many = row.repeat(mithaq::limits::TEXT_LINES_MAX + 1);
    assert_eq!(extract(&workbook(&many), "a.xlsx"), Err(Problem::LimitPassed));
    let nowhere =
        r#"<sheetData><row><c t="s"><v>99</v></c><c><v>x</v></c></row></sheetData>"#;
    let text = extract(&workbook(nowhere), "a.xlsx").unwrap();
    assert_eq!(text.lines[1].text, "x");
}
