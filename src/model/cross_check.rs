//! What only the whole model can tell: that acts answer duties in periods and for scopes those
//! duties have.

use super::audit::AuditPeriod;
use super::{
    Answer, Duty, EventRule, Id, Model, Obligation, Only, Scope, ScopeKind, TriggerDay, Unit,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::value::{Data, Group};
use crate::time::Day;

/// Checks that acts answer duties that acts can answer, in periods those duties have.
pub fn answers(model: &Model, report: &mut Diagnostics) {
    let audits = model
        .audits
        .iter()
        .map(|(_, a)| (a.obligation, a.scope, a.period, (&a.fields, &a.joint[..]), Answer::Audit));
    let sent = model
        .submissions
        .iter()
        .map(|(_, s)| (s.obligation, s.scope, s.period, (&s.fields, &[][..]), Answer::Submission));
    for (id, scope, period, (fields, joint), answer) in audits.chain(sent) {
        let obligation = &model.obligations[id];
        let name_span = fields.text("obligation").map_or(fields.span, |text| text.span);
        let Some(demand) = obligation.duty.demand().filter(|demand| demand.answered_by == answer)
        else {
            let message =
                format!("`{}` is not answered by such a record", model.obligation_path(id));
            report.push(
                Diagnostic::new(Code::WrongScope, name_span, message)
                    .related(obligation.span, "the duty")
                    .help("name the duty this record answers"),
            );
            continue;
        };
        check_period(obligation, period, fields, report);
        check_scope(model, obligation, scope, fields, report);
        check_reach(model, obligation, (scope, period), fields, report);
        for (party, own) in fields.texts("joint").zip(joint) {
            if !demand.joint.iter().any(|known| model.same_party(*known, *own)) {
                let known = model.party_words(&demand.joint);
                report.push(
                    Diagnostic::new(
                        Code::UnknownWord,
                        party.span,
                        format!("the duty does not name the party `{}`", party.value),
                    )
                    .maybe_help(
                        did_you_mean(party.value, known.iter().map(String::as_str)).or_else(|| {
                            Some(format!("parties of this duty: {}", known.join("、")))
                        }),
                    ),
                );
            }
        }
    }
    for (_, waiver) in model.waivers.iter() {
        let obligation = &model.obligations[waiver.obligation];
        check_scope(model, obligation, waiver.scope, &waiver.fields, report);
    }
}

fn check_period(
    obligation: &Obligation,
    period: AuditPeriod,
    fields: &Group,
    report: &mut Diagnostics,
) {
    let every = match &obligation.duty {
        Duty::Periodic(periodic) => Some(periodic.every),
        _ => None,
    };
    let written = match period {
        AuditPeriod::Period(period) => Some(period.every()),
        AuditPeriod::ByDay => None,
    };
    if every == written || fields.is_broken("period") {
        return;
    }
    let (message, help) = match every {
        Some(every) => (
            format!("this duty is answered for a {}", every.as_str()),
            format!("write `period:` with a {}", every.as_str()),
        ),
        None => (
            "this duty is counted from the last time and has no periods".to_owned(),
            "remove `period`".to_owned(),
        ),
    };
    let span = fields.get("period").map_or(fields.span, |value| value.span);
    report.push(
        Diagnostic::new(Code::InvalidPeriod, span, message)
            .related(obligation.span, "the duty")
            .help(help),
    );
}

/// Checks that the duty has an occurrence in the period the record says it answers.
fn check_reach(
    model: &Model,
    obligation: &Obligation,
    (scope, period): (Scope, AuditPeriod),
    fields: &Group,
    report: &mut Diagnostics,
) {
    let (AuditPeriod::Period(period), Duty::Periodic(rule)) = (period, &obligation.duty) else {
        return;
    };
    let span = fields.get("period").map_or(fields.span, |value| value.span);
    let units = match scope {
        Scope::Unit(id) => std::slice::from_ref(&id).to_vec(),
        Scope::Agency(id) => model.agencies[id].units.clone(),
        _ => Vec::new(),
    };
    let first_use = units
        .iter()
        .flat_map(|unit| &model.units[*unit].uses)
        .filter(|used| model.systems[used.system].regulations.contains(&obligation.regulation))
        .map(|used| used.from)
        .min();
    let why = if first_use.is_some_and(|first| period.last_day() < first) {
        Some("the period lies before the first day of use".to_owned())
    } else if !rule.months.is_empty() && !rule.months.contains(&period.index()) {
        Some(format!("the duty has no occurrence in month {}", period.index()))
    } else if rule.only == Some(Only::WorkingDays) && !model.calendar.is_worked(period.first_day())
    {
        Some("offices do not work on that day".to_owned())
    } else {
        None
    };
    if let Some(why) = why {
        report.push(
            Diagnostic::new(
                Code::InvalidPeriod,
                span,
                format!("`{period}` is not asked for: {why}"),
            )
            .related(obligation.span, "the duty")
            .help("correct the period, or the day the system came into use"),
        );
    }
    for month in fields.group("sample").into_iter().flat_map(|sample| sample.list("months")) {
        if let Data::Period(covered) = month.data
            && !period.months().contains(&covered)
        {
            report.push(
                Diagnostic::new(
                    Code::InvalidPeriod,
                    month.span,
                    format!("the month `{covered}` does not lie in `{period}`"),
                )
                .help("correct the month, or the period"),
            );
        }
    }
}

/// Checks that events and what was done about them are in the words of the rules, and that their
/// deadlines lie within the office calendar.
pub fn events(model: &Model, report: &mut Diagnostics) {
    let rules: Vec<(Id<Obligation>, &EventRule)> = model
        .obligations
        .iter()
        .filter_map(|(id, obligation)| match &obligation.duty {
            Duty::Event(rule) => Some((id, rule)),
            _ => None,
        })
        .collect();
    let happened = |kind| &*model.event_kinds[kind].slug;
    for (_, event) in model.events.iter() {
        let started: Vec<_> = rules
            .iter()
            .copied()
            .filter(|(id, rule)| {
                let of = model.obligations[*id].regulation;
                rule.event == event.kind && event.regulation.is_none_or(|only| only == of)
            })
            .collect();
        if started.is_empty() {
            let span = event.fields.text("kind").map_or(event.fields.span, |kind| kind.span);
            let known = rules.iter().map(|(_, rule)| happened(rule.event));
            report.push(
                Diagnostic::new(
                    Code::UnknownWord,
                    span,
                    format!("no rule is about an event of kind `{}`", happened(event.kind)),
                )
                .help("use the word of a rule's `event`")
                .maybe_help(did_you_mean(happened(event.kind), known)),
            );
        }
        // The answer to a step is written with the record that started the chain of them.
        let mut steps = started.clone();
        let is_step =
            |steps: &[(Id<Obligation>, &EventRule)], id| steps.iter().any(|one| one.0 == id);
        let next = |steps: &[(Id<Obligation>, &EventRule)]| {
            let follows = |rule: &EventRule| {
                let answered = |day| matches!(day, TriggerDay::Answered(of) if is_step(steps, of));
                rule.follows.iter().any(|trigger| answered(trigger.on.clone()))
            };
            rules.iter().copied().find(|(id, rule)| !is_step(steps, *id) && follows(rule))
        };
        while let Some(step) = next(&steps) {
            steps.push(step);
        }
        // Without `answer` any answer does.
        let any = steps.iter().any(|(_, rule)| rule.answers.is_empty());
        let answers = steps.iter().flat_map(|(_, rule)| rule.answers.iter().chain(&rule.anew));
        let answers: Vec<&str> = answers.map(|kind| &*model.answer_kinds[*kind].slug).collect();
        for answer in event.fields.groups("answers") {
            let Some(what) = answer.text("what") else { continue };
            if !started.is_empty() && !any && !answers.contains(&what.value) {
                report.push(
                    Diagnostic::new(
                        Code::UnknownWord,
                        what.span,
                        format!(
                            "no rule about `{}` is answered by `{}`",
                            happened(event.kind),
                            what.value
                        ),
                    )
                    .help(format!("answers of such events: {}", answers.join(", ")))
                    .maybe_help(did_you_mean(what.value, answers.iter().copied())),
                );
            }
        }
        for (id, rule) in started {
            if let Err(missing) = rule.nominal_due(event, &model.calendar) {
                // The day of knowing is that of the event where nothing else is written.
                let known = event.fields.get("known_on").filter(|_| rule.from_known);
                let counted = known.or_else(|| event.fields.get("on"));
                let span = counted.map_or(event.fields.span, |value| value.span);
                report.push(
                    Diagnostic::new(Code::MissingCalendarYear, span, missing.to_string())
                        .related(model.obligations[id].span, "this duty counts working days")
                        .help(format!("add the year {} to `content/calendar.yaml`", missing.0)),
                );
            }
        }
    }
}

/// Checks what records say of each other's days, clauses and use.
pub fn records(model: &Model, report: &mut Diagnostics) {
    for (_, usage) in model.usage.iter() {
        let unit = &model.units[usage.unit];
        let in_use = unit.uses.iter().any(|used| {
            used.system == usage.system
                && used.from <= usage.month.last_day()
                && used.until.is_none_or(|until| until >= usage.month.first_day())
        });
        if !in_use {
            let message = format!(
                "`{}` does not use `{}` in {}",
                unit.slug, model.systems[usage.system].slug, usage.month
            );
            report.push(
                Diagnostic::new(Code::InconsistentDates, usage.fields.span, message)
                    .related(unit.fields.span, "the unit and the systems it uses")
                    .help("correct the unit's `uses`, or the record of usage"),
            );
        }
    }
    for (_, unit) in model.units.iter() {
        for (place, used) in unit.uses.iter().enumerate() {
            let overlaps = unit.uses[..place].iter().any(|earlier| {
                earlier.system == used.system
                    && earlier.from <= used.until.unwrap_or(Day::MAX)
                    && used.from <= earlier.until.unwrap_or(Day::MAX)
            });
            if overlaps {
                let message =
                    format!("two uses of `{}` overlap in time", model.systems[used.system].slug);
                report.push(
                    Diagnostic::new(Code::DuplicateRecord, unit.fields.key_span("uses"), message)
                        .help("join them into one, or end the first before the second begins"),
                );
            }
        }
    }
    for (_, finding) in model.findings.iter() {
        let audit = &model.audits[finding.audit];
        if finding.found_on < audit.started_on {
            let message = format!(
                "`{}` was found on {}, before its audit began on {}",
                finding.slug, finding.found_on, audit.started_on
            );
            report.push(
                Diagnostic::new(
                    Code::InconsistentDates,
                    finding.fields.key_span("found_on"),
                    message,
                )
                .related(audit.fields.key_span("done_on"), "the audit")
                .help("correct one of the two; an audit of several days has `started_on` too"),
            );
        }
        let regulation = &model.regulations[model.obligations[audit.obligation].regulation];
        for written in finding.fields.texts("clauses") {
            let known = written.value.parse().is_ok_and(|number| regulation.knows_clause(&number));
            if !known {
                let message = format!("no clause `{}` in {}", written.value, regulation.slug);
                report.push(
                    Diagnostic::new(Code::UnknownClause, written.span, message)
                        .help("name a clause of the regulation the audit's duty stands in"),
                );
            }
        }
    }
}

fn check_scope(
    model: &Model,
    obligation: &Obligation,
    scope: Scope,
    fields: &Group,
    report: &mut Diagnostics,
) {
    let uses = |unit: Id<Unit>| {
        model.units[unit]
            .uses
            .iter()
            .any(|used| model.systems[used.system].regulations.contains(&obligation.regulation))
    };
    let falls_under = match scope {
        Scope::Unit(id) => {
            uses(id) && (obligation.scope != ScopeKind::Office || model.units[id].is_office)
        }
        Scope::Agency(id) => model.units.iter().any(|(unit, row)| row.agency == id && uses(unit)),
        Scope::System(id) => model.systems[id].regulations.contains(&obligation.regulation),
        Scope::Account(id) => {
            model.systems[model.accounts[id].system].regulations.contains(&obligation.regulation)
        }
        Scope::Entry(id) => {
            model.systems[model.entries[id].system].regulations.contains(&obligation.regulation)
        }
        Scope::Contractor(id) => model.contractors[id]
            .systems
            .iter()
            .any(|system| model.systems[*system].regulations.contains(&obligation.regulation)),
        Scope::Post(_) => true,
    };
    if !falls_under {
        let span = fields.text("scope").map_or(fields.span, |text| text.span);
        let message = format!("the duty is not laid on `{}`", model.scope_slug(scope));
        report.push(
            Diagnostic::new(Code::WrongScope, span, message)
                .related(obligation.span, "the duty")
                .help("it holds only where a system under the regulation is in use"),
        );
    }
}
