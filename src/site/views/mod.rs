//! What each kind of page shows: one file per kind, one view struct per template, same name.
//! Views hold words, figures and finished addresses; templates choose tags and order.

mod account;
mod accounts;
mod agencies;
mod agency;
mod audit;
mod audits;
mod chain;
mod checks;
mod conduct;
mod contractor;
mod coverage;
mod difference;
mod due;
mod entry;
mod event;
mod events;
mod evidence;
mod evidence_list;
mod finding;
mod findings;
mod frame;
mod guidance;
mod home;
mod kept;
mod laid_on;
mod law;
mod mend;
mod method;
mod not_found;
mod obligation;
mod occurrence;
mod parts;
mod post;
mod quote;
mod records;
mod regulation;
mod regulations;
mod retention;
mod rule;
mod search;
mod status;
mod submission;
mod suspect;
mod system;
mod systems;
mod unit;
mod urgency;
mod waivers;

use serde::Serialize;

use super::Site;
use super::route::Route;
pub use frame::Frame;

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
        Route::Status(status) => status::view(site, status),
        Route::Due => due::view(site),
        Route::Regulations => regulations::view(site),
        Route::Regulation(id) => regulation::view(site, id),
        Route::Coverage => coverage::view(site),
        Route::Difference(id, at) => difference::view(site, id, at),
        Route::Obligation(id) => obligation::view(site, id),
        Route::Occurrence(id) => occurrence::view(site, id),
        Route::Method => method::view(site),
        Route::Search => search::view(site),
        Route::Index => search::index(site),
        Route::IndexPart(part, page) => search::index_part(site, part, page),
        Route::NotFound => not_found::view(site),
        Route::Agencies => agencies::view(site),
        Route::Agency(id) => agency::view(site, id),
        Route::Unit(id) => unit::view(site, id),
        Route::Systems => systems::view(site),
        Route::System(id) => system::view(site, id),
        Route::Accounts => accounts::view(site),
        Route::Account(id) => account::view(site, id),
        Route::Post(id) => post::view(site, id),
        Route::Contractor(id) => contractor::view(site, id),
        Route::Audits => audits::view(site),
        Route::Audit(id) => audit::view(site, id),
        Route::Submission(id) => submission::view(site, id),
        Route::Pages => guidance::list(site),
        Route::Page(id) => guidance::view(site, id),
        Route::Checks => checks::view(site),
        Route::Entry(id) => entry::view(site, id),
        Route::Events => events::view(site),
        Route::Event(id) => event::view(site, id),
        Route::Findings => findings::view(site),
        Route::Finding(id) => finding::view(site, id),
        Route::EvidenceList => evidence_list::view(site),
        Route::Evidence(id) => evidence::view(site, id),
        Route::Retention => retention::view(site),
        Route::Waivers => waivers::view(site),
    }
}
