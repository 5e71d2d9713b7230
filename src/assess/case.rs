//! A case, one duty for one scope in one term, becomes a judgement, returned whole: the one path for
//! periodic, interval and event duties.

mod decide;
mod element;

use super::Judged;
use super::occurrence::{Act, Occurrence, Required, Status, Term};
use super::performance::Performance;
use super::reason::Reason;
use super::record_index::{RecordIndex, UsageTotals};
use super::window::Window;
use crate::model::sample::{Measure, Tally};
use crate::model::{
    Demand, Evidence, Finding, Id, Obligation, Population, SampleRule, SampleSize, Scope, Waiver,
};
use crate::time::{Day, Instant, Moment, Period};
pub use decide::by_time;
use decide::{Progress, decide_status};
use element::{Elements, base, has_hours};

/// One duty for one scope in one term, with the acts that answer it.
pub struct Case<'a> {
    pub index: &'a RecordIndex<'a>,
    /// What was judged before: the duties this one rests on.
    pub judged: &'a Judged,
    pub obligation: Id<Obligation>,
    pub scope: Scope,
    pub term: Term,
    pub window: Window,
    pub demand: &'a Demand,
    /// In the order of their days.
    pub acts: Vec<Act>,
    /// Only in periods with records of use.
    pub only_used: bool,
    /// The day the scope came to its end, if it did: nothing can be done any more.
    pub ended: Option<Day>,
}

/// What must be there, for one case.
#[derive(Clone, Debug, Default)]
pub struct Requirement {
    pub required: Required,
    /// Months with records of use, if each must be covered.
    pub months: Vec<Period>,
    /// Acts before this day do not count; `None`: any day does.
    pub earliest: Option<Day>,
    /// Papers from before this day prove nothing of it.
    pub papers_from: Option<Day>,
    /// The day of the last act of the duties the sample is drawn from.
    pub base_last: Option<Day>,
    /// Why a number cannot be known.
    pub doubts: Vec<Reason>,
    /// What deserves a word, whatever comes of it.
    pub remarks: Vec<Reason>,
}

/// What became of a case.
#[derive(Clone, Debug)]
pub struct Judgement {
    pub status: Status,
    /// The day everything the rule asks was there.
    pub done_on: Option<Day>,
    /// The time of that day, where it decides and is recorded.
    pub done_at: Option<Instant>,
    /// The day of the approval, if the rule asks one and it is there.
    pub approved_on: Option<Day>,
    pub required: Required,
    pub actual: Tally,
    pub months: Vec<Period>,
    /// The most severe first.
    pub reasons: Vec<Reason>,
    pub findings: Vec<Id<Finding>>,
    pub evidence: Vec<Id<Evidence>>,
    pub waiver: Option<Id<Waiver>>,
}

impl Judgement {
    /// A judgement without a look at the acts: the duty does not apply, or cannot be judged.
    pub fn without_acts(status: Status, reason: Reason) -> Self {
        Self {
            status,
            done_on: None,
            done_at: None,
            approved_on: None,
            required: Required::default(),
            actual: Tally::default(),
            months: Vec::new(),
            reasons: vec![reason],
            findings: Vec::new(),
            evidence: Vec::new(),
            waiver: None,
        }
    }
}

/// Judges a case.
pub fn judge(case: &Case) -> Judgement {
    let index = case.index;
    let given = Performance::of(index.model, &case.acts);
    let asked = match requirement(case, &given) {
        Ok(asked) => asked,
        Err(judgement) => return *judgement,
    };
    let all = Elements::of(case, &asked, &case.acts);
    // An act after the duty was met takes nothing away: the first acts that leave nothing short count.
    let complete = (1..=case.acts.len()).filter_map(|count| {
        let acts = &case.acts[..count];
        let elements = Elements::of(case, &asked, acts);
        let done = elements.complete(acts.last()?.moment(index.model))?;
        Some((done, count, elements))
    });
    let complete = complete.min_by_key(|(done, count, _)| (done.certain_by(), *count));
    let done = complete.as_ref().map(|(done, ..)| *done);
    // Figures are told of all acts; what is short of the ones after it was met is not.
    let told = match &complete {
        Some((_, _, elements)) if all.is_short() => elements,
        _ => &all,
    };
    let progress = Progress {
        acts: !case.acts.is_empty(),
        short: all.is_short(),
        done,
        reasons: told.reasons(),
    };
    let decision = decide_status(case, &asked, progress);
    Judgement {
        status: decision.status,
        done_on: decision.done.map(Moment::day),
        done_at: decision.done.and_then(Moment::at).filter(|_| case.window.ends.is_some()),
        approved_on: told.approved_on,
        required: asked.required,
        actual: given.tally,
        months: asked.months,
        reasons: decision.reasons,
        findings: given.findings,
        evidence: given.evidence,
        waiver: decision.waiver,
    }
}

/// Whether the acts looked at as many as is asked: what a gap between two acts is closed by.
pub fn is_filled(case: &Case) -> bool {
    let given = Performance::of(case.index.model, &case.acts);
    let Ok(asked) = requirement(case, &given) else { return true };
    let enough = |size: Option<SampleSize>, actual: Option<u64>| {
        size.is_none_or(|size| actual.unwrap_or(0) >= size.required)
    };
    enough(asked.required.records, given.tally.records)
        && enough(asked.required.users, given.tally.users)
        && has_hours(case, &case.acts)
}

/// What is asked of the acts; the judgement itself where nothing is.
fn requirement(case: &Case, given: &Performance) -> Result<Requirement, Box<Judgement>> {
    let (sample, model) = (&case.demand.sample, case.index.model);
    let papers_from = match case.term {
        Term::Period(period) => Some(period.first_day()),
        Term::Since(day) => Some(day),
        Term::Event(_) => None,
    };
    let mut asked =
        Requirement { earliest: case.window.earliest, papers_from, ..Requirement::default() };
    if !case.demand.after.is_empty() {
        let before = element::before(case);
        let nothing = |one: &&Occurrence| one.status == Status::NotApplicable;
        if !before.is_empty() && before.iter().all(nothing) && case.acts.is_empty() {
            let why = Reason::NothingToSend;
            return Err(Box::new(Judgement::without_acts(Status::NotApplicable, why)));
        }
    }
    let draws = [(Measure::Records, &sample.records), (Measure::Users, &sample.users)];
    if let Term::Period(period) = case.term
        && (case.only_used
            || draws.iter().any(|(_, draw)| draw.is_some())
            || sample.every_used_month)
    {
        let regulation = model.obligations[case.obligation].regulation;
        let used = case.index.usage(regulation, case.scope, period);
        if case.acts.is_empty() && is_empty(case, &used) {
            let nothing = |draw: &Option<SampleRule>| draw.as_ref().map(|draw| draw.tiers.size(0));
            return Err(Box::new(Judgement {
                required: Required {
                    records: nothing(&sample.records),
                    users: nothing(&sample.users),
                },
                ..Judgement::without_acts(Status::NotApplicable, Reason::PopulationZero)
            }));
        }
        let no_months = !used.missing.is_empty()
            && (sample.every_used_month || case.only_used && used.queries == 0);
        for (measure, draw) in draws {
            let size = draw.as_ref().and_then(|draw| {
                let population =
                    population(case, draw, measure, (&used, given), period, &mut asked)?;
                Some(draw.tiers.size(population))
            });
            match measure {
                Measure::Records => asked.required.records = size,
                Measure::Users => asked.required.users = size,
            }
        }
        if no_months {
            push_once(
                &mut asked.doubts,
                Reason::PopulationUnknown { months: used.missing.clone() },
            );
        }
        if sample.every_used_month {
            asked.months = used.used_months;
        }
    } else {
        // Between two acts only what is open on the day of the act can be counted.
        for (measure, draw) in draws {
            let size = draw
                .as_ref()
                .filter(|draw| draw.of == Population::Accounts)
                .map(|draw| draw.tiers.size(open_accounts(case)));
            match measure {
                Measure::Records => asked.required.records = size,
                Measure::Users => asked.required.users = size,
            }
        }
    }
    Ok(asked)
}

/// Whether there was nothing to look at in the period: no records, or where only persons are looked
/// at, no persons.
fn is_empty(case: &Case, used: &UsageTotals) -> bool {
    let sample = &case.demand.sample;
    let only_persons = sample.records.is_none() && !sample.every_used_month && !case.only_used;
    match sample.users.as_ref().filter(|_| only_persons).map(|draw| draw.of) {
        Some(Population::Users) => used.is_known() && used.users == 0,
        Some(Population::Accounts) => false,
        _ => used.is_known() && used.queries == 0,
    }
}

/// How many there are to draw from; `None`, with a doubt, if it cannot be known.
fn population(
    case: &Case,
    draw: &SampleRule,
    measure: Measure,
    (used, given): (&UsageTotals, &Performance),
    period: Period,
    asked: &mut Requirement,
) -> Option<u64> {
    let stated = match measure {
        Measure::Records => given.stated.records,
        Measure::Users => given.stated.users,
    };
    let regulation = case.index.model.obligations[case.obligation].regulation;
    match draw.of {
        Population::Queries | Population::Users => {
            let recorded = if draw.of == Population::Queries { used.queries } else { used.users };
            if !used.is_known() {
                // What the auditors found counts where the usage records are silent.
                if stated.is_none() && !used.missing.is_empty() {
                    let months = used.missing.clone();
                    push_once(&mut asked.doubts, Reason::PopulationUnknown { months });
                }
                return stated;
            }
            if let Some(stated) = stated.filter(|stated| *stated != recorded) {
                asked.remarks.push(Reason::PopulationDiffers { measure, stated, recorded });
            }
            let mut population = recorded.max(stated.unwrap_or(0));
            // 期間總使用人數: persons, of whom a month's figure shows only those of one time.
            let persons = match draw.of {
                Population::Users => case.index.persons(regulation, case.scope, period),
                _ => 0,
            };
            if persons > population {
                asked.remarks.push(Reason::PersonsOnFile { persons, recorded: population });
                population = persons;
            }
            Some(population)
        }
        Population::Accounts => Some(open_accounts(case)),
        Population::AuditedRecords(duty) | Population::AuditedUsers(duty) => {
            let base = base(case, duty, measure, period);
            asked.base_last = asked.base_last.max(base.last);
            if base.figure.is_none() {
                push_once(&mut asked.doubts, Reason::BaseUnknown);
            }
            base.figure
        }
    }
}

/// The accounts of the scope that are open on the day of the last act; of today without one.
fn open_accounts(case: &Case) -> u64 {
    let regulation = case.index.model.obligations[case.obligation].regulation;
    let day = case.acts.last().map_or(case.index.as_of, |act| act.day(case.index.model));
    case.index.open_accounts(regulation, case.scope, day)
}

fn push_once(reasons: &mut Vec<Reason>, reason: Reason) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}

impl Case<'_> {
    /// The occurrence of this case with its judgement.
    pub fn into_occurrence(self, judgement: Judgement) -> Occurrence {
        let Window { opens, due, ends, advised, calendar_known, calendar_gap, basis, .. } =
            self.window;
        let Judgement {
            status,
            done_on,
            done_at,
            approved_on,
            required,
            actual,
            months,
            reasons,
            findings,
            evidence,
            waiver,
        } = judgement;
        Occurrence {
            obligation: self.obligation,
            scope: self.scope,
            term: self.term,
            opens,
            due,
            due_at: ends.and_then(Moment::at),
            advised,
            calendar_known,
            calendar_gap,
            due_basis: basis,
            status,
            done_on,
            done_at,
            approved_on,
            required,
            actual,
            months,
            reasons,
            acts: self.acts,
            findings,
            evidence,
            waiver,
        }
    }
}
