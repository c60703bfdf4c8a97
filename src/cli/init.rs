//! `mithaq init DIR`: a new network that already works, each line of it explained.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::{Context, Exit, Failure, Format};
use crate::shell::Error;
use crate::shell::disk;
use crate::shell::network::SETTINGS;
use crate::text::Language;

pub mod shelf;

#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder to make; its name becomes the network's
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// A rulebook to begin with, in place of the first rule; may be given several times
    #[arg(long = "rulebook", value_name = "NAME", value_parser = shelf::NAMES)]
    pub rulebooks: Vec<String>,
}

/// Makes the network, unless there is one.
///
/// # Errors
/// When there is one already, or the disk refuses.
pub fn run(context: &Context, arguments: &Arguments) -> Result<Exit, Failure> {
    let folder = &arguments.folder;
    if folder.join(SETTINGS).exists() {
        let shown = folder.display();
        return Err(Failure::Error(Error::report(
            format!("{shown} is a network already; nothing was changed"),
            format!("{shown} شبكة قائمة أصلًا، ولم يتغير شيء"),
        )));
    }
    let mut files = files(folder, context.output.language);
    if !arguments.rulebooks.is_empty() {
        files.retain(|(name, _)| !name.starts_with("rules/"));
        files.extend(shelf::files(&arguments.rulebooks));
        if let Some((_, settings)) = files.iter_mut().find(|(name, _)| name == SETTINGS) {
            settle(settings, &arguments.rulebooks);
        }
    }
    for (name, text) in &files {
        let path = folder.join(name);
        if path.exists() {
            continue;
        }
        if let Some(above) = path.parent() {
            disk::make_folder(above)?;
        }
        disk::write_whole(&path, text.as_bytes())?;
    }
    disk::make_folder(&folder.join("organizations/sample/papers"))?;
    told(context, folder, &files);
    Ok(Exit::Done)
}

/// A network that begins with the law of Lebanon alone is in Lebanon.
fn settle(settings: &mut String, rulebooks: &[String]) {
    let law = |name: &str| rulebooks.iter().any(|one| one == name);
    if law("lebanon-associations") && !law("palestine-ngo-law") {
        *settings = settings.replacen("\"PS\"", "\"LB\"", 1);
        *settings = settings.replacen("Asia/Hebron", "Asia/Beirut", 1);
    }
}

fn told(context: &Context, folder: &Path, files: &[(String, String)]) {
    let output = context.output;
    let shown = folder.display();
    if output.format == Format::Json {
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        output.json(vec![("network", json!(shown.to_string())), ("files", json!(names))]);
        return;
    }
    for (name, _) in files {
        output.data(&folder.join(name).display().to_string());
    }
    output.note(
        &format!(
            "The network is ready. Put papers into {shown}/organizations/sample/papers, \
             then run: cd {shown} && mithaq scan"
        ),
        &format!(
            "الشبكة جاهزة. ضعوا المستندات في {shown}/organizations/sample/papers، \
             ثم نفّذوا: cd {shown} && mithaq scan"
        ),
    );
}

/// Each file below the network's folder, with its text in the language asked for.
fn files(folder: &Path, language: Language) -> Vec<(String, String)> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    // A quote or a backslash in a folder's name must not end the text that holds it.
    let name: String = name
        .chars()
        .filter(|letter| !letter.is_control() && !matches!(letter, '"' | '\\'))
        .collect();
    let name = if name.is_empty() { "mithaq".to_owned() } else { name };
    let (settings, rules, organization, minutes) = match language {
        Language::English => (
            include_str!("init/en/mithaq.toml"),
            ("rules/board.rules", include_str!("init/en/board.rules")),
            include_str!("init/en/organization.toml"),
            ("board-minutes.md", include_str!("init/en/minutes.md")),
        ),
        Language::Arabic => (
            include_str!("init/ar/mithaq.toml"),
            ("rules/board.rules", include_str!("init/ar/board.rules")),
            include_str!("init/ar/organization.toml"),
            ("محضر-مجلس-الإدارة.md", include_str!("init/ar/minutes.md")),
        ),
    };
    let sample = "organizations/sample";
    vec![
        (SETTINGS.to_owned(), settings.replace("{name}", &name)),
        (rules.0.to_owned(), rules.1.to_owned()),
        (format!("{sample}/organization.toml"), organization.to_owned()),
        (format!("{sample}/papers/{}", minutes.0), minutes.1.to_owned()),
    ]
}
