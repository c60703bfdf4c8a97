//! Hints that something changed below a folder; never a fact.
//!
//! The system's notifications lose files without a word when many come at once, so that
//! nothing rests on them: a hint says which organization to look at first, the walk says
//! what is there, and a timer walks everything in any case.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use notify::{Event, EventKind, RecursiveMode, Watcher};

use crate::shell::store::Place;

/// What may have changed since the last look.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Dirty {
    pub organizations: BTreeSet<String>,
    /// Something that people wrote: rules, organizations, settings.
    pub written: bool,
    /// A command asked for something.
    pub asked: bool,
    /// Notifications were lost, or could not be understood.
    pub everything: bool,
}

/// Watches folders until it is dropped.
#[derive(Debug)]
pub struct Watch {
    watcher: Option<notify::RecommendedWatcher>,
    dirty: Arc<Mutex<Dirty>>,
    /// Folders that could not be watched: they are only walked by the timer.
    pub blind: Vec<PathBuf>,
}

impl Dirty {
    pub fn is_clean(&self) -> bool {
        *self == Dirty::default()
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Dirty) -> Dirty {
        self.organizations.extend(other.organizations);
        Dirty {
            organizations: self.organizations,
            written: self.written || other.written,
            asked: self.asked || other.asked,
            everything: self.everything || other.everything,
        }
    }
}

impl Watch {
    /// Watches the drop folders and what people write below `root`. `wake` is called on
    /// another thread when there is something to look at, and not again before it was taken.
    pub fn start(
        root: &Path,
        folders: &BTreeMap<String, PathBuf>,
        wake: impl Fn() + Send + 'static,
    ) -> Watch {
        let dirty = Arc::new(Mutex::new(Dirty::default()));
        let places = Places::new(root, folders);
        let shared = Arc::clone(&dirty);
        let made = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Ok(mut dirty) = shared.lock() {
                let waits = !dirty.is_clean();
                if places.note(&mut dirty, event) && !waits {
                    wake();
                }
            }
        });
        let mut blind = Vec::new();
        let watcher = match made {
            Ok(mut watcher) => {
                for (folder, mode) in wanted(root, folders) {
                    if let Err(error) = watcher.watch(&folder, mode) {
                        tracing::warn!(folder = %folder.display(), "not watched: {error}");
                        blind.push(folder);
                    }
                }
                Some(watcher)
            }
            Err(error) => {
                tracing::warn!(
                    "nothing can be watched, folders are walked instead: {error}"
                );
                blind.extend(wanted(root, folders).into_iter().map(|(folder, _)| folder));
                None
            }
        };
        Watch { watcher, dirty, blind }
    }

    /// Another folder lies at this path than when it was last watched: a share came back.
    pub fn watch_again(&mut self, folder: &Path) {
        let Some(watcher) = &mut self.watcher else { return };
        if let Err(error) = watcher.watch(folder, RecursiveMode::Recursive) {
            tracing::warn!(folder = %folder.display(), "not watched: {error}");
            self.blind.push(folder.to_owned());
        }
    }

    /// Whether people changed what the network is judged by, since this was last taken.
    pub fn is_written(&self) -> bool {
        self.dirty.lock().is_ok_and(|dirty| dirty.written)
    }

    /// What may have changed since this was last asked.
    pub fn take(&self) -> Dirty {
        let Ok(mut dirty) = self.dirty.lock() else {
            return Dirty { everything: true, ..Dirty::default() };
        };
        std::mem::take(&mut dirty)
    }
}

/// What is to be watched: few folders, with whatever lies below them.
fn wanted(
    root: &Path,
    folders: &BTreeMap<String, PathBuf>,
) -> Vec<(PathBuf, RecursiveMode)> {
    // Folders, never single files: an editor replaces a file and the watch goes with it.
    let written = ["rules", "vocabulary", "calendars", "organizations"];
    let mut wanted: Vec<(PathBuf, RecursiveMode)> =
        vec![(root.to_owned(), RecursiveMode::NonRecursive)];
    for name in written {
        let folder = root.join(name);
        if folder.is_dir() {
            wanted.push((folder, RecursiveMode::Recursive));
        }
    }
    let knocked = Place::of_network(root).knock_folder();
    if knocked.is_dir() {
        wanted.push((knocked, RecursiveMode::NonRecursive));
    }
    for folder in folders.values() {
        if !folder.starts_with(root.join("organizations")) {
            wanted.push((folder.clone(), RecursiveMode::Recursive));
        }
    }
    wanted
}

/// Which path belongs to whom.
struct Places {
    root: PathBuf,
    /// Nothing keeps two organizations from naming one folder.
    folders: BTreeMap<PathBuf, Vec<String>>,
}

impl Places {
    fn new(root: &Path, of: &BTreeMap<String, PathBuf>) -> Places {
        let mut folders = BTreeMap::<_, Vec<String>>::new();
        for (id, folder) in of {
            folders.entry(folder.clone()).or_default().push(id.clone());
        }
        Places { root: root.to_owned(), folders }
    }

    /// Whether there is something to look at.
    fn note(&self, dirty: &mut Dirty, event: notify::Result<Event>) -> bool {
        let Ok(event) = event else {
            dirty.everything = true;
            return true;
        };
        // Our own reading is an access; a lost notification comes without any path.
        if matches!(event.kind, EventKind::Access(kind) if !is_close_after_write(kind)) {
            return false;
        }
        if event.need_rescan() || event.paths.is_empty() {
            dirty.everything = true;
            return true;
        }
        let mut noted = false;
        for path in &event.paths {
            noted |= self.note_path(dirty, path);
        }
        noted
    }

    fn note_path(&self, dirty: &mut Dirty, path: &Path) -> bool {
        if path.starts_with(Place::of_network(&self.root).knock_folder()) {
            dirty.asked = true;
            return true;
        }
        if path.starts_with(self.root.join(".mithaq"))
            || path.starts_with(self.root.join("outbox"))
        {
            return false;
        }
        match path.ancestors().find_map(|folder| self.folders.get(folder)) {
            Some(ids) => dirty.organizations.extend(ids.iter().cloned()),
            None => dirty.written = true,
        }
        true
    }
}

fn is_close_after_write(kind: notify::event::AccessKind) -> bool {
    use notify::event::{AccessKind, AccessMode};
    kind == AccessKind::Close(AccessMode::Write)
}
