//! Faults that an author answers for until a day: they are counted, not shown. After the day they are
//! shown again, with an error beside them, so that nothing is waived for ever; nor by a day that nobody
//! will live to see.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use super::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceTree, Span};
use crate::time::Day;

/// How many years ahead an answer may hold: as long as papers of audits are commonly kept.
const YEARS_AHEAD: i32 = 5;

/// `waive` of the settings: warnings of one code, of all files or one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    pub span: Span,
    pub code: Code,
    /// Only in the file of this path.
    pub file: Option<String>,
    /// The last day on which it holds.
    pub until: Day,
}

/// The last day on which an answer may end: that of a year so many behind the year of `as_of`, or
/// behind the last one of the office calendar, so that a look back to an earlier day refuses nothing
/// that is fine today.
pub fn latest(as_of: Day, last_year: Option<i32>) -> Day {
    let year = as_of.year().max(last_year.unwrap_or(i32::MIN)) + YEARS_AHEAD;
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(Day::MAX)
}

/// The diagnostics that are left as of a day, and how many were waived. Waivers that did something
/// are added to `used`, by their place in the list. One that ends after `latest` is an error.
pub fn apply(
    diagnostics: Diagnostics,
    waivers: &[Waiver],
    used: &mut BTreeSet<usize>,
    tree: &SourceTree,
    as_of: Day,
    latest: Day,
) -> (Diagnostics, usize) {
    let mut expired: BTreeSet<Span> = BTreeSet::new();
    let mut endless: BTreeSet<(Span, Day)> = BTreeSet::new();
    let mut waived = 0;
    let mut left = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let path = || tree.files.get(diagnostic.span.file.0 as usize).map(|file| &file.path);
        let fits = |waiver: &Waiver| {
            waiver.code == diagnostic.code
                && !diagnostic.is_error()
                && waiver.file.as_ref().is_none_or(|file| path() == Some(file))
        };
        let found = waivers.iter().position(fits);
        used.extend(found);
        let until = found.map(|at| (waivers[at].span, waivers[at].until));
        let until = until.or(diagnostic.waived_until.map(|until| (diagnostic.span, until)));
        match until {
            Some((span, until)) if until >= as_of => {
                waived += 1;
                endless.extend((until > latest).then_some((span, until)));
            }
            Some((span, _)) => {
                expired.insert(span);
                left.push(diagnostic);
            }
            None => left.push(diagnostic),
        }
    }
    left.extend(expired.into_iter().map(|span| {
        Diagnostic::new(Code::ExpiredWaiver, span, format!("the waiver ended before {as_of}"))
            .help("mend what it was for, or give it a new `until`")
    }));
    left.extend(endless.into_iter().map(|(span, until)| {
        let message = format!("the waiver ends on {until}, when nobody will look at it again");
        Diagnostic::new(Code::EndlessWaiver, span, message).help(format!(
            "give it an `until` of {latest} at the latest; it can be given a new one then"
        ))
    }));
    (left, waived)
}

/// Reports the waivers that did nothing.
pub fn unused(waivers: &[Waiver], used: &BTreeSet<usize>) -> Diagnostics {
    let unused = waivers.iter().enumerate().filter(|(at, _)| !used.contains(at));
    let report = |(_, waiver): (usize, &Waiver)| {
        let message = format!("nothing is waived by this: no `{}` is left", waiver.code.slug());
        Diagnostic::new(Code::UnusedWaiver, waiver.span, message).help("remove it")
    };
    unused.map(report).collect()
}
