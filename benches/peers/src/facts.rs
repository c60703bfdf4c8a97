//! An organization's facts by name, as engines that read documents take them.

use crate::workload::{Event, Kind, Org};

/// The kinds of events, in the order of their numbers.
pub const KINDS: [&str; 15] = [
    "meet",
    "minutes",
    "ga",
    "audit",
    "report",
    "filing",
    "policy",
    "pub",
    "don",
    "decl",
    "budget",
    "board",
    "coi",
    "eval",
    "complaint",
];

pub fn kind(org: &Org) -> &'static str {
    match org.kind {
        Kind::Ngo => "ngo",
        Kind::Foundation => "foundation",
        Kind::Assoc => "assoc",
        Kind::Coop => "coop",
    }
}

pub fn numbers(org: &Org) -> [(&'static str, i32); 8] {
    [
        ("founded_d", org.founded_d),
        ("founded_m", org.founded_m),
        ("fe", org.fe),
        ("budget", org.budget),
        ("staff", org.staff),
        ("board", org.board),
        ("women", org.women),
        ("indep", org.indep),
    ]
}

pub fn flags(org: &Org) -> [(&'static str, bool); 3] {
    [("public", org.public), ("exempt", org.exempt), ("ombudsman", org.ombudsman)]
}

pub fn values(event: &Event) -> [(&'static str, i32); 5] {
    [("id", event.id), ("d", event.d), ("m", event.m), ("a", event.a), ("b", event.b)]
}

/// The events of each kind.
pub fn events(org: &Org) -> impl Iterator<Item = (&'static str, &[Event])> {
    (0..15u8).zip(KINDS).map(|(number, name)| {
        let from = org.events.partition_point(|event| event.k < number);
        let to = org.events.partition_point(|event| event.k <= number);
        (name, &org.events[from..to])
    })
}
