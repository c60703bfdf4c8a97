//! Reports of mail servers about a letter that did not arrive (RFC 3464), and what else
//! comes back to the address for bounces.

use mail_parser::Message;
use mail_parser::MimeHeaders;

use crate::letters::header::HeaderText;

/// Why a letter did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The address will never take it; else it may have been a bad week.
    pub permanent: bool,
    /// What the server said, one harmless line.
    pub said: String,
}

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Report {
    Failed(Failure),
    /// It is late, was relayed or was read: nothing follows.
    Other,
}

/// The delivery report that a message is; `None` where it is none.
pub(super) fn report(message: &Message<'_>) -> Option<Report> {
    let kind = message.content_type()?;
    if !(kind.ctype().eq_ignore_ascii_case("multipart")
        && kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("report")))
    {
        return None;
    }
    let delivery = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            kind.subtype().is_some_and(|sub| {
                sub.eq_ignore_ascii_case("delivery-status")
                    || sub.eq_ignore_ascii_case("global-delivery-status")
            })
        })
    });
    let Some(delivery) = delivery else { return Some(Report::Other) };
    let fields = String::from_utf8_lossy(delivery.contents());
    let field = |name: &str| {
        fields.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let failed = field("Action").is_some_and(|how| how.eq_ignore_ascii_case("failed"));
    if !failed {
        return Some(Report::Other);
    }
    let status = field("Status").unwrap_or_default();
    let words = field("Diagnostic-Code").unwrap_or_default();
    let words = words.split_once(';').map_or(words, |(_, words)| words);
    let said = HeaderText::new(&format!("{status} {words}")).into_string();
    // 4.x: given up after days of trying. Full mailboxes (5.2.2) empty themselves.
    let permanent = status.starts_with('5') && status != "5.2.2";
    Some(Report::Failed(Failure { permanent, said }))
}

/// What came back to the address for bounces without being a report.
pub(super) fn unreadable(message: &Message<'_>) -> Failure {
    let said = HeaderText::new(message.subject().unwrap_or_default()).into_string();
    Failure { permanent: false, said }
}
