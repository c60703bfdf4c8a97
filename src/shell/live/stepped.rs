//! A network that is stepped from outside: by a clock and a mail server of somebody else's.
//! For tests and simulations.

use crate::shell::Error;
use crate::shell::clock::Clock;
use crate::shell::live::Live;
use crate::shell::outbox;
use crate::shell::outbox::delivery;
use crate::shell::outbox::delivery::{Channel, Delivered};
use crate::shell::outbox::way::Way;

impl Live {
    /// The same at another time.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Live {
        Live { clock, ..self }
    }

    /// Delivers the letters that are due by this way, whatever the settings say.
    ///
    /// # Errors
    /// When the store fails.
    pub fn deliver_by(
        &self,
        way: &Way,
        channel: &mut Channel,
    ) -> Result<Delivered, Error> {
        let still_true = outbox::still_true;
        delivery::deliver(&self.writer, way, channel, self.clock, still_true)
    }
}
