//! From a duty to its slots: the right kernel, then scope, exceptions, waivers, states.

use super::view::{Duty, View};
use super::{
    all, collection, deadline, exception, order, periodic, prohibition, standing,
};
use crate::calendar::Day;
use crate::norm::Norm;
use crate::verdict::Slot;

/// Calls `sink` for each slot that may be due on or after `since`, in order, up to the
/// first one that opens after the day judged.
pub fn each_slot(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let healthy_through = view.healthy_through();
    each_bare_slot(duty, view, since, &mut |slot| {
        let mut slot = *slot;
        exception::apply(duty, view, &mut slot);
        slot.waived = view.waived(&slot);
        slot.underlying = slot.underlying_on(view.as_of.day, healthy_through);
        slot.state = slot.with_waiver(view.as_of.day, slot.underlying);
        sink(&slot);
    });
}

/// The slots of the norm alone: no scope, no exception, no waiver, no state.
pub(super) fn each_bare_slot(
    duty: &Duty<'_>,
    view: &View<'_>,
    since: Day,
    sink: &mut dyn FnMut(&Slot),
) {
    let Some(start) = view.start() else { return };
    match duty.norm {
        Norm::Frequency { what, least, cycle } => {
            periodic::frequency(
                duty,
                view,
                (*what, *least, *cycle),
                (start, since),
                sink,
            );
        }
        Norm::Rolling { what, gap } => {
            standing::rolling(duty, view, (*what, *gap), (start, since), sink);
        }
        Norm::Deadline { what, anchor, within } => {
            deadline::anchored(
                duty,
                view,
                (*what, *anchor, *within),
                (start, since),
                sink,
            );
        }
        Norm::FixedDate { what, month, day } => {
            periodic::fixed_date(duty, view, (*what, *month, *day), (start, since), sink);
        }
        Norm::Standing { what, review } => {
            standing::standing(duty, view, (*what, *review), (start, since), sink);
        }
        Norm::Size { body, least, most } => {
            standing::size(duty, view, (*body, *least, *most), start, sink);
        }
        Norm::Quorum { body, share } => {
            collection::quorum(duty, view, (*body, *share), (start, since), sink);
        }
        Norm::Never { what } => prohibition::never(duty, view, *what, start, sink),
        Norm::Free { .. } => {}
        Norm::Order { steps, anchor, limit, ever } => {
            let asked =
                order::Order { steps, anchor: *anchor, limit: *limit, ever: *ever };
            order::order(duty, view, asked, start, sink);
        }
        Norm::All(norms) => all::all(duty, view, norms, (start, since), sink),
        Norm::Contents { document, items } => {
            collection::contents(duty, view, (*document, items), (start, since), sink);
        }
    }
}
