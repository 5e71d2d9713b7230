//! Whether those who did an act were free to: not the ones of the time before, not in a role that
//! is audited, not users themselves. Every offence names the record it is seen from.

use std::collections::{HashMap, HashSet};

use super::record_ref::RecordRef;
use crate::model::{
    Account, Audit, AuditPeriod, Id, Independence, Lists, Model, Obligation, Person, Post,
    RoleName, Scope, System,
};
use crate::time::Day;

/// Why an auditor was not free, or why it cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndependenceIssue {
    /// Did the act before, too.
    SameAuditor { auditor: Id<Post>, before: Id<Audit> },
    /// Looked at the same person the time before, too.
    SamePerson { auditor: Id<Post>, person: Id<Person>, before: Id<Audit> },
    /// Holds a post in the agency that is audited, in a role that may not audit.
    HoldsRole { auditor: Id<Post>, post: Id<Post>, role: Id<RoleName> },
    /// Has an account that is audited.
    IsUser { auditor: Id<Post>, account: Id<Account> },
    /// A doubt: who did it is not recorded.
    NoAuditors { audit: Id<Audit> },
    /// A doubt: nobody is recorded in a role that may not audit; a misspelt role is seen here too.
    RoleUnrecorded { audit: Id<Audit>, role: Id<RoleName> },
    /// A doubt: the same auditor, but one of the acts does not say whom it looked at.
    PersonsUnknown { auditor: Id<Post>, before: Id<Audit> },
}

impl IndependenceIssue {
    /// An offence rather than a doubt.
    pub fn is_breach(&self) -> bool {
        match self {
            IndependenceIssue::SameAuditor { .. }
            | IndependenceIssue::SamePerson { .. }
            | IndependenceIssue::HoldsRole { .. }
            | IndependenceIssue::IsUser { .. } => true,
            IndependenceIssue::NoAuditors { .. }
            | IndependenceIssue::RoleUnrecorded { .. }
            | IndependenceIssue::PersonsUnknown { .. } => false,
        }
    }

    /// The word of its texts.
    pub fn as_str(&self) -> &'static str {
        match self {
            IndependenceIssue::SameAuditor { .. } => "same-auditor",
            IndependenceIssue::SamePerson { .. } => "same-person",
            IndependenceIssue::HoldsRole { .. } => "holds-role",
            IndependenceIssue::IsUser { .. } => "is-user",
            IndependenceIssue::NoAuditors { .. } => "no-auditors",
            IndependenceIssue::RoleUnrecorded { .. } => "role-unrecorded",
            IndependenceIssue::PersonsUnknown { .. } => "persons-unknown",
        }
    }

    /// The other record; the audit itself where there is none.
    pub fn against(&self) -> RecordRef {
        match self {
            IndependenceIssue::SameAuditor { before, .. }
            | IndependenceIssue::SamePerson { before, .. }
            | IndependenceIssue::PersonsUnknown { before, .. } => RecordRef::Audit(*before),
            IndependenceIssue::HoldsRole { post, .. } => RecordRef::Scope(Scope::Post(*post)),
            IndependenceIssue::IsUser { account, .. } => RecordRef::Scope(Scope::Account(*account)),
            IndependenceIssue::NoAuditors { audit }
            | IndependenceIssue::RoleUnrecorded { audit, .. } => RecordRef::Audit(*audit),
        }
    }

    /// The auditor it is about.
    pub fn auditor(&self) -> Option<Id<Post>> {
        match self {
            IndependenceIssue::SameAuditor { auditor, .. }
            | IndependenceIssue::SamePerson { auditor, .. }
            | IndependenceIssue::HoldsRole { auditor, .. }
            | IndependenceIssue::IsUser { auditor, .. }
            | IndependenceIssue::PersonsUnknown { auditor, .. } => Some(*auditor),
            IndependenceIssue::NoAuditors { .. } | IndependenceIssue::RoleUnrecorded { .. } => None,
        }
    }
}

/// The acts up to a day, in the order they were done, and what people do beside auditing.
pub struct Acts<'a> {
    model: &'a Model,
    by_scope: Lists<(Id<Obligation>, Scope), Audit>,
    by_person: Lists<(Id<Obligation>, Id<Person>), Audit>,
    /// Every role some post has.
    roles: HashSet<Id<RoleName>>,
    accounts_of: Lists<Id<Person>, Account>,
}

impl<'a> Acts<'a> {
    /// The acts done by the as-of date.
    pub fn new(model: &'a Model) -> Self {
        let mut acts = Self {
            model,
            by_scope: HashMap::new(),
            by_person: HashMap::new(),
            roles: HashSet::new(),
            accounts_of: HashMap::new(),
        };
        let mut done: Vec<(Id<Audit>, &Audit)> = model.audits.iter().collect();
        done.sort_by_key(|(id, audit)| (audit.done_on, *id));
        for (id, audit) in done {
            acts.by_scope.entry((audit.obligation, audit.scope)).or_default().push(id);
            for person in &audit.audited {
                acts.by_person.entry((audit.obligation, *person)).or_default().push(id);
            }
        }
        for (_, post) in model.posts.iter() {
            acts.roles.extend(&post.roles);
        }
        for (id, account) in model.accounts.iter() {
            acts.accounts_of.entry(account.person).or_default().push(id);
        }
        acts
    }

    /// What stands against the auditors of an act; empty if nothing does.
    pub fn grounds(&self, asked: &Independence, id: Id<Audit>) -> Vec<IndependenceIssue> {
        let audit = &self.model.audits[id];
        if audit.auditors.is_empty() {
            return vec![IndependenceIssue::NoAuditors { audit: id }];
        }
        let mut grounds = Vec::new();
        let unrecorded = asked.not_roles.iter().filter(|role| !self.roles.contains(role));
        grounds.extend(
            unrecorded.map(|role| IndependenceIssue::RoleUnrecorded { audit: id, role: *role }),
        );
        if asked.not_previous {
            if audit.audited.is_empty() {
                self.same_auditor(id, &mut grounds);
            } else {
                self.same_person(id, &mut grounds);
            }
        }
        for auditor in &audit.auditors {
            self.other_role(asked, audit, *auditor, &mut grounds);
            if asked.not_users {
                self.user(audit, *auditor, &mut grounds);
            }
        }
        grounds
    }

    /// The act before, where this one does not say whom it looked at.
    fn same_auditor(&self, id: Id<Audit>, grounds: &mut Vec<IndependenceIssue>) {
        let audit = &self.model.audits[id];
        let Some(before) = self.before(id, self.by_scope.get(&(audit.obligation, audit.scope)))
        else {
            return;
        };
        if self.model.audits[before].auditors.is_empty() {
            grounds.push(IndependenceIssue::NoAuditors { audit: before });
        }
        let unsure = !self.model.audits[before].audited.is_empty();
        grounds.extend(self.common(id, before).map(|auditor| {
            if unsure {
                IndependenceIssue::PersonsUnknown { auditor, before }
            } else {
                IndependenceIssue::SameAuditor { auditor, before }
            }
        }));
    }

    /// The last time each person was looked at; an act on the same scope between that does not
    /// say whom it looked at may have been that time.
    fn same_person(&self, id: Id<Audit>, grounds: &mut Vec<IndependenceIssue>) {
        let audit = &self.model.audits[id];
        let scope = self.by_scope.get(&(audit.obligation, audit.scope));
        let last_of_scope = self.before(id, scope);
        let silent = last_of_scope.filter(|id| self.model.audits[*id].audited.is_empty());
        if let Some(before) = silent {
            if self.model.audits[before].auditors.is_empty() {
                grounds.push(IndependenceIssue::NoAuditors { audit: before });
            }
            let doubts = self.common(id, before);
            grounds.extend(
                doubts.map(|auditor| IndependenceIssue::PersonsUnknown { auditor, before }),
            );
        }
        for person in &audit.audited {
            let list = self.by_person.get(&(audit.obligation, *person));
            let Some(before) = self.before(id, list) else { continue };
            let later = silent.is_some_and(|silent| self.place(silent) > self.place(before));
            if later {
                continue;
            }
            let unsaid = IndependenceIssue::NoAuditors { audit: before };
            // Several persons may have been looked at by the same act.
            if self.model.audits[before].auditors.is_empty() && !grounds.contains(&unsaid) {
                grounds.push(unsaid);
            }
            grounds.extend(self.common(id, before).map(|auditor| IndependenceIssue::SamePerson {
                auditor,
                person: *person,
                before,
            }));
        }
    }

    /// Acts stand in the order of their days, and on one day in that of their names.
    fn place(&self, id: Id<Audit>) -> (Day, Id<Audit>) {
        (self.model.audits[id].done_on, id)
    }

    /// The act of a list just before this one. Several rounds of one period are one act.
    fn before(&self, id: Id<Audit>, list: Option<&Vec<Id<Audit>>>) -> Option<Id<Audit>> {
        let list = list?;
        let end = list.partition_point(|other| self.place(*other) < self.place(id));
        let audit = &self.model.audits[id];
        list[..end].iter().rev().copied().find(|other| {
            let other = &self.model.audits[*other];
            let by_day = audit.period == AuditPeriod::ByDay;
            by_day || other.period != audit.period || other.scope != audit.scope
        })
    }

    /// Auditors of the first act who did the second too: the same person, in whatever post.
    fn common(&self, id: Id<Audit>, before: Id<Audit>) -> impl Iterator<Item = Id<Post>> {
        let earlier: Vec<Id<Person>> =
            self.model.audits[before].auditors.iter().map(|post| self.person(*post)).collect();
        let auditors = self.model.audits[id].auditors.iter().copied();
        auditors.filter(move |post| earlier.contains(&self.person(*post)))
    }

    /// Who holds a post.
    fn person(&self, id: Id<Post>) -> Id<Person> {
        self.model.posts[id].person
    }

    fn other_role(
        &self,
        asked: &Independence,
        audit: &Audit,
        auditor: Id<Post>,
        grounds: &mut Vec<IndependenceIssue>,
    ) {
        let agency = self.model.scope_agency(audit.scope);
        for id in self.model.posts_of_holder(self.person(auditor)) {
            let post = &self.model.posts[*id];
            if post.agency != agency || !post.is_held_on(audit.done_on) {
                continue;
            }
            let role = asked.not_roles.iter().find(|role| post.roles.contains(role));
            grounds.extend(role.map(|role| IndependenceIssue::HoldsRole {
                auditor,
                post: *id,
                role: *role,
            }));
        }
    }

    fn user(&self, audit: &Audit, auditor: Id<Post>, grounds: &mut Vec<IndependenceIssue>) {
        let regulation = self.model.obligations[audit.obligation].regulation;
        let systems = &self.model.regulations[regulation].systems;
        // Who used it at any time that is looked at is a user, even if the account has gone since.
        let from = match audit.period {
            AuditPeriod::Period(period) => period.first_day().min(audit.done_on),
            AuditPeriod::ByDay => audit.done_on,
        };
        let accounts = self.accounts_of.get(&self.person(auditor)).into_iter().flatten();
        let used = accounts.copied().filter(|id| {
            let account = &self.model.accounts[*id];
            systems.contains(&account.system)
                && account.opened_on <= audit.done_on
                && account.cancelled_on.is_none_or(|day| day > from)
                && self.is_audited(*id, account.system, audit.scope)
        });
        grounds.extend(used.map(|account| IndependenceIssue::IsUser { auditor, account }));
    }

    /// Whether an account is among those an audit of the scope looks at.
    fn is_audited(&self, id: Id<Account>, system: Id<System>, scope: Scope) -> bool {
        match scope {
            Scope::Unit(unit) => self.model.accounts[id].unit == unit,
            Scope::Agency(agency) => self.model.scope_agency(Scope::Account(id)) == agency,
            Scope::System(audited) => system == audited,
            Scope::Account(audited) => id == audited,
            Scope::Post(_) | Scope::Contractor(_) | Scope::Entry(_) => false,
        }
    }
}
