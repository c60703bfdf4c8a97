//! The papers of the organizations of which something is known, read once and kept.
//!
//! Read, recorded and put into timelines as the program does it; only the store between is
//! left out.

use super::truth;
use super::truth::Truth;
use mithaq::calendar::Day;
use mithaq::plan::{Input, Network, Now, PaperRead, step};
use mithaq::program::Program;
use mithaq::recognise::Names;
use mithaq::shell::reader::{Paper, Reader};
use mithaq::shell::register::{self, Zones};
use mithaq::shell::rules::Rules;
use mithaq::shell::{clock, disk, network};
use mithaq::timeline::{AsOf, Folder};
use mithaq::verdict::{Slot, Verdict};
use mithaq::{organization, vocabulary::Vocabulary};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// When all papers came: after everything that they tell of.
const NOW: &str = "2026-11-21T12:00:00Z";

/// In the order of [`super::sentences`].
const RULES: [(&str, &str); 2] = [
    (
        "english",
        "board meets monthly\n\
         board meets quarterly\n\
         board meets once a year\n\
         general assembly meets monthly\n\
         general assembly meets quarterly\n\
         general assembly meets once a year\n\
         audited accounts are signed within 4 months of the end of the fiscal year\n\
         audited accounts are signed within 6 months of the end of the fiscal year\n\
         audited accounts are signed within 9 months of the end of the fiscal year\n",
    ),
    (
        "arabic",
        "مجلس الإدارة يجتمع شهريًا\n\
         يجتمع مجلس الإدارة كل ربع سنة\n\
         يجتمع مجلس الإدارة مرة واحدة في السنة\n\
         الجمعية العمومية تجتمع شهريًا\n\
         تجتمع الجمعية العمومية كل ربع سنة\n\
         تجتمع الجمعية العمومية مرة واحدة في السنة\n\
         تُوقَّع القوائم المالية المدققة خلال 4 أشهر من نهاية السنة المالية\n\
         تُوقَّع القوائم المالية المدققة خلال 6 أشهر من نهاية السنة المالية\n\
         تُوقَّع القوائم المالية المدققة خلال 9 أشهر من نهاية السنة المالية\n",
    ),
];

/// Everything that was read.
pub(super) struct Corpus {
    pub(super) organizations: Vec<Read>,
    program: Program,
    vocabulary: Arc<Vocabulary>,
    now: Now,
}

/// One organization, what is known of it, and its papers as they were read.
pub(super) struct Read {
    pub(super) truth: Truth,
    registered: organization::Organization,
    papers: Vec<(Label, PaperRead)>,
}

/// One row of `labels.csv`: what people say that a paper is.
#[derive(Deserialize, Clone, Debug)]
pub(super) struct Label {
    pub(super) path: String,
    pub(super) org: String,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) meeting_date: String,
    pub(super) fiscal_year_end: String,
}

/// One organization with some of its papers, ready to be judged.
pub(super) struct World {
    network: Network,
    instant: i64,
}

/// The papers, read when they are first asked for; `None`, and a line that says so, where
/// they are not there.
pub(super) fn corpus() -> Option<&'static Corpus> {
    static CORPUS: LazyLock<Option<Corpus>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
        folder.join("truth.csv").is_file().then(|| Corpus::read(&folder))
    });
    if CORPUS.is_none() {
        println!("skipped: no ../shared/corpora/truth.csv");
    }
    CORPUS.as_ref()
}

impl Corpus {
    fn read(folder: &Path) -> Corpus {
        let truths = truth::read(folder);
        let root = lay_out(&truths);
        let network = network::load(root.path()).expect("a network");
        let rules = Rules::of(&network);
        assert_eq!(rules.problems(), []);
        let zones = Zones::of(&network);
        let now = zones.now(clock::instant(NOW).expect("an instant"));
        let registered = network.organizations.iter();
        let names = registered.flat_map(|(id, registered)| {
            registered.file.names().map(move |name| (id.as_str(), name))
        });
        let reader = Reader::new(&[], &rules, Names::of(names));
        let labels = labels(folder, &truths);
        let papers = all_read(&reader, &network, (folder, &labels), &now);
        let mut read = labels.into_iter().zip(papers).collect::<Vec<_>>();
        let organizations = truths.into_iter().map(|truth| {
            let id = truth.organization.clone();
            let file = &network.organizations[&id].file;
            let registered = register::organization(&network, &id, file);
            let (own, rest) =
                std::mem::take(&mut read).into_iter().partition(|(it, _)| it.org == id);
            read = rest;
            Read { truth, registered, papers: own }
        });
        Corpus {
            organizations: organizations.collect(),
            program: rules.program,
            vocabulary: rules.vocabulary,
            now,
        }
    }

    /// An organization with the papers that stay, as a start of the program remembers it.
    pub(super) fn world(&self, of: &Read, stays: impl Fn(&Label) -> bool) -> World {
        let mut network = Network::new(Arc::clone(&self.vocabulary));
        let written = vec![
            Input::Rules(Box::new(self.program.clone())),
            Input::Organization(Box::new(of.registered.clone())),
        ];
        step(&mut network, written, &self.now);
        for (_, paper) in of.papers.iter().filter(|(label, _)| stays(label)) {
            network.remember(paper, true);
        }
        let folder = Folder { first_seen: Some(self.now.instant), unhealthy: None };
        network.remember_folder(&of.registered.id, folder);
        network.recalled(None);
        World { network, instant: self.now.instant }
    }

    /// The day on which all papers came.
    pub(super) fn today(&self) -> Day {
        self.now.day
    }
}

impl Read {
    /// How many papers there are of which `is` holds.
    pub(super) fn count(&self, is: impl Fn(&Label) -> bool) -> usize {
        self.papers.iter().filter(|(label, _)| is(label)).count()
    }
}

impl World {
    /// The slots of a sentence, as they stand on a day.
    pub(super) fn slots(&self, language: usize, sentence: usize, on: Day) -> Vec<Slot> {
        let member = self.network.members().next().expect("one organization");
        let book = self.network.shared_book();
        let situation = member.situation(&book, AsOf::new(on, self.instant));
        member.slots(&situation, self.number(language, sentence))
    }

    /// The verdict of a sentence on a day.
    pub(super) fn verdict(&self, language: usize, sentence: usize, on: Day) -> Verdict {
        let member = self.network.members().next().expect("one organization");
        let book = self.network.shared_book();
        let situation = member.situation(&book, AsOf::new(on, self.instant));
        member.verdict(&situation, self.number(language, sentence)).expect("a verdict")
    }

    fn number(&self, language: usize, sentence: usize) -> usize {
        let (rulebook, _) = RULES[language];
        let rules = self.network.book().rules();
        let mut own = rules.filter(|(_, book, _)| book.id == rulebook);
        own.nth(sentence).expect("as many rules as sentences").0
    }
}

/// A network of these organizations without a paper: each with the body of which something
/// is known. The members of a club are its general assembly; every other body is its board.
fn lay_out(truths: &[Truth]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let write = |path: String, text: String| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    let settings = "name = { en = \"Corpus\", ar = \"مدونة\" }\nzone = \"UTC\"\n";
    write("mithaq.toml".to_owned(), settings.to_owned());
    for (rulebook, rules) in RULES {
        write(format!("rules/{rulebook}.rules"), rules.to_owned());
    }
    for truth in truths {
        let (id, first) = (&truth.organization, truth.first());
        let body = truth.body.as_ref().map(|body| {
            let ours =
                if super::is_assembly(truth) { "general_assembly" } else { "board" };
            format!("[bodies]\n{ours} = [\"{body}\"]\n")
        });
        write(
            format!("organizations/{id}/organization.toml"),
            format!(
                "name = {{ en = \"{id}\", ar = \"{id}\" }}\ntype = \"association\"\n\
                 joined = {first}\n{}",
                body.unwrap_or_default()
            ),
        );
    }
    root
}

fn labels(folder: &Path, truths: &[Truth]) -> Vec<Label> {
    let mut rows = csv::Reader::from_path(folder.join("labels.csv")).expect("labels");
    let all = rows.deserialize::<Label>().map(|row| row.expect("a label"));
    all.filter(|label| truths.iter().any(|it| it.organization == label.org)).collect()
}

/// Every paper, read by as many readers as there are cores.
fn all_read(
    reader: &Reader,
    network: &network::Network,
    (folder, labels): (&Path, &[Label]),
    now: &Now,
) -> Vec<PaperRead> {
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    let each = labels.len().div_ceil(hands).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = labels
            .chunks(each)
            .map(|part| {
                scope.spawn(move || {
                    let read = |label| one_read(reader, network, (folder, label), now);
                    part.iter().map(read).collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("all read")).collect()
    })
}

/// A paper under the path that it had: the corpus writes folders into the names.
fn one_read(
    reader: &Reader,
    network: &network::Network,
    (folder, label): (&Path, &Label),
    now: &Now,
) -> PaperRead {
    let file: PathBuf = folder.join("dev").join(&label.path);
    let bytes = std::fs::read(file).expect("a paper");
    let (id, name) = label.path.split_once('/').expect("a folder each");
    let path = name.replace("__", "/");
    let paper = Paper {
        path: path.as_bytes(),
        bytes: &bytes,
        sidecar: None,
        patience: mithaq::shell::reader::PATIENCE,
    };
    let read = reader.read((id, &network.organizations[id].file), &paper, now.day);
    assert!(read.enclosed.is_empty(), "{}: papers in it are not read here", label.path);
    PaperRead {
        organization: id.to_owned(),
        sha256: disk::sha256(&bytes),
        path,
        bytes: bytes.len() as u64,
        received: now.instant,
        received_on: now.day,
        reading: read.reading,
        replaces: None,
        duplicate_of: None,
        carrier: None,
        encloses: 0,
    }
}
