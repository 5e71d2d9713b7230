//! What every page has: title, path, menu, and the foot with the as-of date.

use serde::Serialize;

use super::parts::{DateView, Here, Link};
use super::stale::Stale;
use crate::model::Named;
use crate::site::Site;
use crate::site::route::Route;

/// The frame of a page.
#[derive(Debug, Serialize)]
pub struct Frame {
    pub title: String,
    /// Tells the page from others with the same title, in the title of the window.
    pub told_by: Option<String>,
    pub site_name: String,
    /// From the page to the site's root: empty, `../` …
    pub root: String,
    /// The page's own file, relative to the site.
    pub path: String,
    /// From the home page to the page above this one.
    pub crumbs: Vec<Link>,
    pub menu: Vec<MenuItem>,
    pub demo: bool,
    pub publisher: String,
    pub contact: Option<String>,
    pub as_of: DateView,
    pub generator: String,
    /// What this build is named by, if who builds says so.
    pub build: Option<String>,
    /// Said once the page is old; `None` if it stands still on purpose.
    pub stale: Option<Stale>,
}

/// One entry of the main menu.
#[derive(Debug, Serialize)]
pub struct MenuItem {
    pub link: Link,
    /// The page lies in this part of the site.
    pub current: bool,
}

const MENU: &[(Route, &str)] = &[
    (Route::Home, "menu.home"),
    (Route::Due, "menu.due"),
    (Route::Regulations, "menu.regulations"),
    (Route::Agencies, "menu.agencies"),
    (Route::Systems, "menu.systems"),
    (Route::Accounts, "menu.accounts"),
    (Route::Audits, "menu.audits"),
    (Route::Checks, "menu.checks"),
    (Route::Events, "menu.events"),
    (Route::Findings, "menu.findings"),
    (Route::EvidenceList, "menu.evidence"),
    (Route::Retention, "menu.retention"),
    (Route::Pages, "guidance.title"),
    (Route::Method, "menu.method"),
];

impl Frame {
    /// The frame of page `route`. `above` lists the pages between the home page and this one.
    pub fn new(site: &Site, route: Route, title: &str, above: Vec<Link>) -> Self {
        let here = Here::new(site, route);
        let settings = &site.model.settings;
        let folder = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
        let menu = MENU
            .iter()
            .map(|(to, key)| {
                let part = folder(&site.path(*to));
                MenuItem {
                    link: here.link(*to, site.words.get(key)),
                    current: *to == route || (part.is_some() && part == folder(&here.from)),
                }
            })
            .collect();
        let mut crumbs = Vec::new();
        if route != Route::Home {
            crumbs.push(here.link(Route::Home, site.words.get("site.home")));
        }
        crumbs.extend(above);
        Self {
            title: title.to_owned(),
            told_by: told_by(site, route),
            site_name: settings.name.clone(),
            root: "../".repeat(here.from.matches('/').count()),
            path: here.from.clone(),
            crumbs,
            menu,
            demo: settings.demo,
            publisher: settings.agency.clone(),
            contact: settings.contact.clone(),
            as_of: DateView::new(site.assessment.as_of),
            generator: site.generator.clone(),
            build: site.build.clone(),
            stale: Stale::of(site),
        }
    }
}

/// What tells a page from others that may well have the same title: duties of two regulations,
/// units of two agencies, papers on one form.
fn told_by(site: &Site, route: Route) -> Option<String> {
    let model = &site.model;
    let of_duty = |id| &*model.regulations[model.obligations[id].regulation].short;
    let name = match route {
        Route::Obligation(id) => of_duty(id),
        Route::Occurrence(id) => of_duty(site.assessment.occurrence(id).obligation),
        Route::Unit(id) => &model.agencies[model.units[id].agency].name,
        Route::Post(id) => model.posts[id].slug(),
        Route::Contractor(id) => model.contractors[id].slug(),
        Route::Finding(id) => model.findings[id].slug(),
        Route::Evidence(id) => model.evidence[id].slug(),
        _ => return None,
    };
    Some(name.to_owned())
}
