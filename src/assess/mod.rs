//! Assess: [`Known`] becomes an [`Assessment`]: what is due, when, whether it was
//! done, and why we think so. A function of its arguments: no clock, no disk, no faults.

mod applicability;
mod candidates;
mod case;
mod due;
mod event;
mod facts;
mod finding_review;
mod independence;
mod interval;
mod invariant;
mod kept_record;
mod occurrence;
mod performance;
mod periodic;
mod reason;
mod record_index;
mod record_ref;
mod retention;
mod rule_time;
mod unstarted;
mod who;
mod window;

pub use crate::model::sample::Measure;
pub use applicability::{Applicability, applicable_scopes};
pub use candidates::{Candidate, Fit};
pub use due::{earliest, reckoning};
pub use event::subject as subject_of_event;
pub use finding_review::{ReviewIssue, concerns};
pub use independence::IndependenceIssue;
pub use invariant::{Check, CheckVerdict};
pub use kept_record::KeptRecord;
pub use occurrence::{Act, DueBasis, Occurrence, OccurrenceId, Required, Status, Term};
pub use reason::Reason;
pub use record_index::{RecordIndex, UsageTotals, units_of};
pub use record_ref::RecordRef;
pub use retention::{Endless, KeptState, RetentionStatus, RetentionTerm};
pub use rule_time::{Law, RuleTime};
pub use unstarted::unstarted;
pub use who::{Match, holds_role, is_outside_party, same_person, speaks_for};

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use crate::model::{
    Agency, Audit, Duty, Event, Finding, Id, Known, Model, Obligation, Scope, Submission,
    Uncounted, Waiver,
};
use crate::time::Day;

/// What is judged as of a day.
#[derive(Debug)]
pub struct Assessment {
    /// The only today there is.
    pub as_of: Day,
    /// By obligation, then scope, then time.
    pub occurrences: Vec<Occurrence>,
    /// Every paper or log that must be kept, with the day until which.
    pub retention: Vec<RetentionStatus>,
    /// Every record against every rule that must hold at any time, by rule.
    pub checks: Vec<Check>,
    /// Scopes of which permissions may be used, by rule.
    pub candidates: Vec<Candidate>,
    /// Corrective actions past their deadlines, by finding and place, the earliest due first.
    pub overdue_actions: Vec<(Id<Finding>, usize)>,
    /// Waivers in whose days no occurrence falls due.
    pub unused_waivers: BTreeSet<Id<Waiver>>,
    candidates_of_scope: HashMap<Scope, Vec<usize>>,
    concerns: HashMap<Id<Finding>, Vec<ReviewIssue>>,
    checks_of_rule: HashMap<Id<Obligation>, Vec<usize>>,
    checks_of_record: HashMap<RecordRef, Vec<usize>>,
    checks_against: HashMap<RecordRef, Vec<usize>>,
    checks_within: HashMap<Scope, Vec<usize>>,
    by_obligation: Vec<Range<usize>>,
    by_term: HashMap<(Id<Obligation>, Term), Vec<OccurrenceId>>,
    by_scope: HashMap<Scope, Vec<OccurrenceId>>,
    by_agency: HashMap<Id<Agency>, Vec<OccurrenceId>>,
    by_event: HashMap<Id<Event>, Vec<OccurrenceId>>,
    by_kept: HashMap<KeptRecord, usize>,
    by_audit: HashMap<Id<Audit>, OccurrenceId>,
    by_submission: HashMap<Id<Submission>, OccurrenceId>,
}

/// Occurrences are foreseen for a year from the as-of date.
const HORIZON_MONTHS: u32 = 12;

/// Assesses what is known on a day.
pub fn assess(known: &Known) -> Assessment {
    Assessment::new(known, known.as_of(), occurrences(known))
}

/// What is judged so far, by duty: a duty that rests on others is judged after them.
#[derive(Debug)]
struct Judged {
    lists: Vec<Vec<Occurrence>>,
    by_scope: HashMap<(Id<Obligation>, Scope), Range<usize>>,
}

impl Judged {
    /// The occurrences of a duty for a scope; empty if it is not judged yet.
    fn of(&self, duty: Id<Obligation>, scope: Scope) -> &[Occurrence] {
        let range = self.by_scope.get(&(duty, scope)).cloned().unwrap_or(0..0);
        &self.lists[duty.index()][range]
    }

    fn add(&mut self, duty: Id<Obligation>, list: Vec<Occurrence>) {
        for (at, occurrence) in list.iter().enumerate() {
            let range = self.by_scope.entry((duty, occurrence.scope)).or_insert(at..at);
            range.end = at + 1;
        }
        self.lists[duty.index()] = list;
    }
}

/// The occurrences of each duty as of a day, by scope and then by time: what looking back to an earlier
/// day needs of an assessment.
pub fn occurrences(known: &Known) -> Vec<Vec<Occurrence>> {
    let model: &Model = known;
    let index = RecordIndex::new(known);
    let lists = model.obligations.ids().map(|_| Vec::new()).collect();
    let mut judged = Judged { lists, by_scope: HashMap::new() };
    for ids in in_turns(model) {
        let lists: Vec<(Id<Obligation>, Vec<Occurrence>)> = ids
            .par_iter()
            .map(|id| {
                let mut list = match &model.obligations[*id].duty {
                    Duty::Periodic(rule) => periodic::occurrences(&index, &judged, *id, rule),
                    Duty::Interval(rule) => interval::occurrences(&index, &judged, *id, rule),
                    Duty::Event(rule) => event::occurrences(&index, &judged, *id, rule),
                    Duty::Invariant(_)
                    | Duty::Retention(_)
                    | Duty::Conduct
                    | Duty::Permission { .. } => Vec::new(),
                };
                if let Some(why) = &model.obligations[*id].uncounted {
                    list.iter_mut().for_each(|occurrence| uncount(occurrence, why));
                }
                (*id, list)
            })
            .collect();
        for (id, list) in lists {
            judged.add(id, list);
        }
    }
    judged.lists
}

/// The duties in turns: those that rest on none first, then those that rest on them. What rests on
/// itself in a circle comes last, and finds nothing judged.
fn in_turns(model: &Model) -> Vec<Vec<Id<Obligation>>> {
    let rests = |id: Id<Obligation>| -> (Id<Obligation>, BTreeSet<Id<Obligation>>) {
        let mut others = BTreeSet::new();
        for other in model.obligations[id].duty.rests_on() {
            others.extend(model.lineage(other));
        }
        if !others.is_empty() {
            model.lineage(id).iter().for_each(|own| _ = others.remove(own));
        }
        (id, others)
    };
    let mut left: Vec<(Id<Obligation>, BTreeSet<Id<Obligation>>)> =
        model.obligations.ids().map(rests).collect();
    let mut turns = Vec::new();
    while !left.is_empty() {
        let ids: BTreeSet<Id<Obligation>> = left.iter().map(|(id, _)| *id).collect();
        let (later, now): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(_, others)| !others.is_disjoint(&ids));
        // What rests on itself in a circle goes last.
        let (now, later) = if now.is_empty() { (later, now) } else { (now, later) };
        turns.push(now.into_iter().map(|(id, _)| id).collect());
        left = later;
    }
    turns
}

/// Marks what others have to do, or nobody must: it is shown with what is known of it, and counts
/// neither as met nor as failing.
fn uncount(occurrence: &mut Occurrence, why: &Uncounted) {
    occurrence.status = Status::NotApplicable;
    let reason = match why {
        Uncounted::Supervisor(who) => Reason::Supervisor { who: who.clone() },
        Uncounted::Outsider(who) => Reason::Outsider { who: who.clone() },
        Uncounted::May => Reason::May,
    };
    occurrence.reasons.insert(0, reason);
}

impl Assessment {
    fn new(model: &Model, as_of: Day, lists: Vec<Vec<Occurrence>>) -> Self {
        let checks = invariant::checks(model, as_of);
        let mut checks_of_rule: HashMap<Id<Obligation>, Vec<usize>> = HashMap::new();
        let mut checks_of_record: HashMap<RecordRef, Vec<usize>> = HashMap::new();
        let mut checks_against: HashMap<RecordRef, Vec<usize>> = HashMap::new();
        let mut checks_within: HashMap<Scope, Vec<usize>> = HashMap::new();
        for (at, check) in checks.iter().enumerate() {
            checks_of_rule.entry(check.obligation).or_default().push(at);
            checks_of_record.entry(check.record).or_default().push(at);
            for scope in check.record.within(model) {
                checks_within.entry(scope).or_default().push(at);
            }
            let breaches = check.grounds.iter().filter(|ground| ground.is_breach());
            let others: BTreeSet<RecordRef> = breaches.map(IndependenceIssue::against).collect();
            for other in others {
                checks_against.entry(other).or_default().push(at);
            }
        }
        let candidates = candidates::candidates(model, as_of);
        let mut candidates_of_scope: HashMap<Scope, Vec<usize>> = HashMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            candidates_of_scope.entry(candidate.scope).or_default().push(at);
        }
        let mut concerns = HashMap::new();
        for (id, finding) in model.findings.iter() {
            let doubtful = finding_review::concerns(model, finding);
            if !doubtful.is_empty() {
                concerns.insert(id, doubtful);
            }
        }
        let mut assessment = Self {
            as_of,
            occurrences: Vec::with_capacity(lists.iter().map(Vec::len).sum()),
            by_kept: HashMap::new(),
            retention: Vec::new(),
            checks,
            candidates,
            candidates_of_scope,
            overdue_actions: finding_review::overdue_actions(model, as_of),
            unused_waivers: BTreeSet::new(),
            concerns,
            checks_of_rule,
            checks_of_record,
            checks_against,
            checks_within,
            by_obligation: Vec::with_capacity(lists.len()),
            by_term: HashMap::new(),
            by_scope: HashMap::new(),
            by_agency: HashMap::new(),
            by_event: HashMap::new(),
            by_audit: HashMap::new(),
            by_submission: HashMap::new(),
        };
        for list in lists {
            let start = assessment.occurrences.len();
            for occurrence in list {
                let id = OccurrenceId::new(assessment.occurrences.len());
                let term = (occurrence.obligation, occurrence.term);
                assessment.by_term.entry(term).or_default().push(id);
                assessment.by_scope.entry(occurrence.scope).or_default().push(id);
                let agency = model.scope_agency(occurrence.scope);
                assessment.by_agency.entry(agency).or_default().push(id);
                if let Term::Event(event) = occurrence.term {
                    assessment.by_event.entry(event).or_default().push(id);
                }
                for act in &occurrence.acts {
                    match act {
                        Act::Audit(audit) => _ = assessment.by_audit.insert(*audit, id),
                        Act::Submission(sent) => _ = assessment.by_submission.insert(*sent, id),
                        Act::Training(_)
                        | Act::PasswordChange(_)
                        | Act::Answer(..)
                        | Act::Recorded(_) => {}
                    }
                }
                assessment.occurrences.push(occurrence);
            }
            assessment.by_obligation.push(start..assessment.occurrences.len());
        }
        let duty = |id: &OccurrenceId| assessment.occurrence(*id).obligation;
        let started = |event| assessment.of_event(event).iter().map(duty).collect();
        let kept = retention::kept(model, as_of, &started);
        let places = kept.iter().enumerate().map(|(at, kept)| (kept.record, at));
        assessment.by_kept = places.collect();
        assessment.retention = kept;
        assessment.unused_waivers = finding_review::unused_waivers(model, &assessment.occurrences);
        assessment
    }

    /// The occurrence `id` names.
    pub fn occurrence(&self, id: OccurrenceId) -> &Occurrence {
        &self.occurrences[id.index()]
    }

    /// Every occurrence with its id, in order.
    pub fn iter(&self) -> impl Iterator<Item = (OccurrenceId, &Occurrence)> {
        self.occurrences.iter().enumerate().map(|(index, row)| (OccurrenceId::new(index), row))
    }

    /// The occurrences of an obligation, by scope and then time.
    pub fn of_obligation(
        &self,
        id: Id<Obligation>,
    ) -> impl DoubleEndedIterator<Item = (OccurrenceId, &Occurrence)> {
        let range = self.by_obligation[id.index()].clone();
        range.map(|index| (OccurrenceId::new(index), &self.occurrences[index]))
    }

    /// The occurrences of an obligation in one term, by scope.
    pub fn of_term(&self, id: Id<Obligation>, term: Term) -> &[OccurrenceId] {
        self.by_term.get(&(id, term)).map_or(&[], Vec::as_slice)
    }

    /// The occurrences of the same duty and scope before and after one in time.
    pub fn neighbours(&self, id: OccurrenceId) -> [Option<OccurrenceId>; 2] {
        let this = self.occurrence(id);
        let of_scope = self.of_scope(this.scope);
        let at = of_scope.partition_point(|other| *other < id);
        let is_sibling =
            |other: &OccurrenceId| self.occurrence(*other).obligation == this.obligation;
        let before = at.checked_sub(1).map(|before| of_scope[before]).filter(is_sibling);
        let after = of_scope.get(at + 1).copied().filter(is_sibling);
        [before, after]
    }

    /// The occurrences of a scope, by obligation and then time.
    pub fn of_scope(&self, scope: Scope) -> &[OccurrenceId] {
        self.by_scope.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The occurrences an agency answers for, its units and accounts included, in order.
    pub fn of_agency(&self, id: Id<Agency>) -> &[OccurrenceId] {
        self.by_agency.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The occurrences an event set going, by obligation and then scope.
    pub fn of_event(&self, id: Id<Event>) -> &[OccurrenceId] {
        self.by_event.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The checks of a rule that must hold at any time, by record.
    pub fn checks_of_rule(&self, id: Id<Obligation>) -> impl Iterator<Item = &Check> {
        self.checks_of_rule.get(&id).into_iter().flatten().map(|at| &self.checks[*at])
    }

    /// The checks of a record, by rule.
    pub fn checks_of_record(&self, record: RecordRef) -> impl Iterator<Item = &Check> {
        self.checks_of_record.get(&record).into_iter().flatten().map(|at| &self.checks[*at])
    }

    /// The checks of the records that lie within an agency, a unit or a system, itself included, by
    /// rule: places in [`Self::checks`].
    pub fn checks_within(&self, scope: Scope) -> &[usize] {
        self.checks_within.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The checks of other records that this one stands against, by rule.
    pub fn checks_against(&self, record: RecordRef) -> impl Iterator<Item = &Check> {
        self.checks_against.get(&record).into_iter().flatten().map(|at| &self.checks[*at])
    }

    /// What is doubtful about how a finding was mended.
    pub fn concerns(&self, id: Id<Finding>) -> &[ReviewIssue] {
        self.concerns.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The scopes of which a permission may be used.
    pub fn candidates_of_rule(&self, id: Id<Obligation>) -> impl Iterator<Item = &Candidate> {
        self.candidates.iter().filter(move |candidate| candidate.obligation == id)
    }

    /// The permissions that may be used of a scope, by rule.
    pub fn candidates_of_scope(&self, scope: Scope) -> impl Iterator<Item = &Candidate> {
        let places = self.candidates_of_scope.get(&scope).into_iter().flatten();
        places.map(|at| &self.candidates[*at])
    }

    /// How long a record must be kept; `None` if no rule keeps it, or it does not exist yet.
    pub fn kept(&self, record: KeptRecord) -> Option<&RetentionStatus> {
        self.by_kept.get(&record).map(|at| &self.retention[*at])
    }

    /// The occurrence an audit answers; `None` if it answers none.
    pub fn of_audit(&self, id: Id<Audit>) -> Option<OccurrenceId> {
        self.by_audit.get(&id).copied()
    }

    /// The occurrence a submission answers; `None` if it answers none.
    pub fn of_submission(&self, id: Id<Submission>) -> Option<OccurrenceId> {
        self.by_submission.get(&id).copied()
    }
}
