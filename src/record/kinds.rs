//! The kinds of records and what each may hold. A kind's records live in `content/PLURAL/…yaml`
//! or `content/PLURAL.yaml`; a file holds one record or a list.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::kind::{ATTRIBUTES, ID, NOTE};
pub use super::kind::{Kind, Register};
use super::register::{Definition, REGISTER, kept};
use super::rule::{HOLDERS, obligation};
use super::schema::{Field, Shape, dated, optional, required};

/// A word of the vocabulary that records may use without the site saying so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownWord {
    pub section: String,
    pub word: String,
}

/// The kinds of records of a site: those the program knows of itself, and the registers, which are
/// data. Never more than one of each for the same definitions, so that it may last as long as the
/// program though sites are read again and again.
#[derive(Debug)]
pub struct Kinds {
    all: Vec<&'static Kind>,
    /// The grades of findings, the gravest last.
    pub grades: &'static [&'static str],
    /// What duties may be laid on.
    pub scopes: &'static [&'static str],
    /// What `obligations.yaml` may hold, of each duty.
    pub obligation: &'static [Field],
}

impl PartialEq for Kinds {
    /// There is one for each set of definitions.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Kinds {
    /// The kinds of a site with these registers and these words of its vocabulary.
    pub fn with(registers: &[Definition], words: &[KnownWord]) -> &'static Self {
        type Data = (Vec<Definition>, Vec<KnownWord>);
        static KNOWN: Mutex<BTreeMap<Data, &'static Kinds>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.entry((registers.to_vec(), words.to_vec()));
        made.or_insert_with_key(|_| Box::leak(Box::new(Self::new(registers, words))))
    }

    fn new(registers: &[Definition], words: &[KnownWord]) -> Self {
        let of_section = |section: &str| -> &'static [&'static str] {
            let own = words.iter().filter(|word| word.section == section);
            let own: Vec<&'static str> = own.map(|word| kept(&word.word)).collect();
            own.leak()
        };
        let with_words = |kind: &'static Kind| -> &'static Kind {
            if !kind.fields.iter().any(|field| matches!(field.shape, Shape::Term(..))) {
                return kind;
            }
            let with_words = |field: &Field| match field.shape {
                Shape::Term(section, _) => {
                    Field { shape: Shape::Term(section, of_section(section)), ..*field }
                }
                _ => *field,
            };
            let fields: Vec<Field> = kind.fields.iter().map(with_words).collect();
            Box::leak(Box::new(Kind { fields: fields.leak(), ..*kind }))
        };
        let of_data: Vec<Kind> = registers.iter().map(Definition::kind).collect();
        let of_data: &'static [Kind] = of_data.leak();
        let names = of_data.iter().map(|kind| kind.name);
        let scopes: Vec<&'static str> = HOLDERS.iter().copied().chain(names).collect();
        let scopes: &'static [&'static str] = scopes.leak();
        Self {
            grades: of_section("grade"),
            all: RECORDS.iter().map(with_words).chain(of_data).chain(ABOUT_OTHERS).collect(),
            scopes,
            obligation: obligation(scopes).leak(),
        }
    }

    /// Every kind, in the order of the reference.
    pub fn iter(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.all.iter().copied()
    }

    /// The kinds whose records are entries of registers, in the order they are defined.
    pub fn registers(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.iter().filter(|kind| kind.register.is_some())
    }

    /// The kind of a name.
    pub fn find(&self, name: &str) -> Option<&'static Kind> {
        self.iter().find(|kind| kind.name == name)
    }

    /// The kind whose records live in the folder `plural`.
    pub fn of_folder(&self, plural: &str) -> Option<&'static Kind> {
        self.iter().find(|kind| kind.plural == plural)
    }
}

/// Those of a site without any register or word.
impl Default for &'static Kinds {
    fn default() -> Self {
        Kinds::with(&[], &[])
    }
}

/// A kind that the program knows of itself; without the words of the vocabulary that its fields take.
pub fn built_in(name: &str) -> Option<&'static Kind> {
    RECORDS.iter().chain(ABOUT_OTHERS).find(|kind| kind.name == name)
}

/// The kind of a name that stands in the code.
pub fn own_kind(name: &'static str) -> &'static Kind {
    built_in(name).expect("the program knows it of itself")
}

const EVIDENCE: Field =
    optional("evidence", Shape::List(&Shape::Ref("evidence")), "the pieces of evidence");
const DESTROYED: Field = optional(
    "destroyed",
    Shape::Group(&[
        required("on", Shape::Date, "the day it was destroyed"),
        optional("approved_by", Shape::Ref("post"), "the post that approved the destruction"),
    ]),
    "when the papers were destroyed, and with whose approval",
);
const APPROVED: Field = optional(
    "approved",
    Shape::Group(&[
        required("on", Shape::Date, "the day of the approval"),
        optional("at", Shape::Instant, "the time of that day, where a rule counts in hours"),
        required("by", Shape::Ref("post"), "the post that approved"),
    ]),
    "the approval (核閱、核定)",
);

const APPOINTED: Field = optional(
    "appointed",
    Shape::Group(&[
        required("on", Shape::Date, "the day of the appointment"),
        required("by", Shape::Text, "who appointed (指派), in the rule's words"),
    ]),
    "the appointment, where a rule says who makes it",
);

/// The kinds that say what is there and what was done. The registers come behind them.
const RECORDS: &[Kind] = &[
    Kind {
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
    },
    Kind {
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
    },
    Kind {
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
    },
    Kind {
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
    },
    Kind {
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
    },
    Kind {
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
            NOTE,
        ],
    },
    Kind {
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
                    optional(
                        "months",
                        Shape::List(&Shape::Month),
                        "months records were drawn from",
                    ),
                ]),
                "what was looked at (抽查)",
            ),
            optional("unannounced", Shape::Flag, "whether it was not announced (無預警)"),
            optional("result", Shape::Word(&["clean", "anomaly"]), "what came of it"),
            APPROVED,
            EVIDENCE,
            DESTROYED,
            NOTE,
            ATTRIBUTES,
        ],
    },
    Kind {
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
            optional(
                "approved",
                Shape::Group(&[
                    required("on", Shape::Date, "the day of the approval"),
                    optional(
                        "at",
                        Shape::Instant,
                        "the time of that day, where a rule counts in hours",
                    ),
                    optional("by", Shape::Ref("post"), "the post that approved"),
                    optional(
                        "party",
                        Shape::Text,
                        "in place of `by`: the authority outside that approved (報…核定), in the rule's words",
                    ),
                    optional(
                        "document",
                        Shape::Text,
                        "with `party`: the number of its letter (文號)",
                    ),
                ]),
                "the approval (核閱、核定)",
            ),
            EVIDENCE,
            NOTE,
        ],
    },
    Kind {
        name: "training",
        plural: "trainings",
        doc: "hours of training of the holder of a post",
        register: None,
        fields: &[
            ID,
            required("post", Shape::Ref("post"), "the post"),
            required("on", Shape::Date, "the day it ended"),
            required("hours", Shape::Count, "full hours"),
            required("title", Shape::Text, "what it was about"),
            EVIDENCE,
            NOTE,
        ],
    },
    Kind {
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
            NOTE,
            ATTRIBUTES,
        ],
    },
    Kind {
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
                    APPROVED,
                    EVIDENCE,
                ]),
                "what was done about it",
            ),
            NOTE,
            ATTRIBUTES,
        ],
    },
    Kind {
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
            EVIDENCE,
            NOTE,
        ],
    },
    Kind {
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
    },
];

/// The kinds that say what to make of the others.
const ABOUT_OTHERS: &[Kind] = &[
    Kind {
        name: "waiver",
        plural: "waivers",
        doc: "leave not to do a duty for a time (豁免)",
        register: None,
        fields: &[
            ID,
            required("obligation", Shape::Obligation, "the duty"),
            required(
                "scope",
                Shape::AnyRef,
                "for which unit, agency, account … (the duty's scope)",
            ),
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
            NOTE,
        ],
    },
    Kind {
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
    },
    Kind {
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
    },
    Kind {
        name: "term",
        plural: "vocabulary",
        doc: "a word of the site's own that records or rules use, and what pages call it",
        register: None,
        fields: &[
            ID,
            required(
                "of",
                Shape::Word(&["account-role", "grade", "event", "answer"]),
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
    },
    Kind {
        name: "register",
        plural: "registers",
        doc: "a register of the site's own: from its definition follow its records, pages and schema",
        register: None,
        fields: REGISTER,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_names_a_kind() {
        fn check(fields: &[Field]) {
            for field in fields {
                let shape = if let Shape::List(item) = field.shape { *item } else { field.shape };
                match shape {
                    Shape::Ref(kind) => {
                        assert!(built_in(kind).is_some(), "{kind}");
                    }
                    Shape::Group(fields) | Shape::Groups(fields) => check(fields),
                    _ => {}
                }
                assert!(!field.doc.is_empty(), "{}", field.key);
            }
        }
        Kinds::with(&[], &[]).iter().for_each(|kind| check(kind.fields));
    }
}
