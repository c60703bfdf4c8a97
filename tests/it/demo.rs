//! The demonstration ends by itself, soon, and tells the whole story in both languages.

use std::process::Command;
use std::time::{Duration, Instant};

#[test]
fn the_demo_tells_its_story_and_ends() {
    let scratch = tempfile::tempdir().unwrap();
    let kept = scratch.path().join("network");
    let began = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_mithaq"))
        .args(["demo", "--once", "--keep"])
        .arg(&kept)
        .current_dir(scratch.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{complained}");
    for kind in
        ["receipt", "problem", "finding", "resolved", "due_soon", "digest", "index_delta"]
    {
        assert!(
            said.contains(&format!("✉ {kind} → ")),
            "no {kind}:\n{said}\n{complained}"
        );
    }
    for word in ["استلام", "Received", "Governance Index", "مؤشر الحوكمة"]
    {
        assert!(said.contains(word), "{word}:\n{said}");
    }
    let letters = std::fs::read_dir(kept.join("outbox")).unwrap().count();
    assert!(letters > 30, "{letters} letters");
    // A development build on a busy machine; a release build takes half of it.
    let took = began.elapsed();
    assert!(took < Duration::from_secs(60), "{took:?}");
}
