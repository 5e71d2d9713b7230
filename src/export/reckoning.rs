//! The steps of a reckoning as data.

use serde_json::{Value, json};

use crate::time::{Norm, Step, StepKind};

/// One step: what was done, its number, the day that came of it, what it rests on.
pub fn step(step: &Step) -> Value {
    let mut row = json!({
        "step": step.what.as_str(),
        "day": step.day.to_string(),
        "norm": step.norm.map(Norm::as_str),
    });
    if let Some(n) = step.what.number() {
        row["n"] = n.into();
    }
    if let StepKind::DayOfMonth(_, Some(day)) = step.what {
        row["of"] = day.into();
    }
    row
}
