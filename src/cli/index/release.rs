//! Releases: what a published index rests on, in a file that can be computed again.
//!
//! A manifest names every file that people wrote by its hash, every rule by that of its
//! meaning, the version of the program, how far arrivals were known and where the ledger
//! stood, and each value exactly. Checking makes the same object again and compares.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use crate::calendar::Day;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::index::Index;
use crate::limits;
use crate::plan::{Book, IndexDefinition};
use crate::program::Mean;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::recall::Looked;
use crate::shell::store::ledger;
use crate::text::{Language, isolate};
use crate::timeline::AsOf;

#[derive(clap::Subcommand, Debug)]
pub enum What {
    /// Pin what the index rests on and every value of a day in releases/NAME.json
    Release(Release),
    /// Compute a release again: it is the same, or each difference is named
    Verify(Verify),
}

#[derive(clap::Args, Debug)]
pub struct Release {
    /// Letters, digits, hyphens, dots and underscores
    pub name: String,
}

#[derive(clap::Args, Debug)]
pub struct Verify {
    /// The release's file
    pub manifest: PathBuf,
}

/// A part of a release that is not as it was.
struct Difference {
    what: String,
    released: Json,
    now: Json,
}

/// Makes a release or checks one.
///
/// # Errors
/// When there is no network, nothing was judged yet, the name is taken or means no file, or
/// the manifest is none.
pub fn run(context: &Context, what: &What) -> Result<Exit, Failure> {
    match what {
        What::Release(release) => make(context, &release.name),
        What::Verify(verify) => check(context, &verify.manifest),
    }
}

fn make(context: &Context, name: &str) -> Result<Exit, Failure> {
    let (root, now) = (context.root()?, context.clock.now());
    let file = file(&root, name)?;
    // Only what a pass has seen is on record, and can be looked at again.
    let looked = Looked::at(&root, now, context.known()?.min(now - 1))?;
    let today = looked.zones.now(now).day;
    let day = context.as_of()?.unwrap_or(today);
    let Some(pinned) = pinned(&looked, day, None)? else { return Err(unseen().into()) };
    let mut manifest = Map::new();
    manifest.insert("schema".to_owned(), json!(1));
    manifest.insert("release".to_owned(), json!(name));
    manifest.insert("engine".to_owned(), json!(env!("CARGO_PKG_VERSION")));
    manifest.insert("as_of".to_owned(), json!(day.to_string()));
    manifest.insert("known".to_owned(), json!(clock::iso(looked.known)));
    manifest.extend(pinned);
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    disk::make_folder(&root.join(FOLDER))?;
    disk::write_whole(&file, format!("{text}\n").as_bytes())?;
    let output = context.output;
    if output.format == Format::Json {
        output.json(vec![
            ("release", json!(name)),
            ("file", json!(file.to_string_lossy())),
            ("sha256", json!(disk::sha256(format!("{text}\n").as_bytes()).to_string())),
        ]);
    } else {
        output.data(&file.to_string_lossy());
    }
    Ok(Exit::Done)
}

fn check(context: &Context, path: &Path) -> Result<Exit, Failure> {
    let text = disk::read_text(path, limits::RELEASE_BYTES_MAX)?;
    let released = text.and_then(|text| serde_json::from_str::<Json>(&text).ok());
    let said = |name: &str| released.as_ref()?.get(name)?.as_str();
    let times = said("as_of").and_then(Day::parse).zip(said("known"));
    let times = times.and_then(|(day, known)| Some((day, clock::instant(known)?)));
    let Some((released, (day, known))) = released.as_ref().zip(times) else {
        return Err(no_manifest(path).into());
    };
    let now = context.clock.now();
    let looked = Looked::at(&context.root()?, now, known.min(now - 1))?;
    let entry = released.pointer("/evidence/entries").and_then(Json::as_i64);
    let pinned = pinned(&looked, day, Some(entry.unwrap_or_default()))?;
    let now: Map<String, Json> = pinned.unwrap_or_default();
    let mut differences = Vec::new();
    for part in PINNED {
        let [one, other] = [released.get(part), now.get(part)];
        compare(
            (part, one.unwrap_or(&Json::Null), other.unwrap_or(&Json::Null)),
            &mut differences,
        );
    }
    let engine = released.get("engine").and_then(Json::as_str).unwrap_or_default();
    print(context, engine, &differences);
    Ok(if differences.is_empty() { Exit::Done } else { Exit::Findings })
}

const FOLDER: &str = "releases";
/// The parts of a manifest that are computed again.
const PINNED: [&str; 5] = ["evidence", "files", "rules", "methods", "index"];

/// What a release rests on and what it says; `None` before anything was judged. `entry`:
/// where the ledger stood, when that is known.
fn pinned(
    looked: &Looked,
    day: Day,
    entry: Option<i64>,
) -> Result<Option<Map<String, Json>>, Error> {
    let Some(rows) = &looked.rows else { return Ok(None) };
    let found = match entry {
        Some(number) => ledger::hash_of(rows, number)?.map(|hash| (number, hash)),
        None => ledger::head_known(rows, looked.known)?,
    };
    let book = looked.memory.shared_book();
    let hash = |text: &String| json!(disk::sha256(text.as_bytes()).to_string());
    let mut files: Vec<(String, Json)> = looked
        .network
        .texts
        .iter()
        .map(|(path, text)| (path.clone(), hash(text)))
        .collect();
    files.sort_by(|one, other| one.0.cmp(&other.0));
    let parts = [
        (
            "evidence",
            json!({"entries": found.map(|(number, _)| number),
                            "ledger": found.map(|(_, hash)| hash.to_string())}),
        ),
        ("files", Json::Object(files.into_iter().collect())),
        ("rules", rules(&book)),
        (
            "methods",
            book.indexes().iter().map(|it| (it.id.clone(), method(it))).collect(),
        ),
        ("index", index(looked, day)),
    ];
    Ok(Some(parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect()))
}

fn rules(book: &Book) -> Json {
    let rules = book.rules().map(|(_, of, rule)| {
        let weight = rule.weight;
        let said = json!({"meaning": rule.meaning, "weight": weight});
        (format!("{}/{}", of.id, rule.id), said)
    });
    rules.collect()
}

fn method(index: &IndexDefinition) -> Json {
    let mean = match index.method.mean {
        Mean::Geometric => "geometric",
        Mean::Arithmetic => "arithmetic",
    };
    let named = index.dimensions.iter().cloned().zip(&index.method.weights);
    let dimensions: Json = named.map(|(name, weight)| (name, json!(weight))).collect();
    json!({"mean": mean, "dimensions": dimensions})
}

/// Every value exactly, by index and organization.
fn index(looked: &Looked, day: Day) -> Json {
    let book = looked.memory.shared_book();
    let of_index = |definition: &IndexDefinition| {
        let values = looked.memory.members().filter_map(|member| {
            let situation = member.situation(&book, AsOf::new(day, looked.known));
            let index = member.index(&situation, &definition.id)?;
            Some((member.organization().id.clone(), value(&index)))
        });
        (definition.id.clone(), values.collect::<Json>())
    };
    book.indexes().iter().map(of_index).collect()
}

fn value(index: &Index) -> Json {
    json!({"value": index.value.map(words::share), "low": words::share(index.low),
           "high": words::share(index.high), "coverage": words::share(index.coverage),
           "capped": index.capped})
}

fn compare(
    (what, released, now): (&str, &Json, &Json),
    differences: &mut Vec<Difference>,
) {
    if let (Json::Object(one), Json::Object(other)) = (released, now) {
        let mut names: Vec<&String> = one.keys().chain(other.keys()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let [one, other] = [one.get(name), other.get(name)];
            let what = format!("{what}: {name}");
            let parts =
                (what.as_str(), one.unwrap_or(&Json::Null), other.unwrap_or(&Json::Null));
            compare(parts, differences);
        }
    } else if released != now {
        let (released, now) = (released.clone(), now.clone());
        differences.push(Difference { what: what.to_owned(), released, now });
    }
}

fn print(context: &Context, engine: &str, differences: &[Difference]) {
    let output = context.output;
    let own = env!("CARGO_PKG_VERSION");
    if output.format == Format::Json {
        let named: Vec<Json> = differences
            .iter()
            .map(|it| json!({"what": it.what, "released": it.released, "now": it.now}))
            .collect();
        output.json(vec![
            ("same", json!(differences.is_empty())),
            ("engine", json!({"released": engine, "now": own})),
            ("differences", json!(named)),
        ]);
        return;
    }
    if engine != own {
        output.note(
            &format!("Released by version {engine}, computed again by version {own}."),
            &format!(
                "أصدره الإصدار {} من البرنامج، وأُعيد حسابه بالإصدار {}.",
                isolate(engine),
                isolate(own)
            ),
        );
    }
    if differences.is_empty() {
        output.data(output.pick("same", "مطابق"));
    }
    for it in differences {
        let shown = |json: &Json| match (json, output.language) {
            (Json::Null, Language::English) => "not there".to_owned(),
            (Json::Null, Language::Arabic) => "غير موجود".to_owned(),
            (Json::String(text), _) => text.clone(),
            (other, _) => other.to_string(),
        };
        let (released, now) = (shown(&it.released), shown(&it.now));
        output.data(&match output.language {
            Language::English => format!("{}: {released} → {now}", it.what),
            Language::Arabic => {
                let [what, released, now] =
                    [&it.what, &released, &now].map(|word| isolate(word));
                format!("{what}: {released} ← {now}")
            }
        });
    }
}

/// Where a release is put: a new file, whose name means the same on every machine.
fn file(root: &Path, name: &str) -> Result<PathBuf, Error> {
    let letters = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let fits = name.len() <= limits::RELEASE_NAME_BYTES_MAX
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.chars().all(letters);
    if !fits {
        return Err(Error::report(
            format!("`{name}` is no name for a release: write it as 2026-Q4"),
            format!("«{name}» لا يصلح اسمًا لإصدار المؤشر: يُكتب مثل 2026-Q4"),
        ));
    }
    let file = root.join(FOLDER).join(format!("{name}.json"));
    if file.exists() {
        return Err(Error::report(
            format!(
                "the release {name} is published and stays as it is; choose another name"
            ),
            format!("إصدار المؤشر {name} منشور ويبقى كما هو؛ يُرجى اختيار اسم آخر"),
        ));
    }
    Ok(file)
}

fn unseen() -> Error {
    Error::report(
        "nothing was judged here yet: `mithaq scan` comes before a release",
        "لم يُحكم هنا على شيء بعد: يأتي `mithaq scan` قبل إصدار المؤشر",
    )
}

fn no_manifest(path: &Path) -> Error {
    let path = path.display();
    Error::report(
        format!("{path} is no manifest of a release"),
        format!("{path} ليس ملف إصدار للمؤشر"),
    )
}
