//! What is left to record until a finding is closed: its corrective actions, the check by somebody
//! else, the day it was closed.

use serde::Serialize;

use super::new_record::{A_DAY, Lines, NewRecord, scalar};
use super::parts::PageCtx;
use crate::facts::{Closing, Verification};
use crate::model::{Action, Finding, Id, Named};
use crate::time::roc_long;

/// What is left to do about a finding.
#[derive(Debug, Serialize)]
pub struct Close {
    /// What is not recorded yet.
    pub missing: Vec<String>,
    /// What its record needs: one.
    pub records: Vec<NewRecord>,
}

/// What is left to do about a finding; `None` if nothing is.
pub fn close(here: &PageCtx, id: Id<Finding>) -> Option<Close> {
    let (finding, words) = (&here.site.model.findings[id], &here.site.words);
    let left = Closing::of(&here.site.model, &here.site.assessment, id)?;
    let (mut missing, mut lines) = (Vec::new(), Lines::default());
    let say = |word: &str| words.get(&format!("close.{word}")).to_owned();
    if left.no_cause {
        missing.push(say("no_cause"));
        lines.add(0, "cause", "", &say("cause"));
    }
    missing.extend(left.undone.iter().map(|at| left_to_do(here, &finding.actions[*at])));
    if left.no_actions {
        missing.push(say("no_actions"));
        lines.add(0, "actions", "", "");
        lines.add(1, "- what", "", &say("what"));
        lines.add(2, "done_on", A_DAY, "");
        lines.add(2, "by", "", words.get("new_record.post"));
    } else if !left.undone.is_empty() {
        lines.add(0, "actions", "", &say("actions"));
        for action in &finding.actions {
            add_action(here, &mut lines, action);
        }
    }
    if let Some(why) = left.verification {
        let (word, comment) = match (why, finding.verified) {
            (Verification::ByDoer, _) => ("verified_by_doer", "verified_again"),
            (Verification::Missing, Some(_)) => ("unverified", "verified_again"),
            (Verification::Missing, None) => ("unverified", "verified"),
        };
        missing.push(say(word));
        lines.add(0, "verified", "", &say(comment));
        lines.add(1, "on", A_DAY, "");
        lines.add(1, "by", "", words.get("new_record.post"));
    }
    if left.open {
        missing.push(say("unclosed"));
        if finding.closed_on.is_none() {
            lines.add(0, "closed_on", A_DAY, &say("closed"));
        }
    }
    Some(Close { missing, records: vec![NewRecord::added(here, &finding.fields, lines)] })
}

/// 「改善措施「…」尚未登載完成日，期限 …，已逾期 3 日」.
fn left_to_do(here: &PageCtx, action: &Action) -> String {
    let as_of = here.site.assessment.as_of;
    let (word, due, days) = match action.due {
        None => ("close.action", String::new(), 0),
        Some(due) if due < as_of => ("close.action_late", roc_long(due), (as_of - due).num_days()),
        Some(due) => ("close.action_due", roc_long(due), 0),
    };
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("what", &action.what), ("due", &due), ("days", &days)];
    here.site.words.say(word, values)
}

/// A corrective action as it is written, with the day it was done.
fn add_action(here: &PageCtx, lines: &mut Lines, action: &Action) {
    lines.add(1, "- what", &scalar(&action.what), "");
    if let Some(due) = action.due {
        lines.add(2, "due", &due.to_string(), "");
    }
    let done = action.done_on;
    lines.add(2, "done_on", &done.map_or_else(|| A_DAY.to_owned(), |day| day.to_string()), "");
    if let Some(by) = action.by {
        lines.add(2, "by", here.site.model.posts[by].slug(), "");
    }
}
