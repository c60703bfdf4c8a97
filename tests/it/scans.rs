//! Scans and photographs: whether they can be read, and what changes once they can.

use crate::scratch::Scratch;
use mithaq::recognise::Names;
use mithaq::shell::health::State;
use mithaq::shell::health::machine;
use mithaq::shell::network;
use mithaq::shell::reader::Reader;
use mithaq::shell::rules::Rules;
use mithaq::shell::sandbox::ocr;
use mithaq::text::Language;

const INSTALL: &str =
    "apt install tesseract-ocr tesseract-ocr-ara tesseract-ocr-eng poppler-utils";

#[test]
fn doctor_tells_whether_scans_are_read_and_what_installs_the_tools() {
    let without = machine::ocr(&["pdftoppm", "ara"]);
    assert_eq!(without.state, State::Warning);
    let fix = without.fix.unwrap();
    for language in [Language::English, Language::Arabic] {
        assert!(fix.read_in(language).contains(INSTALL));
        assert!(without.detail.read_in(language).contains("pdftoppm"));
        assert!(without.detail.read_in(language).contains("ara"));
    }
    assert!(include_str!("../../docs/papers.md").contains(INSTALL));
    let with = machine::ocr(&[]);
    assert_eq!((with.state, with.fix), (State::Ok, None));
    let checks = Scratch::new().json(&["doctor"]);
    let checks = checks["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == "ocr").unwrap();
    let state = if ocr::is_installed() { "ok" } else { "warning" };
    assert_eq!(check["state"], state);
}

#[test]
fn papers_are_read_again_once_the_tools_are_there() {
    let scratch = Scratch::new();
    scratch.organization("amal");
    let network = network::load(scratch.root()).unwrap();
    let organization = &network.organizations["amal"].file;
    let context = |recognises| {
        let names: [(&str, &str); 0] = [];
        let reader = Reader::new(&[], &Rules::of(&network), Names::of(names.into_iter()));
        reader.that_recognises(recognises).context(organization)
    };
    assert_ne!(context(false), context(true));
    assert_eq!(context(true), context(true));

    // What was stored under another context is read again, from the copy that was kept.
    let scan = include_bytes!("../../fixtures/scans/minutes.png");
    scratch.drop_paper("amal", "minutes.png", scan);
    let told = || {
        scratch.run(&["scan"]);
        let documents = scratch.json(&["documents"]);
        let paper = &documents["documents"][0];
        (paper["state"].clone(), paper["problem"].clone())
    };
    let before = told();
    let refused = "UPDATE document SET context = zeroblob(32), reading = \
         '{\"state\":\"not_accepted\",\"problem\":\"empty\",\"health\":0,\"kinds\":[],\"facts\":[]}'";
    assert_eq!(scratch.store().execute(refused, []), Ok(1));
    assert_eq!(told(), before);
    assert_ne!(before.1, "empty");
    assert_eq!(before.0 != "not_accepted", ocr::is_installed(), "{before:?}");
}
