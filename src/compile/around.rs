//! What stands around a duty, read back as whole sentences in both languages: whom the rule
//! speaks of, its exceptions by their names, what counts, and when it is in force.

use crate::calendar::{Day, Period};
use crate::compile::called;
use crate::compile::values;
use crate::form;
use crate::form::condition;
use crate::form::counting;
use crate::norm::{Condition, Exception};
use crate::program::{Confidence, Rule, Window};
use crate::text::isolate;
use crate::vocabulary::Vocabulary;

/// The sentences, English and Arabic each, in the order in which a rule is written.
pub(crate) fn said(rule: &Rule, vocabulary: &Vocabulary) -> Vec<[String; 2]> {
    let mut said = Vec::new();
    if rule.in_force != Window::default() {
        let [english, arabic] = called::in_force(rule.in_force);
        said.push([
            format!("The rule is in force {english}."),
            format!("القاعدة نافذة {arabic}."),
        ]);
    }
    if !rule.jurisdictions.is_empty() {
        let [english, arabic] = values::places(&rule.jurisdictions);
        said.push([
            format!("It is asked under the law of {english}."),
            format!("يُطلب ذلك بموجب قانون {arabic}."),
        ]);
    }
    said.extend(rule.confidence.map(sure));
    said.extend(rule.suspended.iter().map(|window| stands_still(*window)));
    if let Some(scope) = &rule.applies_to {
        let [english, arabic] = condition::say(scope, false, vocabulary);
        said.push([
            format!("It applies if {english}."),
            format!("تسري القاعدة إذا {arabic}."),
        ]);
    }
    if !rule.counts_only_if.is_empty() {
        let [english, arabic] = counting::say(&rule.counts_only_if, vocabulary);
        said.push([
            format!("What happens counts only if {english}."),
            format!("لا يُحتسب الحدث إلا إذا {arabic}."),
        ]);
    }
    for exception in &rule.exceptions {
        said.push(excepted(exception, vocabulary));
        let limits = exception.unless.iter();
        said.extend(limits.map(|limit| limited(exception, limit, vocabulary)));
    }
    said
}

fn excepted(exception: &Exception, vocabulary: &Vocabulary) -> [String; 2] {
    let [english, arabic] = condition::say(&exception.when, false, vocabulary);
    let name = bracketed(exception.name.as_deref());
    match &exception.then {
        None => [
            format!("Nothing is asked if {english}{name}."),
            format!("لا يُطلب شيء إذا {arabic}{name}."),
        ],
        Some(then) => {
            let [instead, badal] = form::say(then, vocabulary);
            [
                format!("If {english}{name}, this is asked instead: {instead}"),
                format!("إذا {arabic}{name}، فالمطلوب بدلًا من ذلك: {badal}"),
            ]
        }
    }
}

/// An exception to the exception, by the names of both.
fn limited(
    exception: &Exception,
    (name, limit): &(Option<String>, Condition),
    vocabulary: &Vocabulary,
) -> [String; 2] {
    let [english, arabic] = condition::say(limit, false, vocabulary);
    let (of, name) = (bracketed(exception.name.as_deref()), bracketed(name.as_deref()));
    [
        format!("That exception{of} does not hold if {english}{name}."),
        format!("لا يُعمل بذلك الاستثناء{of} إذا {arabic}{name}."),
    ]
}

fn bracketed(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" [{name}]"))
}

/// Of a rule that another answers: what is asked where it is not met.
pub(crate) fn answered(answer: &Rule) -> [String; 2] {
    let [english, arabic] = [&answer.english, &answer.arabic];
    [format!("If it is not met: {english}"), format!("وعند عدم استيفائها: {arabic}")]
}

/// Of the rule that answers another.
pub(crate) fn answers(above: &str) -> [String; 2] {
    [
        format!("Its time begins on each day on which {above} is found not met."),
        format!(
            "تبدأ مهلتها في كل يوم يتبيّن فيه عدم استيفاء القاعدة {}.",
            isolate(above)
        ),
    ]
}

/// How sure it is that the source says so.
fn sure(confidence: Confidence) -> [String; 2] {
    let [english, arabic] = match confidence {
        Confidence::Low => ["low", "منخفضة"],
        Confidence::Medium => ["medium", "متوسطة"],
        Confidence::High => ["high", "عالية"],
    };
    [
        format!("The confidence in its source is {english}."),
        format!("درجة الثقة بسندها {arabic}."),
    ]
}

/// The days on which no time of the rule runs.
fn stands_still(window: Period) -> [String; 2] {
    let to = Some(window.to).filter(|to| *to < Day::LATEST);
    let [english, arabic] = called::in_force(Window { from: Some(window.from), to });
    [format!("Its clock stands still {english}."), format!("تتوقف مددها {arabic}.")]
}
