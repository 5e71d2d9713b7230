//! The form of receipts: what stands in `data/receipts/…`, written at a build and read again by
//! `verify`. Days are ISO; what is not asked, not known or empty is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::tier::{SampleRuleForm, TierForm};
use crate::time::{Day, Instant};

/// A day as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Iso(pub Day);

/// A time of a day as data, in Taiwan with its offset: `2026-11-20T16:40+08:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct IsoTime(pub Instant);

/// Every occurrence by its id, with the receipt it stands in.
pub type ById<'a> = HashMap<&'a str, (&'a Receipt, &'a OccurrenceForm)>;

/// The receipts of one duty.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    pub schema: u32,
    /// The program and its version.
    pub program: String,
    pub as_of: Iso,
    pub regulation: String,
    pub obligation: String,
    /// What the clauses it stands in say, by version.
    pub clauses: Vec<ClauseForm>,
    pub rule: RuleForm,
    /// Of the rule as compact JSON with sorted keys.
    pub rule_sha256: String,
    /// Of `data/calendar.json`.
    pub calendar_sha256: String,
    /// Open is due soon so many days before the due date.
    pub due_soon_days: u32,
    pub occurrences: Vec<OccurrenceForm>,
    /// By `KIND/ID`.
    pub records: BTreeMap<String, RecordForm>,
}

/// What a clause says in a version.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseForm {
    pub clause: String,
    pub version: String,
    /// Of the clause itself, without those within it.
    pub text: String,
    /// Of the text without white space; its first twelve digits are the fingerprint of rule files.
    pub sha256: String,
}

/// What of a rule decides statuses.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleForm {
    /// `periodic`, `interval`, `once` or `event`.
    pub kind: String,
    pub scope: String,
    /// Only where this holds of the scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The authority above the agency that acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
    /// Somebody outside acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outsider: Option<String>,
    /// The text says 得: nobody must.
    #[serde(default, skip_serializing_if = "is_false")]
    pub may: bool,
    /// The text says 以…為原則: a waiver may be of any day.
    #[serde(default, skip_serializing_if = "is_false")]
    pub in_principle: bool,
    /// The text says no length, and nobody has said how long: nothing is judged.
    #[serde(default, skip_serializing_if = "is_false")]
    pub length_open: bool,
    pub ground: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<u32>,
    /// Of a periodic duty, by half-year where they differ; of others one.
    pub due: Vec<DueForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Duties that the text leaves as a choice: one of them met meets this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// The time is counted from the day the event was known.
    #[serde(default, skip_serializing_if = "is_false")]
    pub from_known: bool,
    /// Words of the event's answers, the last of which starts the time anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anew: Vec<String>,
    /// `next-day`, or `event-day` where the day itself counts.
    pub first_day: String,
    /// `keep` or `next-working-day`.
    pub on_holiday: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub only_used: bool,
    pub demand: DemandForm,
}

/// When it is due, counted from the start of an occurrence.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueForm {
    /// Only for periods in this half of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half: Option<u32>,
    pub limit: LimitForm,
    /// The last time of the due day, `09:00`; without it the whole day counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The text states none.
    #[serde(default, skip_serializing_if = "is_false")]
    pub site_default: bool,
    /// What was done before the period ended does not count.
    #[serde(default, skip_serializing_if = "is_false")]
    pub after_period: bool,
}

/// A limit of time. Lengths are written as in rule files, `3 months`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum LimitForm {
    /// The start itself: the period's last day, the day of the event.
    SameDay,
    DayBefore,
    /// A day of the month so many months after that of the start; without a day its last.
    InMonth {
        months_after: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<u32>,
    },
    Within {
        length: String,
    },
    /// That day, or the start if it is later.
    Day {
        date: Iso,
    },
    /// At once from the instant of the start, and through days off.
    Hours {
        hours: u32,
    },
    Before {
        length: String,
        counted: String,
    },
    /// From so long before the start to the start.
    WithinBefore {
        length: String,
        counted: String,
    },
    /// The day a letter set; without one the length stands in, and nothing is judged by it.
    Letter {
        length: String,
    },
}

/// What a complete answer must have.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandForm {
    pub answered_by: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sample: Vec<SampleRuleForm>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub every_used_month: bool,
    /// Groups of roles: one of each group must have acted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Vec<String>>,
    /// Duties that come before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joint: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub approval_first: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<String>,
    /// What must stand in the paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<String>,
    /// One of these manners.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub manner: Vec<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub unannounced: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u64>,
    /// Of hours: only those of these courses count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub courses: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notify: Vec<String>,
}

/// The receipt of one occurrence: its status, and from what it follows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccurrenceForm {
    pub id: String,
    pub status: String,
    pub opens: Iso,
    pub due: Iso,
    /// Of a time in hours: the last instant, where that of the start is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<IsoTime>,
    pub due_basis: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_on: Option<Iso>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<IsoTime>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<Iso>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Iso>,
    /// The record of the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// From the day the time is counted from to the due date.
    pub reckoning: Vec<StepForm>,
    /// Acts before this day do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Iso>,
    /// The year that the office calendar misses to count the due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_gap: Option<i32>,
    /// A letter sets the limit, and its day is not recorded.
    #[serde(default, skip_serializing_if = "is_false")]
    pub limit_missing: bool,
    /// Why the acts were not looked at, or do not count: the code of the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<String>,
    /// The day another duty was met that the text leaves as a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<InsteadForm>,
    /// The day the scope ended with nothing done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Iso>,
    /// The records of use it is drawn from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub usage: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sample: Vec<SampleForm>,
    /// Codes of reasons why a number cannot be known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// Months that must be looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<String>,
    /// The occurrences whose acts the samples are drawn from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn_from: Vec<String>,
    /// The occurrences that must be done before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<String>,
    /// In the order of their days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<ActForm>,
    /// What a complete answer has, and since when: what the status follows from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<ElementForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<String>,
    /// The codes of its reasons, as in `data/status.json`.
    pub because: Vec<String>,
}

/// A step of a reckoning: what was done, the day that came of it, what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepForm {
    pub step: String,
    pub day: Iso,
    /// The time of that day, of steps in hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<IsoTime>,
    pub norm: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// The day of the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

/// Another duty that was met.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsteadForm {
    pub duty: String,
    pub on: Iso,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<IsoTime>,
}

/// How many must be looked at, and how many were.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleForm {
    pub measure: String,
    /// What the records of use say, if they are whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<u64>,
    /// What the acts say, if any does: the largest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<u64>,
    /// Persons, or open accounts, by the accounts on file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_file: Option<u64>,
    /// The occurrences whose acts it is drawn from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base: Vec<String>,
    pub population: u64,
    pub tier: TierForm,
    /// What the share alone gives, rounded up.
    pub by_share: u64,
    pub required: u64,
    /// `share`, `min`, `max` or `population`: what the number comes from.
    pub binds: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<u64>,
}

/// An act, and what of it the elements rest on. Places count from 0 in the lists of the rule.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActForm {
    pub kind: String,
    pub record: String,
    /// The place among the answers of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<usize>,
    pub on: Iso,
    /// The time of that day, if it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<IsoTime>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub records: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<u64>,
    /// Staff codes of those looked at, as far as they are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u64>,
    /// The kind of course, of training.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<String>,
    /// Where the rule asks in what manner, and the record says so: whether it was one that the rule names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manner: Option<bool>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub announced: bool,
    /// Whether somebody of each group of roles did it: `yes`, `no` or `unknown`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Which joint parties took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joint: Vec<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<ApprovedForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<PaperForm>,
    /// Which of the items stand in its paper; nothing where its record does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<Vec<usize>>,
    /// It went to whom the rule says.
    #[serde(default, skip_serializing_if = "is_false")]
    pub received: bool,
    /// Which offices were told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<usize>,
}

/// An approval.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovedForm {
    pub on: Iso,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<IsoTime>,
    /// The post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Or the authority outside, with the number of its letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Whether it is whom the rule asks: `yes`, `no`, `unknown`, or `doer` for one who did the act.
    pub fit: String,
}

/// A paper that came with an act.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperForm {
    pub record: String,
    /// Which forms of the rule it is on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<usize>,
}

/// An element of the answer: `there` since a day, `missing`, or `unknown`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElementForm {
    pub element: String,
    pub state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Iso>,
}

/// A record as it is published: the facts that statuses rest on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordForm {
    /// Of `fields` as compact JSON with sorted keys.
    pub sha256: String,
    /// Something of it is not for these readers, and a word or a number stands in its place: the hash
    /// is that of what is published.
    #[serde(default, skip_serializing_if = "is_false")]
    pub withheld: bool,
    pub fields: Map<String, Value>,
}

impl OccurrenceForm {
    /// The keys of the records it names, sorted, each once.
    pub fn records(&self) -> BTreeSet<&str> {
        let acts = self.acts.iter().flat_map(|act| {
            let papers = act.papers.iter().map(|paper| &paper.record);
            std::iter::once(&act.record).chain(papers)
        });
        let others = self.event.iter().chain(&self.waiver).chain(&self.usage);
        others.chain(acts).map(String::as_str).collect()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Default for Iso {
    fn default() -> Self {
        Self(Day::MIN)
    }
}

impl fmt::Display for Iso {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
