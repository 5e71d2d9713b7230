//! Papers that prove too much: one form for two periods, or a form older than what it would prove.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{AuditPeriod, EvidenceUser, Model};

/// Reports pieces of evidence that several acts of one duty name, and those from before the period.
pub fn check(model: &Model, report: &mut Diagnostics) {
    for (_, paper) in model.evidence.iter() {
        let mut seen = BTreeSet::new();
        let mut twice = None;
        for user in &paper.used_by {
            let EvidenceUser::Audit(id) = user else { continue };
            let audit = &model.audits[*id];
            if let AuditPeriod::Period(period) = audit.period {
                if paper.received_on < period.first_day() {
                    let message = format!(
                        "evidence `{}` was received on {}, before the `{period}` that audit `{}` is about",
                        paper.slug, paper.received_on, audit.slug
                    );
                    report.push(
                        Diagnostic::new(Code::DoubtfulPaper, paper.fields.span, message)
                            .related(audit.fields.key_span("evidence"), "named here")
                            .help("correct the day, or name the paper of this audit"),
                    );
                }
                let others =
                    seen.iter().any(|(duty, other)| *duty == audit.obligation && *other != period);
                if others {
                    twice = Some(audit);
                }
                seen.insert((audit.obligation, period));
            }
        }
        if let Some(audit) = twice {
            let message =
                format!("evidence `{}` stands for several periods of one duty", paper.slug);
            report.push(
                Diagnostic::new(Code::DoubtfulPaper, paper.fields.span, message)
                    .related(audit.fields.key_span("evidence"), "named here again")
                    .help("each period has its own record; name that of each"),
            );
        }
    }
}
