//! Every input that the fuzzer ever found to break a promise of a public edge, tried again,
//! and one small input of each kind, so that an edge that refuses everything is seen.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

#[path = "../../fuzz/src/edges/list.rs"]
mod edges;

/// None of these may take longer, in a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

fn inputs(edge: &str) -> Vec<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(edge);
    let files = std::fs::read_dir(&folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn what_the_fuzzer_found_stays_mended() {
    for (name, edge) in edges::EDGES {
        let inputs = inputs(name);
        assert!(!inputs.is_empty(), "fuzz/regressions/{name} is empty");
        for input in inputs {
            let bytes = std::fs::read(&input).unwrap();
            println!("{}", input.display());
            let begun = Instant::now();
            edge(&bytes);
            let took = begun.elapsed();
            assert!(took < LONGEST, "{} took {took:?}", input.display());
        }
    }
}

/// `MITHAQ_FUZZ_INPUT=EDGE:FILE` tries one input, as `scripts/fuzz` says after a find.
#[test]
fn one_input_is_replayed() {
    let Ok(wanted) = std::env::var("MITHAQ_FUZZ_INPUT") else {
        println!("skipped: MITHAQ_FUZZ_INPUT=EDGE:FILE names an input to replay");
        return;
    };
    let (name, file) = wanted.split_once(':').expect("EDGE:FILE");
    let edge = edges::EDGES.into_iter().find(|(edge, _)| *edge == name);
    let (_, edge) = edge.expect("an edge of fuzz/src/edges/list.rs");
    edge(&std::fs::read(file).expect("the input"));
}
