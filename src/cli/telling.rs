//! What a pass did, as lines for people.

use crate::cli::words;
use crate::cli::{Format, Output};
use crate::document::{Problem, ReadState};
use crate::plan::Effect;
use crate::shell::intake::Health;
use crate::shell::live::Event;
use crate::text::Language;
use crate::text::isolate;

/// Prints one event as it happens: a line, or with `--format json` an object on a line.
pub fn tell(output: Output, event: &Event) {
    if output.format == Format::Json {
        if let Some(json) = crate::cli::json::event(event) {
            output.data(&json.to_string());
        }
        return;
    }
    if let Event::Problem(problem) = event {
        output.problems(std::slice::from_ref(problem));
        return;
    }
    if let Some(line) = line(output.language, event) {
        output.data(&line);
    }
}

fn line(language: Language, event: &Event) -> Option<String> {
    let english = language == Language::English;
    Some(match event {
        Event::Paper { organization, path, state, kind } => {
            paper(language, organization, path, state, kind.as_deref())
        }
        Event::Refused { organization, path, why } if english => {
            format!("{organization}  {path}: not opened ({})", why.replace('_', " "))
        }
        Event::Refused { organization, path, why } => {
            let path = isolate(path);
            format!("{}  {path}: لم يُفتح ({})", isolate(organization), refused_ar(why))
        }
        Event::Health { organization, health } => {
            health_line(language, organization, *health)
        }
        Event::LetterWritten { organization, recipient, subject } if english => {
            format!("{organization}  letter to {recipient}: {subject}")
        }
        Event::LetterWritten { organization, recipient, subject } => {
            let (organization, recipient) = (isolate(organization), isolate(recipient));
            format!("{organization}  رسالة إلى {recipient}: {subject}")
        }
        Event::Effect(effect) => return effect_line(language, effect),
        Event::CaughtUp if english => {
            "all that lies in the folders is read and judged".to_owned()
        }
        Event::CaughtUp => "قُرئ كل ما في المجلدات وطُبّقت القواعد عليه".to_owned(),
        Event::Problem(_) => return None,
    })
}

fn paper(
    language: Language,
    organization: &str,
    path: &str,
    state: &ReadState,
    kind: Option<&str>,
) -> String {
    let kind = kind.map(|kind| words::kind(language, kind)).unwrap_or_default();
    match language {
        Language::English => {
            let said = match state {
                ReadState::Understood => format!("understood: {kind}"),
                ReadState::NeedsALook(problem) => {
                    format!("needs a look: {}", problem_en(*problem))
                }
                ReadState::NoneOfOurs => "none of our kinds".to_owned(),
                ReadState::NotAccepted(problem) => {
                    format!("not accepted: {}", problem_en(*problem))
                }
            };
            format!("{organization}  {path}: {said}")
        }
        Language::Arabic => {
            let said = match state {
                ReadState::Understood => format!("فُهم: {}", isolate(&kind)),
                ReadState::NeedsALook(problem) => {
                    format!("يحتاج إلى نظر: {}", problem_ar(*problem))
                }
                ReadState::NoneOfOurs => "ليس من الأنواع المعتمدة".to_owned(),
                ReadState::NotAccepted(problem) => {
                    format!("لم يُقبل: {}", problem_ar(*problem))
                }
            };
            format!("{}  {}: {said}", isolate(organization), isolate(path))
        }
    }
}

fn health_line(language: Language, organization: &str, health: Health) -> String {
    let (english, arabic) = match health {
        Health::Healthy => ("the folder is in order", "المجلد سليم"),
        Health::Unreadable => (
            "the folder is not there or cannot be read",
            "المجلد غير موجود أو تعذّرت قراءته",
        ),
        Health::Replaced => {
            ("another folder lies in its place", "يوجد في مكانه مجلد آخر")
        }
        Health::MarkerMissing => {
            ("the folder's marker file is gone", "ملف العلامة في المجلد غير موجود")
        }
        Health::SuddenlyEmpty => {
            ("the folder is suddenly empty", "أصبح المجلد فارغًا فجأة")
        }
        Health::Incomplete => {
            ("a part of the folder cannot be read", "تعذّرت قراءة جزء من المجلد")
        }
    };
    match language {
        Language::English if health == Health::Healthy => {
            format!("{organization}  {english}")
        }
        Language::English => {
            format!(
                "{organization}  {english}; nothing is concluded from what is missing"
            )
        }
        Language::Arabic if health == Health::Healthy => {
            format!("{}  {arabic}", isolate(organization))
        }
        Language::Arabic => {
            format!("{}  {arabic}، ولا يُستنتج شيء مما هو غائب", isolate(organization))
        }
    }
}

fn effect_line(language: Language, effect: &Effect) -> Option<String> {
    let english = language == Language::English;
    Some(match effect {
        Effect::Verdict(row) => {
            let rule = format!("{}/{}", row.rulebook, row.rule);
            let state = words::state(language, row.state);
            match row.before {
                Some(before) if before == row.state => return None,
                Some(before) => {
                    let before = words::state(language, before);
                    if english {
                        format!("{}  {rule}: {before} → {state}", row.organization)
                    } else {
                        let organization = isolate(&row.organization);
                        format!("{organization}  {}: {before} ← {state}", isolate(&rule))
                    }
                }
                None if english => format!("{}  {rule}: {state}", row.organization),
                None => {
                    format!("{}  {}: {state}", isolate(&row.organization), isolate(&rule))
                }
            }
        }
        Effect::Finding(finding, _) => {
            let key = &finding.key;
            let what = format!("{}/{} {}", key.rulebook, key.rule, key.slot);
            let organization = &key.organization;
            match (finding.closed.is_some(), english) {
                (false, true) => format!("{organization}  finding open: {what}"),
                (true, true) => format!("{organization}  finding closed: {what}"),
                (false, false) => {
                    format!("{}  ملاحظة مفتوحة: {}", isolate(organization), isolate(&what))
                }
                (true, false) => {
                    format!("{}  ملاحظة مغلقة: {}", isolate(organization), isolate(&what))
                }
            }
        }
        Effect::Index(row) => index_line(language, row),
        Effect::Receipted { .. } | Effect::Letter(_) => return None,
    })
}

fn index_line(language: Language, row: &crate::plan::IndexRow) -> String {
    let organization = &row.organization;
    let value = row.index.value.map(words::points);
    match (language, value) {
        (Language::English, Some(value)) => {
            format!("{organization}  index {}: {value}", row.rulebook)
        }
        (Language::English, None) => {
            format!("{organization}  index {}: not enough is known yet", row.rulebook)
        }
        (Language::Arabic, Some(value)) => {
            format!(
                "{}  المؤشر {}: {value}",
                isolate(organization),
                isolate(&row.rulebook)
            )
        }
        (Language::Arabic, None) => format!(
            "{}  المؤشر {}: لا تكفي المعلومات بعد",
            isolate(organization),
            isolate(&row.rulebook)
        ),
    }
}

/// The last line of a scan: papers, verdict changes, findings opened and closed, letters.
/// Numbers stand after their names, so that no noun has to agree with them.
pub fn counts(
    language: Language,
    [papers, changes, opened, closed, letters]: [u64; 5],
) -> String {
    match language {
        Language::English => format!(
            "papers: {papers} · verdict changes: {changes} · findings opened: {opened} · \
             findings closed: {closed} · letters: {letters}"
        ),
        Language::Arabic => format!(
            "المستندات: {papers} · تغيّرات النتائج: {changes} · الملاحظات المفتوحة: {opened} · \
             الملاحظات المغلقة: {closed} · الرسائل: {letters}"
        ),
    }
}

/// Why a paper was not understood, in English.
pub fn problem_en(problem: Problem) -> &'static str {
    match problem {
        Problem::Empty => "it is empty",
        Problem::Truncated => "it is cut off",
        Problem::Encrypted => "it is locked with a password",
        Problem::TooLarge => "it is too large",
        Problem::UnknownFormat => "its format is not known",
        Problem::NoText => "it is a scan without text",
        Problem::BrokenText => "its text is garbled",
        Problem::LimitPassed => "it is more than may be read of one paper",
        Problem::ReaderFailed => "reading it failed again and again",
        Problem::KindUnsure => "what it is was not decided",
        Problem::DateMissing => "it states no date",
        Problem::DateContradicts => "its dates contradict each other",
        Problem::ConflictCopy => "it is a second copy made by a sync tool",
        Problem::WrongFolder => "it names another organization",
        Problem::Forgotten => "it was erased at a person's request",
    }
}

/// Why a paper was not understood, in Arabic.
pub fn problem_ar(problem: Problem) -> &'static str {
    match problem {
        Problem::Empty => "المستند فارغ",
        Problem::Truncated => "المستند مبتور",
        Problem::Encrypted => "المستند مقفل بكلمة مرور",
        Problem::TooLarge => "المستند كبير جدًا",
        Problem::UnknownFormat => "صيغة المستند غير معروفة",
        Problem::NoText => "المستند صورة ممسوحة بلا نص",
        Problem::BrokenText => "نص المستند مشوّه",
        Problem::LimitPassed => "المستند يتجاوز ما يُسمح بقراءته",
        Problem::ReaderFailed => "تعذّرت قراءة المستند مرة بعد مرة",
        Problem::KindUnsure => "لم يتحدد نوع المستند",
        Problem::DateMissing => "لا يذكر المستند تاريخًا",
        Problem::DateContradicts => "تواريخ المستند متعارضة",
        Problem::ConflictCopy => "نسخة ثانية أنشأتها أداة مزامنة",
        Problem::WrongFolder => "يذكر المستند مؤسسة أخرى",
        Problem::Forgotten => "مُحي المستند بناءً على طلب",
    }
}

fn refused_ar(why: &str) -> &'static str {
    match why {
        "symbolic_link" => "رابط رمزي",
        "special_file" => "ملف خاص",
        "too_large" => "ملف كبير جدًا",
        "leads_outside" => "يقود إلى خارج المجلد",
        "changing" => "الملف قيد التغيير",
        "gone" => "الملف لم يعد موجودًا",
        _ => "تعذّرت قراءته",
    }
}
