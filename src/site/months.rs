//! Which months and years have pages of their own: whole years around the as-of date, as far as
//! anything falls due in them.

use chrono::{Datelike, Months};

use crate::assess::Assessment;
use crate::time::{Every, Period};

/// The months with a calendar, in order: from the beginning of the year of twelve months ago to
/// the end of the year of twelve months hence, without those before the first due date and after
/// the last. The month of the as-of date is always among them.
pub fn months(assessment: &Assessment) -> Vec<Period> {
    let as_of = assessment.as_of;
    let month = |day| Period::containing(day, Every::Month);
    let year = |day| Period::containing(day, Every::Year);
    let ago = as_of.checked_sub_months(Months::new(12)).unwrap_or(as_of);
    let hence = as_of.checked_add_months(Months::new(12)).unwrap_or(as_of);
    let dues = || assessment.occurrences.iter().map(|occurrence| occurrence.due);
    let first = dues().min().map_or(as_of, |due| due.min(as_of)).max(year(ago).first_day());
    let last = dues().max().map_or(as_of, |due| due.max(as_of)).min(year(hence).last_day());
    let mut months = vec![month(first)];
    while let Some(at) = months.last().filter(|at| **at != month(last)) {
        months.push(at.next());
    }
    months
}

/// The years with an audit plan: the one of the as-of date and the next.
pub fn plan_years(assessment: &Assessment) -> [i32; 2] {
    let year = assessment.as_of.year();
    [year, year + 1]
}
