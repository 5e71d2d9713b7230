//! Plan: [`Known`] and an [`Assessment`] become a [`Site`]: every page's route. What a page
//! shows is made from them when the page is rendered, by its file in [`views`].

pub mod index;
pub mod input_file;
pub mod lists;
pub mod months;
pub mod placement;
pub mod route;
pub mod search;
pub mod views;

use std::collections::{BTreeMap, HashSet};

use crate::assess::{Assessment, Status};
use crate::facts::{Facts, History};
use crate::model::Known;
use crate::proof::Proofs;
use crate::proof::receipt::Receipts;
use crate::text::Words;
use index::{Entry, Part};
use input_file::InputFile;
use lists::Lists;
use placement::RecordPlacement;
use route::Route;

/// Everything the pages are made from. Pages know nothing of each other.
#[derive(Debug)]
pub struct Site {
    pub model: Known,
    pub assessment: Assessment,
    pub history: History,
    pub words: Words,
    pub lists: Lists,
    /// Every page there is, in a fixed order.
    pub pages: Vec<Route>,
    /// Every file of the inputs, by its id: where a record is mended.
    pub origins: Vec<InputFile>,
    /// Where records still to be written are put.
    pub placement: RecordPlacement,
    pub facts: Facts,
    /// What was found out about the rules.
    pub proofs: Proofs,
    /// From what each status follows.
    pub receipts: Receipts,
    /// What the index for readers without scripts lists.
    pub index: BTreeMap<Part, Vec<Entry>>,
    /// The version of the program, for the foot of each page.
    pub generator: String,
    /// What this build is named by, such as a commit and the time; given by who builds, so that
    /// the same inputs make the same bytes.
    pub build: Option<String>,
}

/// Lists every page of the site.
pub fn plan(
    model: Known,
    assessment: Assessment,
    (facts, proofs): (Facts, Proofs),
    history: History,
    words: Words,
    origins: Vec<InputFile>,
) -> Site {
    let lists = Lists::new(&model, &assessment);
    let mut pages = vec![
        Route::Home,
        Route::Changes,
        Route::Due,
        Route::Regulations,
        Route::Coverage,
        Route::Tests,
        Route::Readings,
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
        Route::Roles,
        Route::Compare,
        Route::Method,
        Route::Search,
        Route::Index,
        Route::Guide,
        Route::Accessibility,
        Route::Verify,
        Route::NotFound,
    ];
    let listed = Status::ALL.into_iter().filter(|status| status.asks_for_action());
    pages.extend(listed.map(Route::Status));
    pages.extend(months::months(&assessment).into_iter().map(Route::Month));
    for id in model.agencies.ids() {
        pages.extend(months::plan_years(&assessment).map(|year| Route::Plan(id, year)));
    }
    pages.extend(model.regulations.ids().map(Route::Regulation));
    for (id, regulation) in model.regulations.iter() {
        pages.extend((0..regulation.versions.len()).map(|at| Route::Version(id, at)));
        pages.extend(regulation.successions().map(|at| Route::Difference(id, at)));
    }
    pages.extend((0..proofs.variants.readings.weighed.len()).map(Route::Reading));
    pages.extend((0..proofs.variants.drafts.len()).map(Route::Draft));
    pages.extend(model.obligations.ids().map(Route::Obligation));
    for id in model.obligations.ids() {
        let parts = views::status_grid_parts(&model, &assessment, id);
        pages.extend((1..parts).map(|part| Route::Periods(id, part)));
    }
    pages.extend(assessment.iter().map(|(id, _)| Route::Occurrence(id)));
    pages.extend(model.agencies.ids().map(Route::Agency));
    pages.extend(model.units.ids().map(Route::Unit));
    pages.extend(model.systems.ids().map(Route::System));
    pages.extend(model.accounts.ids().map(Route::Account));
    pages.extend(model.posts.ids().map(Route::Post));
    pages.extend(model.roles.ids().map(Route::Role));
    pages.extend(model.topics.ids().map(Route::Topic));
    pages.extend(model.contractors.ids().map(Route::Contractor));
    pages.extend(model.audits.ids().map(Route::Audit));
    pages.extend(model.submissions.ids().map(Route::Submission));
    pages.extend(model.guidance.ids().map(Route::Page));
    pages.extend(model.entries.ids().map(Route::Entry));
    pages.extend(model.events.ids().map(Route::Event));
    pages.extend(model.findings.ids().map(Route::Finding));
    pages.extend(model.evidence.ids().map(Route::Evidence));
    pages.extend((0..model.settings.aliases.len()).map(Route::Moved));
    pages.extend(lists.routes());
    let generator = format!("clausebook {}", env!("CARGO_PKG_VERSION"));
    let placement = RecordPlacement::new(&model);
    let receipts = Receipts::new(&model, &assessment);
    let mut site = Site {
        model,
        assessment,
        history,
        words,
        lists,
        pages,
        origins,
        placement,
        facts,
        proofs,
        receipts,
        index: BTreeMap::new(),
        generator,
        build: None,
    };
    site.index = index::parts(&site);
    site.pages.extend(index::pages(&site.index));
    site
}

impl Site {
    /// The file of a page, relative to the site.
    pub fn path(&self, route: Route) -> String {
        route.path(&self.model, &self.assessment)
    }

    /// The old addresses that other pages have now.
    pub fn aliases_in_use(&self) -> Vec<&str> {
        let aliases = &self.model.settings.aliases;
        if aliases.is_empty() {
            return Vec::new();
        }
        let others = self.pages.iter().filter(|route| !matches!(route, Route::Moved(_)));
        let paths: HashSet<String> = others.map(|route| self.path(*route)).collect();
        let from = aliases.iter().map(|alias| alias.from.as_str());
        from.filter(|from| paths.contains(*from)).collect()
    }
}
