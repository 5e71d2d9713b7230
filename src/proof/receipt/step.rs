//! The steps of a reckoning as data.

use super::form::{Iso, IsoTime, StepForm};
use crate::time::{Norm, Step, StepKind};

/// One step: what was done, its number, the day that came of it, what it rests on.
pub fn step(step: &Step) -> StepForm {
    StepForm {
        step: step.what.as_str().to_owned(),
        day: Iso(step.day),
        at: step.at.map(IsoTime),
        norm: step.norm.map(|norm: Norm| norm.as_str().to_owned()),
        n: step.what.number(),
        of: match step.what {
            StepKind::DayOfMonth(_, day) => day,
            _ => None,
        },
    }
}
