//! Resolve: [`Parsed`](crate::parse::Parsed) becomes a [`Model`]: names become ids, links go both
//! ways, every value means something. Frozen from here on; holds no statuses and no today.

pub mod account;
pub mod agency;
pub mod appearance;
pub mod audit;
mod check;
mod classified;
mod clause_form;
pub mod condition;
mod cross_check;
pub mod demand;
mod derived;
mod destroyed;
pub mod difference;
pub mod entry;
pub mod event;
pub mod event_kind;
pub mod evidence;
pub mod finding;
pub mod grade;
pub mod guidance;
mod id;
pub mod independence;
mod interned;
mod kinded;
mod known;
mod link;
mod lookup;
mod names;
pub mod obligation;
pub mod party;
pub mod person;
mod published;
pub mod question;
mod reference;
pub mod regulation;
mod resolve;
mod retention;
pub mod role;
mod rule;
pub mod sample;
pub mod scope_kind;
pub mod settings;
pub mod strictness;
pub mod suspicion;
pub mod term;
pub mod usage;
pub mod waiver;
pub mod worded;
mod wording;
pub mod written_for;

pub use account::{Account, Form, FormKind};
pub use agency::{Agency, Contractor, Post, System, Training, Unit, Use};
pub use appearance::{Appearance, Colour};
pub use audit::{Approval, Audit, AuditPeriod, AuthorityApproval, Submission};
pub use condition::{Condition, Indeterminate};
pub use demand::{Answer, Demand, is_answered_by_audits};
pub use destroyed::Destroyed;
pub use entry::Entry;
pub use event::{Event, EventAnswer, Subject};
pub use event_kind::{AnswerKind, Course, EventKind};
pub use evidence::{Evidence, EvidenceUser};
pub use finding::{Action, Explanation, Finding, Report};
pub use grade::{Grade, GradeName};
pub use guidance::Guidance;
pub use id::{Id, Lists, Named, Table};
pub use independence::Independence;
pub use known::Known;
pub use obligation::{
    Accepted, Deadline, DueDay, DueRule, Duty, EventRule, Gap, Interval, Invariant, Obligation,
    OnHoliday, Only, Periodic, Trigger, TriggerDay, Uncounted,
};
pub use party::Party;
pub use person::Person;
pub use question::{Authority, Decision, Question};
pub use regulation::attachment::Attachment;
pub use regulation::citation::{Citation, Target, citations};
pub use regulation::in_force::{ClauseOn, Days};
pub use regulation::version::{Judged, Version};
pub use regulation::{PlainClause, Regulation};
pub use resolve::{resolve, resolve_again, resolve_by};
pub use retention::{KeepFrom, KeepTerm, KeepWhat, Retention};
pub use role::{Reach, Role, RoleName, Topic};
pub use sample::{Population, Sample, SampleRule, SampleSize, SizeTiers, Tier};
pub use scope_kind::ScopeKind;
pub use settings::Settings;
pub use suspicion::{Change, Suspicion};
pub use term::Term;
pub use usage::Usage;
pub use waiver::Waiver;
pub use worded::{EvidenceForm, Manner, PaperItem, Worded};
pub use written_for::{Confirmed, WrittenFor};

use std::borrow::Cow;

use std::sync::Arc;

use crate::record::kinds::Kinds;
use crate::record::value::Group;
use crate::time::{Day, OfficeCalendar};

/// What a duty is laid on: one agency, one unit, one account …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    Agency(Id<Agency>),
    Unit(Id<Unit>),
    System(Id<System>),
    Account(Id<Account>),
    Post(Id<Post>),
    Contractor(Id<Contractor>),
    /// An entry of a register.
    Entry(Id<Entry>),
}

/// Immutable resolved inputs, independent of the as-of date.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The kinds of records there are.
    pub kinds: &'static Kinds,
    pub settings: Settings,
    pub calendar: Arc<OfficeCalendar>,
    pub agencies: Table<Agency>,
    pub units: Table<Unit>,
    pub systems: Table<System>,
    pub posts: Table<Post>,
    /// Whoever a record names, in the order in which they are named.
    pub people: Table<Person>,
    pub accounts: Table<Account>,
    pub usage: Table<Usage>,
    pub audits: Table<Audit>,
    pub submissions: Table<Submission>,
    pub trainings: Table<Training>,
    pub contractors: Table<Contractor>,
    pub events: Table<Event>,
    /// Whatever kind of event, and of what is done about one, a record or a rule names, in the order
    /// in which they are named.
    pub event_kinds: Table<EventKind>,
    pub answer_kinds: Table<AnswerKind>,
    /// Forms as records and rules word them, in the order in which they are named.
    pub forms: Table<EvidenceForm>,
    pub items: Table<PaperItem>,
    pub manners: Table<Manner>,
    pub courses: Table<Course>,
    /// Sorted by kind, then by slug.
    pub entries: Table<Entry>,
    pub findings: Table<Finding>,
    /// Grades as findings and rules name them, in the order in which they are named.
    pub grade_names: Table<GradeName>,
    pub evidence: Table<Evidence>,
    pub waivers: Table<Waiver>,
    pub guidance: Table<Guidance>,
    pub roles: Table<Role>,
    /// Roles as posts, accounts and rules name them, in the order in which they are named.
    pub role_names: Table<RoleName>,
    /// Parties as rules, records and roles word them, in the order in which they are named.
    pub parties: Table<Party>,
    pub topics: Table<Topic>,
    /// The site's own vocabulary.
    pub terms: Table<Term>,
    pub regulations: Table<Regulation>,
    pub obligations: Table<Obligation>,
    lookup: lookup::Lookup,
}

impl Model {
    /// The slug of a scope.
    pub fn scope_slug(&self, scope: Scope) -> &str {
        match scope {
            Scope::Agency(id) => self.agencies[id].slug(),
            Scope::Unit(id) => self.units[id].slug(),
            Scope::System(id) => self.systems[id].slug(),
            Scope::Account(id) => self.accounts[id].slug(),
            Scope::Post(id) => self.posts[id].slug(),
            Scope::Contractor(id) => self.contractors[id].slug(),
            Scope::Entry(id) => self.entries[id].slug(),
        }
    }

    /// The name of a scope as people say it: accounts and entries of
    /// registers, which have no title, by what they are about.
    pub fn scope_name(&self, scope: Scope) -> Cow<'_, str> {
        Cow::Borrowed(match scope {
            Scope::Agency(id) => &self.agencies[id].name,
            Scope::Unit(id) => &self.units[id].name,
            Scope::System(id) => &self.systems[id].name,
            Scope::Account(_) | Scope::Entry(_) => return Cow::Owned(self.record_name(scope)),
            Scope::Post(id) => &self.posts[id].title,
            Scope::Contractor(id) => &self.contractors[id].name,
        })
    }

    /// The agency that answers for a scope.
    pub fn scope_agency(&self, scope: Scope) -> Id<Agency> {
        match scope {
            Scope::Agency(id) => id,
            Scope::Unit(id) => self.units[id].agency,
            Scope::System(id) => self.systems[id].agency,
            Scope::Account(id) => self.units[self.accounts[id].unit].agency,
            Scope::Post(id) => self.posts[id].agency,
            Scope::Contractor(id) => self.contractors[id].agency,
            Scope::Entry(id) => self.entries[id].agency,
        }
    }

    /// The unit a scope lies in, if it lies in one.
    pub fn scope_unit(&self, scope: Scope) -> Option<Id<Unit>> {
        match scope {
            Scope::Unit(id) => Some(id),
            Scope::Account(id) => Some(self.accounts[id].unit),
            Scope::Post(id) => self.posts[id].unit,
            Scope::Entry(id) => self.entries[id].unit,
            Scope::Agency(_) | Scope::System(_) | Scope::Contractor(_) => None,
        }
    }

    /// The systems a scope is of: a contractor works on several.
    pub fn scope_systems(&self, scope: Scope) -> Vec<Id<System>> {
        match scope {
            Scope::System(id) => vec![id],
            Scope::Account(id) => vec![self.accounts[id].system],
            Scope::Entry(id) => vec![self.entries[id].system],
            Scope::Contractor(id) => self.contractors[id].systems.clone(),
            Scope::Agency(_) | Scope::Unit(_) | Scope::Post(_) => Vec::new(),
        }
    }

    /// The record of a scope, as written.
    pub fn scope_fields(&self, scope: Scope) -> &Group {
        match scope {
            Scope::Agency(id) => &self.agencies[id].fields,
            Scope::Unit(id) => &self.units[id].fields,
            Scope::System(id) => &self.systems[id].fields,
            Scope::Account(id) => &self.accounts[id].fields,
            Scope::Post(id) => &self.posts[id].fields,
            Scope::Contractor(id) => &self.contractors[id].fields,
            Scope::Entry(id) => &self.entries[id].fields,
        }
    }

    /// A day in the record of a scope, by its path: `cancelled_on`, `cancellation.applied_on`.
    pub fn recorded_day(&self, scope: Scope, path: &str) -> Option<Day> {
        let fields = self.scope_fields(scope);
        match path.split_once('.') {
            Some((group, key)) => fields.group(group)?.date(key),
            None => fields.date(path),
        }
    }

    /// A duty with those it took the place of and those that took its place (`succeeds`), in the
    /// order of the rules: what another rule says of one is said of each in its own time.
    pub fn lineage(&self, id: Id<Obligation>) -> Vec<Id<Obligation>> {
        let mut line = vec![id];
        loop {
            let of_line = |other: &Id<Obligation>| {
                let before = self.obligations[*other].succeeds;
                before.is_some_and(|before| line.contains(&before))
                    || line.iter().any(|one| self.obligations[*one].succeeds == Some(*other))
            };
            let more: Vec<Id<Obligation>> = self
                .obligations
                .ids()
                .filter(|other| !line.contains(other) && of_line(other))
                .collect();
            if more.is_empty() {
                break;
            }
            line.extend(more);
        }
        line.sort_unstable();
        line
    }

    /// An obligation's public name, `REGULATION/OBLIGATION`.
    pub fn obligation_path(&self, id: Id<Obligation>) -> String {
        let obligation = &self.obligations[id];
        format!("{}/{}", self.regulations[obligation.regulation].slug, obligation.slug)
    }
}
