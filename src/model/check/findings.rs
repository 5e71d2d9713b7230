//! The order in which findings are dealt with: action, verification, closing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Model;

/// Reports findings that were verified or closed before what had to be done was done.
pub fn check(model: &Model, report: &mut Diagnostics) {
    for (_, finding) in model.findings.iter() {
        let slug = &finding.slug;
        let last = finding.actions.iter().filter_map(|action| action.done_on).max();
        let verified = finding.verified.map(|check| check.on);
        if let (Some(done), Some(verified)) = (last, verified)
            && verified < done
        {
            let message =
                format!("finding `{slug}` was verified on {verified}, before its action of {done}");
            report.push(
                Diagnostic::new(
                    Code::DoubtfulFinding,
                    finding.fields.key_span("verified"),
                    message,
                )
                .help("correct one of the days, or verify it again"),
            );
        }
        let Some(closed) = finding.closed_on else { continue };
        let undone =
            finding.actions.iter().find(|action| action.done_on.is_none_or(|on| on > closed));
        if let Some(action) = undone {
            let message = format!(
                "finding `{slug}` was closed on {closed}, before `{}` was done",
                action.what
            );
            report.push(
                Diagnostic::new(
                    Code::DoubtfulFinding,
                    finding.fields.key_span("closed_on"),
                    message,
                )
                .help("record the day the action was done, or leave the finding open"),
            );
        }
    }
}
