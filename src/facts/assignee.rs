//! Who must act: one answer, from the roles the rule names in `by` and the posts of the day. Pages
//! of posts and roles, due lists, exports and mails ask here, so that none says otherwise.

use std::collections::HashMap;

use crate::assess::{Act, Assessment, OccurrenceId};
use crate::model::{Account, Agency, Id, Lists, Model, Obligation, Post, Reach, RoleName, Scope};
use crate::time::Day;

/// Who has to act on an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assignee {
    /// A post that holds a role of the rule and reaches the scope.
    Post(Id<Post>),
    /// The user of the account.
    User(Id<Account>),
    /// The rule names no role, or nobody holds it: what the duty is laid on.
    Scope(Scope),
    /// The same of systems, their records and firms: the agency that answers for them.
    Agency(Id<Agency>),
}

impl Assignee {
    /// The public code of its sort.
    pub fn as_str(self) -> &'static str {
        match self {
            Assignee::Post(_) => "post",
            Assignee::User(_) => "user",
            Assignee::Scope(_) => "scope",
            Assignee::Agency(_) => "agency",
        }
    }
}

/// Whose business duties are, by the posts that are held on a day.
#[derive(Debug, Default)]
pub struct Responsibilities {
    /// The posts of an agency that hold a role, in the order of the agency's posts.
    holders: Lists<(Id<Agency>, Id<RoleName>), Post>,
}

impl Responsibilities {
    /// Looks up who holds what on a day.
    pub fn new(model: &Model, day: Day) -> Self {
        let mut holders: Lists<(Id<Agency>, Id<RoleName>), Post> = HashMap::new();
        for (id, agency) in model.agencies.iter() {
            for post in agency.posts.iter().filter(|post| model.posts[**post].is_held_on(day)) {
                for role in &model.posts[*post].roles {
                    holders.entry((id, *role)).or_default().push(*post);
                }
            }
        }
        Self { holders }
    }

    /// The posts of an agency that hold a role on the day.
    pub fn holders(&self, agency: Id<Agency>, role: Id<RoleName>) -> &[Id<Post>] {
        self.holders.get(&(agency, role)).map_or(&[], Vec::as_slice)
    }

    /// Whether a post's business is a duty that is laid on a scope, or about a record of it: the
    /// rule names one of its roles, and the role reaches the scope; or it is laid on the post.
    pub fn is_of(&self, model: &Model, id: Id<Post>, duty: Id<Obligation>, scope: Scope) -> bool {
        let post = &model.posts[id];
        if let Scope::Post(other) = scope {
            return other == id;
        }
        model.scope_agency(scope) == post.agency
            && model.obligations[duty].by.iter().any(|role| match reach(model, *role) {
                Reach::Own => is_user(model, post, scope),
                Reach::Unit => post.roles.contains(role) && is_in_reach(model, post, scope),
                Reach::Agency => post.roles.contains(role),
            })
    }

    /// The occurrences that are the business of a post, in the order of its agency's.
    pub fn of_post<'a>(
        &'a self,
        model: &'a Model,
        assessment: &'a Assessment,
        id: Id<Post>,
    ) -> impl Iterator<Item = OccurrenceId> + 'a {
        let all = assessment.of_agency(model.posts[id].agency).iter().copied();
        all.filter(move |one| {
            let occurrence = assessment.occurrence(*one);
            self.is_of(model, id, occurrence.obligation, occurrence.scope)
        })
    }

    /// Who must act on an occurrence. Roles are tried in the order of the rule; among several
    /// holders it is who audited this scope for this duty the last time, then who sits in the
    /// scope's unit, then the first of the agency.
    pub fn assignee(&self, model: &Model, assessment: &Assessment, id: OccurrenceId) -> Assignee {
        let occurrence = assessment.occurrence(id);
        let scope = occurrence.scope;
        if let Scope::Post(post) = scope {
            return Assignee::Post(post);
        }
        let agency = model.scope_agency(scope);
        let by = &model.obligations[occurrence.obligation].by;
        let last = self.last_auditors(model, assessment, id);
        for role in by.iter().copied() {
            let reach = reach(model, role);
            if let (Reach::Own, Scope::Account(account)) = (reach, scope) {
                return Assignee::User(account);
            }
            let holders = self.holders(agency, role).iter().copied();
            let mut fit: Vec<Id<Post>> = holders
                .filter(|post| {
                    reach == Reach::Agency || is_in_reach(model, &model.posts[*post], scope)
                })
                .collect();
            let unit = model.scope_unit(scope);
            let is_near = |post: &Id<Post>| unit.is_some() && model.posts[*post].unit == unit;
            fit.sort_by_key(|post| (!last.contains(post), !is_near(post)));
            if let Some(post) = fit.first() {
                return Assignee::Post(*post);
            }
        }
        match scope {
            // An account has a user, whoever else the rule means.
            Scope::Account(account) if by.is_empty() => Assignee::User(account),
            Scope::System(_) | Scope::Contractor(_) | Scope::Entry(_) => Assignee::Agency(agency),
            Scope::Account(account) => Assignee::Scope(Scope::Unit(model.accounts[account].unit)),
            scope => Assignee::Scope(scope),
        }
    }

    /// Who did the audit that answered the same duty of the same scope the last time, up to the
    /// occurrence's due date.
    fn last_auditors<'a>(
        &self,
        model: &'a Model,
        assessment: &Assessment,
        id: OccurrenceId,
    ) -> &'a [Id<Post>] {
        let this = assessment.occurrence(id);
        let of_scope = assessment.of_scope(this.scope).iter().rev();
        let before = of_scope
            .map(|id| assessment.occurrence(*id))
            .filter(|one| one.obligation == this.obligation && one.due <= this.due);
        for occurrence in before {
            if let Some(Act::Audit(audit)) = occurrence.acts.last() {
                return &model.audits[*audit].auditors;
            }
        }
        &[]
    }
}

/// For what the holder of a role acts. A role without a record of its own reaches the holder's
/// unit: a site that records no roles must not say that nobody has anything to do.
pub fn reach(model: &Model, role: Id<RoleName>) -> Reach {
    model.role_names[role].role.map_or(Reach::Unit, |role| model.roles[role].reach)
}

/// Whether a post reaches a scope by its unit: a post without a unit reaches all of its agency, and
/// what lies in no unit is everybody's.
fn is_in_reach(model: &Model, post: &Post, scope: Scope) -> bool {
    let unit = model.scope_unit(scope);
    post.unit.is_none() || unit.is_none() || unit == post.unit
}

/// Whether the scope is an account of the holder of a post.
fn is_user(model: &Model, post: &Post, scope: Scope) -> bool {
    match scope {
        Scope::Account(account) => model.accounts[account].person == post.person,
        _ => false,
    }
}
