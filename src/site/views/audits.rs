//! The list of audits, by regulation and newest first.

use serde::Serialize;

use super::parts::{Here, Link};
use super::records::AuditRow;
use super::{Frame, View};
use crate::model::{Audit, Id};
use crate::site::Site;
use crate::site::route::Route;

/// What `audits.html` shows.
#[derive(Debug, Serialize)]
struct AuditsView {
    total: usize,
    regulations: Vec<RegulationAudits>,
}

/// The audits that answer duties of one regulation.
#[derive(Debug, Serialize)]
struct RegulationAudits {
    link: Link,
    /// Fragment of the section.
    anchor: String,
    /// Newest first.
    audits: Vec<AuditRow>,
}

/// Makes the list of audits.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Audits);
    let model = &site.model;
    let mut by_regulation: Vec<Vec<Id<Audit>>> = vec![Vec::new(); model.regulations.len()];
    for (id, audit) in model.audits.iter().filter(|(_, audit)| here.is_known(audit.done_on)) {
        by_regulation[model.obligations[audit.obligation].regulation.index()].push(id);
    }
    let regulations: Vec<RegulationAudits> = model
        .regulations
        .iter()
        .zip(by_regulation)
        .filter(|(_, audits)| !audits.is_empty())
        .map(|((id, regulation), mut audits)| {
            audits.sort_by_key(|id| (std::cmp::Reverse(model.audits[*id].done_on), *id));
            RegulationAudits {
                link: here.regulation(id),
                anchor: regulation.slug.clone(),
                audits: audits.into_iter().filter_map(|id| here.audit_row(id)).collect(),
            }
        })
        .collect();
    let total = regulations.iter().map(|regulation| regulation.audits.len()).sum();
    let title = here.word("audits", "title");
    let view = AuditsView { total, regulations };
    View::new("audits.html", Frame::new(site, Route::Audits, &title, Vec::new()), view)
}
