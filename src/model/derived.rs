//! Events that follow from other records (`follows`): an account suspended for a year, a post that
//! ended, an audit with an anomaly, a paper sent, the answer to the step before. They join the table
//! of events, so that nothing the records show is passed over because nobody wrote an event. One that
//! somebody recorded stands for the one that follows; it may hold the answers too.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::Days;

use super::event::Source;
use super::{
    Duty, Event, EventKind, EventRule, Id, Model, Named, Obligation, Post, Regulation, Scope,
    ScopeKind, Subject, Table, Trigger, TriggerDay,
};
use crate::record::value::Group;
use crate::source::Span;
use crate::time::{Day, Instant};

/// Adds the events that follow from other records.
pub fn add(model: &mut Model) {
    let mut found = Found::default();
    // An event that follows from an answer may be answered itself: the chain ends with the rules.
    for _ in 0..=model.obligations.iter().count() {
        let before = found.events.len();
        for (_, obligation) in model.obligations.iter() {
            let Duty::Event(rule) = &obligation.duty else { continue };
            for trigger in &rule.follows {
                let sources = sources(model, &found.events, obligation, trigger);
                for source in sources {
                    found.add(model, obligation, rule, source);
                }
            }
        }
        if found.events.len() == before {
            break;
        }
    }
    if found.events.is_empty() {
        return;
    }
    let mut rows: Vec<Event> = model.events.iter().map(|(_, event)| event.clone()).collect();
    rows.extend(found.events);
    rows.sort_by(|a, b| a.slug.cmp(&b.slug));
    model.events = Table::new(rows);
}

/// A record that starts an event.
struct Start {
    source: Source,
    /// The part of the event's id that says where it comes from.
    name: String,
    subject: Subject,
    on: Day,
    /// The time of that day, if it is recorded.
    at: Option<Instant>,
    known_on: Day,
    known_at: Option<Instant>,
    span: Span,
    like: Option<Event>,
}

/// The events found so far.
#[derive(Default)]
struct Found {
    events: Vec<Event>,
    /// What has its event: kind, regulation, name of the source.
    done: HashSet<(Id<EventKind>, Id<Regulation>, String)>,
    /// Recorded events that stand for one that follows, by regulation.
    taken: HashSet<(String, Id<Regulation>)>,
}

impl Found {
    fn add(&mut self, model: &Model, obligation: &Obligation, rule: &EventRule, start: Start) {
        let key = (rule.event, obligation.regulation, start.name.clone());
        if !self.done.insert(key) {
            return;
        }
        // One that was recorded later stands for it from then on; before, it follows all the same.
        let recorded = self.recorded(model, obligation, rule, &start);
        let replaced_on = recorded.as_ref().map(|(_, known_on)| *known_on);
        if let Some((slug, known_on)) = recorded {
            self.taken.insert((slug, obligation.regulation));
            if known_on <= start.known_on {
                return;
            }
        }
        let mut slug = start.name.clone();
        let exists = |slug: &str, events: &[Event]| {
            model.events.find(slug).is_some() || events.iter().any(|one| one.slug == slug)
        };
        let mut number = 1;
        while exists(&slug, &self.events) {
            number += 1;
            slug = format!("{}-{number}", start.name);
        }
        let like = start.like;
        self.events.push(Event {
            slug,
            kind: rule.event,
            on: start.on,
            at: start.at,
            known_on: start.known_on,
            known_at: start.known_at,
            says_known_on: false,
            due: None,
            follows: Some(start.source),
            replaced_on,
            subject: start.subject,
            regulation: Some(obligation.regulation),
            finding: match start.source {
                Source::Finding(id) => Some(id),
                _ => None,
            },
            case: like.as_ref().and_then(|event| event.case.clone()),
            answers: like.map_or_else(Vec::new, |event| event.answers),
            destroyed: None,
            fields: Arc::new(Group { span: start.span, entries: Vec::new(), broken: Vec::new() }),
        });
    }

    /// The recorded event that stands for the one that would follow: of the kind, about the same, and
    /// linked with the finding or near in time. One stands for one.
    fn recorded(
        &self,
        model: &Model,
        obligation: &Obligation,
        rule: &EventRule,
        start: &Start,
    ) -> Option<(String, Day)> {
        let scopes = start.subject.scopes(model, obligation.scope);
        let audit = match start.source {
            Source::Audit(id) => Some(id),
            Source::Finding(id) => Some(model.findings[id].audit),
            _ => None,
        };
        let fits = |event: &&Event| {
            event.kind == rule.event
                && event.regulation.is_none_or(|only| only == obligation.regulation)
                && !self.taken.contains(&(event.slug.clone(), obligation.regulation))
                && event.subject.scopes(model, obligation.scope).iter().any(|s| scopes.contains(s))
        };
        let linked = |event: &&Event| {
            event.finding.is_some_and(|finding| Some(model.findings[finding].audit) == audit)
        };
        let near = |event: &&Event| {
            (event.on - start.on).num_days().abs() <= i64::from(model.settings.matching.same_event)
                && event.finding.is_none_or(|_| linked(event))
        };
        let rows = || model.events.iter().map(|(_, event)| event).filter(fits);
        let found = rows().find(linked).or_else(|| {
            rows().filter(near).min_by_key(|event| (event.on - start.on).num_days().abs())
        });
        found.map(|event| (event.slug.clone(), event.known_on))
    }
}

fn sources(
    model: &Model,
    found: &[Event],
    obligation: &Obligation,
    trigger: &Trigger,
) -> Vec<Start> {
    let regulation = obligation.regulation;
    let under = |system| model.systems[system].regulations.contains(&regulation);
    let mut starts = match &trigger.on {
        TriggerDay::AccountSuspended => model
            .accounts
            .iter()
            .filter(|(_, account)| under(account.system))
            .filter_map(|(id, account)| {
                let on = account.suspended_on?;
                Some(Start {
                    source: Source::Account(id),
                    name: format!("{}-suspended", account.slug),
                    subject: Subject::Account(id),
                    on,
                    at: None,
                    known_on: on,
                    known_at: None,
                    span: account.fields.span,
                    like: None,
                })
            })
            .collect(),
        TriggerDay::PostEnded => ended_posts(model, obligation, trigger),
        TriggerDay::AuditAnomaly => {
            let audits = model.audits.iter().filter(|(_, audit)| {
                audit.anomaly == Some(true) && is_of(model, obligation, trigger, audit.obligation)
            });
            audits
                .map(|(id, audit)| Start {
                    source: Source::Audit(id),
                    name: format!("{}-anomaly", audit.slug),
                    subject: subject(model, audit.scope),
                    on: audit.done_on,
                    at: audit.done_at,
                    known_on: audit.done_on,
                    known_at: audit.done_at,
                    span: audit.fields.span,
                    like: None,
                })
                .collect()
        }
        TriggerDay::FindingOf(grade) => {
            let findings = model.findings.iter().filter(|(_, finding)| {
                let audit = &model.audits[finding.audit];
                model.is_of_grade(finding, *grade)
                    && is_of(model, obligation, trigger, audit.obligation)
            });
            findings
                .map(|(id, finding)| {
                    let audit = &model.audits[finding.audit];
                    let account =
                        finding.account.filter(|_| obligation.scope == ScopeKind::Account);
                    Start {
                        source: Source::Finding(id),
                        // An audit's anomaly and its findings are one matter.
                        name: format!("{}-anomaly", audit.slug),
                        subject: account
                            .map_or_else(|| subject(model, audit.scope), Subject::Account),
                        on: finding.found_on,
                        at: finding.found_at,
                        known_on: finding.found_on,
                        known_at: finding.found_at,
                        span: finding.fields.span,
                        like: None,
                    }
                })
                .collect()
        }
        TriggerDay::Sent(duty) => sent(model, obligation, *duty),
        TriggerDay::Answered(duty) => answered(model, found, *duty),
    };
    if let Some(length) = trigger.after {
        for start in &mut starts {
            let passed = length.near(start.on, &model.calendar).0;
            start.on = passed.checked_add_days(Days::new(1)).unwrap_or(passed);
            start.known_on = start.on;
            (start.at, start.known_at) = (None, None);
        }
    }
    starts
}

/// Whether an audit of `duty` is one the trigger is about.
fn is_of(model: &Model, rule: &Obligation, trigger: &Trigger, duty: Id<Obligation>) -> bool {
    model.obligations[duty].regulation == rule.regulation
        && (trigger.answering.is_empty() || is_of_line(model, &trigger.answering, duty))
}

/// Whether a duty is one of some, or of the line of one.
fn is_of_line(model: &Model, duties: &[Id<Obligation>], duty: Id<Obligation>) -> bool {
    model.lineage(duty).iter().any(|one| duties.contains(one))
}

fn subject(model: &Model, scope: Scope) -> Subject {
    match scope {
        Scope::Agency(id) => Subject::Agency(id),
        Scope::Unit(id) => Subject::Unit(id),
        Scope::System(id) => Subject::System(id),
        Scope::Account(id) => Subject::Account(id),
        Scope::Post(id) => Subject::Post(id),
        Scope::Contractor(id) => Subject::Contractor(id),
        Scope::Entry(id) => Subject::Agency(model.entries[id].agency),
    }
}

/// A post that ended concerns the post itself, or each account of its holder that was open then.
fn ended_posts(model: &Model, obligation: &Obligation, trigger: &Trigger) -> Vec<Start> {
    let ahead = Days::new(u64::from(model.settings.matching.foreseen));
    let mut starts = Vec::new();
    for (id, post) in model.posts.iter() {
        let Some(until) = post.until else { continue };
        let meant =
            trigger.roles.is_empty() || post.roles.iter().any(|role| trigger.roles.contains(role));
        if !meant || goes_on(model, post, until) {
            continue;
        }
        let foreseen = until.checked_sub_days(ahead).unwrap_or(until);
        let mut start = |subject, name| {
            starts.push(Start {
                source: Source::Post(id),
                name,
                subject,
                on: until,
                at: None,
                known_on: foreseen,
                known_at: None,
                span: post.fields.span,
                like: None,
            });
        };
        if obligation.scope != ScopeKind::Account {
            start(Subject::Post(id), format!("{}-ended", post.slug));
            continue;
        }
        for (account_id, account) in model.accounts.iter() {
            let own =
                account.person == post.person && post.unit.is_none_or(|unit| unit == account.unit);
            let under = model.systems[account.system].regulations.contains(&obligation.regulation);
            let open = account.opened_on <= until
                // What was cancelled in view of the end answers what the end asks.
                && account.cancelled_on.is_none_or(|day| day >= foreseen)
                // What was opened for the post that comes after is not what was left behind.
                && model.posts.iter().all(|(_, next)| !followed_by(post, next, account.opened_on));
            if own && under && open {
                start(
                    Subject::Account(account_id),
                    format!("{}-{}-ended", post.slug, account.slug),
                );
            }
        }
    }
    starts
}

/// Whether `opened` lies in the time of a later post of the same person.
fn followed_by(post: &Post, next: &Post, opened: Day) -> bool {
    next.person == post.person
        && next.slug != post.slug
        && next.from > post.from
        && next.from.is_some_and(|from| opened >= from)
}

/// Whether the same person holds the same post on: its record was only divided.
fn goes_on(model: &Model, post: &Post, until: Day) -> bool {
    model.posts.iter().any(|(_, next)| {
        next.slug != post.slug
            && next.person == post.person
            && next.unit == post.unit
            && next.title == post.title
            && next.roles == post.roles
            && next.from.is_some_and(|from| from <= until + Days::new(1))
            && next.until.is_none_or(|end| end > until)
    })
}

/// Papers sent concern the systems the sender uses where the duty is of systems, else the sender.
fn sent(model: &Model, obligation: &Obligation, duty: Id<Obligation>) -> Vec<Start> {
    let mut starts = Vec::new();
    let line = model.lineage(duty);
    let papers = model.submissions.iter().filter(|(_, one)| line.contains(&one.obligation));
    for (id, submission) in papers {
        let agency = model.scope_agency(submission.scope);
        let mut start = |subject, name| {
            starts.push(Start {
                source: Source::Submission(id),
                name,
                subject,
                on: submission.sent_on,
                at: submission.sent_at,
                known_on: submission.sent_on,
                known_at: submission.sent_at,
                span: submission.fields.span,
                like: None,
            });
        };
        if obligation.scope != ScopeKind::System {
            start(subject(model, submission.scope), format!("{}-received", submission.slug));
            continue;
        }
        let used: BTreeSet<_> = model
            .units
            .iter()
            .filter(|(_, unit)| unit.agency == agency)
            .flat_map(|(_, unit)| unit.uses.iter().map(|used| used.system))
            .filter(|system| model.systems[*system].regulations.contains(&obligation.regulation))
            .collect();
        let several = used.len() > 1;
        for system in used {
            let name = match several {
                true => format!("{}-received-{}", submission.slug, model.systems[system].slug()),
                false => format!("{}-received", submission.slug),
            };
            start(Subject::System(system), name);
        }
    }
    starts
}

/// The first answer to each event of another duty; the event that follows has the same answers.
fn answered(model: &Model, found: &[Event], duty: Id<Obligation>) -> Vec<Start> {
    let asked = &model.obligations[duty];
    let Duty::Event(rule) = &asked.duty else { return Vec::new() };
    let events = model.events.iter().map(|(_, event)| event).chain(found);
    events
        .filter(|event| {
            event.kind == rule.event && event.regulation.is_none_or(|only| only == asked.regulation)
        })
        .filter_map(|event| {
            let answers = event.answers.iter();
            let first = answers
                .filter(|one| rule.answers.contains(&one.what))
                .min_by_key(|one| (one.on, one.moment()))?;
            // It is known once it is there and the event before it is known.
            let known = first.moment().max(event.known());
            Some(Start {
                source: Source::Answer,
                name: format!("{}-{}", event.slug, asked.slug),
                subject: event.subject.clone(),
                on: first.on,
                at: first.at,
                known_on: known.day(),
                known_at: known.at(),
                span: event.fields.span,
                like: Some(event.clone()),
            })
        })
        .collect()
}
