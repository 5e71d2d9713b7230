//! What a rule file may hold: `regulations/ID/obligations.yaml` (the duties) and
//! `regulations/ID/clauses.yaml` (why a clause carries none).

use super::kinds::REGISTERS;
use super::schema::{Field, Shape, optional, required};
use crate::time::{Counted, Every, FirstDay, TimeLaw};

/// The kinds of duties, as in a rule's `kind`.
pub const DUTY_KINDS: &[&str] =
    &["periodic", "interval", "event", "invariant", "retention", "conduct", "permission"];

/// What a duty is laid on, as in a rule's `scope`.
pub const SCOPES: &[&str] = &{
    const HOLDERS: [&str; 7] =
        ["agency", "unit", "office", "system", "account", "post", "contractor"];
    let mut all = [""; HOLDERS.len() + REGISTERS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < HOLDERS.len() { HOLDERS[at] } else { REGISTERS[at - HOLDERS.len()] };
        at += 1;
    }
    all
};

/// The reasons why a clause carries no duty.
/// What a mark says a line of a text is.
pub const READINGS: &[&str] =
    &["heading", "clause", "paragraph", "paragraph-of", "text", "attachment", "drop"];

pub const REASONS: &[&str] = &[
    "purpose",
    "basis",
    "scope",
    "definition",
    "description",
    "data-source",
    "heading",
    "liability",
    "forms",
    "commencement",
    "other",
];

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
    optional("half", Shape::Word(&["H1", "H2"]), "only for this half of the year"),
];

/// One duty.
pub const OBLIGATION: &[Field] = &[
    required("id", Shape::Id, "address of the duty within its regulation"),
    required("kind", Shape::Word(DUTY_KINDS), "how the duty is judged"),
    required(
        "clauses",
        Shape::List(&Shape::Clause),
        "the clauses it stands in, the main one first",
    ),
    required("title", Shape::Text, "the duty in a few words"),
    optional("summary", Shape::Text, "the duty in a sentence or two"),
    required("scope", Shape::Word(SCOPES), "what it is laid on, each for itself"),
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
    optional("no_more_than", Shape::Length, "interval: longest time since the last time"),
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
        Shape::Word(&["used"]),
        "periodic: `used`: only in periods with records of use; others are not applicable",
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
    optional("unannounced", Shape::Flag, "it must not be announced (無預警)"),
    optional("hours", Shape::Count, "training: hours in each period"),
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
            optional("within", Shape::Length, "at the latest so long after the event"),
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
    // invariant
    optional("of", Shape::Text, "invariant: the kind of record it holds of; default: the scope"),
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
    optional(
        "keep",
        Shape::Group(&[
            required(
                "what",
                Shape::Word(&["audits", "accounts", "usage", "transfers"]),
                "which papers or logs",
            ),
            optional(
                "answering",
                Shape::List(&Shape::Id),
                "audits: only those that answer these duties",
            ),
            optional("for", Shape::Length, "how long at least"),
            optional(
                "under",
                Shape::Text,
                "in place of `for`: the law that says how long, where the clause names no term",
            ),
            required(
                "from",
                Shape::Word(&["completion", "approval", "cancellation", "period-end"]),
                "from which day; `approval`: 核閱後, not before",
            ),
            optional("approval", Shape::Text, "whose approval destruction needs"),
        ]),
        "retention: what is kept how long",
    ),
    // permission
    optional("advice", Shape::Text, "permission: what the text allows (得)"),
    optional(
        "candidates",
        Shape::Condition,
        "permission: of which scopes it may be used; never a breach",
    ),
];

/// The lines between `---` at the top of a guidance page.
pub const GUIDANCE: &[Field] = &[optional(
    "duties",
    Shape::List(&Shape::Obligation),
    "the duties the page explains, `REGULATION/OBLIGATION`",
)];

/// One entry of `clauses.yaml`.
pub const PLAIN_CLAUSE: &[Field] = &[
    required("clause", Shape::Clause, "the clause; its sub-clauses are meant too"),
    required("reason", Shape::Word(REASONS), "why it carries no duty"),
    optional("from", Shape::Date, "the first day, where the number was another clause's before"),
    optional("until", Shape::Date, "the last day, where the number is another clause's after it"),
    optional("note", Shape::Text, "more about it"),
];

/// One entry of `readings.yaml`.
pub const QUESTION: &[Field] = &[
    required("id", Shape::Id, "address of the question within its regulation"),
    required("clause", Shape::Clause, "the clause that leaves it open"),
    required(
        "words",
        Shape::Text,
        "the words that can be read in several ways, as they stand there",
    ),
    required("question", Shape::Text, "what is asked"),
    required(
        "options",
        Shape::Groups(&[
            required("id", Shape::Id, "name of the reading within the question"),
            required("says", Shape::Text, "the reading in a sentence"),
            optional(
                "set",
                Shape::Attributes,
                "what it changes in the rules: `DUTY.KEY: value`, with dots into mappings and the \
                 numbers of list entries from 0; the value is YAML, `none` takes the key away",
            ),
        ]),
        "the readings, two at least; each is run over the records",
    ),
    required("chosen", Shape::Id, "the option that the rules follow"),
    optional(
        "by",
        Shape::Group(&[
            required("post", Shape::Text, "the post that chose it; never a person"),
            required("on", Shape::Date, "the day"),
            optional("letter", Shape::Text, "the letter of the authority it rests on"),
            optional("ruling", Shape::Text, "or the ruling it rests on"),
        ]),
        "who chose it on what ground; left out, the question is unsettled",
    ),
    optional(
        "review_by",
        Shape::Planned,
        "the last day on which the choice holds without another look",
    ),
    optional("note", Shape::Text, "more about it"),
];

/// `regulation.yaml`.
pub const REGULATION: &[Field] = &[
    required("id", Shape::Id, "the folder's name"),
    required("name", Shape::Text, "official name"),
    optional("short", Shape::Text, "short name for tables"),
    optional("number", Shape::Text, "number in the collection (法規編號)"),
    optional("rank", Shape::Text, "rank (位階)"),
    optional("authority", Shape::Text, "who issued it (訂定機關)"),
    optional("descriptive_name", Shape::Flag, "the found text has no title; the name describes it"),
    optional("note", Shape::Text, "a remark, shown with the text"),
    required("versions", Shape::Groups(VERSION), "the texts, in any order"),
    optional("history", Shape::Groups(HISTORY), "its history (沿革)"),
    optional("cites", Shape::Groups(CITES), "the laws its text names"),
    optional(
        "readings",
        Shape::Groups(READING),
        "how words that fit no place of the text are read",
    ),
    optional("attachments", Shape::Groups(ATTACHMENT), "its attachments (附件)"),
];

const CITES: &[Field] = &[
    required("name", Shape::Text, "the name, as it stands in the text"),
    optional("also", Shape::List(&Shape::Text), "what else the text calls it"),
    optional("url", Shape::Url, "where it can be read"),
    optional(
        "article_url",
        Shape::Url,
        "where one article can be read, with `{article}` for its number",
    ),
    optional("note", Shape::Text, "a remark, shown with the list of laws"),
];

const READING: &[Field] = &[
    required("clause", Shape::Clause, "the clause the words stand in"),
    required("words", Shape::Text, "the words"),
    optional("means", Shape::Clause, "the clause that is meant"),
    optional("law", Shape::Text, "or the law that is meant, by its name in `cites`"),
    optional("note", Shape::Text, "why, shown with the list of references"),
];

const ATTACHMENT: &[Field] = &[
    required("label", Shape::Text, "what the text calls it: `附件一`, `附表`"),
    required("title", Shape::Text, "what it is"),
    optional("file", Shape::Path, "its file, in the regulation's folder: `attachments/NAME`"),
    optional("note", Shape::Text, "a remark"),
];

/// What `amends` means, of versions and of entries of the history.
const AMENDS: &str = "the clauses it touched: the others said the same before it, so that a later \
     text tells what an earlier one said";

const VERSION: &[Field] = &[
    required("id", Shape::Id, "name of the version, such as `2024-07-01`"),
    required("text", Shape::Path, "file of the text, in the same folder"),
    optional("amended", Shape::Date, "day of the amendment"),
    optional("in_force", Shape::Date, "first day in force"),
    optional("document", Shape::Text, "document number (文號)"),
    optional("summary", Shape::Text, "what was amended"),
    optional("amends", Shape::List(&Shape::Clause), AMENDS),
    optional(
        "later",
        Shape::Groups(&[
            required("clauses", Shape::List(&Shape::Clause), "the clauses, with all in them"),
            required("in_force", Shape::Date, "their first day in force"),
        ]),
        "clauses that come into force on a later day than the rest; until then the version before says \
         what they say",
    ),
    optional("partial", Shape::Flag, "only some points of this version are known"),
    optional(
        "draft",
        Shape::Flag,
        "a draft: it is no law, nothing is judged by it but in `whatif`, with the rules that name it",
    ),
    optional("repeals", Shape::List(&Shape::Id), "of a draft: the duties that end with it"),
    optional(
        "drop",
        Shape::Groups(&[
            optional(
                "line",
                Shape::Count,
                "number of the line, from 1; without it, wherever the text stands in front of a number",
            ),
            required("text", Shape::Text, "what stands on the line, or in front of numbers"),
            required("reason", Shape::Text, "why it is not part of the text"),
        ]),
        "what of the found text is no part of it: lines, such as page numbers, and bullets",
    ),
    optional(
        "marks",
        Shape::Groups(&[
            required("line", Shape::Count, "number of the line, from 1"),
            required("is", Shape::Word(READINGS), "what the line is"),
        ]),
        "how lines are to be read that were read otherwise; the text itself stays as it is",
    ),
];

const HISTORY: &[Field] = &[
    required("date", Shape::Date, "day of the amendment"),
    optional("in_force", Shape::Date, "first day in force"),
    optional("document", Shape::Text, "document number (文號)"),
    required("summary", Shape::Text, "what was amended"),
    optional("amends", Shape::List(&Shape::Clause), AMENDS),
    optional("url", Shape::Url, "where a version whose text the site does not hold can be read"),
];

/// `clausebook.yaml`.
pub const CONFIG: &[Field] = &[
    required("name", Shape::Text, "name of the site"),
    optional(
        "waive",
        Shape::Groups(&[
            required("code", Shape::Text, "the code of a warning, such as `clause-gap`"),
            optional("file", Shape::Text, "only in this file, by its path in the site's folder"),
            required("reason", Shape::Text, "why it may stand"),
            required("until", Shape::Planned, "the last day on which it is waived"),
        ]),
        "warnings that are counted but not shown, until a day; then they are errors",
    ),
    optional(
        "robots",
        Shape::Word(&["none", "all"]),
        "whether search engines may list the site: `none` (the default) or `all`",
    ),
    required("agency", Shape::Text, "who publishes it"),
    optional("contact", Shape::Text, "who answers questions"),
    optional(
        "edit_url",
        Shape::Text,
        "where a record is edited: an address with `{path}` and `{line}`; with it the places that \
         pages name have a link to the editor",
    ),
    optional(
        "as_of",
        Shape::Date,
        "the as-of date if none is given on the command line; default: today",
    ),
    optional("demo", Shape::Flag, "every page says that the records are invented"),
    optional(
        "due_soon_days",
        Shape::Count,
        "`due-soon` begins so many days before the due date; default 14",
    ),
    optional(
        "new_days",
        Shape::Count,
        "a failure is new while it fell due less than so many days ago, and standing then; default 90",
    ),
    optional("stale_days", Shape::Count, "a page older than this says so; default 7"),
    optional(
        "appearance",
        Shape::Group(&[
            optional("band", Shape::Colour, "ground of the head of each page, under white text"),
            optional("accent", Shape::Colour, "links and marks; made lighter for the dark mode"),
            optional(
                "logo",
                Shape::Path,
                "a picture under `templates/`, such as `assets/logo.svg`",
            ),
        ]),
        "the publisher's logo and two colours; a contrast under 4.5 : 1 is refused",
    ),
    optional(
        "url",
        Shape::Address,
        "where the site is served; with it there are a site map for machines and a 404 page with a menu",
    ),
    optional(
        "aliases",
        Shape::Groups(&[
            required("from", Shape::Path, "the address a page had, such as `units/old.html`"),
            required("to", Shape::Path, "the page that took its place"),
        ]),
        "addresses that moved: a page at the old one leads to the new one",
    ),
    optional(
        "access_keys",
        Shape::Flag,
        "the keys U, C, Z and S lead to the parts of a page; default `true`",
    ),
    optional(
        "policies",
        Shape::Groups(&[
            required("title", Shape::Text, "what the link says"),
            required("url", Shape::Address, "where it leads"),
        ]),
        "links in the foot of each page, such as the publisher's privacy and security policies",
    ),
    optional(
        "accessibility_mark",
        Shape::Group(&[
            required("image", Shape::Path, "the mark, a picture under `templates/`"),
            required("title", Shape::Text, "what the mark says, for those who do not see it"),
            required("url", Shape::Address, "the page of the authority that granted it"),
        ]),
        "the mark for accessible sites, shown in the foot of the home page",
    ),
    optional("show_names", Shape::Flag, "print display names in full; default: masked"),
    optional(
        "undated",
        Shape::Group(&[
            optional(
                "months_after",
                Shape::Count,
                "months after the period's last month; default 1",
            ),
            optional("day", Shape::MonthDay, "the day of that month; default `last`"),
            optional(
                "week",
                Shape::Length,
                "duties of a week: so long after its last day; default `7 days`",
            ),
        ]),
        "when duties about a finished period fall due if the text states no date",
    ),
    optional(
        "undated_events",
        Shape::Length,
        "when answers to events fall due if the text states no date; default `30 days`",
    ),
    optional(
        "matching",
        Shape::Group(&[
            optional(
                "same_event_days",
                Shape::Count,
                "a recorded event so many days from the one that would follow stands for it; default 31",
            ),
            optional(
                "foreseen_days",
                Shape::Count,
                "what the end of a post asks is foreseen so many days ahead; default 30",
            ),
            optional(
                "same_matter_days",
                Shape::Count,
                "a day of a record this long before an event, or another event without a `case` this \
                 far from it, is of the same matter; default 366",
            ),
        ]),
        "how records that do not name each other are held to belong together",
    ),
    optional(
        "on_holiday",
        Shape::Word(&["keep", "next-working-day"]),
        "due dates on days off; default `keep`",
    ),
];
