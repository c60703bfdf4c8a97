//! Nouns beside numbers: the table of forms that a reader of Arabic checked one by one.

use mithaq::lexicon::noun::{COUNTED, Case};

const TABLE: &str = include_str!("../../fixtures/language/counted.tsv");

#[test]
fn nouns_beside_numbers_have_the_forms_of_the_table() {
    let mut faults = Vec::new();
    let mut count = 0;
    for row in TABLE.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [noun, number, case, english, arabic] = cells[..] else { panic!("{row}") };
        let number: u64 = number.parse().unwrap();
        let case = match case {
            "subject" => Case::Subject,
            "object" => Case::Object,
            "after" => Case::After,
            other => panic!("{other}"),
        };
        let is_named = |it: &&&mithaq::lexicon::noun::Counted| it.english[0] == noun;
        let noun = COUNTED.iter().find(is_named).unwrap_or_else(|| panic!("{noun}"));
        let said = (noun.english(number), noun.arabic_as(number, case));
        if (said.0.as_str(), said.1.as_str()) != (english, arabic) {
            faults.push(format!("{row}\n  {said:?}"));
        }
        count += 1;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count >= 120, "{count} forms");
    for noun in COUNTED {
        let rows =
            TABLE.lines().filter(|row| row.split('\t').next() == Some(noun.english[0]));
        assert_eq!(rows.count(), 14, "{}", noun.english[0]);
    }
}
