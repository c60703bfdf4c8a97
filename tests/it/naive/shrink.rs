//! A smaller case that still fails: everything that can be left out is.

use mithaq::calendar::Span;
use mithaq::judge::Attributes;
use mithaq::program::Window;

use super::case::{Case, Said};

/// The least case reached by leaving out one thing after another while it still fails.
pub(super) fn least(case: Case, fails: impl Fn(&Case) -> bool) -> Case {
    let mut least = case;
    loop {
        let Some(smaller) = smaller(&least).into_iter().find(|case| fails(case)) else {
            return least;
        };
        least = smaller;
    }
}

/// Each with one thing less.
fn smaller(case: &Case) -> Vec<Case> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Case)| {
        let mut smaller = case.clone();
        change(&mut smaller);
        // What a rulebook chose is one.
        if let Some(above) = &mut smaller.above {
            (above.lag, above.lead) = (smaller.said.lag, smaller.said.lead);
            above.fiscal_quarters = smaller.said.fiscal_quarters;
            above.in_force = smaller.said.in_force;
        }
        if smaller != *case {
            all.push(smaller);
        }
    };
    for at in 0..case.moments.len() {
        if case.moments.len() > 1 {
            with(&|case| case.moments = vec![case.moments[at]]);
        }
    }
    with(&|case| case.said.exceptions.clear());
    with(&|case| {
        case.earlier.pop();
    });
    for at in 0..case.earlier.len() {
        with(&|case| {
            let plain = Said::plain(case.earlier[at].norm.clone());
            let own = case.said.clone();
            case.earlier[at] = Said {
                window: case.earlier[at].window,
                lag: own.lag,
                lead: own.lead,
                months: own.months,
                fiscal_quarters: own.fiscal_quarters,
                in_force: own.in_force,
                ..plain
            };
        });
    }
    with(&|case| {
        if let Some(above) = &mut case.above {
            above.exceptions.clear();
            above.applies_to = None;
            above.jurisdictions.clear();
            above.gives_way_to.clear();
        }
    });
    with(&|case| {
        if let Some(above) = &mut case.above {
            above.grace = Span::Days(0);
        }
    });
    with(&|case| case.said.gives_way_to.clear());
    with(&|case| case.said.applies_to = None);
    with(&|case| case.said.jurisdictions.clear());
    with(&|case| case.said.only.clear());
    with(&|case| case.said.in_force = None);
    if case.earlier.is_empty() {
        with(&|case| case.said.window = Window::default());
    }
    with(&|case| case.said.grace = Span::Days(0));
    with(&|case| case.said.lag = Span::Days(15));
    with(&|case| case.said.lead = Span::Days(30));
    with(&|case| case.said.fiscal_quarters = false);
    with(&|case| case.profile.attributes = Attributes::default());
    with(&|case| case.profile.types.clear());
    with(&|case| case.profile.fiscal_years = Default::default());
    with(&|case| case.profile.working = Default::default());
    with(&|case| case.profile.working.holidays.clear());
    with(&|case| case.profile.working.suspensions.clear());
    with(&|case| case.folder.unhealthy = None);
    with(&|case| case.folder.first_seen = Some(0));
    with(&|case| case.profile.jurisdiction = None);
    for at in 0..case.profile.register.seats.len() {
        with(&|case| {
            case.profile.register.seats.remove(at);
        });
    }
    with(&|case| case.profile.register.whole.clear());
    for at in 0..case.said.exceptions.len() {
        with(&|case| {
            case.said.exceptions.remove(at);
        });
    }
    for at in 0..case.said.suspended.len() {
        with(&|case| {
            case.said.suspended.remove(at);
        });
    }
    for at in 0..case.doubts.len() {
        with(&|case| {
            case.doubts.remove(at);
        });
    }
    for at in 0..case.waivers.len() {
        with(&|case| {
            case.waivers.remove(at);
        });
        with(&|case| case.waivers[at].slots = None);
    }
    for at in 0..case.papers.len() {
        with(&|case| case.papers[at].tells.clear());
        with(&|case| case.papers[at].replaces = None);
        with(&|case| case.papers[at].withdrawn = None);
        with(&|case| case.papers[at].contains.clear());
        for told in 0..case.papers[at].tells.len() {
            with(&|case| {
                case.papers[at].tells.remove(told);
            });
            with(&|case| case.papers[at].tells[told].number = 0);
            with(&|case| case.papers[at].tells[told].about = None);
            with(&|case| case.papers[at].tells[told].by = None);
            with(&|case| case.papers[at].tells[told].to = None);
            with(&|case| case.papers[at].tells[told].until = None);
            with(&|case| case.papers[at].tells[told].of = None);
        }
    }
    with(&|case| {
        if case.papers.last().is_some_and(|paper| paper.tells.is_empty()) {
            case.papers.pop();
        }
    });
    all
}
