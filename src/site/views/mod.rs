//! What each kind of page shows: one file per kind, one view struct per template, same name.
//! Views hold words, figures and finished addresses; templates choose tags and order.

mod accepted;
mod accessibility;
mod account;
mod accounts;
mod agencies;
mod agency;
mod assignee;
mod audit;
mod audits;
mod changes;
mod checked;
mod checks;
mod cite;
mod cited_by;
mod close;
mod conduct;
mod contractor;
mod coverage;
mod difference;
mod downloads;
mod due;
mod due_list;
mod duties_of_scope;
mod entry;
mod event;
mod events;
mod evidence;
mod evidence_list;
mod examples;
mod failed_fields;
mod field_value;
mod finding;
mod finding_ages;
mod findings;
mod frame;
mod gate;
mod given;
mod guidance;
mod guide;
mod home;
mod kept;
mod law;
mod listing;
mod matrix;
mod menu;
mod method;
mod month;
mod moved;
mod new_record;
mod not_found;
mod obligation;
mod occurrence;
mod occurrence_sections;
mod outline;
mod parts;
mod plan;
mod post;
mod quote;
mod readings;
mod receipt;
mod record_names;
mod records;
mod references;
mod registers;
mod regulation;
mod regulations;
mod remedy;
mod retention;
mod role;
mod rule;
mod search;
mod stale;
mod standing;
mod status;
mod status_grid;
mod submission;
mod suspect;
mod system;
mod systems;
mod tested;
mod timeline;
mod topic;
mod trace;
mod trend;
mod unit;
mod urgency;
mod verify;
mod version;
mod version_name;
mod waivers;

use serde::Serialize;

use super::Site;
use super::lists::{Filter, Kind, List};
use super::route::Route;
pub use frame::Frame;
pub use status_grid::status_grid_parts;

/// A page's template and what it is given.
pub struct View {
    /// The template's name, such as `occurrence.html`.
    pub template: &'static str,
    /// What every page has: `page` in the template.
    pub frame: Frame,
    /// What this page is about: `view` in the template.
    pub subject: Box<dyn erased_serde::Serialize>,
}

impl View {
    fn new(template: &'static str, frame: Frame, subject: impl Serialize + 'static) -> Self {
        Self { template, frame, subject: Box::new(subject) }
    }
}

/// Makes the view of a page.
pub fn view(site: &Site, route: Route) -> View {
    match route {
        Route::Home => home::view(site),
        Route::Changes => changes::view(site),
        Route::Status(status) => list(site, List::of(Kind::Occurrences, Filter::Status(status)), 1),
        Route::Due => due::view(site),
        Route::Month(month) => month::view(site, month),
        Route::Regulations => regulations::view(site),
        Route::Regulation(id) => regulation::view(site, id),
        Route::Version(id, at) => version::view(site, id, at),
        Route::Readings => readings::list(site),
        Route::Reading(at) => readings::view(site, at),
        Route::Draft(at) => readings::draft(site, at),
        Route::Coverage => coverage::view(site),
        Route::Tests => tested::view(site),
        Route::Difference(id, at) => difference::view(site, id, at),
        Route::Obligation(id) => obligation::view(site, id),
        Route::Periods(id, part) => status_grid::view(site, id, part),
        Route::Occurrence(id) => occurrence::view(site, id),
        Route::Method => method::view(site),
        Route::Search => search::view(site),
        Route::Index => search::index(site),
        Route::IndexPart(part, page) => search::index_part(site, part, page),
        Route::Guide => guide::view(site),
        Route::Accessibility => accessibility::view(site),
        Route::Verify => verify::view(site),
        Route::Moved(at) => moved::view(site, at),
        Route::NotFound => not_found::view(site),
        Route::Agencies => list(site, List::all(Kind::Agencies), 1),
        Route::Agency(id) => agency::view(site, id),
        Route::Plan(id, year) => plan::view(site, id, year),
        Route::Unit(id) => unit::view(site, id),
        Route::Systems => list(site, List::all(Kind::Systems), 1),
        Route::System(id) => system::view(site, id),
        Route::Accounts => list(site, List::all(Kind::Accounts), 1),
        Route::Account(id) => account::view(site, id),
        Route::Post(id) => post::view(site, id),
        Route::Roles => role::list(site),
        Route::Role(id) => role::view(site, id),
        Route::Compare => topic::list(site),
        Route::Topic(id) => topic::view(site, id),
        Route::Contractor(id) => contractor::view(site, id),
        Route::Audits => list(site, List::all(Kind::Audits), 1),
        Route::Audit(id) => audit::view(site, id),
        Route::Submission(id) => submission::view(site, id),
        Route::Pages => guidance::list(site),
        Route::Page(id) => guidance::view(site, id),
        Route::Checks => list(site, List::all(Kind::Checks), 1),
        Route::Entry(id) => entry::view(site, id),
        Route::Events => list(site, List::all(Kind::Events), 1),
        Route::Event(id) => event::view(site, id),
        Route::Findings => list(site, List::all(Kind::Findings), 1),
        Route::Finding(id) => finding::view(site, id),
        Route::EvidenceList => list(site, List::all(Kind::Evidence), 1),
        Route::Evidence(id) => evidence::view(site, id),
        Route::Retention => list(site, List::all(Kind::Retention), 1),
        Route::Waivers => list(site, List::all(Kind::Waivers), 1),
        Route::List(one, page) => list(site, one, page as usize),
    }
}

/// Makes the view of a page of a list.
fn list(site: &Site, list: List, page: usize) -> View {
    let make = match list.kind {
        Kind::Occurrences => status::view,
        Kind::Due => due_list::view,
        Kind::Agencies => agencies::view,
        Kind::Units => registers::units,
        Kind::Systems => systems::view,
        Kind::Posts => registers::posts,
        Kind::Accounts => accounts::view,
        Kind::Usage => registers::usage,
        Kind::Entries => registers::entries,
        Kind::Audits => audits::view,
        Kind::Submissions => audits::submissions,
        Kind::Events => events::view,
        Kind::Checks => checks::view,
        Kind::Candidates => registers::candidates,
        Kind::Findings => findings::view,
        Kind::Actions => findings::actions,
        Kind::Evidence => evidence_list::view,
        Kind::Retention => retention::view,
        Kind::Waivers => waivers::view,
    };
    make(site, list, page)
}
