//! What can be said of rules that are each understood: what shows only when they are looked
//! at together, or beside the organizations they bind. Always a warning, always with an
//! organization and a day.

use crate::calendar::Day;
use crate::diagnostics::raise::{corrected, said};
use crate::diagnostics::{Diagnostic, Place, Severity, Witness};
use crate::lexicon::month;

/// A rule as a message names it: its id, and what it asks in English and in Arabic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    pub id: String,
    pub says: [String; 2],
}

/// Why a rule never applies.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Never {
    /// It is over before its rulebook begins.
    Time,
    /// Nobody can be what its scope asks for.
    Scope,
    /// Its exceptions are as wide as its scope.
    Excepted,
    /// The rules before it apply wherever it does.
    GivesWay,
}

/// Why an exception makes no difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unused {
    /// Its condition never holds where the rule applies.
    Never,
    /// It asks for what the rule asks anyway.
    Same,
    /// A limit that never holds where its exception does.
    Limit,
}

/// A choice that a rulebook leaves open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reading {
    Months,
    Quarters,
}

fn told(
    code: &'static str,
    place: &Place,
    witness: Witness,
    message: [String; 2],
) -> Diagnostic {
    said(code, Severity::Warning, place, message).witnessed(witness)
}

/// The line, and below it a label: in the language of the line.
fn with_label(place: &Place, english: &str, arabic: &str) -> Vec<String> {
    let label = corrected::in_language(place, [english, arabic]);
    vec![format!("{}\n  {label}", place.source.trim())]
}

fn giving_way(place: &Place, other: &str) -> Vec<String> {
    let (english, arabic) =
        (format!("Gives way to: {other}"), format!("تتقدّم عليها: {other}"));
    with_label(place, &english, &arabic)
}

/// Two rules that nobody can keep both; `own` stands at `place`.
pub fn opposed(
    place: &Place,
    witness: Witness,
    own: &Named,
    other: &Named,
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let message = [
        format!(
            "“{words}” and {} cannot both be kept. {clause}, {} says “{}” and {} says “{}”.",
            other.id, own.id, own.says[0], other.id, other.says[0]
        ),
        format!(
            "لا يمكن الوفاء بما في «{words}» وبالقاعدة {} معًا. {jumla}، تقول القاعدة {}: «{}»، وتقول القاعدة {}: «{}».",
            other.id, own.id, own.says[1], other.id, other.says[1]
        ),
    ];
    told("G-701", place, witness, message).suggest(giving_way(place, &other.id)).help(
        "Say which of the two goes before the other, or change one of them.",
        "يُرجى بيان أي القاعدتين تتقدّم على الأخرى، أو تعديل إحداهما.",
    )
}

/// A rule that is kept by whoever keeps another; `own` stands at `place`.
pub fn adds_nothing(
    place: &Place,
    witness: Witness,
    own: &Named,
    other: &Named,
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let message = [
        format!(
            "“{words}” adds nothing: whoever keeps {} keeps it too. {clause}, {} is kept as soon as {} is, which says “{}”.",
            other.id, own.id, other.id, other.says[0]
        ),
        format!(
            "لا تضيف «{words}» شيئًا: فمن يفي بالقاعدة {} يفي بها أيضًا. {jumla}، يتحقق ما تطلبه القاعدة {} متى تحقق ما تطلبه القاعدة {}، وهي تقول: «{}».",
            other.id, own.id, other.id, other.says[1]
        ),
    ];
    told("G-702", place, witness, message).suggest(giving_way(place, &other.id)).help(
        "Take one of the two out, or let this one give way.",
        "يُرجى حذف إحدى القاعدتين أو جعل هذه القاعدة تتأخر عن الأخرى.",
    )
}

/// A rule that asks nobody for anything, whoever they are. `instead`: the line put right.
pub fn never_applies(
    place: &Place,
    witness: Witness,
    why: Never,
    instead: Vec<String>,
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let message = match why {
        Never::Time => [
            format!(
                "“{words}” ends before the rulebook begins, so the rule never applies. {clause}, it asks for nothing."
            ),
            format!(
                "ينتهي «{words}» قبل بدء سريان مجموعة القواعد، فلا تسري القاعدة أبدًا. {jumla}، لا تطلب القاعدة شيئًا."
            ),
        ],
        Never::Scope => [
            format!(
                "Nobody can be all that “{words}” asks for, so the rule never applies. {clause}, it asks for nothing."
            ),
            format!(
                "لا توجد مؤسسة تجتمع فيها شروط «{words}»، فلا تسري القاعدة أبدًا. {jumla}، لا تطلب القاعدة شيئًا."
            ),
        ],
        Never::Excepted => [
            format!(
                "The exception “{words}” is as wide as the rule, so nothing of the rule is left. {clause}, it asks for nothing."
            ),
            format!(
                "يشمل الاستثناء «{words}» كل ما تسري عليه القاعدة، فلا يبقى منها شيء. {jumla}، لا تطلب القاعدة شيئًا."
            ),
        ],
        Never::GivesWay => [
            format!(
                "Wherever the rule would apply, “{words}” goes before it, so it never applies. {clause}, it asks for nothing."
            ),
            format!(
                "حيثما سرت القاعدة تقدّمت عليها «{words}»، فلا تسري أبدًا. {jumla}، لا تطلب القاعدة شيئًا."
            ),
        ],
    };
    told("G-703", place, witness, message).suggest(instead)
}

/// An exception, or a limit of one, that changes nothing for anybody.
pub fn never_used(place: &Place, witness: Witness, why: Unused) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let same = format!("{clause}, the rule asks the same with it as without it.");
    let mithl = format!("{jumla}، تطلب القاعدة الشيء نفسه به ومن دونه.");
    let message = match why {
        Unused::Never => [
            format!("The exception “{words}” can never be used. {same}"),
            format!("لا يمكن العمل بالاستثناء «{words}» في أي حال. {mithl}"),
        ],
        Unused::Same => [
            format!("The exception “{words}” asks for what the rule asks anyway. {same}"),
            format!("يطلب الاستثناء «{words}» ما تطلبه القاعدة أصلًا. {mithl}"),
        ],
        Unused::Limit => [
            format!("“{words}” can never limit the exception above it. {same}"),
            format!("لا يمكن أن يقيّد «{words}» الاستثناء الذي فوقه في أي حال. {mithl}"),
        ],
    };
    told("G-704", place, witness, message).suggest(corrected::commented(place))
}

/// A scope that holds none of a network's organizations: how many rules have it, and how
/// many organizations there are.
pub fn nobody(
    place: &Place,
    witness: Witness,
    rules: usize,
    organizations: usize,
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let message = [
        format!(
            "No organization of this network is among “{words}”, so nobody is asked. {clause}, the rule asks for nothing. Rules of this scope: {rules}. Organizations looked at: {organizations}."
        ),
        format!(
            "لا تدخل أي مؤسسة من هذه الشبكة في «{words}»، فلا يُطلب شيء من أحد. {jumla}، لا تطلب القاعدة شيئًا. القواعد بهذا النطاق: {rules}. المؤسسات المنظور فيها: {organizations}."
        ),
    ];
    told("G-705", place, witness, message).suggest(everyone(place))
}

/// A type of organization that a rulebook speaks of and one of its dimensions leaves out.
pub fn left_out(
    place: &Place,
    witness: Witness,
    dimension: &str,
    kind: [&str; 2],
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let [english, arabic] = kind;
    let message = [
        format!(
            "Other rules of the rulebook bind the type “{english}”, and no rule of the dimension “{dimension}” does; here stands “{words}”. {clause}, no rule of the dimension asks for anything."
        ),
        format!(
            "تسري قواعد أخرى من المجموعة على نوع المؤسسات «{arabic}»، ولا تسري عليه أي قاعدة من محور «{dimension}»؛ والمكتوب هنا «{words}». {jumla}، لا تطلب أي قاعدة من هذا المحور شيئًا."
        ),
    ];
    told("G-705", place, witness, message).suggest(everyone(place))
}

/// The line with a duty in place of the one that stands there.
pub(crate) fn instead(place: &Place, duty: &str) -> Vec<String> {
    corrected::with(place, &[duty])
}

/// The line as a comment: kept for its author, and without effect.
pub(crate) fn commented(place: &Place) -> Vec<String> {
    corrected::commented(place)
}

/// The line with a scope that holds everybody.
pub(crate) fn everyone(place: &Place) -> Vec<String> {
    let all = ["all organizations", "جميع المؤسسات"];
    corrected::with(place, &[corrected::in_language(place, all)])
}

/// A duty that is due before another one, which has to come first, may be finished.
pub fn too_early(
    place: &Place,
    witness: Witness,
    (own, due): (&Named, Day),
    (first, until): (&Named, Day),
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let ([due, ajal], [until, nihaya]) = (month::date(due), month::date(until));
    let message = [
        format!(
            "“{words}” is due before what has to come first may be finished. {clause}, {} (“{}”) allows until {until}, and {} is due by {due}.",
            first.id, first.says[0], own.id
        ),
        format!(
            "تستحق «{words}» قبل انتهاء أجل ما يجب أن يسبقها. {jumla}، تسمح القاعدة {} («{}») بالتأخر حتى {nihaya}، وتستحق القاعدة {} في موعد أقصاه {ajal}.",
            first.id, first.says[1], own.id
        ),
    ];
    told("G-706", place, witness, message).suggest(giving_way(place, &first.id)).help(
        "Give the first step an earlier day, or this one a later day.",
        "يُرجى تقديم موعد الخطوة الأولى أو تأخير هذا الموعد.",
    )
}

/// Rules whose order no calendar has; `own` stands at `place`.
pub fn no_order(
    place: &Place,
    witness: Witness,
    own: &Named,
    other: &Named,
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let message = [
        format!(
            "“{words}” and {} ask for an order that no calendar has. {clause}, {} says “{}” and {} says “{}”: each would have to come first.",
            other.id, own.id, own.says[0], other.id, other.says[0]
        ),
        format!(
            "تطلب «{words}» والقاعدة {} ترتيبًا لا يمكن أن يقع. {jumla}، تقول القاعدة {}: «{}»، وتقول القاعدة {}: «{}»، فيلزم أن يسبق كل منهما الآخر.",
            other.id, own.id, own.says[1], other.id, other.says[1]
        ),
    ];
    told("G-706", place, witness, message).suggest(giving_way(place, &other.id))
}

/// A day that a choice of the rulebook decides, and the rulebook does not make it: the day
/// as it is taken now, the other one, and how many of how many organizations it matters to.
pub fn reading_matters(
    place: &Place,
    witness: Witness,
    reading: Reading,
    days: (Day, Day),
    organizations: (usize, usize),
) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let ([one, ahad], [other, akhar]) = (month::date(days.0), month::date(days.1));
    let (some, all) = organizations;
    let counted = format!("Organizations concerned: {some}. All: {all}.");
    let adad = format!("المؤسسات المعنية: {some}. مجموعها: {all}.");
    let (message, label) = match reading {
        Reading::Months => (
            [
                format!(
                    "The day of “{words}” depends on how months are counted, and the rulebook does not say. {clause}, it is due by {one} counted to the month end and by {other} counted by date. {counted}"
                ),
                format!(
                    "يتوقف موعد «{words}» على طريقة حساب الأشهر، ولا تذكرها مجموعة القواعد. {jumla}، يستحق في موعد أقصاه {ahad} إذا حُسبت إلى نهاية الشهر، و{akhar} إذا حُسبت بالتاريخ. {adad}"
                ),
            ],
            ["Months: counted to the month end", "الأشهر: تُحسب إلى نهاية الشهر"],
        ),
        Reading::Quarters => (
            [
                format!(
                    "The day of “{words}” depends on whose quarters are meant, and the rulebook does not say. {clause}, it is due by {one} in quarters of the calendar year and by {other} in quarters of the fiscal year. {counted}"
                ),
                format!(
                    "يتوقف موعد «{words}» على الأرباع المقصودة، ولا تذكرها مجموعة القواعد. {jumla}، يستحق في موعد أقصاه {ahad} بأرباع السنة الميلادية، و{akhar} بأرباع السنة المالية. {adad}"
                ),
            ],
            ["Quarters: of the calendar year", "الأرباع: من السنة الميلادية"],
        ),
    };
    let label = corrected::in_language(place, label);
    let line = place.source.trim();
    told("G-707", place, witness, message).suggest(vec![format!("{label}\n{line}")])
}

/// A paper that no reader recognises, by its name in both languages.
pub fn unprovable(place: &Place, witness: Witness, noun: [&str; 2]) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let [english, arabic] = noun;
    let message = [
        format!(
            "“{words}” rests on “{english}”, and nothing in the vocabulary says how to recognise such a paper, so no paper can ever prove it. {clause}, nothing in the folder would count."
        ),
        format!(
            "تقوم «{words}» على «{arabic}»، وليس في المصطلحات ما يُعرف به هذا المستند، فلا يثبتها أي مستند. {jumla}، لا يُحتسب أي مستند في المجلد."
        ),
    ];
    told("G-708", place, witness, message)
        .suggest(with_label(place, "Status: draft", "الحالة: مسودة"))
        .help(
            "Say in the vocabulary what it looks like: “looks like: titled …”.",
            "يُرجى ذكر علاماته في المصطلحات: «علاماته: عنوانه …».",
        )
}

/// A rule whose day of review, written at `place`, is over; `again`: a year from today.
pub fn stale(place: &Place, witness: Witness, own: &Named, again: Day) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let message = [
        format!(
            "The rule was to be looked at again by “{words}”, and that day is over. {clause}, it still says “{}”.",
            own.says[0]
        ),
        format!(
            "كان موعد النظر في القاعدة من جديد «{words}»، وقد انقضى. {jumla}، ما زالت القاعدة تقول: «{}».",
            own.says[1]
        ),
    ];
    let [date, tarikh] = month::date(again);
    let day = corrected::in_language(place, [date.as_str(), tarikh.as_str()]);
    told("G-710", place, witness, message).suggest(corrected::with(place, &[day])).help(
        "Look at the rule, and write the next day of review.",
        "يُرجى النظر في القاعدة ثم كتابة موعد المراجعة القادم.",
    )
}

/// A rule of whose examples none shows it not met; by `seen` an occasion that the witness's
/// day is in would be.
pub fn never_failing(place: &Place, witness: Witness, seen: Day) -> Diagnostic {
    let words = &place.text;
    let [clause, jumla] = &witness.clause;
    let message = [
        format!(
            "No example of “{words}” shows it not met, so the examples would pass even if nobody could fail. {clause}, an example can say what follows when nothing is on file."
        ),
        format!(
            "لا يُظهر أي مثال من أمثلة «{words}» عدم استيفائها، فتنجح الأمثلة ولو لم يكن الإخلال ممكنًا. {jumla}، يمكن لمثال أن يبيّن ما يترتب على خلو الملف."
        ),
    ];
    let ([on, yawm], [seen, ruiya]) = (month::date(witness.day), month::date(seen));
    let (english, arabic) = if on == seen {
        (format!("on {on} -> not met"), format!("في {yawm} -> غير مستوفاة"))
    } else {
        (
            format!("on {on}, seen on {seen} -> not met"),
            format!("في {yawm} كما تُرى في {ruiya} -> غير مستوفاة"),
        )
    };
    let english = format!("Example: nothing on file; {english}");
    let arabic = format!("مثال: لا شيء في الملف؛ {arabic}");
    told("G-709", place, witness, message).suggest(with_label(place, &english, &arabic))
}
