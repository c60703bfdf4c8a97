//! Conditions on organizations: types, and attributes compared with numbers.

use crate::calendar::{Day, Span};
use crate::form;
use crate::form::Rule;
use crate::form::mark::Marked;
use crate::form::node::Node;
use crate::lexicon::{month, unit};
use crate::norm::{Comparison, Condition, Moment, Proportion, Quantity, TermId};
use crate::text::Language;
use crate::vocabulary::{TermKind, Vocabulary};

/// What a condition's text says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Scope {
    /// "all organizations": no condition at all.
    Everyone,
    Of(Condition),
}

/// Reads "associations and federations", "yearly income is below 50,000 USD"; `None` when
/// it cannot be read.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Option<Scope> {
    read_marked(&form::mark(form::trimmed(text), vocabulary), vocabulary)
}

/// The same of marked text, which may be a part of a sentence.
pub(crate) fn read_marked(marked: &Marked, vocabulary: &Vocabulary) -> Option<Scope> {
    let node =
        form::parse_entry([Rule::condition_en, Rule::condition_ar], marked).ok()?;
    if node.has("everyone") {
        return Some(Scope::Everyone);
    }
    let mut parts = Vec::new();
    if let Some(types) = node.nodes("types").next() {
        let types = of_types(&types)?;
        parts.push(if node.has("not") { Condition::Not(Box::new(types)) } else { types });
    }
    if let Some(tests) = node.nodes("tests").next() {
        parts.push(comparisons(&tests, vocabulary)?);
    }
    if let Some(except) = node.nodes("except").next() {
        parts.push(Condition::Not(Box::new(of_types(&except)?)));
    }
    one_or(parts, Condition::All).map(Scope::Of)
}

/// "Associations and federations" are those that are the one *or* the other.
pub(crate) fn of_types(node: &Node<'_>) -> Option<Condition> {
    let types: Vec<Condition> = node
        .all("type")
        .filter_map(|(mark, _)| form::node::term(mark))
        .map(Condition::OfType)
        .collect();
    one_or(types, Condition::Any)
}

fn comparisons(node: &Node<'_>, vocabulary: &Vocabulary) -> Option<Condition> {
    let tests: Option<Vec<Condition>> =
        node.nodes("test").map(|test| comparison(&test, vocabulary)).collect();
    match (node.has("and"), node.has("or")) {
        // "a and b or c" can be read in two ways.
        (true, true) => None,
        (_, true) => one_or(tests?, Condition::Any),
        _ => one_or(tests?, Condition::All),
    }
}

/// One test: an attribute and a number, a part of another, or a characteristic.
pub(crate) fn comparison(node: &Node<'_>, vocabulary: &Vocabulary) -> Option<Condition> {
    if let Some(characteristic) = node.term("characteristic") {
        return Some(Condition::Is(characteristic));
    }
    if node.has("founded") {
        return founded(node);
    }
    let attribute = node.term("attribute")?;
    let table = [
        ("less", Comparison::Less),
        ("at_most", Comparison::AtMost),
        ("exactly", Comparison::Exactly),
        ("at_least", Comparison::AtLeast),
        ("more", Comparison::More),
    ];
    let said = table.into_iter().find(|(slot, _)| node.has(slot));
    let comparison = said.map_or(Comparison::AtLeast, |(_, comparison)| comparison);
    if let Some(of) = node.term("of") {
        let part = proportion(node)?;
        return Some(Condition::Ratio { attribute, comparison, part, of });
    }
    let (number, currency) = amount(node)?;
    let money = matches!(
        vocabulary.term(attribute).map(|term| term.kind),
        Some(TermKind::Attribute { money: true })
    );
    let fits = money == currency.is_some();
    let value = Quantity { number, currency };
    fits.then_some(Condition::Compare { attribute, comparison, value })
}

/// "founded by 15 June 2025", "founded at least 6 months before the end of the fiscal year".
fn founded(node: &Node<'_>) -> Option<Condition> {
    let small = |slot: &str| node.number(slot).and_then(|it| u8::try_from(it).ok());
    let lead = if node.has("lead_unit") {
        node.span("lead_count", "lead_unit")?
    } else {
        Span::Days(0)
    };
    // A calendar of working days is the organization's, and says nothing of its founding.
    if matches!(lead, Span::WorkingDays(_)) {
        return None;
    }
    let by = if node.has("year_end") {
        Moment::FiscalYearEnd
    } else if node.has("year_start") {
        Moment::FiscalYearStart
    } else {
        let year = i32::try_from(node.number("year")?).ok()?;
        let day = Day::from_ymd(year, small("month")?, small("day")?)?;
        Moment::Day(if node.has("before") { day.previous() } else { day })
    };
    Some(Condition::Founded { lead, by })
}

/// "25%", "half", "3 times", "3 months of" a yearly amount.
fn proportion(node: &Node<'_>) -> Option<Proportion> {
    let whole = |tag: &str| node.count(tag);
    if let Some(times) = whole("multiple") {
        return Some(Proportion { numerator: times, denominator: 1 });
    }
    if let Some(months) = whole("months") {
        return lowest(months, 12);
    }
    if let (Some(numerator), Some(denominator)) =
        (whole("numerator"), whole("denominator"))
    {
        return lowest(numerator, denominator);
    }
    if node.has("quarter") {
        return lowest(1, 4);
    }
    let share = node.share(if node.has("share") { "share" } else { "percent" })?;
    Some(Proportion { numerator: share.numerator, denominator: share.denominator })
}

fn lowest(numerator: u16, denominator: u16) -> Option<Proportion> {
    let divisor = (1..=denominator)
        .rev()
        .find(|by| numerator.is_multiple_of(*by) && denominator.is_multiple_of(*by))?;
    Some(Proportion {
        numerator: numerator / divisor,
        denominator: denominator / divisor,
    })
}

fn one_or(
    mut conditions: Vec<Condition>,
    many: impl Fn(Vec<Condition>) -> Condition,
) -> Option<Condition> {
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        2..=crate::limits::CONDITIONS_MAX => Some(many(conditions)),
        _ => None,
    }
}

/// An amount: thousands and millions written out, and its currency in three letters.
fn amount(node: &Node<'_>) -> Option<(i64, Option<[u8; 3]>)> {
    let number = i64::try_from(node.number("number")?).ok()?;
    let times = match (node.has("thousand"), node.has("million")) {
        (true, _) => 1_000,
        (_, true) => 1_000_000,
        _ => 1,
    };
    let currency = CURRENCIES.into_iter().find(|(slot, ..)| node.has(slot));
    Some((number.checked_mul(times)?, currency.map(|(_, letters, _)| letters)))
}

/// The slot, the code and the Arabic name of each currency that rules speak of.
const CURRENCIES: [(&str, [u8; 3], &str); 5] = [
    ("usd", *b"USD", "دولار أمريكي"),
    ("eur", *b"EUR", "يورو"),
    ("ils", *b"ILS", "شيكل"),
    ("jod", *b"JOD", "دينار أردني"),
    ("lbp", *b"LBP", "ليرة لبنانية"),
];

/// The condition as it stands after "if" and «إذا» or, where `negated`, after «ما لم».
pub(crate) fn say(
    condition: &Condition,
    negated: bool,
    vocabulary: &Vocabulary,
) -> [String; 2] {
    let join = |parts: &[Condition], [and, wa]: [&str; 2]| {
        let said = parts.iter().map(|part| say(part, negated, vocabulary));
        let (english, arabic): (Vec<String>, Vec<String>) =
            said.map(|[english, arabic]| (english, arabic)).unzip();
        [english.join(and), arabic.join(wa)]
    };
    let [masculine, feminine] =
        if negated { ["يكن", "تكن"] } else { ["كان", "كانت"] };
    match condition {
        Condition::OfType(_) => {
            of_type(std::slice::from_ref(condition), negated, vocabulary)
        }
        Condition::Any(types) if types.iter().all(is_type) => {
            of_type(types, negated, vocabulary)
        }
        Condition::Not(inner) => {
            let types = match inner.as_ref() {
                Condition::Any(types) => types.as_slice(),
                one => std::slice::from_ref(one),
            };
            let [english, _] = of_type(types, negated, vocabulary);
            let [_, arabic] = of_type(types, true, vocabulary);
            let arabic = if negated {
                format!("يكن صحيحًا أنه لم {arabic}")
            } else {
                format!("لم {arabic}")
            };
            [english.replacen(" is ", " is not ", 1), arabic]
        }
        Condition::All(parts) => join(parts, [" and ", " و"]),
        Condition::Any(parts) => join(parts, [" or ", " أو "]),
        Condition::Is(characteristic) => clause(*characteristic, negated, vocabulary),
        Condition::Founded { lead, by } => say_founded(*lead, *by, negated),
        Condition::Compare { attribute, comparison, value } => {
            let [english, arabic] = quantity(*value);
            let [more, akthar] = words(*comparison);
            let noun = vocabulary.term(*attribute);
            let be =
                if noun.is_some_and(|noun| noun.feminine) { feminine } else { masculine };
            let is = if noun.is_some_and(|noun| noun.plural) { "are" } else { "is" };
            let phrase = |language| vocabulary.phrase(*attribute, language);
            [
                format!("the {} {is} {more} {english}", phrase(Language::English)),
                format!("{be} {} {akthar} {arabic}", phrase(Language::Arabic)),
            ]
        }
        Condition::Ratio { attribute, comparison, part, of } => {
            let [english, arabic] = proportion_words(*part);
            let [more, akthar] = words(*comparison);
            let noun = vocabulary.term(*attribute);
            let be =
                if noun.is_some_and(|noun| noun.feminine) { feminine } else { masculine };
            let is = if noun.is_some_and(|noun| noun.plural) { "are" } else { "is" };
            let phrase = |id, language| vocabulary.phrase(id, language);
            [
                format!(
                    "the {} {is} {more} {english} the {}",
                    phrase(*attribute, Language::English),
                    phrase(*of, Language::English)
                ),
                format!(
                    "{be} {} {akthar} {arabic} {}",
                    phrase(*attribute, Language::Arabic),
                    phrase(*of, Language::Arabic)
                ),
            ]
        }
    }
}

/// "The organization was founded by 15 June 2025".
fn say_founded(lead: Span, by: Moment, negated: bool) -> [String; 2] {
    let [english, arabic] = match (by, lead) {
        (Moment::Day(day), _) => {
            let [date, tarikh] = month::date(day);
            [format!("by {date}"), format!("حتى {tarikh}")]
        }
        (Moment::FiscalYearEnd, Span::Days(0)) => {
            ["by the end of the fiscal year".into(), "حتى نهاية السنة المالية".into()]
        }
        (Moment::FiscalYearStart, Span::Days(0)) => [
            "before the start of the fiscal year".into(),
            "قبل بداية السنة المالية".into(),
        ],
        (Moment::FiscalYearEnd | Moment::FiscalYearStart, lead) => {
            let [days, ayyam] = unit::span(lead);
            let [moment, lahza] = match by {
                Moment::FiscalYearEnd => ["end", "نهاية"],
                Moment::Day(_) | Moment::FiscalYearStart => ["start", "بداية"],
            };
            [
                format!("at least {days} before the {moment} of the fiscal year"),
                format!("قبل {lahza} السنة المالية بما لا يقل عن {ayyam}"),
            ]
        }
    };
    let verb = if negated { "تتأسس" } else { "تأسست" };
    [
        format!("the organization was founded {english}"),
        format!("{verb} المؤسسة {arabic}"),
    ]
}

/// A characteristic as a clause; after «إذا» in the past.
fn clause(characteristic: TermId, negated: bool, vocabulary: &Vocabulary) -> [String; 2] {
    let [english, arabic] = [Language::English, Language::Arabic]
        .map(|language| vocabulary.phrase(characteristic, language).to_owned());
    let past = vocabulary.term(characteristic).filter(|_| !negated);
    let past = past.and_then(|term| term.forms.present.get(1)?.first());
    [english, past.cloned().unwrap_or(arabic)]
}

fn is_type(condition: &Condition) -> bool {
    matches!(condition, Condition::OfType(_))
}

fn of_type(types: &[Condition], negated: bool, vocabulary: &Vocabulary) -> [String; 2] {
    let names = |language| {
        let ids = types.iter().filter_map(|part| match part {
            Condition::OfType(id) => Some(*id),
            _ => None,
        });
        ids.map(|id| vocabulary.phrase(id, language).to_owned()).collect::<Vec<_>>()
    };
    let be = if negated { "يكن" } else { "كان" };
    [
        format!(
            "the organization is of the type {}",
            names(Language::English).join(" or ")
        ),
        format!("{be} نوع المؤسسة {}", names(Language::Arabic).join(" أو ")),
    ]
}

fn words(comparison: Comparison) -> [&'static str; 2] {
    match comparison {
        Comparison::Less => ["less than", "أقل من"],
        Comparison::AtMost => ["at most", "لا يزيد على"],
        Comparison::Exactly => ["exactly", "يساوي"],
        Comparison::AtLeast => ["at least", "لا يقل عن"],
        Comparison::More => ["more than", "أكثر من"],
    }
}

fn quantity(value: Quantity) -> [String; 2] {
    let number = value.number;
    let currency =
        CURRENCIES.into_iter().find(|(_, letters, _)| Some(*letters) == value.currency);
    match currency {
        Some((slot, _, arabic)) => {
            [format!("{number} {}", slot.to_uppercase()), format!("{number} {arabic}")]
        }
        None => [number.to_string(), number.to_string()],
    }
}

fn proportion_words(part: Proportion) -> [String; 2] {
    let Proportion { numerator, denominator } = part;
    match denominator {
        1 => [format!("{numerator} times"), format!("{numerator} أضعاف")],
        _ if 100 % denominator == 0 => {
            let percent = u32::from(numerator) * 100 / u32::from(denominator);
            [format!("{percent}% of"), format!("{percent}% من")]
        }
        _ => [
            format!("{numerator}/{denominator} of"),
            format!("{numerator}/{denominator} من"),
        ],
    }
}
