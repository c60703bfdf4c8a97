//! One letter to one server: the phases of SMTP, each with its time limit, over lettre's
//! low-level connection.
//!
//! No pool: a connection whose answer was not read in time gives that answer to the next
//! message. Whatever goes wrong, the connection is dropped. What an error means follows from
//! the phase it came in, never from the library's name for it. Commands are never logged:
//! one of them is the password.

mod phase;

use std::cell::Cell;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::client::Certificate;
use lettre::transport::smtp::client::CertificateStore;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::commands::Data;
use lettre::transport::smtp::commands::Mail;
use lettre::transport::smtp::commands::Rcpt;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::extension::Extension;
use lettre::transport::smtp::extension::MailParameter;
use lettre::transport::smtp::response::Response;
use lettre::transport::smtp::response::Severity;
use tokio::net::TcpStream;
use tokio::net::lookup_host;
use tokio::time::timeout;

use crate::letters::token::Token;
use crate::shell::Error;
use phase::{full, is_done, said, within, words};

/// The server that takes our letters.
#[derive(Clone)]
pub struct Server {
    pub host: String,
    pub port: u16,
    /// How we name ourselves.
    pub hello: String,
    /// The envelope's sender.
    pub from: String,
    /// The mailbox that letters come back to with their token, where one is read.
    pub returns: Option<String>,
    pub user: Option<String>,
    pub password: Option<String>,
    /// A certificate authority of one's own, in PEM; the system's when `None`.
    pub ca: Option<Vec<u8>>,
    pub limits: Limits,
}

/// How long each phase may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub connect: Duration,
    /// Connecting, the greeting, EHLO and STARTTLS together.
    pub greeting: Duration,
    pub auth: Duration,
    pub mail: Duration,
    pub rcpt: Duration,
    pub data: Duration,
    /// Each block of the message.
    pub block: Duration,
    /// From the dot to the answer.
    pub final_dot: Duration,
}

/// What became of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server took it; its words are the evidence.
    Accepted { reply: String },
    /// Not now: nothing was taken.
    Later { reply: String },
    /// Never, for this recipient.
    Refused { reply: String },
    /// The dot was sent and no believable answer came.
    Uncertain { reply: String },
    /// The way to the server is at fault, not the letter. One that `stands` needs a person.
    ChannelFault { reply: String, stands: bool },
}

/// Octets of a message written at a time.
const BLOCK_OCTETS: usize = 16 << 10;

/// How long a good-bye may take; nothing depends on it.
const QUIT: Duration = Duration::from_secs(5);

impl Limits {
    /// RFC 5321, 4.5.3.2, and ten minutes after the dot: a shorter wait gives duplicates.
    pub fn patient() -> Limits {
        let minutes = |count: u64| Duration::from_secs(60 * count);
        Limits {
            connect: Duration::from_secs(30),
            greeting: minutes(5),
            auth: minutes(1),
            mail: minutes(5),
            rcpt: minutes(5),
            data: minutes(2),
            block: minutes(3),
            final_dot: minutes(10),
        }
    }

    /// One limit for every phase.
    pub fn all(limit: Duration) -> Limits {
        Limits {
            connect: limit,
            greeting: limit,
            auth: limit,
            mail: limit,
            rcpt: limit,
            data: limit,
            block: limit,
            final_dot: limit,
        }
    }
}

/// Never the password.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// The server with an envelope sender of the letter's own: what comes back says which
    /// letter it was (VERP).
    pub fn returning(&self, token: Option<&Token>) -> Server {
        let mut server = self.clone();
        if let (Some(mailbox), Some(token)) = (&self.returns, token) {
            server.from = token.bounce_address(mailbox);
        }
        server
    }
}

/// Sends one message to one recipient. `before_dot` is called once the server has agreed to
/// take the message and before any of it is written: it has to make durable that from now on
/// a delivery is possible.
///
/// # Errors
/// Only what `before_dot` returns, and when the runtime cannot start; nothing was sent then.
pub fn send(
    server: &Server,
    recipient: &str,
    message: &[u8],
    before_dot: impl FnOnce() -> Result<(), Error>,
) -> Result<Fate, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            Error::retry(
                format!("the mail thread could not start: {error}"),
                format!("تعذّر بدء مسار البريد: {error}"),
            )
        })?;
    runtime.block_on(attempt(server, recipient, message, before_dot))
}

/// Connects, secures and authenticates, and says good-bye: for `doctor` and `go-live`.
///
/// # Errors
/// What stands in the way, as the server or the library says it.
pub fn probe(server: &Server) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        match open(server).await {
            Ok(mut connection) => {
                part(&mut connection).await;
                Ok(())
            }
            Err(Fate::ChannelFault { reply, .. }) => Err(reply),
            Err(other) => Err(format!("{other:?}")),
        }
    })
}

async fn attempt(
    server: &Server,
    recipient: &str,
    message: &[u8],
    before_dot: impl FnOnce() -> Result<(), Error>,
) -> Result<Fate, Error> {
    let mut connection = match open(server).await {
        Ok(connection) => connection,
        Err(fate) => return Ok(fate),
    };
    if let Err(fate) = envelope(&mut connection, server, recipient).await {
        return Ok(fate);
    }
    before_dot()?;
    let fate = content(&mut connection, server, message).await;
    if matches!(fate, Fate::Accepted { .. } | Fate::Refused { .. }) {
        part(&mut connection).await;
    }
    Ok(fate)
}

/// Up to and with AUTH: every fault here is the channel's.
async fn open(server: &Server) -> Result<AsyncSmtpConnection, Fate> {
    let fault = |phase: &str, reply: &str, stands| Fate::ChannelFault {
        reply: said(phase, reply),
        stands,
    };
    let line = timeout(server.limits.greeting, reach(server)).await;
    let line = line.unwrap_or_else(|_| Err(TIMED_OUT.to_owned()));
    let line = line.map_err(|why| fault("connect", &why, false))?;
    let secured = within(server.limits.greeting, async {
        let hello = ClientId::Domain(server.hello.clone());
        let mut connection =
            AsyncSmtpConnection::connect_with_transport(Box::new(line), &hello).await?;
        if connection.can_starttls() {
            connection.starttls(tls(server)?, &hello).await?;
        }
        Ok(connection)
    });
    let mut connection =
        secured.await.map_err(|stop| fault("connect", &stop.words(), false))?;
    if !connection.is_encrypted() && !may_be_plain(server) {
        return Err(fault("connect", "the server offers no STARTTLS", true));
    }
    let Some(user) = &server.user else {
        return Ok(connection);
    };
    let password = server.password.clone().unwrap_or_default();
    let credentials = Credentials::new(user.clone(), password);
    let mechanisms = [Mechanism::Plain, Mechanism::Login];
    let auth =
        within(server.limits.auth, connection.auth(&mechanisms, &credentials)).await;
    match auth {
        Ok(response) if is_done(&response) => Ok(connection),
        Ok(response) => Err(fault("auth", &words(&response), false)),
        Err(stop) => {
            let stands = stop.code() == Some(Severity::PermanentNegativeCompletion);
            Err(fault("auth", &stop.words(), stands))
        }
    }
}

const TIMED_OUT: &str = "connection timed out";

/// A line to the first address of the server that answers. What is written to it leaves at
/// once: else the dot behind each message waits, 40 ms as a rule, until the server's system
/// has confirmed what came before it.
async fn reach(server: &Server) -> Result<TcpStream, String> {
    let mut why = format!("{} has no address", server.host);
    let addresses = lookup_host((server.host.as_str(), server.port)).await;
    for address in addresses.map_err(|error| error.to_string())? {
        match timeout(server.limits.connect, TcpStream::connect(address)).await {
            Ok(Ok(line)) => {
                line.set_nodelay(true).map_err(|error| error.to_string())?;
                return Ok(line);
            }
            Ok(Err(error)) => why = error.to_string(),
            Err(_) => TIMED_OUT.clone_into(&mut why),
        }
    }
    Err(why)
}

/// On the machine itself and without a password there is nothing that TLS would hide.
fn may_be_plain(server: &Server) -> bool {
    server.user.is_none()
        && matches!(server.host.as_str(), "localhost" | "127.0.0.1" | "::1")
}

fn tls(server: &Server) -> Result<TlsParameters, lettre::transport::smtp::Error> {
    let mut parameters = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.ca {
        parameters = parameters
            .certificate_store(CertificateStore::None)
            .add_root_certificate(Certificate::from_pem(pem)?);
    }
    parameters.build()
}

/// MAIL, RCPT and DATA: nothing is taken yet, so every fault is safe to repeat.
async fn envelope(
    connection: &mut AsyncSmtpConnection,
    server: &Server,
    recipient: &str,
) -> Result<(), Fate> {
    let limits = server.limits;
    let from = address(&server.from)
        .map_err(|reply| Fate::ChannelFault { reply, stands: true })?;
    let to = address(recipient).map_err(|reply| Fate::Refused { reply })?;
    let mut parameters = Vec::new();
    if !server.from.is_ascii() || !recipient.is_ascii() {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let reply = said("mail", "the server does not take addresses beyond ASCII");
            return Err(Fate::Refused { reply });
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let mail = connection.command(Mail::new(Some(from), parameters));
    match within(limits.mail, mail).await {
        Ok(response) if is_done(&response) => {}
        Ok(response) => {
            return Err(Fate::Later { reply: said("mail", &words(&response)) });
        }
        Err(stop) if stop.is_permanent() => {
            let reply = said("mail", &stop.words());
            return Err(Fate::ChannelFault { reply, stands: true });
        }
        Err(stop) => return Err(Fate::Later { reply: said("mail", &stop.words()) }),
    }
    let rcpt = connection.command(Rcpt::new(to, Vec::new()));
    match within(limits.rcpt, rcpt).await {
        Ok(response) if is_done(&response) => {}
        Ok(response) => {
            return Err(Fate::Later { reply: said("rcpt", &words(&response)) });
        }
        Err(stop) => return Err(stop.fate("rcpt")),
    }
    match within(limits.data, connection.command(Data)).await {
        Ok(response) if response.has_code(354) => Ok(()),
        Ok(response) => Err(Fate::Later { reply: said("data", &words(&response)) }),
        Err(stop) => Err(stop.fate("data")),
    }
}

/// The message and its dot. Until the last block is written nothing can have been taken;
/// after it, only an answer that fits is believed.
async fn content(
    connection: &mut AsyncSmtpConnection,
    server: &Server,
    message: &[u8],
) -> Fate {
    let taken = Cell::new(0usize);
    let ended = Cell::new(false);
    // The dot brings a line end of its own.
    let message = message.strip_suffix(b"\r\n").unwrap_or(message);
    let mut rest = message.chunks(BLOCK_OCTETS);
    let blocks = std::iter::from_fn(|| {
        taken.set(taken.get() + 1);
        let block = rest.next();
        ended.set(block.is_none());
        block
    });
    let mut writing = std::pin::pin!(connection.message_iter(blocks));
    loop {
        let before = taken.get();
        let limit =
            if ended.get() { server.limits.final_dot } else { server.limits.block };
        match timeout(limit, writing.as_mut()).await {
            Ok(answer) => return judge(answer, ended.get()),
            // Time is counted anew whenever a block was taken.
            Err(_) if taken.get() != before => {}
            Err(_) => return silence(ended.get(), "no answer in time"),
        }
    }
}

fn judge(answer: Result<Response, lettre::transport::smtp::Error>, ended: bool) -> Fate {
    match answer {
        Ok(response) if is_done(&response) && ended => {
            Fate::Accepted { reply: words(&response) }
        }
        Ok(response) => silence(ended, &words(&response)),
        Err(error) => match error.status().map(|code| code.severity) {
            Some(Severity::PermanentNegativeCompletion) => {
                Fate::Refused { reply: said("dot", &error.to_string()) }
            }
            Some(Severity::TransientNegativeCompletion) => {
                Fate::Later { reply: said("dot", &error.to_string()) }
            }
            _ => silence(ended, &full(&error)),
        },
    }
}

fn silence(ended: bool, reply: &str) -> Fate {
    if ended {
        Fate::Uncertain { reply: said("dot", reply) }
    } else {
        Fate::Later { reply: said("content", reply) }
    }
}

async fn part(connection: &mut AsyncSmtpConnection) {
    // The letter's fate is known; a good-bye that fails changes nothing.
    drop(timeout(QUIT, connection.quit()).await);
}

fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|_| said("envelope", &format!("not an address: {text}")))
}
