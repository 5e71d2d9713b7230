//! What is left to record until a finding is closed: its corrective actions, the check by somebody
//! else, the day it was closed.

use serde::Serialize;

use super::new_record::{A_DAY, Lines, NewRecord, scalar};
use super::parts::PageCtx;
use crate::assess::ReviewIssue;
use crate::model::{Action, Finding, Id};
use crate::parse::value::Group;
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
    let as_of = here.site.assessment.as_of;
    let concerns = here.site.assessment.concerns(id);
    let is_open = finding.is_open_on(as_of);
    if !is_open && concerns.is_empty() {
        return None;
    }
    let (mut missing, mut lines) = (Vec::new(), Lines::default());
    let say = |word: &str| words.get(&format!("close.{word}")).to_owned();
    if finding.cause.is_none() {
        missing.push(say("no_cause"));
        lines.add(0, "cause", "", &say("cause"));
    }
    let undone: Vec<&Action> = finding.actions.iter().filter(|one| one.done_on.is_none()).collect();
    missing.extend(undone.iter().map(|action| left_to_do(here, action)));
    if finding.actions.is_empty() {
        missing.push(say("no_actions"));
        lines.add(0, "actions", "", "");
        lines.add(1, "- what", "", &say("what"));
        lines.add(2, "done_on", A_DAY, "");
        lines.add(2, "by", "", words.get("new_record.post"));
    } else if !undone.is_empty() {
        lines.add(0, "actions", "", &say("actions"));
        for action in finding.fields.groups("actions") {
            add_action(&mut lines, action);
        }
    }
    let by_doer = concerns.contains(&ReviewIssue::VerifiedByDoer);
    let checked = finding.verified;
    if checked.is_none() || by_doer || concerns.contains(&ReviewIssue::ClosedUnverified) {
        let is_written = finding.fields.is_written("verified");
        missing.push(say(if by_doer { "verified_by_doer" } else { "unverified" }));
        lines.add(0, "verified", "", &say(if is_written { "verified_again" } else { "verified" }));
        lines.add(1, "on", A_DAY, "");
        lines.add(1, "by", "", words.get("new_record.post"));
    }
    if is_open {
        missing.push(say("unclosed"));
        if !finding.fields.is_written("closed_on") {
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
fn add_action(lines: &mut Lines, action: &Group) {
    lines.add(1, "- what", &scalar(&action.string("what")), "");
    if let Some(due) = action.date("due") {
        lines.add(2, "due", &due.to_string(), "");
    }
    let done = action.date("done_on");
    lines.add(2, "done_on", &done.map_or_else(|| A_DAY.to_owned(), |day| day.to_string()), "");
    if let Some(by) = action.text("by") {
        lines.add(2, "by", by.value, "");
    }
}
