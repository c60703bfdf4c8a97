//! What the officer is written: each fault of the machine once an episode, whatever number of
//! passes sees it, and the week of the network once.

use crate::letters::body::{Body, HostFault, HostHealth, OfficerSummary};
use crate::letters::{Letter, Recipient, timing};
use crate::limits;
use crate::plan::Effect;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::health::{LETTER_WAIT_SECONDS_MAX, machine};
use crate::shell::live::effects::Rows;
use crate::shell::live::{Live, Passing};
use crate::shell::outbox;
use crate::shell::register;
use crate::shell::store::answer;
use crate::shell::store::file;
use crate::shell::store::ledger;
use crate::shell::store::ledger::checkpoint;
use crate::shell::store::ledger::checkpoint::Checkpoint;
use crate::shell::store::paper;
use crate::shell::store::setting::{self, Setting};
use crate::text::Bilingual;

/// A fault, and by what one episode of it is known.
struct Trouble {
    key: String,
    /// Another one is another letter.
    episode: String,
    fault: HostFault,
    since: i64,
    command: &'static str,
}

/// A clock that stands so far before the last pass is wrong, in seconds.
const CLOCK_BEHIND_MAX: i64 = 3600;

impl Live {
    /// Writes to the officer what was not written yet; without an officer `status` alone
    /// tells.
    pub(super) fn tell_host(&mut self, pass: &mut Passing<'_>) -> Result<(), Error> {
        let Some(officer) = self.officer() else { return Ok(()) };
        let now = self.clock.now();
        let mut letters = Vec::new();
        for trouble in self.troubles(now)? {
            let told = format!("{}/{}", trouble.key, trouble.episode);
            if self.host_told.insert(told) {
                let Trouble { key, episode, fault, since, command } = trouble;
                let command = command.to_owned();
                letters.push(Effect::Letter(Box::new(Letter {
                    to: officer.clone(),
                    subject_key: key,
                    window: episode,
                    body: Body::HostHealth(HostHealth { fault, since, command }),
                })));
            }
        }
        letters.extend(self.summary(&officer, now)?);
        if letters.is_empty() {
            return Ok(());
        }
        self.store(letters, Rows::default(), now, pass)
    }

    /// The week of the network, on the day of the digests or the first pass after it.
    fn summary(
        &mut self,
        officer: &Recipient,
        now: i64,
    ) -> Result<Option<Effect>, Error> {
        let day = self.zones.now(now).day;
        let turn = timing::digest(day, self.network.settings.mail.digest_weekday);
        if !self.host_told.insert(turn.window.clone()) {
            return Ok(None);
        }
        let Some(summary) = self.memory.summary_of(turn.over) else { return Ok(None) };
        let name = |id: &String| {
            let registered = self.network.organizations.get(id);
            registered.map_or_else(|| Bilingual::new(id, id), |it| it.file.name.clone())
        };
        let to_review = paper::to_review(&self.rows, limits::LETTER_ITEMS_MAX)?;
        let unreachable = answer::failing(&self.rows)?;
        let (entry, hash) = ledger::head(&self.rows)?;
        let body = Body::OfficerSummary(OfficerSummary {
            to_review: to_review
                .iter()
                .map(|(id, path)| (name(id), path.clone()))
                .collect(),
            unreachable: unreachable
                .iter()
                .map(|(id, address, ..)| (name(id), address.clone()))
                .collect(),
            checkpoint: Some(checkpoint::line(Checkpoint { entry, hash })),
            ..summary
        });
        Ok(Some(Effect::Letter(Box::new(Letter {
            to: officer.clone(),
            subject_key: "network".to_owned(),
            window: turn.window,
            body,
        }))))
    }

    /// Digests with the state of the ledger at their foot: the mailbox is a witness.
    pub(super) fn witnessed(
        &self,
        mut effects: Vec<Effect>,
    ) -> Result<Vec<Effect>, Error> {
        let mut line = None;
        for effect in &mut effects {
            let Effect::Letter(letter) = effect else { continue };
            let Body::Digest(digest) = &mut letter.body else { continue };
            if line.is_none() {
                let (entry, hash) = ledger::head(&self.rows)?;
                line = Some(checkpoint::line(Checkpoint { entry, hash }));
            }
            digest.checkpoint.clone_from(&line);
        }
        Ok(effects)
    }

    pub(super) fn officer(&self) -> Option<Recipient> {
        register::officer(&self.network)
    }

    fn troubles(&self, now: i64) -> Result<Vec<Trouble>, Error> {
        let mut troubles = self.folders()?;
        troubles.extend(self.letters(now)?);
        troubles.extend(self.broken_rules(now));
        troubles.extend(self.disk(now));
        troubles.extend(self.wrong_clock(now)?);
        Ok(troubles)
    }

    /// Drop folders that cannot be trusted, each since a certain instant.
    fn folders(&self) -> Result<Vec<Trouble>, Error> {
        // Healthy is the rule: the rows are only asked where one is not.
        if self.told.is_empty() {
            return Ok(Vec::new());
        }
        let rows = file::unhealthy_folders(&self.rows)?;
        let unhealthy = rows.into_iter().filter_map(|row| {
            let since = row.unhealthy_since?;
            let registered = self.network.organizations.get(&row.organization)?;
            Some(Trouble {
                key: format!("host/folder/{}", row.organization),
                episode: clock::iso(since),
                fault: HostFault::FolderUnhealthy {
                    organization: registered.file.name.clone(),
                    folder: registered.papers.display().to_string(),
                },
                since,
                command: "mithaq doctor",
            })
        });
        Ok(unhealthy.collect())
    }

    /// Letters that cannot leave, and those that were held back because they were too many.
    fn letters(&self, now: i64) -> Result<Vec<Trouble>, Error> {
        let mut troubles = Vec::new();
        let stuck = outbox::waiting_since(&self.rows, now - LETTER_WAIT_SECONDS_MAX)?;
        if let Some(since) = stuck.iter().map(|many| many.since).min() {
            let letters = stuck.iter().map(|many| many.letters).sum();
            troubles.push(Trouble {
                key: "host/queue".to_owned(),
                episode: clock::iso(since),
                fault: HostFault::QueueStuck { letters },
                since,
                command: "mithaq mail queue",
            });
        }
        let jumped = outbox::held_for(&self.rows, outbox::CLOCK)?;
        if let Some(since) = jumped.iter().map(|many| many.since).min() {
            troubles.push(Trouble {
                key: "host/clock".to_owned(),
                episode: clock::iso(since),
                fault: HostFault::ClockMoved,
                since,
                command: "timedatectl; mithaq mail resend --held",
            });
        }
        for many in outbox::held_for(&self.rows, outbox::STORM)? {
            let registered = self.network.organizations.get(&many.organization);
            troubles.extend(registered.map(|registered| Trouble {
                key: format!("host/storm/{}", many.organization),
                episode: clock::iso(many.since),
                fault: HostFault::HeldBack {
                    organization: registered.file.name.clone(),
                    letters: many.letters,
                },
                since: many.since,
                command: "mithaq mail queue",
            }));
        }
        Ok(troubles)
    }

    /// Each file of rules with mistakes, once for each text that it has.
    fn broken_rules(&self, now: i64) -> Vec<Trouble> {
        let mut troubles: Vec<Trouble> = Vec::new();
        for problem in self.rules.problems() {
            let key = format!("host/rules/{}", problem.file);
            if let Some(known) = troubles.iter_mut().find(|one| one.key == key) {
                if let HostFault::RulesBroken { errors, .. } = &mut known.fault {
                    *errors += 1;
                }
                continue;
            }
            let text = self.network.rules.get(&problem.file).map(String::as_str);
            let hash = crate::shell::disk::sha256(text.unwrap_or_default().as_bytes());
            troubles.push(Trouble {
                key,
                episode: hash.to_string().chars().take(16).collect(),
                fault: HostFault::RulesBroken { file: problem.file, errors: 1 },
                since: now,
                command: "mithaq check",
            });
        }
        troubles
    }

    /// Once a day while there is little room.
    fn disk(&self, now: i64) -> Option<Trouble> {
        let free = machine::free_bytes(&self.network.root)?;
        (free < machine::SPACE_WARNING_BYTES).then(|| Trouble {
            key: "host/disk".to_owned(),
            episode: clock::iso(now).chars().take(10).collect(),
            fault: HostFault::DiskLow { free_megabytes: free / 1_000_000 },
            since: now,
            command: "df -h",
        })
    }

    /// A clock that stands long before the last pass.
    fn wrong_clock(&self, now: i64) -> Result<Option<Trouble>, Error> {
        let high = setting::get(&self.rows, Setting::ClockHigh)?;
        let high: Option<i64> = high.and_then(|high| high.parse().ok());
        let behind = high.filter(|high| now < high - CLOCK_BEHIND_MAX);
        Ok(behind.map(|high| Trouble {
            key: "host/clock".to_owned(),
            episode: clock::iso(high),
            fault: HostFault::ClockMoved,
            since: now,
            command: "timedatectl",
        }))
    }
}
