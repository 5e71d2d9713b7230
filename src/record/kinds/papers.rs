//! What came of it and what proves it: findings and evidence.

use super::shared::{DESTROYED, EVIDENCE as PROOFS};
use crate::record::kind::{ID, Kind, NOTE};
use crate::record::schema::{Shape, optional, required};

pub const FINDING: Kind = Kind {
    name: "finding",
    plural: "findings",
    doc: "something an audit found amiss (缺失), until it is closed",
    register: None,
    fields: &[
        ID,
        required("audit", Shape::Ref("audit"), "the audit that found it"),
        required("title", Shape::Text, "what is amiss, in a line"),
        optional("description", Shape::Text, "what was found"),
        optional(
            "clauses",
            Shape::List(&Shape::Clause),
            "the clauses it offends, of the audit's regulation",
        ),
        required("grade", Shape::Term("grade", &[]), "how grave it is"),
        required("found_on", Shape::Date, "the day it was found"),
        optional(
            "found_at",
            Shape::Instant,
            "the time of that day, where a rule counts in hours from it",
        ),
        optional("due", Shape::Planned, "by when it must be mended"),
        optional("owner", Shape::Ref("post"), "the post that mends it"),
        optional(
            "explanation",
            Shape::Group(&[
                required("on", Shape::Date, "the day it was given"),
                required("text", Shape::Text, "what the audited unit said (說明)"),
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "the explanation of the audited unit",
        ),
        optional(
            "reports",
            Shape::Groups(&[
                required("to", Shape::Text, "who was told, such as 政風室"),
                required("on", Shape::Date, "the day"),
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "whom it was reported to (通報)",
        ),
        optional("cause", Shape::Text, "root cause"),
        optional(
            "actions",
            Shape::Groups(&[
                required("what", Shape::Text, "what is done about it"),
                optional("due", Shape::Planned, "by when"),
                optional("done_on", Shape::Date, "when it was done"),
                optional("by", Shape::Ref("post"), "who does it"),
            ]),
            "corrective actions (改善措施)",
        ),
        optional(
            "verified",
            Shape::Group(&[
                required("on", Shape::Date, "the day of the check"),
                required("by", Shape::Ref("post"), "who checked"),
            ]),
            "the check that it is mended (複查)",
        ),
        optional("closed_on", Shape::Date, "the day it was closed (結案)"),
        optional(
            "settles",
            Shape::List(&Shape::Text),
            "the failures it deals with, by the ids of `clausebook status`, such as \
             `REG/OBLIGATION/SCOPE/PERIOD`, or `REG/OBLIGATION/RECORD` for papers destroyed \
             too early; once it is closed and verified they count as settled",
        ),
        optional("repeats", Shape::Ref("finding"), "the earlier finding that came back"),
        optional("account", Shape::Ref("account"), "the account it is about"),
        PROOFS,
        DESTROYED,
        NOTE,
    ],
};

pub const EVIDENCE: Kind = Kind {
    name: "evidence",
    plural: "evidence",
    doc: "a file with its SHA-256, or a document by its number",
    register: None,
    fields: &[
        ID,
        required("title", Shape::Text, "what it is"),
        optional("form", Shape::Text, "the form it is on, in the rule's words"),
        optional(
            "covers",
            Shape::Group(&[
                required("from", Shape::Date, "its first day"),
                required("until", Shape::Date, "its last day"),
            ]),
            "the time it is about; of another period than that of the act it proves nothing",
        ),
        optional("collected_on", Shape::Date, "the day it was drawn up or taken (取得日)"),
        required("received_on", Shape::Date, "the day it was filed"),
        optional(
            "received_at",
            Shape::Instant,
            "the time of that day, where a rule that asks for it counts in hours",
        ),
        optional(
            "valid_until",
            Shape::Planned,
            "last day on which it proves anything, such as of a certificate",
        ),
        optional("file", Shape::Path, "path under `content/evidence/files`"),
        optional("sha256", Shape::Sha256, "SHA-256 of the file"),
        optional("document", Shape::Text, "document number (文號), for papers kept elsewhere"),
        DESTROYED,
        NOTE,
    ],
};
