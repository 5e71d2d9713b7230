//! What happened, or will, and what was done about it.

use std::sync::Arc;

use super::audit::{AuthorityApproval, approval};
use super::destroyed::Destroyed;
use super::names::{Kinded, Names};
use super::person::Whose;
use super::{
    Account, Agency, AnswerKind, Approval, Audit, Contractor, EventKind, Evidence, Finding, Id,
    Manner, Model, Named, PaperItem, Party, Person, Post, Regulation, Scope, ScopeKind, Submission,
    System, Unit,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::value::Group;
use crate::source::Span;
use crate::time::{Day, Instant, Moment};

/// A dated event: it starts the clock of every duty that names its kind.
#[derive(Clone, Debug)]
pub struct Event {
    pub slug: String,
    pub kind: Id<EventKind>,
    /// The day it happened, or will.
    pub on: Day,
    /// The time of that day, if it is recorded.
    pub at: Option<Instant>,
    /// The day it was known, before or after; the record counts from then.
    pub known_on: Day,
    /// The time it was known, if that is recorded.
    pub known_at: Option<Instant>,
    /// The record says so; else it is known on the day it happened.
    pub says_known_on: bool,
    /// The limit that a letter set.
    pub due: Option<Day>,
    /// The record it follows from, if nobody recorded it.
    pub follows: Option<Source>,
    /// The day from which a recorded event, known later, stands for the one that follows.
    pub replaced_on: Option<Day>,
    pub subject: Subject,
    /// Only duties of this regulation; none: of every regulation the subject falls under.
    pub regulation: Option<Id<Regulation>>,
    /// The finding it came from.
    pub finding: Option<Id<Finding>>,
    /// Events of one case show as one line of steps.
    pub case: Option<String>,
    /// In the order of their days.
    pub answers: Vec<EventAnswer>,
    pub destroyed: Option<Destroyed>,
    pub fields: Arc<Group>,
}

/// The record an event follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    Account(Id<Account>),
    Post(Id<Post>),
    Audit(Id<Audit>),
    Finding(Id<Finding>),
    Submission(Id<Submission>),
    /// What was done about another event.
    Answer,
}

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Account(Id<Account>),
    /// A person: every account of theirs.
    Person(Id<Person>),
    Unit(Id<Unit>),
    Agency(Id<Agency>),
    System(Id<System>),
    Post(Id<Post>),
    Contractor(Id<Contractor>),
}

/// Something done about an event.
#[derive(Clone, Debug)]
pub struct EventAnswer {
    pub what: Id<AnswerKind>,
    pub on: Day,
    /// The time of that day, if it is recorded.
    pub at: Option<Instant>,
    pub by: Option<Id<Post>>,
    /// Who was told.
    pub to: Vec<Id<Party>>,
    /// Who took part (會同).
    pub joint: Vec<Id<Party>>,
    /// Only for this account.
    pub account: Option<Id<Account>>,
    pub document: Option<String>,
    pub approved: Option<Approval>,
    /// The approval by an authority outside; never beside `approved`.
    pub authority: Option<AuthorityApproval>,
    /// What stands in the paper of what must; `None`: not recorded.
    pub contains: Option<Vec<Id<PaperItem>>>,
    /// In what manner; `None`: not recorded.
    pub manner: Option<Id<Manner>>,
    pub evidence: Vec<Id<Evidence>>,
}

impl Named for Event {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Event {
    /// When it happened, as far as it is recorded.
    pub fn happened(&self) -> Moment {
        Moment::of(self.on, self.at)
    }

    /// When it was known, as far as it is recorded.
    pub fn known(&self) -> Moment {
        Moment::of(self.known_on, self.known_at)
    }

    /// Where its id is written; of one that follows, its source.
    pub fn place(&self) -> Span {
        self.fields.get("id").map_or(self.fields.span, |id| id.span)
    }

    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let (on, at) = (fields.date("on")?, fields.instant("at"));
        let known_at = fields.instant("known_at");
        let says_known_on = fields.date("known_on").or(known_at.map(Instant::day));
        let mut answers: Vec<EventAnswer> = fields
            .groups("answers")
            .filter_map(|answer| {
                let (approved, authority) = approval(answer, None, names, report);
                Some(EventAnswer {
                    what: names.answer_kind(&answer.string("what")),
                    on: answer.date("on")?,
                    at: answer.instant("at"),
                    by: names.get(answer, "by", report),
                    to: names.parties(answer, "to"),
                    joint: names.parties(answer, "joint"),
                    account: names.get(answer, "account", report),
                    document: answer.maybe_string("document"),
                    approved,
                    authority,
                    contains: names.contents(answer),
                    manner: names.maybe_manner(answer),
                    evidence: names.list(answer, "evidence", report),
                })
            })
            .collect();
        answers.sort_by_key(|answer| (answer.on, answer.at));
        Some(Self {
            slug: fields.string("id"),
            kind: names.event_kind(&fields.string("kind")),
            on,
            at,
            known_on: says_known_on.unwrap_or(on),
            // Without a word of its own it was known when it happened.
            known_at: if says_known_on.is_some() { known_at } else { at },
            says_known_on: says_known_on.is_some(),
            due: fields.date("due"),
            follows: None,
            replaced_on: None,
            subject: Subject::resolve(fields, names, report)?,
            regulation: names.get(fields, "regulation", report),
            finding: names.get(fields, "finding", report),
            case: fields.maybe_string("case"),
            answers,
            destroyed: Destroyed::resolve(fields, names, report),
            fields: Arc::new(fields.clone()),
        })
    }
}

impl EventAnswer {
    /// When it was done, as far as it is recorded.
    pub fn moment(&self) -> Moment {
        Moment::of(self.on, self.at)
    }
}

/// The keys that name a subject; an event has exactly one of them.
const SUBJECTS: [&str; 7] = ["account", "staff", "unit", "agency", "system", "post", "contractor"];

impl Subject {
    fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let written: Vec<&str> =
            SUBJECTS.into_iter().filter(|key| fields.is_written(key)).collect();
        // The agency beside a staff code says whose code it is.
        let written = if written == ["staff", "agency"] { vec!["staff"] } else { written };
        let [key] = written[..] else {
            let message = match written[..] {
                [] => "the event does not say what it is about".to_owned(),
                _ => format!("the event is about several things: {}", written.join(", ")),
            };
            report.push(
                Diagnostic::new(Code::MissingKey, fields.span, message)
                    .help(format!("write exactly one of {}", SUBJECTS.join(", "))),
            );
            return None;
        };
        Some(match key {
            "account" => Subject::Account(names.get(fields, key, report)?),
            "staff" => Subject::Person(person(fields, names, report)?),
            "unit" => Subject::Unit(names.get(fields, key, report)?),
            "agency" => Subject::Agency(names.get(fields, key, report)?),
            "system" => Subject::System(names.get(fields, key, report)?),
            "post" => Subject::Post(names.get(fields, key, report)?),
            _ => Subject::Contractor(names.get(fields, key, report)?),
        })
    }

    /// The scopes of a kind that an event about this concerns: itself, what it lies in, or for a
    /// person each of their accounts.
    pub fn scopes(&self, model: &Model, kind: ScopeKind) -> Vec<Scope> {
        let own = match self {
            Subject::Account(id) => vec![Scope::Account(*id)],
            Subject::Person(person) => model
                .accounts
                .iter()
                .filter(|(_, account)| account.person == *person)
                .map(|(id, _)| Scope::Account(id))
                .collect(),
            Subject::Unit(id) => vec![Scope::Unit(*id)],
            Subject::Agency(id) => vec![Scope::Agency(*id)],
            Subject::System(id) => vec![Scope::System(*id)],
            Subject::Post(id) => vec![Scope::Post(*id)],
            Subject::Contractor(id) => vec![Scope::Contractor(*id)],
        };
        let mut scopes: Vec<Scope> =
            own.into_iter().filter_map(|scope| raise(model, scope, kind)).collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }
}

/// The person whose code stands under `staff`, in the agency beside it or in the only one that has it.
fn person(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Id<Person>> {
    let staff = fields.text("staff")?;
    if fields.is_written("agency") {
        return Some(names.people.of_agency(names.get(fields, "agency", report), staff.value));
    }
    let only = (names.count(Agency::KIND) == 1).then(|| Id::new(0));
    match names.people.anywhere(staff.value, only) {
        Whose::One(person) => Some(person),
        Whose::Several => {
            let message = format!("several agencies have somebody with the code `{}`", staff.value);
            report.push(
                Diagnostic::new(Code::AmbiguousPerson, staff.span, message)
                    .help("write the person's agency beside it, under `agency`"),
            );
            None
        }
    }
}

/// The scope of a kind that `scope` is or lies in.
fn raise(model: &Model, scope: Scope, kind: ScopeKind) -> Option<Scope> {
    match (kind, scope) {
        (ScopeKind::Account, Scope::Account(_))
        | (ScopeKind::System, Scope::System(_))
        | (ScopeKind::Post, Scope::Post(_))
        | (ScopeKind::Contractor, Scope::Contractor(_)) => Some(scope),
        (ScopeKind::Unit, _) => model.scope_unit(scope).map(Scope::Unit),
        (ScopeKind::Office, _) => {
            model.scope_unit(scope).filter(|id| model.units[*id].is_office).map(Scope::Unit)
        }
        (ScopeKind::Agency, _) => Some(Scope::Agency(model.scope_agency(scope))),
        (ScopeKind::System, Scope::Account(id)) => Some(Scope::System(model.accounts[id].system)),
        _ => None,
    }
}
