//! The one order and selection in which diagnostics are shown, whatever the format.

use super::{Diagnostic, Severity};

/// The diagnostics to show: errors first, then by file and position; what was said twice, once.
pub fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| (diagnostic.code.severity(), *diagnostic));
    sorted.dedup();
    sorted
}

/// How many of the diagnostics, as shown, are errors, and how many are warnings.
pub fn count(sorted: &[&Diagnostic]) -> (usize, usize) {
    let of = |severity| sorted.iter().filter(|d| d.code.severity() == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}
