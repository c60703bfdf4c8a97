//! `mithaq ledger`: proof that nothing was changed after the fact, and the whole of it.

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::clock;
use crate::shell::store;
use crate::shell::store::Place;
use crate::shell::store::ledger;
use crate::shell::store::ledger::{Proof, Sealed};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    pub what: What,
}

#[derive(clap::Subcommand, Debug)]
pub enum What {
    /// Follow the chain from its beginning and name the first link that does not hold
    Verify,
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
        (What::Verify, Some(rows)) => Ok(verified(context, &ledger::verify(&rows)?)),
        (What::Verify, None) => Ok(verified(context, &Proof::default())),
        (What::Export, Some(rows)) => {
            ledger::each(&rows, |sealed| {
                context.output.data(&line(&sealed));
                Ok(())
            })?;
            Ok(Exit::Done)
        }
        (What::Export, None) => Ok(Exit::Done),
    }
}

fn verified(context: &Context, proof: &Proof) -> Exit {
    let output = context.output;
    let exit = if proof.broken_at.is_none() { Exit::Done } else { Exit::Wrong };
    if output.format == Format::Json {
        output.json(vec![
            ("entries", json!(proof.entries)),
            ("head", json!(proof.head.to_string())),
            ("holds", json!(proof.broken_at.is_none())),
            ("broken_at", json!(proof.broken_at)),
        ]);
        return exit;
    }
    let (entries, head) = (proof.entries, proof.head);
    let (english, arabic) = match proof.broken_at {
        None => (
            format!("the chain holds; entries: {entries}; head: {head}"),
            format!("السلسلة سليمة؛ عدد القيود: {entries}؛ الرأس: {head}"),
        ),
        Some(number) => (
            format!(
                "the chain is broken at entry {number}: it was changed, moved or taken away \
                 after it was made"
            ),
            format!("السلسلة مكسورة عند القيد {number}: غُيّر أو نُقل أو حُذف بعد إنشائه"),
        ),
    };
    output.data(output.pick(&english, &arabic));
    exit
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
