//! The state of a waiver as of a day.

use crate::assess::Assessment;
use crate::model::{Id, Waiver};

/// The state of a waiver, in the order of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaiverState {
    InForce,
    NotYet,
    /// In its days nothing falls due.
    Unused,
    /// So it was, and its days are over.
    EndedUnused,
    Ended,
}

impl WaiverState {
    /// The state as of the day of the assessment; the days of the record are inclusive.
    pub fn of(assessment: &Assessment, id: Id<Waiver>, waiver: &Waiver) -> Self {
        let ended = waiver.until < assessment.as_of;
        if waiver.from > assessment.as_of {
            WaiverState::NotYet
        } else if assessment.unused_waivers.contains(&id) {
            if ended { WaiverState::EndedUnused } else { WaiverState::Unused }
        } else if ended {
            WaiverState::Ended
        } else {
            WaiverState::InForce
        }
    }

    /// Its place in the list; those without a use stand together.
    pub fn rank(self) -> u8 {
        match self {
            WaiverState::InForce => 0,
            WaiverState::NotYet => 1,
            WaiverState::Unused | WaiverState::EndedUnused => 2,
            WaiverState::Ended => 3,
        }
    }

    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            WaiverState::InForce => "in_force",
            WaiverState::NotYet => "not_yet",
            WaiverState::Unused => "unused",
            WaiverState::EndedUnused => "ended_unused",
            WaiverState::Ended => "ended",
        }
    }
}
