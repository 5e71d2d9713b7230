//! How long a record is kept: until when, by which rule, and what destruction needs.

use serde::Serialize;

use super::parts::{DateView, Link, PageCtx};
use super::records::CodeView;
use crate::assess::{Endless, KeptRecord, RetentionStatus, RetentionTerm};
use crate::facts::breach;
use crate::model::{Duty, Id, Obligation};
use crate::text::keeping;

/// The retention of one record.
#[derive(Debug, Serialize)]
pub struct KeptView {
    pub state: CodeView,
    /// `None` while the time has not begun.
    pub keep_until: Option<DateView>,
    /// What is said where there is no last day.
    pub endless: String,
    /// The first day on which it may be destroyed.
    pub free_on: Option<DateView>,
    pub destroyed_on: Option<DateView>,
    /// Whose approval destruction needs, by any of the rules.
    pub approvals: Vec<String>,
    /// The one that governs first.
    pub rules: Vec<KeepRule>,
}

/// One rule that keeps a record.
#[derive(Debug, Serialize)]
pub struct KeepRule {
    pub obligation: Link,
    pub regulation: Link,
    pub clause: Link,
    /// 「3年」.
    pub length: String,
    /// From when the time counts.
    pub from: String,
    pub keep_until: Option<DateView>,
    /// What is said where there is no last day.
    pub endless: String,
}

impl PageCtx<'_> {
    /// How long a record is kept, if a rule keeps it.
    pub fn kept(&self, record: KeptRecord) -> Option<KeptView> {
        self.site.assessment.kept(record).map(|kept| self.kept_view(kept))
    }

    /// The retention of a record.
    pub fn kept_view(&self, kept: &RetentionStatus) -> KeptView {
        let mut approvals: Vec<String> = Vec::new();
        for rule in &kept.rules {
            let asked = self.approval_asked(rule.obligation);
            approvals.extend(asked.filter(|asked| !approvals.contains(asked)));
        }
        KeptView {
            state: self.code("kept_state", breach::code(kept.state)),
            keep_until: kept.governing().keep_until.map(DateView::new),
            endless: self.endless(kept.governing()),
            free_on: kept.free_on().map(DateView::new),
            destroyed_on: kept.destroyed_on.map(DateView::new),
            approvals,
            rules: kept.rules.iter().map(|rule| self.keep_rule(*rule)).collect(),
        }
    }

    /// One rule that keeps a record.
    pub fn keep_rule(&self, rule: RetentionTerm) -> KeepRule {
        let obligation = &self.site.model.obligations[rule.obligation];
        let (length, from) = match &obligation.duty {
            Duty::Retention(keep) => (
                keeping::term(&self.site.words, &keep.term),
                self.word("keep_from", keeping::from(keep)),
            ),
            _ => Default::default(),
        };
        KeepRule {
            obligation: self.obligation(rule.obligation),
            regulation: self.regulation(obligation.regulation),
            clause: self.clause_of(obligation, obligation.main_clause()),
            length,
            from,
            keep_until: rule.keep_until.map(DateView::new),
            endless: self.endless(rule),
        }
    }

    fn endless(&self, rule: RetentionTerm) -> String {
        let always = rule.endless == Some(Endless::Permanent);
        self.word("kept", if always { "permanent" } else { "not_begun" })
    }

    fn approval_asked(&self, rule: Id<Obligation>) -> Option<String> {
        match &self.site.model.obligations[rule].duty {
            Duty::Retention(keep) => keep.approval.map(|party| self.party(party)),
            _ => None,
        }
    }
}
