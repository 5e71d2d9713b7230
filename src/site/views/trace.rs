//! The way from the clause down to a record: clause, duty, occurrence, audit, finding.

use serde::Serialize;

use super::parts::{Link, PageCtx};
use crate::assess::OccurrenceId;
use crate::law::ClauseNumber;
use crate::model::{Id, Obligation};
use crate::site::route::Route;

/// One step of the way: what it is, and the pages it leads to.
#[derive(Debug, Serialize)]
pub struct Step {
    pub label: String,
    pub links: Vec<Link>,
}

impl PageCtx<'_> {
    /// The steps from clauses to the occurrence an act answers. Without `clauses` the duty's own
    /// stand first.
    pub fn trace(
        &self,
        duty: Id<Obligation>,
        clauses: &[ClauseNumber],
        answers: Option<OccurrenceId>,
    ) -> Vec<Step> {
        let obligation = &self.site.model.obligations[duty];
        let link = |clause: &ClauseNumber| self.clause_of(obligation, clause);
        let clauses: Vec<Link> = if clauses.is_empty() {
            obligation.clauses.iter().map(|clause| link(&clause.value)).collect()
        } else {
            clauses.iter().map(link).collect()
        };
        let term = answers.map(|id| {
            let term = self.term(self.site.assessment.occurrence(id).term);
            self.link(Route::Occurrence(id), term)
        });
        vec![
            self.step("regulation", vec![self.regulation(obligation.regulation)]),
            self.step("clause", clauses),
            self.step("obligation", vec![self.obligation(duty)]),
            self.step("occurrence", term.into_iter().collect()),
        ]
    }

    /// A step of the way.
    pub fn step(&self, word: &str, links: Vec<Link>) -> Step {
        Step { label: self.word("chain", word), links }
    }
}
