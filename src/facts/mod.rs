//! Conclude: [`Known`] and its [`Assessment`] become [`Facts`]: what is said about a thing in more
//! than one place – the verdict, who must act, which rules are suspect, states of accounts and
//! findings, urgency, coverage, what is left to record. `cli`, `export` and `site` read the same facts, so that no two of them can
//! differ. A function of its arguments; typed, without a word for readers.

pub mod account;
pub mod assignee;
pub mod breach;
pub mod checks;
pub mod closing;
pub mod conduct;
pub mod coverage;
pub mod finding;
pub mod history;
pub mod id;
pub mod last_audit;
pub mod ranking;
pub mod remedy;
pub mod settled;
pub mod suspicion;
pub mod urgency;
pub mod verdict;
pub mod waiver;

pub use account::{AccountState, LateUse};
pub use assignee::{Assignee, Responsibilities};
pub use breach::RetentionBreach;
pub use checks::CheckCounts;
pub use closing::{Closing, Verification};
pub use finding::FindingState;
pub use history::{ChangeKind, History, Snapshot, StatusChange, history};
pub use last_audit::{LastAudit, LastAudits};
pub use remedy::{MissingUsage, Remedy, RemedyStep};
pub use settled::{Settled, Settlement};
pub use suspicion::Suspects;
pub use urgency::Urgency;
pub use verdict::{Age, Failures, Outcome, Subject, Verdict};
pub use waiver::WaiverState;

use crate::assess::Assessment;
use crate::diagnostic::Diagnostics;
use crate::model::{Known, Model};

/// What is concluded once and read everywhere.
#[derive(Debug)]
pub struct Facts {
    pub suspects: Suspects,
    pub settled: Settled,
    pub last_audits: LastAudits,
    pub responsibilities: Responsibilities,
    /// Papers and logs destroyed against their rules, in the order of the assessment.
    pub breaches: Vec<RetentionBreach>,
    /// The verdict on the whole site: what the home page, `status`, the data files and the gates say.
    pub verdict: Verdict,
}

impl Facts {
    /// What is wrong with the inputs and shows only in an assessment.
    pub fn diagnostics(&self) -> Diagnostics {
        self.settled.diagnostics()
    }
}

/// Concludes from an assessment and what is known on its day.
pub fn conclude(known: &Known, assessment: &Assessment) -> Facts {
    let model: &Model = known;
    let suspects = Suspects::new(model, assessment);
    let settled = Settled::new(model, assessment);
    let breaches = breach::breaches(assessment);
    let mut facts = Facts {
        suspects,
        settled,
        last_audits: LastAudits::new(model),
        responsibilities: Responsibilities::new(model, assessment.as_of),
        breaches,
        verdict: Verdict::default(),
    };
    facts.verdict = facts.verdict_on(model, assessment, Subject::Site);
    facts
}
