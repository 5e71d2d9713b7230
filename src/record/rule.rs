//! What `regulations/ID/obligations.yaml` may hold: the duties.

use super::schema::{Field, Shape, optional, required};
use crate::time::{Counted, Every, FirstDay, TimeLaw};

/// The kinds of duties, as in a rule's `kind`.
pub const DUTY_KINDS: &[&str] =
    &["periodic", "interval", "once", "event", "invariant", "retention", "conduct", "permission"];

/// What a duty may be laid on besides the entries of registers, as in a rule's `scope`.
pub(super) const HOLDERS: &[&str] =
    &["agency", "unit", "office", "system", "account", "post", "contractor"];

/// A step of a sampling rule: holds for populations up to `up_to`.
const TIER: &[Field] = &[
    optional("up_to", Shape::Count, "largest population of this tier; left out in the last"),
    optional("rate", Shape::Rate, "share of the population, rounded up"),
    optional("fixed", Shape::Count, "a number instead of a share"),
    optional("min", Shape::Count, "at least this many (never more than there are)"),
    optional("max", Shape::Count, "at most this many"),
];

const DRAW: &[Field] = &[
    required(
        "of",
        Shape::Word(&["queries", "users", "accounts", "audited-records", "audited-users"]),
        "the population: what usage records count, the accounts that are open on the day of the act, \
         or what the audits of another duty looked at",
    ),
    optional("in", Shape::Id, "the duty whose audits are the population (`audited-…`)"),
    optional(
        "unit",
        Shape::Text,
        "the counter word of the text for what is drawn, such as 筆; else 件, and 人 for `users`",
    ),
    required("tiers", Shape::Groups(TIER), "how many for which population"),
];

/// When a duty about a period falls due.
const DUE: &[Field] = &[
    optional(
        "on",
        Shape::Word(&["period-end", "site-default"]),
        "`period-end`: done within the period; `site-default`: the text states no date",
    ),
    optional("months_after", Shape::Count, "months after the period's last month"),
    optional("day", Shape::MonthDay, "the day of that month: a number, or `last`"),
    optional("within", Shape::Length, "so long after the period's last day"),
    optional(
        "at",
        Shape::Clock,
        "the time of that day by which it is due (上午九時前), in Taiwan; left out: its whole day counts",
    ),
    optional("half", Shape::Word(&["H1", "H2"]), "only for this half of the year"),
    optional(
        "opens",
        Shape::Word(&["after-period", "in-period"]),
        "`after-period`: the text has a window (於次月辦理), and what is done before the period ended does \
         not count; default: `in-period`, of a sample of the period `after-period`",
    ),
];

/// What stands in one duty, where duties may be laid on these, and these papers may be kept.
pub(super) fn obligation(
    scopes: &'static [&'static str],
    papers: &'static [&'static str],
) -> Vec<Field> {
    let of_keep = |field: &Field| match field.key {
        "what" => Field { shape: Shape::Word(papers), ..*field },
        _ => *field,
    };
    let of = |field: &Field| match field.key {
        "scope" => Field { shape: Shape::Word(scopes), ..*field },
        "keep" => {
            let keep: Vec<Field> = KEEP.iter().map(of_keep).collect();
            Field { shape: Shape::Group(keep.leak()), ..*field }
        }
        _ => *field,
    };
    OBLIGATION.iter().map(of).collect()
}

/// The papers that a rule may keep besides the entries of registers, as in `keep.what`: the folders
/// of their records.
pub(super) const PAPERS: &[&str] = &[
    "audits",
    "accounts",
    "usage",
    "submissions",
    "findings",
    "events",
    "trainings",
    "contractors",
    "waivers",
];

/// How long what is kept.
const KEEP: &[Field] = &[
    required("what", Shape::Word(PAPERS), "which papers or logs"),
    optional(
        "answering",
        Shape::List(&Shape::Id),
        "audits, submissions, findings, events, waivers: only those of these duties",
    ),
    optional("for", Shape::Length, "how long at least"),
    optional(
        "permanent",
        Shape::Flag,
        "in place of `for`: they must never be destroyed (永久保存)",
    ),
    optional(
        "under",
        Shape::Text,
        "in place of `for`: the law that says how long, where the clause names no term",
    ),
    required(
        "from",
        Shape::Word(&["completion", "approval", "cancellation", "period-end", "closing"]),
        "from which day; `approval`: 核閱後, not before; `closing`: 結案後",
    ),
    optional("approval", Shape::Text, "whose approval destruction needs"),
];

/// One duty. Registers add to what it may be laid on.
const OBLIGATION: &[Field] = &[
    required("id", Shape::Id, "address of the duty within its regulation"),
    required("kind", Shape::Word(DUTY_KINDS), "how the duty is judged"),
    required(
        "clauses",
        Shape::List(&Shape::Clause),
        "the clauses it stands in, the main one first",
    ),
    required("title", Shape::Text, "the duty in a few words"),
    optional("summary", Shape::Text, "the duty in a sentence or two"),
    required("scope", Shape::Word(HOLDERS), "what it is laid on, each for itself"),
    optional(
        "by",
        Shape::List(&Shape::Id),
        "the roles that act, by the ids of role records: their pages list the duty",
    ),
    optional(
        "supervisor",
        Shape::Text,
        "the supervising authority, in the text's words, where the clause lays the act on it: shown, \
         but never counted against the agency it is about",
    ),
    optional(
        "outsider",
        Shape::Text,
        "somebody outside, in the text's words (申請人), where the clause lays the act on them: recorded by \
         whom it reaches, shown, and never counted against the agency",
    ),
    optional(
        "topic",
        Shape::Id,
        "what it is about, by the id of a topic record: duties on one topic are compared",
    ),
    optional("when", Shape::Condition, "only where this condition holds of the scope"),
    optional("note", Shape::Text, "a reading or an assumption, shown with the rule"),
    optional(
        "accept",
        Shape::Groups(&[
            required("lint", Shape::Text, "the code of the lint, such as `sample-falls`"),
            required("because", Shape::Text, "why the rule is right all the same"),
        ]),
        "what `check` finds odd about the rule and the clause means so",
    ),
    optional(
        "draft",
        Shape::Id,
        "the draft version it is part of: it is no law, and stands for the rule of the same id in `whatif`",
    ),
    // on which days it is law
    optional(
        "from",
        Shape::Date,
        "the first day it is law, where an amendment brought or changed it; its clauses are numbers \
         of the versions in force from then on",
    ),
    optional(
        "until",
        Shape::Date,
        "the last day it is law, where an amendment changed or repealed it",
    ),
    optional("succeeds", Shape::Id, "the duty of the same regulation it took the place of"),
    // for which text it was written
    optional(
        "written_for",
        Shape::Group(&[
            required("version", Shape::Text, "the version the rule was written from"),
            required(
                "fingerprints",
                Shape::Attributes,
                "of each clause the first 12 hexadecimal digits of the SHA-256 of its own text \
                 without white space; `check` prints them where they are missing",
            ),
        ]),
        "the text the rule was written for: where a version says something else, it is suspect",
    ),
    optional(
        "confirmed",
        Shape::Groups(&[
            required("version", Shape::Text, "the version that was read"),
            required("on", Shape::Date, "the day"),
            required("by", Shape::Text, "the post that did it"),
            optional("note", Shape::Text, "what was found"),
        ]),
        "later versions the rule was read against and still holds",
    ),
    // periodic
    optional("every", Shape::Word(Every::WORDS), "periodic: length of the period"),
    optional(
        "months",
        Shape::List(&Shape::Count),
        "periodic by month: only these months (1 to 12)",
    ),
    optional("due", Shape::Groups(DUE), "periodic: when each period's duty falls due"),
    optional(
        "on_holiday",
        Shape::Word(&["keep", "next-working-day"]),
        "what happens to a due date on a day off; default: the site's",
    ),
    optional(
        "ground",
        Shape::Word(TimeLaw::WORDS),
        "the law its time is counted by: `apa-48` 行政程序法第48條, `civil-119` 民法第119至123條; default: `apa-48`",
    ),
    // interval
    optional(
        "no_more_than",
        Shape::Length,
        "interval: longest time since the last time; once: since the scope came under the duty",
    ),
    optional(
        "left_open",
        Shape::Flag,
        "interval: the text says 定期 and no length: `no_more_than` is the agency's own, and without it nobody \
         can tell",
    ),
    optional("no_later_than", Shape::Date, "once: the last day, in place of `no_more_than`"),
    optional(
        "in_principle",
        Shape::Flag,
        "the text says 以…為原則: a departure whose reason a waiver records is no failure, whenever it was \
         approved",
    ),
    // what answers periodic and interval duties
    optional(
        "answered_by",
        Shape::Word(&["audit", "submission", "training", "password-change"]),
        "which records answer it; default: `audit`",
    ),
    optional(
        "sample",
        Shape::Group(&[
            optional("records", Shape::Group(DRAW), "how many records must be looked at"),
            optional("users", Shape::Group(DRAW), "how many users must be looked at"),
            optional(
                "months",
                Shape::Word(&["every-used"]),
                "`every-used`: each month with records must be covered",
            ),
        ]),
        "how much must be looked at",
    ),
    optional(
        "only",
        Shape::Word(&["used", "working-days"]),
        "periodic: `used`: only in periods with records of use, others are not applicable; `working-days`: with \
         `every: day`, only on days that offices work",
    ),
    optional(
        "acts",
        Shape::List(&Shape::Id),
        "the roles of which one must have done it, where the text says who; `by` only lists the duty",
    ),
    optional(
        "each",
        Shape::Flag,
        "with `acts`: a holder of each role must have done an act of the period, not of one of them",
    ),
    optional(
        "after",
        Shape::List(&Shape::Id),
        "duties that must be done, and approved where they ask it, before this is done",
    ),
    optional("joint", Shape::List(&Shape::Text), "parties that must take part (會同)"),
    optional("approval", Shape::Text, "whose approval it needs (核閱、核定)"),
    optional(
        "approval_first",
        Shape::Flag,
        "the approval comes before the act (核定後): one that came later does not count",
    ),
    optional("evidence", Shape::List(&Shape::Text), "forms that must be on file"),
    optional(
        "contains",
        Shape::List(&Shape::Text),
        "the items the paper must contain (應載明下列事項), one by one; the record of the act lists those it does",
    ),
    optional(
        "manner",
        Shape::OneOrMore(&Shape::Text),
        "in what manner it must be done (以電子方式); of several one will do (依下列方式之一). The record of the act \
         says in which",
    ),
    optional("unannounced", Shape::Flag, "it must not be announced (無預警)"),
    optional("hours", Shape::Count, "training: hours in each period, or between two acts"),
    optional(
        "courses",
        Shape::List(&Shape::Text),
        "training: only hours of these kinds of courses count, in words that trainings have as `course`",
    ),
    optional("to", Shape::Text, "submission: who must receive it"),
    // event
    optional("event", Shape::Text, "event: what starts the clock"),
    optional(
        "follows",
        Shape::Groups(&[
            optional(
                "record",
                Shape::Text,
                "a day or a word of a record: `account.suspended_on`, `post.until`, `audit.result`, `finding.grade`",
            ),
            optional("is", Shape::Text, "the word the record has there, such as `anomaly`"),
            optional("after", Shape::Length, "the event comes so long after the record's day"),
            optional(
                "roles",
                Shape::List(&Shape::Id),
                "`post.until`: only posts with one of these roles",
            ),
            optional(
                "answering",
                Shape::List(&Shape::Id),
                "audits and findings of audits: only those of these duties",
            ),
            optional(
                "sent",
                Shape::Id,
                "or what was sent for another duty, on the day it was sent",
            ),
            optional("answered", Shape::Id, "or the answer to another event duty, on its day"),
        ]),
        "event: records from which the event follows, without anybody recording it",
    ),
    optional(
        "deadline",
        Shape::Group(&[
            optional(
                "within",
                Shape::Time,
                "at the latest so long after the event; hours run at once from its `at`, or with \
                 `from: known_on` from its `known_at`, and through days off (行政程序法第48條第1項)",
            ),
            optional("before", Shape::Length, "at the latest so many days before the event"),
            optional(
                "counted",
                Shape::Word(Counted::WORDS),
                "with `before`: `nth-day` is the N-th day before the event, `clear-days` leaves N days between (算足); default: `nth-day`",
            ),
            optional(
                "count",
                Shape::Word(FirstDay::WORDS),
                "with `within`: `event-day` where the text counts the day itself (即日起算, 行政程序法第48條第2項但書); default: `next-day`",
            ),
            optional(
                "within_before",
                Shape::Length,
                "from so many days before the event to the event (前十日內); before them is too early",
            ),
            optional(
                "months_after",
                Shape::Count,
                "in the month so many months after that of the event; `0` is its own",
            ),
            optional(
                "day",
                Shape::MonthDay,
                "with `months_after`: the day of that month; one it lacks is its last",
            ),
            optional(
                "from",
                Shape::Word(&["on", "known_on"]),
                "counted from the day it happened (發生後), or was known (發現後); default: `on`",
            ),
            optional(
                "anew",
                Shape::OneOrMore(&Shape::Text),
                "with `within`: words of the event's `answers`, the last of which starts the time anew (有補正者自補正日起算)",
            ),
            optional(
                "on",
                Shape::Word(&["same-day", "on-or-before", "day-before", "letter"]),
                "`same-day`: 即、當日; `on-or-before`: 前或當日; `day-before`: 前; `letter`: 限期, the event's `due`",
            ),
        ]),
        "event: when the answer is due",
    ),
    optional(
        "answer",
        Shape::OneOrMore(&Shape::Text),
        "event: what answers it, as in the event's `answers`; several are alternatives",
    ),
    optional(
        "answered_on",
        Shape::OneOrMore(&Shape::Text),
        "event: days in the scope's record of which each answers it too, such as \
         `account.cancelled_on` or `account.cancellation.applied_on`",
    ),
    optional(
        "unless",
        Shape::List(&Shape::Id),
        "event: other duties that the text leaves as a choice: where one is met, so is this",
    ),
    optional("notify", Shape::List(&Shape::Text), "event: who must be told"),
    optional(
        "notify_as",
        Shape::Text,
        "event: the text's verb for it, such as 副知, 函報備查; default 通知（通報）",
    ),
    optional(
        "may",
        Shape::Flag,
        "event: the text says 得: what the event allows is shown with its days, and never overdue",
    ),
    // invariant
    optional(
        "of",
        Shape::Text,
        "invariant: the kind of record it holds of, one of what duties are laid on or `audit`; default: the scope",
    ),
    optional("must", Shape::Condition, "invariant: what must hold"),
    optional(
        "independent",
        Shape::Group(&[
            optional(
                "not_previous",
                Shape::Flag,
                "nobody did the act before, or looked at the same person the time before",
            ),
            optional(
                "not_roles",
                Shape::List(&Shape::Text),
                "nobody holds one of these roles in the audited agency",
            ),
            optional("not_users", Shape::Flag, "nobody has an account that is audited"),
        ]),
        "invariant of audits: what the auditors must not be (迴避)",
    ),
    // retention
    optional("keep", Shape::Group(KEEP), "retention: what is kept how long"),
    // permission
    optional("advice", Shape::Text, "permission: what the text allows (得)"),
    optional(
        "candidates",
        Shape::Condition,
        "permission: of which scopes it may be used; never a breach",
    ),
];
