//! The office calendar as data: what days off receipts are reckoned by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::form::Iso;
use crate::time::OfficeCalendar;

/// The form of `data/calendar.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarForm {
    /// Years that are known in full.
    pub years: Vec<i32>,
    /// Weekdays off, with their names.
    pub holidays: BTreeMap<Iso, String>,
    /// Days of weekends that are worked.
    pub workdays: BTreeMap<Iso, String>,
}

/// The text of the file.
pub fn text(calendar: &OfficeCalendar) -> String {
    let named = |days: &BTreeMap<crate::time::Day, String>| {
        days.iter().map(|(day, name)| (Iso(*day), name.clone())).collect()
    };
    let form = CalendarForm {
        years: calendar.years.iter().copied().collect(),
        holidays: named(&calendar.holidays),
        workdays: named(&calendar.workdays),
    };
    serde_json::to_string_pretty(&form).expect("days are texts") + "\n"
}

/// Reads the file.
pub fn read(text: &[u8]) -> Option<OfficeCalendar> {
    let form: CalendarForm = serde_json::from_slice(text).ok()?;
    let plain = |days: BTreeMap<Iso, String>| days.into_iter().map(|(day, name)| (day.0, name));
    Some(OfficeCalendar {
        years: form.years.into_iter().collect(),
        holidays: plain(form.holidays).collect(),
        workdays: plain(form.workdays).collect(),
    })
}
