//! What of a rule decides statuses, as data: its limits of time, its sample, what else it asks.

use super::form::{ClauseForm, DemandForm, DueForm, Iso, LimitForm, RuleForm};
use super::hash::canonical;
use super::tier::{SampleRuleForm, TierForm};
use crate::model::sample::Share;
use crate::model::written_for::text_hash;
use crate::model::{
    Deadline, Demand, DueDay, Duty, Gap, Model, Obligation, OnHoliday, Population, SampleRule,
    Tier, Uncounted,
};
use crate::source::sha256;
use crate::time::{Backward, FirstDay};

/// The rule of a duty that has occurrences; `None` for other kinds.
pub fn rule(model: &Model, obligation: &Obligation) -> Option<RuleForm> {
    let demand = obligation.duty.demand()?;
    let mut form = RuleForm {
        kind: obligation.duty.as_str().to_owned(),
        scope: obligation.scope.as_str().to_owned(),
        when: obligation.when.as_ref().map(|condition| condition.source.clone()),
        supervisor: match &obligation.uncounted {
            Some(Uncounted::Supervisor(who)) => Some(who.clone()),
            _ => None,
        },
        outsider: match &obligation.uncounted {
            Some(Uncounted::Outsider(who)) => Some(who.clone()),
            _ => None,
        },
        may: obligation.uncounted == Some(Uncounted::May),
        in_principle: obligation.in_principle,
        length_open: false,
        ground: obligation.ground.as_str().to_owned(),
        every: None,
        months: Vec::new(),
        due: Vec::new(),
        event: None,
        unless: Vec::new(),
        from_known: false,
        anew: Vec::new(),
        first_day: FirstDay::NextDay.as_str().to_owned(),
        on_holiday: String::new(),
        only_used: false,
        demand: asked(model, demand),
    };
    let on_holiday = match &obligation.duty {
        Duty::Periodic(rule) => {
            form.every = Some(rule.every.as_str().to_owned());
            form.months.clone_from(&rule.months);
            form.only_used = rule.only_used();
            let due = rule.due.iter().map(|due| DueForm {
                half: due.half,
                limit: match due.day {
                    DueDay::PeriodEnd => LimitForm::SameDay,
                    DueDay::InMonth { months_after, day } => {
                        LimitForm::InMonth { months_after, day }
                    }
                    DueDay::Within(length) => LimitForm::Within { length: length.to_string() },
                },
                at: due.at.map(|at| at.to_string()),
                site_default: due.site_default,
                after_period: due.after_period,
            });
            form.due = due.collect();
            rule.on_holiday
        }
        Duty::Interval(rule) => {
            form.length_open = rule.gap == Gap::Open;
            let limit = match rule.gap.reckoned(model.settings.undated_events) {
                Ok(length) => LimitForm::Within { length: length.to_string() },
                Err(day) => LimitForm::Day { date: Iso(day) },
            };
            let site_default = !rule.gap.is_of_text();
            form.due =
                vec![DueForm { half: None, limit, at: None, site_default, after_period: false }];
            rule.on_holiday
        }
        Duty::Event(rule) => {
            form.event = Some(model.event_kinds[rule.event].slug.clone());
            let choices = rule.unless.iter().flat_map(|duty| model.lineage(*duty));
            form.unless = choices.map(|duty| model.obligation_path(duty)).collect();
            form.from_known = rule.from_known;
            let anew = rule.anew.iter().map(|kind| model.answer_kinds[*kind].slug.clone());
            form.anew = anew.collect();
            rule.first_day.as_str().clone_into(&mut form.first_day);
            let limit = deadline(model, rule.deadline);
            form.due = vec![DueForm {
                half: None,
                limit,
                at: None,
                site_default: rule.site_default,
                after_period: false,
            }];
            rule.on_holiday
        }
        Duty::Invariant(_) | Duty::Retention(_) | Duty::Conduct | Duty::Permission { .. } => {
            return None;
        }
    };
    form.on_holiday = match on_holiday {
        OnHoliday::Keep => "keep",
        OnHoliday::NextWorkingDay => "next-working-day",
    }
    .to_owned();
    Some(form)
}

fn deadline(model: &Model, deadline: Deadline) -> LimitForm {
    let before =
        |before: Backward| (before.length().to_string(), before.counted.as_str().to_owned());
    match deadline {
        Deadline::Within(length) => LimitForm::Within { length: length.to_string() },
        Deadline::Hours(hours) => LimitForm::Hours { hours: hours.0 },
        Deadline::Before(length) => {
            let (length, counted) = before(length);
            LimitForm::Before { length, counted }
        }
        Deadline::WithinBefore(length) => {
            let (length, counted) = before(length);
            LimitForm::WithinBefore { length, counted }
        }
        Deadline::InMonth { months_after, day } => LimitForm::InMonth { months_after, day },
        Deadline::SameDay | Deadline::OnOrBefore => LimitForm::SameDay,
        Deadline::DayBefore => LimitForm::DayBefore,
        Deadline::Letter => LimitForm::Letter { length: model.settings.undated_events.to_string() },
    }
}

fn asked(model: &Model, demand: &Demand) -> DemandForm {
    let draws = [("records", &demand.sample.records), ("users", &demand.sample.users)];
    let draw = |(measure, draw): (&str, &Option<SampleRule>)| {
        let draw = draw.as_ref()?;
        Some(SampleRuleForm {
            measure: measure.to_owned(),
            of: population(draw.of).to_owned(),
            tiers: draw.tiers.0.iter().map(tier).collect(),
        })
    };
    DemandForm {
        answered_by: demand.answered_by.as_str().to_owned(),
        sample: draws.into_iter().filter_map(draw).collect(),
        every_used_month: demand.sample.every_used_month,
        roles: demand.actors().map(|roles| model.role_words(roles)).collect(),
        after: demand.after.iter().map(|duty| model.obligation_path(*duty)).collect(),
        joint: model.party_words(&demand.joint),
        approval: demand.approval.map(|party| model.parties[party].words.clone()),
        approval_first: demand.approval_first,
        forms: model.forms.words(&demand.evidence),
        contains: model.items.words(&demand.contains),
        manner: model.manners.words(&demand.manner),
        unannounced: demand.unannounced,
        hours: demand.hours,
        courses: course_words(model, demand),
        to: demand.to.map(|party| model.parties[party].words.clone()),
        notify: model.party_words(&demand.notify),
    }
}

/// What a sample is drawn from, in a word.
pub fn population(of: Population) -> &'static str {
    match of {
        Population::Queries => "queries",
        Population::Users => "users",
        Population::Accounts => "accounts",
        Population::AuditedRecords(_) => "audited-records",
        Population::AuditedUsers(_) => "audited-users",
    }
}

/// A step of a sampling rule.
pub fn tier(tier: &Tier) -> TierForm {
    let (rate, fixed) = match tier.share {
        Share::Rate(rate) => (Some(rate.to_string()), None),
        Share::Fixed(number) => (None, Some(number)),
    };
    TierForm { up_to: tier.up_to, rate, fixed, min: tier.min, max: tier.max }
}

/// The hash of a rule's canonical form.
pub fn rule_hash(form: &RuleForm) -> String {
    sha256(canonical(form).as_bytes())
}

/// What the clauses of a duty say, in every version that has them.
pub fn clauses(model: &Model, obligation: &Obligation) -> Vec<ClauseForm> {
    let regulation = &model.regulations[obligation.regulation];
    let said = obligation.clauses.iter().flat_map(|clause| {
        regulation.versions.iter().filter_map(|version| {
            let text = version.text.clause(&clause.value)?.own_text();
            Some(ClauseForm {
                clause: clause.value.to_string(),
                version: version.slug.clone(),
                sha256: text_hash(&text),
                text,
            })
        })
    });
    said.collect()
}

/// The words of the courses of which hours count.
fn course_words(model: &Model, demand: &Demand) -> Vec<String> {
    demand.courses.iter().map(|course| model.courses[*course].slug.clone()).collect()
}
