//! Why an occurrence has its status: figures, not sentences. The words are in `text::sentence`.

use crate::law::ClauseNumber;
use crate::model::sample::Measure;
use crate::model::{
    AnswerKind, EvidenceForm, Id, Indeterminate, Manner, Obligation, PaperItem, Party, Post,
    RoleName, SampleSize, Scope, Waiver,
};
use crate::time::{Day, Instant, Period};

/// One reason for a status.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The window opens on a day to come.
    OpensOn {
        opens: Day,
        due: Day,
    },
    /// Not done, and still in time by so many days (0: today is the last day).
    DueIn {
        due: Day,
        days: i64,
    },
    /// Not done, and late by so many days.
    Overdue {
        due: Day,
        days: i64,
    },
    /// Done in time.
    DoneInTime {
        on: Day,
        due: Day,
    },
    /// Complete, but late by so many days.
    DoneLate {
        on: Day,
        due: Day,
        days: i64,
    },
    /// How many must be looked at, and how many were; `actual` is `None` while nothing was done.
    Sample {
        measure: Measure,
        size: SampleSize,
        actual: Option<u64>,
    },
    /// Months with records of use that no act looked at.
    MonthsMissed {
        missed: Vec<Period>,
    },
    /// All months with records of use were looked at.
    MonthsCovered {
        count: usize,
    },
    PartyMissing {
        party: Id<Party>,
    },
    ApprovalMissing {
        by: Id<Party>,
    },
    /// A form is not on file; what is, if anything.
    EvidenceMissing {
        form: Id<EvidenceForm>,
        instead: Option<String>,
    },
    /// The paper is about other days than the period.
    EvidenceOfAnotherTime {
        form: Id<EvidenceForm>,
        from: Day,
        until: Day,
    },
    /// The paper proved nothing any more on the day of the act.
    EvidenceExpired {
        form: Id<EvidenceForm>,
        until: Day,
    },
    /// The form is from before the time it would prove.
    EvidenceTooOld {
        form: Id<EvidenceForm>,
        received: Day,
    },
    /// Approved by a post that is not whom the rule asks.
    ApprovedByOther {
        by: Id<Party>,
        post: Id<Post>,
    },
    /// Approved by one of those who did it.
    ApprovedByDoer {
        by: Id<Party>,
        post: Id<Post>,
    },
    /// Approved by a party outside that is not whom the rule asks.
    ApprovedByParty {
        by: Id<Party>,
        party: Id<Party>,
    },
    /// Approved after it was done, where the approval comes first.
    ApprovedAfter {
        by: Id<Party>,
        on: Day,
    },
    /// The records do not tell whether the post is whom the rule asks.
    ApproverUnknown {
        by: Id<Party>,
        post: Id<Post>,
    },
    /// What must stand in the paper and does not, in the rule's words.
    ItemMissing {
        item: Id<PaperItem>,
    },
    /// The record says nothing of what stands in the paper.
    ContentsUnknown,
    /// It was done in another manner than the text has.
    OtherManner {
        manner: Id<Manner>,
    },
    /// The record does not say in what manner it was done.
    MannerUnknown,
    /// None of those who did it held one of the roles; the first of them.
    ActorMissing {
        roles: Vec<Id<RoleName>>,
        by: Option<Id<Post>>,
    },
    /// The records do not tell whether somebody with one of the roles did it.
    ActorUnknown {
        roles: Vec<Id<RoleName>>,
    },
    /// What it reports was not done, or not approved.
    NothingBefore {
        duty: Id<Obligation>,
        scope: Scope,
    },
    /// Sent before what it reports was done and approved.
    SentBefore {
        on: Day,
        ready: Day,
    },
    /// Nothing it would report was asked for.
    NothingToSend,
    /// Another duty that the text leaves as a choice was met.
    Instead {
        duty: Id<Obligation>,
        on: Day,
        /// The time of that day, where that duty counts in hours.
        at: Option<Instant>,
    },
    /// Some things are there, others are still to do.
    StillToDo {
        due: Day,
        days: i64,
    },
    /// Not done until the right, or the use, came to its end; late by so many days then.
    EndedLate {
        on: Day,
        due: Day,
        days: i64,
    },
    /// The time counts anew from what was done about the event that day.
    CountedAnew {
        what: Id<AnswerKind>,
        on: Day,
    },
    /// The text says 定期 and no length, and nobody has said how long.
    LengthOpen,
    /// A letter sets the limit, and its day is not recorded.
    LimitNotRecorded,
    /// The time is in hours and runs out that day, and at what time it was done is not recorded.
    ActTimeNotRecorded {
        on: Day,
    },
    /// The time is in hours, and at what time the event happened, or was known, is not recorded.
    EventTimeNotRecorded,
    /// The time is in hours, and the day alone shows whether it was kept.
    DayDecides,
    /// The accounts on file are of more persons than the usage records count.
    PersonsOnFile {
        persons: u64,
        recorded: u64,
    },
    /// An audit that the sample is drawn from came after the one that drew it.
    BaseLater {
        base: Day,
        act: Day,
    },
    /// It had to come unannounced.
    Announced,
    /// Done before the window opened.
    TooEarly {
        on: Day,
        opens: Day,
    },
    HoursShort {
        required: u64,
        actual: u64,
    },
    /// Hours of courses whose kind is not recorded would fill what is short.
    CourseUnknown {
        required: u64,
        actual: u64,
        unsaid: u64,
    },
    HoursMet {
        required: u64,
        actual: u64,
    },
    /// Sent to somebody else than the rule says.
    WrongRecipient {
        to: Id<Party>,
        /// Who got it.
        instead: Option<Id<Party>>,
    },
    /// An office that must be told was not.
    NotTold {
        party: Id<Party>,
    },
    /// The population is 0: there is nothing to look at.
    PopulationZero,
    /// Months of which no use is recorded.
    PopulationUnknown {
        months: Vec<Period>,
    },
    /// The audits that the sample is drawn from are not recorded.
    BaseUnknown,
    /// The act states another population than the usage records.
    PopulationDiffers {
        measure: Measure,
        stated: u64,
        recorded: u64,
    },
    /// The office calendar misses a year that the due date is counted through.
    CalendarMissing {
        year: i32,
    },
    /// The act of an authority above the agency, named in the text's words.
    Supervisor {
        who: String,
    },
    /// The act of somebody outside the agency, named in the text's words.
    Outsider {
        who: String,
    },
    /// The text says 得: nobody must.
    May,
    /// The site does not hold what the clause said then.
    TextNotHeld {
        clause: ClauseNumber,
    },
    /// The rule's condition does not hold of the scope.
    ConditionFalse,
    /// The rule's condition cannot be evaluated.
    ConditionFailed {
        why: Indeterminate,
    },
    Waived {
        waiver: Id<Waiver>,
        until: Day,
    },
}

impl Reason {
    /// The public code: the name of the reason in lower case with hyphens, `DoneInTime` is
    /// `done-in-time`.
    pub fn code(&self) -> String {
        let written = format!("{self:?}");
        let name = written.chars().take_while(char::is_ascii_alphanumeric);
        let mut code = String::new();
        for letter in name {
            if letter.is_ascii_uppercase() && !code.is_empty() {
                code.push('-');
            }
            code.push(letter.to_ascii_lowercase());
        }
        code
    }

    /// Whether it says that something the rule asks is not there.
    pub fn is_shortfall(&self) -> bool {
        match self {
            Reason::Sample { size, actual, .. } => actual.is_some_and(|n| n < size.required),
            Reason::MonthsMissed { .. }
            | Reason::PartyMissing { .. }
            | Reason::ApprovalMissing { .. }
            | Reason::EvidenceMissing { .. }
            | Reason::EvidenceTooOld { .. }
            | Reason::EvidenceOfAnotherTime { .. }
            | Reason::EvidenceExpired { .. }
            | Reason::ApprovedByOther { .. }
            | Reason::ApprovedByParty { .. }
            | Reason::ApprovedByDoer { .. }
            | Reason::ApprovedAfter { .. }
            | Reason::ActorMissing { .. }
            | Reason::ItemMissing { .. }
            | Reason::OtherManner { .. }
            | Reason::NothingBefore { .. }
            | Reason::SentBefore { .. }
            | Reason::Announced
            | Reason::TooEarly { .. }
            | Reason::HoursShort { .. }
            | Reason::WrongRecipient { .. }
            | Reason::NotTold { .. } => true,
            _ => false,
        }
    }
}
