//! One occurrence as data: its days, its arithmetic, its acts and papers, and what they give.

use super::form::{
    ActForm, ApprovedForm, InsteadForm, Iso, IsoTime, OccurrenceForm, PaperForm, RuleForm,
    SampleForm,
};
use super::judge::{Grounds, Others, Ready, judge};
use super::record::{Records, event_of};
use super::rule::tier;
use super::step::step;
use crate::assess::{
    Act, Assessment, Match, Occurrence, OccurrenceId, Reason, RecordIndex, Status, Term, earliest,
    holds_role, is_outside_party, reckoning, same_person, speaks_for, units_of,
};
use crate::facts::id;
use crate::model::{
    Approval, AuthorityApproval, Deadline, Demand, Duty, EvidenceForm, Id, Model, Named,
    Obligation, Party, Population, RoleName, SampleSize, Scope,
};
use crate::time::{Day, Period};

/// What receipts are made from.
pub struct From<'a> {
    pub model: &'a Model,
    pub assessment: &'a Assessment,
    pub index: &'a RecordIndex<'a>,
}

/// The receipt of an occurrence.
pub fn occurrence(
    from: &From,
    grounds: Grounds,
    at: OccurrenceId,
    records: &mut Records,
) -> OccurrenceForm {
    let From { model, assessment, .. } = from;
    let one = assessment.occurrence(at);
    let derivation = reckoning(model, one);
    let limit_missing = match (&model.obligations[one.obligation].duty, event_of(one)) {
        (Duty::Event(rule), Some(event)) => {
            rule.deadline == Deadline::Letter && model.events[event].due.is_none()
        }
        _ => false,
    };
    let demand = model.obligations[one.obligation].duty.demand();
    let before = demand.map_or_else(Vec::new, |demand| before(from, one, demand));
    let drawn = demand.map_or_else(Vec::new, |demand| drawn_from(from, one, demand));
    let mut form = OccurrenceForm {
        id: id::occurrence(model, assessment, at),
        status: one.status.code().to_owned(),
        opens: Iso(one.opens),
        due: Iso(one.due),
        due_at: one.due_at.map(IsoTime),
        due_basis: one.due_basis.as_str().to_owned(),
        done_on: one.done_on.map(Iso),
        done_at: one.done_at.map(IsoTime),
        approved_on: one.approved_on.map(Iso),
        period: match one.term {
            Term::Period(period) => Some(period.to_string()),
            Term::Since(_) | Term::Event(_) => None,
        },
        since: match one.term {
            Term::Since(day) => Some(Iso(day)),
            Term::Period(_) | Term::Event(_) => None,
        },
        event: event_of(one).map(|event| records.event(event)),
        reckoning: derivation.steps.iter().map(step).collect(),
        earliest: earliest(model, one).map(Iso),
        calendar_gap: one.calendar_gap.map(|missing| missing.0),
        limit_missing,
        outside: one.reasons.first().and_then(outside),
        instead: one.reasons.iter().find_map(|reason| match reason {
            Reason::Instead { duty, on, at } => {
                let (duty, on) = (model.obligation_path(*duty), Iso(*on));
                Some(InsteadForm { duty, on, at: at.map(IsoTime) })
            }
            _ => None,
        }),
        ended: one.reasons.iter().find_map(|reason| match reason {
            Reason::EndedLate { on, .. } => Some(Iso(*on)),
            _ => None,
        }),
        usage: Vec::new(),
        sample: Vec::new(),
        doubts: doubts(one),
        months: one.months.iter().map(Period::to_string).collect(),
        drawn_from: drawn.iter().map(|other| id::occurrence(model, assessment, *other)).collect(),
        rests_on: before.iter().map(|other| id::occurrence(model, assessment, *other)).collect(),
        acts: Vec::new(),
        elements: Vec::new(),
        waiver: one.waiver.map(|waiver| records.waiver(waiver)),
        because: one.reasons.iter().map(Reason::code).collect(),
    };
    sample(from, one, &mut form, records);
    form.acts =
        one.acts.iter().map(|act| self::act(model, one, grounds.rule, *act, records)).collect();
    let others = Others { ready: ready(from, &before), base_last: last_act(from, &drawn) };
    let judged = judge(grounds, &records.found, &form, others);
    form.elements = judged.elements;
    form
}

/// The places in a list of what `is_one` holds of.
fn places<T>(list: &[Id<T>], is_one: impl Fn(Id<T>) -> bool) -> Vec<usize> {
    let all = list.iter().enumerate().filter(|(_, one)| is_one(**one));
    all.map(|(place, _)| place).collect()
}

/// The code of a reason for which acts are not looked at, or do not count.
fn outside(reason: &Reason) -> Option<String> {
    let is_one = matches!(
        reason,
        Reason::Supervisor { .. }
            | Reason::Outsider { .. }
            | Reason::May
            | Reason::TextNotHeld { .. }
            | Reason::LengthOpen
            | Reason::ConditionFalse
            | Reason::ConditionFailed { .. }
            | Reason::NothingToSend
            | Reason::PopulationZero
    );
    is_one.then(|| reason.code())
}

fn doubts(one: &Occurrence) -> Vec<String> {
    let is_doubt =
        |reason: &&Reason| matches!(reason, Reason::PopulationUnknown { .. } | Reason::BaseUnknown);
    one.reasons.iter().filter(is_doubt).map(Reason::code).collect()
}

/// What was asked and what was looked at, and the records of use it is drawn from.
fn sample(from: &From, one: &Occurrence, form: &mut OccurrenceForm, records: &mut Records) {
    let From { model, assessment, index } = from;
    let obligation = &model.obligations[one.obligation];
    let Some(demand) = obligation.duty.demand() else { return };
    let draws_on_use = !form.sample_is_idle(demand) || one.months.len() + form.doubts.len() > 0;
    let usage = match one.term {
        Term::Period(period) if draws_on_use => {
            let rows = index.usage_records(obligation.regulation, one.scope, period);
            form.usage = rows.into_iter().map(|id| records.usage(id)).collect();
            Some(index.usage(obligation.regulation, one.scope, period))
        }
        _ => None,
    };
    let used = usage.filter(crate::assess::UsageTotals::is_known);
    let draws = [
        ("records", &demand.sample.records, one.required.records, one.actual.records),
        ("users", &demand.sample.users, one.required.users, one.actual.users),
    ];
    for (measure, draw, size, actual) in draws {
        let (Some(draw), Some(size)) = (draw, size) else { continue };
        let audits = one.acts.iter().filter_map(|act| match act {
            Act::Audit(audit) => Some(&model.audits[*audit].population),
            _ => None,
        });
        let stated = if measure == "records" {
            audits.filter_map(|tally| tally.records).max()
        } else {
            audits.filter_map(|tally| tally.users).max()
        };
        let (mut recorded, mut on_file, mut base) = (None, None, Vec::new());
        match (draw.of, one.term) {
            (Population::Queries, _) => recorded = used.as_ref().map(|used| used.queries),
            (Population::Users, Term::Period(period)) => {
                recorded = used.as_ref().map(|used| used.users);
                let persons = || index.persons(obligation.regulation, one.scope, period);
                on_file = recorded.is_some().then(persons);
            }
            (Population::Users, _) => {}
            (Population::Accounts, _) => on_file = Some(size.population),
            (Population::AuditedRecords(duty) | Population::AuditedUsers(duty), _) => {
                base = self::base(from, one, duty);
            }
        }
        let is_stated = matches!(draw.of, Population::Queries | Population::Users);
        form.sample.push(SampleForm {
            measure: measure.to_owned(),
            recorded,
            stated: stated.filter(|_| is_stated),
            on_file,
            base: base.into_iter().map(|id| id::occurrence(model, assessment, id)).collect(),
            population: size.population,
            tier: tier(&size.tier),
            by_share: size.by_share,
            required: size.required,
            binds: binds(&size).to_owned(),
            actual,
        });
    }
}

impl OccurrenceForm {
    /// Whether nothing is drawn from records of use.
    fn sample_is_idle(&self, demand: &Demand) -> bool {
        let draws = [&demand.sample.records, &demand.sample.users];
        let draws = draws.into_iter().flatten();
        let mut of = draws.map(|draw| draw.of);
        !of.any(|of| matches!(of, Population::Queries | Population::Users))
            && !demand.sample.every_used_month
    }
}

/// What the required number comes from.
fn binds(size: &SampleSize) -> &'static str {
    let bounded = size.by_share.min(size.tier.max.unwrap_or(u64::MAX));
    if size.required < size.uncapped() {
        "population"
    } else if size.uncapped() > bounded {
        "min"
    } else if bounded < size.by_share {
        "max"
    } else {
        "share"
    }
}

/// The scopes whose occurrences count for another: its units, and itself.
fn scopes(from: &From, scope: Scope) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = units_of(from.model, scope).into_iter().map(Scope::Unit).collect();
    if !scopes.contains(&scope) {
        scopes.push(scope);
    }
    scopes
}

/// The occurrences of the line of a duty, for the units of a scope and itself.
fn of_line<'a>(
    from: &'a From,
    scope: Scope,
    duty: Id<Obligation>,
) -> impl Iterator<Item = (OccurrenceId, &'a Occurrence)> {
    let line = from.model.lineage(duty);
    let all = scopes(from, scope).into_iter().flat_map(|scope| from.assessment.of_scope(scope));
    all.map(|id| (*id, from.assessment.occurrence(*id)))
        .filter(move |(_, one)| line.contains(&one.obligation))
}

/// What must be done before: all of it within the period.
fn before(from: &From, one: &Occurrence, demand: &Demand) -> Vec<OccurrenceId> {
    let Term::Period(period) = one.term else { return Vec::new() };
    let within = |other: &Occurrence| match other.term {
        Term::Period(term) => period.covers(term),
        Term::Since(_) | Term::Event(_) => false,
    };
    let all = demand.after.iter().flat_map(|duty| of_line(from, one.scope, *duty));
    let mut ids: Vec<OccurrenceId> =
        all.filter(|(_, other)| within(other)).map(|(id, _)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What a sample is drawn from: the occurrences of another duty whose acts fall in the period.
fn base(from: &From, one: &Occurrence, duty: Id<Obligation>) -> Vec<OccurrenceId> {
    let Term::Period(period) = one.term else { return Vec::new() };
    let within = |other: &Occurrence| match other.term {
        Term::Period(term) => period.covers(term),
        Term::Since(_) => other.acts.iter().any(|act| period.contains(act.day(from.model))),
        Term::Event(_) => false,
    };
    let all = of_line(from, one.scope, duty);
    all.filter(|(_, other)| within(other)).map(|(id, _)| id).collect()
}

/// The occurrences whose acts the samples are drawn from.
fn drawn_from(from: &From, one: &Occurrence, demand: &Demand) -> Vec<OccurrenceId> {
    let draws = [&demand.sample.records, &demand.sample.users].into_iter().flatten();
    let duties = draws.filter_map(|draw| match draw.of {
        Population::AuditedRecords(duty) | Population::AuditedUsers(duty) => Some(duty),
        Population::Queries | Population::Users | Population::Accounts => None,
    });
    let mut ids: Vec<OccurrenceId> = duties.flat_map(|duty| base(from, one, duty)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The last day of the acts of occurrences.
fn last_act(from: &From, ids: &[OccurrenceId]) -> Option<Day> {
    let asked = ids.iter().map(|id| from.assessment.occurrence(*id));
    let asked = asked.filter(|other| other.status != Status::NotApplicable);
    asked.flat_map(|other| other.acts.iter().map(|act| act.day(from.model))).max()
}

/// From when on what comes after others may be done.
fn ready(from: &From, before: &[OccurrenceId]) -> Ready {
    let mut ready = Ready::On(Day::MIN);
    for id in before {
        let one = from.assessment.occurrence(*id);
        if !matches!(one.status, Status::NotApplicable | Status::Waived) {
            ready = ready.and(one.ready_on(from.model));
        }
    }
    ready
}

fn act(
    model: &Model,
    one: &Occurrence,
    rule: &RuleForm,
    act: Act,
    records: &mut Records,
) -> ActForm {
    let on = act.day(model);
    let at = act.moment(model).at();
    let demand = &rule.demand;
    let asked = model.obligations[one.obligation].duty.demand().expect("acts answer a demand");
    let took_part = |party: Id<Party>| act.joint(model).iter().any(|o| model.same_party(party, *o));
    let mut form = ActForm {
        kind: act.as_str().to_owned(),
        record: records.act(one, act),
        on: Iso(on),
        at: at.map(IsoTime),
        roles: asked.actors().map(|roles| acted(model, one.scope, roles, act)).collect(),
        joint: places(&asked.joint, took_part),
        approved: act
            .approval(model)
            .map(|approval| approved(model, one, asked, act, approval))
            .or_else(|| Some(by_authority(model, one, asked, act.authority(model)?))),
        ..ActForm::default()
    };
    form.contains = act
        .contains(model)
        .map(|own| places(&asked.contains, |item| model.items.is_among(item, own)));
    let manner = act.manner(model).filter(|_| !asked.manner.is_empty());
    form.manner = manner.map(|manner| model.manners.is_among(manner, &asked.manner));
    let papers = act.evidence(model).iter().map(|id| {
        let paper = &model.evidence[*id];
        let is_on = |form: Id<EvidenceForm>| {
            paper.form.is_some_and(|own| model.forms.is_among(own, &[form]))
        };
        PaperForm { record: records.evidence(*id), forms: places(&asked.evidence, is_on) }
    });
    form.papers = papers.collect();
    match act {
        Act::Audit(id) => {
            let audit = &model.audits[id];
            form.records = audit.sample.records;
            form.users = audit.sample.users;
            form.persons = model.codes(&audit.audited);
            form.months = audit.sample.months.iter().map(Period::to_string).collect();
            form.announced = demand.unannounced && !audit.unannounced;
        }
        Act::Submission(id) => {
            let to = asked.to;
            form.received = to.is_some_and(|to| model.same_party(to, model.submissions[id].to));
        }
        Act::Training(id) => {
            form.hours = Some(model.trainings[id].hours);
            form.course =
                model.trainings[id].course.map(|course| model.courses[course].slug.clone());
        }
        Act::Answer(id, place) => {
            let answer = &model.events[id].answers[place];
            let told = |party: Id<Party>| {
                answer.to.iter().chain(&answer.joint).any(|one| model.same_party(party, *one))
            };
            form.answer = Some(place);
            form.told = places(&asked.notify, told);
        }
        Act::PasswordChange(_) | Act::Recorded(_) => {}
    }
    form
}

/// Whether somebody with one of the roles did an act.
fn acted(model: &Model, scope: Scope, roles: &[Id<RoleName>], act: Act) -> String {
    let doers = act.doers(model);
    let mut fit = if doers.is_empty() { "unknown" } else { "no" };
    for post in doers {
        match holds_role(model, post, roles, scope, act.day(model)) {
            Match::Yes => return "yes".to_owned(),
            Match::Indeterminate => fit = "unknown",
            Match::No => {}
        }
    }
    fit.to_owned()
}

fn approved(
    model: &Model,
    one: &Occurrence,
    asked: &Demand,
    act: Act,
    approval: Approval,
) -> ApprovedForm {
    let by_doer = act.doers(model).into_iter().any(|post| same_person(model, post, approval.by));
    let fit = match asked.approval {
        None => "yes",
        Some(_) if by_doer => "doer",
        Some(party) => match speaks_for(model, approval.by, party, one.scope, approval.on) {
            Match::Yes => "yes",
            Match::No => "no",
            Match::Indeterminate => "unknown",
        },
    };
    ApprovedForm {
        on: Iso(approval.on),
        at: approval.at.map(IsoTime),
        by: Some(model.posts[approval.by].slug().to_owned()),
        party: None,
        document: None,
        fit: fit.to_owned(),
    }
}

fn by_authority(
    model: &Model,
    one: &Occurrence,
    asked: &Demand,
    approval: &AuthorityApproval,
) -> ApprovedForm {
    let outside = |party| is_outside_party(model, approval.party, party, one.scope);
    let fits = asked.approval.is_none_or(outside);
    ApprovedForm {
        on: Iso(approval.on),
        at: approval.at.map(IsoTime),
        by: None,
        party: Some(model.parties[approval.party].words.clone()),
        document: Some(approval.document.clone()),
        fit: if fits { "yes" } else { "no" }.to_owned(),
    }
}
