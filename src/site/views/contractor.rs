//! One contractor: its contract, its agreement, and what is laid on it.

use serde::Serialize;

use super::duties_of_scope::{DutiesOfScope, duties_of_scope};
use super::kept::KeptView;
use super::parts::{DateView, Link, PageCtx};
use super::records::Remarks;
use super::{Frame, View};
use crate::assess::KeptRecord;
use crate::model::{Contractor, Id, Named, Scope};
use crate::site::Site;
use crate::site::route::Route;

/// What `contractor.html` shows.
#[derive(Debug, Serialize)]
struct ContractorView {
    id: String,
    in_future: bool,
    name: String,
    agency: Link,
    systems: Vec<Link>,
    from: DateView,
    until: Option<DateView>,
    agreed_on: Option<DateView>,
    agreement: Option<Link>,
    duties_of_scope: DutiesOfScope,
    /// How long it is kept, if a rule keeps it.
    kept: Option<KeptView>,
    remarks: Remarks,
}

/// Makes the page of a contractor.
pub fn view(site: &Site, id: Id<Contractor>) -> View {
    let route = Route::Contractor(id);
    let here = PageCtx::new(site, route);
    let model = &site.model;
    let contractor = &model.contractors[id];
    let agreement = contractor.agreement;
    let paper = agreement.and_then(|agreement| agreement.evidence);
    let view = ContractorView {
        id: contractor.slug().to_owned(),
        in_future: !here.has_come(contractor.from),
        name: contractor.name.clone(),
        agency: here.agency(contractor.agency),
        systems: contractor.systems.iter().map(|id| here.system(*id)).collect(),
        from: DateView::new(contractor.from),
        until: contractor.until.map(DateView::new),
        agreed_on: agreement.map(|agreement| DateView::new(agreement.signed_on)),
        agreement: paper.map(|id| here.link(Route::Evidence(id), &model.evidence[id].title)),
        duties_of_scope: duties_of_scope(&here, Scope::Contractor(id)),
        kept: here.kept(KeptRecord::Contractor(id)),
        remarks: here.remarks(&contractor.fields),
    };
    let above = here.above_scope(Scope::Contractor(id));
    View::new("contractor.html", Frame::new(site, route, &contractor.name, above), view)
}
