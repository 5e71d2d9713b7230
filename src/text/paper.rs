//! Why a paper is not there, proves nothing of an act, or came in another manner, as a sentence.

use super::sentence::date;
use super::words::Words;
use crate::assess::Reason;
use crate::model::Model;

/// A reason about evidence or what stands in a paper, with the clause that asks for it; empty for any other.
pub fn reason(words: &Words, model: &Model, reason: &Reason, clause: &str) -> String {
    match reason {
        Reason::EvidenceMissing { form, instead: None } => words.say(
            "reason.evidence-missing",
            &[("form", &model.forms[*form].words), ("clause", &clause)],
        ),
        Reason::EvidenceMissing { form, instead: Some(other) } => words.say(
            "reason.evidence-instead",
            &[("form", &model.forms[*form].words), ("other", other), ("clause", &clause)],
        ),
        Reason::EvidenceOfAnotherTime { form, from, until } => words.say(
            "reason.evidence-of-another-time",
            &[
                ("form", &model.forms[*form].words),
                ("from", &date(*from)),
                ("until", &date(*until)),
                ("clause", &clause),
            ],
        ),
        Reason::EvidenceExpired { form, until } => words.say(
            "reason.evidence-expired",
            &[("form", &model.forms[*form].words), ("until", &date(*until)), ("clause", &clause)],
        ),
        Reason::EvidenceTooOld { form, received } => words.say(
            "reason.evidence-too-old",
            &[
                ("form", &model.forms[*form].words),
                ("received", &date(*received)),
                ("clause", &clause),
            ],
        ),
        Reason::ItemMissing { item } => words.say(
            "reason.item-missing",
            &[("item", &model.items[*item].words), ("clause", &clause)],
        ),
        Reason::ContentsUnknown => words.say("reason.contents-unknown", &[("clause", &clause)]),
        Reason::OtherManner { manner } => words.say(
            "reason.other-manner",
            &[("manner", &model.manners[*manner].words), ("clause", &clause)],
        ),
        Reason::MannerUnknown => words.say("reason.manner-unknown", &[("clause", &clause)]),
        _ => String::new(),
    }
}
