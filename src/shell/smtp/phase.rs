//! A phase of the conversation: its time limit, and what is made of its answer.

use std::future::Future;
use std::time::Duration;

use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::response::Severity;
use tokio::time::timeout;

use super::Fate;
use crate::letters::header::HeaderText;

/// Why a phase ended without a positive answer.
pub(super) enum Stop {
    TimedOut,
    Failed(lettre::transport::smtp::Error),
}

pub(super) async fn within<T>(
    limit: Duration,
    phase: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, Stop> {
    match timeout(limit, phase).await {
        Ok(answer) => answer.map_err(Stop::Failed),
        Err(_) => Err(Stop::TimedOut),
    }
}

impl Stop {
    pub(super) fn code(&self) -> Option<Severity> {
        match self {
            Stop::TimedOut => None,
            Stop::Failed(error) => error.status().map(|code| code.severity),
        }
    }

    pub(super) fn is_permanent(&self) -> bool {
        self.code() == Some(Severity::PermanentNegativeCompletion)
    }

    pub(super) fn words(&self) -> String {
        match self {
            Stop::TimedOut => "no answer in time".to_owned(),
            Stop::Failed(error) => full(error),
        }
    }

    /// For phases in which the letter's recipient is what is refused.
    pub(super) fn fate(&self, phase: &str) -> Fate {
        let reply = said(phase, &self.words());
        if self.is_permanent() { Fate::Refused { reply } } else { Fate::Later { reply } }
    }
}

/// The error with its causes: "Connection error: Connection refused".
pub(super) fn full(error: &lettre::transport::smtp::Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words = format!("{words}: {inner_words}");
        }
        cause = inner.source();
    }
    words
}

/// What is kept of an answer: one clean line, with the phase before it.
pub(super) fn said(phase: &str, reply: &str) -> String {
    HeaderText::new(&format!("{phase}: {reply}")).into_string()
}

/// 3xx is positive to the library and no completion to us.
pub(super) fn is_done(response: &Response) -> bool {
    response.code().severity == Severity::PositiveCompletion
}

pub(super) fn words(response: &Response) -> String {
    let lines: Vec<&str> = response.message().collect();
    HeaderText::new(&format!("{} {}", response.code(), lines.join(" "))).into_string()
}
