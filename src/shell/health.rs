//! Whether the network, its store and the machine are as they should be, and what to do
//! where they are not. Looks only; changes nothing.

pub mod machine;
pub mod metrics;
mod setup;
mod stored;

use std::path::Path;

use crate::plan::people;
use crate::shell::clock;
use crate::shell::clock::Clock;
use crate::shell::network;
use crate::shell::network::Network;
use crate::shell::rules::Rules;
use crate::shell::sandbox::ocr;
use crate::shell::store;
use crate::shell::store::Place;
use crate::text;
use crate::text::Bilingual;

/// Letters that have waited longer than this are told, in seconds: the channel is stuck.
pub const LETTER_WAIT_SECONDS_MAX: i64 = 4 * 3600;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Stable, for programs.
    pub name: String,
    pub state: State,
    pub detail: Bilingual,
    /// What to do, unless all is well.
    pub fix: Option<Bilingual>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Ok,
    /// It works, but not as it could, or not for long.
    Warning,
    Fault,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Fault => "fault",
        }
    }
}

impl Check {
    pub(super) fn ok(name: &str, english: &str, arabic: &str) -> Check {
        let detail = Bilingual::new(english, arabic);
        Check { name: name.to_owned(), state: State::Ok, detail, fix: None }
    }

    /// The same, with what to do.
    pub(super) fn but(mut self, state: State, english: &str, arabic: &str) -> Check {
        self.state = state;
        self.fix = Some(Bilingual::new(english, arabic));
        self
    }
}

/// How the service does: what the volunteer looks at every morning.
pub fn status(root: &Path, clock: Clock) -> Vec<Check> {
    let place = Place::of_network(root);
    let mut checks = vec![stored::daemon(&place)];
    checks.extend(written(root).1);
    checks.extend(machine::read_only(&place));
    match store::open_to_read(&place) {
        Ok(Some(rows)) => {
            checks.extend(stored::folders(&rows));
            checks.extend(stored::outbox(&rows, clock.now()));
            checks.extend(stored::papers(&rows));
            checks.extend(stored::answers(&rows));
            checks.extend(setup::refused(&rows).unwrap_or_default());
        }
        Ok(None) => checks.push(stored::none()),
        Err(error) => checks.push(stored::unusable(&error)),
    }
    checks
}

/// Everything that `status` tells, and the machine, the store and its proofs.
pub fn doctor(root: &Path, clock: Clock) -> Vec<Check> {
    let place = Place::of_network(root);
    let mut checks = status(root, clock);
    if let Ok(Some(rows)) = store::open_to_read(&place) {
        checks.extend(stored::proofs(&rows, &place));
        checks.extend(stored::checkpoints(&rows));
        checks.extend(stored::clock(&rows, clock.now()));
        let written = written(root).0;
        checks.extend(written.and_then(|written| setup::not_live(&written, &rows)));
    }
    checks.push(machine::space(root));
    checks.extend(machine::cage());
    checks.push(machine::ocr(&ocr::missing()));
    if let Some(network) = written(root).0 {
        checks.extend(machine::drop_folders(&network));
        checks.extend(setup::shared_folders(&network));
        checks.extend(setup::unreachable(&network));
        checks.extend(setup::secrets(&network, &place));
        checks.extend(machine::watches(&network));
        checks.extend(machine::smtp(&network));
    }
    checks
}

/// What people wrote: settings, organizations, zones, rules.
fn written(root: &Path) -> (Option<Network>, Vec<Check>) {
    let network = match network::load(root) {
        Ok(network) => network,
        Err(problems) => {
            let checks = problems.iter().map(|problem| told("settings", problem));
            return (None, checks.collect());
        }
    };
    let mut checks: Vec<Check> =
        network.problems.iter().map(|problem| told("organizations", problem)).collect();
    if checks.is_empty() {
        let count = network.organizations.len();
        checks.push(Check::ok(
            "organizations",
            &format!("organizations without a mistake: {count}"),
            &format!("المؤسسات التي لا خطأ في ملفاتها: {count}"),
        ));
    }
    let rules = Rules::of(&network);
    let mistakes = rules.problems();
    let count: usize =
        rules.program.rulebooks.iter().map(|rulebook| rulebook.rules.len()).sum();
    let mut check = Check::ok(
        "rules",
        &format!("rules that are judged: {count}; mistakes: {}", mistakes.len()),
        &format!("القواعد التي يُحكم بها: {count}؛ الأخطاء: {}", mistakes.len()),
    );
    if !mistakes.is_empty() || count == 0 {
        check = check.but(
            if count == 0 { State::Fault } else { State::Warning },
            "run `mithaq check` and correct what it says",
            "نفّذوا الأمر `mithaq check` وصحّحوا ما يذكره",
        );
    }
    checks.push(check);
    checks.extend(registers(&network, &rules));
    checks.push(zones(&network));
    (Some(network), checks)
}

fn told(name: &str, problem: &crate::config::Problem) -> Check {
    let place = format!("{}:{}", problem.file, problem.line);
    Check::ok(
        name,
        &format!("{place}: {}", problem.english),
        &format!("{place}: {}", problem.arabic),
    )
    .but(State::Fault, "correct this line", "صحّحوا هذا السطر")
}

/// What a register calls a body, a post or a quality that no vocabulary knows: whoever it
/// speaks of is not judged by it.
fn registers(network: &Network, rules: &Rules) -> Vec<Check> {
    let mut checks = Vec::new();
    for (id, registered) in &network.organizations {
        let unknown = people::unknown_words(&rules.vocabulary, &registered.file.register);
        let Some(first) = unknown.first() else { continue };
        let word = text::isolate(first);
        checks.push(
            Check::ok(
                "register",
                &format!("the register of {id} calls something “{first}”, which is no word of the vocabulary"),
                &format!("يرد «{word}» في سجل {} وليس من المفردات", text::isolate(id)),
            )
            .but(
                State::Warning,
                "write a word of the vocabulary, or teach it in a file of the folder vocabulary",
                "اكتبوا كلمة من المفردات، أو عرّفوها في ملف من المجلد vocabulary",
            ),
        );
    }
    checks
}

fn zones(network: &Network) -> Check {
    let own = std::iter::once(&network.settings.zone);
    let others = network.organizations.values().filter_map(|one| one.file.zone.as_ref());
    let unknown = own.chain(others).find(|name| clock::zone(name).is_err());
    match unknown {
        None => {
            Check::ok("zones", "every time zone is known", "كل المناطق الزمنية معروفة")
        }
        Some(name) => Check::ok(
            "zones",
            &format!("there is no time zone called {name}; UTC is used instead"),
            &format!("لا توجد منطقة زمنية باسم {name}، ويُستخدم UTC بدلًا منها"),
        )
        .but(
            State::Fault,
            "write a name such as Asia/Hebron or Asia/Beirut",
            "اكتبوا اسمًا مثل Asia/Hebron أو Asia/Beirut",
        ),
    }
}
