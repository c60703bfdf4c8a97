//! What a judgement looks at: one duty with its choices, one organization on one day.

use super::scope::Profile;
use super::{counting, instead};
use crate::calendar::{Day, MonthCounting, Period, Span};
use crate::norm::{Condition, Counting, Exception, Norm, Occurrence, TermId};
use crate::organization::Waiver;
use crate::program::{Precedence, Rule, Rulebook, Window};
use crate::timeline::{AsOf, Aspect, Entry, Subject, Timeline};
use crate::verdict::{Applies, Foretold, Slot, State, Truth, Unknown};

/// A rule with the choices of its rulebook.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'p> {
    pub norm: &'p Norm,
    pub applies_to: Option<&'p Condition>,
    /// Where it is law; everywhere where none is named.
    pub jurisdictions: &'p [String],
    pub counts_only_if: &'p [Counting],
    pub exceptions: &'p [Exception],
    pub grace: Span,
    pub lag: Span,
    pub lead: Span,
    pub months: MonthCounting,
    pub fiscal_quarters: bool,
    pub in_force: Option<Day>,
    /// The last day that what is judged may be dated.
    pub until: Option<Day>,
    pub gives_way_to: &'p [Precedence],
    /// The windows in which its clock stands still, and those of the organization's
    /// calendar, which [`each_slot`](super::each_slot) looks up.
    pub suspended: &'p [Period],
    pub calendar: &'p [Period],
    /// The rule whose breach it answers, with its rulebook, and which version of it.
    pub answers: Option<(&'p Rulebook, &'p Rule, usize)>,
    /// Of a rule that changed: the rule with its earlier versions, and its rulebook.
    pub changed: Option<(&'p Rulebook, &'p Rule)>,
    /// Of one version: the days on which what it judges opens.
    pub opening: Window,
}

/// One organization on one day.
#[derive(Clone, Copy, Debug)]
pub struct View<'o> {
    pub profile: &'o Profile,
    pub timeline: &'o Timeline,
    pub as_of: AsOf,
    /// The waivers of this organization from the rule judged.
    pub waivers: &'o [&'o Waiver],
    /// Those from the rule whose breach it answers.
    pub waivers_above: &'o [&'o Waiver],
    /// What has to be so of the events that are counted; [`each_slot`](super::each_slot)
    /// takes it from the duty.
    pub only: &'o [Counting],
}

/// What a timeline holds of what a rule speaks of, as far as somebody knows of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matter<'o> {
    entries: &'o [Entry],
    pub(super) what: Occurrence,
    view: View<'o>,
}

/// People whom only papers name are numbered from here; the register has fewer.
const PAPERS_ONLY: u16 = 40_000;

/// The bounds of a slot before anything is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) opens: Day,
    pub(super) due: Day,
}

impl<'p> Duty<'p> {
    pub fn of(rulebook: &'p Rulebook, rule: &'p Rule) -> Duty<'p> {
        let changed = Some((rulebook, rule)).filter(|_| !rule.earlier.is_empty());
        let own = Duty::version(rulebook, rule, rule.earlier.len());
        Duty { changed, ..own }
    }

    /// One version of a rule, by its place in the order of their times. What it judges is
    /// told from its neighbours' by the day on which it opens; a state of things is judged
    /// on each day by the version in force on it.
    pub(super) fn version(
        rulebook: &'p Rulebook,
        whole: &'p Rule,
        at: usize,
    ) -> Duty<'p> {
        let versions = &whole.earlier;
        let rule = versions.get(at).unwrap_or(whole);
        let before = at.checked_sub(1).and_then(|at| versions.get(at));
        let after = (at < versions.len()).then(|| versions.get(at + 1).unwrap_or(whole));
        let Window { from, to } = rule.in_force;
        let by_day = |other: &Rule| lasts(&rule.norm) && !is_one_chain(rule, other);
        let (opens_from, from) = match before {
            Some(before) if !by_day(before) => (from, None),
            _ => (None, from),
        };
        let (opens_to, until) = match after {
            Some(after) if !by_day(after) => (to, None),
            _ => (None, to),
        };
        let answers = rulebook.answered_by(rule).map(|above| {
            let same = |version: &Rule| version.in_force == rule.in_force;
            (rulebook, above, above.versions().position(same).unwrap_or_default())
        });
        Duty {
            norm: &rule.norm,
            applies_to: rule.applies_to.as_ref(),
            jurisdictions: &rule.jurisdictions,
            counts_only_if: &rule.counts_only_if,
            exceptions: &rule.exceptions,
            grace: rule.grace,
            lag: rulebook.lag,
            lead: rulebook.lead,
            months: rulebook.months,
            fiscal_quarters: rulebook.fiscal_quarters,
            // What answers a breach has no time of its own beside the breach's.
            in_force: rulebook.in_force.max(from.filter(|_| answers.is_none())),
            until: until.filter(|_| answers.is_none()),
            gives_way_to: &rule.gives_way_to,
            suspended: &rule.suspended,
            calendar: &[],
            opening: match answers {
                Some(_) => Window::default(),
                None => Window { from: opens_from, to: opens_to },
            },
            answers,
            changed: None,
        }
    }

    /// Its versions, each alone.
    pub(super) fn versions(&self) -> impl Iterator<Item = Duty<'p>> + use<'p> {
        let (own, changed) = (*self, self.changed);
        let count = changed.map_or(1, |(_, rule)| rule.earlier.len() + 1);
        (0..count).map(move |at| match changed {
            Some((rulebook, rule)) => Duty::version(rulebook, rule, at),
            None => own,
        })
    }

    /// The version that what opens on a day is judged by.
    pub(super) fn on(&self, day: Day) -> Duty<'p> {
        let Some((rulebook, rule)) = self.changed else { return *self };
        let begun = |rule: &&Rule| rule.in_force.from.is_none_or(|from| from <= day);
        let at = rule.versions().filter(begun).count().saturating_sub(1);
        Duty::version(rulebook, rule, at)
    }

    /// A norm with nothing said around it: a rulebook's choices are those of one that
    /// makes none.
    pub fn plain(norm: &'p Norm) -> Duty<'p> {
        Duty {
            norm,
            applies_to: None,
            jurisdictions: &[],
            counts_only_if: &[],
            exceptions: &[],
            grace: Span::Days(0),
            lag: Span::Days(15),
            lead: Span::Days(30),
            months: MonthCounting::ToMonthEnd,
            fiscal_quarters: false,
            in_force: None,
            until: None,
            gives_way_to: &[],
            suspended: &[],
            calendar: &[],
            answers: None,
            changed: None,
            opening: Window::default(),
        }
    }

    /// Whether what is dated `day` falls under the rulebook.
    pub(super) fn binds(&self, day: Day) -> bool {
        self.in_force.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
    }

    /// Whether nothing dated `day` is asked yet, and later something will be.
    pub(super) fn is_early(&self, day: Day) -> bool {
        self.in_force.is_some_and(|from| day < from)
    }

    /// The last day of a span after `trigger`.
    pub(super) fn due(&self, view: &View<'_>, trigger: Day, span: Span) -> Day {
        match span {
            Span::WorkingDays(days) => view.profile.working.after(trigger, days),
            span => trigger.plus(span, self.months),
        }
    }

    /// The day that lies a span before `day`.
    pub(super) fn ahead(&self, view: &View<'_>, day: Day, span: Span) -> Day {
        match span {
            Span::WorkingDays(days) => view.profile.working.before(day, days),
            span => day.minus(span, self.months),
        }
    }

    /// A slot with all its days, its truth not yet looked at. Its clock runs from the day
    /// after it opens.
    pub(super) fn slot(&self, bounds: Bounds) -> Slot {
        let due = self.paused(bounds.opens.min(bounds.due), bounds.due);
        self.with_due(Bounds { due, ..bounds })
    }

    /// The same where the first day counts: of a quarter, of the time after a year.
    pub(super) fn slot_from(&self, bounds: Bounds) -> Slot {
        let due = self.paused(bounds.opens.previous().min(bounds.due), bounds.due);
        self.with_due(Bounds { due, ..bounds })
    }

    /// The same for a state of things that is over on the due day, whenever it began.
    pub(super) fn slot_of_state(&self, bounds: Bounds) -> Slot {
        let due = self.paused_state(bounds.due);
        self.with_due(Bounds { due, ..bounds })
    }

    /// The same where the due day is none that a window moves.
    pub(super) fn with_due(&self, bounds: Bounds) -> Slot {
        let grace = bounds.due.plus(self.grace, self.months);
        let grace_end = match self.grace {
            Span::Days(0) => grace,
            _ => self.paused(bounds.due, grace),
        };
        let counted = grace_end.max(bounds.due);
        Slot {
            from: bounds.from,
            to: bounds.to,
            opens: bounds.opens,
            // Of what is behind all days nothing is soon.
            soon: match bounds.due {
                Day::LATEST => Day::LATEST,
                due => due.minus(self.lead, self.months),
            },
            due: bounds.due,
            grace_end,
            lag_end: self.paused(counted, counted.plus(self.lag, self.months)),
            truth: Truth::NoEvidence,
            can_be_late: self.norm.can_be_late(),
            part: None,
            applies: Applies::Yes,
            waived: None,
            foretold: Foretold::ByItsDays,
            underlying: State::NotYetOpen,
            state: State::NotYetOpen,
        }
    }
}

impl<'o> View<'o> {
    /// An organization on a day, without waivers.
    pub fn new(profile: &'o Profile, timeline: &'o Timeline, as_of: AsOf) -> View<'o> {
        View { profile, timeline, as_of, waivers: &[], waivers_above: &[], only: &[] }
    }

    /// The same where only events of which all of this is so are counted.
    pub(super) fn counting<'s>(&self, only: &'s [Counting]) -> View<'s>
    where
        'o: 's,
    {
        View { only, ..*self }
    }

    /// The first day of the organization's duties; `None` when nothing is known of it yet.
    pub(super) fn start(&self) -> Option<Day> {
        self.profile.start.or_else(|| self.timeline.first_day(self.as_of))
    }

    pub(super) fn healthy_through(&self) -> Option<Day> {
        self.timeline.folder.healthy_through(self.as_of.known)
    }

    /// The entries for what a rule speaks of: looked up once, read once a slot.
    pub(super) fn matter(&self, what: Occurrence) -> Matter<'o> {
        let subject = Subject::new(what.noun, Aspect::Done(what.act));
        Matter { entries: self.timeline.of(subject), what, view: *self }
    }

    /// The known entries for what a rule speaks of, by day, without those that certainly
    /// do not count.
    pub(super) fn known(
        &self,
        what: Occurrence,
    ) -> impl Iterator<Item = &'o Entry> + use<'o> {
        self.matter(what).known()
    }

    /// Who is in a body or a post on a day, in the order of their numbers: by the register,
    /// else by the last paper that listed a body. `None` where neither says.
    pub(super) fn holders(&self, group: TermId, day: Day) -> Option<Vec<u16>> {
        if let Some(holders) = self.profile.register.holders(group, day) {
            return Some(holders);
        }
        let entries = self.timeline.of(Subject::new(group, Aspect::Seat));
        let known = |entry: &&Entry| entry.day <= day && entry.is_known(self.as_of);
        let last = entries.iter().rfind(known)?;
        let mut people: Vec<u16> = entries
            .iter()
            .filter(known)
            .filter(|entry| entry.paper == last.paper && entry.day == last.day)
            .filter_map(|entry| self.person(entry.who))
            .collect();
        people.sort_unstable();
        people.dedup();
        Some(people)
    }

    /// Whether somebody is of a group on a day, where that is known.
    pub(super) fn is(&self, person: u16, group: TermId, day: Day) -> Option<bool> {
        self.profile.register.is(person, group, day).or_else(|| {
            let holders = self.holders(group, day)?;
            Some(holders.contains(&person))
        })
    }

    /// How many are in a body on a day: by the register, else as last stated or listed.
    pub(super) fn members(&self, body: TermId, day: Day) -> Option<u16> {
        if let Some(holders) = self.profile.register.holders(body, day) {
            return u16::try_from(holders.len()).ok();
        }
        let known = |entry: &&Entry| entry.day <= day && entry.is_known(self.as_of);
        let of = |aspect| self.timeline.of(Subject::new(body, aspect)).iter();
        let stated = of(Aspect::Size).filter(|entry| entry.count.is_some()).rfind(known);
        let listed = of(Aspect::Seat).rfind(known).map(|entry| entry.day);
        match stated {
            Some(entry) if listed.is_none_or(|day| day <= entry.day) => entry.count,
            _ => u16::try_from(self.holders(body, day)?.len()).ok(),
        }
    }

    /// The number of a person whom a paper names: the register's, or one beyond all of
    /// them.
    pub(super) fn person(&self, who: u16) -> Option<u16> {
        let name = self.timeline.name(who)?;
        let known = self.profile.register.names.get(name).copied();
        known.or_else(|| who.checked_add(PAPERS_ONLY))
    }

    /// The name of a person by number, as the register or else as a paper has it.
    pub(super) fn name_of(&self, person: u16) -> Option<&'o str> {
        match self.profile.register.someone(person) {
            Some(someone) => Some(&someone.name),
            None => self.timeline.name(person.checked_sub(PAPERS_ONLY)?),
        }
    }

    /// Why silence about `what` in a slot is not absence: papers that give different days
    /// for it, or a paper that could be the evidence and is not understood. A paper whose
    /// kind or day nobody knows is held against the slots that were running when it
    /// arrived, and no others.
    pub(super) fn silence(&self, what: Occurrence, slot: &Slot) -> Truth {
        self.matter(what).silence(slot)
    }

    /// The days from which a paper that is known to be of this kind, and not understood, may
    /// be what a rule misses: its own day, else that of its arrival.
    pub(super) fn doubted(&self, noun: TermId) -> impl Iterator<Item = Day> + use<'o> {
        let known = self.as_of.known;
        let doubts = self.timeline.doubts.iter();
        let of_this = doubts.filter(move |doubt| {
            doubt.nouns.contains(&noun) && doubt.known <= known && known < doubt.settled
        });
        of_this.map(|doubt| doubt.day.unwrap_or(doubt.received_on))
    }

    /// Why something known of the period is not sure to count, if anything is: papers give
    /// different days for one event, or do not say what makes it count.
    pub(super) fn unsure_in(&self, what: Occurrence, during: Period) -> Option<Unknown> {
        self.matter(what).unsure_in(during)
    }

    /// Why an entry is not sure to count.
    pub(super) fn unsure(&self, what: Occurrence, entry: &Entry) -> Option<Unknown> {
        if self.timeline.is_contradicted(entry, self.as_of) {
            return Some(Unknown::Contradictory);
        }
        match counting::counts(self, what, entry) {
            Truth::Unknown(why) => Some(why),
            _ => None,
        }
    }
}

impl<'o> Matter<'o> {
    /// The known entries, by day; entries of the future among them, because they tell when
    /// the state will change.
    pub(super) fn known(self) -> impl Iterator<Item = &'o Entry> + use<'o> {
        let Matter { entries, what, view } = self;
        entries.iter().filter(move |entry| {
            entry.is_known(view.as_of)
                && agrees(entry, what)
                && (view.only.is_empty()
                    || counting::counts(&view, what, entry) != Truth::False)
        })
    }

    /// Why an entry is not sure to count.
    pub(super) fn unsure(&self, entry: &Entry) -> Option<Unknown> {
        self.view.unsure(self.what, entry)
    }

    /// What [`View::silence`] says, where all that comes before the slot may be left out.
    pub(super) fn silence(self, slot: &Slot) -> Truth {
        match self.unsure_in(Period { from: slot.from, to: slot.grace_end }) {
            Some(why) => Truth::Unknown(why),
            None => self.doubt(slot),
        }
    }

    /// The same of papers that nobody understands alone.
    pub(super) fn doubt(self, slot: &Slot) -> Truth {
        let Matter { what, view, .. } = self;
        let mut doubts = view.timeline.doubts.iter().filter(|doubt| {
            let about = doubt.nouns.is_empty() || doubt.nouns.contains(&what.noun);
            let then = doubt.day.map_or_else(
                || slot.opens <= doubt.received_on && doubt.received_on <= slot.lag_end,
                |day| slot.from <= day && day <= slot.grace_end,
            );
            let known = view.as_of.known;
            about && then && doubt.known <= known && known < doubt.settled
        });
        match doubts.next() {
            Some(doubt) if doubt.contradictory => Truth::Unknown(Unknown::Contradictory),
            Some(_) => Truth::Unknown(Unknown::Unreadable),
            None => Truth::NoEvidence,
        }
    }

    fn unsure_in(self, during: Period) -> Option<Unknown> {
        self.after(during.from.previous())
            .known()
            .take_while(|entry| entry.day <= during.to)
            .find_map(|entry| self.unsure(entry))
    }

    /// What is left of the matter after an event, told by its day and the number that the
    /// first of its papers states.
    pub(super) fn after_event(self, (day, number): (Day, u32)) -> Matter<'o> {
        let here = |entry: &&Entry| entry.day == day && entry.number >= number;
        let stated = self.known().filter(here).map(|entry| entry.number);
        let number = stated.filter(|number| *number != 0).min().unwrap_or(number);
        let told = |entry: &&Entry| (entry.day, entry.number) <= (day, number);
        let passed = self.entries.iter().take_while(told).count();
        Matter { entries: self.entries.get(passed..).unwrap_or_default(), ..self }
    }

    /// What is left of the matter from the day after `after` on.
    pub(super) fn after(self, after: Day) -> Matter<'o> {
        // Days come in order and the next one wanted is near: walking beats halving.
        let passed = self.entries.iter().take_while(|entry| entry.day <= after).count();
        Matter { entries: self.entries.get(passed..).unwrap_or_default(), ..self }
    }
}

/// Whether an entry may be what a rule asks for: where both name who or to whom, they agree.
fn agrees(entry: &Entry, what: Occurrence) -> bool {
    let same = |asked: Option<_>, stated: Option<_>| match (asked, stated) {
        (Some(asked), Some(stated)) => asked == stated,
        _ => true,
    };
    same(what.by, entry.by) && same(what.to, entry.to)
}

/// Whether a duty is about a state of things, or about something never happening: its time
/// is counted in days and not in occasions.
fn lasts(norm: &Norm) -> bool {
    norm.is_standing() || matches!(norm, Norm::Never { .. })
}

/// Two versions whose gaps are the links of one chain, none of which is asked from day to day.
fn is_one_chain(one: &Rule, other: &Rule) -> bool {
    let by_day = |rule: &Rule| instead::take_turns(&rule.norm, &rule.exceptions);
    continues(&one.norm, &other.norm) && !by_day(one) && !by_day(other)
}

/// Two versions of how long may pass from one event to the next: the links of one chain.
pub(super) fn continues(one: &Norm, other: &Norm) -> bool {
    match (one, other) {
        (Norm::Rolling { what, .. }, Norm::Rolling { what: then, .. }) => what == then,
        _ => false,
    }
}
