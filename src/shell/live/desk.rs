//! Where letters get their final bytes, and the hour at which they leave, and whence they do.
//!
//! Hours are for letters that leave: files in the folder `outbox` bother nobody.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::calendar::WorkingWeek;
use crate::config::hours::Hours;
use crate::config::organization::OrganizationFile;
use crate::letters;
use crate::letters::Letter;
use crate::letters::Sender;
use crate::letters::Unsendable;
use crate::letters::hours::Haste;
use crate::letters::hours::haste;
use crate::letters::hours::leaves;
use crate::shell::Error;
use crate::shell::clock;
use crate::shell::live::Live;
use crate::shell::network::Network;
use crate::shell::outbox::delivery::{Channel, Delivered};
use crate::shell::outbox::post;
use crate::shell::outbox::post::Post;
use crate::shell::outbox::way;
use crate::shell::register;
use crate::shell::register::Zones;
use crate::shell::store::letter;
use crate::shell::store::letter::Waiting;

/// What a letter is finished with.
#[derive(Debug)]
pub(super) struct Desk<'l> {
    sender: &'l Sender,
    rows: &'l Connection,
    network: &'l Network,
    zones: &'l Zones,
    /// Letters leave, and their hours are set.
    keeps_hours: bool,
    /// The working weeks that were asked for, by organization.
    weeks: BTreeMap<String, WorkingWeek>,
}

impl Live {
    pub(super) fn desk(&self) -> Result<Desk<'_>, Error> {
        let settings = &self.network.settings;
        let set = settings.mail.hours != Hours::default() && settings.smtp.is_some();
        Ok(Desk {
            sender: &self.sender,
            rows: &self.rows,
            network: &self.network,
            zones: &self.zones,
            keeps_hours: set && way::is_live(&self.rows)?,
            weeks: BTreeMap::new(),
        })
    }

    /// Delivers the letters that are due, once.
    ///
    /// # Errors
    /// When the store fails, or the mail settings cannot be followed.
    pub fn deliver(&self) -> Result<Delivered, Error> {
        let office = self.network.office();
        post::turn(&self.writer, &office, &mut Channel::default(), self.clock)
    }

    /// Starts the thread that delivers letters.
    pub fn start_post(&self) -> Post {
        Post::start(self.writer.clone(), self.network.office(), self.clock)
    }
}

impl Desk<'_> {
    /// A letter that is written at `now`, in its final bytes. They are of the instant at which
    /// it leaves, and so is what it says of days.
    pub(super) fn finish(
        &mut self,
        letter: &Letter,
        now: i64,
    ) -> Result<Waiting, Unsendable> {
        let leaves_at = if self.keeps_hours { self.leaves_at(letter, now) } else { now };
        let mut letter = letter.clone();
        let to = letter.to.clone();
        // What cannot be looked up leaves a day in a calendar, which the next letter explains.
        letter.keep_dates(&|key| letter::was_dated(self.rows, &to, key).unwrap_or(false));
        if leaves_at <= now {
            let rendered = letters::render(&letter, self.sender, now)?;
            return Ok(Waiting::new(&letter, rendered));
        }
        let zone = self.zones.organization(file_of(self.network, &letter));
        letter.read_on(clock::day_in(leaves_at, zone));
        let rendered = letters::render(&letter, self.sender, leaves_at)?;
        let in_slot = haste(&letter.body) == Haste::AtTheSlot
            && self.network.settings.mail.hours.slot.is_some();
        Ok(Waiting { leaves_at, in_slot, ..Waiting::new(&letter, rendered) })
    }

    /// By the days and the zone of the organization that it is about, or of the network.
    fn leaves_at(&mut self, letter: &Letter, now: i64) -> i64 {
        let network = self.network;
        let file = file_of(network, letter);
        let zone = self.zones.organization(file);
        let week = self
            .weeks
            .entry(letter.to.organization.clone())
            .or_insert_with(|| register::working(network, file));
        let written = clock::moment_in(now, zone);
        let moment = leaves(letter, written, &network.settings.mail.hours, week);
        if moment == written { now } else { clock::instant_of(moment, zone).max(now) }
    }
}

/// The organization that a letter is about, if it is about one.
fn file_of<'n>(network: &'n Network, letter: &Letter) -> Option<&'n OrganizationFile> {
    let registered = network.organizations.get(&letter.to.organization);
    registered.map(|registered| &registered.file)
}
