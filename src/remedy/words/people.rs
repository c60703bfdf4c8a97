//! What the register has to say of people, in whole sentences of both languages.

use super::super::person::Person;
use super::{Speaker, date};
use crate::lexicon::noun;
use crate::norm::{Quality, TermId};
use crate::text::isolate;

impl Speaker<'_> {
    pub(super) fn person(&self, person: &Person) -> [String; 2] {
        match person {
            Person::Listed { group, on, with } => {
                let ([group, fia], [on, fi]) = (self.term(*group), date(*on));
                let file = isolate("organization.toml");
                if let [such, sifat] = self.qualities(with)
                    && !with.is_empty()
                {
                    return [
                        format!(
                            "organization.toml has to name everybody in “{group}”, from {on} \
                             on, and to say whether this is so of each: {such}."
                        ),
                        format!(
                            "يلزم أن يذكر الملف {file} جميع من في «{fia}» اعتبارًا من {fi}، \
                             وأن يبيّن هل تتوفر لدى كل منهم الصفة الآتية: {sifat}."
                        ),
                    ];
                }
                [
                    format!(
                        "organization.toml has to name everybody in “{group}”, from {on} on."
                    ),
                    format!(
                        "يلزم أن يذكر الملف {file} جميع من في «{fia}» اعتبارًا من {fi}."
                    ),
                ]
            }
            Person::Joined { group, on, count, with } => {
                self.joined((&self.term(*group), *count), &date(*on), with)
            }
            Person::Left { seats, on } => self.left(seats, &date(*on)),
            Person::Known { person, quality, .. } => self.known(*person, *quality),
            Person::Explained { person, group } => {
                let ([group, fia], who) =
                    (self.term(*group), isolate(&self.who(*person)));
                let file = isolate("organization.toml");
                [
                    format!(
                        "organization.toml has to give the reason why {who} stays in “{group}” \
                         for longer."
                    ),
                    format!(
                        "يلزم أن يذكر الملف {file} سبب بقاء {who} ضمن «{fia}» مدة أطول."
                    ),
                ]
            }
            Person::Declared { person, on } => {
                let ([on, fi], who) = (date(*on), isolate(&self.who(*person)));
                let file = isolate("organization.toml");
                [
                    format!(
                        "organization.toml has to state that {who} has declared all relatives, \
                         by {on}."
                    ),
                    format!(
                        "يلزم أن يذكر الملف {file} صدور إقرار من {who} بجميع الأقارب حتى {fi}."
                    ),
                ]
            }
        }
    }

    fn left(&self, seats: &[(u16, TermId)], [on, fi]: &[String; 2]) -> [String; 2] {
        let seat = |(person, group): &(u16, TermId)| {
            (isolate(&self.who(*person)), self.term(*group))
        };
        let [one] = seats else {
            let names = seats.iter().map(seat);
            let [mut english, mut arabic] = [Vec::new(), Vec::new()];
            for (who, [group, fia]) in names {
                english.push(format!("{who} (“{group}”)"));
                arabic.push(format!("{who} («{fia}»)"));
            }
            let (english, arabic) = (english.join(", "), arabic.join("، "));
            return [
                format!("One of these would have to leave, from {on} on: {english}."),
                format!(
                    "يلزم لذلك خروج أحد المذكورين فيما يلي اعتبارًا من {fi}: {arabic}."
                ),
            ];
        };
        let (who, [group, fia]) = seat(one);
        [
            format!("{who} would have to leave “{group}”, from {on} on."),
            format!("يلزم لذلك خروج {who} من «{fia}» اعتبارًا من {fi}."),
        ]
    }

    /// Several qualities, one after another.
    fn qualities(&self, with: &[Quality]) -> [String; 2] {
        let said: Vec<[String; 2]> = with.iter().map(|it| self.quality(*it)).collect();
        let each = |at: usize, comma: &str| {
            let said = said.iter().filter_map(|both| both.get(at).cloned());
            said.collect::<Vec<String>>().join(comma)
        };
        [each(0, ", "), each(1, "، ")]
    }

    fn joined(
        &self,
        ([group, fia], count): (&[String; 2], u16),
        [on, fi]: &[String; 2],
        with: &[Quality],
    ) -> [String; 2] {
        let adad = noun::MEMBERS.arabic(u64::from(count));
        let count = match count {
            1 => "1 more member has".to_owned(),
            _ => format!("{count} more members have"),
        };
        if with.is_empty() {
            return [
                format!("{count} to join “{group}”, from {on} on."),
                format!("يلزم انضمام {adad} إلى «{fia}» اعتبارًا من {fi}."),
            ];
        }
        let [such, sifat] = self.qualities(with);
        [
            format!("{count} to join “{group}”, from {on} on, with: {such}."),
            format!(
                "يلزم انضمام {adad} إلى «{fia}» اعتبارًا من {fi}، مع توفر ما يلي: {sifat}."
            ),
        ]
    }

    fn known(&self, person: u16, quality: Quality) -> [String; 2] {
        let who = isolate(&self.who(person));
        let file = isolate("organization.toml");
        match quality {
            Quality::Is(_) => {
                let [is, sifa] = self.quality(quality);
                [
                    format!(
                        "organization.toml has to say whether this is so of {who}: {is}."
                    ),
                    format!(
                        "يلزم أن يبيّن الملف {file} هل تتوفر لدى {who} الصفة الآتية: {sifa}."
                    ),
                ]
            }
            Quality::AtLeastAge(_) | Quality::UnderAge(_) => [
                format!("organization.toml has to state on which day {who} was born."),
                format!("يلزم أن يذكر الملف {file} تاريخ ميلاد {who}."),
            ],
        }
    }

    /// "age of at least 18 years", «العمر لا يقل عن 18 سنة».
    fn quality(&self, quality: Quality) -> [String; 2] {
        let years = |age: u8| {
            let age = u64::from(age);
            (noun::YEAR.english(age), noun::YEAR.arabic(age))
        };
        match quality {
            Quality::Is(term) => {
                let [term, sifa] = self.term(term);
                [format!("“{term}”"), format!("«{sifa}»")]
            }
            Quality::AtLeastAge(age) => {
                let (years, sana) = years(age);
                [format!("an age of at least {years}"), format!("عمر لا يقل عن {sana}")]
            }
            Quality::UnderAge(age) => {
                let (years, sana) = years(age);
                [format!("an age under {years}"), format!("عمر يقل عن {sana}")]
            }
        }
    }

    /// The name as the register has it.
    fn who(&self, person: u16) -> String {
        let someone = self.case.view.profile.register.someone(person);
        someone.map(|someone| someone.name.clone()).unwrap_or_default()
    }
}
