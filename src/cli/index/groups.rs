//! `mithaq index --by PATH`: groups of organizations, without naming any.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::calendar::Day;
use crate::cli::listing;
use crate::cli::words;
use crate::cli::{Context, Output};
use crate::index::matched;
use crate::index::matched::{Change, Matched};
use crate::index::rollup;
use crate::index::rollup::{Figures, Hidden, Kept, Meeting, Point, Quartiles, Shown};
use crate::index::shown;
use crate::organization::Organization;
use crate::plan::groups;
use crate::plan::groups::{Level, Unknown};
use crate::plan::{Book, IndexDefinition, Member, Situation};
use crate::program::Severity;
use crate::shell::Error;
use crate::shell::recall::Looked;
use crate::text::{Language, isolate};
use crate::verdict::State;

/// The groups of one index.
#[derive(Debug)]
pub struct Rollup {
    pub rulebook: String,
    pub as_of: Day,
    pub levels: Vec<Level>,
    /// Rules as `rulebook/id`, in the order of the figures' own.
    pub critical: Vec<String>,
    pub groups: Vec<Figures>,
    /// Beside each group, where two days are compared.
    pub changes: Vec<Option<Change>>,
}

/// What organizations had on an earlier day, by their ids.
#[derive(Debug, Default)]
pub struct Earlier {
    pub day: Option<Day>,
    pub organizations: Vec<Organization>,
    /// By rulebook, then by organization.
    pub values: BTreeMap<String, BTreeMap<String, Option<u32>>>,
}

/// Follows a path among the organizations of a network.
///
/// # Errors
/// When it means nothing there.
pub fn levels(looked: &Looked, path: &str) -> Result<Vec<Level>, Error> {
    let organizations: Vec<&Organization> =
        looked.memory.members().map(Member::organization).collect();
    groups::levels(path, &organizations).map_err(|unknown| match unknown {
        Unknown::Level(part) => Error::report(
            format!(
                "`{part}` is no way to group organizations here: write type, governorate, \
                 jurisdiction, membership, or a type of organization of this network, such \
                 as federation; several with a slash"
            ),
            format!(
                "لا تُجمع المؤسسات هنا بحسب «{part}»: يُكتب type أو governorate أو jurisdiction \
                 أو membership أو نوع مؤسسة من أنواع هذه الشبكة مثل federation، وتُفصل \
                 المستويات بخط مائل"
            ),
        ),
        Unknown::TooLong => Error::report(
            format!("`{path}` has more than three steps"),
            format!("في «{path}» أكثر من ثلاث خطوات"),
        ),
    })
}

/// The groups of each index of a book on a day. `situation` gives what each member is
/// judged by, which is that book.
pub fn rollups(
    (looked, book): (&Looked, &Book),
    levels: &[Level],
    (day, earlier): (Day, &Earlier),
    situation: &dyn Fn(&Member) -> Situation,
) -> Vec<Rollup> {
    let members: Vec<&Member> = looked.memory.members().collect();
    let organizations: Vec<&Organization> =
        members.iter().map(|member| member.organization()).collect();
    let groups = groups::groups(&organizations, levels, day);
    let of_index = |definition: &IndexDefinition| {
        let critical = critical(book, definition, day);
        let points: Vec<Point> = members
            .iter()
            .map(|member| point(member, &situation(member), (&definition.id, &critical)))
            .collect();
        let name = |rule: &usize| {
            book.rule(*rule).map(|(of, it)| format!("{}/{}", of.id, it.id))
        };
        Rollup {
            rulebook: definition.id.clone(),
            as_of: day,
            levels: levels.to_vec(),
            groups: rollup::figures(&points, &groups, critical.len()),
            critical: critical.iter().filter_map(name).collect(),
            changes: changes((levels, earlier), &groups, &definition.id, &|number| {
                let organization = organizations.get(number)?;
                Some((organization.id.clone(), points.get(number)?.value))
            }),
        }
    };
    book.indexes().iter().map(of_index).collect()
}

/// The critical rules of an index on a day, by number.
fn critical(book: &Book, definition: &IndexDefinition, day: Day) -> Vec<usize> {
    let rules = definition.rules.iter().map(|(rule, _)| *rule);
    let is_critical = |rule: &usize| {
        let rule = book.rule(*rule);
        rule.is_some_and(|(_, it)| it.version_on(day).severity == Severity::Critical)
    };
    rules.filter(is_critical).collect()
}

fn point(
    member: &Member,
    situation: &Situation,
    (id, critical): (&str, &[usize]),
) -> Point {
    let index = member.index(situation, id).unwrap_or_default();
    let kept = |rule: &usize| match member.verdict(situation, *rule).map(|it| it.state) {
        Some(State::Met | State::MetInGrace | State::MetLate) => Kept::Yes,
        Some(State::StillOwed | State::Closed) => Kept::No,
        Some(State::AwaitingEvidence | State::InsufficientEvidence | State::Error) => {
            Kept::Unknown
        }
        _ => Kept::NotAsked,
    };
    Point {
        value: index.value,
        coverage: index.coverage,
        critical: critical.iter().map(kept).collect(),
    }
}

/// How each group changed since an earlier day.
fn changes(
    (levels, earlier): (&[Level], &Earlier),
    groups: &[rollup::Group],
    id: &str,
    of: &dyn Fn(usize) -> Option<(String, Option<u32>)>,
) -> Vec<Option<Change>> {
    let Some(day) = earlier.day else { return vec![None; groups.len()] };
    let organizations: Vec<&Organization> = earlier.organizations.iter().collect();
    let before = groups::groups(&organizations, levels, day);
    let values = earlier.values.get(id);
    let value = |number: &usize| {
        let id = &organizations.get(*number)?.id;
        Some((id.clone(), values.and_then(|values| *values.get(id)?)))
    };
    let change = |group: &rollup::Group| {
        let then = before.iter().find(|then| then.path == group.path);
        let members = then.map(|then| &then.members);
        let empty = BTreeSet::new();
        let before = members.unwrap_or(&empty).iter().filter_map(value).collect();
        let after = group.members.iter().filter_map(|number| of(*number)).collect();
        Some(matched::change(&before, &after))
    };
    groups.iter().map(change).collect()
}

impl Rollup {
    pub fn json(&self) -> impl Iterator<Item = Json> {
        self.groups.iter().zip(&self.changes).map(|(group, change)| {
            let change = change.as_ref().filter(|_| group.size.is_ok());
            let mut object = serde_json::Map::new();
            object.insert("rulebook".to_owned(), json!(self.rulebook));
            object.insert("group".to_owned(), json!(group.path));
            object.insert("as_of".to_owned(), json!(self.as_of.to_string()));
            object.extend(self.figures_json(group));
            object.insert("delta".to_owned(), json!(change.map(change_json)));
            Json::Object(object)
        })
    }

    /// What is shown of a group on its day.
    pub fn figures_json(&self, group: &Figures) -> serde_json::Map<String, Json> {
        let size = group.size;
        let figures = [
            ("hidden", json!(hidden(&size))),
            ("count", json!(size.ok().map(|size| size.count))),
            ("scored", json!(size.ok().map(|size| size.scored))),
            ("coverage", json!(size.ok().map(|size| words::share(size.coverage)))),
            ("values", json!(group.quartiles.ok().map(quartiles_json))),
            ("values_hidden", json!(hidden(&group.quartiles))),
            ("critical", json!(self.critical_json(group))),
        ];
        figures.into_iter().map(|(name, figure)| (name.to_owned(), figure)).collect()
    }

    fn critical_json(&self, group: &Figures) -> Vec<Json> {
        let rules = self.critical.iter().zip(&group.critical);
        rules
            .map(|(rule, meeting)| {
                json!({"rule": rule, "hidden": hidden(meeting),
                       "met": meeting.ok().map(|it| it.met),
                       "of": meeting.ok().map(|it| it.of),
                       "share": meeting.ok().map(|it| words::share(it.share))})
            })
            .collect()
    }

    pub fn print(&self, context: &Context) {
        let output = context.output;
        let heads = match output.language {
            Language::English => [
                "group",
                "members",
                "scored",
                "known",
                "lower quarter",
                "median",
                "upper quarter",
            ],
            Language::Arabic => [
                "الفئة",
                "الأعضاء",
                "لها قيمة",
                "التغطية",
                "الربع الأدنى",
                "الوسيط",
                "الربع الأعلى",
            ],
        };
        output.data(&self.rulebook);
        let mut table = vec![heads.map(str::to_owned).to_vec()];
        table.extend(self.groups.iter().map(|group| self.cells(output, group)));
        for line in listing::columns(&table) {
            output.data(&line);
        }
        for (group, change) in self.groups.iter().zip(&self.changes) {
            self.print_critical(output, group);
            if let Some(change) = change.as_ref().filter(|_| group.size.is_ok()) {
                output.data(&self.change_line(output, group, change));
            }
        }
    }

    fn cells(&self, output: Output, group: &Figures) -> Vec<String> {
        let name = self.name(output, group);
        let size = match group.size {
            Ok(size) => size,
            Err(why) => return vec![name, hidden_words(output, why).to_owned()],
        };
        let mut cells = vec![
            name,
            size.count.to_string(),
            size.scored.to_string(),
            words::percent(size.coverage),
        ];
        match group.quartiles {
            Ok(of) => cells.extend([of.lower, of.median, of.upper].map(words::points)),
            Err(why) => cells.push(hidden_words(output, why).to_owned()),
        }
        cells
    }

    fn name(&self, output: Output, group: &Figures) -> String {
        self.name_in(output.language, group)
    }

    /// What a group is called: everybody, or its path.
    pub fn name_in(&self, language: Language, group: &Figures) -> String {
        let pick = |english: &str, arabic: &str| match language {
            Language::English => english.to_owned(),
            Language::Arabic => arabic.to_owned(),
        };
        if group.path.is_empty() {
            return pick("everybody", "الجميع");
        }
        let part = |(part, level): (&Option<String>, &Level)| match (part, level) {
            (None, _) => pick("not stated", "غير مذكور"),
            (Some(name), Level::Type) => words::kind(language, name),
            (Some(name), _) => name.clone(),
        };
        let parts: Vec<String> = group.path.iter().zip(&self.levels).map(part).collect();
        parts.join(" / ")
    }

    fn print_critical(&self, output: Output, group: &Figures) {
        let name = self.name(output, group);
        for (rule, meeting) in self.critical.iter().zip(&group.critical) {
            let Ok(Meeting { met, of, share }) = meeting else { continue };
            let share = words::percent(*share);
            output.data(&match output.language {
                Language::English => {
                    format!("{name}: {rule} is met by {met} of {of} ({share})")
                }
                Language::Arabic => {
                    let [name, rule, share] = [&name, rule, &share].map(|it| isolate(it));
                    format!("{name}: القاعدة {rule} مستوفاة لدى {met} من {of} ({share})")
                }
            });
        }
    }

    fn change_line(&self, output: Output, group: &Figures, change: &Change) -> String {
        let name = self.name(output, group);
        let Change { joined, left, .. } = change;
        let matched = match change.matched {
            Ok(matched) => matched,
            Err(why) => {
                let why = hidden_words(output, why);
                return match output.language {
                    Language::English => format!(
                        "{name}: of members on both days: {why}; joined: {joined}, left: {left}"
                    ),
                    Language::Arabic => format!(
                        "{}: الأعضاء في اليومين: {why}؛ المنضمون: {joined}، والمغادرون: {left}",
                        isolate(&name)
                    ),
                };
            }
        };
        let Matched { count, before, after } = matched;
        let [from, to] = [before, after].map(|it| words::points(it.median));
        let moved = words::signed(moved(&matched));
        match output.language {
            Language::English => format!(
                "{name}: members on both days: {count}; their median: {from} → {to} \
                 ({moved}); joined: {joined}, left: {left}"
            ),
            Language::Arabic => {
                let [name, from, to, moved] =
                    [&name, &from, &to, &moved].map(|it| isolate(it));
                format!(
                    "{name}: الأعضاء في اليومين: {count}؛ وسيطهم: {from} ← {to} ({moved})؛ \
                     المنضمون: {joined}، والمغادرون: {left}"
                )
            }
        }
    }
}

/// How many a group has, or why that is not shown.
pub fn count_words(output: Output, group: &Figures) -> String {
    match group.size {
        Ok(size) => size.count.to_string(),
        Err(why) => hidden_words(output, why).to_owned(),
    }
}

/// The median of a group, or why it is not shown.
pub fn median_words(output: Output, group: &Figures) -> String {
    match group.quartiles {
        Ok(of) => words::points(of.median),
        Err(why) => hidden_words(output, why).to_owned(),
    }
}

/// Tenths of points between the two shown medians.
fn moved(matched: &Matched) -> i32 {
    shown(matched.after.median) - shown(matched.before.median)
}

fn hidden<T: Copy>(figure: &Shown<T>) -> Option<&'static str> {
    figure.err().map(|why| match why {
        Hidden::Nobody => "nobody",
        Hidden::Few => "few",
        Hidden::Complement => "complement",
    })
}

fn hidden_words(output: Output, why: Hidden) -> &'static str {
    match why {
        Hidden::Nobody => output.pick("nobody", "لا أحد"),
        Hidden::Few => output.pick("fewer than five", "أقل من خمس مؤسسات"),
        Hidden::Complement => {
            output.pick("withheld to protect a small group", "محجوب حمايةً لفئة صغيرة")
        }
    }
}

fn quartiles_json(of: Quartiles) -> Json {
    let [lower, median, upper] = [of.lower, of.median, of.upper].map(words::points);
    json!({"lower_quartile": lower, "median": median, "upper_quartile": upper})
}

fn change_json(change: &Change) -> Json {
    let matched = change.matched.ok().map(|matched| {
        json!({"count": matched.count, "before": quartiles_json(matched.before),
               "after": quartiles_json(matched.after),
               "median_change": words::signed(moved(&matched))})
    });
    json!({"matched": matched, "matched_hidden": hidden(&change.matched),
           "joined": change.joined, "left": change.left,
           "before": change.before.ok().map(quartiles_json)})
}
