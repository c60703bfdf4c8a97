//! What can be said about the sentence of a duty.

use crate::diagnostics::raise::{quoted, said};
use crate::diagnostics::{Diagnostic, Place, Severity};

/// What is wrong with words that stand in the place as they are quoted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Wording {
    /// `bi-monthly`: the suggestions are the meanings, spelled out.
    SeveralMeanings,
    /// A majority of nobody knows whom.
    MajorityWithoutBase,
    /// A time that nobody can measure.
    VagueTime,
    /// A number or a quality that nobody can count.
    VagueAmount,
    /// `The end of the year`, where the fiscal and the calendar year may differ.
    WhichYear,
    /// «لا يجب أن»: forbidden, or only not required.
    TwoNegations,
    /// A permission asks for nothing.
    Permission,
    /// A prohibition of something at certain times: never, or only not each time?
    TimedProhibition,
    /// A part of the sentence that ought to be a duty and is not.
    DutyExpected,
    /// A part of the sentence that ought to be a condition and is not.
    ConditionExpected,
    /// `should`: it counts, with severity low.
    Advice,
    /// `at most` where only `at least` can be judged.
    OnlyAtLeast,
    WorkingDays,
    /// `within 4 months`: of what?
    MissingAnchor,
    /// A noun, and nothing about it.
    MissingDeed,
    /// No time, and the paper has no default of its own.
    MissingTime,
    TwoDuties,
    /// Zero times, `between 13 and 7`, a share above the whole.
    ImpossibleNumber,
    ImpossibleDate,
    /// The duty would fall due once and never again.
    DateWithYear,
    /// A quorum by a head count.
    QuorumByNumber,
}

impl Wording {
    /// Code, severity, and the sentence in both languages; `{}` is where the words go.
    #[expect(clippy::too_many_lines, reason = "a table of sentences, an entry each")]
    fn text(self) -> (&'static str, Severity, [&'static str; 2]) {
        use Severity::{Error, Note};
        match self {
            Wording::SeveralMeanings => (
                "G-201",
                Error,
                [
                    "“{}” can mean more than one thing. Write the one you mean:",
                    "تحتمل العبارة «{}» أكثر من معنى. يُرجى كتابة المعنى المقصود:",
                ],
            ),
            Wording::MajorityWithoutBase => (
                "G-202",
                Error,
                [
                    "“{}” does not say of whom: a share needs its whole.",
                    "لا تبيّن العبارة «{}» ممّن تُحسب، فكل نسبة تحتاج إلى أصل تُنسب إليه.",
                ],
            ),
            Wording::VagueTime => (
                "G-203",
                Error,
                [
                    "“{}” is no time that can be measured. Say how often, or within how long:",
                    "«{}» ليست مدة يمكن قياسها. يُرجى تحديد عدد المرات أو المهلة:",
                ],
            ),
            Wording::VagueAmount => (
                "G-211",
                Error,
                [
                    "“{}” cannot be counted. Write a number, a share, or the paper itself:",
                    "«{}» ليست مقدارًا يمكن عدّه. يُرجى كتابة عدد أو نسبة أو المستند نفسه:",
                ],
            ),
            Wording::WhichYear => (
                "G-204",
                Error,
                [
                    "“{}” can mean the end of the fiscal year or 31 December. Write which:",
                    "قد تعني «{}» نهاية السنة المالية أو 31 كانون الأول. يُرجى التحديد:",
                ],
            ),
            Wording::TwoNegations => (
                "G-205",
                Error,
                [
                    "“{}” can forbid a thing or only free from it. Write «يجب ألّا» or «لا يلزم أن».",
                    "تحتمل «{}» المنع وعدم الإلزام. تُكتب «يجب ألّا» للمنع و«لا يلزم أن» لعدم الإلزام.",
                ],
            ),
            Wording::Permission => (
                "G-206",
                Note,
                [
                    "“{}” permits something or frees from it, so the rule asks for nothing and is shown as not applicable.",
                    "«{}» تجيز أمرًا أو تعفي منه، فلا تطلب القاعدة شيئًا وتظهر غير منطبقة.",
                ],
            ),
            Wording::TimedProhibition => (
                "G-207",
                Error,
                [
                    "“{}” forbids something at certain times, which can mean never or only less often. What is forbidden is forbidden at all times:",
                    "تمنع «{}» أمرًا في أوقات معيّنة، فتحتمل المنع الدائم أو تقليل المرات. والمحظور محظور في جميع الأوقات:",
                ],
            ),
            Wording::DutyExpected => (
                "G-310",
                Error,
                [
                    "“{}” stands where a duty belongs, and I cannot read it as one.",
                    "وردت «{}» في موضع واجب، ولا أستطيع قراءتها على أنها واجب.",
                ],
            ),
            Wording::ConditionExpected => (
                "G-311",
                Error,
                [
                    "“{}” stands where a condition belongs, and I cannot read it as one.",
                    "وردت «{}» في موضع شرط، ولا أستطيع قراءتها على أنها شرط.",
                ],
            ),
            Wording::Advice => (
                "G-208",
                Note,
                [
                    "“{}” gives advice, so the rule has severity low unless it says otherwise.",
                    "«{}» تفيد النصح، فتكون درجة خطورة القاعدة منخفضة ما لم يُذكر غير ذلك.",
                ],
            ),
            Wording::OnlyAtLeast => (
                "G-209",
                Error,
                [
                    "“{}” sets an upper limit, and how often something happens is judged by “at least” only.",
                    "تضع «{}» حدًّا أعلى، ولا يُنظر في عدد المرات إلا بصيغة «على الأقل».",
                ],
            ),
            Wording::WorkingDays => (
                "G-210",
                Error,
                [
                    "“{}”: working days count only towards a deadline or a notice. Write calendar days or weeks here.",
                    "«{}»: لا تُحسب أيام العمل إلا في المواعيد ومدد الإخطار. يُرجى كتابة أيام تقويمية أو أسابيع هنا.",
                ],
            ),
            Wording::MissingAnchor => (
                "G-301",
                Error,
                [
                    "“{}” does not say from when the time counts.",
                    "لا تبيّن العبارة «{}» متى يبدأ حساب المدة.",
                ],
            ),
            Wording::MissingDeed => (
                "G-302",
                Error,
                [
                    "I read “{}”, but not what must be done or be so.",
                    "قرأتُ «{}»، ولم أجد ما المطلوب بشأنها.",
                ],
            ),
            Wording::MissingTime => (
                "G-303",
                Error,
                [
                    "“{}” does not say by when, and such a paper has no time of its own.",
                    "لا تبيّن «{}» الموعد، وليس لهذا النوع من المستندات موعد معروف.",
                ],
            ),
            Wording::TwoDuties => (
                "G-305",
                Error,
                [
                    "“{}” is a second duty. Write each duty as a rule of its own:",
                    "«{}» واجب ثانٍ. يُرجى كتابة كل واجب في قاعدة مستقلة:",
                ],
            ),
            Wording::ImpossibleNumber => (
                "G-306",
                Error,
                [
                    "A number in “{}” cannot be meant: zero, too large, or the limits are the wrong way round.",
                    "في «{}» عدد لا يمكن أن يُقصد: صفر، أو أكبر مما ينبغي، أو أن الحدّين معكوسان.",
                ],
            ),
            Wording::ImpossibleDate => (
                "G-307",
                Error,
                [
                    "There is no such day as the one in “{}”.",
                    "لا يوجد يوم كالمذكور في «{}».",
                ],
            ),
            Wording::DateWithYear => (
                "G-308",
                Error,
                [
                    "“{}” names one year, and a rule asks the same in each year.",
                    "تذكر «{}» سنة بعينها، والقاعدة تطلب الأمر نفسه في كل سنة.",
                ],
            ),
            Wording::QuorumByNumber => (
                "G-309",
                Error,
                [
                    "“{}” counts heads, and a quorum is judged as a share of the members in office.",
                    "تحدد «{}» عددًا، والنصاب يُحسب نسبةً من الأعضاء الحاليين.",
                ],
            ),
        }
    }
}

/// Words that are understood and cannot stand so.
pub fn wording(place: &Place, wording: Wording, suggestions: Vec<String>) -> Diagnostic {
    let (code, severity, templates) = wording.text();
    quoted(code, severity, place, templates).suggest(suggestions)
}

/// Words that the vocabulary does not hold. `near` are known phrases like them;
/// `suggestions` the whole sentence with each of them put in.
pub fn unknown_words(
    place: &Place,
    near: &[String],
    suggestions: Vec<String>,
) -> Diagnostic {
    let words = &place.text;
    let (english, arabic) = match near {
        [] => (
            format!("I do not know the words “{words}”."),
            format!("لا أعرف العبارة «{words}»."),
        ),
        [one] => (
            format!("I do not know the words “{words}”. Did you mean “{one}”?"),
            format!("لا أعرف العبارة «{words}». هل تقصد «{one}»؟"),
        ),
        many => {
            let (english, arabic) = (many.join("”, “"), many.join("»، «"));
            (
                format!(
                    "I do not know the words “{words}”. Near to them are “{english}”."
                ),
                format!("لا أعرف العبارة «{words}». أقرب ما أعرفه إليها: «{arabic}»."),
            )
        }
    };
    said("G-101", Severity::Error, place, [english, arabic]).suggest(suggestions).help(
        "If the words are new, teach them in a file of the folder “vocabulary”.",
        "إن كانت العبارة جديدة فمكان تعريفها ملف في مجلد «vocabulary».",
    )
}

/// Understood up to a point: `read` is the part understood, the place the rest.
pub fn not_understood(place: &Place, read: &str, suggestions: Vec<String>) -> Diagnostic {
    let words = &place.text;
    let message = match (read, words.as_str()) {
        ("", _) => [
            format!("I cannot read “{words}” as a duty of any shape that I know."),
            format!("لا أستطيع قراءة «{words}» على أي صيغة من صيغ الواجبات التي أعرفها."),
        ],
        (_, "") => [
            format!("I read “{read}”, and then something is missing."),
            format!("قرأتُ «{read}»، وبعدها شيء ناقص."),
        ],
        _ => [
            format!("I read “{read}”, but not how “{words}” goes with it."),
            format!("قرأتُ «{read}»، ولم أفهم صلة «{words}» بها."),
        ],
    };
    said("G-304", Severity::Error, place, message).suggest(suggestions)
}

/// More characters than a sentence may have.
pub fn sentence_too_long(place: &Place, most: usize) -> Diagnostic {
    let words = place.text.trim();
    said(
        "G-502",
        Severity::Error,
        place,
        [
            format!(
                "“{words} …” is longer than {most} characters, so the sentence was not read."
            ),
            format!("تتجاوز الجملة «{words} …» {most} حرف، فلم تُقرأ."),
        ],
    )
}
