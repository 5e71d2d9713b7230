//! The kinds that say what to make of the others: waivers, roles, topics, words, registers.

use super::shared::{DESTROYED, EVIDENCE};
use crate::record::kind::{ID, Kind, NOTE};
use crate::record::register::REGISTER as DEFINITION;
use crate::record::schema::{Shape, optional, required};

pub const WAIVER: Kind = Kind {
    name: "waiver",
    plural: "waivers",
    doc: "leave not to do a duty for a time (豁免)",
    register: None,
    fields: &[
        ID,
        required("obligation", Shape::Obligation, "the duty"),
        required("scope", Shape::AnyRef, "for which unit, agency, account … (the duty's scope)"),
        required("reason", Shape::Text, "why"),
        optional(
            "basis",
            Shape::Text,
            "the clause, or the letter of the authority that issued the regulation, it rests on",
        ),
        required("from", Shape::Start, "first due date it covers"),
        required("until", Shape::Planned, "last due date it covers"),
        required(
            "approved",
            Shape::Group(&[
                required("on", Shape::Date, "the day of the approval"),
                required("by", Shape::Ref("post"), "the post that approved"),
            ]),
            "the approval",
        ),
        EVIDENCE,
        DESTROYED,
        NOTE,
    ],
};

pub const ROLE: Kind = Kind {
    name: "role",
    plural: "roles",
    doc: "a role (角色) of posts and accounts; its page lists what the rules ask of it",
    register: None,
    fields: &[
        ID,
        required("title", Shape::Text, "what it is called"),
        optional("order", Shape::Count, "place in lists"),
        required(
            "reach",
            Shape::Word(&["own", "unit", "agency"]),
            "for what its holder acts: the own accounts, the own unit, the whole agency",
        ),
        optional(
            "parties",
            Shape::List(&Shape::Text),
            "the words of rules (`joint`, `approval`, `to`, `notify`) that mean it",
        ),
        optional("may_waive", Shape::Flag, "its holder may approve waivers (豁免)"),
        NOTE,
    ],
};

pub const TOPIC: Kind = Kind {
    name: "topic",
    plural: "topics",
    doc: "what duties of several regulations are about (主題); its page compares them",
    register: None,
    fields: &[
        ID,
        required("title", Shape::Text, "what it is called"),
        optional("order", Shape::Count, "place in lists"),
        NOTE,
    ],
};

pub const TERM: Kind = Kind {
    name: "term",
    plural: "vocabulary",
    doc: "a word of the site's own that records or rules use, and what pages call it",
    register: None,
    fields: &[
        ID,
        required(
            "of",
            Shape::Word(&["account-role", "grade", "event", "answer", "course"]),
            "what it is a word of",
        ),
        required("title", Shape::Text, "what pages call it"),
        optional(
            "counts_as",
            Shape::Word(&["observation", "minor", "major"]),
            "of a grade: which one it weighs as",
        ),
        NOTE,
    ],
};

pub const REGISTER: Kind = Kind {
    name: "register",
    plural: "registers",
    doc: "a register of the site's own: from its definition follow its records, pages and schema",
    register: None,
    fields: DEFINITION,
};
