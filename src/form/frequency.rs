//! How often: "the board meets at least twice in each fiscal year".

use crate::calendar::Cycle;
use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::lexicon::noun;
use crate::lexicon::unit;
use crate::norm::Norm;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "frequency",
    meaning: [
        "Something happens at least so many times in each period of the calendar or of the fiscal year.",
        "يحدث أمر عددًا من المرات على الأقل في كل فترة من السنة الميلادية أو المالية.",
    ],
    examples: &[
        ["board meets quarterly", "يجتمع مجلس الإدارة كل ربع سنة"],
        [
            "The board must meet at least once in each calendar quarter.",
            "يجب أن يجتمع مجلس الإدارة مرة واحدة على الأقل في كل ربع من أرباع السنة الميلادية.",
        ],
        [
            "the general assembly meets once a year",
            "تجتمع الجمعية العمومية مرة واحدة في السنة",
        ],
        [
            "the board shall meet at least four times in each fiscal year",
            "على مجلس الإدارة أن يجتمع أربع مرات على الأقل في كل سنة مالية",
        ],
        [
            "the finance committee holds at least 6 meetings a year",
            "تعقد اللجنة المالية ستة اجتماعات على الأقل في السنة",
        ],
        [
            "the annual report is published on the website every year",
            "يُنشر التقرير السنوي على الموقع الإلكتروني كل سنة",
        ],
        [
            "the board reviews the procurement policy annually",
            "يراجع مجلس الإدارة سياسة المشتريات سنويًا",
        ],
        ["the board meets twice every half year", "يجتمع مجلس الإدارة مرتين كل نصف سنة"],
        ["the board meets monthly", "مجلس الإدارة يجتمع شهريًا"],
        ["board meets", "يجتمع مجلس الإدارة"],
        [
            "every partnership contract with a ministry is evaluated each year",
            "يُقيَّم كل عقد شراكة مع وزارة سنويًا",
        ],
    ],
    entry: [Rule::frequency_en, Rule::frequency_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let what = deed::settled(deed::read(node)?, context.vocabulary);
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "least" };
    let least =
        if node.has("least") { node.count("least").ok_or(impossible)? } else { 1 };
    let unknown = Fault { wording: Wording::VagueTime, slot: "each" };
    let cycle = if node.has("each") {
        node.cycle("each", context.fiscal_quarters).ok_or(unknown)?
    } else {
        // A body's meeting without a frequency is owed once in each calendar year.
        Cycle::Year
    };
    // Of contracts there are several, and each is meant.
    if context.vocabulary.is_one_of_several(what.noun) {
        return Ok(Norm::EachPaper { what, least, cycle });
    }
    Ok(Norm::Frequency { what, least, cycle })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let (Norm::Frequency { what, least, cycle } | Norm::EachPaper { what, least, cycle }) =
        norm
    else {
        return None;
    };
    let [english, arabic] = deed::say(*what, vocabulary);
    let [each, kull] = unit::cycle(*cycle);
    let [times, marrat] = times(*least);
    Some([
        format!("{english} at least {times} in each {each}."),
        format!("{arabic} {marrat} على الأقل في كل {kull}."),
    ])
}

/// "once", "twice", "4 times".
pub(crate) fn times(number: u16) -> [String; 2] {
    let english = match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => noun::TIMES.english(u64::from(number)),
    };
    [english, noun::TIMES.arabic(u64::from(number))]
}
