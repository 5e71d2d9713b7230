//! What clauses ask, as a rule: of whom, when, how much, with whom, proven by what.

use chrono::{Datelike, Months};

use super::{
    Answer, AnswerKind, Condition, Confirmed, Days, Demand, Event, EventAnswer, EventKind,
    GradeName, Guidance, Id, Independence, Named, Population, Regulation, Retention, RoleName,
    ScopeKind, Topic, WrittenFor,
};
use crate::law::ClauseNumber;
use crate::record::kinds::Kind;
use crate::source::{Span, Spanned};
use crate::time::{
    Backward, Clock, Day, Every, FirstDay, Hours, Length, MissingYear, Moment, OfficeCalendar,
    TimeLaw, last_day_of_month,
};

/// A duty (義務) and the clauses it stands in.
#[derive(Debug)]
pub struct Obligation {
    /// Unique within its regulation.
    pub slug: String,
    pub regulation: Id<Regulation>,
    /// The main one first; never empty.
    pub clauses: Vec<Spanned<ClauseNumber>>,
    pub title: String,
    pub summary: Option<String>,
    pub note: Option<String>,
    /// What lints find in it that its author means so.
    pub accepts: Vec<Accepted>,
    /// The first page that says how it is done.
    pub page: Option<Id<Guidance>>,
    pub scope: ScopeKind,
    /// The kind of record that its conditions read: what an invariant holds of, else its scope.
    pub about: &'static Kind,
    /// The roles that act; empty if the rule does not say.
    pub by: Vec<Id<RoleName>>,
    /// Why what is done or left undone never counts against the agency.
    pub uncounted: Option<Uncounted>,
    /// The text says 以…為原則: a departure whose reason is recorded is no failure, whenever it was.
    pub in_principle: bool,
    /// The text's verb for telling those who must be told, such as 副知.
    pub notify_as: Option<String>,
    /// What it is about.
    pub topic: Option<Id<Topic>>,
    /// Only where this holds of the scope.
    pub when: Option<Condition>,
    pub duty: Duty,
    /// Which law says how its time is counted.
    pub ground: TimeLaw,
    /// The days on which it is law, as far as its author bounds them; its clauses are numbers of
    /// the versions in force then.
    pub days: Days,
    /// The duty it took the place of: its last act is the beginning of this one's first interval.
    pub succeeds: Option<Id<Obligation>>,
    /// For which text it was written; `None` if nobody recorded it.
    pub written_for: Option<WrittenFor>,
    /// Later versions it was read against.
    pub confirmed: Vec<Confirmed>,
    pub span: Span,
}

/// Why what a duty asks is shown with what is known of it, and never counts against the agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// The authority above the agency acts, in the text's words.
    Supervisor(String),
    /// Somebody outside acts (申請人), in the text's words.
    Outsider(String),
    /// The text says 得: nobody must.
    May,
}

/// Something odd that a lint finds, and that the author means so.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The code of the lint.
    pub lint: Spanned<String>,
    pub because: String,
}

/// How a duty is judged.
#[derive(Debug)]
pub enum Duty {
    /// Once in every calendar period.
    Periodic(Periodic),
    /// No more than so long since the last time, or once.
    Interval(Interval),
    /// A dated event starts a clock.
    Event(EventRule),
    /// Must hold of a record at any time.
    Invariant(Invariant),
    /// Must be kept until a day.
    Retention(Retention),
    /// A standing rule that people follow.
    Conduct,
    /// The text says 得 ("may"): advice, never a breach.
    /// Scopes of which `candidates` holds are those it is meant for.
    Permission { advice: Option<String>, candidates: Option<Condition> },
}

/// Once in every calendar period.
#[derive(Debug)]
pub struct Periodic {
    pub every: Every,
    /// Only these months, for duties by month; empty for all.
    pub months: Vec<u32>,
    /// By half-year where they differ; never empty.
    pub due: Vec<DueRule>,
    pub on_holiday: OnHoliday,
    /// Which of the periods; all of them where nothing is said.
    pub only: Option<Only>,
    pub demand: Demand,
}

/// Periods of a duty that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Those with records of use; the others are not applicable.
    Used,
    /// Days on which offices work, by the office calendar; the duty has no others. Where the calendar
    /// ends, Monday to Friday.
    WorkingDays,
}

impl Only {
    /// What a word of a rule file says.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "used" => Some(Only::Used),
            "working-days" => Some(Only::WorkingDays),
            _ => None,
        }
    }
}

impl Periodic {
    /// Whether periods without records of use are not applicable.
    pub fn only_used(&self) -> bool {
        self.only == Some(Only::Used)
    }
}

/// When the duty of a period falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueRule {
    /// Holds only for periods in this half of the year (1 or 2).
    pub half: Option<u32>,
    pub day: DueDay,
    /// The last time of that day; `None`: its whole day.
    pub at: Option<Clock>,
    /// The text states no date; the site's setting is used.
    pub site_default: bool,
    /// What is done before the period ended does not count.
    pub after_period: bool,
}

/// The due day, counted from the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueDay {
    /// The period's last day: done within the period.
    PeriodEnd,
    /// In the month so many months after the period's last one; `None` is its last day.
    InMonth { months_after: u32, day: Option<u32> },
    /// So long after the period's last day.
    Within(Length),
}

/// What happens to a due date on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnHoliday {
    /// It stays: the safe side.
    Keep,
    /// It moves to the next working day (行政程序法第48條第4項).
    NextWorkingDay,
}

/// No more than so long since the last time, or once.
#[derive(Debug)]
pub struct Interval {
    pub gap: Gap,
    /// It is done once: nothing is owed after it.
    pub once: bool,
    pub on_holiday: OnHoliday,
    pub demand: Demand,
}

/// How long may pass until it is done again; of what is done once, since it came under the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The text says how long.
    Within(Length),
    /// The text says 定期 and no length, or names no day: the agency's own, or the site's.
    Own(Length),
    /// The text leaves it open, and nobody has said yet.
    Open,
    /// Of what is done once: by that day, inclusive; what comes under the duty later owes it at once.
    By(Day),
}

impl Gap {
    /// The length, if it is one.
    pub fn length(self) -> Option<Length> {
        match self {
            Gap::Within(length) | Gap::Own(length) => Some(length),
            Gap::Open | Gap::By(_) => None,
        }
    }

    /// What its last day is reckoned by: a length, or else a day. Of what is left open it is `undated`, the
    /// site's default, by which nothing is judged.
    pub fn reckoned(self, undated: Length) -> Result<Length, Day> {
        match self {
            Gap::Within(length) | Gap::Own(length) => Ok(length),
            Gap::Open => Ok(undated),
            Gap::By(day) => Err(day),
        }
    }

    /// Whether the text states it.
    pub fn is_of_text(self) -> bool {
        matches!(self, Gap::Within(_) | Gap::By(_))
    }
}

/// A dated event starts a clock.
#[derive(Debug)]
pub struct EventRule {
    /// What happened.
    pub event: Id<EventKind>,
    /// Records from which such an event follows without anybody recording it.
    pub follows: Vec<Trigger>,
    pub deadline: Deadline,
    /// The deadline counts from the day the event was known (發現後), not the day it happened.
    pub from_known: bool,
    /// What was done about the event that starts the time anew (有補正者自補正日起算), the last of it; empty:
    /// nothing does.
    pub anew: Vec<Id<AnswerKind>>,
    /// Which day a length is counted from.
    pub first_day: FirstDay,
    /// The text states no date; the deadline is the site's default.
    pub site_default: bool,
    pub on_holiday: OnHoliday,
    /// What must be done about it, each an alternative; empty: anything.
    pub answers: Vec<Id<AnswerKind>>,
    /// Days in the scope's record of which each answers it too, such as `cancelled_on` or
    /// `cancellation.applied_on`.
    pub answered_on: Vec<String>,
    /// Other duties that the text leaves as a choice: where one is met, so is this.
    pub unless: Vec<Id<Obligation>>,
    pub demand: Demand,
}

impl EventRule {
    /// The last of what was done about an event that starts its time anew.
    pub fn restart<'a>(&self, event: &'a Event) -> Option<&'a EventAnswer> {
        // They are in the order of their days.
        event.answers.iter().rfind(|answer| self.anew.contains(&answer.what))
    }

    /// When its time starts, as far as it is recorded.
    pub fn started(&self, event: &Event) -> Moment {
        match self.restart(event) {
            Some(answer) => answer.moment(),
            None if self.from_known => event.known(),
            None => event.happened(),
        }
    }

    /// The day its deadline counts from.
    pub fn counted_from(&self, event: &Event) -> Day {
        self.started(event).day()
    }

    /// The day its deadline ends on, before any move for a day off; the year that the office calendar
    /// lacks for it.
    pub fn nominal_due(
        &self,
        event: &Event,
        calendar: &OfficeCalendar,
    ) -> Result<Day, MissingYear> {
        let from = self.counted_from(event);
        let start = match self.deadline {
            // 行政程序法第48條第2項: 始日不計算在內, but where 即日起算 is law.
            Deadline::Within(_) => self.first_day.reckoned_from(from),
            _ => from,
        };
        self.deadline.day(start, calendar)
    }
}

/// A record from which an event follows.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    pub on: TriggerDay,
    /// The event comes so long after that day, on the day after the time has passed.
    pub after: Option<Length>,
    /// Of posts: only those with one of these roles; empty for all.
    pub roles: Vec<Id<RoleName>>,
    /// Of audits and findings: only those of audits that answer these duties; empty for all of the
    /// regulation.
    pub answering: Vec<Id<Obligation>>,
}

/// The day of a record that an event follows.
#[derive(Clone, Debug, PartialEq)]
pub enum TriggerDay {
    /// The day an account was suspended.
    AccountSuspended,
    /// The last day of a post.
    PostEnded,
    /// The day of an audit that found an anomaly.
    AuditAnomaly,
    /// The day of a finding of a grade.
    FindingOf(Id<GradeName>),
    /// The day papers were sent for another duty.
    Sent(Id<Obligation>),
    /// The day another event duty was answered.
    Answered(Id<Obligation>),
}

/// When the answer to an event is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    Within(Length),
    /// So many hours, at once from the instant of the event (行政程序法第48條第1項).
    Hours(Hours),
    Before(Backward),
    /// 前十日內: from so long before the event to the event.
    WithinBefore(Backward),
    /// On a day of the month so many months after that of the event; `None` is its last.
    InMonth {
        months_after: u32,
        day: Option<u32>,
    },
    /// 即、當日.
    SameDay,
    /// 前或當日: the window opens when the event is known.
    OnOrBefore,
    /// 前.
    DayBefore,
    /// 限期、指定期限內: the day a letter set, recorded with the event.
    Letter,
}

/// Must hold of a record at any time.
#[derive(Debug)]
pub struct Invariant {
    /// `None` without `independent` too: the records do not say enough yet.
    pub must: Option<Condition>,
    /// Of audits: what their auditors must not be.
    pub independent: Option<Independence>,
}

impl Invariant {
    /// Whether it says enough to be computed.
    pub fn is_computed(&self) -> bool {
        self.must.is_some() || self.independent.is_some()
    }
}

impl Named for Obligation {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl OnHoliday {
    /// The choice a word of rule files names.
    pub fn from_word(word: Option<&str>) -> Option<Self> {
        match word? {
            "keep" => Some(OnHoliday::Keep),
            "next-working-day" => Some(OnHoliday::NextWorkingDay),
            _ => None,
        }
    }
}

impl Deadline {
    /// Whether a last day on a day off may move to the next working day: 行政程序法第48條第4項 is about
    /// the end of a period. What must be done before or on a day is never owed after it.
    pub fn may_move(self) -> bool {
        matches!(self, Deadline::Within(_) | Deadline::InMonth { .. })
    }

    /// The hours, where it counts in hours.
    pub fn hours(self) -> Option<Hours> {
        match self {
            Deadline::Hours(hours) => Some(hours),
            _ => None,
        }
    }

    /// The last day to answer an event of day `on`, before days off are looked at; the event's own
    /// day does not count. Fails only for working days that run beyond the office calendar.
    pub fn day(self, on: Day, calendar: &OfficeCalendar) -> Result<Day, MissingYear> {
        match self {
            Deadline::Within(length) => length.after(on, calendar),
            Deadline::Before(length) => length.day_before(on, calendar),
            Deadline::InMonth { months_after, day } => Ok(in_month(on, months_after, day)),
            // Where the time of the event is not recorded, they run out on this day at the latest.
            Deadline::Hours(hours) => Ok(Moment::from(on).after(hours).day()),
            Deadline::SameDay
            | Deadline::OnOrBefore
            | Deadline::WithinBefore(_)
            | Deadline::Letter => Ok(on),
            Deadline::DayBefore => Ok(on.pred_opt().unwrap_or(on)),
        }
    }
}

/// A day of the month so many months after that of `from`: its last where it has no such day.
pub fn in_month(from: Day, months_after: u32, day: Option<u32>) -> Day {
    let first = from.with_day(1).unwrap_or(from);
    let month = first.checked_add_months(Months::new(months_after)).unwrap_or(first);
    let end = last_day_of_month(month.year(), month.month());
    day.and_then(|day| month.with_day(day)).unwrap_or(end)
}

impl Duty {
    /// The word of rule files.
    pub fn as_str(&self) -> &'static str {
        match self {
            Duty::Periodic(_) => "periodic",
            Duty::Interval(rule) if rule.once => "once",
            Duty::Interval(_) => "interval",
            Duty::Event(_) => "event",
            Duty::Invariant(_) => "invariant",
            Duty::Retention(_) => "retention",
            Duty::Conduct => "conduct",
            Duty::Permission { .. } => "permission",
        }
    }

    /// The duties it is judged by: what its sample is drawn from, what it comes after, what the text
    /// leaves as a choice.
    pub fn rests_on(&self) -> Vec<Id<Obligation>> {
        let Some(demand) = self.demand() else { return Vec::new() };
        let draws = [&demand.sample.records, &demand.sample.users].into_iter().flatten();
        let bases = draws.filter_map(|draw| match draw.of {
            Population::AuditedRecords(duty) | Population::AuditedUsers(duty) => Some(duty),
            Population::Queries | Population::Users | Population::Accounts => None,
        });
        let choices = match self {
            Duty::Event(rule) => &rule.unless[..],
            _ => &[],
        };
        bases.chain(demand.after.iter().copied()).chain(choices.iter().copied()).collect()
    }

    /// What a complete answer must have, for duties that records answer.
    pub fn demand(&self) -> Option<&Demand> {
        match self {
            Duty::Periodic(periodic) => Some(&periodic.demand),
            Duty::Interval(interval) => Some(&interval.demand),
            Duty::Event(rule) => Some(&rule.demand),
            _ => None,
        }
    }
}

impl Obligation {
    /// The clause the duty stands in first of all.
    pub fn main_clause(&self) -> &ClauseNumber {
        &self.clauses[0].value
    }

    /// Whether audits answer it.
    pub fn is_answered_by_audits(&self) -> bool {
        self.duty.demand().is_some_and(|demand| demand.answered_by == Answer::Audit)
    }
}
