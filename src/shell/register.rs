//! From what people wrote to what the core takes: organizations, waivers, zones, the day.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::calendar::{Day, Period, WorkingWeek};
use crate::config::calendars::CalendarFile;
use crate::config::organization::OrganizationFile;
use crate::config::waivers::Waiver as WaiverFile;
use crate::letters::token::TokenKey;
use crate::letters::{Recipient, Sender};
use crate::organization::{
    Attribute, FiscalYears, Membership, Organization, Person, Waiver,
};
use crate::plan::Now;
use crate::shell::clock;
use crate::shell::network::Network;
use crate::text::Bilingual;

/// Whom the network's letters come from, and what their tokens are made with.
pub fn sender(network: &Network, zones: &Zones, key: TokenKey) -> Sender {
    let mail = &network.settings.mail;
    let domain = mail.from.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    Sender {
        network: network.settings.name.clone(),
        from: mail.from.clone(),
        reply: mail.reply_to.clone().unwrap_or_else(|| mail.from.clone()),
        replies: mail.replies.clone(),
        key,
        domain: domain.to_owned(),
        zone: zones.network().clone(),
    }
}

/// Who looks after the network, if its settings name somebody.
pub fn officer(network: &Network) -> Option<Recipient> {
    let settings = &network.settings;
    let officer = settings.officer.as_ref()?;
    Some(Recipient {
        organization: String::new(),
        organization_name: settings.name.clone(),
        name: officer.name.clone(),
        address: officer.email.clone(),
        role: "officer".to_owned(),
        language: officer.language.unwrap_or(settings.language),
    })
}

/// One organization as the core knows it.
pub fn organization(
    network: &Network,
    id: &str,
    file: &OrganizationFile,
) -> Organization {
    let settings = &network.settings;
    Organization {
        id: id.to_owned(),
        name: file.name.clone(),
        organization_type: file.kind.clone(),
        jurisdiction: file
            .jurisdiction
            .clone()
            .or_else(|| Some(settings.jurisdiction.clone())),
        governorate: file.governorate.clone(),
        zone: file.zone.clone().unwrap_or_else(|| settings.zone.clone()),
        founded: file.founded,
        joined: file.joined,
        memberships: memberships(file),
        fiscal_years: fiscal_years(file),
        working: working(network, Some(file)),
        calendar: calendar(network, Some(file)).1.map(|it| Arc::clone(&it.path)),
        suspensions: suspensions(network, file),
        bodies: file.bodies.clone().into_iter().collect(),
        people: people(network, file),
        attributes: attributes(file),
        register: file.register.clone(),
    }
}

/// The calendar of the organization's jurisdiction (`calendars/PS.toml`) or, without one, of
/// the network's; else the weekend
/// that its country keeps: Friday and Saturday in Palestine, Saturday and Sunday elsewhere.
pub fn working(network: &Network, file: Option<&OrganizationFile>) -> WorkingWeek {
    let (country, found) = calendar(network, file);
    match found {
        Some(calendar) => WorkingWeek {
            weekend: calendar.weekend.clone(),
            holidays: calendar.holidays.iter().map(|holiday| holiday.days).collect(),
            suspensions: calendar.suspensions.iter().map(|one| one.days).collect(),
        },
        None => WorkingWeek::usual(country),
    }
}

/// Its country, and the calendar that it keeps.
fn calendar<'n>(
    network: &'n Network,
    file: Option<&'n OrganizationFile>,
) -> (&'n str, Option<&'n CalendarFile>) {
    let own = file.and_then(|file| file.jurisdiction.as_ref());
    let code = own.unwrap_or(&network.settings.jurisdiction).as_str();
    // A region without a calendar of its own keeps its country's: PS-GZ that of PS.
    let country = code.split('-').next().unwrap_or(code);
    let found = network.calendars.get(code).or_else(|| network.calendars.get(country));
    (country, found)
}

fn suspensions(network: &Network, file: &OrganizationFile) -> Vec<(Period, Bilingual)> {
    let (_, calendar) = calendar(network, Some(file));
    let dated = calendar.map(|calendar| calendar.suspensions.iter());
    dated.into_iter().flatten().map(|one| (one.days, one.name.clone())).collect()
}

fn memberships(file: &OrganizationFile) -> Vec<Membership> {
    file.memberships
        .iter()
        .map(|membership| Membership {
            of: membership.organization.clone(),
            from: membership.from,
            to: membership.to,
        })
        .collect()
}

fn fiscal_years(file: &OrganizationFile) -> FiscalYears {
    let mut listed = file.fiscal_years.clone();
    listed.sort_by_key(|year| year.from);
    FiscalYears { ends: file.fiscal_year_end, listed }
}

fn people(network: &Network, file: &OrganizationFile) -> Vec<Person> {
    file.people
        .iter()
        .map(|person| Person {
            name: person.name.clone(),
            role: person.role.clone(),
            address: person.email.clone(),
            language: person.language.unwrap_or(network.settings.language),
        })
        .collect()
}

fn attributes(file: &OrganizationFile) -> Vec<Attribute> {
    file.attributes
        .iter()
        .map(|attribute| Attribute {
            name: attribute.name.clone(),
            value: attribute.value,
            currency: attribute.currency,
            from: attribute.from.unwrap_or(Day::EARLIEST),
        })
        .collect()
}

/// Every waiver of the network.
pub fn waivers(network: &Network) -> Vec<Waiver> {
    network.waivers.iter().map(waiver).collect()
}

fn waiver(file: &WaiverFile) -> Waiver {
    Waiver {
        organization: file.organization.clone(),
        rulebook: file.rulebook.clone(),
        rule: file.rule.clone(),
        during: Period { from: file.from, to: file.to.unwrap_or(Day::LATEST) },
        slots: file.slots,
        granted_by: file.granted_by.clone(),
        granted_on: file.granted_on.unwrap_or(file.from),
        why: file.why.clone(),
    }
}

/// The time zones of a network, by their names.
#[derive(Debug, Clone)]
pub struct Zones {
    network: TimeZone,
    of: BTreeMap<String, TimeZone>,
}

impl Zones {
    /// Those that the network and its organizations name; an unknown one is the network's,
    /// and an unknown one of the network UTC (`doctor` tells).
    pub fn of(network: &Network) -> Zones {
        let own = clock::zone(&network.settings.zone).unwrap_or(TimeZone::UTC);
        let mut of = BTreeMap::new();
        for registered in network.organizations.values() {
            if let Some(name) = &registered.file.zone {
                let zone = clock::zone(name).unwrap_or_else(|_| own.clone());
                of.insert(name.clone(), zone);
            }
        }
        Zones { network: own, of }
    }

    pub fn network(&self) -> &TimeZone {
        &self.network
    }

    /// The zone of an organization.
    pub fn organization(&self, file: Option<&OrganizationFile>) -> &TimeZone {
        let name = file.and_then(|file| file.zone.as_ref());
        name.and_then(|name| self.of.get(name)).unwrap_or(&self.network)
    }

    /// The present at an instant, everywhere.
    pub fn now(&self, instant: i64) -> Now {
        let days = self.of.iter();
        Now {
            instant,
            day: clock::day_in(instant, &self.network),
            days: days
                .map(|(name, zone)| (name.clone(), clock::day_in(instant, zone)))
                .collect(),
        }
    }
}
