//! How a sentence is meant: somebody outside acts, the rule leaves room, a time begins anew; and limits
//! that no law counts. Words in, keys of a duty out.

use super::near::{FURTHEST, top};
use super::patterns::first;
use super::{DutyDraft, Read};
use crate::law::ClauseNumber;

/// Who acts, if it is somebody outside.
pub fn outsider(sentence: &str) -> Option<Read> {
    let hit = first("outsider", sentence)?;
    let who = hit.group("who").unwrap_or("申請人");
    Some(Read::new(who, hit.words))
}

/// Whether a text says 以…為原則.
pub fn in_principle(text: &str) -> Option<Read> {
    first("in-principle", text).map(|hit| Read::new("true", hit.words))
}

/// The key a limit is written under: no law counts months backwards, so such a limit is a note.
pub fn limit(limit: Read) -> (&'static str, Read) {
    let long = [" month", " year"].iter().any(|unit| limit.value.contains(unit));
    if limit.value.starts_with("{before") && long {
        let note = format!("原文為「{}」；向前逆算，以日數載明", limit.words);
        return ("note", Read::new(note, limit.words));
    }
    ("deadline", limit)
}

/// Lets the time of the event before it begin anew, where the text of a clause says so.
pub fn begin_anew(own: &str, number: &ClauseNumber, draft: &mut DutyDraft) {
    let Some(hit) = first("anew", own) else { return };
    let Some(what) = hit.group("what") else { return };
    let of = top(number);
    // Duties stand in the order of their clauses.
    let near =
        draft.duties.iter_mut().rev().take(FURTHEST).take_while(|duty| top(&duty.clauses[0]) == of);
    for duty in near {
        let limit = duty
            .fields
            .iter()
            .position(|(key, read)| *key == "deadline" && read.value.starts_with("{within: "));
        let Some(at) = limit else { continue };
        let limit = &mut duty.fields[at].1;
        if !limit.value.contains("anew") {
            limit.value.insert_str(limit.value.len() - 1, &format!(", anew: {what}"));
            limit.words = format!("{}…{}", limit.words, hit.words);
            // What starts the time anew is told from the answer by its word.
            duty.fields.insert(at + 1, ("answer", Read::new("通知", "")));
        }
        return;
    }
}
