//! What is another rule, or another way of putting an index together, than before.
//!
//! Compares programs; says nothing of what follows for anybody.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::cli::Output;
use crate::compile::called;
use crate::letters;
use crate::plan::{Book, IndexDefinition};
use crate::program::{Mean, Program, Rule, RuleKind, Rulebook, Status};
use crate::rulebook::Label;
use crate::text::{Language, isolate};

/// A rule that is not what it was.
#[derive(Debug)]
pub struct Changed {
    rulebook: String,
    rule: String,
    how: How,
    /// The duty as it is read now, or was read last.
    read: [String; 2],
    differs: Vec<Difference>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum How {
    Added,
    Changed,
    Removed,
}

/// What of a rule, or of a whole rulebook, is another one: the label that says it. What
/// takes a sentence to say is named without it.
#[derive(Debug)]
struct Difference {
    label: Label,
    before: Option<Said>,
    after: Option<Said>,
}

/// English, which is also the name in JSON, and Arabic.
type Said = [String; 2];

/// A choice of an index or of a rulebook that is another one.
#[derive(Debug)]
pub struct Method {
    rulebook: String,
    what: Choice,
    before: Option<Said>,
    after: Option<Said>,
}

#[derive(PartialEq, Eq, Debug)]
enum Choice {
    Mean,
    /// How much a dimension weighs; nothing where the index has none of that name.
    Weight(String),
    /// What a label at the head of the rulebook says for all its rules.
    Label(Label),
}

/// The rules that differ, in the order of the rulebooks; those removed come last.
pub fn rules(before: &Program, after: &Program) -> Vec<Changed> {
    let mut changed = Vec::new();
    for (book, rule) in all(after) {
        match find(before, book, &rule.id) {
            None => changed.push(Changed::of(book, rule, How::Added)),
            Some(old) => {
                let differs = differences(old, rule);
                if !differs.is_empty() {
                    let of = Changed::of(book, rule, How::Changed);
                    changed.push(Changed { differs, ..of });
                }
            }
        }
    }
    for (book, rule) in all(before) {
        if find(after, book, &rule.id).is_none() {
            changed.push(Changed::of(book, rule, How::Removed));
        }
    }
    changed
}

fn all(program: &Program) -> impl Iterator<Item = (&str, &Rule)> {
    let books = program.rulebooks.iter();
    books.flat_map(|book| book.rules.iter().map(|rule| (book.id.as_str(), rule)))
}

fn find<'p>(program: &'p Program, book: &str, id: &str) -> Option<&'p Rule> {
    all(program).find(|(of, rule)| *of == book && rule.id == id).map(|(_, rule)| rule)
}

fn differences(old: &Rule, new: &Rule) -> Vec<Difference> {
    let same = |word: &String| [word.clone(), word.clone()];
    let said = |label, of: &dyn Fn(&Rule) -> Option<Said>| Difference {
        label,
        before: of(old),
        after: of(new),
    };
    let mut all = vec![
        said(Label::Duty, &|rule| Some([rule.english.clone(), rule.arabic.clone()])),
        said(Label::Weight, &|rule| Some(same(&rule.weight.to_string()))),
        said(Label::Severity, &|rule| Some(severity(rule))),
        said(Label::Kind, &|rule| Some(kind(rule.kind))),
        said(Label::Status, &|rule| Some(status(rule.status))),
        said(Label::Dimension, &|rule| Some(same(&rule.dimension))),
        said(Label::Theme, &|rule| rule.theme.as_ref().map(same)),
    ];
    all.retain(|it| it.before != it.after);
    let named = |label| Difference { label, before: None, after: None };
    all.extend(around(old, new).map(named));
    if all.is_empty() && old.meaning != new.meaning {
        // An earlier version of it, or what its answer rests on.
        all.push(named(Label::InForce));
    }
    all
}

/// The labels around the duty that say something else.
fn around(old: &Rule, new: &Rule) -> impl Iterator<Item = Label> {
    let differ = [
        (Label::AppliesTo, old.applies_to != new.applies_to),
        (Label::Jurisdiction, old.jurisdictions != new.jurisdictions),
        (Label::Grace, old.grace != new.grace),
        (Label::CountsOnlyIf, old.counts_only_if != new.counts_only_if),
        (Label::ExceptWhen, old.exceptions != new.exceptions),
        (Label::GivesWayTo, old.gives_way_to != new.gives_way_to),
        (Label::InForce, old.in_force != new.in_force),
        (Label::Suspended, old.suspended != new.suspended),
    ];
    let differing = differ.into_iter().filter(|(_, differs)| *differs);
    differing.map(|(label, _)| label)
}

fn severity(rule: &Rule) -> Said {
    [Language::English, Language::Arabic]
        .map(|language| letters::severity_word(rule.severity, language).to_owned())
}

fn kind(kind: RuleKind) -> Said {
    match kind {
        RuleKind::Paper => ["paper", "مستند"],
        RuleKind::Practice => ["practice", "ممارسة"],
    }
    .map(str::to_owned)
}

fn status(status: Status) -> Said {
    match status {
        Status::Draft => ["draft", "مسودة"],
        Status::InForce => ["in force", "نافذة"],
        Status::Suspended => ["suspended", "معلقة"],
    }
    .map(str::to_owned)
}

/// The choices of rulebooks and of their indexes that differ.
pub fn methods(before: &Book, after: &Book) -> Vec<Method> {
    let mut methods = Vec::new();
    for new in &after.program().rulebooks {
        let mut old = before.program().rulebooks.iter();
        if let Some(old) = old.find(|old| old.id == new.id) {
            let choice = |label| Method {
                rulebook: new.id.clone(),
                what: Choice::Label(label),
                before: None,
                after: None,
            };
            methods.extend(heads(old, new).map(choice));
        }
    }
    for new in after.indexes() {
        let mut old = before.indexes().iter();
        if let Some(old) = old.find(|old| old.id == new.id) {
            methods.extend(of_index(old, new));
        }
    }
    methods
}

/// The labels at the head of a rulebook that say something else.
fn heads(old: &Rulebook, new: &Rulebook) -> impl Iterator<Item = Label> {
    let differ = [
        (Label::InForce, old.in_force != new.in_force),
        (Label::Months, old.months != new.months),
        (Label::Quarters, old.fiscal_quarters != new.fiscal_quarters),
        (Label::LateEvidence, old.lag != new.lag),
        (Label::Lead, old.lead != new.lead),
        (Label::Force, old.force != new.force),
        (Label::Suspended, old.suspended != new.suspended),
        (Label::Jurisdiction, old.jurisdictions != new.jurisdictions),
        (Label::Status, old.status != new.status),
        (Label::Includes, old.includes != new.includes),
    ];
    let differing = differ.into_iter().filter(|(_, differs)| *differs);
    differing.map(|(label, _)| label)
}

fn of_index(old: &IndexDefinition, new: &IndexDefinition) -> Vec<Method> {
    let of =
        |what, before, after| Method { rulebook: new.id.clone(), what, before, after };
    let mut methods = Vec::new();
    if old.method.mean != new.method.mean {
        let [before, after] = [old, new].map(|index| Some(mean(index.method.mean)));
        methods.push(of(Choice::Mean, before, after));
    }
    let names: BTreeSet<&String> = old.dimensions.iter().chain(&new.dimensions).collect();
    for name in names {
        let weight = |index: &IndexDefinition| {
            let mut all = index.dimensions.iter().zip(&index.method.weights);
            let weight = all.find(|(own, _)| *own == name).map(|(_, weight)| weight);
            weight.map(|weight| [weight.to_string(), weight.to_string()])
        };
        if weight(old) != weight(new) {
            methods.push(of(Choice::Weight(name.clone()), weight(old), weight(new)));
        }
    }
    methods
}

fn mean(mean: Mean) -> Said {
    match mean {
        Mean::Geometric => ["geometric mean", "متوسط هندسي"],
        Mean::Arithmetic => ["arithmetic mean", "متوسط حسابي"],
    }
    .map(str::to_owned)
}

impl How {
    fn name(self) -> &'static str {
        match self {
            How::Added => "added",
            How::Changed => "changed",
            How::Removed => "removed",
        }
    }

    fn arabic(self) -> &'static str {
        match self {
            How::Added => "أُضيفت",
            How::Changed => "تغيّرت",
            How::Removed => "حُذفت",
        }
    }
}

/// What a label is called.
fn called(label: Label) -> [&'static str; 2] {
    called::names(label).unwrap_or_default()
}

/// Its name in JSON.
fn name(label: Label) -> String {
    let [english, _] = called(label);
    english.to_lowercase().replace(' ', "_")
}

impl Changed {
    fn of(rulebook: &str, rule: &Rule, how: How) -> Changed {
        Changed {
            rulebook: rulebook.to_owned(),
            rule: rule.id.clone(),
            how,
            read: [rule.english.clone(), rule.arabic.clone()],
            differs: Vec::new(),
        }
    }

    pub fn json(&self) -> Json {
        let [english, arabic] = &self.read;
        let differs: Vec<Json> = self.differs.iter().map(Difference::json).collect();
        json!({"rulebook": self.rulebook, "rule": self.rule, "change": self.how.name(),
               "english": english, "arabic": arabic, "differs": differs})
    }

    pub fn print(&self, output: Output) {
        let [english, arabic] = &self.read;
        let rule = format!("{}/{}", self.rulebook, self.rule);
        output.data(&match output.language {
            Language::English => format!("{rule}  {}: {english}", self.how.name()),
            Language::Arabic => {
                format!("{}  {}: {arabic}", isolate(&rule), self.how.arabic())
            }
        });
        for it in &self.differs {
            let line = line(output, called(it.label), (&it.before, &it.after));
            output.data(&format!("  {line}"));
        }
    }
}

impl Difference {
    fn json(&self) -> Json {
        json!({"what": name(self.label), "before": named(self.before.as_ref()),
               "after": named(self.after.as_ref())})
    }
}

impl Method {
    pub fn json(&self) -> Json {
        let (what, dimension) = match &self.what {
            Choice::Mean => ("mean".to_owned(), None),
            Choice::Weight(dimension) => ("weight".to_owned(), Some(dimension)),
            Choice::Label(label) => (name(*label), None),
        };
        json!({"rulebook": self.rulebook, "what": what, "dimension": dimension,
               "before": named(self.before.as_ref()), "after": named(self.after.as_ref())})
    }

    pub fn print(&self, output: Output) {
        let [english, arabic] = match &self.what {
            Choice::Mean => {
                ["Mean of the dimensions", "متوسط المحاور"].map(str::to_owned)
            }
            Choice::Weight(dimension) => [
                format!("Weight of the dimension {dimension}"),
                format!("وزن المحور {}", isolate(dimension)),
            ],
            Choice::Label(label) => called(*label).map(str::to_owned),
        };
        let line = line(output, [&english, &arabic], (&self.before, &self.after));
        output.data(&match output.language {
            Language::English => format!("{}  {line}", self.rulebook),
            Language::Arabic => format!("{}  {line}", isolate(&self.rulebook)),
        });
    }
}

fn named(said: Option<&Said>) -> Option<&str> {
    said.map(|[english, _]| english.as_str())
}

/// What something was and is: `weight: 1 → 3`, «الوزن: 1 ← 3».
fn line(
    output: Output,
    [english, arabic]: [&str; 2],
    ends: (&Option<Said>, &Option<Said>),
) -> String {
    if let (None, None) = ends {
        return output.pick(english, arabic).to_owned();
    }
    match output.language {
        Language::English => {
            let [before, after] = [ends.0, ends.1]
                .map(|said| named(said.as_ref()).unwrap_or("none").to_owned());
            format!("{english}: {before} → {after}")
        }
        Language::Arabic => {
            let [before, after] = [ends.0, ends.1].map(|said| {
                let said = said.as_ref().map(|[_, arabic]| arabic.as_str());
                isolate(said.unwrap_or("لا شيء"))
            });
            format!("{arabic}: {before} ← {after}")
        }
    }
}
