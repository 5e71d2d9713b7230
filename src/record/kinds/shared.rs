//! Fields that several kinds have.

use crate::record::schema::{Field, Shape, optional, required};

pub const EVIDENCE: Field =
    optional("evidence", Shape::List(&Shape::Ref("evidence")), "the pieces of evidence");
/// What a paper contains, of an act.
pub const CONTAINS: Field = optional(
    "contains",
    Shape::List(&Shape::Text),
    "what of the items the rule asks for stands in the paper (應載明事項), in the rule's words; left out: \
     not recorded",
);
/// In what manner an act was done.
pub const MANNER: Field = optional(
    "manner",
    Shape::Text,
    "in what manner it was done (以書面, 以電子方式), in the rule's words, where a rule asks; left out: not recorded",
);
pub const DESTROYED: Field = optional(
    "destroyed",
    Shape::Group(&[
        required("on", Shape::Date, "the day it was destroyed"),
        optional("by", Shape::Ref("post"), "the post that destroyed it"),
        optional(
            "approved_by",
            Shape::Ref("post"),
            "the post that approved the destruction; nobody approves what they did themselves",
        ),
    ]),
    "when the papers were destroyed, by whom and with whose approval",
);
const APPROVED_ON: Field = required("on", Shape::Date, "the day of the approval");
const APPROVED_AT: Field =
    optional("at", Shape::Instant, "the time of that day, where a rule counts in hours");

pub const APPROVED: Field = optional(
    "approved",
    Shape::Group(&[
        APPROVED_ON,
        APPROVED_AT,
        required("by", Shape::Ref("post"), "the post that approved"),
    ]),
    "the approval (核閱、核定)",
);

/// An approval by a post, or by an authority outside.
pub const APPROVED_OUTSIDE: Field = optional(
    "approved",
    Shape::Group(&[
        APPROVED_ON,
        APPROVED_AT,
        optional("by", Shape::Ref("post"), "the post that approved"),
        optional(
            "party",
            Shape::Text,
            "in place of `by`: the authority outside that approved (報…核定), in the rule's words",
        ),
        optional("document", Shape::Text, "with `party`: the number of its letter (文號)"),
    ]),
    "the approval (核閱、核定)",
);

pub const APPOINTED: Field = optional(
    "appointed",
    Shape::Group(&[
        required("on", Shape::Date, "the day of the appointment"),
        required("by", Shape::Text, "who appointed (指派), in the rule's words"),
    ]),
    "the appointment, where a rule says who makes it",
);
