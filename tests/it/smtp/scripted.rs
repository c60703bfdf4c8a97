//! A server that speaks real SMTP lines on a real socket and misbehaves where it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What the server does when a phase comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Say(&'static str),
    /// Says nothing and keeps the line open.
    Hang,
    /// Closes the line without a word.
    Drop,
}

/// One answer a phase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Script {
    pub(crate) greeting: Act,
    pub(crate) ehlo: Act,
    pub(crate) mail: Act,
    pub(crate) rcpt: Act,
    pub(crate) data: Act,
    /// Closes the line after so many octets of the message, before its dot.
    pub(crate) cut_after: Option<usize>,
    pub(crate) dot: Act,
}

/// Everything goes well.
pub(crate) const GOOD: Script = Script {
    greeting: Act::Say("220 test ESMTP"),
    ehlo: Act::Say("250-test\r\n250 8BITMIME"),
    mail: Act::Say("250 2.1.0 ok"),
    rcpt: Act::Say("250 2.1.5 ok"),
    data: Act::Say("354 go ahead"),
    cut_after: None,
    dot: Act::Say("250 2.0.0 queued as 4711"),
};

pub(crate) struct Server {
    pub(crate) port: u16,
    /// The messages as they came over the line, dots unstuffed.
    pub(crate) taken: Arc<Mutex<Vec<Vec<u8>>>>,
    /// Every command line, for what must never be said.
    pub(crate) heard: Arc<Mutex<Vec<String>>>,
    _thread: JoinHandle<()>,
}

/// Serves one connection after another; the last script repeats.
pub(crate) fn serve(scripts: Vec<Script>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let (took, hearing) = (Arc::clone(&taken), Arc::clone(&heard));
    let thread = std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let script = scripts[number.min(scripts.len() - 1)];
            // A conversation that breaks off is what many scripts ask for.
            converse(&stream.unwrap(), script, &took, &hearing);
        }
    });
    Server { port, taken, heard, _thread: thread }
}

fn converse(
    stream: &TcpStream,
    script: Script,
    taken: &Mutex<Vec<Vec<u8>>>,
    heard: &Mutex<Vec<String>>,
) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    act(stream, script.greeting)?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        heard.lock().unwrap().push(line.trim_end().to_owned());
        match line.split([' ', '\r']).next()?.to_uppercase().as_str() {
            "EHLO" => act(stream, script.ehlo)?,
            "MAIL" => act(stream, script.mail)?,
            "RCPT" => act(stream, script.rcpt)?,
            "DATA" => {
                act(stream, script.data)?;
                if script.data == GOOD.data {
                    let message = content(&mut reader, script.cut_after)?;
                    if !matches!(script.dot, Act::Say(reply) if !reply.starts_with('2')) {
                        taken.lock().unwrap().push(message);
                    }
                    act(stream, script.dot)?;
                }
            }
            "QUIT" => {
                act(stream, Act::Say("221 bye"))?;
                return None;
            }
            _ => act(stream, Act::Say("502 no such command"))?,
        }
    }
}

fn content(
    reader: &mut BufReader<TcpStream>,
    cut_after: Option<usize>,
) -> Option<Vec<u8>> {
    if let Some(octets) = cut_after {
        let mut some = vec![0; octets];
        reader.read_exact(&mut some).ok()?;
        return None;
    }
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        match line.as_slice() {
            b".\r\n" | b"" => return Some(message),
            [b'.', rest @ ..] => message.extend_from_slice(rest),
            whole => message.extend_from_slice(whole),
        }
    }
}

fn act(mut stream: &TcpStream, act: Act) -> Option<()> {
    match act {
        Act::Say(reply) => stream.write_all(format!("{reply}\r\n").as_bytes()).ok(),
        Act::Drop => None,
        Act::Hang => {
            // Until the other side gives up and closes.
            let mut nothing = [0; 512];
            while stream.read(&mut nothing).ok()? > 0 {}
            None
        }
    }
}
