//! Every reading and every draft of a site, run over its records: what pages and gates say of them.

use chrono::Months;

use super::draft::{Asked, NoDraft, WhatIf, what_if};
use super::readings::{self, Readings};
use super::run::Records;
use super::timing;
use crate::assess::Assessment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, Known, Regulation};
use crate::parse::Parsed;
use crate::source::SourceTree;
use crate::time::Day;

/// What other readings and drafts would change.
#[derive(Debug, Default)]
pub struct Variants {
    pub readings: Readings,
    /// By regulation and in the author's order.
    pub drafts: Vec<Drafted>,
}

/// A draft and what it would change in the year up to the as-of date.
#[derive(Debug)]
pub struct Drafted {
    pub regulation: Id<Regulation>,
    pub name: String,
    pub from: Day,
    pub to: Day,
    pub found: WhatIf,
}

/// Runs them all.
pub fn weigh(
    parsed: &Parsed,
    tree: &SourceTree,
    known: &Known,
    assessment: &Assessment,
) -> (Variants, Diagnostics) {
    let records = Records::new(parsed, tree, known, assessment);
    let (readings, mut report) = readings::weigh(&records, known);
    report.extend(timing::weigh(&records, known));
    let to = assessment.as_of;
    let from = to.checked_sub_months(Months::new(12)).unwrap_or(to);
    let mut drafts = Vec::new();
    for (id, regulation) in known.regulations.iter() {
        for name in &regulation.drafts {
            let slug = regulation.slug.as_str();
            let asked = Asked { regulation: slug, draft: name, from, to, set: &[] };
            let found = match what_if(parsed, tree, (known, assessment), &asked) {
                Ok(found) => found,
                Err(NoDraft::Faults(faults)) => {
                    report.extend(faults);
                    WhatIf::default()
                }
                // A draft is asked for by the name that its regulation gives it.
                Err(NoDraft::Regulation | NoDraft::Draft(_)) => WhatIf::default(),
            };
            drafts.push(Drafted { regulation: id, name: name.clone(), from, to, found });
        }
    }
    report.retain(|fault: &Diagnostic| fault.code != Code::UnclassifiedClause);
    (Variants { readings, drafts }, report)
}
