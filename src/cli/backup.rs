//! `mithaq backup` and `mithaq restore`.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::document::Sha256;
use crate::shell::Error;
use crate::shell::backup;
use crate::shell::backup::{Made, Restored, Sums};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder of backups: each time adds a generation, and papers that are there already
    /// are not copied again
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
    /// Generations that stay; older ones are removed
    #[arg(long, value_name = "NUMBER", default_value_t = 14)]
    pub keep: usize,
    /// Make none: hold every file of the newest generation against its hash
    #[arg(long)]
    pub verify: bool,
}

#[derive(clap::Args, Debug)]
pub struct Restore {
    /// The folder of backups
    #[arg(value_name = "DIR")]
    pub from: PathBuf,
    /// The network's new folder: it must not be there, or be empty
    #[arg(value_name = "NEW")]
    pub into: PathBuf,
    /// A generation by the name of its folder; the newest unless given
    #[arg(long, value_name = "NAME")]
    pub generation: Option<String>,
}

/// Makes a backup, or checks one.
///
/// # Errors
/// When it cannot be made whole, or a file of it is not what it was.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    if arguments.verify {
        return verify(context, arguments);
    }
    let network = context.network()?;
    let now = context.clock.now();
    let made = backup::make(&network, &arguments.to, arguments.keep, now)?;
    tell(context, &made);
    let whole = made.missing.is_empty() && made.left_out.is_empty();
    Ok(if whole { Exit::Done } else { Exit::Undecided })
}

fn verify(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let all = backup::generations(&arguments.to)?;
    let newest = all.last().ok_or_else(|| {
        Error::report(
            format!("there is no backup in {}", arguments.to.display()),
            format!("لا توجد نسخة احتياطية في {}", arguments.to.display()),
        )
    })?;
    let sums: Sums = backup::verify(&arguments.to.join(newest))?;
    let papers = sums.papers().count();
    if context.output.format == Format::Json {
        context
            .output
            .json(vec![("verified", json!({"generation": newest, "papers": papers}))]);
        return Ok(Exit::Done);
    }
    context.output.data(context.output.pick(
        &format!("{newest} is whole: papers {papers}."),
        &format!("النسخة {newest} سليمة، ومستنداتها: {papers}."),
    ));
    Ok(Exit::Done)
}

fn tell(context: &Context, made: &Made) {
    let output = context.output;
    let Made { generation, written, papers, copied, entries, .. } = made;
    if output.format == Format::Json {
        output.json(vec![(
            "backup",
            json!({
                "generation": generation,
                "written": written,
                "papers": papers,
                "copied": copied,
                "ledger_entries": entries,
                "missing": made.missing.iter().map(Sha256::to_string).collect::<Vec<_>>(),
                "left_out": made.left_out,
                "removed": made.removed,
            }),
        )]);
        return;
    }
    output.data(output.pick(
        &format!(
            "{generation}: files that people wrote {written}, papers {papers} (new {copied}), \
             entries of the ledger {entries}."
        ),
        &format!(
            "{generation}: الملفات المكتوبة {written}، المستندات {papers} (الجديد منها {copied})، \
             قيود السجل {entries}."
        ),
    ));
    for sha256 in &made.missing {
        output.note(
            &format!("The paper {sha256} is missing or damaged in the network itself."),
            &format!("المستند {sha256} مفقود أو تالف في الشبكة نفسها."),
        );
    }
    for name in &made.left_out {
        output.note(
            &format!("Left out, as it is too large, unreadable or a password: {name}"),
            &format!("لم يُنسخ لكبر حجمه أو تعذّر قراءته أو لاحتوائه كلمة مرور: {name}"),
        );
    }
    if !made.removed.is_empty() {
        let removed = made.removed.len();
        output.note(
            &format!("Older generations that were removed: {removed}"),
            &format!("النسخ الأقدم التي أُزيلت: {removed}"),
        );
    }
}

/// Brings a network back.
///
/// # Errors
/// When the backup is not whole, or the new folder holds something.
pub fn restore(context: &Context, arguments: &Restore) -> Result<Exit, Failure> {
    let named = arguments.generation.as_deref();
    let now = context.clock.now();
    let restored = backup::restore(&arguments.from, named, &arguments.into, now)?;
    let output = context.output;
    let Restored { generation, papers, dropped, held, broken } = &restored;
    let into = arguments.into.display().to_string();
    if output.format == Format::Json {
        output.json(vec![(
            "restored",
            json!({"generation": generation, "into": into, "papers": papers,
                   "dropped": dropped, "held": held, "ledger_broken_at": broken}),
        )]);
    } else {
        output.data(output.pick(
            &format!(
                "{into} is the network as of {generation}: papers {papers}, files in drop \
                 folders {dropped}."
            ),
            &format!(
                "{into} هو الشبكة كما كانت في {generation}: المستندات {papers}، والملفات في \
                 مجلدات الإيداع {dropped}."
            ),
        ));
        output.note(
            &format!(
                "No letter leaves by itself: the network is not live, and letters that may have \
                 been sent since are held ({held}). Look at `mithaq mail queue`, then say \
                 `mithaq go-live`."
            ),
            &format!(
                "لا تُرسل أي رسالة تلقائيًا: الإرسال متوقف، والرسائل التي ربما أُرسلت بعد النسخة \
                 موقوفة ({held}). يُرجى النظر في `mithaq mail queue` ثم تنفيذ `mithaq go-live`."
            ),
        );
    }
    match broken {
        None => Ok(Exit::Done),
        Some(entry) => {
            output.note(
                &format!("The chain of the ledger was broken at entry {entry} already."),
                &format!("سلسلة السجل كانت مكسورة أصلًا عند القيد {entry}."),
            );
            Ok(Exit::Undecided)
        }
    }
}
