//! Who and what duties are laid on: agencies, units, systems, posts, accounts, contractors.

use super::shared::{APPOINTED, APPROVED, DESTROYED};
use crate::record::kind::{ATTRIBUTES, ID, Kind, NOTE};
use crate::record::schema::{Shape, dated, optional, required};

pub const AGENCY: Kind = Kind {
    name: "agency",
    plural: "agencies",
    doc: "an agency (機關) that regulations lay duties on",
    register: None,
    fields: &[
        ID,
        required("name", Shape::Text, "official name"),
        optional("short", Shape::Text, "short name for tables"),
        optional("supervisor", Shape::Text, "the agency above it (上級機關)"),
        optional(
            "query_right",
            Shape::Group(&[
                required("applied_on", Shape::Date, "the day of the application"),
                optional("approved_on", Shape::Date, "the day it was approved"),
                optional("opened_on", Shape::Date, "the day the right was opened"),
                optional("attached", Shape::List(&Shape::Text), "the papers sent with it"),
            ]),
            "the agency's own right to query (機關查詢權限)",
        ),
        dated(
            "user_list",
            Shape::Group(&[
                required("updated_on", Shape::Date, "the day it was last brought up to date"),
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "the list of users (使用者清冊)",
        ),
        optional(
            "procedures",
            Shape::List(&Shape::Text),
            "written procedures that are in place, in the rule's words",
        ),
        NOTE,
        ATTRIBUTES,
    ],
};

pub const UNIT: Kind = Kind {
    name: "unit",
    plural: "units",
    doc: "a unit (單位) of an agency, or an office under it (所隊、中心)",
    register: None,
    fields: &[
        ID,
        required("agency", Shape::Ref("agency"), "the agency it belongs to"),
        required("name", Shape::Text, "official name"),
        optional("short", Shape::Text, "short name for tables"),
        required(
            "kind",
            Shape::Word(&["unit", "office"]),
            "`unit`: within the agency; `office`: a subordinate office (所屬所隊、中心)",
        ),
        optional(
            "uses",
            Shape::Groups(&[
                required("system", Shape::Ref("system"), "the system in use"),
                required("from", Shape::Date, "first day of use"),
                optional("until", Shape::Planned, "last day of use, if it ended"),
            ]),
            "which systems it uses, since when; duties begin with the first day of use",
        ),
        optional(
            "use_application",
            Shape::Group(&[
                required("applied_on", Shape::Date, "the day of the application"),
                optional(
                    "countersigned",
                    Shape::List(&Shape::Text),
                    "who countersigned (簽會), in the rule's words",
                ),
                APPROVED,
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "the unit's application to use the data, where a rule asks for one",
        ),
        NOTE,
        ATTRIBUTES,
    ],
};

pub const SYSTEM: Kind = Kind {
    name: "system",
    plural: "systems",
    doc: "an information system whose use is regulated",
    register: None,
    fields: &[
        ID,
        required("name", Shape::Text, "official name"),
        optional("short", Shape::Text, "short name for tables"),
        required("agency", Shape::Ref("agency"), "the agency that answers for it"),
        required(
            "regulations",
            Shape::List(&Shape::Regulation),
            "the regulations its use falls under",
        ),
        optional(
            "password_policy",
            Shape::Group(&[
                optional("length", Shape::Count, "least number of characters"),
                optional("complexity", Shape::Flag, "kinds of characters are prescribed"),
                optional("min_days", Shape::Count, "days before it may be changed again"),
                optional("max_days", Shape::Count, "days after which it must be changed"),
                optional("history", Shape::Count, "how many earlier ones are refused"),
            ]),
            "what the system enforces of passwords",
        ),
        optional(
            "log_fields",
            Shape::List(&Shape::Text),
            "what its query log records (查詢日誌), in the rule's words",
        ),
        NOTE,
        ATTRIBUTES,
    ],
};

pub const POST: Kind = Kind {
    name: "post",
    plural: "posts",
    doc: "a post (職務) and who holds it; people appear by post and staff code",
    register: None,
    fields: &[
        ID,
        required("agency", Shape::Ref("agency"), "the agency"),
        optional("unit", Shape::Ref("unit"), "the unit, if it belongs to one"),
        required("title", Shape::Text, "title of the post (職稱)"),
        required(
            "staff",
            Shape::Text,
            "staff code of the holder; within an agency the same code is the same person",
        ),
        optional(
            "display_name",
            Shape::Text,
            "name of the holder; masked unless the site shows names",
        ),
        optional(
            "roles",
            Shape::List(&Shape::Text),
            "what the post does, in the words of the rules",
        ),
        optional("deputy", Shape::Ref("post"), "the post that stands in for it"),
        optional(
            "acts_for",
            Shape::Ref("post"),
            "the post in whose name it may act (授權), in all that post may do",
        ),
        APPOINTED,
        optional("from", Shape::Start, "since when"),
        optional("until", Shape::Planned, "last day, if it ended"),
        NOTE,
        ATTRIBUTES,
    ],
};

pub const ACCOUNT: Kind = Kind {
    name: "account",
    plural: "accounts",
    doc: "a person's right to use a system",
    register: None,
    fields: &[
        ID,
        required("system", Shape::Ref("system"), "the system"),
        required("unit", Shape::Ref("unit"), "the unit of the user"),
        required(
            "staff",
            Shape::Text,
            "staff code of the user; within an agency the same code is the same person",
        ),
        optional(
            "display_name",
            Shape::Text,
            "name of the user; masked unless the site shows names",
        ),
        required("role", Shape::Term("account-role", &[]), "what the account may do"),
        optional(
            "application",
            Shape::Group(&[
                required("applied_on", Shape::Date, "the day of the application"),
                optional("approved_on", Shape::Date, "the day it was approved"),
                optional("approved_by", Shape::Ref("post"), "the post that approved"),
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "the application form",
        ),
        optional(
            "pledge",
            Shape::Group(&[
                required("signed_on", Shape::Date, "the day it was signed"),
                optional("evidence", Shape::Ref("evidence"), "the signed paper"),
            ]),
            "the confidentiality pledge (保密切結書)",
        ),
        optional("purpose", Shape::Text, "the business it is used for, in the rule's words"),
        APPOINTED,
        required("opened_on", Shape::Start, "first day of the right"),
        optional("valid_until", Shape::Planned, "last day of the approved use (使用期限)"),
        dated(
            "change",
            Shape::Group(&[
                required("on", Shape::Date, "the day the right was changed"),
                optional("applied_on", Shape::Date, "the day of the application"),
                optional("approved_on", Shape::Date, "the day it was approved"),
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "the latest change of the right (權限異動), or all of them",
        ),
        optional(
            "cancellation",
            Shape::Group(&[
                required("applied_on", Shape::Date, "the day of the application"),
                optional("approved_on", Shape::Date, "the day it was approved"),
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "the application to cancel it (註銷申請)",
        ),
        dated(
            "reactivation",
            Shape::Group(&[
                required("on", Shape::Date, "the day it was reactivated"),
                optional("suspended_on", Shape::Date, "the day it had been suspended"),
                optional("applied_on", Shape::Date, "the day of the application"),
                optional("notified_on", Shape::Date, "the day the manager was told"),
                optional("approved_on", Shape::Date, "the day it was approved"),
                optional("document", Shape::Text, "document number (文號)"),
            ]),
            "the latest reactivation (復權), or all of them; an account that is in use again has no `suspended_on`",
        ),
        optional("suspended_on", Shape::Date, "the day it was suspended (停權)"),
        optional("cancelled_on", Shape::Date, "the day it was cancelled (註銷)"),
        dated(
            "last_used_on",
            Shape::Date,
            "last day of use, or the days on which that was looked up",
        ),
        optional(
            "password_changed",
            Shape::List(&Shape::Date),
            "the days the password was changed",
        ),
        DESTROYED,
        NOTE,
        ATTRIBUTES,
    ],
};

pub const CONTRACTOR: Kind = Kind {
    name: "contractor",
    plural: "contractors",
    doc: "a firm that works on a system for an agency",
    register: None,
    fields: &[
        ID,
        required("name", Shape::Text, "name of the firm"),
        required("agency", Shape::Ref("agency"), "the agency it works for"),
        required("systems", Shape::List(&Shape::Ref("system")), "the systems it works on"),
        required("from", Shape::Start, "first day of the contract"),
        optional("until", Shape::Planned, "last day of the contract"),
        optional(
            "agreement",
            Shape::Group(&[
                required("signed_on", Shape::Date, "the day it was signed"),
                optional("evidence", Shape::Ref("evidence"), "the signed paper"),
            ]),
            "the confidentiality agreement",
        ),
        DESTROYED,
        NOTE,
        ATTRIBUTES,
    ],
};
