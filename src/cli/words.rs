//! The few words that listings share, in both languages.

use std::sync::LazyLock;

use crate::delta::Cause;
use crate::recognise::NONE_OF_OURS;
use crate::text::Language;
use crate::verdict::State;
use crate::vocabulary;
use crate::vocabulary::Vocabulary;

/// A state in words.
pub fn state(language: Language, state: State) -> &'static str {
    let (english, arabic) = match state {
        State::Error => ("error", "خطأ"),
        State::NotApplicable => ("not applicable", "لا تنطبق"),
        State::Waived => ("waived", "معفى منها"),
        State::Explained => ("explained", "مبررة"),
        State::Met => ("met", "مستوفاة"),
        State::MetInGrace => ("met in grace", "مستوفاة ضمن مهلة السماح"),
        State::MetLate => ("met late", "مستوفاة بعد الموعد"),
        State::NotYetOpen => ("not yet open", "لم يحن وقتها"),
        State::OnTrack => ("on track", "ضمن الوقت"),
        State::DueSoon => ("due soon", "يقترب موعدها"),
        State::InGrace => ("in grace", "ضمن مهلة السماح"),
        State::AwaitingEvidence => ("awaiting evidence", "بانتظار الدليل"),
        State::InsufficientEvidence => ("insufficient evidence", "الدليل غير كافٍ"),
        State::StillOwed => ("not met (still owed)", "غير مستوفاة (ما زالت مطلوبة)"),
        State::Closed => ("not met", "غير مستوفاة"),
    };
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

/// Millionths of a point as shown: one decimal.
pub fn points(millionths: u32) -> String {
    let tenths = crate::index::shown(millionths);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Tenths of points with their sign: `+1.5`, `-0.2`, `0.0`.
pub fn signed(tenths: i32) -> String {
    let sign = match tenths {
        1.. => "+",
        0 => "",
        _ => "-",
    };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// Millionths of a whole as a decimal between 0 and 1.
pub fn share(millionths: u32) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Millionths of a whole in per cent, rounded down: a whole is only shown for a whole.
pub fn percent(millionths: u32) -> String {
    format!("{}%", millionths / 10_000)
}

/// What moved an index.
pub fn cause(language: Language, cause: Cause) -> &'static str {
    let (english, arabic) = match cause {
        Cause::Evidence => ("papers", "المستندات"),
        Cause::Time => ("time", "مرور الوقت"),
        Cause::Rules => ("rules", "القواعد"),
        Cause::Waivers => ("waivers", "الإعفاءات"),
        Cause::Membership => ("the organization's register", "بيانات المؤسسة"),
        Cause::Corrections => ("corrections", "التصحيحات"),
        Cause::Cap => ("the cap of a critical rule", "سقف القاعدة الحرجة"),
    };
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

/// Why a rule that could not be read has no verdict, in both languages.
pub fn unread_rule(file: &str, line: u32) -> [String; 2] {
    [
        format!(
            "The rule could not be read: {file}, line {line}. `mithaq check` says why."
        ),
        format!(
            "تعذّرت قراءة القاعدة: {file}، السطر {line}. يبيّن الأمر `mithaq check` السبب."
        ),
    ]
}

/// A kind of document as the shipped vocabulary calls it; a kind that the network added
/// itself is shown by its name.
pub fn kind(language: Language, name: &str) -> String {
    static STANDARD: LazyLock<Vocabulary> = LazyLock::new(vocabulary::standard);
    if name == NONE_OF_OURS && language == Language::Arabic {
        return "ليس من الأنواع المعتمدة".to_owned();
    }
    let phrase = STANDARD.id(name).map(|id| STANDARD.phrase(id, language).to_owned());
    phrase.filter(|phrase| !phrase.is_empty()).unwrap_or_else(|| name.replace('_', " "))
}
