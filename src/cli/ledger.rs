//! `mithaq ledger`: proof that nothing was changed after the fact, and the whole of it.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::ledger;
use crate::shell::store::ledger::Sealed;
use crate::shell::store::ledger::checkpoint;
use crate::shell::store::ledger::checkpoint::Checkpoint;
use crate::shell::store::ledger::proof;
use crate::shell::store::ledger::proof::{Broken, How, Proof, What as Told};
use crate::text::isolate;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    pub what: What,
}

#[derive(clap::Subcommand, Debug)]
pub enum What {
    /// Follow the chain from its beginning and name the first link that does not hold
    Verify {
        /// Checkpoints that were kept elsewhere: a copy of .mithaq/checkpoints, or some of its lines
        #[arg(long, value_name = "FILE")]
        witness: Option<PathBuf>,
    },
    /// Print every entry, one JSON object a line
    Export,
}

/// Proves or prints the ledger.
///
/// # Errors
/// When there is no network or its store cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let root = context.root()?;
    let rows = store::open_to_read(&Place::of_network(&root))?;
    match (&arguments.what, rows) {
        (What::Verify { witness }, Some(rows)) => {
            let kept = kept(witness.as_deref())?;
            Ok(verified(context, &proof::verify_with(&rows, &kept)?))
        }
        (What::Verify { witness }, None) => {
            kept(witness.as_deref())?;
            Ok(verified(context, &Proof::default()))
        }
        (What::Export, Some(rows)) => {
            let known = context.known()?;
            ledger::each(&rows, |sealed| {
                if sealed.at > known {
                    return Ok(());
                }
                context.output.data(&line(&sealed));
                Ok(())
            })?;
            Ok(Exit::Done)
        }
        (What::Export, None) => Ok(Exit::Done),
    }
}

/// The checkpoints that somebody kept; a file without any proves nothing.
fn kept(witness: Option<&Path>) -> Result<Vec<Checkpoint>, Failure> {
    let Some(path) = witness else { return Ok(Vec::new()) };
    let kept = checkpoint::read(path)?;
    if kept.is_empty() {
        let name = path.display();
        return Err(Failure::Error(Error::report(
            format!("{name} holds no checkpoint: a line is `mithaq ledger NUMBER HASH`"),
            format!(
                "لا نقطة تحقق في {name}: كل سطر على الشكل {}",
                isolate("mithaq ledger NUMBER HASH")
            ),
        )));
    }
    Ok(kept)
}

fn verified(context: &Context, proof: &Proof) -> Exit {
    let output = context.output;
    let exit = if proof.broken.is_none() { Exit::Done } else { Exit::Wrong };
    if output.format == Format::Json {
        output.json(vec![
            ("entries", json!(proof.entries)),
            ("head", json!(proof.head.to_string())),
            ("holds", json!(proof.broken.is_none())),
            ("broken_at", json!(proof.broken.as_ref().map(|broken| broken.entry))),
            ("broken", json!(proof.broken.as_ref().map(to_json))),
        ]);
        return exit;
    }
    let (entries, head) = (proof.entries, proof.head);
    let Some(broken) = &proof.broken else {
        output.data(output.pick(
            &format!("the chain holds; entries: {entries}; head: {head}"),
            &format!("السلسلة سليمة؛ عدد القيود: {entries}؛ الرأس: {head}"),
        ));
        return exit;
    };
    let [english, arabic] = words(broken);
    output.data(output.pick(&english, &arabic));
    let hash = |hash: Option<Sha256>| {
        let nothing = output.pick("nothing", "لا شيء").to_owned();
        hash.map_or(nothing, |hash| hash.to_string())
    };
    let (should_be, is) = (hash(broken.should_be), hash(broken.is));
    output.data(output.pick(
        &format!("  should be: {should_be}\n  is:        {is}"),
        &format!("  ما ينبغي أن يكون: {should_be}\n  ما هو موجود: {is}"),
    ));
    let [english, arabic] = fix(broken);
    output.data(output.pick(&english, &arabic));
    exit
}

fn to_json(broken: &Broken) -> serde_json::Value {
    let [english, arabic] = words(broken);
    let [fix_english, fix_arabic] = fix(broken);
    json!({
        "entry": broken.entry,
        "how": match &broken.how {
            How::Changed => "changed",
            How::Missing => "missing",
            How::Moved { .. } => "moved",
            How::Strange => "strange",
            How::Text { .. } => "text_changed",
            How::Untold { .. } | How::CutOff { .. } => "cut_off",
            How::Resealed => "resealed",
        },
        "should_be": broken.should_be.map(|hash| hash.to_string()),
        "is": broken.is.map(|hash| hash.to_string()),
        "english": english,
        "arabic": arabic,
        "fix": {"english": fix_english, "arabic": fix_arabic},
    })
}

/// What is wrong with a link, English and Arabic.
fn words(broken: &Broken) -> [String; 2] {
    let number = broken.entry;
    let at = [
        format!("the chain is broken at entry {number}"),
        format!("السلسلة مكسورة عند القيد {number}"),
    ];
    let what = match &broken.how {
        How::Changed => [
            "what the entry says is not what it was sealed with".to_owned(),
            "مضمون القيد ليس ما خُتم عليه".to_owned(),
        ],
        How::Missing => {
            ["the entry is not there".to_owned(), "القيد غير موجود".to_owned()]
        }
        How::Moved { to } => [
            format!("the entry that belongs here stands at number {to}"),
            format!("القيد الذي مكانه هنا موجود بالرقم {to}"),
        ],
        How::Strange => [
            "the entry is whole, but it does not follow the one before it".to_owned(),
            "القيد سليم في ذاته، لكنه لا يتبع القيد الذي قبله".to_owned(),
        ],
        How::Text { what } => told(what, broken.is.is_some()),
        How::Resealed => [
            "the entry is whole, but a checkpoint tells of another one: the chain was \
             sealed anew"
                .to_owned(),
            "القيد سليم في ذاته، لكن نقطة تحقق تشهد بقيد غيره: أُعيد ختم السلسلة"
                .to_owned(),
        ],
        How::CutOff { to } => [
            format!("a checkpoint tells of entries up to {to}: they were cut off"),
            format!("تشهد نقطة تحقق بقيود حتى الرقم {to}: حُذفت من آخر السلسلة"),
        ],
        How::Untold { what } => {
            let [english, arabic] = name(what);
            [
                format!(
                    "{english} is stored, and no entry tells of it: entries were cut off"
                ),
                format!("في المخزن {arabic} بلا قيد: حُذفت قيود من آخر السلسلة"),
            ]
        }
    };
    let [[at, inda], [what, madha]] = [at, what];
    [format!("{at}: {what}"), format!("{inda}: {madha}")]
}

/// What became of the text that an entry holds the hash of.
fn told(what: &Told, is_there: bool) -> [String; 2] {
    let [english, arabic] = name(what);
    if is_there {
        [
            format!("{english} is not what it was when the entry was made"),
            format!("{arabic} ليس كما كان عند إنشاء القيد"),
        ]
    } else {
        [
            format!("{english}, of which it tells, is not stored any more"),
            format!("{arabic} المذكور في القيد لم يعد محفوظًا"),
        ]
    }
}

fn name(what: &Told) -> [String; 2] {
    match what {
        Told::Finding { name, version } => [
            format!("version {version} of the finding {name}"),
            format!("نص الإصدار {version} من الملاحظة {}", isolate(name)),
        ],
        Told::Letter { id } => {
            [format!("the letter {id}"), format!("نص الرسالة {}", isolate(id))]
        }
    }
}

fn fix(broken: &Broken) -> [String; 2] {
    let last = broken.entry.saturating_sub(1);
    let [holds, salim] = if last > 0 {
        [
            format!("Entries 1 to {last} hold; nothing after them is proved."),
            format!("القيود من 1 إلى {last} سليمة، وما بعدها غير مثبت."),
        ]
    } else {
        ["Nothing is proved.".to_owned(), "لم يثبت شيء.".to_owned()]
    };
    [
        format!(
            "  → {holds} Stop the daemon, set the folder .mithaq aside as it is, and put back \
             the latest copy of it that `mithaq ledger verify` finds whole; papers that came \
             since then are read again by the next scan."
        ),
        format!(
            "  ← {salim} أوقفوا العملية الدائمة، واحتفظوا بالمجلد {} كما هو جانبًا، ثم أعيدوا \
             أحدث نسخة منه يجدها الأمر {} سليمة؛ أما المستندات التي وصلت بعدها فيقرؤها \
             الفحص التالي من جديد.",
            isolate(".mithaq"),
            isolate("mithaq ledger verify"),
        ),
    ]
}

fn line(sealed: &Sealed) -> String {
    let detail: serde_json::Value =
        serde_json::from_str(&sealed.detail).unwrap_or(json!(sealed.detail));
    json!({
        "number": sealed.number,
        "at": clock::iso(sealed.at),
        "kind": sealed.kind,
        "organization": sealed.organization,
        "subject": sealed.subject,
        "detail": detail,
        "previous": sealed.previous.to_string(),
        "hash": sealed.hash.to_string(),
    })
    .to_string()
}
