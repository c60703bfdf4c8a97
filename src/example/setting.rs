//! What an example says of the organization itself: `type: association`, `board: Amal,
//! Basel and 5 others`, `yearly income: 60,000 USD from 1 January 2025`.
//!
//! Keys are a few words of their own, and whatever the vocabulary calls a body, a post, a
//! quality or a number.

use crate::calendar::{Day, Period};
use crate::example::claim;
use crate::example::claim::Expected;
use crate::example::day::{day_of_year, days_in, one_day};
use crate::form::condition::{self, Scope};
use crate::limits;
use crate::norm::{Comparison, Condition, Quantity, Share, TermId};
use crate::text::{Language, key, language_of};
use crate::vocabulary::{TermKind, Vocabulary};

/// One thing that the register says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Setting {
    Type(TermId),
    /// Nobody said what type it is, or what this number is.
    NotKnown(Option<TermId>),
    /// Its code: `PS`, `PS-GZ`, `LB`. It decides on which days people work and whose law
    /// they are under.
    Country(String),
    Joined(Day),
    Founded(Day),
    /// Day and month of the last day of its fiscal years.
    FiscalYearEnds(u8, u8),
    /// A number, an amount, or 1 and 0 for a characteristic; from a day, else for ever.
    Attribute {
        name: TermId,
        value: Quantity,
        from: Option<Day>,
    },
    Seats(Seats),
    /// These people have the quality, or have it not.
    Are {
        people: Vec<String>,
        quality: TermId,
        so: bool,
    },
    Born(Vec<(String, Day)>),
    Related {
        between: [String; 2],
        degree: u8,
        in_law: bool,
    },
    /// They declared every relative; all who are named anywhere, where no names stand.
    Declared {
        people: Vec<String>,
        on: Option<Day>,
    },
    /// The share that the bylaws ask to be present.
    Quorum {
        body: TermId,
        share: Share,
    },
    /// The drop folder was last seen whole before this day, or never.
    FolderUnhealthy(Option<Day>),
    Waived(Period),
    Fellows(Fellows),
}

/// How the members of the network stand with the duty that counts them: so many in a state,
/// since a day or for ever. Of a rule that counts nobody it says nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fellows {
    pub stand: Vec<(Expected, usize)>,
    pub since: Option<Day>,
}

/// Who is in a body or holds a post; nobody, where no names stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seats {
    pub group: TermId,
    pub people: Vec<String>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Somebody said why they stay for longer than usual.
    pub explained: bool,
}

/// What places are called in examples.
const PLACES: [(&str, [&str; 2]); 5] = [
    ("PS", ["Palestine", "فلسطين"]),
    ("PS-WB", ["the West Bank", "الضفة الغربية"]),
    ("PS-GZ", ["the Gaza Strip", "قطاع غزة"]),
    ("PS-JR", ["Jerusalem", "القدس"]),
    ("LB", ["Lebanon", "لبنان"]),
];

/// Reads `KEY: VALUE`, or what is said of the folder.
pub(super) fn read(part: &str, vocabulary: &Vocabulary) -> Option<Setting> {
    if let Some(folder) = folder(part) {
        return Some(folder);
    }
    let (name, value) = part.split_once(':')?;
    let (folded, value) = (key(name.trim()), value.trim());
    let is = |names: &[&str]| names.iter().any(|one| key(one) == folded);
    let unknown = is_not_known(value);
    if is(&["type", "النوع", "نوع المؤسسة"]) {
        if unknown {
            return Some(Setting::NotKnown(None));
        }
        let named = vocabulary.named(value)?;
        let kind = vocabulary.term(named)?.kind;
        return (kind == TermKind::OrganizationType).then_some(Setting::Type(named));
    }
    if is(&["country", "البلد"]) {
        return place(value).map(Setting::Country);
    }
    if is(&["joined", "member since", "تاريخ الانضمام", "عضو منذ"]) {
        return one_day(value).map(Setting::Joined);
    }
    if is(&["founded", "تاريخ التأسيس"]) {
        return one_day(value).map(Setting::Founded);
    }
    if is(&["fiscal year ends", "تنتهي السنة المالية"]) {
        return day_of_year(value)
            .map(|(month, day)| Setting::FiscalYearEnds(month, day));
    }
    if is(&["born", "تاريخ الميلاد", "تاريخ الولادة"]) {
        return born(value);
    }
    if is(&["related", "القرابة", "أقارب"]) {
        return related(value);
    }
    if is(&["relatives declared", "أقرّ بأقاربه", "إقرار القرابة"])
    {
        return Some(declared(value));
    }
    if is(&["waived", "الإعفاء"]) {
        let runs = days_in(value)?;
        let days: Vec<Day> = runs.into_iter().flat_map(|run| run.days).collect();
        return match days.as_slice() {
            [from, to] if from <= to => {
                Some(Setting::Waived(Period { from: *from, to: *to }))
            }
            _ => None,
        };
    }
    if is(&["members", "members of the network", "الأعضاء", "أعضاء الشبكة"])
        && let Some(fellows) = fellows(value)
    {
        return Some(Setting::Fellows(fellows));
    }
    of_words(name.trim(), value, vocabulary)
}

/// A country or a part of one, by its name or its code.
fn place(value: &str) -> Option<String> {
    let named = key(value);
    let known = |(code, names): (&str, [&str; 2])| {
        names.iter().any(|name| key(name) == named).then(|| code.to_owned())
    };
    let code = PLACES.into_iter().find_map(known).unwrap_or(value.to_uppercase());
    let (country, part) = code.split_once('-').unwrap_or((&code, "XX"));
    let is_code =
        |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_alphabetic());
    (is_code(country) && is_code(part)).then_some(code)
}

/// "met by 8, not met by 1, undecided for 1 since 1 May 2026".
fn fellows(value: &str) -> Option<Fellows> {
    let (value, since, to) = without_time(value)?;
    let list = value.split([',', '،']).flat_map(|part| part.split(" and "));
    let one = |part: &str| {
        let (words, number) = part.trim().rsplit_once(char::is_whitespace)?;
        let words = ["by", "for", "لدى", "عند"]
            .into_iter()
            .find_map(|by| words.trim_end().strip_suffix(by))?;
        // «وغير مستوفاة»: the conjunction is written with the word.
        let words = words.trim();
        let state = claim::state_named(words)
            .or_else(|| claim::state_named(words.strip_prefix('و')?))?;
        let count = key(number).parse::<usize>().ok()?;
        (count <= limits::EXAMPLE_PEOPLE_MAX).then_some((state, count))
    };
    let stand = list.map(one).collect::<Option<Vec<_>>>()?;
    to.is_none().then_some(Fellows { stand, since })
}

/// Keys that the vocabulary knows.
fn of_words(name: &str, value: &str, vocabulary: &Vocabulary) -> Option<Setting> {
    let quorum = ["quorum of the ", "quorum of ", "نصاب "];
    if let Some(body) = quorum.iter().find_map(|start| name.strip_prefix(start)) {
        let body = vocabulary.named(body)?;
        return share(value).map(|share| Setting::Quorum { body, share });
    }
    for (start, so) in [("not ", false), ("ليس من ", false), ("", true)] {
        let Some(rest) = name.strip_prefix(start) else { continue };
        let Some(named) = vocabulary.named(rest) else { continue };
        let kind = vocabulary.term(named)?.kind;
        if is_not_known(value) {
            return Some(Setting::NotKnown(Some(named)));
        }
        return match kind {
            TermKind::Quality => {
                let people = names(value, "")?;
                Some(Setting::Are { people, quality: named, so })
            }
            TermKind::Body | TermKind::Role | TermKind::Member(_) if so => {
                seats(named, value)
            }
            TermKind::Attribute { .. } if so => attribute(name, named, value, vocabulary),
            TermKind::Characteristic if so => characteristic(named, value),
            _ => None,
        };
    }
    None
}

fn is_not_known(value: &str) -> bool {
    let words = ["not known", "غير معروف", "غير معروفة", "غير معلوم"];
    words.iter().any(|words| key(words) == key(value))
}

fn folder(part: &str) -> Option<Setting> {
    let folded = key(part.trim());
    let never = ["folder never seen whole", "لم يُفحص المجلد كاملًا"];
    if never.iter().any(|words| key(words) == folded) {
        return Some(Setting::FolderUnhealthy(None));
    }
    let since = ["folder out of reach since ", "تعذّر الوصول إلى المجلد منذ "];
    let rest = since.iter().find_map(|start| folded.strip_prefix(key(start).as_str()))?;
    one_day(rest).map(|day| Setting::FolderUnhealthy(Some(day)))
}

/// "60,000 USD", "12", with or without a first day; read as the rule language reads it.
fn attribute(
    name: &str,
    named: TermId,
    value: &str,
    vocabulary: &Vocabulary,
) -> Option<Setting> {
    let (value, from, _) = without_time(value)?;
    let equals = match language_of(name) {
        Language::English => "is exactly",
        Language::Arabic => "يساوي",
    };
    match condition::read(&format!("{name} {equals} {value}"), vocabulary)? {
        Scope::Of(Condition::Compare {
            comparison: Comparison::Exactly, value, ..
        }) => Some(Setting::Attribute { name: named, value, from }),
        _ => None,
    }
}

fn characteristic(named: TermId, value: &str) -> Option<Setting> {
    let (value, from, _) = without_time(value)?;
    let number = match key(value).as_str() {
        "yes" | "نعم" => 1,
        "no" | "لا" => 0,
        _ => return None,
    };
    let value = Quantity { number, currency: None };
    Some(Setting::Attribute { name: named, value, from })
}

fn seats(group: TermId, value: &str) -> Option<Setting> {
    let reasons = ["with a reason", "مع بيان السبب"];
    let found = reasons.iter().find_map(|words| value.split_once(words));
    let whole = found.map(|(before, after)| format!("{before}{after}"));
    let value = whole.as_deref().unwrap_or(value);
    let (people, from, to) = without_time(value)?;
    // People without names are other people in each group.
    let people = names(people, &format!(" · {}", group.0))?;
    let explained = found.is_some();
    Some(Setting::Seats(Seats { group, people, from, to, explained }))
}

/// A value, and the days from which and to which it holds.
fn without_time(value: &str) -> Option<(&str, Option<Day>, Option<Day>)> {
    let runs = days_in(value)?;
    let (mut rest, mut from, mut to) = (value, None, None);
    for run in runs.iter().rev() {
        let [day] = run.days.as_slice() else { return None };
        let before = rest.get(..run.range.start)?.trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        match key(word).as_str() {
            "from" | "since" | "من" | "منذ" => from = Some(*day),
            "to" | "until" | "till" | "حتي" | "الي" => to = Some(*day),
            _ => return None,
        }
        rest = before.get(..before.len() - word.len())?.trim_end();
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '،');
    Some((rest.trim_end_matches(ends), from, to))
}

/// "Amal, Basel and 5 others": five people get names that nobody has. "nobody" is nobody.
fn names(list: &str, mark: &str) -> Option<Vec<String>> {
    let nobody = ["nobody", "لا أحد"];
    if nobody.iter().any(|words| key(words) == key(list)) {
        return Some(Vec::new());
    }
    let mut people = Vec::new();
    for name in list.split([',', '،']).flat_map(|part| part.split(" and ")) {
        let name = name.trim();
        let first = name.split_whitespace().next().unwrap_or_default();
        // «و5 آخرون»: the conjunction is written with the number.
        let count = key(first).trim_start_matches('و').parse::<usize>();
        match count {
            Ok(count) if count <= limits::EXAMPLE_PEOPLE_MAX => {
                people.extend((1..=count).map(|number| format!("№ {number}{mark}")));
            }
            Ok(_) => return None,
            Err(_) if name.is_empty() => return None,
            Err(_) => people.push(name.to_owned()),
        }
    }
    Some(people)
}

/// "Amal 1 May 1995, Basel 3 March 1980".
fn born(value: &str) -> Option<Setting> {
    let mut people = Vec::new();
    let mut from = 0;
    for run in days_in(value)? {
        let [day] = run.days.as_slice() else { return None };
        let name = value.get(from..run.range.start)?;
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | '،');
        let name = name.trim_matches(between);
        let name = name.strip_prefix("and ").unwrap_or(name);
        people.push((name.to_owned(), *day));
        from = run.range.end;
    }
    let named = people.iter().all(|(name, _)| !name.is_empty());
    (named && !people.is_empty()).then_some(Setting::Born(people))
}

/// "Amal and Basel, degree 2", with "by marriage" where they are in-laws.
fn related(value: &str) -> Option<Setting> {
    let mut pieces: Vec<&str> = value.split([',', '،']).map(str::trim).collect();
    let marriage = ["by marriage", "مصاهرة"];
    let in_law = pieces
        .last()
        .is_some_and(|last| marriage.iter().any(|words| key(words) == key(last)));
    if in_law {
        pieces.pop();
    }
    let degree = key(pieces.pop()?);
    let degree =
        ["degree ", "الدرجه "].iter().find_map(|start| degree.strip_prefix(start));
    let degree: u8 = degree?.trim().parse().ok()?;
    let possible = i64::from(degree) <= i64::from(limits::DEGREE_MAX) && degree > 0;
    let people = names(&pieces.join(","), "")?;
    let between = <[String; 2]>::try_from(people).ok().filter(|_| possible)?;
    Some(Setting::Related { between, degree, in_law })
}

/// "all", "Amal, Basel on 1 May 2025".
fn declared(value: &str) -> Setting {
    let runs = days_in(value).unwrap_or_default();
    let on = runs.first().and_then(|run| run.days.first().copied());
    let people = runs.first().and_then(|run| value.get(..run.range.start));
    let people = people.unwrap_or(value).trim();
    let people = people.trim_end_matches(" on").trim_end_matches(" في");
    let all = ["all", "everybody", "الجميع", ""];
    let everybody = all.iter().any(|words| key(words) == key(people));
    let people = names(people, "").filter(|_| !everybody).unwrap_or_default();
    Setting::Declared { people, on }
}

/// "1/2", "60%", "more than 1/2", «أكثر من 1/2».
fn share(value: &str) -> Option<Share> {
    let folded = key(value);
    let more = ["more than ", "اكثر من "];
    let rest = more.iter().find_map(|start| folded.strip_prefix(start));
    let part = rest.unwrap_or(&folded);
    let (numerator, denominator) = match part.strip_suffix('%') {
        Some(percent) => (percent.trim().parse().ok()?, 100),
        None => {
            let (numerator, denominator) = part.split_once('/')?;
            (numerator.trim().parse().ok()?, denominator.trim().parse().ok()?)
        }
    };
    let fits = numerator > 0 && numerator <= denominator && denominator <= 100;
    let exclusive = rest.is_some();
    fits.then_some(Share { numerator, denominator, exclusive })
}
