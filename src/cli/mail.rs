//! `mithaq mail`: what would be written to whom and why, whether letters arrive, and what
//! waits in the outbox.

pub(super) mod answers;
pub mod preview;
mod receive;
mod settle;
mod test;

use clap::Subcommand;
use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};

use crate::cli::{Context, Exit, Failure, Format};
use crate::letters::hours::Moment;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::network;
use crate::shell::outbox;
use crate::shell::outbox::Row;
use crate::shell::outbox::State;
use crate::shell::outbox::delivery::file_name;
use crate::shell::store;
use crate::shell::store::Place;
use crate::text::Bilingual;
use crate::text::Language;
use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) what: What,
}

#[derive(Subcommand, Debug)]
pub(super) enum What {
    /// Write the letters that a scan would write now, as .eml and .html, and send nothing
    Preview {
        /// Where to put them [default: the folder mail-preview of the network]
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Send one letter to prove the way; without a server it is written to the outbox
    Test {
        /// Who receives it
        #[arg(long, value_name = "ADDRESS")]
        to: String,
    },
    /// List the letters that are not done with
    Queue {
        /// Those that have left too
        #[arg(long)]
        all: bool,
    },
    /// Have a letter sent again
    Resend {
        /// Its number in the queue
        #[arg(required_unless_present = "held", conflicts_with = "held")]
        id: Option<i64>,
        /// All that are held
        #[arg(long)]
        held: bool,
    },
    /// Take a message that somebody sent us, on standard input: a reply or a bounce
    Receive {
        /// An address that it was delivered to; may be given several times
        #[arg(long, value_name = "ADDRESS")]
        to: Vec<String>,
    },
    /// List what was answered to letters and waits for a decision
    Answers {
        /// Those that are decided, and what nothing followed from, too
        #[arg(long)]
        all: bool,
    },
    /// Write down what was decided about an answer, and tell whoever asked
    Settle {
        /// Its number in the list of answers
        number: i64,
        /// What was decided, and why
        #[arg(long, value_name = "TEXT")]
        why: String,
        /// Who decided; the officer that mithaq.toml names unless given
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

/// # Errors
/// When the network or its store cannot be used, or there is no such letter.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.what {
        What::Preview { out } => preview::run(context, out.as_deref()),
        What::Test { to } => test::run(context, to),
        What::Queue { all } => queue(context, *all),
        What::Resend { id, .. } => resend(context, *id),
        What::Receive { to } => Ok(receive::run(context, to)),
        What::Answers { all } => answers::run(context, *all),
        What::Settle { number, why, by } => {
            settle::run(context, *number, why, by.as_deref())
        }
    }
}

fn queue(context: &Context, all: bool) -> Result<Exit, Failure> {
    let root = context.root()?;
    let rows = match store::open_to_read(&Place::of_network(&root))? {
        Some(connection) => outbox::queue_known(&connection, all, context.known()?)?,
        None => Vec::new(),
    };
    if context.output.format == Format::Json {
        let letters: Vec<Json> = rows.iter().map(|row| in_json(row, context)).collect();
        context.output.json(vec![("letters", Json::from(letters))]);
    } else if rows.is_empty() {
        context.output.note("No letter waits.", "لا توجد رسائل بانتظار الإرسال.");
    } else {
        let hour = Hour::of(context, &root);
        for row in &rows {
            context.output.data(&line(row, context.output.language));
            if let Some(leaves) = hour.leaves(row) {
                context.output.data(&format!("       {leaves}"));
            }
        }
    }
    let stuck = |row: &Row| matches!(row.state, State::Failed | State::Held);
    Ok(if !all && rows.iter().any(stuck) { Exit::Undecided } else { Exit::Done })
}

/// One by its number, or all that are held.
fn resend(context: &Context, id: Option<i64>) -> Result<Exit, Failure> {
    let place = Place::of_network(&context.root()?);
    let connection = store::open(&place)?;
    let mut wanted: Vec<i64> = id.into_iter().collect();
    if id.is_none() {
        let held = outbox::queue(&connection, false)?.into_iter();
        wanted.extend(held.filter(|row| row.state == State::Held).map(|row| row.id));
    }
    let now = context.clock.now();
    for id in &wanted {
        if !outbox::resend(&connection, *id, now)? {
            let error = Error::report(
                format!("there is no letter {id} that has left, failed or is held"),
                format!("لا توجد رسالة رقمها {id} أُرسلت أو تعذّر إرسالها أو أُوقفت"),
            );
            return Err(error.into());
        }
    }
    let count = wanted.len();
    context.output.note(
        &format!("Letters that leave with the next scan, or at once where the daemon runs: {count}."),
        &format!("الرسائل التي تُرسل عند المسح التالي، أو فورًا حيث تعمل العملية الدائمة: {count}."),
    );
    if context.output.format == Format::Json {
        let letters = wanted.iter().map(|id| json!({"id": id, "state": "pending"}));
        context.output.json(vec![("letters", letters.collect())]);
    }
    Ok(Exit::Done)
}

fn in_json(row: &Row, context: &Context) -> Json {
    let written = row.state == State::Written;
    json!({
        "id": row.id,
        "organization": row.organization,
        "to": row.recipient,
        "kind": row.kind,
        "subject": row.subject,
        "why": why(&row.kind).read_in(context.output.language),
        "file": written.then(|| format!("outbox/{}", file_name(row))),
        "state": row.state.name(),
        "attempts": row.attempts,
        "next_at": (row.state == State::Pending).then(|| clock::iso(row.next_at.max(row.created_at))),
        "reply": row.reply,
    })
}

fn line(row: &Row, language: Language) -> String {
    let (state, reply) = (state_word(row.state, language), &row.reply);
    let (id, to, subject) = (row.id, &row.recipient, &row.subject);
    if reply.is_empty() {
        format!("{id:>5}  {state}  {to}  {subject}")
    } else {
        format!("{id:>5}  {state}  {to}  {subject}  ({reply})")
    }
}

/// At which hour letters leave, as the network's clocks show it.
struct Hour {
    now: i64,
    zone: TimeZone,
    language: Language,
}

impl Hour {
    fn of(context: &Context, root: &Path) -> Hour {
        let named = network::zone(root);
        let zone =
            named.and_then(|name| clock::zone(&name).ok()).unwrap_or(TimeZone::UTC);
        Hour { now: context.clock.now(), zone, language: context.output.language }
    }

    /// That a letter waits for an hour, and for which.
    fn leaves(&self, row: &Row) -> Option<String> {
        let waits = row.state == State::Pending && self.now < row.next_at;
        let Moment { day, minute } = clock::moment_in(row.next_at, &self.zone);
        let hour = format!("{:02}:{:02}", minute / 60, minute % 60);
        waits.then(|| match self.language {
            Language::English => format!("leaves on {day} at {hour}"),
            Language::Arabic => format!("تُرسل يوم {day} الساعة {hour}"),
        })
    }
}

fn state_word(state: State, language: Language) -> &'static str {
    let (english, arabic) = match state {
        State::Pending | State::Sending => ("waiting", "بالانتظار"),
        State::FinalDot | State::Uncertain => ("uncertain", "غير مؤكدة"),
        State::Sent => ("sent", "أُرسلت"),
        State::Failed => ("failed", "تعذّر إرسالها"),
        State::Dropped => ("dropped", "أُسقطت"),
        State::Held => ("held", "موقوفة"),
        State::Written => ("written", "كُتبت"),
    };
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

/// Why letters of a kind are written.
pub fn why(kind: &str) -> Bilingual {
    let (english, arabic) = match kind {
        "receipt" => ("Files arrived and were read.", "وصلت ملفات وقُرئت."),
        "problem" => ("A file needs somebody.", "ثمة ملف بحاجة إلى من ينظر فيه."),
        "finding" => ("A rule became not met.", "أصبحت قاعدة غير مستوفاة."),
        "resolved" => ("A finding was closed.", "أُغلقت ملاحظة."),
        "due_soon" => ("A due day is near.", "اقترب أحد المواعيد."),
        "overdue" => ("A finding stays open.", "ما زالت ملاحظة مفتوحة."),
        "digest" => ("The week is over.", "انتهى الأسبوع."),
        "officer_summary" => ("The network's week is over.", "انتهى أسبوع الشبكة."),
        "index_delta" => ("The index moved.", "تغيّر المؤشر."),
        "method_notice" => ("A rulebook changed.", "عُدّلت مجموعة قواعد."),
        "first_summary" => (
            "The folder or the rulebook was looked at for the first time.",
            "نُظر في المجلد أو في مجموعة القواعد للمرة الأولى.",
        ),
        "answer" => ("Somebody answered a letter.", "وصل رد على إحدى الرسائل."),
        "undeliverable" => {
            ("Letters to somebody come back.", "ثمة رسائل تعود دون تسليم.")
        }
        "host_health" => ("The machine needs its keeper.", "الجهاز بحاجة إلى متابعة."),
        "waiver_ending" => ("A waiver ends soon.", "اقترب انتهاء أحد الإعفاءات."),
        "flapping" => {
            ("A finding does not hold still.", "ثمة ملاحظة تُفتح وتُغلق مرة بعد مرة.")
        }
        _ => ("Somebody asked for it.", "طلبها أحدهم."),
    };
    Bilingual::new(english, arabic)
}
