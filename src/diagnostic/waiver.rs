//! Faults that an author answers for until a day: they are counted, not shown. After the day they are
//! shown again, with an error beside them, so that nothing is waived for ever.

use std::collections::BTreeSet;

use super::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceTree, Span};
use crate::time::Day;

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

/// The diagnostics that are left as of a day, and how many were waived. Waivers that did something
/// are added to `used`, by their place in the list.
pub fn apply(
    diagnostics: Diagnostics,
    waivers: &[Waiver],
    used: &mut BTreeSet<usize>,
    tree: &SourceTree,
    as_of: Day,
) -> (Diagnostics, usize) {
    let mut expired: BTreeSet<Span> = BTreeSet::new();
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
            Some((_, until)) if until >= as_of => waived += 1,
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
