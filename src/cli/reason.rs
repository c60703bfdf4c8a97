//! Why a verdict is what it is: the rule's own words, its slots, the papers and passages.

use serde_json::{Value as Json, json};

use crate::calendar::{Day, Period};
use crate::cli::correct;
use crate::cli::verdicts::Told;
use crate::cli::words;
use crate::norm::Norm;
use crate::plan::evidence;
use crate::plan::evidence::{Counts, Evidence};
use crate::plan::explanation::{Explanation, Window};
use crate::remedy::{Fact, Wanted};
use crate::text::Language;
use crate::text::isolate;
use crate::verdict::{Applies, Slot, Truth, Unknown};

/// Slots shown to people: the latest ones.
const SLOTS_SHOWN: usize = 8;

/// The reason for programs, with what would settle or repair each slot where the slots are
/// explained.
pub(super) fn to_json(told: &Told<'_>, explained: &[Explanation]) -> Json {
    let slots: Vec<Json> = told
        .slots
        .iter()
        .zip(&told.people)
        .enumerate()
        .map(|(at, (slot, people))| {
            let mut reason = json!({
                "from": slot.from.to_string(),
                "to": slot.to.to_string(),
                "truth": truth_name(slot.truth),
                "applies": matches!(slot.applies, Applies::Yes | Applies::Until(_)),
                "waived": slot.waived.is_some(),
                "suspended": told.member.windows(&told.situation, told.number, slot)
                    .iter().map(window).collect::<Vec<Json>>(),
                "people": people,
                "english": truth_words(Language::English, told, slot),
                "arabic": truth_words(Language::Arabic, told, slot),
            });
            if let (Some(reason), Some(explained)) =
                (reason.as_object_mut(), explained.get(at))
            {
                let sums = explained.sums.iter();
                let sums: Vec<Json> = sums.map(both).collect();
                reason.insert("sums".to_owned(), json!(sums));
                reason.insert("remedy".to_owned(), remedy(explained));
            }
            reason
        })
        .collect();
    json!({
        "english": told.rule.english,
        "arabic": told.rule.arabic,
        "around": told.rule.around.iter()
            .map(|[english, arabic]| json!({"english": english, "arabic": arabic}))
            .collect::<Vec<Json>>(),
        "written": told.rule.text,
        "source": told.rule.source,
        "remedy": told.rule.remedy,
        "slots": slots,
    })
}

fn both([english, arabic]: &[String; 2]) -> Json {
    json!({"english": english, "arabic": arabic})
}

fn window(window: &Window) -> Json {
    let name = window.name.as_ref();
    json!({"from": window.days.from.to_string(), "to": last(window.days),
           "name": name.map(|name| json!({
               "english": name.read_in(Language::English),
               "arabic": name.read_in(Language::Arabic)}))})
}

/// What would settle or repair a slot; null where nothing has to be.
fn remedy(explained: &Explanation) -> Json {
    let Some(remedy) = &explained.remedy else { return Json::Null };
    let wanted = |wanted: &Wanted| {
        json!({
            "facts": wanted.facts.iter().map(Fact::name).collect::<Vec<&str>>(),
            "from": wanted.days.and_then(|days| days.from).map(|day| day.to_string()),
            "to": wanted.days.map(|days| days.to.to_string()),
            "then": wanted.then.name(),
        })
    };
    json!({
        "proof": remedy.proof.as_ref().map(wanted),
        "now": remedy.now.as_ref().map(wanted),
        "past_mending": remedy.is_past_mending,
        "next_due": remedy.next_due.map(|day| day.to_string()),
        "sentences": explained.sentences.iter().map(both).collect::<Vec<Json>>(),
    })
}

/// The reason for people, line by line.
pub(super) fn lines(
    language: Language,
    told: &Told<'_>,
    explained: &[Explanation],
) -> Vec<String> {
    let arabic = language == Language::Arabic;
    let reading = if arabic { &told.rule.arabic } else { &told.rule.english };
    let state = words::state(language, told.verdict.state);
    let mut lines = vec![
        format!("{}  {}/{}", told.organization, told.rulebook.id, told.rule.id),
        format!("  {reading}"),
    ];
    for [english, in_arabic] in &told.rule.around {
        lines.push(format!("  · {}", if arabic { in_arabic } else { english }));
    }
    lines.push(format!("  {state}"));
    if let Some(source) = &told.rule.source {
        lines.push(format!("  {}: {source}", if arabic { "المصدر" } else { "source" }));
    }
    let hidden = told.slots.len().saturating_sub(SLOTS_SHOWN);
    let slots = told.slots.iter().zip(&told.people).zip(explained);
    for ((slot, people), explained) in slots.skip(hidden) {
        let state = words::state(language, slot.state);
        lines.push(format!("  {} – {}  {state}", slot.from, slot.to));
        // Before the day has come, that nothing is there yet says nothing.
        let silent = slot.truth == Truth::NoEvidence && told.as_of.day <= slot.due;
        if !silent {
            lines.push(format!("      {}", truth_words(language, told, slot)));
        }
        for window in &explained.windows {
            lines.push(format!("      {}", stood_still(language, window)));
        }
        for [english, in_arabic] in &explained.sums {
            lines.push(format!("      {}", if arabic { in_arabic } else { english }));
        }
        if !silent && !people.is_empty() {
            lines.push(format!("      {}", of_people(language, people)));
        }
        for one in evidence::of_slot(told.member, &told.situation, told.number, slot) {
            lines.push(paper(language, &one));
            let said = told.corrected(one.paper).iter();
            lines.extend(
                said.map(|one| format!("      {}", correct::line(language, one))),
            );
        }
        let arrow = if arabic { "←" } else { "→" };
        for [english, in_arabic] in &explained.sentences {
            let said = if arabic { in_arabic } else { english };
            lines.push(format!("      {arrow} {said}"));
        }
    }
    if let Some(next) = told.verdict.next_change {
        let state = words::state(language, next.state);
        lines.push(match language {
            Language::English => {
                format!("  if nothing arrives: {state} from {}", next.on)
            }
            Language::Arabic => format!("  إذا لم يصل شيء: {state} من {}", next.on),
        });
    }
    if let Some(remedy) = &told.rule.remedy {
        lines.push(format!(
            "  {}: {remedy}",
            if arabic { "ما يلزم" } else { "what to do" }
        ));
    }
    lines
}

/// Its last day; none while nobody has said when it ends.
fn last(days: Period) -> Option<String> {
    (days.to < Day::LATEST).then(|| days.to.to_string())
}

fn stood_still(language: Language, window: &Window) -> String {
    let from = window.days.from;
    let said = match (language, last(window.days)) {
        (Language::English, Some(to)) => {
            format!("the clock stood still from {from} to {to}")
        }
        (Language::English, None) => format!("the clock stands still from {from} on"),
        (Language::Arabic, Some(to)) => format!("توقفت المدد من {from} إلى {to}"),
        (Language::Arabic, None) => format!("تتوقف المدد ابتداءً من {from}"),
    };
    match &window.name {
        Some(name) => format!("{said} ({})", isolate(name.read_in(language))),
        None => said,
    }
}

/// Whom a slot depends on.
fn of_people(language: Language, people: &[String]) -> String {
    let names: Vec<String> = people.iter().map(|name| isolate(name)).collect();
    match language {
        Language::English => format!("it depends on {}", names.join(", ")),
        Language::Arabic => format!("يتوقف ذلك على: {}", names.join("، ")),
    }
}

fn paper(language: Language, evidence: &Evidence<'_>) -> String {
    let (day, path) = (evidence.entry.day, isolate(&evidence.paper.path));
    let mut passages = evidence.paper.passages.iter();
    let passage = passages.next().map(|(_, passage)| {
        let place = match (language, passage.page) {
            (Language::English, Some(page)) => {
                format!("page {page}, line {}", passage.line)
            }
            (Language::English, None) => format!("line {}", passage.line),
            (Language::Arabic, Some(page)) => {
                format!("الصفحة {page}، السطر {}", passage.line)
            }
            (Language::Arabic, None) => format!("السطر {}", passage.line),
        };
        format!(" ({place}: «{}»)", isolate(passage.text.trim()))
    });
    let counts = match (evidence.counts, language) {
        (Counts::Yes, _) => "",
        (Counts::No, Language::English) => "  (does not count)",
        (Counts::No, Language::Arabic) => "  (لا يُحتسب)",
        (Counts::Unknown, Language::English) => "  (no paper says whether it counts)",
        (Counts::Unknown, Language::Arabic) => "  (لا يذكر أي مستند ما إذا كان يُحتسب)",
    };
    format!("      {day}  {path}{}{counts}", passage.unwrap_or_default())
}

fn truth_name(truth: Truth) -> &'static str {
    match truth {
        Truth::True(_) | Truth::TrueUntil(..) => "satisfied",
        Truth::Explained(_) => "explained",
        Truth::False | Truth::FalseUntil(_) => "denied",
        Truth::NoEvidence => "no_evidence",
        Truth::Unknown(why) | Truth::UnknownUntil(why, _) => match why {
            Unknown::Unreadable => "unreadable",
            Unknown::Contradictory => "contradictory",
            Unknown::FolderUnhealthy => "folder_unhealthy",
            Unknown::NotStated => "not_stated",
            Unknown::AttributeMissing => "attribute_missing",
        },
    }
}

/// What shows that it was not so: a number or people on record, else a paper.
fn denied(norm: &Norm) -> (String, String) {
    match norm {
        Norm::Holds(_) => fixed(
            "what is on record of the organization does not keep to it",
            "ما هو مسجّل عن المؤسسة لا يفي بالمطلوب",
        ),
        Norm::Size { .. } => fixed(
            "the number of members on record does not keep to it",
            "عدد الأعضاء المسجّل لا يفي بالمطلوب",
        ),
        norm if norm.is_about_people() => fixed(
            "the people on record do not keep to it",
            "بيانات الأشخاص المسجّلة لا تفي بالمطلوب",
        ),
        _ => fixed("a paper says that it was not so", "يفيد مستند بأن ذلك لم يحدث"),
    }
}

/// What is known of a slot, as a sentence.
fn truth_words(language: Language, told: &Told<'_>, slot: &Slot) -> String {
    let (english, arabic) = match slot.truth {
        Truth::True(day) => satisfied(day),
        Truth::TrueUntil(..) => satisfied(slot.opens),
        Truth::Explained(day) => (
            format!("not kept; the reason is on file since {day}"),
            format!("لم يُلتزم به، والتعليل مسجّل منذ {day}"),
        ),
        Truth::False => {
            let asked = evidence::asked(&told.situation, told.number, slot);
            denied(asked.first().copied().unwrap_or(&told.rule.norm))
        }
        Truth::FalseUntil(day) => (
            format!("a paper says that it was not so; on {day} it is put right"),
            format!("يفيد مستند بأن ذلك لم يحدث، ويُستدرك في {day}"),
        ),
        Truth::NoEvidence => fixed("no evidence was found", "لم يُعثر على دليل"),
        Truth::Unknown(why) | Truth::UnknownUntil(why, _) => unknown_words(why),
    };
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

fn satisfied(day: Day) -> (String, String) {
    (format!("satisfied on {day}"), format!("استُوفيت في {day}"))
}

/// Why it is not known, English and Arabic.
fn unknown_words(why: Unknown) -> (String, String) {
    match why {
        Unknown::Unreadable => fixed(
            "a paper that could be the evidence is not understood",
            "يوجد مستند قد يكون الدليل ولم يُفهم",
        ),
        Unknown::Contradictory => {
            fixed("papers give different days for it", "تذكر المستندات أيامًا مختلفة له")
        }
        Unknown::FolderUnhealthy => fixed(
            "the drop folder could not be trusted at that time",
            "لم يكن الاعتماد على مجلد الإيداع ممكنًا في ذلك الوقت",
        ),
        Unknown::NotStated => fixed(
            "there is a paper, but it does not state what is asked",
            "يوجد مستند، لكنه لا يذكر المطلوب",
        ),
        Unknown::AttributeMissing => fixed(
            "a number about the organization is not on file",
            "لا توجد في السجل قيمة لازمة عن المؤسسة",
        ),
    }
}

fn fixed(english: &str, arabic: &str) -> (String, String) {
    (english.to_owned(), arabic.to_owned())
}
