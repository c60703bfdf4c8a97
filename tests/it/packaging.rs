//! The Debian package and the unit of the service, with Debian's and systemd's own programs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Whether a program is on this machine; a test that needs one says so where it is not.
fn has(program: &str) -> bool {
    let found =
        Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
    let found = found.is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: {program} is not installed");
    }
    found
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn package(folder: &Path) -> PathBuf {
    let output = Command::new(repository().join("scripts/deb"))
        .args([env!("CARGO_BIN_EXE_mithaq"), folder.to_str().unwrap()])
        .env("MITHAQ_DEB_PLAIN", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
}

/// dpkg on a root of its own, so that the machine stays as it is.
fn dpkg(root: &Path, arguments: &[&str]) -> Output {
    Command::new("dpkg")
        .arg("--root")
        .arg(root)
        .args(["--force-not-root", "--force-script-chrootless", "--force-depends"])
        .arg("--log=/dev/null")
        .args(arguments)
        .output()
        .unwrap()
}

fn files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let shown = path.strip_prefix(root).unwrap().display().to_string();
            if shown.starts_with("var/lib/dpkg") {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { found.push(shown) }
        }
    }
    found.sort();
    found
}

#[test]
fn the_package_installs_runs_and_is_removed_without_a_trace() {
    if !has("dpkg-deb") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let package = package(folder.path());
    let root = folder.path().join("machine");
    for place in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers"] {
        std::fs::create_dir_all(root.join(place)).unwrap();
    }
    std::fs::write(root.join("var/lib/dpkg/status"), "").unwrap();

    let installed = dpkg(&root, &["--install", package.to_str().unwrap()]);
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let there = files(&root);
    for wanted in [
        "usr/bin/mithaq",
        "usr/lib/systemd/system/mithaq.service",
        "usr/share/man/man1/mithaq.1.gz",
        "usr/share/bash-completion/completions/mithaq",
        "usr/share/doc/mithaq/copyright",
        "usr/share/doc/mithaq/language/start.ar.md",
    ] {
        assert!(there.iter().any(|path| path == wanted), "{wanted}: {there:#?}");
    }

    let network = folder.path().join("network");
    let mithaq = |arguments: &[&str]| {
        let output = Command::new(root.join("usr/bin/mithaq"))
            .args(arguments)
            .env("LANG", "C")
            .output()
            .unwrap();
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    let place = network.to_str().unwrap();
    mithaq(&["init", place]);
    mithaq(&["--network", place, "scan"]);
    mithaq(&["--network", place, "verdicts"]);

    // Upgraded in place, removed, purged: what people keep stays.
    let again = dpkg(&root, &["--install", package.to_str().unwrap()]);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    std::fs::write(root.join("etc/mithaq/smtp-password"), "x").unwrap();
    assert!(dpkg(&root, &["--remove", "mithaq"]).status.success());
    assert_eq!(files(&root), ["etc/mithaq/smtp-password"]);
    let purged = dpkg(&root, &["--purge", "mithaq"]);
    assert!(purged.status.success(), "{}", String::from_utf8_lossy(&purged.stderr));
    assert_eq!(files(&root), Vec::<String>::new());
    assert!(!root.join("etc/mithaq").exists());
    assert!(network.join(".mithaq/store.sqlite").exists());
}

/// The figure that `docs/DEPLOYMENT.md` gives is systemd's own.
#[test]
fn the_unit_is_as_locked_in_as_its_page_says() {
    if !has("systemd-analyze") {
        return;
    }
    let output = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "packaging/mithaq.service"])
        .current_dir(repository())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let Some(line) = said.lines().find(|line| line.contains("Overall exposure level"))
    else {
        let said = String::from_utf8_lossy(&output.stderr);
        eprintln!("skipped: this systemd does not rate units offline: {said}");
        return;
    };
    let mut figures = line.split_whitespace().filter_map(|word| word.parse::<f32>().ok());
    let figure = figures.next_back().unwrap();
    assert!(figure <= 2.0, "{line}");
    let page = std::fs::read_to_string(repository().join("docs/DEPLOYMENT.md")).unwrap();
    let told = page.split("exposure ").nth(1).and_then(|rest| rest.split(' ').next());
    let told: f32 = told.unwrap().parse().unwrap();
    // Versions of systemd weigh a setting or two otherwise.
    assert!((told - figure).abs() < 0.35, "the page says {told}: {line}");
}
