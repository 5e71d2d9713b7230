//! What follows from a receipt: its elements, the day all of them were there, and the status. Written
//! from the design once more and not from `assess`: a test holds the two together over every
//! occurrence of the demo, and `verify.py` is the third.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::days;
use super::form::{ActForm, ElementForm, Iso, OccurrenceForm, RecordForm, RuleForm};
use super::moment::day;
use crate::assess::Status;
use crate::time::{Day, Instant, Moment, Period, Timeliness};

/// What holds of every occurrence of a duty.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    pub rule: &'a RuleForm,
    pub as_of: Day,
    pub due_soon_days: u32,
}

/// What other occurrences say of one.
#[derive(Clone, Copy, Debug)]
pub struct Others {
    pub ready: Ready,
    /// The last day of the acts that its sample is drawn from.
    pub base_last: Option<Day>,
}

/// From when on what comes after others may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    On(Day),
    /// Something before it is not there.
    Never,
}

/// What follows.
#[derive(Debug)]
pub struct Judged {
    pub status: Status,
    pub done_on: Option<Day>,
    /// The time of that day, where the duty counts in hours and it is recorded.
    pub done_at: Option<Instant>,
    pub approved_on: Option<Day>,
    /// Of the acts up to the one that completed the duty; of all while it is not complete.
    pub elements: Vec<ElementForm>,
}

/// Whether an element is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Since(Moment),
    Missing,
    Unknown,
}

type Records = BTreeMap<String, RecordForm>;

impl Ready {
    /// With one more that must be there.
    pub fn and(self, other: Option<Day>) -> Self {
        match (self, other) {
            (Ready::On(day), Some(other)) => Ready::On(day.max(other)),
            _ => Ready::Never,
        }
    }
}

/// Judges an occurrence.
pub fn judge(grounds: Grounds, records: &Records, one: &OccurrenceForm, others: Others) -> Judged {
    let outside = one.outside.as_deref();
    let none = |status| Judged {
        status,
        done_on: None,
        done_at: None,
        approved_on: None,
        elements: Vec::new(),
    };
    match outside {
        Some("text-not-held" | "condition-failed" | "length-open") => return none(Status::Unknown),
        None | Some("supervisor" | "outsider" | "may") => {}
        Some(_) => return none(Status::NotApplicable),
    }
    let rule = grounds.rule;
    let of = |count: usize| Elements::of(rule, records, one, &one.acts[..count], others);
    let all = of(one.acts.len());
    let complete = (1..=one.acts.len()).filter_map(|count| {
        let elements = of(count);
        Some((elements.complete(one.acts[count - 1].moment())?, count, elements))
    });
    let complete = complete.min_by_key(|(done, count, _)| (done.certain_by(), *count));
    let done = complete.as_ref().map(|(done, ..)| *done);
    let event = one.event.as_ref().and_then(|key| records.get(key));
    // That the time of a due day is the rule's is asked where its days are.
    let clock = one.due_at.filter(|_| one.period.is_some()).map(|at| Moment::from(at.0));
    let ends = days::hours(rule, event).map(|(_, ends)| ends).or(clock);
    let by_time = |done: Moment| match ends {
        Some(ends) => match done.against(ends) {
            Timeliness::InTime => Status::Done,
            Timeliness::Late => Status::DoneLate,
            Timeliness::Open => Status::Unknown,
        },
        None if done.day() <= one.due.0 => Status::Done,
        None => Status::DoneLate,
    };
    let time_of = |done: Option<Moment>| done.and_then(Moment::at).filter(|_| ends.is_some());
    let short = all.all.iter().any(|(_, state)| *state == State::Missing);
    let told = match complete {
        Some((_, _, elements)) if short => elements,
        _ => all,
    };
    let (mut status, mut done) = decide(grounds, one, (done, &by_time), short);
    if !matches!(status, Status::Done | Status::DoneLate) && is_waived(rule, records, one) {
        (status, done) = (Status::Waived, None);
    }
    let mut judged = Judged {
        status,
        done_on: done.map(Moment::day),
        done_at: time_of(done),
        approved_on: told.approved_on(),
        elements: told.forms(),
    };
    if let (None, Some(instead)) = (judged.done_on, &one.instead) {
        let other = Moment::of(instead.on.0, instead.at.map(|at| at.0));
        let status = by_time(other);
        let done = Some(other).filter(|_| status != Status::Unknown);
        judged = Judged { done_on: done.map(Moment::day), done_at: time_of(done), ..none(status) };
    }
    if outside.is_some() {
        judged.status = Status::NotApplicable;
    }
    judged
}

/// The status by the days, and the day it was done.
fn decide(
    grounds: Grounds,
    one: &OccurrenceForm,
    (complete, by_time): (Option<Moment>, &dyn Fn(Moment) -> Status),
    short: bool,
) -> (Status, Option<Moment>) {
    let (as_of, opens, due) = (grounds.as_of, one.opens.0, one.due.0);
    let passed = as_of > due;
    let is_unjudged = one.calendar_gap.is_some() || one.limit_missing;
    let ended = one.ended.map(|day| day.0).filter(|day| passed && *day <= as_of);
    let ended = ended.map(Moment::from);
    match complete {
        Some(_) if is_unjudged => (Status::Unknown, None),
        Some(done) => match by_time(done) {
            Status::Unknown => (Status::Unknown, None),
            status => (status, Some(done)),
        },
        None if passed && is_unjudged => (Status::Unknown, None),
        None if one.acts.is_empty() && ended.is_some() => (Status::DoneLate, ended),
        None if passed
            && one.acts.is_empty()
            && grounds.rule.only_used
            && !one.doubts.is_empty() =>
        {
            (Status::Unknown, None)
        }
        None if passed && one.acts.is_empty() => (Status::Overdue, None),
        None if passed && short => (Status::Deficient, None),
        None if passed => (Status::Unknown, None),
        None if as_of < opens => (Status::Upcoming, None),
        None if (due - as_of).num_days() <= i64::from(grounds.due_soon_days) => {
            (Status::DueSoon, None)
        }
        None => (Status::Open, None),
    }
}

/// Whether the waiver it names covers it: it is of this duty and scope, and what was approved after the
/// due date forgives nothing, unless the rule is one in principle.
fn is_waived(rule: &RuleForm, records: &Records, one: &OccurrenceForm) -> bool {
    let Some(record) = one.waiver.as_ref().and_then(|key| records.get(key)) else { return false };
    let word = |key: &str| record.fields.get(key).and_then(Value::as_str).unwrap_or_default();
    if !one.id.starts_with(&format!("{}/{}/", word("obligation"), word("scope"))) {
        return false;
    }
    let day = |value: Option<&Value>| value.and_then(day);
    let bounds = [record.fields.get("from"), record.fields.get("until")].map(day);
    let approved = day(record.fields.get("approved").and_then(|approved| approved.get("on")));
    let ([Some(from), Some(until)], Some(approved)) = (bounds, approved) else { return false };
    from <= one.due.0 && one.due.0 <= until && (rule.in_principle || approved <= one.due.0)
}

struct Elements {
    all: Vec<(&'static str, State)>,
}

impl Elements {
    fn of(
        rule: &RuleForm,
        records: &Records,
        one: &OccurrenceForm,
        acts: &[ActForm],
        others: Others,
    ) -> Self {
        let mut all = Vec::new();
        let Some(first) = acts.first() else {
            // Only what needs no act can be told.
            return Self { all: without_acts(rule, one) };
        };
        let demand = &rule.demand;
        // Since the first act by which enough was there.
        let filled = |is_enough: &dyn Fn(&[ActForm]) -> bool| {
            let count = (1..=acts.len()).find(|count| is_enough(&acts[..*count]));
            count.map_or(State::Missing, |count| State::Since(acts[count - 1].moment()))
        };
        for size in &one.sample {
            let name = if size.measure == "records" { "sample-records" } else { "sample-users" };
            let enough = |acts: &[ActForm]| tally(&size.measure, acts) >= size.required;
            all.push((name, filled(&enough)));
        }
        if !one.doubts.is_empty() {
            all.push(("population", State::Unknown));
        }
        if demand.every_used_month && !one.months.is_empty() {
            let covers = |acts: &[ActForm]| {
                let seen: BTreeSet<&String> = acts.iter().flat_map(|act| &act.months).collect();
                one.months.iter().all(|month| seen.contains(month))
            };
            all.push(("months", filled(&covers)));
        }
        if let Some(last) = others.base_last {
            let latest = acts.iter().map(ActForm::moment).max_by_key(|moment| moment.certain_by());
            let latest = latest.filter(|act| last <= act.day());
            all.push(("base", latest.map_or(State::Unknown, State::Since)));
        }
        for place in 0..demand.roles.len() {
            let with =
                |fit: &str| acts.iter().find(|act| act.roles.get(place).is_some_and(|f| f == fit));
            all.push((
                "actor",
                match (with("yes"), with("unknown")) {
                    (Some(act), _) => State::Since(act.moment()),
                    (None, Some(_)) => State::Unknown,
                    (None, None) => State::Missing,
                },
            ));
        }
        let first_with = |has: &dyn Fn(&ActForm) -> bool| {
            acts.iter()
                .find(|act| has(act))
                .map_or(State::Missing, |act| State::Since(act.moment()))
        };
        for place in 0..demand.joint.len() {
            all.push(("joint", first_with(&|act| act.joint.contains(&place))));
        }
        if demand.approval.is_some() {
            all.push(("approval", approval(demand.approval_first, acts)));
        }
        for place in 0..demand.forms.len() {
            all.push(("form", form(records, one, acts, place)));
        }
        let is_silent = acts.iter().any(|act| act.contains.is_none());
        for place in 0..demand.contains.len() {
            let has = |act: &ActForm| act.contains.as_ref().is_some_and(|own| own.contains(&place));
            all.push(match first_with(&has) {
                State::Missing if is_silent => ("item", State::Unknown),
                state => ("item", state),
            });
        }
        if !demand.manner.is_empty() {
            all.push(match first_with(&|act| act.manner == Some(true)) {
                State::Missing if acts.iter().any(|act| act.manner.is_none()) => {
                    ("manner", State::Unknown)
                }
                state => ("manner", state),
            });
        }
        if demand.unannounced {
            let announced = acts.iter().any(|act| act.kind == "audit" && act.announced);
            let state = if announced { State::Missing } else { State::Since(first.moment()) };
            all.push(("unannounced", state));
        }
        if demand.to.is_some() {
            all.push(("recipient", first_with(&|act| act.kind == "submission" && act.received)));
        }
        for place in 0..demand.notify.len() {
            all.push(("told", first_with(&|act| act.told.contains(&place))));
        }
        if !demand.after.is_empty() {
            all.push((
                "order",
                match others.ready {
                    Ready::On(ready) => first_with(&|act| act.on.0 >= ready),
                    Ready::Never => State::Missing,
                },
            ));
        }
        if let Some(hours) = demand.hours {
            let counts = |act: &&ActForm| match &act.course {
                _ if demand.courses.is_empty() => true,
                Some(course) => demand.courses.contains(course),
                None => false,
            };
            let sum = |acts: &[ActForm]| -> u64 {
                acts.iter().filter(counts).filter_map(|act| act.hours).sum()
            };
            let unsaid = acts.iter().filter(|act| !counts(act) && act.course.is_none());
            let most = sum(acts) + unsaid.filter_map(|act| act.hours).sum::<u64>();
            all.push(match filled(&|acts| sum(acts) >= hours) {
                State::Missing if most >= hours => ("hours", State::Unknown),
                state => ("hours", state),
            });
        }
        if let Some(earliest) = one.earliest {
            let is_early = first.on < earliest;
            all.push((
                "window",
                if is_early { State::Missing } else { State::Since(first.moment()) },
            ));
        }
        Self { all }
    }

    fn complete(&self, acted: Moment) -> Option<Moment> {
        self.all.iter().try_fold(acted, |last, (_, state)| match state {
            State::Since(moment) => Some(last.max(*moment)),
            State::Missing | State::Unknown => None,
        })
    }

    fn approved_on(&self) -> Option<Day> {
        self.all.iter().find_map(|(name, state)| match (name, state) {
            (&"approval", State::Since(moment)) => Some(moment.day()),
            _ => None,
        })
    }

    fn forms(&self) -> Vec<ElementForm> {
        let form = |(name, state): &(&'static str, State)| {
            let (state, since) = match state {
                State::Since(moment) => ("there", Some(Iso(moment.day()))),
                State::Missing => ("missing", None),
                State::Unknown => ("unknown", None),
            };
            ElementForm { element: (*name).to_owned(), state: state.to_owned(), since }
        };
        self.all.iter().map(form).collect()
    }
}

/// Before anything was done only the numbers to come are told.
fn without_acts(rule: &RuleForm, one: &OccurrenceForm) -> Vec<(&'static str, State)> {
    let mut all = Vec::new();
    for size in &one.sample {
        let name = if size.measure == "records" { "sample-records" } else { "sample-users" };
        all.push((name, State::Missing));
    }
    if !one.doubts.is_empty() {
        all.push(("population", State::Unknown));
    }
    if rule.demand.hours.is_some() {
        all.push(("hours", State::Missing));
    }
    all
}

/// How many acts looked at together. A person whose use was looked at twice is one; those an act counts
/// and does not name are others.
pub fn tally(measure: &str, acts: &[ActForm]) -> u64 {
    if measure == "records" {
        return acts.iter().filter_map(|act| act.records).fold(0, u64::saturating_add);
    }
    if acts.iter().all(|act| act.users.is_none()) {
        return 0;
    }
    let named: BTreeSet<&String> = acts.iter().flat_map(|act| &act.persons).collect();
    let unnamed =
        acts.iter().map(|act| act.users.unwrap_or(0).saturating_sub(act.persons.len() as u64));
    unnamed.fold(named.len() as u64, u64::saturating_add)
}

/// Every act is approved by whom the rule asks, and none by who did it.
fn approval(first: bool, acts: &[ActForm]) -> State {
    let (mut missing, mut unknown) = (false, false);
    let Some(mut since) = acts.first().map(ActForm::moment) else { return State::Missing };
    for act in acts {
        let Some(approved) = &act.approved else {
            missing = true;
            continue;
        };
        let is_late = first && act.moment().is_before(approved.moment());
        match approved.fit.as_str() {
            "yes" if !is_late => since = since.max(approved.moment()),
            "unknown" if !is_late => unknown = true,
            _ => missing = true,
        }
    }
    match (missing, unknown) {
        (true, _) => State::Missing,
        (false, true) => State::Unknown,
        (false, false) => State::Since(since),
    }
}

/// A form is there since the first paper on it that proves the act it came with was received.
fn form(records: &Records, one: &OccurrenceForm, acts: &[ActForm], place: usize) -> State {
    let period = one.period.as_ref().and_then(|period| Period::parse(period).ok());
    let from = period.map(Period::first_day).or(one.since.map(|day| day.0));
    let papers = acts.iter().flat_map(|act| act.papers.iter().map(move |paper| (act.on.0, paper)));
    let of_form = papers.filter(|(_, paper)| paper.forms.contains(&place));
    let counts = |(on, paper): (Day, &super::form::PaperForm)| {
        let record = records.get(&paper.record)?;
        let fields = &record.fields;
        let at = |key: &str| fields.get(key).and_then(day);
        let received = at("received_on")?;
        let made = at("collected_on").unwrap_or(received);
        if let (Some(period), Some(covers)) = (period, fields.get("covers")) {
            let [first, last] = [0, 1].map(|n| covers.get(n).and_then(day));
            if last? < period.first_day() || period.last_day() < first? {
                return None;
            }
        }
        let is_old = from.is_some_and(|from| made < from);
        let is_expired = at("valid_until").is_some_and(|until| until < on);
        (!is_old && !is_expired).then(|| record.moment(("received_on", "received_at"))).flatten()
    };
    let received = of_form.filter_map(counts).min_by_key(|moment| moment.certain_by());
    let since = received.zip(acts.first().map(ActForm::moment));
    since.map_or(State::Missing, |(received, first)| State::Since(received.max(first)))
}
