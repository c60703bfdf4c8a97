//! The few words that listings share, in both languages.

use crate::text::Language;
use crate::verdict::State;

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
