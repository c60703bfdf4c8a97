//! Units of time and what recurs: names in both languages, durations written out.

use crate::calendar::{Cycle, Span};
use crate::lexicon::noun::{DAY, MONTH, WEEK, WORKING_DAY, YEAR};

/// Words of a unit, beside the name that the grammars use. `two` are duals.
#[derive(Debug)]
pub struct Unit {
    pub name: &'static str,
    pub one: &'static [&'static str],
    pub two: &'static [&'static str],
    /// Adverbs and adjectives of "each": quarterly, «فصليًا».
    pub each: &'static [&'static str],
}

/// All units. `quarter` is the plain word, which the rulebook's choice settles.
pub const UNITS: [Unit; 11] = [
    Unit {
        name: "working_day",
        one: &[
            "working day",
            "working days",
            "business day",
            "business days",
            "يوم عمل",
            "أيام عمل",
            "يوم دوام",
            "أيام دوام",
            "يومًا من أيام العمل",
        ],
        two: &["يومي عمل", "يوما عمل"],
        each: &[],
    },
    Unit {
        name: "day",
        one: &[
            "day",
            "days",
            "يوم",
            "أيام",
            "يومًا",
            "calendar day",
            "calendar days",
            "أيام تقويمية",
            "يومًا تقويميًا",
        ],
        two: &["يومين", "يومان"],
        each: &["daily", "يوميًا", "يومي", "يومية"],
    },
    Unit {
        name: "week",
        one: &["week", "weeks", "أسبوع", "أسابيع", "أسبوعًا", "calendar week"],
        two: &["أسبوعين", "أسبوعان", "fortnight"],
        each: &["weekly", "أسبوعيًا", "أسبوعي", "أسبوعية"],
    },
    Unit {
        name: "month",
        one: &[
            "month",
            "months",
            "شهر",
            "أشهر",
            "شهور",
            "شهرًا",
            "calendar month",
            "calendar months",
            "شهر ميلادي",
            "شهر تقويمي",
        ],
        two: &["شهرين", "شهران"],
        each: &["monthly", "شهريًا", "شهري", "شهرية", "monthly basis"],
    },
    Unit {
        name: "quarter",
        one: &[
            "quarter",
            "quarters",
            "quarter of year",
            "ربع سنة",
            "ربع عام",
            "ربع من أرباع السنة",
            "ربع من السنة",
            "ربع من العام",
            "أرباع",
            "فصل",
            "أرباع السنة",
            "ربع سنوي واحد",
            "three month period",
            "trimester",
        ],
        two: &["ربعين", "ربعي سنة"],
        each: &[
            "quarterly",
            "quarterly basis",
            "فصليًا",
            "فصلي",
            "فصلية",
            "ربعيًا",
            "ربعي",
            "ربعية",
            "ربع سنويًا",
            "ربع سنوي",
            "ربع سنوية",
        ],
    },
    Unit {
        name: "calendar_quarter",
        one: &[
            "calendar quarter",
            "calendar quarters",
            "quarter of calendar year",
            "ربع من أرباع السنة الميلادية",
            "ربع سنة ميلادية",
            "ربع ميلادي",
            "ربع تقويمي",
            "ربع من السنة الميلادية",
            "ربع من أرباع السنة التقويمية",
            "أرباع ميلادية",
            "أرباع السنة الميلادية",
        ],
        two: &[],
        each: &[],
    },
    Unit {
        name: "fiscal_quarter",
        one: &[
            "fiscal quarter",
            "fiscal quarters",
            "financial quarter",
            "quarter of fiscal year",
            "quarter of financial year",
            "ربع من أرباع السنة المالية",
            "ربع سنة مالية",
            "ربع مالي",
            "ربع من السنة المالية",
            "أرباع مالية",
            "أرباع السنة المالية",
        ],
        two: &[],
        each: &[],
    },
    Unit {
        name: "half_year",
        one: &[
            "half year",
            "half years",
            "half of year",
            "half of calendar year",
            "half calendar year",
            "semester",
            "نصف سنة",
            "نصف عام",
            "نصف من السنة",
            "نصف سنة ميلادية",
            "نصف من السنة الميلادية",
        ],
        two: &[],
        each: &[
            "half yearly",
            "semi annually",
            "semiannually",
            "semi annual",
            "half yearly basis",
            "نصف سنويًا",
            "نصف سنوي",
            "نصف سنوية",
        ],
    },
    Unit {
        name: "year",
        one: &["year", "years", "سنة", "سنوات", "سنين", "عام", "أعوام", "عامًا"],
        two: &["سنتين", "سنتان", "عامين", "عامان"],
        each: &[
            "annually",
            "yearly",
            "annual",
            "annual basis",
            "yearly basis",
            "once annually",
            "سنويًا",
            "سنوي",
            "سنوية",
        ],
    },
    Unit {
        name: "calendar_year",
        one: &[
            "calendar year",
            "calendar years",
            "سنة ميلادية",
            "سنة تقويمية",
            "عام ميلادي",
        ],
        two: &[],
        each: &[],
    },
    Unit {
        name: "fiscal_year",
        one: &[
            "fiscal year",
            "financial year",
            "accounting year",
            "fiscal years",
            "financial years",
            "سنة مالية",
            "عام مالي",
            "سنوات مالية",
        ],
        two: &[],
        each: &[],
    },
];

/// A duration: "4 months", «4 أشهر».
pub fn span(span: Span) -> [String; 2] {
    let (noun, number) = match span {
        Span::Days(days) => (&DAY, days),
        Span::WorkingDays(days) => (&WORKING_DAY, days),
        Span::Weeks(weeks) => (&WEEK, weeks),
        Span::Months(months) => (&MONTH, months),
        Span::Years(years) => (&YEAR, years),
    };
    [noun.english(u64::from(number)), noun.arabic(u64::from(number))]
}

/// A duration that stands by itself or is spoken of: «أسبوعان», not «أسبوعين».
pub fn span_alone(span: Span) -> [String; 2] {
    let [english, arabic] = self::span(span);
    let alone = match arabic.strip_suffix("ين") {
        Some(stem) if !stem.contains(' ') => format!("{stem}ان"),
        _ => arabic,
    };
    [english, alone]
}

/// One of the periods that recur: "in each calendar quarter" without the "in each".
pub fn cycle(cycle: Cycle) -> [&'static str; 2] {
    match cycle {
        Cycle::Week => ["week", "أسبوع"],
        Cycle::Month => ["calendar month", "شهر"],
        Cycle::Quarter => ["calendar quarter", "ربع من أرباع السنة الميلادية"],
        Cycle::HalfYear => ["half of the calendar year", "نصف من السنة الميلادية"],
        Cycle::Year => ["calendar year", "سنة ميلادية"],
        Cycle::FiscalYear => ["fiscal year", "سنة مالية"],
        Cycle::FiscalQuarter => {
            ["quarter of the fiscal year", "ربع من أرباع السنة المالية"]
        }
    }
}
