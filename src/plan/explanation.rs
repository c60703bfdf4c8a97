//! What somebody who asks why is told of a slot beyond its state: how its days were counted,
//! when its clock stood still, and what would settle or repair it.

use super::indexes::Situation;
use super::member::Member;
use super::waived::Waived;
use crate::calendar::Period;
use crate::judge;
use crate::reckoning;
use crate::remedy::{self, Case, Remedy, words};
use crate::text::Bilingual;
use crate::verdict::Slot;

/// One slot explained.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Explanation {
    /// The sums, English and Arabic.
    pub sums: Vec<[String; 2]>,
    pub windows: Vec<Window>,
    /// `None` where nothing is to be settled or repaired.
    pub remedy: Option<Remedy>,
    /// The remedy in whole sentences.
    pub sentences: Vec<[String; 2]>,
}

/// A time in which the clock stood still.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    pub days: Period,
    /// What the calendar calls it; `None` where the rule itself says it.
    pub name: Option<Bilingual>,
}

impl Member {
    /// Explains a slot. Costs some tens of judgements.
    pub fn explain(
        &self,
        situation: &Situation,
        number: usize,
        slot: &Slot,
    ) -> Explanation {
        let Some(duty) = situation.book.duty(number) else {
            return Explanation::default();
        };
        let waived = Waived::from(&situation.waivers, &situation.book, number);
        let view = self.view(situation, &waived);
        let case = Case { duty, view, slot };
        let remedy = remedy::remedy(&case);
        let vocabulary = self.vocabulary();
        let sentences = remedy
            .as_ref()
            .zip(vocabulary)
            .map(|(remedy, vocabulary)| words::sentences(remedy, &case, vocabulary));
        Explanation {
            sums: reckoning::sums(&duty, &view, slot),
            windows: self.windows(situation, number, slot),
            remedy,
            sentences: sentences.unwrap_or_default(),
        }
    }

    /// The windows that moved the days of a slot.
    pub fn windows(
        &self,
        situation: &Situation,
        number: usize,
        slot: &Slot,
    ) -> Vec<Window> {
        let Some(duty) = situation.book.duty(number) else { return Vec::new() };
        let days =
            judge::suspensions(&duty, &situation.profile.working.suspensions, slot);
        days.into_iter()
            .map(|days| Window { days, name: self.window_name(days) })
            .collect()
    }

    fn window_name(&self, days: Period) -> Option<Bilingual> {
        let named = &self.organization().suspensions;
        let touches = |other: &Period| other.from <= days.to && days.from <= other.to;
        let mut names =
            named.iter().filter(|(other, _)| touches(other)).map(|(_, name)| name);
        let first = names.next()?.clone();
        Some(names.fold(first, |all, name| {
            let joined = |language, comma: &str| {
                format!("{}{comma}{}", all.read_in(language), name.read_in(language))
            };
            Bilingual::new(
                &joined(crate::text::Language::English, ", "),
                &joined(crate::text::Language::Arabic, "، "),
            )
        }))
    }
}
