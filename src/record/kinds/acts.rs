//! What was done and what happened: use, audits, submissions, trainings, events.

use super::shared::{APPROVED, APPROVED_OUTSIDE, CONTAINS, DESTROYED, EVIDENCE, MANNER};
use crate::record::kind::{ATTRIBUTES, ID, Kind, NOTE};
use crate::record::schema::{Shape, optional, required};

pub const USAGE: Kind = Kind {
    name: "usage",
    plural: "usage",
    doc: "how much a unit used a system in a month; the population of samples",
    register: None,
    fields: &[
        required("unit", Shape::Ref("unit"), "the unit"),
        required("system", Shape::Ref("system"), "the system"),
        required("month", Shape::Month, "the month"),
        required("queries", Shape::Count, "records of use (查詢筆數)"),
        required("active_users", Shape::Count, "users who used it in the month"),
        required("total_users", Shape::Count, "users who had the right in the month"),
        DESTROYED,
        NOTE,
    ],
};

pub const AUDIT: Kind = Kind {
    name: "audit",
    plural: "audits",
    doc: "an act that answers a duty: an audit, a review, an inventory, a scan",
    register: None,
    fields: &[
        ID,
        required("obligation", Shape::Obligation, "the duty it answers"),
        required("scope", Shape::AnyRef, "for which unit, agency, system … (the duty's scope)"),
        optional(
            "period",
            Shape::Period,
            "for which period; not for duties counted from the last time",
        ),
        optional("started_on", Shape::Date, "its first day, if it took several"),
        required("done_on", Shape::Date, "the day it was done; of several days the last"),
        optional(
            "done_at",
            Shape::Instant,
            "the time of that day, where a rule counts in hours from it or names a time of day",
        ),
        optional("auditors", Shape::List(&Shape::Ref("post")), "who did it"),
        optional(
            "audited_staff",
            Shape::List(&Shape::Text),
            "staff codes of the people whose use was looked at (受查人員)",
        ),
        optional(
            "joint",
            Shape::List(&Shape::Text),
            "parties that took part (會同), in the rule's words",
        ),
        optional(
            "population",
            Shape::Group(&[
                optional("records", Shape::Count, "records of use in the period"),
                optional("users", Shape::Count, "users in the period"),
            ]),
            "the population as the auditors found it (母體)",
        ),
        optional(
            "sample",
            Shape::Group(&[
                optional("records", Shape::Count, "records looked at"),
                optional("users", Shape::Count, "users looked at"),
                optional("months", Shape::List(&Shape::Month), "months records were drawn from"),
            ]),
            "what was looked at (抽查)",
        ),
        optional("unannounced", Shape::Flag, "whether it was not announced (無預警)"),
        optional("result", Shape::Word(&["clean", "anomaly"]), "what came of it"),
        APPROVED,
        CONTAINS,
        MANNER,
        EVIDENCE,
        DESTROYED,
        NOTE,
        ATTRIBUTES,
    ],
};

pub const SUBMISSION: Kind = Kind {
    name: "submission",
    plural: "submissions",
    doc: "papers sent to another agency (函送備查)",
    register: None,
    fields: &[
        ID,
        required("obligation", Shape::Obligation, "the duty it answers"),
        required("scope", Shape::AnyRef, "for which unit or agency (the duty's scope)"),
        optional("period", Shape::Period, "for which period"),
        required("sent_on", Shape::Date, "the day it was sent"),
        optional(
            "sent_at",
            Shape::Instant,
            "the time of that day, where a rule counts in hours from it",
        ),
        required("to", Shape::Text, "who received it, in the rule's words"),
        optional("by", Shape::Ref("post"), "the post that drew it up and sent it"),
        optional("document", Shape::Text, "document number (文號)"),
        optional("audits", Shape::List(&Shape::Ref("audit")), "the audits it reports"),
        APPROVED_OUTSIDE,
        CONTAINS,
        MANNER,
        EVIDENCE,
        DESTROYED,
        NOTE,
    ],
};

pub const TRAINING: Kind = Kind {
    name: "training",
    plural: "trainings",
    doc: "hours of training of the holder of a post",
    register: None,
    fields: &[
        ID,
        required("post", Shape::Ref("post"), "the post"),
        required("on", Shape::Date, "the day it ended"),
        required("hours", Shape::Count, "full hours"),
        optional(
            "course",
            Shape::Text,
            "the kind of course, in the rules' words, where rules count hours of some kinds only",
        ),
        required("title", Shape::Text, "what it was about"),
        EVIDENCE,
        DESTROYED,
        NOTE,
    ],
};

pub const EVENT: Kind = Kind {
    name: "event",
    plural: "events",
    doc: "something that happened, or will, and starts the clock of duties; with what was done about it",
    register: None,
    fields: &[
        ID,
        required(
            "kind",
            Shape::Text,
            "what happened, in the words of the rules (`personnel-change` …)",
        ),
        required("on", Shape::Start, "the day it happened or will happen"),
        optional(
            "at",
            Shape::Instant,
            "the time of that day, from which hours run (發生後一小時內)",
        ),
        optional(
            "known_on",
            Shape::Date,
            "the day it was known, if that was another day, before or after; the record counts from \
             then; which of the two starts the clock says the rule",
        ),
        optional(
            "known_at",
            Shape::Instant,
            "the time it was known, from which hours run (知悉後一小時內); its day is `known_on`, \
             which may be left out",
        ),
        optional(
            "due",
            Shape::Planned,
            "the limit that a letter set (限期), where the rule's deadline is a letter's",
        ),
        optional("account", Shape::Ref("account"), "the account it is about"),
        optional(
            "staff",
            Shape::Text,
            "the person it is about: every account with this staff code; where several agencies have the \
             code, `agency` beside it says whose",
        ),
        optional("unit", Shape::Ref("unit"), "the unit it is about"),
        optional("agency", Shape::Ref("agency"), "the agency it is about"),
        optional("system", Shape::Ref("system"), "the system it is about"),
        optional("post", Shape::Ref("post"), "the post it is about"),
        optional("contractor", Shape::Ref("contractor"), "the contractor it is about"),
        optional(
            "regulation",
            Shape::Regulation,
            "only duties of this regulation; default: every one its subject falls under",
        ),
        optional("finding", Shape::Ref("finding"), "the finding it came from"),
        optional(
            "case",
            Shape::Id,
            "events of one case (a file transfer, say) show as one line of steps",
        ),
        optional(
            "answers",
            Shape::Groups(&[
                required("what", Shape::Text, "what was done, in the words of the rules"),
                required("on", Shape::Date, "the day it was done"),
                optional(
                    "at",
                    Shape::Instant,
                    "the time of that day, where a rule counts in hours",
                ),
                optional("by", Shape::Ref("post"), "who did it"),
                optional("to", Shape::List(&Shape::Text), "who was told, in the rule's words"),
                optional(
                    "joint",
                    Shape::List(&Shape::Text),
                    "parties that took part (會同), in the rule's words",
                ),
                optional("account", Shape::Ref("account"), "only for this account"),
                optional("document", Shape::Text, "document number (文號)"),
                APPROVED_OUTSIDE,
                CONTAINS,
                MANNER,
                EVIDENCE,
            ]),
            "what was done about it",
        ),
        DESTROYED,
        NOTE,
        ATTRIBUTES,
    ],
};
