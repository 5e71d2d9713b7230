//! Why a paper is not there, or proves nothing of an act, as a sentence.

use super::sentence::date;
use super::words::Words;
use crate::assess::Reason;

/// A reason about evidence, with the clause that asks for it; empty for any other.
pub fn reason(words: &Words, reason: &Reason, clause: &str) -> String {
    match reason {
        Reason::EvidenceMissing { form, instead: None } => {
            words.say("reason.evidence-missing", &[("form", form), ("clause", &clause)])
        }
        Reason::EvidenceMissing { form, instead: Some(other) } => words.say(
            "reason.evidence-instead",
            &[("form", form), ("other", other), ("clause", &clause)],
        ),
        Reason::EvidenceOfAnotherTime { form, from, until } => words.say(
            "reason.evidence-of-another-time",
            &[
                ("form", form),
                ("from", &date(*from)),
                ("until", &date(*until)),
                ("clause", &clause),
            ],
        ),
        Reason::EvidenceExpired { form, until } => words.say(
            "reason.evidence-expired",
            &[("form", form), ("until", &date(*until)), ("clause", &clause)],
        ),
        Reason::EvidenceTooOld { form, received } => words.say(
            "reason.evidence-too-old",
            &[("form", form), ("received", &date(*received)), ("clause", &clause)],
        ),
        _ => String::new(),
    }
}
