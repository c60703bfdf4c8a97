//! One binary for every edge: libFuzzer makes the inputs, `MITHAQ_FUZZ_TARGET` names the
//! edge that takes them. `scripts/fuzz` builds and runs it.

#![no_main]

use std::panic::PanicHookInfo;
use std::sync::LazyLock;
use std::sync::Mutex;

#[path = "edges/list.rs"]
mod edges;

/// The edge that this process tries.
static EDGE: LazyLock<edges::Edge> = LazyLock::new(|| {
    let wanted = std::env::var("MITHAQ_FUZZ_TARGET").unwrap_or_default();
    let found = edges::EDGES.into_iter().find(|(name, _)| *name == wanted);
    let Some((_, edge)) = found else {
        let names: Vec<&str> = edges::EDGES.iter().map(|(name, _)| *name).collect();
        eprintln!("MITHAQ_FUZZ_TARGET is one of: {}", names.join(" "));
        std::process::exit(2);
    };
    edge
});

/// What the last panic said.
static SAID: Mutex<String> = Mutex::new(String::new());

fn listen(panic: &PanicHookInfo<'_>) {
    if let Ok(mut said) = SAID.lock() {
        *said = panic.to_string();
    }
}

libfuzzer_sys::fuzz_target!(
    init: {
        // In place of libFuzzer's own hook, which ends the process even where the program
        // catches what a foreign reader of PDF does.
        std::panic::set_hook(Box::new(listen));
        LazyLock::force(&EDGE);
    },
    |input: &[u8]| {
        if std::panic::catch_unwind(|| EDGE(input)).is_err() {
            eprintln!("{}", SAID.lock().map(|said| said.clone()).unwrap_or_default());
            std::process::abort();
        }
    }
);
