//! What can be said about a rule file, its lines and its labels.

use crate::calendar::Day;
use crate::diagnostics::raise::{corrected, quoted, said};
use crate::diagnostics::{Diagnostic, Place, Severity};
use crate::text::is_direction_mark;

/// What is wrong with a line whose words are quoted as they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LineFault {
    RepeatedLabel,
    LabelWithoutRule,
    /// A label of the language that this version does not act on.
    NotSupportedYet,
    EmptyValue,
    ConditionNotUnderstood,
    /// A label of the whole rulebook below a rule.
    HeaderInsideRule,
    /// Indented, and nothing above to continue.
    StrayLine,
    WordsInRulebook,
    /// An exception to an exception, and no exception stands above it.
    NoExceptionAbove,
    /// `Gives way to` names a rule that no rulebook has.
    NoSuchRule,
    /// `Counts only if` asks something that nothing counted by the rule can be held against.
    CountsNothing,
    /// A time that begins with a finding, in a sentence that answers none.
    FindingElsewhere,
    /// `If not met` says nothing that is done within a time of the finding.
    AnswersNothing,
    /// More dimensions than an index can have.
    TooManyDimensions,
    /// Invisible characters that turn the direction of text.
    DirectionControls,
}

/// A line that cannot count as it is.
#[expect(clippy::too_many_lines, reason = "a table of sentences, an entry each")]
pub fn line_fault(place: &Place, fault: LineFault) -> Diagnostic {
    use Severity::{Error, Warning};
    let (code, severity, templates) = match fault {
        LineFault::RepeatedLabel => (
            "G-402",
            Error,
            [
                "“{}” stands here a second time, and only one line can count.",
                "يتكرر العنوان «{}» هنا، ولا يُعتدّ إلا بسطر واحد.",
            ],
        ),
        LineFault::LabelWithoutRule => (
            "G-404",
            Error,
            [
                "“{}” belongs to a rule, and no rule stands above it.",
                "«{}» عنوان يتبع قاعدة، ولا توجد قاعدة فوقه.",
            ],
        ),
        LineFault::NotSupportedYet => (
            "G-406",
            Warning,
            [
                "“{}” is part of the language, but this version does not act on it yet, so the line changes nothing.",
                "«{}» جزء من اللغة، لكن هذا الإصدار لا يعمل به بعد، فلا أثر لهذا السطر.",
            ],
        ),
        LineFault::EmptyValue => {
            ("G-408", Error, ["Nothing stands after “{}”.", "لا يوجد شيء بعد «{}»."])
        }
        LineFault::ConditionNotUnderstood => (
            "G-409",
            Error,
            [
                "I cannot read “{}” as a condition. Write types of organizations, or a comparison such as “yearly income is below 50,000 USD”.",
                "لا أستطيع قراءة «{}» شرطًا. تُكتب أنواع المؤسسات، أو مقارنة مثل «يقل الدخل السنوي عن 50000 دولار أمريكي».",
            ],
        ),
        LineFault::HeaderInsideRule => (
            "G-410",
            Error,
            [
                "“{}” speaks of the whole rulebook, so it stands above the first rule.",
                "«{}» يخص مجموعة القواعد كلها، ومكانه فوق القاعدة الأولى.",
            ],
        ),
        LineFault::StrayLine => (
            "G-411",
            Error,
            [
                "“{}” is indented, and there is no rule above it that it could continue.",
                "يبدأ السطر «{}» بإزاحة، ولا توجد فوقه قاعدة يكملها.",
            ],
        ),
        LineFault::WordsInRulebook => (
            "G-412",
            Error,
            [
                "“{}”: new words are taught in a file of the folder “vocabulary”, not in a rulebook.",
                "«{}»: مكان تعريف المصطلحات الجديدة ملف في مجلد «vocabulary»، لا مجموعة القواعد.",
            ],
        ),
        LineFault::NoExceptionAbove => (
            "G-413",
            Error,
            [
                "“{}” limits an exception, and no “Except when” stands above it.",
                "«{}» يقيّد استثناءً، ولا يوجد فوقه «يُستثنى من ذلك».",
            ],
        ),
        LineFault::NoSuchRule => (
            "G-414",
            Warning,
            [
                "The rule gives way to “{}”, and no rulebook has a rule of that id, so the line changes nothing.",
                "تتقدّم على هذه القاعدة «{}»، ولا توجد قاعدة بهذا الرمز في أي مجموعة قواعد، فلا أثر لهذا السطر.",
            ],
        ),
        LineFault::CountsNothing => (
            "G-416",
            Error,
            [
                "“{}”: nothing that this rule counts can be held against this. It looks at a meeting of the body that meets or decides, or at the paper that tells of what is counted.",
                "«{}»: لا يوجد في ما تعدّه هذه القاعدة ما يُقاس بهذا. فهو ينظر إلى اجتماع الهيئة التي تجتمع أو تقرر، أو إلى المستند الذي يذكر ما يُعَدّ.",
            ],
        ),
        LineFault::FindingElsewhere => (
            "G-417",
            Error,
            [
                "“{}” counts its time from a finding, and only what stands after “If not met” answers one.",
                "تُحسب المهلة في «{}» من ملاحظة، ولا يُحسب من الملاحظة إلا ما يأتي بعد «عند عدم الاستيفاء».",
            ],
        ),
        LineFault::AnswersNothing => (
            "G-418",
            Error,
            [
                "“{}” does not say what is done within how long of the finding, so nobody could tell when the answer is due.",
                "لا تذكر «{}» ما يُنجز وخلال أي مهلة من الملاحظة، فلا يُعرف متى يستحق.",
            ],
        ),
        LineFault::TooManyDimensions => (
            "G-420",
            Error,
            [
                "“{}” is one dimension more than the 12 that an index can have.",
                "«{}» محور زائد على المحاور الاثني عشر التي يسعها المؤشر.",
            ],
        ),
        LineFault::DirectionControls => (
            "G-504",
            Error,
            [
                "“{}” holds invisible characters that turn the direction of text, so it may not read as it looks. Type the line again, or run the check with --fix.",
                "في «{}» رموز غير مرئية تغيّر اتجاه النص، فقد لا يُقرأ كما يظهر. يُرجى كتابة السطر من جديد أو تشغيل الفحص بالخيار --fix.",
            ],
        ),
    };
    let said = match fault {
        // The words are shown with what hides in them, and turn nothing here.
        LineFault::DirectionControls => {
            let shown = Place { text: visible(&place.text), ..place.clone() };
            Diagnostic {
                place: place.clone(),
                ..quoted(code, severity, &shown, templates)
            }
        }
        _ => quoted(code, severity, place, templates),
    };
    said.suggest(corrected::line(place, fault))
}

/// The text with each direction mark by its number: `[U+202E]`.
pub fn visible(text: &str) -> String {
    let shown = |character: char| {
        if is_direction_mark(character) {
            format!("[U+{:04X}]", u32::from(character))
        } else {
            character.to_string()
        }
    };
    text.chars().map(shown).collect()
}

/// A number, the place's words, whose digits are of two kinds.
pub fn mixed_digits(place: &Place) -> Diagnostic {
    let [latin, arabic] =
        [false, true].map(|arabic| corrected::digits(&place.text, arabic));
    quoted(
        "G-505",
        Severity::Error,
        place,
        [
            "The number “{}” is written with two kinds of digits, so two readers may see two numbers. Write it with one kind.",
            "كُتب العدد «{}» بنوعين من الأرقام، فقد يراه قارئان عددين. يُرجى كتابته بنوع واحد.",
        ],
    )
    .suggest(corrected::with(place, &[&latin, &arabic]))
}

/// Why a part of an example or a case cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ExampleFault {
    Given,
    Claim,
    NoClaim,
    TooMany,
}

/// A part of an example or a case that cannot be read.
pub fn example_fault(place: &Place, fault: ExampleFault) -> Diagnostic {
    let (code, templates) = match fault {
        ExampleFault::Given => (
            "G-901",
            [
                "“{}” cannot be read as something that is on file. Write what happened and on which day, a paper with what it states, or what the register says.",
                "لا يمكن قراءة «{}» شيئًا مما في الملف. يُكتب ما حدث وفي أي يوم، أو مستند وما يذكره، أو ما في سجل المؤسسة.",
            ],
        ),
        ExampleFault::Claim => (
            "G-902",
            [
                "“{}” cannot be read as a day, an arrow and a state. Write, for example, “on 10 December 2026 -> due soon”.",
                "لا يمكن قراءة «{}» يومًا وسهمًا وحالة. مثال على ما يُكتب: «في 10 كانون الأول 2026 -> يقترب موعدها».",
            ],
        ),
        ExampleFault::NoClaim => (
            "G-903",
            [
                "“{}” claims no state, so nothing can be tested. An arrow gives the state on a day.",
                "لا يذكر المثال «{}» أي حالة، فلا شيء فيه يُختبر. السهم يبيّن الحالة في يوم معيّن.",
            ],
        ),
        ExampleFault::TooMany => (
            "G-904",
            [
                "“{}” has more parts than an example may have. Cut it into several.",
                "أجزاء «{}» أكثر مما يجوز في مثال واحد. يُرجى تقسيمه إلى عدة أمثلة.",
            ],
        ),
    };
    quoted(code, Severity::Error, place, templates)
        .suggest(corrected::example(place, fault))
}

/// A heading of a case file that names no rule of the rulebook.
pub fn case_of_no_rule(place: &Place, rulebook: &str) -> Diagnostic {
    let words = &place.text;
    said(
        "G-905",
        Severity::Error,
        place,
        [
            format!(
                "The rulebook “{rulebook}” has no rule “{words}”, so the cases below it test nothing."
            ),
            format!(
                "لا توجد في مجموعة القواعد «{rulebook}» قاعدة رمزها «{words}»، فلا تختبر الحالات التي تحتها شيئًا."
            ),
        ],
    )
}

/// Two rules of a rulebook with one id; `first` and `line` say where the other is.
pub fn repeated_rule(place: &Place, id: &str, first: &str, line: u32) -> Diagnostic {
    said(
        "G-401",
        Severity::Error,
        place,
        [
            format!(
                "The rulebook already has a rule “{id}” ({first}, line {line}). Give this one an id of its own, or say of both with “In force” when each is in force."
            ),
            format!(
                "في مجموعة القواعد قاعدة أخرى رمزها «{id}» ({first}، السطر {line}). يُرجى إعطاء هذه رمزًا خاصًا بها، أو ذكر مدة نفاذ كلّ منهما تحت «النفاذ»."
            ),
        ],
    )
    .suggest(corrected::renamed(place, id))
}

/// Two versions of a rule that are in force on one day.
pub fn versions_overlap(place: &Place, id: &str, day: Day) -> Diagnostic {
    said(
        "G-419",
        Severity::Error,
        place,
        [
            format!(
                "Two versions of the rule “{id}” are in force on {day}. Let one end on the day before the other begins."
            ),
            format!(
                "صيغتان من القاعدة «{id}» نافذتان في {day}. يُرجى أن تنتهي إحداهما في اليوم السابق لبدء الأخرى."
            ),
        ],
    )
    .suggest(corrected::renamed(place, id))
}

/// A label's value that cannot be read. `example` is one that could, in both languages.
pub fn label_value(place: &Place, label: &str, example: [&str; 2]) -> Diagnostic {
    let words = &place.text;
    let [english, arabic] = example;
    said(
        "G-403",
        Severity::Error,
        place,
        [
            format!(
                "“{words}” cannot be read after “{label}”. Write, for example, “{english}”."
            ),
            format!(
                "لا يمكن قراءة «{words}» بعد «{label}». مثال على ما يُكتب: «{arabic}»."
            ),
        ],
    )
    .suggest(corrected::with(place, &[corrected::in_language(place, example)]))
}

/// A dimension that the rulebook does not declare.
pub fn undeclared_dimension(place: &Place, declared: &[String]) -> Diagnostic {
    let words = &place.text;
    let (english, arabic) = (declared.join("”, “"), declared.join("»، «"));
    let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
    said(
        "G-405",
        Severity::Error,
        place,
        [
            format!(
                "The rulebook declares no dimension “{words}”. It declares “{english}”."
            ),
            format!("لا تذكر مجموعة القواعد محورًا باسم «{words}»، ومحاورها «{arabic}»."),
        ],
    )
    .suggest(corrected::with(place, &declared))
}

/// A label that nobody knows, with the nearest one.
pub fn unknown_label(place: &Place, nearest: &str) -> Diagnostic {
    let label = &place.text;
    said(
        "G-407",
        Severity::Error,
        place,
        [
            format!("There is no label “{label}”. Did you mean “{nearest}”?"),
            format!("لا يوجد عنوان «{label}». هل تقصد «{nearest}»؟"),
        ],
    )
    .suggest(vec![place.source.trim().replacen(label.as_str(), nearest, 1)])
}

/// The clause in which the two languages of a rule differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Difference {
    /// What is done, and to what.
    Matter,
    Doer,
    Where,
    /// The time, or a number.
    Time,
}

/// A rule whose two languages do not mean the same: how each is understood, the rule's own
/// sentence first, both in English and in Arabic; and what each would ask, where an example
/// says more than the sentence does.
pub fn languages_differ(
    place: &Place,
    said_as: &[[String; 2]; 2],
    clause: Difference,
    gives: &[[String; 2]; 2],
) -> Diagnostic {
    let [own, also] = said_as;
    let words = &place.text;
    let [differ, ikhtilaf] = match clause {
        Difference::Matter => {
            ["They ask for different things.", "تطلب الجملتان أمرين مختلفين."]
        }
        Difference::Doer => {
            ["They differ in who does it.", "تختلف الجملتان في من يقوم بالأمر."]
        }
        Difference::Where => [
            "They differ in to whom or where it is done.",
            "تختلف الجملتان في الجهة أو المكان الذي يُنجز فيه الأمر.",
        ],
        Difference::Time => [
            "They differ in the time or in a number.",
            "تختلف الجملتان في الموعد أو في عدد.",
        ],
    };
    let told = said(
        "G-415",
        Severity::Warning,
        place,
        [
            format!(
                "“{words}” does not mean what the rule says. The rule: “{}”. This line: “{}”. {differ} The rule's own sentence counts.",
                own[0], also[0]
            ),
            format!(
                "«{words}» لا تعني ما تقوله القاعدة. القاعدة: «{}». وهذا السطر: «{}». {ikhtilaf} وجملة القاعدة نفسها هي المعتمدة.",
                own[1], also[1]
            ),
        ],
    );
    let told = match gives {
        [one, other] if one != other && !one[0].is_empty() && !other[0].is_empty() => {
            told.help(
                &format!("The rule: {} This line: {}", one[0], other[0]),
                &format!("القاعدة: {} وهذا السطر: {}", one[1], other[1]),
            )
        }
        _ => told,
    };
    told.suggest(corrected::with(place, &[corrected::in_sentence(words, own)]))
}

/// More bytes than a rule file may have.
pub fn file_too_large(place: &Place, most: u64) -> Diagnostic {
    let kilobytes = most / 1024;
    said(
        "G-501",
        Severity::Error,
        place,
        [
            format!("This file is larger than {kilobytes} KB, so it was not read."),
            format!("يتجاوز حجم هذا الملف {kilobytes} كيلوبايت، فلم يُقرأ."),
        ],
    )
}

/// The bytes are in no encoding that rules are written in.
pub fn wrong_encoding(place: &Place, encoding: &str) -> Diagnostic {
    said(
        "G-503",
        Severity::Error,
        place,
        [
            format!(
                "This file is not UTF-8 text: it looks like {encoding}. Save it again as UTF-8."
            ),
            format!(
                "هذا الملف ليس نصًا بترميز UTF-8، ويبدو أنه بترميز {encoding}. يُرجى حفظه من جديد بترميز UTF-8."
            ),
        ],
    )
    .help(
        "In most editors: File, Save as, and UTF-8 as the encoding. Nothing in the file was read.",
        "في معظم المحررات: ملف، ثم حفظ باسم، ثم اختيار الترميز UTF-8. لم يُقرأ شيء من الملف.",
    )
}
