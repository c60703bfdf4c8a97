//! The network's folder as people wrote it: settings, organizations, rules, calendars.
//!
//! One organization's mistake is that organization's: the others go on. A change is known
//! by the hash of everything read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::config;
use crate::config::Problem;
use crate::config::organization::OrganizationFile;
use crate::config::waivers::Waiver;
use crate::document::Sha256;
use crate::limits;
use crate::shell::Error;
use crate::shell::disk;

/// A network read from its folder.
#[derive(Debug, Clone)]
pub struct Network {
    pub root: PathBuf,
    pub settings: config::network::Network,
    /// Those whose file has no mistake, by id.
    pub organizations: BTreeMap<String, Registered>,
    /// Those whose file has one.
    pub broken: Vec<String>,
    pub waivers: Vec<Waiver>,
    pub calendars: BTreeMap<String, config::calendars::CalendarFile>,
    /// Everything that is wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// Rule files, by their path below the network's folder, with `/`.
    pub rules: BTreeMap<String, String>,
    pub vocabulary: BTreeMap<String, String>,
    /// Every file that was read, by its path below the network's folder; empty once
    /// they are taken for what the network is judged by, to be put into the store.
    pub texts: Vec<(String, String)>,
    /// Files and folders that are there and could not be read.
    pub unreadable: Vec<String>,
    /// Changes when anything above does.
    pub hash: Sha256,
}

/// An organization and its drop folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub file: OrganizationFile,
    pub papers: PathBuf,
}

/// The organizations of a network that somebody looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whom<'w> {
    #[default]
    Everybody,
    One(&'w str),
    Nobody,
}

/// A network without its organizations: all that its letters need to leave.
#[derive(Debug, Clone)]
pub struct Office {
    pub root: PathBuf,
    pub settings: config::network::Network,
}

/// The file that makes a folder a network.
pub const SETTINGS: &str = "mithaq.toml";

/// The nearest folder upward from `from` that is a network.
pub fn find(from: &Path) -> Option<PathBuf> {
    from.ancestors().find(|folder| folder.join(SETTINGS).is_file()).map(Path::to_owned)
}

/// The time zone that a network's settings name.
pub fn zone(root: &Path) -> Option<String> {
    let text = disk::read_text(&root.join(SETTINGS), limits::CONFIG_BYTES_MAX).ok()??;
    config::network::read(SETTINGS, &text).ok().map(|settings| settings.zone)
}

/// Whether an organization of that name has a folder in the network, whatever it holds.
pub fn has(root: &Path, organization: &str) -> bool {
    let plain = Path::new(organization).file_name().is_some_and(|it| it == organization);
    plain && root.join("organizations").join(organization).is_dir()
}

/// What is said to whoever asks for an organization that is not there.
pub fn nobody(organization: &str) -> Error {
    Error::report(
        format!("there is no organization {organization} in this network"),
        format!("لا توجد في هذه الشبكة مؤسسة باسم {organization}"),
    )
}

/// Reads a network's folder.
///
/// # Errors
/// When there is no network, or its own settings have a mistake; mistakes of organizations,
/// waivers and calendars are among [`Network::problems`].
pub fn load(root: &Path) -> Result<Network, Vec<Problem>> {
    read(root, Reading::default())
}

/// The same with only some of its organizations: the files of others are not looked at.
///
/// # Errors
/// As [`load`].
pub fn load_of(root: &Path, whom: Whom<'_>) -> Result<Network, Vec<Problem>> {
    read(root, Reading { whom, ..Reading::default() })
}

/// A network from texts by their paths, as if its folder held these and no others.
///
/// # Errors
/// As [`load`].
pub fn of_texts(
    root: &Path,
    texts: BTreeMap<String, String>,
) -> Result<Network, Vec<Problem>> {
    read(root, Reading { instead: Some(texts), ..Reading::default() })
}

fn read(root: &Path, mut reading: Reading<'_>) -> Result<Network, Vec<Problem>> {
    let settings = match reading.text(root, SETTINGS, limits::CONFIG_BYTES_MAX) {
        Some(text) => config::network::read(SETTINGS, &text)?,
        None => return Err(reading.problems_or_missing(root)),
    };
    let (organizations, broken) = reading.organizations(root);
    let waivers = reading.file(root, "waivers.toml", config::waivers::read);
    let calendars = reading.calendars(root);
    let rules = reading.rules(root, "rules");
    let vocabulary = reading.rules(root, "vocabulary");
    Ok(Network {
        root: root.to_owned(),
        settings,
        organizations,
        broken,
        waivers: waivers.unwrap_or_default(),
        calendars,
        rules,
        vocabulary,
        hash: reading.hash(),
        texts: reading.texts,
        unreadable: reading.unreadable,
        problems: reading.problems,
    })
}

impl<'w> Whom<'w> {
    /// Of an organization that was asked for, or of all.
    pub fn of(organization: Option<&'w str>) -> Whom<'w> {
        organization.map_or(Whom::Everybody, Whom::One)
    }

    /// The one, where it is one.
    pub fn one(self) -> Option<&'w str> {
        match self {
            Whom::One(id) => Some(id),
            Whom::Everybody | Whom::Nobody => None,
        }
    }

    fn is_about(self, organization: &str) -> bool {
        self.one().is_none_or(|id| id == organization)
    }
}

impl Network {
    pub fn office(&self) -> Office {
        Office { root: self.root.clone(), settings: self.settings.clone() }
    }
}

/// What has been read so far: everything wrong, and everything for the hash.
#[derive(Default)]
struct Reading<'w> {
    whom: Whom<'w>,
    problems: Vec<Problem>,
    texts: Vec<(String, String)>,
    unreadable: Vec<String>,
    /// What is read instead of the folder.
    instead: Option<BTreeMap<String, String>>,
}

impl Reading<'_> {
    fn text(&mut self, root: &Path, name: &str, bytes_max: u64) -> Option<String> {
        let read = match &self.instead {
            Some(texts) => Ok(texts.get(name).cloned()),
            None => disk::read_text(&root.join(name), bytes_max),
        };
        match read {
            Ok(text) => {
                let text = text?;
                self.texts.push((name.to_owned(), text.clone()));
                Some(text)
            }
            Err(error) => {
                self.fail(name, error);
                None
            }
        }
    }

    fn fail(&mut self, name: &str, error: Error) {
        self.unreadable.push(name.to_owned());
        self.problems.push(Problem::of_file(name, error.said.english, error.said.arabic));
    }

    fn file<T>(
        &mut self,
        root: &Path,
        name: &str,
        read: impl Fn(&str, &str) -> Result<T, Vec<Problem>>,
    ) -> Option<T> {
        let text = self.text(root, name, limits::CONFIG_BYTES_MAX)?;
        read(name, &text).map_err(|problems| self.problems.extend(problems)).ok()
    }

    fn names(&mut self, root: &Path, folder: &str) -> Vec<PathBuf> {
        let Some(texts) = &self.instead else {
            return disk::names_in(&root.join(folder)).unwrap_or_else(|error| {
                self.fail(folder, error);
                Vec::new()
            });
        };
        let below = texts.keys().filter_map(|path| path.strip_prefix(folder));
        let below = below.filter_map(|path| path.strip_prefix('/')?.split('/').next());
        let names: BTreeSet<&str> = below.collect();
        names.into_iter().map(|name| root.join(folder).join(name)).collect()
    }

    /// Whether a name stands for a folder.
    fn is_folder(&self, root: &Path, name: &str) -> bool {
        match &self.instead {
            Some(texts) => !texts.contains_key(name),
            None => root.join(name).is_dir(),
        }
    }

    fn is_there(&self, root: &Path, name: &str) -> bool {
        match &self.instead {
            Some(texts) => texts.contains_key(name),
            None => root.join(name).exists(),
        }
    }

    fn organizations(
        &mut self,
        root: &Path,
    ) -> (BTreeMap<String, Registered>, Vec<String>) {
        let (mut organizations, mut broken) = (BTreeMap::new(), Vec::new());
        let folders = match self.whom {
            Whom::Everybody => self.names(root, "organizations"),
            Whom::One(id) => vec![root.join("organizations").join(id)],
            Whom::Nobody => Vec::new(),
        };
        for folder in folders {
            // One that is asked for by another name than a folder's is not there.
            let Some(id) = id_of(&folder).filter(|id| self.whom.is_about(id)) else {
                continue;
            };
            let name = format!("organizations/{id}/organization.toml");
            if !self.is_there(root, &name) {
                continue;
            }
            match self.file(root, &name, config::organization::read) {
                Some(file) => {
                    let papers = file.papers.as_deref().unwrap_or("papers");
                    let papers = folder.join(papers);
                    organizations.insert(id, Registered { file, papers });
                }
                None => broken.push(id),
            }
        }
        (organizations, broken)
    }

    fn calendars(
        &mut self,
        root: &Path,
    ) -> BTreeMap<String, config::calendars::CalendarFile> {
        let mut calendars = BTreeMap::new();
        for path in self.names(root, "calendars") {
            let stem =
                path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let name = format!("calendars/{stem}.toml");
            if let Some(calendar) = self.file(root, &name, config::calendars::read) {
                calendars.insert(stem.to_uppercase(), calendar);
            }
        }
        calendars
    }

    /// Every `.rules` file below `folder`.
    fn rules(&mut self, root: &Path, folder: &str) -> BTreeMap<String, String> {
        let mut rules = BTreeMap::new();
        let mut waiting = vec![(folder.to_owned(), 0)];
        while let Some((name, depth)) = waiting.pop() {
            if self.is_folder(root, &name) {
                if depth <= limits::FOLDER_DEPTH_MAX {
                    waiting.extend(self.below(root, &name, depth + 1));
                }
            } else if Path::new(&name).extension().is_some_and(|is| is == "rules")
                && let Some(text) = self.text(root, &name, limits::RULE_FILE_BYTES_MAX)
            {
                rules.insert(name, text);
            }
        }
        rules
    }

    /// What lies in `folder` and is not hidden, by its path below the root.
    fn below(&mut self, root: &Path, folder: &str, depth: usize) -> Vec<(String, usize)> {
        let names = self.names(root, folder);
        let names = names.iter().filter_map(|path| path.file_name()?.to_str());
        names
            .filter(|name| !name.starts_with('.'))
            .map(|name| (format!("{folder}/{name}"), depth))
            .collect()
    }

    fn hash(&self) -> Sha256 {
        let mut all = Vec::new();
        let mut texts: Vec<_> = self.texts.iter().collect();
        texts.sort();
        for (name, text) in texts {
            for part in [name, text] {
                let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
                all.extend_from_slice(&length.to_be_bytes());
                all.extend_from_slice(part.as_bytes());
            }
        }
        disk::sha256(&all)
    }

    fn problems_or_missing(self, root: &Path) -> Vec<Problem> {
        if !self.problems.is_empty() {
            return self.problems;
        }
        let shown = root.display();
        vec![Problem::of_file(
            SETTINGS,
            format!("there is no {SETTINGS} in {shown}; `mithaq init` makes a network"),
            format!("لا يوجد ملف {SETTINGS} في {shown}، والأمر `mithaq init` ينشئ شبكة"),
        )]
    }
}

/// The name of an organization's folder, when it can be an id: UTF-8 and not hidden.
fn id_of(folder: &Path) -> Option<String> {
    let name = folder.file_name()?.to_str()?;
    (!name.starts_with('.')).then(|| name.to_owned())
}
