//! The only place that reads the clock.
//!
//! Two clocks: the wall, by which files settle and waits end, and the one that is judged
//! by, which is the wall unless it was set for a test, a rehearsal or a demonstration.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::Day;
use crate::letters::hours::Moment;
use crate::shell::Error;

/// What time it is, for judging and for waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    set: Option<Set>,
    /// The wall stands at the same instant.
    wall_too: bool,
}

/// A clock that was set, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Still(i64),
    /// It goes on; so far from the wall.
    Running(i64),
}

impl Clock {
    /// The machine's own clock.
    pub fn wall() -> Clock {
        Clock { set: None, wall_too: false }
    }

    /// A clock that stands still at `text`: an instant (`2026-11-21T09:00:00Z`) or a day,
    /// which is taken at noon UTC, when it is that day in every zone we serve. With a `+`
    /// at its end the clock goes on from there.
    ///
    /// # Errors
    /// When `text` is neither.
    pub fn set_to(text: &str) -> Result<Clock, Error> {
        let (start, running) = match text.strip_suffix('+') {
            Some(start) => (start, true),
            None => (text, false),
        };
        let moment = instant(start).ok_or_else(|| {
            Error::report(
                format!("`{text}` is neither a date nor an instant such as 2026-11-21T09:00:00Z"),
                format!("«{text}» ليس تاريخًا ولا لحظة مثل 2026-11-21T09:00:00Z"),
            )
        })?;
        let set = if running {
            Set::Running(moment - wall_seconds())
        } else {
            Set::Still(moment)
        };
        Ok(Clock { set: Some(set), wall_too: false })
    }

    /// The clock of a simulated world, in which files settle and waits end by it too.
    pub fn of_world(seconds: i64) -> Clock {
        Clock { set: Some(Set::Still(seconds)), wall_too: true }
    }

    /// Seconds since 1970 to judge by.
    pub fn now(self) -> i64 {
        match self.set {
            None => wall_seconds(),
            Some(Set::Still(moment)) => moment,
            Some(Set::Running(ahead)) => wall_seconds() + ahead,
        }
    }

    /// Nanoseconds since 1970 on the wall, by which files settle.
    pub fn wall_ns(self) -> i64 {
        if self.wall_too {
            return self.now().saturating_mul(1_000_000_000);
        }
        wall_nanoseconds()
    }
}

/// An instant or a day as seconds since 1970; a day is its noon UTC.
pub fn instant(text: &str) -> Option<i64> {
    if let Some(day) = Day::parse(text) {
        return Some(i64::from(day.0) * 86_400 + 43_200);
    }
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// The last second of a day in a zone: what was known when the day was over.
pub fn end_of_day(day: Day, zone: &TimeZone) -> i64 {
    let (year, month, date) = day.ymd();
    let next = i16::try_from(year)
        .ok()
        .and_then(|year| {
            let (month, date) = (i8::try_from(month).ok()?, i8::try_from(date).ok()?);
            jiff::civil::Date::new(year, month, date).ok()
        })
        .and_then(|date| date.tomorrow().ok())
        .and_then(|date| date.to_zoned(zone.clone()).ok());
    next.map_or(i64::MAX, |next| next.timestamp().as_second() - 1)
}

/// The civil day of an instant in a zone.
pub fn day_in(seconds: i64, zone: &TimeZone) -> Day {
    let date = Timestamp::from_second(seconds)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned(zone.clone())
        .date();
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    Day::from_ymd(i32::from(date.year()), month, day).unwrap_or(Day::EARLIEST)
}

/// The civil day and the time of day of an instant in a zone.
pub fn moment_in(seconds: i64, zone: &TimeZone) -> Moment {
    let local =
        Timestamp::from_second(seconds).unwrap_or_default().to_zoned(zone.clone());
    let minute = |number: i8| u16::try_from(number).unwrap_or(0);
    Moment {
        day: day_in(seconds, zone),
        minute: minute(local.hour()) * 60 + minute(local.minute()),
    }
}

/// The instant of a time of a day in a zone; one that is skipped there is the next.
pub fn instant_of(moment: Moment, zone: &TimeZone) -> i64 {
    let (year, month, day) = moment.day.ymd();
    let part = |number: u16| i8::try_from(number).unwrap_or(0);
    let civil = i16::try_from(year).ok().and_then(|year| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let (hour, minute) = (part(moment.minute / 60), part(moment.minute % 60));
        jiff::civil::DateTime::new(year, month, day, hour, minute, 0, 0).ok()
    });
    let zoned = civil.and_then(|civil| civil.to_zoned(zone.clone()).ok());
    zoned.map_or(0, |zoned| zoned.timestamp().as_second())
}

/// `2026-11-21T09:00:00Z`.
pub fn iso(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// A zone by its IANA name.
///
/// # Errors
/// When there is no such zone.
pub fn zone(name: &str) -> Result<TimeZone, Error> {
    TimeZone::get(name).map_err(|_| {
        Error::report(
            format!("there is no time zone called `{name}`; a known one is Asia/Hebron"),
            format!("لا توجد منطقة زمنية باسم `{name}`، ومن المعروفة Asia/Hebron"),
        )
    })
}

/// Waits on the wall clock, whatever clock is judged by.
#[expect(clippy::disallowed_methods, reason = "a scan has nothing else to wait on")]
pub fn wait(time: std::time::Duration) {
    std::thread::sleep(time);
}

fn wall_seconds() -> i64 {
    wall_nanoseconds().div_euclid(1_000_000_000)
}

/// A time that runs out, whatever the machine's clock is set to meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    from: std::time::Instant,
    whole: std::time::Duration,
}

impl Allowance {
    /// All of it is left.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the place that reads the clock"
    )]
    pub fn of(whole: std::time::Duration) -> Allowance {
        Allowance { from: std::time::Instant::now(), whole }
    }

    /// What has gone by.
    pub fn spent(&self) -> std::time::Duration {
        self.from.elapsed()
    }

    /// The same in whole milliseconds, for the log.
    pub fn millis(&self) -> u64 {
        u64::try_from(self.spent().as_millis()).unwrap_or(u64::MAX)
    }

    /// What is left of it; zero when it is over.
    pub fn left(&self) -> std::time::Duration {
        self.whole.saturating_sub(self.from.elapsed())
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the place that reads the clock")]
fn wall_nanoseconds() -> i64 {
    i64::try_from(Timestamp::now().as_nanosecond()).unwrap_or(i64::MAX)
}
