//! The forms of a verb whose entry has none: those of a regular verb, made from what stands
//! before the colon.
//!
//! ```text
//! to endorse — يتبنّى / تتبنّى / تبنّي: done to a document
//! ```
//! English: base, third person, participle, noun. Arabic: masculine, feminine, masdar. What
//! is not written is made by rule; an entry can say all of it on lines of its own.

use crate::vocabulary::VerbForms;

/// The forms of a verb; `english` is without "to".
pub(crate) fn forms(english: &str, arabic: &str) -> VerbForms {
    let [base, third, participle, noun] = parts(english);
    let base = base.unwrap_or(english);
    let [masculine, feminine, masdar, _] = parts(arabic);
    let masculine = masculine.unwrap_or(arabic);
    let or = |given: Option<&str>, made: &dyn Fn(&str) -> String| {
        given.map_or_else(|| on_first(base, made), str::to_owned)
    };
    let feminine = feminine.map_or_else(|| feminine_of(masculine), str::to_owned);
    let passive = [passive_of(masculine), passive_of(&feminine)];
    VerbForms {
        present: [
            vec![base.to_owned(), or(third, &third_person)],
            vec![masculine.to_owned(), feminine],
        ],
        done: [vec![or(participle, &past)], passive.to_vec()],
        noun: [vec![or(noun, &gerund)], masdar.map(str::to_owned).into_iter().collect()],
    }
}

/// What stands before the first slash.
pub(crate) fn first(written: &str) -> &str {
    written.split('/').next().unwrap_or(written).trim()
}

fn parts(written: &str) -> [Option<&str>; 4] {
    let mut parts = written.split('/').map(str::trim).filter(|part| !part.is_empty());
    [parts.next(), parts.next(), parts.next(), parts.next()]
}

/// A change of a verb's first word: "sign off", "signs off".
fn on_first(verb: &str, change: &dyn Fn(&str) -> String) -> String {
    match verb.split_once(' ') {
        Some((verb, rest)) => format!("{} {rest}", change(verb)),
        None => change(verb),
    }
}

const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];

/// "carry" as "carri", where a consonant stands before the y.
fn in_i(verb: &str) -> Option<String> {
    let stem = verb.strip_suffix('y').filter(|stem| !stem.ends_with(VOWELS))?;
    Some(format!("{stem}i"))
}

fn third_person(verb: &str) -> String {
    let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end));
    match in_i(verb) {
        Some(stem) => format!("{stem}es"),
        None if hisses => format!("{verb}es"),
        None => format!("{verb}s"),
    }
}

fn past(verb: &str) -> String {
    match in_i(verb) {
        Some(stem) => format!("{stem}ed"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{}ed", doubled(verb)),
    }
}

fn gerund(verb: &str) -> String {
    let mute = verb.strip_suffix('e').filter(|stem| !stem.ends_with(VOWELS));
    mute.map_or_else(|| format!("{}ing", doubled(verb)), |stem| format!("{stem}ing"))
}

/// A verb of one syllable doubles its last letter: "plan" as "plann".
fn doubled(verb: &str) -> String {
    let vowels = verb.chars().filter(|letter| VOWELS.contains(letter)).count();
    let mut last = verb.chars().rev();
    match (last.next(), last.next(), last.next()) {
        (Some(end), Some(vowel), Some(_))
            if vowels == 1
                && VOWELS.contains(&vowel)
                && !VOWELS.contains(&end)
                && !['w', 'x', 'y'].contains(&end) =>
        {
            format!("{verb}{end}")
        }
        _ => verb.to_owned(),
    }
}

/// «يتبنّى» as «تتبنّى».
fn feminine_of(masculine: &str) -> String {
    let rest = masculine.strip_prefix('ي');
    rest.map_or_else(|| masculine.to_owned(), |rest| format!("ت{rest}"))
}

/// «يتبنّى» as «يُتبنّى»: a damma on the first letter, where no vowel stands there.
fn passive_of(active: &str) -> String {
    let mut letters = active.chars();
    let (first, second) = (letters.next(), letters.clone().next());
    let bare = second.is_none_or(|second| !('\u{64b}'..='\u{652}').contains(&second));
    match first {
        Some(first) if bare => format!("{first}\u{64f}{}", letters.as_str()),
        _ => active.to_owned(),
    }
}
