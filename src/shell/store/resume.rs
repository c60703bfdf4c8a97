//! What a start goes on from: each organization's verdicts, whole and small.
//!
//! The rows are written by the step that judges and deleted by whatever changes what papers
//! say without judging; a row that cannot be read is as good as none.

use rusqlite::{Connection, params};

use crate::calendar::Day;
use crate::document::Sha256;
use crate::plan::{Resume, Resumed};
use crate::shell::Error;
use crate::verdict::{Breakpoint, Finality, NextChange, Score, State, Verdict};

/// Keeps what the next start goes on from, or that it goes on from nothing.
///
/// # Errors
/// When the store fails.
pub fn keep(connection: &Connection, resumed: &Resumed) -> Result<(), Error> {
    let resume = match resumed {
        Resumed::Not(organization) => return forget(connection, organization),
        Resumed::As(resume) => resume,
    };
    let mut verdicts = Vec::with_capacity(resume.verdicts.len() * VERDICT_BYTES);
    resume.verdicts.iter().for_each(|verdict| write(verdict, &mut verdicts));
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO resume (organization, basis, judged_on, due_on, verdicts,
               digested, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            resume.organization,
            resume.basis.0,
            resume.judged_on.0,
            resume.due_on.map(|day| day.0),
            verdicts,
            resume.digested,
            changes_to_bytes(&resume.changed),
        ])?;
    Ok(())
}

/// From now on the next start judges the organization whole.
///
/// # Errors
/// When the store fails.
pub fn forget(connection: &Connection, organization: &str) -> Result<(), Error> {
    connection
        .prepare_cached("DELETE FROM resume WHERE organization = ?1")?
        .execute([organization])?;
    Ok(())
}

/// What is kept of an organization.
///
/// # Errors
/// When the store fails.
pub fn find(
    connection: &Connection,
    organization: &str,
) -> Result<Option<Resume>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT basis, judged_on, due_on, verdicts, digested, changed FROM resume
         WHERE organization = ?1",
    )?;
    let mut rows = statement.query([organization])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let basis: Vec<u8> = row.get(0)?;
    let due_on: Option<i32> = row.get(2)?;
    let verdicts: Vec<u8> = row.get(3)?;
    let changed: Vec<u8> = row.get(5)?;
    let read = (basis.try_into(), all(&verdicts, read), all(&changed, read_change));
    let (Ok(basis), Ok(verdicts), Ok(changed)) = read else { return Ok(None) };
    Ok(Some(Resume {
        organization: organization.to_owned(),
        basis: Sha256(basis),
        judged_on: Day(row.get(1)?),
        due_on: due_on.map(Day),
        verdicts,
        digested: row.get(4)?,
        changed,
    }))
}

type Change = (usize, State, State);

/// A number of four bytes and two words.
const CHANGE_BYTES: usize = 4 + 2;

fn changes_to_bytes(changes: &[Change]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(changes.len() * CHANGE_BYTES);
    for (number, before, state) in changes {
        bytes.extend(u32::try_from(*number).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend([
            place(&State::ALL, Some(*before)),
            place(&State::ALL, Some(*state)),
        ]);
    }
    bytes
}

fn read_change(bytes: [u8; CHANGE_BYTES]) -> Result<Change, Strange> {
    let mut bytes = Bytes(&bytes);
    let number = usize::try_from(bytes.number()?).map_err(|_| Strange)?;
    let [before, state] = [bytes.word(&State::ALL)?, bytes.word(&State::ALL)?];
    Ok((number, before.ok_or(Strange)?, state.ok_or(Strange)?))
}

/// All that lie side by side in a row, and nothing else.
fn all<const N: usize, T>(
    bytes: &[u8],
    read: impl Fn([u8; N]) -> Result<T, Strange>,
) -> Result<Vec<T>, Strange> {
    let (each, rest) = bytes.as_chunks::<N>();
    if !rest.is_empty() {
        return Err(Strange);
    }
    each.iter().copied().map(read).collect()
}

/// Four words of one byte, a score, the next change and three days.
const VERDICT_BYTES: usize = 4 + 13 + 10 + 3 * 5;

fn write(verdict: &Verdict, bytes: &mut Vec<u8>) {
    let state = |state: Option<State>| place(&State::ALL, state);
    let finality = place(&Finality::ALL, Some(verdict.finality));
    let words = [Some(verdict.state), verdict.upcoming, verdict.underlying].map(state);
    bytes.extend(words);
    bytes.push(finality);
    let has = match verdict.score {
        None => 0,
        Some(Score { value: None, .. }) => 1,
        Some(_) => 2,
    };
    bytes.push(has);
    let Score { value, low, high } =
        verdict.score.unwrap_or(Score { value: None, low: 0, high: 0 });
    for number in [value.unwrap_or_default(), low, high] {
        bytes.extend(number.to_le_bytes());
    }
    let next = verdict.next_change;
    bytes.push(state(next.map(|next| next.state)));
    bytes.push(place(&Breakpoint::ALL, next.map(|next| next.why)));
    for day in [next.map(|next| next.on), next.map(|next| next.slot)] {
        bytes.extend(day.unwrap_or_default().0.to_le_bytes());
    }
    let (from, due) = verdict.running.unzip();
    for day in [verdict.judge_again, from, due] {
        bytes.push(u8::from(day.is_some()));
        bytes.extend(day.unwrap_or_default().0.to_le_bytes());
    }
}

fn read(bytes: [u8; VERDICT_BYTES]) -> Result<Verdict, Strange> {
    let mut bytes = Bytes(&bytes);
    let [state, upcoming, underlying] =
        [bytes.word(&State::ALL)?, bytes.word(&State::ALL)?, bytes.word(&State::ALL)?];
    let finality = bytes.word(&Finality::ALL)?.ok_or(Strange)?;
    let (has, value, low, high) =
        (bytes.byte()?, bytes.number()?, bytes.number()?, bytes.number()?);
    let score = Score { value: (has == 2).then_some(value), low, high };
    let (next, why) = (bytes.word(&State::ALL)?, bytes.word(&Breakpoint::ALL)?);
    let (on, slot) = (bytes.day()?, bytes.day()?);
    let [judge_again, from, due] =
        [bytes.perhaps_day()?, bytes.perhaps_day()?, bytes.perhaps_day()?];
    Ok(Verdict {
        state: state.ok_or(Strange)?,
        upcoming,
        underlying,
        finality,
        score: (has > 0).then_some(score),
        next_change: next.zip(why).map(|(state, why)| NextChange {
            on,
            state,
            slot,
            why,
        }),
        judge_again,
        running: from.zip(due),
    })
}

struct Bytes<'b>(&'b [u8]);

/// Bytes that this program never wrote.
struct Strange;

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Strange> {
        let (first, rest) = self.0.split_first_chunk().ok_or(Strange)?;
        self.0 = rest;
        Ok(*first)
    }

    fn byte(&mut self) -> Result<u8, Strange> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn number(&mut self) -> Result<u32, Strange> {
        self.take().map(u32::from_le_bytes)
    }

    fn day(&mut self) -> Result<Day, Strange> {
        self.take().map(|bytes| Day(i32::from_le_bytes(bytes)))
    }

    fn perhaps_day(&mut self) -> Result<Option<Day>, Strange> {
        let is_there = self.byte()? != 0;
        let day = self.day()?;
        Ok(is_there.then_some(day))
    }

    /// A word by its place.
    fn word<T: Copy>(&mut self, all: &[T]) -> Result<Option<T>, Strange> {
        match self.byte()? {
            NO_WORD => Ok(None),
            place => all.get(usize::from(place)).copied().map(Some).ok_or(Strange),
        }
    }
}

const NO_WORD: u8 = u8::MAX;

/// The place of a word among all. Another order is another program, and what it finds it takes
/// for none of its own.
fn place<T: PartialEq>(all: &[T], word: Option<T>) -> u8 {
    let place = word.and_then(|word| all.iter().position(|one| *one == word));
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(NO_WORD)
}
