//! `mithaq replay`: a finding told again from what was known then, and compared.

use serde_json::{Value as Json, json};

use crate::cli::forget;
use crate::cli::words;
use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::recall::replay;
use crate::shell::recall::replay::{Difference, Letter, Outcome, Replayed, Version};
use crate::shell::store::judgement::state_named;
use crate::shell::store::told;
use crate::text::{Language, isolate};

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The finding's short name, as letters and `mithaq findings` give it
    pub finding: String,
}

/// Tells a finding again and compares it with what was told.
///
/// # Errors
/// When there is no such finding, or the network cannot be read.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let wanted = &arguments.finding;
    let replayed = replay::replay(&context.root()?, wanted)?;
    if replayed.is_empty() {
        return Err(Failure::Error(Error::report(
            format!("there is no finding `{wanted}`; `mithaq findings --all` lists them"),
            format!(
                "لا توجد ملاحظة باسم «{wanted}»، والأمر `mithaq findings --all` يعرضها كلها"
            ),
        )));
    }
    if context.output.format == Format::Json {
        let findings: Vec<Json> = replayed.iter().map(to_json).collect();
        context.output.json(vec![("replayed", json!(findings))]);
    } else {
        for finding in &replayed {
            print(context, finding);
        }
    }
    let exits = replayed.iter().flat_map(|finding| {
        finding.versions.iter().map(move |version| exit(finding, version))
    });
    Ok(exits.fold(Exit::Done, Exit::and))
}

/// What is not what the ledger says is wrong; what is told otherwise is to be looked at.
fn exit(finding: &Replayed, version: &Version) -> Exit {
    let unproved = version.told.as_ref().is_some_and(|told| !proved(finding, told.entry))
        || version.letters.iter().any(|letter| !proved(finding, letter.entry));
    match version.outcome {
        _ if unproved => Exit::Wrong,
        Outcome::Same => Exit::Done,
        Outcome::Differs(_) | Outcome::NotTold => Exit::Findings,
        Outcome::NotKept => Exit::Undecided,
    }
}

/// Whether an entry is there and lies before any link that is broken.
fn proved(finding: &Replayed, entry: Option<i64>) -> bool {
    entry.is_some_and(|entry| finding.broken_at.is_none_or(|broken| entry < broken))
}

fn to_json(finding: &Replayed) -> Json {
    let key = &finding.key;
    let versions: Vec<Json> = finding
        .versions
        .iter()
        .map(|version| version_to_json(finding, version))
        .collect();
    json!({
        "finding": key.short(),
        "organization": key.organization,
        "rulebook": key.rulebook,
        "rule": key.rule,
        "slot": key.slot.to_string(),
        "versions": versions,
    })
}

fn version_to_json(finding: &Replayed, version: &Version) -> Json {
    let differences = match &version.outcome {
        Outcome::Differs(differences) => differences.as_slice(),
        _ => &[],
    };
    let letter = |letter: &Letter| {
        json!({"kind": letter.kind, "to": letter.recipient,
               "sha256": letter.sha256.to_string(), "entry": letter.entry,
               "proved": proved(finding, letter.entry), "erased": letter.erased})
    };
    let told = version.told.as_ref();
    json!({
        "version": version.number,
        "told_at": told.map(|told| clock::iso(told.at)),
        "engine": told.map(|told| told.engine.clone()),
        "this_engine": told::ENGINE,
        "sha256": told.map(|told| told.sha256.to_string()),
        "entry": told.and_then(|told| told.entry),
        "proved": told.is_some_and(|told| proved(finding, told.entry)),
        "outcome": match &version.outcome {
            Outcome::Same => "same",
            Outcome::Differs(_) => "differs",
            Outcome::NotTold => "not_told",
            Outcome::NotKept => "not_kept",
        },
        "differences": differences.iter().map(|one| json!({
            "part": one.part, "then": one.then, "now": one.now,
            "english": sentence(Language::English, one),
            "arabic": sentence(Language::Arabic, one),
        })).collect::<Vec<Json>>(),
        "letters": version.letters.iter().map(letter).collect::<Vec<Json>>(),
        "forgotten": version.forgotten.iter().map(forget::to_json).collect::<Vec<Json>>(),
    })
}

fn print(context: &Context, finding: &Replayed) {
    let output = context.output;
    let key = &finding.key;
    let of = format!("{}/{}", key.rulebook, key.rule);
    output.data(output.pick(
        &format!("{}  {}  {of}  {}", key.short(), key.organization, key.slot),
        &format!(
            "{}  {}  {}  {}",
            key.short(),
            isolate(&key.organization),
            isolate(&of),
            key.slot
        ),
    ));
    for version in &finding.versions {
        for line in lines(output.language, finding, version) {
            output.data(&line);
        }
    }
}

fn lines(language: Language, finding: &Replayed, version: &Version) -> Vec<String> {
    let english = language == Language::English;
    let number = version.number;
    let mut lines = vec![match (&version.told, english) {
        (None, true) => format!("  version {number}"),
        (None, false) => format!("  الإصدار {number}"),
        (Some(told), true) => {
            format!("  version {number}, told {} by {}", clock::iso(told.at), told.engine)
        }
        (Some(told), false) => format!(
            "  الإصدار {number}، أُبلغ في {} بإصدار البرنامج {}",
            isolate(&clock::iso(told.at)),
            isolate(&told.engine)
        ),
    }];
    if let Some(told) = &version.told {
        lines.push(proof(language, proved(finding, told.entry), told.entry));
    }
    lines.push(outcome(language, version));
    if let Outcome::Differs(differences) = &version.outcome {
        lines.extend(
            differences.iter().map(|one| format!("      {}", sentence(language, one))),
        );
    }
    for gone in &version.forgotten {
        lines.push(format!("    {}", forget::line(language, gone)));
    }
    for letter in &version.letters {
        let proof = proof(language, proved(finding, letter.entry), letter.entry);
        lines.push(if english {
            format!("    letter {} to {}", letter.kind, letter.recipient)
        } else {
            format!(
                "    رسالة {} إلى {}",
                isolate(&letter.kind),
                isolate(&letter.recipient)
            )
        });
        lines.push(match (letter.erased, english) {
            (false, _) => format!("  {proof}"),
            (true, true) => "      its copy was erased with a paper".to_owned(),
            (true, false) => "      مُحيت نسختها مع أحد المستندات".to_owned(),
        });
    }
    lines
}

fn proof(language: Language, proved: bool, entry: Option<i64>) -> String {
    match (language, proved, entry) {
        (Language::English, true, Some(entry)) => {
            format!("    the stored bytes are those of entry {entry} of the ledger")
        }
        (Language::English, false, Some(entry)) => {
            format!(
                "    entry {entry} tells of these bytes, but the chain is broken before it"
            )
        }
        (Language::English, _, None) => {
            "    no entry of the ledger tells of these bytes: they were changed"
                .to_owned()
        }
        (Language::Arabic, true, Some(entry)) => {
            format!("    النص المحفوظ مطابق للقيد {entry} في السجل")
        }
        (Language::Arabic, false, Some(entry)) => {
            format!("    القيد {entry} يطابق هذا النص، لكن السلسلة مكسورة قبله")
        }
        (Language::Arabic, _, None) => {
            "    لا قيد في السجل يطابق هذا النص: لقد غُيّر".to_owned()
        }
    }
}

fn outcome(language: Language, version: &Version) -> String {
    let other = version.told.as_ref().is_some_and(|told| told.engine != told::ENGINE);
    let [english, arabic] = match &version.outcome {
        Outcome::Same => [
            "same: told again, it says the same byte for byte",
            "مطابق: أُعيد استنتاجه فكان هو نفسه حرفًا بحرف",
        ],
        Outcome::Differs(_) if other => [
            "not the same: this version of the program says otherwise of",
            "غير مطابق: يقول هذا الإصدار من البرنامج غير ذلك في",
        ],
        Outcome::Differs(_) => ["not the same; it differs in", "غير مطابق، والاختلاف في"],
        Outcome::NotTold => [
            "not the same: told again, there is no such finding",
            "غير مطابق: عند إعادة الاستنتاج لا تنشأ هذه الملاحظة",
        ],
        Outcome::NotKept => [
            "it cannot be told again: it was stored before what findings rest on was kept",
            "لا يمكن إعادة استنتاجه: حُفظ قبل أن يُحفظ ما تستند إليه الملاحظات",
        ],
    };
    format!("    {}", if language == Language::English { english } else { arabic })
}

/// What was said of a part, and what is said of it now.
fn sentence(language: Language, one: &Difference) -> String {
    let (then, now) =
        (value(language, one.then.as_ref()), value(language, one.now.as_ref()));
    let part = part(language, &one.part);
    match language {
        Language::English => format!("{part}: it said {then}; now it says {now}"),
        Language::Arabic => format!("{part}: كان {then}، وهو الآن {now}"),
    }
}

fn value(language: Language, value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => match language {
            Language::English => "nothing".to_owned(),
            Language::Arabic => "لا شيء".to_owned(),
        },
        Some(Json::String(text)) => match state_named(text) {
            Some(state) => words::state(language, state).to_owned(),
            None => isolate(text),
        },
        Some(other) => isolate(&other.to_string()),
    }
}

/// What a part is called.
fn part(language: Language, name: &str) -> String {
    let found = PARTS.iter().find(|(part, ..)| *part == name);
    let Some((_, english, arabic)) = found else { return isolate(name) };
    (if language == Language::English { *english } else { *arabic }).to_owned()
}

const PARTS: [(&str, &str, &str); 27] = [
    ("organization", "the organization", "المؤسسة"),
    ("rulebook", "the rulebook", "مجموعة القواعد"),
    ("rule", "the rule", "القاعدة"),
    ("from", "the first day of the slot", "أول أيام الفترة"),
    ("to", "the last day of the slot", "آخر أيام الفترة"),
    ("due", "the due day", "الموعد"),
    ("opens", "the day from which it can be kept", "اليوم الذي يبدأ فيه الوفاء"),
    ("grace_end", "the end of the grace", "نهاية مهلة السماح"),
    ("lag_end", "the end of the time for evidence", "نهاية مهلة الأدلة"),
    ("version", "the number of the version", "رقم الإصدار"),
    ("state", "the state", "الحالة"),
    ("slot_state", "the state of the slot", "حالة الفترة"),
    ("opened", "the day it was opened", "يوم فتحها"),
    ("closed", "the day it was closed", "يوم إغلاقها"),
    ("resolution", "how it was closed", "كيفية إغلاقها"),
    ("as_of", "the day judged", "يوم الحكم"),
    ("evidence", "the evidence", "الأدلة"),
    ("truth", "what is known of it", "المعلوم عنها"),
    ("applies", "whether the rule applies", "انطباق القاعدة"),
    ("waived", "the waiver", "الإعفاء"),
    ("part", "how many kept it", "عدد من التزم بها"),
    ("meaning", "the meaning of the rule", "معنى القاعدة"),
    ("english", "the rule in English", "نص القاعدة بالإنجليزية"),
    ("arabic", "the rule in Arabic", "نص القاعدة بالعربية"),
    ("source", "the source of the rule", "مصدر القاعدة"),
    ("remedy", "what to do", "ما يلزم"),
    ("severity", "the severity", "درجة الأهمية"),
];
