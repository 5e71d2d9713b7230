//! Whom known records name, so that they are known themselves though they begin later.

use std::collections::HashSet;

use crate::model::{Approval, Destroyed, Id, Model, Post, Scope, Subject};

/// The posts that a destruction names.
pub fn of_destruction(destroyed: Option<Destroyed>) -> impl Iterator<Item = Id<Post>> {
    destroyed.into_iter().flat_map(|destroyed| destroyed.posts())
}

/// Whom the acts of known records name, so that they are known themselves.
pub struct NamedRows {
    scopes: HashSet<Scope>,
    pub posts: HashSet<Id<Post>>,
}

impl NamedRows {
    /// Whom the acts of a model name that holds known acts alone.
    pub fn of_acts(model: &Model) -> Self {
        let mut named = Self { scopes: HashSet::new(), posts: HashSet::new() };
        let approver = |approval: &Approval| approval.by;
        for (_, audit) in model.audits.iter() {
            named.add(audit.scope);
            named.posts.extend(&audit.auditors);
            named.posts.extend(audit.approved.as_ref().map(approver));
            named.posts.extend(of_destruction(audit.destroyed));
        }
        for (_, sent) in model.submissions.iter() {
            named.add(sent.scope);
            named.posts.extend(sent.by);
            named.posts.extend(sent.approved.as_ref().map(approver));
            named.posts.extend(of_destruction(sent.destroyed));
        }
        for (_, training) in model.trainings.iter() {
            named.posts.insert(training.post);
            named.posts.extend(of_destruction(training.destroyed));
        }
        for (_, row) in model.usage.iter() {
            named.posts.extend(of_destruction(row.destroyed));
        }
        for (_, waiver) in model.waivers.iter() {
            named.add(waiver.scope);
            named.posts.insert(waiver.approved.by);
            named.posts.extend(of_destruction(waiver.destroyed));
        }
        for (_, finding) in model.findings.iter() {
            named.posts.extend(finding.verified.as_ref().map(approver));
            named.posts.extend(of_destruction(finding.destroyed));
        }
        for (_, one) in model.evidence.iter() {
            named.posts.extend(of_destruction(one.destroyed));
        }
        for (_, event) in model.events.iter() {
            named.posts.extend(of_destruction(event.destroyed));
            match event.subject {
                Subject::Account(id) => named.add(Scope::Account(id)),
                Subject::Post(id) => named.add(Scope::Post(id)),
                Subject::Contractor(id) => named.add(Scope::Contractor(id)),
                Subject::Person(_) | Subject::Unit(_) | Subject::Agency(_) | Subject::System(_) => {
                }
            }
            for answer in &event.answers {
                named.posts.extend(answer.by);
                named.posts.extend(answer.approved.as_ref().map(approver));
                if let Some(account) = answer.account {
                    named.add(Scope::Account(account));
                }
            }
        }
        named
    }

    fn add(&mut self, scope: Scope) {
        match scope {
            Scope::Post(id) => _ = self.posts.insert(id),
            other => _ = self.scopes.insert(other),
        }
    }

    /// Whether they name what a duty may be laid on.
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}
