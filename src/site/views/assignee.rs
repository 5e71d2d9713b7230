//! Who has to act on an occurrence, as a link.

use super::parts::{Link, PageCtx};
use crate::assess::OccurrenceId;
use crate::facts::Assignee;
use crate::site::route::Route;

impl PageCtx<'_> {
    /// Who has to act.
    pub fn assignee(&self, id: OccurrenceId) -> Link {
        let (model, assessment) = (&self.site.model, &self.site.assessment);
        match self.site.facts.responsibilities.assignee(model, assessment, id) {
            Assignee::Post(post) => self.post(post),
            Assignee::User(account) => {
                let values: &[(&str, &dyn std::fmt::Display)] =
                    &[("staff", &model.staff(model.accounts[account].person))];
                self.link(Route::Account(account), self.site.words.say("doer.user", values))
            }
            Assignee::Scope(scope) => self.scope(scope),
            Assignee::Agency(agency) => self.agency(agency),
        }
    }
}
