//! How letters leave, by what the network's settings say and whether it is live.

use std::path::Path;
use std::path::PathBuf;

use rusqlite::Connection;

use super::Row;
use crate::config::network::Smtp;
use crate::limits::CONFIG_BYTES_MAX;
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::network::Office;
use crate::shell::smtp::Fate;
use crate::shell::smtp::Limits;
use crate::shell::smtp::Server;
use crate::shell::store::setting;
use crate::shell::store::setting::Setting;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

/// How letters leave.
#[derive(Debug, Clone)]
pub enum Way {
    /// As files into this folder.
    Folder(PathBuf),
    Smtp(Box<Server>),
    /// To a server of a simulated world.
    Hand(Hand),
}

/// Hands one letter in its exact bytes over, as [`smtp::send`](crate::shell::smtp::send)
/// does: the function it is given has to be called before a delivery is possible.
pub type Handing<'h> = dyn Fn(&Row, &[u8], &mut dyn FnMut() -> Result<(), Error>) -> Result<Fate, Error>
    + 'h;

/// Whoever letters are handed to.
#[derive(Clone)]
pub struct Hand(pub Rc<Handing<'static>>);

impl fmt::Debug for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hand")
    }
}

impl Way {
    /// By SMTP when the network is live and has a server; else into its folder `outbox`.
    ///
    /// # Errors
    /// When the password or the certificate authority cannot be read.
    pub fn of(office: &Office, live: bool) -> Result<Way, Error> {
        match &office.settings.smtp {
            Some(smtp) if live => Ok(Way::Smtp(Box::new(server(office, smtp)?))),
            _ => Ok(Way::Folder(folder(&office.root))),
        }
    }
}

/// Where letters become files.
pub fn folder(root: &Path) -> PathBuf {
    root.join("outbox")
}

/// Whether somebody said `go-live`.
///
/// # Errors
/// When the store fails.
pub fn is_live(connection: &Connection) -> Result<bool, Error> {
    Ok(setting::get(connection, Setting::Live)?.as_deref() == Some("yes"))
}

/// The server of the settings, with the password and the authority read from their files;
/// both are named from the network's folder unless their path is absolute.
///
/// # Errors
/// When one of them cannot be read.
pub fn server(office: &Office, smtp: &Smtp) -> Result<Server, Error> {
    let read = |file: &Option<String>| -> Result<Option<String>, Error> {
        let Some(file) = file else { return Ok(None) };
        let text = disk::read_text(&office.root.join(file), CONFIG_BYTES_MAX)?;
        text.map(Some).ok_or_else(|| {
            Error::report(
                format!("`{file}`, which [smtp] names, is not there"),
                format!("الملف «{file}» المذكور في [smtp] غير موجود"),
            )
        })
    };
    let password = read(&smtp.password_file)?;
    let from = office.settings.mail.from.clone();
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let limits = smtp.timeout_seconds.map_or_else(Limits::patient, |seconds| {
        Limits::all(Duration::from_secs(u64::from(seconds)))
    });
    Ok(Server {
        host: smtp.host.clone(),
        port: smtp.port,
        hello: if domain.is_ascii() { domain.to_owned() } else { "localhost".to_owned() },
        from,
        returns: office.settings.mail.replies.clone(),
        user: smtp.user.clone(),
        password: password.map(|text| text.trim_end_matches(['\r', '\n']).to_owned()),
        ca: read(&smtp.ca_file)?.map(String::into_bytes),
        limits,
    })
}
