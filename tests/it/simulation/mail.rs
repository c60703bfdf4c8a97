//! The mail server of the world: takes letters, refuses them, is away, and is silent after
//! the dot. It knows what it took, which is all that recipients ever see.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use mithaq::shell::outbox::way::{Hand, Way};
use mithaq::shell::smtp::Fate;

use super::dice::Dice;
use super::machine::Shared;
use super::planted::Planted;

/// How often what goes wrong, in hundredths.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weather {
    pub(super) away: u64,
    pub(super) later: u64,
    pub(super) refused: u64,
    pub(super) cut: u64,
    pub(super) silent: u64,
}

#[derive(Default)]
pub(super) struct Server {
    pub(super) weather: Weather,
    /// What was taken, by the letter's name, each time with its bytes.
    pub(super) taken: BTreeMap<String, Vec<Vec<u8>>>,
    /// Names of letters after whose dot nothing was heard, or the machine stopped.
    pub(super) doubtful: BTreeSet<String>,
    /// Taken and answered; a stop before the row knows leaves it open.
    pub(super) unsettled: Option<String>,
    /// Names of letters that were refused for good.
    pub(super) refused: BTreeSet<String>,
}

/// A way by which letters reach the server, and the server.
pub(super) fn server(
    machine: Shared,
    dice: Dice,
    planted: Planted,
) -> (Way, Rc<RefCell<Server>>) {
    let server = Rc::new(RefCell::new(Server::default()));
    let (shared, dice) = (Rc::clone(&server), RefCell::new(dice));
    let hand =
        move |row: &mithaq::shell::outbox::Row,
              raw: &[u8],
              before_dot: &mut dyn FnMut() -> Result<(), mithaq::shell::Error>| {
            let mut server = shared.borrow_mut();
            let mut dice = dice.borrow_mut();
            let weather = server.weather;
            server.unsettled = None;
            let said = |reply: &str| reply.to_owned();
            machine.moment("connecting")?;
            if dice.chance(weather.away) {
                return Ok(Fate::ChannelFault {
                    reply: said("connect: away"),
                    stands: false,
                });
            }
            if dice.chance(weather.refused) {
                server.refused.insert(row.message_id.clone());
                return Ok(Fate::Refused {
                    reply: said("rcpt: 550 nobody of that name"),
                });
            }
            if dice.chance(weather.later) {
                return Ok(Fate::Later { reply: said("rcpt: 450 greylisted") });
            }
            before_dot()?;
            machine.moment("before the dot")?;
            if dice.chance(weather.cut) {
                return Ok(Fate::Later { reply: said("content: the line was cut") });
            }
            let silent = dice.chance(weather.silent);
            if silent && dice.chance(50) {
                server.doubtful.insert(row.message_id.clone());
                return Ok(Fate::Uncertain {
                    reply: said("dot: no answer, and not taken"),
                });
            }
            let again = row.again && planted == Planted::NewNameOnResend;
            let name = if again {
                format!("{}.again", row.message_id)
            } else {
                row.message_id.clone()
            };
            server.taken.entry(name).or_default().push(raw.to_vec());
            let stopped = machine.moment("after the dot");
            if silent || stopped.is_err() {
                server.doubtful.insert(row.message_id.clone());
            }
            stopped?;
            if silent {
                return Ok(Fate::Uncertain { reply: said("dot: no answer in time") });
            }
            server.unsettled = Some(row.message_id.clone());
            Ok(Fate::Accepted { reply: said("250 2.0.0 taken") })
        };
    (Way::Hand(Hand(Rc::new(hand))), server)
}
