//! One case: a rule, an organization, its papers and the moments at which it is judged; as
//! data that the naive judge reads, and as what the fast judge is given.

use mithaq::calendar::{Day, MonthCounting, Period, Span};
use mithaq::document::Sha256;
use mithaq::judge::{Profile, View};
use mithaq::norm::{Condition, Counting, Exception, Norm};
use mithaq::organization::Waiver;
use mithaq::program::{
    Force, Precedence, Rule, RuleKind, Rulebook, Severity, Status, Window,
};
use mithaq::text::Language;
use mithaq::timeline::{AsOf, Doubt, Entry, Folder, Instant, Subject, Timeline};

/// What a rule says, and what its rulebook chose.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) norm: Norm,
    pub(super) applies_to: Option<Condition>,
    pub(super) jurisdictions: Vec<String>,
    pub(super) only: Vec<Counting>,
    pub(super) exceptions: Vec<Exception>,
    pub(super) gives_way_to: Vec<Precedence>,
    pub(super) grace: Span,
    pub(super) lag: Span,
    pub(super) lead: Span,
    pub(super) months: MonthCounting,
    pub(super) fiscal_quarters: bool,
    /// Of the rulebook.
    pub(super) in_force: Option<Day>,
    /// Of the rule.
    pub(super) window: Window,
    pub(super) suspended: Vec<Period>,
}

/// A paper with what it tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paper {
    pub(super) received: Instant,
    /// `known`, `superseded`, `contradicted` and `paper` are the timeline's to fill.
    pub(super) tells: Vec<Entry>,
    /// The paper whose file it overwrote.
    pub(super) replaces: Option<usize>,
    /// When somebody took it back.
    pub(super) withdrawn: Option<Instant>,
    /// The keys of the items found in it.
    pub(super) contains: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Case {
    pub(super) said: Said,
    /// What it said before, version by version: of them and of `said` the windows lie one
    /// after the other, and what their rulebook chose is one.
    pub(super) earlier: Vec<Said>,
    /// The duty whose breach it answers; the waivers are from that one.
    pub(super) above: Option<Box<Said>>,
    pub(super) profile: Profile,
    pub(super) papers: Vec<Paper>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) folder: Folder,
    pub(super) waivers: Vec<Waiver>,
    /// The people that papers name.
    pub(super) names: Vec<String>,
    /// When it is judged: the day, and what was known.
    pub(super) moments: Vec<(Day, Instant)>,
}

/// A case as the fast judge is given it.
pub(super) struct Given<'c> {
    pub(super) case: &'c Case,
    pub(super) rulebook: Rulebook,
    pub(super) timeline: Timeline,
    pub(super) waivers: Vec<&'c Waiver>,
}

impl Said {
    pub(super) fn plain(norm: Norm) -> Said {
        Said {
            norm,
            applies_to: None,
            jurisdictions: Vec::new(),
            only: Vec::new(),
            exceptions: Vec::new(),
            gives_way_to: Vec::new(),
            grace: Span::Days(0),
            lag: Span::Days(15),
            lead: Span::Days(30),
            months: MonthCounting::ToMonthEnd,
            fiscal_quarters: false,
            in_force: None,
            window: Window::default(),
            suspended: Vec::new(),
        }
    }

    fn rule(&self, id: &str) -> Rule {
        Rule {
            id: id.to_owned(),
            title: None,
            text: String::new(),
            written_in: Language::English,
            english: String::new(),
            arabic: String::new(),
            file: String::new(),
            line: 1,
            norm: self.norm.clone(),
            applies_to: self.applies_to.clone(),
            jurisdictions: self.jurisdictions.clone(),
            theme: None,
            confidence: None,
            counts_only_if: self.only.clone(),
            exceptions: self.exceptions.clone(),
            in_force: self.window,
            gives_way_to: self.gives_way_to.clone(),
            suspended: self.suspended.clone(),
            answers: None,
            earlier: Vec::new(),
            also: None,
            review_by: None,
            grace: self.grace,
            weight: 1,
            severity: Severity::Medium,
            dimension: "General".to_owned(),
            kind: RuleKind::Practice,
            status: Status::InForce,
            source: None,
            remedy: None,
            examples: Vec::new(),
            around: Vec::new(),
            meaning: String::new(),
        }
    }

    fn rulebook(&self) -> Rulebook {
        Rulebook {
            id: "book".to_owned(),
            title: String::new(),
            language: Language::English,
            in_force: self.in_force,
            months: self.months,
            fiscal_quarters: self.fiscal_quarters,
            lag: self.lag,
            lead: self.lead,
            force: Force::Charter,
            suspended: Vec::new(),
            jurisdictions: Vec::new(),
            status: Status::InForce,
            dimensions: Vec::new(),
            dimension_weights: Default::default(),
            mean: Default::default(),
            includes: Vec::new(),
            rules: vec![self.rule("rule")],
            broken: Vec::new(),
        }
    }
}

impl Case {
    fn rulebook(&self) -> Rulebook {
        let mut rulebook = self.said.rulebook();
        let earlier = self.earlier.iter().map(|said| said.rule("rule"));
        rulebook.rules[0].earlier = earlier.collect();
        if let Some(above) = &self.above {
            rulebook.rules[0].answers = Some("above".to_owned());
            rulebook.rules.push(above.rule("above"));
        }
        rulebook
    }

    pub(super) fn given(&self) -> Given<'_> {
        Given {
            case: self,
            rulebook: self.rulebook(),
            timeline: {
                let mut timeline =
                    self.timeline(&(0..self.papers.len()).collect::<Vec<_>>());
                timeline.settle();
                timeline
            },
            waivers: self.waivers.iter().collect(),
        }
    }

    /// The same with papers that come in another order, each at its own time.
    pub(super) fn timeline(&self, order: &[usize]) -> Timeline {
        let mut timeline = Timeline::default();
        timeline.folder = self.folder;
        timeline.doubts = self.doubts.clone();
        for (index, paper) in self.papers.iter().enumerate() {
            timeline.papers_mut().push(mithaq::timeline::Paper {
                sha256: Sha256::ZERO,
                path: format!("paper-{index}.txt").into(),
                received: paper.received,
                contains: paper.contains.iter().cloned().collect(),
                passages: Box::default(),
            });
        }
        for name in &self.names {
            timeline.who(name);
        }
        for index in order {
            let paper = u32::try_from(*index).unwrap();
            for told in &self.papers[*index].tells {
                let known = self.papers[*index].received;
                timeline.add(Entry { known, paper, ..*told });
            }
        }
        for index in order {
            let paper = &self.papers[*index];
            let number = |index: usize| u32::try_from(index).unwrap();
            if let Some(old) = paper.replaces {
                timeline.supersede(number(old), number(*index), paper.received);
            }
            if let Some(at) = paper.withdrawn {
                timeline.withdraw(number(*index), at);
            }
        }
        timeline
    }
}

impl<'c> Given<'c> {
    pub(super) fn view(&self, (day, known): (Day, Instant)) -> View<'_> {
        let plain = View::new(&self.case.profile, &self.timeline, AsOf::new(day, known));
        if self.case.above.is_some() {
            View { waivers_above: &self.waivers, ..plain }
        } else {
            View { waivers: &self.waivers, ..plain }
        }
    }

    pub(super) fn duty(&self) -> mithaq::judge::Duty<'_> {
        mithaq::judge::Duty::of(&self.rulebook, &self.rulebook.rules[0])
    }
}

/// What a paper tells of a subject on a day, and nothing more.
pub(super) fn told(subject: Subject, day: Day) -> Entry {
    Entry::new(subject, day, 0, 0)
}
