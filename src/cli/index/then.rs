//! What organizations were judged by on an earlier day, as it was known then.

use std::collections::BTreeMap;

use super::groups::Earlier;
use crate::organization::Organization;
use crate::plan::{Member, Situation};
use crate::shell::Error;
use crate::shell::recall::Looked;
use crate::shell::recall::past::{Mistakes, Past};
use crate::shell::store::judgement;
use crate::shell::store::source;
use crate::timeline::AsOf;

/// An earlier day of a network that is looked at.
#[derive(Debug)]
pub(super) struct Then<'a> {
    looked: &'a Looked,
    as_of: AsOf,
    /// The versions of what people wrote, and the change that names those of then; `None`
    /// before anything was stored.
    past: Option<(Past<'a>, i64)>,
}

impl<'a> Then<'a> {
    /// # Errors
    /// When the store fails.
    pub(super) fn new(looked: &'a Looked, as_of: AsOf) -> Result<Then<'a>, Error> {
        let today = (&looked.network, &looked.rules);
        let change = looked.rows.as_ref().map(|rows| {
            let change = source::change_known(rows, as_of.known)?;
            let past = Past::new(rows, today, &looked.memory, Mistakes::AsWritten);
            Ok::<_, Error>(change.map(|change| (past, change)))
        });
        let past = change.transpose()?.flatten();
        Ok(Then { looked, as_of, past })
    }

    /// What a member was judged by; `None` when it was not registered.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) fn situation(
        &mut self,
        member: &Member,
    ) -> Result<Option<Situation>, Error> {
        match &mut self.past {
            Some((past, change)) => {
                past.situation(&member.organization().id, *change, self.as_of)
            }
            None => {
                let book = self.looked.memory.shared_book();
                Ok(Some(member.situation(&book, self.as_of)))
            }
        }
    }

    /// Everybody who was registered, with their values. Of who is gone by now the papers
    /// are not looked at again: the value is the one that was published last by then.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) fn earlier(mut self) -> Result<Earlier, Error> {
        let mut earlier = Earlier { day: Some(self.as_of.day), ..Earlier::default() };
        for member in self.looked.memory.members() {
            let Some(organization) = self.organization(member)? else { continue };
            let Some(situation) = self.situation(member)? else { continue };
            for definition in situation.book.indexes() {
                if let Some(index) = member.index(&situation, &definition.id) {
                    let values = earlier.values.entry(definition.id.clone()).or_default();
                    values.insert(organization.id.clone(), index.value);
                }
            }
            earlier.organizations.push(organization);
        }
        self.add_gone(&mut earlier)?;
        Ok(earlier)
    }

    fn organization(&mut self, member: &Member) -> Result<Option<Organization>, Error> {
        match &mut self.past {
            Some((past, change)) => past.registered(&member.organization().id, *change),
            None => Ok(Some(member.organization().clone())),
        }
    }

    fn add_gone(&mut self, earlier: &mut Earlier) -> Result<(), Error> {
        let (Some(rows), Some((past, change))) = (&self.looked.rows, &mut self.past)
        else {
            return Ok(());
        };
        let mut published: BTreeMap<(String, String), Option<u32>> = BTreeMap::new();
        for row in judgement::indexes(rows)? {
            if row.as_of <= self.as_of.day && row.known <= self.as_of.known {
                published.insert((row.organization, row.rulebook), row.index.value);
            }
        }
        for path in source::paths(rows, *change, "organizations/")? {
            let id = path.split('/').nth(1).unwrap_or_default();
            if self.looked.memory.member(id).is_some() {
                continue;
            }
            let Some(organization) = past.registered(id, *change)? else { continue };
            for ((_, rulebook), value) in
                published.iter().filter(|((who, _), _)| who == id)
            {
                let values = earlier.values.entry(rulebook.clone()).or_default();
                values.insert(id.to_owned(), *value);
            }
            earlier.organizations.push(organization);
        }
        Ok(())
    }
}
