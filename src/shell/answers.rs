//! The desk for answers: takes a received message, puts it on record with all that follows
//! from it in one transaction, and writes the letters that tell of it.
//!
//! It works on the store directly, beside a daemon that may be running: nothing that it
//! writes is in the daemon's memory. A mail server that is told of a failure brings the
//! message again; the same message is taken once.

use rusqlite::{Connection, TransactionBehavior};
use serde_json::json;

use crate::answers;
use crate::answers::{Answered, Decision, Nature};
use crate::letters;
use crate::letters::body::{self, Asks, Stage};
use crate::letters::{Body, Letter, Recipient, Sender};
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::network::Network;
use crate::shell::register;
use crate::shell::register::Zones;
use crate::shell::store::answer;
use crate::shell::store::answer::{Fresh, Settled};
use crate::shell::store::ledger;
use crate::shell::store::ledger::checkpoint;
use crate::shell::store::letter;
use crate::shell::store::letter::Waiting;
use crate::shell::store::setting;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its number on record; `None` when it was there already.
    pub number: Option<i64>,
    /// What it asks, or why nothing followed.
    pub decision: &'static str,
}

/// The network, and what its letters are made with.
struct Desk<'a> {
    network: &'a Network,
    sender: Sender,
    now: i64,
}

/// Takes a message that the mail server delivered to the addresses `to`, as far as it says.
///
/// # Errors
/// When the store fails: nothing of it is on record then, and it may be brought again.
pub fn receive(
    connection: &mut Connection,
    network: &Network,
    (raw, to): (&[u8], &[String]),
    now: i64,
) -> Result<Taken, Error> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let desk = Desk::open(&transaction, network, now)?;
    let taken = desk.take(&transaction, raw, to)?;
    transaction.commit()?;
    keep_checkpoint(connection);
    Ok(taken)
}

/// Writes down what was decided about an answer and tells whoever asked; `false` when
/// nothing of that number is open.
///
/// # Errors
/// When the store fails.
pub fn settle(
    connection: &mut Connection,
    network: &Network,
    (number, by, why): (i64, &str, &str),
    now: i64,
) -> Result<bool, Error> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let desk = Desk::open(&transaction, network, now)?;
    let settled = Settled { at: now, by: by.to_owned(), why: why.to_owned() };
    if !answer::settle(&transaction, number, &settled)? {
        return Ok(false);
    }
    desk.tell_settled(&transaction, number, &settled)?;
    transaction.commit()?;
    keep_checkpoint(connection);
    Ok(true)
}

/// What is durable stays so without its checkpoint; the next commit writes another.
fn keep_checkpoint(connection: &Connection) {
    if let Err(error) = checkpoint::keep(connection, &mut None) {
        tracing::warn!("{}", error.said.english);
    }
}

impl Desk<'_> {
    fn open<'a>(
        connection: &Connection,
        network: &'a Network,
        now: i64,
    ) -> Result<Desk<'a>, Error> {
        let key = setting::token_key(connection)?;
        let sender = register::sender(network, &Zones::of(network), key);
        Ok(Desk { network, sender, now })
    }

    fn take(
        &self,
        connection: &Connection,
        raw: &[u8],
        to: &[String],
    ) -> Result<Taken, Error> {
        let received = answers::read(raw, to);
        let mut found = None;
        for token in &received.tokens {
            found = answer::letter_of(connection, token.as_str())?;
            if found.is_some() {
                break;
            }
        }
        let answered = found.as_ref().map(|letter| self.answered(letter));
        let writer = received.from.clone().unwrap_or_default();
        let mut decision = answers::decide(&received, answered.as_ref());
        if matches!(decision, Decision::Asked(_))
            && answer::is_flood(connection, &writer, self.now)?
        {
            decision = Decision::Ignored;
        }
        let said = match &received.nature {
            Nature::Written { said, .. } => said.as_str(),
            Nature::Returned(failure) => failure.said.as_str(),
            Nature::Automatic => "",
        };
        let open = matches!(decision, Decision::Asked(asks) if asks.needs_a_person());
        let code = code(&decision);
        let fresh = Fresh {
            sha256: disk::sha256(raw),
            message_id: received.id.as_deref(),
            writer: &writer,
            letter: found.as_ref().map(|letter| letter.id),
            decision: code,
            said,
            open,
        };
        let number = answer::enter(connection, &fresh, self.now)?;
        if let (Some(number), Some(letter)) = (number, &found) {
            let taken = Message { number, letter, writer: &writer, said };
            match &decision {
                Decision::Asked(asks) => self.asked(connection, &taken, *asks)?,
                Decision::Returned(failure) => {
                    self.returned(connection, &taken, failure.permanent)?;
                }
                Decision::NotOnRegister => self.record(connection, &taken, code)?,
                Decision::Ignored | Decision::UnknownLetter => {}
            }
        }
        Ok(Taken { number, decision: code })
    }

    /// Who may answer a letter: whoever is on the register of its organization today.
    fn answered(&self, letter: &answer::Letter) -> Answered {
        let organization = self.network.organizations.get(&letter.organization);
        let people = organization.map(|one| one.file.people.as_slice());
        let people = people.unwrap_or_default().iter();
        Answered {
            kind: letter.kind.clone(),
            recipient: letter.recipient.clone(),
            register: people.map(|person| person.email.clone()).collect(),
        }
    }

    fn asked(
        &self,
        connection: &Connection,
        taken: &Message<'_>,
        asks: Asks,
    ) -> Result<(), Error> {
        let letter = taken.letter;
        let of = (letter.organization.as_str(), letter.recipient.as_str());
        match asks {
            Asks::Mute => answer::mute(connection, of, &letter.kind, self.now)?,
            Asks::Pause => answer::mute(connection, of, "*", self.now)?,
            Asks::Resume => answer::unmute(connection, of.0, of.1)?,
            Asks::Dispute
            | Asks::Correction
            | Asks::Exemption
            | Asks::Extension
            | Asks::Message => {}
        }
        answer::reached(connection, &letter.organization, taken.writer)?;
        self.record(connection, taken, asks.code())?;
        let who = self.person(&letter.organization, taken.writer);
        let told = |stage| body::Answer {
            number: taken.number,
            stage,
            asks,
            organization: who.organization_name.clone(),
            who: who.name.clone(),
            address: who.address.clone(),
            about: letter.subject.clone(),
            finding: letter.finding().map(str::to_owned),
            said: taken.said.to_owned(),
        };
        let key = format!("answer-{}", taken.number);
        let officer = self.officer(&letter.organization);
        let mut body = told(Stage::ForOfficer);
        // The officer has no letter of that thread.
        body.finding = None;
        self.write(connection, officer, (&key, "officer"), Body::Answer(Box::new(body)))?;
        let body = Body::Answer(Box::new(told(Stage::Understood)));
        self.write(connection, who, (&key, ""), body)
    }

    fn returned(
        &self,
        connection: &Connection,
        taken: &Message<'_>,
        permanent: bool,
    ) -> Result<(), Error> {
        let letter = taken.letter;
        let of = (letter.organization.as_str(), letter.recipient.as_str());
        let newly = answer::returned(connection, of, permanent, taken.said, self.now)?;
        self.record(connection, taken, if newly { "failing" } else { "returned" })?;
        if !newly {
            return Ok(());
        }
        let who = self.person(&letter.organization, &letter.recipient);
        let body = body::Undeliverable {
            organization: who.organization_name,
            who: who.name,
            address: who.address,
            about: letter.subject.clone(),
            said: taken.said.to_owned(),
        };
        let officer = self.officer(&letter.organization);
        let key = format!("failing-{}", taken.number);
        self.write(connection, officer, (&key, ""), Body::Undeliverable(body))
    }

    fn tell_settled(
        &self,
        connection: &Connection,
        number: i64,
        settled: &Settled,
    ) -> Result<(), Error> {
        let mut all = answer::listed(connection, i64::MAX)?.into_iter();
        let Some(answer) = all.find(|one| one.number == number) else { return Ok(()) };
        let Some(letter) = &answer.letter else { return Ok(()) };
        let taken =
            Message { number, letter, writer: &answer.writer, said: &answer.said };
        self.record(connection, &taken, "settled")?;
        let who = self.person(&letter.organization, &answer.writer);
        let (by, why) = (settled.by.clone(), settled.why.clone());
        let body = body::Answer {
            number,
            stage: Stage::Settled { by, why },
            asks: asks_of(&answer.decision),
            organization: who.organization_name.clone(),
            who: who.name.clone(),
            address: who.address.clone(),
            about: letter.subject.clone(),
            finding: letter.finding().map(str::to_owned),
            said: answer.said.clone(),
        };
        let key = format!("answer-{number}");
        self.write(connection, who, (&key, "settled"), Body::Answer(Box::new(body)))
    }

    /// What the ledger says of it: hashes and addresses, not their words.
    fn record(
        &self,
        connection: &Connection,
        taken: &Message<'_>,
        decision: &str,
    ) -> Result<(), Error> {
        let letter = taken.letter;
        let detail = json!({
            "number": taken.number,
            "decision": decision,
            "writer": taken.writer,
            "letter": letter.kind,
            "about": letter.subject_key,
        });
        let entry = ledger::Entry {
            at: self.now,
            kind: ledger::Kind::Answer,
            organization: letter.organization.clone(),
            subject: letter.name.clone(),
            detail: detail.to_string(),
        };
        ledger::append(connection, &[entry])
    }

    fn write(
        &self,
        connection: &Connection,
        to: Recipient,
        (key, window): (&str, &str),
        body: Body,
    ) -> Result<(), Error> {
        let (subject_key, window) = (key.to_owned(), window.to_owned());
        let letter = Letter { to, subject_key, window, body };
        let rendered = match letters::render(&letter, &self.sender, self.now) {
            Ok(rendered) => rendered,
            Err(unsendable) => {
                tracing::error!(
                    "a letter about an answer could not be made: {unsendable}"
                );
                return Ok(());
            }
        };
        let waiting = Waiting::new(&letter, rendered);
        if letter::enqueue(connection, &waiting, self.now)? {
            ledger::append(connection, &[waiting.entry(self.now)])?;
        }
        Ok(())
    }

    /// Somebody on an organization's register; by the bare address where nobody is.
    fn person(&self, id: &str, address: &str) -> Recipient {
        let settings = &self.network.settings;
        let organization = self.network.organizations.get(id);
        let mut people = organization.iter().flat_map(|one| &one.file.people);
        let person = people.find(|person| answers::same_address(&person.email, address));
        Recipient {
            organization: id.to_owned(),
            organization_name: organization
                .map_or_else(|| settings.name.clone(), |one| one.file.name.clone()),
            name: person.map(|one| one.name.clone()).unwrap_or_default(),
            address: person.map_or_else(|| address.to_owned(), |one| one.email.clone()),
            role: person.map(|one| one.role.clone()).unwrap_or_default(),
            language: person.and_then(|one| one.language).unwrap_or(settings.language),
        }
    }

    /// Who decides: the officer that the settings name, else who reads replies.
    fn officer(&self, organization: &str) -> Recipient {
        let settings = &self.network.settings;
        let officer = settings.officer.as_ref();
        Recipient {
            organization: organization.to_owned(),
            organization_name: settings.name.clone(),
            name: officer.map(|one| one.name.clone()).unwrap_or_default(),
            address: officer
                .map_or_else(|| self.sender.reply.clone(), |one| one.email.clone()),
            role: "officer".to_owned(),
            language: officer.and_then(|one| one.language).unwrap_or(settings.language),
        }
    }
}

/// A message on record, and the letter that it carries the token of.
struct Message<'m> {
    number: i64,
    letter: &'m answer::Letter,
    writer: &'m str,
    said: &'m str,
}

fn code(decision: &Decision) -> &'static str {
    match decision {
        Decision::Asked(asks) => asks.code(),
        Decision::Returned(_) => "returned",
        Decision::Ignored => "ignored",
        Decision::UnknownLetter => "unknown_letter",
        Decision::NotOnRegister => "not_on_register",
    }
}

/// What a row asks for, by its name.
pub fn asks_of(decision: &str) -> Asks {
    let all = [
        Asks::Dispute,
        Asks::Correction,
        Asks::Exemption,
        Asks::Extension,
        Asks::Mute,
        Asks::Pause,
        Asks::Resume,
    ];
    all.into_iter().find(|asks| asks.code() == decision).unwrap_or(Asks::Message)
}
