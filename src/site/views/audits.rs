//! The lists of audits, the newest first: all, by year, regulation, agency and auditor; and those
//! of submissions.

use serde::Serialize;

use super::View;
use super::listing::{Listing, frame};
use super::parts::{Link, PageCtx};
use super::records::{AuditRow, SubmissionRow};
use crate::site::Site;
use crate::site::lists::{Item, Kind, List};

/// What `audits.html` shows.
#[derive(Debug, Serialize)]
struct AuditsView {
    list: Listing,
    audits: Vec<AuditRow>,
    /// To the papers sent to other agencies, where there are any.
    submissions: Option<Link>,
}

/// What `submissions.html` shows.
#[derive(Debug, Serialize)]
struct SubmissionsView {
    list: Listing,
    submissions: Vec<SubmissionRow>,
}

/// Makes a page of a list of audits.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let audits = here.items(list, page).iter().filter_map(|item| match item {
        Item::Audit(id) => Some(here.audit_row(*id)),
        _ => None,
    });
    let sent = List::all(Kind::Submissions);
    let view = AuditsView {
        list: here.listing(list, page),
        audits: audits.collect(),
        submissions: (site.lists.len(sent) > 0)
            .then(|| here.link(sent.page(1), here.list_title(sent))),
    };
    View::new("audits.html", frame(site, list, page), view)
}

/// Makes a page of a list of submissions.
pub fn submissions(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let submissions = here.items(list, page).iter().filter_map(|item| match item {
        Item::Submission(id) => Some(here.submission_row(*id)),
        _ => None,
    });
    let submissions = submissions.collect();
    let view = SubmissionsView { list: here.listing(list, page), submissions };
    View::new("submissions.html", frame(site, list, page), view)
}
