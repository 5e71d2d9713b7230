//! How many records meet the rules that must hold at any time.

use crate::assess::{Check, CheckVerdict};

/// How many checks came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckCounts {
    pub holds: usize,
    pub breached: usize,
    /// Cannot be told: never a pass.
    pub unknown: usize,
}

impl CheckCounts {
    /// Counts checks.
    pub fn of<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Self {
        let mut counts = Self::default();
        for check in checks {
            match check.verdict {
                CheckVerdict::Holds => counts.holds += 1,
                CheckVerdict::Breached => counts.breached += 1,
                CheckVerdict::Indeterminate(_) => counts.unknown += 1,
            }
        }
        counts
    }

    /// Breached or unknown.
    pub fn failing(self) -> usize {
        self.breached + self.unknown
    }

    /// All that were made.
    pub fn all(self) -> usize {
        self.holds + self.failing()
    }
}

/// The public code of what a check came to.
pub fn code(verdict: &CheckVerdict) -> &'static str {
    match verdict {
        CheckVerdict::Holds => "holds",
        CheckVerdict::Breached => "breached",
        CheckVerdict::Indeterminate(_) => "unknown",
    }
}
