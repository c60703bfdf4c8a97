//! What the labels of a rule say: scope, grace, weight, exceptions and the rest.

use crate::calendar::Day;
use crate::calendar::Period;
use crate::calendar::Span;
use crate::compile::difference::difference;
use crate::compile::gives;
use crate::compile::header::STATUSES;
use crate::compile::{GENERAL, Source, place, sentence, values};
use crate::diagnostics::raise::lines;
use crate::diagnostics::raise::lines::LineFault;
use crate::diagnostics::{Diagnostic, Place};
use crate::example;
use crate::form;
use crate::form::condition::{self, Scope};
use crate::form::counting;
use crate::form::counting::Unusable;
use crate::form::{Context, Rule as Entry};
use crate::norm::{Condition, Counting, Exception, Norm, TermId};
use crate::program::{Confidence, RuleKind, Rulebook, Severity, Status, Window};
use crate::rulebook::{Clause, Draft, Label, Words};
use crate::text::key;

/// Everything that labels can say of a rule; what they do not say is left open.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) applies_to: Option<Condition>,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) counts_only_if: Vec<Counting>,
    pub(crate) jurisdictions: Option<Vec<String>>,
    pub(crate) theme: Option<String>,
    pub(crate) suspended: Vec<Period>,
    pub(crate) confidence: Option<Confidence>,
    /// The duty that answers a breach, and where its sentence stands.
    pub(crate) if_not_met: Option<(Norm, Words)>,
    pub(crate) in_force: Window,
    /// Ids as written, each with where it stands.
    pub(crate) gives_way_to: Vec<(String, Place)>,
    pub(crate) also: Option<String>,
    pub(crate) review_by: Option<Day>,
    pub(crate) grace: Option<Span>,
    pub(crate) weight: Option<u16>,
    pub(crate) severity: Option<Severity>,
    pub(crate) dimension: Option<String>,
    pub(crate) kind: Option<RuleKind>,
    pub(crate) status: Option<Status>,
    pub(crate) source: Option<String>,
    pub(crate) remedy: Option<String>,
    pub(crate) examples: Vec<Words>,
}

/// The sentence of a `Duty:` line, where there is one.
pub(crate) fn duty(draft: &Draft) -> Option<&Words> {
    let duty = draft.clauses.iter().find(|clause| clause.label == Label::Duty);
    duty.map(|clause| &clause.value)
}

/// What the labels of a rule are read in the light of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'a> {
    pub(crate) source: &'a Source,
    pub(crate) book: &'a Rulebook,
    /// The duty's norm without its own conditions, where its sentence was understood.
    pub(crate) norm: Option<&'a Norm>,
    /// All that the duty's sentence says, its own conditions with it.
    pub(crate) whole: Option<&'a Norm>,
    pub(crate) context: &'a Context<'a>,
}

/// Reads the labels of a rule. Each fault is told; with any error the rule is left out.
pub(crate) fn read(
    draft: &Draft,
    around: &Around<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Told> {
    let mut told = Told::default();
    let mut seen: Vec<Label> = Vec::new();
    let before = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    for clause in &draft.clauses {
        let mut place = place(around.source, &clause.value);
        place.rule.clone_from(&draft.id);
        let repeats = matches!(
            clause.label,
            Label::Later
                | Label::Example
                | Label::ExceptWhen
                | Label::ButNotWhen
                | Label::GivesWayTo
                | Label::Suspended
        );
        let fault = match clause.value.text.is_empty() {
            true => Some(LineFault::EmptyValue),
            false if seen.contains(&clause.label) && !repeats => {
                Some(LineFault::RepeatedLabel)
            }
            false => None,
        };
        seen.push(clause.label);
        match fault {
            Some(fault) => {
                diagnostics.push(lines::line_fault(&place.at(&clause.name), fault));
            }
            None => {
                let mut clause = Reading { clause, place, around, diagnostics };
                clause.read(&mut told);
            }
        }
    }
    let after = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    (before == after).then_some(told)
}

/// One clause, with everything that its meaning depends on.
struct Reading<'a> {
    clause: &'a Clause,
    place: Place,
    around: &'a Around<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    fn read(&mut self, told: &mut Told) {
        let text = self.clause.value.text.clone();
        let vocabulary = self.around.context.vocabulary;
        match self.clause.label {
            Label::AppliesTo => told.applies_to = self.scope(&text),
            Label::ExceptWhen => told.exceptions.extend(self.exception(&text)),
            Label::ButNotWhen => self.but_not(&text, told),
            Label::Grace => {
                let grace = values::duration(&text, vocabulary);
                told.grace = self.value(grace, ["14 days", "14 يومًا"]);
            }
            Label::Weight => {
                told.weight = self.value(values::weight(&text, vocabulary), ["3", "3"]);
            }
            Label::Severity => {
                let severity = values::choice(&text, &SEVERITIES);
                told.severity = self.value(severity, ["high", "عالية"]);
            }
            Label::Kind => {
                let kind = values::choice(&text, &KINDS);
                told.kind = self.value(kind, ["practice", "ممارسة"]);
            }
            Label::Status => {
                let status = values::choice(&text, &STATUSES);
                told.status = self.value(status, ["draft", "مسودة"]);
            }
            Label::Dimension => told.dimension = self.dimension(&text),
            Label::Source => told.source = Some(text),
            Label::Remedy => told.remedy = Some(text),
            Label::Duty => {}
            Label::InForce => {
                let example = ["from 1 January 2026", "اعتبارًا من 1 كانون الثاني 2026"];
                let window = values::window(&text, vocabulary);
                told.in_force = self.value(window, example).unwrap_or_default();
            }
            Label::ReviewBy => {
                let day = values::first_day(&text, vocabulary);
                told.review_by =
                    self.value(day, ["31 December 2027", "31 كانون الأول 2027"]);
            }
            Label::GivesWayTo => {
                let ids = form::trimmed(&text).split([',', '،', ';', '؛']).map(str::trim);
                let named = ids.filter(|id| !id.is_empty());
                let named = named.map(|id| (id.to_owned(), self.place.at(id)));
                told.gives_way_to.extend(named);
            }
            Label::Example => self.example(&text, told),
            Label::Also => told.also = self.also(&text),
            Label::CountsOnlyIf => {
                told.counts_only_if = self.counting(&text).unwrap_or_default();
            }
            Label::Jurisdiction => {
                told.jurisdictions =
                    self.value(values::jurisdictions(&text), values::JURISDICTION);
            }
            Label::Theme => told.theme = Some(text),
            Label::Suspended => {
                let window = values::suspension(&text, vocabulary);
                told.suspended.extend(self.value(window, values::SUSPENSION));
            }
            Label::Confidence => {
                let confidence = values::choice(&text, &CONFIDENCES);
                told.confidence = self.value(confidence, ["high", "عالية"]);
            }
            Label::IfNotMet => told.if_not_met = self.consequence(&text),
            Label::Later => self.fault(LineFault::NotSupportedYet),
            _ => self.fault(LineFault::HeaderInsideRule),
        }
    }

    fn fault(&mut self, fault: LineFault) {
        let place = self.place.at(&self.clause.name);
        self.diagnostics.push(lines::line_fault(&place, fault));
    }

    fn value<T>(&mut self, value: Option<T>, example: [&str; 2]) -> Option<T> {
        if value.is_none() {
            let place = self.place.at(&self.clause.value.text);
            let fault = lines::label_value(&place, &self.clause.name, example);
            self.diagnostics.push(fault);
        }
        value
    }

    fn scope(&mut self, text: &str) -> Option<Condition> {
        match condition::read(text, self.around.context.vocabulary) {
            Some(Scope::Everyone) => None,
            Some(Scope::Of(condition)) => Some(condition),
            None => {
                let place = self.place.at(text);
                let fault = LineFault::ConditionNotUnderstood;
                self.diagnostics.push(lines::line_fault(&place, fault));
                None
            }
        }
    }

    /// What is asked when the duty is found not met, within so long of that.
    fn consequence(&mut self, text: &str) -> Option<(Norm, Words)> {
        let place = self.place.at(text);
        let norm =
            sentence::consequence(text, &place, self.around.context, self.diagnostics)?;
        Some((norm, Words { text: text.to_owned(), ..self.clause.value.clone() }))
    }

    fn counting(&mut self, text: &str) -> Option<Vec<Counting>> {
        let example = [
            "more than half of the members in office attended",
            "حضر أكثر من نصف الأعضاء الحاليين",
        ];
        // Without a duty nothing can be said of what it counts; its own fault is told.
        let norm = self.around.norm?;
        match counting::read(text, norm, self.around.context.vocabulary) {
            Ok(counting) => Some(counting),
            Err(Unusable::NotUnderstood) => self.value(None, example),
            Err(Unusable::ConcernsNothing) => {
                let place = self.place.at(text);
                let fault = LineFault::CountsNothing;
                self.diagnostics.push(lines::line_fault(&place, fault));
                None
            }
        }
    }

    /// A dimension by its declared spelling; a rulebook that declares none takes it as new.
    fn dimension(&mut self, text: &str) -> Option<String> {
        let declared = &self.around.book.dimensions;
        let same = declared.iter().find(|dimension| key(dimension) == key(text));
        if same.is_none() && !declared.is_empty() && key(text) != key(GENERAL) {
            let place = self.place.at(text);
            self.diagnostics.push(lines::undeclared_dimension(&place, declared));
            return None;
        }
        Some(same.map_or(text, String::as_str).to_owned())
    }

    /// `condition; then what is asked instead [name]`
    fn exception(&mut self, text: &str) -> Option<Exception> {
        let (text, name) = named(text);
        let (when, then) = match text.split_once([';', '؛']) {
            Some((when, then)) => (when.trim(), Some(then.trim())),
            None => (text, None),
        };
        let when = self.scope(when)?;
        let then = match then {
            Some(then) if !then.is_empty() => Some(self.instead(then)?),
            _ => None,
        };
        Some(Exception { name, when, then, unless: Vec::new() })
    }

    /// `condition [name]`: where the exception above does not hold after all.
    fn but_not(&mut self, text: &str, told: &mut Told) {
        let (text, name) = named(text);
        match (told.exceptions.last_mut(), self.scope(text)) {
            (Some(exception), Some(when)) => exception.unless.push((name, when)),
            (None, _) => self.fault(LineFault::NoExceptionAbove),
            (Some(_), None) => {}
        }
    }

    /// A worked example: kept as it stands, and told where it cannot be read.
    fn example(&mut self, text: &str, told: &mut Told) {
        let around = example::Around {
            vocabulary: self.around.context.vocabulary,
            norm: self.around.norm,
        };
        match example::read(text, &around) {
            Ok(_) => told.examples.push(self.clause.value.clone()),
            // Without its norm it is not known what an example speaks of.
            Err(_) if around.norm.is_none() => {}
            Err(fault) => {
                let place = self.place.at(&fault.words);
                self.diagnostics.push(lines::example_fault(&place, fault.why.into()));
            }
        }
    }

    /// The duty in the other language, which has to mean the same.
    fn also(&mut self, text: &str) -> Option<String> {
        let place = self.place.at(text);
        let read = sentence::read(text, &place, self.around.context, self.diagnostics)?;
        let norm = self.around.whole?;
        if read.norm != *norm {
            let vocabulary = self.around.context.vocabulary;
            let said = [norm, &read.norm].map(|norm| form::say(norm, vocabulary));
            let gives = [norm, &read.norm].map(gives::gives);
            let clause = difference(norm, &read.norm);
            let told = lines::languages_differ(&place, &said, clause, &gives);
            self.diagnostics.push(told);
        }
        Some(text.to_owned())
    }

    /// "then reviewed accounts are enough" is the duty with another paper; anything else is
    /// a duty of its own.
    fn instead(&mut self, text: &str) -> Option<Norm> {
        let marked =
            form::mark(text.trim_end_matches('.'), self.around.context.vocabulary);
        let entry = [Entry::instead_en, Entry::instead_ar];
        let noun =
            form::parse_entry(entry, &marked).ok().and_then(|node| node.term("noun"));
        if let Some(noun) = noun {
            return self.around.norm.and_then(|norm| with_noun(norm, noun));
        }
        let sentence = without_then(text);
        let place = self.place.at(sentence);
        let duty =
            sentence::read(sentence, &place, self.around.context, self.diagnostics)?;
        Some(duty.norm)
    }
}

/// An exception without what ends it, and the name in brackets at its end.
pub(crate) fn named(text: &str) -> (&str, Option<String>) {
    let ended = form::trimmed(text);
    match ended.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        Some((text, name)) => (text.trim(), Some(name.trim().to_owned())),
        None => (ended, None),
    }
}

pub(crate) fn without_then(text: &str) -> &str {
    let starts = ["then ", "وعندئذ ", "عندئذ ", "وعندها ", "عندها "];
    let rest = starts.iter().find_map(|start| text.strip_prefix(start));
    rest.unwrap_or(text).trim()
}

/// The same duty about another paper.
fn with_noun(norm: &Norm, noun: TermId) -> Option<Norm> {
    let mut norm = norm.clone();
    match &mut norm {
        Norm::Frequency { what, .. }
        | Norm::Rolling { what, .. }
        | Norm::Deadline { what, .. }
        | Norm::FixedDate { what, .. }
        | Norm::Standing { what, .. }
        | Norm::Never { what } => what.noun = noun,
        Norm::Guarded { norm: inner, .. } | Norm::Lately { norm: inner, .. } => {
            **inner = with_noun(inner, noun)?;
        }
        Norm::Order { steps, .. } => {
            for step in steps {
                step.noun = noun;
            }
        }
        Norm::Contents { document, .. }
        | Norm::Signed { document, .. }
        | Norm::Uptake { document, .. }
        | Norm::EachMember { document, .. } => *document = noun,
        _ => return None,
    }
    Some(norm)
}

pub(crate) const SEVERITIES: [(&[&str], Severity); 4] = [
    (&["low", "minor", "منخفضة", "طفيفة"], Severity::Low),
    (&["medium", "متوسطة"], Severity::Medium),
    (&["high", "major", "عالية", "كبيرة"], Severity::High),
    (&["critical", "حرجة", "جسيمة"], Severity::Critical),
];
pub(crate) const KINDS: [(&[&str], RuleKind); 2] = [
    (&["paper", "policy", "document", "مستند", "وثيقة", "ورقية"], RuleKind::Paper),
    (&["practice", "ممارسة", "تطبيق"], RuleKind::Practice),
];
pub(crate) const CONFIDENCES: [(&[&str], Confidence); 3] = [
    (&["low", "منخفضة"], Confidence::Low),
    (&["medium", "متوسطة"], Confidence::Medium),
    (&["high", "عالية"], Confidence::High),
];
