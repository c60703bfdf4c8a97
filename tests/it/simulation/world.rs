//! The people of a simulated network and what they do in their folders, and a diary of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use mithaq::calendar::Day;
use mithaq::document::Sha256;
use mithaq::shell::disk;

use super::dice::Dice;

/// Rules of one seed: what is owed seldom, so that years are cheap.
const RULEBOOKS: [&str; 5] = [
    "Rule G: general assembly meets annually\n",
    "Rule G: تجتمع الجمعية العمومية سنويًا\n",
    "Rule G: general assembly meets annually\n  Grace: 10 days\n",
    "Evidence may arrive: 30 days\nRule G: general assembly meets annually\n  \
     Severity: critical\n",
    "Rule G: general assembly meets annually\nRule B: board meets every 6 months\n",
];

/// Zones at both ends of the world, and with summer time.
const ZONES: [&str; 6] = [
    "Asia/Hebron",
    "Asia/Beirut",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "America/St_Johns",
    "UTC",
];

/// A file as a person left it.
#[derive(Clone, Debug)]
struct Left {
    sha256: Sha256,
    at: i64,
    whole: bool,
}

/// An organization, its habits, and its folder.
pub(super) struct Member {
    pub(super) id: String,
    papers: PathBuf,
    diligent: bool,
    /// What lies in the folder, by path.
    files: BTreeMap<String, Left>,
    /// Minutes that were dropped for a month, so that nothing is dropped twice.
    minuted: BTreeSet<(i32, u8)>,
    /// Where the folder is while its share is not mounted.
    away: Option<PathBuf>,
    pub(super) hinted: bool,
}

pub(super) struct World {
    pub(super) root: PathBuf,
    pub(super) members: Vec<Member>,
    dice: Dice,
    number: u32,
    /// Whose meetings the rules ask for.
    assembly: bool,
    board_every: u8,
    /// Every version that lay settled in a folder that a pass looked at and reported on.
    pub(super) seen: BTreeSet<(String, String, Sha256)>,
    pub(super) happenings: u32,
}

impl World {
    pub(super) fn new(root: &Path, members: usize, mut dice: Dice) -> World {
        let rules = *dice.pick(&RULEBOOKS);
        write(&root.join("rules/house.rules"), rules.as_bytes());
        let officer = if dice.chance(30) {
            "[officer]\nname = \"The officer\"\nemail = \"officer@alliance.example.org\"\n"
        } else {
            ""
        };
        let settings = format!(
            "name = {{ en = \"Alliance\", ar = \"تحالف\" }}\nsettle_seconds = 2\n{officer}"
        );
        write(&root.join("mithaq.toml"), settings.as_bytes());
        let members = (0..members).map(|at| member(root, at, &mut dice)).collect();
        World {
            root: root.to_owned(),
            members,
            assembly: rules.contains("Rule G"),
            board_every: if rules.contains("6 months") { 6 } else { 0 },
            dice,
            number: 0,
            seen: BTreeSet::new(),
            happenings: 0,
        }
    }

    /// What people do until an instant; `wild`: beyond their duties.
    pub(super) fn happen(&mut self, now: i64, wild: bool) {
        for at in 0..self.members.len() {
            self.duties(at, now);
        }
        let turns = if wild { self.dice.roll(3) } else { 0 };
        for _ in 0..turns {
            let at = self.dice.roll(self.members.len() as u64) as usize;
            self.whim(at, now);
        }
    }

    /// The minutes that a diligent organization files, some days after its meeting.
    fn duties(&mut self, at: usize, now: i64) {
        let today = Day(i32::try_from(now.div_euclid(86_400)).unwrap());
        let (year, month, date) = today.ymd();
        let member = &mut self.members[at];
        if !member.diligent || member.away.is_some() || usize::from(date) < 3 + at % 20 {
            return;
        }
        let own = u8::try_from(1 + at % 3).unwrap();
        let board =
            self.board_every > 0 && month % self.board_every == own % self.board_every;
        let assembly = self.assembly && month == own + 1;
        if !(board || assembly) || !member.minuted.insert((year, month)) {
            return;
        }
        let held = today.plus_days(-2);
        for body in [board.then_some(BOARD), assembly.then_some(ASSEMBLY)] {
            let Some(body) = body else { continue };
            self.number += 1;
            let name = format!("{} {held}.md", body.2);
            let text = minutes(body, held, self.number);
            self.leave(at, &name, text.as_bytes(), (now, true));
        }
    }

    /// Something that nobody foresaw.
    fn whim(&mut self, at: usize, now: i64) {
        let today = Day(i32::try_from(now.div_euclid(86_400)).unwrap());
        if self.members[at].away.is_some() {
            return;
        }
        let some = self.some_file(at);
        let ago = i32::try_from(self.dice.roll(700)).unwrap();
        let body = if self.dice.chance(50) { BOARD } else { ASSEMBLY };
        self.number += 1;
        let text = minutes(body, today.plus_days(-ago), self.number);
        match self.dice.roll(12) {
            // A late paper.
            0..=1 => {
                let name = format!("late/{}-{}.md", body.2, self.number);
                self.leave(at, &name, text.as_bytes(), (now, true));
            }
            // This year's minutes saved over last year's.
            2 => {
                let name = some.unwrap_or_else(|| "minutes.md".to_owned());
                self.leave(at, &name, text.as_bytes(), (now, true));
            }
            // Two of one name, as a Mac and a PC spell it.
            3 => {
                self.leave(at, "لائحة أحمد.md", text.as_bytes(), (now, true));
                let twin = format!("{text}\nA twin.\n");
                self.leave(at, "لائحة ا\u{654}حمد.md", twin.as_bytes(), (now, true));
            }
            // Renamed.
            4 => {
                if let Some(name) = some {
                    self.rename(at, &name, &format!("renamed-{}.md", self.number));
                }
            }
            // Taken away.
            5 => {
                if let Some(name) = some {
                    std::fs::remove_file(self.members[at].papers.join(&name)).unwrap();
                    self.members[at].files.remove(&name);
                    self.members[at].hinted = true;
                }
            }
            // A sync tool downloads it under a name of its own first.
            6 => {
                let name = format!("down-{}.md", self.number);
                self.leave(at, &format!(".{name}.part"), text.as_bytes(), (now, true));
                self.rename(at, &format!(".{name}.part"), &name);
            }
            // The first half of a file; the rest comes later.
            7 => {
                let name = format!("slow-{}.md", self.number);
                let half = &text.as_bytes()[..text.len() / 2];
                self.leave(at, &name, half, (now, false));
            }
            8 => {
                let name = format!("note-{}.txt", self.number);
                self.leave(at, &name, b"An invitation to tea.\n", (now, true));
            }
            // The same bytes at another place.
            9 => {
                let twins =
                    [format!("a/{}.md", self.number), format!("b/{}.md", self.number)];
                for name in twins {
                    self.leave(at, &name, text.as_bytes(), (now, true));
                }
            }
            // The share is not mounted.
            _ => {
                let member = &mut self.members[at];
                let elsewhere = member.papers.with_file_name("unmounted");
                std::fs::rename(&member.papers, &elsewhere).unwrap();
                if self.number.is_multiple_of(2) {
                    std::fs::create_dir(&member.papers).unwrap();
                }
                member.away = Some(elsewhere);
                member.hinted = self.dice.chance(50);
            }
        }
        self.happenings += 1;
    }

    /// Shares come back, halves are completed.
    pub(super) fn mend(&mut self, now: i64, percent: u64) {
        for at in 0..self.members.len() {
            if self.members[at].away.is_some() && self.dice.chance(percent) {
                let member = &mut self.members[at];
                std::fs::remove_dir(&member.papers).ok();
                std::fs::rename(member.away.take().unwrap(), &member.papers).unwrap();
                member.hinted = self.dice.chance(50);
            }
            if self.members[at].away.is_some() || !self.dice.chance(percent) {
                continue;
            }
            let halves = self.members[at].files.iter();
            let halves: Vec<String> = halves
                .filter(|(_, left)| !left.whole)
                .map(|(name, _)| name.clone())
                .collect();
            for name in halves {
                let path = self.members[at].papers.join(&name);
                let mut text = std::fs::read(&path).unwrap();
                text.extend_from_slice(b"\nThe rest of it.\n");
                self.leave(at, &name, &text, (now, true));
            }
        }
    }

    /// A paper whose reader dies, whatever machine it is read on.
    pub(super) fn deadly_paper(&mut self, now: i64) -> Option<Sha256> {
        let at = self.dice.roll(self.members.len() as u64) as usize;
        if self.members[at].away.is_some() {
            return None;
        }
        self.number += 1;
        let text = format!("deadly {}\n", self.number);
        self.leave(
            at,
            &format!("deadly-{}.md", self.number),
            text.as_bytes(),
            (now, true),
        );
        Some(disk::sha256(text.as_bytes()))
    }

    fn some_file(&mut self, at: usize) -> Option<String> {
        let names: Vec<String> = self.members[at].files.keys().cloned().collect();
        (!names.is_empty()).then(|| self.dice.pick(&names).clone())
    }

    fn leave(&mut self, at: usize, name: &str, bytes: &[u8], (now, whole): (i64, bool)) {
        let member = &mut self.members[at];
        let path = member.papers.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        let then = UNIX_EPOCH + Duration::from_secs(u64::try_from(now).unwrap());
        file.set_modified(then).unwrap();
        let left = Left { sha256: disk::sha256(bytes), at: now, whole };
        member.files.insert(name.to_owned(), left);
        member.hinted = true;
    }

    fn rename(&mut self, at: usize, from: &str, to: &str) {
        let member = &mut self.members[at];
        let Some(left) = member.files.remove(from) else { return };
        std::fs::rename(member.papers.join(from), member.papers.join(to)).unwrap();
        member.files.insert(to.to_owned(), left);
        member.hinted = true;
    }

    /// A pass that looked at these organizations, or at all, ended well.
    pub(super) fn looked(&mut self, at: Option<&BTreeSet<String>>, now: i64) {
        for member in &self.members {
            let there = member.away.is_none();
            if there && at.is_none_or(|ids| ids.contains(&member.id)) {
                for (name, left) in &member.files {
                    if now - left.at >= 2 {
                        let name = name.clone();
                        self.seen.insert((member.id.clone(), name, left.sha256));
                    }
                }
            }
        }
    }

    /// Hints of what happened, of which so many in a hundred are lost.
    pub(super) fn hints(&mut self, lost: u64) -> BTreeSet<String> {
        let mut hints = BTreeSet::new();
        for member in &mut self.members {
            if std::mem::take(&mut member.hinted) && !self.dice.chance(lost) {
                hints.insert(member.id.clone());
            }
        }
        hints
    }
}

impl Member {
    /// What lies in the folder now.
    pub(super) fn lies(&self) -> impl Iterator<Item = (&str, Sha256)> {
        self.files.iter().map(|(name, left)| (name.as_str(), left.sha256))
    }
}

/// How minutes name a body: in a heading, in a sentence, in a file's name.
type Body = (&'static str, &'static str, &'static str);
const BOARD: Body = ("board of directors", "The board of directors", "board");
const ASSEMBLY: Body = ("general assembly", "The general assembly", "general assembly");

fn minutes(body: Body, held: Day, number: u32) -> String {
    let (heading, subject, _) = body;
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, date) = held.ymd();
    let month = months[usize::from(month) - 1];
    format!(
        "# Minutes of the meeting of the {heading}\n\nFile {number}\n\n{subject} met on {date} {month} {year}.\n\n\
         Present: 7 of 9 members.\n\n1. Paper {number} was approved.\n"
    )
}

fn member(root: &Path, at: usize, dice: &mut Dice) -> Member {
    let id = format!("member-{at:02}");
    let language = if dice.chance(50) { "ar" } else { "en" };
    let text = format!(
        "name = {{ en = \"Member {at}\", ar = \"مؤسسة {at}\" }}\njoined = 2029-0{}-01\n\
         zone = \"{}\"\n[[people]]\nname = \"The secretary\"\nrole = \"secretary\"\n\
         email = \"secretary@{id}.example.org\"\nlanguage = \"{language}\"\n",
        1 + dice.roll(9),
        dice.pick(&ZONES)
    );
    let folder = root.join("organizations").join(&id);
    write(&folder.join("organization.toml"), text.as_bytes());
    let papers = folder.join("papers");
    std::fs::create_dir_all(&papers).unwrap();
    Member {
        id,
        papers,
        diligent: dice.chance(96),
        files: BTreeMap::new(),
        minuted: BTreeSet::new(),
        away: None,
        hinted: false,
    }
}

fn write(path: &Path, text: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}
