//! What several kinds of letter say: quotations, requests, rows about a rule, the foot.

use super::Letter;
use super::body::Counts;
use super::body::DigestLine;
use super::body::IndexEffect;
use super::body::News;
use super::body::RuleRef;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::words::AUTO;
use super::words::CLOSE;
use super::words::clean;
use super::words::code;
use super::words::date;
use super::words::name;
use crate::calendar::Day;
use crate::calendar::Period;
use crate::limits::LETTER_ITEMS_MAX;
use crate::program::Severity;
use crate::text::Bilingual;
use crate::text::Language;
use crate::text::language_of;

/// A quotation in the marks of the language of the letter.
pub(crate) fn quoted(text: &str, language: Language) -> String {
    match language {
        Language::English => format!("“{}”", name(text)),
        Language::Arabic => format!("«{}»", name(text)),
    }
}

/// The rule's words as a subject line: its title where it is in the reader's language.
pub(crate) fn rule_heading(rule: &RuleRef, language: Language) -> String {
    match &rule.title {
        Some(title) if language_of(title) == language => clean(title),
        _ => clean(rule.text.read_in(language)).trim_end_matches('.').to_owned(),
    }
}

/// Rule, source, severity and days as rows.
pub(crate) fn rule_rows(rule: &RuleRef, language: Language) -> Vec<(String, String)> {
    let (rule_label, source_label, severity_label) = match language {
        Language::English => ("Rule", "Source", "Severity"),
        Language::Arabic => ("القاعدة", "المصدر", "درجة الخطورة"),
    };
    let mut rows = vec![(
        rule_label.to_owned(),
        match language {
            Language::English => {
                format!("{} of {}", code(&rule.id), name(&rule.rulebook))
            }
            Language::Arabic => format!("{} من {}", code(&rule.id), name(&rule.rulebook)),
        },
    )];
    if let Some(source) = &rule.source {
        rows.push((source_label.to_owned(), name(source)));
    }
    let severity = severity_word(rule.severity, language).to_owned();
    rows.push((severity_label.to_owned(), severity));
    rows
}

pub(crate) fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (language, severity) {
        (Language::English, Severity::Low) => "low",
        (Language::English, Severity::Medium) => "medium",
        (Language::English, Severity::High) => "high",
        (Language::English, Severity::Critical) => "critical",
        (Language::Arabic, Severity::Low) => "منخفضة",
        (Language::Arabic, Severity::Medium) => "متوسطة",
        (Language::Arabic, Severity::High) => "عالية",
        (Language::Arabic, Severity::Critical) => "حرجة",
    }
}

/// The author's remedy, or what helps in any case. An author's words in another language
/// than the reader's are quoted after it.
pub(crate) fn remedy(rule: &RuleRef, language: Language) -> String {
    let general = match language {
        Language::English => {
            "Please put a document that shows it into your folder, or reply to this letter \
             to explain."
        }
        Language::Arabic => {
            "يُرجى إيداع مستند يثبت ذلك في مجلدكم، أو الرد على هذه الرسالة بالتوضيح."
        }
    };
    let Some(words) = &rule.remedy else {
        return general.to_owned();
    };
    match (language, language_of(words) == language) {
        (Language::English, true) => {
            format!("{} You can also reply to this letter to explain.", sentence(words))
        }
        (Language::Arabic, true) => {
            format!("{} ويمكنكم أيضًا الرد على هذه الرسالة بالتوضيح.", sentence(words))
        }
        (Language::English, false) => {
            format!(
                "{general} In the words of the rule's author: {}",
                quoted(words, language)
            )
        }
        (Language::Arabic, false) => {
            format!("{general} وبكلمات واضع القاعدة: {}", quoted(words, language))
        }
    }
}

/// The author's remedy with the least that would repair it; where there is none of either,
/// what helps in any case.
pub(crate) fn remedy_or(
    rule: &RuleRef,
    repair: &[Bilingual],
    language: Language,
) -> String {
    if repair.is_empty() {
        return remedy(rule, language);
    }
    let mut said: Vec<String> =
        repair.iter().map(|one| clean_lines(one.read_in(language))).collect();
    if let Some(words) = &rule.remedy {
        said.insert(
            0,
            match language {
                _ if language_of(words) == language => sentence(words),
                Language::English => {
                    format!(
                        "In the words of the rule's author: {}.",
                        quoted(words, language)
                    )
                }
                Language::Arabic => {
                    format!("بكلمات واضع القاعدة: {}.", quoted(words, language))
                }
            },
        );
    }
    said.push(match language {
        Language::English => "You can also reply to this letter to explain.".to_owned(),
        Language::Arabic => "ويمكنكم أيضًا الرد على هذه الرسالة بالتوضيح.".to_owned(),
    });
    said.join(" ")
}

/// A sentence of ours, whose quotations keep their own direction.
fn clean_lines(text: &str) -> String {
    format!("{AUTO}{}{CLOSE}", clean(text))
}

/// The remedy of a duty whose day has yet to come.
pub(crate) fn remedy_ahead(rule: &RuleRef, language: Language) -> String {
    let general = match language {
        Language::English => {
            "Once it is done, please put a document that shows it into your folder."
        }
        Language::Arabic => "بعد إنجاز ذلك يُرجى إيداع مستند يثبته في مجلدكم.",
    };
    match &rule.remedy {
        Some(words) if language_of(words) == language => sentence(words),
        _ => general.to_owned(),
    }
}

/// An author's words as a sentence of their own, in their own direction.
fn sentence(words: &str) -> String {
    let words = clean(words);
    let stop = if words.ends_with(['.', '؟', '!', '?']) { "" } else { "." };
    format!("{AUTO}{words}{stop}{CLOSE}")
}

/// What would count as evidence.
pub(crate) fn evidence_list(page: &mut Page, kinds: &[Bilingual]) {
    let language = page.language;
    let items = kinds
        .iter()
        .map(|kind| Item {
            tone: Tone::Calm,
            mark: String::new(),
            title: name(kind.read_in(language)),
            lines: Vec::new(),
        })
        .collect();
    let heading = match language {
        Language::English => "What counts as evidence",
        Language::Arabic => "ما يُعدّ دليلًا",
    };
    page.list(heading, bounded(items, language));
}

/// The effect on the index as a row.
pub(crate) fn index_row(
    effect: Option<i32>,
    language: Language,
) -> Option<(String, String)> {
    let points = super::words::signed(effect?);
    Some(match language {
        Language::English => {
            ("Effect on the index".to_owned(), format!("{points} of 100 points"))
        }
        Language::Arabic => {
            ("الأثر في المؤشر".to_owned(), format!("{points} من 100 نقطة"))
        }
    })
}

/// What the end of a finding did to the index, as a row.
pub(crate) fn effect_row(
    effect: Option<IndexEffect>,
    language: Language,
) -> Option<(String, String)> {
    let points = match effect? {
        IndexEffect::Points(points) => points,
        IndexEffect::Readiness => return Some(readiness_row(language)),
    };
    let size = super::words::tenths(points.saturating_abs());
    let (label, said) = match (language, points.signum()) {
        (Language::English, 1) => {
            ("Effect on the index", format!("The index rises by {size} points."))
        }
        (Language::English, -1) => {
            ("Effect on the index", format!("The index falls by {size} points."))
        }
        (Language::English, _) => {
            ("Effect on the index", "The index stays as it was.".to_owned())
        }
        (Language::Arabic, 1) => {
            ("الأثر في المؤشر", format!("ارتفع المؤشر بمقدار {size} نقطة."))
        }
        (Language::Arabic, -1) => {
            ("الأثر في المؤشر", format!("انخفض المؤشر بمقدار {size} نقطة."))
        }
        (Language::Arabic, _) => ("الأثر في المؤشر", "بقي المؤشر كما كان.".to_owned()),
    };
    Some((label.to_owned(), said))
}

fn readiness_row(language: Language) -> (String, String) {
    let (label, said) = match language {
        Language::English => (
            "Effect on the index",
            "None can be given yet: too few of the rules have an answer for the index to \
             have a value.",
        ),
        Language::Arabic => (
            "الأثر في المؤشر",
            "لا يمكن تحديده بعد، إذ لا قيمة للمؤشر ما دامت القواعد المعروف جوابها قليلة.",
        ),
    };
    (label.to_owned(), said.to_owned())
}

/// The slot as a row.
pub(crate) fn slot_row(
    slot: Option<Period>,
    language: Language,
) -> Option<(String, String)> {
    let slot = slot?;
    if slot.from == slot.to {
        return Some(day_row(("Day", "اليوم"), slot.from, language));
    }
    let label = match language {
        Language::English => "Period",
        Language::Arabic => "الفترة",
    };
    Some((label.to_owned(), super::words::from_to(slot, language)))
}

pub(crate) fn day_row(
    label: (&str, &str),
    day: Day,
    language: Language,
) -> (String, String) {
    let label = match language {
        Language::English => label.0,
        Language::Arabic => label.1,
    };
    (label.to_owned(), date(day, language))
}

/// Every rule in exactly one row, and the sum.
pub(crate) fn count_rows(counts: Counts, language: Language) -> Block {
    let labels = match language {
        Language::English => [
            "Met",
            "Not met",
            "On time so far",
            "No answer from the documents yet",
            "Waived",
            "Not applicable to you",
            "Rules in all",
        ],
        Language::Arabic => [
            "مستوفاة",
            "غير مستوفاة",
            "ضمن الموعد حتى الآن",
            "بلا جواب من المستندات حتى الآن",
            "معفى منها",
            "لا تسري عليكم",
            "مجموع القواعد",
        ],
    };
    let numbers = [
        counts.met,
        counts.not_met,
        counts.running,
        counts.unknown,
        counts.waived,
        counts.not_applicable,
        counts.total(),
    ];
    Block::Rows(
        labels
            .iter()
            .zip(numbers)
            .map(|(label, number)| ((*label).to_owned(), number.to_string()))
            .collect(),
    )
}

/// Lines about rules as items, with what is new as their mark.
pub(crate) fn rule_items(lines: &[DigestLine], language: Language) -> Vec<Item> {
    let items = lines
        .iter()
        .map(|line| {
            let (tone, mark) = news_mark(line.news, line.day, language);
            Item {
                tone,
                mark,
                title: code(&line.rule),
                lines: vec![name(line.text.read_in(language))],
            }
        })
        .collect();
    bounded(items, language)
}

/// What happened to a rule, in a few words.
pub(crate) fn news_mark(
    news: News,
    day: Option<Day>,
    language: Language,
) -> (Tone, String) {
    let (tone, english, arabic) = match news {
        News::BecameMet => (Tone::Good, "now met", "أصبحت مستوفاة"),
        News::BecameNotMet => (Tone::Act, "now not met", "أصبحت غير مستوفاة"),
        News::BecameUnknown => (Tone::Look, "no longer certain", "لم تعد مؤكدة"),
        News::StillOwed => (Tone::Act, "not met", "غير مستوفاة"),
        News::ComesDue => (Tone::Look, "due", "موعدها"),
        News::WaiverEnds => (Tone::Look, "waiver ends", "ينتهي الإعفاء منها"),
        News::Unclear => (Tone::Look, "needs a document", "بحاجة إلى مستند"),
    };
    let day =
        day.map(|day| super::plain::without_isolates(&date(day, language), language));
    let words = match (language, day, news) {
        (Language::English, Some(day), News::ComesDue) => format!("due on {day}"),
        (Language::Arabic, Some(day), News::ComesDue) => format!("موعدها {day}"),
        (Language::English, Some(day), News::WaiverEnds) => {
            format!("waived until {day}")
        }
        (Language::Arabic, Some(day), News::WaiverEnds) => format!("معفى منها حتى {day}"),
        (Language::English, Some(day), News::StillOwed) => format!("not met since {day}"),
        (Language::Arabic, Some(day), News::StillOwed) => {
            format!("غير مستوفاة منذ {day}")
        }
        (Language::English, _, _) => english.to_owned(),
        (Language::Arabic, _, _) => arabic.to_owned(),
    };
    (tone, words)
}

/// At most [`LETTER_ITEMS_MAX`] items; a last one says how many more there are.
pub(crate) fn bounded(mut items: Vec<Item>, language: Language) -> Vec<Item> {
    let left_out = items.len().saturating_sub(LETTER_ITEMS_MAX);
    if left_out > 0 {
        items.truncate(LETTER_ITEMS_MAX);
        items.push(Item {
            tone: Tone::Calm,
            mark: String::new(),
            title: match language {
                Language::English => format!("Not shown here: {left_out}"),
                Language::Arabic => format!("ما لم يُعرض هنا: {left_out}"),
            },
            lines: Vec::new(),
        });
    }
    items
}

/// "The first word that a reply needs": for letters about one rule.
pub(crate) fn reply_words(page: &mut Page) {
    page.paragraph(match page.language {
        Language::English => {
            "Is something wrong here? Reply with one word: “wrong”, “not applicable” or \
             “extension”. A person reads replies."
                .to_owned()
        }
        Language::Arabic => {
            "هل في هذه الرسالة ما هو غير صحيح؟ يكفي الرد بكلمة واحدة: «خطأ» أو «لا تنطبق» أو \
             «مهلة». ثمة من يقرأ الردود."
                .to_owned()
        }
    });
}

/// Why the reader receives this, and what it is not.
pub(crate) fn foot(page: &mut Page, letter: &Letter) {
    let language = page.language;
    let organization = name(letter.to.organization_name.read_in(language));
    page.foot.push(reason(&letter.to.role, &organization, language));
    page.foot.push(match language {
        Language::English => "This is a learning aid, not an inspection.".to_owned(),
        Language::Arabic => "هذه أداة للتعلّم والتحسين لا للتفتيش.".to_owned(),
    });
}

fn reason(role: &str, organization: &str, language: Language) -> String {
    match language {
        Language::English if role == "officer" => {
            "You receive this letter as the network's compliance officer.".to_owned()
        }
        Language::Arabic if role == "officer" => {
            "وصلتكم هذه الرسالة لأنكم تتولّون متابعة الالتزام في الشبكة.".to_owned()
        }
        Language::English => {
            let role = role.replace('_', " ");
            format!("You receive this letter as {} of {organization}.", name(&role))
        }
        Language::Arabic => match duty_in_arabic(role) {
            Some(duty) => {
                format!("وصلتكم هذه الرسالة لأنكم تتولّون {duty} في {organization}.")
            }
            None if language_of(role) == Language::Arabic => {
                format!("وصلتكم هذه الرسالة بصفتكم {} في {organization}.", name(role))
            }
            None => format!("وصلتكم هذه الرسالة لأنكم من جهات الاتصال في {organization}."),
        },
    }
}

/// The post as a duty, so that no gender is assumed.
fn duty_in_arabic(role: &str) -> Option<&'static str> {
    Some(match role {
        "secretary" => "أمانة السر",
        "chair" => "رئاسة مجلس الإدارة",
        "treasurer" => "أمانة الصندوق",
        "director" | "executive_director" => "الإدارة التنفيذية",
        "officer" | "compliance_officer" => "متابعة الالتزام",
        "accountant" => "المحاسبة",
        "it" | "host" | "administrator" => "الشؤون التقنية",
        _ => return None,
    })
}
