//! What can be done, in whole sentences of both languages, English first.

mod people;

use super::fact::{Deed, Fact};
use super::{Case, Range, Remedy, Wanted};
use crate::calendar::Day;
use crate::document::Sha256;
use crate::form::deed;
use crate::lexicon::month;
use crate::norm::{Act, Item, TermId};
use crate::text::{Language, isolate};
use crate::verdict::State;
use crate::vocabulary::Vocabulary;

/// What a remedy says: what would settle or repair it, what can still be done, and what
/// follows. Nothing where nothing is known to help.
pub fn sentences(
    remedy: &Remedy,
    case: &Case<'_>,
    vocabulary: &Vocabulary,
) -> Vec<[String; 2]> {
    let speaker = Speaker { case, vocabulary };
    let mut said = Vec::new();
    if let Some(proof) = &remedy.proof {
        said.extend(speaker.wanted(proof, When::Within));
        said.extend(speaker.after(proof.then));
    }
    if let Some(now) = &remedy.now {
        said.push(if remedy.proof.is_some() {
            both(
                "If it was not done in time, it can still be done:",
                "وإن لم يُنجز في موعده فما زال إنجازه ممكنًا:",
            )
        } else {
            both("It can still be done:", "ما زال إنجازه ممكنًا:")
        });
        said.extend(speaker.wanted(now, When::FromNow));
        said.extend(speaker.after(now.then));
    }
    if remedy.is_past_mending {
        said.push(both(
            "Nothing can mend it: it stays on record.",
            "لا سبيل إلى استدراكه، ويبقى في السجل.",
        ));
        if let Some(next) = remedy.next_due {
            let [next, qadim] = date(next);
            said.push([
                format!("The next one is due on {next}."),
                format!("والاستحقاق التالي في {qadim}."),
            ]);
        }
    }
    said
}

/// Whether what is named lies in a time, or is yet to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Within,
    FromNow,
}

/// What sentences are made with.
struct Speaker<'s> {
    case: &'s Case<'s>,
    vocabulary: &'s Vocabulary,
}

impl Speaker<'_> {
    /// Each fact as a sentence.
    fn wanted(&self, wanted: &Wanted, when: When) -> Vec<[String; 2]> {
        let days = wanted.days.map(|days| self.days(days, when)).unwrap_or_default();
        wanted.facts.iter().map(|fact| self.fact(fact, &days)).collect()
    }

    /// What follows.
    fn after(&self, then: State) -> Option<[String; 2]> {
        let unknown = self.case.slot.underlying == State::InsufficientEvidence;
        Some(match then {
            State::Met | State::MetInGrace => {
                both("Then the rule is met.", "وبذلك تُستوفى القاعدة.")
            }
            State::MetLate => both(
                "Then the rule is met late and counts half.",
                "وبذلك تُستوفى القاعدة متأخرة وتُحتسب بنصف القيمة.",
            ),
            State::NotApplicable => {
                both("Then the rule does not apply.", "وبذلك لا تسري القاعدة.")
            }
            _ if unknown => both("That decides it.", "وبذلك يُحسم الأمر."),
            State::StillOwed | State::Closed => return None,
            _ => both("Then nothing is missing.", "وبذلك لا يبقى شيء ناقص."),
        })
    }

    /// "between 1 April 2026 and 30 June 2026".
    fn days(&self, days: Range, when: When) -> [String; 2] {
        let [to, ila] = date(days.to);
        let today = days.to == self.case.view.as_of.day;
        match days.from {
            _ if when == When::FromNow => {
                let from = days.from.unwrap_or(days.to);
                let [from, min] = date(from);
                [format!("on {from} or later"), format!("في {min} أو بعده")]
            }
            Some(from) if from == days.to => [format!("on {to}"), format!("في {ila}")],
            Some(from) if today => {
                let [from, min] = date(from);
                [format!("on {from} or later"), format!("في {min} أو بعده")]
            }
            Some(from) => {
                let [from, min] = date(from);
                [format!("between {from} and {to}"), format!("بين {min} و{ila}")]
            }
            None => [format!("by {to}"), format!("في موعد أقصاه {ila}")],
        }
    }

    fn fact(&self, fact: &Fact, days: &[String; 2]) -> [String; 2] {
        let [when, mata] = days;
        match fact {
            Fact::Deed(deed) => self.deed(deed, days),
            Fact::Members { body, count } => {
                let [body, haya] = self.term(*body);
                [
                    format!(
                        "A paper has to state that the body “{body}” has {count} members, {when}."
                    ),
                    format!(
                        "يلزم مستند يذكر أن عدد أعضاء الهيئة «{haya}» هو {count}، {mata}."
                    ),
                ]
            }
            Fact::Attendance { body, on, present, of } => {
                self.attendance(*body, *on, (*present, of.unwrap_or_default()))
            }
            Fact::Quorate { body, on } => self.quorate(*body, *on),
            Fact::Contains { document, on, items, .. } => {
                self.contains(*document, *on, items)
            }
            Fact::Signed { document, on, by, marks, .. } => {
                self.signed(*document, *on, (by, *marks))
            }
            Fact::Attribute { name, on, .. } => self.attribute(*name, *on),
            Fact::Understood { paper } => self.understood(*paper),
            Fact::Withdrawn { paper } => self.withdrawn(*paper),
            Fact::Person(person) => self.person(person),
            Fact::During { fact, days } => {
                self.fact(fact, &self.days(*days, When::Within))
            }
            Fact::Founded { .. } => [
                "organization.toml has to state on which day the organization was founded."
                    .to_owned(),
                format!(
                    "يلزم أن يذكر الملف {} تاريخ تأسيس المؤسسة.",
                    isolate("organization.toml")
                ),
            ],
            Fact::Type { .. } => [
                "organization.toml has to state the type of the organization.".to_owned(),
                format!(
                    "يلزم أن يذكر الملف {} نوع المؤسسة.",
                    isolate("organization.toml")
                ),
            ],
            Fact::FolderSeen => both(
                "The drop folder has to be seen whole and healthy: after that, what is not in it counts as missing.",
                "يلزم أن يُقرأ مجلد الإيداع كاملًا وسليمًا: بعد ذلك يُعدّ ما ليس فيه مفقودًا.",
            ),
        }
    }

    fn understood(&self, paper: Sha256) -> [String; 2] {
        let mut papers = self.case.view.timeline.papers.iter();
        let path = papers.find(|known| known.sha256 == paper);
        let path = path.map_or_else(|| paper.to_string(), |known| known.path.to_string());
        let path = isolate(&path);
        [
            format!(
                "Somebody has to say what the paper {path} is: it was not understood, and it may be what is looked for."
            ),
            format!(
                "يلزم أن يبيّن أحد ما هو المستند {path}: لم يُفهم، وقد يكون هو المطلوب."
            ),
        ]
    }

    fn withdrawn(&self, paper: u32) -> [String; 2] {
        let path = isolate(&self.path(paper));
        [
            format!(
                "Papers give different days for it: the one that is wrong has to be put right, such as {path}."
            ),
            format!(
                "تذكر المستندات أيامًا مختلفة له: يلزم تصحيح الخاطئ منها، مثل {path}."
            ),
        ]
    }

    fn attendance(&self, body: TermId, on: Day, came: (u16, u16)) -> [String; 2] {
        let ([body, haya], [on, fi]) = (self.term(body), date(on));
        let [least, hudur] = present_of(came);
        [
            format!(
                "The minutes of the meeting of the body “{body}” on {on} have to state that \
                 {least} came."
            ),
            format!("يلزم أن يذكر محضر اجتماع الهيئة «{haya}» في {fi} {hudur}."),
        ]
    }

    fn quorate(&self, body: TermId, on: Day) -> [String; 2] {
        let ([body, haya], [on, fi]) = (self.term(body), date(on));
        [
            format!(
                "The minutes of the meeting of the body “{body}” on {on} have to state that \
                 there was a quorum."
            ),
            format!("يلزم أن يذكر محضر اجتماع الهيئة «{haya}» في {fi} اكتمال النصاب."),
        ]
    }

    fn contains(&self, document: TermId, on: Day, items: &[Item]) -> [String; 2] {
        let ([paper, mustanad], [on, fi]) = (self.term(document), date(on));
        let [items, bunud] = self.items(items);
        [
            format!(
                "A version of the paper “{paper}” of {on} is needed that also contains: {items}."
            ),
            format!(
                "تلزم نسخة من المستند «{mustanad}» المؤرخ في {fi} تتضمن أيضًا: {bunud}."
            ),
        ]
    }

    /// "A paper is needed that shows one meeting of the board, between … and …."
    fn deed(&self, deed: &Deed, [when, mata]: &[String; 2]) -> [String; 2] {
        let [english, arabic] = self.around(deed);
        if deed.what.act == Act::Prepare {
            let [paper, mustanad] = self.term(deed.what.noun);
            return match deed.times {
                1 => [
                    format!("A paper “{paper}”{english} is needed, dated {when}."),
                    format!("يلزم مستند «{mustanad}»{arabic} بتاريخ يقع {mata}."),
                ],
                times => [
                    format!(
                        "{times} papers “{paper}”{english} are needed, dated {when}."
                    ),
                    format!(
                        "تلزم مستندات «{mustanad}»{arabic}، وعددها {times}، بتاريخ يقع {mata}."
                    ),
                ],
            };
        }
        let [noun, hadath] = deed::say_noun(deed.what, self.vocabulary);
        match deed.times {
            1 => [
                format!("A paper is needed that shows one {noun}{english}, {when}."),
                format!("يلزم مستند يثبت حدوث {hadath}{arabic}، {mata}."),
            ],
            times => [
                format!(
                    "Papers are needed that show this {times} times, on different days: {noun}{english}, {when}."
                ),
                format!(
                    "تلزم مستندات تثبت ما يلي في أيام مختلفة، وعدد المرات {times}: {hadath}{arabic}، {mata}."
                ),
            ],
        }
    }

    /// What more has to be so of a deed.
    fn around(&self, deed: &Deed) -> [String; 2] {
        let mut said = [String::new(), String::new()];
        let mut add = |[english, arabic]: [String; 2]| {
            said[0].push_str(&english);
            said[1].push_str(&arabic);
        };
        if let Some(who) = &deed.who {
            let who = isolate(who);
            add([format!(" by {who}"), format!(" من {who}")]);
        }
        if deed.number != 0 {
            let number = deed.number;
            add([format!(" with the number {number}"), format!(" بالرقم {number}")]);
        }
        if let Some(about) = deed.about {
            let ends = self.case.view.profile.fiscal_year(about).to == about;
            let [on, fi] = date(about);
            add(if ends {
                [
                    format!(" about the fiscal year that ended on {on}"),
                    format!(" عن السنة المالية المنتهية في {fi}"),
                ]
            } else {
                [format!(" about that of {on}"), format!(" بشأن ما كان في {fi}")]
            });
        }
        if let Some(attended) = deed.attended {
            let [english, arabic] = present_of(attended);
            add([format!(" to which {english} came"), format!(" مع {arabic}")]);
        }
        if let Some(until) = deed.until {
            let [until, ila] = date(until);
            add([
                format!(" that is valid through {until} or longer"),
                format!(" تمتد صلاحيته إلى {ila} على الأقل"),
            ]);
        }
        said
    }

    fn signed(
        &self,
        document: TermId,
        on: Day,
        (by, marks): (&[TermId], u16),
    ) -> [String; 2] {
        let ([paper, mustanad], [on, fi]) = (self.term(document), date(on));
        if by.is_empty() {
            return [
                format!(
                    "A version of the paper “{paper}” of {on} is needed that shows its signatures; there have to be {marks} at least."
                ),
                format!(
                    "تلزم نسخة من المستند «{mustanad}» المؤرخ في {fi} تظهر فيها التواقيع، وعددها {marks} على الأقل."
                ),
            ];
        }
        let names = |language, comma: &str| {
            let names =
                by.iter().map(|role| self.vocabulary.phrase(*role, language).to_owned());
            names.collect::<Vec<String>>().join(comma)
        };
        let (english, arabic) =
            (names(Language::English, ", "), names(Language::Arabic, "، "));
        [
            format!(
                "A version of the paper “{paper}” of {on} is needed that shows the signatures of: {english}."
            ),
            format!(
                "تلزم نسخة من المستند «{mustanad}» المؤرخ في {fi} تظهر فيها تواقيع: {arabic}."
            ),
        ]
    }

    fn attribute(&self, name: TermId, on: Day) -> [String; 2] {
        let ([name, ism], [on, fi]) = (self.term(name), date(on));
        if self.case.slot.underlying == State::InsufficientEvidence {
            [
                format!("organization.toml has to state “{name}” as it is on {on}."),
                format!(
                    "يلزم أن يذكر الملف {} قيمة «{ism}» كما هي في {fi}.",
                    isolate("organization.toml")
                ),
            ]
        } else {
            [
                format!("“{name}” has to be such on {on} that the rule is kept."),
                format!("يلزم أن تكون قيمة «{ism}» في {fi} بحيث تُستوفى القاعدة."),
            ]
        }
    }

    fn items(&self, items: &[Item]) -> [String; 2] {
        let names = |language, comma: &str| {
            let name = |item: &Item| match item {
                Item::Term(term) => self.vocabulary.phrase(*term, language).to_owned(),
                Item::Words(words) => isolate(words),
            };
            items.iter().map(name).collect::<Vec<String>>().join(comma)
        };
        [names(Language::English, ", "), names(Language::Arabic, "، ")]
    }

    fn term(&self, term: TermId) -> [String; 2] {
        [Language::English, Language::Arabic]
            .map(|language| self.vocabulary.phrase(term, language).to_owned())
    }

    fn path(&self, paper: u32) -> String {
        let place = usize::try_from(paper).ok();
        let paper = place.and_then(|at| self.case.view.timeline.papers.get(at));
        paper.map(|paper| paper.path.to_string()).unwrap_or_default()
    }
}

fn present_of((present, of): (u16, u16)) -> [String; 2] {
    [
        format!("at least {present} of {of} members"),
        format!("حضور {present} على الأقل من أصل {of}"),
    ]
}

fn both(english: &str, arabic: &str) -> [String; 2] {
    [english.to_owned(), arabic.to_owned()]
}

fn date(day: Day) -> [String; 2] {
    month::date(day)
}
