//! `[mail] slot`, `quiet`, `quiet_hours`, `max_per_person_per_day`: when letters may leave.

use crate::config::section::Section;

/// A time of day, in minutes since midnight.
pub type Minute = u16;

/// When the letters of a network may leave, by the days and hours of each organization.
/// Nothing of it is said: they leave when they are written.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Hours {
    /// What is not urgent leaves at this time of day.
    pub slot: Option<Minute>,
    /// Days of the week on which nothing leaves, 0 = Sunday … 6 = Saturday.
    pub quiet_weekdays: Vec<u8>,
    /// Nothing leaves on the weekend of an organization's country.
    pub quiet_weekend: bool,
    /// Nothing leaves on the holidays of its calendar.
    pub quiet_holidays: bool,
    /// Nothing leaves from the first time until the second, which may be of the next day.
    pub quiet_hours: Option<(Minute, Minute)>,
    /// Letters that one slot brings to one person about one organization.
    pub per_day_max: Option<u32>,
}

/// The most that `max_per_person_per_day` may be: more is no bound.
const PER_DAY_MOST: i64 = 20;

/// The names of days in settings, from Sunday.
pub(super) const WEEKDAYS: [&str; 7] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// Reads the four keys of `[mail]`.
pub(super) fn read(section: &mut Section<'_>) -> Hours {
    let slot = section.text("slot");
    let mut hours = Hours {
        slot: slot.and_then(|given| time(section, "slot", &given)),
        quiet_hours: quiet_hours(section),
        ..Hours::default()
    };
    quiet_days(section, &mut hours);
    let most = section.number_in("max_per_person_per_day", 1, PER_DAY_MOST);
    hours.per_day_max = most.and_then(|most| u32::try_from(most).ok());
    assert_possible(section, &hours);
    hours
}

impl Hours {
    /// Whether a time of day lies in the quiet hours; their end does not.
    pub fn is_quiet(&self, minute: Minute) -> bool {
        self.quiet_hours.is_some_and(|(from, to)| {
            if from < to {
                from <= minute && minute < to
            } else {
                from <= minute || minute < to
            }
        })
    }
}

fn quiet_days(section: &mut Section<'_>, hours: &mut Hours) {
    for name in section.texts("quiet") {
        let lower = name.to_lowercase();
        let weekday = WEEKDAYS.iter().position(|day| *day == lower);
        match (lower.as_str(), weekday.and_then(|day| u8::try_from(day).ok())) {
            (_, Some(day)) => hours.quiet_weekdays.push(day),
            ("weekend", None) => hours.quiet_weekend = true,
            ("holidays", None) => hours.quiet_holidays = true,
            (_, None) => section.wrong(
                "quiet",
                format!(
                    "`{name}` is neither a day of the week, such as \"friday\", nor \
                     \"weekend\" nor \"holidays\""
                ),
                format!(
                    "«{name}» ليس يومًا من أيام الأسبوع بالإنجليزية مثل \"friday\"، ولا \
                     \"weekend\" ولا \"holidays\""
                ),
            ),
        }
    }
    hours.quiet_weekdays.sort_unstable();
    hours.quiet_weekdays.dedup();
}

/// `quiet_hours = "20:00-07:00"`
fn quiet_hours(section: &mut Section<'_>) -> Option<(Minute, Minute)> {
    let given = section.text("quiet_hours")?;
    let (from, to) = given.split_once('-').unwrap_or((&given, ""));
    let times = minute(from.trim()).zip(minute(to.trim()));
    let times = times.filter(|(from, to)| from != to);
    if times.is_none() {
        section.wrong(
            "quiet_hours",
            "`quiet_hours` must be two times of day, such as \"20:00-07:00\"".to_owned(),
            "يجب أن تكون قيمة `quiet_hours` وقتين من اليوم، مثل \"20:00-07:00\""
                .to_owned(),
        );
    }
    times
}

/// Hours at which nothing could ever leave, and a bound of what is not there.
fn assert_possible(section: &Section<'_>, hours: &Hours) {
    if hours.quiet_weekdays.len() == WEEKDAYS.len() {
        section.wrong(
            "quiet",
            "`quiet` leaves no day of the week on which letters may leave".to_owned(),
            "لا يُبقي `quiet` أي يوم من الأسبوع تُرسل فيه الرسائل".to_owned(),
        );
    }
    if hours.slot.is_some_and(|slot| hours.is_quiet(slot)) {
        section.wrong(
            "slot",
            "`slot` lies within `quiet_hours`: nothing would ever leave then".to_owned(),
            "يقع `slot` ضمن `quiet_hours`، فلن تُرسل أي رسالة عندئذ".to_owned(),
        );
    }
    if hours.per_day_max.is_some() && hours.slot.is_none() {
        section.wrong(
            "max_per_person_per_day",
            "`max_per_person_per_day` needs a `slot`, at which a day's letters leave together"
                .to_owned(),
            "يحتاج `max_per_person_per_day` إلى `slot`، وهو الوقت الذي تُرسل فيه رسائل اليوم معًا"
                .to_owned(),
        );
    }
}

fn time(section: &Section<'_>, key: &'static str, given: &str) -> Option<Minute> {
    let found = minute(given);
    if found.is_none() {
        section.wrong(
            key,
            format!("`{key}` must be a time of day, such as \"08:30\""),
            format!("يجب أن تكون قيمة `{key}` وقتًا من اليوم، مثل \"08:30\""),
        );
    }
    found
}

/// `08:30`, of twenty-four hours.
fn minute(text: &str) -> Option<Minute> {
    let (hour, minute) = text.split_once(':')?;
    let number = |digits: &str, most: Minute| {
        let plain = digits.len() <= 2 && digits.bytes().all(|one| one.is_ascii_digit());
        let number = plain.then(|| digits.parse::<Minute>().ok()).flatten();
        number.filter(|number| *number <= most)
    };
    let minute = number(minute, 59).filter(|_| minute.len() == 2)?;
    Some(number(hour, 23)? * 60 + minute)
}
