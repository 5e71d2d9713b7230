//! When something of a receipt was: the day it names, and the time of it where it has one; how both
//! are written.

use serde_json::Value;

use super::form::{ActForm, ApprovedForm, Iso, IsoTime, RecordForm};
use crate::time::{Day, Instant, Moment, parse_day};

impl ActForm {
    /// When it was done, as far as it says.
    pub fn moment(&self) -> Moment {
        Moment::of(self.on.0, self.at.map(|at| at.0))
    }
}

impl ApprovedForm {
    /// When it was given, as far as it says.
    pub fn moment(&self) -> Moment {
        Moment::of(self.on.0, self.at.map(|at| at.0))
    }
}

impl RecordForm {
    /// A day of it.
    pub fn day(&self, key: &str) -> Option<Day> {
        self.fields.get(key).and_then(day)
    }

    /// When something of it was: the day under one key, and the time of it under another.
    pub fn moment(&self, (on, at): (&str, &str)) -> Option<Moment> {
        let at = time(self.fields.get(at))?;
        Some(Moment::of(self.day(on)?, at))
    }
}

/// When a part of a record was: the day under one key, and the time of it under another.
pub fn of_part(part: &Value, (on, at): (&str, &str)) -> Option<Moment> {
    let at = time(part.get(at))?;
    Some(Moment::of(part.get(on).and_then(day)?, at))
}

/// A time that is written; `None` where it is misspelt.
fn time(value: Option<&Value>) -> Option<Option<Instant>> {
    let at = value.and_then(Value::as_str);
    let at = at.map(|at| IsoTime::try_from(at.to_owned())).transpose().ok()?;
    Some(at.map(|at| at.0))
}

/// A day of a record.
pub fn day(value: &Value) -> Option<Day> {
    spelt(value.as_str()?, |text| parse_day(text).ok()).ok()
}

/// A day or a time with the one spelling it has, so that what is written can be compared.
fn spelt<T: ToString>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, String> {
    read(text)
        .filter(|value| value.to_string() == text)
        .ok_or_else(|| format!("`{text}` is not written as data is"))
}

impl From<Iso> for String {
    fn from(day: Iso) -> Self {
        day.0.to_string()
    }
}

impl TryFrom<String> for Iso {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        spelt(&text, |text| parse_day(text).ok()).map(Self)
    }
}

impl From<IsoTime> for String {
    fn from(at: IsoTime) -> Self {
        at.0.to_string()
    }
}

impl TryFrom<String> for IsoTime {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        spelt(&text, |text| Instant::parse(text).ok()).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_have_one_spelling() {
        let day = |text: &str| Iso::try_from(text.to_owned()).is_ok();
        assert!(day("2026-11-20"));
        assert!(!day("115-11-20") && !day("2026-11-31") && !day("民國115年11月20日"));
        let time = |text: &str| IsoTime::try_from(text.to_owned()).is_ok();
        assert!(time("2026-11-20T16:40+08:00"));
        // The same time at another place, and one without an offset, which records may have.
        assert!(!time("2026-11-20T08:40Z") && !time("2026-11-20T16:40"));
    }
}
