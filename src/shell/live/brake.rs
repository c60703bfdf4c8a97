//! The storm brake: where so many letters would go out at once that a mistake is likely, each
//! person gets one digest in their place, and the officer is told. What is more than a person
//! is to have on one day is gathered in the same way.

use std::collections::{BTreeMap, BTreeSet};

use crate::letters::body::{Body, HostFault, HostHealth, InsteadOf};
use crate::letters::{Letter, Recipient};
use crate::limits::LETTERS_PER_HOUR_MAX;
use crate::plan::Effect;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::live::effects::Rows;
use crate::shell::live::{Event, Live, Passing};
use crate::shell::outbox::storm;
use crate::shell::outbox::storm::Among;
use crate::shell::outbox::way;
use crate::shell::store::letter::Waiting;
use crate::text::Bilingual;

/// Verdicts of a network that changed and were not foretold, since the last look at them.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Upheaval {
    changed: u32,
    /// The instant of the first.
    since: i64,
}

/// One in so many verdicts that change at once without having been foretold is the work of a
/// mistake.
const UPHEAVAL_ONE_IN: u32 = 5;

impl Upheaval {
    /// Counts what was not known to come.
    pub(super) fn count(&mut self, effects: &[Effect], now: i64) {
        let changed = effects.iter().filter(|effect| match effect {
            Effect::Verdict(row) => {
                let before = row.before.is_some_and(|before| before != row.state);
                before && !row.foretold
            }
            _ => false,
        });
        let changed = u32::try_from(changed.count()).unwrap_or(u32::MAX);
        if self.changed == 0 {
            self.since = now;
        }
        self.changed = self.changed.saturating_add(changed);
    }
}

impl Live {
    /// Puts one letter in the place of many, on a network whose letters leave.
    pub(super) fn brake(&mut self, pass: &mut Passing<'_>) -> Result<(), Error> {
        let upheaval = std::mem::take(&mut self.upheaval);
        let now = self.clock.now();
        let mut faults: Vec<(String, HostFault)> = Vec::new();
        let mut ids: BTreeMap<String, u32> = BTreeMap::new();
        if let Some(verdicts) = self.is_upheaval(upheaval) {
            let changed = upheaval.changed;
            faults
                .push(("upheaval".to_owned(), HostFault::Upheaval { changed, verdicts }));
            ids.extend(storm::written_since(&self.rows, upheaval.since)?);
        }
        if way::is_live(&self.rows)? {
            for (id, letters) in storm::of(&self.rows, now)? {
                faults.push((id.clone(), self.storm_fault(&id, letters)));
                ids.insert(id, letters);
            }
            for (id, letters) in ids {
                self.gather(&id, letters, pass)?;
            }
            self.bound_days(pass)?;
        }
        let Some(officer) = self.officer().filter(|_| !faults.is_empty()) else {
            return Ok(());
        };
        let letters = faults.into_iter().map(|(key, fault)| {
            Effect::Letter(Box::new(Letter {
                to: officer.clone(),
                subject_key: format!("host/storm/{key}"),
                window: clock::iso(now),
                body: Body::HostHealth(HostHealth {
                    fault,
                    since: now,
                    command: "mithaq mail queue --all".to_owned(),
                }),
            }))
        });
        self.store(letters.collect(), Rows::default(), now, pass)
    }

    /// How many verdicts there are, where too many of them changed.
    fn is_upheaval(&self, upheaval: Upheaval) -> Option<u32> {
        if upheaval.changed <= LETTERS_PER_HOUR_MAX {
            return None;
        }
        let verdicts = self.memory.verdicts();
        (upheaval.changed > verdicts / UPHEAVAL_ONE_IN).then_some(verdicts)
    }

    fn storm_fault(&self, id: &str, letters: u32) -> HostFault {
        let registered = self.network.organizations.get(id);
        let organization =
            registered.map_or_else(|| Bilingual::new(id, id), |it| it.file.name.clone());
        HostFault::Storm { organization, letters }
    }

    /// One digest for each of an organization's people in the place of their letters, in one
    /// transaction.
    fn gather(
        &self,
        id: &str,
        letters: u32,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        let many = InsteadOf::Storm { letters };
        let digests = self.digests(id, many, &|_| true)?;
        self.replace(digests, Among::All, pass)
    }

    /// One digest in the place of what is more than a person is to have on one day, beside the
    /// letters that came first.
    fn bound_days(&self, pass: &mut Passing<'_>) -> Result<(), Error> {
        let hours = &self.network.settings.mail.hours;
        let Some(most) = hours.per_day_max else { return Ok(()) };
        let among = |leaves_at| Among::Slot { leaves_at, keep: most.saturating_sub(1) };
        for day in storm::full_days(&self.rows, most)? {
            let many = InsteadOf::FullDay { letters: day.over };
            let to = |to: &Recipient| to.address == day.recipient;
            let digests = self.digests(&day.organization, many, &to)?;
            self.replace(digests, among(day.leaves_at), pass)?;
        }
        Ok(())
    }

    /// The digest for those of an organization's people who are meant, each once.
    fn digests(
        &self,
        id: &str,
        many: InsteadOf,
        is_meant: &dyn Fn(&Recipient) -> bool,
    ) -> Result<Vec<Waiting>, Error> {
        let now = self.clock.now();
        let file = self.network.organizations.get(id).map(|registered| &registered.file);
        let day = clock::day_in(now, self.zones.organization(file));
        let Some((digest, people)) = self.memory.instead_of(id, (day, many)) else {
            return Ok(Vec::new());
        };
        let mut desk = self.desk()?;
        let mut seen = BTreeSet::new();
        let mut digests = Vec::new();
        for to in people.into_iter().filter(is_meant) {
            if !seen.insert(to.address.clone()) {
                continue;
            }
            let letter = Letter {
                to,
                subject_key: storm::SUBJECT.to_owned(),
                window: format!("{id}/{}", clock::iso(now)),
                body: Body::Digest(digest.clone()),
            };
            // Who has an address that no message can carry has no letters to gather.
            digests.extend(desk.finish(&letter, now).ok());
        }
        Ok(digests)
    }

    fn replace(
        &self,
        digests: Vec<Waiting>,
        among: Among,
        pass: &mut Passing<'_>,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let written = self.writer.write(move |connection| {
            let mut written = Vec::new();
            for one in &digests {
                if storm::replace(connection, among, one, now)? {
                    written.push(Event::LetterWritten {
                        organization: one.organization.clone(),
                        recipient: one.recipient.clone(),
                        subject: one.rendered.subject.clone(),
                    });
                }
            }
            Ok(written)
        })?;
        for event in written {
            pass.tell(event);
        }
        Ok(())
    }
}
