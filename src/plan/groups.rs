//! Which organizations are counted together: by type, place, or membership of others.

use crate::calendar::Day;
use crate::index::rollup::Group;
use crate::limits;
use crate::organization::{Membership, Organization};
use std::collections::{BTreeMap, BTreeSet};

/// One step of a membership path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Level {
    Type,
    Governorate,
    Jurisdiction,
    /// Every organization that it is a member of itself.
    Membership,
    /// Every organization of a type that it belongs to, itself or through others.
    Within(String),
}

/// Why a path cannot be followed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unknown {
    /// No organization is of this type, and it is no other word of a path.
    Level(String),
    TooLong,
}

/// Reads `federation`, `governorate`, or several with a slash: `federation/type`.
///
/// # Errors
/// When a part means nothing in this network, or they are too many.
pub fn levels(
    path: &str,
    organizations: &[&Organization],
) -> Result<Vec<Level>, Unknown> {
    let parts: Vec<&str> = path.split('/').map(str::trim).collect();
    if parts.len() > limits::GROUP_LEVELS_MAX {
        return Err(Unknown::TooLong);
    }
    parts.into_iter().map(|part| level(part, organizations)).collect()
}

fn level(part: &str, organizations: &[&Organization]) -> Result<Level, Unknown> {
    let name = part.to_lowercase().replace(['-', ' '], "_");
    Ok(match name.as_str() {
        "type" | "النوع" => Level::Type,
        "governorate" | "المحافظة" => Level::Governorate,
        "jurisdiction" | "الولاية_القانونية" => Level::Jurisdiction,
        "membership" | "العضوية" => Level::Membership,
        _ if organizations.iter().any(|it| it.organization_type == name) => {
            Level::Within(name)
        }
        _ => return Err(Unknown::Level(part.to_owned())),
    })
}

/// The groups of these organizations on a day, that of everybody first. An organization is
/// counted from the day it joined; one in several groups is in each of them, and once above.
pub fn groups(organizations: &[&Organization], levels: &[Level], day: Day) -> Vec<Group> {
    let by_id: BTreeMap<&str, &Organization> =
        organizations.iter().map(|it| (it.id.as_str(), *it)).collect();
    let mut groups: BTreeMap<Vec<Option<String>>, BTreeSet<usize>> = BTreeMap::new();
    groups.insert(Vec::new(), BTreeSet::new());
    for (number, organization) in organizations.iter().enumerate() {
        if organization.stated_start().is_some_and(|start| day < start) {
            continue;
        }
        let mut paths: Vec<Vec<Option<String>>> = vec![Vec::new()];
        for level in levels {
            let own = names(organization, level, &by_id, day);
            let longer = |path: &Vec<Option<String>>| {
                let path = path.clone();
                own.clone().into_iter().map(move |name| [&path[..], &[name]].concat())
            };
            for path in &paths {
                groups.entry(path.clone()).or_default().insert(number);
            }
            paths = paths.iter().flat_map(longer).collect();
        }
        for path in paths {
            groups.entry(path).or_default().insert(number);
        }
    }
    groups.into_iter().map(|(path, members)| Group { path, members }).collect()
}

/// The groups of one organization at a level; one without a name where it has none.
fn names(
    organization: &Organization,
    level: &Level,
    by_id: &BTreeMap<&str, &Organization>,
    day: Day,
) -> BTreeSet<Option<String>> {
    let stated = |text: &Option<String>| BTreeSet::from([text.clone()]);
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    let names: BTreeSet<Option<String>> = match level {
        Level::Type => BTreeSet::from([some(&organization.organization_type)]),
        Level::Governorate => stated(&organization.governorate),
        Level::Jurisdiction => stated(&organization.jurisdiction),
        Level::Membership => current(organization, day).map(Some).collect(),
        Level::Within(wanted) => above(organization, by_id, day)
            .into_iter()
            .filter(|id| {
                by_id.get(id.as_str()).is_some_and(|it| it.organization_type == *wanted)
            })
            .map(Some)
            .collect(),
    };
    if names.is_empty() { BTreeSet::from([None]) } else { names }
}

/// All that an organization belongs to, through others too. Who belongs to itself that way
/// is not its own member.
fn above(
    organization: &Organization,
    by_id: &BTreeMap<&str, &Organization>,
    day: Day,
) -> BTreeSet<String> {
    let mut above = BTreeSet::new();
    let mut next: Vec<String> = current(organization, day).collect();
    while let Some(id) = next.pop() {
        if id == organization.id || !above.insert(id.clone()) {
            continue;
        }
        next.extend(by_id.get(id.as_str()).into_iter().flat_map(|it| current(it, day)));
    }
    above
}

fn current(organization: &Organization, day: Day) -> impl Iterator<Item = String> {
    let holds = move |membership: &&Membership| {
        membership.from.is_none_or(|from| from <= day)
            && membership.to.is_none_or(|to| day <= to)
    };
    organization.memberships.iter().filter(holds).map(|membership| membership.of.clone())
}
