//! What days, choices and labels are called as a rule file is written.

use crate::calendar::Day;
use crate::lexicon::month;
use crate::program::Window;
use crate::rulebook::{Choice, Label};

/// "1 January 2026".
pub(super) fn date(day: Day) -> [String; 2] {
    let (year, month, day) = day.ymd();
    month::name(month).map(|month| format!("{day} {month} {year}"))
}

/// "from 1 January 2026 until 31 December 2026".
pub(crate) fn in_force(window: Window) -> [String; 2] {
    let mut parts = [Vec::new(), Vec::new()];
    let ends = [(window.from, ["from", "اعتبارًا من"]), (window.to, ["until", "حتى"])];
    for (day, words) in ends {
        let Some(day) = day else { continue };
        for ((part, word), date) in parts.iter_mut().zip(words).zip(date(day)) {
            part.push(format!("{word} {date}"));
        }
    }
    parts.map(|part| part.join(" "))
}

/// A choice for the whole rulebook as a sentence.
pub(super) fn chosen(choice: Choice) -> [&'static str; 2] {
    match choice {
        Choice::FiscalQuarters => {
            ["A quarter is a quarter of the fiscal year", "الربع هو ربع السنة المالية"]
        }
        Choice::CalendarQuarters => {
            ["A quarter is a calendar quarter", "الربع هو ربع السنة الميلادية"]
        }
        Choice::MonthsByDate => ["Months are counted by date", "تُحسب الأشهر بالتاريخ"],
        Choice::MonthsToMonthEnd => {
            ["Months are counted to the month end", "تُحسب الأشهر إلى نهاية الشهر"]
        }
    }
}

/// What a label is called in each language; `None` for those that are not acted on.
pub(crate) fn names(label: Label) -> Option<[&'static str; 2]> {
    Some(match label {
        Label::Rulebook => ["Rulebook", "مجموعة القواعد"],
        Label::Language => ["Language", "اللغة"],
        Label::InForce => ["In force", "النفاذ"],
        Label::Months => ["Months", "الأشهر"],
        Label::Quarters => ["Quarters", "الأرباع"],
        Label::LateEvidence => ["Evidence may arrive", "مهلة وصول الأدلة"],
        Label::Lead => ["Lead", "التنبيه المسبق"],
        Label::Force => ["Force", "القوة"],
        Label::Dimension => ["Dimension", "المحور"],
        Label::Includes => ["Includes", "تشمل"],
        Label::Index => ["Index", "المؤشر"],
        Label::AppliesTo => ["Applies to", "تسري على"],
        Label::Grace => ["Grace", "مهلة السماح"],
        Label::Weight => ["Weight", "الوزن"],
        Label::Severity => ["Severity", "درجة الخطورة"],
        Label::Kind => ["Kind", "النوع"],
        Label::Status => ["Status", "الحالة"],
        Label::Source => ["Source", "السند"],
        Label::Remedy => ["Remedy", "الإجراء التصحيحي"],
        Label::ExceptWhen => ["Except when", "يُستثنى من ذلك"],
        Label::ButNotWhen => ["But not when", "إلا إذا"],
        Label::GivesWayTo => ["Gives way to", "تتقدّم عليها"],
        Label::Also => ["Also", "وبالإنجليزية"],
        Label::ReviewBy => ["Review by", "تُراجع قبل"],
        Label::Jurisdiction => ["Jurisdiction", "الولاية القانونية"],
        Label::Theme => ["Theme", "الموضوع"],
        Label::Confidence => ["Confidence", "درجة الثقة"],
        Label::Suspended => ["Suspended", "الإيقاف"],
        Label::IfNotMet => ["If not met", "عند عدم الاستيفاء"],
        Label::CountsOnlyIf => ["Counts only if", "لا يُحتسب إلا إذا"],
        Label::Duty => ["Duty", "الواجب"],
        Label::Example => ["Example", "مثال"],
        Label::Later => return None,
    })
}
