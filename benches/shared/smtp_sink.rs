//! A mail server that takes everything, on a real socket; and the least that a client can do to
//! hand it a letter.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Whom a letter was for, and its Message-ID.
pub(crate) type Taken = (String, String);

pub(crate) struct Sink {
    pub(crate) port: u16,
    /// In the order in which the dots were answered.
    pub(crate) taken: Arc<Mutex<Vec<Taken>>>,
}

/// Serves one connection after another, as long as the process lives.
pub(crate) fn sink() -> Sink {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let taken: Arc<Mutex<Vec<Taken>>> = Arc::default();
    let takes = Arc::clone(&taken);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            converse(&stream.unwrap(), &takes);
        }
    });
    Sink { port, taken }
}

fn converse(mut stream: &TcpStream, taken: &Mutex<Vec<Taken>>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut lines = BufReader::new(stream.try_clone().ok()?);
    let (mut line, mut recipient) = (String::new(), String::new());
    let mut say = |reply: &str| stream.write_all(reply.as_bytes()).ok();
    say("220 sink ESMTP\r\n")?;
    loop {
        line.clear();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.get(..4).unwrap_or_default() {
            "EHLO" => say("250-sink\r\n250 8BITMIME\r\n")?,
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1)?;
                address.clone_into(&mut recipient);
                say("250 2.1.5 ok\r\n")?;
            }
            "DATA" => {
                say("354 go ahead\r\n")?;
                let id = message_id(&mut lines)?;
                taken.lock().unwrap().push((recipient.clone(), id));
                say("250 2.0.0 taken\r\n")?;
            }
            "QUIT" => {
                say("221 bye\r\n")?;
                return None;
            }
            _ => say("250 2.1.0 ok\r\n")?,
        }
    }
}

/// Reads a message to its dot.
fn message_id(lines: &mut impl BufRead) -> Option<String> {
    let (mut line, mut id) = (String::new(), String::new());
    loop {
        line.clear();
        lines.read_line(&mut line).ok()?;
        if line == ".\r\n" || line.is_empty() {
            return Some(id);
        }
        if let Some(value) = line.strip_prefix("Message-ID: ") {
            value.trim().clone_into(&mut id);
        }
    }
}

/// Hands over one letter, on a connection of its own; nothing of it is kept anywhere.
pub(crate) fn hand_over(port: u16, recipient: &str, message: &[u8]) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut replies = BufReader::new(stream.try_clone().unwrap());
    let mut heard = String::new();
    let mut answered = |last: &str| {
        while !heard.starts_with(last) {
            heard.clear();
            assert!(replies.read_line(&mut heard).unwrap() > 0, "the sink has gone");
        }
        heard.clear();
    };
    answered("220 ");
    for command in [
        "EHLO bench\r\n".to_owned(),
        "MAIL FROM:<bench@example.org>\r\n".to_owned(),
        format!("RCPT TO:<{recipient}>\r\n"),
    ] {
        stream.write_all(command.as_bytes()).unwrap();
        answered("250 ");
    }
    stream.write_all(b"DATA\r\n").unwrap();
    answered("354 ");
    stream.write_all(message).unwrap();
    stream.write_all(b"\r\n.\r\n").unwrap();
    answered("250 ");
    stream.write_all(b"QUIT\r\n").unwrap();
    answered("221 ");
}
