//! Instants and hours: 知悉後一小時內. Hours run at once (行政程序法第48條第1項 即時起算), through days off.

use std::fmt;

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeDelta,
    Timelike as _,
};

/// Seconds the time of Taiwan is ahead of UTC. There is no summer time.
const TAIPEI: i32 = 8 * 3600;

/// A time of a day, to the minute or second, with its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<FixedOffset>);

/// A time of any day in Taiwan, to the minute: 上午九時.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(NaiveTime);

/// A number of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(pub u32);

/// The text is no instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstantError;

/// The text is no number of hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError;

/// Most hours a rule may state: a year of them. Longer times are days or months.
const MOST_HOURS: u32 = 8_784;

impl Instant {
    /// Reads `2026-11-20T16:40+08:00`, with or without seconds; `Z` is UTC. Without an offset it is
    /// the time of Taiwan.
    pub fn parse(text: &str) -> Result<Self, InstantError> {
        let (day, time) = text.split_once('T').ok_or(InstantError)?;
        let at = time.find(['+', '-', 'Z']).unwrap_or(time.len());
        let (time, offset) = time.split_at(at);
        let well_formed = |text: &str, len: usize| {
            text.len() == len && text.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'-')
        };
        if !well_formed(day, 10) || !(well_formed(time, 5) || well_formed(time, 8)) {
            return Err(InstantError);
        }
        let day: NaiveDate = day.parse().map_err(|_| InstantError)?;
        let form = if time.len() == 5 { "%H:%M" } else { "%H:%M:%S" };
        let time = NaiveTime::parse_from_str(time, form).map_err(|_| InstantError)?;
        let offset = Self::offset(offset).ok_or(InstantError)?;
        let local = NaiveDateTime::new(day, time);
        local.and_local_timezone(offset).single().map(Self).ok_or(InstantError)
    }

    fn offset(text: &str) -> Option<FixedOffset> {
        let seconds = match text {
            "" => TAIPEI,
            "Z" => 0,
            _ => {
                let (sign, rest) = text.split_at(1);
                let (hours, minutes) = rest.split_once(':')?;
                let number = |text: &str| {
                    let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
                    plain.then(|| text.parse::<i32>().ok()).flatten()
                };
                let (hours, minutes) = (number(hours)?, number(minutes)?);
                (hours <= 14 && minutes < 60).then_some(())?;
                (hours * 3600 + minutes * 60) * if sign == "-" { -1 } else { 1 }
            }
        };
        FixedOffset::east_opt(seconds)
    }

    /// The first instant of a day in Taiwan.
    pub fn first_of(day: NaiveDate) -> Self {
        let offset = FixedOffset::east_opt(TAIPEI).expect("eight hours is an offset");
        let midnight = day.and_time(NaiveTime::MIN);
        Self(midnight.and_local_timezone(offset).single().expect("a fixed offset has no gap"))
    }

    /// The last second of a day in Taiwan.
    pub fn last_of(day: NaiveDate) -> Self {
        Self(Self::first_of(day).0 + TimeDelta::seconds(24 * 3600 - 1))
    }

    /// Whole minutes from `earlier`; less than none if it is later.
    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_minutes()
    }

    /// The time of the day in Taiwan, `16:40`, with seconds where there are any.
    pub fn time_of_day(self) -> String {
        let time = self.in_taipei().time();
        let form = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
        time.format(form).to_string()
    }

    /// In UTC as calendars write it, `20261120T084000Z`.
    pub fn basic_utc(self) -> String {
        self.0.to_utc().format("%Y%m%dT%H%M%SZ").to_string()
    }

    /// The day in Taiwan.
    pub fn day(self) -> NaiveDate {
        self.in_taipei().date_naive()
    }

    /// The instant so many hours later, to the second.
    pub fn after(self, hours: Hours) -> Self {
        Self(self.0.checked_add_signed(TimeDelta::hours(hours.0.into())).unwrap_or(self.0))
    }

    fn in_taipei(self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(TAIPEI).expect("eight hours is an offset");
        self.0.with_timezone(&offset)
    }
}

impl fmt::Display for Instant {
    /// In the time of Taiwan, with its offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.in_taipei().to_rfc3339_opts(SecondsFormat::Secs, false);
        f.write_str(&text.replacen(":00+", "+", usize::from(text.contains(":00+"))))
    }
}

impl Clock {
    /// Reads `09:00`; the end of a day is no time of it.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
        let time = NaiveTime::parse_from_str(text, "%H:%M").ok().filter(|_| is_plain)?;
        Some(Self(time))
    }

    /// The instant of a day.
    pub fn on(self, day: NaiveDate) -> Instant {
        let first = Instant::first_of(day).0;
        Instant(first + TimeDelta::seconds(self.0.num_seconds_from_midnight().into()))
    }

    /// A minute earlier and a minute later, of the same day.
    pub fn near(self) -> impl Iterator<Item = Self> {
        [-1, 1].into_iter().filter_map(move |minutes| {
            let (time, days) = self.0.overflowing_add_signed(TimeDelta::minutes(minutes));
            (days == 0).then_some(Self(time))
        })
    }
}

impl fmt::Display for Clock {
    /// The form [`Clock::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%H:%M"))
    }
}

impl Hours {
    /// Reads `72 hours`, `1 hour`.
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let (number, unit) = text.trim().split_once(' ').ok_or(HoursError)?;
        let plain = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let number: u32 = plain.then(|| number.parse().ok()).flatten().ok_or(HoursError)?;
        let fits = (1..=MOST_HOURS).contains(&number);
        (fits && matches!(unit.trim(), "hour" | "hours")).then_some(Self(number)).ok_or(HoursError)
    }
}

impl fmt::Display for Hours {
    /// The form [`Hours::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} hour{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_instants_of_any_offset_as_times_of_taiwan() {
        for (text, shown) in [
            ("2026-11-20T16:40+08:00", "2026-11-20T16:40+08:00"),
            ("2026-11-20T16:40", "2026-11-20T16:40+08:00"),
            ("2026-11-20T08:40Z", "2026-11-20T16:40+08:00"),
            ("2026-11-20T23:59:59-01:00", "2026-11-21T08:59:59+08:00"),
        ] {
            assert_eq!(Instant::parse(text).map(|at| at.to_string()).as_deref(), Ok(shown));
        }
        for text in [
            "2026-11-20",
            "2026-11-20T",
            "2026-11-20T24:00",
            "2026-11-20T16:40+8:00",
            "2026-02-30T10:00",
            "2026-11-20 16:40",
            "2026-11-20T16:40+15:00",
            "2026-11-20T1640",
        ] {
            assert_eq!(Instant::parse(text), Err(InstantError), "{text}");
        }
    }

    #[test]
    fn a_clock_is_read_to_the_minute_and_is_of_taiwan() {
        let nine = Clock::parse("09:00").expect("a time");
        let day = "2026-11-20".parse().expect("a day");
        assert_eq!(nine.on(day).to_string(), "2026-11-20T09:00+08:00");
        let near = |text: &str| -> Vec<String> {
            Clock::parse(text).expect("a time").near().map(|one| one.to_string()).collect()
        };
        assert_eq!(near("09:00"), ["08:59", "09:01"]);
        assert_eq!(near("23:59"), ["23:58"]);
        for text in ["9:00", "24:00", "09:60", "0900", "09:00:00", "上午九時"] {
            assert_eq!(Clock::parse(text), None, "{text}");
        }
    }

    #[test]
    fn hours_run_at_once_and_through_days_off() {
        let known = Instant::parse("2026-11-20T16:40+08:00").expect("an instant");
        let end = known.after(Hours::parse("72 hours").expect("hours"));
        assert_eq!(end.to_string(), "2026-11-23T16:40+08:00");
        assert_eq!(Hours::parse("1 hour").map(|one| one.to_string()).as_deref(), Ok("1 hour"));
        for text in ["0 hours", "-1 hours", "1.5 hours", "9000 hours", "1 day", "hours"] {
            assert_eq!(Hours::parse(text), Err(HoursError), "{text}");
        }
    }
}
