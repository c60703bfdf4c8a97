//! GOV-25's facts: organizations and their events, the same for the same seed.
//!
//! The definition fixes the fields, the kinds of events, what is unique and how many there
//! are on average; how often an organization meets, publishes or forgets is this file's own
//! choice, such that every rule has each of its verdicts and every edge of a window is hit.

use std::collections::BTreeSet;

/// 2026-06-15, in days since 1970-01-01.
pub const A: i32 = 20_619;
/// The month of the as-of day, 12 * year + (month - 1); its quarter; its year.
pub const AM: i32 = 12 * 2026 + 5;
pub const AQ: i32 = AM / 3;
pub const AY: i32 = 2026;
pub const SEED: u64 = 42;
pub const RULES: usize = 25;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Ngo,
    Foundation,
    Assoc,
    Coop,
}

/// The kinds of events, by their numbers in the definition.
pub mod kind {
    pub const MEET: u8 = 0;
    pub const MINUTES: u8 = 1;
    pub const GA: u8 = 2;
    pub const AUDIT: u8 = 3;
    pub const REPORT: u8 = 4;
    pub const FILING: u8 = 5;
    pub const POLICY: u8 = 6;
    pub const PUB: u8 = 7;
    pub const DON: u8 = 8;
    pub const DECL: u8 = 9;
    pub const BUDGET: u8 = 10;
    pub const BOARD: u8 = 11;
    pub const COI: u8 = 12;
    pub const EVAL: u8 = 13;
    pub const COMPLAINT: u8 = 14;
}

/// One event: its kind, day, month, and the two values whose meaning the kind gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Event {
    pub id: i32,
    pub k: u8,
    pub d: i32,
    pub m: i32,
    pub a: i32,
    pub b: i32,
}

/// One organization; its events by kind and day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Org {
    pub kind: Kind,
    pub country: u8,
    pub founded_d: i32,
    pub founded_m: i32,
    /// The month in which the fiscal year ends, 0 to 11.
    pub fe: i32,
    pub budget: i32,
    pub staff: i32,
    pub board: i32,
    pub women: i32,
    pub indep: i32,
    pub public: bool,
    pub exempt: bool,
    pub ombudsman: bool,
    pub events: Vec<Event>,
}

/// The first `count` organizations of a seed.
pub fn organizations(seed: u64, count: usize) -> Vec<Org> {
    (0..count).map(|index| organization(seed, index)).collect()
}

/// Each organization has a stream of its own, so that a smaller network is a part of a
/// larger one.
fn organization(seed: u64, index: usize) -> Org {
    let mut seeds = Random(seed);
    let own = seeds.next() ^ (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut random = Random(own);
    let mut org = fields(&mut random);
    let mut making = Making {
        // How well it keeps what it should, in per cent.
        care: 55 + random.below(46),
        random,
        seen: BTreeSet::new(),
        events: Vec::new(),
    };
    making.meetings(&org);
    making.assemblies();
    making.of_fiscal_years(&org);
    making.policies();
    making.publications(&org);
    making.donations();
    making.people(&org);
    making.complaints();
    org.events = making.events;
    org.events.sort_by_key(|event| (event.k, event.d, event.id));
    org
}

fn fields(random: &mut Random) -> Org {
    let kinds = [Kind::Ngo, Kind::Foundation, Kind::Assoc, Kind::Coop];
    let kind = kinds[random.below(4) as usize];
    // One in five is young, around the edges of one and two years.
    let age = match random.below(10) {
        0 => random.between(355, 375),
        1 => random.between(0, 800),
        2 => random.between(720, 740),
        _ => random.between(800, 7_000),
    };
    let founded_d = A - age;
    let board = random.between(3, 15);
    Org {
        kind,
        country: random.below(8) as u8,
        founded_d,
        founded_m: month_of(founded_d),
        fe: [11, 11, 11, 5, 2, 8, random.between(0, 11)][random.below(7) as usize],
        budget: [100_000, 1_000_000, random.between(10_000, 3_000_000)]
            [(random.below(12) as usize).min(2)],
        staff: random.between(0, 40),
        board,
        women: random.between(0, board),
        indep: random.between(0, board),
        public: random.chance(30),
        exempt: random.chance(10),
        ombudsman: random.chance(30),
        events: Vec::new(),
    }
}

/// The events of one organization while they are drawn.
struct Making {
    random: Random,
    care: u64,
    /// Only complete events are kept: one of a kind on a day, but for declarations.
    seen: BTreeSet<(u8, i32)>,
    events: Vec<Event>,
}

impl Making {
    /// Adds an event unless one of its kind is on that day; gives its id.
    fn add(&mut self, k: u8, d: i32, a: i32, b: i32) -> Option<i32> {
        if !(A - 1095..=A + 60).contains(&d) {
            return None;
        }
        if k != kind::COI && !self.seen.insert((k, d)) {
            return None;
        }
        let id = i32::try_from(self.events.len()).unwrap_or(i32::MAX) + 1;
        self.events.push(Event { id, k, d, m: month_of(d), a, b });
        Some(id)
    }

    fn keeps(&mut self) -> bool {
        let care = self.care;
        self.random.chance(care)
    }

    /// Meetings two to four months apart, now and then one left out; minutes of most.
    fn meetings(&mut self, org: &Org) {
        let usual = self.random.between(70, 105);
        let mut d = A - 1095 + self.random.between(0, 90);
        while d <= A + 45 {
            let least = org.board / 3;
            let attendees = self.random.between(least, org.board);
            let decisions = self.random.between(0, 9);
            if self.add(kind::MEET, d, attendees, decisions).is_some() && d <= A {
                self.minutes(d);
            }
            let long = !self.keeps() && self.random.chance(30);
            d += if long {
                self.random.between(110, 130)
            } else {
                (usual + self.random.between(-20, 20)).max(7)
            };
        }
        // Some at the edges of the windows.
        for days in [30, 31, 365, 364, 1094] {
            if self.random.chance(4)
                && self.add(kind::MEET, A - days, org.board, 1).is_some()
            {
                self.minutes(A - days);
            }
        }
    }

    fn minutes(&mut self, d: i32) {
        let after = match self.random.below(30) {
            0 => return,
            1 => self.random.between(29, 33),
            _ => self.random.between(0, 25),
        };
        if d + after <= A + 20 {
            self.add(kind::MINUTES, d + after, d, 0);
        }
    }

    fn assemblies(&mut self) {
        let members = self.random.between(20, 120);
        let mut d = A - 1095 + self.random.between(0, 300);
        while d <= A + 40 {
            let present = self.random.between(members / 5, members);
            self.add(kind::GA, d, present, members);
            if 2 * present < members && self.random.chance(60) {
                let second = d + self.random.between(5, 35);
                let present = self.random.between(members / 6, members);
                self.add(kind::GA, second, present, members);
            }
            d += if self.keeps() {
                self.random.between(300, 420)
            } else {
                self.random.between(420, 600)
            };
        }
    }

    /// Audit, report, filing and budget of each fiscal year.
    fn of_fiscal_years(&mut self, org: &Org) {
        let first = AM - 36;
        for f in (first..=AM + 12).filter(|month| month.rem_euclid(12) == org.fe) {
            let opinion = [0, 0, 0, 0, 0, 1, 1, 2][self.random.below(8) as usize];
            self.paper(kind::AUDIT, f, (2, 4, 6), opinion);
            self.paper(kind::REPORT, f, (2, 6, 8), 0);
            let (usual, late) = if org.public { (5, 6) } else { (3, 5) };
            self.paper(kind::FILING, f, (1, usual, late), 0);
            self.paper(kind::BUDGET, f, (-15, -12, -11), 0);
        }
    }

    /// A paper about a fiscal year, some months after its end.
    fn paper(&mut self, k: u8, f: i32, (from, to, late): (i32, i32, i32), b: i32) {
        let (low, high) = match self.random.below(40) {
            0 => return,
            _ if self.keeps() || self.random.chance(70) => (from, to),
            _ => (to, late),
        };
        let m = f + self.random.between(low, high);
        let d = first_day_of(m) + self.random.between(0, 27);
        // Three years are looked back on; what was told before them is not there.
        if d <= A + 20 {
            self.add(k, d, f, b);
        }
    }

    fn policies(&mut self) {
        for policy in 0..5 {
            let edges = [365, 366, 730, 731, 1095];
            if self.random.chance(6) {
                let days = edges[self.random.below(5) as usize];
                self.add(kind::POLICY, A - days, policy, 0);
            }
            let times = if self.keeps() { self.random.between(1, 2) } else { 0 };
            for _ in 0..times {
                let d = A - self.random.between(0, 1095);
                self.add(kind::POLICY, d, policy, 0);
            }
        }
    }

    fn publications(&mut self, org: &Org) {
        for back in -1..36 {
            let often = if org.public { self.care.max(70) } else { 5 };
            if self.random.chance(often) {
                let d = first_day_of(AM - back) + self.random.between(0, 27);
                let category = self.random.between(0, 5);
                self.add(kind::PUB, d, category, 0);
            }
        }
    }

    fn donations(&mut self) {
        for _ in 0..self.random.between(0, 10) {
            let mut d = A - self.random.between(0, 1095);
            if self.random.chance(8) {
                d = A - [29, 30, 31, 364, 365][self.random.below(5) as usize];
            }
            let large = self.random.chance(50);
            let amount = if large {
                self.random.between(9_990, 60_000)
            } else {
                self.random.between(50, 12_000)
            };
            let foreign = self.random.chance(45);
            let Some(id) = self.add(kind::DON, d, amount, i32::from(foreign)) else {
                continue;
            };
            if foreign && (self.keeps() || self.random.chance(60)) {
                let after = [self.random.between(1, 28), self.random.between(28, 33)];
                let slow = usize::from(self.random.chance(12));
                self.add(kind::DECL, d + after[slow], id, 0);
            }
        }
    }

    /// Changes of the board, declarations of its members, evaluations of the executive.
    fn people(&mut self, org: &Org) {
        let changes = [0, 0, 1, 2][self.random.below(4) as usize];
        for _ in 0..changes {
            let d = A - self.random.between(-20, 1095);
            let size = self.random.between(3, 15);
            self.add(kind::BOARD, d, size, 0);
        }
        let mut said = BTreeSet::new();
        for member in 0..org.board {
            for year in 0..2 {
                let late = year == 1 && self.random.chance(85);
                if late || !(self.keeps() || self.random.chance(50)) {
                    continue;
                }
                let day = A - 365 * year - self.random.between(-10, 370);
                if said.insert((member, day)) {
                    self.add(kind::COI, day, member, 0);
                }
            }
        }
        for year in [AY - 3, AY - 2, AY - 1] {
            if self.keeps() {
                let m = 12 * year + self.random.between(0, 11);
                let d = first_day_of(m) + self.random.between(0, 27);
                let score = self.random.between(1, 5);
                self.add(kind::EVAL, d, score, 0);
            }
        }
    }

    fn complaints(&mut self) {
        for _ in 0..self.random.between(0, 4) {
            let mut d = A - self.random.between(0, 1095);
            if self.random.chance(10) {
                d = A - [59, 60, 61, 119, 120, 121][self.random.below(6) as usize];
            }
            let severity = self.random.between(1, 5);
            let days = match self.random.below(8) {
                0 => self.random.between(55, 65),
                1 => self.random.between(110, 130),
                _ => self.random.between(1, 50),
            };
            let open = !self.keeps() && self.random.chance(40);
            let resolved = if open { 0 } else { d + days };
            self.add(kind::COMPLAINT, d, severity, resolved);
        }
    }
}

/// splitmix64
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = u64::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(width)).unwrap_or(0)
    }

    fn chance(&mut self, per_cent: u64) -> bool {
        self.below(100) < per_cent
    }
}

/// The month index of a day, by counting the days of the months from 1970 on: slow, plain,
/// and of nobody else's making.
pub fn month_of(day: i32) -> i32 {
    let mut month = 12 * 1970;
    let mut left = day;
    while left >= days_in(month) {
        left -= days_in(month);
        month += 1;
    }
    month
}

/// The first day of a month, and the last one.
pub fn first_day_of(month: i32) -> i32 {
    (12 * 1970..month).map(days_in).sum()
}

pub fn last_day_of(month: i32) -> i32 {
    first_day_of(month + 1) - 1
}

fn days_in(month: i32) -> i32 {
    let year = month / 12;
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month % 12 {
        1 if leap => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}
