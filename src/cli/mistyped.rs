//! What is wrong in what was typed, in Arabic.
//!
//! English is the command line library's own; it says what it found as data too, and the
//! Arabic is made of that.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// A mistake in the arguments, with what may have been meant and how the command is used.
pub(super) fn in_arabic(error: &Error) -> String {
    let mut lines = vec![format!("mithaq: {}", mistake(error))];
    lines.extend(hints(error).into_iter().map(|hint| format!("  {hint}")));
    if let Some(usage) = stated(error, ContextKind::Usage) {
        let usage = usage.trim().trim_start_matches("Usage: ").to_owned();
        lines.push(format!("\nالاستخدام: {usage}"));
    }
    lines.push("\nلمعرفة المزيد: --help\n".to_owned());
    lines.join("\n")
}

fn mistake(error: &Error) -> String {
    let of = |kind| stated(error, kind).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    let value = of(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("لا يوجد أمر باسم «{}»", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => {
            format!("لم يُذكر الأمر المطلوب بعد «{}»", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("لا يوجد خيار باسم «{argument}» هنا")
        }
        ErrorKind::UnknownArgument => format!("«{argument}» زائد ولا مكان له هنا"),
        ErrorKind::MissingRequiredArgument => format!("ينقص ما يلي: {argument}"),
        ErrorKind::ArgumentConflict => {
            let prior = of(ContextKind::PriorArg);
            if prior == argument || prior.is_empty() {
                format!("لا يُكتب «{argument}» أكثر من مرة")
            } else {
                format!("لا يجتمع «{argument}» مع «{prior}»")
            }
        }
        ErrorKind::InvalidValue | ErrorKind::NoEquals if value.is_empty() => {
            format!("يحتاج «{argument}» إلى قيمة ولم تُذكر")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("القيمة «{value}» غير مقبولة في «{argument}»")
        }
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => {
            format!("عدد القيم المذكورة في «{argument}» غير صحيح")
        }
        ErrorKind::InvalidUtf8 => "في ما كُتب حروف لا تُقرأ".to_owned(),
        _ => "لم يُفهم ما كُتب".to_owned(),
    }
}

/// What may have been meant, and what may stand in its place.
fn hints(error: &Error) -> Vec<String> {
    let meant = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let meant = meant.into_iter().filter_map(|kind| stated(error, kind));
    let meant = meant.map(|meant| format!("ربما المقصود: {meant}"));
    let possible = [
        (ContextKind::ValidValue, "القيم الممكنة"),
        (ContextKind::ValidSubcommand, "الأوامر"),
    ];
    let possible = possible.into_iter().filter_map(|(kind, name)| {
        let stated = stated(error, kind).filter(|stated| !stated.is_empty())?;
        Some(format!("{name}: {stated}"))
    });
    meant.chain(possible).collect()
}

fn stated(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::None => None,
        ContextValue::Strings(several) => Some(several.join("، ")),
        other => Some(other.to_string()),
    }
}
