//! Who has to act on an occurrence. The rules do not say which post it is; the records do.

use super::parts::{Here, Link};
use crate::assess::{Act, OccurrenceId};
use crate::model::{Id, Post, Scope};
use crate::site::route::Route;

impl Here<'_> {
    /// Who has to act: who did it the last time; else the holder of the post or the user of the
    /// account it is about, the head of the unit, or the scope itself; for systems, their records
    /// and firms the agency that answers for them.
    pub fn doer(&self, id: OccurrenceId) -> Link {
        let model = &self.site.model;
        let occurrence = self.site.assessment.occurrence(id);
        let head = match occurrence.scope {
            Scope::Account(account) => {
                let values: &[(&str, &dyn std::fmt::Display)] =
                    &[("staff", &model.accounts[account].staff)];
                return self
                    .link(Route::Account(account), self.site.words.say("doer.user", values));
            }
            Scope::Post(post) => Some(post),
            scope => model.scope_unit(scope).and_then(|unit| {
                let mut posts = model.agencies[model.units[unit].agency].posts.iter().copied();
                posts.find(|id| {
                    let post = &model.posts[*id];
                    let is_head = post.roles.iter().any(|role| role == "unit-head");
                    post.unit == Some(unit) && is_head && self.is_in_service(*id)
                })
            }),
        };
        if let Some(post) = self.did_last(id).or(head) {
            return self.post(post);
        }
        match occurrence.scope {
            scope @ (Scope::System(_) | Scope::Contractor(_) | Scope::Entry(_)) => {
                self.agency(model.scope_agency(scope))
            }
            scope => self.scope(scope),
        }
    }

    /// Who did the audit that answered the duty of this scope the last time, if still in service.
    fn did_last(&self, id: OccurrenceId) -> Option<Id<Post>> {
        let (model, assessment) = (&self.site.model, &self.site.assessment);
        let this = assessment.occurrence(id);
        let others = assessment.of_scope(this.scope).iter().rev();
        let mut acts = others
            .map(|id| assessment.occurrence(*id))
            .filter(|one| one.obligation == this.obligation && one.due <= this.due)
            .filter_map(|one| one.acts.last());
        let auditors = acts.find_map(|act| match act {
            Act::Audit(audit) => Some(&model.audits[*audit].auditors),
            _ => None,
        });
        auditors?.iter().copied().find(|post| self.is_in_service(*post))
    }

    fn is_in_service(&self, id: Id<Post>) -> bool {
        self.site.model.posts[id].is_held_on(self.site.assessment.as_of)
    }
}
