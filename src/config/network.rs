//! `mithaq.toml`: the network as a whole.

use crate::config::Problem;
use crate::config::hours;
use crate::config::hours::Hours;
use crate::config::hours::WEEKDAYS;
use crate::config::section::{Section, read_file};
use crate::text::Bilingual;
use crate::text::Language;

/// The network's own settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Network {
    pub name: Bilingual,
    pub language: Language,
    /// An IANA name, `Asia/Hebron`; whether it exists is the shell's to know.
    pub zone: String,
    /// Two letters, upper case: whose calendars and words are meant.
    pub jurisdiction: String,
    /// How long a file must have been still before it is read, in seconds.
    pub settle_seconds: u32,
    /// The codes of warnings that `check --strict` lets fail; all of them when empty.
    pub strict: Vec<String>,
    pub mail: Mail,
    pub smtp: Option<Smtp>,
    pub officer: Option<Officer>,
}

/// The network's compliance officer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Officer {
    pub name: String,
    pub email: String,
    pub language: Option<Language>,
}

/// Who the letters come from and when the weekly ones are written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    pub from: String,
    pub reply_to: Option<String>,
    /// The mailbox that is read by `mithaq mail receive`; `None`: replies go to a person.
    pub replies: Option<String>,
    /// 0 = Sunday … 6 = Saturday.
    pub digest_weekday: u8,
    pub hours: Hours,
}

/// The server that takes letters after `go-live`. STARTTLS is required of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    /// A file that holds the password and nothing else; never the password itself.
    pub password_file: Option<String>,
    /// A certificate authority of one's own, in PEM.
    pub ca_file: Option<String>,
    /// The time limit of every phase, in seconds, where the defaults are too patient.
    pub timeout_seconds: Option<u32>,
}

/// The seconds that a file must have been still, unless the network says otherwise.
pub const SETTLE_SECONDS: u32 = 2;

/// Reads `mithaq.toml`.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(file: &str, text: &str) -> Result<Network, Vec<Problem>> {
    read_file(file, text, |root| {
        let name = root.name("name");
        let language = root.text("language");
        let language = language.map(|code| language_of(root, &code)).unwrap_or_default();
        let zone = root.text("zone").unwrap_or_else(|| "Asia/Hebron".to_owned());
        let jurisdiction = root.text("jurisdiction").unwrap_or_else(|| "PS".to_owned());
        let settle = root.number_in("settle_seconds", 0, 3600);
        let strict = strict(root);
        let mail = mail(root);
        let smtp = smtp(root);
        let officer = officer(root);
        Some(Network {
            name: name?,
            language,
            zone,
            jurisdiction: jurisdiction.to_uppercase(),
            settle_seconds: settle
                .and_then(|seconds| u32::try_from(seconds).ok())
                .unwrap_or(SETTLE_SECONDS),
            strict,
            mail,
            smtp,
            officer,
        })
    })
}

fn language_of(root: &Section<'_>, code: &str) -> Language {
    match code {
        "en" => Language::English,
        "ar" => Language::Arabic,
        _ => {
            root.wrong(
                "language",
                "`language` must be \"en\" or \"ar\"".to_owned(),
                "يجب أن تكون قيمة `language` إما \"en\" أو \"ar\"".to_owned(),
            );
            Language::English
        }
    }
}

/// `[check] strict = ["G-701"]`
fn strict(root: &mut Section<'_>) -> Vec<String> {
    let Some(mut section) = root.section("check") else { return Vec::new() };
    let codes = section.texts("strict");
    section.finish();
    codes
}

fn mail(root: &mut Section<'_>) -> Mail {
    let mut mail = Mail {
        from: "mithaq@localhost.localdomain".to_owned(),
        reply_to: None,
        replies: None,
        digest_weekday: 0,
        hours: Hours::default(),
    };
    let Some(mut section) = root.section("mail") else { return mail };
    if let Some(from) = section.text("from") {
        mail.from = address(&section, "from", from);
    }
    mail.reply_to =
        section.text("reply_to").map(|reply| address(&section, "reply_to", reply));
    mail.replies = section.text("replies").map(|reply| mailbox(&section, reply));
    if let Some(name) = section.text("digest") {
        mail.digest_weekday = weekday(&section, &name);
    }
    mail.hours = hours::read(&mut section);
    section.finish();
    mail
}

/// A mailbox in front of whose `@` a token can be put.
fn mailbox(section: &Section<'_>, given: String) -> String {
    let given = address(section, "replies", given);
    if given.contains('+') || !given.is_ascii() {
        section.wrong(
            "replies",
            "`replies` must be a plain address without `+`, which the token follows"
                .to_owned(),
            "يجب أن تكون قيمة `replies` عنوانًا لاتينيًا دون علامة `+`، لأن الرمز يليها"
                .to_owned(),
        );
    }
    given
}

/// `[officer]`: who decides what is asked in answers.
fn officer(root: &mut Section<'_>) -> Option<Officer> {
    let mut section = root.section("officer")?;
    let name = section.text("name").unwrap_or_default();
    let email = section.required_text("email");
    let email = email.map(|email| address(&section, "email", email));
    let language = section.text("language");
    let language = language.map(|code| language_of(&section, &code));
    section.finish();
    Some(Officer { name, email: email?, language })
}

fn smtp(root: &mut Section<'_>) -> Option<Smtp> {
    let mut section = root.section("smtp")?;
    let host = section.required_text("host");
    let port = section.number_in("port", 1, 65_535).unwrap_or(587);
    let user = section.text("user");
    let password_file = section.text("password_file");
    let ca_file = section.text("ca_file");
    let timeout = section.number_in("timeout_seconds", 1, 3600);
    section.finish();
    Some(Smtp {
        host: host?,
        port: u16::try_from(port).unwrap_or(587),
        user,
        password_file,
        ca_file,
        timeout_seconds: timeout.and_then(|seconds| u32::try_from(seconds).ok()),
    })
}

/// An address has one `@`, something on both sides, and no space or control character.
pub(super) fn address(section: &Section<'_>, key: &'static str, given: String) -> String {
    let sides = given.rsplit_once('@').filter(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !given.contains(char::is_whitespace)
    });
    if sides.is_none() || given.chars().any(char::is_control) {
        section.wrong(
            key,
            format!("`{given}` is not an e-mail address"),
            format!("«{given}» ليس عنوان بريد إلكتروني"),
        );
    }
    given
}

fn weekday(section: &Section<'_>, name: &str) -> u8 {
    let found = WEEKDAYS.iter().position(|day| *day == name.to_lowercase());
    if found.is_none() {
        section.wrong(
            "digest",
            "`digest` must be a day of the week, such as \"sunday\"".to_owned(),
            "يجب أن تكون قيمة `digest` يومًا من أيام الأسبوع بالإنجليزية، مثل \"sunday\""
                .to_owned(),
        );
    }
    found.and_then(|index| u8::try_from(index).ok()).unwrap_or(0)
}
