//! When something of a receipt was: the day it names, and the time of it where it has one.

use serde_json::Value;

use super::form::{ActForm, ApprovedForm, Iso, IsoTime, RecordForm};
use crate::time::{Day, Instant, Moment};

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
        let text = self.fields.get(key)?.as_str()?;
        Iso::try_from(text.to_owned()).ok().map(|day| day.0)
    }

    /// When something of it was: the day under one key, and the time of it under another.
    pub fn moment(&self, (on, at): (&str, &str)) -> Option<Moment> {
        let at = self.fields.get(at).and_then(Value::as_str);
        let at = at.map(|at| IsoTime::try_from(at.to_owned())).transpose().ok()?;
        Some(Moment::of(self.day(on)?, at.map(|at| at.0)))
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
        let at = Instant::parse(&text).map_err(|_| format!("`{text}` is no time"))?;
        // One time has one spelling, so that what is written can be compared.
        if at.to_string() == text {
            Ok(Self(at))
        } else {
            Err(format!("`{text}` is not of Taiwan"))
        }
    }
}
