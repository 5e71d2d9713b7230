//! Plan: a [`Model`] and an [`Assessment`] become a [`Site`]: every page's route. What a page
//! shows is made from them when the page is rendered, by its file in [`views`].

pub mod index;
mod person;
pub mod route;
pub mod search;
pub mod sentence;
pub mod views;
pub mod words;

use crate::assess::{Assessment, Status};
use crate::model::Model;
use crate::parse::value::Group;
use route::Route;
use words::Words;

/// Everything the pages are made from. Pages know nothing of each other.
#[derive(Debug)]
pub struct Site {
    pub model: Model,
    pub assessment: Assessment,
    pub words: Words,
    /// Every page there is, in a fixed order.
    pub pages: Vec<Route>,
    /// The path of every file of the inputs, by its id: where a record is mended.
    pub sources: Vec<String>,
    /// The version of the program, for the foot of each page.
    pub generator: String,
}

/// Lists every page of the site.
pub fn plan(model: Model, assessment: Assessment, words: Words, sources: Vec<String>) -> Site {
    let mut pages = vec![
        Route::Home,
        Route::Due,
        Route::Regulations,
        Route::Coverage,
        Route::Agencies,
        Route::Systems,
        Route::Accounts,
        Route::Audits,
        Route::Pages,
        Route::Checks,
        Route::Events,
        Route::Findings,
        Route::EvidenceList,
        Route::Retention,
        Route::Waivers,
        Route::Method,
        Route::Search,
        Route::Index,
        Route::NotFound,
    ];
    let listed = Status::ALL.into_iter().filter(|status| status.asks_for_action());
    pages.extend(listed.map(Route::Status));
    pages.extend(model.regulations.ids().map(Route::Regulation));
    for (id, regulation) in model.regulations.iter() {
        pages.extend(regulation.successions().map(|at| Route::Difference(id, at)));
    }
    pages.extend(model.obligations.ids().map(Route::Obligation));
    pages.extend(assessment.iter().map(|(id, _)| Route::Occurrence(id)));
    pages.extend(model.agencies.ids().map(Route::Agency));
    pages.extend(model.units.ids().map(Route::Unit));
    pages.extend(model.systems.ids().map(Route::System));
    pages.extend(model.accounts.ids().map(Route::Account));
    pages.extend(model.posts.ids().map(Route::Post));
    pages.extend(model.contractors.ids().map(Route::Contractor));
    pages.extend(model.audits.ids().map(Route::Audit));
    pages.extend(model.submissions.ids().map(Route::Submission));
    pages.extend(model.guidance.ids().map(Route::Page));
    pages.extend(model.entries.ids().map(Route::Entry));
    pages.extend(model.events.ids().map(Route::Event));
    pages.extend(model.findings.ids().map(Route::Finding));
    pages.extend(model.evidence.ids().map(Route::Evidence));
    let generator = format!("clausebook {}", env!("CARGO_PKG_VERSION"));
    let mut site = Site { model, assessment, words, pages, sources, generator };
    let pages: Vec<Route> = index::pages(&site).collect();
    site.pages.extend(pages);
    site
}

impl Site {
    /// The file of a page, relative to the site.
    pub fn path(&self, route: Route) -> String {
        route.path(&self.model, &self.assessment)
    }

    /// Where a record is mended: the folder of its kind and its id. Not the file, because how
    /// records are spread over files must not show on any page.
    pub fn source(&self, fields: &Group) -> String {
        let path = self.sources.get(fields.span.file.0 as usize).map_or("", String::as_str);
        let folder = path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
        let folder = folder.trim_end_matches(".yaml");
        match fields.text("id") {
            Some(id) => self.words.say("record.place", &[("folder", &folder), ("id", &id.value)]),
            None => folder.to_owned(),
        }
    }
}
