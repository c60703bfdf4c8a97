//! What organizations were judged by at an earlier time: rules, waivers and register as
//! people had written them then, compiled with the words of today, because the terms of
//! papers in memory are numbers of today's vocabulary.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;

use crate::config;
use crate::organization::{Organization, Waiver};
use crate::plan;
use crate::plan::{Book, Situation};
use crate::shell::Error;
use crate::shell::judged::Judged;
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::register;
use crate::shell::rules::Rules;
use crate::shell::store::source;
use crate::timeline::AsOf;

/// Which version of a file with a mistake is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistakes {
    /// The last good one, as letters are judged by.
    Mended,
    /// The one with the mistake, as commands that look show it.
    AsWritten,
}

/// Earlier versions of what people wrote, each compiled once.
#[derive(Debug)]
pub struct Past<'a> {
    rows: &'a Connection,
    today: (&'a Network, &'a Rules),
    memory: &'a plan::Network,
    mistakes: Mistakes,
    seen: BTreeMap<i64, Arc<Then>>,
}

/// What all organizations had in common after one change.
#[derive(Debug)]
struct Then {
    network: Network,
    book: Arc<Book>,
    waivers: Vec<Waiver>,
}

impl<'a> Past<'a> {
    pub fn new(
        rows: &'a Connection,
        today: (&'a Network, &'a Rules),
        memory: &'a plan::Network,
        mistakes: Mistakes,
    ) -> Past<'a> {
        Past { rows, today, memory, mistakes, seen: BTreeMap::new() }
    }

    /// What an organization was judged by after a change; `None` when it was not registered.
    ///
    /// # Errors
    /// When the store fails.
    pub fn situation(
        &mut self,
        id: &str,
        change: i64,
        as_of: AsOf,
    ) -> Result<Option<Situation>, Error> {
        let Some(then) = self.then(change)? else { return Ok(None) };
        let Some(organization) = self.organization(&then, id, change)? else {
            return Ok(None);
        };
        let Some(member) = self.memory.member(id) else { return Ok(None) };
        let book = Arc::clone(&then.book);
        Ok(member.situation_by(book, &organization, &then.waivers, as_of))
    }

    /// An organization as it was registered after a change; `None` when it was not.
    ///
    /// # Errors
    /// When the store fails.
    pub fn registered(
        &mut self,
        id: &str,
        change: i64,
    ) -> Result<Option<Organization>, Error> {
        let Some(then) = self.then(change)? else { return Ok(None) };
        self.organization(&then, id, change)
    }

    fn then(&mut self, change: i64) -> Result<Option<Arc<Then>>, Error> {
        if let Some(then) = self.seen.get(&change) {
            return Ok(Some(Arc::clone(then)));
        }
        let texts = source::texts(self.rows, change, false)?;
        let (today, rules) = self.today;
        let Ok(mut network) = network::of_texts(&today.root, texts) else {
            return Ok(None);
        };
        network.vocabulary.clone_from(&today.vocabulary);
        if self.mistakes == Mistakes::Mended {
            let rows = self.rows;
            let good = |path: &str| source::last_good(rows, path, change);
            network = Judged::of(network, good)?.network;
            network.vocabulary.clone_from(&today.vocabulary);
        }
        let book = self.book(&network, rules);
        let waivers = register::waivers(&network);
        let then = Arc::new(Then { network, book, waivers });
        self.seen.insert(change, Arc::clone(&then));
        Ok(Some(then))
    }

    /// The same rules are the same book, so that nobody takes them for changed.
    fn book(&self, network: &Network, rules: &Rules) -> Arc<Book> {
        if network.rules == self.today.0.rules {
            return self.memory.shared_book();
        }
        let twin = self.seen.values().find(|then| then.network.rules == network.rules);
        match twin {
            Some(then) => Arc::clone(&then.book),
            None => Arc::new(Book::new(rules.program_of(network))),
        }
    }

    fn organization(
        &self,
        then: &Then,
        id: &str,
        change: i64,
    ) -> Result<Option<Organization>, Error> {
        let path = format!("organizations/{id}/organization.toml");
        let Some(text) = source::text(self.rows, &path, change)? else { return Ok(None) };
        let mut file = config::organization::read(&path, &text).ok();
        if file.is_none() && self.mistakes == Mistakes::Mended {
            let good = source::last_good(self.rows, &path, change)?;
            let good = good.into_iter().next().map(|(_, text)| text);
            file = good.and_then(|text| config::organization::read(&path, &text).ok());
        }
        Ok(file.map(|file| register::organization(&then.network, id, &file)))
    }
}

/// Puts back what each told index value was judged by.
pub(in crate::shell) fn recall_told(
    rows: &Connection,
    today: (&Network, &Rules),
    memory: &mut plan::Network,
) -> Result<(), Error> {
    let now = source::judged_change(rows)?;
    let mut situations = Vec::new();
    let mut past = Past::new(rows, today, memory, Mistakes::Mended);
    for told in source::told_by(rows)? {
        let Some(member) = memory.member(&told.organization) else { continue };
        let Some(as_of) = member.told_at(&told.rulebook) else { continue };
        let situation = if Some(told.change) == now {
            Some(member.situation(&memory.shared_book(), as_of))
        } else {
            past.situation(&told.organization, told.change, as_of)?
        };
        situations.push((told, situation));
    }
    for (told, situation) in situations {
        if let Some(situation) = situation {
            memory.recall_told_by(&told.organization, &told.rulebook, situation);
        }
    }
    Ok(())
}
